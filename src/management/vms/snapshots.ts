/** The snapshots of a VM: a list in its .vmsd, and for each a file of its memory, frozen disks, copies of raw ones. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { HostError } from '#lib';
import { type VmDisk, Vmx } from '#vmm';
import { copyFile, type FrozenDisk, isVmdk, writableDisks } from './vm-disks.ts';
import { replaceFile, type VmFolder } from './vm-folder.ts';

/** One snapshot. */
export interface Snapshot {
  readonly uid: number;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly createdMs: number;
  /** The file of its memory, in the VM's folder. */
  readonly fileName: string;
  /** The uid of the one that it builds on; 0: it is whole. */
  readonly base: number;
  /** The files that hold its disks, those of raw images excepted. */
  readonly disks: readonly FrozenDisk[];
}

const MAX_SNAPSHOTS = 32;
const MAX_DISKS = 64;

export class Snapshots {
  readonly #folder: VmFolder;

  constructor(folder: VmFolder) {
    this.#folder = folder;
  }

  /** Oldest first. @throws HostError `vm-settings` */
  get all(): readonly Snapshot[] {
    const path = this.#listPath;
    if (!existsSync(path)) return [];
    const list = Vmx.parse(readFileSync(path, 'utf8'));
    if (!(list instanceof Vmx)) {
      throw new HostError('vm-settings', {
        path,
        key: `line ${list.line}`,
        reason: 'it is not key = "value"',
      });
    }
    const count = Number(list.get('snapshot.numSnapshots') ?? 0);
    const number = (key: string) => Number(list.get(key) ?? 0);
    return Array.from({ length: Math.min(count, MAX_SNAPSHOTS) }, (_, i) => ({
      uid: number(`snapshot${i}.uid`),
      name: list.get(`snapshot${i}.displayName`) ?? '',
      createdMs: number(`snapshot${i}.createTimeMs`),
      fileName: list.get(`snapshot${i}.filename`) ?? '',
      base: number(`snapshot${i}.base`),
      disks: readDisks(list, i),
    }));
  }

  /** @throws HostError `vm-refused` */
  find(name: string): Snapshot {
    const found = this.all.find((snapshot) => snapshot.name === name || String(snapshot.uid) === name);
    if (found) return found;
    throw this.#refused('find a snapshot of', `there is none called "${name}"`);
  }

  pathOf({ fileName }: Snapshot): string {
    return join(this.#folder.path, fileName);
  }

  /** A snapshot that is not in the list yet. @throws HostError when the name is taken, or there are too many */
  plan(name: string, nowMs: number, base: Snapshot | undefined): Snapshot {
    const { all } = this;
    if (all.some((snapshot) => snapshot.name === name))
      throw this.#refused('save', `there is a snapshot "${name}"`);
    if (all.length >= MAX_SNAPSHOTS) throw this.#refused('save', `it has ${MAX_SNAPSHOTS} snapshots`);
    const uid = Math.max(0, ...all.map((snapshot) => snapshot.uid)) + 1;
    const fileName = `${this.#folder.name}-Snapshot${uid}.vmsn`;
    return { uid, name, createdMs: nowMs, fileName, base: base?.uid ?? 0, disks: [] };
  }

  add(snapshot: Snapshot): void {
    this.#write([...this.all, snapshot]);
  }

  /** A disk was merged into the one that it was built on: snapshots that had it have that one. */
  renameDisk(from: string, to: string): void {
    const { all } = this;
    if (!all.some(({ disks }) => disks.some(({ fileName }) => fileName === from))) return;
    const renamed = (disk: FrozenDisk) => (disk.fileName === from ? { ...disk, fileName: to } : disk);
    this.#write(all.map((snapshot) => ({ ...snapshot, disks: snapshot.disks.map(renamed) })));
  }

  /** @throws HostError `vm-refused` while another one builds on it */
  remove(snapshot: Snapshot, disks: readonly VmDisk[]): void {
    const heir = this.all.find(({ base }) => base === snapshot.uid);
    if (heir)
      throw this.#refused('remove a snapshot of', `"${heir.name}" builds on it: remove that one first`);
    this.#write(this.all.filter(({ uid }) => uid !== snapshot.uid));
    rmSync(this.pathOf(snapshot), { force: true });
    for (const disk of rawDisks(disks)) rmSync(this.#diskCopy(snapshot, disk), { force: true });
  }

  /** Copies raw images that can be written. @throws HostError `file-io` */
  keepDisks(snapshot: Snapshot, disks: readonly VmDisk[]): void {
    for (const disk of rawDisks(disks))
      copyFile(this.#folder.resolve(disk.fileName), this.#diskCopy(snapshot, disk));
  }

  bringDisksBack(snapshot: Snapshot, disks: readonly VmDisk[]): void {
    for (const disk of rawDisks(disks))
      copyFile(this.#diskCopy(snapshot, disk), this.#folder.resolve(disk.fileName));
  }

  #diskCopy({ uid }: Snapshot, { unit }: VmDisk): string {
    return join(this.#folder.path, `${this.#folder.name}-Snapshot${uid}-disk${unit}.img`);
  }

  get #listPath(): string {
    return join(this.#folder.path, `${this.#folder.name}.vmsd`);
  }

  #write(all: readonly Snapshot[]): void {
    const list = new Vmx();
    list.set('.encoding', 'UTF-8');
    list.set('snapshot.lastUID', String(Math.max(0, ...all.map(({ uid }) => uid))));
    list.set('snapshot.numSnapshots', String(all.length));
    for (const [i, { uid, name, createdMs, fileName, base, disks }] of all.entries()) {
      list.set(`snapshot${i}.uid`, String(uid));
      list.set(`snapshot${i}.filename`, fileName);
      list.set(`snapshot${i}.displayName`, name);
      list.set(`snapshot${i}.createTimeMs`, String(createdMs));
      if (base !== 0) list.set(`snapshot${i}.base`, String(base));
      list.set(`snapshot${i}.numDisks`, String(disks.length));
      for (const [j, disk] of disks.entries()) {
        list.set(`snapshot${i}.disk${j}.fileName`, disk.fileName);
        list.set(`snapshot${i}.disk${j}.node`, `scsi0:${disk.unit}`);
      }
    }
    replaceFile(this.#listPath, list.toString());
  }

  #refused(action: string, reason: string): HostError {
    return new HostError('vm-refused', { action, vm: this.#folder.name, reason });
  }
}

/** Raw images that may be written: they cannot be frozen, so they are copied. */
function rawDisks(disks: readonly VmDisk[]): readonly VmDisk[] {
  return writableDisks(disks).filter((disk) => !isVmdk(disk));
}

function readDisks(list: Vmx, snapshot: number): FrozenDisk[] {
  const count = Math.min(MAX_DISKS, Number(list.get(`snapshot${snapshot}.numDisks`) ?? 0));
  return Array.from({ length: count }, (_, i) => {
    const [, unit = '0'] = /^scsi0:(\d+)$/.exec(list.get(`snapshot${snapshot}.disk${i}.node`) ?? '') ?? [];
    return { unit: Number(unit), fileName: list.get(`snapshot${snapshot}.disk${i}.fileName`) ?? '' };
  });
}

/** The snapshots of a VM: a list in its .vmsd, and for each a file of its memory, frozen disks, copies of raw ones. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { HostError } from '#lib';
import { replaceFile } from '#storage';
import { slotName, type VmDisk, Vmx } from '#vmm';
import type { OutsideFiles } from './outside-files.ts';
import { copyFile, type FrozenDisk, isVmdk, writableDisks } from './vm-disks.ts';
import type { VmFolder } from './vm-folder.ts';

/** One snapshot. */
export interface Snapshot {
  readonly uid: number;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly createdMs: number;
  readonly description: string;
  /** The uid of the one that it came after; 0: of none. */
  readonly parent: number;
  /** The machine was on, and its memory is saved too. */
  readonly hasMemory: boolean;
  /** The file of its memory, in the VM's folder. */
  readonly fileName: string;
  /** The uid of the one that it builds on; 0: it is whole. */
  readonly base: number;
  /** The files that hold its disks, those of raw images excepted. */
  readonly disks: readonly FrozenDisk[];
}

/** A snapshot as it is asked for. */
export interface SnapshotWish {
  readonly name: string;
  readonly description: string;
  readonly memory: boolean;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
}

const MAX_SNAPSHOTS = 32;
const MAX_DISKS = 64;

export class Snapshots {
  readonly #folder: VmFolder;
  readonly #outside: OutsideFiles | undefined;

  constructor(folder: VmFolder, outside?: OutsideFiles) {
    this.#folder = folder;
    this.#outside = outside;
  }

  /** Oldest first. @throws HostError `vm-settings` */
  get all(): readonly Snapshot[] {
    const list = this.#list;
    const count = Number(list.get('snapshot.numSnapshots') ?? 0);
    const number = (key: string) => Number(list.get(key) ?? 0);
    return Array.from({ length: Math.min(count, MAX_SNAPSHOTS) }, (_, i) => ({
      uid: number(`snapshot${i}.uid`),
      name: list.get(`snapshot${i}.displayName`) ?? '',
      description: list.get(`snapshot${i}.description`) ?? '',
      createdMs: number(`snapshot${i}.createTimeMs`),
      fileName: this.#plain(`snapshot${i}.filename`, list.get(`snapshot${i}.filename`) ?? ''),
      parent: number(`snapshot${i}.parent`),
      // 1: with memory. Before there were others all had it.
      hasMemory: (list.get(`snapshot${i}.type`) ?? '1') === '1',
      base: number(`snapshot${i}.base`),
      disks: this.#disks(list, i),
    }));
  }

  /** Its files lie beside it: who can put a list there names no others by it. @throws HostError `vm-settings` */
  #plain(key: string, name: string): string {
    if (!name.includes('/')) return name;
    const reason = `"${name}" is no file of the VM's folder`;
    throw new HostError('vm-settings', { path: this.#listPath, key, reason });
  }

  #disks(list: Vmx, index: number): readonly FrozenDisk[] {
    const disks = readDisks(list, index);
    const named = new Vmx();
    for (const [i, { fileName }] of disks.entries()) named.set(`scsi0:${i}.fileName`, fileName);
    this.#outside?.require(named, this.#folder);
    return disks;
  }

  /** The uid of the one that the VM is after now; 0: of none. */
  get current(): number {
    return Number(this.#list.get('snapshot.current') ?? 0);
  }

  setCurrent(uid: number): void {
    this.#write(this.all, uid);
  }

  /** Files of disks that snapshots need. */
  get frozenNames(): ReadonlySet<string> {
    return new Set(this.all.flatMap(({ disks }) => disks.map(({ fileName }) => fileName)));
  }

  /** The .vmx as it was, but with disks as they are called now; undefined for snapshots that have none. */
  settingsOf({ uid, disks }: Snapshot, attached: readonly VmDisk[]): Vmx | undefined {
    const path = this.#settingsPath(uid);
    if (!existsSync(path)) return undefined;
    const vmx = readList(path);
    for (const { unit, fileName } of disks) {
      const name = slotName(unit);
      const now = attached.find((disk) => disk.unit === unit)?.fileName ?? fileName;
      if (name !== undefined) vmx.set(`${name}.fileName`, now);
    }
    return vmx;
  }

  rename(uid: number, change: { readonly name?: string; readonly description?: string }): void {
    this.#write(this.all.map((snapshot) => (snapshot.uid === uid ? { ...snapshot, ...change } : snapshot)));
  }

  get #list(): Vmx {
    return existsSync(this.#listPath) ? readList(this.#listPath) : new Vmx();
  }

  #settingsPath(uid: number): string {
    return join(this.#folder.path, `${this.#folder.name}-Snapshot${uid}.vmcf`);
  }

  /** By its name or uid, or by its uid alone. @throws HostError `vm-refused` */
  find(name: string, { isUid = false } = {}): Snapshot {
    const found = this.all.find(
      (snapshot) => (!isUid && snapshot.name === name) || String(snapshot.uid) === name,
    );
    if (found) return found;
    throw this.#refused('find a snapshot of', `there is none called "${name}"`);
  }

  pathOf({ fileName }: Snapshot): string {
    return join(this.#folder.path, fileName);
  }

  /** A snapshot that is not in the list yet. @throws HostError when the name is taken, or there are too many */
  plan(name: string, nowMs: number, base: Snapshot | undefined, { isNameFree = false } = {}): Snapshot {
    const { all } = this;
    if (!isNameFree && all.some((snapshot) => snapshot.name === name))
      throw this.#refused('save', `there is a snapshot "${name}"`);
    if (all.length >= MAX_SNAPSHOTS) throw this.#refused('save', `it has ${MAX_SNAPSHOTS} snapshots`);
    const uid = Math.max(0, ...all.map((snapshot) => snapshot.uid)) + 1;
    const fileName = `${this.#folder.name}-Snapshot${uid}.vmsn`;
    const common = { uid, name, description: '', createdMs: nowMs, fileName, base: base?.uid ?? 0 };
    return { ...common, parent: this.current, hasMemory: true, disks: [] };
  }

  /** From now on the VM is after that one. */
  add(snapshot: Snapshot): void {
    this.#write([...this.all, snapshot], snapshot.uid);
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
    const { uid: gone, parent } = snapshot;
    const left = this.all.filter(({ uid }) => uid !== gone);
    const current = this.current === gone ? parent : this.current;
    this.#write(
      left.map((one) => (one.parent === gone ? { ...one, parent } : one)),
      current,
    );
    rmSync(this.pathOf(snapshot), { force: true });
    rmSync(this.#settingsPath(gone), { force: true });
    for (const disk of rawDisks(disks)) rmSync(this.#diskCopy(snapshot, disk), { force: true });
  }

  /** Copies raw images that can be written, and the .vmx. @throws HostError `file-io` */
  keepDisks(snapshot: Snapshot, disks: readonly VmDisk[]): void {
    replaceFile(this.#settingsPath(snapshot.uid), this.#folder.readVmx().toString());
    for (const disk of rawDisks(disks))
      copyFile(this.#folder.resolve(disk.fileName), this.#diskCopy(snapshot, disk));
  }

  /** The copy of a raw image that a snapshot has. */
  copyOf(snapshot: Snapshot, disk: VmDisk): string {
    return this.#diskCopy(snapshot, disk);
  }

  /** @throws HostError `file-missing` when a copy of a raw image is gone */
  requireCopies(snapshot: Snapshot, disks: readonly VmDisk[]): void {
    for (const disk of rawDisks(disks)) {
      const path = this.#diskCopy(snapshot, disk);
      if (!existsSync(path)) throw new HostError('file-missing', { what: 'disk', path });
    }
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

  #write(all: readonly Snapshot[], current = this.current): void {
    const list = new Vmx();
    list.set('.encoding', 'UTF-8');
    list.set('snapshot.lastUID', String(Math.max(0, ...all.map(({ uid }) => uid))));
    list.set('snapshot.current', String(current));
    list.set('snapshot.numSnapshots', String(all.length));
    for (const [i, { uid, name, createdMs, fileName, base, disks, ...more }] of all.entries()) {
      list.set(`snapshot${i}.uid`, String(uid));
      list.set(`snapshot${i}.filename`, fileName);
      list.set(`snapshot${i}.displayName`, name);
      list.set(`snapshot${i}.createTimeMs`, String(createdMs));
      if (more.description !== '') list.set(`snapshot${i}.description`, more.description);
      if (more.parent !== 0) list.set(`snapshot${i}.parent`, String(more.parent));
      list.set(`snapshot${i}.type`, more.hasMemory ? '1' : '0');
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

/** @throws HostError `vm-settings` */
function readList(path: string): Vmx {
  const list = Vmx.parse(readFileSync(path, 'utf8'));
  if (list instanceof Vmx) return list;
  throw new HostError('vm-settings', { path, key: `line ${list.line}`, reason: 'it is not key = "value"' });
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

/** The files of a VM's disks: new ones, delta disks for snapshots and copies, and merging them again. */
import { constants, copyFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { HostError, reasonOf } from '#lib';
import {
  addDependent,
  Chain,
  createDelta,
  createDisk,
  type DiskFormat,
  dependentsOf,
  growImage,
  Merge,
  type ParentRule,
  readDescriptor,
  removeFiles,
  VmdkDisk,
} from '#storage';
import type { VmDisk } from '#vmm';
import type { RunningVm } from './runner.ts';
import type { VmFolder } from './vm-folder.ts';

const VMDK = '.vmdk';
/** `-000001` and so on: what a delta disk is called after its base. */
const NUMBER = /-(\d{6})$/;
/** Copied at once while the VM runs. */
const STEP_BYTES = 2 ** 24;

/** A disk of a VM as it was at a snapshot: the file that holds that. */
export interface FrozenDisk {
  readonly unit: number;
  readonly fileName: string;
}

/** Of a folder that vanished there are none. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

export function isVmdk({ fileName }: Pick<VmDisk, 'fileName'>): boolean {
  return fileName.endsWith(VMDK);
}

/** Disks that may be written: those that a copy of the machine must have of its own. */
export function writableDisks(disks: readonly VmDisk[]): readonly VmDisk[] {
  return disks.filter(({ readOnly }) => !readOnly);
}

export class VmDisks {
  readonly #folder: VmFolder;

  constructor(folder: VmFolder) {
    this.#folder = folder;
  }

  /** What disks of a VM may be built on. */
  get #parents(): ParentRule {
    return { within: this.#folder.datastores };
  }

  /** Makes a disk full of zeroes. @throws HostError */
  create(fileName: string, sizeBytes: number, format: DiskFormat = 'thin'): void {
    createDisk({ path: join(this.#folder.path, fileName), sizeBytes, format });
  }

  /**
   * Freezes a disk under a new delta disk; a machine that runs goes on writing there. The disk as it is
   * from now on. Preconditions: a machine that runs is paused. @throws HostError
   */
  async freeze(disk: VmDisk, running: RunningVm | undefined): Promise<VmDisk> {
    const path = this.#folder.resolve(disk.fileName);
    const next = nextDelta(path, this.#folder.path);
    if (running) await running.disk(disk.unit, { do: 'push-delta', path: next });
    else freezeUnder(path, next, this.#parents);
    return { ...disk, fileName: basename(next) };
  }

  /** Makes a disk larger; a machine that runs is told. @throws HostError */
  async grow(disk: VmDisk, running: RunningVm | undefined, sizeBytes: number): Promise<void> {
    if (running) await running.disk(disk.unit, { do: 'resize', bytes: sizeBytes });
    else growImage(this.#folder.resolve(disk.fileName), sizeBytes, this.#parents);
  }

  /** A new delta disk on a frozen one, in place of what the disk is now. @throws HostError */
  restart(disk: VmDisk, frozen: FrozenDisk, keep: ReadonlySet<string>): VmDisk {
    const next = nextDelta(this.#folder.resolve(frozen.fileName), this.#folder.path);
    createDelta(this.#folder.resolve(frozen.fileName), next);
    if (!keep.has(disk.fileName) && disk.fileName !== frozen.fileName) this.remove(disk.fileName);
    return { ...disk, fileName: basename(next) };
  }

  /** A delta disk for a copy of this VM, on a disk of this one that is frozen. @throws HostError */
  deriveFor(child: VmFolder, disk: VmDisk, frozen: FrozenDisk): VmDisk {
    const parent = this.#folder.resolve(frozen.fileName);
    const path = nextDelta(join(child.path, child.name + VMDK), child.path);
    createDelta(parent, path);
    addDependent(parent, path);
    return { ...disk, fileName: basename(path) };
  }

  /** Removes a disk that nobody needs any more; one that is not there is fine. */
  remove(fileName: string): void {
    const path = this.#folder.resolve(fileName);
    try {
      removeFiles({ path, descriptor: readDescriptor(path).descriptor });
    } catch (error) {
      if (!(error instanceof HostError && error.code === 'file-missing')) throw error;
    }
  }

  /** Disks of other VMs that are built on files of this one. `all`: the names of what is in its folder. */
  dependents(all: readonly string[] = namesIn(this.#folder.path)): string[] {
    const names = all.filter((name) => name.endsWith(VMDK));
    return names.flatMap((name) => {
      try {
        return dependentsOf(join(this.#folder.path, name)).filter(
          (child) => dirname(child) !== this.#folder.path,
        );
      } catch (error) {
        // An extent, or a disk that is damaged: nothing is known of it.
        if (error instanceof HostError) return [];
        throw error;
      }
    });
  }

  /** The disk that a delta disk is built on; undefined: none, or not in this folder. */
  parentOf(fileName: string): string | undefined {
    const { parent } = readDescriptor(this.#folder.resolve(fileName)).descriptor;
    return parent !== undefined && basename(parent) === parent ? parent : undefined;
  }

  /** A disk and those of this folder that it is built on, the newest first. */
  chainOf(fileName: string): string[] {
    const chain = [fileName];
    for (let next = this.parentOf(fileName); next !== undefined; next = this.parentOf(next)) chain.push(next);
    return chain;
  }

  /** All files of a disk and of those that it is built on are there, and belong together. @throws HostError */
  requireWhole(fileName: string): void {
    Chain.open(this.#folder.resolve(fileName), { use: 'read', ...this.#parents }).close();
  }

  /** Whether a disk may be changed: nothing elsewhere is built on it. */
  isFree(fileName: string): boolean {
    return dependentsOf(this.#folder.resolve(fileName)).length === 0;
  }

  /**
   * Merges `child` into the disk that it is built on, while nothing runs; `top` is a disk that is built on both, or `child`.
   * `copied` is called when the parent has all, and before `child` is removed. @throws HostError
   */
  mergeOffline(top: string, child: string, copied: () => void): void {
    const chain = Chain.open(this.#folder.resolve(top), { use: 'read', ...this.#parents });
    try {
      const level = chain.links.findIndex(({ path }) => basename(path) === child);
      const merge = new Merge(chain, level);
      merge.step(Number.POSITIVE_INFINITY);
      copied();
      merge.finish();
    } finally {
      chain.close();
    }
  }

  /** The same while the machine runs, of a disk below the one that is written. @throws HostError */
  async mergeBelow(unit: number, child: string, running: RunningVm, copied: () => void): Promise<void> {
    const paths = (await running.disk(unit, { do: 'paths' })) as readonly string[];
    const level = paths.findIndex((path) => basename(path) === child);
    for (let isDone = false; !isDone; ) {
      const answer = await running.disk(unit, { do: 'merge', level, maxBytes: STEP_BYTES });
      ({ isDone } = answer as { isDone: boolean });
    }
    copied();
    await running.disk(unit, { do: 'end-merge' });
  }

  /** The same of the disk that is written. Preconditions: the machine is paused. @throws HostError */
  async mergeTop(unit: number, running: RunningVm, copied: () => void): Promise<void> {
    await running.disk(unit, { do: 'merge', level: 0, maxBytes: Number.MAX_SAFE_INTEGER });
    copied();
    await running.disk(unit, { do: 'end-merge' });
  }
}

/** As what a running machine does: marks of changes go on in the delta. @throws HostError */
function freezeUnder(path: string, delta: string, parents: ParentRule): void {
  const disk = new VmdkDisk({ path, readOnly: false, ...parents });
  try {
    disk.pushDelta(delta);
  } finally {
    disk.close();
  }
}

/** The first name for a delta disk that is free: `a.vmdk` and `a-000001.vmdk` give `a-000002.vmdk`. */
function nextDelta(path: string, folder: string): string {
  const stem = basename(path, VMDK).replace(NUMBER, '');
  const names = new Set(readdirSync(folder));
  for (let number = 1; ; number++) {
    const name = `${stem}-${String(number).padStart(6, '0')}`;
    if (!names.has(name + VMDK) && !names.has(`${name}-delta${VMDK}`)) return join(folder, name + VMDK);
  }
}

/** Copies a raw image; where the file system can, without copying a byte. @throws HostError `file-io` */
export function copyFile(from: string, to: string): void {
  try {
    copyFileSync(from, to, constants.COPYFILE_FICLONE);
  } catch (cause) {
    throw new HostError(
      'file-io',
      { action: 'copy', what: 'disk', path: from, reason: reasonOf(cause) },
      { cause },
    );
  }
}

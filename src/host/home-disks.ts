/** The disks of a VM at its home: opened, held to what they are owed, and acted upon. */
import { reasonOf } from '#lib';
import type { DiskConfig } from '#management';
import {
  actOnDisk,
  DiscDrive,
  type DiskAction,
  DiskArbiter,
  type FileDisk,
  NORMAL_ALLOCATION,
  openDisk,
  VmdkDisk,
} from '#storage';

/** The thread that a VM is at home on. */
export interface DiskThread {
  readonly index: number;
  readonly nowNs: () => number;
  /** Wakes another one. */
  readonly ring: (thread: number) => void;
}

/** Who hears what goes wrong with disks, and that there is no space for what is written; without that the guest is told. */
export interface DiskListener {
  readonly error: (line: string) => void;
  readonly full: ((line: string) => void) | undefined;
}

export class HomeDisks {
  /** By number; what was taken out leaves its number. */
  readonly #disks: (FileDisk | undefined)[] = [];
  /** By the datastore that disks are on; those on none have one of their own. */
  readonly #arbiters = new Map<DiskConfig['schedule'], DiskArbiter>();
  readonly #hears: DiskListener;
  readonly #thread: DiskThread;
  readonly #isTimed: boolean;

  /** @param isTimed - requests may have to wait; else each is taken at once. @throws HostError */
  constructor(configs: readonly DiskConfig[], hears: DiskListener, thread: DiskThread, isTimed: boolean) {
    this.#hears = hears;
    this.#thread = thread;
    this.#isTimed = isTimed;
    try {
      for (const config of configs) this.add(config);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Opens one more. @returns its number. @throws HostError */
  add(added: DiskConfig): number {
    const { allocation = NORMAL_ALLOCATION, trackChanges, schedule, slot: _, scsi, ...config } = added;
    const { error: onError, full: onFull } = this.#hears;
    const disk =
      scsi?.kind === 'cdrom'
        ? new DiscDrive({ ...config, onError })
        : openDisk({ ...config, onError, ...(onFull && { onFull }) });
    this.#disks.push(disk);
    if (trackChanges !== undefined && disk instanceof VmdkDisk) disk.setChangeTracking(trackChanges);
    if (this.#isTimed) disk.gate = this.#arbiterOf(schedule, this.#thread).add(allocation);
    return this.#disks.length - 1;
  }

  /** The disk of that number, while it is here. */
  at(index: number): FileDisk | undefined {
    return this.#disks[index];
  }

  /** Flushes and closes one. Preconditions: no device has it any more. */
  remove(index: number): void {
    const disk = this.#disks[index];
    this.#disks[index] = undefined;
    if (disk) this.#closeDisk(disk);
  }

  #arbiterOf(memory: DiskConfig['schedule'], { index, ...thread }: DiskThread): DiskArbiter {
    const known = this.#arbiters.get(memory);
    if (known) return known;
    const arbiter = new DiskArbiter({ ...thread, thread: index, ...(memory && { memory }) });
    this.#arbiters.set(memory, arbiter);
    return arbiter;
  }

  get all(): readonly FileDisk[] {
    return this.#disks.filter((disk) => disk !== undefined);
  }

  /** Whether nothing waits here, and who opens the disks anew would find all that was written. */
  get isSettled(): boolean {
    return this.nextNs === Number.POSITIVE_INFINITY && this.all.every(({ isSettled }) => isSettled);
  }

  /** When `attend` has something to do; Infinity for never. */
  get nextNs(): number {
    let nextNs = Number.POSITIVE_INFINITY;
    for (const arbiter of this.#arbiters.values()) nextNs = Math.min(nextNs, arbiter.nextNs);
    return nextNs;
  }

  /** Lets disks take requests whose time has come. */
  attend(): void {
    for (const arbiter of this.#arbiters.values()) arbiter.poll();
  }

  /**
   * Does something to the disk of that number; what its device does then, it does within `withDevices`. What fails is the
   * caller's and does not end the machine. @throws HostError
   */
  act(index: number, action: DiskAction, withDevices: (use: () => void) => void): unknown {
    const disk = this.#disks[index];
    if (disk === undefined) throw new TypeError(`there is no disk ${index}`);
    let act: () => unknown = () => undefined;
    withDevices(() => {
      try {
        const answer = actOnDisk(disk, action);
        act = () => answer;
      } catch (error) {
        act = () => {
          throw error;
        };
      }
    });
    return act();
  }

  /** Flushes and closes them; what fails then is told. */
  close(): void {
    for (const disk of this.#disks.splice(0)) if (disk) this.#closeDisk(disk);
  }

  #closeDisk(disk: FileDisk): void {
    disk.gate?.close();
    try {
      disk.close();
    } catch (error) {
      this.#hears.error(`disk "${disk.path}": cannot be closed: ${reasonOf(error)}`);
    }
  }
}

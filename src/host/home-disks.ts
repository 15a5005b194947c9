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

export class HomeDisks {
  readonly #disks: FileDisk[] = [];
  /** By the datastore that disks are on; those on none have one of their own. */
  readonly #arbiters = new Map<DiskConfig['schedule'], DiskArbiter>();
  readonly #onError: (line: string) => void;

  /** @param isTimed - requests may have to wait; else each is taken at once. @throws HostError */
  constructor(
    configs: readonly DiskConfig[],
    hears: { readonly error: (line: string) => void; readonly full: ((line: string) => void) | undefined },
    thread: DiskThread,
    isTimed: boolean,
  ) {
    this.#onError = hears.error;
    try {
      const { error: onError, full: onFull } = hears;
      for (const {
        allocation = NORMAL_ALLOCATION,
        trackChanges,
        schedule,
        slot: _,
        scsi,
        ...config
      } of configs) {
        const disk =
          scsi?.kind === 'cdrom'
            ? new DiscDrive({ ...config, onError })
            : openDisk({ ...config, onError, ...(onFull && { onFull }) });
        this.#disks.push(disk);
        if (trackChanges !== undefined && disk instanceof VmdkDisk) disk.setChangeTracking(trackChanges);
        if (isTimed) disk.gate = this.#arbiterOf(schedule, thread).add(allocation);
      }
    } catch (error) {
      this.close();
      throw error;
    }
  }

  #arbiterOf(memory: DiskConfig['schedule'], { index, ...thread }: DiskThread): DiskArbiter {
    const known = this.#arbiters.get(memory);
    if (known) return known;
    const arbiter = new DiskArbiter({ ...thread, thread: index, ...(memory && { memory }) });
    this.#arbiters.set(memory, arbiter);
    return arbiter;
  }

  get all(): readonly FileDisk[] {
    return this.#disks;
  }

  /** Whether nothing waits here, and who opens the disks anew would find all that was written. */
  get isSettled(): boolean {
    return this.nextNs === Number.POSITIVE_INFINITY && this.#disks.every(({ isSettled }) => isSettled);
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
    for (const disk of this.#disks.splice(0)) {
      disk.gate?.close();
      try {
        disk.close();
      } catch (error) {
        this.#onError(`disk "${disk.path}": cannot be closed: ${reasonOf(error)}`);
      }
    }
  }
}

/** The disks of a VM at its home: opened, held to what they are owed, and acted upon. */
import { reasonOf } from '#lib';
import type { DiskConfig } from '#management';
import {
  actOnDisk,
  type DiskAction,
  DiskArbiter,
  type FileDisk,
  NORMAL_ALLOCATION,
  openDisk,
  VmdkDisk,
} from '#storage';

export class HomeDisks {
  readonly #disks: FileDisk[] = [];
  readonly #arbiter: DiskArbiter;
  readonly #onError: (line: string) => void;

  /** @param isTimed - requests may have to wait; else each is taken at once. @throws HostError */
  constructor(
    configs: readonly DiskConfig[],
    hears: { readonly error: (line: string) => void; readonly full: ((line: string) => void) | undefined },
    nowNs: () => number,
    isTimed: boolean,
  ) {
    this.#onError = hears.error;
    this.#arbiter = new DiskArbiter(nowNs);
    try {
      const { error: onError, full: onFull } = hears;
      for (const { allocation = NORMAL_ALLOCATION, trackChanges, ...config } of configs) {
        const disk = openDisk({ ...config, onError, ...(onFull && { onFull }) });
        this.#disks.push(disk);
        if (trackChanges !== undefined && disk instanceof VmdkDisk) disk.setChangeTracking(trackChanges);
        if (isTimed) disk.gate = this.#arbiter.add(allocation);
      }
    } catch (error) {
      this.close();
      throw error;
    }
  }

  get all(): readonly FileDisk[] {
    return this.#disks;
  }

  /** When `attend` has something to do; Infinity for never. */
  get nextNs(): number {
    return this.#arbiter.nextNs;
  }

  /** Lets disks take requests whose time has come. */
  attend(): void {
    this.#arbiter.poll();
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
      try {
        disk.close();
      } catch (error) {
        this.#onError(`disk "${disk.path}": cannot be closed: ${reasonOf(error)}`);
      }
    }
  }
}

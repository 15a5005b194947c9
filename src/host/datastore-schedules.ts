/** Where the disks of each datastore are scheduled against each other, and how much each datastore is given. */
import { type ClockMemory, DiskArbiter, sharedClock } from '#storage';

/** Disks of running VMs on one datastore; more than those are served without waiting. */
const MOST_DISKS = 1024;

/** Where limits are kept. */
export interface LimitFile {
  read(): string | undefined;
  replace(text: string): void;
}

export class DatastoreSchedules {
  readonly #file: LimitFile;
  readonly #memories = new Map<string, ClockMemory>();
  /** Requests a second, by folder. */
  readonly #limits: Map<string, number>;

  constructor(file: LimitFile) {
    this.#file = file;
    this.#limits = new Map(parsed(file.read()));
  }

  /** Of the datastore in that folder. */
  memoryOf(folder: string): ClockMemory {
    const known = this.#memories.get(folder);
    if (known) return known;
    const memory = sharedClock(MOST_DISKS);
    this.#memories.set(folder, memory);
    this.#apply(folder);
    return memory;
  }

  /** Requests a second that it is given; 0: as many as it takes. */
  limitOf(folder: string): number {
    return this.#limits.get(folder) ?? 0;
  }

  /** Also for VMs that run. */
  setLimit(folder: string, iops: number): void {
    if (iops === 0) this.#limits.delete(folder);
    else this.#limits.set(folder, iops);
    this.#file.replace(`${JSON.stringify([...this.#limits])}\n`);
    this.#apply(folder);
  }

  #apply(folder: string): void {
    const memory = this.#memories.get(folder);
    if (memory) new DiskArbiter({ nowNs: () => 0, memory }).capacity = this.limitOf(folder);
  }
}

/** What cannot be read is no limit. */
function parsed(text: string | undefined): [string, number][] {
  if (text === undefined) return [];
  try {
    const rows = JSON.parse(text) as unknown;
    if (!Array.isArray(rows)) return [];
    return rows.filter(
      (row): row is [string, number] =>
        Array.isArray(row) && typeof row[0] === 'string' && Number.isInteger(row[1]) && row[1] > 0,
    );
  } catch {
    return [];
  }
}

/**
 * mClock: who may use a device next, by reservation, limit and shares. Time is handed in. Clients are rows of a table in
 * memory that threads may share: who calls has its lock.
 * Source: Gulati, Merchant, Varman, "mClock: Handling Throughput Variability for Hypervisor IO Scheduling", OSDI 2010.
 *
 * Each client has three tags, times at which its next unit of work is due: by its reservation, by its limit, and, in time
 * of its own, by its shares. Who is behind its reservation comes first, the most behind before others; else, of those that
 * are not over their limit, the one with the smallest tag of shares.
 */
import { assert } from '#lib';

/** What a client is owed, in units of work a second. */
export interface DiskAllocation {
  /** 0: nothing is guaranteed. */
  readonly reservation: number;
  readonly limit: number | 'unlimited';
  /** Against those of others; more than 0. */
  readonly shares: number;
}

export const NORMAL_ALLOCATION: DiskAllocation = { reservation: 0, limit: 'unlimited', shares: 1000 };

const NS_PER_SECOND = 1e9;

/** Numbers of a row; times are in nanoseconds. */
// biome-ignore format: a table reads in columns
const FIELD = {
  isUsed: 0, reservation: 1, limit: 2, shares: 3,
  reservationTag: 4, limitTag: 5, sharesTag: 6,
  /** When it was served last. */
  servedNs: 7,
  /** Requests that it waits with, each one unit of work. */
  waiting: 8,
  /** Requests that it may take. */
  granted: 9,
  /** Which thread it is on. */
  owner: 10,
} as const;
type Field = keyof typeof FIELD;
const ROW_FIELDS = 16;

/** Numbers of the table itself, which are before its rows. */
const HEAD = { virtual: 0, deviceNs: 1, capacity: 2, end: 3 } as const;

/** The table in memory; the first word of its lock is behind the rows. */
export interface ClockMemory {
  readonly buffer: ArrayBuffer | SharedArrayBuffer;
  readonly rows: number;
}

export function clockBytes(rows: number): number {
  return 8 * ROW_FIELDS * (rows + 1) + 8;
}

/** For threads of one process. */
export function sharedClock(rows: number): ClockMemory {
  return { buffer: new SharedArrayBuffer(clockBytes(rows)), rows };
}

export class MClock {
  readonly rows: number;
  readonly #words: Float64Array;

  constructor({ buffer, rows }: ClockMemory) {
    this.rows = rows;
    this.#words = new Float64Array(buffer, 0, ROW_FIELDS * (rows + 1));
  }

  get(row: number, field: Field): number {
    return this.#words[ROW_FIELDS * (row + 1) + FIELD[field]] as number;
  }

  put(row: number, field: Field, value: number): void {
    this.#words[ROW_FIELDS * (row + 1) + FIELD[field]] = value;
  }

  /** Until then the device is busy with what it was given; only where it has a capacity. */
  get deviceNs(): number {
    return this.#words[HEAD.deviceNs] as number;
  }

  set deviceNs(value: number) {
    this.#words[HEAD.deviceNs] = value;
  }

  /** Units of work a second that the device is given; 0: as many as it takes. */
  get capacity(): number {
    return this.#words[HEAD.capacity] as number;
  }

  set capacity(value: number) {
    this.#words[HEAD.capacity] = value;
  }

  /** A row that nobody has; undefined: there is none. */
  take(): number | undefined {
    for (let row = 0; row < this.rows; row++) {
      if (this.get(row, 'isUsed') !== 0) continue;
      for (const field of Object.keys(FIELD) as Field[]) this.put(row, field, 0);
      this.put(row, 'isUsed', 1);
      this.put(row, 'servedNs', Number.NEGATIVE_INFINITY);
      this.#words[HEAD.end] = Math.max(this.#end, row + 1);
      return row;
    }
    return undefined;
  }

  /** Gives a client what it is owed, or another allocation. */
  set(row: number, { reservation, limit, shares }: DiskAllocation): void {
    this.put(row, 'reservation', reservation);
    this.put(row, 'limit', limit === 'unlimited' ? Number.POSITIVE_INFINITY : limit);
    this.put(row, 'shares', shares);
    this.put(row, 'sharesTag', Math.max(this.get(row, 'sharesTag'), this.#virtual));
  }

  /** What it waited with is forgotten; the row is another's. */
  remove(row: number): void {
    this.put(row, 'waiting', 0);
    this.put(row, 'isUsed', 0);
  }

  /** A client wants to do a unit of work. Preconditions: it is known. */
  add(row: number, nowNs: number): void {
    assert(this.get(row, 'isUsed') !== 0, 'a client is known before it waits');
    if (this.get(row, 'waiting') === 0) this.#wake(row, nowNs);
    this.put(row, 'waiting', this.get(row, 'waiting') + 1);
  }

  /** Who goes next, now; undefined when nobody wants to, or all who do are at their limits. */
  next(nowNs: number): number | undefined {
    let [behind, leastReservation] = [-1, Number.POSITIVE_INFINITY];
    let [chosen, leastShares] = [-1, Number.POSITIVE_INFINITY];
    for (let row = 0, end = this.#end; row < end; row++) {
      if (this.get(row, 'waiting') === 0) continue;
      const reservationTag = this.get(row, 'reservationTag');
      if (this.get(row, 'reservation') > 0 && reservationTag <= nowNs && reservationTag < leastReservation)
        [behind, leastReservation] = [row, reservationTag];
      const sharesTag = this.get(row, 'sharesTag');
      if (this.get(row, 'limitTag') <= nowNs && sharesTag < leastShares)
        [chosen, leastShares] = [row, sharesTag];
    }
    const row = behind >= 0 ? behind : chosen;
    if (row < 0) return undefined;
    this.put(row, 'waiting', this.get(row, 'waiting') - 1);
    this.#words[HEAD.virtual] = Math.max(this.#virtual, this.get(row, 'sharesTag'));
    // What was done by its shares is not taken from its reservation.
    if (behind >= 0)
      this.put(row, 'reservationTag', leastReservation + NS_PER_SECOND / this.get(row, 'reservation'));
    this.charge(row, 1, nowNs);
    this.put(row, 'servedNs', nowNs);
    return row;
  }

  /** A client does so much, more than it had said: the next of it is due later. */
  charge(row: number, cost: number, nowNs: number): void {
    const limit = this.get(row, 'limit');
    this.put(row, 'sharesTag', this.get(row, 'sharesTag') + cost / this.get(row, 'shares'));
    if (limit === Number.POSITIVE_INFINITY) return;
    const from = Math.max(this.get(row, 'limitTag'), nowNs - SLACK_NS);
    this.put(row, 'limitTag', from + (cost / limit) * NS_PER_SECOND);
  }

  /** When somebody who waits may go next, which may be over; Infinity when nobody waits. */
  get nextNs(): number {
    let nextNs = Number.POSITIVE_INFINITY;
    for (let row = 0, end = this.#end; row < end; row++) {
      if (this.get(row, 'waiting') === 0) continue;
      if (this.get(row, 'reservation') > 0) nextNs = Math.min(nextNs, this.get(row, 'reservationTag'));
      nextNs = Math.min(nextNs, this.get(row, 'limitTag'));
    }
    return nextNs;
  }

  /** Who was idle is owed nothing for that time, and is not behind the others by it. */
  #wake(row: number, nowNs: number): void {
    if (nowNs - this.get(row, 'servedNs') < IDLE_NS) return;
    this.put(row, 'reservationTag', Math.max(this.get(row, 'reservationTag'), nowNs));
    this.put(row, 'limitTag', Math.max(this.get(row, 'limitTag'), nowNs - SLACK_NS));
    this.put(row, 'sharesTag', Math.max(this.get(row, 'sharesTag'), this.#virtual));
  }

  /** Shares' own time: how far those are who were served last. */
  get #virtual(): number {
    return this.#words[HEAD.virtual] as number;
  }

  /** No row behind it was ever used. */
  get #end(): number {
    return this.#words[HEAD.end] as number;
  }
}

/** Who is asked late has lost no more than this of its limit: the thread looks again only so often. */
export const SLACK_NS = 100e6;
/** Who asks again within this was not idle: it thought about what came, or its thread was late. */
const IDLE_NS = SLACK_NS;

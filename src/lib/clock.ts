/** Time as it is handed to who needs it: a `Clock`, and one that only moves by hand. */

/** Where time comes from. Nothing in the pure rooms asks the platform for it. */
export interface Clock {
  /** Monotonic time in nanoseconds; its zero means nothing. */
  nowNanoseconds(): bigint;
  /** Nanoseconds since 1970-01-01T00:00:00Z, leap seconds not counted; may jump. */
  wallNanoseconds(): bigint;
}

/** A clock that stands still until `advance` moves it: for tests and for deterministic runs. */
export class ManualClock implements Clock {
  #now: bigint;
  readonly #wallOffset: bigint;

  /** @param wall - wall time at the start, in nanoseconds since 1970. */
  constructor(wall = 0n, now = 0n) {
    this.#now = now;
    this.#wallOffset = wall - now;
  }

  nowNanoseconds(): bigint {
    return this.#now;
  }

  wallNanoseconds(): bigint {
    return this.#now + this.#wallOffset;
  }

  /** Moves both times forward. Throws RangeError when `nanoseconds` is negative. */
  advance(nanoseconds: bigint): void {
    if (nanoseconds < 0n) throw new RangeError(`time cannot go back by ${-nanoseconds} ns`);
    this.#now += nanoseconds;
  }
}

/** How far the time of a deterministic guest is behind the world's: it catches up when it idles, and is never ahead then. */

const TICKS_PER_MS = 10_000;
/** Further behind it does not catch up: what was late by that much is late. */
const MOST_BEHIND_TICKS = 2_000 * TICKS_PER_MS;

export class LabPace {
  readonly #now: () => number;
  /** Ticks of the world at the guest's 0. */
  #start: number;

  /** @param now - milliseconds that only grow */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#start = now() * TICKS_PER_MS;
  }

  /** Ticks that a guest whose time is `guestTicks` is behind; at least 0. */
  behind(guestTicks: number): number {
    const behind = this.#now() * TICKS_PER_MS - this.#start - guestTicks;
    if (behind > MOST_BEHIND_TICKS) this.#start += behind - MOST_BEHIND_TICKS;
    return Math.max(0, Math.min(behind, MOST_BEHIND_TICKS));
  }
}

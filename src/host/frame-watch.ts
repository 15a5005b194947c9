/**
 * Looks out for frames before a pCPU sleeps: while they come one after the other, to be woken for the next one would take
 * longer than it takes to come.
 */
import type { Arena } from '#net';

/** So long after a frame came the next one is expected, and so long it is looked for at a time. */
const EXPECTED_NS = 1_000_000;
const LOOK_NS = 50_000;

export class FrameWatch {
  readonly #arena: Arena;
  readonly #pcpu: number;
  readonly #nowNs: () => number;
  #seen = 0;
  #lastNs = Number.NEGATIVE_INFINITY;

  constructor(arena: Arena, pcpu: number, nowNs: () => number) {
    this.#arena = arena;
    this.#pcpu = pcpu;
    this.#nowNs = nowNs;
  }

  /** Returns true when `hasRung` does while it looks; false when it is time to sleep. */
  look(nowNs: number, hasRung: () => boolean): boolean {
    const news = this.#arena.news(this.#pcpu);
    if (news !== this.#seen) {
      this.#seen = news;
      this.#lastNs = nowNs;
    }
    if (nowNs - this.#lastNs > EXPECTED_NS) return false;
    while (this.#nowNs() < nowNs + LOOK_NS) if (hasRung()) return true;
    return false;
  }
}

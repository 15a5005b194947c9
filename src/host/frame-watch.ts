/**
 * Looks out for frames before a pCPU sleeps: in a dialogue, to be woken for the next one would take longer than it takes
 * to come.
 */
import type { Arena } from '#net';
import { Anticipation } from './anticipation.ts';

/** A frame that comes later than this is not looked for: to be woken takes about a tenth of it. */
const LIMIT_NS = 500_000;

export class FrameWatch {
  readonly #arena: Arena;
  readonly #pcpu: number;
  readonly #nowNs: () => number;
  readonly #frames = new Anticipation(LIMIT_NS);
  #seen: number;

  constructor(arena: Arena, pcpu: number, nowNs: () => number) {
    this.#arena = arena;
    this.#pcpu = pcpu;
    this.#nowNs = nowNs;
    this.#seen = arena.news(pcpu);
  }

  /** Returns true when `hasRung` does while it looks, until `dueNs` at most; false when it is time to sleep. */
  look(nowNs: number, dueNs: number, hasRung: () => boolean): boolean {
    // What came while worlds ran was not waited for.
    this.#seen = this.#arena.news(this.#pcpu);
    this.#frames.wait(nowNs);
    const untilNs = Math.min(dueNs, this.#frames.untilNs);
    for (let before = nowNs; before < untilNs; ) {
      const now = this.#nowNs();
      const wasLet = this.#frames.looked(before, now);
      if (hasRung()) {
        if (wasLet) this.#frames.found();
        return true;
      }
      if (!wasLet) return false;
      before = now;
    }
    return false;
  }

  /** The wait is over, for a frame or for something else. */
  awake(nowNs: number): void {
    if (this.#arena.news(this.#pcpu) !== this.#seen) this.#frames.came(nowNs);
  }
}

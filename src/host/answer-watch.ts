/**
 * Waits for the answer to what a guest has just sent, where answers come at once: to let the guest go idle meanwhile, and
 * interrupt it on its way there, would take longer.
 */
import type { Arena } from '#net';

/** An answer that comes later than this is not waited for: that is what a guest takes to go idle, and less than to come back. */
const LIMIT_NS = 80_000;
/** One frame there, something back: so often, before an answer is waited for. Who sends more at a time is not in a dialogue. */
const LEAST_TURNS = 4;
/** What a wait that was not in vain is worth, and one that was; what is saved up for more of those. */
const CREDIT = { won: 1, lost: 4, most: 16 } as const;
/** Without credit one of so many answers is waited for all the same: things may have changed. */
const TRIAL = 64;

export class AnswerWatch {
  readonly #arena: Arena;
  readonly #pcpu: number;
  readonly #nowNs: () => number;
  /** Frames sent since something came. */
  #sent = 0;
  #turns = 0;
  #seen = 0;
  #isFresh = false;
  #credit = 0;
  #passed = 0;

  constructor(arena: Arena, pcpu: number, nowNs: () => number) {
    this.#arena = arena;
    this.#pcpu = pcpu;
    this.#nowNs = nowNs;
  }

  /** A guest at home here is about to send a frame to the switch. */
  sent(): void {
    this.#sent++;
    this.#isFresh = true;
    this.#seen = this.#arena.news(this.#pcpu);
  }

  /** Something came for a guest at home here. */
  came(): void {
    this.#turns = this.#sent === 1 ? this.#turns + 1 : 0;
    this.#sent = 0;
    this.#isFresh = false;
  }

  /** Waits for the answer, if something was just sent and it is likely to come soon; whether it is there. */
  wait(): boolean {
    if (!this.#isFresh) return false;
    this.#isFresh = false;
    if (this.#sent !== 1 || this.#turns < LEAST_TURNS || !this.#isWorth()) return false;
    const untilNs = this.#nowNs() + LIMIT_NS;
    while (this.#arena.news(this.#pcpu) === this.#seen) {
      if (this.#nowNs() < untilNs) continue;
      this.#credit = Math.max(0, this.#credit - CREDIT.lost);
      return false;
    }
    this.#credit = Math.min(CREDIT.most, this.#credit + CREDIT.won);
    return true;
  }

  #isWorth(): boolean {
    if (this.#credit > 0) return true;
    this.#passed = (this.#passed + 1) % TRIAL;
    return this.#passed === 0;
  }
}

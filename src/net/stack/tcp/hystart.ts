/** When slow start has filled the path: the round trips become longer. HyStart++. Source: RFC 9406 §4. */

const MIN_THRESHOLD_MS = 4;
const MAX_THRESHOLD_MS = 16;
const DIVISOR = 8;
const SAMPLES = 8;
const GROWTH_DIVISOR = 4;
const CAUTIOUS_ROUNDS = 5;

export class HyStart {
  #roundEnd = 0;
  #lastMs = Number.POSITIVE_INFINITY;
  #currentMs = Number.POSITIVE_INFINITY;
  #samples = 0;
  /** Of the conservative slow start; undefined outside it. */
  #cautious: { readonly baselineMs: number; rounds: number } | undefined;

  /** What an acknowledged byte lets the window grow by. */
  get growth(): number {
    return this.#cautious === undefined ? 1 : 1 / GROWTH_DIVISOR;
  }

  /** Takes a sample; whether slow start is over. `una` and `nxt` are of the sender. */
  sample(roundTripMs: number, una: number, nxt: number): boolean {
    if (una >= this.#roundEnd && this.#nextRound(nxt)) return true;
    this.#currentMs = Math.min(this.#currentMs, roundTripMs);
    if (++this.#samples < SAMPLES) return false;
    const threshold = Math.min(Math.max(this.#lastMs / DIVISOR, MIN_THRESHOLD_MS), MAX_THRESHOLD_MS);
    if (this.#cautious === undefined) {
      if (this.#currentMs >= this.#lastMs + threshold)
        this.#cautious = { baselineMs: this.#currentMs, rounds: 0 };
    } else if (this.#currentMs < this.#cautious.baselineMs) this.#cautious = undefined;
    return false;
  }

  #nextRound(nxt: number): boolean {
    this.#roundEnd = nxt;
    this.#lastMs = this.#currentMs;
    this.#currentMs = Number.POSITIVE_INFINITY;
    this.#samples = 0;
    return this.#cautious !== undefined && ++this.#cautious.rounds >= CAUTIOUS_ROUNDS;
  }
}

/**
 * Guesses whether what is waited for comes so soon that to look for it is cheaper than to sleep and be woken. It knows how
 * long the last waits were: who is waited for seldom is never looked for.
 */

/** Waits that are remembered; more than so many of them have to be short. */
const REMEMBERED = 4;
const LEAST_SHORT = 2;
/** Beyond the longest short wait. */
const MARGIN = 1.5;
const MARGIN_NS = 10_000;
/** Who looks and is not let run for so long is not alone on its CPU, and would only wear out its claim to it. */
const DISTURBED_NS = 300_000;
/** So long it does not look then; longer each time, until a look goes well. */
const REST_NS = { least: 20_000_000, most: 640_000_000 } as const;

export class Anticipation {
  readonly #limitNs: number;
  readonly #waits: number[] = Array<number>(REMEMBERED).fill(Number.POSITIVE_INFINITY);
  #at = 0;
  #sinceNs: number | undefined;
  #restUntilNs = Number.NEGATIVE_INFINITY;
  #restNs: number = REST_NS.least;

  /** @param limitNs - longer waits are not worth looking. */
  constructor(limitNs: number) {
    this.#limitNs = limitNs;
  }

  /** From now on it is waited for, if it was not yet. */
  wait(nowNs: number): void {
    this.#sinceNs ??= nowNs;
  }

  /** It came. */
  came(nowNs: number): void {
    if (this.#sinceNs === undefined) return;
    this.#waits[this.#at] = nowNs - this.#sinceNs;
    this.#at = (this.#at + 1) % REMEMBERED;
    this.#sinceNs = undefined;
  }

  /** Looked from one moment to another, without anything else between; whether the thread was let run meanwhile. */
  looked(fromNs: number, toNs: number): boolean {
    if (toNs - fromNs < DISTURBED_NS) return true;
    this.#restUntilNs = toNs + this.#restNs;
    this.#restNs = Math.min(2 * this.#restNs, REST_NS.most);
    return false;
  }

  /** What was looked for was seen. */
  found(): void {
    this.#restNs = REST_NS.least;
  }

  /** Until when to look for it; the past when it is not worth it. */
  get untilNs(): number {
    const short = this.#waits.filter((ns) => ns <= this.#limitNs);
    if (this.#sinceNs === undefined || short.length <= LEAST_SHORT) return Number.NEGATIVE_INFINITY;
    if (this.#sinceNs < this.#restUntilNs) return Number.NEGATIVE_INFINITY;
    return this.#sinceNs + Math.min(this.#limitNs, MARGIN * Math.max(...short) + MARGIN_NS);
  }
}

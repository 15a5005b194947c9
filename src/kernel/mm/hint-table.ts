/**
 * Where a page of some content was seen last, by its hash: a table of fixed size, in sets of four slots. A full set loses
 * one of its hints to a new one. A hint is only a hint: what it names may hold something else by now.
 */

const WORDS = 4;
const WAYS = 4;
const SET_WORDS = WORDS * WAYS;
/** In the owner's word: the hint names a machine page that is common already. */
const COMMON = 0xffff_ffff;

export interface Hint {
  /** Number of the VM, or `undefined` when the page is a machine page that is common. */
  readonly vm: number | undefined;
  /** Index of the page in the VM's RAM, or the machine page. */
  readonly page: number;
}

export class HintTable {
  /** For each slot: hash (two words; 0 0 is empty), owner, page. */
  readonly #words: Uint32Array;
  readonly #sets: number;

  /** @param pages - for how many pages there should be room; rounded up to a power of two. */
  constructor(pages: number) {
    this.#sets = 2 ** Math.ceil(Math.log2(Math.max(1, pages / WAYS)));
    this.#words = new Uint32Array(this.#sets * SET_WORDS);
  }

  find(low: number, high: number): Hint | undefined {
    const at = this.#slot(low, high);
    if (at === undefined || (low | high) === 0) return undefined;
    const owner = this.#words[at + 2] as number;
    return { vm: owner === COMMON ? undefined : owner, page: this.#words[at + 3] as number };
  }

  set(low: number, high: number, { vm, page }: Hint): void {
    const at =
      this.#slot(low, high) ?? this.#slot(0, 0, low) ?? this.#start(low) + (high & (WAYS - 1)) * WORDS;
    this.#words[at] = low;
    this.#words[at + 1] = high;
    this.#words[at + 2] = vm ?? COMMON;
    this.#words[at + 3] = page;
  }

  /** Forgets what is hinted about a VM. */
  forget(vm: number): void {
    for (let at = 0; at < this.#words.length; at += WORDS) {
      if (this.#words[at + 2] === vm) this.#words.fill(0, at, at + WORDS);
    }
  }

  /** The slot that holds a hash, in the set of `of`. */
  #slot(low: number, high: number, of = low): number | undefined {
    const start = this.#start(of);
    for (let at = start; at < start + SET_WORDS; at += WORDS) {
      if (this.#words[at] === low >>> 0 && this.#words[at + 1] === high >>> 0) return at;
    }
    return undefined;
  }

  #start(low: number): number {
    return (low & (this.#sets - 1)) * SET_WORDS;
  }
}

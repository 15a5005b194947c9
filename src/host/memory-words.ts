/** What threads tell one another of a VM's memory: words in shared memory, each written by one side. Pages. */
const Word = {
  // The memory manager's.
  balloonTarget: 0,
  target: 1,
  active: 2,
  sharedSaved: 3,
  cache: 4,
  // The home's.
  isDriven: 5,
  balloonActual: 6,
  // Everybody's: pages read from the swap file, and written.
  swap: 8,
  // Whether somebody is being asked what to do about it: the first one who finds that sees to it.
  isAsked: 10,
} as const;
const WORDS = 11;

/** Words that the memory manager writes at each look. */
export type LookWord = 'target' | 'active' | 'sharedSaved' | 'cache';

export class MemoryWords {
  readonly buffer: SharedArrayBuffer;
  readonly #words: Int32Array;

  constructor(buffer = new SharedArrayBuffer(WORDS * 4)) {
    this.buffer = buffer;
    this.#words = new Int32Array(buffer);
  }

  get(word: LookWord): number {
    return Atomics.load(this.#words, Word[word]);
  }

  set(word: LookWord, pages: number): void {
    Atomics.store(this.#words, Word[word], pages);
  }

  /** What the balloon should have. */
  get balloonTarget(): number {
    return Atomics.load(this.#words, Word.balloonTarget);
  }
  set balloonTarget(pages: number) {
    Atomics.store(this.#words, Word.balloonTarget, pages);
  }

  /** What the home says of the balloon: whether a driver is there, and what it has. */
  get isDriven(): boolean {
    return Atomics.load(this.#words, Word.isDriven) !== 0;
  }
  get balloonActual(): number {
    return Atomics.load(this.#words, Word.balloonActual);
  }

  /** The home's: takes what the manager wants to the balloon, and tells what has become of that. */
  serve(balloon: {
    readonly isDriven: boolean;
    readonly actual: number;
    readonly target: number;
    setTarget(pages: number): void;
  }): void {
    const { balloonTarget } = this;
    if (balloon.target !== balloonTarget) balloon.setTarget(balloonTarget);
    Atomics.store(this.#words, Word.isDriven, balloon.isDriven ? 1 : 0);
    Atomics.store(this.#words, Word.balloonActual, balloon.actual);
  }

  /** Something is wrong with where its pages are put away: true for the one who is to tell of it. */
  ask(): boolean {
    return Atomics.exchange(this.#words, Word.isAsked, 1) === 0;
  }

  get isAsked(): boolean {
    return Atomics.load(this.#words, Word.isAsked) !== 0;
  }

  /** It is tried again. */
  answered(): void {
    Atomics.store(this.#words, Word.isAsked, 0);
  }

  /** For SwapFile. */
  get swapCounts(): Int32Array {
    return this.#words.subarray(Word.swap, Word.swap + 2);
  }
}

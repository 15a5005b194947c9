/**
 * Which machine pages are handed out and how many maps use each: words in machine memory that all threads of a host
 * change with atomics and without locks, so that a thread that dies holds nothing up.
 *
 * Invariants: a page is handed out to one caller; a page whose count of users has reached 0 is free.
 */
import { assert } from '#lib';

const WORD_BITS = 32;
const FULL = -1;
/** In a page's count of users: copied on write. Without it the one user may write. */
const SHARED = 0x8000_0000;

/** As a count of users: taken to be cleaned, by nobody's map. */
const CLEANING = 0x7fff_ffff;

/** Words of the head: how many pages are free; how often a common page has ceased to be one, counted from 1. */
const Head = { free: 0, broken: 1 } as const;
const HEAD_WORDS = 2;

/** Where the words of a table for `pages` are, in words from its start. */
export function frameTableLayout(pages: number): {
  used: number;
  clean: number;
  users: number;
  words: number;
} {
  const bitmap = Math.ceil(pages / WORD_BITS);
  const used = HEAD_WORDS;
  return { used, clean: used + bitmap, users: used + 2 * bitmap, words: used + 2 * bitmap + pages };
}

export class FrameTable {
  readonly #head: Int32Array;
  /** A bit a page: it is handed out. */
  readonly #used: Int32Array;
  /** A bit a page: it reads as zeros. */
  readonly #clean: Int32Array;
  readonly #users: Uint32Array;
  /** Words before this one were full when this thread last looked. */
  #hint = 0;

  /** @param at - machine address of the table, a multiple of 4; its words are zero when it is new. */
  constructor(memory: ArrayBufferLike, at: number, pages: number) {
    const { used, clean, users } = frameTableLayout(pages);
    this.#head = new Int32Array(memory, at, HEAD_WORDS);
    this.#used = new Int32Array(memory, at + used * 4, clean - used);
    this.#clean = new Int32Array(memory, at + clean * 4, users - clean);
    this.#users = new Uint32Array(memory, at + users * 4, pages);
  }

  /** Makes all pages from `first` on free, those before and those behind the last one taken for good. */
  format(first: number): void {
    const pages = this.#users.length;
    this.#clean.fill(FULL);
    for (let page = 0; page < first; page++) this.#mark(page);
    for (let page = pages; page < this.#used.length * WORD_BITS; page++) this.#mark(page);
    this.#head[Head.free] = pages - first;
    this.#head[Head.broken] = 1;
  }

  get free(): number {
    return Atomics.load(this.#head, Head.free);
  }

  /** A page with one user that may write it, or 0. */
  take(): number {
    const words = this.#used.length;
    if (this.free <= 0) return 0;
    for (let count = 0, at = this.#hint; count <= words; count++, at = at + 1 === words ? 0 : at + 1) {
      const bit = this.#takeBit(at);
      if (bit < 0) continue;
      this.#hint = at;
      const page = at * WORD_BITS + bit;
      Atomics.sub(this.#head, Head.free, 1);
      Atomics.store(this.#users, page, 1);
      return page;
    }
    return 0;
  }

  /** The first of `count` neighbours with one user each, or 0. */
  takeRun(count: number): number {
    let first: number;
    do {
      first = this.#findRun(count);
      if (first === 0) return 0;
      // Another thread may just have taken a part of it.
    } while (!this.#takeBits(first, count));
    Atomics.sub(this.#head, Head.free, count);
    // Nobody else looks at them.
    this.#users.fill(1, first, first + count);
    return first;
  }

  /** Whether the page reads as zeros; from now on it is taken not to. */
  takeClean(page: number): boolean {
    const mask = 1 << (page % WORD_BITS);
    return (Atomics.and(this.#clean, (page / WORD_BITS) | 0, ~mask) & mask) !== 0;
  }

  /** As `takeClean` of neighbours: calls `dirty` with each that does not read as zeros. */
  takeCleanRun(first: number, count: number, dirty: (page: number) => void): void {
    const end = first + count;
    for (let page = first; page < end; ) {
      const word = (page / WORD_BITS) | 0;
      const next = Math.min(end, (word + 1) * WORD_BITS);
      const mask = maskOf(page % WORD_BITS, next - page);
      let left = ~Atomics.and(this.#clean, word, ~mask) & mask;
      for (; left !== 0; left &= left - 1) dirty(word * WORD_BITS + lowestBit(left));
      page = next;
    }
  }

  /** The page reads as zeros. Preconditions: the caller has it. */
  markClean(page: number): void {
    Atomics.or(this.#clean, (page / WORD_BITS) | 0, 1 << (page % WORD_BITS));
  }

  /** Takes up to `most` free pages that do not read as zeros, to be cleaned and freed; calls `each` with every one. */
  takeDirty(most: number, each: (page: number) => void): number {
    let count = 0;
    for (let at = 0; at < this.#used.length && count < most; at++) {
      let free = ~(Atomics.load(this.#used, at) | Atomics.load(this.#clean, at));
      while (free !== 0 && count < most) {
        const page = at * WORD_BITS + lowestBit(free);
        free &= free - 1;
        if (!this.#takeBits(page, 1)) continue;
        Atomics.sub(this.#head, Head.free, 1);
        Atomics.store(this.#users, page, CLEANING);
        count++;
        each(page);
      }
    }
    return count;
  }

  /** Who was cleaning pages is dead: they are free again. How many. Preconditions: nobody cleans any. */
  recoverCleaning(): number {
    let count = 0;
    for (let page = 0; page < this.#users.length; page++) {
      if (Atomics.load(this.#users, page) !== CLEANING) continue;
      this.release(page);
      count++;
    }
    return count;
  }

  /** How many maps use the page. */
  users(page: number): number {
    return (Atomics.load(this.#users, page) & ~SHARED) >>> 0;
  }

  /** The same for who counts thousands and does not mind how old it is: an atomic load is a call. */
  usersAbout(page: number): number {
    return ((this.#users[page] as number) & ~SHARED) >>> 0;
  }

  /**
   * While this stays the same, no page that was common when it was read has been written: who has looked at one need not
   * look again.
   */
  get commonEpoch(): number {
    return Atomics.load(this.#head, Head.broken);
  }

  /** Whether the page is common: nobody may write it. */
  isShared(page: number): boolean {
    return (Atomics.load(this.#users, page) & SHARED) !== 0;
  }

  /** Makes a page of one user common, with that user only. Preconditions: the caller is the user. */
  share(page: number): void {
    Atomics.or(this.#users, page, SHARED);
  }

  /** Makes a page of one user common to it and another. Preconditions: the caller is the user, and nobody else looks. */
  shareWithOther(page: number): void {
    Atomics.store(this.#users, page, (SHARED | 2) >>> 0);
  }

  /** One user more; false when the page is not common (any more). */
  join(page: number): boolean {
    for (;;) {
      const users = Atomics.load(this.#users, page);
      if ((users & SHARED) === 0) return false;
      if (Atomics.compareExchange(this.#users, page, users, users + 1) === users) return true;
    }
  }

  /** One user more of a page that is common. Preconditions: the caller is a user, and stays one meanwhile. */
  joinUser(page: number): void {
    const users = Atomics.add(this.#users, page, 1);
    assert((users & SHARED) !== 0, `machine page ${page} is shared, and is not common`);
  }

  /** The last user of a common page makes it its own; false when there are others. Preconditions: the caller is a user. */
  own(page: number): boolean {
    const last = (SHARED | 1) >>> 0;
    if (Atomics.compareExchange(this.#users, page, last, 1) !== last) return false;
    Atomics.add(this.#head, Head.broken, 1);
    return true;
  }

  /** One user less; true when it was the last one: then the caller has the page, and frees it. */
  leave(page: number): boolean {
    for (;;) {
      const users = Atomics.load(this.#users, page);
      const isLast = (users & ~SHARED) === 1;
      if (Atomics.compareExchange(this.#users, page, users, isLast ? 0 : users - 1) !== users) continue;
      if (isLast && (users & SHARED) !== 0) Atomics.add(this.#head, Head.broken, 1);
      return isLast;
    }
  }

  /** Makes a page free. Preconditions: nobody uses it. */
  release(page: number): void {
    const word = (page / WORD_BITS) | 0;
    const mask = 1 << (page % WORD_BITS);
    Atomics.store(this.#users, page, 0);
    Atomics.add(this.#head, Head.free, 1);
    const old = Atomics.and(this.#used, word, ~mask);
    assert((old & mask) !== 0, `machine page ${page} is freed twice`);
    if (word < this.#hint) this.#hint = word;
  }

  #mark(page: number): void {
    this.#used[(page / WORD_BITS) | 0] =
      (this.#used[(page / WORD_BITS) | 0] as number) | (1 << (page % WORD_BITS));
  }

  /** Takes the lowest free bit of a word; -1 when it is full. */
  #takeBit(at: number): number {
    let word = Atomics.load(this.#used, at);
    while (word !== FULL) {
      const bit = lowestBit(~word);
      const found = Atomics.compareExchange(this.#used, at, word, word | (1 << bit));
      if (found === word) return bit;
      word = found;
    }
    return -1;
  }

  /** Start of the first run of `count` free pages as they are now, or 0. */
  #findRun(count: number): number {
    let run = 0;
    for (let at = this.#hint; at < this.#used.length; at++) {
      const word = Atomics.load(this.#used, at);
      if (word === 0) run += WORD_BITS;
      else if (word === FULL) run = 0;
      else {
        for (let bit = 0; bit < WORD_BITS; bit++) {
          run = word & (1 << bit) ? 0 : run + 1;
          if (run === count) return at * WORD_BITS + bit + 1 - count;
        }
      }
      if (run >= count) return (at + 1) * WORD_BITS - run;
    }
    return 0;
  }

  /** Takes [first, first + count) whole, or nothing. */
  #takeBits(first: number, count: number): boolean {
    const end = first + count;
    for (let page = first; page < end; ) {
      const word = (page / WORD_BITS) | 0;
      const next = Math.min(end, (word + 1) * WORD_BITS);
      if (!this.#takeMask(word, maskOf(page % WORD_BITS, next - page))) {
        this.#giveBits(first, page);
        return false;
      }
      page = next;
    }
    return true;
  }

  #takeMask(at: number, mask: number): boolean {
    let word = Atomics.load(this.#used, at);
    while ((word & mask) === 0) {
      const found = Atomics.compareExchange(this.#used, at, word, word | mask);
      if (found === word) return true;
      word = found;
    }
    return false;
  }

  #giveBits(first: number, end: number): void {
    for (let page = first; page < end; page++) {
      Atomics.and(this.#used, (page / WORD_BITS) | 0, ~(1 << (page % WORD_BITS)));
    }
  }
}

const lowestBit = (word: number): number => 31 - Math.clz32(word & -word);

const maskOf = (from: number, count: number): number =>
  count === WORD_BITS ? FULL : ((1 << count) - 1) << from;

/**
 * Contents of pages of which there is kept code, in memory that threads share: by a hash, and then word by word. Their numbers
 * are those of no other content.
 */
import { PAGE_BYTES } from '../hart/page-map.ts';

const PAGE_WORDS = PAGE_BYTES / 4;
/** Other contents count up from 1, and never come here. */
const FIRST_NUMBER = 0x4000_0000;
/** How many there are; behind it a table by hash (place + 1, or 0), then the words of each. */
const COUNT = 0;
const TABLE = 1;

/** Only to find candidates: what has the same hash is compared. */
export function hashWords(words: Int32Array, from: number): number {
  let hash = 0;
  for (let at = from, end = from + PAGE_WORDS; at < end; at++) {
    hash = Math.imul((hash ^ (words[at] as number)) + (hash >>> 15), 0x9e37_79b1);
  }
  return hash;
}

export class KeptContents {
  readonly buffer: SharedArrayBuffer;
  readonly #words: Int32Array;
  readonly #count: number;
  readonly #mask: number;

  constructor(buffer: SharedArrayBuffer) {
    this.buffer = buffer;
    this.#words = new Int32Array(buffer);
    this.#count = this.#words[COUNT] as number;
    this.#mask = tableSize(this.#count) - 1;
  }

  /** The contents' places are their numbers. */
  static of(contents: readonly Int32Array[]): KeptContents {
    const size = tableSize(contents.length);
    const first = TABLE + size;
    const words = new Int32Array(new SharedArrayBuffer((first + contents.length * PAGE_WORDS) * 4));
    words[COUNT] = contents.length;
    for (const [place, content] of contents.entries()) {
      words.set(content, first + place * PAGE_WORDS);
      let slot = hashWords(content, 0) & (size - 1);
      while (words[TABLE + slot] !== 0) slot = (slot + 1) & (size - 1);
      words[TABLE + slot] = place + 1;
    }
    return new KeptContents(words.buffer);
  }

  get count(): number {
    return this.#count;
  }

  /** The number of a page's content, 0 when it is not among these. @param hash - see hashWords */
  numberOf(words: Int32Array, from: number, hash: number): number {
    for (let slot = hash & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const place = (this.#words[TABLE + slot] as number) - 1;
      if (place < 0) return 0;
      if (this.#isSame(place, words, from)) return FIRST_NUMBER + place;
    }
  }

  /** Whether a number is that of a kept content, and then which. */
  placeOf(number: number): number | undefined {
    const place = number - FIRST_NUMBER;
    return place >= 0 && place < this.#count ? place : undefined;
  }

  wordsOf(place: number): Int32Array {
    const from = TABLE + this.#mask + 1 + place * PAGE_WORDS;
    return this.#words.subarray(from, from + PAGE_WORDS);
  }

  #isSame(place: number, words: Int32Array, from: number): boolean {
    const start = TABLE + this.#mask + 1 + place * PAGE_WORDS;
    for (let i = 0; i < PAGE_WORDS; i++) if (words[from + i] !== this.#words[start + i]) return false;
    return true;
  }
}

/** The number that the content at this place has. */
export const keptNumber = (place: number): number => FIRST_NUMBER + place;

/** A power of two, at most half full. */
const tableSize = (count: number): number => 2 ** Math.ceil(Math.log2(2 * (count + 1)));

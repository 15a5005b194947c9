/**
 * Translated code by what it was made of: the content of its page, the page's virtual address, the mode. Another machine
 * page with the same content (a second VM's, a reset's, a program's that is loaded again) finds it and translates nothing.
 *
 * A page's content is compared word by word before it counts as the same; its number is never given to another. What a
 * region takes from the pages beside its own it checks itself, by their numbers, whenever it goes there.
 */
import { PAGE_BYTES } from '../hart/page-map.ts';
import { hashWords, type KeptContents } from './kept-contents.ts';

const PAGE_WORDS = PAGE_BYTES / 4;
/** Regions that are kept; when there are more, all are given up, so that they and their modules can be collected. */
const MAX_REGIONS = 8192;
/** Contents that are kept, 4 KiB each. */
const MAX_CONTENTS = 4096;

/** A region's place in its page, and its function. */
export interface KnownRegion {
  readonly offset: number;
  readonly code: CallableFunction;
}

interface Content {
  readonly number: number;
  readonly words: Int32Array;
  /** By virtual address and mode, then by offset. */
  readonly regions: Map<bigint, Map<number, KnownRegion>>;
}

export class CodeLibrary {
  readonly #word: Int32Array;
  readonly #maxRegions: number;
  readonly #byHash = new Map<number, Content[]>();
  readonly #byNumber = new Map<number, Content>();
  /** Contents that have numbers before any page has them. */
  #kept: KeptContents | undefined;
  #lastNumber = 0;
  #size = 0;

  constructor(memory: ArrayBufferLike, maxRegions = MAX_REGIONS) {
    this.#word = new Int32Array(memory);
    this.#maxRegions = maxRegions;
  }

  /** Regions that can be found. */
  get size(): number {
    return this.#size;
  }

  /** Contents whose regions may be added later. */
  useKept(contents: KeptContents): void {
    this.#kept = contents;
  }

  /** The number of the content of 4096 bytes of machine memory; 0 when no region was made of it. */
  known(bytes: number): number {
    const at = bytes >>> 2;
    return this.#known(this.#word, at, hashWords(this.#word, at));
  }

  /** The number of the content of 4096 bytes of machine memory, a new one when it has none. */
  numberOf(bytes: number): number {
    const at = bytes >>> 2;
    return this.#numberOf(this.#word, at, () => this.#word.slice(at, at + PAGE_WORDS));
  }

  /** The same for a page's words that another engine has seen. */
  numberOfWords(words: Int32Array): number {
    return this.#numberOf(words, 0, () => words);
  }

  #numberOf(from: Int32Array, at: number, copy: () => Int32Array): number {
    const hash = hashWords(from, at);
    const known = this.#known(from, at, hash);
    if (known !== 0) return known;
    if (this.#byNumber.size >= MAX_CONTENTS) this.#clear();
    const content: Content = { number: ++this.#lastNumber, words: copy(), regions: new Map() };
    this.#byNumber.set(content.number, content);
    this.#byHash.set(hash, [...(this.#byHash.get(hash) ?? []), content]);
    return content.number;
  }

  /** Notes a region of a content that has a number. */
  add(number: number, page: bigint, mode: number, region: KnownRegion): void {
    if (this.#size >= this.#maxRegions) this.#clear();
    const content = this.#byNumber.get(number) ?? this.#addKept(number);
    if (!content) return;
    const key = page | BigInt(mode);
    const regions = content.regions.get(key) ?? new Map<number, KnownRegion>();
    if (!regions.has(region.offset)) this.#size++;
    regions.set(region.offset, region);
    content.regions.set(key, regions);
  }

  find(number: number, page: bigint, mode: number, offset: number): KnownRegion | undefined {
    return this.#regions(number, page, mode)?.get(offset);
  }

  /** All regions of a content at a virtual address in a mode. */
  at(number: number, page: bigint, mode: number): Iterable<KnownRegion> {
    return this.#regions(number, page, mode)?.values() ?? [];
  }

  #regions(number: number, page: bigint, mode: number): ReadonlyMap<number, KnownRegion> | undefined {
    return this.#byNumber.get(number)?.regions.get(page | BigInt(mode));
  }

  /** Numbers that pages have stay theirs: they are not given again. */
  #clear(): void {
    this.#byHash.clear();
    this.#byNumber.clear();
    this.#size = 0;
  }

  #known(from: Int32Array, at: number, hash: number): number {
    const found = this.#byHash.get(hash)?.find(({ words }) => isSame(from, at, words));
    return found?.number ?? this.#kept?.numberOf(from, at, hash) ?? 0;
  }

  /** A kept content is found among those: here are only its regions. */
  #addKept(number: number): Content | undefined {
    const place = this.#kept?.placeOf(number);
    if (place === undefined || !this.#kept) return undefined;
    const content: Content = { number, words: this.#kept.wordsOf(place), regions: new Map() };
    this.#byNumber.set(number, content);
    return content;
  }
}

function isSame(from: Int32Array, at: number, words: Int32Array): boolean {
  for (let i = 0; i < PAGE_WORDS; i++) if (from[at + i] !== words[i]) return false;
  return true;
}

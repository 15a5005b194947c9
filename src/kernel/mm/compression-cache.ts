/**
 * The compressed pages of one VM: machine pages that hold two or four of them each. Words in machine memory say which, so
 * that every thread can read what another has put there; they are changed by exchanges only.
 *
 * A place is a word's number and which quarter of its machine page; a page that does not compress to half is not kept.
 * Source: VMware, Understanding Memory Resource Management in vSphere, "Memory Compression".
 */
import { PAGE_BYTES } from '#riscv/size';
import { Lz4 } from './lz4.ts';
import type { MachineMemory } from './machine-memory.ts';
import type { PageStore, StoreProblem } from './page-store.ts';

const QUARTER_BYTES = PAGE_BYTES / 4;
const QUARTERS = 4;
/** In a word: a bit for each quarter that is used; the machine page stands above. */
const USED_MASK = 0xf;
const NUMBER_SHIFT = 4;
/** Each compressed page begins with its length. */
const LENGTH_BYTES = 2;
const HALVES = [0b0011, 0b1100] as const;

/** Compresses pages; all threads that have a cache have the same. */
export interface PagePacker {
  /** The bytes written to `into`, or 0 when they do not fit. */
  compress(from: Uint8Array, into: Uint8Array): number;
  /** False when `from` is nothing that fills `into` exactly. */
  expand(from: Uint8Array, into: Uint8Array): boolean;
}

/** Where a cache stands; plain data. */
export interface CachePlace {
  readonly table: number;
  readonly maxPages: number;
}

export class CompressionCache implements PageStore {
  readonly place: CachePlace;
  readonly #machine: MachineMemory;
  readonly #words: Int32Array;
  readonly #packer: PagePacker;
  /** Made when the first page is put here: of all threads that have the cache only the memory manager's does. */
  #packed: Uint8Array | undefined;

  /** The cache at a place, on this thread. */
  constructor(machine: MachineMemory, place: CachePlace, packer: PagePacker = new Lz4()) {
    this.place = place;
    this.#packer = packer;
    this.#machine = machine;
    this.#words = new Int32Array(machine.memory.buffer, place.table, place.maxPages);
  }

  /** A new cache of at most `maxPages` machine pages. @throws HostError `host-limit` when its table has no room. */
  static create(machine: MachineMemory, maxPages: number, packer?: PagePacker): CompressionCache {
    const table = machine.allocateTable('a compression cache', maxPages * 4);
    return new CompressionCache(machine, { table, maxPages }, packer);
  }

  /** Machine pages it has now. */
  get pages(): number {
    let pages = 0;
    for (let i = 0; i < this.#words.length; i++) if (Atomics.load(this.#words, i) !== 0) pages++;
    return pages;
  }

  put(_index: number, bytes: Uint8Array): number | StoreProblem {
    this.#packed ??= new Uint8Array(PAGE_BYTES / 2);
    const packed = this.#packed;
    const length = this.#packer.compress(bytes, packed.subarray(LENGTH_BYTES));
    if (length === 0) return 'unfit';
    const isQuarter = length + LENGTH_BYTES <= QUARTER_BYTES;
    const place = this.#takeUsed(isQuarter) ?? this.#takeNew(isQuarter);
    if (place === undefined) return 'full';
    packed[0] = length & 0xff;
    packed[1] = length >>> 8;
    this.#bytesAt(place).set(packed.subarray(0, length + LENGTH_BYTES));
    return place;
  }

  read(place: number, into: Uint8Array): boolean {
    const bytes = this.#bytesAt(place);
    return this.#packer.expand(bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + lengthOf(bytes)), into);
  }

  release(place: number): void {
    const isQuarter = lengthOf(this.#bytesAt(place)) + LENGTH_BYTES <= QUARTER_BYTES;
    const at = Math.floor(place / QUARTERS);
    const mask = (isQuarter ? 1 : 0b11) << (place % QUARTERS);
    for (;;) {
      const word = Atomics.load(this.#words, at);
      const left = word & ~mask;
      const isEmpty = (left & USED_MASK) === 0;
      if (Atomics.compareExchange(this.#words, at, word, isEmpty ? 0 : left) !== word) continue;
      if (isEmpty) this.#machine.freePage(word >>> NUMBER_SHIFT);
      return;
    }
  }

  /** Gives the table back. Preconditions: no page is kept any more. */
  destroy(): void {
    this.#machine.freeTable(this.place.table, this.place.maxPages * 4);
  }

  /** A part of a machine page that has others already. */
  #takeUsed(isQuarter: boolean): number | undefined {
    for (let at = 0; at < this.#words.length; at++) {
      const word = Atomics.load(this.#words, at);
      if (word === 0) continue;
      const mask = freePart(word & USED_MASK, isQuarter);
      if (mask === 0) continue;
      if (Atomics.compareExchange(this.#words, at, word, word | mask) === word) return placeOf(at, mask);
    }
    return undefined;
  }

  #takeNew(isQuarter: boolean): number | undefined {
    const at = this.#words.indexOf(0);
    const mpn = at < 0 ? 0 : this.#machine.allocateRaw();
    if (mpn === 0) return undefined;
    const mask = freePart(0, isQuarter);
    if (Atomics.compareExchange(this.#words, at, 0, (mpn << NUMBER_SHIFT) | mask) === 0) {
      return placeOf(at, mask);
    }
    this.#machine.freePage(mpn);
    return undefined;
  }

  #bytesAt(place: number): Uint8Array {
    const mpn = Atomics.load(this.#words, Math.floor(place / QUARTERS)) >>> NUMBER_SHIFT;
    const start = mpn * PAGE_BYTES + (place % QUARTERS) * QUARTER_BYTES;
    return this.#machine.bytes.subarray(start, mpn * PAGE_BYTES + PAGE_BYTES);
  }
}

const lengthOf = (bytes: Uint8Array): number => (bytes[0] as number) | ((bytes[1] as number) << 8);

/** The bits of a part that is free; 0 when there is none. */
function freePart(used: number, isQuarter: boolean): number {
  if (isQuarter) return ~used & USED_MASK & -(~used & USED_MASK);
  return HALVES.find((half) => (used & half) === 0) ?? 0;
}

const placeOf = (at: number, mask: number): number => at * QUARTERS + (31 - Math.clz32(mask & -mask));

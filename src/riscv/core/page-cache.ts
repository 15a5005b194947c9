/**
 * What code keeps of pages that it has met, so that it need not look into the TLB: what a page cache is, what accesses share, and
 * what is known early of an address that was just loaded.
 */
import { PAGE_BYTES } from '../hart/page-map.ts';
import { i32, type Node, op, wrap } from '../wasm/node.ts';
import { Op } from '../wasm/opcodes.ts';

/**
 * The page that code has met last, or pages that follow one another in machine memory too, kept in locals: accesses to them
 * need no look into the TLB.
 */
export interface PageCache {
  /** i64: the first page's virtual address. */
  readonly tag: Node;
  /** i32: what added to the low half of a virtual address in the pages gives its machine address. */
  readonly delta: Node;
  /** i64: offsets from tag below this are in the pages, whatever the width; 0 while none is kept. */
  readonly limit: Node;
  /** Place in the context of how often they were missed (L.MISSES_OFFSET). */
  readonly misses: number;
  /** Where the pages may follow one another downwards as well. */
  readonly slots?: Slots;
}
/**
 * Of a page cache whose accesses all have one width and are met only where they are aligned, so that none is on two pages: its
 * limit counts such slots.
 */
export interface Slots {
  /** 4 or 8. */
  readonly bytes: number;
  /** i32: what the low half of an address is exchanged with before delta is added: 0, or FLIP for pages that follow downwards. */
  readonly flip: Node;
}
/** One look into the TLB for several accesses. */
export interface SharedPage {
  /** i32: whether the page holds all of them; a constant where it is known to. */
  readonly isHit: Node;
  /** i32: machine address that their offsets count from. */
  readonly base: Node;
  /** Of the present access. */
  readonly offset: number;
}
/** The widest access is 8 bytes: those that begin behind this look into the TLB. */
export const CACHED_LIMIT = PAGE_BYTES - 8 + 1;

/** Accesses so far from their base register are taken to be in its page; those that are not take the slow path. */
const NEAR_BASE = 16;

/** Whether the page of a base register is taken to be that of the address so far from it. */
export const isNearBase = (bytes: number): boolean => bytes >= 0 && bytes <= NEAR_BASE;

/**
 * i32: bits 8 to 23 of an address. Where it was loaded a moment ago they are loaded too, from its second byte on: they choose the
 * TLB's entry a cycle before the address could be shifted. Where the entry is another one, its tag says so.
 */
export const middleOf = (value: Node): Node => op('i32', Op.i32_shr_u, wrap(value), i32(8));

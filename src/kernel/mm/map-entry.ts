/**
 * One entry of a page map, 32 bits: what the engine reads of it (rights and machine page), and beside it the page's
 * state and what is known of its use. It is all that is known of a page, so one exchange changes it whole.
 *
 * Bits 31:12: the machine page, or the place in the store that keeps the page's bytes.
 */
import { MapFlag, PAGE_SHIFT } from '#riscv/size';
import { PageState, type PageStateCode, type PageStateName, RIGHTS, stateName } from './page-states.ts';

export const EntryBit = {
  ...MapFlag,
  /** Written since somebody last asked. Without it no page is Writable; it stays with the page in every state. */
  Dirty: 4,
  /** The right to write is taken away for a while: the next write is noticed, and gets it back. */
  Protected: 8,
  /** All rights are taken away for a while: the next use is noticed, and gets them back. */
  Withdrawn: 16,
  /** Somebody changes the entry: all others wait or come again. */
  Busy: 32,
  /** A device may be using the page through a view: it stays where it is. */
  Viewed: 512,
} as const;

/** What stays with a page whatever becomes of it. */
export const LASTING = EntryBit.Dirty | EntryBit.Viewed;

const STATE_SHIFT = 6;
const STATE_MASK = 7;
const RIGHTS_MASK = MapFlag.Present | MapFlag.Writable;

const NAMES = Object.keys(PageState).map((_, code) => stateName(code));
/** A state's bits with all its rights, by its number. */
const STATE_BITS = NAMES.map((name) => (PageState[name] << STATE_SHIFT) | RIGHTS[name]);

const SHARED_BITS = STATE_BITS[PageState.shared] as number;
const NUMBER_MASK = -1 << PAGE_SHIFT;

/**
 * An entry with the rights that its state and its bits leave it.
 * @param number machine page or place in a store
 * @param bits of Dirty, Protected, Withdrawn, Busy, Viewed
 */
export function makeEntry(code: PageStateCode, number: number, bits: number): number {
  let lost = 0;
  if ((bits & EntryBit.Protected) !== 0 || (bits & EntryBit.Dirty) === 0) lost = MapFlag.Writable;
  if ((bits & EntryBit.Withdrawn) !== 0) lost = RIGHTS_MASK;
  return (number << PAGE_SHIFT) | ((STATE_BITS[code] as number) & ~lost) | bits;
}

/** The same page with other bits of Dirty, Protected, Withdrawn. */
export function withBits(entry: number, bits: number): number {
  return makeEntry(entryCode(entry), entryNumber(entry), bits);
}

/** What a page of a VM's own becomes, for it and for a copy, when they share it. */
export function sharedEntry(entry: number): number {
  return (entry & NUMBER_MASK) | SHARED_BITS | (entry & EntryBit.Dirty);
}

/** The number of its state. */
export function entryCode(entry: number): PageStateCode {
  return ((entry >>> STATE_SHIFT) & STATE_MASK) as PageStateCode;
}

export function entryState(entry: number): PageStateName {
  return NAMES[entryCode(entry)] as PageStateName;
}

/** The machine page or place in a store. */
export function entryNumber(entry: number): number {
  return entry >>> PAGE_SHIFT;
}

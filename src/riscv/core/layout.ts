/**
 * Where the WebAssembly back ends keep what they may drop at any time: TLBs behind each hart's context, decoded
 * code in the engine's area. All addresses are machine addresses, all sizes bytes.
 */
import { STATE_BYTES } from '../hart/context.ts';
import { PAGE_BYTES } from '../hart/page-map.ts';

/** U, S. */
export type Mode = 0 | 1;

/** A bank of the data TLB for each way of looking at memory, so that a change of mode flushes nothing. */
export const Bank = { User: 0, Supervisor: 1, SupervisorWithUser: 2, Executable: 3 } as const;
export const BANKS = 4;

/** Bits of the context's tlbUsed: 1 << bank for data, and these for the fetch TLB of U and S with its jump cache. */
export const FETCH_USED_SHIFT = BANKS;

/** Direct-mapped; a power of two. Entry: tag i64 (page's virtual address), host i32 (page's machine address), host less tag i32. */
export const TLB_ENTRIES = 512;
export const TLB_ENTRY_SHIFT = 4;
export const TLB_TAG = 0;
export const TLB_HOST = 8;
export const TLB_DELTA = 12;
const TLB_HALF_BYTES = TLB_ENTRIES << TLB_ENTRY_SHIFT;
/** Within a bank, entries for loads come first, those for stores behind. */
export const TLB_WRITE = TLB_HALF_BYTES;
export const BANK_BYTES = 2 * TLB_HALF_BYTES;
/**
 * What an entry's tag is exchanged with, and then made odd, to take the entry out: no address of its slot is behind such a tag,
 * and nothing takes it for a page's.
 */
export const TLB_OTHER_SLOT = BigInt((TLB_ENTRIES / 2) * PAGE_BYTES);
export const TLB_OFFSET = Math.ceil(STATE_BYTES / PAGE_BYTES) * PAGE_BYTES;

/** Fetch TLB, one for U and one for S. Entry: tag i64, decoded page i32, machine page i32. */
export const FETCH_DECODED = 8;
export const FETCH_HOST = 12;
/** By mode. That of U is emptied at each change of address space; a fork goes through 300 pages of a kernel that has 3,000. */
export const FETCH_ENTRIES = [256, 1024] as const;
export const fetchBankBytes = (mode: Mode): number => FETCH_ENTRIES[mode] << TLB_ENTRY_SHIFT;
/** From the start of U's fetch TLB to that of S. */
export const FETCH_BANK_STEP = fetchBankBytes(0);
export const FETCH_OFFSET = TLB_OFFSET + BANKS * BANK_BYTES;
export const FETCH_END = FETCH_OFFSET + FETCH_BANK_STEP + fetchBankBytes(1);

/**
 * Empty entries are filled with this byte: no canonical address has such a tag. The two slots whose index a
 * hostile address of that value could select get another tag (`EMPTY_TAG_REPAIR`), see `clearBank` in mmu.ts.
 */
export const EMPTY_BYTE = 0x80;
export const EMPTY_TAG = 0x8080_8080_8080_8080n;

/**
 * Jump cache, one for U and one for S: where translated code goes on without asking the interpreter. Entry: virtual
 * address i64, index of the region's function i32. An empty entry has an odd address.
 */
export const JUMP_ENTRY_SHIFT = 4;
export const JUMP_INDEX = 8;
/** By mode. That of U is emptied at each change of address space; a kernel goes to some 500 places for one packet. */
export const JUMP_ENTRIES = [1024, 4096] as const;
/** Before the entries, a byte by a hash of the page: not 0 when an entry may lie in that page. Kernels' pages have their half. */
export const JUMP_PAGES = 2048;
export const jumpBankBytes = (mode: Mode): number => JUMP_PAGES + (JUMP_ENTRIES[mode] << JUMP_ENTRY_SHIFT);
/** From the start of U's jump cache to that of S. */
export const JUMP_BANK_STEP = jumpBankBytes(0);
export const JUMP_OFFSET = FETCH_END;

/** A byte by a hash of the 2 MiB region: not 0 when a TLB may hold pages of a superpage that begins there (see mmu.ts). */
export const SUPERPAGES = 4096;
export const SUPERPAGES_OFFSET = JUMP_OFFSET + JUMP_BANK_STEP + jumpBankBytes(1);

/** Page caches of a region; more of them take the registers of the machine away from the program. */
export const PAGE_CACHES = 2;
/**
 * What page caches of the region that runs have missed, i32 each: how often since it was entered, below 0 for one that is
 * given up; behind them, the fuel at the last look around (see reach.ts), i32 each.
 */
export const MISSES_OFFSET = SUPERPAGES_OFFSET + SUPERPAGES;
export const MISSES_FUEL = PAGE_CACHES * 4;

/** Bytes of a hart: its state, its TLBs and its jump cache. */
export const CONTEXT_BYTES = MISSES_OFFSET + 2 * PAGE_CACHES * 4;

/**
 * A decoded page: an entry of 8 bytes for each halfword of the machine page, then an end mark, then the place
 * where an instruction that straddles the page's end is decoded, with its own end mark, then the trailer.
 */
export const ENTRY_BYTES = 8;
export const ENTRY_SHIFT = 3;
export const SLOTS = PAGE_BYTES / 2;
export const END_SLOT = SLOTS;
export const STRADDLE_SLOT = SLOTS + 2;
const TRAILER_SLOT = SLOTS + 6;
/**
 * Trailer, i32 each: the word decoded at STRADDLE_SLOT, the machine page, the number of the page's content while translated
 * code may rest on it (see jit/code-library.ts), else 0;
 */
export const STRADDLE_WORD = TRAILER_SLOT * ENTRY_BYTES;
export const DECODED_MACHINE_PAGE = STRADDLE_WORD + 4;
export const DECODED_CONTENT = STRADDLE_WORD + 8;
/** the fence count at which the copy was last compared with memory, and the page map of the hart it was compared for; */
export const DECODED_VERIFIED = STRADDLE_WORD + 12;
export const DECODED_MAP = STRADDLE_WORD + 16;
/** and the part of the page, [from, to), that was written since the copy was made. */
export const DECODED_STALE_FROM = STRADDLE_WORD + 20;
export const DECODED_STALE_TO = STRADDLE_WORD + 24;
/** Doublewords that were stored to the page since code of it was last decoded, all stores counted up. */
export const DECODED_WORN = STRADDLE_WORD + 28;
/** As many as a page has: it holds data by now, whose stores should not have to ask. */
export const WORN_OUT = PAGE_BYTES / 8;
/** Behind the trailer, the page's bytes as they were decoded: what other threads write is found by comparing. */
export const DECODED_COPY = (SLOTS + 16) * ENTRY_BYTES;
export const DECODED_PAGE_BYTES = DECODED_COPY + PAGE_BYTES;

/**
 * Fields of an entry: the opcode has two bytes, registers have one (X_SINK's number for an rd that is x0). Who has both rs2 and an
 * immediate has no rd, and rs2 in its place. Jumps within the page have the distance of their target's entry for an immediate.
 */
export const Entry = {
  op: 0,
  rd: 2,
  rs1: 3,
  imm: 4,
  rs2: 4,
  rs3: 5,
  rm: 6,
  csr: 6,
  csrIsWritten: 7,
} as const;

/** Opcodes of entries that are no instructions. */
export const Special = { Undecoded: 0, PageEnd: 1, Straddle: 2, Region: 3 } as const;
export const SPECIALS = 4;
/** More than there are opcodes, those of pairs among them; a power of two. */
export const OPCODES = 512;
export const OPCODES_SHIFT = 9;
/** Halfwords from an instruction back to the farthest whose entry may do it as well. */
export const PAIR_REACH = 2;
/** More than there are opcodes that may be the first of a pair. */
export const PAIR_FIRSTS = 256;
export const PAIRS_BYTES = PAIR_FIRSTS * OPCODES * 2;

/** Counters of how often a jump target was reached, indexed by a hash of the entry's address. */
export const HOT_COUNTERS = 1 << 16;

/** Set in the opcode of an entry whose place in its page is that of a breakpoint. */
export const BREAK_FLAG = 0x4000;

/** Set in the opcode of an entry at which translated code begins. */
export const REGION_FLAG = 0x8000;
/**
 * Translated regions by a hash of their entry's address: virtual address i64 with the mode in bit 0, entry i32, index in
 * the table i32.
 */
export const REGION_SLOTS = 1 << 17;
export const REGION_SLOT_SHIFT = 4;
export const RegionSlot = { address: 0, entry: 8, index: 12 } as const;

/** Forms by opcode and funct3, and by funct7 as well. */
export const FIRST_FORMS = 1 << 8;
const FORMS = FIRST_FORMS + (1 << 15);
const SHORTS = 1 << 16;

const MAX_DECODED_PAGES = 2048;
const CACHE_LINE = 64;
/** Loads, stores, fetches, cache blocks. */
export const MISS_KINDS = 4;

/** The engine's area: code table (u32 a machine page: its decoded page or 0), counters, regions, decoded pages. */
export interface CodeArea {
  readonly table: number;
  readonly counters: number;
  readonly regions: number;
  /** u32: set when translated code was dropped; a region that finds it set leaves at once. */
  readonly dropped: number;
  /** u32: set while memory is watched; then accesses that miss the TLB are asked about, and watched pages never enter it. */
  readonly watching: number;
  /** u32: counts fences of code by harts on this engine. */
  readonly fences: number;
  /** u32: set while some place in a page is one of a breakpoint. */
  readonly breaking: number;
  /** u64 each, by kind of access: translations that no TLB had. */
  readonly misses: number;
  /** u16: the opcode of a pair's first instruction, by the pair's; else 0. */
  readonly firsts: number;
  /** u16: the opcode of a pair, by length and opcode of the first and the opcode behind it; 0 where there is none. */
  readonly pairs: number;
  /** What 32-bit instructions become, by opcode and funct3; behind that, by funct7 as well (see interpreter/decoder.ts). */
  readonly forms: number;
  /** What each 16-bit instruction becomes: an entry, 0 where it is not known yet. */
  readonly shorts: number;
  /** Place for the entry of a 32-bit instruction that no form tells. */
  readonly word: number;
  readonly pool: number;
  readonly poolPages: number;
}

export function codeArea(base: number, bytes: number, machineBytes: number): CodeArea {
  const counters = base + Math.ceil(machineBytes / PAGE_BYTES) * 4;
  const regions = counters + HOT_COUNTERS * 2;
  const dropped = regions + (REGION_SLOTS << REGION_SLOT_SHIFT);
  const watching = dropped + 4;
  const misses = dropped + 16;
  const word = misses + MISS_KINDS * 8;
  const forms = Math.ceil((word + ENTRY_BYTES) / CACHE_LINE) * CACHE_LINE;
  const shorts = forms + FORMS * ENTRY_BYTES;
  const firsts = shorts + SHORTS * ENTRY_BYTES;
  const pairs = firsts + OPCODES * 2;
  const pool = pairs + PAIR_REACH * PAIRS_BYTES;
  const poolPages = Math.min(MAX_DECODED_PAGES, Math.floor((base + bytes - pool) / DECODED_PAGE_BYTES));
  if (poolPages < 2) throw new RangeError(`engine area of ${bytes} bytes is too small for decoded code`);
  return {
    ...{ table: base, counters, regions, dropped, watching, fences: dropped + 8, breaking: dropped + 12 },
    ...{ misses, word, forms, shorts, firsts, pairs, pool, poolPages },
  };
}

/** Bytes of machine memory an engine wants for decoded code: at most 41 MiB beside the tables, touched as code is met. */
export function engineAreaBytes(machineBytes: number): number {
  const machinePages = Math.ceil(machineBytes / PAGE_BYTES);
  const pages = Math.min(MAX_DECODED_PAGES, Math.max(64, machinePages >>> 2));
  const tables =
    machinePages * 4 +
    HOT_COUNTERS * 2 +
    (REGION_SLOTS << REGION_SLOT_SHIFT) +
    (FORMS + SHORTS) * ENTRY_BYTES +
    OPCODES * 2 +
    PAIR_REACH * PAIRS_BYTES;
  return tables + (pages + 1) * DECODED_PAGE_BYTES;
}

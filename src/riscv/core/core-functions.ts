/** The functions that the core module is made of: their signatures, imports, and how they call one another. */
import type { FunctionBuilder, Signature } from '../wasm/function-builder.ts';
import type { ModuleBuilder } from '../wasm/module-builder.ts';
import { call, type Node } from '../wasm/node.ts';
import type { CodeArea } from './layout.ts';

/**
 * What a helper or a region left in the context's `exit`: nothing, a trap that was entered (a step), the wish to do
 * the instruction again, a finished instruction after which mode or interrupts are looked at, or a reason to leave
 * the run (an ExitReason + FirstExit).
 */
export const Event = { None: 0, Trap: 1, Restart: 2, NewMode: 3, FirstExit: 4 } as const;

/** Access a page must allow. Block: any access to data, as cache-block management asks; its faults are a store's. */
export const Access = { Read: 0, Write: 1, Execute: 2, Block: 3 } as const;

/** Bits that a CSR write returns: what has to happen before the next instruction. */
export const EffectBit = { translation: 1, interrupts: 2, timer: 4, 'address-space': 1 } as const;

/** JavaScript functions that the core imports. */
// biome-ignore format: a table reads in columns
export const IMPORTS = {
  /** Brings the copy of a decoded page up to date, where the page was written. */
  renewPage:    { params: ['i32'], results: [] },
  /** Writes the form of a 32-bit instruction to the tables of forms. */
  learnForm:    { params: ['i32'], results: [] },
  /** Writes what an instruction becomes, with flags of the decoder. (place, instruction) */
  decodeWord:   { params: ['i32', 'i32'], results: [] },
  /** Flags an entry where a breakpoint may be. (entry, its offset in the page) */
  flagBreak:    { params: ['i32', 'i32'], results: [] },
  /** Writes the entry of an instruction that straddles a page's end. (entry, instruction) */
  decodeStraddle: { params: ['i32', 'i32'], results: [] },
  /** Makes a decoded page for a machine page. When room had to be made, all other decoded pages are gone. */
  decodedPage:  { params: ['i32', 'i32', 'i32'], results: ['i32'] },
  /** Compares a decoded page with memory and drops what differs. (decoded page, page map of the hart) */
  verifyCode:   { params: ['i32', 'i32'], results: [] },
  /** Drops the translated code of a machine page that was written. */
  dropRegions:  { params: ['i32'], results: [] },
  /** A machine page has been stored to so often that it seems to hold code no more. */
  pageWorn:     { params: ['i32'], results: [] },
  /** Does the operation on floatA, floatB, floatC into floatResult. @returns 1: the rounding mode is illegal. */
  float:        { params: ['i32', 'i32', 'i32'], results: ['i32'] },
  /** Ticks of the time base. */
  clock:        { params: [], results: ['f64'] },
  /** Does the access to a device that the context tells of, if that can be done within a run. @returns a DeviceAnswer. (context) */
  device:       { params: ['i32'], results: ['i32'] },
  /** Gives a page of RAM that was never touched its machine page, if that can be done within a run: 1. (page of RAM, write) */
  page:         { params: ['i32', 'i32'], results: ['i32'] },
  /** A jump target became hot: context, its entry, its decoded page, and its virtual address's low and high half. */
  hot:          { params: ['i32', 'i32', 'i32', 'i32', 'i32'], results: [] },
  /** Whether the run ends before the instruction here. (context, low and high half of its address) */
  breakpoint:   { params: ['i32', 'i32', 'i32'], results: ['i32'] },
  /** Whether the run ends before an access is done. (context, low and high half of the address, bytes, AccessKind) */
  watchedAccess: { params: ['i32', 'i32', 'i32', 'i32', 'i32'], results: ['i32'] },
  /** Whether the page of an address is watched. (low and high half) */
  watchedPage:  { params: ['i32', 'i32'], results: ['i32'] },
} as const satisfies Record<string, Signature>;
export type ImportName = keyof typeof IMPORTS;

/** Functions of the core module; all are exported, and translated code imports those that it calls. */
// biome-ignore format: a table reads in columns
export const FUNCTIONS = {
  mulhu:        { params: ['i64', 'i64'], results: ['i64'] },
  /** Decodes the straight line of code that begins at an entry of a decoded page. (decoded page, entry) */
  decode:       { params: ['i32', 'i32'], results: [] },
  /** Machine address of a guest-physical one; 0 outside RAM, 1 when the page map does not allow it. (context, address, write) */
  ram:          { params: ['i32', 'i64', 'i32'], results: ['i32'] },
  /** Enters the trap handler. (context, cause, value) */
  raise:        { params: ['i32', 'i64', 'i64'], results: [] },
  /** Raises an illegal instruction for the one at pc. (context) */
  illegal:      { params: ['i32'], results: [] },
  /** Leaves the run for a page that has no machine page yet. (context, guest-physical address, write) */
  pageMiss:     { params: ['i32', 'i64', 'i32'], results: [] },
  /** Guest-physical address of a virtual one, or -1 with an event. (context, address, Access) */
  translate:    { params: ['i32', 'i64', 'i32'], results: ['i64'] },
  /** Start of the data TLB's bank for the present mode. (context) */
  bank:         { params: ['i32'], results: ['i32'] },
  /** Enters a page into the data TLB. (context, address, machine address, 0 or TLB_WRITE) */
  fill:         { params: ['i32', 'i64', 'i32', 'i32'], results: [] },
  clearBank:    { params: ['i32', 'i32'], results: [] },
  /** Drops all translations, or all but global ones. (context, keep global ones) */
  flush:        { params: ['i32', 'i32'], results: [] },
  /** Drops what is cached of one page. (context, address) */
  flushPage:    { params: ['i32', 'i64'], results: [] },
  /** Entry of the fetch TLB for a page, 0 with an event. (context, address) */
  fetch:        { params: ['i32', 'i64'], results: ['i32'] },
  /** Entry of the decoded instruction that straddles a page's end, 0 with an event. (context, address, decoded page) */
  straddle:     { params: ['i32', 'i64', 'i32'], results: ['i32'] },
  /** Code may have been at these machine addresses. (machine address, bytes) */
  codeWritten:  { params: ['i32', 'i32'], results: [] },
  /** FENCE.I: what is fetched from now on was in memory when this began. (context) */
  fenceCode:    { params: ['i32'], results: [] },
  /** Loads that missed the TLB; zero-extended. (context, address, bytes) */
  load:         { params: ['i32', 'i64', 'i32'], results: ['i64'] },
  /** (context, address, bytes, value) */
  store:        { params: ['i32', 'i64', 'i32', 'i64'], results: [] },
  /** The same after a look into the TLB. (context, address, bytes, bank) */
  loadQuick:    { params: ['i32', 'i64', 'i32', 'i32'], results: ['i64'] },
  /** (context, address, bytes, value, bank) */
  storeQuick:   { params: ['i32', 'i64', 'i32', 'i64', 'i32'], results: [] },
  /**
   * What a page cache keeps from now on: tag, delta, limit. (context, bank, entry that allowed an access, 0 or TLB_WRITE, place of
   * its misses, fuel)
   */
  reach:        { params: ['i32', 'i32', 'i32', 'i32', 'i32', 'i32'], results: ['i64', 'i32', 'i64'] },
  /**
   * The same for pages that may follow one another downwards: tag, delta, flip, limit, or a limit of 0 when what is kept should
   * stay. (… as above, shift of a slot, limit that is kept)
   */
  reachBoth:    {
    params: ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i64'],
    results: ['i64', 'i32', 'i32', 'i64'],
  },
  /** Machine address for an atomic access, 0 with an event. (context, address, bytes, write) */
  atomicAddress: { params: ['i32', 'i64', 'i32', 'i32'], results: ['i32'] },
  /** (context, machine address, bytes) */
  loadReserved: { params: ['i32', 'i32', 'i32'], results: ['i64'] },
  /** (context, machine address, bytes, value) */
  storeConditional: { params: ['i32', 'i32', 'i32', 'i64'], results: ['i64'] },
  /** (context, operation's number, address) */
  cacheBlock:   { params: ['i32', 'i32', 'i64'], results: [] },
  /** (context, place in CSRS, steps done before this instruction) */
  csrRead:      { params: ['i32', 'i32', 'i64'], results: ['i64'] },
  /** @returns bits of EffectBit. (context, place in CSRS, value) */
  csrWrite:     { params: ['i32', 'i32', 'i64'], results: ['i32'] },
  /** Takes the interrupt that is pending and enabled, if any; 1 when one was taken. (context) */
  interrupt:    { params: ['i32'], results: ['i32'] },
  /** SRET: pc is where the hart goes on. (context) */
  sret:         { params: ['i32'], results: [] },
} as const satisfies Record<string, Signature>;
export type FunctionName = keyof typeof FUNCTIONS;

/** What the parts of the core need of one another while the module is written. */
export interface Core {
  readonly module: ModuleBuilder;
  readonly area: CodeArea;
  /** Number of this engine among those that share memory, from 1. */
  readonly owner: number;
  /** Other threads may write memory while this engine runs. */
  readonly isShared: boolean;
  readonly index: Readonly<Record<FunctionName | ImportName, number>>;
  define(name: FunctionName, body: (f: FunctionBuilder) => void): void;
  /** Set by `translate`: bit 0 the translation is global, bit 1 it comes from a superpage, bit 2 from one above 2 MiB. */
  readonly leafGlobal: number;
}

/** A call of a function of the core that returns a value. */
export function callCore(core: Core, name: FunctionName | ImportName, ...args: Node[]): Node {
  const signature: Signature =
    name in FUNCTIONS ? FUNCTIONS[name as FunctionName] : IMPORTS[name as ImportName];
  const result = signature.results[0];
  if (result === undefined) throw new Error(`${name} returns nothing`);
  return call(result, core.index[name], args);
}

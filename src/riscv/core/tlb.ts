/**
 * The TLBs of the core: what is entered into them, and what fences take out. Device windows, pages with code and pages that may not
 * be written now never enter the TLB for stores. Source: Privileged ISA 20241017 §10.2.1, §10.3.
 */
import { PAGE_BYTES, PAGE_SHIFT } from '../hart/page-map.ts';
import { Status } from '../isa/csr.ts';
import { globalGet, i32, i64, load, type Node, op, wrap } from '../wasm/node.ts';
import { Op } from '../wasm/opcodes.ts';
import { type Core, callCore } from './core-functions.ts';
import { CoreSemantics } from './core-semantics.ts';
import * as L from './layout.ts';

const PAGE_OFFSET = i64(BigInt(PAGE_BYTES - 1));
const PAGE_START = i64(-BigInt(PAGE_BYTES));
/** Address bits within a leaf of each size. */
export const LeafShift = { of4K: 12n, of2M: 21n, of1G: 30n } as const;
/** What a walk leaves in the global leafGlobal, as bits: the page is global; its leaf has 2 MiB, 1 GiB, more. */
export const LeafBit = { Global: 1, Is2M: 2, Is1G: 4, IsHuge: 8 } as const;
/**
 * Bits of a SUPERPAGES byte: pages of a superpage may be in what a change of address space clears, in S-mode's own bank of the
 * data TLB, in its fetch TLB and jump cache. Those of 1 GiB have their bits LeafBit.Is1G places higher.
 */
export const Held = { User: 1, OwnData: 2, OwnCode: 4 } as const;

export function defineTlb(core: Core): void {
  core.define('bank', (f) => f.return(bankOf(new CoreSemantics(f, core))));
  core.define('fill', (f) => defineFill(new CoreSemantics(f, core)));
  core.define('clearBank', (f) => {
    const [start, bytes] = [f.param(0), f.param(1)];
    f.fillMemory(start, i32(L.EMPTY_BYTE), bytes);
    // The slots that a hostile address equal to the fill pattern would select.
    const first = Number((L.EMPTY_TAG >> BigInt(PAGE_SHIFT)) & BigInt(L.TLB_ENTRIES - 1));
    for (const slot of [first, first + 1]) {
      f.store(Op.i64_store, start, (slot << L.TLB_ENTRY_SHIFT) + L.TLB_TAG, i64(~L.EMPTY_TAG));
    }
  });
  core.define('flush', (f) => defineFlush(new CoreSemantics(f, core)));
  core.define('flushPage', (f) => defineFlushPage(new CoreSemantics(f, core)));
}

/** Bank by mode, SUM and MXR; the one for MXR is not kept from one use to the next (see run.ts). */
function bankOf(x: CoreSemantics): Node {
  const status = x.let(x.get('sstatus'));
  const hasSum = x.ne(x.and(status, i64(Status.SUM)), i64(0n));
  const supervisor = op('i32', Op.select, i32(L.Bank.SupervisorWithUser), i32(L.Bank.Supervisor), hasSum);
  const byMode = op('i32', Op.select, supervisor, i32(L.Bank.User), x.get32('mode'));
  const hasMxr = x.ne(x.and(status, i64(Status.MXR)), i64(0n));
  const bank = op('i32', Op.select, i32(L.Bank.Executable), byMode, hasMxr);
  const start = op('i32', Op.i32_add, x.context, i32(L.TLB_OFFSET));
  return op('i32', Op.i32_add, start, op('i32', Op.i32_mul, bank, i32(L.BANK_BYTES)));
}

/**
 * Where the byte of an address's 2 MiB region stands, SUPERPAGES_OFFSET less. Kernels map all of RAM by superpages from an address
 * with many zeros on: what lies elsewhere at the same distance from such an address has another byte.
 */
const superpagePlace = (x: CoreSemantics, address: Node): Node => {
  const region = x.f.let(wrap(x.shr(address, i64(LeafShift.of2M))));
  const mixed = op('i32', Op.i32_xor, region, op('i32', Op.i32_shr_u, region, i32(7)));
  return op('i32', Op.i32_add, x.context, op('i32', Op.i32_and, mixed, i32(L.SUPERPAGES - 1)));
};
const startOf1G = (x: CoreSemantics, address: Node): Node => x.and(address, i64(-1n << LeafShift.of1G));

/**
 * Notes what a later fence has to look at: where superpages are, whether there are local pages of S-mode.
 * @param held i32, one of Held: where the page is entered. Fences that spare global pages let it stay in S-mode's own.
 */
export function noteLeaf(x: CoreSemantics, address: Node, held: Node): void {
  const { f } = x;
  const leaf = f.let(globalGet('i32', x.core.leafGlobal));
  const note = (): void => {
    const is1G = f.let(op('i32', Op.i32_and, leaf, i32(LeafBit.Is1G)));
    const at = f.let(superpagePlace(x, x.select(is1G, startOf1G(x, address), address)));
    const known = load('i32', Op.i32_load8_u, at, L.SUPERPAGES_OFFSET);
    const bit = op('i32', Op.i32_shl, held, is1G);
    f.store(Op.i32_store8, at, L.SUPERPAGES_OFFSET, op('i32', Op.i32_or, known, bit));
    f.if(op('i32', Op.i32_and, leaf, i32(LeafBit.IsHuge)), () => x.set32('tlbHasHuge', i32(1)));
  };
  f.if(op('i32', Op.i32_and, leaf, i32(LeafBit.Is2M | LeafBit.Is1G | LeafBit.IsHuge)), note);
  const isLocal = op('i32', Op.i32_eqz, op('i32', Op.i32_and, leaf, i32(LeafBit.Global)));
  const isKept = op('i32', Op.i32_ne, held, i32(Held.User));
  f.if(op('i32', Op.i32_and, isLocal, isKept), () => x.set32('tlbHasLocal', i32(1)));
}

function defineFill(x: CoreSemantics): void {
  const { f } = x;
  const [address, machine, half] = [f.param(1), f.param(2), f.param(3)];
  f.if(load('i32', Op.i32_load, i32(0), x.core.area.watching), () => {
    const high = wrap(x.shr(address, i64(32n)));
    f.if(callCore(x.core, 'watchedPage', wrap(address), high), () => f.return());
  });
  // With SUM the entry goes to a bank of its own.
  const hasNoSum = x.eq(x.and(x.get('sstatus'), i64(Status.SUM)), i64(0n));
  const isOwn = op('i32', Op.i32_and, hasNoSum, x.get32('mode'));
  noteLeaf(x, address, op('i32', Op.select, i32(Held.OwnData), i32(Held.User), isOwn));
  const place = x.index(address, L.TLB_ENTRIES, L.TLB_ENTRY_SHIFT, PAGE_SHIFT);
  const bank = f.let(x.call('bank'));
  const number = op('i32', Op.i32_div_u, op('i32', Op.i32_sub, bank, bankAt(x, 0, 0)), i32(L.BANK_BYTES));
  noteUse(x, op('i32', Op.i32_shl, i32(1), number));
  const entry = f.let(op('i32', Op.i32_add, op('i32', Op.i32_add, bank, half), place));
  const [tag, host] = [
    x.let(x.and(address, PAGE_START)),
    f.let(op('i32', Op.i32_and, machine, i32(-PAGE_BYTES))),
  ];
  f.store(Op.i64_store, entry, L.TLB_TAG, tag);
  f.store(Op.i32_store, entry, L.TLB_HOST, host);
  f.store(Op.i32_store, entry, L.TLB_DELTA, op('i32', Op.i32_sub, host, wrap(tag)));
}

const bankAt = (x: CoreSemantics, bank: number, half: number): Node =>
  op('i32', Op.i32_add, x.context, i32(L.TLB_OFFSET + bank * L.BANK_BYTES + half));
const fetchBankAt = (x: CoreSemantics, mode: L.Mode): Node =>
  op('i32', Op.i32_add, x.context, i32(L.FETCH_OFFSET + mode * L.FETCH_BANK_STEP));

/** Does the clearing when anything was entered since the last time. */
function ifUsed(x: CoreSemantics, bit: number, clear: () => void): void {
  x.f.if(op('i32', Op.i32_and, x.get32('tlbUsed'), i32(bit)), () => {
    x.set32('tlbUsed', op('i32', Op.i32_and, x.get32('tlbUsed'), i32(~bit)));
    clear();
  });
}

/** Notes that something was entered. */
export function noteUse(x: CoreSemantics, bit: Node): void {
  x.set32('tlbUsed', op('i32', Op.i32_or, x.get32('tlbUsed'), bit));
}

function clearData(x: CoreSemantics, bank: number): void {
  ifUsed(x, 1 << bank, () => {
    for (const half of [0, L.TLB_WRITE]) {
      x.f.call(x.core.index.clearBank, [bankAt(x, bank, half), i32(L.TLB_WRITE)]);
    }
  });
}
/** The tag of an empty fetch entry is odd: no page's address is. What is known of jumps rests on it. */
export function clearFetch(x: CoreSemantics, mode: L.Mode): void {
  ifUsed(x, 1 << (L.FETCH_USED_SHIFT + mode), () => {
    x.f.fillMemory(fetchBankAt(x, mode), i32(0xff), i32(L.fetchBankBytes(mode)));
    clearJumps(x, mode);
  });
}

const jumpBank = (mode: L.Mode): number => L.JUMP_OFFSET + mode * L.JUMP_BANK_STEP;

function clearJumps(x: CoreSemantics, mode: L.Mode): void {
  const start = x.f.let(op('i32', Op.i32_add, x.context, i32(jumpBank(mode))));
  x.f.fillMemory(start, i32(0), i32(L.JUMP_PAGES));
  const entries = op('i32', Op.i32_add, start, i32(L.JUMP_PAGES));
  x.f.fillMemory(entries, i32(0xff), i32(L.jumpBankBytes(mode) - L.JUMP_PAGES));
}

/** Place of a page's byte in JUMP_PAGES, from the start of its jump cache: the upper half is for negative addresses. */
export const jumpPagePlace = (address: Node): Node => {
  const half = L.JUMP_PAGES / 2;
  const signShift = i64(BigInt(63 - Math.log2(half)));
  const page = op('i32', Op.i32_and, op('i32', Op.i32_shr_u, wrap(address), i32(PAGE_SHIFT)), i32(half - 1));
  const sign = op('i32', Op.i32_and, wrap(op('i64', Op.i64_shr_u, address, signShift)), i32(half));
  return op('i32', Op.i32_or, page, sign);
};

/** Drops what U-mode sees, and S-mode on its behalf: all but the bank of S-mode's own pages. */
function flushUser(x: CoreSemantics): void {
  clearData(x, L.Bank.User);
  clearData(x, L.Bank.SupervisorWithUser);
  clearData(x, L.Bank.Executable);
  clearFetch(x, 0);
}

function defineFlush(x: CoreSemantics): void {
  const { f } = x;
  flushUser(x);
  // Entries of S-mode stay when only global ones are there and the fence spares those.
  const kept = op('i32', Op.i32_and, f.param(1), op('i32', Op.i32_eqz, x.get32('tlbHasLocal')));
  x.returnIf(kept);
  clearData(x, L.Bank.Supervisor);
  clearFetch(x, 1);
  x.set32('tlbHasLocal', i32(0));
  x.set32('tlbHasHuge', i32(0));
  const superpages = op('i32', Op.i32_add, x.context, i32(L.SUPERPAGES_OFFSET));
  f.fillMemory(superpages, i32(0), i32(L.SUPERPAGES));
}

/** Takes with it what the banks may hold of a superpage that the address may be in. */
function defineFlushPage(x: CoreSemantics): void {
  const { f } = x;
  const address = f.param(1);
  f.if(x.get32('tlbHasHuge'), () => {
    x.do('flush', i32(0));
    f.return();
  });
  const heldAt = (place: Node): Node => load('i32', Op.i32_load8_u, place, L.SUPERPAGES_OFFSET);
  const of1G = f.let(
    op('i32', Op.i32_shr_u, heldAt(superpagePlace(x, startOf1G(x, address))), i32(LeafBit.Is1G)),
  );
  const held = f.let(op('i32', Op.i32_or, heldAt(superpagePlace(x, address)), of1G));
  const ifHeld = (where: number, clear: () => void): void =>
    f.if(op('i32', Op.i32_and, held, i32(where)), clear);
  ifHeld(Held.User, () => flushUser(x));
  ifHeld(Held.OwnData, () => {
    const shift = x.select(of1G, i64(LeafShift.of1G), i64(LeafShift.of2M));
    clearWithin(x, address, x.sub(i64(0n), x.shl(i64(1n), shift)));
  });
  ifHeld(Held.OwnCode, () => clearFetch(x, 1));
  const page = x.let(x.and(address, PAGE_START));
  const place = x.index(address, L.TLB_ENTRIES, L.TLB_ENTRY_SHIFT, PAGE_SHIFT);
  const at = f.let(op('i32', Op.i32_add, x.context, place));
  for (let bank = 0; bank < L.BANKS; bank++) {
    for (const part of [0, L.TLB_WRITE]) {
      f.store(Op.i64_store, at, L.TLB_OFFSET + bank * L.BANK_BYTES + part + L.TLB_TAG, takenOut(x, page));
    }
  }
  for (const mode of [0, 1] as const) {
    const fetchPlace = x.index(address, L.FETCH_ENTRIES[mode], L.TLB_ENTRY_SHIFT, PAGE_SHIFT);
    f.store(Op.i64_store, op('i32', Op.i32_add, fetchBankAt(x, mode), fetchPlace), L.TLB_TAG, i64(-1n));
    const byte = op('i32', Op.i32_add, x.context, jumpPagePlace(address));
    f.if(load('i32', Op.i32_load8_u, byte, jumpBank(mode)), () => forgetJumps(x, page, mode));
  }
}

/** Takes the places of one page out of a jump cache: some of them are all that a kernel's fence of a page of data may meet. */
function forgetJumps(x: CoreSemantics, page: Node, mode: L.Mode): void {
  const { f } = x;
  const at = f.let(op('i32', Op.i32_add, x.context, i32(jumpBank(mode) + L.JUMP_PAGES)));
  const end = f.let(op('i32', Op.i32_add, at, i32(L.JUMP_ENTRIES[mode] << L.JUMP_ENTRY_SHIFT)));
  f.loop((again) => {
    const isInPage = x.eq(x.and(load('i64', Op.i64_load, at), PAGE_START), page);
    f.if(isInPage, () => f.store(Op.i64_store, at, 0, i64(-1n)));
    f.set(at, op('i32', Op.i32_add, at, i32(1 << L.JUMP_ENTRY_SHIFT)));
    f.brIf(again, op('i32', Op.i32_lt_u, at, end));
  });
}

/** The tag of an entry that is taken out. */
const takenOut = (x: CoreSemantics, page: Node): Node => x.or(x.xor(page, i64(L.TLB_OTHER_SLOT)), i64(1n));

/** Takes out all entries of S-mode's own bank whose pages lie in one superpage, of which this is an address. */
function clearWithin(x: CoreSemantics, address: Node, superpage: Node): void {
  const { f } = x;
  // The lowest bits of tags that are no pages' are not 0.
  const mask = x.let(x.or(superpage, PAGE_OFFSET));
  const start = x.let(x.and(address, superpage));
  const at = f.let(bankAt(x, L.Bank.Supervisor, 0));
  const end = f.let(op('i32', Op.i32_add, at, i32(L.BANK_BYTES)));
  const tag = f.local('i64');
  f.loop((again) => {
    f.set(tag, load('i64', Op.i64_load, at, L.TLB_TAG));
    f.if(x.eq(x.and(tag, mask), start), () => f.store(Op.i64_store, at, L.TLB_TAG, takenOut(x, tag)));
    f.set(at, op('i32', Op.i32_add, at, i32(1 << L.TLB_ENTRY_SHIFT)));
    f.brIf(again, op('i32', Op.i32_lt_u, at, end));
  });
}

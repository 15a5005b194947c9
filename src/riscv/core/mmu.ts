/**
 * Address translation of the core: the walk of Sv39 and Sv48, the page map, and the TLBs.
 *
 * The walker and `fill` are the only code that sees the page map. Device windows, pages with code and pages that
 * may not be written now never enter the TLB for stores. Source: Privileged ISA 20241017 §10.3–10.5.
 */
import { Cause } from '../hart/causes.ts';
import { MapFlag, PAGE_BYTES, PAGE_SHIFT } from '../hart/page-map.ts';
import { Status } from '../isa/csr.ts';
import { atomic, globalGet, i32, i64, load, type Node, op, wrap } from '../wasm/node.ts';
import { Op } from '../wasm/opcodes.ts';
import { Access, type Core, callCore, Event } from './core-functions.ts';
import { CoreSemantics } from './core-semantics.ts';
import * as L from './layout.ts';

const Pte = { V: 1n, R: 2n, W: 4n, X: 8n, U: 16n, G: 32n, A: 64n, D: 128n } as const;
const PTE_POINTER = Pte.R | Pte.W | Pte.X;
const PTE_PPN_SHIFT = 10n;
const PPN_MASK = (1n << 44n) - 1n;
const PTE_RESERVED_SHIFT = 54n;
const PHYSICAL_BITS = 56n;
const SV39 = 8n;
const FAILED = -1n;
const PAGE_OFFSET = i64(BigInt(PAGE_BYTES - 1));
const PAGE_START = i64(-BigInt(PAGE_BYTES));
/** Address bits within a leaf of each size. */
const SHIFT_4K = 12n;
const SHIFT_2M = 21n;
const SHIFT_1G = 30n;
/** Bits of leafGlobal: the page is global; its leaf has 2 MiB, 1 GiB, more. */
const LEAF_GLOBAL = 1;
const LEAF_2M = 2;
const LEAF_1G = 4;
const LEAF_HUGE = 8;
/**
 * Bits of a SUPERPAGES byte: pages of a superpage may be in what a change of address space clears, in S-mode's own bank of the
 * data TLB, in its fetch TLB and jump cache. Those of 1 GiB have their bits LEAF_1G places higher.
 */
export const Held = { User: 1, OwnData: 2, OwnCode: 4 } as const;

export function defineMmu(core: Core): void {
  core.define('ram', (f) => defineRam(new CoreSemantics(f, core)));
  core.define('translate', (f) => defineTranslate(new CoreSemantics(f, core)));
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

function defineRam(x: CoreSemantics): void {
  const { f } = x;
  const [address, write] = [f.param(1), f.param(2)];
  const page = x.let(x.sub(x.shr(address, i64(BigInt(PAGE_SHIFT))), x.get('ramFirstPage')));
  x.returnIf(x.geu(page, x.get('ramPages')), i32(0));
  const place = op('i32', Op.i32_add, x.get32('mapBase'), op('i32', Op.i32_shl, wrap(page), i32(2)));
  const entry = f.let(load('i32', Op.i32_load, place));
  const needed = op('i32', Op.select, i32(MapFlag.Present | MapFlag.Writable), i32(MapFlag.Present), write);
  const need = f.let(needed);
  const isMissing = (): Node => op('i32', Op.i32_ne, op('i32', Op.i32_and, entry, need), need);
  f.if(isMissing(), () => {
    x.returnIf(op('i32', Op.i32_eqz, callCore(x.core, 'page', wrap(page), write)), i32(1));
    f.set(entry, load('i32', Op.i32_load, place));
    x.returnIf(isMissing(), i32(1));
  });
  const start = op('i32', Op.i32_and, entry, i32(-PAGE_BYTES));
  f.return(op('i32', Op.i32_or, start, wrap(x.and(address, PAGE_OFFSET))));
  f.unreachable();
}

/** Chooses by the kind of access: read, write, execute. */
const byAccess = (x: CoreSemantics, access: Node, read: bigint, write: bigint, execute: bigint): Node =>
  x.select(
    op('i32', Op.i32_eq, access, i32(Access.Read)),
    i64(read),
    x.select(op('i32', Op.i32_eq, access, i32(Access.Write)), i64(write), i64(execute)),
  );

function defineTranslate(x: CoreSemantics): void {
  const { f } = x;
  const [address, access] = [f.param(1), f.param(2)];
  const fail = (read: number, write: number, execute: number): void => {
    const isBlock = op('i32', Op.i32_eq, access, i32(Access.Block));
    const cause = byAccess(x, access, BigInt(read), BigInt(write), BigInt(execute));
    x.do('raise', x.select(isBlock, i64(BigInt(write)), cause), address);
    f.return(i64(FAILED));
  };
  const pageFault = () => fail(Cause.LoadPage, Cause.StorePage, Cause.InstructionPage);
  const accessFault = () => fail(Cause.LoadAccess, Cause.StoreAccess, Cause.InstructionAccess);

  const misses = f.let(op('i32', Op.i32_shl, access, i32(3)));
  const count = load('i64', Op.i64_load, misses, x.core.area.misses);
  f.store(Op.i64_store, misses, x.core.area.misses, x.add(count, i64(1n)));
  const satp = x.let(x.get('satp'));
  const scheme = x.let(x.shr(satp, i64(60n)));
  f.if(x.eq(scheme, i64(0n)), () => {
    f.setGlobal(x.core.leafGlobal, i32(0));
    f.if(x.ne(x.shr(address, i64(PHYSICAL_BITS)), i64(0n)), accessFault);
    f.return(address);
  });
  const isSv39 = x.eq(scheme, i64(SV39));
  const unused = x.let(x.select(isSv39, i64(25n), i64(16n)));
  f.if(x.ne(x.sar(x.shl(address, unused), unused), address), pageFault);

  // 1. a is the table, shift the lowest address bit that the level translates.
  const table = f.let(x.shl(x.and(satp, i64(PPN_MASK)), i64(12n)));
  const shift = f.let(x.select(isSv39, i64(30n), i64(39n)));
  const [pteAddress, machine, pte] = [f.local('i64'), f.local('i32'), f.local('i64')];
  f.loop((again) => {
    // 2. pte is the entry at a + va.vpn[i] × 8.
    const index = x.and(x.shr(address, shift), i64(511n));
    f.set(pteAddress, x.add(table, x.shl(index, i64(3n))));
    f.set(machine, x.call('ram', pteAddress, i32(0)));
    f.if(op('i32', Op.i32_eqz, machine), accessFault);
    f.if(op('i32', Op.i32_eq, machine, i32(1)), () => {
      x.do('pageMiss', pteAddress, i32(0));
      f.return(i64(FAILED));
    });
    f.set(pte, atomic('i64', Op.i64_atomic_load, 8, machine));
    // 3. Not valid, writable but not readable, or reserved bits set.
    f.if(x.eq(x.and(pte, i64(Pte.V)), i64(0n)), pageFault);
    f.if(x.eq(x.and(pte, i64(Pte.R | Pte.W)), i64(Pte.W)), pageFault);
    f.if(x.ne(x.shr(pte, i64(PTE_RESERVED_SHIFT)), i64(0n)), pageFault);
    // 4. A pointer to the next level.
    f.if(x.eq(x.and(pte, i64(PTE_POINTER)), i64(0n)), () => {
      f.if(x.ne(x.and(pte, i64(Pte.D | Pte.A | Pte.U)), i64(0n)), pageFault);
      f.if(x.eq(shift, i64(12n)), pageFault);
      f.set(shift, x.sub(shift, i64(9n)));
      f.set(table, x.shl(x.and(x.shr(pte, i64(PTE_PPN_SHIFT)), i64(PPN_MASK)), i64(12n)));
      f.br(again);
    });
  });
  checkLeaf(x, pte, access, pageFault);
  // 6. A superpage must be aligned.
  const inPage = x.let(x.sub(x.shl(i64(1n), shift), i64(1n)));
  const physical = x.let(x.shl(x.and(x.shr(pte, i64(PTE_PPN_SHIFT)), i64(PPN_MASK)), i64(12n)));
  f.if(x.ne(x.and(physical, inPage), i64(0n)), pageFault);
  setAccessedDirty(x, pteAddress, machine, pte, access);
  const isGlobal = x.ne(x.and(pte, i64(Pte.G)), i64(0n));
  const isOf = (size: bigint, leaf: number, larger: Node): Node =>
    op('i32', Op.select, i32(leaf), larger, x.eq(shift, i64(size)));
  const size = isOf(SHIFT_4K, 0, isOf(SHIFT_2M, LEAF_2M, isOf(SHIFT_1G, LEAF_1G, i32(LEAF_HUGE))));
  f.setGlobal(x.core.leafGlobal, op('i32', Op.i32_or, size, isGlobal));
  f.return(x.or(physical, x.and(address, inPage)));
  f.unreachable();
}

/** 5. The leaf must allow the access in this mode. */
function checkLeaf(x: CoreSemantics, pte: Node, access: Node, pageFault: () => void): void {
  const { f } = x;
  const status = x.let(x.get('sstatus'));
  const isUserPage = x.let(x.and(pte, i64(Pte.U)));
  f.if(
    x.get32('mode'),
    () =>
      f.if(x.ne(isUserPage, i64(0n)), () => {
        f.if(op('i32', Op.i32_eq, access, i32(Access.Execute)), pageFault);
        f.if(x.eq(x.and(status, i64(Status.SUM)), i64(0n)), pageFault);
      }),
    () => f.if(x.eq(isUserPage, i64(0n)), pageFault),
  );
  const mxr = x.ne(x.and(status, i64(Status.MXR)), i64(0n));
  const read = x.select(mxr, i64(Pte.R | Pte.X), i64(Pte.R));
  const isBlock = op('i32', Op.i32_eq, access, i32(Access.Block));
  const isRead = op('i32', Op.i32_or, op('i32', Op.i32_eq, access, i32(Access.Read)), isBlock);
  const need = x.select(isRead, read, byAccess(x, access, Pte.R, Pte.W, Pte.X));
  f.if(x.eq(x.and(pte, need), i64(0n)), pageFault);
}

/** 7. Sets A, and D for a store, as hardware does (Svadu). */
function setAccessedDirty(x: CoreSemantics, address: Node, readable: Node, pte: Node, access: Node): void {
  const { f } = x;
  const wanted = x.let(x.or(pte, byAccess(x, access, Pte.A, Pte.A | Pte.D, Pte.A)));
  f.if(x.ne(wanted, pte), () => {
    f.set(readable, x.call('ram', address, i32(1)));
    f.if(op('i32', Op.i32_lt_u, readable, i32(PAGE_BYTES)), () => {
      x.do('pageMiss', address, i32(1));
      f.return(i64(FAILED));
    });
    const found = atomic('i64', Op.i64_atomic_cmpxchg, 8, readable, pte, wanted);
    f.if(x.ne(found, pte), () => {
      // Another hart has changed the entry meanwhile: the instruction walks again.
      x.set32('exit', i32(Event.Restart));
      f.return(i64(FAILED));
    });
    f.call(x.core.index.codeWritten, [readable, i32(8)]);
  });
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
  const region = x.f.let(wrap(x.shr(address, i64(SHIFT_2M))));
  const mixed = op('i32', Op.i32_xor, region, op('i32', Op.i32_shr_u, region, i32(7)));
  return op('i32', Op.i32_add, x.context, op('i32', Op.i32_and, mixed, i32(L.SUPERPAGES - 1)));
};
const startOf1G = (x: CoreSemantics, address: Node): Node => x.and(address, i64(-1n << SHIFT_1G));

/**
 * Notes what a later fence has to look at: where superpages are, whether there are local pages of S-mode.
 * @param held i32, one of Held: where the page is entered. Fences that spare global pages let it stay in S-mode's own.
 */
export function noteLeaf(x: CoreSemantics, address: Node, held: Node): void {
  const { f } = x;
  const leaf = f.let(globalGet('i32', x.core.leafGlobal));
  const note = (): void => {
    const is1G = f.let(op('i32', Op.i32_and, leaf, i32(LEAF_1G)));
    const at = f.let(superpagePlace(x, x.select(is1G, startOf1G(x, address), address)));
    const known = load('i32', Op.i32_load8_u, at, L.SUPERPAGES_OFFSET);
    const bit = op('i32', Op.i32_shl, held, is1G);
    f.store(Op.i32_store8, at, L.SUPERPAGES_OFFSET, op('i32', Op.i32_or, known, bit));
    f.if(op('i32', Op.i32_and, leaf, i32(LEAF_HUGE)), () => x.set32('tlbHasHuge', i32(1)));
  };
  f.if(op('i32', Op.i32_and, leaf, i32(LEAF_2M | LEAF_1G | LEAF_HUGE)), note);
  const isLocal = op('i32', Op.i32_eqz, op('i32', Op.i32_and, leaf, i32(LEAF_GLOBAL)));
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
  const of1G = f.let(op('i32', Op.i32_shr_u, heldAt(superpagePlace(x, startOf1G(x, address))), i32(LEAF_1G)));
  const held = f.let(op('i32', Op.i32_or, heldAt(superpagePlace(x, address)), of1G));
  const ifHeld = (where: number, clear: () => void): void =>
    f.if(op('i32', Op.i32_and, held, i32(where)), clear);
  ifHeld(Held.User, () => flushUser(x));
  ifHeld(Held.OwnData, () => {
    const shift = x.select(of1G, i64(SHIFT_1G), i64(SHIFT_2M));
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

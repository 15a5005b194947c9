/**
 * Address translation of the core: the page map, and the walk of Sv39 and Sv48. Nothing else sees the page map.
 * Source: Privileged ISA 20241017 §10.3–10.5.
 */
import { Cause } from '../hart/causes.ts';
import { MapFlag, PAGE_BYTES, PAGE_SHIFT } from '../hart/page-map.ts';
import { Status } from '../isa/csr.ts';
import { atomic, i32, i64, load, type Node, op, wrap } from '../wasm/node.ts';
import { Op } from '../wasm/opcodes.ts';
import { Access, type Core, callCore, Event } from './core-functions.ts';
import { CoreSemantics } from './core-semantics.ts';
import { LeafBit, LeafShift } from './tlb.ts';

const Pte = { V: 1n, R: 2n, W: 4n, X: 8n, U: 16n, G: 32n, A: 64n, D: 128n } as const;
const PTE_POINTER = Pte.R | Pte.W | Pte.X;
const PTE_PPN_SHIFT = 10n;
const PPN_MASK = (1n << 44n) - 1n;
const PTE_RESERVED_SHIFT = 54n;
const PHYSICAL_BITS = 56n;
const SV39 = 8n;
const FAILED = -1n;
const PAGE_OFFSET = i64(BigInt(PAGE_BYTES - 1));

export function defineMmu(core: Core): void {
  core.define('ram', (f) => defineRam(new CoreSemantics(f, core)));
  core.define('translate', (f) => defineTranslate(new CoreSemantics(f, core)));
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
  const size = isOf(
    LeafShift.of4K,
    0,
    isOf(LeafShift.of2M, LeafBit.Is2M, isOf(LeafShift.of1G, LeafBit.Is1G, i32(LeafBit.IsHuge))),
  );
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

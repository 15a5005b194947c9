/** Instruction fetch of the core: the fetch TLB, instructions that straddle a page's end, writes to code. */
import { Cause } from '../hart/causes.ts';
import { PAGE_BYTES, PAGE_SHIFT } from '../hart/page-map.ts';
import { i32, i64, load, type Node, op, wrap } from '../wasm/node.ts';
import { Op } from '../wasm/opcodes.ts';
import { Access, type Core, Event } from './core-functions.ts';
import { CoreSemantics } from './core-semantics.ts';
import * as L from './layout.ts';
import { decodedPageOf, eq32 } from './memory.ts';
import { clearFetch, Held, noteLeaf, noteUse } from './tlb.ts';

const PAGE_START = i64(-BigInt(PAGE_BYTES));
const LAST_HALFWORD = PAGE_BYTES - 2;

export function defineFetch(core: Core): void {
  core.define('fetch', (f) => defineFetchPage(new CoreSemantics(f, core)));
  core.define('straddle', (f) => defineStraddle(new CoreSemantics(f, core)));
  core.define('codeWritten', (f) => defineCodeWritten(new CoreSemantics(f, core)));
  core.define('fenceCode', (f) => defineFenceCode(new CoreSemantics(f, core)));
}

const add32 = (a: Node, b: Node): Node => op('i32', Op.i32_add, a, b);

/** Address of the fetch TLB's slot for a virtual address, in the present mode. */
export function fetchSlot(x: CoreSemantics, address: Node, mode: Node): Node {
  const [user, supervisor] = L.FETCH_ENTRIES.map((entries) => i32((entries - 1) << L.TLB_ENTRY_SHIFT));
  const mask = op('i32', Op.select, supervisor as Node, user as Node, mode);
  const place = op('i32', Op.i32_and, x.place(address, L.TLB_ENTRY_SHIFT, PAGE_SHIFT), mask);
  const bank = add32(x.context, op('i32', Op.i32_mul, mode, i32(L.FETCH_BANK_STEP)));
  return add32(add32(bank, i32(L.FETCH_OFFSET)), place);
}

function defineFetchPage(x: CoreSemantics): void {
  const { f } = x;
  const address = f.param(1);
  const slot = f.let(fetchSlot(x, address, x.get32('mode')));
  const page = x.let(x.and(address, PAGE_START));
  x.returnIf(x.eq(load('i64', Op.i64_load, slot, L.TLB_TAG), page), slot);
  const physical = x.let(x.call('translate', address, i32(Access.Execute)));
  x.returnIf(x.eq(physical, i64(-1n)), i32(0));
  const machine = f.let(x.call('ram', physical, i32(0)));
  f.if(op('i32', Op.i32_eqz, machine), () => {
    x.do('raise', i64(BigInt(Cause.InstructionAccess)), address);
    f.return(i32(0));
  });
  f.if(eq32(machine, 1), () => {
    x.do('pageMiss', physical, i32(0));
    f.return(i32(0));
  });
  f.set(machine, op('i32', Op.i32_and, machine, i32(-PAGE_BYTES)));
  const decoded = f.let(decodedPageOf(x, machine));
  f.if(op('i32', Op.i32_eqz, decoded), () => {
    const high = wrap(x.shr(address, i64(32n)));
    f.call(x.core.index.decodedPage, [machine, wrap(address), high], [decoded]);
  });
  if (x.core.isShared) verify(x, decoded);
  noteLeaf(x, address, op('i32', Op.select, i32(Held.OwnCode), i32(Held.User), x.get32('mode')));
  noteUse(x, op('i32', Op.i32_shl, i32(1 << L.FETCH_USED_SHIFT), x.get32('mode')));
  f.store(Op.i64_store, slot, L.TLB_TAG, page);
  f.store(Op.i32_store, slot, L.FETCH_DECODED, decoded);
  f.store(Op.i32_store, slot, L.FETCH_HOST, machine);
  f.return(slot);
  f.unreachable();
}

/**
 * The second half of the instruction may be mapped elsewhere by now, so its word is put together at each
 * execution and compared with the one that was decoded last.
 */
function defineStraddle(x: CoreSemantics): void {
  const { f } = x;
  const [address, decoded] = [f.param(1), f.param(2)];
  const slot = f.let(x.call('fetch', x.add(address, i64(2n))));
  x.returnIf(op('i32', Op.i32_eqz, slot), i32(0));
  // Room for the second page may have cost the first its decoded form: start again.
  const machine = f.let(load('i32', Op.i32_load, decoded, L.DECODED_MACHINE_PAGE));
  f.if(op('i32', Op.i32_ne, decodedPageOf(x, machine), decoded), () => {
    x.set('pc', address);
    x.set32('exit', i32(Event.Restart));
    f.return(i32(0));
  });
  const low = load('i32', Op.i32_load16_u, machine, LAST_HALFWORD);
  const high = load('i32', Op.i32_load16_u, load('i32', Op.i32_load, slot, L.FETCH_HOST));
  const word = f.let(op('i32', Op.i32_or, low, op('i32', Op.i32_shl, high, i32(16))));
  f.if(op('i32', Op.i32_ne, load('i32', Op.i32_load, decoded, L.STRADDLE_WORD), word), () => {
    f.call(x.core.index.decodeStraddle, [add32(decoded, i32(L.STRADDLE_SLOT * L.ENTRY_BYTES)), word]);
    f.store(Op.i32_store, decoded, L.STRADDLE_WORD, word);
  });
  f.return(add32(decoded, i32(L.STRADDLE_SLOT * L.ENTRY_BYTES)));
  f.unreachable();
}

/**
 * What threads beside this one have written to the page is found by comparing it with the copy that was decoded: once
 * after each fence of the hart, and whenever the page serves another VM than before.
 */
function verify(x: CoreSemantics, decoded: Node): void {
  const { f } = x;
  const verified = load('i32', Op.i32_load, decoded, L.DECODED_VERIFIED);
  const isOld = op('i32', Op.i32_lt_u, verified, x.get32('codeFence'));
  const isOthers = op('i32', Op.i32_ne, load('i32', Op.i32_load, decoded, L.DECODED_MAP), x.get32('mapBase'));
  f.if(op('i32', Op.i32_or, isOld, isOthers), () =>
    f.call(x.core.index.verifyCode, [decoded, x.get32('mapBase')]),
  );
}

/** Each page is fetched anew, and compared when it is. */
function defineFenceCode(x: CoreSemantics): void {
  if (!x.core.isShared) return;
  const { f } = x;
  const count = f.let(add32(load('i32', Op.i32_load, i32(0), x.core.area.fences), i32(1)));
  f.store(Op.i32_store, i32(0), x.core.area.fences, count);
  x.set32('codeFence', count);
  for (const mode of [0, 1] as const) clearFetch(x, mode);
}

/** Forgets what was decoded from the bytes that were written, and translated code of the page. */
function defineCodeWritten(x: CoreSemantics): void {
  const { f } = x;
  const [machine, bytes] = [f.param(0), f.param(1)];
  const decoded = f.let(decodedPageOf(x, machine));
  f.if(op('i32', Op.i32_eqz, decoded), () => f.return());
  const offset = f.let(op('i32', Op.i32_and, machine, i32(PAGE_BYTES - 1)));
  // An instruction may begin one halfword before, and the one before may do both.
  const halfword = op('i32', Op.i32_shr_u, offset, i32(1));
  const slot = f.let(op('i32', Op.i32_sub, halfword, i32(1 + L.PAIR_REACH)));
  f.if(op('i32', Op.i32_lt_s, slot, i32(0)), () => f.set(slot, i32(0)));
  const end = f.let(op('i32', Op.i32_shr_u, add32(add32(offset, bytes), i32(1)), i32(1)));
  f.loop((again) => {
    const place = add32(decoded, op('i32', Op.i32_shl, slot, i32(L.ENTRY_SHIFT)));
    f.store(Op.i32_store16, place, L.Entry.op, i32(L.Special.Undecoded));
    f.set(slot, add32(slot, i32(1)));
    f.brIf(again, op('i32', Op.i32_lt_u, slot, end));
  });
  noteStale(x, decoded, offset, bytes);
  noteWear(x, decoded, machine, bytes);
  f.if(load('i32', Op.i32_load, decoded, L.DECODED_CONTENT), () =>
    f.call(x.core.index.dropRegions, [machine]),
  );
}

/** Memory that was code and is used for data now, a stack perhaps, would be slow to store to for ever. */
function noteWear(x: CoreSemantics, decoded: Node, machine: Node, bytes: Node): void {
  const { f } = x;
  const doublewords = op('i32', Op.i32_shr_u, add32(bytes, i32(7)), i32(3));
  const worn = f.let(add32(load('i32', Op.i32_load, decoded, L.DECODED_WORN), doublewords));
  f.store(Op.i32_store, decoded, L.DECODED_WORN, worn);
  f.if(op('i32', Op.i32_ge_u, worn, i32(L.WORN_OUT)), () => {
    f.store(Op.i32_store, decoded, L.DECODED_WORN, i32(0));
    f.call(x.core.index.pageWorn, [machine]);
  });
}

/** The copy of the page is out of date there; before more of the page is decoded it is made anew. */
function noteStale(x: CoreSemantics, decoded: Node, offset: Node, bytes: Node): void {
  const { f } = x;
  const from = load('i32', Op.i32_load, decoded, L.DECODED_STALE_FROM);
  f.if(op('i32', Op.i32_lt_u, offset, from), () =>
    f.store(Op.i32_store, decoded, L.DECODED_STALE_FROM, offset),
  );
  const end = f.let(add32(offset, bytes));
  const to = load('i32', Op.i32_load, decoded, L.DECODED_STALE_TO);
  f.if(op('i32', Op.i32_lt_u, to, end), () => f.store(Op.i32_store, decoded, L.DECODED_STALE_TO, end));
}

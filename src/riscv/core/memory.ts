/** Memory accesses of the core that miss the TLB: whole-page ones, page-crossing ones, devices, cache blocks. */
import { Cause } from '../hart/causes.ts';
import { DeviceAnswer, Exit } from '../hart/exit.ts';
import { PAGE_BYTES, PAGE_SHIFT } from '../hart/page-map.ts';
import { AccessKind, type AccessKindCode } from '../hart/stops.ts';
import type { CacheBlockOperation } from '../isa/semantics.ts';
import { CACHE_BLOCK_BYTES } from '../isa/zicbo.ts';
import { extendUnsigned, i32, i64, load, type Node, op, wrap } from '../wasm/node.ts';
import { Op } from '../wasm/opcodes.ts';
import { Access, type Core, callCore, Event } from './core-functions.ts';
import { CoreSemantics } from './core-semantics.ts';
import * as L from './layout.ts';

const PAGE_OFFSET = i64(BigInt(PAGE_BYTES - 1));
const ENVCFG_CBZE = 1n << 7n;
const ENVCFG_CBCFE = 1n << 6n;
const ENVCFG_CBIE = 3n << 4n;

/** How the cache-block operations are numbered in calls of `cacheBlock`. */
export const CACHE_BLOCK_OPERATIONS: readonly CacheBlockOperation[] = ['zero', 'clean', 'flush', 'inval'];

export function defineMemory(core: Core): void {
  core.define('load', (f) => defineLoad(new CoreSemantics(f, core)));
  core.define('store', (f) => defineStore(new CoreSemantics(f, core)));
  core.define('loadQuick', (f) => defineLoadQuick(new CoreSemantics(f, core)));
  core.define('storeQuick', (f) => defineStoreQuick(new CoreSemantics(f, core)));
  core.define('cacheBlock', (f) => defineCacheBlock(new CoreSemantics(f, core)));
}

export const eq32 = (a: Node, b: number): Node => op('i32', Op.i32_eq, a, i32(b));

/** Whether an access of `bytes` at this address leaves its page. */
const crosses = (x: CoreSemantics, address: Node, bytes: Node): Node =>
  x.ltu(i64(BigInt(PAGE_BYTES)), x.add(x.and(address, PAGE_OFFSET), extendUnsigned(bytes)));
export const isMisaligned = (x: CoreSemantics, address: Node, bytes: Node): Node =>
  op('i32', Op.i32_and, wrap(address), op('i32', Op.i32_sub, bytes, i32(1)));

/** Translates, and returns from the function when that trapped. */
function translated(x: CoreSemantics, address: Node, access: number, ...onEvent: Node[]): Node {
  const physical = x.let(x.call('translate', address, i32(access)));
  x.returnIf(x.eq(physical, i64(-1n)), ...onEvent);
  return physical;
}

/** Lets the access to a device be done here, or tells the caller of run about it; gives what was found there. */
function device(
  x: CoreSemantics,
  physical: Node,
  bytes: Node,
  store: Node | undefined,
  fault: () => void,
): void {
  const { f } = x;
  f.if(isMisaligned(x, physical, bytes), fault);
  f.if(x.get32('exitReady'), () => {
    x.set32('exitReady', i32(0));
    if (store) f.return();
    else f.return(x.get('exitValue'));
  });
  x.set('exitAddress', physical);
  x.set32('exitBytes', bytes);
  x.set32('exitWrite', i32(store ? 1 : 0));
  // Only the bytes that are stored.
  const width = op('i32', Op.i32_shl, bytes, i32(3));
  const mask = x.shr(i64(-1n), extendUnsigned(op('i32', Op.i32_sub, i32(64), width)));
  x.set('exitValue', store ? x.and(store, mask) : i64(0n));
  const answer = callCore(x.core, 'device', x.context);
  f.if(op('i32', Op.i32_ne, answer, i32(DeviceAnswer.Done)), () =>
    x.set32('exit', i32(Exit.Device + Event.FirstExit)),
  );
  if (store) f.return();
  else f.return(x.get('exitValue'));
}

function loadOfWidth(x: CoreSemantics, machine: Node, bytes: Node): void {
  const { f } = x;
  const widths: [number, number][] = [
    [1, Op.i64_load8_u],
    [2, Op.i64_load16_u],
    [4, Op.i64_load32_u],
  ];
  for (const [width, code] of widths) f.if(eq32(bytes, width), () => f.return(load('i64', code, machine)));
  f.return(load('i64', Op.i64_load, machine));
  f.unreachable();
}

/** While memory is watched a debugger is asked first; the run ends before the instruction when it wants that. */
export function askWatcher(
  x: CoreSemantics,
  address: Node,
  bytes: Node,
  kind: AccessKindCode | Node,
  leave: () => void,
): void {
  const { f } = x;
  f.if(load('i32', Op.i32_load, i32(0), x.core.area.watching), () => {
    const high = wrap(x.shr(address, i64(32n)));
    const what = typeof kind === 'number' ? i32(kind) : kind;
    const ends = f.let(callCore(x.core, 'watchedAccess', x.context, wrap(address), high, bytes, what));
    f.if(ends, () => {
      x.set32('exit', i32(Exit.Breakpoint + Event.FirstExit));
      leave();
    });
    f.release(ends);
  });
}

function defineLoad(x: CoreSemantics): void {
  const { f } = x;
  const [address, bytes] = [f.param(1), f.param(2)];
  askWatcher(x, address, bytes, AccessKind.Read, () => f.return(i64(0n)));
  f.if(crosses(x, address, bytes), () => loadAcrossPages(x, address, bytes));
  const physical = translated(x, address, Access.Read, i64(0n));
  const machine = f.let(x.call('ram', physical, i32(0)));
  f.if(op('i32', Op.i32_eqz, machine), () =>
    device(x, physical, bytes, undefined, () => {
      x.do('raise', i64(BigInt(Cause.LoadAccess)), address);
      f.return(i64(0n));
    }),
  );
  f.if(eq32(machine, 1), () => {
    x.do('pageMiss', physical, i32(0));
    f.return(i64(0n));
  });
  x.do('fill', address, machine, i32(0));
  loadOfWidth(x, machine, bytes);
}

/** Does `hit` with the machine address when the TLB's entry in `bank` allows the access. */
function ifInTlb(x: CoreSemantics, bank: Node, half: number, hit: (machine: Node) => void): void {
  const { f } = x;
  const [address, bytes] = [f.param(1), f.param(2)];
  const place = x.index(address, L.TLB_ENTRIES, L.TLB_ENTRY_SHIFT, PAGE_SHIFT);
  const entry = f.let(op('i32', Op.i32_add, bank, place));
  const offset = f.let(x.sub(address, load('i64', Op.i64_load, entry, half + L.TLB_TAG)));
  const last = extendUnsigned(op('i32', Op.i32_sub, i32(PAGE_BYTES), bytes));
  f.if(op('i32', Op.i64_le_u, offset, last), () =>
    hit(f.let(op('i32', Op.i32_add, load('i32', Op.i32_load, entry, half + L.TLB_HOST), wrap(offset)))),
  );
}

function defineLoadQuick(x: CoreSemantics): void {
  const { f } = x;
  ifInTlb(x, f.param(3), 0, (machine) => loadOfWidth(x, machine, f.param(2)));
  f.return(x.call('load', f.param(1), f.param(2)));
  f.unreachable();
}

function defineStoreQuick(x: CoreSemantics): void {
  const { f } = x;
  ifInTlb(x, f.param(4), L.TLB_WRITE, (machine) => {
    storeOfWidth(x, machine, f.param(2), f.param(3));
    f.return();
  });
  x.do('store', f.param(1), f.param(2), f.param(3));
}

/** Checks that an access at this address meets RAM that is there; returns from the function when not. */
function requireRam(
  x: CoreSemantics,
  address: Node,
  access: number,
  cause: number,
  ...onEvent: Node[]
): void {
  const { f } = x;
  const physical = translated(x, address, access, ...onEvent);
  const isWrite = i32(access === Access.Write ? 1 : 0);
  const machine = f.let(x.call('ram', physical, isWrite));
  f.if(op('i32', Op.i32_eqz, machine), () => {
    x.do('raise', i64(BigInt(cause)), address);
    f.return(...onEvent);
  });
  f.if(eq32(machine, 1), () => {
    x.do('pageMiss', physical, isWrite);
    f.return(...onEvent);
  });
}

const pageBehind = (x: CoreSemantics, address: Node): Node =>
  x.and(x.add(address, i64(BigInt(PAGE_BYTES))), i64(-BigInt(PAGE_BYTES)));

function loadAcrossPages(x: CoreSemantics, address: Node, bytes: Node): void {
  const { f } = x;
  requireRam(x, address, Access.Read, Cause.LoadAccess, i64(0n));
  requireRam(x, pageBehind(x, address), Access.Read, Cause.LoadAccess, i64(0n));
  const result = f.let(i64(0n));
  const at = f.let(bytes);
  f.loop((again) => {
    f.set(at, op('i32', Op.i32_sub, at, i32(1)));
    const byte = x.call('load', x.add(address, extendUnsigned(at)), i32(1));
    f.set(result, x.or(x.shl(result, i64(8n)), byte));
    f.brIf(again, at);
  });
  f.return(result);
}

function storeOfWidth(x: CoreSemantics, machine: Node, bytes: Node, value: Node): void {
  const widths: [number, number][] = [
    [1, Op.i64_store8],
    [2, Op.i64_store16],
    [4, Op.i64_store32],
    [8, Op.i64_store],
  ];
  for (const [width, code] of widths) {
    x.f.if(eq32(bytes, width), () => x.f.store(code, machine, 0, value));
  }
}

/** The decoded page of a machine page, 0 when it holds no code. */
export const decodedPageOf = (x: CoreSemantics, machine: Node): Node => {
  const place = op('i32', Op.i32_shl, op('i32', Op.i32_shr_u, machine, i32(12)), i32(2));
  return load('i32', Op.i32_load, place, x.core.area.table);
};

function defineStore(x: CoreSemantics): void {
  const { f } = x;
  const [address, bytes, value] = [f.param(1), f.param(2), f.param(3)];
  askWatcher(x, address, bytes, AccessKind.Write, () => f.return());
  f.if(crosses(x, address, bytes), () => storeAcrossPages(x, address, bytes, value));
  const physical = translated(x, address, Access.Write);
  const machine = f.let(x.call('ram', physical, i32(1)));
  f.if(op('i32', Op.i32_eqz, machine), () =>
    device(x, physical, bytes, value, () => {
      x.do('raise', i64(BigInt(Cause.StoreAccess)), address);
      f.return();
    }),
  );
  f.if(eq32(machine, 1), () => {
    x.do('pageMiss', physical, i32(1));
    f.return();
  });
  storeOfWidth(x, machine, bytes, value);
  f.if(
    decodedPageOf(x, machine),
    () => f.call(x.core.index.codeWritten, [machine, bytes]),
    () => x.do('fill', address, machine, i32(L.TLB_WRITE)),
  );
}

/** All or nothing: both pages are checked before the first byte is written. */
function storeAcrossPages(x: CoreSemantics, address: Node, bytes: Node, value: Node): void {
  const { f } = x;
  requireRam(x, address, Access.Write, Cause.StoreAccess);
  requireRam(x, pageBehind(x, address), Access.Write, Cause.StoreAccess);
  const rest = f.let(value);
  const at = f.let(i32(0));
  f.loop((again) => {
    x.do('store', x.add(address, extendUnsigned(at)), i32(1), rest);
    f.set(rest, x.shr(rest, i64(8n)));
    f.set(at, op('i32', Op.i32_add, at, i32(1)));
    f.brIf(again, op('i32', Op.i32_lt_u, at, bytes));
  });
  f.return();
}

function defineCacheBlock(x: CoreSemantics): void {
  const { f } = x;
  const [operation, address] = [f.param(1), f.param(2)];
  const bits = [ENVCFG_CBZE, ENVCFG_CBCFE, ENVCFG_CBCFE, ENVCFG_CBIE];
  const needed = bits.reduceRight(
    (rest, bit, number) => x.select(eq32(operation, number), i64(bit), rest),
    i64(0n),
  );
  const isOff = x.eq(x.and(x.get('senvcfg'), needed), i64(0n));
  f.if(op('i32', Op.i32_and, op('i32', Op.i32_eqz, x.get32('mode')), isOff), () => {
    f.call(x.core.index.illegal, [x.context]);
    f.return();
  });
  f.if(operation, () => manageBlock(x, address));
  const block = x.let(x.and(address, i64(-BigInt(CACHE_BLOCK_BYTES))));
  askWatcher(x, block, i32(CACHE_BLOCK_BYTES), AccessKind.Write, () => f.return());
  const machine = f.let(x.call('atomicAddress', block, i32(8), i32(1)));
  f.if(op('i32', Op.i32_eqz, machine), () => f.return());
  f.fillMemory(machine, i32(0), i32(CACHE_BLOCK_BYTES));
  f.if(decodedPageOf(x, machine), () => f.call(x.core.index.codeWritten, [machine, i32(CACHE_BLOCK_BYTES)]));
}

/** Clean, flush, invalidate: there is no cache to manage, but the address must be one that may be read or written. */
function manageBlock(x: CoreSemantics, address: Node): void {
  requireRam(x, address, Access.Block, Cause.StoreAccess);
  x.f.return();
}

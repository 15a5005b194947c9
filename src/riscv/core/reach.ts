/**
 * How far the pages beside one that code has met go on in machine memory as they do in virtual memory: then one comparison
 * asks for all of them (see PageCache). Only what the TLB holds is looked at, so all of it was allowed by the walker.
 */
import { PAGE_BYTES, PAGE_SHIFT } from '../hart/page-map.ts';
import { extendUnsigned, i32, i64, load, type Node, op, wrap } from '../wasm/node.ts';
import { Op } from '../wasm/opcodes.ts';
import type { Core } from './core-functions.ts';
import { CoreSemantics } from './core-semantics.ts';
import * as L from './layout.ts';

/** Misses of a page cache between two looks at what lies beside it: a power of two. */
export const MISSES_A_LOOK = 8;
/** A cache that has missed so often may be given up, */
const PATIENCE = 128;
/** if it took fewer steps since the last look. */
const STEPS_A_LOOK = 64 * MISSES_A_LOOK;
/** The same for what waits for each load: a page that is known saves more there than a wrong guess costs, up to one in four. */
const CHASE_STEPS_A_LOOK = 20 * MISSES_A_LOOK;
/** Such loops look at the whole TLB from the first, and what they find is there soon or not at all: they have other turns for that. */
const CHASE_PATIENCE = 32;
/** A chase with so many misses in a region is told of, though its cache may still serve it. */
const SCATTERED_MISSES = 256;
/** Misses of a cache that is given up. */
const GIVEN_UP = -1;
/** And its limit, where it counts in slots. */
export const GIVEN_UP_SLOTS = 1;
/** The first look goes so far to each side; each later one twice as far, up to the whole TLB. */
const FIRST_SHIFT = 2;
const LAST_SHIFT = 8;
const FARTHEST = (1 << LAST_SHIFT) - 1;

/** Exchanged with an address it turns its page's number round: that counts down where the page's counts up. */
const FLIP = -PAGE_BYTES;

const SLOT_MASK = (L.TLB_ENTRIES - 1) << L.TLB_ENTRY_SHIFT;

export function defineReach(core: Core): void {
  core.define('reach', (f) => writeReach(new CoreSemantics(f, core)));
  core.define('reachBoth', (f) => writeReachBoth(new CoreSemantics(f, core)));
}

function writeReach(x: CoreSemantics): void {
  const { f } = x;
  const { at, count, isPoor, ...begun } = begin(x, PATIENCE, STEPS_A_LOOK, () =>
    f.return(i64(0n), i32(0), i64(0n)),
  );
  const look = { ...begun, far: farthest(x, count) };
  const { tag, delta } = look;
  const up = walk(x, { ...look, step: 1, change: 0 });
  const down = f.let(i32(0));
  const goesOn = (): void => f.set(down, walk(x, { ...look, step: -1, change: 0 }));
  // What walks upwards meets each page once: what is behind it is of no use.
  f.if(op('i32', Op.i32_or, isPoor, up), goesOn, () => f.store(Op.i32_store, at, 0, i32(0)));
  // The widest access is 8 bytes.
  f.return(firstOf(x, tag, down), delta, x.sub(bytesOf(x, up, down), i64(7n)));
  f.unreachable();
}

/** Pages may follow one another downwards in machine memory, as they do where Linux hands out what lies free in one piece. */
function writeReachBoth(x: CoreSemantics): void {
  const { f } = x;
  const [shift, kept] = [f.param(6), f.param(7)];
  const note = ({ start, tag }: { start: Node; tag: Node }): void => {
    x.set32('chaseTlb', start);
    x.set('chasePage', tag);
  };
  const { at, count, isPoor, ...begun } = begin(x, CHASE_PATIENCE, CHASE_STEPS_A_LOOK, (entry) => {
    note(entry);
    // What is given up is still a place of the page, the only one.
    f.return(entry.tag, entry.delta, i32(0), i64(BigInt(GIVEN_UP_SLOTS)));
  });
  f.if(op('i32', Op.i32_ge_u, count, i32(SCATTERED_MISSES)), () => note(begun));
  const look = { ...begun, far: i32(FARTHEST) };
  const { tag, delta } = look;
  const change = f.let(i32(0));
  const [up, down] = [f.let(i32(0)), f.let(i32(0))];
  const go = (): void => {
    f.set(up, walk(x, { ...look, step: 1, change }));
    f.set(down, walk(x, { ...look, step: -1, change }));
  };
  const isAlone = (): Node => op('i32', Op.i32_eqz, op('i32', Op.i32_or, up, down));
  go();
  f.if(isAlone(), () => {
    f.set(change, i32(-2 * PAGE_BYTES));
    go();
  });
  f.if(isAlone(), () => f.set(change, i32(0)));
  const limit = x.let(op('i64', Op.i64_shr_u, bytesOf(x, up, down), extendUnsigned(shift)));
  // A page that lies apart from those that serve well.
  const isWorse = op('i32', Op.i64_lt_u, limit, kept);
  const isGood = (): Node => op('i32', Op.i32_eqz, isPoor);
  x.returnIf(x.both(isGood(), isWorse), i64(0n), i32(0), i32(0), i64(0n));
  f.if(x.both(isGood(), isAlone()), () => f.store(Op.i32_store, at, 0, i32(0)));
  const first = x.let(firstOf(x, tag, down));
  f.if(change, () => {
    const twice = op('i32', Op.i32_shl, wrap(tag), i32(1));
    f.return(first, op('i32', Op.i32_add, delta, op('i32', Op.i32_sub, twice, i32(FLIP))), i32(FLIP), limit);
  });
  f.return(first, delta, i32(0), limit);
  f.unreachable();
}

/** What both begin with: how often was missed; where that is too often, and pays too little, it is given up. */
function begin(
  x: CoreSemantics,
  patience: number,
  stepsALook: number,
  giveUp: (entry: { start: Node; tag: Node; delta: Node }) => void,
) {
  const { f } = x;
  const [bank, entry, half, place, fuel] = [f.param(1), f.param(2), f.param(3), f.param(4), f.param(5)];
  const at = f.let(op('i32', Op.i32_add, x.context, place));
  const count = f.let(load('i32', Op.i32_load, at));
  const spent = op('i32', Op.i32_sub, load('i32', Op.i32_load, at, L.MISSES_FUEL), fuel);
  const isPoor = f.let(op('i32', Op.i32_lt_u, spent, i32(stepsALook)));
  const start = f.let(op('i32', Op.i32_add, bank, half));
  const slot = f.let(op('i32', Op.i32_sub, entry, bank));
  const tag = x.let(load('i64', Op.i64_load, op('i32', Op.i32_add, start, slot), L.TLB_TAG));
  const delta = f.let(load('i32', Op.i32_load, op('i32', Op.i32_add, start, slot), L.TLB_DELTA));
  f.if(x.both(op('i32', Op.i32_ge_u, count, i32(patience)), isPoor), () => {
    f.store(Op.i32_store, at, 0, i32(GIVEN_UP));
    giveUp({ start, tag, delta });
  });
  f.store(Op.i32_store, at, L.MISSES_FUEL, fuel);
  return { at, count, isPoor, start, slot, tag, delta };
}

/** i64: the first page's virtual address, so many pages below. */
function firstOf(x: CoreSemantics, tag: Node, down: Node): Node {
  return x.sub(tag, x.shl(extendUnsigned(down), i64(BigInt(PAGE_SHIFT))));
}

/** i64: of all pages. */
function bytesOf(x: CoreSemantics, up: Node, down: Node): Node {
  const pages = op('i32', Op.i32_add, op('i32', Op.i32_add, up, down), i32(1));
  return x.shl(extendUnsigned(pages), i64(BigInt(PAGE_SHIFT)));
}

/** i32: how many pages to each side are looked at; twice that and one are at most as many as the TLB has. */
function farthest(x: CoreSemantics, count: Node): Node {
  const looks = op('i32', Op.i32_div_u, count, i32(MISSES_A_LOOK));
  const shift = x.f.let(op('i32', Op.i32_add, looks, i32(FIRST_SHIFT - 1)));
  const bounded = op(
    'i32',
    Op.select,
    shift,
    i32(LAST_SHIFT),
    op('i32', Op.i32_lt_u, shift, i32(LAST_SHIFT)),
  );
  return x.f.let(op('i32', Op.i32_sub, op('i32', Op.i32_shl, i32(1), bounded), i32(1)));
}

interface Walk {
  /** Of the entries, and the first one's place among them. */
  readonly start: Node;
  readonly slot: Node;
  readonly tag: Node;
  readonly delta: Node;
  readonly far: Node;
  readonly step: 1 | -1;
  /** By how much delta differs from one page to the next one above it: 0, or twice a page less for pages that follow downwards. */
  readonly change: Node | 0;
}

/** i32: how many pages follow to one side. */
function walk(x: CoreSemantics, { start, slot, tag, delta, far, step, change }: Walk): Node {
  const { f } = x;
  const wanted = change === 0 ? delta : f.let(delta);
  const [count, at] = [f.let(i32(0)), f.local('i32')];
  const next = x.let(x.add(tag, i64(0n)));
  f.loop((again) => {
    f.if(op('i32', Op.i32_lt_u, count, far), () => {
      const away = op(
        'i32',
        Op.i32_mul,
        op('i32', Op.i32_add, count, i32(1)),
        i32(step << L.TLB_ENTRY_SHIFT),
      );
      const place = op('i32', Op.i32_and, op('i32', Op.i32_add, slot, away), i32(SLOT_MASK));
      f.set(at, op('i32', Op.i32_add, start, place));
      f.set(next, x.add(next, i64(BigInt(step * PAGE_BYTES))));
      if (change !== 0) f.set(wanted, op('i32', step === 1 ? Op.i32_add : Op.i32_sub, wanted, change));
      const isTag = x.eq(load('i64', Op.i64_load, at, L.TLB_TAG), next);
      const isAlike = op('i32', Op.i32_eq, load('i32', Op.i32_load, at, L.TLB_DELTA), wanted);
      f.if(x.both(isTag, isAlike), () => {
        f.set(count, op('i32', Op.i32_add, count, i32(1)));
        f.br(again);
      });
    });
  });
  return count;
}

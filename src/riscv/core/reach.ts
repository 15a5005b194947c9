/**
 * How far the pages beside one that code has met go on in machine memory as they do in virtual memory: then one comparison
 * asks for all of them (see PageCache). Only what the TLB holds is looked at, so all of it was allowed by the walker.
 */
import { PAGE_BYTES, PAGE_SHIFT } from '../hart/page-map.ts';
import { extendUnsigned, i32, i64, load, type Node, op } from '../wasm/node.ts';
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
/** Misses of a cache that is given up. */
const GIVEN_UP = -1;
/** The first look goes so far to each side; each later one twice as far, up to the whole TLB. */
const FIRST_SHIFT = 2;
const LAST_SHIFT = 8;

const SLOT_MASK = (L.TLB_ENTRIES - 1) << L.TLB_ENTRY_SHIFT;

export function defineReach(core: Core): void {
  core.define('reach', (f) => writeReach(new CoreSemantics(f, core)));
}

function writeReach(x: CoreSemantics): void {
  const { f } = x;
  const [bank, entry, half, place, fuel] = [f.param(1), f.param(2), f.param(3), f.param(4), f.param(5)];
  const at = f.let(op('i32', Op.i32_add, x.context, place));
  const count = f.let(load('i32', Op.i32_load, at));
  const spent = op('i32', Op.i32_sub, load('i32', Op.i32_load, at, L.MISSES_FUEL), fuel);
  const isPoor = f.let(op('i32', Op.i32_lt_u, spent, i32(STEPS_A_LOOK)));
  f.if(x.both(op('i32', Op.i32_ge_u, count, i32(PATIENCE)), isPoor), () => {
    f.store(Op.i32_store, at, 0, i32(GIVEN_UP));
    f.return(i64(0n), i32(0), i64(0n));
  });
  f.store(Op.i32_store, at, L.MISSES_FUEL, fuel);

  const start = f.let(op('i32', Op.i32_add, bank, half));
  const slot = f.let(op('i32', Op.i32_sub, entry, bank));
  const tag = x.let(load('i64', Op.i64_load, op('i32', Op.i32_add, start, slot), L.TLB_TAG));
  const delta = f.let(load('i32', Op.i32_load, op('i32', Op.i32_add, start, slot), L.TLB_DELTA));
  const far = farthest(x, count);
  const up = walk(x, { start, slot, tag, delta, far, step: 1 });
  const down = f.let(i32(0));
  const goesOn = (): void => f.set(down, walk(x, { start, slot, tag, delta, far, step: -1 }));
  // What walks upwards meets each page once: what is behind it is of no use.
  f.if(op('i32', Op.i32_or, isPoor, up), goesOn, () => f.store(Op.i32_store, at, 0, i32(0)));
  const first = x.sub(tag, x.shl(extendUnsigned(down), i64(BigInt(PAGE_SHIFT))));
  const pages = op('i32', Op.i32_add, op('i32', Op.i32_add, up, down), i32(1));
  // The widest access is 8 bytes.
  const limit = x.sub(x.shl(extendUnsigned(pages), i64(BigInt(PAGE_SHIFT))), i64(7n));
  f.return(first, delta, limit);
  f.unreachable();
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
}

/** i32: how many pages follow to one side. */
function walk(x: CoreSemantics, { start, slot, tag, delta, far, step }: Walk): Node {
  const { f } = x;
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
      const isTag = x.eq(load('i64', Op.i64_load, at, L.TLB_TAG), next);
      const isAlike = op('i32', Op.i32_eq, load('i32', Op.i32_load, at, L.TLB_DELTA), delta);
      f.if(x.both(isTag, isAlike), () => {
        f.set(count, op('i32', Op.i32_add, count, i32(1)));
        f.br(again);
      });
    });
  });
  return count;
}

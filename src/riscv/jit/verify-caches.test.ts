// The proof of modules: page caches that count in slots, filled and used as they should be, and forged ones.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { REGION } from '../core/core-exports.ts';
import { FUNCTIONS } from '../core/core-functions.ts';
import * as L from '../core/layout.ts';
import { PAGE_BYTES } from '../hart/page-map.ts';
import { ModuleBuilder } from '../wasm/module-builder.ts';
import { i32, i64, load, type Node, op, wrap } from '../wasm/node.ts';
import { Op } from '../wasm/opcodes.ts';
import { verifyModule } from './verify-module.ts';

/** Parts that tests get wrong. */
interface Slots {
  readonly limit?: number;
  readonly flip?: number;
  /** By how much addresses are rotated before they are compared. */
  readonly rotate?: number;
  readonly isTurned?: boolean;
  /** Shift of a slot that `reachBoth` is told. */
  readonly told?: number;
  /** Its results in the order tag, delta, flip, limit. */
  readonly order?: readonly [number, number, number, number];
  /** Which of two answers each of these is taken from. */
  readonly from?: readonly [number, number, number, number];
  readonly isChecked?: boolean;
  readonly access?: (machine: Node) => Node;
}

function findings(parts: Slots): string[] {
  const { limit = PAGE_BYTES / 8, flip = 0, rotate = 3, isTurned = true, told = 3, isChecked = true } = parts;
  const { order = [0, 1, 2, 3], from = [0, 0, 0, 0] } = parts;
  const { access = (machine) => load('i64', Op.i64_load, machine) } = parts;
  const module = new ModuleBuilder();
  module.importMemory('memory', 1, 65_536);
  const reach = module.importFunction('reachBoth', FUNCTIONS.reachBoth);
  module.function(REGION, (f) => {
    const kept = (['i64', 'i32', 'i32', 'i64'] as const).map((type) => f.freshLocal(type));
    const [tag, delta, turned, end] = kept as [Node, Node, Node, Node];
    const ea = f.let(i64(0x1_2345n));
    const index = op('i32', Op.i32_and, wrap(ea), i32((L.TLB_ENTRIES - 1) << L.TLB_ENTRY_SHIFT));
    const entry = f.let(op('i32', Op.i32_add, f.param(2), index));
    const entryTag = load('i64', Op.i64_load, entry, L.TLB_TAG);
    const offset = f.let(op('i64', Op.i64_sub, ea, entryTag));
    const ask = (): Node[] => {
      const found = (['i64', 'i32', 'i32', 'i64'] as const).map((type) => f.local(type));
      const args = [f.param(0), f.param(2), entry, i32(0), i32(L.MISSES_OFFSET), f.param(1), i32(told), end];
      f.call(reach, args, found);
      return found;
    };
    const around = (): void => {
      const answers = [ask(), ask()];
      const part = (place: number): Node => answers[from[place] as number]?.[order[place] as number] as Node;
      f.if(op('i32', Op.i64_ne, part(3), i64(0n)), () => {
        for (const place of [3, 2, 1, 0]) f.set(kept[place] as Node, part(place));
      });
    };
    f.if(op('i32', Op.i64_le_u, offset, i64(BigInt(PAGE_BYTES - 8))), () => {
      f.set(tag, entryTag);
      f.set(delta, load('i32', Op.i32_load, entry, L.TLB_DELTA));
      f.set(turned, i32(flip));
      f.set(end, i64(BigInt(limit)));
      if (isChecked) around();
    });
    if (!isChecked) around();
    const apart = op('i64', Op.i64_sub, ea, tag);
    const place = rotate === 0 ? apart : op('i64', Op.i64_rotr, apart, i64(BigInt(rotate)));
    f.if(op('i32', Op.i64_lt_u, place, end), () => {
      const low = isTurned ? op('i32', Op.i32_xor, wrap(ea), turned) : wrap(ea);
      f.run(access(op('i32', Op.i32_add, low, delta)));
    });
    f.return(i64(0n), f.param(1));
    f.unreachable();
  });
  const bytes = module.finish();
  if (order.every((at, place) => at === place)) assert.ok(WebAssembly.validate(bytes));
  return verifyModule(bytes);
}

test('verifyModule: accepts a page cache that counts in slots', () => assert.deepEqual(findings({}), []));

const WRONG: Readonly<Record<string, Slots>> = {
  'whose limit is for other slots': { limit: PAGE_BYTES / 4 },
  'that is flipped when it is filled with one page': { flip: -PAGE_BYTES },
  'compared in bytes': { rotate: 0 },
  'compared in smaller slots': { rotate: 2 },
  'compared in larger slots': { rotate: 4 },
  'used without its flip': { isTurned: false },
  'filled with what was counted in other slots': { told: 2 },
  'filled around a page that was not checked': { isChecked: false },
  'filled with limit and tag exchanged': { order: [3, 1, 2, 0] },
  'filled with delta and flip exchanged': { order: [0, 2, 1, 3] },
  'filled by two answers': { from: [0, 0, 1, 0] },
  'used beyond its slot': { access: (machine) => load('i64', Op.i64_load, machine, 1) },
};
for (const [name, parts] of Object.entries(WRONG)) {
  test(`verifyModule: finds a page cache of slots ${name}`, () => assert.notDeepEqual(findings(parts), []));
}

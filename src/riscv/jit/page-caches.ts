/**
 * Which accesses of a region keep the page they met last in locals, or those around it: those by the registers that its loops
 * use most as addresses, loads and stores apart. A page stays where it is until the region is left, because all that changes
 * translations leaves regions.
 */
import * as L from '../core/layout.ts';
import type { PageCache } from '../core/page-cache.ts';
import type { Decoded } from '../isa/decode.ts';
import { usageOf } from '../isa/operands.ts';
import { INSTRUCTIONS } from '../isa/table.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import { accessOf, writesX } from './access-runs.ts';
import type { Flow } from './structure.ts';

/** How often a loop is taken to run, and how deep loops are told apart. */
const TURNS = 8;
const MAX_DEPTH = 6;
/** Of the use of the one that is used most. */
const WORTH_KEEPING = 0.75;

type Access = 'load' | 'store';

const ACCESSES: readonly (Access | undefined)[] = INSTRUCTIONS.map((row) => {
  const used = usageOf(row) as ReadonlySet<string>;
  return used.has('load') ? 'load' : used.has('store') ? 'store' : undefined;
});

/** What an access is kept under: its base register, and whether it stores. */
export const keyOf = (register: number, access: Access): number =>
  register * 2 + (access === 'store' ? 1 : 0);

export type PageCaches = ReadonlyMap<number, PageCache>;

/** The caches of a region, by `keyOf`; locals begin as 0, which is a cache without a page. */
export function pageCaches(f: FunctionBuilder, flow: Flow): PageCaches {
  const weights = new Map<number, number>();
  const widths = new Map<number, number>();
  const [loaded, computed] = [new Set<number>(), new Set<number>()];
  for (const { block, loopDepth } of flow.nodes.values()) {
    if (loopDepth === 0) continue;
    const weight = TURNS ** Math.min(loopDepth, MAX_DEPTH);
    for (const one of block.instructions) {
      const key = cacheKey(one);
      if (key === undefined || key % 2 === 1) computed.add(writesX(one) ? one.rd : 0);
      if (key === undefined) continue;
      weights.set(key, (weights.get(key) ?? 0) + weight);
      const width = accessOf(one)?.bytes ?? 0;
      widths.set(key, (widths.get(key) ?? width) === width ? width : 0);
      if (key % 2 === 0) loaded.add(one.rd);
    }
  }
  const chosen = heaviest(weights);
  return new Map(
    chosen.map(([key], place) => {
      const [tag, delta, limit] = [f.freshLocal('i64'), f.freshLocal('i32'), f.freshLocal('i64')];
      const bytes = widths.get(key) ?? 0;
      // What waits for a pointer that was loaded waits for the look as well: such loops go to pages in any order.
      const isChase =
        key % 2 === 0 && loaded.has(key / 2) && !computed.has(key / 2) && (bytes === 4 || bytes === 8);
      const slots = isChase ? { slots: { bytes, flip: f.freshLocal('i32') } } : {};
      return [key, { tag, delta, limit, misses: L.MISSES_OFFSET + 4 * place, ...slots }];
    }),
  );
}

/** Those that are used most, and hardly less: what is used less costs more moves between registers and stack than it saves. */
function heaviest(weights: ReadonlyMap<number, number>): readonly (readonly [number, number])[] {
  const least = WORTH_KEEPING * Math.max(0, ...weights.values());
  const worthy = [...weights].filter(([, weight]) => weight >= least);
  return worthy.sort(([a, x], [b, y]) => y - x || a - b).slice(0, L.PAGE_CACHES);
}

/** The key of an instruction's access, if it has one. */
export function cacheKey({ index, rs1 }: Decoded): number | undefined {
  const access = ACCESSES[index];
  return access && keyOf(rs1, access);
}

/** Base registers of instructions whose loads wait for one another, and may go to pages in any order. */
export function chasedIn(instructions: readonly Decoded[], caches: PageCaches): readonly number[] {
  const registers = instructions.flatMap((one) => {
    const key = cacheKey(one);
    return key !== undefined && caches.get(key)?.slots ? [one.rs1] : [];
  });
  return [...new Set(registers)];
}

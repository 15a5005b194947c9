/** An engine of each kind as a machine for cases: its memory laid out, everything it wants beside it. */
import { CONTEXT_BYTES, engineAreaBytes } from '../core/layout.ts';
import type { EngineKind } from '../engine.ts';
import { createEngine } from '../engine.ts';
import { PAGE_BYTES } from '../hart/page-map.ts';
import { RAM_PAGES } from './case.ts';
import type { Machine } from './rig.ts';

export const ENGINE_KINDS: readonly EngineKind[] = ['reference', 'interpreter', 'jit'];

/** The JIT translates as soon as it can, so that short cases reach translated code too. */
const HOT_THRESHOLD = 1;
const WASM_PAGE_BYTES = 0x1_0000;
const wholePages = (bytes: number): number => Math.ceil(bytes / PAGE_BYTES) * PAGE_BYTES;

/** Page 0 stays free: machine address 0 means none. */
const CONTEXT = PAGE_BYTES;
const MAP = CONTEXT + wholePages(CONTEXT_BYTES);
const PAGES = MAP + PAGE_BYTES;
const AREA = PAGES + RAM_PAGES * PAGE_BYTES;
const AREA_BYTES = engineAreaBytes(64 * 2 ** 20);

/** @param ticks what the clock says, for harts whose time is not that of their steps. */
export function makeMachine(kind: EngineKind, ticks: () => number = () => 0): Machine {
  const pages = Math.ceil((AREA + AREA_BYTES) / WASM_PAGE_BYTES);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  const area = { base: AREA, bytes: AREA_BYTES };
  const engine = createEngine(kind, {
    memory,
    area,
    clock: { ticks },
    hotThreshold: HOT_THRESHOLD,
    translatesUnmet: true,
  });
  return { engine, memory: memory.buffer, context: CONTEXT, map: MAP, pages: PAGES };
}

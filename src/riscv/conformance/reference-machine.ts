/** The reference as a machine for cases. */
import { STATE_BYTES } from '../hart/context.ts';
import { PAGE_BYTES } from '../hart/page-map.ts';
import { Reference } from '../reference/reference.ts';
import { RAM_PAGES } from './case.ts';
import type { Machine } from './rig.ts';

/** Page 0 stays free: machine address 0 means none. */
const CONTEXT = PAGE_BYTES;
const MAP = CONTEXT + Math.ceil(STATE_BYTES / PAGE_BYTES) * PAGE_BYTES;
const PAGES = MAP + PAGE_BYTES;

export function referenceMachine(): Machine {
  const memory = new SharedArrayBuffer(PAGES + RAM_PAGES * PAGE_BYTES);
  const engine = new Reference(memory, { ticks: () => 0n });
  return { engine, memory, context: CONTEXT, map: MAP, pages: PAGES };
}

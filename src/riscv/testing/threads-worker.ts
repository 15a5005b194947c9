// A thread with an engine of its own on shared machine memory: runs its hart to its end each time it is told to.
import { workerData } from 'node:worker_threads';
import { createEngine, type EngineKind } from '../engine.ts';
import { Exit } from '../hart/exit.ts';

export interface ThreadStart {
  readonly kind: EngineKind;
  readonly memory: WebAssembly.Memory;
  readonly area: { readonly base: number; readonly bytes: number };
  readonly context: number;
  readonly owner: number;
  /** Word 0: rounds that were begun; word 1: threads that are done with theirs; word 2: 1 when there are few cores. */
  readonly control: SharedArrayBuffer;
}

const { kind, memory, area, context, owner, control } = workerData as ThreadStart;
const words = new Int32Array(control);
const engine = createEngine(kind, {
  ...{ memory, area, owner, hotThreshold: 20, translatesUnmet: true },
  clock: { ticks: () => 0 },
});
const BUDGET = 100_000;
/** More harts than cores: one that waits for another soon makes room for it. */
const SHORT_BUDGET = 2000;
const PAUSE_MS = 0.05;

for (let round = 0; ; round++) {
  while (Atomics.load(words, 0) === round) Atomics.wait(words, 0, round);
  engine.flushTranslations(context);
  engine.fenceCode(context);
  const isShort = Atomics.load(words, 2) === 1;
  while (engine.run(context, isShort ? SHORT_BUDGET : BUDGET) === Exit.Budget) {
    if (isShort) Atomics.wait(words, 2, 1, PAUSE_MS);
  }
  Atomics.add(words, 1, 1);
  Atomics.notify(words, 1);
}

/** Starts the thread of a pCPU, which loads its code before it is told what it is part of. */
import type { Worker } from 'node:worker_threads';
import { beginThread } from './begin-thread.ts';

/** Of what V8 has just allocated, before it is looked through: by itself it would take 48 and keep them. */
const YOUNG_MIB = 12;

/** It does not keep the process alive. */
export function startThread(): Worker {
  const thread = beginThread('src/host/pcpu-worker.ts', 'pcpu', {
    name: 'vmk-pcpu',
    // What it begins with has something to say there.
    workerData: {},
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MIB },
  });
  thread.unref();
  return thread;
}

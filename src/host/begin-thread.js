// Starts worker threads that load much. In JavaScript, as a machine's thread is started before anything else.
import { Worker } from 'node:worker_threads';

/** Of what V8 has just allocated, before it is looked through: by itself it would take 48 and keep them. */
const YOUNG_MIB = 12;

/**
 * @param {string} path - of the module that is its code, below the root of the program; see packed-worker.ts
 * @param {string} kind - whose compiled code it takes
 * @param {Omit<import('node:worker_threads').WorkerOptions, 'argv'>} options
 * @returns {Worker}
 */
export function beginThread(path, kind, options) {
  return new Worker(new URL('./begin-worker.js', import.meta.url), { ...options, argv: [path, kind] });
}

/**
 * The thread of a pCPU, which loads its code before it is told what it is part of. It does not keep the process alive.
 * @returns {Worker}
 */
export function startPcpuThread() {
  const thread = beginThread('src/host/pcpu-worker.ts', 'pcpu', {
    name: 'vmk-pcpu',
    // What it begins with has something to say there.
    workerData: {},
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MIB },
  });
  thread.unref();
  return thread;
}

/** Starts a worker thread that loads much. */
import { Worker, type WorkerOptions } from 'node:worker_threads';

/** @param path - of the module that is its code, below the root of the program; see packed-worker.ts */
export function beginThread(path: string, kind: string, options: Omit<WorkerOptions, 'argv'>): Worker {
  return new Worker(new URL('./begin-worker.js', import.meta.url), { ...options, argv: [path, kind] });
}

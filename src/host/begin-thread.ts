/**
 * Starts a worker thread. Its first lines are JavaScript: before Node's cache of compiled code is on, a module in TypeScript
 * would have Node load what takes types off, which takes each thread 40 ms.
 */
import { Worker, type WorkerOptions } from 'node:worker_threads';

/** @param path - of the module that is its code, below the root of the program; see packed-worker.ts */
export function beginThread(
  path: string,
  kind: string,
  options: Omit<WorkerOptions, 'argv' | 'eval'>,
): Worker {
  const { href } = new URL('./packed-worker.ts', import.meta.url);
  const begin = `require('node:module').enableCompileCache(); import(${JSON.stringify(href)});`;
  return new Worker(begin, { ...options, argv: [path, kind], eval: true });
}

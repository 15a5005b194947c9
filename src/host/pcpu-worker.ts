/** The worker thread of a pCPU: loads its code while it waits to be told what it is part of, then runs worlds. */
import { flushCompileCache } from 'node:module';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { PcpuStart } from './messages.ts';

/** Something to do when a machine has ended; see packed-worker. */
const { atRest } = workerData as { atRest?: () => void };

const told = new Promise<PcpuStart & { port: MessagePort }>((resolve) =>
  parentPort?.once('message', resolve),
);
const { Pcpu } = await import('./pcpu.ts');
// This thread has no end of its own at which that would be done.
flushCompileCache();
const { port, ...start } = await told;
await new Pcpu(start, port, atRest).run();

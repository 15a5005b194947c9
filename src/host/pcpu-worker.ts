/** The worker thread of a pCPU: loads its code while it waits to be told what it is part of, then runs worlds. */
import { flushCompileCache } from 'node:module';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { PcpuStart } from './messages.ts';
import type { PcpuExtras } from './pcpu.ts';

/** What this thread has where its modules come from a pack; see packed-worker. */
const own = workerData as PcpuExtras;

const told = new Promise<PcpuStart & { port: MessagePort }>((resolve) =>
  parentPort?.once('message', resolve),
);
const { Pcpu } = await import('./pcpu.ts');
// This thread has no end of its own at which that would be done.
flushCompileCache();
const { port, ...start } = await told;
await new Pcpu(start, port, own).run();

/** The worker thread of a pCPU: started with a configuration, ends with one message that tells how the VM ended. */
import { enableCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { PcpuMessage, PcpuStart, SentError } from './messages.ts';

enableCompileCache();
const { ControlBlock } = await import('./control-block.ts');
const { Outbox } = await import('./outbox.ts');
const { Pcpu } = await import('./pcpu.ts');
const { HostError } = await import('#lib');

const start = workerData as PcpuStart;
const control = new ControlBlock(start.control);
const post = (message: PcpuMessage): void => parentPort?.postMessage(message);
const outbox = new Outbox(control, post);

try {
  const pcpu = new Pcpu(start.config, control, outbox, () => post({ kind: 'input-room' }));
  try {
    const result = await pcpu.run();
    pcpu.close();
    outbox.flush();
    post({ kind: 'end', result, stats: pcpu.stats(start.startedMs) });
  } finally {
    pcpu.close();
  }
} catch (error) {
  outbox.flush();
  post({ kind: 'error', error: sent(error) });
}

function sent(error: unknown): SentError {
  if (error instanceof HostError) return { code: error.code, details: error.details, message: error.message };
  return { message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

/** The worker thread of a pCPU: loads its code, waits to be told what to run, ends with one message that tells how it went. */
import { enableCompileCache } from 'node:module';
import { parentPort } from 'node:worker_threads';
import type { PcpuMessage, PcpuStart, SentError } from './messages.ts';

enableCompileCache();
const told = new Promise<PcpuStart>((resolve) => parentPort?.once('message', resolve));
const { ControlBlock } = await import('./control-block.ts');
const { Outbox } = await import('./outbox.ts');
const { Pcpu } = await import('./pcpu.ts');
const { HostError } = await import('#lib');

const start = await told;
const control = new ControlBlock(start.control);
const post = (message: PcpuMessage): void => parentPort?.postMessage(message);
const outbox = new Outbox(control, post);
let pcpu: InstanceType<typeof Pcpu> | undefined;

try {
  pcpu = new Pcpu(start.config, control, outbox, () => post({ kind: 'input-room' }));
  const result = await pcpu.run();
  pcpu.close();
  outbox.flush();
  post({ kind: 'end', result, stats: pcpu.stats(start.startedMs) });
} catch (error) {
  outbox.flush();
  post({ kind: 'error', error: sent(error) });
} finally {
  pcpu?.close();
}

function sent(error: unknown): SentError {
  if (error instanceof HostError) return { code: error.code, details: error.details, message: error.message };
  return { message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

/** The worker thread that translates and compiles hot regions, so that no vCPU waits for a compiler. */
import { enableCompileCache } from 'node:module';
import { workerData } from 'node:worker_threads';
import type { CompileMessage, CompileStart } from './region-compiler.ts';

enableCompileCache();
const { compileRegions } = await import('#riscv');

/** Regions compiled as one module: enough to share its overhead, few enough that the first ones come soon. */
const BATCH = 16;

const { port, memory, settings } = workerData as CompileStart;
let waiting: CompileMessage = [];
let isScheduled = false;

port.on('message', (requests: CompileMessage) => {
  waiting = [...waiting, ...requests];
  if (isScheduled) return;
  isScheduled = true;
  setImmediate(compile);
});

/** Compiles one batch, then looks for what has come meanwhile. */
function compile(): void {
  const batch = waiting.slice(0, BATCH);
  waiting = waiting.slice(BATCH);
  const done = compileRegions(memory, batch, settings);
  if (done) port.postMessage(done);
  isScheduled = waiting.length > 0;
  if (isScheduled) setImmediate(compile);
}

/** The worker thread that translates and compiles hot regions, so that no vCPU waits for a compiler. */
import { enableCompileCache, flushCompileCache } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { workerData } from 'node:worker_threads';
import type { CompileStart, FromCompiler } from './region-compiler.ts';

// Compile functions here and now, not on the vCPU's thread at their first call.
setFlagsFromString('--no-wasm-lazy-compilation');
enableCompileCache();
const { compileRegions } = await import('#riscv');
const { RequestRing } = await import('./region-compiler.ts');
// This thread has no end of its own at which that would be done.
flushCompileCache();
/**
 * V8 optimizes a function when about so many bytes of it were executed. Its own 13 million are soon reached by what a boot
 * runs for some milliseconds, and optimizing costs more than that; what comes later runs for long, and a guest's I/O goes
 * through so many regions, each for so short, that it would wait for minutes (docs/decisions/0052-less-to-compile.md).
 */
const TIERING = [
  { fromRegion: 0, budgetBytes: 260_000_000 },
  { fromRegion: 500, budgetBytes: 26_000_000 },
] as const;

/** Regions compiled as one module: enough to share its overhead, few enough that the first ones come soon. */
const BATCH = 16;

const { port, ring: buffer, memory, settings, isChecked, atRest } = workerData as CompileStart;
const check = isChecked ? (await import('#riscv/check')).checkModule : undefined;
const ring = new RequestRing(buffer);
let count = 0;

for (;;) {
  atRest?.();
  const requests = ring.read(BATCH);
  const begunMs = performance.now();
  let done: FromCompiler | undefined;
  // The core's module is older and keeps V8's own. The flag is the process's: another machine's worker may have changed it.
  const tier = TIERING.findLast(({ fromRegion }) => count >= fromRegion) ?? TIERING[0];
  setFlagsFromString(`--wasm-tiering-budget=${tier.budgetBytes}`);
  count += requests.length;
  try {
    const regions = compileRegions(memory, requests, settings, check);
    done = regions && { ...regions, ms: performance.now() - begunMs };
  } catch (error) {
    done = { unusable: error instanceof Error ? error.message : String(error) };
  }
  if (!done) continue;
  port.postMessage(done);
  ring.notePosted();
}

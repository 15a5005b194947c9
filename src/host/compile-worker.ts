/**
 * The worker thread that translates and compiles hot regions, so that no vCPU waits for a compiler. While nobody asks for any it
 * compiles ahead what earlier runs have kept.
 */
import { once } from 'node:events';
import { flushCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type * as Translator from '#riscv';
import type { CompiledRegions, RegionRequest, SharedRegions, TranslationSettings } from '#riscv';
import { giveWay } from './give-way.ts';
import type { Batch } from './kept-code/index.ts';
import type { CompileStart, FromCompiler } from './region-compiler.ts';
import { setRegionFlags } from './v8-flags.ts';

const {
  port,
  ring: buffer,
  memory,
  isChecked,
  givesWay,
  kept: plan,
  isSharing,
  atRest,
  engineSources,
} = workerData as CompileStart;
if (givesWay) giveWay();
const told = once(port, 'message');
const { isMet, isRest, RequestRing } = await import('./region-compiler.ts');
const keptRoom = plan && (await import('./kept-code/index.ts'));
const kept = plan && keptRoom?.openKept(plan.folder, plan.isShared, engineSources);
const sharer = isSharing ? new (await import('#riscv/share')).RegionSharer(kept) : undefined;
const keeper = sharer ?? kept;
const ring = new RequestRing(buffer);
if (atRest) ring.hasRest = true;
if (kept) post({ contents: kept.index.buffer });
const check = isChecked ? (await import('#riscv/check')).checkModule : undefined;
flushCompileCache();
const [settings] = (await told) as [TranslationSettings];
/**
 * V8 optimizes a function when about so many bytes of it were executed. Its own 13 million are soon reached by what a boot
 * runs for some milliseconds, and optimizing costs more than that; what comes later runs for long, and a guest's I/O goes
 * through so many regions, each for so short, that it would wait for minutes (docs/decisions/0052-less-to-compile.md).
 */
const TIERING = [
  { fromRegion: 0, budgetBytes: 600_000_000 },
  { fromRegion: 500, budgetBytes: 26_000_000 },
] as const;

/** Regions compiled as one module: enough to share its overhead, few enough that the first ones come soon. */
const BATCH = 16;
let count = 0;
/** By now it has called most of what a start calls: what V8 has compiled of that is kept, if it was not before. */
const OLD_MS = 3000;
let mayRest = true;
let translator: typeof Translator | undefined;

const waiting: RegionRequest[] = [];
for (let hasEnded = false; ; ) {
  const hasGiven = giveKept(kept?.next(BATCH));
  const isIdle = !hasGiven && waiting.length === 0;
  if (isIdle && performance.now() > OLD_MS) rest();
  const all = ring.read(BATCH, isIdle);
  for (const one of all) if (isMet(one)) kept?.met(one.machine);
  hasEnded ||= all.some(isRest);
  waiting.push(...all.filter((one) => !isMet(one) && !isRest(one)));
  // What translates takes its time to be loaded: what is there already comes first.
  if (waiting.length > 0 && !(hasGiven && !translator)) await answer(waiting.splice(0));
  if (hasEnded && waiting.length === 0) rest();
}

function rest(): void {
  if (!mayRest) return;
  mayRest = false;
  atRest?.();
  ring.hasRest = false;
}

async function answer(requests: readonly RegionRequest[]): Promise<void> {
  translator ??= await loadTranslator();
  const begunMs = performance.now();
  beginModule(requests.length);
  try {
    const regions = compile(translator, requests);
    if (regions) post({ ...regions, ms: performance.now() - begunMs });
    share(sharer?.ofRequests(regions));
  } catch (error) {
    post({ unusable: error instanceof Error ? error.message : String(error) });
  }
  kept?.exchange();
}

function compile(
  { compileRegions }: typeof Translator,
  requests: readonly RegionRequest[],
): CompiledRegions | undefined {
  try {
    return compileRegions(memory, requests, settings, check, keeper);
  } catch (error) {
    if (isChecked || !kept?.isTrusted) throw error;
    kept.distrust();
    return compileRegions(memory, requests, settings, check, keeper);
  }
}

/** Where all code is kept there is nothing to translate for a while. */
async function loadTranslator(): Promise<typeof Translator> {
  const loaded = await import('#riscv');
  // This thread has no end of its own at which that would be done.
  flushCompileCache();
  return loaded;
}

/** @returns whether there may be more of it. */
function giveKept(batch: Batch | undefined): boolean {
  if (!batch || !keptRoom) return false;
  const begunMs = performance.now();
  beginModule(batch.regions.length);
  try {
    const done = keptRoom.compileKept(memory, batch.regions, batch.kept, check);
    post({ ...done, ms: performance.now() - begunMs });
    share(sharer?.ofKept(done));
  } catch (error) {
    // What was kept may be anything: when it is no code, all of it is translated anew.
    kept?.distrust();
    if (isChecked) post({ unusable: error instanceof Error ? error.message : String(error) });
  }
  return true;
}

/** The core's module is older and keeps V8's own. The flag is the process's: another machine's worker may have changed it. */
function beginModule(regions: number): void {
  const tier = TIERING.findLast(({ fromRegion }) => count >= fromRegion) ?? TIERING[0];
  setRegionFlags(tier.budgetBytes);
  count += regions;
}

function share(regions: SharedRegions | undefined): void {
  if (regions) parentPort?.postMessage(regions);
}

function post(message: FromCompiler): void {
  port.postMessage(message);
  ring.notePosted();
}

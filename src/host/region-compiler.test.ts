// The compile worker that checks what it compiles.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { MachineMemory } from '#kernel';
import { createEngine, engineAreaBytes, type SharedRegions, type TranslationSettings } from '#riscv';
import { CompilerThread } from './compiler-thread.ts';
import { decodeRecords, encodeContent, encodeRegion } from './kept-code/records.ts';
import { type CompilerPlan, WorkerCompiler } from './region-compiler.ts';

const ALONE = { previous: 0, next: 0 };

const root = mkdtempSync(join(tmpdir(), 'vmk-compiler-'));
after(() => rmSync(root, { recursive: true }));

const MEMORY_BYTES = 8 << 20;

/** With its thread. */
class OwnCompiler extends WorkerCompiler {
  readonly #thread: CompilerThread;
  /** What it has made for others. */
  readonly made: SharedRegions[] = [];

  constructor(memory: WebAssembly.Memory, plan: CompilerPlan) {
    const thread = new CompilerThread(memory, plan);
    super(thread.seat);
    this.#thread = thread.begin(undefined, (regions) => this.made.push(regions));
  }

  share(regions: SharedRegions): void {
    this.#thread.share(regions);
  }

  close(): Promise<void> {
    return this.#thread.close();
  }
}

/** Takes until something comes. */
async function taken(compiler: WorkerCompiler): Promise<number> {
  for (;;) {
    const { length } = compiler.take();
    if (length > 0) return length;
    await new Promise(setImmediate);
  }
}

/** A compiler with settings of a real engine, and a loop at `machine` to compile. */
function prepared(
  isChecked: boolean,
  changes: Partial<TranslationSettings> = {},
  folder?: string,
  isSharing = false,
): OwnCompiler {
  const memory = new MachineMemory(MEMORY_BYTES + engineAreaBytes(MEMORY_BYTES) + (1 << 20));
  const bytes = engineAreaBytes(MEMORY_BYTES);
  const kept = folder === undefined ? undefined : { folder, isShared: false };
  const compiler = new OwnCompiler(memory.memory, { isChecked, kept, isSharing });
  const area = { base: memory.allocateTable('decoded code', bytes), bytes };
  const code = memory.allocateTable('guest', 4096);
  // sw x10, 0(x11); addi x5, x5, -1; bne x5, x0, -8; jalr x0, 0(x1)
  new Uint32Array(memory.memory.buffer).set([0x00a5a023, 0xfff28293, 0xfe029ce3, 0x00008067], code >>> 2);
  createEngine('jit', {
    ...{ memory: memory.memory, area, clock: { ticks: () => 0 } },
    compiler: {
      isImmediate: false,
      begin: ({ hasFusedMadd }) => compiler.begin({ hasFusedMadd, ...changes }),
      submit: () => false,
      take: () => [],
    },
  });
  compiler.submit({
    ...{ id: 1, machine: code, offset: 0, page: 0x8000_0000n, mode: 1 },
    ...{ ...ALONE, contents: { own: 1, ...ALONE } },
  });
  return compiler;
}

test('WorkerCompiler: what is safe is compiled, checked or not, and counted', async () => {
  for (const isChecked of [false, true]) {
    const compiler = prepared(isChecked);
    assert.equal(await taken(compiler), 1);
    assert.equal(compiler.modules, 1);
    assert.ok(compiler.compiledMs > 0);
    await compiler.close();
  }
});

test('WorkerCompiler: code that cannot be trusted is an error of who takes it', async () => {
  const compiler = prepared(true, { profile: { codeTable: 2 ** 40, counters: 0 } });
  await assert.rejects(taken(compiler), /offset|range/i);
  await compiler.close();
});

/** What comes, until a module of that kind does. */
async function takenUntil(compiler: WorkerCompiler, kind: 'ids' | 'kept'): Promise<string[]> {
  const kinds: string[] = [];
  while (!kinds.includes(kind)) {
    for (const one of compiler.take()) kinds.push('kept' in one ? 'kept' : 'ids' in one ? 'ids' : 'contents');
    await new Promise(setImmediate);
  }
  return kinds;
}

/** The file of kept code, once something was written into it. */
async function writtenIn(folder: string): Promise<string> {
  for (;;) {
    const path = join(folder, readdirSync(folder)[0] ?? '');
    if (readFileSync(path).length > 4096) return path;
    await new Promise(setImmediate);
  }
}

test('WorkerCompiler: what one has translated another gives without being asked, or translates anew if it is no code', async () => {
  const folder = join(root, 'code');
  const first = prepared(false, {}, folder);
  assert.deepEqual(await takenUntil(first, 'ids'), ['contents', 'ids']);
  const path = await writtenIn(folder);
  await first.close();
  const second = prepared(true, {}, folder);
  assert.deepEqual((await takenUntil(second, 'kept')).slice(0, 2), ['contents', 'kept']);
  await second.close();
  const broken = decodeRecords(readFileSync(path)).records.map((one) => {
    if (one.kind === 'content') return encodeContent(one.words);
    const body = { bytes: Uint8Array.of(0, 0xff, 0x0b), hints: new Uint8Array(), marks: new Int32Array() };
    return encodeRegion(one.place, body);
  });
  writeFileSync(path, Buffer.concat(broken));
  const third = prepared(false, {}, folder);
  assert.deepEqual(await takenUntil(third, 'ids'), ['contents', 'ids']);
  await third.close();
});

test('WorkerCompiler: what one has compiled another is given, as much as waits for one that takes nothing', async () => {
  const [first, second] = [prepared(true, {}, undefined, true), prepared(false, {}, undefined, true)];
  while (first.made.length === 0) await new Promise(setImmediate);
  const [regions] = first.made as [SharedRegions];
  assert.deepEqual(regions.shared, [{ content: 0, page: 0x8000_0000n, mode: 1, offset: 0 }]);
  assert.equal(regions.contents[0]?.[0], 0x00a5a023);
  for (let copy = 0; copy < 600; copy++) second.share(regions);
  const counts: number[] = [];
  do counts.push(second.take().filter((one) => 'shared' in one).length);
  while ((counts.at(-1) as number) > 0);
  assert.ok(counts.every((count) => count <= 8));
  assert.equal(
    counts.reduce((a, b) => a + b),
    512,
  );
  second.share(regions);
  assert.ok(second.take().some((one) => 'shared' in one));
  await Promise.all([first.close(), second.close()]);
});

// Tests of the core's module as it is kept: it comes back as it was, and its key tells all that it depends on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CoreOptions, writeCoreModule } from './core-module.ts';
import { coreKey, coreOf, keptCore } from './kept-core.ts';
import { codeArea } from './layout.ts';

const OPTIONS: CoreOptions = {
  area: codeArea(0, 2 ** 24, 2 ** 26),
  ...{ owner: 1, isShared: false, hasFusedMadd: false, hasStoreOrder: false },
  memoryPages: { initial: 1024, maximum: 1024 },
  regions: { hotThreshold: 4000 },
};

test('keptCore, coreOf: the same module, and the same opcodes', () => {
  const written = writeCoreModule(OPTIONS);
  const kept = keptCore(written);
  const back = coreOf(structuredClone(kept));
  assert.deepEqual(back.bytes, written.bytes);
  assert.deepEqual(back.handlers.writesF, written.handlers.writesF);
  assert.ok(kept.writesF.length > 0);
  assert.throws(() => coreOf({ ...kept, writesF: [100_000] }), RangeError);
});

test('coreKey: modules that differ have other keys', () => {
  const others: CoreOptions[] = [
    { ...OPTIONS, owner: 2 },
    { ...OPTIONS, isShared: true },
    { ...OPTIONS, hasFusedMadd: true },
    { ...OPTIONS, hasStoreOrder: true },
    { ...OPTIONS, area: codeArea(4096, 2 ** 24, 2 ** 26) },
    { ...OPTIONS, memoryPages: { initial: 1024, maximum: 2048 } },
    { ...OPTIONS, regions: { hotThreshold: 8000 } },
  ];
  assert.equal(new Set([OPTIONS, ...others].map(coreKey)).size, others.length + 1);
});

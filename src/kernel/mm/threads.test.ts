// Machine memory and page maps that several threads use at once: no page is lost, given twice or handed out dirty.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { PAGE_BYTES } from '#riscv';
import { GuestMap } from './guest-map.ts';
import { MachineMemory } from './machine-memory.ts';
import type { PageWork } from './testing/page-worker.ts';
import type { RunWork } from './testing/run-worker.ts';

const PAGES = 160;
const RAM_PAGES = 16;
const THREADS = 3;
const ROUNDS = 20_000;

test('MachineMemory, GuestMap: threads that take, give and resolve at once agree about every page', async () => {
  const machine = new MachineMemory(PAGES * PAGE_BYTES);
  const options = { ramBase: 0x8000_0000, ramBytes: RAM_PAGES * PAGE_BYTES, onHostWrite: () => {} };
  const map = new GuestMap(machine, options);
  const total = machine.allocateTable('the total', 4);
  const before = machine.freePages;
  const answers = Array.from({ length: THREADS }, async (_, index) => {
    const shared = { memory: machine.memory, place: map.place, total };
    const work: PageWork = { ...shared, seed: index + 1, rounds: ROUNDS };
    const worker = new Worker(new URL('./testing/page-worker.ts', import.meta.url), { workerData: work });
    const [[problems]] = await Promise.all([once(worker, 'message'), once(worker, 'exit')]);
    return problems as string[];
  });
  assert.deepEqual((await Promise.all(answers)).flat(), []);

  const words = new Int32Array(machine.memory.buffer);
  let counted = 0;
  map.forEachBacked((_ppn, bytes) => (counted += words[bytes.byteOffset / 4] as number));
  assert.equal(counted, words[total / 4], 'a page was backed twice, and counts were lost');
  assert.ok(counted > 0);
  assert.equal(machine.freePages, before - map.count('private'));
  map.releaseAll();
  assert.equal(machine.freePages, before);
});

test('MachineMemory: neighbouring pages are found while other threads take some of them', async () => {
  const [pages, rounds] = [5, 100_000];
  const machine = new MachineMemory(PAGES * PAGE_BYTES);
  const work: RunWork = { memory: machine.memory, pages, rounds };
  const answers = Array.from({ length: THREADS }, async () => {
    const worker = new Worker(new URL('./testing/run-worker.ts', import.meta.url), { workerData: work });
    const [[refused]] = await Promise.all([once(worker, 'message'), once(worker, 'exit')]);
    return refused as number;
  });
  assert.deepEqual(await Promise.all(answers), [0, 0, 0]);
});

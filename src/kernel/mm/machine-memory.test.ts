// Machine memory: pages handed out, taken back and cleared; what happens when there are none.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostError } from '#lib';
import { PAGE_BYTES } from '#riscv';
import { MachineMemory } from './machine-memory.ts';

const PAGES = 32;

test('allocatePage: hands out every page but 0, each once, then 0', () => {
  const memory = new MachineMemory(PAGES * PAGE_BYTES);
  const given = Array.from({ length: PAGES - 1 }, () => memory.allocatePage());
  assert.deepEqual(
    given.toSorted((a, b) => a - b),
    Array.from({ length: PAGES - 1 }, (_, i) => i + 1),
  );
  assert.equal(memory.freePages, 0);
  assert.equal(memory.allocatePage(), 0);
});

test('freePage: the page comes back full of zeros', () => {
  const memory = new MachineMemory(PAGES * PAGE_BYTES);
  const mpn = memory.allocatePage();
  memory.bytes.fill(0xaa, mpn * PAGE_BYTES, (mpn + 1) * PAGE_BYTES);
  memory.freePage(mpn);
  assert.equal(memory.allocatePage(), mpn);
  assert.ok(memory.bytes.subarray(mpn * PAGE_BYTES, (mpn + 1) * PAGE_BYTES).every((byte) => byte === 0));
});

test('allocateRun: neighbours, or 0 when there are not so many', () => {
  const memory = new MachineMemory(PAGES * PAGE_BYTES);
  assert.equal(memory.allocateRun(10), 1);
  assert.equal(memory.allocateRun(10), 11);
  assert.equal(memory.allocateRun(PAGES), 0);
  assert.equal(memory.freePages, PAGES - 21);
});

test('allocateTable: says what did not fit', () => {
  const memory = new MachineMemory(PAGES * PAGE_BYTES);
  assert.equal(memory.allocateTable('a table', 5000), PAGE_BYTES);
  assert.throws(() => memory.allocateTable('the big table', PAGES * PAGE_BYTES), {
    name: 'HostError',
    message: /the big table: machine memory is used up \(29 pages/,
  });
});

test('MachineMemory: more than 4 GiB is refused', () => {
  assert.throws(
    () => new MachineMemory(2 ** 32 + 1),
    (error) => error instanceof HostError && error.code === 'host-limit',
  );
});

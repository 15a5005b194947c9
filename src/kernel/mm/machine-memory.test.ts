// Machine memory: pages handed out, taken back and cleared; what happens when there are none.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostError } from '#lib';
import { PAGE_BYTES } from '#riscv';
import { MachineMemory, poolPages } from './machine-memory.ts';

const PAGES = 32;
/** Pages before it are the pool's own. */
const FIRST = poolPages(PAGES);
const GIVEN = PAGES - FIRST;

test('allocatePage: hands out every page but its own, each once, then 0', () => {
  const memory = new MachineMemory(PAGES * PAGE_BYTES);
  const given = Array.from({ length: GIVEN }, () => memory.allocatePage());
  assert.deepEqual(
    given.toSorted((a, b) => a - b),
    Array.from({ length: GIVEN }, (_, i) => FIRST + i),
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
  assert.equal(memory.allocateRun(10), FIRST);
  assert.equal(memory.allocateRun(10), FIRST + 10);
  assert.equal(memory.allocateRun(PAGES), 0);
  assert.equal(memory.freePages, GIVEN - 20);
  for (let mpn = FIRST + 3; mpn < FIRST + 13; mpn++) memory.freePage(mpn);
  assert.equal(memory.allocateRun(10), FIRST + 3, 'also pages that were freed');
});

test('allocateTable: says what did not fit', () => {
  const memory = new MachineMemory(PAGES * PAGE_BYTES);
  assert.equal(memory.allocateTable('a table', 5000), FIRST * PAGE_BYTES);
  assert.throws(() => memory.allocateTable('the big table', PAGES * PAGE_BYTES), {
    name: 'HostError',
    message: /the big table: machine memory is used up \(27 pages/,
  });
});

test('zeroPage: full of zeros, and never handed out', () => {
  const memory = new MachineMemory(PAGES * PAGE_BYTES);
  assert.ok(memory.page(memory.zeroPage).every((byte) => byte === 0));
  for (let mpn = memory.allocatePage(); mpn !== 0; mpn = memory.allocatePage()) {
    assert.notEqual(mpn, memory.zeroPage);
  }
});

test('freePage: a page that is filled by its taker is clean to the next one', () => {
  const memory = new MachineMemory(PAGES * PAGE_BYTES);
  const mpn = memory.allocateRaw();
  memory.page(mpn).fill(1);
  memory.freePage(mpn);
  assert.equal(memory.allocatePage(), mpn);
  assert.ok(memory.page(mpn).every((byte) => byte === 0));
});

test('freePage: twice is our own mistake', () => {
  const memory = new MachineMemory(PAGES * PAGE_BYTES);
  const mpn = memory.allocatePage();
  memory.freePage(mpn);
  assert.throws(() => memory.freePage(mpn), /freed twice/);
});

test('trim: free pages that were used go to the platform, in runs, and are clean then', () => {
  const memory = new MachineMemory(PAGES * PAGE_BYTES);
  const first = memory.allocateRun(8);
  for (let mpn = first; mpn < first + 8; mpn++) memory.page(mpn).fill(1);
  for (const mpn of [0, 1, 2, 5, 6].map((i) => first + i)) memory.freePage(mpn);
  const free = memory.freePages;
  const given: [number, number][] = [];
  const give = (address: number, bytes: number): boolean => {
    given.push([address / PAGE_BYTES - first, bytes / PAGE_BYTES]);
    memory.bytes.fill(0, address, address + bytes);
    return true;
  };
  assert.equal(memory.trim(4, give), 4);
  assert.deepEqual(given, [
    [0, 3],
    [5, 1],
  ]);
  assert.equal(memory.trim(100, give), 1);
  assert.equal(memory.trim(100, give), 0, 'the others were never used');
  assert.equal(memory.freePages, free);
  for (let mpn = memory.allocatePage(); mpn !== 0; mpn = memory.allocatePage()) {
    assert.ok(memory.page(mpn).every((byte) => byte === 0));
  }
});

test('trim: where the platform does not take pages they stay, and are cleared as before', () => {
  const memory = new MachineMemory(PAGES * PAGE_BYTES);
  const mpn = memory.allocatePage();
  memory.page(mpn).fill(1);
  memory.freePage(mpn);
  assert.equal(
    memory.trim(10, () => false),
    0,
  );
  assert.equal(memory.allocatePage(), mpn);
  assert.ok(memory.page(mpn).every((byte) => byte === 0));
});

test('attach: one pool, seen from two sides', () => {
  const memory = new MachineMemory(PAGES * PAGE_BYTES);
  const other = MachineMemory.attach(memory.memory);
  assert.equal(other.zeroPage, memory.zeroPage);
  const mpn = memory.allocatePage();
  assert.notEqual(other.allocatePage(), mpn);
  assert.equal(memory.freePages, GIVEN - 2);
  other.freePage(mpn);
  assert.equal(memory.allocatePage(), mpn);
});

test('attach: other memories are refused', () => {
  const memory = new WebAssembly.Memory({ initial: 2, maximum: 2, shared: true });
  assert.throws(() => MachineMemory.attach(memory), /no machine memory/);
});

test('MachineMemory: more than 4 GiB is refused', () => {
  assert.throws(
    () => new MachineMemory(2 ** 32 + 1),
    (error) => error instanceof HostError && error.code === 'host-limit',
  );
});

test('recoverCleaning: pages that a dead thread was giving to the system are free again, and dirty', () => {
  const memory = new MachineMemory(PAGES * PAGE_BYTES);
  const used = memory.allocateRun(10);
  for (let mpn = used; mpn < used + 10; mpn++) {
    memory.bytes.fill(0xaa, mpn * PAGE_BYTES, (mpn + 1) * PAGE_BYTES);
    memory.freePage(mpn);
  }
  const kept = memory.allocatePage();
  const giving = () =>
    memory.trim(PAGES, () => {
      throw new Error('the thread dies here');
    });
  assert.throws(giving);
  assert.equal(memory.freePages, GIVEN - 10);
  assert.equal(memory.frames.recoverCleaning(), 9);
  assert.equal(memory.freePages, GIVEN - 1);
  assert.equal(memory.frames.users(kept), 1);
  const next = memory.allocateRun(9);
  assert.ok(memory.bytes.subarray(next * PAGE_BYTES, (next + 9) * PAGE_BYTES).every((byte) => byte === 0));
});

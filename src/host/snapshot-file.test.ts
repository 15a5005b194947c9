// Snapshots as files: memory there and back, built on one another; whatever is damaged is refused.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { GuestMap, MachineMemory } from '#kernel';
import { HostError, SeededRandom } from '#lib';
import { PAGE_BYTES } from '#riscv';
import type { MachineStateV1 } from '#vmm';
import { checkSnapshot, readSnapshot, removeBrokenSaves } from './snapshot-file.ts';
import { writeSnapshot } from './snapshot-write.ts';

const RAM = 0x8000_0000;
const PAGES = 600;
const STATE = {
  version: 1,
  shape: { ramBytes: PAGES * PAGE_BYTES, harts: 1, deterministic: false, console: 'serial' },
  stepsBefore: 2n ** 63n,
  harts: [
    {
      x: [1n, -2n],
      bytes: Uint8Array.of(1, 2, 255),
      words: Uint32Array.of(7, 2 ** 32 - 1),
      more: [Number.NEGATIVE_INFINITY, 1],
    },
  ],
  loop: { next: 0 },
  ticks: Number.POSITIVE_INFINITY,
  board: { devices: { plic: { levels: new Map([[1, true]]) } } },
  pages: new Map(),
} as unknown as MachineStateV1;

function make(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'vmk-snapshot-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const newMap = () => {
    const memory = new MachineMemory(4 * PAGES * PAGE_BYTES);
    return new GuestMap(memory, { ramBase: RAM, ramBytes: PAGES * PAGE_BYTES, onHostWrite: () => {} });
  };
  return { path: (name: string) => join(folder, name), newMap };
}

function put(map: GuestMap, page: number, value: number): void {
  map.views(RAM + page * PAGE_BYTES, PAGE_BYTES, true)?.[0]?.fill(value);
  map.endViews();
}
const first = (map: GuestMap, page: number): number =>
  map.pageBytes(RAM / PAGE_BYTES + page)?.[PAGE_BYTES - 1] ?? 0;

test('writeSnapshot, readSnapshot: state and memory come back; pages of zeros take no space', async (t) => {
  const { path, newMap } = make(t);
  const map = newMap();
  for (let page = 0; page < PAGES; page += 2) put(map, page, (page % 255) + 1);
  put(map, 1, 0);
  const saved = await writeSnapshot(path('a'), map, { state: STATE });
  assert.equal(saved.pages, PAGES / 2);
  assert.ok(statSync(path('a')).size < (PAGES / 2 + 1) * (PAGE_BYTES + 8) + 4096);
  const read = readSnapshot(path('a'));
  assert.deepEqual(read.state, STATE);
  const other = newMap();
  read.fill(other);
  for (let page = 0; page < PAGES; page++) assert.equal(first(other, page), first(map, page), `page ${page}`);
});

test('writeSnapshot: on a base it holds what was written since, zeros too', async (t) => {
  const { path, newMap } = make(t);
  const map = newMap();
  for (const page of [0, 1, 2]) put(map, page, 9);
  await writeSnapshot(path('a'), map, { state: STATE });
  put(map, 1, 0);
  put(map, 5, 4);
  const onBase = { state: STATE, base: { path: path('a'), written: [5, 1] } };
  assert.equal((await writeSnapshot(path('b'), map, onBase)).pages, 2);
  const other = newMap();
  readSnapshot(path('b')).fill(other);
  assert.deepEqual(
    [0, 1, 2, 5].map((page) => first(other, page)),
    [9, 0, 9, 4],
  );
  const whole = readFileSync(path('a'));
  put(map, 0, 8);
  await writeSnapshot(path('a'), map, { state: { ...STATE, stepsBefore: 1n } });
  assert.throws(() => readSnapshot(path('b')), /b": it builds on another snapshot than "a" is now/);
  writeFileSync(path('a'), whole);
  readSnapshot(path('b')).fill(newMap());
  rmSync(path('a'));
  assert.throws(() => readSnapshot(path('b')), /snapshot .*a/);
});

test('checkSnapshot: finds what is damaged anywhere in the chain, and names file and place', async (t) => {
  const { path, newMap } = make(t);
  const map = newMap();
  for (let page = 0; page < PAGES; page++) put(map, page, page + 1);
  await writeSnapshot(path('a'), map, { state: STATE });
  put(map, 1, 0);
  await writeSnapshot(path('b'), map, { state: STATE, base: { path: path('a'), written: [1] } });
  await checkSnapshot(path('b'));
  const whole = readFileSync(path('a'));
  const damaged = Buffer.from(whole);
  damaged[whole.length - 10] = (damaged[whole.length - 10] as number) ^ 1;
  writeFileSync(path('a'), damaged);
  await assert.rejects(checkSnapshot(path('b')), /snapshot ".*a": memory at byte \d+ has another checksum/);
  writeFileSync(path('a'), whole.subarray(0, whole.length - 1));
  await assert.rejects(checkSnapshot(path('b')), /snapshot ".*a": it has not the \d+ bytes/);
});

test('readSnapshot: whatever byte is another, and wherever it ends, it is refused', async (t) => {
  const { path, newMap } = make(t);
  const map = newMap();
  for (let page = 0; page < 300; page++) put(map, page, page + 1);
  await writeSnapshot(path('a'), map, { state: STATE });
  const whole = readFileSync(path('a'));
  const random = new SeededRandom(11);
  const refused = (bytes: Uint8Array, what: string): void => {
    writeFileSync(path('b'), bytes);
    assert.throws(
      () => readSnapshot(path('b')).fill(newMap()),
      (error) => error instanceof HostError && error.code === 'archive-damaged',
      what,
    );
  };
  for (let round = 0; round < 60; round++) {
    const at = random.below(round % 2 === 0 ? 2000 : whole.length);
    const copy = Buffer.from(whole);
    copy[at] = (copy[at] as number) ^ (1 << random.below(8));
    refused(copy, `byte ${at}`);
    const end = random.below(whole.length);
    refused(whole.subarray(0, end), `cut at ${end}`);
  }
});

test('writeSnapshot: when it fails the file that was there is whole, and nothing else is left', async (t) => {
  const { path, newMap } = make(t);
  await assert.rejects(
    writeSnapshot(path('none/a'), newMap(), { state: STATE }),
    (error) => error instanceof HostError && error.code === 'file-io',
  );
  assert.equal(existsSync(path('none')), false);
});

test('removeBrokenSaves: what was not renamed yet goes, all else stays', (t) => {
  const { path } = make(t);
  for (const name of ['a-Snapshot1.vmsn', 'a-Snapshot2.vmsn~', 'a.vmss~', 'a.vmx~'])
    writeFileSync(path(name), '');
  removeBrokenSaves(path('.'));
  assert.deepEqual(readdirSync(path('.')).toSorted(), ['a-Snapshot1.vmsn', 'a.vmx~']);
});

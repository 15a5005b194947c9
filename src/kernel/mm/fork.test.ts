// Forks of a VM's map: everything is common until somebody writes it, nothing leaks, and nobody sees another's writes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { forkMap } from './fork.ts';
import type { GuestMap } from './guest-map.ts';
import { TestMaps } from './testing/maps.ts';

const HOST = { onHostWrite: () => {} };

function fork(t: TestMaps, parent: GuestMap): GuestMap {
  const child = forkMap(t.machine, parent, HOST);
  assert.ok(typeof child !== 'string');
  return child;
}

test('forkMap: shares what there is, and copies what is written, on either side', () => {
  const t = new TestMaps(64, 16);
  const parent = t.map();
  t.write(parent, 1, 11);
  t.write(parent, 2, 22);
  t.read(parent, 3);
  const free = t.machine.freePages;
  const child = fork(t, parent);
  assert.ok(free - t.machine.freePages <= 1, 'only the table is new');
  assert.deepEqual(
    [1, 2, 3, 4].map((page) => t.rights(parent, page)),
    ['r', 'r', 'r', ''],
  );
  assert.deepEqual(
    [1, 2, 3, 4].map((page) => t.read(child, page)),
    [11, 22, 0, 0],
  );
  t.write(child, 1, 111);
  t.write(parent, 2, 222);
  assert.deepEqual([t.read(parent, 1), t.read(parent, 2)], [11, 222]);
  assert.deepEqual([t.read(child, 1), t.read(child, 2)], [111, 22]);
});

test('forkMap: what harts of the parent know of addresses is stale', () => {
  const t = new TestMaps(64, 16);
  const parent = t.map();
  t.write(parent, 0, 1);
  const { epoch } = parent;
  fork(t, parent);
  assert.notEqual(parent.epoch, epoch);
});

test('forkMap: the last one that has a page writes it without a copy', () => {
  const t = new TestMaps(64, 16);
  const parent = t.map();
  t.write(parent, 0, 1);
  const child = fork(t, parent);
  t.write(child, 0, 2);
  const free = t.machine.freePages;
  t.write(parent, 0, 3);
  assert.equal(t.machine.freePages, free);
  assert.equal(t.read(child, 0), 2);
  assert.equal(parent.count('shared'), 0);
});

test('forkMap: it is counted when a page that was common may be written, before it is', () => {
  const t = new TestMaps(64, 16);
  const parent = t.map();
  for (const page of [0, 1]) t.write(parent, page, 1);
  const { frames } = t.machine;
  const before = frames.commonEpoch;
  const child = fork(t, parent);
  t.write(child, 0, 2);
  assert.equal(frames.commonEpoch, before, 'the parent alone has it, and cannot write it yet');
  assert.ok(frames.isShared(parent.machinePage(0x8_0000)));
  t.write(parent, 0, 3);
  assert.equal(frames.commonEpoch, before + 1);
  parent.destroy();
  assert.equal(frames.commonEpoch, before + 1, 'the child has the other page still');
  child.destroy();
  assert.equal(frames.commonEpoch, before + 2);
});

test('forkMap: says so when a page that was swapped out cannot come back', () => {
  const t = new TestMaps(64, 16);
  const swapped = { put: (index: number) => index, read: () => false, release: () => {} };
  const parent = t.map({ stores: { swapped } });
  t.write(parent, 0, 1);
  const { table } = parent.changer;
  const entry = parent.changer.lock(0);
  parent.changer.forget(entry);
  parent.changer.unlock(0, entry, 'swapped', 0, 0);
  assert.equal(table.count('swapped'), 1);
  assert.equal(forkMap(t.machine, parent, HOST), 'lost');
});

test('forkMap: a tree of forks that write at random, each against its own model; all pages come back at the end', () => {
  const t = new TestMaps(1024, 16);
  const random = new SeededRandom(5);
  const below = (limit: number) => random.nextU32() % limit;
  const free = t.machine.freePages;
  const living: { map: GuestMap; model: number[] }[] = [{ map: t.map(), model: Array(16).fill(0) }];
  for (let round = 1; round < 4000; round++) {
    const which = below(living.length);
    const { map, model } = living[which] as (typeof living)[number];
    const page = below(16);
    const dice = below(100);
    if (dice < 3 && living.length < 20) living.push({ map: fork(t, map), model: [...model] });
    else if (dice < 5 && living.length > 1) {
      map.destroy();
      living.splice(which, 1);
    } else if (dice < 10) {
      map.release(0x8_0000 + page);
      model[page] = 0;
    } else if (dice < 60) {
      t.write(map, page, round);
      model[page] = round;
    } else assert.equal(t.read(map, page), model[page]);
  }
  for (const { map, model } of living) {
    assert.deepEqual(
      model.map((_, page) => t.read(map, page)),
      model,
    );
    map.destroy();
  }
  assert.equal(t.machine.freePages, free);
});

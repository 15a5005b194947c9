// Pages that are moved together: their bytes and their rights are the guest's as before, and no machine page is lost.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DirtyLog } from './dirty-log.ts';
import { forkMap } from './fork.ts';
import { gatherPages } from './gather.ts';
import type { GuestMap } from './guest-map.ts';
import { FIRST, RAM, TestMaps } from './testing/maps.ts';

const RAM_PAGES = 16;
const PAGE = 4096;

/** A map whose pages 0, 1, 2 … lie in this order in machine memory; page n holds n + 1. */
function scattered(order: readonly number[], host: Parameters<TestMaps['map']>[0] = {}) {
  const t = new TestMaps(96, RAM_PAGES);
  const map = t.map(host);
  for (const page of order) t.write(map, page, page + 1);
  return { t, map, mpns: machinePages(map, order.length) };
}

const machinePages = (map: GuestMap, count: number): number[] =>
  Array.from({ length: count }, (_, page) => map.machinePage(FIRST + page));

const ORDER = [3, 0, 5, 2, 4, 1];

test('gatherPages: they follow one another, with their bytes and rights, and nothing is lost', () => {
  const told: number[] = [];
  const { t, map, mpns } = scattered(ORDER, { onHostWrite: (mpn) => told.push(mpn) });
  const { freePages } = t.machine;
  const { epoch } = map;
  assert.equal(gatherPages(map, mpns), 6);
  const now = machinePages(map, 6);
  assert.deepEqual(
    now,
    now.map((_, page) => (now[0] as number) + page),
  );
  for (let page = 0; page < 6; page++) {
    assert.equal(t.read(map, page), page + 1);
    assert.equal(t.rights(map, page), 'rw');
    assert.equal(map.pageOf(mpns[page] as number), -1, 'where it was is nobody’s');
  }
  assert.equal(t.machine.freePages, freePages);
  assert.notEqual(map.epoch, epoch, 'harts look anew');
  assert.deepEqual(new Set(told), new Set(mpns), 'code that was there is stale');
  map.destroy();
});

test('gatherPages: harts come back once, when nobody has rights to any of them', () => {
  let seen: string[] = [];
  let count = 0;
  const { t, map, mpns } = scattered(ORDER, {
    quiesce: () => {
      count++;
      seen = ORDER.map((page) => t.rights(map, page));
    },
  });
  gatherPages(map, mpns);
  assert.equal(count, 1);
  assert.deepEqual(
    seen,
    ORDER.map(() => ''),
  );
});

test('gatherPages: what is common, viewed, or without rights stays where it is', () => {
  const { t, map, mpns } = scattered(ORDER);
  const [viewed, watched] = [2, 4];
  map.views(RAM + viewed * PAGE, 8, true);
  const log = new DirtyLog(map).open();
  log.take();
  for (let page = 0; page < 6; page++) if (page !== watched) t.write(map, page, page + 1);
  assert.equal(gatherPages(map, mpns), 4);
  for (const page of [viewed, watched]) assert.equal(map.machinePage(FIRST + page), mpns[page]);
  map.endViews();
  assert.deepEqual(log.take(), [0, 1, 2, 3, 5], 'written, as far as anybody who copies the VM is told');
  const child = forkMap(t.machine, map, { onHostWrite: () => {} });
  assert.ok(typeof child !== 'string');
  const before = t.machine.freePages;
  assert.equal(gatherPages(map, machinePages(map, 6)), 0, 'all are common');
  assert.equal(t.machine.freePages, before);
  for (let page = 0; page < 6; page++) assert.equal(t.read(map, page), page + 1);
});

test('gatherPages: nothing is moved without room for it, or when most would stay', () => {
  const { t, map, mpns } = scattered(ORDER);
  map.spare = t.machine.freePages - 5;
  assert.equal(gatherPages(map, mpns), 0);
  map.spare = 0;
  map.views(RAM, 3 * PAGE, true);
  const { freePages } = t.machine;
  assert.equal(gatherPages(map, mpns), 0, 'three of six');
  assert.equal(t.machine.freePages, freePages);
  assert.deepEqual(machinePages(map, 6), mpns);
  map.endViews();
  const taken: number[] = [];
  for (let mpn = t.machine.allocatePage(); mpn !== 0; mpn = t.machine.allocatePage()) taken.push(mpn);
  for (const [at, mpn] of taken.entries()) if (at % 2 === 0) t.machine.freePage(mpn);
  assert.ok(t.machine.freePages > 6);
  assert.equal(gatherPages(map, mpns), 0, 'no two free pages are neighbours');
  assert.deepEqual(machinePages(map, 6), mpns);
});

test('gatherPages: machine pages of nobody are passed over', () => {
  const { t, map, mpns } = scattered(ORDER);
  const foreign = t.machine.allocatePage();
  assert.equal(gatherPages(map, [...mpns, foreign]), 6);
  assert.equal(t.machine.frames.users(foreign), 1);
});

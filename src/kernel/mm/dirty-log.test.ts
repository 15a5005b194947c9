// Which pages were written since somebody last asked: by harts, by devices, by giving back; for several that ask.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PAGE_BYTES } from '#riscv';
import { DirtyLog } from './dirty-log.ts';
import { forkMap } from './fork.ts';
import { FIRST, RAM, TestMaps } from './testing/maps.ts';

test('take: at first every page that was touched, then those written since', () => {
  const t = new TestMaps(64, 16);
  const map = t.map();
  for (const page of [1, 2, 3]) t.write(map, page, page);
  const pages = new DirtyLog(map).open();
  assert.deepEqual(pages.take(), [1, 2, 3]);
  assert.deepEqual(pages.take(), []);
  t.write(map, 2, 5);
  t.read(map, 3);
  t.write(map, 7, 5);
  t.read(map, 8);
  assert.deepEqual(pages.take(), [2, 7]);
});

test('take: the right to write is gone until the next write, and so is what harts know', () => {
  const t = new TestMaps(64, 16);
  const map = t.map();
  t.write(map, 1, 1);
  const pages = new DirtyLog(map).open();
  const { epoch } = map;
  pages.take();
  assert.notEqual(map.epoch, epoch);
  assert.equal(t.rights(map, 1), 'r');
  const mpn = map.machinePage(FIRST + 1);
  t.write(map, 1, 2);
  assert.equal(map.machinePage(FIRST + 1), mpn, 'nothing was copied');
  assert.equal(t.rights(map, 1), 'rw');
});

test('take: views for writing count, views for reading do not; a page given back counts', () => {
  const t = new TestMaps(64, 16);
  const map = t.map();
  for (let page = 0; page < 8; page++) t.write(map, page, 1);
  const pages = new DirtyLog(map).open();
  pages.take();
  map.views(RAM + 100, 2 * PAGE_BYTES, true);
  map.views(RAM + 4 * PAGE_BYTES, PAGE_BYTES, false);
  map.endViews();
  map.discard([FIRST + 5], 'release');
  map.discard([FIRST + 6], 'inflate');
  map.release(FIRST + 12);
  assert.deepEqual(pages.take(), [0, 1, 2, 5, 6]);
  t.read(map, 5);
  assert.deepEqual(pages.take(), []);
});

test('take: a page that a device still has a view of counts again the next time', () => {
  const t = new TestMaps(64, 16);
  const map = t.map();
  const pages = new DirtyLog(map).open();
  map.views(RAM, PAGE_BYTES, true);
  assert.deepEqual(pages.take(), [0]);
  map.endViews();
  assert.deepEqual(pages.take(), [0]);
  assert.deepEqual(pages.take(), []);
});

test('take: each that asks has its own last time', () => {
  const t = new TestMaps(64, 16);
  const map = t.map();
  const log = new DirtyLog(map);
  const [one, two] = [log.open(), log.open()];
  t.write(map, 1, 1);
  assert.deepEqual(one.take(), [1]);
  t.write(map, 2, 1);
  assert.deepEqual(one.take(), [2]);
  assert.equal(two.bytes, 2 * PAGE_BYTES);
  assert.deepEqual(two.take(), [1, 2]);
  two.close();
  t.write(map, 3, 1);
  assert.deepEqual(one.take(), [3]);
  assert.deepEqual(two.take(), []);
});

test('take: a fork begins where its parent is', () => {
  const t = new TestMaps(64, 16);
  const map = t.map();
  for (const page of [1, 2, 3]) t.write(map, page, 1);
  const pages = new DirtyLog(map).open();
  pages.take();
  const child = forkMap(t.machine, map, { onHostWrite: () => {} });
  assert.ok(typeof child !== 'string');
  t.write(child, 1, 2);
  assert.deepEqual(pages.take(), []);
  t.write(map, 2, 2);
  assert.deepEqual(pages.take(), [2]);
});

// The estimate of a working set: idle VMs go to 0, busy ones to 1, those between to what they use; growth is seen at once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { TestMaps } from './testing/maps.ts';
import { WorkingSet } from './working-set.ts';

const PAGES = 2000;

function make() {
  const t = new TestMaps(PAGES + 100, PAGES);
  const map = t.map();
  for (let page = 0; page < PAGES; page++) t.write(map, page, 1);
  const random = new SeededRandom(1);
  const set = new WorkingSet(map, () => random.nextU32() / 2 ** 32);
  const periods = (count: number, used: number): number => {
    for (let i = 0; i < count; i++) {
      set.next();
      for (let page = 0; page < used; page++) t.read(map, page);
    }
    set.next();
    return set.active;
  };
  return { t, map, set, periods };
}

test('WorkingSet: finds the part that is used', () => {
  for (const used of [0, 500, 1000, PAGES]) {
    const { periods } = make();
    const active = periods(20, used);
    assert.ok(Math.abs(active - used / PAGES) < 0.12, `${active} for ${used} of ${PAGES}`);
  }
});

test('WorkingSet: before anything is known all pages count as used', () => {
  assert.equal(make().set.active, 1);
});

test('WorkingSet: growth is seen in a period, shrinking takes a few', () => {
  const { periods } = make();
  periods(20, 0);
  assert.ok(periods(1, PAGES) > 0.6);
  assert.ok(periods(1, 0) > 0.03);
});

test('WorkingSet: a sample costs the page nothing but one look', () => {
  const { t, map, set } = make();
  set.next();
  for (let page = 0; page < PAGES; page++) t.read(map, page);
  for (let page = 0; page < PAGES; page++) assert.equal(t.rights(map, page), 'rw');
});

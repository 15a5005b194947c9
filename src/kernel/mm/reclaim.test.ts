// Taking pages from a VM: what compresses is compressed, the rest swapped; everything comes back; what is in use stays.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { PAGE_BYTES } from '#riscv';
import { CompressionCache } from './compression-cache.ts';
import { forkMap } from './fork.ts';
import type { GuestMap } from './guest-map.ts';
import { Reclaimer } from './reclaim.ts';
import { FIRST, TestMaps } from './testing/maps.ts';
import { MemorySwap } from './testing/memory-swap.ts';

function make(cachePages = 4) {
  const t = new TestMaps(128, 32);
  const swap = new MemorySwap();
  const cache = CompressionCache.create(t.machine, cachePages);
  const map = t.map({ stores: { compressed: cache, swapped: swap } });
  return { t, swap, cache, map, reclaimer: new Reclaimer(map) };
}

/** Fills pages with what does not compress. */
function noise(map: GuestMap, pages: readonly number[]): void {
  const random = new SeededRandom(1);
  for (const page of pages) {
    const [view] = map.views((FIRST + page) * PAGE_BYTES, PAGE_BYTES, true) ?? [];
    const bytes = new Uint8Array(PAGE_BYTES);
    random.fill(bytes);
    view?.set(bytes);
    map.endViews();
  }
}

test('take: pages that compress are compressed, four to a machine page, the others swapped; all come back', () => {
  const { t, swap, cache, map, reclaimer } = make();
  for (let page = 0; page < 8; page++) t.write(map, page, page + 1);
  noise(map, [8, 9]);
  const before = map.pageBytes(FIRST + 9)?.slice();
  const free = t.machine.freePages;
  assert.deepEqual(reclaimer.take(10, ['compress', 'swap']), {
    compressed: 8,
    swapped: 2,
    problem: undefined,
  });
  assert.equal(t.machine.freePages, free + 10 - 2);
  assert.equal(cache.pages, 2);
  assert.deepEqual([...swap.pages.keys()], [8, 9]);
  assert.deepEqual(map.pageBytes(FIRST + 9), before, 'looking at it leaves it where it is');
  assert.equal(map.count('swapped'), 2);
  for (let page = 0; page < 8; page++) assert.equal(t.read(map, page), page + 1);
  assert.deepEqual(
    [...(map.views((FIRST + 9) * PAGE_BYTES, PAGE_BYTES, false)?.[0] ?? [])],
    [...(before ?? [])],
  );
  assert.equal(cache.pages, 0);
  assert.deepEqual([...swap.pages.keys()], [8]);
  map.release(FIRST + 8);
  assert.equal(swap.pages.size, 0);
  assert.equal(t.machine.freePages, free + 1);
});

test('take: with mustIdle only pages go that were not used since the hand came by', () => {
  const { t, map, reclaimer } = make();
  for (let page = 0; page < 8; page++) t.write(map, page, page + 1);
  assert.equal(reclaimer.take(1, ['swap'], true).swapped, 1, 'two rounds are tried');
  for (const page of [1, 2, 3]) t.read(map, page);
  const result = reclaimer.take(4, ['swap'], true);
  assert.equal(result.swapped, 4);
  assert.deepEqual(
    [1, 2, 3].map((page) => map.state(FIRST + page)),
    ['private', 'private', 'private'],
  );
});

test('take: a page that is touched while harts are stopped stays', () => {
  const t = new TestMaps(128, 32);
  let meddle = (): void => {};
  const map: GuestMap = t.map({ stores: { swapped: new MemorySwap() }, quiesce: () => meddle() });
  t.write(map, 3, 1);
  t.write(map, 4, 1);
  meddle = () => void t.read(map, 3);
  assert.deepEqual(new Reclaimer(map).take(2, ['swap']), {
    compressed: 0,
    swapped: 1,
    problem: 'nothing-idle',
  });
  assert.equal(map.state(FIRST + 3), 'private');
  assert.equal(t.rights(map, 3), 'rw');
});

test('take: a full cache leaves pages to the swap file; a full disk is told, and the page stays', () => {
  const { t, swap, map, reclaimer } = make(1);
  for (let page = 0; page < 8; page++) t.write(map, page, page + 1);
  swap.room = 2;
  const result = reclaimer.take(8, ['compress', 'swap']);
  assert.deepEqual(result, { compressed: 4, swapped: 2, problem: 'full' });
  for (let page = 0; page < 8; page++) assert.equal(t.read(map, page), page + 1);
});

test('take: pages that forks share give nothing, those that only one has left do', () => {
  const { t, map, reclaimer } = make();
  t.write(map, 0, 1);
  t.write(map, 1, 2);
  const child = forkMap(t.machine, map, { onHostWrite: () => {} });
  assert.ok(typeof child !== 'string');
  assert.equal(reclaimer.take(2, ['swap']).swapped, 0);
  t.write(child, 1, 3);
  assert.equal(reclaimer.take(2, ['swap']).swapped, 1);
  assert.deepEqual([t.read(map, 0), t.read(map, 1), t.read(child, 1)], [1, 2, 3]);
});

test('take: a page that a device has a view of stays until it is done', () => {
  const { map, reclaimer } = make();
  map.views(FIRST * PAGE_BYTES, 2 * PAGE_BYTES, true);
  assert.equal(reclaimer.take(2, ['swap']).swapped, 0);
  map.discard([FIRST], 'inflate');
  assert.equal(map.state(FIRST), 'private', 'a guest cannot take it away, either');
  map.endViews();
  assert.equal(reclaimer.take(2, ['swap']).swapped, 2);
});

test('take: what was written and not yet asked for by the dirty log stays so', () => {
  const { t, map, reclaimer } = make();
  t.write(map, 0, 1);
  reclaimer.take(1, ['swap']);
  t.read(map, 0);
  assert.equal(t.rights(map, 0), 'rw', 'it was written before');
});

test('take: at random, with writes, reads, forks and gifts in between, each map against its model', () => {
  const { t, cache, swap, map, reclaimer } = make(3);
  const random = new SeededRandom(9);
  const below = (limit: number): number => random.nextU32() % limit;
  const free = t.machine.freePages;
  const model = Array<number>(32).fill(0);
  let taken = 0;
  for (let round = 1; round < 8000; round++) {
    const page = below(32);
    const dice = below(20);
    if (dice === 0) {
      const result = reclaimer.take(
        1 + below(8),
        dice % 2 === 0 ? ['compress', 'swap'] : ['swap'],
        below(2) === 0,
      );
      taken += result.compressed + result.swapped;
    } else if (dice === 1) {
      map.release(FIRST + page);
      model[page] = 0;
    } else if (dice === 2) {
      noise(map, [page]);
      t.write(map, page, (model[page] = round));
    } else if (dice < 10) t.write(map, page, (model[page] = round));
    else assert.equal(t.read(map, page), model[page]);
  }
  assert.ok(taken > 500);
  map.releaseAll();
  assert.equal(t.machine.freePages, free);
  assert.equal(swap.pages.size + cache.pages, 0);
});

// Page sharing: equal pages become one, pages of zeros the zero page, others never; salts divide; writes part again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { HintTable } from './hint-table.ts';
import { PageSharing, saltOf } from './sharing.ts';
import { FIRST, TestMaps } from './testing/maps.ts';

test('scan: equal pages of one VM share one machine page, and part when one is written', () => {
  const t = new TestMaps(64, 16);
  const map = t.map();
  for (const page of [1, 5, 9]) t.write(map, page, 77);
  t.write(map, 2, 78);
  const free = t.machine.freePages;
  const sharing = new PageSharing(t.machine);
  const vm = sharing.add({ map, salt: 1 });
  assert.deepEqual(sharing.scan(vm, 16), { scanned: 16, merged: 2, zeroed: 0 });
  assert.equal(t.machine.freePages, free + 2);
  assert.deepEqual(
    [1, 5, 9, 2].map((page) => t.read(map, page)),
    [77, 77, 77, 78],
  );
  assert.deepEqual(
    [1, 5, 9, 2].map((page) => t.rights(map, page)),
    ['r', 'r', 'r', 'rw'],
  );
  t.write(map, 5, 1);
  assert.deepEqual(
    [1, 5, 9].map((page) => t.read(map, page)),
    [77, 1, 77],
  );
  assert.deepEqual(sharing.scan(vm, 16), { scanned: 16, merged: 0, zeroed: 0 });
});

test('scan: a page of zeros gives its machine page back', () => {
  const t = new TestMaps(64, 16);
  const map = t.map();
  t.write(map, 3, 5);
  t.write(map, 3, 0);
  const free = t.machine.freePages;
  const sharing = new PageSharing(t.machine);
  const { epoch } = map;
  assert.deepEqual(sharing.scan(sharing.add({ map, salt: 1 }), 16), { scanned: 16, merged: 0, zeroed: 1 });
  assert.equal(map.state(FIRST + 3), 'zero');
  assert.equal(t.machine.freePages, free + 1);
  assert.notEqual(map.epoch, epoch);
});

test('scan: VMs share with each other when their salts are the same, and only then', () => {
  for (const [salt, merged] of [
    [1, 1],
    [2, 0],
  ] as const) {
    const t = new TestMaps(128, 16);
    const [one, two] = [t.map(), t.map()];
    t.write(one, 0, 5);
    t.write(two, 7, 5);
    const sharing = new PageSharing(t.machine);
    const numbers = [sharing.add({ map: one, salt: 1 }), sharing.add({ map: two, salt })];
    const results = numbers.map((number) => sharing.scan(number, 16).merged);
    assert.deepEqual(results, [0, merged]);
    t.write(one, 0, 6);
    assert.equal(t.read(two, 7), 5);
  }
});

test('scan: a page that is touched while harts are stopped for it stays as it is', () => {
  const t = new TestMaps(64, 16);
  let meddle = (): void => {};
  const map = t.map({ quiesce: () => meddle() });
  for (const page of [1, 5]) t.write(map, page, 77);
  const sharing = new PageSharing(t.machine);
  const vm = sharing.add({ map, salt: 1 });
  for (const page of [1, 5]) {
    meddle = () => t.write(map, page, 77);
    assert.equal(sharing.scan(vm, 16).merged, 0, `page ${page} was written meanwhile`);
    assert.deepEqual(
      [1, 5].map((one) => t.rights(map, one)),
      ['rw', 'rw'],
      'rights come back',
    );
  }
  meddle = () => t.read(map, 1);
  assert.equal(sharing.scan(vm, 16).merged, 1, 'reading the one that stays does no harm');
});

test('scan: hints about VMs and pages that are gone lead nowhere', () => {
  const t = new TestMaps(256, 16);
  const [one, two] = [t.map(), t.map()];
  t.write(one, 0, 5);
  t.write(one, 1, 6);
  t.write(two, 0, 5);
  const sharing = new PageSharing(t.machine);
  const [first, second] = [sharing.add({ map: one, salt: 0 }), sharing.add({ map: two, salt: 0 })];
  sharing.scan(first, 16);
  one.release(FIRST);
  assert.equal(sharing.scan(second, 16).merged, 0);
  sharing.remove(first);
  one.destroy();
  t.write(two, 3, 6);
  assert.equal(sharing.scan(second, 16).merged, 0);
  assert.deepEqual(sharing.scan(first, 16), { scanned: 0, merged: 0, zeroed: 0 });
});

test('scan: VMs that write few values at random, each against its own model, with scans in between', () => {
  const t = new TestMaps(512, 32);
  const random = new SeededRandom(3);
  const below = (limit: number) => random.nextU32() % limit;
  const free = t.machine.freePages;
  const sharing = new PageSharing(t.machine, 16);
  const vms = Array.from({ length: 4 }, () => {
    const map = t.map();
    return { map, number: sharing.add({ map, salt: 0 }), model: Array<number>(32).fill(0) };
  });
  let merged = 0;
  for (let round = 0; round < 5000; round++) {
    const { map, number, model } = vms[below(4)] as (typeof vms)[number];
    const page = below(32);
    if (below(10) === 0) merged += sharing.scan(number, 1 + below(64)).merged;
    else if (below(3) === 0) t.write(map, page, (model[page] = below(5)));
    else assert.equal(t.read(map, page), model[page]);
  }
  assert.ok(merged > 500);
  for (const { map, model } of vms) {
    assert.deepEqual(
      model.map((_, page) => t.read(map, page)),
      model,
    );
    map.destroy();
  }
  assert.equal(t.machine.freePages, free);
});

test('saltOf: what each setting lets share', () => {
  assert.equal(saltOf(0, 'x', 'a'), saltOf(0, undefined, 'b'));
  assert.equal(saltOf(1, undefined, 'a'), saltOf(1, undefined, 'b'));
  assert.notEqual(saltOf(1, 'x', 'a'), saltOf(1, undefined, 'a'));
  assert.notEqual(saltOf(2, undefined, 'a'), saltOf(2, undefined, 'b'));
  assert.equal(saltOf(2, 'x', 'a'), saltOf(2, 'x', 'b'));
});

test('HintTable: finds what was set, within its bound, and forgets a VM', () => {
  const table = new HintTable(8);
  for (let low = 2; low <= 10; low += 2) table.set(low, 1, { vm: 1, page: low });
  const found = [2, 4, 6, 8, 10].filter((low) => table.find(low, 1) !== undefined);
  assert.equal(found.length, 4, 'a set has four slots');
  assert.deepEqual(table.find(10, 1), { vm: 1, page: 10 });
  assert.equal(table.find(10, 2), undefined);
  table.set(10, 1, { vm: undefined, page: 9 });
  assert.deepEqual(table.find(10, 1), { vm: undefined, page: 9 });
  table.forget(1);
  assert.equal(table.find(8, 1), undefined);
  assert.deepEqual(table.find(10, 1), { vm: undefined, page: 9 });
});

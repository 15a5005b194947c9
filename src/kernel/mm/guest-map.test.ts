// A VM's page map: backing on demand, views for devices, giving back, and who hears of writes from outside.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MapFlag, PAGE_BYTES } from '#riscv';
import { GuestMap } from './guest-map.ts';
import { MachineMemory } from './machine-memory.ts';

const RAM = 0x8000_0000;
const FIRST = RAM / PAGE_BYTES;
const PAGES = 16;

function make(machinePages = 64) {
  const machine = new MachineMemory(machinePages * PAGE_BYTES);
  const written: number[] = [];
  const map = new GuestMap(machine, {
    ramBase: RAM,
    ramBytes: PAGES * PAGE_BYTES,
    onHostWrite: (mpn) => written.push(mpn),
  });
  const entry = (ppn: number) =>
    new Uint32Array(machine.memory.buffer)[map.layout.mapBase / 4 + (ppn - FIRST)] as number;
  return { machine, map, written, entry };
}

const RIGHTS_MASK = MapFlag.Present | MapFlag.Writable;

test('resolve: a page that is only read is the zero page, read-only, until it is written', () => {
  const { machine, map, entry } = make();
  const before = machine.freePages;
  assert.equal(entry(FIRST + 3), 0);
  assert.equal(map.resolve(FIRST + 3, false), 'ok');
  assert.equal(entry(FIRST + 3) & RIGHTS_MASK, MapFlag.Present);
  assert.equal(map.machinePage(FIRST + 3), machine.zeroPage);
  assert.equal(machine.freePages, before);
  const { epoch } = map;
  assert.equal(map.resolve(FIRST + 3, true), 'ok');
  assert.notEqual(map.machinePage(FIRST + 3), machine.zeroPage);
  assert.notEqual(map.epoch, epoch, 'what was read through the zero page is stale');
});

test('resolve: backs a page that is written once, with its entry readable and writable', () => {
  const { map, entry } = make();
  const { epoch } = map;
  assert.equal(map.resolve(FIRST + 3, true), 'ok');
  const first = entry(FIRST + 3);
  assert.equal(first & RIGHTS_MASK, RIGHTS_MASK);
  assert.equal(map.resolve(FIRST + 3, false), 'ok');
  assert.equal(map.resolve(FIRST + 3, true), 'ok');
  assert.equal(entry(FIRST + 3), first);
  assert.equal(map.epoch, epoch, 'nobody knew the page before');
});

test('provide: gives pages that were never touched, and leaves all others as they are', () => {
  const { machine, map, entry } = make();
  const { epoch } = map;
  assert.equal(map.changer.provide(3, true), true);
  assert.equal(entry(FIRST + 3) & RIGHTS_MASK, RIGHTS_MASK);
  assert.equal(map.changer.provide(4, false), true);
  assert.equal(map.machinePage(FIRST + 4), machine.zeroPage);
  const before = entry(FIRST + 4);
  assert.equal(map.changer.provide(4, true), false, 'what was read through the zero page would be stale');
  assert.equal(entry(FIRST + 4), before);
  map.release(FIRST + 3);
  const released = map.epoch;
  assert.equal(map.changer.provide(3, true), true, 'a page that was given back is as new');
  assert.deepEqual([...machine.page(map.machinePage(FIRST + 3))].filter(Boolean), []);
  assert.equal(map.epoch, released);
  assert.notEqual(released, epoch);
});

test('provide: gives no page of those that are spared, and none when there is none', () => {
  const { machine, map } = make();
  map.spare = machine.freePages;
  assert.equal(map.changer.provide(3, true), false);
  assert.equal(map.state(FIRST + 3), 'unbacked');
  map.spare = 0;
  while (machine.allocatePage() !== 0);
  assert.equal(map.changer.provide(3, true), false);
  assert.equal(map.changer.provide(3, false), true, 'the zero page is there always');
});

test('resolve: pages outside RAM are not RAM, whatever their number', () => {
  const { map } = make();
  for (const ppn of [0, FIRST - 1, FIRST + PAGES, 2 ** 52, -1, Number.NaN]) {
    assert.equal(map.resolve(ppn, true), 'not-ram');
  }
});

test('resolve: says so when the host has no page left', () => {
  const { machine, map } = make();
  while (machine.allocatePage() !== 0);
  assert.equal(map.resolve(FIRST, true), 'no-memory');
  assert.throws(() => map.views(RAM, 1, true), /machine memory is used up/);
});

test('views: untouched neighbours are one view', () => {
  const { map } = make();
  const views = map.views(RAM + 100, 3 * PAGE_BYTES, true);
  assert.deepEqual(
    views?.map((view) => view.length),
    [3 * PAGE_BYTES],
  );
});

test('views: pages that are no neighbours in the machine are views of their own, in order', () => {
  const { map } = make();
  map.resolve(FIRST + 1, true);
  const views = map.views(RAM + 10, 2 * PAGE_BYTES, true) ?? [];
  assert.deepEqual(
    views.map((view) => view.length),
    [PAGE_BYTES - 10, PAGE_BYTES, 10],
  );
  views.forEach((view, i) => view.fill(i + 1));
  assert.equal(map.pageBytes(FIRST)?.[10], 1);
  assert.equal(map.pageBytes(FIRST + 1)?.[0], 2);
  assert.equal(map.pageBytes(FIRST + 2)?.[9], 3);
  assert.equal(map.pageBytes(FIRST + 2)?.[10], 0);
});

test('views: undefined as soon as one byte is not RAM; an empty one is empty', () => {
  const { map } = make();
  const end = RAM + PAGES * PAGE_BYTES;
  for (const [address, length] of [
    [RAM - 1, 2],
    [end - 1, 2],
    [end, 1],
    [0, 1],
    [RAM, 2 ** 40],
    [RAM, -1],
    [2 ** 53, 1],
    [Number.NaN, 1],
  ] as const) {
    assert.equal(map.views(address, length, false), undefined);
  }
  assert.deepEqual(map.views(RAM, 0, true), []);
});

test('views: pages that code could stand in are reported when they will be written, fresh ones are not', () => {
  const { map, written } = make();
  map.views(RAM, 2 * PAGE_BYTES, true);
  assert.deepEqual(written, []);
  map.views(RAM, 2 * PAGE_BYTES, false);
  assert.deepEqual(written, []);
  map.views(RAM, 2 * PAGE_BYTES, true);
  assert.deepEqual(written, [map.machinePage(FIRST), map.machinePage(FIRST + 1)]);
});

test('release: the page is reported, goes back to the machine, and reads as zeros after', () => {
  const { machine, map, written, entry } = make();
  map.views(RAM, PAGE_BYTES, true)?.[0]?.fill(7);
  map.endViews();
  const mpn = map.machinePage(FIRST);
  const free = machine.freePages;
  map.release(FIRST);
  assert.deepEqual(written, [mpn]);
  assert.equal(entry(FIRST) & RIGHTS_MASK, 0);
  assert.equal(machine.freePages, free + 1);
  assert.equal(map.views(RAM, 1, false)?.[0]?.[0], 0);
});

test('releaseAll: everything goes back', () => {
  const { machine, map } = make();
  const free = machine.freePages;
  map.views(RAM, PAGES * PAGE_BYTES, true);
  map.releaseAll();
  assert.equal(machine.freePages, free);
  let backed = 0;
  map.forEachBacked(() => backed++);
  assert.equal(backed, 0);
});

test('standStill: nobody shares or swaps pages before the last one goes on', () => {
  const { machine, map } = make();
  const { table } = map.changer;
  map.standStill();
  map.standStill();
  assert.equal(
    map.whileStill(() => table.claim()),
    false,
  );
  map.goOn();
  assert.equal(table.claim(), false);
  // By whoever knows the map.
  GuestMap.attach(machine, map.place, { onHostWrite: () => {} }).goOn();
  assert.equal(table.claim(), true);
  table.unclaim();
});

// The memory manager with a clock that is set by hand and guests that are pages: who is taken from, by what, and when.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { CompressionCache } from './compression-cache.ts';
import type { GuestMap } from './guest-map.ts';
import { type ManagedVm, MemoryManager } from './memory-manager.ts';
import { defaultMemoryOptions } from './memory-options.ts';
import type { StoreProblem } from './page-store.ts';
import { FIRST, TestMaps } from './testing/maps.ts';
import { MemorySwap } from './testing/memory-swap.ts';

const PAGES = 2000;

/** A host of 4000 pages, and VMs of 2000. */
class Host {
  readonly t = new TestMaps(4096, PAGES);
  readonly problems: [string, StoreProblem][] = [];
  readonly swaps = new Map<string, MemorySwap>();
  readonly manager: MemoryManager;
  now = 0;

  constructor(given: Partial<ReturnType<typeof defaultMemoryOptions>> = {}, clockMs?: () => number) {
    const options = Object.assign(given, { ...defaultMemoryOptions(), ...given });
    const random = new SeededRandom(1);
    this.manager = new MemoryManager({
      machine: this.t.machine,
      options,
      random: () => random.nextU32() / 2 ** 32,
      ghz: 4,
      ...(clockMs && { clockMs }),
      onProblem: (vm, problem) => this.problems.push([vm, problem]),
    });
  }

  vm(
    name: string,
    more: Partial<ManagedVm> & { shares?: number; limitPages?: number; reservationPages?: number } = {},
  ): GuestMap {
    const swapped = new MemorySwap();
    this.swaps.set(name, swapped);
    const compressed = CompressionCache.create(this.t.machine, PAGES / 10);
    const map = this.t.map({ stores: { swapped, compressed }, reclaim: () => this.manager.reclaimNow() });
    const { shares = 1000, limitPages, reservationPages = 0, ...rest } = more;
    const allocation = { sizePages: PAGES, reservationPages, limitPages, shares, overheadPages: 10 };
    this.manager.add({ name, identity: name, map, allocation, cache: compressed, swap: swapped, ...rest });
    return map;
  }

  /** Each page with another content, so that nothing can be shared. */
  touch(map: GuestMap, pages: number, seed: number): void {
    for (let page = 0; page < pages; page++) this.t.write(map, page, seed * 100_000 + page + 1);
  }

  check(map: GuestMap, pages: number, seed: number): void {
    for (let page = 0; page < pages; page++) assert.equal(this.t.read(map, page), seed * 100_000 + page + 1);
  }

  ticks(count: number): void {
    for (let i = 0; i < count; i++) this.manager.tick((this.now += 1000));
  }
}

/** A guest with a balloon driver: it gives up its last pages, as many as it is asked for. */
class TestBalloon {
  readonly isDriven = true;
  target = 0;
  actual = 0;
  map: GuestMap | undefined;

  setTarget(pages: number): void {
    this.target = pages;
    const end = FIRST + PAGES;
    if (pages > this.actual) {
      this.map?.discard(
        Array.from({ length: pages - this.actual }, (_, i) => end - this.actual - 1 - i),
        'inflate',
      );
    } else {
      this.map?.discard(
        Array.from({ length: this.actual - pages }, (_, i) => end - pages - 1 - i),
        'deflate',
      );
    }
    this.actual = pages;
  }
}

test('tick: with enough memory nothing is taken from anybody', () => {
  const host = new Host();
  const map = host.vm('a');
  host.touch(map, 1500, 1);
  host.ticks(20);
  assert.equal(host.manager.state.name, 'high');
  assert.equal(map.count('private'), 1500);
});

test('tick: overcommitted VMs are cut to what they are owed, and find all they wrote', () => {
  const host = new Host();
  const maps = ['a', 'b', 'c'].map((name) => host.vm(name));
  for (const [i, map] of maps.entries()) {
    host.touch(map, 1900, i);
    host.ticks(3);
  }
  host.ticks(10);
  const { vms, freePages, state } = host.manager.statistics();
  assert.ok(freePages > 0);
  assert.notEqual(state, 'low');
  const counts = vms.map((vm) => vm.consumedPages);
  assert.ok(Math.max(...counts) - Math.min(...counts) < 500, counts.join());
  assert.ok(vms.every((vm) => vm.compressedPages + vm.swappedPages > 0));
  for (const [i, map] of maps.entries()) host.check(map, 1900, i);
});

test('tick: shares decide who keeps what', () => {
  const host = new Host();
  const rich = host.vm('rich', { shares: 3000 });
  const poor = host.vm('poor', { shares: 1000 });
  const third = host.vm('third', { shares: 1000 });
  for (const [i, map] of [rich, poor, third].entries()) host.touch(map, 1900, i);
  host.ticks(30);
  const [a, b, c] = host.manager.statistics().vms.map((vm) => vm.targetPages) as [number, number, number];
  assert.ok(a > 1.5 * b && Math.abs(b - c) < 0.3 * b, `${a} ${b} ${c}`);
});

test('tick: a reservation is kept whatever the others want', () => {
  const host = new Host();
  const safe = host.vm('safe', { shares: 1, reservationPages: 1900 });
  const others = [host.vm('b', { shares: 9000 }), host.vm('c', { shares: 9000 })];
  host.touch(safe, 1900, 0);
  for (const [i, map] of others.entries()) host.touch(map, 1900, i + 1);
  host.ticks(30);
  assert.equal(safe.count('private'), 1900);
});

test('tick: a limit holds though the host has plenty', () => {
  const host = new Host();
  const map = host.vm('a', { limitPages: 500 });
  host.touch(map, 1500, 1);
  host.ticks(10);
  assert.ok(map.count('private') <= 500);
  host.check(map, 1500, 1);
});

test('tick: a limit holds although the guest gives its balloon nothing', () => {
  const host = new Host();
  const balloon = {
    isDriven: true,
    target: 0,
    actual: 0,
    setTarget: (pages: number) => void (balloon.target = pages),
  };
  const map = host.vm('a', { limitPages: 800, balloon });
  host.touch(map, 1500, 1);
  host.ticks(2);
  assert.equal(map.count('private'), 1500, 'the balloon comes first');
  assert.ok(balloon.target >= 700);
  host.ticks(20);
  assert.ok(map.count('private') <= 800, `${map.count('private')}`);
  host.check(map, 1500, 1);
});

test('tick: soft asks balloons first, and lets them go when memory is back', () => {
  const host = new Host();
  const balloon = new TestBalloon();
  const map = host.vm('a', { balloon });
  balloon.map = map;
  host.touch(map, PAGES, 1);
  const other = host.vm('b');
  const machine = host.t.machine;
  const hog: number[] = [];
  while (machine.freePages > 200) hog.push(machine.allocatePage());
  host.ticks(1);
  assert.equal(host.manager.state.name, 'clear', 'the balloon gave what was missing');
  assert.ok(balloon.actual > 0 && balloon.actual <= PAGES * 0.65);
  assert.equal(map.count('swapped') + map.count('compressed'), 0);
  for (const page of hog) machine.freePage(page);
  host.ticks(2);
  assert.equal(balloon.actual, 0);
  assert.equal(other.count('private'), 0);
});

test('reclaimNow: a full disk is told; the page that waits goes without', () => {
  const host = new Host({ memZipEnable: 0 });
  const maps = ['a', 'b', 'c'].map((name) => host.vm(name));
  for (const swap of host.swaps.values()) swap.room = 10;
  host.touch(maps[0] as GuestMap, 1900, 0);
  host.touch(maps[1] as GuestMap, 1900, 1);
  const third = maps[2] as GuestMap;
  let refused = 0;
  for (let page = 0; page < 500; page++) if (third.resolve(FIRST + page, true) === 'no-memory') refused++;
  assert.ok(refused > 0);
  assert.ok(host.problems.some(([, problem]) => problem === 'full'));
  third.releaseAll();
  host.check(maps[0] as GuestMap, 1900, 0);
});

test('tick: identical VMs share when the settings let them, and only within themselves by default', () => {
  for (const [shareForceSalting, least] of [
    [0, 900],
    [2, 0],
  ] as const) {
    const host = new Host({ shareForceSalting, shareScanTime: 1 });
    const maps = [host.vm('a'), host.vm('b')];
    for (const map of maps) host.touch(map, 1000, 1);
    host.ticks(180);
    const { sharedSavedPages } = host.manager.statistics();
    assert.ok(least === 0 ? sharedSavedPages === 0 : sharedSavedPages > least, `${sharedSavedPages}`);
  }
});

test('tick: who may share with whom can be said anew while VMs run', () => {
  const options = { ...defaultMemoryOptions(), shareScanTime: 1 };
  const host = new Host(options);
  const maps = [host.vm('a'), host.vm('b')];
  for (const map of maps) host.touch(map, 1000, 1);
  host.ticks(120);
  assert.equal(host.manager.statistics().sharedSavedPages, 0);
  options.shareForceSalting = 0;
  host.ticks(180);
  assert.ok(host.manager.statistics().sharedSavedPages > 900);
});

test('tick: looking for equal pages takes 1 % of a core, however long a look takes', () => {
  let clockMs = 0;
  let reads = 0;
  const host = new Host({ shareScanTime: 1 }, () => {
    reads++;
    return (clockMs += 30);
  });
  const maps = ['a', 'b', 'c'].map((name) => host.vm(name));
  // Each has every page twice.
  for (const map of maps) for (let page = 0; page < 1000; page++) host.t.write(map, page, 1 + (page >> 1));
  host.ticks(100);
  const spentMs = (reads / 2) * 30;
  assert.ok(spentMs > 0.9 * 0.01 * 100_000 && spentMs < 1.1 * 0.01 * 100_000, `${spentMs} ms of 100 s`);
  host.ticks(1000);
  for (const map of maps) assert.ok(map.count('shared') > 900, 'nobody is passed over for ever');
});

test('statistics: the columns of the memory screen', () => {
  const host = new Host();
  const map = host.vm('a');
  host.touch(map, 100, 1);
  host.t.read(map, 500);
  map.discard([FIRST + 1900], 'inflate');
  host.ticks(1);
  const [vm] = host.manager.statistics().vms;
  assert.equal(vm?.sizePages, PAGES);
  assert.equal(vm?.grantedPages, 101);
  assert.equal(vm?.consumedPages, 100);
  assert.deepEqual([vm?.zeroPages, vm?.balloonPages], [1, 1]);
  host.manager.remove('a');
  assert.deepEqual(host.manager.statistics().vms, []);
});

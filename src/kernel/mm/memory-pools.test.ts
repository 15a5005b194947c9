// Pools of memory: how a tree divides what there is, and what may be reserved where.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type MemoryPool, pooledTargets, poolRefusal, refusal } from './memory-pools.ts';

const MIB = 256;
const pool = (id: number, parent: number, more: Partial<MemoryPool> = {}): MemoryPool => ({
  ...{ id, parent, name: `p${id}`, shares: 1000, reservationPages: 0, isExpandable: true },
  ...more,
});
const vm = (inPool: number, shares: number, wantedPages: number, reservationPages = 0) => ({
  ...{ pool: inPool, sizePages: 10_000, shares, reservationPages, overheadPages: 0 },
  ...{ wantedPages, activePages: wantedPages },
});

test('pooledTargets: pools divide by their shares, whatever is in them; VMs divide what their pool has', () => {
  const pools = [pool(1, 0, { shares: 2000 }), pool(2, 0), pool(3, 2)];
  const vms = [vm(1, 1, 9000), vm(1, 3, 9000), vm(2, 1000, 9000), vm(3, 10, 9000)];
  assert.deepEqual(pooledTargets(vms, pools, 6000, 75), [1000, 3000, 1000, 1000]);
});

test('pooledTargets: what a pool does not want goes to the others; limits and reservations hold', () => {
  const pools = [
    pool(1, 0, { shares: 9000 }),
    pool(2, 0, { limitPages: 500 }),
    pool(3, 0, { reservationPages: 2000 }),
  ];
  const vms = [vm(1, 1, 100), vm(2, 1, 9000), vm(3, 1, 9000), vm(0, 9000, 9000)];
  const targets = pooledTargets(vms, pools, 4000, 75);
  assert.deepEqual([targets[0], targets[2]], [100, 2000]);
  assert.ok((targets[1] ?? 0) <= 500);
  assert.ok(Math.abs(targets.reduce((a, b) => a + b, 0) - 4000) < 4);
});

test('pooledTargets: with enough for all, all have what they want', () => {
  const vms = [vm(1, 1, 100), vm(0, 1, 200)];
  assert.deepEqual(pooledTargets(vms, [pool(1, 0)], 1000, 75), [100, 200]);
});

test('refusal: a pool gives what it has, an expandable one asks its parent, up to the host', () => {
  const pools = [
    pool(1, 0, { reservationPages: 100 * MIB, isExpandable: false }),
    pool(2, 0, { reservationPages: 100 * MIB }),
    pool(3, 2, { limitPages: 150 * MIB }),
  ];
  const reserved = [{ pool: 1, pages: 60 * MIB }];
  const ask = (pages: number, at: number) => refusal(pages * MIB, at, pools, reserved, 300 * MIB);
  assert.equal(ask(40, 1), undefined);
  assert.equal(ask(41, 1), 'pool "p1" has 40 MiB of 100 MiB left and is not expandable');
  assert.equal(ask(120, 2), undefined);
  assert.equal(ask(150, 3), undefined);
  assert.equal(ask(151, 3), 'pool "p3" has a limit of 150 MiB, of which 0 MiB are reserved');
  assert.equal(ask(201, 2), '100 MiB of 300 MiB are not reserved');
  assert.equal(ask(101, 0), '100 MiB of 300 MiB are not reserved');
});

test('poolRefusal: less than what is inside, or more than there is, is refused', () => {
  const pools = [pool(1, 0, { reservationPages: 100 * MIB })];
  const reserved = [{ pool: 1, pages: 60 * MIB }];
  const ask = (change: Partial<MemoryPool>) =>
    poolRefusal({ ...(pools[0] as MemoryPool), ...change }, pools, reserved, 300 * MIB);
  assert.equal(ask({ reservationPages: 300 * MIB }), undefined);
  assert.equal(ask({ reservationPages: 301 * MIB }), '200 MiB of 300 MiB are not reserved');
  assert.equal(
    ask({ reservationPages: 0, isExpandable: false }),
    '60 MiB are reserved inside, and it is not expandable',
  );
  assert.equal(
    ask({ reservationPages: 0, limitPages: 50 * MIB }),
    'its limit of 50 MiB is below the 60 MiB that are reserved',
  );
});

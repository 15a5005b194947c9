// Who is owed what: shares, reservation, limit, the tax on idle pages; the host's states; admission.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { HOST_STATES, hostState, type MemoryDemand, memoryTargets, minFreePages } from './policy.ts';

const GIB = 2 ** 18;

function vm(more: Partial<MemoryDemand> = {}): MemoryDemand {
  const sizePages = more.sizePages ?? 1000;
  const rest = { reservationPages: 0, shares: 1000, overheadPages: 0, wantedPages: sizePages };
  return { sizePages, activePages: sizePages, ...rest, ...more };
}

const near = (actual: number, wanted: number): void =>
  assert.ok(Math.abs(actual - wanted) <= 1, `${actual} is not ${wanted}`);

test('minFreePages: the sliding scale', () => {
  assert.equal(minFreePages(GIB), Math.ceil(GIB * 0.06));
  assert.equal(minFreePages(4 * GIB), Math.ceil(4 * GIB * 0.06));
  assert.equal(minFreePages(28 * GIB), Math.ceil((4 * 0.06 + 8 * 0.04 + 16 * 0.02) * GIB));
  assert.equal(minFreePages(128 * GIB), Math.ceil((4 * 0.06 + 8 * 0.04 + 16 * 0.02 + 100 * 0.01) * GIB));
  assert.equal(minFreePages(1000, 10), 100);
});

test('hostState: each threshold, from both sides', () => {
  const at = (percent: number) => hostState(percent * 10, 1000).name;
  assert.deepEqual([500, 400, 399, 100, 99, 64, 63, 32, 31, 0].map(at), [
    ...['high', 'high', 'clear', 'clear', 'soft', 'soft', 'hard', 'hard', 'low', 'low'],
  ]);
});

test('HOST_STATES: thresholds fall, and a worse state takes no fewer means', () => {
  for (const [i, row] of HOST_STATES.entries()) {
    const before = HOST_STATES[i - 1];
    if (before === undefined) continue;
    assert.ok(row.fromPercent < before.fromPercent);
    for (const mechanism of before.mechanisms) assert.ok(row.mechanisms.includes(mechanism));
  }
});

test('memoryTargets: everybody gets what he wants when there is enough', () => {
  assert.deepEqual(memoryTargets([vm(), vm({ wantedPages: 300 })], 2000, 75), [1000, 300]);
});

test('memoryTargets: by shares when there is not', () => {
  const [one, two] = memoryTargets([vm({ shares: 2000 }), vm()], 900, 75) as [number, number];
  near(one, 600);
  near(two, 300);
});

test('memoryTargets: reservation and limit hold, the others share the rest', () => {
  const vms = [vm({ reservationPages: 800, shares: 1 }), vm({ limitPages: 100, shares: 5000 }), vm(), vm()];
  const [one, two, three, four] = memoryTargets(vms, 1500, 75) as [number, number, number, number];
  assert.deepEqual([one, two], [800, 100]);
  near(three, 300);
  near(four, 300);
});

test('memoryTargets: a limit holds when there is enough, too', () => {
  assert.deepEqual(memoryTargets([vm({ limitPages: 100 })], 5000, 75), [100]);
});

test('memoryTargets: what nobody wants is left over for the others', () => {
  const [small, big] = memoryTargets([vm({ wantedPages: 100, activePages: 100 }), vm()], 800, 75) as [
    number,
    number,
  ];
  near(small, 100);
  near(big, 700);
});

test('memoryTargets: the tax takes idle pages first; without tax activity does not count', () => {
  const vms = [vm({ activePages: 0 }), vm()];
  const [idle, busy] = memoryTargets(vms, 1000, 75) as [number, number];
  near(idle, 200);
  near(busy, 800);
  const [same, other] = memoryTargets(vms, 1000, 0) as [number, number];
  near(same, 500);
  near(other, 500);
});

test('memoryTargets: whatever the VMs are, the sum fits, bounds hold, and ρ is the same where nothing bounds', () => {
  const random = new SeededRandom(7);
  const below = (limit: number) => random.nextU32() % limit;
  for (let round = 0; round < 300; round++) {
    const vms = Array.from({ length: 1 + below(8) }, () => {
      const sizePages = 100 + below(10_000);
      const wantedPages = below(sizePages + 1);
      return vm({
        ...{ sizePages, wantedPages, activePages: below(wantedPages + 1), shares: 1 + below(4000) },
        reservationPages: below(4) === 0 ? below(sizePages) : 0,
        limitPages: below(4) === 0 ? below(sizePages) : undefined,
      });
    });
    const least = vms.map((one) =>
      Math.min(one.reservationPages, one.wantedPages, one.limitPages ?? Infinity),
    );
    const pages = least.reduce((a, b) => a + b, 0) + below(20_000);
    const targets = memoryTargets(vms, pages, 75);
    assert.ok(targets.reduce((a, b) => a + b, 0) <= pages);
    const prices = vms.flatMap((one, i) => {
      const target = targets[i] as number;
      const most = Math.min(one.wantedPages, one.limitPages ?? Infinity);
      assert.ok(target <= most && target >= Math.floor(least[i] as number));
      const isFree = target > (least[i] as number) + 1 && target < most - 1 && target > 200;
      const cost = Math.min(target, one.activePages) + 4 * Math.max(0, target - one.activePages);
      return isFree ? [one.shares / cost] : [];
    });
    for (const price of prices) assert.ok(Math.abs(price / (prices[0] as number) - 1) < 0.05);
  }
});

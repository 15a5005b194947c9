// mClock on a throttled device with a clock of the test: reservations kept, limits kept, the rest by shares.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { DiskArbiter, type DiskGate } from './disk-arbiter.ts';
import { clockBytes, type DiskAllocation, MClock, NORMAL_ALLOCATION, sharedClock } from './mclock.ts';

const SECOND = 1e9;

/** Requests that each VM gets done in `seconds` on a device of `capacity`, all of them always having more. */
function split(
  capacity: number,
  allocations: readonly DiskAllocation[],
  seconds: number,
  stepNs = 50_000,
): number[] {
  let now = 0;
  const arbiter = new DiskArbiter({ nowNs: () => now });
  arbiter.capacity = capacity;
  const done = allocations.map(() => 0);
  const gates = allocations.map((allocation) => arbiter.add(allocation) as DiskGate);
  const take = (index: number) => {
    for (let i = 0; i < 1000 && (gates[index] as DiskGate).mayTake(); i++) {
      (gates[index] as DiskGate).took(4096);
      done[index] = (done[index] as number) + 1;
    }
  };
  for (const [index, gate] of gates.entries()) gate.ready = () => take(index);
  for (const index of gates.keys()) take(index);
  for (; now < seconds * SECOND; now += stepNs) arbiter.poll();
  return done.map((count) => count / seconds);
}

const owed = (given: Partial<DiskAllocation>): DiskAllocation => ({ ...NORMAL_ALLOCATION, ...given });

// Three VMs on a device: what each is owed, and what it must get, within 3 %.
// biome-ignore format: a table reads in columns
const CASES: readonly (readonly [name: string, capacity: number, owed: readonly Partial<DiskAllocation>[], expected: readonly number[]])[] = [
  ['equal shares',                       3000, [{}, {}, {}],                                                       [1000, 1000, 1000]],
  ['shares 500, 1000, 2000',             3500, [{ shares: 500 }, { shares: 1000 }, { shares: 2000 }],              [500, 1000, 2000]],
  ['a reservation above its shares',     3000, [{ reservation: 1500, shares: 500 }, {}, {}],                       [1500, 750, 750]],
  ['a reservation below its shares',     3000, [{ reservation: 200 }, {}, {}],                                     [1000, 1000, 1000]],
  ['a limit, the rest is lent',          3000, [{ limit: 300 }, {}, { shares: 2000 }],                             [300, 900, 1800]],
  ['all three kinds',                    2000, [{ reservation: 800, shares: 100 }, { limit: 400 }, { shares: 1000 }], [800, 400, 800]],
  ['limits below what the device can',   9000, [{ limit: 1000 }, { limit: 2000 }, { limit: 500 }],                 [1000, 2000, 500]],
  ['reservations that are all of it',    1000, [{ reservation: 600 }, { reservation: 300 }, { reservation: 100 }], [600, 300, 100]],
];

for (const [name, capacity, given, expected] of CASES) {
  test(`three VMs on a device of ${capacity} requests a second: ${name}`, () => {
    const got = split(capacity, given.map(owed), 20);
    for (const [index, want] of expected.entries()) {
      const ratio = (got[index] as number) / want;
      assert.ok(Math.abs(ratio - 1) <= 0.03, `VM ${index}: ${got[index]} of ${want}; all: ${got.join(', ')}`);
    }
  });
}

test('a device looked at late: rates hold all the same', () => {
  const [got = 0] = split(10_000, [owed({ limit: 500 })], 20, 5_000_000);
  assert.ok(Math.abs(got / 500 - 1) <= 0.03, String(got));
});

test('large requests count as several', () => {
  let now = 0;
  const arbiter = new DiskArbiter({ nowNs: () => now });
  const gate = arbiter.add(owed({ limit: 100 })) as DiskGate;
  let bytes = 0;
  gate.ready = () => {
    while (gate.mayTake()) {
      gate.took(2 ** 20);
      bytes += 2 ** 20;
    }
  };
  gate.ready();
  for (; now < 20 * SECOND; now += 1_000_000) arbiter.poll();
  const perSecond = bytes / 20 / 32_768;
  assert.ok(Math.abs(perSecond / 100 - 1) <= 0.03, String(perSecond));
});

test('who was idle is not owed for it, and not behind by what it did alone', () => {
  const clock = new MClock({ buffer: new ArrayBuffer(clockBytes(2)), rows: 2 });
  const [a, b] = [clock.take() as number, clock.take() as number];
  for (const row of [a, b]) clock.set(row, owed({}));
  for (let i = 0; i < 1000; i++) {
    clock.add(a, i * 1000);
    assert.equal(clock.next(i * 1000), a);
  }
  const served = [0, 0];
  for (let i = 0; i < 100; i++) for (const row of [b, a]) clock.add(row, 1_000_000);
  for (let i = 0; i < 100; i++) {
    const row = clock.next(1_000_000) as number;
    served[row] = (served[row] as number) + 1;
  }
  assert.ok(Math.abs((served[a] as number) - (served[b] as number)) <= 1, JSON.stringify(served));
});

test('random clients: no limit is exceeded, no reservation that fits is missed, the device is never idle for nothing', () => {
  const random = new SeededRandom(5);
  for (let round = 0; round < 10; round++) {
    const capacity = 1000 + random.below(4000);
    const given = Array.from({ length: 2 + random.below(4) }, () => {
      const reservation = random.below(3) === 0 ? random.below(Math.floor(capacity / 6)) : 0;
      return owed({
        ...{ reservation, shares: 100 + random.below(2000) },
        ...(random.below(3) === 0 && { limit: Math.max(50, reservation) + random.below(1000) }),
      });
    });
    const got = split(capacity, given, 5);
    const limits = given.map(({ limit }) => (limit === 'unlimited' ? capacity : limit));
    const possible = Math.min(
      capacity,
      limits.reduce((sum, limit) => sum + limit, 0),
    );
    for (const [index, { reservation }] of given.entries()) {
      assert.ok((got[index] as number) >= reservation * 0.97 - 1, `round ${round}: reservation of ${index}`);
      assert.ok(
        (got[index] as number) <= (limits[index] as number) * 1.03 + 1,
        `round ${round}: limit of ${index}`,
      );
    }
    assert.ok(got.reduce((sum, count) => sum + count, 0) >= possible * 0.97, `round ${round}: idle`);
  }
});

test('arbiters on several threads over one memory: the device is divided among all their disks', () => {
  let now = 0;
  const memory = sharedClock(8);
  const rung = new Set<number>();
  const done = [0, 0, 0];
  const arbiters = [500, 1000, 1500].map((shares, thread) => {
    // As a real clock it has gone on whenever it is looked at.
    const arbiter = new DiskArbiter({ nowNs: () => now++, memory, thread, ring: (other) => rung.add(other) });
    const gate = arbiter.add(owed({ shares })) as DiskGate;
    gate.ready = () => {
      for (let i = 0; i < 1000 && gate.mayTake(); i++) done[thread] = (done[thread] as number) + 1;
    };
    return { arbiter, gate };
  });
  (arbiters[0] as (typeof arbiters)[0]).arbiter.capacity = 3000;
  for (const { gate } of arbiters) gate.ready();
  const seconds = 20;
  for (; now < seconds * SECOND; now += 100_000) {
    // A thread looks when its time has come, or when it was rung.
    const lookedNs = now;
    for (const [thread, { arbiter }] of arbiters.entries()) {
      if (rung.delete(thread) || arbiter.nextNs <= lookedNs) arbiter.poll();
    }
  }
  for (const [thread, want] of [500, 1000, 1500].entries()) {
    const ratio = (done[thread] as number) / seconds / want;
    assert.ok(Math.abs(ratio - 1) <= 0.03, `thread ${thread}: ${done.join(', ')}`);
  }
});

/** Tests of network I/O control: how a saturated uplink of 100 Mbit/s is split, within 3 %. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type TrafficAllocation, TrafficControl, type TrafficType } from './nioc.ts';

const RATE_MBPS = 100;

interface Offer {
  readonly type: TrafficType;
  readonly allocation: Partial<TrafficAllocation>;
  /** What it wants to send; absent: as much as it can. */
  readonly offeredMbps?: number;
  readonly frameBytes?: number;
  readonly wantMbps: number;
}

// biome-ignore format: a table reads in columns
const SPLITS: readonly (readonly [string, ...Offer[]])[] = [
  ['by default shares: VMs twice the others',
    { type: 'virtualMachine', allocation: {}, wantMbps: 50 },
    { type: 'vmotion', allocation: { shares: 50 }, wantMbps: 25 },
    { type: 'nfs', allocation: { shares: 50 }, wantMbps: 25 }],
  ['by shares, whatever the frames are long',
    { type: 'virtualMachine', allocation: { shares: 60 }, frameBytes: 9014, wantMbps: 60 },
    { type: 'vmotion', allocation: { shares: 30 }, frameBytes: 1514, wantMbps: 30 },
    { type: 'nfs', allocation: { shares: 10 }, frameBytes: 60, wantMbps: 10 }],
  ['a reservation comes first, the rest by shares',
    { type: 'management', allocation: { shares: 1, reservationMbps: 40 }, wantMbps: 40 + 60 / 101 },
    { type: 'vmotion', allocation: { shares: 50 }, wantMbps: 60 * 50 / 101 },
    { type: 'nfs', allocation: { shares: 50 }, wantMbps: 60 * 50 / 101 }],
  ['a limit holds, what it leaves goes to the others',
    { type: 'virtualMachine', allocation: { shares: 100, limitMbps: 20 }, wantMbps: 20 },
    { type: 'vmotion', allocation: { shares: 30 }, wantMbps: 60 },
    { type: 'nfs', allocation: { shares: 10 }, wantMbps: 20 }],
  ['a reservation that is not used is lent',
    { type: 'management', allocation: { reservationMbps: 50 }, offeredMbps: 5, wantMbps: 5 },
    { type: 'virtualMachine', allocation: { shares: 100 }, wantMbps: 95 * 2 / 3 },
    { type: 'vmotion', allocation: { shares: 50 }, wantMbps: 95 / 3 }],
  ['alone, a kind has the whole uplink',
    { type: 'vdp', allocation: { shares: 1 }, wantMbps: 100 }],
  ['alone, its limit still holds',
    { type: 'vdp', allocation: { limitMbps: 30 }, wantMbps: 30 }],
];

/** Offers traffic for so long, in steps of a millisecond; what each sent in Mbit/s. */
function run(offers: readonly Offer[], seconds: number): Map<TrafficType, number> {
  const control = new TrafficControl<TrafficType>(RATE_MBPS, 0);
  const sent = new Map<TrafficType, number>();
  for (const { type, allocation } of offers) {
    assert.equal(control.setAllocation(type, { ...control.allocation(type), ...allocation }), undefined);
  }
  const owed = offers.map(() => 0);
  for (let ms = 0; ms < seconds * 1000; ms++) {
    for (const [i, { type, offeredMbps, frameBytes = 1514 }] of offers.entries()) {
      owed[i] = offeredMbps === undefined ? 60_000 : (owed[i] ?? 0) + (offeredMbps * 1e6) / 8 / 1000;
      let left = owed[i] ?? 0;
      for (; left >= frameBytes; left -= frameBytes) control.add(type, type, frameBytes);
      owed[i] = left;
    }
    control.run(ms, (type) => {
      const { frameBytes = 1514 } = offers.find((offer) => offer.type === type) as Offer;
      sent.set(type, (sent.get(type) ?? 0) + frameBytes);
    });
  }
  return new Map([...sent].map(([type, bytes]) => [type, (bytes * 8) / 1e6 / seconds]));
}

for (const [what, ...offers] of SPLITS) {
  test(`TrafficControl: ${what}`, (context) => {
    const got = run(offers, 20);
    const total = [...got.values()].reduce((sum, mbps) => sum + mbps, 0);
    assert.ok(total <= RATE_MBPS * 1.005, `${total} Mbit/s is more than the uplink carries`);
    for (const { type, wantMbps } of offers) {
      const mbps = got.get(type) ?? 0;
      context.diagnostic(
        `${type.padEnd(16)} ${mbps.toFixed(2).padStart(7)} Mbit/s, wanted ${wantMbps.toFixed(2)}`,
      );
      assert.ok(
        Math.abs(mbps - wantMbps) <= 0.03 * Math.max(wantMbps, 1),
        `${type}: ${mbps}, not ${wantMbps}`,
      );
    }
  });
}

test('TrafficControl: who was idle gets its share from then on, and no more', () => {
  const control = new TrafficControl<TrafficType>(RATE_MBPS, 0);
  const sent = { vmotion: 0, nfs: 0 };
  const fill = (type: 'vmotion' | 'nfs'): void => {
    while (control.add(type, type, 1500));
  };
  for (let ms = 0; ms < 4000; ms++) {
    fill('vmotion');
    if (ms >= 2000) fill('nfs');
    control.run(ms, (type) => {
      if (ms >= 2000) sent[type as 'vmotion' | 'nfs'] += 1500;
    });
  }
  assert.ok(Math.abs(sent.vmotion / sent.nfs - 1) < 0.03, JSON.stringify(sent));
});

test('TrafficControl: allocations that cannot be are refused; what is too much is dropped and counted', () => {
  const control = new TrafficControl<number>(RATE_MBPS, 0);
  assert.match(
    control.setAllocation('nfs', { shares: 0, reservationMbps: 0 }) ?? '',
    /^0 is not a number of shares/,
  );
  assert.match(control.setAllocation('nfs', { shares: 1, reservationMbps: 9, limitMbps: 8 }) ?? '', /below/);
  assert.equal(control.setAllocation('nfs', { shares: 1, reservationMbps: 70 }), undefined);
  assert.match(control.setAllocation('vmotion', { shares: 1, reservationMbps: 6 }) ?? '', /more than 75 %/);
  let taken = 0;
  while (control.add('nfs', 0, 1500)) taken++;
  assert.ok(taken < 400);
  assert.equal(control.statistics.find(({ type }) => type === 'nfs')?.dropped, 1);
});

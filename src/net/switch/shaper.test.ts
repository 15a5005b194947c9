/** Tests of the shaper: a burst at the peak, then the average, whatever the pattern. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { Shaper } from './shaper.ts';

/** Sends frames as fast as allowed until `untilMs`; bytes by time. */
function saturate(shaper: Shaper, fromMs: number, untilMs: number, bytes = 1514): number {
  let sent = 0;
  for (let nowMs = fromMs; nowMs < untilMs; ) {
    const waitMs = shaper.take(bytes, nowMs);
    if (waitMs === 0) sent += bytes;
    nowMs += waitMs;
  }
  return sent;
}

const near = (value: number, wanted: number, part = 0.01): void =>
  assert.ok(Math.abs(value - wanted) <= part * wanted, `${value} is not within ${part * 100} % of ${wanted}`);

test('Shaper: a burst goes at the peak, then the average holds', () => {
  const shaper = new Shaper({ averageKbps: 8000, peakKbps: 80_000, burstKb: 1000 }, 0);
  // 1,024,000 bytes of burst at 10,000 bytes/ms, while 1,000 bytes/ms come in.
  near(saturate(shaper, 0, 100), 1_000_000, 0.06);
  near(saturate(shaper, 100, 10_100), 10_000_000 + 24_000 + 100_000, 0.02);
  near(saturate(shaper, 10_100, 20_100), 10_000_000);
});

test('Shaper: what is saved while idle is at most a burst', () => {
  const shaper = new Shaper({ averageKbps: 800, peakKbps: 8000, burstKb: 100 }, 0);
  saturate(shaper, 0, 5000);
  near(saturate(shaper, 1e6, 1e6 + 10_000), 102_400 + 1_000_000, 0.03);
});

test('Shaper: a frame longer than a bucket is deep goes, and is paid for', () => {
  const shaper = new Shaper({ averageKbps: 8000, peakKbps: 8000, burstKb: 1 }, 0);
  near(saturate(shaper, 0, 60_000, 65_000), 60_000_000, 0.02);
});

test('Shaper: never above its bounds, for any lengths and pauses', () => {
  const random = new SeededRandom(11);
  for (let round = 0; round < 20; round++) {
    const averageKbps = 100 + random.below(100_000);
    const burstKb = 1 + random.below(1000);
    const shaper = new Shaper({ averageKbps, peakKbps: averageKbps * 3, burstKb }, 0);
    let [sent, nowMs] = [0, 0];
    for (let i = 0; i < 2000; i++) {
      const bytes = 60 + random.below(1454);
      const waitMs = shaper.take(bytes, nowMs);
      if (waitMs === 0) sent += bytes;
      nowMs += waitMs + (random.below(10) === 0 ? random.below(20) : 0);
      assert.ok(sent <= burstKb * 1024 + 1514 + (averageKbps / 8) * nowMs + 1);
    }
  }
});

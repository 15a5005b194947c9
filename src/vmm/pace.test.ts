// How long runs are: no later than a quarter of a millisecond, whatever the engine's speed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Pace } from './pace.ts';

const TICKS_PER_MS = 10_000;

for (const stepsPerTick of [0.1, 5, 40, 300]) {
  test(`fuel: settles at 0.25 ms for ${stepsPerTick / 0.1} million steps a second`, () => {
    const pace = new Pace();
    for (let run = 0; run < 200; run++) {
      const steps = pace.fuel(Infinity);
      pace.note(steps, steps / stepsPerTick);
    }
    const expected = Math.min(1_000_000, Math.max(1000, stepsPerTick * (TICKS_PER_MS / 4)));
    const fuel = pace.fuel(Infinity);
    assert.ok(fuel > expected * 0.9 && fuel < expected * 1.3, `${fuel} steps, ${expected} expected`);
  });
}

test('fuel: a near deadline shortens the run, but never below what a run costs', () => {
  const pace = new Pace();
  for (let run = 0; run < 50; run++) pace.note(100_000, 2500);
  assert.ok(Math.abs(pace.fuel(500) - 20_000) < 500);
  assert.equal(pace.fuel(0), 1000);
});

// Tests of the manual clock.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock } from './clock.ts';

test('ManualClock: stands still, then moves both times by what it is told', () => {
  const clock = new ManualClock(1_000n, 5n);
  assert.deepEqual([clock.nowNanoseconds(), clock.wallNanoseconds()], [5n, 1_000n]);
  assert.deepEqual([clock.nowNanoseconds(), clock.wallNanoseconds()], [5n, 1_000n]);
  clock.advance(7n);
  assert.deepEqual([clock.nowNanoseconds(), clock.wallNanoseconds()], [12n, 1_007n]);
});

test('ManualClock: refuses to go back', () => {
  assert.throws(() => new ManualClock().advance(-1n), RangeError);
});

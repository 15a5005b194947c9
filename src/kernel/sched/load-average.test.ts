// Load averages.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LoadAverage, RunningAverage } from './load-average.ts';

const SECOND = 1e9;

test('LoadAverage: comes close to a constant load, the shorter one sooner', () => {
  const load = new LoadAverage(0, 0);
  let averages = load.update(0, 0);
  for (let second = 1; second <= 60; second++) averages = load.update(3 * second * SECOND, second * SECOND);
  const [one, five, fifteen] = averages;
  assert.ok(Math.abs(one - 3 * (1 - Math.exp(-1))) < 1e-9);
  assert.ok(one > five && five > fifteen && fifteen > 0);
});

test('LoadAverage: asking more often changes nothing, nor does a clock that stands still', () => {
  const often = new LoadAverage(0, 0);
  const once = new LoadAverage(0, 0);
  for (let i = 1; i <= 100; i++) often.update(2 * i * SECOND, i * SECOND);
  const [one] = once.update(200 * SECOND, 100 * SECOND);
  assert.ok(Math.abs(one - often.update(200 * SECOND, 100 * SECOND)[0]) < 1e-9);
});

test('RunningAverage: a value counts for the time since the look before', () => {
  const average = new RunningAverage(0);
  average.add(2, 60 * SECOND);
  const [one] = average.add(0, 120 * SECOND);
  assert.ok(Math.abs(one - 2 * (1 - Math.exp(-1)) * Math.exp(-1)) < 1e-9);
});

// Tests of the statistics that the table shows.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { geometricMean, median, speedRatio, spread } from './statistics.ts';

test('median: the middle value, whatever the order', () => {
  assert.equal(median([9, 1, 5]), 5);
  assert.equal(median([10, 9, 1, 2]), 5.5);
  assert.equal(median([7]), 7);
});

test('median: refuses nothing, and leaves its argument alone', () => {
  assert.throws(() => median([]), RangeError);
  const values = [3, 1, 2];
  median(values);
  assert.deepEqual(values, [3, 1, 2]);
});

test('spread: half of what lies between the extremes, as a part of the median', () => {
  assert.equal(spread([90, 100, 110]), 0.1);
  assert.equal(spread([42]), 0);
});

test('geometricMean: twice as fast and half as fast make one', () => {
  assert.equal(geometricMean([2, 0.5]), 1);
  assert.ok(Math.abs((geometricMean([1, 10, 100]) ?? 0) - 10) < 1e-9);
  assert.equal(geometricMean([]), undefined);
});

test('speedRatio: above 1 is faster, for rates and for times', () => {
  assert.equal(speedRatio(200, 100, 'MB/s'), 2);
  assert.equal(speedRatio(200, 100, 'ns/call'), 0.5);
  assert.equal(speedRatio(0.5, 1, 's'), 2);
});

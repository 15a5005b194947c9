// Tests of the seeded generator: known values, repeatability, range.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from './random.ts';

test('SeededRandom: follows the published generator from the state 1, 2, 3, 4', () => {
  // The first outputs of Vigna's xoshiro128starstar.c from that state.
  const random = new SeededRandom([1, 2, 3, 4]);
  assert.deepEqual(
    Array.from({ length: 4 }, () => random.nextU32()),
    [11520, 0, 5927040, 70819200],
  );
});

test('SeededRandom: repeats itself from a seed and from a saved state', () => {
  const random = new SeededRandom(42);
  const first = [random.nextU32(), random.nextU64()];
  const copy = new SeededRandom(random.save());
  assert.equal(random.nextU64(), copy.nextU64());
  const again = new SeededRandom(42);
  assert.deepEqual([again.nextU32(), again.nextU64()], first);
  assert.notEqual(new SeededRandom(43).nextU32(), first[0]);
});

test('below: stays under its bound, reaches every value, refuses bad bounds', () => {
  const random = new SeededRandom(1);
  const seen = new Set(Array.from({ length: 200 }, () => random.below(6)));
  assert.deepEqual(
    [...seen].sort((a, b) => a - b),
    [0, 1, 2, 3, 4, 5],
  );
  assert.equal(random.below(1), 0);
  for (const bound of [0, -1, 1.5, 2 ** 33]) assert.throws(() => random.below(bound), RangeError);
});

test('fill: fills every byte, also of odd lengths', () => {
  const bytes = new Uint8Array(4_099);
  new SeededRandom(7).fill(bytes);
  assert.ok(bytes.filter((byte) => byte === 0).length < 50);
  assert.ok(bytes.subarray(4_092).some((byte) => byte !== 0));
});

test('SeededRandom: refuses the state that only gives zeros', () => {
  assert.throws(() => new SeededRandom([0, 0, 0, 0]), RangeError);
});

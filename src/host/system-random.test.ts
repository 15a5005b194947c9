// Tests of the system's chance: all of a long piece is filled, each time with something else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillRandom } from './system-random.ts';

test('fillRandom: fills all bytes, otherwise each time', () => {
  const [first, second] = [new Uint8Array(2 ** 20), new Uint8Array(2 ** 20)];
  fillRandom(first);
  fillRandom(second);
  assert.notDeepEqual(first, second);
  assert.ok(first.subarray(-32).some((byte) => byte !== 0));
  fillRandom(first.subarray(0, 0));
});

// Plain data copied: equal, and apart.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { copyOf } from './copy.ts';

test('copyOf: what is copied is equal, and shares nothing that can change', () => {
  const data = {
    ...{ number: 1.5, big: 2n ** 70n, text: 'a', none: undefined, nothing: null, yes: true },
    list: [1, [2, { three: 3 }]],
    bytes: Uint8Array.of(1, 2),
    words: BigUint64Array.of(1n),
    map: new Map([['a', { b: [1] }]]),
    set: new Set([1, 2]),
  };
  const copy = copyOf(data);
  assert.deepEqual(copy, structuredClone(data));
  assert.ok('none' in copy);
  data.bytes[0] = 9;
  (data.list[1] as unknown[])[0] = 9;
  data.map.get('a')?.b.push(2);
  data.set.add(3);
  assert.deepEqual(
    [copy.bytes[0], copy.list, copy.map.get('a'), copy.set.size],
    [...[1, [1, [2, { three: 3 }]], { b: [1] }, 2]],
  );
});

test('copyOf: an object of a class is a mistake', () => {
  assert.throws(() => copyOf({ date: new Date(0) }), /plain data/);
});

// ByteQueue: pieces of any size out of pieces of any other, to the end; tarPadding.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tarPadding } from '#lib';
import { ByteQueue } from './byte-queue.ts';

test('ByteQueue: what is asked for, as far as it is there; empty pieces are none; the source is told of the end', async () => {
  let hasEnded = false;
  async function* source() {
    try {
      for (const bytes of [[1, 2, 3], [], [4], [5, 6]]) yield Uint8Array.from(bytes);
    } finally {
      hasEnded = true;
    }
  }
  const queue = new ByteQueue(source());
  const parts: (number[] | undefined)[] = [];
  for (const most of [2, 9, 9]) parts.push([...((await queue.part(most)) ?? [])]);
  assert.deepEqual(parts, [[1, 2], [3], [4]]);
  await queue.end();
  assert.equal(hasEnded, true);
  const whole = new ByteQueue(source());
  let count = 0;
  while ((await whole.part(1)) !== undefined) count++;
  assert.deepEqual([count, await whole.part(1)], [6, undefined]);
});

test('tarPadding: up to the next block, also behind more than 32 bits', () => {
  const cases = [0, 1, 511, 512, 513, 2 ** 40, 2 ** 40 + 1, 2 ** 53 - 1];
  assert.deepEqual(cases.map(tarPadding), [0, 511, 1, 0, 511, 0, 511, 1]);
});

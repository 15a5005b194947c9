// Touching memory ahead: nothing changes, the end of memory is kept, and it stops when it is told.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { touchAhead } from './touch-ahead.ts';

const MIB = 2 ** 20;

test('touchAhead: leaves what is written as it is, and ends at the end of memory', async () => {
  const memory = new SharedArrayBuffer(5 * MIB);
  const bytes = new Uint8Array(memory).fill(0xa5);
  await touchAhead(memory, [{ base: MIB, bytes: 100 * MIB }], () => false);
  assert.ok(bytes.every((byte) => byte === 0xa5));
});

test('touchAhead: stops when it is over', async () => {
  let asked = 0;
  await touchAhead(new SharedArrayBuffer(16 * MIB), [{ base: 0, bytes: 16 * MIB }], () => ++asked === 3);
  assert.equal(asked, 3);
});

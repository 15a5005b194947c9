// HalfSipHash: the values of its authors' test vectors.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { halfSipHash } from './half-sip-hash.ts';

test('HalfSipHash-2-4: the reference vectors for 0 and 4 bytes', () => {
  const key = [0x0302_0100, 0x0706_0504] as const;
  assert.equal(halfSipHash(key, []), 0x5b9f_35a9);
  assert.equal(halfSipHash(key, [0x0302_0100]), 0x8946_6e2a);
});

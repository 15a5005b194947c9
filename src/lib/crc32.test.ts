// CRC-32: the check value of its definition, and in parts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32 as zlibCrc32 } from 'node:zlib';
import { crc32 } from './crc32.ts';
import { SeededRandom } from './random.ts';

test('crc32: the check value, and what zlib says of any bytes, whole or in parts', () => {
  assert.equal(crc32(new TextEncoder().encode('123456789')), 0xcbf4_3926);
  assert.equal(crc32(new Uint8Array(0)), 0);
  const random = new SeededRandom(1);
  for (let i = 0; i < 50; i++) {
    const bytes = new Uint8Array(random.below(300));
    random.fill(bytes);
    const cut = random.below(bytes.length + 1);
    assert.equal(crc32(bytes), zlibCrc32(bytes));
    assert.equal(crc32(bytes.subarray(cut), crc32(bytes.subarray(0, cut))), crc32(bytes));
  }
});

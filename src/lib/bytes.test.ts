// Tests of reading and writing bytes: the values, the order, and every border.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  alignDown,
  alignUp,
  bytesToHex,
  concatBytes,
  equalBytes,
  hex,
  hexToBytes,
  isAligned,
  readU8,
  readU16,
  readU32,
  readU64,
  writeU8,
  writeU16,
  writeU32,
  writeU64,
} from './bytes.ts';

const SAMPLE = hexToBytes('00f1e2d3c4b5a69788');

test('read: little-endian and unsigned', () => {
  assert.equal(readU8(SAMPLE, 8), 0x88);
  assert.equal(readU16(SAMPLE, 1), 0xe2f1);
  assert.equal(readU32(SAMPLE, 5), 0x8897a6b5);
  assert.equal(readU64(SAMPLE, 1), 0x8897_a6b5_c4d3_e2f1n);
});

test('write: is the inverse of read and touches nothing else', () => {
  const bytes = new Uint8Array(9).fill(0xee);
  writeU64(bytes, 0, 0x8182_8384_8586_8788n);
  writeU8(bytes, 0, 0x1ff);
  writeU16(bytes, 1, 0xf_fffe);
  writeU32(bytes, 3, 0xdead_beef);
  assert.equal(bytesToHex(bytes), 'fffeffefbeadde81ee');
  writeU64(bytes, 1, -2n);
  assert.equal(readU64(bytes, 1), 0xffff_ffff_ffff_fffen);
});

test('read and write: refuse what is not within the bytes', () => {
  const readers = [readU8, readU16, readU32, readU64];
  readers.forEach((read, i) => {
    const size = 2 ** i;
    for (const offset of [-1, 9 - size + 1, 0.5, Number.NaN]) {
      assert.throws(() => read(SAMPLE, offset), RangeError, `${size} at ${offset}`);
    }
    read(SAMPLE, 9 - size);
  });
  const bytes = new Uint8Array(8);
  assert.throws(() => writeU64(bytes, 1, 1n), /bytes 1 … 8 are not within 8 bytes/);
  assert.throws(() => writeU32(bytes, 5, 1), RangeError);
  assert.deepEqual(bytes, new Uint8Array(8));
});

test('hex: text and back', () => {
  assert.equal(hex(0x8020_0000), '0x80200000');
  assert.equal(hex(0xfn, 16), '0x000000000000000f');
  assert.equal(bytesToHex(hexToBytes('00FFa0')), '00ffa0');
  assert.throws(() => hexToBytes('abc'), RangeError);
  assert.throws(() => hexToBytes('zz'), RangeError);
});

test('align: up, down, also past 32 bits and for odd alignments', () => {
  assert.deepEqual([alignUp(0, 4), alignUp(1, 4), alignUp(4, 4)], [0, 4, 4]);
  assert.equal(alignUp(2 ** 40 + 1, 4096), 2 ** 40 + 4096);
  assert.equal(alignDown(2 ** 40 + 4097, 4096), 2 ** 40 + 4096);
  assert.equal(alignUp(7, 3), 9);
  assert.ok(isAligned(12, 4) && !isAligned(13, 4));
});

test('concatBytes, equalBytes', () => {
  const whole = concatBytes([new Uint8Array([1]), new Uint8Array(), new Uint8Array([2, 3])]);
  assert.ok(equalBytes(whole, new Uint8Array([1, 2, 3])));
  assert.ok(!equalBytes(whole, new Uint8Array([1, 2])) && !equalBytes(whole, new Uint8Array([1, 2, 4])));
});

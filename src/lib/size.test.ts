// Tests of sizes: what people write, and what we write back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatSize, parseSize } from './size.ts';

// biome-ignore format: a table reads in columns
const SIZES: readonly (readonly [text: string, bytes: number | undefined])[] = [
  ['0', 0], ['512', 512], ['64K', 65_536], ['64k', 65_536], ['64M', 64 * 2 ** 20], ['3G', 3 * 2 ** 30],
  ['3GiB', 3 * 2 ** 30], ['3GB', 3 * 2 ** 30], ['1.5G', 1.5 * 2 ** 30], [' 2 T ', 2 ** 41],
  ['', undefined], ['M', undefined], ['-1M', undefined], ['1X', undefined], ['1.5', undefined], ['0x10', undefined],
  ['1e3', undefined], ['99999999999999999T', undefined],
];

for (const [text, bytes] of SIZES) {
  test(`parseSize: "${text}" is ${bytes}`, () => assert.equal(parseSize(text), bytes));
}

test('formatSize: the largest unit that keeps one whole', () => {
  assert.deepEqual([0, 1023, 1024, 64 * 2 ** 20, 31_165_952, 2 ** 52].map(formatSize), [
    '0 bytes',
    '1023 bytes',
    '1 KiB',
    '64 MiB',
    '29.7 MiB',
    '4096 TiB',
  ]);
});

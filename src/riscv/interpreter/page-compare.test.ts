// Where two pages differ: each byte counts, blocks before `from` do not, and nothing beyond the page is looked at.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COMPARED_BYTES, pageCompare } from './page-compare.ts';

const PAGE = 4096;
const [ONE, OTHER] = [4 * PAGE, 9 * PAGE];

test('pageCompare: the first block that differs, whichever of its bytes does', () => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const compare = pageCompare(memory);
  const bytes = new Uint8Array(memory.buffer);
  for (let i = 0; i < PAGE; i++) bytes[ONE + i] = bytes[OTHER + i] = (i * 7) & 255;
  bytes[OTHER + PAGE] = 1;
  assert.equal(compare(ONE, OTHER, 0), PAGE);
  assert.equal(compare(ONE, OTHER, PAGE), PAGE);
  for (let at = 0; at < PAGE; at += 37) {
    const block = at - (at % COMPARED_BYTES);
    bytes[OTHER + at] = (bytes[OTHER + at] as number) ^ 128;
    assert.deepEqual(
      [0, block, block + COMPARED_BYTES].map((from) => compare(ONE, OTHER, from)),
      [block, block, PAGE],
    );
    bytes[OTHER + at] = (bytes[OTHER + at] as number) ^ 128;
  }
});

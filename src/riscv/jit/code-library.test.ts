// The library of translated code: what counts as the same content, and that it does not grow for ever.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PAGE_BYTES } from '../hart/page-map.ts';
import { CodeLibrary } from './code-library.ts';

const code = (): void => {};

function fixture(maxRegions?: number) {
  const memory = new SharedArrayBuffer(8 * PAGE_BYTES);
  const words = new Int32Array(memory);
  return { words, library: new CodeLibrary(memory, maxRegions) };
}

test('CodeLibrary: pages with the same bytes have the same number, any other byte makes another', () => {
  const { words, library } = fixture();
  assert.equal(library.known(0), 0);
  const number = library.numberOf(0);
  assert.equal(library.numberOf(PAGE_BYTES), number);
  for (const word of [0, 1, 511, 1023]) {
    words[word] = 1;
    assert.equal(library.known(0), 0, `word ${word}`);
    words[word] = 0;
  }
  assert.equal(library.known(0), number);
});

test('CodeLibrary: contents with the same hash are told apart by their words', () => {
  const { words, library } = fixture();
  const seen = new Map<number, number>();
  for (let value = 0; value < 100; value++) {
    words[0] = value;
    // The second word takes away what the first has made of the hash.
    const first = Math.imul(value, 0x9e37_79b1);
    words[1] = first ^ -(first >>> 15);
    const number = library.numberOf(0);
    assert.ok(!seen.has(number), `${value} and ${seen.get(number)}`);
    seen.set(number, value);
  }
});

test('CodeLibrary: a region is found by content, address, mode and offset', () => {
  const { library } = fixture();
  const number = library.numberOf(0);
  const region = { offset: 8, code };
  library.add(number, 0x1000n, 1, region);
  assert.equal(library.find(number, 0x1000n, 1, 8), region);
  assert.deepEqual([...library.at(number, 0x1000n, 1)], [region]);
  for (const [page, mode, offset] of [
    [0x2000n, 1, 8],
    [0x1000n, 0, 8],
    [0x1000n, 1, 10],
  ] as const) {
    assert.equal(library.find(number, page, mode, offset), undefined);
  }
  assert.equal(library.find(number + 1, 0x1000n, 1, 8), undefined);
});

test('CodeLibrary: when it is full all is given up, and no number is given again', () => {
  const { words, library } = fixture(4);
  const numbers = new Set<number>();
  for (let value = 1; value <= 50; value++) {
    words[0] = value;
    const number = library.numberOf(0);
    numbers.add(number);
    library.add(number, 0x1000n, 1, { offset: 0, code });
    assert.ok(library.size <= 4);
  }
  assert.equal(numbers.size, 50);
  words[0] = 1;
  assert.ok(!numbers.has(library.numberOf(0)));
});

test('CodeLibrary: a region of a content that was given up is not kept', () => {
  const { words, library } = fixture(1);
  const old = library.numberOf(0);
  words[0] = 1;
  const young = library.numberOf(0);
  library.add(young, 0n, 0, { offset: 0, code });
  library.add(young, 0n, 0, { offset: 2, code });
  assert.equal(library.find(young, 0n, 0, 0), undefined);
  library.add(old, 0n, 0, { offset: 0, code });
  assert.equal(library.find(old, 0n, 0, 0), undefined);
});

// LZ4 blocks: round trips, what others write, bounds, and garbage.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { expandLz4, Lz4 } from './lz4.ts';

const PAGE = 4096;

function roundTrip(page: Uint8Array): number {
  const packed = new Uint8Array(PAGE * 2);
  const length = new Lz4().compress(page, packed);
  const back = new Uint8Array(PAGE).fill(0xee);
  assert.ok(length > 0);
  assert.equal(expandLz4(packed.subarray(0, length), back), true);
  assert.deepEqual(back, page);
  return length;
}

/** Pages from chance to text: bytes of `kinds` values, in runs of up to `run`. */
function pageOf(random: SeededRandom, kinds: number, run: number): Uint8Array {
  const page = new Uint8Array(PAGE);
  for (let at = 0; at < PAGE; ) {
    const end = Math.min(PAGE, at + 1 + (random.nextU32() % run));
    page.fill(random.nextU32() % kinds, at, end);
    at = end;
  }
  return page;
}

test('Lz4: what is packed comes out again, whatever it is', () => {
  const random = new SeededRandom(1);
  for (const kinds of [1, 2, 4, 20, 256]) {
    for (const run of [1, 2, 5, 30, 700, 5000]) {
      for (let i = 0; i < 5; i++) roundTrip(pageOf(random, kinds, run));
    }
  }
});

test('Lz4: zeros shrink to almost nothing, chance does not shrink', () => {
  assert.ok(roundTrip(new Uint8Array(PAGE)) < 40);
  const noise = pageOf(new SeededRandom(2), 256, 1);
  assert.ok(roundTrip(noise) > PAGE);
  assert.equal(new Lz4().compress(noise, new Uint8Array(PAGE / 2)), 0);
});

test('Lz4: every size of the output is kept to', () => {
  const page = pageOf(new SeededRandom(3), 3, 40);
  const whole = roundTrip(page);
  for (let size = 0; size < whole; size += 7) {
    const into = new Uint8Array(whole + 8).fill(0xcc);
    assert.equal(new Lz4().compress(page, into.subarray(0, size)), 0);
    assert.ok(into.subarray(size).every((byte) => byte === 0xcc));
  }
});

test('expandLz4: a block as the reference implementation writes it', () => {
  // "abcabcabcabcabcabcabcabcabcabc!" as literals "abc", a match of 22 bytes at distance 3, literals "bcabc!".
  const block = Uint8Array.of(0x3f, 0x61, 0x62, 0x63, 3, 0, 3, 0x60, 0x62, 0x63, 0x61, 0x62, 0x63, 0x21);
  const into = new Uint8Array(31);
  assert.equal(expandLz4(block, into), true);
  assert.equal(String.fromCharCode(...into), `${'abc'.repeat(8)}abcabc!`.slice(0, 24) + 'abcabc!');
});

test('expandLz4: garbage is refused or fills the page, and never writes beside it', () => {
  const random = new SeededRandom(4);
  for (let i = 0; i < 20_000; i++) {
    const block = new Uint8Array(random.nextU32() % 40);
    random.fill(block);
    const room = new Uint8Array(80).fill(0xcc);
    expandLz4(block, room.subarray(8, 72));
    assert.ok(room.subarray(0, 8).every((byte) => byte === 0xcc));
    assert.ok(room.subarray(72).every((byte) => byte === 0xcc));
  }
});

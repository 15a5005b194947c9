// Pages by zstd: what is packed comes out again, and what is no packed page is refused.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { ZstdPacker } from './zstd-packer.ts';

const PAGE = 4096;

test('ZstdPacker: what is packed comes out again; what does not fit is not packed', () => {
  const [packer, random] = [new ZstdPacker(), new SeededRandom(1)];
  for (let round = 0; round < 60; round++) {
    const page = new Uint8Array(PAGE);
    random.fill(page.subarray(0, round * 60));
    const into = new Uint8Array(PAGE / 2 - 2);
    const length = packer.compress(page, into);
    if (round * 60 > PAGE / 2) assert.equal(length, 0, `${round * 60} bytes of chance`);
    else if (round * 60 < PAGE / 2 - 128) assert.ok(length > 0);
    if (length === 0) continue;
    const back = new Uint8Array(PAGE).fill(7);
    assert.equal(packer.expand(into.subarray(0, length), back), true);
    assert.deepEqual(back, page);
  }
});

test('ZstdPacker: garbage is refused, or fills the page', () => {
  const [packer, random] = [new ZstdPacker(), new SeededRandom(2)];
  const into = new Uint8Array(PAGE / 2);
  const length = packer.compress(new Uint8Array(PAGE).fill(3), into);
  for (let round = 0; round < 400; round++) {
    const bytes = into.slice(0, length);
    const at = random.below(length);
    bytes[at] = (bytes[at] as number) ^ (1 << random.below(8));
    const back = new Uint8Array(PAGE);
    if (!packer.expand(bytes, back)) assert.ok(back.every((byte) => byte === 0));
  }
  assert.equal(packer.expand(new Uint8Array(0), new Uint8Array(PAGE)), false);
});

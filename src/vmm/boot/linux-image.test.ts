// The header of Linux Images: good ones, and each way to be none.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLinuxImage, parseLinuxImage } from './linux-image.ts';

const KIB = 1024;

/** An Image header as Debian's kernels have it: PE header at 0x40, one section up to `rawEnd`. */
function header(
  change: { imageSize?: bigint; flags?: bigint; textOffset?: bigint; rawEnd?: number; pe?: boolean } = {},
) {
  const bytes = new Uint8Array(4 * KIB);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0x5a4d, true);
  view.setBigUint64(8, change.textOffset ?? 0x20_0000n, true);
  view.setBigUint64(16, change.imageSize ?? BigInt(128 * KIB), true);
  view.setBigUint64(24, change.flags ?? 0n, true);
  view.setBigUint64(48, 0x56_4353_4952n, true);
  view.setUint32(56, 0x0543_5352, true);
  if (change.pe === false) return bytes;
  view.setUint32(60, 0x40, true);
  view.setUint32(0x40, 0x4550, true);
  view.setUint16(0x46, 1, true);
  view.setUint16(0x54, 0xa0, true);
  const section = 0x40 + 24 + 0xa0;
  view.setUint32(section + 16, (change.rawEnd ?? 100 * KIB) - 4 * KIB, true);
  view.setUint32(section + 20, 4 * KIB, true);
  return bytes;
}

test('parseLinuxImage: gives where it wants to be and what it takes', () => {
  assert.ok(isLinuxImage(header()));
  assert.deepEqual(parseLinuxImage(header(), 100 * KIB), {
    image: { textOffset: 0x20_0000, memoryBytes: 128 * KIB },
  });
});

test('parseLinuxImage: a file shorter than its sections is truncated, at every cut', () => {
  for (const cut of [100 * KIB - 1, 64 * KIB, 50 * KIB, 5 * KIB]) {
    const result = parseLinuxImage(header(), cut);
    assert.ok('reason' in result, `cut at ${cut}`);
    assert.match(result.reason, new RegExp(`truncated: ${cut} bytes, its header says at least ${100 * KIB}`));
  }
});

test('parseLinuxImage: without PE sections a file cut in half is truncated, a whole one with much bss is not', () => {
  const plain = header({ pe: false });
  assert.ok('reason' in parseLinuxImage(plain, 63 * KIB));
  assert.ok('image' in parseLinuxImage(plain, 65 * KIB));
});

test('parseLinuxImage: big-endian kernels and damaged headers are refused by name', () => {
  const reasonOf = (bytes: Uint8Array) => (parseLinuxImage(bytes, 128 * KIB) as { reason: string }).reason;
  assert.match(reasonOf(header({ flags: 1n })), /big-endian/);
  assert.match(reasonOf(header({ textOffset: 0x20_0001n })), /damaged/);
  assert.match(reasonOf(header({ imageSize: 2n ** 63n })), /damaged/);
  assert.match(reasonOf(header({ textOffset: 2n ** 62n })), /damaged/);
});

test('isLinuxImage: either magic will do, a short or foreign file will not', () => {
  const old = header();
  old.fill(0, 56, 60);
  assert.ok(isLinuxImage(old));
  assert.ok(!isLinuxImage(header().subarray(0, 63)));
  assert.ok(!isLinuxImage(new Uint8Array(4096)));
});

// What can be booted and what cannot: one clear error for each kind of mistake; nothing a file holds breaks the parser.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostError, hexToBytes, SeededRandom } from '#lib';
import { bootFile } from '../testing.ts';
import { loadEnd } from './loadable.ts';
import { type PayloadKind, parsePayload } from './payload.ts';

const RAM = 0x8000_0000;
const FUZZ_RUNS = 3000;

function refusal(kind: PayloadKind, bytes: Uint8Array): string {
  try {
    parsePayload(kind, bootFile('the-file', bytes), RAM);
  } catch (error) {
    if (error instanceof HostError) return error.message;
    throw error;
  }
  return 'none';
}

function file(at: number, hex: string, size = 4096): Uint8Array {
  const bytes = new Uint8Array(size);
  bytes.set(hexToBytes(hex), at);
  return bytes;
}

const MISTAKES: readonly (readonly [what: string, bytes: Uint8Array, expected: RegExp])[] = [
  ['bzImage', file(0x202, '48647253'), /"the-file": it is an x86 kernel \(bzImage\)/],
  ['ARM64 Image', file(0x38, '41524d64'), /ARM64 kernel/],
  ['gzip', file(0, '1f8b08'), /compressed with gzip; decompress it first \(gunzip\)/],
  ['zstd', file(0, '28b52ffd'), /zstd/],
  ['x86-64 ELF', file(0, `7f454c4602010100${'00'.repeat(8)}02003e00`), /ELF for x86-64/],
  ['a cpio archive', file(0, '303730373031'), /initramfs/],
  ['nothing', new Uint8Array(0), /it is empty/],
  ['some bytes', new Uint8Array(20), /truncated: 20 bytes/],
  ['text', new Uint8Array(4096).fill(0x41), /neither a RISC-V Image nor an ELF/],
];

for (const [what, bytes, expected] of MISTAKES) {
  test(`parsePayload: ${what} is no kernel, and the error says why`, () => {
    assert.match(refusal('kernel', bytes), expected);
  });
}

test('parsePayload: firmware may be raw bytes, which go 2 MiB into RAM', () => {
  const image = parsePayload('firmware', bootFile('u-boot.bin', new Uint8Array(100)), RAM);
  assert.equal(image.entry, RAM + 0x20_0000);
  assert.equal(loadEnd(image), RAM + 0x20_0000 + 100);
  assert.match(refusal('firmware', file(0, '1f8b08')), /Cannot boot firmware "the-file": it is compressed/);
  assert.match(refusal('firmware', file(0x28, '5f465648')), /it is EDK2 for flash memory.*; U-Boot boots/);
});

/** A random file that looks like an Image or an ELF at first sight, with random damage. */
function randomFile(random: SeededRandom): Uint8Array {
  const bytes = new Uint8Array(64 + random.below(2048));
  random.fill(bytes);
  const view = new DataView(bytes.buffer);
  if (random.below(2) === 0) {
    bytes.set(hexToBytes('7f454c46020101'));
    view.setUint16(16, 2, true);
    view.setUint16(18, 243, true);
    if (random.below(4) > 0) view.setUint16(54, 56, true);
    if (random.below(4) > 0) view.setBigUint64(32, BigInt(random.below(bytes.length)), true);
    if (random.below(4) > 0) view.setUint16(56, random.below(20), true);
  } else {
    view.setUint32(56, 0x0543_5352, true);
    if (random.below(4) > 0) view.setBigUint64(8, BigInt(random.below(2048)) * 4096n, true);
    if (random.below(4) > 0) view.setBigUint64(16, BigInt(random.below(2 ** 20)), true);
    if (random.below(4) > 0) view.setUint32(60, random.below(bytes.length), true);
  }
  return bytes;
}

test('parsePayload: whatever a file holds, it is a clear error or something that can be loaded', () => {
  const seed = 0xb007;
  const random = new SeededRandom(seed);
  let good = 0;
  for (let run = 0; run < FUZZ_RUNS; run++) {
    const bytes = randomFile(random);
    const kind = random.below(2) === 0 ? 'kernel' : 'firmware';
    if (refusal(kind, bytes) !== 'none') continue;
    good++;
    const image = parsePayload(kind, bootFile('fuzz', bytes), RAM);
    for (const { address, offset, fileBytes, memoryBytes } of image.segments) {
      const isSound = address >= RAM && offset + fileBytes <= bytes.length && fileBytes <= memoryBytes;
      assert.ok(isSound && Number.isSafeInteger(address + memoryBytes), `seed ${seed}, run ${run}`);
    }
  }
  assert.ok(good > 0, 'no random file was good: the generator tests nothing');
});

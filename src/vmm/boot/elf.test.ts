// ELF executables: where their segments go, and each way to be damaged or foreign.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isElf, parseElf } from './elf.ts';

const RAM = 0x8000_0000;

interface Header {
  virtual: bigint;
  physical: bigint;
  offset?: bigint;
  fileBytes?: bigint;
  memoryBytes?: bigint;
}

function elf(
  entry: bigint,
  segments: readonly Header[],
  change: (view: DataView) => void = () => {},
): Uint8Array {
  const bytes = new Uint8Array(8192);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x464c_457f, true);
  bytes.set([2, 1, 1], 4);
  view.setUint16(16, 2, true);
  view.setUint16(18, 243, true);
  view.setBigUint64(24, entry, true);
  view.setBigUint64(32, 64n, true);
  view.setUint16(54, 56, true);
  view.setUint16(56, segments.length, true);
  segments.forEach((segment, i) => {
    const at = 64 + 56 * i;
    view.setUint32(at, 1, true);
    view.setBigUint64(at + 8, segment.offset ?? 4096n, true);
    view.setBigUint64(at + 16, segment.virtual, true);
    view.setBigUint64(at + 24, segment.physical, true);
    view.setBigUint64(at + 32, segment.fileBytes ?? 4096n, true);
    view.setBigUint64(at + 40, segment.memoryBytes ?? 4096n, true);
  });
  change(view);
  return bytes;
}

const bare: Header = { virtual: BigInt(RAM), physical: BigInt(RAM) };
const reasonOf = (bytes: Uint8Array, fileBytes = bytes.length): string =>
  (parseElf(bytes, fileBytes, RAM) as { reason?: string }).reason ?? 'it is good';

test('parseElf: segments in RAM stay where they are', () => {
  const bytes = elf(BigInt(RAM) + 8n, [bare]);
  assert.ok(isElf(bytes));
  assert.deepEqual(parseElf(bytes, bytes.length, RAM), {
    image: { entry: RAM + 8, segments: [{ address: RAM, offset: 4096, fileBytes: 4096, memoryBytes: 4096 }] },
  });
});

test('parseElf: a vmlinux, linked for virtual addresses, goes 2 MiB into RAM with its distances kept', () => {
  const virtual = 0xffff_ffff_8000_0000n;
  const second = { virtual: virtual + 0x4000n, physical: 0x4000n, memoryBytes: 0x9000n };
  const result = parseElf(elf(virtual + 0x4010n, [{ virtual, physical: 0n }, second]), 8192, RAM);
  assert.ok('image' in result);
  assert.equal(result.image.entry, RAM + 0x20_4010);
  assert.deepEqual(
    result.image.segments.map(({ address, memoryBytes }) => [address, memoryBytes]),
    [
      [RAM + 0x20_0000, 0x1000],
      [RAM + 0x20_4000, 0x9000],
    ],
  );
});

test('parseElf: foreign executables are refused by name', () => {
  const changed = (change: (view: DataView) => void) => reasonOf(elf(BigInt(RAM), [bare], change));
  assert.match(
    changed((view) => view.setUint16(18, 62, true)),
    /for x86-64, not for RISC-V/,
  );
  assert.match(
    changed((view) => view.setUint16(18, 40, true)),
    /for ARM, not/,
  );
  assert.match(
    changed((view) => view.setUint16(18, 999, true)),
    /for machine 999/,
  );
  assert.match(
    changed((view) => view.setUint8(4, 1)),
    /32-bit/,
  );
  assert.match(
    changed((view) => view.setUint8(5, 2)),
    /big-endian/,
  );
  assert.match(
    changed((view) => view.setUint16(16, 1, true)),
    /not an executable/,
  );
});

test('parseElf: damage is told, and never read past', () => {
  assert.match(reasonOf(elf(BigInt(RAM), [])), /nothing to load/);
  assert.match(reasonOf(elf(0n, [bare])), /entry 0x0 lies in no segment/);
  assert.match(reasonOf(elf(BigInt(RAM), [bare]), 8191), /truncated: 8191 bytes/);
  assert.match(reasonOf(elf(BigInt(RAM), [{ ...bare, fileBytes: 4097n }])), /damaged/);
  assert.match(reasonOf(elf(BigInt(RAM), [{ ...bare, memoryBytes: 2n ** 60n }])), /damaged/);
  assert.match(reasonOf(elf(BigInt(RAM), [{ ...bare, offset: 2n ** 64n - 1n }])), /truncated/);
  assert.match(reasonOf(elf(BigInt(RAM), [bare, { ...bare, physical: BigInt(RAM) + 8n }])), /overlap/);
  assert.match(
    reasonOf(elf(BigInt(RAM), [bare], (view) => view.setBigUint64(32, 2n ** 63n, true))),
    /program headers are not there/,
  );
  assert.match(reasonOf(elf(BigInt(RAM), [bare], (view) => view.setUint16(54, 0, true))), /e_phentsize/);
});

// What disks boot: partition tables, EFI system partitions, boot code; and disks that hold anything.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { diskContent } from './disk-content.ts';
import { fat16, gptDisk, mbrDisk, type Tree } from './disk-testing.ts';
import { openFat } from './fat.ts';

const readerOf = (bytes: Uint8Array) => ({
  sizeBytes: bytes.length,
  read(offset: number, length: number) {
    assert.ok(offset >= 0 && offset + length <= bytes.length, 'within the disk');
    return bytes.slice(offset, offset + length);
  },
});
const boots = (bytes: Uint8Array) => {
  const content = diskContent(readerOf(bytes));
  return content.boots === 'nothing' ? 'nothing' : `${content.boots}: ${content.how}`;
};

const FILE = new Uint8Array(1);
const efi = (...names: readonly string[]): Tree => ({
  EFI: { BOOT: Object.fromEntries(names.map((name) => [name, FILE])) },
});
const RISCV = fat16(efi('BOOTRISCV64.EFI'));
const X86 = fat16(efi('BOOTX64.EFI'));
const EMPTY = fat16({});
const SYSTEM = '28732ac11ff8d211ba4b00a0c93ec93b';
const LINUX = 'af3dc60f838472478e793d69d8477de4';
const BIOS_BOOT = '4861682149646f6e744e656564454649';

// biome-ignore format: a table reads in columns
const DISKS: readonly (readonly [what: string, disk: Uint8Array, boots: string])[] = [
  ['nothing',                            new Uint8Array(4096), 'nothing'],
  ['a disk of less than a sector',       new Uint8Array(100), 'nothing'],
  ['a RISC-V loader in a GPT',           gptDisk(RISCV, SYSTEM), 'riscv: EFI/BOOT/BOOTRISCV64.EFI'],
  ['an x86 loader in a GPT',             gptDisk(X86, SYSTEM), 'x86: EFI/BOOT/BOOTX64.EFI'],
  ['loaders of both kinds',              gptDisk(fat16(efi('bootx64.efi', 'bootriscv64.efi')), SYSTEM), 'riscv: EFI/BOOT/BOOTRISCV64.EFI'],
  ['a loader in no system partition',    gptDisk(X86, LINUX), 'nothing'],
  ['a partition of Linux, to be booted', gptDisk(EMPTY, LINUX, 4), 'riscv: a partition that is marked to be booted'],
  ['GRUB for a BIOS in a GPT',           gptDisk(EMPTY, BIOS_BOOT, 0, '\u00ebcGRUB'), 'x86: GRUB in its first sector'],
  ['a system partition in an MBR',       mbrDisk(X86, { type: 0xef }), 'x86: EFI/BOOT/BOOTX64.EFI'],
  ['extlinux in an active partition',    mbrDisk(fat16({ extlinux: { 'extlinux.conf': FILE } }), { isActive: true }), 'riscv: extlinux.conf'],
  ['code and an active partition',       mbrDisk(EMPTY, { isActive: true, code: 'x' }), 'x86: BIOS code in its first sector'],
  ['what parted writes for data',        mbrDisk(EMPTY, { code: 'x' }), 'nothing'],
  ['a volume without partitions',        X86, 'x86: EFI/BOOT/BOOTX64.EFI'],
  ['a volume of data',                   fat16({ 'notes.txt': FILE }), 'nothing'],
];

for (const [what, disk, expected] of DISKS) {
  test(`diskContent: ${what}`, () => assert.equal(boots(disk), expected));
}

test('openFat: long names of several parts, folders of several clusters', () => {
  const many = Object.fromEntries(
    Array.from({ length: 400 }, (_, i) => [`a name that is as long as this ${i}`, FILE]),
  );
  const volume = openFat(readerOf(fat16({ many }, 8000)));
  const names = volume?.names(['MANY']);
  assert.ok(
    names?.has('A NAME THAT IS AS LONG AS THIS 0') && names.has('A NAME THAT IS AS LONG AS THIS 399'),
  );
  assert.equal(volume?.names(['NONE']).size, 0);
});

test('diskContent: fuzz: whatever a disk holds, it ends, and nothing outside is read', () => {
  const random = new SeededRandom(11);
  for (const disk of [gptDisk(RISCV, SYSTEM), mbrDisk(X86, { type: 0xef }), fat16(efi('x'))]) {
    const head = disk.slice(0, 2 ** 21);
    for (let run = 0; run < 400; run++) {
      const bytes = head.slice(0, random.below(4) === 0 ? random.below(head.length) : head.length);
      for (let i = random.below(30); i > 0; i--) {
        const near = [512, 2048, 1_100_000][random.below(3)] ?? 512;
        if (bytes.length > 0) bytes[random.below(Math.min(near, bytes.length))] = random.below(256);
      }
      assert.match(diskContent(readerOf(bytes)).boots, /^(nothing|riscv|x86)$/);
    }
  }
});

test('openFat: folders that lead in circles end', () => {
  const volume = fat16({ a: { b: FILE } });
  // The file is in cluster 2, the folder in 3: that comes after itself, and has no end.
  new DataView(volume.buffer).setUint16(512 + 3 * 2, 3, true);
  const begin = volume.length - 4999 * 16_384;
  volume.fill(0xe5, begin + 64, begin + 16_384);
  assert.deepEqual([...(openFat(readerOf(volume))?.names(['A']) ?? [])].slice(0, 2), ['F0000000', 'B']);
});

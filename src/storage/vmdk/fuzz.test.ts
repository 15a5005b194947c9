// Damaged files: whatever their bytes are, a disk is opened and read, or refused by a HostError; nothing else happens.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { HostError, SeededRandom } from '#lib';
import { copyDisk } from '../copy-disk.ts';
import { parseQcow2Header, Qcow2Image } from '../qcow2.ts';
import { parseState } from './change-tracking.ts';
import { checkDisk } from './check.ts';
import { createDisk } from './create.ts';
import { createDelta } from './delta.ts';
import { formatDescriptor, parseDescriptor } from './descriptor.ts';
import { parseSparseHeader } from './sparse-header.ts';
import { ask, noQemuImg, qemuImg, scratchFolder, scribble } from './testing.ts';
import { VmdkDisk } from './vmdk-disk.ts';

const root = scratchFolder('vmdk-fuzz');
const SIZE = 2 ** 20;
/** KDMV, COWD, QFI. */
const MAGICS = [
  [0x4b, 0x44, 0x4d, 0x56],
  [0x43, 0x4f, 0x57, 0x44],
  [0x51, 0x46, 0x49, 0xfb],
];

/** A few bytes are others, or cut off, or doubled. */
function damaged(bytes: Uint8Array, random: SeededRandom, within: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  for (let i = random.below(6); i >= 0; i--) {
    const at = random.below(Math.min(within, copy.length));
    const interesting = [0, 1, 0x7f, 0x80, 0xff, 0x22, 0x0a, random.below(256)];
    for (let j = random.below(4); j >= 0; j--) copy[at + j] = interesting[random.below(8)] as number;
  }
  return random.below(5) === 0 ? copy.subarray(0, random.below(copy.length)) : copy;
}

function tryDisk(path: string): void {
  try {
    const disk = new VmdkDisk({ path, readOnly: true });
    for (let at = 0; at < Math.min(disk.sizeBytes, SIZE); at += 2 ** 16) {
      const length = Math.min(2 ** 16, disk.sizeBytes - at);
      ask(disk, { kind: 'read', offset: at, buffers: [new Uint8Array(length)] });
    }
    disk.close();
    checkDisk(path);
  } catch (error) {
    assert.ok(error instanceof HostError, String((error as Error).stack));
  }
}

function madeDisk(name: string, format: 'thin' | 'monolithicSparse', random: SeededRandom): string {
  mkdirSync(join(root, name));
  const path = join(root, name, 'd.vmdk');
  createDisk({ path, sizeBytes: SIZE, format });
  const disk = new VmdkDisk({ path, readOnly: false });
  scribble(disk, new Uint8Array(SIZE), random, 20);
  disk.close();
  return path;
}

test('descriptors: any text is parsed or refused; what is parsed is written and parsed the same', () => {
  const random = new SeededRandom(1);
  const path = madeDisk('text', 'thin', random);
  const bytes = readFileSync(path);
  let parsed = 0;
  for (let round = 0; round < 4000; round++) {
    const text = new TextDecoder('latin1').decode(damaged(bytes, random, bytes.length));
    const descriptor = parseDescriptor(text);
    if ('reason' in descriptor) continue;
    parsed++;
    assert.deepEqual(parseDescriptor(formatDescriptor(descriptor)), descriptor);
  }
  assert.ok(parsed > 100, `${parsed} were parsed`);
});

test('descriptor files: opened with their extents or refused', () => {
  const random = new SeededRandom(2);
  const path = madeDisk('descriptor', 'thin', random);
  const child = path.replace('d.vmdk', 'd-000001.vmdk');
  createDelta(path, child);
  const bytes = readFileSync(child);
  for (let round = 0; round < 300; round++) {
    writeFileSync(child, damaged(bytes, random, bytes.length));
    tryDisk(child);
  }
});

test('hosted sparse, COWD and streamOptimized extents: read, checked, or refused', async () => {
  const random = new SeededRandom(3);
  const sparse = madeDisk('sparse', 'monolithicSparse', random);
  const delta = sparse.replace('d.vmdk', 'd-000001.vmdk');
  createDelta(sparse, delta);
  const top = new VmdkDisk({ path: delta, readOnly: false });
  scribble(top, new Uint8Array(SIZE).fill(0), random, 0);
  ask(top, { kind: 'write', offset: 512, buffers: [new Uint8Array(70_000 - (70_000 % 512)).fill(3)] });
  top.close();
  const stream = sparse.replace('d.vmdk', 's.vmdk');
  await copyDisk({ from: sparse, to: stream, format: 'streamOptimized' });
  const cases = [
    [delta.replace('.vmdk', '-delta.vmdk'), delta],
    [stream, stream],
    [sparse, sparse],
  ] as const;
  for (const [file, disk] of cases) {
    const bytes = readFileSync(file);
    for (let round = 0; round < 150; round++) {
      writeFileSync(file, damaged(bytes, random, round % 2 === 0 ? 2048 : bytes.length));
      tryDisk(disk);
    }
    writeFileSync(file, bytes);
  }
});

test('headers and change tracking: any bytes are parsed or refused', () => {
  const random = new SeededRandom(4);
  for (let round = 0; round < 3000; round++) {
    const bytes = new Uint8Array(random.below(3000));
    random.fill(bytes);
    if (bytes.length < 4) continue;
    bytes.set(MAGICS[round % MAGICS.length] as number[]);
    parseSparseHeader(bytes);
    parseQcow2Header(bytes);
    bytes.set(new TextEncoder().encode('VMKCTK01').subarray(0, bytes.length));
    parseState(bytes);
  }
});

test('qcow2: damaged images are read or refused', { skip: noQemuImg }, () => {
  const random = new SeededRandom(5);
  const path = madeDisk('qcow2', 'thin', random);
  const image = join(root, 'qcow2', 'i.qcow2');
  for (const words of [[], ['-c']]) {
    qemuImg('convert', '-q', '-f', 'vmdk', '-O', 'qcow2', ...words, path, image);
    const bytes = readFileSync(image);
    for (let round = 0; round < 200; round++) {
      writeFileSync(image, damaged(bytes, random, round % 2 === 0 ? 112 : bytes.length));
      try {
        const opened = Qcow2Image.open(image);
        try {
          for (let at = 0; at < Math.min(opened.sizeBytes, SIZE); at += 2 ** 16) {
            opened.read([new Uint8Array(Math.min(2 ** 16, opened.sizeBytes - at))], at);
          }
        } catch (error) {
          assert.ok(error instanceof Error && !(error instanceof TypeError), String(error));
        } finally {
          opened.close();
        }
      } catch (error) {
        assert.ok(error instanceof HostError, String((error as Error).stack));
      }
    }
  }
});

// Boot files: read where they belong, decompressed on the way, and clear errors for what is no file.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { openBootFile, openKernel, symbolsBeside } from './boot-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'vmk-boot-files-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const CONTENT = Uint8Array.from({ length: 10_000 }, (_, i) => i * 7);

function write(name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

function part(
  file: { readInto(offset: number, target: Uint8Array): void },
  offset: number,
  length: number,
): Uint8Array {
  const target = new Uint8Array(new SharedArrayBuffer(length));
  file.readInto(offset, target);
  return target.slice();
}

test('openBootFile: reads any part into shared memory', () => {
  const file = openBootFile('kernel', write('plain', CONTENT));
  assert.equal(file.sizeBytes, CONTENT.length);
  assert.deepEqual(new Uint8Array(part(file, 9000, 1000)), CONTENT.slice(9000));
  assert.throws(() => part(file, 9500, 1000), {
    message: /Cannot read kernel ".*plain": it ends at byte 10000/,
  });
  file.close();
});

test('openKernel: takes gzip off, and leaves the rest alone', () => {
  for (const [name, bytes] of [
    ['kernel.gz', gzipSync(CONTENT)],
    ['kernel', CONTENT],
  ] as const) {
    const file = openKernel('kernel', write(name, bytes));
    assert.equal(file.sizeBytes, CONTENT.length);
    assert.deepEqual(new Uint8Array(part(file, 5, 50)), CONTENT.slice(5, 55));
    file.close();
  }
  assert.equal(openKernel('kernel', write('tiny', 'x')).sizeBytes, 1);
  assert.throws(() => openKernel('kernel', write('cut.gz', gzipSync(CONTENT).subarray(0, 50))), {
    message: /Cannot boot kernel ".*cut.gz": it cannot be decompressed/,
  });
});

test('openBootFile: what is not there, or no file, is told by name', () => {
  assert.throws(() => openBootFile('initramfs', join(folder, 'nothing')), {
    message: /Cannot open initramfs ".*nothing": there is no such file/,
  });
  assert.throws(() => openBootFile('kernel', folder), { message: /it is a directory, not a file/ });
  assert.throws(() => openBootFile('kernel', '/dev/null'), { message: /it is a device, not a file/ });
});

test('symbolsBeside: finds the System.map of the kernel’s version, or none', () => {
  write('System.map-6.12', 'ffffffff80000000 T _start\n');
  assert.equal(symbolsBeside(join(folder, 'vmlinux-6.12'))(0xffff_ffff_8000_0004n), '_start+0x4');
  assert.equal(symbolsBeside(join(folder, 'vmlinux-6.13'))(0xffff_ffff_8000_0004n), undefined);
});

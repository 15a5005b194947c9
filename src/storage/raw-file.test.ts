// Tests of raw image files: every kind of request on shared memory, holes, locks, and what cannot be a disk.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { BlockRequest, BlockStatus } from '#devices';
import { type HostError, SeededRandom } from '#lib';
import { RawFile } from './raw-file.ts';

const SIZE = 2 ** 20;
const root = mkdtempSync(join(tmpdir(), 'vmkernel-raw-test-'));
after(() => rmSync(root, { recursive: true }));
const isRoot = process.getuid?.() === 0;

function image(name: string, size = SIZE): string {
  const path = join(root, name);
  const content = new Uint8Array(size);
  new SeededRandom(1).fill(content);
  writeFileSync(path, content);
  return path;
}

function submit(disk: RawFile, request: BlockRequest): BlockStatus {
  const statuses: BlockStatus[] = [];
  disk.submit(request, (status) => statuses.push(status));
  assert.equal(statuses.length, 1, 'completes exactly once');
  return statuses[0] as BlockStatus;
}

/** Buffers like a guest's pages: on shared memory, not next to each other. */
function pages(...lengths: number[]): Uint8Array[] {
  const memory = new SharedArrayBuffer(2 ** 20);
  return lengths.map((length, i) => new Uint8Array(memory, i * 8192, length));
}

test('read and write: scatter and gather, over pages of shared memory', () => {
  const path = image('rw.img');
  const before = readFileSync(path);
  const disk = new RawFile({ path, readOnly: false });
  assert.deepEqual([disk.sizeBytes, disk.readOnly, disk.id], [SIZE, false, 'rw.img']);
  const into = pages(512, 1024, 0, 512);
  assert.equal(submit(disk, { kind: 'read', offset: 4096, buffers: into }), 'ok');
  assert.deepEqual(Buffer.concat(into), before.subarray(4096, 4096 + 2048));
  const from = pages(1024, 512);
  from.forEach((page, i) => page.fill(i + 1));
  assert.equal(submit(disk, { kind: 'write', offset: SIZE - 1536, buffers: from }), 'ok');
  assert.equal(submit(disk, { kind: 'flush' }), 'ok');
  disk.close();
  const expected = Buffer.concat([before.subarray(0, SIZE - 1536), ...from]);
  assert.ok(readFileSync(path).equals(expected));
});

test('read: more buffers than one system call takes', () => {
  const path = image('many.img', 3000 * 512);
  const disk = new RawFile({ path, readOnly: true });
  const memory = new Uint8Array(new SharedArrayBuffer(3000 * 512));
  const buffers = Array.from({ length: 3000 }, (_, i) => memory.subarray(i * 512, (i + 1) * 512));
  assert.equal(submit(disk, { kind: 'read', offset: 0, buffers }), 'ok');
  assert.ok(Buffer.from(memory).equals(readFileSync(path)));
  disk.close();
});

for (const kind of ['discard', 'write-zeroes'] as const) {
  for (const unmap of [false, true]) {
    test(`${kind}${unmap ? ' with unmap' : ''}: zero in the span, untouched around it, size as before`, () => {
      const path = image(`${kind}-${unmap}.img`);
      const before = readFileSync(path);
      const disk = new RawFile({ path, readOnly: false });
      const [offset, length] = [512, SIZE / 2];
      assert.equal(submit(disk, { kind, offset, length, unmap }), 'ok');
      disk.close();
      const now = readFileSync(path);
      assert.equal(now.length, SIZE);
      if (kind === 'write-zeroes')
        assert.ok(now.subarray(offset, offset + length).every((byte) => byte === 0));
      assert.ok(now.subarray(0, offset).equals(before.subarray(0, offset)));
      assert.ok(now.subarray(offset + length).equals(before.subarray(offset + length)));
    });
  }
}

test('discard: gives space back where the file system can', { skip: process.platform !== 'linux' }, () => {
  const path = image('hole.img', 8 * SIZE);
  spawnSync('sync', [path]);
  const disk = new RawFile({ path, readOnly: false });
  const blocks = () => statSync(path).blocks;
  const before = blocks();
  submit(disk, { kind: 'discard', offset: 0, length: 8 * SIZE });
  disk.close();
  assert.ok(blocks() < before, `${blocks()} blocks after, ${before} before`);
});

test('requests that cannot be: ioerr, a message, and the file as it was', () => {
  const path = image('bad.img');
  const before = readFileSync(path);
  const messages: string[] = [];
  const disk = new RawFile({ path, readOnly: false, onError: (message) => messages.push(message) });
  const beyond: BlockRequest[] = [
    { kind: 'write', offset: SIZE - 512, buffers: pages(1024) },
    { kind: 'read', offset: SIZE, buffers: pages(512) },
    { kind: 'write-zeroes', offset: SIZE - 512, length: 1024 },
    { kind: 'discard', offset: -512, length: 512 },
  ];
  for (const request of beyond) assert.equal(submit(disk, request), 'ioerr');
  assert.equal(messages.length, beyond.length);
  assert.match(messages[0] ?? '', /bad\.img": write failed: bytes .* are not on the disk/);
  disk.close();
  assert.equal(submit(disk, { kind: 'flush' }), 'ioerr');
  assert.ok(readFileSync(path).equals(before));
});

test('a file that was cut short under us: ioerr for what is gone', () => {
  const path = image('cut.img');
  const disk = new RawFile({ path, readOnly: true });
  truncateSync(path, 1024);
  assert.equal(submit(disk, { kind: 'read', offset: 0, buffers: pages(1024) }), 'ok');
  assert.equal(submit(disk, { kind: 'read', offset: 512, buffers: pages(1024) }), 'ioerr');
  disk.close();
});

test('readOnly: refuses writes of every kind, takes reads and flushes', () => {
  const path = image('ro.img');
  chmodSync(path, 0o444);
  const disk = new RawFile({ path, readOnly: true });
  assert.equal(submit(disk, { kind: 'write', offset: 0, buffers: pages(512) }), 'ioerr');
  assert.equal(submit(disk, { kind: 'write-zeroes', offset: 0, length: 512 }), 'ioerr');
  assert.equal(submit(disk, { kind: 'discard', offset: 0, length: 512 }), 'ioerr');
  assert.equal(submit(disk, { kind: 'flush' }), 'ok');
  assert.equal(submit(disk, { kind: 'read', offset: 0, buffers: pages(512) }), 'ok');
  disk.close();
});

test('lock: one writer, or several readers, until they close; also from another process', () => {
  const path = image('lock.img');
  const open = (readOnly: boolean) => new RawFile({ path, readOnly });
  const writer = open(false);
  for (const readOnly of [true, false]) assert.throws(() => open(readOnly), { code: 'file-busy' });
  const script = `import('${join(import.meta.dirname, 'raw-file.ts')}').then(({ RawFile }) => new RawFile({ path: ${JSON.stringify(path)}, readOnly: false }))`;
  const other = spawnSync(process.execPath, ['-e', script]);
  assert.match(other.stderr.toString(), /another VM uses it/);
  writer.close();
  writer.close();
  const readers = [open(true), open(true)];
  assert.throws(() => open(false), { code: 'file-busy' });
  for (const reader of readers) reader.close();
  open(false).close();
});

test('constructor: says what cannot be a disk, and why', () => {
  const odd = image('odd.img', 1000);
  mkdirSync(join(root, 'folder'));
  symlinkSync(join(root, 'nowhere'), join(root, 'dangling'));
  const pipe = join(root, 'pipe');
  spawnSync('mkfifo', [pipe]);
  const cases: [path: string, code: string, message: RegExp][] = [
    [odd, 'disk-size', /size 1000 is not a multiple of 512/],
    [join(root, 'absent'), 'file-missing', /absent": there is no such file/],
    [join(root, 'dangling'), 'file-missing', /no such file/],
    [join(odd, 'below-a-file'), 'file-missing', /no such file/],
    [join(root, 'folder'), 'file-not-regular', /it is a directory/],
    [pipe, 'file-not-regular', /it is a device, pipe or socket/],
  ];
  for (const readOnly of [true, false]) {
    for (const [path, code, message] of cases) {
      assert.throws(
        () => new RawFile({ path, readOnly }),
        (error: HostError) => error.code === code && message.test(error.message) && error.exitStatus === 2,
        `${path} should be ${code}`,
      );
    }
  }
  assert.ok(existsSync(odd));
});

test('constructor: no permission', { skip: isRoot && 'root may do everything' }, () => {
  const path = image('denied.img');
  chmodSync(path, 0o444);
  assert.throws(() => new RawFile({ path, readOnly: false }), { code: 'file-denied' });
});

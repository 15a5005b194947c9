// Every format: random disks are what a model says, before and after they are opened anew, and for qemu-img; and back.
import assert from 'node:assert/strict';
import {
  closeSync,
  cpSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { copyDisk } from '../copy-disk.ts';
import { checkDisk } from './check.ts';
import { createDisk, DISK_FORMATS, type DiskFormat } from './create.ts';
import { chainInfo } from './info.ts';
import { ask, contentOf, noQemuImg, qemuImg, scratchFolder, scribble } from './testing.ts';
import { VmdkDisk } from './vmdk-disk.ts';

const root = scratchFolder('vmdk');
/** More than one grain table of a hosted extent, and a last grain that is cut short. */
const SIZE = 33 * 2 ** 20 + 512 * 37;
const FORMATS = (Object.keys(DISK_FORMATS) as DiskFormat[]).filter((format) => format !== 'streamOptimized');

for (const format of FORMATS) {
  test(`${format}: holds what was written, also when it is opened anew`, () => {
    for (const seed of [1, 2]) {
      const path = join(root, `${format}-${seed}.vmdk`);
      const random = new SeededRandom(seed);
      const model = new Uint8Array(SIZE);
      createDisk({ path, sizeBytes: SIZE, format });
      for (let round = 0; round < 2; round++) {
        const disk = new VmdkDisk({ path, readOnly: false });
        assert.equal(disk.sizeBytes, SIZE);
        scribble(disk, model, random, 60);
        disk.close();
        const again = new VmdkDisk({ path, readOnly: true });
        assert.ok(Buffer.from(contentOf(again)).equals(model), `${format}, seed ${seed}, round ${round}`);
        again.close();
      }
      assert.deepEqual(checkDisk(path).errors, []);
      assert.equal(chainInfo(path)[0]?.format, format);
      assert.equal(chainInfo(path)[0]?.isOpen, false);
    }
  });

  test(`${format}: while it is settled, who opens its files finds all that was written`, () => {
    const folder = join(root, `settled-${format}`);
    mkdirSync(folder);
    const [path, copy] = [join(folder, 'a.vmdk'), join(root, `settled-copy-${format}`)];
    const random = new SeededRandom(3);
    const model = new Uint8Array(SIZE);
    createDisk({ path, sizeBytes: SIZE, format });
    const disk = new VmdkDisk({ path, readOnly: false });
    scribble(disk, model, random, 60);
    const isFlat = !format.endsWith('Sparse');
    if (!isFlat) {
      ask(disk, {
        kind: 'write',
        offset: SIZE - 512,
        buffers: [model.fill(9, SIZE - 512).subarray(SIZE - 512)],
      });
      assert.equal(disk.isSettled, false, 'its tables are not written');
      ask(disk, { kind: 'flush' });
    }
    assert.equal(disk.isSettled, true);
    cpSync(folder, copy, { recursive: true });
    const again = new VmdkDisk({ path: join(copy, 'a.vmdk'), readOnly: true });
    assert.ok(Buffer.from(contentOf(again)).equals(model));
    again.close();
    disk.close();
  });

  test(`${format}: qemu-img reads it, finds nothing wrong, and what it writes is read`, {
    skip: noQemuImg,
  }, async () => {
    const path = join(root, `q-${format}.vmdk`);
    const raw = join(root, `q-${format}.raw`);
    const random = new SeededRandom(7);
    const model = new Uint8Array(SIZE);
    createDisk({ path, sizeBytes: SIZE, format });
    const disk = new VmdkDisk({ path, readOnly: false });
    scribble(disk, model, random, 150);
    disk.close();
    writeFileSync(raw, model);
    if (format.endsWith('Sparse')) qemuImg('check', '-q', '-f', 'vmdk', path);
    qemuImg('compare', '-q', '-f', 'vmdk', '-F', 'raw', path, raw);
    const theirs = join(root, `t-${format}.vmdk`);
    const { createType } = DISK_FORMATS[format];
    const subformat = createType === 'vmfs' ? 'monolithicFlat' : createType;
    qemuImg('convert', '-q', '-f', 'vmdk', '-O', 'vmdk', '-o', `subformat=${subformat}`, path, theirs);
    assert.deepEqual(checkDisk(theirs).errors, []);
    const opened = new VmdkDisk({ path: theirs, readOnly: false });
    assert.ok(Buffer.from(contentOf(opened)).equals(model));
    scribble(opened, model, random, 100);
    opened.close();
    writeFileSync(raw, model);
    qemuImg('compare', '-q', '-f', 'vmdk', '-F', 'raw', theirs, raw);
  });
}

test('streamOptimized: made as a copy, read by qemu-img, and theirs by us', { skip: noQemuImg }, async () => {
  for (const seed of [1, 2]) {
    const [path, stream, raw] = ['thin', 'stream', 'raw'].map((kind) =>
      join(root, `s${seed}-${kind}.vmdk`),
    ) as [string, string, string];
    const random = new SeededRandom(seed);
    const model = new Uint8Array(SIZE);
    createDisk({ path, sizeBytes: SIZE, format: 'thin' });
    const disk = new VmdkDisk({ path, readOnly: false });
    scribble(disk, model, random, 100);
    disk.close();
    writeFileSync(raw, model);
    await copyDisk({ from: path, to: stream, format: 'streamOptimized' });
    qemuImg('check', '-q', '-f', 'vmdk', stream);
    qemuImg('compare', '-q', '-f', 'vmdk', '-F', 'raw', stream, raw);
    const read = new VmdkDisk({ path: stream, readOnly: true });
    assert.ok(Buffer.from(contentOf(read)).equals(model));
    read.close();
    assert.deepEqual(checkDisk(stream).errors, []);
    const theirs = join(root, `s${seed}-theirs.vmdk`);
    qemuImg('convert', '-q', '-O', 'vmdk', '-o', 'subformat=streamOptimized', '-f', 'raw', raw, theirs);
    const opened = new VmdkDisk({ path: theirs, readOnly: true });
    assert.ok(Buffer.from(contentOf(opened)).equals(model));
    opened.close();
    assert.deepEqual(checkDisk(theirs).errors, []);
  }
});

test('copyDisk: raw and qcow2 images come in and go out', { skip: noQemuImg }, async () => {
  const random = new SeededRandom(11);
  const model = new Uint8Array(SIZE);
  const raw = join(root, 'in.raw');
  const scribbled = join(root, 'in.vmdk');
  createDisk({ path: scribbled, sizeBytes: SIZE, format: 'monolithicSparse' });
  const disk = new VmdkDisk({ path: scribbled, readOnly: false });
  scribble(disk, model, random, 120);
  disk.close();
  writeFileSync(raw, model);
  for (const options of ['', 'compat=0.10', 'cluster_size=4096', 'compressed']) {
    const qcow2 = join(root, `in-${options}.qcow2`);
    const words = options === 'compressed' ? ['-c'] : options === '' ? [] : ['-o', options];
    qemuImg('convert', '-q', '-f', 'raw', '-O', 'qcow2', ...words, raw, qcow2);
    const to = join(root, `from-qcow2-${options}.vmdk`);
    await copyDisk({ from: qcow2, to, format: 'thin' });
    qemuImg('compare', '-q', '-f', 'vmdk', '-F', 'raw', to, raw);
  }
  for (const format of ['raw', ...FORMATS] as const) {
    const to = join(root, `from-raw-${format}.vmdk`);
    await copyDisk({ from: raw, to, format });
    qemuImg('compare', '-q', '-f', format === 'raw' ? 'raw' : 'vmdk', '-F', 'raw', to, raw);
  }
});

test('resize: a disk grows in every format, with zeroes, also for qemu-img', {
  skip: noQemuImg,
}, () => {
  for (const format of [
    'thin',
    'zeroedthick',
    'eagerzeroedthick',
    'monolithicFlat',
    'monolithicSparse',
    'twoGbMaxExtentFlat',
    'twoGbMaxExtentSparse',
  ] as const) {
    const path = join(root, `grow-${format}.vmdk`);
    const raw = join(root, `grow-${format}.raw`);
    const random = new SeededRandom(5);
    let model = new Uint8Array(SIZE);
    createDisk({ path, sizeBytes: SIZE, format });
    const disk = new VmdkDisk({ path, readOnly: false });
    for (const size of [SIZE + 512, 1.25 * 2 ** 26]) {
      scribble(disk, model, random, 30);
      disk.resize(size);
      const larger = new Uint8Array(size);
      larger.set(model);
      model = larger;
      assert.equal(disk.sizeBytes, size);
      assert.ok(Buffer.from(contentOf(disk)).equals(model), `${format} at ${size}`);
    }
    scribble(disk, model, random, 60);
    assert.throws(() => disk.resize(SIZE), /do not become smaller/);
    disk.close();
    writeFileSync(raw, model);
    qemuImg('compare', '-q', '-f', 'vmdk', '-F', 'raw', path, raw);
    assert.deepEqual(checkDisk(path).errors, []);
  }
});

test('resize: a disk in files of 2 GB goes on in more of them', { skip: noQemuImg }, () => {
  const sizes = [3 * 2 ** 30 + 512, 7 * 2 ** 30];
  for (const format of ['twoGbMaxExtentFlat', 'twoGbMaxExtentSparse'] as const) {
    const path = join(root, `more-${format}.vmdk`);
    const raw = join(root, `more-${format}.raw`);
    createDisk({ path, sizeBytes: SIZE, format });
    // What a host has left that died before the descriptor was written.
    const left = join(root, `more-${format}-${format.endsWith('Flat') ? 'f' : 's'}002.vmdk`);
    writeFileSync(left, 'litter');
    const disk = new VmdkDisk({ path, readOnly: false });
    const file = openSync(raw, 'w');
    for (const size of sizes) {
      disk.resize(size);
      // Also across the border of two files.
      for (const offset of [0, SIZE - 512, 4_192_256 * 512 - 1024, size - 2048]) {
        const bytes = new Uint8Array(2048).fill(size / 2 ** 30);
        assert.equal(ask(disk, { kind: 'write', offset, buffers: [bytes] }), 'ok');
        writeSync(file, bytes, 0, bytes.length, offset);
      }
      ftruncateSync(file, size);
    }
    disk.close();
    closeSync(file);
    assert.equal(chainInfo(path)[0]?.extents.length, 4);
    assert.equal(readFileSync(left, 'utf8'), 'litter');
    qemuImg('compare', '-q', '-f', 'vmdk', '-F', 'raw', path, raw);
    assert.deepEqual(checkDisk(path).errors, []);
  }
});

test('a request outside the disk, or to one that is closed, is an error for the guest', () => {
  const path = join(root, 'bounds.vmdk');
  createDisk({ path, sizeBytes: 2 ** 20, format: 'thin' });
  const lines: string[] = [];
  const disk = new VmdkDisk({ path, readOnly: false, onError: (line) => lines.push(line) });
  assert.equal(ask(disk, { kind: 'read', offset: 2 ** 20 - 512, buffers: [new Uint8Array(1024)] }), 'ioerr');
  assert.equal(disk.id.length, 20);
  disk.close();
  assert.equal(ask(disk, { kind: 'flush' }), 'ioerr');
  assert.equal(lines.length, 2);
});

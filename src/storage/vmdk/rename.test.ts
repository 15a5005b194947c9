// Disks under other names: all of their files go along, what is under way at a crash is whole, and nobody's place is taken.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { checkDisk } from './check.ts';
import { createDisk } from './create.ts';
import { createDelta } from './delta.ts';
import { renameDisk } from './rename.ts';
import { ask, contentOf, noQemuImg, qemuImg, scratchFolder, scribble } from './testing.ts';
import { VmdkDisk } from './vmdk-disk.ts';

const root = scratchFolder('rename');
const SIZE = 2 ** 22;

function contentAt(path: string): Buffer {
  const disk = new VmdkDisk({ path, readOnly: true });
  try {
    return Buffer.from(contentOf(disk));
  } finally {
    disk.close();
  }
}

for (const format of ['thin', 'monolithicSparse', 'twoGbMaxExtentFlat', 'twoGbMaxExtentSparse'] as const) {
  test(`renameDisk: ${format}, its delta, and what was changed in it, in another folder`, () => {
    const [from, to] = ['from', 'to'].map((name) => join(root, `${format}-${name}`)) as [string, string];
    for (const at of [from, to]) mkdirSync(at);
    const base = join(from, 'a.vmdk');
    createDisk({ path: base, sizeBytes: SIZE, format });
    const model = new Uint8Array(SIZE);
    const disk = new VmdkDisk({ path: base, readOnly: false });
    disk.setChangeTracking(true);
    scribble(disk, model, new SeededRandom(3), 20);
    assert.throws(() => renameDisk(base, join(to, 'b.vmdk')), { code: 'file-busy' });
    disk.close();
    createDelta(base, join(from, 'a-000001.vmdk'));

    renameDisk(join(from, 'a-000001.vmdk'), join(to, 'd.vmdk'));
    assert.ok(contentAt(join(to, 'd.vmdk')).equals(model));
    renameDisk(base, join(to, 'b.vmdk'));
    assert.deepEqual(readdirSync(from), []);
    assert.ok(contentAt(join(to, 'b.vmdk')).equals(model));
    assert.deepEqual(checkDisk(join(to, 'b.vmdk')).errors, []);
    assert.ok(readdirSync(to).every((name) => /^[bd][.-]/.test(name)));
    const moved = new VmdkDisk({ path: join(to, 'b.vmdk'), readOnly: false });
    assert.ok(moved.changes !== undefined && existsSync(join(to, 'b-ctk.vmdk')));
    moved.close();
  });
}

test('renameDisk: what is in its place stays, and so does the disk', () => {
  const at = join(root, 'taken');
  mkdirSync(at);
  const path = join(at, 'a.vmdk');
  createDisk({ path, sizeBytes: SIZE, format: 'thin' });
  const before = readFileSync(path, 'utf8');
  for (const name of ['b.vmdk', 'c-flat.vmdk']) writeFileSync(join(at, name), name);
  assert.throws(() => renameDisk(path, join(at, 'b.vmdk')), { code: 'disk-refused' });
  assert.throws(() => renameDisk(path, join(at, 'c.vmdk')), { code: 'file-io' });
  assert.throws(() => renameDisk(path, join(at, 'd.img')), { code: 'disk-refused' });
  assert.deepEqual(readdirSync(at).sort(), ['a-flat.vmdk', 'a.vmdk', 'b.vmdk', 'c-flat.vmdk']);
  assert.equal(readFileSync(path, 'utf8'), before);
});

test('renameDisk: a delta disk that qemu-img made is one file and finds its parent again', {
  skip: noQemuImg,
}, () => {
  const [at, to] = [join(root, 'theirs'), join(root, 'theirs', 'below')];
  mkdirSync(to, { recursive: true });
  const base = join(at, 'base.vmdk');
  createDisk({ path: base, sizeBytes: SIZE, format: 'monolithicSparse' });
  const disk = new VmdkDisk({ path: base, readOnly: false });
  assert.equal(ask(disk, { kind: 'write', offset: 0, buffers: [new Uint8Array(512).fill(5)] }), 'ok');
  disk.close();
  qemuImg('create', '-q', '-f', 'vmdk', '-b', 'base.vmdk', '-F', 'vmdk', join(at, 'child.vmdk'));
  renameDisk(join(at, 'child.vmdk'), join(to, 'child.vmdk'));
  assert.equal(contentAt(join(to, 'child.vmdk'))[0], 5);
});

// Chains of delta disks: what is seen through them, merging while they are in use, what was changed, and chains that are none.
import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { openSource } from '../image-source.ts';
import { removeDisk } from '../maintain.ts';
import { changedAreas, changeIdOf } from './change-tracking.ts';
import { checkDisk } from './check.ts';
import { createDisk } from './create.ts';
import { createDelta } from './delta.ts';
import { chainInfo } from './info.ts';
import { Link } from './link.ts';
import { ask, contentOf, noQemuImg, qemuImg, scratchFolder, scribble } from './testing.ts';
import { VmdkDisk } from './vmdk-disk.ts';

const root = scratchFolder('chain');
const SIZE = 20 * 2 ** 20 + 512 * 5;

function folder(name: string): string {
  const path = join(root, name);
  mkdirSync(path);
  return path;
}

test('delta disks: each holds what was written since it was made, the parents do not change', {
  skip: noQemuImg,
}, () => {
  for (const seed of [1, 2]) {
    const at = folder(`deltas-${seed}`);
    const random = new SeededRandom(seed);
    const model = new Uint8Array(SIZE);
    const frozen: Uint8Array[] = [];
    const path = join(at, 'd.vmdk');
    createDisk({ path, sizeBytes: SIZE, format: seed === 1 ? 'thin' : 'monolithicSparse' });
    const disk = new VmdkDisk({ path, readOnly: false });
    for (let i = 1; i <= 4; i++) {
      scribble(disk, model, random, 60);
      frozen.push(model.slice());
      disk.pushDelta(join(at, `d-00000${i}.vmdk`));
      assert.ok(Buffer.from(contentOf(disk)).equals(model));
    }
    scribble(disk, model, random, 60);
    disk.close();
    frozen.push(model);
    for (const [i, content] of frozen.entries()) {
      const link = join(at, i === 0 ? 'd.vmdk' : `d-00000${i}.vmdk`);
      const read = new VmdkDisk({ path: link, readOnly: true });
      assert.ok(Buffer.from(contentOf(read)).equals(content), `link ${i}`);
      read.close();
      assert.deepEqual(checkDisk(link).errors, []);
      writeFileSync(join(at, 'raw'), content);
      qemuImg('compare', '-q', '-f', 'vmdk', '-F', 'raw', link, join(at, 'raw'));
    }
    assert.equal(chainInfo(join(at, 'd-000004.vmdk')).length, 5);
  }
});

test('delta disks: those that qemu-img makes on ours are read and written', { skip: noQemuImg }, () => {
  const at = folder('theirs');
  const random = new SeededRandom(3);
  const model = new Uint8Array(SIZE);
  const base = join(at, 'base.vmdk');
  createDisk({ path: base, sizeBytes: SIZE, format: 'monolithicSparse' });
  const disk = new VmdkDisk({ path: base, readOnly: false });
  scribble(disk, model, random, 60);
  disk.close();
  qemuImg('create', '-q', '-f', 'vmdk', '-b', base, '-F', 'vmdk', join(at, 'child.vmdk'));
  const child = new VmdkDisk({ path: join(at, 'child.vmdk'), readOnly: false });
  assert.ok(Buffer.from(contentOf(child)).equals(model));
  scribble(child, model, random, 80);
  child.close();
  writeFileSync(join(at, 'raw'), model);
  qemuImg('compare', '-q', '-f', 'vmdk', '-F', 'raw', join(at, 'child.vmdk'), join(at, 'raw'));
});

test('Merge: a chain is merged while it is written, in any order, and after each step it is whole', () => {
  for (const seed of [1, 2, 3]) {
    const at = folder(`merge-${seed}`);
    const random = new SeededRandom(seed);
    const model = new Uint8Array(SIZE);
    const path = join(at, 'm.vmdk');
    createDisk({ path, sizeBytes: SIZE, format: 'thin' });
    const disk = new VmdkDisk({ path, readOnly: false });
    for (let i = 1; i <= 3; i++) {
      scribble(disk, model, random, 40);
      disk.pushDelta(join(at, `m-00000${i}.vmdk`));
    }
    while (disk.paths.length > 2) {
      const level = 1 + random.below(disk.paths.length - 2);
      while (!disk.mergeStep(level, 2 ** 18)) {
        scribble(disk, model, random, 3);
        // What a host that is killed now would find.
        assert.equal(chainInfo(disk.topPath).length, disk.paths.length);
      }
      disk.endMerge();
      assert.ok(Buffer.from(contentOf(disk)).equals(model));
    }
    disk.mergeStep(0, Number.POSITIVE_INFINITY);
    disk.endMerge();
    assert.deepEqual(disk.paths, [path]);
    scribble(disk, model, random, 20);
    disk.close();
    const again = new VmdkDisk({ path, readOnly: true });
    assert.ok(Buffer.from(contentOf(again)).equals(model));
    again.close();
    for (let i = 1; i <= 3; i++) assert.ok(!existsSync(join(at, `m-00000${i}.vmdk`)));
  }
});

test('changedAreas: exactly the blocks that were written since a state, over deltas and restarts', () => {
  const at = folder('changes');
  const random = new SeededRandom(9);
  const block = 2 ** 16;
  let path = join(at, 'c.vmdk');
  createDisk({ path, sizeBytes: SIZE, format: 'thin' });
  let disk = new VmdkDisk({ path, readOnly: false });
  disk.setChangeTracking(true);
  const ids: string[] = [];
  const written: Set<number>[] = [];
  for (let state = 0; state < 4; state++) {
    const blocks = new Set<number>();
    for (let i = 0; i < 12; i++) {
      const sector = random.below(SIZE / 512 - 300);
      const length = (1 + random.below(300)) * 512;
      for (let b = Math.floor((sector * 512) / block); b * block < sector * 512 + length; b++) blocks.add(b);
      if (random.below(2) === 0) ask(disk, { kind: 'write-zeroes', offset: sector * 512, length });
      else
        ask(disk, { kind: 'write', offset: sector * 512, buffers: [new Uint8Array(length).fill(state + 1)] });
      if (i === 6) {
        disk.close();
        disk = new VmdkDisk({ path, readOnly: false });
      }
    }
    written.push(blocks);
    const next = join(at, `c-00000${state + 1}.vmdk`);
    disk.pushDelta(next);
    const link = Link.open(path, 'look');
    ids.push(changeIdOf(link) as string);
    for (const [since, id] of ids.entries()) {
      const expected = new Set(written.slice(since + 1, state + 1).flatMap((set) => [...set]));
      const areas = changedAreas(link, id) ?? [];
      const got = new Set(
        areas.flatMap(({ start, length }) =>
          Array.from({ length: Math.ceil(length / block) }, (_, i) => start / block + i),
        ),
      );
      assert.deepEqual(
        [...got].sort((a, b) => a - b),
        [...expected].sort((a, b) => a - b),
        `${since} … ${state}`,
      );
    }
    link.close();
    path = next;
  }
  disk.close();
  const told = chainInfo(path).map(({ changeId }) => changeId);
  assert.deepEqual(told.slice(1), ids.toReversed(), 'parents: the states that they were frozen in');
  // What is written now counts from when the disk below was frozen.
  assert.equal(told[0], ids.at(-1));
  const link = Link.open(path, 'look');
  assert.equal(changedAreas(link, '00 11 22 33 44 55 66 77-88 99 aa bb cc dd ee ff/1'), undefined);
  assert.equal(changedAreas(link, 'no change ID'), undefined);
  link.close();
  const plain = join(at, 'plain.vmdk');
  createDisk({ path: plain, sizeBytes: SIZE, format: 'thin' });
  const untracked = Link.open(plain, 'look');
  assert.throws(() => changedAreas(untracked, '*'), /not tracked/);
  untracked.close();
});

test('Chain: a disk on a datastore has its parents on datastores, whatever paths and links say; one elsewhere has any', () => {
  const at = folder('volumes');
  const [within, secrets, shared] = ['host', 'secrets', 'shared'].map((name) => join(at, name)) as [
    string,
    string,
    string,
  ];
  for (const path of [join(within, 'one', 'vm'), secrets, shared]) mkdirSync(path, { recursive: true });
  symlinkSync(shared, join(within, 'two'));
  symlinkSync(join(at, 'gone'), join(within, 'three'));
  const bases = [join(within, 'one', 'b.vmdk'), join(within, 'two', 'b.vmdk'), join(secrets, 'b.vmdk')];
  for (const path of bases) createDisk({ path, sizeBytes: 2 ** 20, format: 'thin' });
  const open = (path: string, parent: string, base: string) => {
    createDelta(base, path);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace(/(?<=parentFileNameHint=")[^"]*/, parent));
    try {
      const disk = new VmdkDisk({ path, readOnly: true, within });
      disk.close();
      openSource(path, { within }).close();
      return disk.paths[1];
    } finally {
      rmSync(path);
      rmSync(path.replace('.vmdk', '-delta.vmdk'));
    }
  };
  const [one, two, secret] = bases as [string, string, string];
  const mine = join(within, 'one', 'vm', 'd.vmdk');
  assert.equal(open(mine, '../b.vmdk', one), one);
  assert.equal(open(mine, '../../two/b.vmdk', two), two);
  assert.equal(open(join(within, 'two', 'd.vmdk'), 'b.vmdk', two), two);
  assert.equal(open(join(within, 'two', 'd.vmdk'), '../one/b.vmdk', one), one);
  assert.equal(open(mine, two, two), two);
  // As ESXi names it.
  assert.equal(open(mine, '/vmfs/volumes/two/b.vmdk', two), two);
  // Elsewhere, which is the owner's.
  assert.equal(open(join(at, 'own.vmdk'), secret, secret), secret);
  const no = /its parent ".*secrets.b.vmdk" is on no datastore/;
  symlinkSync(secrets, join(within, 'one', 'way'));
  symlinkSync(secret, join(within, 'one', 'vm', 'file.vmdk'));
  for (const parent of [
    secret,
    '../../../secrets/b.vmdk',
    '/vmfs/volumes/../secrets/b.vmdk',
    '/vmfs/volumes/two/../../secrets/b.vmdk',
    '../way/b.vmdk',
    'file.vmdk',
    '/vmfs/volumes/one/way/b.vmdk',
  ])
    assert.throws(() => open(mine, parent, secret), no, parent);
  // Not even whether there is one.
  assert.throws(() => open(mine, join(secrets, 'none.vmdk'), secret), /none.vmdk" is on no datastore/);
});

test('Chain: a parent that was changed, a circle, a lying size, extents elsewhere: each is refused by name', () => {
  const at = folder('bad');
  const base = join(at, 'b.vmdk');
  const child = join(at, 'b-000001.vmdk');
  createDisk({ path: base, sizeBytes: 2 ** 20, format: 'thin' });
  createDelta(base, child);
  const text = readFileSync(child, 'latin1');
  const open = (path: string) => new VmdkDisk({ path, readOnly: true }).close();
  open(child);

  const disk = new VmdkDisk({ path: base, readOnly: false });
  ask(disk, { kind: 'write', offset: 0, buffers: [new Uint8Array(512)] });
  disk.close();
  assert.throws(() => open(child), /its parent ".*b.vmdk" was changed after it was made/);

  const cid = /^CID=(.*)$/m.exec(text)?.[1] as string;
  writeFileSync(
    child,
    text.replace(/parentCID=.*/, `parentCID=${cid}`).replace('"b.vmdk"', '"b-000001.vmdk"'),
  );
  assert.throws(() => open(child), /its parents are a circle/);

  const flat = readFileSync(base, 'latin1');
  const bad = join(at, 'x.vmdk');
  for (const [change, to, message] of [
    [/RW 2048 /, 'RW 4096 ', /has 1048576 bytes, and the descriptor says 2097152/],
    [/"b-flat.vmdk"/, '"../bad/b-flat.vmdk"', /is not a file beside the descriptor/],
    [/"b-flat.vmdk"/, '"/etc/passwd"', /is not a file beside the descriptor/],
    [/"b-flat.vmdk"/, '"link.vmdk"', /it is a link/],
    [/"b-flat.vmdk"/, '"bad"', /no such file/],
    [/RW 2048 VMFS/, 'RW 2048 SESPARSE', /no extent that is known here/],
    [/RW 2048 VMFS/, 'RW 999999999999999 VMFS', /62 TiB/],
    [/createType=.*/, 'createType="fullDevice"', /createType "fullDevice" is not known here/],
  ] as const) {
    writeFileSync(bad, flat.replace(change, to));
    if (to === '"link.vmdk"') symlinkSync(join(at, 'b-flat.vmdk'), join(at, 'link.vmdk'));
    assert.throws(() => open(bad), message);
  }
});

test('removeDisk: a descriptor that names marks of changes elsewhere takes nothing along', () => {
  const at = folder('remove');
  const [path, other] = [join(at, 'vm', 'r.vmdk'), join(at, 'other')];
  mkdirSync(join(at, 'vm'));
  createDisk({ path, sizeBytes: 2 ** 20, format: 'thin' });
  writeFileSync(other, 'kept');
  writeFileSync(path, `${readFileSync(path, 'utf8')}changeTrackPath="../other"\n`);
  removeDisk(path);
  assert.equal(readFileSync(other, 'utf8'), 'kept');
  assert.deepEqual(readdirSync(join(at, 'vm')), []);
});

test('VmdkDisk: one may write it, or several may read it', () => {
  const at = folder('locks');
  const path = join(at, 'l.vmdk');
  createDisk({ path, sizeBytes: 2 ** 20, format: 'thin' });
  const disk = new VmdkDisk({ path, readOnly: false });
  assert.throws(() => new VmdkDisk({ path, readOnly: false }), /another VM uses it/);
  assert.throws(() => new VmdkDisk({ path, readOnly: true }), /another VM uses it/);
  disk.pushDelta(join(at, 'l-000001.vmdk'));
  // The parent is frozen: others may build on it.
  createDelta(path, join(at, 'other.vmdk'));
  const other = new VmdkDisk({ path: join(at, 'other.vmdk'), readOnly: false });
  assert.throws(() => disk.mergeStep(0, 1), /another VM uses it/);
  assert.equal(ask(disk, { kind: 'write', offset: 0, buffers: [new Uint8Array(512).fill(1)] }), 'ok');
  assert.equal(contentOf(other)[0], 0);
  other.close();
  disk.close();
});

// Tests of datastores in folders: whole files or none, no way out, locks, space, what a dead host left.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { RawFile } from '../raw-file.ts';
import { DatastoreFolder, SYSTEM_FOLDER } from './datastore-folder.ts';

const root = mkdtempSync(join(tmpdir(), 'vmk-datastore-'));
after(() => rmSync(root, { recursive: true, force: true }));

async function datastore(name: string): Promise<{ ds: DatastoreFolder; path: string }> {
  const path = join(root, name);
  return { ds: await DatastoreFolder.open({ name, path, randomBytes }), path };
}

async function put(ds: DatastoreFolder, path: string[], ...parts: string[]) {
  const upload = await ds.create(path, Buffer.byteLength(parts.join('')));
  for (const part of parts) await upload.write([Buffer.from(part)]);
  return await upload.commit();
}

async function get(ds: DatastoreFolder, path: string[]): Promise<string> {
  const file = await ds.open(path);
  const bytes = Buffer.alloc(file.facts.sizeBytes);
  assert.equal(await file.read(bytes, 0), bytes.length);
  assert.equal(await file.read(Buffer.alloc(1), bytes.length), 0);
  await file.close();
  return bytes.toString();
}

const litter = (path: string) => readdirSync(join(path, SYSTEM_FOLDER));
const code = (expected: string) => (error: NodeJS.ErrnoException) => error.code === expected;

test('create and commit: the file is there whole, its folders too, and nothing else', async () => {
  const { ds, path } = await datastore('put');
  const facts = await put(ds, ['vm', 'a b', 'ü.vmx'], 'one ', 'two');
  assert.equal(readFileSync(join(path, 'vm', 'a b', 'ü.vmx'), 'utf8'), 'one two');
  assert.equal(await get(ds, ['vm', 'a b', 'ü.vmx']), 'one two');
  assert.deepEqual(await ds.stat(['vm', 'a b', 'ü.vmx']), facts);
  assert.deepEqual(
    (await ds.list(['vm'])).map(({ name, kind }) => [name, kind]),
    [['a b', 'folder']],
  );
  assert.deepEqual(
    (await ds.list([])).map(({ name }) => name),
    ['vm'],
  );
  assert.deepEqual(litter(path), []);
  await ds.close();
});

test('abort: the old file is whole, no folder and no litter stays', async () => {
  const { ds, path } = await datastore('abort');
  const before = await put(ds, ['a'], 'old');
  for (const target of [['a'], ['new', 'b']]) {
    const upload = await ds.create(target, 100);
    await upload.write([Buffer.from('half of '), Buffer.from('it')]);
    assert.equal(litter(path).length, 1);
    await upload.abort();
    await upload.abort();
  }
  assert.equal(await get(ds, ['a']), 'old');
  assert.deepEqual(await ds.stat(['a']), before);
  assert.deepEqual(readdirSync(path).sort(), [SYSTEM_FOLDER, 'a']);
  assert.deepEqual(litter(path), []);
  await ds.close();
});

test('commit over a file: another tag, and who reads the old one goes on reading it', async () => {
  const { ds } = await datastore('replace');
  const before = await put(ds, ['a'], 'old');
  const reader = await ds.open(['a']);
  const now = await put(ds, ['a'], 'new');
  assert.notEqual(now.tag, before.tag);
  const bytes = Buffer.alloc(3);
  await reader.read(bytes, 0);
  await reader.close();
  assert.equal(bytes.toString(), 'old');
  assert.equal(await get(ds, ['a']), 'new');
  await ds.close();
});

test('open after a crash: what uploads left is removed, what another host writes is not', async () => {
  const { ds, path } = await datastore('crash');
  const upload = await ds.create(['a'], 4);
  writeFileSync(join(path, SYSTEM_FOLDER, 'left-by-a-dead-host'), 'x'.repeat(1000));
  const other = await DatastoreFolder.open({ name: 'same', path, randomBytes });
  assert.equal(litter(path).length, 1);
  assert.equal(existsSync(join(path, SYSTEM_FOLDER, 'left-by-a-dead-host')), false);
  await other.close();
  await upload.write([Buffer.from('done')]);
  await upload.commit();
  assert.equal(await get(ds, ['a']), 'done');
  await ds.close();
});

test('close: breaks uploads off', async () => {
  const { ds, path } = await datastore('close');
  const upload = await ds.create(['a'], 4);
  await upload.write([Buffer.from('half')]);
  await ds.close();
  assert.deepEqual(litter(path), []);
  await assert.rejects(upload.write([Buffer.from('more')]));
});

test('no way out: names that climb, links in every place, the system folder', async () => {
  const { ds, path } = await datastore('confined');
  const outside = join(root, 'outside');
  mkdirSync(outside);
  writeFileSync(join(outside, 'secret'), 'secret');
  symlinkSync(outside, join(path, 'link'));
  symlinkSync(join(outside, 'secret'), join(path, 'file-link'));
  mkdirSync(join(path, 'real'));
  symlinkSync('..', join(path, 'real', 'up'));
  // biome-ignore format: a table reads in columns
  const cases: [string[], RegExp][] = [
    [['..', 'outside', 'secret'],          /EINVAL/],
    [['real', '..', '..', 'outside', 'secret'], /EINVAL/],
    [['..'],                               /EINVAL/],
    [['.'],                                /EINVAL/],
    [[''],                                 /EINVAL/],
    [['../outside/secret'],                /EINVAL/],
    [['a\0b'],                             /EINVAL/],
    [['link', 'secret'],                   /ELOOP|ENOTDIR/],
    [['file-link'],                        /ELOOP|EPERM/],
    [['real', 'up', 'real', 'x'],          /ELOOP|ENOTDIR/],
    [[SYSTEM_FOLDER],                      /ENOENT/],
    [[SYSTEM_FOLDER, 'x'],                 /ENOENT/],
    [['n'.repeat(256)],                    /ENAMETOOLONG/],
  ];
  for (const [names, expected] of cases) {
    const told = JSON.stringify(names);
    const refused = (error: NodeJS.ErrnoException) => expected.test(error.code ?? '');
    await assert.rejects(ds.open(names), refused, `open ${told}`);
    await assert.rejects(
      ds.stat(names),
      (error: NodeJS.ErrnoException) => error.code?.startsWith('E') ?? false,
      told,
    );
    await assert.rejects(ds.create(names, 0), refused, `create ${told}`);
  }
  for (const names of [['link'], ['real', 'up']]) await assert.rejects(ds.list(names), /ELOOP|ENOTDIR/);
  await assert.rejects(ds.remove(['link', 'secret']));
  await assert.rejects(ds.remove(['file-link']));
  assert.deepEqual(
    (await ds.list([])).map(({ name }) => name),
    ['real'],
  );
  assert.equal(readFileSync(join(outside, 'secret'), 'utf8'), 'secret');
  assert.deepEqual(readdirSync(outside), ['secret']);
  await ds.close();
});

test('no way out by a race: folders swapped for links while files are put and read', async () => {
  const { ds, path } = await datastore('race');
  const outside = join(root, 'race-outside');
  mkdirSync(outside);
  writeFileSync(join(outside, 'f'), 'secret');
  mkdirSync(join(path, 'd'));
  writeFileSync(join(path, 'd', 'f'), 'public');
  // An upload may make the folder again at any moment in between.
  const place = (action: () => void) => {
    for (;;) {
      try {
        rmSync(join(path, 'd'), { recursive: true, force: true });
        return action();
      } catch {}
    }
  };
  const swapping = new AbortController();
  const swap = (async () => {
    while (!swapping.signal.aborted) {
      renameSync(join(path, 'd'), join(path, 'aside'));
      place(() => symlinkSync(outside, join(path, 'd')));
      await new Promise(setImmediate);
      place(() => renameSync(join(path, 'aside'), join(path, 'd')));
      await new Promise(setImmediate);
    }
  })();
  const seen = new Set<string>();
  for (let i = 0; i < 150; i++) {
    seen.add(await get(ds, ['d', 'f']).catch((error: NodeJS.ErrnoException) => error.code ?? ''));
    await put(ds, ['d', 'g'], 'x').catch(() => {});
  }
  swapping.abort();
  await swap;
  assert.ok(!seen.has('secret'), [...seen].join());
  assert.ok(seen.has('public'));
  assert.deepEqual(readdirSync(outside), ['f']);
  await ds.close();
});

test('a disk in use is neither replaced nor removed', async () => {
  const { ds, path } = await datastore('locked');
  await put(ds, ['disk.img'], 'x'.repeat(512));
  const disk = new RawFile({ path: join(path, 'disk.img'), readOnly: false });
  await assert.rejects(ds.create(['disk.img'], 1), code('EBUSY'));
  await assert.rejects(ds.remove(['disk.img']), code('EBUSY'));
  disk.close();
  const upload = await ds.create(['disk.img'], 1);
  const again = new RawFile({ path: join(path, 'disk.img'), readOnly: true });
  await assert.rejects(upload.commit(), code('EBUSY'));
  again.close();
  assert.equal((await ds.stat(['disk.img'])).sizeBytes, 512);
  assert.deepEqual(litter(path), []);
  await ds.remove(['disk.img']);
  await ds.close();
});

test('space: promised bytes are not promised twice, and come back', async () => {
  const { ds } = await datastore('space');
  const { freeBytes } = await ds.space();
  await assert.rejects(ds.create(['big'], freeBytes * 2), code('ENOSPC'));
  const part = Math.floor(freeBytes * 0.6);
  const one = await ds.create(['one'], part);
  await assert.rejects(ds.create(['two'], part), code('ENOSPC'));
  await one.abort();
  await (await ds.create(['two'], part)).abort();
  await ds.close();
});

test('what is not there, not empty, or of the other kind: the system’s own errors', async () => {
  const { ds } = await datastore('errors');
  await put(ds, ['folder', 'file'], 'x');
  // biome-ignore format: a table reads in columns
  const cases: [string, () => Promise<unknown>][] = [
    ['ENOENT',    () => ds.open(['absent'])],
    ['ENOENT',    () => ds.stat(['absent', 'x'])],
    ['ENOENT',    () => ds.list(['absent'])],
    ['ENOENT',    () => ds.remove(['absent'])],
    ['ENOTDIR',   () => ds.open(['folder', 'file', 'x'])],
    ['ENOTDIR',   () => ds.create(['folder', 'file', 'x'], 0)],
    ['ENOTDIR',   () => ds.list(['folder', 'file'])],
    ['EISDIR',    () => ds.open(['folder'])],
    ['EISDIR',    () => ds.open([])],
    ['EISDIR',    () => ds.create(['folder'], 0)],
    ['EISDIR',    () => ds.create([], 0)],
    ['ENOTEMPTY', () => ds.remove(['folder'])],
    ['EBUSY',     () => ds.remove([])],
  ];
  for (const [expected, action] of cases) await assert.rejects(action, code(expected), expected);
  await ds.remove(['folder', 'file']);
  await ds.remove(['folder']);
  assert.deepEqual(await ds.list([]), []);
  await ds.close();
});

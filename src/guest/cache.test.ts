// Tests of the cache: whole entries or none, damage found, two starts at once.
import assert from 'node:assert/strict';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { cacheFolder, makeFolder, readEntry, writeEntry, writeOnce } from './cache.ts';

const root = mkdtempSync(join(tmpdir(), 'vmkernel-cache-test-'));
after(() => rmSync(root, { recursive: true }));
const FILES = { a: Uint8Array.of(1, 2, 3), b: new Uint8Array() };

function fresh(): string {
  return join(mkdtempSync(join(root, 'c-')), 'entry');
}

test('cacheFolder: XDG_CACHE_HOME when it is absolute, else ~/.cache', () => {
  assert.equal(cacheFolder({ XDG_CACHE_HOME: '/x' }), '/x/vmkernel');
  assert.equal(cacheFolder({ XDG_CACHE_HOME: 'x' }), join(homedir(), '.cache/vmkernel'));
  assert.equal(cacheFolder({}), join(homedir(), '.cache/vmkernel'));
});

test('readEntry: gives what writeEntry wrote, and leaves nothing beside it', async () => {
  const folder = fresh();
  assert.equal(await readEntry(folder), undefined);
  await writeEntry(folder, { linux: '1' }, FILES);
  const entry = await readEntry(folder);
  assert.deepEqual(
    Object.entries(entry?.files ?? {}).map(([name, data]) => [name, [...data]]),
    [
      ['a', [1, 2, 3]],
      ['b', []],
    ],
  );
  assert.deepEqual(entry?.manifest.packages, { linux: '1' });
  assert.deepEqual(readdirSync(join(folder, '..')), ['entry']);
});

const DAMAGE: Readonly<Record<string, (folder: string) => void>> = {
  'a byte more': (folder) => appendFileSync(join(folder, 'b'), 'x'),
  'another byte': (folder) => writeFileSync(join(folder, 'a'), Uint8Array.of(1, 2, 4)),
  'a file cut short': (folder) => truncateSync(join(folder, 'a'), 1),
  'a file gone': (folder) => rmSync(join(folder, 'a')),
  'a manifest cut short': (folder) => truncateSync(join(folder, 'manifest.json'), 20),
  'an empty folder': (folder) => {
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
  },
};

for (const [what, damage] of Object.entries(DAMAGE)) {
  test(`readEntry: ${what} is no entry, and writeEntry replaces it`, async () => {
    const folder = fresh();
    await writeEntry(folder, {}, FILES);
    damage(folder);
    assert.equal(await readEntry(folder), undefined);
    await writeEntry(folder, {}, FILES);
    assert.ok(await readEntry(folder));
  });
}

test('writeEntry: many at once end with one sound entry', async () => {
  const folder = fresh();
  await Promise.all(Array.from({ length: 8 }, () => writeEntry(folder, {}, FILES)));
  assert.ok(await readEntry(folder));
  assert.deepEqual(readdirSync(join(folder, '..')), ['entry']);
});

test('writeEntry: says where it cannot write', async () => {
  const file = join(root, 'a-file');
  writeFileSync(file, '');
  await assert.rejects(writeEntry(join(file, 'entry'), {}, FILES), { code: 'file-io' });
  await assert.rejects(makeFolder(join(file, 'folder')), { code: 'file-io' });
});

test('writeOnce: writes, leaves alone what is right, mends what is not', async () => {
  const path = join(fresh(), 'file');
  for (const before of [undefined, Uint8Array.of(1, 2, 3), Uint8Array.of(9)]) {
    if (before !== undefined) writeFileSync(path, before);
    await writeOnce(path, FILES.a);
    assert.ok(existsSync(path));
    assert.deepEqual(readdirSync(join(path, '..')), ['file']);
  }
});

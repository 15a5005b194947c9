// Scripts for files in guests, run by this machine's shell in a folder of the test's own.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { SeededRandom } from '#lib';
import type { VimFault } from '../model/value.ts';
import {
  changeAttributes,
  isGuestPath,
  listFiles,
  makeFolder,
  makeTemporary,
  mayRead,
  mayWrite,
  moveFile,
  moveFolder,
  nameTest,
  readFiles,
  removeFile,
  removeFolder,
  replaceFile,
  why,
} from './file-scripts.ts';

const root = mkdtempSync(join(tmpdir(), 'vmk-scripts-'));
after(() => rmSync(root, { recursive: true }));
/** A name that a shell would take apart. */
const odd = `${root}/it's $(x) "a"  b`;
mkdirSync(odd);

/** The output, or the fault's type. */
function run(script: string): string {
  const { status, stdout } = spawnSync('/bin/sh', ['-c', script], { encoding: 'utf8' });
  const fault: VimFault = why('/p')(status ?? -1);
  return status === 0 ? stdout : fault.type;
}

const names = (path: string) =>
  readFiles(run(listFiles(path)))
    .map((file) => `${file.type} ${file.path}`)
    .toSorted();

test('folders: made, with those above, moved, removed; what is wrong has its fault', () => {
  const at = (path: string) => `${odd}/${path}`;
  assert.equal(run(makeFolder(at('a'), false)), '');
  assert.equal(run(makeFolder(at('a'), false)), 'FileAlreadyExists');
  assert.equal(run(makeFolder(at('b/c'), false)), 'FileNotFound');
  assert.equal(run(makeFolder(at('b/c'), true)), '');
  assert.equal(run(makeFolder(at('b/c'), true)), '');
  writeFileSync(at('b/file'), '');
  assert.equal(run(makeFolder(at('b/file'), true)), 'FileAlreadyExists');
  assert.equal(run(moveFolder(at('b'), at('a'))), 'FileAlreadyExists');
  assert.equal(run(moveFolder(at('b/file'), at('d'))), 'NotADirectory');
  assert.equal(run(moveFolder(at('b'), at('a/b'))), '');
  assert.equal(run(removeFolder(at('a'), false)), 'DirectoryNotEmpty');
  assert.equal(run(removeFolder(at('a/b/file'), true)), 'NotADirectory');
  assert.equal(run(removeFolder(at('a'), true)), '');
  assert.equal(run(removeFolder(at('a'), true)), 'FileNotFound');
  assert.deepEqual(names(odd), []);
});

test('files: moved, removed, put in place of others with their permissions', () => {
  const at = (path: string) => `${odd}/${path}`;
  for (const name of ['one', 'two']) writeFileSync(at(name), name, { mode: 0o640 });
  assert.equal(run(moveFile(at('one'), at('two'), false)), 'FileAlreadyExists');
  assert.equal(run(moveFile(at('none'), at('two'), true)), 'FileNotFound');
  assert.equal(run(moveFile(odd, at('two'), true)), 'NotAFile');
  assert.equal(run(moveFile(at('one'), at('two'), true)), '');
  assert.equal(readFileSync(at('two'), 'utf8'), 'one');
  writeFileSync(at('part'), 'new', { mode: 0o600 });
  assert.equal(run(replaceFile(at('part'), at('two'))), '');
  assert.deepEqual(
    [readFileSync(at('two'), 'utf8'), statSync(at('two')).mode & 0o777, names(odd)],
    ['new', 0o640, ['file two']],
  );
  const attributes = { permissions: 0o751, modificationTime: new Date(1_000_000_000_000) };
  assert.equal(run(changeAttributes(at('two'), { _type: 'GuestPosixFileAttributes', ...attributes })), '');
  assert.deepEqual(
    [statSync(at('two')).mode & 0o777, statSync(at('two')).mtimeMs],
    [0o751, 1_000_000_000_000],
  );
  assert.equal(run(mayRead(at('two'))), '');
  assert.equal(run(mayRead(odd)), 'NotAFile');
  assert.equal(run(mayWrite(at('two'), false)), 'FileAlreadyExists');
  assert.equal(run(mayWrite(at('two'), true)), '');
  assert.equal(run(mayWrite(odd, true)), 'NotAFile');
  assert.equal(run(mayWrite(at('none/x'), true)), 'FileNotFound');
  assert.equal(run(mayWrite(at('two/x'), true)), 'NotADirectory');
  assert.equal(run(removeFile(odd)), 'NotAFile');
  assert.equal(run(removeFile(at('two'))), '');
  assert.equal(run(removeFile(at('two'))), 'FileNotFound');
});

test('listFiles: folders, links and odd names; a temporary file has a name of its own', () => {
  const folder = `${root}/list`;
  mkdirSync(`${folder}/.hidden`, { recursive: true });
  writeFileSync(`${folder}/a|b`, 'abc');
  writeFileSync(`${folder}/-n`, '');
  symlinkSync('a|b', `${folder}/link`);
  symlinkSync('nowhere', `${folder}/..broken`);
  assert.deepEqual(names(folder), [
    'directory .hidden',
    'file -n',
    'file a|b',
    'symlink ..broken',
    'symlink link',
  ]);
  const files = readFiles(run(listFiles(folder)));
  assert.equal(files.find(({ path }) => path === 'link')?.attributes.symlinkTarget, 'a|b');
  assert.equal(files.find(({ path }) => path === 'a|b')?.size, 3);
  assert.deepEqual(names(`${folder}/a|b`), [`file ${folder}/a|b`]);
  assert.equal(run(listFiles(`${folder}/none`)), 'FileNotFound');
  const temporary = run(makeTemporary('file', { folder, prefix: "p'", suffix: '.s' }));
  assert.match(temporary, /\/list\/p'\w{6}\.s$/);
  assert.equal(
    run(makeTemporary('folder', { folder: `${folder}/-n`, prefix: '', suffix: '' })),
    'NotADirectory',
  );
});

test('isGuestPath: from the root on, bounded', () => {
  assert.ok(isGuestPath('/a b') && !isGuestPath('a') && !isGuestPath('') && !isGuestPath('/a\0'));
  assert.ok(!isGuestPath(`/${'x'.repeat(4095)}`));
});

test('nameTest: regular expressions, but none that takes long', () => {
  assert.deepEqual(['a.txt', 'b.log'].filter(nameTest('\\.txt$') ?? (() => false)), ['a.txt']);
  assert.equal(nameTest(undefined)?.('x'), true);
  for (const pattern of ['*(', '(a+)+$', '(a|a)*b', 'x'.repeat(257), '.*.*.*.*.*x', '(?=a)', '(a)\\1', '['])
    assert.equal(nameTest(pattern), undefined, pattern);
});

test('readFiles: fuzz: whatever a guest says', () => {
  const random = new SeededRandom(7);
  const alphabet = ['\u0001', '\u0002', '|', '\n', '1', 'directory', '%', '', 'NaN', '-'];
  for (let i = 0; i < 3000; i++) {
    const text = Array.from({ length: random.below(40) }, () => alphabet[random.below(alphabet.length)]);
    for (const file of readFiles(text.join('')))
      assert.ok(file.type !== '' && Number.isSafeInteger(file.size));
  }
});

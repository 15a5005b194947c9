// Directed cases for every file system: what POSIX promises and chance seldom meets. Source: POSIX.1-2024 XSH.
import assert from 'node:assert/strict';
import type { Answer, Subject } from './file-system.ts';

/** What a case needs beyond files, folders and names. */
export type Need = 'hard links' | 'symbolic links' | 'modes' | 'owners';

export interface Case {
  readonly promise: string;
  readonly needs?: readonly Need[];
  run(subject: Subject): void;
}

const NEW = ['writeOnly', 'create', 'exclusive'] as const;
const ALICE = { uid: 1001, gid: 1001 };
const BOB = { uid: 1002, gid: 1002 };

function make(subject: Subject, path: string, text = ''): void {
  ok(subject.open(9, path, NEW, 0o666));
  if (text !== '') assert.equal(subject.write(9, text), text.length);
  ok(subject.close(9));
}

function content(subject: Subject, path: string): Answer {
  const opened = subject.open(9, path, ['readOnly'], 0);
  if (opened !== undefined) return opened;
  const text = subject.read(9, 20_000, 0);
  subject.close(9);
  return text;
}

function ok(answer: Answer): void {
  assert.equal(answer, undefined);
}

export const CASES: readonly Case[] = [
  {
    promise: 'a file lives as long as it is open, even without a name',
    run(s) {
      make(s, 'a', 'content');
      ok(s.open(0, 'a', ['readWrite'], 0));
      ok(s.unlink('a'));
      assert.equal(s.stat('a'), '!ENOENT');
      assert.equal(s.read(0, 100, 0), 'content');
      assert.equal(s.write(0, 'more', 7), 4);
      assert.equal(s.read(0, 100, 0), 'contentmore');
      make(s, 'a', 'another');
      assert.equal(s.read(0, 100, 0), 'contentmore');
      ok(s.close(0));
      assert.equal(content(s, 'a'), 'another');
    },
  },
  {
    promise: 'rename over a file that is open leaves the open one whole',
    run(s) {
      make(s, 'old', 'old');
      make(s, 'new', 'new');
      ok(s.open(0, 'old', ['readOnly'], 0));
      ok(s.rename('new', 'old'));
      assert.equal(s.read(0, 10), 'old');
      assert.equal(content(s, 'old'), 'new');
      assert.equal(s.stat('new'), '!ENOENT');
    },
  },
  {
    promise: 'two that append to one file lose nothing',
    run(s) {
      ok(s.open(0, 'log', ['writeOnly', 'create', 'append'], 0o666));
      ok(s.open(1, 'log', ['writeOnly', 'append'], 0));
      assert.equal(s.write(0, 'one '), 4);
      assert.equal(s.write(1, 'two '), 4);
      assert.equal(s.write(0, 'three'), 5);
      assert.equal(content(s, 'log'), 'one two three');
    },
  },
  {
    promise: 'holes read as zeros, and what was cut off does not come back',
    run(s) {
      ok(s.open(0, 'a', ['readWrite', 'create'], 0o666));
      assert.equal(s.write(0, 'x'.repeat(6000), 0), 6000);
      ok(s.ftruncate(0, 10));
      ok(s.ftruncate(0, 8192));
      assert.equal(s.read(0, 9000, 0), 'x'.repeat(10) + '\0'.repeat(8182));
      assert.equal(s.write(0, 'end', 10_000), 3);
      assert.equal(s.read(0, 9000, 8190), `${'\0'.repeat(1810)}end`);
    },
  },
  {
    promise: 'exclusive creation takes place once',
    run(s) {
      make(s, 'a');
      assert.equal(s.open(0, 'a', NEW, 0o666), '!EEXIST');
    },
  },
  {
    promise: 'exclusive creation does not follow a link that points nowhere; creation does',
    needs: ['symbolic links'],
    run(s) {
      ok(s.symlink('nowhere', 'link'));
      assert.equal(s.open(0, 'link', NEW, 0o666), '!EEXIST');
      ok(s.open(0, 'link', ['writeOnly', 'create'], 0o666));
      assert.equal(s.write(0, 'x'), 1);
      assert.equal(content(s, 'nowhere'), 'x');
    },
  },
  {
    promise: 'links that go in circles end',
    needs: ['symbolic links'],
    run(s) {
      ok(s.symlink('b', 'a'));
      ok(s.symlink('a', 'b'));
      assert.equal(s.stat('a'), '!ELOOP');
      assert.equal(s.open(0, 'a/x', ['writeOnly', 'create'], 0o666), '!ELOOP');
      assert.deepEqual(s.lstat('a'), s.lstat('b'));
    },
  },
  {
    promise: 'forty links in a row are followed, one more is not',
    needs: ['symbolic links'],
    run(s) {
      make(s, 'l0', 'end');
      for (let i = 1; i <= 41; i++) ok(s.symlink(`l${i - 1}`, `l${i}`));
      assert.equal(content(s, 'l40'), 'end');
      assert.equal(content(s, 'l41'), '!ELOOP');
    },
  },
  {
    promise: 'all names of a file are the file',
    needs: ['hard links'],
    run(s) {
      make(s, 'a', 'text');
      ok(s.link('a', 'b'));
      ok(s.chmod('b', 0o600));
      assert.deepEqual(s.stat('a'), s.stat('b'));
      ok(s.unlink('a'));
      assert.equal(content(s, 'b'), 'text');
      assert.equal((s.stat('b') as Answer[])[4], 1);
      ok(s.link('b', 'c'));
      ok(s.rename('b', 'c'));
      assert.deepEqual(s.list('.'), ['b file', 'c file']);
    },
  },
  {
    promise: 'a directory that is not empty is neither removed nor replaced',
    run(s) {
      ok(s.mkdir('full', 0o777));
      make(s, 'full/file');
      ok(s.mkdir('empty', 0o777));
      assert.equal(s.rmdir('full'), '!ENOTEMPTY');
      assert.equal(s.rename('empty', 'full'), '!ENOTEMPTY');
      ok(s.rename('full', 'empty'));
      assert.deepEqual(s.list('empty'), ['file file']);
      assert.equal(s.rename('empty', 'empty/inner'), '!EINVAL');
    },
  },
  {
    promise: 'in a removed directory nothing can be made',
    run(s) {
      ok(s.mkdir('d', 0o777));
      ok(s.open(0, 'd', ['readOnly', 'directory'], 0));
      ok(s.rmdir('d'));
      assert.equal(s.open(1, 'd/x', ['writeOnly', 'create'], 0o666), '!ENOENT');
    },
  },
  {
    promise: 'names have 255 bytes at most, in UTF-8',
    run(s) {
      make(s, 'ü'.repeat(127));
      assert.equal(s.open(0, 'ü'.repeat(128), ['writeOnly', 'create'], 0o666), '!ENAMETOOLONG');
      assert.equal(s.mkdir('x'.repeat(256), 0o777), '!ENAMETOOLONG');
      assert.equal(s.stat('x/'.repeat(2048)), '!ENAMETOOLONG');
    },
  },
  {
    promise: 'a file as a folder is refused',
    run(s) {
      make(s, 'file');
      for (const path of ['file/x', 'file/', 'file/.', 'file/..'])
        assert.equal(s.stat(path), '!ENOTDIR', path);
      assert.equal(s.mkdir('file/x', 0o777), '!ENOTDIR');
      assert.equal(s.unlink('file/'), '!ENOTDIR');
    },
  },
  {
    promise: 'a set-group directory gives its group to what is made in it',
    needs: ['owners'],
    run(s) {
      ok(s.mkdir('d', 0o777));
      ok(s.chown('d', -1, 1005));
      ok(s.chmod('d', 0o2777));
      s.actAs(ALICE);
      make(s, 'd/file');
      ok(s.mkdir('d/inner', 0o755));
      assert.deepEqual(s.stat('d/file'), ['file', '644', 1001, 1005, 1, 0]);
      assert.deepEqual(s.stat('d/inner'), ['directory', '2755', 1001, 1005]);
    },
  },
  {
    promise: 'in a sticky directory only the owner takes away',
    needs: ['owners'],
    run(s) {
      ok(s.mkdir('tmp', 0o777));
      ok(s.chmod('tmp', 0o1777));
      s.actAs(ALICE);
      make(s, 'tmp/hers');
      s.actAs(BOB);
      make(s, 'tmp/his');
      assert.equal(s.unlink('tmp/hers'), '!EPERM');
      assert.equal(s.rename('tmp/hers', 'tmp/x'), '!EPERM');
      assert.equal(s.rename('tmp/his', 'tmp/hers'), '!EPERM');
      ok(s.rename('tmp/his', 'tmp/still-his'));
      s.actAs(ALICE);
      ok(s.unlink('tmp/hers'));
    },
  },
  {
    promise: 'what a mode forbids is refused to all but root',
    needs: ['owners'],
    run(s) {
      ok(s.mkdir('d', 0o700));
      make(s, 'd/secret', 'text');
      make(s, 'readable', 'text');
      s.actAs(BOB);
      assert.equal(content(s, 'd/secret'), '!EACCES');
      assert.equal(s.list('d'), '!EACCES');
      assert.equal(content(s, 'readable'), 'text');
      assert.equal(s.open(0, 'readable', ['writeOnly'], 0), '!EACCES');
      assert.equal(s.truncate('readable', 0), '!EACCES');
      assert.equal(s.chmod('readable', 0o666), '!EPERM');
      assert.equal(s.chown('readable', 1002, -1), '!EPERM');
      s.actAs(undefined);
      ok(s.chmod('d', 0o000));
      assert.equal(content(s, 'd/secret'), 'text');
    },
  },
  {
    promise: 'a new file is open for writing whatever its mode says',
    needs: ['owners'],
    run(s) {
      s.actAs(ALICE);
      ok(s.open(0, 'a', NEW, 0o400));
      assert.equal(s.write(0, 'x'), 1);
      assert.equal(s.open(1, 'a', ['writeOnly'], 0), '!EACCES');
    },
  },
];

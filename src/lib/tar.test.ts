// Tests of whole tar archives: the machine's own tar reads what we write, we read what it writes, and damage is named.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { HostError } from './errors.ts';
import { SeededRandom } from './random.ts';
import { readTarEntries, type TarEntry, writeTarEntries } from './tar.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const COMMON = { uid: 0, gid: 0, mtimeSeconds: 1_700_000_000 };
const ENTRIES: readonly TarEntry[] = [
  { ...COMMON, kind: 'directory', path: 'etc', mode: 0o755 },
  { ...COMMON, kind: 'file', path: 'etc/shadow', mode: 0o600, data: bytes('root:x\n'), uid: 5, gid: 7 },
  { ...COMMON, kind: 'file', path: 'etc/empty', mode: 0o4711, data: bytes('') },
  {
    ...COMMON,
    kind: 'file',
    path: `etc/${'long/'.repeat(60)}grüße`,
    mode: 0o644,
    data: bytes('x'.repeat(1500)),
  },
  { ...COMMON, kind: 'symlink', path: 'etc/link', mode: 0o777, target: `../${'t'.repeat(120)}` },
  { ...COMMON, kind: 'hardlink', path: 'etc/other', mode: 0o600, target: 'etc/shadow' },
  { ...COMMON, kind: 'file', path: 'etc/big-owner', mode: 0o644, data: bytes(''), uid: 4_000_000_000 },
];

test('tar: what is written is read again', () => {
  assert.deepEqual(readTarEntries(writeTarEntries(ENTRIES)), ENTRIES);
  assert.deepEqual(readTarEntries(writeTarEntries([])), []);
});

test("tar: the machine's tar lists what is written", () => {
  const { stdout, status } = spawnSync('tar', ['-tf', '-', '--quoting-style=literal'], {
    input: writeTarEntries(ENTRIES),
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  });
  assert.equal(status, 0);
  assert.deepEqual(
    stdout.trimEnd().split('\n'),
    ENTRIES.map(({ path, kind }) => (kind === 'directory' ? `${path}/` : path)),
  );
});

test('tar: damaged archives are refused with a reason, whatever the damage', () => {
  const whole = writeTarEntries(ENTRIES);
  const random = new SeededRandom(11);
  assert.throws(() => readTarEntries(whole.subarray(0, 1000)), /it ends within the entry at byte 512/);
  for (let i = 0; i < 3000; i++) {
    const damaged = whole.slice(0, random.below(4) === 0 ? random.below(whole.length) : whole.length);
    for (let n = random.below(6); n >= 0; n--)
      if (damaged.length > 0) damaged[random.below(damaged.length)] = random.below(256);
    try {
      for (const { path } of readTarEntries(damaged)) assert.equal(typeof path, 'string');
    } catch (error) {
      assert.ok(error instanceof HostError && error.code === 'archive-damaged', String(error));
    }
  }
});

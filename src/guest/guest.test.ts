// Tests of the default guest: what the cache is asked and told, and what is in the archives. No network.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { concatBytes } from '#lib';
import { readCpio } from './cpio.ts';
import { readDeb, unpackXz } from './deb.ts';
import { defaultGuest, type FetchedGuest } from './guest.ts';
import { writeDebianArchive, writeExecArchive, writeOwnArchive } from './initramfs.ts';
import { aliasIndex, dependencyIndex, type Module, moduleInfo, moduleName } from './modules.ts';

const root = mkdtempSync(join(tmpdir(), 'vmkernel-guest-test-'));
after(() => rmSync(root, { recursive: true }));
const bytes = (text: string) => new TextEncoder().encode(text);
const noDpkg = existsSync('/usr/bin/dpkg-deb') ? false : 'this machine has no dpkg-deb';

const FETCHED: FetchedGuest = {
  packages: { linux: '6.12' },
  files: {
    vmlinux: bytes('kernel'),
    'debian.cpio': writeDebianArchive({ busybox: bytes('bb'), kernelRelease: '6', modules: [] }),
  },
};

test('defaultGuest: fetches once, then takes the cache, and again when it is damaged', async () => {
  const cache = mkdtempSync(join(root, 'cache-'));
  let fetches = 0;
  const fetch = () => Promise.resolve((fetches++, FETCHED));
  const first = await defaultGuest(cache, () => {}, fetch);
  assert.deepEqual(await defaultGuest(cache, () => {}, fetch), first);
  assert.equal(fetches, 1);
  assert.equal(readFileSync(first.kernelPath, 'utf8'), 'kernel');
  writeFileSync(first.kernelPath, 'kernal');
  assert.deepEqual(await defaultGuest(cache, () => {}, fetch), first);
  assert.equal(fetches, 2);
  assert.equal(readFileSync(first.kernelPath, 'utf8'), 'kernel');
});

test('defaultGuest: two first starts at once both end with a sound guest', async () => {
  const cache = mkdtempSync(join(root, 'cache-'));
  const fetch = () => Promise.resolve(FETCHED);
  const [a, b] = await Promise.all([
    defaultGuest(cache, () => {}, fetch),
    defaultGuest(cache, () => {}, fetch),
  ]);
  assert.deepEqual(a, b);
  assert.equal(readFileSync(a.kernelPath, 'utf8'), 'kernel');
});

test('defaultGuest: passes on why nothing could be fetched and leaves no half entry', async () => {
  const cache = mkdtempSync(join(root, 'cache-'));
  const problem = new Error('no network');
  await assert.rejects(
    defaultGuest(
      cache,
      () => {},
      () => Promise.reject(problem),
    ),
    problem,
  );
  await assert.doesNotReject(
    defaultGuest(
      cache,
      () => {},
      () => Promise.resolve(FETCHED),
    ),
  );
});

test('the initramfs: has every folder before what is in it, the console, /init and busybox', async () => {
  const cache = mkdtempSync(join(root, 'cache-'));
  const { initramfsPath } = await defaultGuest(
    cache,
    () => {},
    () => Promise.resolve(FETCHED),
  );
  const whole = readFileSync(initramfsPath);
  const debian = FETCHED.files['debian.cpio'] as Uint8Array;
  const entries = [...readCpio(debian), ...readCpio(whole.subarray(debian.length))];
  const folders = new Set(['.']);
  for (const entry of entries) {
    assert.ok(folders.has(join(entry.path, '..')), `${entry.path} comes before its folder`);
    if (entry.kind === 'directory') folders.add(entry.path);
  }
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  assert.deepEqual(byPath.get('dev/console'), {
    kind: 'character-device',
    path: 'dev/console',
    major: 5,
    minor: 1,
    permissions: 0o600,
  });
  for (const path of ['init', 'bin/busybox']) {
    const entry = byPath.get(path);
    assert.ok(entry?.kind === 'file' && entry.permissions === 0o755, path);
  }
  assert.ok(byPath.get('bin/sh')?.kind === 'symlink');
});

test('init.sh: is a shell script that the machine’s sh can read', () => {
  const { status, stderr } = spawnSync('sh', ['-n', join(import.meta.dirname, 'init.sh')]);
  assert.equal(status, 0, stderr.toString());
});

test('writeExecArchive: brings the script and the nonce to where /init looks', () => {
  const init = readFileSync(join(import.meta.dirname, 'init.sh'), 'utf8');
  for (const { path } of readCpio(writeExecArchive('true', 'n'))) assert.ok(init.includes(`/${path}`), path);
  assert.ok(readCpio(writeOwnArchive()).length > 0);
});

function moduleOf(path: string, depends: string[], aliases: string[] = []): Module {
  return { name: moduleName(path), path, data: bytes(path), info: { depends, aliases } };
}

const MODULES = [
  moduleOf('kernel/fs/ext4.ko.xz', ['jbd2', 'crc16'], ['fs-ext4', 'fs-ext3']),
  moduleOf('kernel/fs/jbd2.ko.xz', ['crc16']),
  moduleOf('kernel/lib/crc16.ko.xz', []),
];

test('dependencyIndex, aliasIndex: as depmod writes them', () => {
  assert.equal(
    dependencyIndex(MODULES),
    'kernel/fs/ext4.ko.xz: kernel/fs/jbd2.ko.xz kernel/lib/crc16.ko.xz\n' +
      'kernel/fs/jbd2.ko.xz: kernel/lib/crc16.ko.xz\n' +
      'kernel/lib/crc16.ko.xz:\n',
  );
  assert.equal(aliasIndex(MODULES), 'alias fs-ext4 ext4\nalias fs-ext3 ext4\n');
});

test('moduleInfo: reads what a module says of itself', () => {
  const object = bytes(
    '\x7fELF\0license=GPL\0alias=virtio:d00000002v*\0alias=b\0depends=net-failover,x\0name=y\0',
  );
  assert.deepEqual(moduleInfo(object), {
    depends: ['net_failover', 'x'],
    aliases: ['virtio:d00000002v*', 'b'],
  });
  assert.deepEqual(moduleInfo(bytes('\0depends=\0')), { depends: [], aliases: [] });
  assert.equal(moduleName('kernel/drivers/char/hw_random/virtio-rng.ko.xz'), 'virtio_rng');
});

test('readDeb, unpackXz: files of a package that dpkg-deb built', { skip: noDpkg }, async () => {
  const tree = mkdtempSync(join(root, 'deb-'));
  mkdirSync(join(tree, 'DEBIAN'));
  mkdirSync(join(tree, 'boot'));
  writeFileSync(
    join(tree, 'DEBIAN/control'),
    'Package: x\nVersion: 1\nArchitecture: all\nMaintainer: x <x@example.com>\nDescription: x\n',
  );
  writeFileSync(join(tree, 'boot/a'), 'content of a');
  writeFileSync(join(tree, 'boot/b'), 'content of b');
  const deb = join(root, 'x.deb');
  spawnSync('dpkg-deb', ['--root-owner-group', '-Zxz', '-b', tree, deb]);
  const files = await readDeb(deb, (path) => path === 'boot/a');
  assert.deepEqual(
    files.map(({ path, data }) => [path, new TextDecoder().decode(data)]),
    [['boot/a', 'content of a']],
  );
  // The package's own data member is an .xz file: take it out of the ar archive and unpack it as one.
  const member = xzMember(readFileSync(deb));
  const tar = await unpackXz(member, root);
  assert.ok(Buffer.from(tar).includes('content of b'));
  await assert.rejects(unpackXz(concatBytes([member.subarray(0, 40)]), root), { code: 'command-failed' });
  await assert.rejects(
    readDeb(join(root, 'absent.deb'), () => true),
    { code: 'command-failed' },
  );
});

function xzMember(deb: Buffer): Uint8Array {
  const header = deb.indexOf('data.tar.xz');
  const size = Number.parseInt(deb.toString('latin1', header + 48, header + 58), 10);
  return deb.subarray(header + 60, header + 60 + size);
}

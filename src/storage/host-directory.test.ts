// Tests of folders as file systems: whatever lies in them, nothing outside is reached; failures of the machine are errors.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ERRNO, HostFiles, isErrno, OpenFlag, Ramdisks, Volumes } from '#kernel';
import { ManualClock, SeededRandom } from '#lib';
import { HostDirectory } from './host-directory.ts';

const folder = mkdtempSync(join(tmpdir(), 'vmkernel-datastore-'));
after(() => rmSync(folder, { recursive: true }));
const SECRET = 'outside';
writeFileSync(join(folder, 'secret'), SECRET);
mkdirSync(join(folder, 'ds'));

const clock = new ManualClock(1n);
const { vfs } = new Ramdisks(clock);
const view = vfs.view();
const files = new HostFiles(view);
const volumes = new Volumes(vfs, clock);
const datastore = new HostDirectory({ folder: join(folder, 'ds'), type: 'VMFS-6' });
volumes.add({ name: 'datastore1', uuid: '6500-1', fileSystem: datastore });

test('HostDirectory: what is written through the VFS is on the machine, and the other way round', () => {
  view.mkdir('/vmfs/volumes/datastore1/vm');
  files.write('/vmfs/volumes/datastore1/vm/vm.vmx', 'text');
  assert.equal(readFileSync(join(folder, 'ds/vm/vm.vmx'), 'utf8'), 'text');
  writeFileSync(join(folder, 'ds/from-outside'), 'hello');
  assert.equal(files.readText('/vmfs/volumes/6500-1/from-outside'), 'hello');
  const found = view.find('/vmfs/volumes/datastore1/vm/vm.vmx');
  assert.ok(!isErrno(found));
  assert.equal(datastore.pathOf(found.inode), join(folder, 'ds/vm/vm.vmx'));
  assert.equal(view.realPath('/vmfs/volumes/datastore1/vm'), '/vmfs/volumes/6500-1/vm');
  assert.equal(view.rename('/vmfs/volumes/datastore1/vm/vm.vmx', '/tmp/x'), ERRNO.EXDEV);
  const status = view.statfs('/vmfs/volumes/datastore1');
  assert.ok(!isErrno(status) && status.type === 'VMFS-6' && status.blocks > 0);
});

test('HostDirectory: links in it lead through the VFS and never out of the folder', () => {
  symlinkSync(join(folder, 'secret'), join(folder, 'ds/absolute'));
  symlinkSync('../secret', join(folder, 'ds/relative'));
  symlinkSync('../../../../../../../../etc/passwd', join(folder, 'ds/climbing'));
  symlinkSync('/etc', join(folder, 'ds/etc'));
  files.write('/etc/passwd', "the host's own");
  for (const name of ['absolute', 'relative']) {
    assert.equal(view.readFile(`/vmfs/volumes/datastore1/${name}`), ERRNO.ENOENT);
  }
  assert.equal(files.readText('/vmfs/volumes/datastore1/climbing'), "the host's own");
  assert.equal(files.readText('/vmfs/volumes/datastore1/etc/passwd'), "the host's own");
  assert.equal(view.readFile('/vmfs/volumes/datastore1/../../../secret'), ERRNO.ENOENT);
  assert.equal(view.symlink('/x', '/vmfs/volumes/datastore1/new'), ERRNO.EPERM);
  assert.equal(
    view.link('/vmfs/volumes/datastore1/from-outside', '/vmfs/volumes/datastore1/new'),
    ERRNO.EPERM,
  );
});

test('HostDirectory: random paths never read what lies outside', () => {
  const random = new SeededRandom(4);
  const parts = [
    '..',
    '.',
    'absolute',
    'relative',
    'climbing',
    'etc',
    'ds',
    'secret',
    'vm',
    '%2e%2e',
    '..\\',
    '\0',
  ];
  for (let i = 0; i < 20_000; i++) {
    const path = Array.from({ length: 1 + random.below(6) }, () => parts[random.below(parts.length)]).join(
      '/',
    );
    const content = view.readFile(`/vmfs/volumes/datastore1/${path}`);
    if (!isErrno(content)) assert.notEqual(new TextDecoder().decode(content), SECRET, path);
  }
});

test('HostDirectory: a named pipe does not hold anybody up, an open file keeps its status without a name', () => {
  assert.equal(spawnSync('mkfifo', [join(folder, 'ds/pipe')]).status, 0);
  assert.equal(view.open('/vmfs/volumes/datastore1/pipe'), ERRNO.ENXIO);
  files.write('/vmfs/volumes/datastore1/gone', 'text', { mode: 0o600 });
  const file = view.open('/vmfs/volumes/datastore1/gone', OpenFlag.readWrite | OpenFlag.append);
  assert.ok(!isErrno(file));
  view.unlink('/vmfs/volumes/datastore1/gone');
  assert.equal(file.write(new Uint8Array(3)), 3);
  const status = file.status();
  assert.ok(!isErrno(status));
  assert.deepEqual([status.sizeBytes, status.links, status.mode, status.uid], [7, 0, 0o600, 0]);
  file.close();
  assert.equal(file.read(new Uint8Array(1)), ERRNO.EBADF);
});

test('Volumes: names are links to UUIDs, and the directory itself belongs to nobody', () => {
  assert.deepEqual(
    files.list('/vmfs/volumes').map(({ name, kind }) => `${name} ${kind}`),
    ['6500-1 directory', 'datastore1 symlink'],
  );
  assert.equal(view.readlink('/vmfs/volumes/datastore1'), '6500-1');
  assert.equal(view.mkdir('/vmfs/volumes/x'), ERRNO.EROFS);
  assert.equal(view.unlink('/vmfs/volumes/datastore1'), ERRNO.EROFS);
  const other = new HostDirectory({ folder: join(folder, 'ds/vm'), type: 'VMFS-6', readOnly: true });
  assert.equal(volumes.add({ name: 'datastore1', uuid: '6500-2', fileSystem: other }), ERRNO.EEXIST);
  assert.equal(volumes.add({ name: 'a/b', uuid: '6500-2', fileSystem: other }), ERRNO.EINVAL);
  assert.equal(volumes.add({ name: 'iso', uuid: '6500-2', fileSystem: other }), undefined);
  assert.equal(view.unlink('/vmfs/volumes/iso/vm.vmx'), ERRNO.EROFS);
  assert.equal(volumes.rename('iso', 'images'), undefined);
  assert.equal(files.readText('/vmfs/volumes/images/vm.vmx'), 'text');
  assert.equal(volumes.remove('images'), undefined);
  assert.deepEqual(view.stat('/vmfs/volumes/6500-2'), ERRNO.ENOENT);
});

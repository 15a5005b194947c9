// Tests of the ramdisks: their bounds hold for each alone, reservations are honoured, and all is given back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock, SeededRandom } from '#lib';
import { ERRNO, isErrno } from './errno.ts';
import { HostFiles } from './host-files.ts';
import { OpenFlag } from './open-file.ts';
import { RAMDISKS, type RamdiskRow, Ramdisks } from './ramdisks.ts';
import type { FileView } from './vfs.ts';

const MIB = 2 ** 20;
const CHUNK = new Uint8Array(MIB).fill(0x61);

function fill(view: FileView, path: string): number {
  const file = view.open(path, OpenFlag.writeOnly | OpenFlag.create);
  assert.ok(!isErrno(file));
  for (let total = 0; ; ) {
    const count = file.write(CHUNK);
    if (isErrno(count)) {
      assert.equal(count, ERRNO.ENOSPC);
      file.close();
      return total;
    }
    total += count;
  }
}

function statusOf(ramdisks: Ramdisks, name: string) {
  const found = ramdisks.list().find((row) => row.name === name);
  assert.ok(found);
  return found;
}

test('ramdisks: a full one refuses its writer with ENOSPC and hurts nobody else', () => {
  const ramdisks = new Ramdisks(new ManualClock());
  const view = ramdisks.vfs.view();
  assert.equal(fill(view, '/tmp/big'), 256 * MIB);
  assert.equal(view.writeFile('/tmp/more', CHUNK), ERRNO.ENOSPC);
  for (const folder of ['/', '/etc', '/var', '/var/log']) {
    assert.equal(view.writeFile(`${folder}/file`, CHUNK), undefined, folder);
  }
  assert.equal(statusOf(ramdisks, 'tmp').freePercent, 0);
  assert.equal(view.unlink('/tmp/big'), undefined);
  assert.equal(statusOf(ramdisks, 'tmp').usedKib, 0);
  assert.equal(statusOf(ramdisks, 'tmp').peakUsedKib, 262_144);
  assert.equal(view.writeFile('/tmp/more', CHUNK), undefined);
});

test('ramdisks: inodes end too', () => {
  const ramdisks = new Ramdisks(new ManualClock());
  const view = ramdisks.vfs.view();
  let made = 0;
  while (view.mkdir(`/etc/${made}`) === undefined) made++;
  assert.equal(made, 4096);
  assert.equal(view.mkdir('/etc/more'), ERRNO.ENOSPC);
  assert.equal(view.symlink('x', '/etc/more'), ERRNO.ENOSPC);
  assert.equal(view.writeFile('/etc/more', CHUNK), ERRNO.ENOSPC);
  assert.equal(view.mkdir('/tmp/more'), undefined);
  assert.deepEqual(
    [statusOf(ramdisks, 'etc').usedInodes, statusOf(ramdisks, 'etc').allocatedInodes],
    [4096, 4096],
  );
  assert.equal(view.rmdir('/etc/0'), undefined);
  assert.equal(view.mkdir('/etc/more'), undefined);
});

test('ramdisks: what one has reserved no other can take', () => {
  const ramdisks = new Ramdisks(new ManualClock(), 128 * MIB);
  const view = ramdisks.vfs.view();
  const reservedKib = RAMDISKS.reduce((sum, row) => sum + row.reservedKib, 0);
  assert.equal(fill(view, '/tmp/big'), 128 * MIB - (reservedKib - 2048) * 1024);
  assert.equal(view.writeFile('/etc/file', CHUNK), undefined);
  assert.equal(fill(view, '/etc/big'), 27 * MIB);
});

test('ramdisks: one whose reservation does not fit is not added', () => {
  const ramdisks = new Ramdisks(new ManualClock(), 100 * MIB);
  const row: RamdiskRow = {
    ...(RAMDISKS.at(-1) as RamdiskRow),
    name: 'own',
    mountPoint: '/own',
    reservedKib: 65_536,
  };
  ramdisks.vfs.view().mkdir('/own');
  assert.equal(ramdisks.add(row), ERRNO.ENOMEM);
  const added = ramdisks.add({ ...row, reservedKib: 1024 });
  assert.ok(!isErrno(added));
  assert.equal(ramdisks.vfs.view().writeFile('/own/x', CHUNK), undefined);
  assert.equal(ramdisks.remove(added), undefined);
  assert.deepEqual(ramdisks.vfs.view().list('/own'), []);
});

test('ramdisks: a rename from one to another is refused with EXDEV, and so is a link', () => {
  const view = new Ramdisks(new ManualClock()).vfs.view();
  assert.equal(view.writeFile('/tmp/x', CHUNK), undefined);
  assert.equal(view.rename('/tmp/x', '/etc/x'), ERRNO.EXDEV);
  assert.equal(view.link('/tmp/x', '/etc/x'), ERRNO.EXDEV);
  assert.equal(view.rename('/etc', '/other'), ERRNO.EBUSY);
  assert.equal(view.rmdir('/etc'), ERRNO.EBUSY);
  assert.equal(view.getcwd(), '/');
  assert.equal(view.chdir('/var/log/../log/..'), undefined);
  assert.equal(view.getcwd(), '/var');
});

test('ramdisks: whatever is done, all is given back when it is removed', () => {
  const ramdisks = new Ramdisks(new ManualClock());
  const view = ramdisks.vfs.view();
  const before = statusOf(ramdisks, 'tmp');
  const random = new SeededRandom(7);
  const path = () => `/tmp/${'n'.repeat(1 + random.below(40))}${random.below(30)}`;
  for (let i = 0; i < 5000; i++) {
    const steps: readonly (() => unknown)[] = [
      () => view.writeFile(path(), CHUNK.subarray(0, random.below(20_000))),
      () => view.truncate(path(), random.below(20_000)),
      () => view.symlink('t'.repeat(1 + random.below(100)), path()),
      () => view.link(path(), path()),
      () => view.rename(path(), path()),
      () => view.mkdir(path()),
      () => view.rmdir(path()),
      () => view.unlink(path()),
    ];
    steps[random.below(steps.length)]?.();
  }
  assert.ok(statusOf(ramdisks, 'tmp').usedKib > 0);
  for (const { name, kind } of new HostFiles(view).list('/tmp')) {
    assert.equal(kind === 'directory' ? view.rmdir(`/tmp/${name}`) : view.unlink(`/tmp/${name}`), undefined);
  }
  const { usedKib, usedInodes } = statusOf(ramdisks, 'tmp');
  assert.deepEqual([usedKib, usedInodes], [before.usedKib, before.usedInodes]);
});

test('times: reading moves the access time only when it is older than the change, or than a day', () => {
  const clock = new ManualClock(1000n);
  const view = new Ramdisks(clock).vfs.view();
  const times = () => {
    const status = view.stat('/etc/a');
    assert.ok(!isErrno(status));
    return [status.atimeNanoseconds, status.mtimeNanoseconds, status.ctimeNanoseconds];
  };
  view.writeFile('/etc/a', CHUNK);
  assert.deepEqual(times(), [1000n, 1000n, 1000n]);
  clock.advance(10n);
  view.readFile('/etc/a');
  assert.deepEqual(times(), [1010n, 1000n, 1000n]);
  clock.advance(10n);
  view.readFile('/etc/a');
  assert.deepEqual(times(), [1010n, 1000n, 1000n]);
  view.chmod('/etc/a', 0o600);
  assert.deepEqual(times(), [1010n, 1000n, 1020n]);
  clock.advance(86_400_000_000_000n);
  view.readFile('/etc/a');
  assert.equal(times()[0], 86_400_000_001_020n);
  view.utimes('/etc/a', { atimeNanoseconds: 1n, mtimeNanoseconds: 2n });
  assert.deepEqual(times().slice(0, 2), [1n, 2n]);
});

test('marks: a changed file under /etc shows the sticky bit, one elsewhere does not', () => {
  const ramdisks = new Ramdisks(new ManualClock());
  const files = new HostFiles(ramdisks.vfs.view());
  files.write('/etc/a', 'text', { mode: 0o640 });
  files.write('/tmp/a', 'text', { mode: 0o640 });
  assert.equal(files.status('/etc/a').mode, 0o1640);
  assert.equal(files.status('/tmp/a').mode, 0o640);
  files.write('/etc/a', 'other');
  assert.equal(files.status('/etc/a').mode, 0o1640);
});

test('HostFiles.write: an old file stays whole when the new one does not fit', () => {
  const view = new Ramdisks(new ManualClock()).vfs.view();
  const files = new HostFiles(view);
  files.write('/etc/a', 'old', { mode: 0o600, uid: 5, gid: 6 });
  assert.throws(() => files.write('/etc/a', new Uint8Array(40 * MIB)), {
    message: 'Cannot write "/etc/a": No space left on device',
  });
  assert.equal(files.readText('/etc/a'), 'old');
  assert.deepEqual(
    files.list('/etc').map(({ name }) => name),
    ['a'],
  );
  files.write('/etc/a', 'new');
  const { mode, uid, gid } = files.status('/etc/a');
  assert.deepEqual([mode & 0o777, uid, gid], [0o600, 5, 6]);
  view.symlink('a', '/etc/link');
  files.write('/etc/link', 'through');
  assert.equal(files.readText('/etc/a'), 'through');
  assert.throws(() => files.readText('/etc/b'), {
    message: 'Cannot read "/etc/b": No such file or directory',
  });
  assert.equal(files.readTextIfThere('/etc/b'), undefined);
  files.makeFolders('/var/lib/vmware/x');
  files.append('/var/lib/vmware/x/log', 'a');
  files.append('/var/lib/vmware/x/log', 'b');
  assert.equal(files.readText('/var/lib/vmware/x/log'), 'ab');
});

test('paths: whatever text they are, the answer is a status or an error', () => {
  const view = new Ramdisks(new ManualClock()).vfs.view();
  const random = new SeededRandom(3);
  const parts = [
    '/',
    '..',
    '.',
    'etc',
    'a',
    '\0',
    '\ud800',
    'ü',
    '//',
    ' ',
    '\n',
    '%2e',
    '~',
    'x'.repeat(300),
  ];
  for (let i = 0; i < 20_000; i++) {
    const path = Array.from({ length: random.below(9) }, () => parts[random.below(parts.length)]).join('');
    const calls = [
      view.stat(path),
      view.mkdir(path),
      view.rename(path, '/etc/a'),
      view.rmdir(path),
      view.realPath(path),
    ];
    for (const answer of calls) if (typeof answer === 'string') assert.match(answer, /^\//);
  }
});

// Tests of the saved state: what changed under /etc comes back, to the byte and the bit; damage is refused whole.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HostFiles } from '#kernel';
import { HostError, SeededRandom } from '#lib';
import { captureState, packState, unpackState } from './state.ts';
import { bootFrom, memoryDisk } from './testing.ts';

/** Everything under /etc, a line for each. */
function tree(files: HostFiles, path = '/etc'): string[] {
  return files.list(path).flatMap(({ name }): string[] => {
    const inner = `${path}/${name}`;
    const status = files.view.lstat(inner);
    assert.ok('kind' in status);
    const { kind, mode, uid, gid, links, mtimeNanoseconds } = status;
    const content = kind === 'file' ? files.readText(inner) : '';
    const target = kind === 'symlink' ? files.view.readlink(inner) : '';
    const own = kind === 'file' ? [links, String(mtimeNanoseconds)] : [];
    const line = JSON.stringify([inner, kind, mode.toString(8), uid, gid, ...own, content, target]);
    return [line, ...(kind === 'directory' ? tree(files, inner) : [])];
  });
}

test('state: what changed under /etc comes back with the next boot, what changed elsewhere does not', () => {
  const disk = memoryDisk();
  const host = bootFrom(disk);
  const { files, view } = host;
  files.write('/etc/shadow', 'root:$6$x', { mode: 0o600, uid: 5, gid: 7 });
  files.append('/etc/motd', 'changed\n');
  view.unlink('/etc/vmware/acceptance-level');
  files.makeFolders('/etc/own/deep/empty', 0o750);
  files.write('/etc/own/grüße', new Uint8Array(100_000).fill(3));
  view.symlink('../motd', '/etc/own/link');
  view.link('/etc/own/grüße', '/etc/own/other-name');
  view.mkdir('/etc/sticky', 0o1777);
  files.write('/tmp/x', 'x');
  files.write('/var/log/vmkernel.log', 'x');
  const before = tree(files);
  assert.equal(host.keeper.save(), true);
  assert.equal(host.keeper.save(), false);

  const next = bootFrom(disk);
  assert.deepEqual(tree(next.files), before);
  assert.equal(next.files.exists('/tmp/x'), false);
  assert.equal(next.files.exists('/var/log/vmkernel.log'), false);
  assert.deepEqual(
    packState(captureState(next.root.vfs, next.root.layers)),
    packState(captureState(host.root.vfs, host.root.layers)),
  );
  next.view.unlink('/etc/shadow');
  next.keeper.stop();
  const last = bootFrom(disk);
  assert.equal(last.files.exists('/etc/shadow'), false);
  assert.equal(last.files.exists('/etc/vmware/acceptance-level'), false);
});

test('unpackState: a damaged state is refused, whatever the damage, and is never half of one', () => {
  const host = bootFrom(memoryDisk());
  host.files.write('/etc/a', 'a'.repeat(5000));
  host.files.write('/etc/b', 'b');
  const whole = packState(captureState(host.root.vfs, host.root.layers));
  const random = new SeededRandom(21);
  for (let i = 0; i < 2000; i++) {
    const damaged = whole.slice(0, random.below(3) === 0 ? random.below(whole.length) : whole.length);
    if (damaged.length > 0) damaged[random.below(damaged.length)] = random.below(256);
    try {
      // What gzip does not check: its header's time and system.
      assert.deepEqual(unpackState(damaged), unpackState(whole));
    } catch (error) {
      assert.ok(error instanceof HostError && error.code === 'archive-damaged', String(error));
    }
  }
});

test('unpackState: paths outside /etc are refused', () => {
  const common = { mode: 0o644, uid: 0, gid: 0, mtimeSeconds: 0 };
  for (const path of ['bin/sh', 'etc/../bin/sh', 'etcetera/x', 'etc', 'etc//x', '/etc/x']) {
    const entry = { ...common, kind: 'file', path, data: new Uint8Array() } as const;
    assert.throws(() => unpackState(packState({ entries: [entry], removed: [] })), /is not in \/etc/, path);
  }
  assert.throws(() => unpackState(packState({ entries: [], removed: ['/bin'] })), /removed paths/);
});

// The file below a guest's disk: with no space the machine stands still and asks, and loses nothing when there is space again;
// a file that was cut short is an I/O error to the guest. Other machines notice neither, and the log says where it was.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { cacheFolder, defaultGuest, writeExecArchive } from '#guest';
import { dialogue, TestHost } from './host.ts';

const MIB = 2 ** 20;
const POLL_MS = 30;
const run = (program: string, ...words: string[]): boolean => spawnSync(program, words).status === 0;

/** Writes more than there is space for, reads it again past the page cache, and waits for the host to have done its part. */
const WRITES = `modprobe -q virtio_blk
yes 'what is written' | head -c ${12 * MIB} >/tmp/data
dd if=/tmp/data of=/dev/vda bs=64k conv=fsync 2>/dev/null && echo "the flush is done"
echo 3 >/proc/sys/vm/drop_caches
cmp -n ${12 * MIB} /tmp/data /dev/vda && echo "all is there"
read line
echo 3 >/proc/sys/vm/drop_caches
dd if=/dev/vda of=/dev/null bs=64k 2>&1 | grep -o 'error' | head -n 1
dd if=/dev/vda of=/dev/null bs=64k count=1 2>/dev/null && echo "the rest can be read"`;

/** Tells, whenever it is asked, that it goes on. */
const OTHER = `modprobe -q virtio_blk
while read line; do dd if=/dev/zero of=/dev/vda bs=4k count=1 conv=fsync 2>/dev/null && echo "wrote $line"; done`;

test('a disk without space: the machine asks, goes on when there is space, and other machines notice nothing', async (t) => {
  const host = new TestHost();
  const small = join(host.home, 'volumes', 'small');
  t.after(async () => {
    await host.end('SIGKILL');
    run('umount', '-l', small);
    await host.remove();
  });
  mkdirSync(small, { recursive: true });
  mkdirSync(join(host.home, 'volumes', 'datastore1'));
  if (!run('mount', '-t', 'tmpfs', '-o', 'size=8m', 'none', small))
    return t.skip('a small disk needs the right to mount');
  const { kernelPath, initramfsPath } = await defaultGuest(cacheFolder(), () => {});
  await host.up('--https', 'off', '--memory', '512M');
  const { client } = host;
  const asking = async () =>
    (await client.call<{ vms: { name: string; isAsking: boolean }[] }>('vm.list')).vms
      .filter(({ isAsking }) => isAsking)
      .map(({ name }) => name);
  for (const [name, datastore, script] of [
    ['full', 'small', WRITES],
    ['other', 'datastore1', OTHER],
  ] as const) {
    const archive = join(host.home, `${name}.cpio`);
    // What is typed goes to the script, as the shell's own would.
    writeFileSync(archive, writeExecArchive(`exec </dev/console\n${script}`, name));
    await client.call('vm.create', {
      ...{ name, datastore, memoryMib: 160, kernel: kernelPath, initrds: [initramfsPath, archive] },
      ...{ append: 'quiet loglevel=1', disks: [`${16 * MIB}`], nets: [] },
    });
    await client.call('vm.start', { vm: name });
  }
  while ((await asking()).length === 0) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  assert.deepEqual(await asking(), ['full']);
  const { stdout } = await host.vmk('vm', 'message', 'full');
  assert.match(
    stdout,
    /msg\.disk\.disk-full: There is no more space for a virtual disk of it \(disk ".*full.vmdk": full-flat.vmdk: ENOSPC/,
  );
  await dialogue(client, 'other', [['VMK-EXEC-BEGIN', 'one\n'], ['wrote one']]);
  await client.call('vm.answer', { vm: 'full', choice: 'retry' });
  while ((await asking()).length === 0) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  assert.ok(run('mount', '-o', 'remount,size=32m', small));
  await client.call('vm.answer', { vm: 'full', choice: 'retry' });
  await dialogue(client, 'full', [['the flush is done'], ['all is there']]);

  truncateSync(join(small, 'full', 'full-flat.vmdk'), 4 * MIB);
  await dialogue(client, 'full', [['', 'go on\n'], ['error'], ['the rest can be read']]);
  await dialogue(client, 'other', [['', 'two\n'], ['wrote two']]);
  const log = await host.vmk('log', 'tail', 'hostd', '--lines', '200');
  assert.match(log.stdout, /disk ".*full.vmdk": read failed: full-flat.vmdk: the file ends at byte 4194304/);
  await host.end('SIGTERM');
});

// A machine with a marker on its disk goes out as an OVA and comes in again: foreign tools find the package in order, and the guest finds its marker.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { cacheFolder, defaultGuest, writeExecArchive } from '#guest';
import { dialogue, TestHost } from './host.ts';

const noQemuImg = spawnSync('qemu-img', ['--version']).status !== 0;
const SCRIPT = `modprobe -q virtio_blk
if dd if=/dev/vda bs=1M skip=5 count=1 2>/dev/null | head -c 6 | grep -q marker; then echo "it has the marker"; else
echo marker | dd of=/dev/vda bs=1M seek=5 conv=fsync 2>/dev/null; echo "it was written"; fi
sleep 100000`;

test('vmk vm export, vm import: the machine that comes out boots, with what was on its disk', async (t) => {
  const host = new TestHost();
  t.after(async () => host.remove());
  const { kernelPath, initramfsPath } = await defaultGuest(cacheFolder(), () => {});
  await host.up('--https', 'off', '--memory', '512M');
  const { client } = host;
  const archive = join(host.home, 'marker.cpio');
  writeFileSync(archive, writeExecArchive(SCRIPT, 'marker'));
  await client.call('vm.create', {
    ...{ name: 'web', memoryMib: 160, kernel: kernelPath, initrds: [initramfsPath, archive] },
    ...{ append: 'quiet loglevel=1', disks: [`${64 * 2 ** 20}`], nets: [], annotation: 'made for a test' },
  });
  await client.call('vm.start', { vm: 'web' });
  await dialogue(client, 'web', [['it was written']]);
  const running = await host.vmk('vm', 'export', 'web', join(host.home, 'no.ova'));
  assert.match(running.stderr, /Cannot export VM "web": it is powered on/);
  await client.call('vm.stop', { vm: 'web' });

  const ova = join(host.home, 'web.ova');
  await host.ok('vm', 'export', 'web', ova);
  const twice = await host.vmk('vm', 'export', 'web', ova);
  assert.match(twice.stderr, /there is one already/);
  const unpacked = join(host.home, 'unpacked');
  mkdirSync(unpacked);
  execFileSync('tar', ['xf', ova, '-C', unpacked]);
  assert.ok(!existsSync(`${ova}~`));
  const sums = readFileSync(join(unpacked, 'web.mf'), 'utf8').replace(/^SHA256\((.+)\)= (\w+)$/gm, '$2  $1');
  execFileSync('sha256sum', ['--check', '--strict', '--quiet'], { cwd: unpacked, input: sums });
  const folder = join(host.home, 'volumes', 'datastore1');
  if (!noQemuImg) {
    const disk = join(unpacked, 'web-disk1.vmdk');
    const flat = join(folder, 'web', 'web-flat.vmdk');
    execFileSync('qemu-img', ['check', '-q', disk]);
    execFileSync('qemu-img', ['compare', '-q', '-f', 'vmdk', '-F', 'raw', disk, flat]);
  }

  for (const [name, given] of [
    ['from-ova', ova],
    ['from-ovf', join(unpacked, 'web.ovf')],
  ] as const) {
    const isFirst = name === 'from-ova';
    await host.ok('vm', 'import', given, '--name', name, ...(isFirst ? ['--start'] : []));
    // The second one is the same files once more.
    if (!isFirst) continue;
    await dialogue(client, name, [['it has the marker']]);
    await client.call('vm.stop', { vm: name });
  }
  const again = await host.vmk('vm', 'import', ova);
  assert.match(again.stderr, /There is a VM "web" already/);
  writeFileSync(join(unpacked, 'web.mf'), sums.replace(/^.{64} {2}(.*)$/gm, `SHA256($1)= ${'0'.repeat(64)}`));
  const wrong = await host.vmk('vm', 'import', join(unpacked, 'web.ovf'), '--name', 'wrong');
  assert.equal(wrong.status, 2);
  assert.match(wrong.stderr, /"web.ovf" is not as it was packed: its SHA256 is/);
  assert.deepEqual(
    readdirSync(folder)
      .filter((name) => !name.startsWith('.vmk'))
      .toSorted(),
    ['from-ova', 'from-ovf', 'web'],
  );
});

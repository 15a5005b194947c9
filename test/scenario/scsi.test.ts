// A machine with a SCSI controller: Debian's kernel finds three disks and a CD on it, writes, and reads the CD; a disk comes,
// grows, and goes while it runs.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { cacheFolder, defaultGuest, writeExecArchive } from '#guest';
import { dialogue, TestHost } from './host.ts';

const MIB = 2 ** 20;
const SCRIPT = String.raw`exec </dev/console
modprobe -q virtio_scsi; modprobe -q sd_mod; modprobe -q sr_mod
until [ -b /dev/sdc ] && [ -b /dev/sr0 ]; do sleep 0.05; done
for d in /sys/class/scsi_device/*/device; do echo "$(cd $d && pwd -P | grep -o "[0-9:]*$") is a" $(cat $d/vendor) $(cat $d/model), type $(cat $d/type); done
# Disks get their names in the order in which they are looked at, which is any.
at() { ls /sys/class/scsi_device/0:0:$1:0/device/block; }
for t in 0 1 2 16; do echo "target $t has $(cat /sys/block/$(at $t)/size) sectors"; done
for t in 0 1 2; do echo "this is disk $t" | dd of=/dev/$(at $t) bs=4096 seek=3 conv=fsync 2>/dev/null; done
head -c 8 /dev/sr0; echo " is on the CD"
echo 3 >/proc/sys/vm/drop_caches
for t in 0 1 2; do dd if=/dev/$(at $t) bs=4096 skip=3 count=1 2>/dev/null | head -n 1; done
dd if=/dev/zero of=/dev/sr0 bs=2048 count=1 2>/dev/null || echo "the CD is not written"
read line
until dd if=/dev/sr0 bs=2048 count=1 2>/dev/null | head -c 10 | grep .; do sleep 0.1; done
read line
while dd if=/dev/sr0 of=/dev/null bs=2048 count=1 2>/dev/null; do sleep 0.1; done
echo "all is done"
read line
until [ -b /dev/sdd ]; do sleep 0.05; done
echo "sdd has $(cat /sys/block/sdd/size) sectors"
echo "this came late" | dd of=/dev/sdd bs=4096 seek=3 conv=fsync 2>/dev/null
read line
until [ "$(cat /sys/block/sdd/size)" = 12288 ]; do sleep 0.05; done
echo "sdd has grown"
read line
while [ -e /sys/block/sdd ]; do sleep 0.05; done
dd if=/dev/sda of=/dev/null bs=4096 count=1 2>/dev/null && echo "sdd is gone, sda is there"
sleep 100000`;

test('virtio-scsi: three disks and a CD are found, written, and read', async (t) => {
  const host = new TestHost();
  t.after(async () => host.remove());
  const { kernelPath, initramfsPath } = await defaultGuest(cacheFolder(), () => {});
  await host.up('--https', 'off', '--memory', '512M');
  const { client } = host;
  const folder = join(host.home, 'volumes', 'datastore1');
  const archive = join(host.home, 'scsi.cpio');
  writeFileSync(archive, writeExecArchive(SCRIPT, 'scsi'));
  mkdirSync(join(folder, 'images'));
  writeFileSync(join(folder, 'images', 'a.iso'), Buffer.from('The disc'.padEnd(MIB, '.')));
  await client.call('vm.create', {
    ...{ name: 'bus', memoryMib: 160, kernel: kernelPath, initrds: [initramfsPath, archive] },
    ...{ append: 'quiet loglevel=1', disks: [4, 8, 12].map((size) => String(size * MIB)), nets: [] },
    scsiType: 'virtio-scsi',
  });
  await host.ok('vm', 'cdrom', 'bus', '[datastore1] images/a.iso');
  await client.call('vm.start', { vm: 'bus' });
  const begun = await dialogue(client, 'bus', [['the CD is not written']]);
  writeFileSync(join(folder, 'images', 'b.iso'), Buffer.from('Another of'.padEnd(2 * MIB, '.')));
  await host.ok('vm', 'cdrom', 'bus', '[datastore1] images/b.iso');
  await dialogue(client, 'bus', [['', 'look\n'], ['Another of']]);
  await host.ok('vm', 'cdrom', 'bus', 'none');
  const said = begun + (await dialogue(client, 'bus', [['', 'look again\n'], ['all is done']]));
  for (const target of [0, 1, 2])
    assert.match(said, new RegExp(`:0:${target}:0 is a VMKERNEL Virtual disk ?, type 0`));
  assert.match(said, /:0:16:0 is a VMKERNEL Virtual CD-ROM ?, type 5/);
  for (const [target, size] of [
    [0, 4],
    [1, 8],
    [2, 12],
    [16, 1],
  ] as const)
    assert.match(said, new RegExp(`target ${target} has ${(size * MIB) / 512} sectors`));
  assert.match(said, /The disc is on the CD/);
  for (const target of [0, 1, 2]) assert.match(said, new RegExp(`this is disk ${target}`));
  assert.match(said, /the CD is not written/);
  const slowly = async (line: string, expected: string, ...command: readonly string[]) => {
    await host.ok('vm', ...command);
    await dialogue(client, 'bus', [['', `${line}\n`], [expected]]);
  };
  await slowly('see', 'sdd has 8192 sectors', 'add-disk', 'bus', '4M');
  await slowly('see', 'sdd has grown', 'grow-disk', 'bus', '3', '6M');
  // What has another disk is another machine: its state is saved, and goes on with it.
  await client.call('vm.suspend', { vm: 'bus' });
  await client.call('vm.start', { vm: 'bus' });
  await slowly('see', 'sdd is gone, sda is there', 'remove-disk', 'bus', '3');
  await client.call('vm.stop', { vm: 'bus' });
  const late = readFileSync(join(folder, 'bus', 'bus_3-flat.vmdk'));
  assert.match(late.toString('latin1', 3 * 4096, 3 * 4096 + 20), /^this came late/);
  for (const [target, file] of ['bus', 'bus_1', 'bus_2'].entries()) {
    const flat = readFileSync(join(folder, 'bus', `${file}-flat.vmdk`));
    assert.match(flat.toString('latin1', 3 * 4096, 3 * 4096 + 20), new RegExp(`^this is disk ${target}`));
    if (spawnSync('qemu-img', ['--version']).status !== 0) continue;
    assert.equal(spawnSync('qemu-img', ['info', join(folder, 'bus', `${file}.vmdk`)]).status, 0);
  }
  await host.ok('vm', 'cdrom', 'bus', 'none');
  assert.doesNotMatch(readFileSync(join(folder, 'bus', 'bus.vmx'), 'utf8'), /cdrom-image/);
});

// What a VM of a host boots: its own disk by U-Boot, and what an x86 disk says instead of booting.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { cacheFolder, defaultGuest, writeExecArchive } from '#guest';
import { fat16, gptDisk, mbrDisk } from '../../src/vmm/boot/disk-testing.ts';
import { dialogue, TestHost } from './host.ts';

const SYSTEM = '28732ac11ff8d211ba4b00a0c93ec93b';
const host = new TestHost();
const onDatastore = (path: string) => join(host.home, 'volumes', 'datastore1', path);

before(() => host.up('--https', 'off'));
after(() => host.remove());

/** A VM whose disk is this. */
async function vmWith(name: string, disk: Uint8Array): Promise<void> {
  writeFileSync(onDatastore(`${name}.img`), disk);
  await host.client.call('vm.create', { name, memoryMib: 256, disks: [`[datastore1] ${name}.img`] });
}

test('a disk for RISC-V machines is booted by U-Boot', async () => {
  const { kernelPath, initramfsPath } = await defaultGuest(cacheFolder(), () => {});
  const script = 'echo from the disk: $(cat /proc/cmdline); ls /dev/vda';
  const volume = fat16({
    vmlinux: readFileSync(kernelPath),
    'initramfs.cpio': Buffer.concat([readFileSync(initramfsPath), writeExecArchive(script, 'n')]),
    extlinux: {
      'extlinux.conf': Buffer.from(
        'default l0\nlabel l0\n  linux /vmlinux\n  initrd /initramfs.cpio\n  append console=ttyS0 quiet marked=here\n',
      ),
    },
  });
  await vmWith('own', mbrDisk(volume, { isActive: true }));
  await host.client.call('vm.start', { vm: 'own' });
  const said = await dialogue(host.client, 'own', [['from the disk: '], ['marked=here'], ['/dev/vda']]);
  assert.match(said, /U-Boot/);
});

test('an EFI system partition is booted by U-Boot too: its EFI/BOOT/BOOTRISCV64.EFI', async () => {
  const { kernelPath } = await defaultGuest(cacheFolder(), () => {});
  // Debian's kernel is an EFI application.
  const volume = fat16({ EFI: { BOOT: { 'BOOTRISCV64.EFI': readFileSync(kernelPath) } } });
  await vmWith('efi', gptDisk(volume, SYSTEM));
  await host.client.call('vm.start', { vm: 'efi' });
  // It has no root file system; that it looks for one is far enough.
  const said = await dialogue(host.client, 'efi', [['EFI stub: '], ['Linux version '], ['root']]);
  assert.match(said, /U-Boot/);
});

test('an x86 disk is refused in words, on the console too', async () => {
  await vmWith('pc', gptDisk(fat16({ EFI: { BOOT: { 'BOOTX64.EFI': new Uint8Array(1) } } }), SYSTEM));
  const why =
    /its disk "pc\.img" boots x86 machines \(EFI\/BOOT\/BOOTX64\.EFI\), and machines here are RISC-V/;
  await assert.rejects(host.client.call('vm.start', { vm: 'pc' }), why);
  const { state } = await host.client.call<{ state: string }>('vm.show', { vm: 'pc' });
  assert.equal(state, 'powered off');
  assert.match(readFileSync(onDatastore('pc/vmware.log'), 'utf8'), why);
  assert.match(await dialogue(host.client, 'pc', [['machines here are RISC-V']]), why);
});

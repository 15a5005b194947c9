// OutsideFiles, by an inventory: what a .vmx that somebody put into a VM's folder may name, now and after a restart.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { HostError } from '#lib';
import { Vmx } from '#vmm';
import { Inventory } from './inventory.ts';

function host(t: TestContext) {
  const volumes = join(mkdtempSync(join(tmpdir(), 'outside-')), 'volumes');
  t.after(() => rmSync(join(volumes, '..'), { recursive: true, force: true }));
  const datastore = join(volumes, 'ds');
  mkdirSync(datastore, { recursive: true });
  let text: string | undefined;
  const file = {
    read: () => text,
    replace: (now: string) => void (text = now),
    append: (more: string) => void (text += more),
    saved: async () => {},
  };
  const runner = {
    check: async () => {},
    start: () => Promise.reject(new HostError('usage', { reason: 'none starts here' })),
  };
  const open = () => {
    const vms = new Inventory(file, runner, () => {}, volumes);
    vms.load();
    return vms;
  };
  const put = (name: string, ...lines: string[]) =>
    writeFileSync(join(datastore, 'a', name), `displayName = "a"\n${lines.join('\n')}\n`);
  return { datastore, open, put, list: () => text ?? '', setList: (now: string) => void (text = now) };
}

const refused = (reason: RegExp) => (error: unknown) =>
  error instanceof HostError && error.code === 'vm-settings' && reason.test(error.message);

const FOREIGN: readonly (readonly [what: string, ...lines: string[]])[] = [
  ['a kernel', 'riscv.kernel = "/etc/shadow"'],
  ['an archive behind one that is fine', 'riscv.initrd = "[ds] a.cpio|/etc/shadow"'],
  ['a disk', 'scsi0:0.fileName = "/dev/sda"'],
  ['a way up', 'scsi0:0.fileName = "../../../etc/shadow"'],
  ['a way up out of a datastore', 'riscv.firmware = "/vmfs/volumes/ds/../../../etc/shadow"'],
  ['the folder of the datastores', 'riscv.firmware = "[ds] ../.."'],
  ['a disc', 'ide1:0.deviceType = "cdrom-image"', 'ide1:0.fileName = "/etc/shadow"'],
  ['a floppy', 'floppy0.fileType = "file"', 'floppy0.fileName = "/etc/shadow"'],
];
for (const [what, ...lines] of FOREIGN) {
  test(`a .vmx that is put: ${what} is not taken by reload, by guestinfo, nor by the next start of the host`, (t) => {
    const { open, put, datastore } = host(t);
    const vms = open();
    const vm = vms.create(datastore, { name: 'a' });
    put('a.vmx', ...lines);
    assert.throws(() => vm.reload(), refused(/is on no datastore/));
    assert.throws(() => vm.setGuestInfo('guestinfo.x', '1'), refused(/is on no datastore/));
    assert.deepEqual([vm.settings.kernel, vm.settings.firmware, vm.settings.disks], ['', '', []]);
    const again = open();
    assert.deepEqual(again.all, []);
    assert.match(again.lost[0]?.reason ?? '', /is on no datastore/);
    assert.throws(() => open().register(join(datastore, 'a', 'a.vmx')), refused(/is on no datastore/));
  });
}

test('a .vmx that is put: files of datastores, and drives that are no files, are taken', (t) => {
  const { open, put, datastore } = host(t);
  const vm = open().create(datastore, { name: 'a' });
  const drive = ['ide1:0.deviceType = "atapi-cdrom"', 'ide1:0.fileName = "/dev/cdrom"'];
  put('a.vmx', 'riscv.kernel = "/vmfs/volumes/ds/k"', 'scsi0:0.fileName = "d.vmdk"', ...drive);
  vm.reload();
  assert.equal(vm.settings.disks[0]?.fileName, 'd.vmdk');
  assert.equal(open().all.length, 1);
});

test('a VM in a folder of a folder: paths on datastores are those of all others, now and after a restart', (t) => {
  const { open, datastore } = host(t);
  const vmx = Vmx.of([
    ['displayName', 'deep'],
    ['riscv.kernel', '[ds] k'],
  ]);
  const vm = open().createAt(join(datastore, 'x', 'y', 'deep.vmx'), vmx);
  for (const { folder, settings } of [vm, ...open().all])
    assert.equal(folder.resolved(settings).kernel, join(datastore, 'k'));
});

test('what the owner of the host names stays given, over a restart too; another file beside it is not', (t) => {
  const { open, put, datastore, list, setList } = host(t);
  const vms = open();
  vms.create(datastore, { name: 'a', kernel: '/boot/vmlinux' }).reconfigure({ firmware: '/boot/fw' });
  const [vm] = open().all;
  assert.deepEqual(vm?.outside.given, ['/boot/vmlinux', '/boot/fw']);
  vm?.reload();
  put('a.vmx', 'riscv.kernel = "/boot/vmlinux"', 'riscv.initrd = "/etc/shadow"');
  assert.throws(() => vm?.reload(), refused(/"\/etc\/shadow" is on no datastore/));
  // A list of before this was noted: what the VMs have is theirs.
  setList(list().replaceAll(/,"outside":\[[^\]]*\]/g, ''));
  assert.deepEqual(open().all[0]?.outside.given, ['/boot/vmlinux', '/etc/shadow']);
});

test('a list of snapshots that is put names files of its folder alone; a name leads nowhere', (t) => {
  const { open, put, datastore } = host(t);
  const vm = open().create(datastore, { name: 'a' });
  const one = ['snapshot.numSnapshots = "1"', 'snapshot0.uid = "1"', 'snapshot0.displayName = "s"'];
  put('a.vmsd', ...one, 'snapshot0.filename = "../../../etc/passwd"');
  assert.throws(() => vm.snapshots.all, refused(/is no file of the VM's folder/));
  const disk = ['snapshot0.numDisks = "1"', 'snapshot0.disk0.fileName = "../../../etc/passwd"'];
  put('a.vmsd', ...one, 'snapshot0.filename = "a-Snapshot1.vmsn"', ...disk);
  assert.throws(() => vm.snapshots.all, refused(/is on no datastore/));
  put('a.vmx', 'displayName = "../../x"');
  assert.throws(() => vm.reload(), refused(/displayName/));
});

// Disks that come and go while a machine runs: what it is told, what the .vmx says, and that nothing is half done.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { HostError } from '#lib';
import { Inventory } from './inventory.ts';
import type { RunningVm, VmEnd } from './runner.ts';
import type { Vm } from './vm.ts';
import { addDisk, removeDisk } from './vmx-disks.ts';

const MIB = 2 ** 20;

function make(t: TestContext, scsiType: string) {
  const root = mkdtempSync(join(tmpdir(), 'vmk-hot-'));
  t.after(() => rmSync(root, { recursive: true }));
  const folder = join(root, 'datastore1');
  mkdirSync(folder);
  const told: string[] = [];
  const refuses = { unit: -1 };
  const end = Promise.withResolvers<VmEnd>();
  const done = async () => {};
  const machine: RunningVm = {
    ended: end.promise,
    ...{ input: () => {}, allocate: () => {}, retry: () => {}, pause: done, resume: done, reset: done },
    snapshot: async () => ({ pages: 0, bytes: 0, ms: 0 }),
    disk: async () => undefined,
    async plug({ unit, fileName, scsi }) {
      if (unit === refuses.unit)
        throw new HostError('file-io', { action: 'open', what: 'disk', path: fileName, reason: 'x' });
      told.push(`+${unit} ${fileName} at ${scsi?.controller}:${scsi?.target}`);
    },
    unplug: async (unit) => void told.push(`-${unit}`),
    stop: async () => end.resolve({ kind: 'stopped' }),
  };
  const file = { read: () => undefined, replace: () => {}, append: () => {}, saved: done };
  const vms = new Inventory(file, { check: done, start: async () => machine }, () => {});
  const disks = [{ unit: 0, fileName: 'box.vmdk', readOnly: false }];
  const vm = vms.create(folder, { name: 'box', scsiType, disks });
  vm.disks.create('box.vmdk', MIB);
  const written = () => readFileSync(vm.folder.vmxPath, 'utf8');
  return { vm, told, refuses, written, has: (name: string) => existsSync(join(vm.folder.path, name)) };
}

const units = (vm: Vm) => vm.settings.disks.map(({ unit }) => unit);
const refusal = (reason: RegExp) => (error: unknown) =>
  error instanceof HostError && error.code === 'vm-refused' && reason.test(error.message);

for (const kind of ['virtio-scsi', 'pvscsi'])
  test(`a disk comes and goes while a machine with ${kind} runs, and the .vmx says so`, async (t) => {
    const { vm, told, written, has } = make(t, kind);
    await vm.start();
    assert.equal(await addDisk(vm, { bytes: MIB }), 1);
    assert.deepEqual(told, ['+1 box_1.vmdk at 0:1']);
    assert.match(written(), /scsi0:1.fileName = "box_1.vmdk"/);
    assert.equal(/hotAdded/.test(written()), kind === 'pvscsi');
    await removeDisk(vm, 1, true);
    assert.deepEqual(
      [told[1], units(vm), has('box_1.vmdk'), has('box_1-flat.vmdk')],
      ['-1', [0], false, false],
    );
    assert.doesNotMatch(written(), /scsi0:1/);
    if (kind === 'pvscsi') await assert.rejects(removeDisk(vm, 0, false), refusal(/no unit of scsi0/));
    else await removeDisk(vm, 0, false);
  });

test('a machine without such a controller, and places of other buses, get no disk while it runs', async (t) => {
  const { vm, told, has } = make(t, '');
  await vm.start();
  await assert.rejects(addDisk(vm, { bytes: MIB }), refusal(/without a SCSI controller scsi0 .* --scsi/));
  await assert.rejects(addDisk(vm, { bytes: MIB, unit: 244 }), refusal(/without a SCSI controller ide0/));
  assert.deepEqual([told, units(vm), has('box_1.vmdk')], [[], [0], false]);
  await vm.stop();
  assert.equal(await addDisk(vm, { bytes: MIB, unit: 244 }), 244);
  await removeDisk(vm, 244, false);
  assert.ok(has('box_1.vmdk'), 'its file stays');
});

test('a machine that is suspended keeps the disks that it has', async (t) => {
  const { vm, has } = make(t, 'virtio-scsi');
  await vm.start();
  await vm.suspend();
  await assert.rejects(addDisk(vm, { bytes: MIB }), { code: 'vm-state' });
  await assert.rejects(removeDisk(vm, 0, true), { code: 'vm-state' });
  assert.deepEqual([vm.state, units(vm), has('box_1.vmdk')], ['suspended', [0], false]);
});

test('places that are taken or none, images and disks that are not there, are refused', async (t) => {
  const { vm } = make(t, 'virtio-scsi');
  await assert.rejects(addDisk(vm, { bytes: MIB, unit: 0 }), { code: 'usage' });
  await assert.rejects(addDisk(vm, { bytes: MIB, unit: 7 }), { code: 'usage' }, 'the controller itself');
  await assert.rejects(addDisk(vm, { image: 'none.vmdk' }), { code: 'usage' });
  await assert.rejects(removeDisk(vm, 5, false), refusal(/no disk 5/));
});

test('changeHardware: what cannot be carried out whole leaves machine, .vmx and files as they were', async (t) => {
  const { vm, told, refuses, written, has } = make(t, 'virtio-scsi');
  await vm.start();
  const before = written();
  refuses.unit = 1;
  await assert.rejects(addDisk(vm, { bytes: MIB }), { code: 'file-io' });
  assert.deepEqual([written(), told, has('box_1.vmdk')], [before, [], false]);
  refuses.unit = -1;
  await addDisk(vm, { bytes: MIB });
  const both = written();
  // Another disk in the place of one, and one more, which is refused.
  const vmx = vm.folder.readVmx();
  vmx.set('scsi0:1.fileName', 'other.vmdk');
  vmx.set('scsi0:2.fileName', 'third.vmdk');
  told.length = 0;
  refuses.unit = 2;
  await assert.rejects(vm.changeHardware(vmx), { code: 'file-io' });
  assert.deepEqual(told, ['-1', '+1 other.vmdk at 0:1', '-1', '+1 box_1.vmdk at 0:1']);
  assert.equal(written(), both);
});

// The CD drive of a VM: what its .vmx says, what a machine that runs is told, and what is refused.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { DiskAction } from '#storage';
import { Vmx } from '#vmm';
import { withDisc } from './cdrom.ts';
import { Inventory } from './inventory.ts';
import type { RunningVm, VmEnd } from './runner.ts';

function make(t: TestContext, scsiType: string) {
  const root = mkdtempSync(join(tmpdir(), 'vmk-cdrom-'));
  t.after(() => rmSync(root, { recursive: true }));
  const folder = join(root, 'datastore1');
  mkdirSync(folder);
  for (const name of ['a.iso', 'b.iso']) writeFileSync(join(folder, name), new Uint8Array(4096));
  writeFileSync(join(folder, 'short.iso'), new Uint8Array(512));
  const asked: DiskAction[] = [];
  const end = Promise.withResolvers<VmEnd>();
  const done = async () => {};
  const machine: RunningVm = {
    ended: end.promise,
    ...{ input: () => {}, allocate: () => {}, retry: () => {}, pause: done, resume: done, reset: done },
    snapshot: () => Promise.reject(new TypeError('none is saved')),
    disk: async (_index, action) => void asked.push(action),
    guestMemory: async () => undefined,
    stop: async () => end.resolve({ kind: 'stopped' }),
  };
  let kept = '';
  const file = {
    read: () => (kept === '' ? undefined : kept),
    replace: (text: string) => void (kept = text),
    append: (text: string) => void (kept += text),
    saved: done,
  };
  const vms = new Inventory(file, { check: done, start: async () => machine }, () => {});
  const vm = vms.create(folder, { name: 'box', scsiType });
  const put = (image: string | undefined) => vm.changeDisc(withDisc(vm.vmx, vm.folder, image));
  return { vm, put, asked, folder };
}

test('withDisc: a disc goes into the first drive, or makes one; taken out it leaves an empty drive', async (t) => {
  const { vm, put } = make(t, '');
  await put('[datastore1] a.iso');
  assert.deepEqual(
    ['present', 'deviceType', 'fileName', 'startConnected'].map((key) => vm.vmx.get(`ide1:0.${key}`)),
    ['TRUE', 'cdrom-image', '/vmfs/volumes/datastore1/a.iso', 'TRUE'],
  );
  assert.deepEqual(
    vm.settings.disks.map(({ readOnly, scsi }) => [readOnly, scsi]),
    [[true, undefined]],
  );
  await put(undefined);
  assert.deepEqual([vm.vmx.get('ide1:0.deviceType'), vm.settings.disks], ['atapi-cdrom', []]);
});

test('withDisc: what is no image, and a place that a disk has, are refused', (t) => {
  const { vm } = make(t, '');
  assert.throws(() => withDisc(vm.vmx, vm.folder, '[datastore1] none.iso'), /there is no image/);
  assert.throws(() => withDisc(vm.vmx, vm.folder, '[datastore1] short.iso'), /no multiple of 2048/);
  const taken = Vmx.of([['ide1:0.fileName', 'x.vmdk']]);
  assert.throws(() => withDisc(taken, vm.folder, '[datastore1] a.iso'), /ide1:0 has a disk/);
});

test('changeDisc: a machine with a drive on a SCSI controller is told of another disc, and of none', async (t) => {
  const { vm, put, asked, folder } = make(t, 'virtio-scsi');
  await put('[datastore1] a.iso');
  assert.deepEqual(vm.settings.disks[0]?.scsi, { controller: 0, target: 16, kind: 'cdrom' });
  await vm.start();
  assert.equal(vm.hasOtherDisc(vm.vmx), false);
  await put('[datastore1] b.iso');
  const cut = Vmx.of(vm.vmx.entries());
  cut.set('ide1:0.connected', 'FALSE');
  assert.equal(vm.hasOtherDisc(cut), true, 'its cable was pulled');
  await put(undefined);
  await put('[datastore1] a.iso');
  assert.deepEqual(asked, [
    { do: 'disc', path: join(folder, 'b.iso') },
    { do: 'disc', path: undefined },
    { do: 'disc', path: join(folder, 'a.iso') },
  ]);
  await vm.stop();
});

test('changeDisc: a machine without such a drive keeps what it has', async (t) => {
  const { vm, put, asked } = make(t, '');
  await put('[datastore1] a.iso');
  await vm.start();
  await assert.rejects(
    put('[datastore1] b.iso'),
    /was not started with a disc in a drive of a SCSI controller/,
  );
  assert.equal(vm.vmx.get('ide1:0.fileName'), '/vmfs/volumes/datastore1/a.iso');
  assert.deepEqual(asked, []);
  await vm.stop();
});

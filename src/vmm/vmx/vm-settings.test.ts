// A VM's settings: from a .vmx file and back, defaults, and the key that holds what it may not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSettings, readSettings, VM_KEYS, type VmSettings, writeSettings } from './vm-settings.ts';
import { Vmx } from './vmx.ts';

function read(entries: readonly (readonly [string, string])[]) {
  return readSettings(Vmx.of(entries));
}

test('readSettings: an empty file is a VM of defaults', () => {
  assert.deepEqual(read([]), defaultSettings());
});

test('writeSettings, readSettings: what was written is read', () => {
  const settings: VmSettings = {
    ...defaultSettings(),
    ...{ name: 'a "b"', memoryMib: 64, vcpus: 2, cpuShares: 1500, cpuLimitMhz: 500, memShares: 'high' },
    ...{ initrds: ['a b', 'c'], deterministic: true, console: 'virtio' },
    disks: [
      { unit: 0, fileName: 'a.img', readOnly: false },
      {
        unit: 2,
        fileName: '/b.img',
        readOnly: true,
        allocation: { reservation: 50, limit: 300, shares: 2000 },
      },
    ],
  };
  const vmx = new Vmx();
  writeSettings(vmx, settings);
  const again = Vmx.parse(vmx.toString());
  assert.ok(again instanceof Vmx);
  assert.deepEqual(readSettings(again), settings);
});

test('writeSettings: keys of others stay; a disk that is gone is gone', () => {
  const vmx = Vmx.of([
    ['tools.syncTime', 'TRUE'],
    ['scsi0:0.fileName', 'old.img'],
  ]);
  writeSettings(vmx, { ...defaultSettings(), name: 'x' });
  assert.equal(vmx.get('tools.syncTime'), 'TRUE');
  assert.equal(vmx.get('scsi0:0.fileName'), undefined);
  assert.equal(vmx.get('config.version'), '8');
});

test('readSettings: what is not present, and a drive without an image, are no disks', () => {
  const settings = read([
    ['scsi0:0.fileName', 'a.img'],
    ['scsi0:0.present', 'FALSE'],
    ['ide0:0.deviceType', 'atapi-cdrom'],
    ['ide0:0.fileName', 'auto detect'],
    ['ide0:1.deviceType', 'cdrom-image'],
    ['ide0:1.fileName', 'b.iso'],
    ['ide0:1.startConnected', 'FALSE'],
  ]);
  assert.deepEqual('disks' in settings && settings.disks, []);
});

test('readSettings: disks of all buses, then images of CDs and floppies as disks that are read only', () => {
  const settings = read([
    ['floppy0.fileType', 'file'],
    ['floppy0.fileName', 'f.flp'],
    ['ide1:0.deviceType', 'cdrom-image'],
    ['ide1:0.fileName', 'c.iso'],
    ['nvme0:2.fileName', 'n.vmdk'],
    ['sata1:1.fileName', 's.vmdk'],
    ['scsi3:15.fileName', 'b.vmdk'],
    ['scsi0:1.fileName', 'a.vmdk'],
  ]);
  const disks = 'disks' in settings ? settings.disks : [];
  assert.deepEqual(
    disks.map(({ unit, fileName, readOnly }) => [unit, fileName, readOnly]),
    [
      [1, 'a.vmdk', false],
      [63, 'b.vmdk', false],
      [95, 's.vmdk', false],
      [186, 'n.vmdk', false],
      [246, 'c.iso', true],
      [248, 'f.flp', true],
    ],
  );
  const vmx = Vmx.of([
    ['ide1:0.deviceType', 'cdrom-image'],
    ['ide1:0.fileName', 'c.iso'],
    ['scsi0:1.mode', 'persistent'],
  ]);
  writeSettings(vmx, { disks: disks.filter(({ unit }) => unit !== 63) });
  assert.deepEqual(
    ['sata1:1.fileName', 'scsi3:15.fileName', 'ide1:0.fileName', 'sata1.present', 'scsi0:1.mode'].map((key) =>
      vmx.get(key),
    ),
    ['s.vmdk', undefined, 'c.iso', 'TRUE', 'persistent'],
  );
});

test('readSettings: names the key that holds what it may not', () => {
  for (const [key, value] of [
    ['memSize', '-1'],
    ['memSize', '513'],
    ['memSize', '99999999'],
    ['numvcpus', '0'],
    ['numvcpus', '2.5'],
    ['riscv.console', 'vga'],
    ['riscv.deterministic', 'maybe'],
    ['sched.cpu.shares', '0'],
    ['sched.cpu.max', 'much'],
  ] as const) {
    const problem = read([[key, value]]);
    assert.ok('reason' in problem, `${key} = ${value}`);
    assert.equal(problem.key, key);
    assert.match(problem.reason, new RegExp(`^"${value}" is not `));
  }
  assert.ok(Object.values(VM_KEYS).every(({ key }) => key !== ''));
});

// Which controllers are SCSI hosts, and which disks are units of them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scsiHostsOf } from './scsi-hosts.ts';
import { readSettings, type VmSettings, writeSettings } from './vm-settings.ts';
import { Vmx } from './vmx.ts';

function settings(...entries: readonly (readonly [string, string])[]): VmSettings {
  const read = readSettings(Vmx.of(entries));
  if ('reason' in read) throw new Error(read.reason);
  return read;
}

test('scsiHostsOf: virtio-scsi is one; those of VMware are spare ones when they are there', () => {
  const vmx = Vmx.of([
    ['scsi0.virtualDev', 'virtio-SCSI'],
    ['scsi1.virtualDev', 'pvscsi'],
    ['scsi1.present', 'TRUE'],
    ['scsi2.virtualDev', 'lsilogic'],
    ['scsi3.present', 'TRUE'],
  ]);
  assert.deepEqual(scsiHostsOf(vmx), [
    { number: 0, isSpare: false },
    { number: 1, isSpare: true },
  ]);
});

test('readSettings: on a spare controller is what came while the machine ran, and it stays there', () => {
  const spare = [
    ['scsi0.present', 'TRUE'],
    ['scsi0.virtualDev', 'pvscsi'],
    ['scsi0:0.fileName', 'a.vmdk'],
    ['scsi0:1.fileName', 'b.vmdk'],
    ['scsi0:1.hotAdded', 'TRUE'],
  ] as const;
  const read = settings(...spare);
  assert.deepEqual(
    read.disks.map(({ scsi }) => scsi),
    [undefined, { controller: 0, target: 1, kind: 'disk' }],
  );
  assert.deepEqual(read.scsiHosts, [{ number: 0, isSpare: true }]);
  const written = Vmx.of(spare);
  writeSettings(written, { disks: read.disks });
  assert.equal(written.get('scsi0:1.hotAdded'), 'TRUE');
  writeSettings(written, { disks: read.disks.slice(0, 1) });
  assert.equal(written.get('scsi0:1.hotAdded'), undefined);
  const exact = settings(...spare, ['riscv.deterministic', 'TRUE']);
  assert.deepEqual([exact.scsiHosts, exact.disks[1]?.scsi], [undefined, undefined], 'nothing comes to those');
});

// A VM's settings between VIM and .vmx: specs applied, devices with ESXi's keys, and what is refused.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { readSettings, Vmx } from '#vmm';
import { VimFault } from '../model/value.ts';
import { loadTypeTable } from '../table/type-table.ts';
import type { VirtualDeviceConfigSpec, VirtualMachineConfigSpec } from '../table/vim25.d.ts';
import { type ConfigFacts, readConfigInfo, uuidOf, vmxUuid } from './config-info.ts';
import { applySpec, type ChangedConfig } from './config-spec.ts';
import { GuestIds } from './guest-os.ts';

const IDS = new GuestIds(loadTypeTable().enumeration('VirtualMachineGuestOsIdentifier') ?? new Set());
const UUID = '564d1234-5678-9abc-def0-112233445566';

const facts: ConfigFacts & { vmName: string } = {
  vmName: 'web',
  name: 'web',
  vmPathName: '[ds] web/web.vmx',
  modified: new Date(0),
  changeVersion: '1',
  guestIds: IDS,
  datastoreUrl: { name: 'ds', url: '/vmfs/volumes/ds' },
  guestInfo: new Map([['guestinfo.ip', '10.0.0.1']]),
  isOn: false,
  toDatastorePath: (name) =>
    name.startsWith('/vmfs/volumes/ds/') ? `[ds] ${name.slice(17)}` : `[ds] web/${name}`,
  toFileName: (path) =>
    /^\[ds\] web\/(\S+)$/.exec(path)?.[1] ??
    (/^\[ds\] (\S+)$/.test(path) ? `/vmfs/volumes/ds/${path.slice(5)}` : undefined),
  datastore: () => ({ type: 'Datastore', value: 'ha-datastore-ds' }),
  network: (name) => (name === 'VM Network' ? { type: 'Network', value: 'HaNetwork-VM Network' } : undefined),
  networkName: ({ value }) => (value === 'HaNetwork-VM Network' ? 'VM Network' : undefined),
  disk: (name) => (name === 'old.vmdk' ? { capacityBytes: 2 ** 20, isThin: true } : undefined),
};

const base = () =>
  Vmx.of([
    ['displayName', 'web'],
    ['uuid.bios', vmxUuid(UUID)],
  ]);

function changed(spec: VirtualMachineConfigSpec, vmx = base()): ChangedConfig {
  const result = applySpec(vmx, spec, facts);
  if (result instanceof VimFault) throw new Error(`${result.type}: ${result.message}`);
  return result;
}

function refused(spec: VirtualMachineConfigSpec, vmx = base()): VimFault {
  const result = applySpec(vmx, spec, facts);
  assert.ok(result instanceof VimFault);
  return result;
}

const device = (type: string, fields: object): VirtualDeviceConfigSpec['device'] =>
  ({ _type: type, ...fields }) as VirtualDeviceConfigSpec['device'];
const add = (type: string, fields: object, fileOperation?: 'create'): VirtualDeviceConfigSpec => ({
  operation: 'add',
  ...(fileOperation && { fileOperation }),
  device: device(type, fields),
});
const backing = (type: string, fields: object) => ({ _type: type, ...fields });
const flat = (fileName: string, more = {}) =>
  backing('VirtualDiskFlatVer2BackingInfo', { fileName, diskMode: 'persistent', ...more });

test('applySpec: settings come back as they were given', () => {
  const { vmx, needsOff } = changed({
    name: 'new',
    guestId: 'debian12_64Guest',
    annotation: 'two\nlines',
    numCPUs: 4,
    numCoresPerSocket: 2,
    memoryMB: 1024,
    cpuAllocation: { reservation: 100, limit: 2000, shares: { level: 'custom', shares: 1234 } },
    memoryAllocation: { reservation: 64, limit: -1, shares: { level: 'high', shares: 0 } },
    extraConfig: [
      { key: 'riscv.append', value: 'ro' },
      { key: 'guestinfo.a', value: 'b' },
    ],
    firmware: 'efi',
    bootOptions: { bootDelay: 5, enterBIOSSetup: true },
    flags: { diskUuidEnabled: true },
  });
  const info = readConfigInfo(vmx, { ...facts, name: 'new' });
  assert.equal(needsOff, true);
  assert.deepEqual(
    [info.guestId, info.guestFullName, info.annotation, info.uuid, info.firmware],
    ['debian12_64Guest', 'Debian GNU/Linux 12 (64-bit)', 'two\nlines', UUID, 'efi'],
  );
  assert.deepEqual(
    [info.hardware.numCPU, info.hardware.numCoresPerSocket, info.hardware.memoryMB],
    [4, 2, 1024],
  );
  assert.deepEqual(info.cpuAllocation?.shares, { level: 'custom', shares: 1234 });
  assert.deepEqual([info.cpuAllocation?.limit, info.cpuAllocation?.reservation], [2000, 100]);
  assert.deepEqual(info.memoryAllocation?.shares, { level: 'high', shares: 20 * 1024 });
  assert.equal(info.memoryAllocation?.limit, -1);
  assert.deepEqual(
    info.extraConfig?.map(({ key, value }) => `${key}=${String(value)}`),
    ['riscv.append=ro', 'guestinfo.a=b', 'guestinfo.ip=10.0.0.1'],
  );
  assert.deepEqual([info.bootOptions?.bootDelay, info.flags.diskUuidEnabled], [5, true]);
  const settings = readSettings(vmx);
  assert.ok('append' in settings && settings.append === 'ro' && settings.memoryMib === 1024);
});

test('applySpec: devices with made-up keys get those of ESXi, units and files', () => {
  const { vmx, files } = changed({
    deviceChange: [
      add('ParaVirtualSCSIController', { key: -1, busNumber: 0, sharedBus: 'noSharing' }),
      add(
        'VirtualDisk',
        { key: -2, controllerKey: -1, capacityInKB: 1024, backing: flat('', { thinProvisioned: true }) },
        'create',
      ),
      add(
        'VirtualDisk',
        {
          key: -3,
          controllerKey: -1,
          unitNumber: 8,
          capacityInBytes: 4096,
          backing: flat('[ds] other/x.vmdk'),
        },
        'create',
      ),
      add('VirtualDisk', { key: -4, controllerKey: -1, capacityInKB: 0, backing: flat('[ds] web/old.vmdk') }),
      add('VirtualCdrom', {
        key: -5,
        controllerKey: 200,
        backing: backing('VirtualCdromIsoBackingInfo', { fileName: '[ds] iso/a.iso' }),
      }),
      add('VirtualVmxnet3', {
        key: -6,
        backing: backing('VirtualEthernetCardNetworkBackingInfo', { deviceName: 'VM Network' }),
      }),
      add('VirtualE1000', {
        key: -7,
        addressType: 'manual',
        macAddress: '00:50:56:AA:BB:CC',
        backing: backing('VirtualEthernetCardNetworkBackingInfo', { deviceName: 'VM Network' }),
      }),
      add('VirtualFloppy', {
        key: -8,
        backing: backing('VirtualFloppyImageBackingInfo', { fileName: '[ds] web/f.flp' }),
      }),
      add('VirtualAHCIController', { key: -9, busNumber: 0 }),
    ],
  });
  assert.deepEqual(files, [
    { kind: 'create-disk', fileName: 'web.vmdk', bytes: 2 ** 20, isThin: true },
    { kind: 'create-disk', fileName: '/vmfs/volumes/ds/other/x.vmdk', bytes: 4096, isThin: false },
    { kind: 'require', fileName: 'old.vmdk' },
  ]);
  const shown = readConfigInfo(vmx, facts).hardware.device ?? [];
  const rows = shown.map(
    ({ key, deviceInfo, controllerKey, unitNumber }) =>
      `${key} ${deviceInfo?.label} ${controllerKey}:${unitNumber}`,
  );
  for (const row of [
    '1000 SCSI controller 0 100:3',
    '15000 SATA controller 0 100:24',
    '2000 Hard disk 1 1000:0',
    '2008 Hard disk 3 1000:8',
    '2001 Hard disk 2 1000:1',
    '3000 CD/DVD drive 1 200:0',
    '4000 Network adapter 1 100:7',
    '4001 Network adapter 2 100:8',
    '8000 Floppy drive 1 400:0',
  ])
    assert.ok(rows.includes(row), `${row} of ${rows.join('\n')}`);
  const [first, second] = shown.filter((one) => 'macAddress' in one) as unknown as {
    macAddress: string;
    addressType: string;
  }[];
  assert.deepEqual([first?.macAddress, first?.addressType], ['00:0c:29:44:55:66', 'generated']);
  assert.deepEqual([second?.macAddress, second?.addressType], ['00:50:56:aa:bb:cc', 'manual']);
  const settings = readSettings(vmx);
  assert.deepEqual(
    'disks' in settings && settings.disks.map(({ fileName, readOnly }) => `${fileName} ${readOnly}`),
    [
      'web.vmdk false',
      'old.vmdk false',
      '/vmfs/volumes/ds/other/x.vmdk false',
      '/vmfs/volumes/ds/iso/a.iso true',
      'f.flp true',
    ],
  );

  const [disk] = shown.filter(({ key }) => key === 2001);
  assert.ok(disk);
  const grown = changed(
    {
      deviceChange: [
        {
          operation: 'edit',
          device: { ...disk, capacityInBytes: 2 ** 21, capacityInKB: 2048 } as typeof disk,
        },
      ],
    },
    vmx,
  );
  assert.deepEqual(
    [grown.files, grown.needsOff],
    [[{ kind: 'extend-disk', fileName: 'old.vmdk', bytes: 2 ** 21 }], false],
  );
  const removed = changed(
    { deviceChange: [{ operation: 'remove', fileOperation: 'destroy', device: disk }] },
    vmx,
  );
  assert.deepEqual(removed.files, [{ kind: 'delete-disk', fileName: 'old.vmdk' }]);
  assert.ok(!readConfigInfo(removed.vmx, facts).hardware.device?.some(({ key }) => key === 2001));
});

// biome-ignore format: a table reads in columns
const REFUSED: readonly (readonly [what: string, spec: VirtualMachineConfigSpec, type: string, property: string])[] = [
  ['negative memory',       { memoryMB: -1 },                        'InvalidArgument',      'configSpec.memoryMB'],
  ['odd memory',            { memoryMB: 130 },                       'InvalidArgument',      'configSpec.memoryMB'],
  ['too much memory',       { memoryMB: 10n ** 15n },                'InvalidArgument',      'configSpec.memoryMB'],
  ['no CPU',                { numCPUs: 0 },                          'InvalidArgument',      'configSpec.numCPUs'],
  ['uneven sockets',        { numCPUs: 4, numCoresPerSocket: 3 },    'InvalidArgument',      'configSpec.numCoresPerSocket'],
  ['another system',        { guestId: 'riscvGuest' },               'InvalidArgument',      'configSpec.guestId'],
  ['a UUID that is none',   { uuid: 'x' },                           'InvalidArgument',      'configSpec.uuid'],
  ['a negative limit',      { cpuAllocation: { limit: -2 } },        'InvalidArgument',      'configSpec.cpuAllocation.limit'],
  ['more owed than allowed', { cpuAllocation: { reservation: 9, limit: 8 } }, 'InvalidArgument', 'configSpec.cpuAllocation.limit'],
  ['a key that is no key',  { extraConfig: [{ key: 'a b', value: '' }] }, 'InvalidArgument', 'configSpec.extraConfig.key'],
  ['a key of its own',      { extraConfig: [{ key: 'memSize', value: '-1' }] }, 'InvalidArgument', 'configSpec.extraConfig.key'],
  ['a kernel from elsewhere', { extraConfig: [{ key: 'riscv.kernel', value: '/etc/shadow' }] }, 'InvalidArgument', 'configSpec.extraConfig.value'],
  ['an archive from elsewhere', { extraConfig: [{ key: 'RISCV.initrd', value: '[ds] a.cpio|[ds] ../../b' }] }, 'InvalidArgument', 'configSpec.extraConfig.value'],
  ['a disk from elsewhere', { extraConfig: [{ key: 'scsi0:5.fileName', value: '/dev/sda' }] }, 'InvalidArgument', 'configSpec.extraConfig.value'],
  ['no such controller',    { deviceChange: [add('VirtualDisk', { key: -1, controllerKey: 1003, capacityInKB: 1, backing: flat('') }, 'create')] }, 'InvalidDeviceSpec', 'virtualDeviceSpec.device.controllerKey'],
  ['the controller\'s unit', { deviceChange: [add('ParaVirtualSCSIController', { key: -1 }), add('VirtualDisk', { key: -2, controllerKey: -1, unitNumber: 7, capacityInKB: 1, backing: flat('') }, 'create')] }, 'InvalidDeviceSpec', 'virtualDeviceSpec.device.unitNumber'],
  ['a disk without size',   { deviceChange: [add('VirtualDisk', { key: -2, controllerKey: 200, capacityInKB: 0, backing: flat('') }, 'create')] }, 'InvalidDeviceSpec', 'virtualDeviceSpec.device.capacityInKB'],
  ['no such datastore',     { deviceChange: [add('VirtualDisk', { key: -2, controllerKey: 200, capacityInKB: 1, backing: flat('[nowhere] x/x.vmdk') }, 'create')] }, 'InvalidDatastorePath', ''],
  ['no such network',       { deviceChange: [add('VirtualVmxnet3', { key: -1, backing: backing('VirtualEthernetCardNetworkBackingInfo', { deviceName: 'x' }) })] }, 'InvalidDeviceSpec', 'virtualDeviceSpec.device.backing'],
  ['no such device',        { deviceChange: [{ operation: 'remove', device: device('VirtualDisk', { key: 2000 }) }] }, 'InvalidDeviceSpec', 'virtualDeviceSpec.device.key'],
  ['what there is not',     { deviceChange: [add('VirtualTPM', { key: -1 })] }, 'DeviceUnsupportedForVmVersion', 'VirtualTPM'],
];

for (const [what, spec, type, property] of REFUSED) {
  test(`applySpec: refuses ${what}, and changes nothing`, () => {
    const vmx = base();
    const before = vmx.toString();
    const result = refused(spec, vmx);
    assert.equal(result.type, type);
    if (property !== '')
      assert.equal(result.detail['property'] ?? result.detail['invalidProperty'], property);
    assert.equal(vmx.toString(), before);
  });
}

test('applySpec: of a machine that runs, disks of its SCSI controllers come and go; who else does is told why not', () => {
  const isHot = (controller: number) => controller < 2;
  const apply = (vmx: Vmx, ...deviceChange: VirtualDeviceConfigSpec[]) => {
    const result = applySpec(vmx, { deviceChange }, { ...facts, isOn: true, isHot });
    if (result instanceof VimFault) throw new Error(`${result.type}: ${result.message}`);
    return result;
  };
  const vmx = base();
  for (const [bus, kind] of ['pvscsi', 'virtio-scsi', 'lsilogic'].entries()) {
    vmx.set(`scsi${bus}.present`, 'TRUE');
    vmx.set(`scsi${bus}.virtualDev`, kind);
    vmx.set(`scsi${bus}:0.present`, 'TRUE');
    vmx.set(`scsi${bus}:0.fileName`, `old${bus}.vmdk`);
  }
  const disk = (controllerKey: number) =>
    add('VirtualDisk', { key: -1, controllerKey, capacityInKB: 1024, backing: flat('') }, 'create');
  const [spare, own, cold] = [disk(1000), disk(1001), disk(1002)].map((change) => apply(vmx, change));
  assert.deepEqual(
    [spare, own, cold].map((result) => [result?.needsOff, result?.notHot?.type]),
    [
      [false, undefined],
      [false, undefined],
      [true, 'DeviceHotPlugNotSupported'],
    ],
  );
  assert.deepEqual(
    [spare?.vmx.get('scsi0:1.hotAdded'), own?.vmx.get('scsi1:1.hotAdded')],
    ['TRUE', undefined],
  );
  const remove = (key: number): VirtualDeviceConfigSpec => ({
    operation: 'remove',
    device: device('VirtualDisk', { key }),
  });
  const removed = (key: number) => apply(spare?.vmx ?? vmx, remove(key));
  assert.deepEqual(
    [2001, 2016, 2000].map((key) => removed(key).needsOff),
    [false, false, true],
  );
  assert.match(removed(2000).notHot?.message ?? '', /was there at power-on/);
  assert.match(cold?.notHot?.message ?? '', /scsi2 is no SCSI controller/);
  const card = apply(
    vmx,
    add('VirtualVmxnet3', {
      key: -1,
      backing: backing('VirtualEthernetCardNetworkBackingInfo', { deviceName: 'VM Network' }),
    }),
  );
  assert.match(card.notHot?.message ?? '', /network adapters are PCI functions/);
});

test('applySpec: of the two capacities of a disk the one counts that is another than before', () => {
  const vmx = base();
  vmx.set('scsi0.present', 'TRUE');
  vmx.set('scsi0:0.present', 'TRUE');
  vmx.set('scsi0:0.fileName', 'old.vmdk');
  const grown = (fields: object) =>
    changed(
      {
        deviceChange: [
          {
            operation: 'edit',
            device: device('VirtualDisk', { key: 2000, controllerKey: 1000, unitNumber: 0, ...fields }),
          },
        ],
      },
      vmx,
    ).files;
  const extended = (bytes: number) => [{ kind: 'extend-disk', fileName: 'old.vmdk', bytes }];
  assert.deepEqual(grown({ capacityInKB: 2048, capacityInBytes: 2 ** 20 }), extended(2 ** 21));
  assert.deepEqual(grown({ capacityInKB: 1024, capacityInBytes: 2 ** 22 }), extended(2 ** 22));
  assert.deepEqual(grown({ capacityInKB: 2048 }), extended(2 ** 21));
  assert.deepEqual(grown({ capacityInKB: 1024, capacityInBytes: 2 ** 20 }), []);
});

test('applySpec: files of a datastore are booted, and one from elsewhere stays when it is said again', () => {
  const there = changed({ extraConfig: [{ key: 'riscv.kernel', value: '[ds] web/vmlinux' }] });
  assert.equal(there.vmx.get('riscv.kernel'), '[ds] web/vmlinux');
  const vmx = Vmx.of([...base().entries(), ['riscv.kernel', '/boot/vmlinux']]);
  const again = changed({ extraConfig: [{ key: 'riscv.kernel', value: '/boot/vmlinux' }] }, vmx);
  assert.equal(again.vmx.get('riscv.kernel'), '/boot/vmlinux');
});

test('uuidOf, vmxUuid: a UUID comes back from either form', () => {
  assert.equal(vmxUuid(UUID), '56 4d 12 34 56 78 9a bc-de f0 11 22 33 44 55 66');
  assert.equal(uuidOf(vmxUuid(UUID)), UUID);
  assert.equal(uuidOf(UUID.toUpperCase()), UUID);
  assert.equal(uuidOf('564d'), undefined);
});

test('readConfigInfo: fuzz: any .vmx is shown, whatever stands in it', () => {
  const random = new SeededRandom(5);
  const keys = [
    'scsi0:0.fileName',
    'scsi0:0.deviceType',
    'sata3:29.fileName',
    'ethernet0.present',
    'ethernet0.virtualDev',
    'ethernet0.addressType',
    'floppy1.fileName',
    'serial31.fileName',
    'serial31.fileType',
    'memSize',
    'numvcpus',
    'sched.cpu.shares',
    'sched.mem.max',
    'guestOS',
    'uuid.bios',
    'svga.vramSize',
    'usb.present',
    'virtualHW.version',
    'ide0:0.deviceType',
    'ide0:0.present',
  ];
  const values = [
    '',
    'TRUE',
    'x',
    '-1',
    '99999999999999999999',
    'cdrom-image',
    'unlimited',
    '[',
    '../../x',
    '\u0000',
    'file',
    'ä',
  ];
  for (let i = 0; i < 500; i++) {
    const vmx = new Vmx();
    for (let j = 0; j < 8; j++)
      vmx.set(keys[random.below(keys.length)] as string, values[random.below(values.length)] as string);
    const { hardware } = readConfigInfo(vmx, facts);
    assert.equal(
      new Set(hardware.device?.map(({ key }) => key)).size,
      hardware.device?.length,
      vmx.toString(),
    );
  }
});

/** A descriptor as what VIM makes a VM of, with the list of files that have to be brought. */
import { HostError } from '#lib';
import type { OvfPackage } from '../../ovf/model.ts';
import { RESOURCE } from '../../ovf/model.ts';
import { type UnpackedVm, vmxOfPackage } from '../../ovf/vmx-of-package.ts';
import type { VimContext } from '../context.ts';
import { fault, type VimFault } from '../model/value.ts';
import type {
  OvfFileItem,
  OvfNetworkMapping,
  VirtualDevice,
  VirtualDeviceConfigSpec,
  VirtualDisk,
  VirtualMachineConfigSpec,
} from '../table/vim25.d.ts';
import { readConfigInfo } from '../vm/config-info.ts';
import { STORAGE_BUSES } from '../vm/devices/storage-buses.ts';
import { make, type VmxContext } from '../vm/vmx-context.ts';
import { deviceId, leaseDevices } from './device-ids.ts';

export interface ImportWishes {
  readonly name: string;
  /** Its name. */
  readonly datastore: string;
  readonly networks: readonly OvfNetworkMapping[];
  /** `thin`, `thick`, `eagerZeroedThick` and older words. */
  readonly provisioning: string | undefined;
}

export interface ImportSpecParts {
  readonly spec: VirtualMachineConfigSpec;
  readonly items: readonly OvfFileItem[];
  readonly notes: readonly string[];
}

/** Devices that a machine does not have by itself. */
const CONTROLLERS = new Set(
  STORAGE_BUSES.filter(({ isFixed }) => isFixed !== true).flatMap(({ types }) =>
    types.map(([, type]) => type),
  ),
);

/** What is wrong with a package, as VIM says it. */
export function packageFault(error: HostError): VimFault {
  return fault('OvfInvalidPackage', { lineNumber: 0 }, error.message);
}

/** @throws HostError `ovf-bad` */
export function importSpec(package_: OvfPackage, wishes: ImportWishes, vim: VimContext): ImportSpecParts {
  const { name, datastore } = wishes;
  const network = networkChooser(package_, wishes.networks, vim);
  const unpacked = vmxOfPackage(package_, { path: `${name}.ovf`, name, network });
  const info = readConfigInfo(unpacked.vmx, {
    ...contextOf(unpacked, vim),
    ...{ name, vmPathName: '', modified: new Date(0), changeVersion: '' },
    guestIds: vim.guestIds,
    ...{ datastoreUrl: { name: datastore, url: '' }, guestInfo: new Map() },
  });
  const isThin = !/thick|flat$/i.test(wishes.provisioning ?? 'thin');
  const coresPerSocket = unpacked.vmx.get('cpuid.coresPerSocket');
  const spec = make<VirtualMachineConfigSpec>('VirtualMachineConfigSpec', {
    ...{ name, version: info.version, guestId: info.guestId, firmware: info.firmware },
    ...(info.annotation !== undefined && info.annotation !== '' && { annotation: info.annotation }),
    files: { vmPathName: `[${datastore}]` },
    ...{ numCPUs: info.hardware.numCPU, memoryMB: info.hardware.memoryMB },
    ...(coresPerSocket !== undefined && { numCoresPerSocket: Number(coresPerSocket) }),
    ...{ cpuAllocation: info.cpuAllocation, memoryAllocation: info.memoryAllocation },
    deviceChange: changesOf(info.hardware.device ?? [], datastore, isThin),
    extraConfig: info.extraConfig,
  });
  return { spec, items: itemsOf(unpacked, name), notes: unpacked.notes };
}

/** A disk's size is what the package says of it: it is nowhere yet. */
function contextOf({ disks }: UnpackedVm, { objects }: VimContext): VmxContext {
  return {
    isOn: false,
    toDatastorePath: (fileName) => fileName,
    toFileName: (path) => path,
    datastore: () => undefined,
    network: (name) => objects.get(`HaNetwork-${name}`)?.ref,
    networkName: ({ value }) => value.replace(/^HaNetwork-/, ''),
    disk(fileName) {
      const disk = disks.find((one) => one.fileName === fileName)?.disk;
      return disk && { capacityBytes: disk.capacityBytes, isThin: true };
    },
  };
}

/** As the client maps them; else the host's of that name, else the first that it has. */
function networkChooser(
  package_: OvfPackage,
  mapping: readonly OvfNetworkMapping[],
  { objects }: VimContext,
) {
  const hosts = objects.refs('Network').map(({ value }) => value.replace(/^HaNetwork-/, ''));
  return (name: string): string => {
    const mapped = mapping.find((one) => one.name === name)?.network;
    if (mapped !== undefined && objects.get(mapped.value)?.kind.name === 'Network')
      return mapped.value.replace(/^HaNetwork-/, '');
    if (hosts.includes(name)) return name;
    const [first] = hosts;
    if (first !== undefined) return first;
    throw new HostError('ovf-bad', {
      path: package_.machine.name,
      reason: `there is no network for "${name}"`,
    });
  };
}

function changesOf(
  devices: readonly VirtualDevice[],
  datastore: string,
  isThin: boolean,
): VirtualDeviceConfigSpec[] {
  // Keys of what is not there yet are below zero.
  const added = devices.filter((device) => isAdded(device));
  const keys = new Map(added.map((device, index) => [device.key, -(index + 1)]));
  return added.map((device) => {
    const { controllerKey, unitNumber, backing, ...rest } = device;
    const isDisk = device._type === 'VirtualDisk';
    const at = controllerKey === undefined ? undefined : (keys.get(controllerKey) ?? controllerKey);
    const moved = {
      ...rest,
      key: keys.get(device.key) as number,
      ...(at !== undefined && { controllerKey: at }),
      ...(unitNumber !== undefined && !CONTROLLERS.has(device._type ?? '') && { unitNumber }),
      ...(backing && { backing: isDisk ? diskBacking(datastore, isThin) : backing }),
    };
    for (const name of ['device', 'deviceInfo', 'macAddress'])
      if (name in moved) Reflect.deleteProperty(moved, name);
    if ('addressType' in moved) Object.assign(moved, { addressType: 'generated' });
    return make<VirtualDeviceConfigSpec>('VirtualDeviceConfigSpec', {
      operation: 'add',
      ...(isDisk && { fileOperation: 'create' as const }),
      device: moved,
    });
  });
}

function isAdded({ _type = '' }: VirtualDevice): boolean {
  return (
    CONTROLLERS.has(_type) ||
    ['VirtualDisk', 'VirtualCdrom'].includes(_type) ||
    /^Virtual(?:PCNet32|E1000e?|Vmxnet\d?)$/.test(_type)
  );
}

function diskBacking(datastore: string, thinProvisioned: boolean): VirtualDisk['backing'] {
  return make('VirtualDiskFlatVer2BackingInfo', {
    ...{ fileName: `[${datastore}]`, diskMode: 'persistent', thinProvisioned },
  });
}

/** What has to be brought: each file of the package that the machine has in it. */
function itemsOf({ vmx, disks, files }: UnpackedVm, name: string): OvfFileItem[] {
  return leaseDevices(vmx).flatMap((device): OvfFileItem[] => {
    const file = device.isDisk
      ? disks.find((one) => one.fileName === device.fileName)?.disk.file
      : files.find((one) => one.fileName === device.fileName)?.file;
    if (file === undefined) return [];
    return [
      {
        ...{ deviceId: deviceId(name, device.id), path: file.href, create: !device.isDisk },
        cimType: device.isDisk ? RESOURCE.disk : RESOURCE.other,
        ...(file.sizeBytes !== undefined && { size: file.sizeBytes }),
        ...(file.isGzip === true && { compressionMethod: 'gzip' }),
      },
    ];
  });
}

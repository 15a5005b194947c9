/** VIM's devices written into a .vmx file, a function for each kind. */
import type { Vmx } from '#vmm';
import { fault, type VimFault } from '../../model/value.ts';
import type {
  MoRef,
  VirtualDevice,
  VirtualEthernetCard,
  VirtualMachineVideoCard,
} from '../../table/vim25.d.ts';
import { put, type VmxContext } from '../vmx-context.ts';
import { badDevice } from './device-faults.ts';
import { ADDRESS_TYPES, ETHERNET_TYPES } from './read-devices.ts';
import type { StorageBus } from './storage-buses.ts';

const KIB = 1024;
const MAC = /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/i;
const SHARING: Readonly<Record<string, string>> = { virtualSharing: 'virtual', physicalSharing: 'physical' };
const LEVELS: ReadonlySet<string> = new Set(['low', 'normal', 'high']);

export function writeController(vmx: Vmx, bus: StorageBus, busNumber: number, device: VirtualDevice): void {
  const name = `${bus.prefix}${busNumber}`;
  if (bus.isFixed) return;
  vmx.set(`${name}.present`, 'TRUE');
  const virtualDev = bus.types.find(([, type]) => type === device._type)?.[0];
  if (bus.prefix === 'scsi' && virtualDev !== undefined) vmx.set(`${name}.virtualDev`, virtualDev);
  const shared = (device as { readonly sharedBus?: string }).sharedBus;
  if (shared !== undefined) put(vmx, `${name}.sharedBus`, SHARING[shared]);
}

/** A disk, whose file is known, or a CD-ROM. */
export function writeMedium(
  vmx: Vmx,
  name: string,
  device: VirtualDevice,
  context: VmxContext,
  index: number,
  diskFile?: string,
): VimFault | undefined {
  vmx.set(`${name}.present`, 'TRUE');
  if (diskFile !== undefined) {
    vmx.set(`${name}.fileName`, diskFile);
    vmx.set(`${name}.deviceType`, 'scsi-hardDisk');
    const { diskMode, writeThrough } = (device.backing ?? {}) as {
      diskMode?: string;
      writeThrough?: boolean;
    };
    if (diskMode !== undefined && diskMode !== 'persistent')
      vmx.set(`${name}.mode`, diskMode.replace('_', '-'));
    if (writeThrough) vmx.set(`${name}.writeThrough`, 'TRUE');
    const { shares } = device as { readonly shares?: { readonly level: string; readonly shares: number } };
    if (shares)
      vmx.set(`sched.${name}.shares`, LEVELS.has(shares.level) ? shares.level : String(shares.shares));
    return undefined;
  }
  return writeCdrom(vmx, name, device, context, index);
}

function writeCdrom(
  vmx: Vmx,
  name: string,
  device: VirtualDevice,
  context: VmxContext,
  index: number,
): VimFault | undefined {
  const { backing } = device;
  vmx.delete(`${name}.clientDevice`);
  if (backing?._type === 'VirtualCdromIsoBackingInfo') {
    const file = fileOf(backing, context);
    if (typeof file !== 'string') return file;
    vmx.set(`${name}.deviceType`, 'cdrom-image');
    vmx.set(`${name}.fileName`, file);
  } else if (backing === undefined || (backing._type ?? '').startsWith('VirtualCdrom')) {
    const isRemote = /Remote/.test(backing?._type ?? 'Remote');
    vmx.set(`${name}.deviceType`, 'atapi-cdrom');
    vmx.set(`${name}.fileName`, (backing as { readonly deviceName?: string } | undefined)?.deviceName ?? '');
    if (isRemote) vmx.set(`${name}.clientDevice`, 'TRUE');
  } else return badDevice(index, 'backing');
  writeConnection(vmx, name, device);
  return undefined;
}

function fileOf(backing: object, context: VmxContext): string | VimFault {
  const { fileName = '' } = backing as { readonly fileName?: string };
  const file = context.toFileName(fileName);
  if (file !== undefined) return file;
  return fault('InvalidDatastorePath', { datastorePath: fileName }, `Invalid datastore path '${fileName}'.`);
}

export function writeConnection(vmx: Vmx, name: string, { connectable }: VirtualDevice): void {
  if (connectable === undefined) return;
  put(vmx, `${name}.startConnected`, connectable.startConnected);
  put(vmx, `${name}.connected`, connectable.connected);
  put(vmx, `${name}.allowGuestConnectionControl`, connectable.allowGuestControl);
}

export function writeEthernet(
  vmx: Vmx,
  number: number,
  device: VirtualDevice,
  context: VmxContext,
  index: number,
): VimFault | undefined {
  const name = `ethernet${number}`;
  const { addressType, macAddress, wakeOnLanEnabled, backing } = device as VirtualEthernetCard;
  const network = networkOf(backing, context);
  if (network === null) return badDevice(index, 'backing');
  if (macAddress !== undefined && macAddress !== '' && !MAC.test(macAddress))
    return badDevice(index, 'macAddress');
  const isNew = vmx.get(`${name}.present`) === undefined;
  vmx.set(`${name}.present`, 'TRUE');
  const virtualDev = ETHERNET_TYPES.find(([, type]) => type === device._type)?.[0];
  if (virtualDev !== undefined) vmx.set(`${name}.virtualDev`, virtualDev);
  if (network !== undefined) vmx.set(`${name}.networkName`, network);
  if (wakeOnLanEnabled !== undefined) put(vmx, `${name}.wakeOnPcktRcv`, wakeOnLanEnabled);
  writeConnection(vmx, name, device);
  const isGiven = macAddress !== undefined && macAddress !== '' && addressType?.toLowerCase() !== 'generated';
  if (isGiven) writeAddress(vmx, name, addressType ?? 'manual', macAddress);
  else if (isNew) {
    vmx.set(`${name}.addressType`, 'generated');
    vmx.set(`${name}.generatedAddress`, generatedMac(vmx, number));
    vmx.set(`${name}.generatedAddressOffset`, String(number * 10));
  }
  return undefined;
}

/** The name of the network behind a card; undefined: as it is; null: there is no such network. */
function networkOf(backing: VirtualEthernetCard['backing'], context: VmxContext): string | null | undefined {
  if (backing === undefined) return undefined;
  const { deviceName, network } = backing as { readonly deviceName?: string; readonly network?: MoRef };
  const name = deviceName || (network && context.networkName(network));
  if (name === undefined || name === '' || context.network(name) === undefined) return null;
  return name;
}

function writeAddress(vmx: Vmx, name: string, addressType: string, mac: string): void {
  for (const key of ['generatedAddress', 'generatedAddressOffset']) vmx.delete(`${name}.${key}`);
  const type = ADDRESS_TYPES.find(([, vim]) => vim === addressType.toLowerCase())?.[0] ?? 'static';
  vmx.set(`${name}.addressType`, type);
  vmx.set(`${name}.address`, mac.toLowerCase());
}

/** A MAC address of the range for generated ones, out of the VM's UUID, so that it stays the same. */
function generatedMac(vmx: Vmx, number: number): string {
  const uuid = (vmx.get('uuid.bios') ?? '').replace(/[^0-9a-f]/gi, '').padEnd(32, '0');
  const tail = (Number.parseInt(uuid.slice(-6), 16) + number * 10) & 0xff_ff_ff;
  return `00:0c:29:${tail
    .toString(16)
    .padStart(6, '0')
    .replace(/(..)(..)(..)/, '$1:$2:$3')}`;
}

/** A floppy or a serial port. */
export function writeOther(
  vmx: Vmx,
  kind: 'floppy' | 'serial',
  number: number,
  device: VirtualDevice,
  context: VmxContext,
  index: number,
): VimFault | undefined {
  const name = `${kind}${number}`;
  const { backing } = device;
  const type = backing?._type ?? '';
  vmx.set(`${name}.present`, 'TRUE');
  if (/ImageBackingInfo$|FileBackingInfo$/.test(type)) {
    const file = fileOf(backing as object, context);
    if (typeof file !== 'string') return file;
    vmx.set(`${name}.fileType`, 'file');
    vmx.set(`${name}.fileName`, file);
  } else if (type === 'VirtualSerialPortURIBackingInfo') {
    const { serviceURI, direction } = backing as {
      readonly serviceURI?: string;
      readonly direction?: string;
    };
    vmx.set(`${name}.fileType`, 'network');
    vmx.set(`${name}.fileName`, serviceURI ?? '');
    vmx.set(`${name}.network.endPoint`, direction ?? 'server');
  } else if (type === 'VirtualSerialPortPipeBackingInfo') {
    vmx.set(`${name}.fileType`, 'pipe');
    vmx.set(`${name}.fileName`, (backing as { readonly pipeName?: string }).pipeName ?? '');
  } else if (backing === undefined || type.endsWith('BackingInfo')) {
    vmx.set(`${name}.fileType`, 'device');
    vmx.set(`${name}.fileName`, (backing as { readonly deviceName?: string } | undefined)?.deviceName ?? '');
  } else return badDevice(index, 'backing');
  writeConnection(vmx, name, device);
  return undefined;
}

export function writeVideo(vmx: Vmx, device: VirtualDevice): void {
  const { videoRamSizeInKB, numDisplays, useAutoDetect } = device as VirtualMachineVideoCard;
  if (videoRamSizeInKB !== undefined) vmx.set('svga.vramSize', String(Number(videoRamSizeInKB) * KIB));
  if (numDisplays !== undefined) vmx.set('svga.numDisplays', String(numDisplays));
  if (useAutoDetect !== undefined) put(vmx, 'svga.autodetect', useAutoDetect);
}

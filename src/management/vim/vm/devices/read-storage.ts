/** Controllers, disks, CD-ROMs and floppies of a .vmx file as VIM's devices. */
import { isCd, type Vmx } from '#vmm';
import type {
  VirtualCdrom,
  VirtualController,
  VirtualDevice,
  VirtualDeviceBackingInfo,
  VirtualDeviceConnectInfo,
  VirtualDisk,
  VirtualDiskFlatVer2BackingInfo,
  VirtualFloppy,
  VirtualSCSIController,
} from '../../table/vim25.d.ts';
import { flagOf, make, type VmxContext } from '../vmx-context.ts';
import {
  allSlots,
  controllerType,
  deviceKeyOf,
  type Slot,
  STORAGE_BUSES,
  type StorageBus,
  slotKey,
} from './storage-buses.ts';

const KIB = 1024;
const PCI_KEY = 100;
const SIO_KEY = 400;
const FLOPPIES = 2;
const FLOPPY_KEY = 8000;
/** Unit of the first controller of a kind on the PCI bus. */
const PCI_UNITS: Readonly<Record<StorageBus['prefix'], number>> = { scsi: 3, sata: 24, nvme: 30, ide: 0 };
// biome-ignore format: a table reads in columns
const SHARING: Readonly<Record<string, VirtualSCSIController['sharedBus']>> = {
  none: 'noSharing', virtual: 'virtualSharing', physical: 'physicalSharing',
};
const grouped = new Intl.NumberFormat('en-US');

/** Whether anything is plugged in there: a CD-ROM without a disc is. */
export function isPresent(vmx: Vmx, name: string): boolean {
  return flagOf(vmx, `${name}.present`, vmx.get(`${name}.fileName`) !== undefined);
}

export function readStorage(vmx: Vmx, context: VmxContext): VirtualDevice[] {
  const disks: VirtualDevice[] = [];
  const cdroms: VirtualDevice[] = [];
  for (const slot of allSlots()) {
    const name = slotKey(slot);
    if (!isPresent(vmx, name)) continue;
    if (isCd(vmx, name)) cdroms.push(readCdrom(vmx, context, slot, cdroms.length + 1));
    else disks.push(readDisk(vmx, context, slot, disks.length + 1));
  }
  const devices = [...disks, ...cdroms];
  return [...readControllers(vmx, devices), ...devices, ...readFloppies(vmx, context)];
}

function readControllers(vmx: Vmx, devices: readonly VirtualDevice[]): VirtualController[] {
  const found: VirtualController[] = [];
  for (const bus of STORAGE_BUSES) {
    for (let busNumber = 0; busNumber < bus.buses; busNumber++) {
      const key = bus.controllerKey + busNumber;
      const children = devices.filter((device) => device.controllerKey === key).map((device) => device.key);
      if (!bus.isFixed && !flagOf(vmx, `${bus.prefix}${busNumber}.present`) && children.length === 0)
        continue;
      found.push(readController(vmx, bus, busNumber, children));
    }
  }
  return found;
}

function readController(
  vmx: Vmx,
  bus: StorageBus,
  busNumber: number,
  device: readonly number[],
): VirtualController {
  const name = `${bus.prefix}${busNumber}`;
  const type = controllerType(bus, vmx.get(`${name}.virtualDev`));
  const label = `${bus.name} controller ${busNumber}`;
  return make<VirtualSCSIController>(type, {
    key: bus.controllerKey + busNumber,
    deviceInfo: { label, summary: bus.prefix === 'scsi' ? scsiSummary(type) : label },
    ...(!bus.isFixed && { controllerKey: PCI_KEY, unitNumber: PCI_UNITS[bus.prefix] + busNumber }),
    busNumber,
    ...(device.length > 0 && { device }),
    ...(bus.prefix === 'scsi' && {
      hotAddRemove: true,
      sharedBus: SHARING[vmx.get(`${name}.sharedBus`) ?? 'none'] ?? 'noSharing',
      scsiCtlrUnitNumber: 7,
    }),
  } as Omit<VirtualSCSIController, '_type'>);
}

function scsiSummary(type: string): string {
  const names: Readonly<Record<string, string>> = {
    VirtualLsiLogicController: 'LSI Logic',
    ParaVirtualSCSIController: 'VMware paravirtual SCSI',
    VirtualLsiLogicSASController: 'LSI Logic SAS',
    VirtualBusLogicController: 'Bus Logic',
  };
  return names[type] ?? type;
}

function place(slot: Slot) {
  const { bus, busNumber, unit } = slot;
  return { key: deviceKeyOf(slot), controllerKey: bus.controllerKey + busNumber, unitNumber: unit };
}

/** A file as what a device has behind it. */
function fileBacking(context: VmxContext, fileName: string) {
  const path = context.toDatastorePath(fileName);
  const datastore = context.datastore(path);
  return { fileName: path, ...(datastore && { datastore }) };
}

function readDisk(vmx: Vmx, context: VmxContext, slot: Slot, number: number): VirtualDisk {
  const name = slotKey(slot);
  const fileName = vmx.get(`${name}.fileName`) ?? '';
  const facts = context.disk(fileName);
  const bytes = facts?.capacityBytes ?? 0;
  const shares = vmx.get(`sched.${name}.shares`);
  const { uuid, changeId } = facts ?? {};
  return make<VirtualDisk>('VirtualDisk', {
    ...place(slot),
    deviceInfo: { label: `Hard disk ${number}`, summary: `${grouped.format(bytes / KIB)} KB` },
    backing: make<VirtualDiskFlatVer2BackingInfo>('VirtualDiskFlatVer2BackingInfo', {
      ...fileBacking(context, fileName),
      diskMode: (vmx.get(`${name}.mode`) ?? 'persistent').replace(
        /-(\w)/,
        (_, letter: string) => `_${letter}`,
      ),
      split: false,
      writeThrough: flagOf(vmx, `${name}.writeThrough`),
      thinProvisioned: facts?.isThin ?? true,
      ...(uuid !== undefined && { uuid }),
      ...(changeId !== undefined && { changeId }),
      digestEnabled: false,
      sharing: 'sharingNone',
    }),
    capacityInKB: Math.floor(bytes / KIB),
    capacityInBytes: bytes,
    shares: { level: levelOf(shares), shares: sharesOf(shares) },
    storageIOAllocation: {
      limit: -1,
      shares: { level: levelOf(shares), shares: sharesOf(shares) },
      reservation: 0,
    },
    nativeUnmanagedLinkedClone: false,
    ...(flagOf(vmx, `${name}.readonly`) && { guestReadOnly: true }),
  });
}

const levelOf = (text: string | undefined) =>
  text === 'low' || text === 'high' || text === undefined || text === 'normal'
    ? (text ?? 'normal')
    : 'custom';
const sharesOf = (text: string | undefined) =>
  ({ low: 500, normal: 1000, high: 2000 })[text ?? 'normal'] ?? Number(text);

function readCdrom(vmx: Vmx, context: VmxContext, slot: Slot, number: number): VirtualCdrom {
  const name = slotKey(slot);
  const fileName = vmx.get(`${name}.fileName`) ?? '';
  const isImage = vmx.get(`${name}.deviceType`)?.toLowerCase() === 'cdrom-image';
  const isRemote = flagOf(vmx, `${name}.clientDevice`);
  const backing: VirtualDeviceBackingInfo = isImage
    ? make('VirtualCdromIsoBackingInfo', fileBacking(context, fileName))
    : isRemote
      ? make('VirtualCdromRemotePassthroughBackingInfo', {
          deviceName: '',
          useAutoDetect: false,
          exclusive: false,
        })
      : make('VirtualCdromAtapiBackingInfo', { deviceName: fileName, useAutoDetect: fileName === '' });
  const summary = isImage
    ? `ISO ${context.toDatastorePath(fileName)}`
    : isRemote
      ? 'Remote device'
      : `ATAPI ${fileName}`;
  return make<VirtualCdrom>('VirtualCdrom', {
    ...place(slot),
    deviceInfo: { label: `CD/DVD drive ${number}`, summary },
    backing,
    connectable: connection(vmx, name, context),
  });
}

/** Whether and how something that can be unplugged is plugged in. */
export function connection(vmx: Vmx, name: string, { isOn }: VmxContext): VirtualDeviceConnectInfo {
  const startConnected = flagOf(vmx, `${name}.startConnected`, true);
  const connected = isOn && flagOf(vmx, `${name}.connected`, startConnected);
  return {
    startConnected,
    allowGuestControl: flagOf(vmx, `${name}.allowGuestConnectionControl`, true),
    connected,
    status: isOn ? 'ok' : 'untried',
  };
}

function readFloppies(vmx: Vmx, context: VmxContext): VirtualFloppy[] {
  const found: VirtualFloppy[] = [];
  for (let number = 0; number < FLOPPIES; number++) {
    const name = `floppy${number}`;
    if (!isPresent(vmx, name)) continue;
    const fileName = vmx.get(`${name}.fileName`) ?? '';
    const isFile = vmx.get(`${name}.fileType`)?.toLowerCase() === 'file' && fileName !== '';
    found.push(
      make<VirtualFloppy>('VirtualFloppy', {
        key: FLOPPY_KEY + number,
        deviceInfo: {
          label: `Floppy drive ${number + 1}`,
          summary: isFile ? `Image ${context.toDatastorePath(fileName)}` : 'Remote',
        },
        backing: isFile
          ? make('VirtualFloppyImageBackingInfo', fileBacking(context, fileName))
          : make('VirtualFloppyRemoteDeviceBackingInfo', { deviceName: fileName, useAutoDetect: false }),
        connectable: connection(vmx, name, context),
        controllerKey: SIO_KEY,
        unitNumber: number,
      }),
    );
  }
  return found;
}

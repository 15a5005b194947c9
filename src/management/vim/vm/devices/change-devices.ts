/** Changes of a VM's devices: each of a spec's `deviceChange` is carried out on the .vmx, and says what is to be done with files. */
import { HOT_ADDED, isVirtioScsi, removeDevice, type Vmx } from '#vmm';
import { fault, type VimFault } from '../../model/value.ts';
import type { VirtualDevice, VirtualDeviceConfigSpec, VirtualDisk } from '../../table/vim25.d.ts';
import type { VmxContext } from '../vmx-context.ts';
import { badDevice, notHot, tooMany, unsupported } from './device-faults.ts';
import { readDevices } from './read-devices.ts';
import {
  allSlots,
  busOfController,
  type Slot,
  STORAGE_BUSES,
  type StorageBus,
  slotKey,
  slotOfDevice,
} from './storage-buses.ts';
import { writeController, writeEthernet, writeMedium, writeOther, writeVideo } from './write-devices.ts';

/** What is to be done with a file before the VM is as the .vmx says. Names are those of the .vmx. */
export type FileAction =
  | {
      readonly kind: 'create-disk';
      readonly fileName: string;
      readonly bytes: number;
      readonly isThin: boolean;
    }
  | { readonly kind: 'extend-disk'; readonly fileName: string; readonly bytes: number }
  | { readonly kind: 'require'; readonly fileName: string }
  /** When all else is done. */
  | { readonly kind: 'delete-disk'; readonly fileName: string };

/** What of a change a running machine would have to notice. */
export interface DeviceChanges {
  readonly files: readonly FileAction[];
  /** Something that a running machine cannot have changed. */
  readonly needsOff: boolean;
  /** Why the first such device cannot be, where there is more to say than that. */
  readonly notHot?: VimFault | undefined;
}

const KIB = 1024;
const SECTOR_BYTES = 512;
const MAX_DISK_BYTES = 62 * 2 ** 40;
const MAX_SERIALS = 32;
const NIC_STAYS = 'network adapters are PCI functions, and PCI slots here are not hot-pluggable';

export class DeviceChanger {
  readonly #vmx: Vmx;
  readonly #context: VmxContext;
  readonly #vmName: string;
  readonly #files: FileAction[] = [];
  /** Keys that the caller has made up, and what they became. */
  readonly #keys = new Map<number, number>();
  #needsOff = false;
  #notHot: VimFault | undefined;

  /** @param vmx - is changed */
  constructor(vmx: Vmx, vmName: string, context: VmxContext) {
    this.#vmx = vmx;
    this.#vmName = vmName;
    this.#context = context;
  }

  get changes(): DeviceChanges {
    return { files: this.#files, needsOff: this.#needsOff, notHot: this.#notHot };
  }

  /** Carries out all changes, or returns the fault of the first that cannot be. */
  apply(changes: readonly VirtualDeviceConfigSpec[]): VimFault | undefined {
    for (const [index, change] of changes.entries()) {
      const refused = this.#change(change, index);
      if (refused) return refused;
    }
    return undefined;
  }

  #change(change: VirtualDeviceConfigSpec, index: number): VimFault | undefined {
    const { operation, device } = change;
    if (operation === 'add') return this.#add(change, index);
    const known = readDevices(this.#vmx, this.#context).find(({ key }) => key === device.key);
    if (known === undefined) return badDevice(index, 'key');
    if (operation === 'remove') return this.#remove(known, change, index);
    return this.#edit(known, change, index);
  }

  // Adding

  #add(change: VirtualDeviceConfigSpec, index: number): VimFault | undefined {
    const { device } = change;
    const type = device._type ?? '';
    const bus = STORAGE_BUSES.find(({ types }) => types.some(([, name]) => name === type));
    if (bus) return this.#addController(bus, device, index);
    if (type === 'VirtualDisk' || type === 'VirtualCdrom') return this.#addMedium(change, index);
    if (/^Virtual(?:PCNet32|E1000e?|Vmxnet[23]?)$/.test(type)) return this.#addEthernet(device, index);
    if (type === 'VirtualFloppy') return this.#addNumbered('floppy', 2, device, index);
    if (type === 'VirtualSerialPort') return this.#addNumbered('serial', MAX_SERIALS, device, index);
    if (type === 'VirtualUSBController') return this.#addSwitch('usb', device, 7000);
    if (type === 'VirtualUSBXHCIController') return this.#addSwitch('usb_xhci', device, 14_000);
    if (type === 'VirtualMachineVideoCard') {
      writeVideo(this.#vmx, device);
      return undefined;
    }
    // Every machine has them: to add what is there changes nothing.
    const fixed = readDevices(this.#vmx, this.#context).find((one) => one._type === type && one.key < 1000);
    if (fixed) return void this.#keys.set(device.key, fixed.key);
    return unsupported(index, type);
  }

  #addController(bus: StorageBus, device: VirtualDevice, index: number): VimFault | undefined {
    const wanted = (device as { readonly busNumber?: number }).busNumber;
    const isFree = (number: number) =>
      !readDevices(this.#vmx, this.#context).some(({ key }) => key === bus.controllerKey + number);
    const free = Array.from({ length: bus.buses }, (_, number) => number).filter(
      (number) => bus.isFixed || isFree(number),
    );
    const busNumber = wanted !== undefined && free.includes(wanted) ? wanted : free[0];
    if (busNumber === undefined) return tooMany(device._type ?? '');
    this.#keys.set(device.key, bus.controllerKey + busNumber);
    writeController(this.#vmx, bus, busNumber, device);
    this.#keepsOff(index, 'controllers are PCI functions, and PCI slots here are not hot-pluggable');
    return undefined;
  }

  #addMedium(change: VirtualDeviceConfigSpec, index: number): VimFault | undefined {
    const { device } = change;
    const slot = this.#slotFor(device, index);
    if ('type' in slot) return slot;
    const name = slotKey(slot);
    if (device._type === 'VirtualCdrom') {
      this.#needsOff = true;
      return writeMedium(this.#vmx, name, device, this.#context, index);
    }
    const fileName = this.#diskFile(change, index);
    if (typeof fileName !== 'string') return fileName;
    this.#keys.set(device.key, slot.bus.deviceKey + slot.busNumber * slot.bus.units + slot.unit);
    if (!this.#isHot(slot)) this.#keepsOff(index, this.#whyCold(slot));
    else if (!this.#isOfVirtio(slot)) this.#vmx.set(`${name}.${HOT_ADDED}`, 'TRUE');
    return writeMedium(this.#vmx, name, device, this.#context, index, fileName);
  }

  /** The file of a new disk; its making is noted. */
  #diskFile({ device, fileOperation }: VirtualDeviceConfigSpec, index: number): string | VimFault {
    const backing = device.backing as
      | { readonly fileName?: string; readonly thinProvisioned?: boolean }
      | undefined;
    if (backing === undefined) return badDevice(index, 'backing');
    const given = backing.fileName ?? '';
    const isNamed = /^\[[^\]]*\]\s*\S/.test(given) || (given !== '' && !given.startsWith('['));
    const fileName = isNamed ? this.#context.toFileName(given) : this.#freeDiskName();
    if (fileName === undefined)
      return fault('InvalidDatastorePath', { datastorePath: given }, `Invalid datastore path '${given}'.`);
    if (fileOperation === undefined) {
      this.#files.push({ kind: 'require', fileName });
      return fileName;
    }
    if (fileOperation === 'destroy') return badDevice(index, 'fileOperation');
    const bytes = bytesOf(device as VirtualDisk);
    if (bytes === undefined) return badDevice(index, 'capacityInKB');
    this.#files.push({ kind: 'create-disk', fileName, bytes, isThin: backing.thinProvisioned ?? false });
    return fileName;
  }

  /** ESXi's names: web.vmdk, web_1.vmdk, … */
  #freeDiskName(): string {
    const taken = new Set([...this.#vmx.entries()].map(([, value]) => value));
    for (let number = 0; ; number++) {
      const name = `${this.#vmName}${number === 0 ? '' : `_${number}`}.vmdk`;
      if (!taken.has(name) && this.#context.disk(name) === undefined) return name;
    }
  }

  /** Where a new disk or CD-ROM goes: to the unit that is wanted, or to the first that is free. */
  #slotFor({ controllerKey, unitNumber, _type }: VirtualDevice, index: number): Slot | VimFault {
    const key =
      controllerKey === undefined
        ? this.#defaultController()
        : (this.#keys.get(controllerKey) ?? controllerKey);
    const at = key === undefined ? undefined : busOfController(key);
    const isThere = readDevices(this.#vmx, this.#context).some((device) => device.key === key);
    if (at === undefined || !isThere) return badDevice(index, 'controllerKey');
    const free = [...allSlots()].filter(
      ({ bus, busNumber, unit }) =>
        bus === at.bus && busNumber === at.busNumber && this.#isFree(slotKey({ bus, busNumber, unit })),
    );
    if (unitNumber === undefined || unitNumber < 0) return free[0] ?? tooMany(_type ?? '');
    return free.find(({ unit }) => unit === unitNumber) ?? badDevice(index, 'unitNumber');
  }

  #isFree(name: string): boolean {
    return this.#vmx.get(`${name}.fileName`) === undefined && this.#vmx.get(`${name}.present`) !== 'TRUE';
  }

  /** The first controller for disks that is there. */
  #defaultController(): number | undefined {
    const keys = readDevices(this.#vmx, this.#context).map(({ key }) => key);
    return (
      keys.find((key) => busOfController(key)?.bus.prefix === 'scsi') ??
      keys.find((key) => busOfController(key))
    );
  }

  #addEthernet(device: VirtualDevice, index: number): VimFault | undefined {
    for (let number = 0; number < 10; number++) {
      if (this.#vmx.get(`ethernet${number}.present`) !== undefined) continue;
      this.#keepsOff(index, NIC_STAYS);
      return writeEthernet(this.#vmx, number, device, this.#context, index);
    }
    return tooMany(device._type ?? '');
  }

  #addNumbered(
    kind: 'floppy' | 'serial',
    most: number,
    device: VirtualDevice,
    index: number,
  ): VimFault | undefined {
    for (let number = 0; number < most; number++) {
      if (this.#vmx.get(`${kind}${number}.present`) === 'TRUE') continue;
      this.#needsOff = true;
      return writeOther(this.#vmx, kind, number, device, this.#context, index);
    }
    return tooMany(device._type ?? '');
  }

  #addSwitch(name: string, device: VirtualDevice, key: number): undefined {
    this.#vmx.set(`${name}.present`, 'TRUE');
    if (name === 'usb' && (device as { readonly ehciEnabled?: boolean }).ehciEnabled)
      this.#vmx.set('ehci.present', 'TRUE');
    this.#keys.set(device.key, key);
    this.#needsOff = true;
    return undefined;
  }

  // Changing and removing

  #edit(known: VirtualDevice, { device }: VirtualDeviceConfigSpec, index: number): VimFault | undefined {
    const type = known._type ?? '';
    const slot = slotOfDevice(known.key);
    if (type === 'VirtualDisk' && slot)
      return this.#editDisk(known as VirtualDisk, slot, device as VirtualDisk, index);
    if (type === 'VirtualCdrom' && slot)
      return writeMedium(this.#vmx, slotKey(slot), device, this.#context, index);
    if (known.key >= 4000 && known.key < 4010)
      return writeEthernet(this.#vmx, known.key - 4000, device, this.#context, index);
    if (type === 'VirtualFloppy')
      return writeOther(this.#vmx, 'floppy', known.key - 8000, device, this.#context, index);
    if (type === 'VirtualSerialPort')
      return writeOther(this.#vmx, 'serial', known.key - 9000, device, this.#context, index);
    if (type === 'VirtualMachineVideoCard') writeVideo(this.#vmx, device);
    const at = busOfController(known.key);
    if (at) writeController(this.#vmx, at.bus, at.busNumber, device);
    if (at || type === 'VirtualMachineVideoCard') this.#needsOff = true;
    return undefined;
  }

  #editDisk(known: VirtualDisk, slot: Slot, device: VirtualDisk, index: number): VimFault | undefined {
    const name = slotKey(slot);
    const fileName = this.#vmx.get(`${name}.fileName`) ?? '';
    const before = Number(known.capacityInBytes ?? 0);
    // Who changes what he has read may have changed the one of the two, and sends the other as it was.
    const isBefore = Number(device.capacityInBytes ?? 0) === before;
    const bytes = bytesOf(isBefore ? { ...device, capacityInBytes: undefined } : device);
    if (bytes === undefined || bytes < before) return badDevice(index, 'capacityInKB');
    if (bytes > before) {
      this.#files.push({ kind: 'extend-disk', fileName, bytes });
    }
    return writeMedium(this.#vmx, name, device, this.#context, index, fileName);
  }

  #remove(
    known: VirtualDevice,
    { fileOperation }: VirtualDeviceConfigSpec,
    index: number,
  ): VimFault | undefined {
    const slot = slotOfDevice(known.key);
    const name = slot ? slotKey(slot) : this.#nameOf(known);
    if (name === undefined) return badDevice(index, 'key');
    if (known._type === 'VirtualDisk' && fileOperation === 'destroy')
      this.#files.push({ kind: 'delete-disk', fileName: this.#vmx.get(`${name}.fileName`) ?? '' });
    const wasHot = slot !== undefined && this.#isUnit(slot, name);
    const isInUse = ((known as { readonly device?: readonly number[] }).device?.length ?? 0) > 0;
    if (isInUse) return badDevice(index, 'device.key');
    removeDevice(this.#vmx, name);
    if (known._type === 'VirtualDisk' && slot) {
      if (!wasHot) this.#keepsOff(index, this.#whyCold(slot));
    } else if (known.key >= 4000 && known.key < 4010) this.#keepsOff(index, NIC_STAYS);
    else this.#needsOff = true;
    return undefined;
  }

  // What a running machine can have changed

  #keepsOff(index: number, reason: string): void {
    this.#needsOff = true;
    this.#notHot ??= notHot(index, reason);
  }

  #isHot({ bus, busNumber }: Slot): boolean {
    return bus.prefix === 'scsi' && this.#context.isHot?.(busNumber) === true;
  }

  #isOfVirtio({ bus, busNumber }: Slot): boolean {
    return bus.prefix === 'scsi' && isVirtioScsi(this.#vmx, busNumber);
  }

  /** Whether the disk there is a unit of a controller, and no device of its own. */
  #isUnit(slot: Slot, name: string): boolean {
    const wasAdded = /^true$/i.test(this.#vmx.get(`${name}.${HOT_ADDED}`) ?? '');
    return this.#isHot(slot) && (wasAdded || this.#isOfVirtio(slot));
  }

  #whyCold(slot: Slot): string {
    const controller = `${slot.bus.prefix}${slot.busNumber}`;
    if (this.#isHot(slot))
      return `the disk was there at power-on, and is a PCI function of its own: ${controller} gets its disks that come later`;
    return `${controller} is no SCSI controller that this virtual machine was switched on with`;
  }

  /** What of the .vmx a device is; undefined for those that cannot be taken out. */
  #nameOf({ key, _type }: VirtualDevice): string | undefined {
    const at = busOfController(key);
    if (at) return at.bus.isFixed ? undefined : `${at.bus.prefix}${at.busNumber}`;
    if (key >= 4000 && key < 4010) return `ethernet${key - 4000}`;
    if (_type === 'VirtualFloppy') return `floppy${key - 8000}`;
    if (_type === 'VirtualSerialPort') return `serial${key - 9000}`;
    return { 7000: 'usb', 14_000: 'usb_xhci' }[key];
  }
}

/** A disk's size as it is asked for; undefined when it cannot be one. */
function bytesOf({ capacityInBytes, capacityInKB }: VirtualDisk): number | undefined {
  const inKib = Number(capacityInKB ?? 0) * KIB;
  const bytes = Number(capacityInBytes ?? 0) || inKib;
  const isPossible =
    Number.isSafeInteger(bytes) && bytes > 0 && bytes % SECTOR_BYTES === 0 && bytes <= MAX_DISK_BYTES;
  return isPossible ? bytes : undefined;
}

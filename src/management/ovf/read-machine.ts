/** The machine of a descriptor: its hardware item by item. Source: DMTF DSP0243 1.1.0 §8; CIM_ResourceAllocationSettingData 2.22. */
import type { XmlNode } from '../vim/soap/xml.ts';
import { attribute, child, children, textOf } from './elements.ts';
import {
  type OvfBus,
  type OvfController,
  type OvfDisk,
  type OvfDrive,
  type OvfFile,
  type OvfMachine,
  type OvfNic,
  type OvfOwed,
  RESOURCE,
} from './model.ts';
import type { Reading } from './reading.ts';
import { amount } from './units.ts';

/** What of the package around it a machine names. */
interface Around {
  readonly files: readonly OvfFile[];
  readonly disks: readonly OvfDisk[];
  readonly configuration: string | undefined;
}

const MIB = 2 ** 20;
const MAX_ITEMS = 512;
const MAX_EXTRA = 4096;
/** Hardware that every machine has, or that does without. */
const LEFT_OUT: ReadonlySet<number> = new Set([
  ...[RESOURCE.other, RESOURCE.serial, RESOURCE.usb, RESOURCE.graphics, RESOURCE.sound],
]);

interface Found {
  cpus?: number;
  memoryMib?: number;
  coresPerSocket?: number;
  cpuOwed: OvfOwed;
  memoryOwed: OvfOwed;
  readonly controllers: OvfController[];
  readonly drives: OvfDrive[];
  readonly nics: OvfNic[];
}

export function readMachine(system: XmlNode, around: Around, reading: Reading): OvfMachine {
  const hardware = child(system, 'VirtualHardwareSection') ?? reading.bad('its machine has no hardware');
  const items = hardware.children
    .filter(({ name }) => name === 'Item' || name === 'StorageItem' || name === 'EthernetPortItem')
    .filter((item) => isMeant(item, around.configuration));
  if (items.length > MAX_ITEMS) reading.bad(`its machine has more than ${MAX_ITEMS} pieces of hardware`);
  const found: Found = { cpuOwed: {}, memoryOwed: {}, controllers: [], drives: [], nics: [] };
  for (const item of items) take(item, found, around, reading);
  const { cpus, memoryMib } = found;
  if (cpus === undefined) return reading.bad('its machine has no CPU');
  if (memoryMib === undefined) return reading.bad('its machine has no memory');
  const id = attribute(system, 'id') ?? '';
  const os = child(system, 'OperatingSystemSection');
  const osId = amount(os && attribute(os, 'id'), undefined);
  const [osType, annotation] = [os && attribute(os, 'osType'), annotationOf(system)];
  const types = textOf(child(hardware, 'System') ?? hardware, 'VirtualSystemType')?.split(/[\s,]+/) ?? [];
  const version = types.filter((type) => /^vmx-\d{2,3}$/.test(type)).at(-1);
  return {
    ...{ id, name: textOf(system, 'Name') ?? id },
    ...{ cpus, memoryMib, cpuOwed: found.cpuOwed, memoryOwed: found.memoryOwed },
    ...{ controllers: found.controllers, drives: found.drives, nics: found.nics },
    ...(found.coresPerSocket !== undefined && { coresPerSocket: found.coresPerSocket }),
    ...(annotation !== undefined && { annotation }),
    ...(osId !== undefined && { osId }),
    ...(osType !== undefined && { osType }),
    ...(version !== undefined && { hardware: version }),
    config: keysOf(hardware, 'Config', reading),
    extraConfig: keysOf(hardware, 'ExtraConfig', reading),
  };
}

/** Hardware of no set is in all of them. */
function isMeant(item: XmlNode, configuration: string | undefined): boolean {
  const sets = attribute(item, 'configuration')?.split(/\s+/);
  return sets === undefined || (configuration !== undefined && sets.includes(configuration));
}

function annotationOf(system: XmlNode): string | undefined {
  const section = child(system, 'AnnotationSection');
  return section && textOf(section, 'Annotation');
}

function keysOf(hardware: XmlNode, name: string, reading: Reading): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  for (const node of children(hardware, name)) {
    const key = reading.need(node, 'key');
    if (!/^[^\s=#"]{1,255}$/.test(key)) reading.bad(`<${name}> has the key "${key.slice(0, 60)}"`);
    if (keys.size >= MAX_EXTRA) reading.bad(`it has more than ${MAX_EXTRA} elements <${name}>`);
    keys.set(key, attribute(node, 'value') ?? '');
  }
  return keys;
}

function take(item: XmlNode, found: Found, around: Around, reading: Reading): void {
  const type = Number(textOf(item, 'ResourceType') ?? Number.NaN);
  const name = textOf(item, 'ElementName') ?? textOf(item, 'Caption') ?? `hardware of type ${type}`;
  const quantity = textOf(item, 'VirtualQuantity');
  switch (type) {
    case RESOURCE.cpu:
      found.cpus = number(quantity, undefined, name, reading);
      found.cpuOwed = owed(item, 'hertz * 10^6', 10 ** 6);
      found.coresPerSocket = amount(textOf(item, 'CoresPerSocket'), undefined) ?? found.cpus;
      if (textOf(item, 'CoresPerSocket') === undefined) delete found.coresPerSocket;
      return;
    case RESOURCE.memory: {
      const units = textOf(item, 'AllocationUnits') ?? 'byte * 2^20';
      found.memoryMib = Math.floor(number(quantity, units, name, reading) / MIB);
      found.memoryOwed = owed(item, units, MIB);
      return;
    }
    case RESOURCE.ide:
    case RESOURCE.scsi:
    case RESOURCE.otherStorage:
      found.controllers.push(controller(item, type, found.controllers, reading));
      return;
    case RESOURCE.ethernet:
      found.nics.push(nic(item, name, reading));
      return;
    case RESOURCE.disk:
    case RESOURCE.cdrom:
    case RESOURCE.dvd:
    case RESOURCE.floppy:
      found.drives.push(drive(item, type, name, around, reading));
      return;
    default:
      if (!LEFT_OUT.has(type) && attribute(item, 'required')?.toLowerCase() !== 'false')
        reading.bad(`its hardware "${name}" (type ${type}) is not known here`);
      reading.notes.push(`"${name}" is left out`);
  }
}

function number(text: string | undefined, unit: string | undefined, name: string, reading: Reading): number {
  const value = amount(text, unit);
  if (value !== undefined && value > 0) return value;
  return reading.bad(`"${name}" has the quantity "${text ?? ''}" of "${unit ?? ''}"`);
}

function owed(item: XmlNode, unit: string, size: number): OvfOwed {
  const scaled = (name: string) => {
    const value = amount(textOf(item, name), textOf(item, 'AllocationUnits') ?? unit);
    return value === undefined ? undefined : Math.floor(value / size);
  };
  const [reservation, limit, weight] = [
    scaled('Reservation'),
    scaled('Limit'),
    amount(textOf(item, 'Weight'), undefined),
  ];
  return {
    ...(reservation !== undefined && reservation > 0 && { reservation }),
    ...(limit !== undefined && limit > 0 && { limit }),
    ...(weight !== undefined && weight > 0 && { weight }),
  };
}

function controller(
  item: XmlNode,
  type: number,
  before: readonly OvfController[],
  reading: Reading,
): OvfController {
  const instance = textOf(item, 'InstanceID') ?? reading.bad('a controller has no <InstanceID>');
  const subType = textOf(item, 'ResourceSubType');
  const bus = busOf(type, subType);
  const given = amount(textOf(item, 'Address'), undefined);
  const taken = before.filter((one) => one.bus === bus).map(({ busNumber }) => busNumber);
  if (before.some((one) => one.instance === instance))
    reading.bad(`two pieces of hardware have the <InstanceID> "${instance}"`);
  const free = [0, 1, 2, 3].find((one) => !taken.includes(one));
  const busNumber = given !== undefined && given < 4 && !taken.includes(given) ? given : free;
  if (busNumber === undefined) return reading.bad(`it has more than four controllers of ${bus}`);
  return { instance, bus, busNumber, ...(subType !== undefined && { subType }) };
}

function busOf(type: number, subType = ''): OvfBus {
  if (type === RESOURCE.scsi) return 'scsi';
  if (type === RESOURCE.ide) return 'ide';
  return /nvme/i.test(subType) ? 'nvme' : 'sata';
}

function nic(item: XmlNode, name: string, reading: Reading): OvfNic {
  const network = textOf(item, 'Connection') ?? reading.bad(`"${name}" is on no network`);
  const [subType, address] = [textOf(item, 'ResourceSubType')?.split(/\s+/)[0], textOf(item, 'Address')];
  const isMac = /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/i.test(address ?? '');
  return {
    network,
    ...(subType !== undefined && { subType }),
    ...(isMac && { address: (address as string).toLowerCase() }),
  };
}

function drive(item: XmlNode, type: number, name: string, around: Around, reading: Reading): OvfDrive {
  const kind = type === RESOURCE.disk ? 'disk' : type === RESOURCE.floppy ? 'floppy' : 'cdrom';
  const [parent, unit] = [textOf(item, 'Parent'), amount(textOf(item, 'AddressOnParent'), undefined)];
  const [, what, id = ''] = /^(?:ovf:)?\/?(disk|file)\/(.+)$/.exec(textOf(item, 'HostResource') ?? '') ?? [];
  const disk = what === 'disk' ? around.disks.find((one) => one.id === id) : undefined;
  const file = what === 'file' ? around.files.find((one) => one.id === id) : undefined;
  if (what !== undefined && disk === undefined && file === undefined)
    reading.bad(`"${name}" is on ${what} "${id}", which is not in the package`);
  if (kind === 'disk' && disk === undefined) reading.bad(`"${name}" is on no disk of the package`);
  return {
    ...{ kind, name },
    ...(parent !== undefined && { parent }),
    ...(unit !== undefined && { unit }),
    ...(disk && { disk }),
    ...(file && { file }),
  };
}

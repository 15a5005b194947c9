/** Writes an OVF descriptor, as VMware's products have it. Source: DMTF DSP0243 1.1.0; the order of an item's parts is CIM's. */
import { escapeXml } from '../vim/soap/xml.ts';
import {
  NAMESPACES,
  type OvfController,
  type OvfDrive,
  type OvfMachine,
  type OvfOwed,
  type OvfPackage,
  RESOURCE,
} from './model.ts';
import { inUnits } from './units.ts';

type Part = string | number | boolean | undefined;
/** Parts of an item by their names; written in the order of the names. */
type Item = Readonly<Record<string, Part>>;

const CONTROLLERS = {
  scsi: { type: RESOURCE.scsi, name: 'SCSI Controller' },
  ide: { type: RESOURCE.ide, name: 'VirtualIDEController' },
  sata: { type: RESOURCE.otherStorage, name: 'SATA Controller' },
  nvme: { type: RESOURCE.otherStorage, name: 'NVME Controller' },
} as const;
const DRIVES = { disk: RESOURCE.disk, cdrom: RESOURCE.cdrom, floppy: RESOURCE.floppy } as const;

export function writeDescriptor(package_: OvfPackage): string {
  const { files, disks, networks, machine } = package_;
  return lines([
    '<?xml version="1.0" encoding="UTF-8"?>',
    element(0, 'Envelope', envelopeAttributes(), [
      element(
        1,
        'References',
        {},
        files.map(({ id, href, sizeBytes }) =>
          element(2, 'File', { 'ovf:href': href, 'ovf:id': id, 'ovf:size': sizeBytes }),
        ),
      ),
      element(1, 'DiskSection', {}, [
        info(2, 'Virtual disk information'),
        ...disks.map(({ id, capacityBytes, file, format, populatedBytes }) => {
          const { value, unit } = inUnits(capacityBytes);
          return element(2, 'Disk', {
            'ovf:capacity': value,
            'ovf:capacityAllocationUnits': unit,
            'ovf:diskId': id,
            'ovf:fileRef': file?.id,
            'ovf:format': format,
            'ovf:populatedSize': populatedBytes,
          });
        }),
      ]),
      element(1, 'NetworkSection', {}, [
        info(2, 'The list of logical networks'),
        ...networks.map(({ name, description }) =>
          element(2, 'Network', { 'ovf:name': name }, [
            leaf(3, 'Description', description ?? `The ${name} network`),
          ]),
        ),
      ]),
      writeMachine(machine),
    ]),
  ]);
}

function writeMachine(machine: OvfMachine): string {
  const { id, name, annotation, osId = 1, osType, hardware = 'vmx-21' } = machine;
  return element(1, 'VirtualSystem', { 'ovf:id': id }, [
    info(2, 'A virtual machine'),
    leaf(2, 'Name', name),
    element(2, 'OperatingSystemSection', { 'ovf:id': osId, 'vmw:osType': osType }, [
      info(3, 'The kind of installed guest operating system'),
    ]),
    element(2, 'VirtualHardwareSection', {}, [
      info(3, 'Virtual hardware requirements'),
      element(3, 'System', {}, [
        leaf(4, 'vssd:ElementName', 'Virtual Hardware Family'),
        leaf(4, 'vssd:InstanceID', 0),
        leaf(4, 'vssd:VirtualSystemIdentifier', id),
        leaf(4, 'vssd:VirtualSystemType', hardware),
      ]),
      ...itemsOf(machine).map(item),
      ...keys('vmw:Config', machine.config),
      ...keys('vmw:ExtraConfig', machine.extraConfig),
    ]),
    ...(annotation === undefined
      ? []
      : [
          element(2, 'AnnotationSection', { 'ovf:required': false }, [
            info(3, 'A human-readable annotation'),
            leaf(3, 'Annotation', annotation),
          ]),
        ]),
  ]);
}

function itemsOf(machine: OvfMachine): Item[] {
  const { cpus, coresPerSocket, memoryMib, controllers, drives, nics } = machine;
  const instances = new Map(controllers.map(({ instance }, index) => [instance, index + 3]));
  let next = controllers.length + 3;
  return [
    {
      ...{ InstanceID: 1, ResourceType: RESOURCE.cpu, ElementName: `${cpus} virtual CPU(s)` },
      ...{ AllocationUnits: 'hertz * 10^6', Description: 'Number of Virtual CPUs', VirtualQuantity: cpus },
      ...ofOwed(machine.cpuOwed),
      'vmw:CoresPerSocket': coresPerSocket,
    },
    {
      ...{ InstanceID: 2, ResourceType: RESOURCE.memory, ElementName: `${memoryMib}MB of memory` },
      ...{ AllocationUnits: 'byte * 2^20', Description: 'Memory Size', VirtualQuantity: memoryMib },
      ...ofOwed(machine.memoryOwed),
    },
    ...controllers.map((one) => ofController(one, instances.get(one.instance))),
    ...drives.map((one) => ofDrive(one, next++, instances)),
    ...nics.map(({ network, subType, address }, index) => ({
      ...{ InstanceID: next++, ResourceType: RESOURCE.ethernet, ElementName: `Network adapter ${index + 1}` },
      ...{ AddressOnParent: 7 + index, AutomaticAllocation: true, Connection: network },
      ...{
        Address: address,
        ResourceSubType: subType,
        Description: `${subType ?? 'Ethernet'} adapter on "${network}"`,
      },
    })),
  ];
}

function ofOwed({ reservation, limit, weight }: OvfOwed): Item {
  return { Reservation: reservation, Limit: limit, Weight: weight };
}

function ofController({ bus, busNumber, subType }: OvfController, instance: number | undefined): Item {
  const { type, name } = CONTROLLERS[bus];
  return {
    InstanceID: instance,
    ResourceType: type,
    ElementName: `${name} ${busNumber}`,
    Address: busNumber,
    Description: name,
    ResourceSubType: subType,
  };
}

function ofDrive(
  { kind, name, parent, unit, disk, file }: OvfDrive,
  instance: number,
  instances: ReadonlyMap<string, number>,
): Item {
  const within = disk ? `ovf:/disk/${disk.id}` : file && `ovf:/file/${file.id}`;
  return {
    ...{ InstanceID: instance, ResourceType: DRIVES[kind], ElementName: name, AddressOnParent: unit },
    ...{ Parent: parent === undefined ? undefined : instances.get(parent), HostResource: within },
    ...(kind === 'disk' ? {} : { AutomaticAllocation: false }),
    ...(kind === 'cdrom' && {
      ResourceSubType: file ? 'vmware.cdrom.iso' : 'vmware.cdrom.remotepassthrough',
    }),
    ...(kind === 'floppy' && { Description: 'Floppy Drive', ResourceSubType: 'vmware.floppy.remotedevice' }),
  };
}

function item(parts: Item): string {
  const rows = Object.entries(parts).filter(([, value]) => value !== undefined && value !== '');
  const [own, others] = [
    rows.filter(([name]) => !name.includes(':')),
    rows.filter(([name]) => name.includes(':')),
  ];
  const sorted = own.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return element(3, 'Item', {}, [
    ...sorted.map(([name, value]) => leaf(4, `rasd:${name}`, value)),
    ...others.map(([name, value]) => leaf(4, name, value)),
  ]);
}

function keys(name: string, values: ReadonlyMap<string, string>): string[] {
  return [...values].map(([key, value]) =>
    element(3, name, { 'ovf:required': false, 'vmw:key': key, 'vmw:value': value }),
  );
}

function envelopeAttributes(): Record<string, Part> {
  const prefixes = Object.entries(NAMESPACES).map(([prefix, uri]) => [`xmlns:${prefix}`, uri]);
  return { xmlns: NAMESPACES.ovf, ...Object.fromEntries(prefixes) };
}

const info = (depth: number, text: string) => leaf(depth, 'Info', text);
const lines = (parts: readonly string[]) => `${parts.join('\n')}\n`;

function leaf(depth: number, name: string, value: Part): string {
  return `${'  '.repeat(depth)}<${name}>${escapeXml(String(value))}</${name}>`;
}

function element(
  depth: number,
  name: string,
  attributes: Readonly<Record<string, Part>>,
  inner: readonly string[] = [],
): string {
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
  const written = given.map(([key, value]) => ` ${key}="${attributeText(String(value))}"`).join('');
  const pad = '  '.repeat(depth);
  if (inner.length === 0) return `${pad}<${name}${written}/>`;
  return `${pad}<${name}${written}>\n${inner.join('\n')}\n${pad}</${name}>`;
}

/** Tabs and line ends in an attribute would become blanks. Source: XML 1.0 §3.3.3. */
function attributeText(value: string): string {
  return escapeXml(value).replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Reads an OVF descriptor of a stranger. Source: DMTF DSP0243 1.1.0. */
import { isTrouble, parseSoapXml, type XmlNode } from '../vim/soap/xml.ts';
import { attribute, child, children, textOf } from './elements.ts';
import type { OvfDisk, OvfFile, OvfPackage } from './model.ts';
import { nameTrouble } from './names.ts';
import { readMachine } from './read-machine.ts';
import { Reading } from './reading.ts';
import { amount } from './units.ts';

export const MAX_DESCRIPTOR_BYTES = 4 * 2 ** 20;
const MAX_FILES = 512;
const MAX_DISKS = 512;
const SECTOR_BYTES = 512;
const MAX_DISK_BYTES = 62 * 2 ** 40;
const XML_LIMITS = { depth: 32, elements: 50_000, attributes: 32 };

/** @param path - for messages. @throws HostError `ovf-bad` */
export function readDescriptor(text: string, path: string): OvfPackage {
  const reading = new Reading(path);
  const envelope = parseSoapXml(text, XML_LIMITS);
  if (isTrouble(envelope)) return reading.bad(`its descriptor is no XML: ${envelope.reason}`);
  if (envelope.name !== 'Envelope')
    reading.bad(`its descriptor begins with <${envelope.name}>, not <Envelope>`);
  reading.checkSections(envelope);
  const files = readFiles(envelope, reading);
  const disks = readDisks(envelope, files, reading);
  const networks = children(child(envelope, 'NetworkSection') ?? EMPTY, 'Network').map((network) => {
    const description = textOf(network, 'Description');
    return { name: reading.need(network, 'name'), ...(description !== undefined && { description }) };
  });
  const configuration = defaultConfiguration(envelope);
  const system = onlySystem(envelope, reading);
  reading.checkSections(system);
  const machine = readMachine(system, { files, disks, configuration }, reading);
  return { files, disks, networks, machine, notes: reading.notes };
}

const EMPTY: XmlNode = { name: '', attributes: [], children: [], text: '' };

function readFiles(envelope: XmlNode, reading: Reading): OvfFile[] {
  const nodes = children(child(envelope, 'References') ?? EMPTY, 'File');
  if (nodes.length > MAX_FILES) reading.bad(`it has more than ${MAX_FILES} files`);
  const files = nodes.map((node): OvfFile => {
    const [id, href] = [reading.need(node, 'id'), reading.need(node, 'href')];
    const trouble = nameTrouble(href);
    if (trouble !== undefined) reading.bad(trouble);
    if (attribute(node, 'chunkSize') !== undefined)
      reading.bad(`"${href}" is in chunks, which are not read here: join them`);
    const size = attribute(node, 'size');
    const sizeBytes = amount(size, undefined);
    if (size !== undefined && sizeBytes === undefined) reading.bad(`"${href}" has the size "${size}"`);
    const compression = attribute(node, 'compression')?.toLowerCase() ?? 'identity';
    if (!['', 'identity', 'gzip'].includes(compression))
      reading.bad(`"${href}" is compressed by "${compression}", which is not known here`);
    return {
      id,
      href,
      ...(sizeBytes !== undefined && { sizeBytes }),
      ...(compression === 'gzip' && { isGzip: true }),
    };
  });
  requireOnce(
    files.map(({ id }) => id),
    'file id',
    reading,
  );
  requireOnce(
    files.map(({ href }) => href.toLowerCase()),
    'file',
    reading,
  );
  return files;
}

function readDisks(envelope: XmlNode, files: readonly OvfFile[], reading: Reading): OvfDisk[] {
  const nodes = children(child(envelope, 'DiskSection') ?? EMPTY, 'Disk');
  if (nodes.length > MAX_DISKS) reading.bad(`it has more than ${MAX_DISKS} disks`);
  const disks = nodes.map((node): OvfDisk => {
    const id = reading.need(node, 'diskId');
    const capacity = reading.need(node, 'capacity');
    const capacityBytes = amount(capacity, attribute(node, 'capacityAllocationUnits'));
    if (
      capacityBytes === undefined ||
      capacityBytes === 0 ||
      capacityBytes % SECTOR_BYTES !== 0 ||
      capacityBytes > MAX_DISK_BYTES
    )
      return reading.bad(
        `disk "${id}" has the capacity "${capacity}": a multiple of 512 bytes, at most 62 TiB`,
      );
    if (attribute(node, 'parentRef') !== undefined)
      reading.bad(`disk "${id}" is built on another one: whole disks are needed`);
    const fileRef = attribute(node, 'fileRef');
    const file = files.find((one) => one.id === fileRef);
    if (fileRef !== undefined && fileRef !== '' && file === undefined)
      reading.bad(`disk "${id}" is in file "${fileRef}", which is not among its files`);
    const format = attribute(node, 'format');
    const populatedBytes = amount(attribute(node, 'populatedSize'), undefined);
    return {
      ...{ id, capacityBytes },
      ...(file && { file }),
      ...(format !== undefined && { format }),
      ...(populatedBytes !== undefined && { populatedBytes }),
    };
  });
  requireOnce(
    disks.map(({ id }) => id),
    'disk id',
    reading,
  );
  return disks;
}

function requireOnce(names: readonly string[], what: string, reading: Reading): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) reading.bad(`the ${what} "${name}" comes twice`);
    seen.add(name);
  }
}

/** Of several sets of hardware the one that is meant when nobody chooses. */
function defaultConfiguration(envelope: XmlNode): string | undefined {
  const all = children(child(envelope, 'DeploymentOptionSection') ?? EMPTY, 'Configuration');
  const chosen = all.find((one) => /^(?:true|1)$/i.test(attribute(one, 'default') ?? '')) ?? all[0];
  return chosen && attribute(chosen, 'id');
}

function onlySystem(envelope: XmlNode, reading: Reading): XmlNode {
  const systems = [envelope, ...children(envelope, 'VirtualSystemCollection')].flatMap((node) =>
    children(node, 'VirtualSystem'),
  );
  const [system] = systems;
  if (system === undefined) return reading.bad('there is no <VirtualSystem> in it');
  if (systems.length > 1) reading.bad(`it has ${systems.length} machines: one is imported at a time`);
  return system;
}

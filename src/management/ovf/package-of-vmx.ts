/** A VM as the package that it becomes: its .vmx in OVF's words, and which files go along. */
import { basename, extname } from 'node:path';
import { DISK_SLOTS, FLOPPY_SLOTS, isCd, MAX_NICS, type Vmx } from '#vmm';
import { type Allocated, readAllocation } from '../vim/vm/allocation.ts';
import { isPresent } from '../vim/vm/devices/read-storage.ts';
import {
  type OvfBus,
  type OvfController,
  type OvfDisk,
  type OvfDrive,
  type OvfFile,
  type OvfNic,
  type OvfOwed,
  type OvfPackage,
  STREAM_FORMAT,
} from './model.ts';
import { nameTrouble } from './names.ts';
import { CONFIG_KEYS, CONTROLLER_TYPES, FILE_KEY, NIC_TYPES, OWN_KEY, SYSTEMS, toOvf } from './vmx-words.ts';

/** A file of the package, and what it is made of: a name as it stands in the .vmx. */
export interface PackedFile {
  readonly file: OvfFile;
  readonly fileName: string;
  /** Disks become streamOptimized, all else stays as it is. */
  readonly isDisk: boolean;
  /** `scsi0:1` of a disk. */
  readonly slot?: string;
}

export interface PackedVm {
  readonly package: OvfPackage;
  readonly files: readonly PackedFile[];
}

const SLOT = /^(scsi|sata|nvme|ide)(\d+):(\d+)$/;
/** What a header of ustar has room for, so that every program reads the archive; and what of that is left for a name with `-disk12.vmdk` behind it. */
const MOST_HREF_BYTES = 100;
const MOST_STEM_BYTES = 80;

export interface PackOptions {
  readonly name: string;
  /** The size of the disk of that name. */
  readonly diskBytes: (fileName: string) => number;
  /** `debian13-64` of a .vmx is VIM's `debian13_64Guest`. */
  readonly guestIds: { ofVmx(text: string): string };
}

export function packageOfVmx(vmx: Vmx, { name, diskBytes, guestIds }: PackOptions): PackedVm {
  const stem = packageName(name);
  const files: PackedFile[] = [];
  const add = (href: string, rest: Omit<PackedFile, 'file'>): OvfFile => {
    const file = { id: `file${files.length + 1}`, href };
    files.push({ file, ...rest });
    return file;
  };
  const { controllers, drives, disks } = storageOf(vmx, stem, diskBytes, add);
  const nics = nicsOf(vmx);
  const extraConfig = extraOf(vmx, (fileName) => {
    const taken = files.map(({ file }) => file.href);
    return add(packedName(basename(fileName), taken, stem), { fileName, isDisk: false });
  });
  const networks = [...new Set(nics.map(({ network }) => network))].map((one) => ({ name: one }));
  const machine = { ...machineOf(vmx, name, guestIds), controllers, drives, nics, extraConfig };
  return { files, package: { files: files.map(({ file }) => file), disks, networks, machine, notes: [] } };
}

/** What files of a package are called after. */
export function packageName(name: string): string {
  return fits(name, MOST_STEM_BYTES) ? name : 'vm';
}

function fits(name: string, mostBytes: number): boolean {
  return nameTrouble(name) === undefined && Buffer.byteLength(name) <= mostBytes;
}

/** What a file is called in a package that has others already: as it is, where that can be. */
export function packedName(own: string, taken: readonly string[], stem: string): string {
  if (fits(own, MOST_HREF_BYTES) && !taken.includes(own)) return own;
  const href = `${stem}-file${taken.length + 1}`;
  const withEnd = `${href}${extname(own)}`;
  return fits(withEnd, MOST_HREF_BYTES) ? withEnd : href;
}

function machineOf(vmx: Vmx, name: string, guestIds: PackOptions['guestIds']) {
  const annotation = vmx.get('annotation') ?? '';
  const guestOs = vmx.get('guestOS') ?? 'other-64';
  const cpus = Number(vmx.get('numvcpus') ?? 1);
  const memoryMib = Number(vmx.get('memSize') ?? 512);
  const cores = Number(vmx.get('cpuid.coresPerSocket') ?? 0);
  const config = CONFIG_KEYS.flatMap(([ovf, key]): [string, string][] => {
    const value = vmx.get(key);
    return value === undefined ? [] : [[ovf, /^(?:true|false)$/i.test(value) ? value.toLowerCase() : value]];
  });
  return {
    ...{ id: name, name, cpus, memoryMib },
    ...(annotation !== '' && { annotation }),
    ...(cores > 0 && { coresPerSocket: cores }),
    osId: SYSTEMS.find(([start]) => start.test(guestOs))?.[1] ?? 1,
    osType: guestIds.ofVmx(guestOs),
    hardware: `vmx-${(vmx.get('virtualHW.version') ?? '21').padStart(2, '0')}`,
    cpuOwed: owedOf(vmx, { kind: 'cpu', size: cpus }),
    memoryOwed: owedOf(vmx, { kind: 'mem', size: memoryMib }),
    config: new Map(config),
  };
}

function owedOf(vmx: Vmx, allocated: Allocated): OvfOwed {
  const { reservation, limit, shares } = readAllocation(vmx, allocated);
  const weight = shares?.level === 'normal' ? 0 : shares?.shares;
  // What is nothing, or no number, is not said.
  const said = Object.entries({ reservation, limit, weight })
    .map(([key, value]) => [key, Number(value)] as const)
    .filter(([, value]) => Number.isSafeInteger(value) && value > 0);
  return Object.fromEntries(said);
}

interface Storage {
  readonly controllers: OvfController[];
  readonly drives: OvfDrive[];
  readonly disks: OvfDisk[];
}

function storageOf(
  vmx: Vmx,
  stem: string,
  diskBytes: (fileName: string) => number,
  add: (href: string, rest: Omit<PackedFile, 'file'>) => OvfFile,
): Storage {
  const [controllers, drives, disks]: [OvfController[], OvfDrive[], OvfDisk[]] = [[], [], []];
  let cdroms = 0;
  for (const { name } of DISK_SLOTS) {
    const [, bus, busNumber = '', unit = ''] = SLOT.exec(name) ?? [];
    if (bus === undefined || !isPresent(vmx, name)) continue;
    const at = {
      parent: controllerFor(vmx, controllers, bus as OvfBus, Number(busNumber)),
      unit: Number(unit),
    };
    if (isCd(vmx, name)) {
      drives.push({ kind: 'cdrom', name: `CD/DVD drive ${++cdroms}`, ...at });
      continue;
    }
    const fileName = vmx.get(`${name}.fileName`) ?? '';
    if (fileName === '') continue;
    const number = disks.length + 1;
    const file = add(`${stem}-disk${number}.vmdk`, { fileName, isDisk: true, slot: name });
    const capacityBytes = diskBytes(fileName);
    const disk = { id: `vmdisk${number}`, capacityBytes, file, format: STREAM_FORMAT };
    disks.push(disk);
    drives.push({ kind: 'disk', name: `Hard disk ${number}`, disk, ...at });
  }
  for (const [number, { name }] of FLOPPY_SLOTS.entries())
    if (isPresent(vmx, name))
      drives.push({ kind: 'floppy', name: `Floppy drive ${number + 1}`, unit: number });
  return { controllers, drives, disks };
}

function controllerFor(vmx: Vmx, all: OvfController[], bus: OvfBus, busNumber: number): string {
  const known = all.find((one) => one.bus === bus && one.busNumber === busNumber);
  if (known) return known.instance;
  const types = CONTROLLER_TYPES[bus];
  const subType = toOvf(types, vmx.get(`${bus}${busNumber}.virtualDev`)) ?? types[0]?.[0];
  const instance = `${bus}${busNumber}`;
  all.push({ instance, bus, busNumber, ...(subType !== undefined && { subType }) });
  return instance;
}

/** A static address is of one machine: it is not packed. */
function nicsOf(vmx: Vmx): OvfNic[] {
  return Array.from({ length: MAX_NICS }, (_, index) => `ethernet${index}`)
    .filter((name) => /^true$/i.test(vmx.get(`${name}.present`) ?? ''))
    .map((name) => ({
      network: vmx.get(`${name}.networkName`) || 'VM Network',
      subType: toOvf(NIC_TYPES, vmx.get(`${name}.virtualDev`)) ?? 'VmxNet3',
    }));
}

/** Lines of the .vmx that mean something elsewhere; files that are booted go along, and are named as in the package. */
function extraOf(vmx: Vmx, add: (fileName: string) => OvfFile): ReadonlyMap<string, string> {
  const extra = new Map<string, string>();
  const shown = new Set(CONFIG_KEYS.map(([, key]) => key.toLowerCase()));
  for (const [key, value] of vmx.entries()) {
    if (OWN_KEY.test(key) || shown.has(key.toLowerCase())) continue;
    if (!FILE_KEY.test(key)) extra.set(key, value);
    else if (value !== '')
      extra.set(
        key,
        value
          .split('|')
          .map((fileName) => `ovf:/file/${add(fileName).id}`)
          .join('|'),
      );
  }
  return extra;
}

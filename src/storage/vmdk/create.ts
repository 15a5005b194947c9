/** New VMDKs: full of zeroes, in each of the formats. */
import { randomBytes } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { HostError } from '#lib';
import { fileProblem, ImageFile } from '../image-file.ts';
import { replaceFile, syncFolder } from '../replace-file.ts';
import {
  type Descriptor,
  type ExtentLine,
  formatDescriptor,
  MAX_DISK_BYTES,
  NO_PARENT_CID,
  SECTOR_BYTES,
} from './descriptor.ts';
import { zeroBuffers } from './extent.ts';
import { layHosted } from './sparse-layout.ts';

/** Formats that a disk can be made in; the names of vmkfstools stand beside ours. */
// biome-ignore format: a table reads in columns
export const DISK_FORMATS = {
  thin:                 { createType: 'vmfs',                 what: 'takes space as it is written' },
  zeroedthick:          { createType: 'vmfs',                 what: 'has its space, zeroes are made at first use' },
  eagerzeroedthick:     { createType: 'vmfs',                 what: 'has its space, full of zeroes' },
  monolithicFlat:       { createType: 'monolithicFlat',       what: 'one file of the bytes, as hosted products have it' },
  monolithicSparse:     { createType: 'monolithicSparse',     what: 'one file that grows' },
  twoGbMaxExtentFlat:   { createType: 'twoGbMaxExtentFlat',   what: 'files of the bytes, of at most 2 GB' },
  twoGbMaxExtentSparse: { createType: 'twoGbMaxExtentSparse', what: 'files that grow, of at most 2 GB' },
  streamOptimized:      { createType: 'streamOptimized',      what: 'one compressed file that is only read' },
} as const;

export type DiskFormat = keyof typeof DISK_FORMATS;

/** What vmkfstools calls them. */
export const FORMAT_ALIASES: Readonly<Record<string, DiskFormat>> = {
  monosparse: 'monolithicSparse',
  monoflat: 'monolithicFlat',
  '2gbsparse': 'twoGbMaxExtentSparse',
  '2gbflat': 'twoGbMaxExtentFlat',
  thick: 'zeroedthick',
  stream: 'streamOptimized',
};

export interface NewDisk {
  readonly path: string;
  readonly sizeBytes: number;
  readonly format: DiskFormat;
}

/** Extents of 2 GB: what VMware's products make. */
export const TWO_GB_SECTORS = 4_192_256;
const ZERO_CHUNK_BYTES = 2 ** 24;
const HEADS = 255;
const TRACK_SECTORS = 63;
const MAX_CYLINDERS = 65_535;

/** Makes a disk full of zeroes; when it fails there is nothing of it. @throws HostError `file-…`, `disk-refused` */
export function createDisk({ path, sizeBytes, format }: NewDisk): void {
  checkSize(path, sizeBytes);
  if (format === 'streamOptimized')
    throw refused(path, 'a streamOptimized disk is only made as a copy of another');
  const made: string[] = [];
  try {
    const lines = makeExtents(path, sizeBytes / SECTOR_BYTES, format, made);
    const descriptor = newDescriptor(format, lines, sizeBytes);
    if (format === 'monolithicSparse') makeWhole(path, descriptor, made);
    else writeNew(path, formatDescriptor(descriptor), made);
    syncFolder(dirname(path));
  } catch (cause) {
    for (const file of made) rmSync(file, { force: true });
    throw fileProblem('make', 'disk', path, cause);
  }
}

/** @throws HostError `disk-refused` for a size that no disk can have */
export function checkSize(path: string, sizeBytes: number): void {
  if (!Number.isSafeInteger(sizeBytes) || sizeBytes <= 0 || sizeBytes % SECTOR_BYTES !== 0)
    throw refused(path, `its size of ${sizeBytes} bytes is not a multiple of 512`);
  if (sizeBytes > MAX_DISK_BYTES) throw refused(path, 'it would be larger than 62 TiB');
}

/** Writes a descriptor file that is not there yet. */
export function writeNew(path: string, text: string, made: string[]): void {
  const file = ImageFile.create(path);
  made.push(path);
  file.close();
  replaceFile(path, text, 'disk');
}

export function newDescriptor(
  format: DiskFormat,
  extents: readonly ExtentLine[],
  sizeBytes: number,
): Descriptor {
  const { createType } = DISK_FORMATS[format];
  const entries = new Map([['encoding', 'UTF-8'], ...dataBase(sizeBytes)]);
  if (format === 'thin') entries.set('ddb.thinProvisioned', '1');
  if (format === 'eagerzeroedthick') entries.set('ddb.vmkernel.zeroed', 'eager');
  return { cid: newCid(), parentCid: NO_PARENT_CID, createType, extents, entries };
}

/** A content ID that no disk has had: not that of "no parent". */
export function newCid(): number {
  const cid = randomBytes(4).readUInt32LE(0);
  return cid === NO_PARENT_CID || cid === 0 ? newCid() : cid;
}

/** The name of a file beside a disk: `a.vmdk` has `a-flat.vmdk`. */
export function besideName(path: string, suffix: string): string {
  return `${basename(path, '.vmdk')}-${suffix}.vmdk`;
}

/** The lines "ddb.…" of a new disk. */
export function dataBase(sizeBytes: number): [string, string][] {
  const cylinders = Math.min(MAX_CYLINDERS, Math.floor(sizeBytes / SECTOR_BYTES / (HEADS * TRACK_SECTORS)));
  return [
    ['ddb.adapterType', 'lsilogic'],
    ['ddb.geometry.cylinders', String(Math.max(1, cylinders))],
    ['ddb.geometry.heads', String(HEADS)],
    ['ddb.geometry.sectors', String(TRACK_SECTORS)],
    ['ddb.longContentID', randomBytes(16).toString('hex')],
    ['ddb.uuid', diskUuid()],
    ['ddb.virtualHWVersion', '21'],
  ];
}

/** As disks of ESXi have it: 16 bytes, of which the first four are VMware's number of a manufacturer. */
function diskUuid(): string {
  const bytes = Buffer.concat([Buffer.from('6000c29', 'hex'), randomBytes(13)]);
  bytes[3] = 0x90 | ((bytes[3] as number) & 0x0f);
  const pairs = [...bytes].map((byte) => byte.toString(16).padStart(2, '0'));
  return `${pairs.slice(0, 8).join(' ')}-${pairs.slice(8).join(' ')}`;
}

function makeExtents(path: string, sectors: number, format: DiskFormat, made: string[]): ExtentLine[] {
  const line = { access: 'RW', sectors, offsetSectors: 0 } as const;
  switch (format) {
    case 'monolithicSparse':
      return [{ ...line, kind: 'SPARSE', fileName: basename(path) }];
    case 'monolithicFlat':
      return [{ ...line, kind: 'FLAT', fileName: makeFlat(path, 'flat', sectors, format, made) }];
    case 'twoGbMaxExtentFlat':
    case 'twoGbMaxExtentSparse':
      return splitExtents(path, sectors, format, made);
    default:
      return [{ ...line, kind: 'VMFS', fileName: makeFlat(path, 'flat', sectors, format, made) }];
  }
}

/** Extents of so many sectors together, behind those that there are; their files are noted in `made`. */
export function splitExtents(
  path: string,
  sectors: number,
  format: DiskFormat,
  made: string[],
  before = 0,
): ExtentLine[] {
  const isFlat = format === 'twoGbMaxExtentFlat';
  const lines: ExtentLine[] = [];
  let number = before;
  // What a host that died has left is in nobody's way.
  const isTaken = (suffix: string) => before > 0 && existsSync(join(dirname(path), besideName(path, suffix)));
  for (let at = 0; at < sectors; at += TWO_GB_SECTORS) {
    const size = Math.min(TWO_GB_SECTORS, sectors - at);
    let suffix: string;
    do suffix = `${isFlat ? 'f' : 's'}${String(++number).padStart(3, '0')}`;
    while (isTaken(suffix));
    const fileName = isFlat
      ? makeFlat(path, suffix, size, format, made)
      : makeSparse(path, suffix, size, made);
    lines.push({ access: 'RW', sectors: size, kind: isFlat ? 'FLAT' : 'SPARSE', fileName, offsetSectors: 0 });
  }
  return lines;
}

function makeFlat(path: string, suffix: string, sectors: number, format: DiskFormat, made: string[]): string {
  const name = besideName(path, suffix);
  const file = ImageFile.create(join(dirname(path), name), 'extent');
  made.push(file.path);
  try {
    provide(file, 0, sectors * SECTOR_BYTES, format);
  } finally {
    file.close();
  }
  return name;
}

/** Makes a span of a flat extent as the format has it. @throws the system's error, ENOSPC when there is no room */
export function provide(
  file: ImageFile,
  from: number,
  to: number,
  format: DiskFormat | 'delta' | 'other',
): void {
  const isThick = format === 'zeroedthick' || format === 'eagerzeroedthick';
  if (isThick && !file.allocate(from, to - from)) requireRoom(file, from, to);
  if (format === 'eagerzeroedthick') {
    const zeroes = zeroBuffers(ZERO_CHUNK_BYTES);
    for (let at = from; at < to; at += ZERO_CHUNK_BYTES) {
      file.write(to - at < ZERO_CHUNK_BYTES ? zeroBuffers(to - at) : zeroes, at);
    }
  }
  file.resize(to);
}

/** Where space cannot be set aside, zeroes are written: a thick disk never finds its datastore full. */
function requireRoom(file: ImageFile, from: number, to: number): void {
  for (let at = from; at < to; at += ZERO_CHUNK_BYTES) {
    file.write(zeroBuffers(Math.min(ZERO_CHUNK_BYTES, to - at)), at);
  }
}

function makeSparse(path: string, suffix: string, sectors: number, made: string[]): string {
  const name = besideName(path, suffix);
  const file = ImageFile.create(join(dirname(path), name), 'extent');
  made.push(file.path);
  try {
    layHosted(file, sectors, undefined);
  } finally {
    file.close();
  }
  return name;
}

function makeWhole(path: string, descriptor: Descriptor, made: string[]): void {
  const file = ImageFile.create(path);
  made.push(path);
  try {
    layHosted(file, descriptor.extents[0]?.sectors ?? 0, formatDescriptor(descriptor));
  } finally {
    file.close();
  }
}

function refused(path: string, reason: string): HostError {
  return new HostError('disk-refused', { action: 'make', path, reason });
}

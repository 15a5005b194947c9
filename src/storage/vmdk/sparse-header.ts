/** Headers of sparse extents: hosted ones (KDMV) and those of ESX (COWD). Source: VMware Virtual Disk Format 1.1, "Hosted Sparse Extents", "ESX Server Sparse Extents". */
import { readU16, readU32, readU64, writeU16, writeU32, writeU64 } from '#lib';
import { MAX_DISK_BYTES, type Malformed, SECTOR_BYTES } from './descriptor.ts';

/** Where the tables of a sparse extent are and what it holds; offsets and sizes in sectors. */
export interface SparseHeader {
  readonly format: 'hosted' | 'cowd';
  readonly version: number;
  readonly flags: number;
  readonly capacity: number;
  readonly grainSectors: number;
  readonly tableEntries: number;
  readonly directoryAt: number;
  /** The second directory of a hosted extent; 0: there is none. */
  readonly redundantAt: number;
  readonly descriptorAt: number;
  readonly descriptorSectors: number;
  /** Grains begin here at the earliest. */
  readonly overhead: number;
  readonly isCompressed: boolean;
  /** It was not closed. */
  readonly isUnclean: boolean;
}

export const FLAG = {
  newLineTest: 1,
  redundant: 2,
  zeroGrain: 4,
  compressed: 0x1_0000,
  markers: 0x2_0000,
} as const;
export const HOSTED_TABLE_ENTRIES = 512;
export const COWD_TABLE_ENTRIES = 4096;
/** The directory is at the end: a footer tells where. */
export const DIRECTORY_AT_END = 2 ** 64 - 1;
export const HEADER_BYTES = 512;
/** In a COWD extent, the header has so many sectors and the directory follows. */
export const COWD_DIRECTORY_AT = 4;

/** Field places. */
// biome-ignore format: a table reads in columns
const HOSTED = { magic: 0, version: 4, flags: 8, capacity: 12, grainSize: 20, descriptorOffset: 28, descriptorSize: 36, tableEntries: 44, redundant: 48, directory: 56, overhead: 64, unclean: 72, newLines: 73, compression: 77 } as const;
// biome-ignore format: a table reads in columns
const COWD = { magic: 0, version: 4, flags: 8, sectors: 12, grainSize: 16, directory: 20, entries: 24, free: 28, unclean: 1648 } as const;
const MAGIC = { hosted: 0x564d_444b, cowd: 0x4457_4f43 } as const;
/** What a transfer as text would have spoiled. */
const NEW_LINES = Uint8Array.of(0x0a, 0x20, 0x0d, 0x0a);
const DEFLATE = 1;
const MAX_GRAIN_SECTORS = 2 ** 13;
/** Entries of a directory in memory; 62 TiB of hosted extents with grains of 64 KiB have 2 million. */
const MAX_DIRECTORY_ENTRIES = 2 ** 22;
const COWD_BYTES = COWD_DIRECTORY_AT * SECTOR_BYTES;

/** Which sparse format a file that begins so has. */
export function sparseFormat(head: Uint8Array): 'hosted' | 'cowd' | undefined {
  if (head.length < 4) return undefined;
  const magic = readU32(head, 0);
  return magic === MAGIC.hosted ? 'hosted' : magic === MAGIC.cowd ? 'cowd' : undefined;
}

export function parseSparseHeader(head: Uint8Array): SparseHeader | Malformed {
  const format = sparseFormat(head);
  if (format === undefined) return { reason: 'it does not begin as a sparse extent does' };
  if (head.length < (format === 'hosted' ? HEADER_BYTES : COWD_BYTES))
    return { reason: 'it ends within its header' };
  const header = format === 'hosted' ? parseHosted(head) : parseCowd(head);
  return 'reason' in header ? header : checked(header);
}

export function emitSparseHeader(header: SparseHeader): Uint8Array<ArrayBuffer> {
  return header.format === 'hosted' ? emitHosted(header) : emitCowd(header);
}

/** Entries of the directory. */
export function directoryEntries({ capacity, grainSectors, tableEntries }: SparseHeader): number {
  return Math.ceil(capacity / (grainSectors * tableEntries));
}

function parseHosted(head: Uint8Array): SparseHeader | Malformed {
  const long = (at: number): number => Number(readU64(head, at));
  const flags = readU32(head, HOSTED.flags);
  const hasLines = NEW_LINES.every((byte, i) => head[HOSTED.newLines + i] === byte);
  if ((flags & FLAG.newLineTest) !== 0 && !hasLines)
    return { reason: 'its header was changed by a transfer as text' };
  const isCompressed = (flags & FLAG.compressed) !== 0;
  const compression = readU16(head, HOSTED.compression);
  if (isCompressed && compression !== DEFLATE) return { reason: `it is compressed in way ${compression}` };
  return {
    format: 'hosted',
    version: readU32(head, HOSTED.version),
    flags,
    capacity: long(HOSTED.capacity),
    grainSectors: long(HOSTED.grainSize),
    tableEntries: readU32(head, HOSTED.tableEntries),
    directoryAt: long(HOSTED.directory),
    redundantAt: (flags & FLAG.redundant) === 0 ? 0 : long(HOSTED.redundant),
    descriptorAt: long(HOSTED.descriptorOffset),
    descriptorSectors: long(HOSTED.descriptorSize),
    overhead: long(HOSTED.overhead),
    isCompressed,
    isUnclean: head[HOSTED.unclean] !== 0,
  };
}

function parseCowd(head: Uint8Array): SparseHeader {
  return {
    format: 'cowd',
    version: readU32(head, COWD.version),
    flags: readU32(head, COWD.flags),
    capacity: readU32(head, COWD.sectors),
    grainSectors: readU32(head, COWD.grainSize),
    tableEntries: COWD_TABLE_ENTRIES,
    directoryAt: readU32(head, COWD.directory),
    redundantAt: 0,
    descriptorAt: 0,
    descriptorSectors: 0,
    overhead: readU32(head, COWD.directory),
    isCompressed: false,
    isUnclean: head[COWD.unclean] !== 0,
  };
}

/** A header's numbers within bounds: everything that is computed of them is exact and finite. */
function checked(header: SparseHeader): SparseHeader | Malformed {
  const { format, version, capacity, grainSectors, tableEntries, directoryAt, descriptorSectors } = header;
  if (version < 1 || version > 3) return { reason: `its version is ${version}` };
  if (capacity === 0 || capacity > MAX_DISK_BYTES / SECTOR_BYTES)
    return { reason: `it has ${capacity} sectors` };
  const isPower = (grainSectors & (grainSectors - 1)) === 0;
  if (grainSectors < 1 || grainSectors > MAX_GRAIN_SECTORS || !isPower)
    return { reason: `it has grains of ${grainSectors} sectors` };
  if (format === 'hosted' && (tableEntries < 1 || tableEntries > HOSTED_TABLE_ENTRIES))
    return { reason: `it has tables of ${tableEntries} entries` };
  if (directoryEntries(header) > MAX_DIRECTORY_ENTRIES) return { reason: 'its directory is too large' };
  if (descriptorSectors > MAX_DISK_BYTES / SECTOR_BYTES) return { reason: 'its descriptor is too large' };
  const isAtEnd = directoryAt === DIRECTORY_AT_END && header.isCompressed;
  if (!isAtEnd && (directoryAt === 0 || directoryAt > 2 ** 40))
    return { reason: `its directory is at sector ${directoryAt}` };
  return header;
}

function emitHosted(header: SparseHeader): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEADER_BYTES);
  const long = (at: number, value: number) =>
    writeU64(bytes, at, value === DIRECTORY_AT_END ? 0xffff_ffff_ffff_ffffn : BigInt(value));
  writeU32(bytes, HOSTED.magic, MAGIC.hosted);
  writeU32(bytes, HOSTED.version, header.version);
  writeU32(bytes, HOSTED.flags, header.flags);
  long(HOSTED.capacity, header.capacity);
  long(HOSTED.grainSize, header.grainSectors);
  long(HOSTED.descriptorOffset, header.descriptorAt);
  long(HOSTED.descriptorSize, header.descriptorSectors);
  writeU32(bytes, HOSTED.tableEntries, header.tableEntries);
  long(HOSTED.redundant, header.redundantAt);
  long(HOSTED.directory, header.directoryAt);
  long(HOSTED.overhead, header.overhead);
  bytes[HOSTED.unclean] = header.isUnclean ? 1 : 0;
  bytes.set(NEW_LINES, HOSTED.newLines);
  writeU16(bytes, HOSTED.compression, header.isCompressed ? DEFLATE : 0);
  return bytes;
}

function emitCowd(header: SparseHeader): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(COWD_BYTES);
  writeU32(bytes, COWD.magic, MAGIC.cowd);
  writeU32(bytes, COWD.version, header.version);
  writeU32(bytes, COWD.flags, header.flags);
  writeU32(bytes, COWD.sectors, header.capacity);
  writeU32(bytes, COWD.grainSize, header.grainSectors);
  writeU32(bytes, COWD.directory, header.directoryAt);
  writeU32(bytes, COWD.entries, directoryEntries(header));
  writeU32(bytes, COWD.free, header.overhead);
  bytes[COWD.unclean] = header.isUnclean ? 1 : 0;
  return bytes;
}

/** Where the byte is in the header that says that an extent is open for writing. */
export function uncleanByteAt({ format }: SparseHeader): number {
  return format === 'hosted' ? HOSTED.unclean : COWD.unclean;
}

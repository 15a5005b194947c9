/** Where things are in a new sparse extent, and in one that grows. */
import { alignUp } from '#lib';
import type { ImageFile } from '../image-file.ts';
import { SECTOR_BYTES } from './descriptor.ts';
import {
  COWD_DIRECTORY_AT,
  COWD_TABLE_ENTRIES,
  directoryEntries,
  emitSparseHeader,
  FLAG,
  HEADER_BYTES,
  HOSTED_TABLE_ENTRIES,
  type SparseHeader,
} from './sparse-header.ts';

/** Grains of hosted extents: what VMware's products and QEMU make. */
const HOSTED_GRAIN_SECTORS = 128;
/** Grains of redo logs: a guest's page, so that its writes need nothing of the parent. */
const COWD_GRAIN_SECTORS = 8;
/** Room for the descriptor within a hosted extent. */
const DESCRIPTOR = { at: 1, sectors: 20 } as const;
const ENTRY_BYTES = 4;
const COWD_FLAGS = 3;

/** Writes an empty extent; with a descriptor, it is a disk by itself. */
export function layHosted(file: ImageFile, capacity: number, descriptor: string | undefined): SparseHeader {
  const header = hostedHeader(capacity, descriptor !== undefined);
  file.write([emitSparseHeader(header)], 0);
  if (descriptor !== undefined) writeEmbedded(file, header, descriptor);
  layTables(file, header);
  file.resize(header.overhead * SECTOR_BYTES);
  return header;
}

/** Writes an empty redo log. */
export function layCowd(file: ImageFile, capacity: number): SparseHeader {
  const empty = { format: 'cowd', version: 1, flags: COWD_FLAGS, capacity, overhead: 0 } as const;
  const header: SparseHeader = {
    ...empty,
    ...{ grainSectors: COWD_GRAIN_SECTORS, tableEntries: COWD_TABLE_ENTRIES },
    ...{ directoryAt: COWD_DIRECTORY_AT, redundantAt: 0, descriptorAt: 0, descriptorSectors: 0 },
    ...{ isCompressed: false, isUnclean: false },
  };
  const end = alignUp(COWD_DIRECTORY_AT + sectorsOf(directoryEntries(header)), COWD_GRAIN_SECTORS);
  const placed = { ...header, overhead: end };
  file.write([emitSparseHeader(placed)], 0);
  file.resize(end * SECTOR_BYTES);
  return placed;
}

/** The descriptor within a hosted extent. Preconditions: there is room. */
export function writeEmbedded(file: ImageFile, header: SparseHeader, text: string): void {
  const bytes = new Uint8Array(header.descriptorSectors * SECTOR_BYTES);
  const encoded = new TextEncoder().encode(text);
  if (encoded.length > bytes.length) throw new Error(`its descriptor has more than ${bytes.length} bytes`);
  bytes.set(encoded);
  file.write([bytes], header.descriptorAt * SECTOR_BYTES);
}

/**
 * Gives an extent a larger capacity. New directories are written behind everything, and count when the header says so,
 * in one write.
 */
export function regrow(file: ImageFile, header: SparseHeader, capacity: number): SparseHeader {
  const larger = { ...header, capacity };
  const grown = relaid(file, header, larger);
  file.flush();
  file.write([emitSparseHeader(grown).subarray(0, HEADER_BYTES)], 0);
  file.flush();
  return grown;
}

/** Where directories and tables are in the larger one. */
function relaid(file: ImageFile, header: SparseHeader, larger: SparseHeader): SparseHeader {
  const [before, now] = [directoryEntries(header), directoryEntries(larger)];
  if (now === before) return larger;
  let end = alignUp(Math.ceil(file.sizeBytes / SECTOR_BYTES), header.grainSectors);
  const place = (sectors: number): number => (end += sectors) - sectors;
  const copy = (at: number): number => {
    const directory = new Uint32Array(now);
    file.read([new Uint8Array(directory.buffer, 0, before * ENTRY_BYTES)], at * SECTOR_BYTES);
    const to = place(sectorsOf(now));
    if (header.format === 'hosted') {
      const tables = place((now - before) * sectorsOf(header.tableEntries));
      for (let i = before; i < now; i++)
        directory[i] = tables + (i - before) * sectorsOf(header.tableEntries);
    }
    file.resize(end * SECTOR_BYTES);
    file.write([new Uint8Array(directory.buffer)], to * SECTOR_BYTES);
    return to;
  };
  const redundantAt = header.redundantAt === 0 ? 0 : copy(header.redundantAt);
  const directoryAt = copy(header.directoryAt);
  file.resize(alignUp(end, header.grainSectors) * SECTOR_BYTES);
  return { ...larger, redundantAt, directoryAt };
}

function hostedHeader(capacity: number, isAlone: boolean): SparseHeader {
  const header: SparseHeader = {
    ...{ format: 'hosted', version: 1, flags: FLAG.newLineTest | FLAG.redundant, capacity },
    ...{ grainSectors: HOSTED_GRAIN_SECTORS, tableEntries: HOSTED_TABLE_ENTRIES },
    ...{ descriptorAt: isAlone ? DESCRIPTOR.at : 0, descriptorSectors: isAlone ? DESCRIPTOR.sectors : 0 },
    ...{ directoryAt: 0, redundantAt: 0, overhead: 0, isCompressed: false, isUnclean: false },
  };
  const tables = directoryEntries(header);
  const size = sectorsOf(tables) + tables * sectorsOf(HOSTED_TABLE_ENTRIES);
  const redundantAt = DESCRIPTOR.at + DESCRIPTOR.sectors;
  const directoryAt = redundantAt + size;
  return { ...header, redundantAt, directoryAt, overhead: alignUp(directoryAt + size, HOSTED_GRAIN_SECTORS) };
}

/** Both directories, each with its tables behind it. */
function layTables(file: ImageFile, header: SparseHeader): void {
  const tables = directoryEntries(header);
  for (const at of [header.redundantAt, header.directoryAt]) {
    const first = at + sectorsOf(tables);
    const directory = Uint32Array.from(
      { length: tables },
      (_, i) => first + i * sectorsOf(header.tableEntries),
    );
    file.write([new Uint8Array(directory.buffer)], at * SECTOR_BYTES);
  }
}

/** Sectors of so many entries. */
function sectorsOf(entries: number): number {
  return Math.ceil((entries * ENTRY_BYTES) / SECTOR_BYTES);
}

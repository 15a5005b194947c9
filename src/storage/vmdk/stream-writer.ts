/** A streamOptimized disk: header, descriptor, compressed grains with markers, tables, footer, front to back. Source: VMware Virtual Disk Format 1.1, "Stream-Optimized Compressed Sparse Extents". */
import { alignUp, writeU32, writeU64 } from '#lib';
import { newDescriptor } from './create.ts';
import { formatDescriptor, SECTOR_BYTES } from './descriptor.ts';
import { MAX_FILE_SECTORS } from './grain-tables.ts';
import {
  DIRECTORY_AT_END,
  directoryEntries,
  emitSparseHeader,
  FLAG,
  HOSTED_TABLE_ENTRIES,
  type SparseHeader,
} from './sparse-header.ts';

export const STREAM_GRAIN_BYTES = 2 ** 16;
const MARKER = { endOfStream: 0, table: 1, directory: 2, footer: 3 } as const;
const DESCRIPTOR_SECTORS = 20;
/** How much zlib tries. */
export const STREAM_LEVEL = 6;

/** Owner: one copy. Grains come in the order of the disk; those of zeroes do not come. */
export class StreamWriter {
  readonly #put: (block: Uint8Array) => void;
  readonly #header: SparseHeader;
  readonly #directory: Uint32Array<ArrayBuffer>;
  #table = new Uint32Array(HOSTED_TABLE_ENTRIES);
  #tableIndex = 0;
  #at = 0;

  /** @param put - takes the blocks of the file, front to back */
  constructor(put: (block: Uint8Array) => void, capacity: number, descriptor: string) {
    this.#put = put;
    this.#header = {
      ...{ format: 'hosted', version: 3, flags: FLAG.newLineTest | FLAG.compressed | FLAG.markers, capacity },
      ...{ grainSectors: STREAM_GRAIN_BYTES / SECTOR_BYTES, tableEntries: HOSTED_TABLE_ENTRIES },
      ...{
        directoryAt: DIRECTORY_AT_END,
        redundantAt: 0,
        descriptorAt: 1,
        descriptorSectors: DESCRIPTOR_SECTORS,
      },
      ...{ overhead: STREAM_GRAIN_BYTES / SECTOR_BYTES, isCompressed: true, isUnclean: false },
    };
    this.#directory = new Uint32Array(directoryEntries(this.#header));
    const start = new Uint8Array(this.#header.overhead * SECTOR_BYTES);
    start.set(emitSparseHeader(this.#header));
    const text = new TextEncoder().encode(descriptor);
    start.set(text.subarray(0, DESCRIPTOR_SECTORS * SECTOR_BYTES), SECTOR_BYTES);
    this.#append(start);
  }

  /** @param compressed - deflated, with zlib's header */
  grain(grain: number, compressed: Uint8Array): void {
    const index = Math.floor(grain / HOSTED_TABLE_ENTRIES);
    if (index !== this.#tableIndex) this.#endTable();
    this.#tableIndex = index;
    this.#table[grain % HOSTED_TABLE_ENTRIES] = this.#at;
    const block = new Uint8Array(alignUp(12 + compressed.length, SECTOR_BYTES));
    writeU64(block, 0, BigInt(grain * this.#header.grainSectors));
    writeU32(block, 8, compressed.length);
    block.set(compressed, 12);
    this.#append(block);
  }

  finish(): void {
    this.#endTable();
    const directory = new Uint8Array(alignUp(this.#directory.byteLength, SECTOR_BYTES));
    directory.set(new Uint8Array(this.#directory.buffer));
    this.#marker(MARKER.directory, directory.length / SECTOR_BYTES);
    const directoryAt = this.#at;
    this.#append(directory);
    this.#marker(MARKER.footer, 1);
    this.#append(emitSparseHeader({ ...this.#header, directoryAt }));
    this.#marker(MARKER.endOfStream, 0);
  }

  #endTable(): void {
    if (this.#table.every((entry) => entry === 0)) return;
    this.#marker(MARKER.table, this.#table.byteLength / SECTOR_BYTES);
    this.#directory[this.#tableIndex] = this.#at;
    this.#append(new Uint8Array(this.#table.buffer));
    this.#table = new Uint32Array(HOSTED_TABLE_ENTRIES);
  }

  /** A sector that says what follows: how many sectors, and of what. */
  #marker(type: number, sectors: number): void {
    const block = new Uint8Array(SECTOR_BYTES);
    writeU64(block, 0, BigInt(sectors));
    writeU32(block, 12, type);
    this.#append(block);
  }

  #append(block: Uint8Array): void {
    if (this.#at + block.length / SECTOR_BYTES > MAX_FILE_SECTORS)
      throw new Error('a streamOptimized disk cannot have more than 2 TiB');
    this.#put(block);
    this.#at += block.length / SECTOR_BYTES;
  }
}

/** The descriptor of a new streamOptimized disk. */
export function streamDescriptor(fileName: string, sizeBytes: number): string {
  const sectors = sizeBytes / SECTOR_BYTES;
  const line = { access: 'RW', sectors, kind: 'SPARSE', fileName, offsetSectors: 0 } as const;
  return formatDescriptor(newDescriptor('streamOptimized', [line], sizeBytes));
}

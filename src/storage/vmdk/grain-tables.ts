/** Directory and tables of a sparse extent: where each grain is in the file. Read as needed, written in an order that survives a crash. */
import type { ImageFile } from '../image-file.ts';
import { SECTOR_BYTES } from './descriptor.ts';
import { directoryEntries, type SparseHeader } from './sparse-header.ts';

/** Entry of a grain that is not here, and of one that is full of zeroes. */
export const ABSENT = 0;
export const ZEROED = 1;

const ENTRY_BYTES = 4;
/** Tables kept in memory: 8 MiB of hosted ones. */
const MAX_TABLES = 4096;
/** Tables that wait to be written, at most. */
const MAX_DIRTY = 1024;
/** Entries hold sectors in 32 bits. */
export const MAX_FILE_SECTORS = 2 ** 32 - 1;

interface Table {
  readonly entries: Uint32Array<ArrayBuffer>;
  isDirty: boolean;
  /** It is in no directory of the file yet. */
  isNew: boolean;
}

/**
 * What was set is in memory until `commit`, which sees to it that what an entry points at is safe before the entry is:
 * a crash at any moment leaves grains that nobody points at, and no entry that points at another's bytes.
 */
export class GrainTables {
  readonly #file: ImageFile;
  readonly #header: SparseHeader;
  readonly #directory: Uint32Array<ArrayBuffer>;
  readonly #redundant: Uint32Array<ArrayBuffer> | undefined;
  readonly #tables = new Map<number, Table>();
  #dirty = 0;
  #places: ReadonlySet<number> | undefined;

  /** @throws the system's error, or one that says which entry is outside the file */
  constructor(file: ImageFile, header: SparseHeader) {
    this.#file = file;
    this.#header = header;
    this.#directory = readWords(file, header.directoryAt, directoryEntries(header));
    for (const [index, sector] of this.#directory.entries()) this.#checkTable(index, sector);
    const { redundantAt } = header;
    this.#redundant = redundantAt === 0 ? undefined : readWords(file, redundantAt, directoryEntries(header));
    for (const [index, sector] of this.#redundant?.entries() ?? []) this.#checkTable(index, sector);
  }

  /** Where a grain is: a sector, ABSENT, or ZEROED. @throws when its table cannot be read */
  get(grain: number): number {
    const { tableEntries } = this.#header;
    const index = Math.floor(grain / tableEntries);
    const table = this.#tables.get(index) ?? this.#load(index);
    return table === undefined ? ABSENT : (table.entries[grain - index * tableEntries] as number);
  }

  /** `allocate` gives the place of new tables: sectors at the end of the file. */
  set(grain: number, value: number, allocate: (sectors: number) => number): void {
    const { tableEntries } = this.#header;
    const index = Math.floor(grain / tableEntries);
    const table = this.#tables.get(index) ?? this.#load(index) ?? this.#make(index, allocate);
    table.entries[grain - index * tableEntries] = value;
    if (table.isDirty) return;
    table.isDirty = true;
    this.#dirty++;
  }

  get isDirty(): boolean {
    return this.#dirty > 0;
  }

  /** There is so much to write that it should be. */
  get isFull(): boolean {
    return this.#dirty >= MAX_DIRTY;
  }

  /** Writes what was set; safe when it returns. */
  commit(): void {
    if (this.#dirty === 0) return;
    this.#file.flush();
    const dirty = [...this.#tables].filter(([, table]) => table.isDirty);
    for (const [index, { entries }] of dirty) {
      if (this.#redundant !== undefined) this.#write(this.#redundant[index] as number, entries);
      this.#write(this.#directory[index] as number, entries);
    }
    this.#file.flush();
    if (dirty.some(([, { isNew }]) => isNew)) this.#writeDirectories();
    for (const [, table] of dirty) table.isDirty = table.isNew = false;
    this.#dirty = 0;
    this.#forgetSome();
  }

  /** All grains that are in the file, in order of the disk: `visit(grain, sector)`. */
  each(visit: (grain: number, sector: number) => void): void {
    const { tableEntries } = this.#header;
    for (const index of this.#directory.keys()) {
      for (const [i, sector] of this.#load(index)?.entries.entries() ?? []) {
        if (sector !== ABSENT) visit(index * tableEntries + i, sector);
      }
    }
  }

  /** Whether the header, a directory or a table lies in a span of the file. */
  isTable(sector: number, sectors: number): boolean {
    const { directoryAt, redundantAt, tableEntries } = this.#header;
    const directory = Math.ceil((this.#directory.length * ENTRY_BYTES) / SECTOR_BYTES);
    const table = Math.ceil((tableEntries * ENTRY_BYTES) / SECTOR_BYTES);
    const meets = (at: number, size: number) => at < sector + sectors && sector < at + size;
    if (meets(0, 1) || meets(directoryAt, directory)) return true;
    if (redundantAt !== 0 && meets(redundantAt, directory)) return true;
    this.#places ??= new Set([...this.#directory, ...(this.#redundant ?? [])].filter((at) => at !== 0));
    for (let at = sector - table + 1; at < sector + sectors; at++) if (this.#places.has(at)) return true;
    return false;
  }

  /** First of the disk's grains from `grain` on in whose table anything may be. */
  skipEmpty(grain: number): number {
    const { tableEntries } = this.#header;
    let index = Math.floor(grain / tableEntries);
    if (this.#directory[index] !== 0) return grain;
    while (index < this.#directory.length && this.#directory[index] === 0) index++;
    return index * tableEntries;
  }

  #load(index: number): Table | undefined {
    const known = this.#tables.get(index);
    if (known !== undefined) return known;
    const sector = this.#directory[index] as number;
    if (sector === 0) return undefined;
    const entries = readWords(this.#file, sector, this.#header.tableEntries);
    const table = { entries, isDirty: false, isNew: false };
    this.#tables.set(index, table);
    this.#forgetSome();
    return table;
  }

  #make(index: number, allocate: (sectors: number) => number): Table {
    const sectors = Math.ceil((this.#header.tableEntries * ENTRY_BYTES) / SECTOR_BYTES);
    this.#directory[index] = allocate(sectors);
    if (this.#redundant !== undefined) this.#redundant[index] = allocate(sectors);
    const table = { entries: new Uint32Array(this.#header.tableEntries), isDirty: false, isNew: true };
    this.#tables.set(index, table);
    return table;
  }

  #writeDirectories(): void {
    if (this.#redundant !== undefined) this.#write(this.#header.redundantAt, this.#redundant);
    this.#write(this.#header.directoryAt, this.#directory);
    this.#file.flush();
  }

  #write(sector: number, words: Uint32Array<ArrayBuffer>): void {
    this.#file.write([new Uint8Array(words.buffer)], sector * SECTOR_BYTES);
  }

  /** The oldest that need not be written go. */
  #forgetSome(): void {
    if (this.#tables.size <= MAX_TABLES) return;
    for (const [index, { isDirty }] of this.#tables) {
      if (this.#tables.size <= MAX_TABLES) return;
      if (!isDirty) this.#tables.delete(index);
    }
  }

  #checkTable(index: number, sector: number): void {
    const end = sector * SECTOR_BYTES + this.#header.tableEntries * ENTRY_BYTES;
    if (sector === 0 || (sector !== 1 && end <= this.#file.sizeBytes)) return;
    throw new Error(`entry ${index} of the grain directory points outside the file, at sector ${sector}`);
  }
}

/** 32-bit words, little-endian as the machine's. */
function readWords(file: ImageFile, sector: number, count: number): Uint32Array<ArrayBuffer> {
  const words = new Uint32Array(count);
  file.read([new Uint8Array(words.buffer)], sector * SECTOR_BYTES);
  return words;
}

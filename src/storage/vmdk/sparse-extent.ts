/** An extent that has only those grains that were written, each somewhere in its file: hosted sparse and COWD. */
import { alignUp } from '#lib';
import { byteLength } from '../file-disk.ts';
import type { ImageFile } from '../image-file.ts';
import { SECTOR_BYTES } from './descriptor.ts';
import { BufferCursor, type Extent, type ReadBelow, type Span } from './extent.ts';
import { ABSENT, GrainTables, MAX_FILE_SECTORS, ZEROED } from './grain-tables.ts';
import { emitSparseHeader, type SparseHeader, uncleanByteAt } from './sparse-header.ts';
import { regrow } from './sparse-layout.ts';

/** Grains looked at for one span: a span of many is asked for again. */
const MAX_RUN_GRAINS = 4096;
/** The file grows in steps; what was too much goes when it is closed. */
const GROWTH_BYTES = 2 ** 22;

/**
 * New grains go to the end of the file; they are entered in the tables with the next flush, after their content is
 * safe. Grains that are given up become holes and are used again when no table names them any more.
 */
export class SparseExtent implements Extent {
  readonly #file: ImageFile;
  #header: SparseHeader;
  #tables: GrainTables;
  /** First sector behind all that is in use. */
  #endSector: number;
  readonly #free: number[] = [];
  /** Given up, but tables on the disk still name them. */
  #leaving: number[] = [];
  #isMarkedOpen = false;

  /** @throws the system's error, or one that says what is wrong with its tables */
  constructor(file: ImageFile, header: SparseHeader) {
    this.#file = file;
    this.#header = header;
    this.#tables = new GrainTables(file, header);
    const end = Math.max(header.overhead, Math.ceil(file.sizeBytes / SECTOR_BYTES));
    this.#endSector = alignUp(end, header.grainSectors);
  }

  get sizeBytes(): number {
    return this.#header.capacity * SECTOR_BYTES;
  }

  get isDirty(): boolean {
    return this.#tables.isDirty;
  }

  get usedBytes(): number {
    return this.#file.usedBytes;
  }

  get isUnclean(): boolean {
    return this.#header.isUnclean;
  }

  get path(): string {
    return this.#file.path;
  }

  get header(): SparseHeader {
    return this.#header;
  }

  get fileBytes(): number {
    return this.#file.sizeBytes;
  }

  get tables(): GrainTables {
    return this.#tables;
  }

  span(offset: number, length: number): Span {
    const { grainBytes } = this;
    const first = Math.floor(offset / grainBytes);
    const entry = this.#tables.get(first);
    const kind = this.#kindOf(entry);
    const lastWanted = Math.floor((offset + length - 1) / grainBytes);
    let grain = first + 1;
    if (kind === 'absent') grain = Math.max(grain, this.#tables.skipEmpty(first));
    const last = Math.min(lastWanted, first + MAX_RUN_GRAINS);
    for (; grain <= last; grain++) {
      const next = this.#tables.get(grain);
      const continues =
        kind === 'data'
          ? next === entry + (grain - first) * this.#header.grainSectors
          : this.#kindOf(next) === kind;
      if (!continues) break;
    }
    return { kind, length: Math.min(length, grain * grainBytes - offset) };
  }

  contentSpan(offset: number, length: number): Span {
    return this.span(offset, length);
  }

  read(buffers: readonly Uint8Array[], offset: number): void {
    this.#file.read(buffers, this.#placeOf(offset));
  }

  write(buffers: readonly Uint8Array[], offset: number, below: ReadBelow): void {
    const cursor = new BufferCursor(buffers);
    const end = offset + byteLength(buffers);
    this.#markOpen();
    for (let at = offset; at < end; ) {
      const { kind, length } = this.span(at, end - at);
      if (kind === 'data') this.#file.write(cursor.take(length), this.#placeOf(at));
      else this.#writeNew(cursor, at, length, kind === 'zero' ? undefined : below);
      at += length;
    }
    if (this.#tables.isFull) this.#commit();
  }

  zero(offset: number, length: number, unmap: boolean, below: ReadBelow, hasBelow: boolean): void {
    this.#markOpen();
    for (let at = offset; at < offset + length; ) {
      const { kind, length: run } = this.span(at, offset + length - at);
      if (kind === 'data') this.#zeroData(at, run, unmap, hasBelow);
      else if (kind === 'absent' && hasBelow) this.#zeroAbsent(at, run, below);
      at += run;
    }
    if (this.#tables.isFull) this.#commit();
  }

  flush(): void {
    if (this.#tables.isDirty) this.#commit();
    else this.#file.flush();
  }

  grow(sizeBytes: number): void {
    this.#commit();
    this.#header = regrow(this.#file, this.#header, sizeBytes / SECTOR_BYTES);
    this.#tables = new GrainTables(this.#file, this.#header);
    this.#endSector = alignUp(Math.ceil(this.#file.sizeBytes / SECTOR_BYTES), this.#header.grainSectors);
  }

  share(): void {
    this.#settle();
    this.#file.share();
  }

  close(): void {
    try {
      this.#settle();
    } finally {
      this.#file.close();
    }
  }

  /** Nothing is left to be written. */
  #settle(): void {
    if (!this.#isMarkedOpen) return;
    this.#commit();
    this.#file.resize(this.#endSector * SECTOR_BYTES);
    this.#writeOpenMark(false);
    this.#isMarkedOpen = false;
  }

  get grainBytes(): number {
    return this.#header.grainSectors * SECTOR_BYTES;
  }

  #kindOf(entry: number): Span['kind'] {
    if (entry === ABSENT) return 'absent';
    return entry === ZEROED ? 'zero' : 'data';
  }

  /** Where a byte is in the file. Preconditions: its grain is there. */
  #placeOf(offset: number): number {
    const grain = Math.floor(offset / this.grainBytes);
    return this.#tables.get(grain) * SECTOR_BYTES + (offset - grain * this.grainBytes);
  }

  /** Writes grains that are not here; those next to each other at once. */
  #writeNew(cursor: BufferCursor, offset: number, length: number, below: ReadBelow | undefined): void {
    const { grainBytes } = this;
    for (let at = offset, end = offset + length; at < end; ) {
      const within = at % grainBytes;
      const isWhole = within === 0 && end - at >= grainBytes && this.#free.length === 0;
      const size = isWhole
        ? Math.floor((end - at) / grainBytes) * grainBytes
        : Math.min(end - at, grainBytes - within);
      const grain = Math.floor(at / grainBytes);
      const count = Math.ceil(size / grainBytes);
      const sector = this.#allocate(count);
      const parts = cursor.take(size);
      if (isWhole) this.#file.write(parts, sector * SECTOR_BYTES);
      else this.#writePart(parts, at, within, sector, below);
      for (let i = 0; i < count; i++) this.#set(grain + i, sector + i * this.#header.grainSectors);
      at += size;
    }
  }

  /** Writes a part of a new grain, around it what was seen there until now. */
  #writePart(
    parts: readonly Uint8Array[],
    at: number,
    within: number,
    sector: number,
    below: ReadBelow | undefined,
  ): void {
    const size = byteLength(parts);
    const grainAt = at - within;
    const grainEnd = Math.min(this.grainBytes, this.sizeBytes - grainAt);
    if (below === undefined) return this.#file.write(parts, sector * SECTOR_BYTES + within);
    const before = new Uint8Array(within);
    const after = new Uint8Array(Math.max(0, grainEnd - within - size));
    if (before.length > 0) below([before], grainAt);
    if (after.length > 0) below([after], at + size);
    this.#file.write([before, ...parts, after], sector * SECTOR_BYTES);
  }

  #zeroData(offset: number, length: number, unmap: boolean, hasBelow: boolean): void {
    const { grainBytes } = this;
    const whole = [Math.ceil(offset / grainBytes), Math.floor((offset + length) / grainBytes)] as const;
    if (hasBelow || !unmap || whole[0] >= whole[1]) {
      this.#file.zero(this.#placeOf(offset), length, unmap);
      return;
    }
    const [from, to] = [whole[0] * grainBytes, whole[1] * grainBytes];
    if (from > offset) this.#file.zero(this.#placeOf(offset), from - offset, unmap);
    if (to < offset + length) this.#file.zero(this.#placeOf(to), offset + length - to, unmap);
    for (let grain = whole[0]; grain < whole[1]; grain++) {
      this.#leaving.push(this.#tables.get(grain));
      this.#set(grain, ABSENT);
    }
  }

  /** A parent has other bytes: whole grains become holes of the file, which take no space. */
  #zeroAbsent(offset: number, length: number, below: ReadBelow): void {
    const { grainBytes } = this;
    for (let at = offset, end = offset + length; at < end; ) {
      const within = at % grainBytes;
      const size = Math.min(end - at, grainBytes - within);
      const sector = this.#allocate(1);
      const isWhole = size === Math.min(grainBytes, this.sizeBytes - (at - within));
      if (!isWhole) this.#writePart([new Uint8Array(size)], at, within, sector, below);
      this.#set(Math.floor(at / grainBytes), sector);
      at += size;
    }
  }

  /** Places for grains, next to each other, full of zeroes. */
  #allocate(count: number): number {
    const freed = count === 1 ? this.#free.pop() : undefined;
    return freed ?? this.#append(count * this.#header.grainSectors);
  }

  #append(sectors: number): number {
    const sector = this.#endSector;
    if (sector + sectors > MAX_FILE_SECTORS) throw new Error('a sparse extent cannot have more than 2 TiB');
    this.#endSector += sectors;
    const end = this.#endSector * SECTOR_BYTES;
    if (end > this.#file.sizeBytes) this.#file.resize(alignUp(end, GROWTH_BYTES));
    return sector;
  }

  #set(grain: number, sector: number): void {
    this.#tables.set(grain, sector, (sectors) => this.#append(sectors));
  }

  #commit(): void {
    this.#tables.commit();
    const size = this.grainBytes;
    for (const sector of this.#leaving) this.#file.zero(sector * SECTOR_BYTES, size, true);
    this.#free.push(...this.#leaving);
    this.#leaving = [];
  }

  /** From the first write until it is closed, its header says that it is open. */
  #markOpen(): void {
    if (this.#isMarkedOpen) return;
    this.#isMarkedOpen = true;
    this.#writeOpenMark(true);
  }

  #writeOpenMark(isUnclean: boolean): void {
    if (this.#header.format === 'cowd') {
      const header = { ...this.#header, isUnclean, overhead: this.#endSector };
      this.#file.write([emitSparseHeader(header).subarray(0, 32)], 0);
    }
    this.#file.write([Uint8Array.of(isUnclean ? 1 : 0)], uncleanByteAt(this.#header));
  }
}

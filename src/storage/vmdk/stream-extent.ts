/** A compressed extent, as streamOptimized disks have it: each grain deflated by itself. It is only read. */
import { inflateSync } from 'node:zlib';
import { byteLength } from '../file-disk.ts';
import type { ImageFile } from '../image-file.ts';
import { SECTOR_BYTES } from './descriptor.ts';
import { BufferCursor, type Extent, type Span } from './extent.ts';
import { ABSENT, GrainTables, ZEROED } from './grain-tables.ts';
import { DIRECTORY_AT_END, HEADER_BYTES, parseSparseHeader, type SparseHeader } from './sparse-header.ts';

/** Before each grain: its first sector, 64 bits, and the bytes of its compressed data, 32 bits. */
const MARKER_BYTES = 12;
/** From the end of the file: the footer, and after it the end-of-stream marker. */
const FOOTER_FROM_END = 1024;

export class StreamExtent implements Extent {
  readonly #file: ImageFile;
  readonly #header: SparseHeader;
  readonly #tables: GrainTables;
  /** The grain that was inflated last. */
  #last: { readonly grain: number; readonly bytes: Uint8Array } | undefined;

  /** @throws an error that says what is wrong with it */
  constructor(file: ImageFile, header: SparseHeader) {
    this.#file = file;
    this.#header = header.directoryAt === DIRECTORY_AT_END ? footerOf(file, header) : header;
    this.#tables = new GrainTables(file, this.#header);
  }

  get sizeBytes(): number {
    return this.#header.capacity * SECTOR_BYTES;
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

  span(offset: number, length: number): Span {
    const grainBytes = this.#header.grainSectors * SECTOR_BYTES;
    const grain = Math.floor(offset / grainBytes);
    const entry = this.#tables.get(grain);
    const kind = entry === ABSENT ? 'absent' : entry === ZEROED ? 'zero' : 'data';
    return { kind, length: Math.min(length, (grain + 1) * grainBytes - offset) };
  }

  contentSpan(offset: number, length: number): Span {
    return this.span(offset, length);
  }

  read(buffers: readonly Uint8Array[], offset: number): void {
    const grainBytes = this.#header.grainSectors * SECTOR_BYTES;
    const cursor = new BufferCursor(buffers);
    for (let at = offset, end = offset + byteLength(buffers); at < end; ) {
      const grain = Math.floor(at / grainBytes);
      const from = at - grain * grainBytes;
      const size = Math.min(end - at, grainBytes - from);
      const bytes = this.#grain(grain);
      let done = from;
      for (const part of cursor.take(size)) {
        part.set(bytes.subarray(done, done + part.length));
        done += part.length;
      }
      at += size;
    }
  }

  write(): void {
    throw new Error('a compressed disk cannot be written');
  }

  zero(): void {
    throw new Error('a compressed disk cannot be written');
  }

  grow(): void {
    throw new Error('a compressed disk cannot grow');
  }

  flush(): void {}

  share(): void {}

  close(): void {
    this.#file.close();
  }

  /** The compressed bytes of each grain in the order of the disk, checked. @throws for the first that is damaged */
  check(): number {
    let grains = 0;
    this.#tables.each((grain, sector) => {
      if (sector === ZEROED) return;
      this.#grain(grain);
      grains++;
    });
    return grains;
  }

  #grain(grain: number): Uint8Array {
    if (this.#last?.grain === grain) return this.#last.bytes;
    const { grainSectors } = this.#header;
    const at = this.#tables.get(grain) * SECTOR_BYTES;
    const marker = new DataView(this.#file.bytes(at, MARKER_BYTES).buffer);
    const [sector, size] = [Number(marker.getBigUint64(0, true)), marker.getUint32(8, true)];
    // Deflate makes nothing larger than a little over what it was.
    if (sector !== grain * grainSectors || size === 0 || size > 2 * grainSectors * SECTOR_BYTES + 1024) {
      throw new Error(`grain ${grain} is not where its table says, at byte ${at}`);
    }
    const bytes = inflate(this.#file.bytes(at + MARKER_BYTES, size), grainSectors * SECTOR_BYTES, grain);
    this.#last = { grain, bytes };
    return bytes;
  }
}

/** A grain as it was; what is not there of it is zeroes. */
function inflate(compressed: Uint8Array, grainBytes: number, grain: number): Uint8Array {
  try {
    const bytes = inflateSync(compressed, { maxOutputLength: grainBytes });
    if (bytes.length === grainBytes) return bytes;
    const whole = new Uint8Array(grainBytes);
    whole.set(bytes);
    return whole;
  } catch (cause) {
    throw new Error(`grain ${grain} cannot be decompressed: ${(cause as Error).message}`, { cause });
  }
}

function footerOf(file: ImageFile, header: SparseHeader): SparseHeader {
  const at = file.sizeBytes - FOOTER_FROM_END;
  if (at < HEADER_BYTES) throw new Error('it ends before its footer');
  const footer = parseSparseHeader(file.bytes(at, HEADER_BYTES));
  if ('reason' in footer) throw new Error(`its footer cannot be used: ${footer.reason}`);
  if (footer.directoryAt === DIRECTORY_AT_END || footer.capacity !== header.capacity)
    throw new Error('its footer is not that of its header');
  return footer;
}

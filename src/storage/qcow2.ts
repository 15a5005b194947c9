/** A qcow2 image that is only read, to be imported. Source: QEMU, docs/interop/qcow2.txt. */
import { inflateRawSync } from 'node:zlib';
import { HostError } from '#lib';
import { byteLength } from './file-disk.ts';
import { fileProblem, ImageFile } from './image-file.ts';
import { BufferCursor, fillZero, type Span } from './vmdk/extent.ts';

const MAGIC = 0x5146_49fb;
// biome-ignore format: a table reads in columns
const AT = { magic: 0, version: 4, backingOffset: 8, clusterBits: 20, size: 24, crypt: 32, l1Size: 36, l1Offset: 40, incompatible: 72, compression: 104 } as const;
const MIN_HEADER_BYTES = 72;
const MAX_BYTES = 62 * 2 ** 40;
const MAX_L1_ENTRIES = 2 ** 22;
/** Incompatible features that do not matter to a reader: it was not closed; the kind of compression is told. */
const KNOWN_FEATURES = 0x1n | 0x8n;
const ENTRY_BYTES = 8;
const OFFSET = 0x00ff_ffff_ffff_fe00n;
const COMPRESSED = 1n << 62n;
const ZERO = 1n;
const MAX_TABLES = 256;

/** Whether a file that begins so is one. */
export function isQcow2(head: Uint8Array): boolean {
  return head.length >= 4 && new DataView(head.buffer, head.byteOffset).getUint32(0) === MAGIC;
}

/** Owner: one import. */
export class Qcow2Image {
  readonly sizeBytes: number;
  readonly #file: ImageFile;
  readonly #clusterBits: number;
  readonly #directory: DataView;
  readonly #tables = new Map<number, DataView>();
  #last: { readonly cluster: number; readonly bytes: Uint8Array } | undefined;

  private constructor(file: ImageFile, header: Header) {
    this.#file = file;
    this.sizeBytes = header.sizeBytes;
    this.#clusterBits = header.clusterBits;
    this.#directory = new DataView(file.bytes(header.l1Offset, header.l1Size * ENTRY_BYTES).buffer);
  }

  /** @throws HostError `file-…`, `disk-bad` */
  static open(path: string): Qcow2Image {
    const file = ImageFile.open(path, { use: 'read' });
    try {
      const header = parseQcow2Header(file.head(112));
      if ('reason' in header) throw new HostError('disk-bad', { path, reason: header.reason });
      if (header.l1Offset + header.l1Size * ENTRY_BYTES > file.sizeBytes)
        throw new HostError('disk-bad', { path, reason: 'its first table is outside the file' });
      return new Qcow2Image(file, header);
    } catch (cause) {
      file.close();
      throw fileProblem('read', 'disk', path, cause);
    }
  }

  contentSpan(offset: number, length: number): Span {
    const clusterBytes = 2 ** this.#clusterBits;
    const cluster = Math.floor(offset / clusterBytes);
    const entry = this.#entry(cluster);
    const isData = (entry & COMPRESSED) !== 0n || ((entry & ZERO) === 0n && (entry & OFFSET) !== 0n);
    return {
      kind: isData ? 'data' : 'zero',
      length: Math.min(length, (cluster + 1) * clusterBytes - offset),
    };
  }

  read(buffers: readonly Uint8Array[], offset: number): void {
    const cursor = new BufferCursor(buffers);
    for (let at = offset, end = offset + byteLength(buffers); at < end; ) {
      const { kind, length } = this.contentSpan(at, end - at);
      const parts = cursor.take(length);
      if (kind === 'data') this.#readCluster(parts, at);
      else fillZero(parts);
      at += length;
    }
  }

  close(): void {
    this.#file.close();
  }

  #readCluster(parts: readonly Uint8Array[], offset: number): void {
    const clusterBytes = 2 ** this.#clusterBits;
    const cluster = Math.floor(offset / clusterBytes);
    const within = offset - cluster * clusterBytes;
    const entry = this.#entry(cluster);
    if ((entry & COMPRESSED) === 0n) return this.#file.read(parts, Number(entry & OFFSET) + within);
    const bytes = this.#inflated(cluster, entry);
    let at = within;
    for (const part of parts) {
      part.set(bytes.subarray(at, at + part.length));
      at += part.length;
    }
  }

  #inflated(cluster: number, entry: bigint): Uint8Array {
    if (this.#last?.cluster === cluster) return this.#last.bytes;
    const offsetBits = BigInt(62 - (this.#clusterBits - 8));
    const at = Number(entry & ((1n << offsetBits) - 1n));
    const sectors = Number((entry & (COMPRESSED - 1n)) >> offsetBits) + 1;
    const size = Math.min(sectors * 512 - (at % 512), this.#file.sizeBytes - at);
    if (size <= 0) throw new Error(`cluster ${cluster} is outside the file`);
    const bytes = inflateRawSync(this.#file.bytes(at, size), {
      maxOutputLength: 2 ** this.#clusterBits,
      finishFlush: 2,
    });
    this.#last = { cluster, bytes };
    return bytes;
  }

  #entry(cluster: number): bigint {
    const perTable = 2 ** this.#clusterBits / ENTRY_BYTES;
    const index = Math.floor(cluster / perTable);
    if (index * ENTRY_BYTES >= this.#directory.byteLength) return 0n;
    const at = Number(this.#directory.getBigUint64(index * ENTRY_BYTES) & OFFSET);
    return at === 0 ? 0n : this.#table(at).getBigUint64((cluster % perTable) * ENTRY_BYTES);
  }

  #table(at: number): DataView {
    const known = this.#tables.get(at);
    if (known !== undefined) return known;
    if (this.#tables.size >= MAX_TABLES) this.#tables.clear();
    const table = new DataView(this.#file.bytes(at, 2 ** this.#clusterBits).buffer);
    this.#tables.set(at, table);
    return table;
  }
}

interface Header {
  readonly sizeBytes: number;
  readonly clusterBits: number;
  readonly l1Size: number;
  readonly l1Offset: number;
}

export function parseQcow2Header(head: Uint8Array): Header | { readonly reason: string } {
  if (head.length < MIN_HEADER_BYTES || !isQcow2(head))
    return { reason: 'it has not the header of a qcow2 image' };
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  const version = view.getUint32(AT.version);
  const clusterBits = view.getUint32(AT.clusterBits);
  const sizeBytes = Number(view.getBigUint64(AT.size));
  const [l1Size, l1Offset] = [view.getUint32(AT.l1Size), Number(view.getBigUint64(AT.l1Offset))];
  if (version !== 2 && version !== 3) return { reason: `qcow version ${version}` };
  if (view.getBigUint64(AT.backingOffset) !== 0n) return { reason: 'it is built on another image' };
  if (view.getUint32(AT.crypt) !== 0) return { reason: 'it is encrypted' };
  if (clusterBits < 9 || clusterBits > 21) return { reason: `clusters of 2^${clusterBits} bytes` };
  if (sizeBytes === 0 || sizeBytes > MAX_BYTES || sizeBytes % 512 !== 0)
    return { reason: `its size is ${sizeBytes}` };
  if (l1Size > MAX_L1_ENTRIES || l1Offset > 2 ** 52) return { reason: 'its first table is too large' };
  if (version === 3 && head.length >= AT.compression) {
    const features = view.getBigUint64(AT.incompatible);
    if ((features & ~KNOWN_FEATURES) !== 0n)
      return { reason: `features 0x${features.toString(16)} are not known here` };
    if ((features & 8n) !== 0n && view.getUint8(AT.compression) !== 0)
      return { reason: 'it is compressed with zstd' };
  }
  return { sizeBytes, clusterBits, l1Size, l1Offset };
}

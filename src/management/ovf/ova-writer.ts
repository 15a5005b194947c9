/** Writes an OVA: descriptor and manifest first, as the standard has them, though they are known last. Their places are kept free. Source: DMTF DSP0243 1.1.0 §5.3. */
import { existsSync, rmSync } from 'node:fs';
import { type FileHandle, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  assert,
  HostError,
  paxRecord,
  TAR_BLOCK_BYTES,
  type TarHeader,
  tarHeaderBlock,
  tarPadding,
} from '#lib';
import { syncFolder } from '#storage';
import { fileTrouble, type PackageWriter } from './package-writer.ts';

/** Larger ones need a header more. */
const USTAR_MOST_BYTES = 8 ** 11;
const USTAR_NAME_BYTES = 100;
const FILE_MODE = 0o644;

export class OvaWriter implements PackageWriter {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #mtimeSeconds: number;
  readonly #reserved: { readonly name: string; readonly bytes: number; readonly at: number }[] = [];
  #at = 0;

  private constructor(path: string, file: FileHandle, mtimeSeconds: number) {
    this.#path = path;
    this.#file = file;
    this.#mtimeSeconds = mtimeSeconds;
  }

  /** @param texts - names and sizes of what is known last. @throws HostError `file-io` */
  static async create(path: string, texts: ReadonlyMap<string, number>, nowMs: number): Promise<OvaWriter> {
    if (existsSync(path))
      throw new HostError('file-io', { action: 'make', what: 'file', path, reason: 'there is one already' });
    const file = await fileTrouble('make', path, () => open(temporary(path), 'w', 0o600));
    const writer = new OvaWriter(path, file, Math.floor(nowMs / 1000));
    for (const [name, bytes] of texts) {
      writer.#reserved.push({ name, bytes, at: writer.#at });
      writer.#at += TAR_BLOCK_BYTES + padded(bytes);
    }
    return writer;
  }

  async file(name: string, mostBytes: number, source: AsyncIterable<Uint8Array>): Promise<number> {
    const at = this.#at;
    const isLarge = mostBytes >= USTAR_MOST_BYTES;
    this.#at += isLarge ? 3 * TAR_BLOCK_BYTES : TAR_BLOCK_BYTES;
    let size = 0;
    for await (const bytes of source) {
      await this.#write(bytes, this.#at + size);
      size += bytes.length;
    }
    await this.#write(this.#headers(name, size, isLarge), at);
    this.#at += padded(size);
    return size;
  }

  async finish(texts: ReadonlyMap<string, string>): Promise<void> {
    for (const { name, bytes, at } of this.#reserved) {
      const text = Buffer.from(texts.get(name) ?? '');
      await this.#write(Buffer.concat([tarHeaderBlock(this.#header(name, text.length)), text]), at);
      if (padded(text.length) !== padded(bytes)) throw new Error(`${name} has not the size that was said`);
    }
    await fileTrouble('write', this.#path, async () => {
      await this.#file.truncate(this.#at + 2 * TAR_BLOCK_BYTES);
      await this.#file.sync();
      await this.#file.close();
      await rename(temporary(this.#path), this.#path);
      syncFolder(dirname(this.#path));
    });
  }

  async abandon(): Promise<void> {
    await this.#file.close().catch(() => undefined);
    rmSync(temporary(this.#path), { force: true });
  }

  #write(bytes: Uint8Array, at: number): Promise<void> {
    return fileTrouble('write', this.#path, async () => {
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await this.#file.write(bytes, done, bytes.length - done, at + done);
        done += bytesWritten;
      }
    });
  }

  /** The header of a file; the size of a large one stands in a header before it, whose place was kept free. */
  #headers(name: string, size: number, isLarge: boolean): Uint8Array {
    const block = tarHeaderBlock(this.#header(name, size));
    if (!isLarge) return block;
    const record = Buffer.from(paxRecord('size', String(size)));
    const extension = tarHeaderBlock({ ...this.#header('pax', record.length), type: 'x' });
    return Buffer.concat([extension, record, new Uint8Array(tarPadding(record.length)), block]);
  }

  #header(path: string, sizeBytes: number): TarHeader {
    assert(Buffer.byteLength(path) <= USTAR_NAME_BYTES, `"${path}" is too long for an archive`);
    return {
      path,
      type: '0',
      mode: FILE_MODE,
      uid: 0,
      gid: 0,
      sizeBytes,
      mtimeSeconds: this.#mtimeSeconds,
      target: '',
    };
  }
}

/** Nobody takes a half one for a whole one. */
function temporary(path: string): string {
  return `${path}~`;
}

function padded(bytes: number): number {
  return bytes + tarPadding(bytes);
}

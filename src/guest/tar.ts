/** Reads tar archives as a stream, keeping only the files that are wanted. */
import {
  concatBytes,
  isTarEnd,
  isTarExtension,
  parseTarExtension,
  parseTarHeader,
  TAR_BLOCK_BYTES,
  type TarExtension,
  tarDamaged,
} from '#lib';

/** A regular file of an archive. */
export interface TarFile {
  /** Without a leading `./`. */
  readonly path: string;
  readonly data: Uint8Array;
}

/** Gives the regular files that `wanted` says yes to, in the archive's order. Throws HostError `archive-damaged`. */
export async function* readTar(
  chunks: AsyncIterable<Uint8Array>,
  wanted: (path: string) => boolean,
): AsyncGenerator<TarFile> {
  const queue = new ByteQueue(chunks);
  let extension: TarExtension = {};
  for (;;) {
    const block = await queue.take(TAR_BLOCK_BYTES);
    if (block === undefined || isTarEnd(block)) return;
    const { type, path, sizeBytes } = parseTarHeader(block, extension);
    if (isTarExtension(type)) {
      extension = { ...extension, ...parseTarExtension(type, await queue.need(sizeBytes)) };
    } else {
      extension = {};
      if (type === '0' && wanted(path)) yield { path, data: await queue.need(sizeBytes) };
      else await queue.skip(sizeBytes);
    }
    await queue.skip(-sizeBytes & (TAR_BLOCK_BYTES - 1));
  }
}

/** Bytes in the order they come, taken in the amounts one likes. */
class ByteQueue {
  readonly #source: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array();

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#source = chunks[Symbol.asyncIterator]();
  }

  /** `length` bytes; undefined when there are none at all any more. */
  async take(length: number): Promise<Uint8Array | undefined> {
    if (this.#rest.length === 0 && !(await this.#more())) return undefined;
    return this.need(length);
  }

  /** `length` bytes; throws when there are fewer. */
  async need(length: number): Promise<Uint8Array> {
    const parts = [];
    for (let missing = length; missing > 0; ) {
      if (this.#rest.length === 0 && !(await this.#more()))
        throw tarDamaged(`${missing} bytes are missing at its end`);
      const part = this.#rest.subarray(0, missing);
      parts.push(part);
      this.#rest = this.#rest.subarray(part.length);
      missing -= part.length;
    }
    return concatBytes(parts);
  }

  async skip(length: number): Promise<void> {
    for (let missing = length; missing > 0; ) {
      if (this.#rest.length === 0 && !(await this.#more()))
        throw tarDamaged(`${missing} bytes are missing at its end`);
      const count = Math.min(missing, this.#rest.length);
      this.#rest = this.#rest.subarray(count);
      missing -= count;
    }
  }

  async #more(): Promise<boolean> {
    const next = await this.#source.next();
    if (next.done === true) return false;
    this.#rest = next.value;
    return true;
  }
}

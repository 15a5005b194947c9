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
  tarPadding,
} from '#lib';
import { ByteQueue } from './byte-queue.ts';

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
    const first = await queue.part(TAR_BLOCK_BYTES);
    if (first === undefined) return;
    const block = concatBytes([first, await need(queue, TAR_BLOCK_BYTES - first.length)]);
    if (isTarEnd(block)) return;
    const { type, path, sizeBytes } = parseTarHeader(block, extension);
    if (isTarExtension(type)) {
      extension = { ...extension, ...parseTarExtension(type, await need(queue, sizeBytes)) };
    } else {
      extension = {};
      if (type === '0' && wanted(path)) yield { path, data: await need(queue, sizeBytes) };
      else await skip(queue, sizeBytes);
    }
    await skip(queue, tarPadding(sizeBytes));
  }
}

/** `length` bytes; throws when there are fewer. */
async function need(queue: ByteQueue, length: number): Promise<Uint8Array> {
  const parts = [];
  for (let missing = length; missing > 0; ) {
    const part = await queue.part(missing);
    if (part === undefined) throw tarDamaged(`${missing} bytes are missing at its end`);
    parts.push(part);
    missing -= part.length;
  }
  return concatBytes(parts);
}

async function skip(queue: ByteQueue, length: number): Promise<void> {
  for (let missing = length; missing > 0; ) {
    const part = await queue.part(missing);
    if (part === undefined) throw tarDamaged(`${missing} bytes are missing at its end`);
    missing -= part.length;
  }
}

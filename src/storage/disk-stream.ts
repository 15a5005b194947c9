/** A disk as the bytes of a streamOptimized VMDK, made while they are taken: for who sends it or packs it. */
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { isAllZero } from './content.ts';
import { fileProblem } from './image-file.ts';
import { type ImageSource, openSource, type SourceOptions } from './image-source.ts';
import { SECTOR_BYTES } from './vmdk/descriptor.ts';
import { STREAM_GRAIN_BYTES, STREAM_LEVEL, StreamWriter, streamDescriptor } from './vmdk/stream-writer.ts';

export interface DiskStreamOptions extends SourceOptions {
  /** What the file is called in its descriptor. */
  readonly fileName: string;
  /** Hears from time to time how much of the disk is through, of 1; may break it off by throwing. */
  readonly progress?: (done: number) => void;
}

/** What is compressed at the same time, on the threads of the pool. */
const TURN_BYTES = 16 * STREAM_GRAIN_BYTES;
const compress = promisify<Uint8Array, { level: number }, Buffer>(deflate);

/** A disk that is open, and its bytes as a stream; whoever opens it takes the stream to its end, or closes it. */
export class DiskStream {
  readonly #path: string;
  readonly #source: ImageSource;
  readonly #options: DiskStreamOptions;

  /** @throws HostError `file-…`, `disk-bad`, `disk-size` */
  constructor(path: string, options: DiskStreamOptions) {
    this.#path = path;
    this.#options = options;
    this.#source = openSource(path, options);
  }

  /** Of the disk. */
  get sizeBytes(): number {
    return this.#source.sizeBytes;
  }

  /** More than the stream can have: what does not become smaller is stored, with a marker for each grain. */
  get mostBytes(): number {
    return Math.ceil(this.sizeBytes / STREAM_GRAIN_BYTES) * (STREAM_GRAIN_BYTES + 1024) + 2 ** 21;
  }

  close(): void {
    this.#source.close();
  }

  /** @throws HostError */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      yield* this.#blocks();
    } catch (cause) {
      throw fileProblem('read', 'disk', this.#path, cause);
    } finally {
      this.close();
    }
  }

  async *#blocks(): AsyncGenerator<Uint8Array> {
    const { fileName, progress } = this.#options;
    const { sizeBytes } = this;
    let blocks: Uint8Array[] = [];
    const put = (block: Uint8Array) => void blocks.push(block);
    const writer = new StreamWriter(put, sizeBytes / SECTOR_BYTES, streamDescriptor(fileName, sizeBytes));
    for (const grains of this.#turns()) {
      const compressed = await Promise.all(
        grains.map(async ({ grain, bytes }) => ({
          grain,
          bytes: await compress(bytes, { level: STREAM_LEVEL }),
        })),
      );
      for (const { grain, bytes } of compressed) writer.grain(grain, bytes);
      yield* blocks;
      blocks = [];
      progress?.(((grains.at(-1)?.grain ?? 0) * STREAM_GRAIN_BYTES) / sizeBytes);
    }
    writer.finish();
    yield* blocks;
  }

  /** Grains that are not all zero, in the order of the disk; always whole, the last one too. */
  *#turns(): Generator<{ readonly grain: number; readonly bytes: Uint8Array }[]> {
    const source = this.#source;
    for (let at = 0; at < source.sizeBytes; ) {
      const span = source.contentSpan(at, source.sizeBytes - at);
      if (span.kind !== 'data') {
        at += span.length;
        continue;
      }
      at -= at % STREAM_GRAIN_BYTES;
      const size = Math.min(TURN_BYTES, source.sizeBytes - at);
      const buffer = new Uint8Array(Math.ceil(size / STREAM_GRAIN_BYTES) * STREAM_GRAIN_BYTES);
      source.read([buffer.subarray(0, size)], at);
      const grains = [];
      for (let from = 0; from < buffer.length; from += STREAM_GRAIN_BYTES) {
        const bytes = buffer.subarray(from, from + STREAM_GRAIN_BYTES);
        if (!isAllZero(bytes)) grains.push({ grain: (at + from) / STREAM_GRAIN_BYTES, bytes });
      }
      if (grains.length > 0) yield grains;
      at += size;
    }
  }
}

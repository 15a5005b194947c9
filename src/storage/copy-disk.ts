/** Copies a disk into a new one, of any format into any: clone, convert, import. */
import { rmSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { deflateSync } from 'node:zlib';
import { HostError } from '#lib';
import { isAllZero } from './content.ts';
import { fileProblem, ImageFile } from './image-file.ts';
import { type ImageSource, openSource, type SourceOptions } from './image-source.ts';
import { syncFolder } from './replace-file.ts';
import { Chain } from './vmdk/chain.ts';
import { createDisk, type DiskFormat } from './vmdk/create.ts';
import { SECTOR_BYTES } from './vmdk/descriptor.ts';
import { removeFiles } from './vmdk/merge.ts';
import { STREAM_GRAIN_BYTES, STREAM_LEVEL, StreamWriter, streamDescriptor } from './vmdk/stream-writer.ts';

export type CopyFormat = DiskFormat | 'raw';

export interface CopyOptions extends SourceOptions {
  readonly from: string;
  readonly to: string;
  readonly format: CopyFormat;
  /** Hears from time to time how far it is, of 1; may break it off by throwing. */
  readonly progress?: (done: number) => void;
}

/** Bytes that are read at once; whether they are zeroes is looked at in units of this. */
const CHUNK_BYTES = 2 ** 20;
const UNIT_BYTES = 2 ** 16;
/** Bytes between two pauses, in which the thread does what else is due. */
const TURN_BYTES = 2 ** 22;

/** Copies; when it fails or is broken off there is nothing of the new disk. @throws HostError */
export async function copyDisk({ from, to, format, progress, ...options }: CopyOptions): Promise<void> {
  const source = openSource(from, options);
  try {
    const target = openTarget(to, format, source.sizeBytes);
    try {
      for await (const done of copySpans(source, target)) progress?.(done);
      target.finish();
    } catch (cause) {
      target.remove();
      throw fileProblem('copy', 'disk', from, cause);
    }
  } finally {
    source.close();
  }
}

interface Target {
  /** Bytes that are not all zero, in order of the disk. */
  write(bytes: Uint8Array, offset: number): void;
  finish(): void;
  remove(): void;
}

/** Copies what is not zeroes, in the order of the disk; says from time to time how far it is. */
export async function* copySpans(source: ImageSource, target: Pick<Target, 'write'>): AsyncGenerator<number> {
  const buffer = new Uint8Array(CHUNK_BYTES);
  let turn = 0;
  for (let at = 0; at < source.sizeBytes; ) {
    const span = source.contentSpan(at, source.sizeBytes - at);
    if (span.kind !== 'data') {
      at += span.length;
      continue;
    }
    // Whole units of the target, so that each is written once.
    at -= at % UNIT_BYTES;
    const size = Math.min(CHUNK_BYTES, source.sizeBytes - at);
    source.read([buffer.subarray(0, size)], at);
    writeUnits(target, buffer.subarray(0, size), at);
    at += size;
    turn += size;
    if (turn < TURN_BYTES) continue;
    turn = 0;
    yield at / source.sizeBytes;
    await new Promise(setImmediate);
  }
}

/** Writes those units that are not zeroes; neighbours at once. */
function writeUnits(target: Pick<Target, 'write'>, bytes: Uint8Array, offset: number): void {
  let from = -1;
  for (let at = 0; at < bytes.length; ) {
    const end = Math.min(bytes.length, at + UNIT_BYTES - ((offset + at) % UNIT_BYTES));
    const isZero = isAllZero(bytes.subarray(at, end));
    if (!isZero && from < 0) from = at;
    if (isZero && from >= 0) {
      target.write(bytes.subarray(from, at), offset + from);
      from = -1;
    }
    at = end;
  }
  if (from >= 0) target.write(bytes.subarray(from), offset + from);
}

function openTarget(path: string, format: CopyFormat, sizeBytes: number): Target {
  if (format === 'raw') return rawTarget(path, sizeBytes);
  if (format === 'streamOptimized') return streamTarget(path, sizeBytes);
  createDisk({ path, sizeBytes, format });
  const chain = Chain.open(path, { use: 'write' });
  return {
    write: (bytes, offset) => chain.write([bytes], offset),
    finish() {
      chain.flush();
      chain.close();
    },
    remove() {
      chain.close();
      removeFiles(chain.top);
    },
  };
}

function rawTarget(path: string, sizeBytes: number): Target {
  const file = ImageFile.create(path);
  return {
    ...fileTarget(file),
    write: (bytes, offset) => file.write([bytes], offset),
    finish() {
      file.resize(sizeBytes);
      file.close();
      syncFolder(dirname(path));
    },
  };
}

function streamTarget(path: string, sizeBytes: number): Target {
  if (!path.endsWith('.vmdk')) {
    const reason = 'the name of a VMDK ends in ".vmdk"';
    throw new HostError('disk-refused', { action: 'make', path, reason });
  }
  const file = ImageFile.create(path);
  let end = 0;
  const put = (block: Uint8Array) => {
    file.write([block], end);
    end += block.length;
  };
  const writer = new StreamWriter(put, sizeBytes / SECTOR_BYTES, streamDescriptor(basename(path), sizeBytes));
  return {
    ...fileTarget(file),
    write(bytes, offset) {
      for (let at = 0; at < bytes.length; at += STREAM_GRAIN_BYTES) {
        const grain = bytes.subarray(at, at + STREAM_GRAIN_BYTES);
        if (isAllZero(grain)) continue;
        const compressed = deflateSync(whole(grain), { level: STREAM_LEVEL });
        writer.grain((offset + at) / STREAM_GRAIN_BYTES, compressed);
      }
    },
    finish() {
      writer.finish();
      file.flush();
      file.close();
      syncFolder(dirname(path));
    },
  };
}

/** The last grain of a disk may be cut short: it is stored whole. */
function whole(grain: Uint8Array): Uint8Array {
  if (grain.length === STREAM_GRAIN_BYTES) return grain;
  const bytes = new Uint8Array(STREAM_GRAIN_BYTES);
  bytes.set(grain);
  return bytes;
}

function fileTarget(file: ImageFile): Pick<Target, 'remove'> {
  return {
    remove() {
      file.close();
      rmSync(file.path, { force: true });
    },
  };
}

/** A disk in a raw image file: byte n of the disk is byte n of the file. */
import { closeSync, constants, fdatasyncSync, fstatSync, openSync, type Stats } from 'node:fs';
import { basename } from 'node:path';
import type { BlockBackend, BlockRequest, BlockStatus } from '#devices';
import { HostError, reasonOf } from '#lib';
import { type NativeCalls, nativeCalls } from './native.ts';
import { readAll, writeAll } from './vectored.ts';

/** How an image is opened. */
export interface RawFileOptions {
  readonly path: string;
  readonly readOnly: boolean;
  /** Told what goes wrong with a request; the guest is told `ioerr` only. */
  readonly onError?: (message: string) => void;
}

const SECTOR_BYTES = 512;
const MAX_ID_BYTES = 20;
/** What is written at once where the file system cannot make a span zero by itself. */
const ZEROES = new Uint8Array(2 ** 16);

/**
 * A block back end over a raw image. It does its work before `submit` returns: it is meant for a thread of its own.
 *
 * Owner: one VM. The file is locked while it is open: one may write it, or several may read it. Its size never changes.
 */
export class RawFile implements BlockBackend {
  readonly sizeBytes: number;
  readonly readOnly: boolean;
  readonly id: string;
  readonly #path: string;
  readonly #fd: number;
  readonly #native: NativeCalls;
  readonly #onError: (message: string) => void;
  #closed = false;

  /** Throws HostError: `file-missing`, `file-denied`, `file-not-regular`, `file-busy`, `file-io`, or `disk-size`. */
  constructor({ path, readOnly, onError = () => {} }: RawFileOptions) {
    this.#path = path;
    this.#fd = open(path, readOnly);
    this.#native = nativeCalls();
    this.#onError = onError;
    this.readOnly = readOnly;
    this.id = diskId(path);
    try {
      this.sizeBytes = checkedSize(path, fstatSync(this.#fd));
      lock(path, this.#fd, readOnly, this.#native);
    } catch (error) {
      closeSync(this.#fd);
      throw error;
    }
  }

  submit(request: BlockRequest, done: (status: BlockStatus) => void): void {
    done(this.#perform(request));
  }

  /** Flushes, and lets go of the file. May be called again. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    try {
      if (!this.readOnly) fdatasyncSync(this.#fd);
    } finally {
      closeSync(this.#fd);
    }
  }

  #perform(request: BlockRequest): BlockStatus {
    try {
      this.#check(request);
      this.#apply(request);
      return 'ok';
    } catch (error) {
      const reason = reasonOf(error);
      this.#onError(`disk "${this.#path}": ${request.kind} failed: ${reason}`);
      return 'ioerr';
    }
  }

  #check(request: BlockRequest): void {
    if (this.#closed) throw new Error('the disk is closed');
    if (this.readOnly && request.kind !== 'read' && request.kind !== 'flush')
      throw new Error('it is read-only');
    if (request.kind === 'flush') return;
    const length = 'length' in request ? request.length : byteLength(request.buffers);
    if (request.offset < 0 || request.offset + length > this.sizeBytes) {
      throw new Error(`bytes ${request.offset} … ${request.offset + length} are not on the disk`);
    }
  }

  #apply(request: BlockRequest): void {
    switch (request.kind) {
      case 'read':
        return readAll(this.#fd, request.buffers, request.offset);
      case 'write':
        return writeAll(this.#fd, request.buffers, request.offset);
      case 'flush':
        return this.readOnly ? undefined : fdatasyncSync(this.#fd);
      case 'discard':
        // A hint: where the file system cannot punch a hole, the space stays. Source: VIRTIO 1.3 §5.2.6.2.
        this.#native.zeroSpan(this.#fd, request.offset, request.length, true);
        return;
      case 'write-zeroes':
        return this.#writeZeroes(request.offset, request.length, request.unmap === true);
    }
  }

  #writeZeroes(offset: number, length: number, unmap: boolean): void {
    if (this.#native.zeroSpan(this.#fd, offset, length, unmap)) return;
    for (let at = offset; at < offset + length; at += ZEROES.length) {
      writeAll(this.#fd, [ZEROES.subarray(0, offset + length - at)], at);
    }
  }
}

function open(path: string, readOnly: boolean): number {
  // Without NONBLOCK a named pipe would wait here for its other end.
  const flags = (readOnly ? constants.O_RDONLY : constants.O_RDWR) | constants.O_NONBLOCK;
  try {
    return openSync(path, flags);
  } catch (cause) {
    throw openProblem(path, cause as NodeJS.ErrnoException);
  }
}

function openProblem(path: string, cause: NodeJS.ErrnoException): HostError {
  const what = 'disk';
  switch (cause.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new HostError('file-missing', { what, path }, { cause });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new HostError('file-denied', { what, path }, { cause });
    case 'EISDIR':
      return new HostError('file-not-regular', { what, path, kind: 'a directory' }, { cause });
    default:
      return new HostError('file-io', { action: 'open', what, path, reason: cause.message }, { cause });
  }
}

function checkedSize(path: string, stats: Stats): number {
  if (!stats.isFile()) {
    const kind = stats.isDirectory() ? 'a directory' : 'a device, pipe or socket';
    throw new HostError('file-not-regular', { what: 'disk', path, kind });
  }
  if (stats.size % SECTOR_BYTES !== 0) throw new HostError('disk-size', { path, size: stats.size });
  return stats.size;
}

function lock(path: string, fd: number, readOnly: boolean, native: NativeCalls): void {
  if (native.lockFile(fd, readOnly ? 'shared' : 'exclusive')) return;
  throw new HostError('file-busy', { what: 'disk', path });
}

/** The file's name as the serial that the guest reads: its end tells more than its beginning. */
function diskId(path: string): string {
  return basename(path)
    .replace(/[^\x20-\x7e]/g, '_')
    .slice(-MAX_ID_BYTES);
}

function byteLength(buffers: readonly Uint8Array[]): number {
  return buffers.reduce((length, buffer) => length + buffer.length, 0);
}

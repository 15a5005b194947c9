/** A file that holds a part of a disk: opened and locked, read and written in whole spans, flushed. */
import { closeSync, constants, fstatSync, ftruncateSync, openSync, readSync, type Stats } from 'node:fs';
import { basename } from 'node:path';
import { HostError } from '#lib';
import { type NativeCalls, nativeCalls } from './native.ts';
import { FILE_CALLS, type FileCalls, readAll, writeAll } from './vectored.ts';

/** How a file is opened: by one who writes it, by some of many who read it, or by who only looks and locks nobody out. */
export type FileUse = 'write' | 'read' | 'look';

export interface ImageFileOptions {
  readonly use: FileUse;
  /** What it is, for messages. */
  readonly what?: string;
  /** The name may be a link to it. */
  readonly followLinks?: boolean;
  /** Absent: the system's. */
  readonly calls?: FileCalls | undefined;
}

const { O_RDONLY, O_RDWR, O_NONBLOCK, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
const OWNER_ONLY = 0o600;
/** What is written at once where the file system cannot make a span zero by itself. */
const ZEROES = new Uint8Array(2 ** 16);
/** Source: stat(2). */
const STAT_BLOCK_BYTES = 512;

/** Owner: one disk. All that fails at reading and writing is thrown as the system's own error. */
export class ImageFile {
  readonly path: string;
  readonly fd: number;
  readonly #native: NativeCalls;
  readonly #calls: FileCalls;
  #sizeBytes: number;
  #isWritable: boolean;
  #closed = false;

  private constructor(
    path: string,
    fd: number,
    isWritable: boolean,
    sizeBytes: number,
    native: NativeCalls,
    calls: FileCalls,
  ) {
    this.path = path;
    this.fd = fd;
    this.#isWritable = isWritable;
    this.#sizeBytes = sizeBytes;
    this.#native = native;
    this.#calls = calls;
  }

  /** @throws HostError `file-missing`, `file-denied`, `file-not-regular`, `file-busy`, `file-io` */
  static open(path: string, options: ImageFileOptions): ImageFile {
    const { use, what = 'disk', followLinks = true, calls = FILE_CALLS } = options;
    // Without NONBLOCK a named pipe would wait here for its other end.
    const flags = (use === 'write' ? O_RDWR : O_RDONLY) | O_NONBLOCK | (followLinks ? 0 : O_NOFOLLOW);
    return ImageFile.#opened(path, flags, use, what, calls);
  }

  /** Makes a new file that nobody else has. @throws HostError `file-io`, also when there is one */
  static create(path: string, what = 'disk'): ImageFile {
    return ImageFile.#opened(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, 'write', what, FILE_CALLS);
  }

  static #opened(path: string, flags: number, use: FileUse, what: string, calls: FileCalls): ImageFile {
    const native = nativeCalls();
    const fd = open(path, flags, what);
    try {
      const stats = fstatSync(fd);
      checkRegular(stats, path, what);
      const mode = { write: 'exclusive', read: 'shared', look: undefined } as const;
      if (mode[use] && !native.lockFile(fd, mode[use])) throw new HostError('file-busy', { what, path });
      return new ImageFile(path, fd, use === 'write', stats.size, native, calls);
    } catch (error) {
      closeSync(fd);
      throw error;
    }
  }

  get isWritable(): boolean {
    return this.#isWritable;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** Bytes that it takes on its file system. */
  get usedBytes(): number {
    return fstatSync(this.fd).blocks * STAT_BLOCK_BYTES;
  }

  read(buffers: readonly Uint8Array[], offset: number): void {
    try {
      readAll(this.fd, buffers, offset, this.#calls);
    } catch (error) {
      throw this.#named(error);
    }
  }

  /** A span as private bytes. */
  bytes(offset: number, length: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(length);
    readAll(this.fd, [bytes], offset, this.#calls);
    return bytes;
  }

  /** The first bytes, fewer when the file has fewer. */
  head(length: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(Math.min(length, this.#sizeBytes));
    return bytes.subarray(0, readSync(this.fd, bytes, 0, bytes.length, 0));
  }

  write(buffers: readonly Uint8Array[], offset: number): void {
    try {
      writeAll(this.fd, buffers, offset, this.#calls);
    } catch (error) {
      throw this.#named(error);
    }
    const end = offset + buffers.reduce((length, buffer) => length + buffer.length, 0);
    if (end > this.#sizeBytes) this.#sizeBytes = end;
  }

  /** Makes a span within the file read as zeroes; with `unmap` its space may be given back. */
  zero(offset: number, length: number, unmap: boolean): void {
    if (length === 0 || this.#native.zeroSpan(this.fd, offset, length, unmap)) return;
    for (let at = offset; at < offset + length; at += ZEROES.length) {
      writeAll(this.fd, [ZEROES.subarray(0, offset + length - at)], at, this.#calls);
    }
  }

  /** Gives the space of a span back where the file system can, which then reads as zeroes; else nothing changes. */
  discard(offset: number, length: number): void {
    if (length > 0) this.#native.zeroSpan(this.fd, offset, length, true);
  }

  /** Sets space aside for a span. False where the file system cannot, or has not so much. */
  allocate(offset: number, length: number): boolean {
    return length === 0 || this.#native.allocate(this.fd, offset, length);
  }

  /** From `offset` on, whether there is a hole, and how far it or what is none goes; at most to the file's end. */
  hole(offset: number): { readonly isHole: boolean; readonly end: number } {
    const data = this.#native.seek(this.fd, offset, 'data');
    if (data === undefined) {
      // No data behind it; or a file system that does not say: then there is no hole at the end either.
      const isKnown = this.#native.seek(this.fd, offset, 'hole') !== undefined;
      return { isHole: isKnown, end: this.#sizeBytes };
    }
    if (data > offset) return { isHole: true, end: data };
    return { isHole: false, end: this.#native.seek(this.fd, offset, 'hole') ?? this.#sizeBytes };
  }

  /** Others may read it from now on, and nobody writes it. False when the system does not let go. */
  share(): boolean {
    this.flush();
    this.#isWritable = false;
    return this.#native.lockFile(this.fd, 'shared');
  }

  resize(bytes: number): void {
    ftruncateSync(this.fd, bytes);
    this.#sizeBytes = bytes;
  }

  flush(): void {
    if (this.#isWritable) this.#calls.sync(this.fd);
  }

  /** A disk has several files: which of them it was. */
  #named(error: unknown): unknown {
    if (!(error instanceof Error)) return error;
    const { code } = error as NodeJS.ErrnoException;
    const named = new Error(`${basename(this.path)}: ${error.message}`, { cause: error });
    return Object.assign(named, code !== undefined && { code });
  }

  /** Lets go of the file, flushed when it was written. May be called again. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    try {
      this.flush();
    } finally {
      closeSync(this.fd);
    }
  }
}

/** The error for a person of what the system said. */
export function fileProblem(action: string, what: string, path: string, cause: unknown): HostError {
  if (cause instanceof HostError) return cause;
  const { code, message } = cause as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new HostError('file-missing', { what, path }, { cause });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new HostError('file-denied', { what, path }, { cause });
    case 'EISDIR':
      return new HostError('file-not-regular', { what, path, kind: 'a directory' }, { cause });
    case 'ELOOP':
      return new HostError('file-not-regular', { what, path, kind: 'a link' }, { cause });
    default:
      return new HostError('file-io', { action, what, path, reason: message }, { cause });
  }
}

function open(path: string, flags: number, what: string): number {
  try {
    return openSync(path, flags, OWNER_ONLY);
  } catch (cause) {
    throw fileProblem((flags & O_CREAT) === 0 ? 'open' : 'make', what, path, cause);
  }
}

function checkRegular(stats: Stats, path: string, what: string): void {
  if (stats.isFile()) return;
  const kind = stats.isDirectory() ? 'a directory' : 'a device, pipe or socket';
  throw new HostError('file-not-regular', { what, path, kind });
}

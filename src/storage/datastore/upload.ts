/** A file on its way to a datastore: written aside, and put in its place whole, or never. */
import type { FileHandle } from 'node:fs/promises';
import { rename, unlink } from 'node:fs/promises';
import type { NativeCalls } from '../native.ts';
import { type Folder, systemError } from './confined.ts';
import { type FileFacts, factsOf } from './facts.ts';

/** Written parts go to the disk while more come in, so that the last flush has little left to do. */
const FLUSH_EACH_BYTES = 32 * 2 ** 20;

export interface UploadParts {
  /** The new file under its passing name, open and locked. */
  readonly handle: FileHandle;
  readonly staging: Folder;
  readonly passingName: string;
  /** Opens the folder that it will be in, and makes it when it is not there. */
  readonly makeFolder: () => Promise<Folder>;
  readonly name: string;
  readonly native: NativeCalls;
  /** Told how many bytes came to the file, so that the space is not promised twice. */
  readonly wrote: (bytes: number) => void;
  readonly ended: (upload: FolderUpload) => void;
}

/** Either `commit` or `abort` ends it; `abort` may be called again and after `commit`. */
export class FolderUpload {
  readonly #parts: UploadParts;
  #position = 0;
  #unflushed = 0;
  #flush: Promise<unknown> | undefined;
  #flushError: unknown;
  #over = false;

  constructor(parts: UploadParts) {
    this.#parts = parts;
  }

  /** Appends all of `buffers`. */
  async write(buffers: readonly Uint8Array[]): Promise<void> {
    let rest = [...buffers];
    while (rest.length > 0) {
      const { bytesWritten } = await this.#parts.handle.writev(rest, this.#position);
      this.#position += bytesWritten;
      this.#parts.wrote(bytesWritten);
      this.#flushBehind(bytesWritten);
      rest = after(rest, bytesWritten);
    }
  }

  /** Puts the file in its place and onto the disk. Throws EISDIR or EBUSY when that place is taken. */
  async commit(): Promise<FileFacts> {
    const { handle } = this.#parts;
    try {
      await this.#flush;
      if (this.#flushError !== undefined) throw this.#flushError;
      await handle.datasync();
      await this.#moveIn();
      const facts = factsOf(await handle.stat({ bigint: true }));
      if (facts === undefined) throw systemError('EIO', 'the new file is no file');
      return facts;
    } finally {
      await this.#end();
    }
  }

  async abort(): Promise<void> {
    if (!this.#over) await this.#end();
  }

  async #end(): Promise<void> {
    const { handle, staging, passingName, ended } = this.#parts;
    const committed = this.#over;
    this.#over = true;
    await this.#flush;
    if (!committed) await unlink(staging.at(passingName)).catch(() => {});
    await handle.close().catch(() => {});
    ended(this);
  }

  #flushBehind(bytes: number): void {
    this.#unflushed += bytes;
    if (this.#unflushed < FLUSH_EACH_BYTES || this.#flush !== undefined) return;
    this.#unflushed = 0;
    this.#flush = this.#parts.handle.datasync().then(
      () => void (this.#flush = undefined),
      (error: unknown) => {
        this.#flush = undefined;
        this.#flushError = error;
      },
    );
  }

  /** A disk that a machine uses is not taken from under it. */
  async #moveIn(): Promise<void> {
    const { staging, passingName, makeFolder, name, native } = this.#parts;
    const folder = await makeFolder();
    try {
      const replaced = await lockForChange(folder, name, native);
      try {
        await rename(staging.at(passingName), folder.at(name));
      } finally {
        await replaced?.close();
      }
      this.#over = true;
      await folder.handle.sync();
    } finally {
      await folder.close();
    }
  }
}

/** Opens and locks a file that is to be replaced or removed; undefined when there is none. */
export async function lockForChange(
  folder: Folder,
  name: string,
  native: NativeCalls,
): Promise<FileHandle | undefined> {
  let handle: FileHandle;
  try {
    handle = await folder.open(name, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const facts = factsOf(await handle.stat({ bigint: true }));
    if (facts === undefined) throw systemError('EPERM', 'it is neither a file nor a folder');
    if (facts.kind === 'folder') throw systemError('EISDIR', 'it is a folder');
    if (!native.lockFile(handle.fd, 'exclusive')) throw systemError('EBUSY', 'it is in use');
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function after(buffers: readonly Uint8Array[], count: number): Uint8Array[] {
  let left = count;
  return buffers.flatMap((buffer) => {
    const skipped = Math.min(left, buffer.length);
    left -= skipped;
    return skipped === buffer.length ? [] : [buffer.subarray(skipped)];
  });
}

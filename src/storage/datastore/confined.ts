/**
 * Paths below one folder of the machine, walked by handles: no link and no race leads out of it.
 *
 * Each folder on the way is opened by the handle of the one above it, without following links. On Linux a name below a
 * handle is `/proc/self/fd/N/name`, which is what openat(2) does; elsewhere the way is walked by names, with a look at
 * each, so that a race with somebody who may write there already could lead out.
 */
import { constants } from 'node:fs';
import { type FileHandle, lstat, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';

const { O_DIRECTORY, O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants;
const BY_HANDLE = process.platform === 'linux';
const MAX_NAME_BYTES = 255;

/** An error as the system's own: `code` tells what it is. */
export function systemError(code: string, message: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: ${message}`), { code });
}

/** An open folder. Whoever gets it closes it. */
export class Folder {
  readonly handle: FileHandle;
  readonly #path: string;

  private constructor(handle: FileHandle, path: string) {
    this.handle = handle;
    this.#path = path;
  }

  /** Opens the folder that is the top: links in its own path are followed. */
  static async top(path: string): Promise<Folder> {
    return new Folder(await open(path, O_RDONLY | O_DIRECTORY), path);
  }

  /** The path by which the system finds `name` in this folder, for as long as it is open. */
  at(name: string): string {
    checkName(name);
    return join(this.here, name);
  }

  get here(): string {
    return BY_HANDLE ? `/proc/self/fd/${this.handle.fd}` : this.#path;
  }

  /** Opens a folder below this one, and with `make` those that are not there. Links are ELOOP or ENOTDIR. */
  async walk(path: readonly string[], make = false): Promise<Folder> {
    let folder: Folder = await Folder.top(this.here);
    for (const name of path) {
      try {
        const next = await folder.#enter(name, make);
        await folder.close();
        folder = next;
      } catch (error) {
        await folder.close();
        throw error;
      }
    }
    return folder;
  }

  /** Opens what `name` stands for, never by a link, and never waiting for a pipe's other end. */
  async open(name: string, flags: number, mode?: number): Promise<FileHandle> {
    return await open(this.at(name), flags | O_NOFOLLOW | O_NONBLOCK, mode);
  }

  async close(): Promise<void> {
    await this.handle.close();
  }

  async #enter(name: string, make: boolean): Promise<Folder> {
    if (make) await mkdir(this.at(name)).catch(unless('EEXIST'));
    if (!BY_HANDLE && (await lstat(this.at(name))).isSymbolicLink())
      throw systemError('ELOOP', 'it is a link');
    return new Folder(await this.open(name, O_RDONLY | O_DIRECTORY), this.at(name));
  }
}

/** What to do with errors other than the one that is fine. */
export function unless(code: string): (error: NodeJS.ErrnoException) => undefined {
  return (error) => {
    if (error.code !== code) throw error;
    return undefined;
  };
}

/** A name is one step down: the callers cut paths into names, this is the last line behind them. */
function checkName(name: string): void {
  if (name === '' || name === '.' || name === '..' || name.includes('/') || name.includes('\0')) {
    throw systemError('EINVAL', `${JSON.stringify(name)} is not a name`);
  }
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) {
    throw systemError('ENAMETOOLONG', `a name has more than ${MAX_NAME_BYTES} bytes`);
  }
}

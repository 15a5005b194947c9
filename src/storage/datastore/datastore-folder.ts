/** A datastore in a folder of the machine: files read, listed, put whole, removed, and never left by any path. */
import { constants } from 'node:fs';
import { type FileHandle, lstat, mkdir, opendir, rmdir, statfs, unlink } from 'node:fs/promises';
import { type NativeCalls, nativeCalls } from '../native.ts';
import { Folder, systemError, unless } from './confined.ts';
import { type FileEntry, type FileFacts, factsOf } from './facts.ts';
import { FolderUpload, lockForChange } from './upload.ts';

export interface DatastoreFolderOptions {
  /** What the datastore is called. */
  readonly name: string;
  /** The folder; made when it is not there. */
  readonly path: string;
  /** Chance for passing names. */
  readonly randomBytes: (count: number) => Uint8Array;
}

/** Capacity and what is still free for new data. */
export interface Space {
  readonly capacityBytes: number;
  readonly freeBytes: number;
}

/** An open file, as it was when it was opened. */
export interface OpenFile {
  readonly facts: FileFacts;
  /** Reads up to `into.length` bytes; 0 at the end. */
  read(into: Uint8Array, position: number): Promise<number>;
  close(): Promise<void>;
}

/** The datastore's own folder: nobody sees it, and what is in it does not outlive a start. */
export const SYSTEM_FOLDER = '.vmk.sf';
const { O_RDONLY, O_WRONLY, O_CREAT, O_EXCL } = constants;
const PASSING_NAME_BYTES = 12;
/** What is asked of the system at once while a folder is listed. */
const STATS_AT_ONCE = 32;

/**
 * Paths are lists of names from the datastore's top. What cannot be is thrown as the system's own errors: ENOENT,
 * ENOTDIR, EISDIR, ELOOP, ENOTEMPTY, EBUSY, ENOSPC, EINVAL, ENAMETOOLONG, EPERM.
 */
export class DatastoreFolder {
  readonly name: string;
  readonly #top: Folder;
  readonly #staging: Folder;
  readonly #native: NativeCalls;
  readonly #randomBytes: (count: number) => Uint8Array;
  readonly #uploads = new Set<FolderUpload>();
  /** Bytes that uploads said they would bring and have not brought yet. */
  #promisedBytes = 0;

  private constructor(options: DatastoreFolderOptions, top: Folder, staging: Folder) {
    this.name = options.name;
    this.#randomBytes = options.randomBytes;
    this.#top = top;
    this.#staging = staging;
    this.#native = nativeCalls();
  }

  /** Opens the folder, and removes what uploads left there when their host died. */
  static async open(options: DatastoreFolderOptions): Promise<DatastoreFolder> {
    await mkdir(options.path, { recursive: true });
    const top = await Folder.top(options.path);
    try {
      await mkdir(top.at(SYSTEM_FOLDER), { mode: 0o700 }).catch(unless('EEXIST'));
      const staging = await top.walk([SYSTEM_FOLDER]);
      const datastore = new DatastoreFolder(options, top, staging);
      await datastore.#sweep();
      return datastore;
    } catch (error) {
      await top.close();
      throw error;
    }
  }

  /** Breaks off what is under way. */
  async close(): Promise<void> {
    await Promise.all([...this.#uploads].map((upload) => upload.abort()));
    await this.#staging.close();
    await this.#top.close();
  }

  async stat(path: readonly string[]): Promise<FileFacts> {
    return await this.#inFolderOf(path, async (folder, name) => {
      const facts =
        name === undefined ? await folder.handle.stat({ bigint: true }) : await look(folder, name);
      return known(factsOf(facts));
    });
  }

  /** In no order. What is neither file nor folder is not told. */
  async list(path: readonly string[]): Promise<FileEntry[]> {
    refuseSystemFolder(path);
    const folder = await this.#top.walk(path);
    try {
      const names: string[] = [];
      for await (const { name } of await opendir(folder.here)) {
        if (path.length > 0 || name !== SYSTEM_FOLDER) names.push(name);
      }
      const entries: FileEntry[] = [];
      for (let at = 0; at < names.length; at += STATS_AT_ONCE) {
        const some = names.slice(at, at + STATS_AT_ONCE).map((name) => entryOf(folder, name));
        entries.push(...(await Promise.all(some)).filter((entry) => entry !== undefined));
      }
      return entries;
    } finally {
      await folder.close();
    }
  }

  async open(path: readonly string[]): Promise<OpenFile> {
    return await this.#inFolderOf(path, async (folder, name) => {
      if (name === undefined) throw systemError('EISDIR', 'it is the top of the datastore');
      const handle = await folder.open(name, O_RDONLY);
      try {
        const facts = known(factsOf(await handle.stat({ bigint: true })));
        if (facts.kind === 'folder') throw systemError('EISDIR', 'it is a folder');
        return new OpenedFile(handle, facts);
      } catch (error) {
        await handle.close();
        throw error;
      }
    });
  }

  /**
   * Begins a file. `expectedBytes` is set aside, and ENOSPC at once when it is not there. Folders above it are made
   * when it is put in its place, so that one that breaks off leaves none.
   */
  async create(path: readonly string[], expectedBytes = 0): Promise<FolderUpload> {
    refuseSystemFolder(path);
    const name = path.at(-1);
    if (name === undefined) throw systemError('EISDIR', 'it is the top of the datastore');
    if (expectedBytes > (await this.space()).freeBytes) {
      throw systemError('ENOSPC', `${expectedBytes} bytes do not fit`);
    }
    await this.#checkPlace(path.slice(0, -1), name);
    return await this.#stage(path.slice(0, -1), name, expectedBytes);
  }

  /** Removes a file, or a folder that is empty. */
  async remove(path: readonly string[]): Promise<void> {
    await this.#inFolderOf(path, async (folder, name) => {
      if (name === undefined) throw systemError('EBUSY', 'it is the top of the datastore');
      if ((await look(folder, name)).isDirectory()) return await rmdir(folder.at(name));
      const locked = await lockForChange(folder, name, this.#native);
      try {
        await unlink(folder.at(name));
      } finally {
        await locked?.close();
      }
      await folder.handle.sync();
    });
  }

  async space(): Promise<Space> {
    const { blocks, bavail, bsize } = await statfs(this.#top.here);
    return {
      capacityBytes: blocks * bsize,
      freeBytes: Math.max(0, bavail * bsize - this.#promisedBytes),
    };
  }

  /** Says early what a commit would say. */
  async #checkPlace(above: readonly string[], name: string): Promise<void> {
    const folder = await this.#top.walk(above).catch(unless('ENOENT'));
    if (folder === undefined) return;
    try {
      await (await lockForChange(folder, name, this.#native))?.close();
    } finally {
      await folder.close();
    }
  }

  async #stage(above: readonly string[], name: string, expectedBytes: number): Promise<FolderUpload> {
    const passingName = Buffer.from(this.#randomBytes(PASSING_NAME_BYTES)).toString('hex');
    const handle = await this.#staging.open(passingName, O_WRONLY | O_CREAT | O_EXCL, 0o644);
    // Against another host's sweep of the same folder.
    if (!this.#native.lockFile(handle.fd, 'exclusive')) {
      await handle.close();
      throw systemError('EBUSY', 'another host swept it away');
    }
    let promised = expectedBytes;
    this.#promisedBytes += promised;
    const keep = (bytes: number) => {
      const kept = Math.min(promised, bytes);
      promised -= kept;
      this.#promisedBytes -= kept;
    };
    const upload = new FolderUpload({
      handle,
      staging: this.#staging,
      passingName,
      makeFolder: () => this.#top.walk(above, true),
      name,
      native: this.#native,
      wrote: keep,
      ended: (ended) => {
        keep(promised);
        this.#uploads.delete(ended);
      },
    });
    this.#uploads.add(upload);
    return upload;
  }

  /** Removes what nobody holds: the locks of the dead are gone with them. */
  async #sweep(): Promise<void> {
    for await (const { name } of await opendir(this.#staging.here)) {
      const handle = await this.#staging.open(name, O_RDONLY).catch(() => undefined);
      if (handle === undefined) continue;
      try {
        if (this.#native.lockFile(handle.fd, 'exclusive'))
          await unlink(this.#staging.at(name)).catch(() => {});
      } finally {
        await handle.close();
      }
    }
  }

  /** Opens the folder that a path's last name lies in; the name is undefined for the top itself. */
  async #inFolderOf<T>(
    path: readonly string[],
    action: (folder: Folder, name: string | undefined) => Promise<T>,
  ): Promise<T> {
    refuseSystemFolder(path);
    const folder = await this.#top.walk(path.slice(0, -1));
    try {
      return await action(folder, path.at(-1));
    } finally {
      await folder.close();
    }
  }
}

class OpenedFile implements OpenFile {
  readonly facts: FileFacts;
  readonly #handle: FileHandle;

  constructor(handle: FileHandle, facts: FileFacts) {
    this.#handle = handle;
    this.facts = facts;
  }

  async read(into: Uint8Array, position: number): Promise<number> {
    return (await this.#handle.read(into, 0, into.length, position)).bytesRead;
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

function refuseSystemFolder([first]: readonly string[]): void {
  if (first === SYSTEM_FOLDER) throw systemError('ENOENT', 'no such file or folder');
}

function look(folder: Folder, name: string) {
  return lstat(folder.at(name), { bigint: true });
}

function known(facts: FileFacts | undefined): FileFacts {
  if (facts === undefined) throw systemError('EPERM', 'it is neither a file nor a folder');
  return facts;
}

/** Undefined for what is gone by now, and for what a datastore does not have. */
async function entryOf(folder: Folder, name: string): Promise<FileEntry | undefined> {
  try {
    const facts = factsOf(await look(folder, name));
    return facts && { name, ...facts };
  } catch {
    return undefined;
  }
}

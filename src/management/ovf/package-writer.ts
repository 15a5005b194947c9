/** Where a package goes: an OVA, or a folder. It is there whole, or not at all. */
import { rmdirSync, rmSync, type Stats } from 'node:fs';
import { mkdir, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { HostError, reasonOf } from '#lib';
import { syncFolder } from '#storage';

export interface PackageWriter {
  /** Takes a file in; resolves to its size. @param mostBytes - it has no more than that. @throws HostError */
  file(name: string, mostBytes: number, source: AsyncIterable<Uint8Array>): Promise<number>;
  /** Writes the texts that are known last, and ends. @throws HostError */
  finish(texts: ReadonlyMap<string, string>): Promise<void>;
  /** Leaves nothing of it. */
  abandon(): Promise<void>;
}

/** Does something with a file, and names it when that fails. @throws HostError `file-io`, `disk-full` */
export async function fileTrouble<T>(action: string, path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof HostError) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' && action !== 'make')
      throw new HostError('file-missing', { what: 'file', path }, { cause });
    if (code === 'ENOSPC') throw new HostError('disk-full', { action, what: 'file', path }, { cause });
    throw new HostError('file-io', { action, what: 'file', path, reason: reasonOf(cause) }, { cause });
  }
}

/** What is known of a file that bytes are read out of: a pipe would be waited for without end. @throws HostError */
export async function regularFile(path: string): Promise<Stats> {
  const stats = await stat(path);
  if (!stats.isFile())
    throw new HostError('file-not-regular', { what: 'file', path, kind: 'a folder or a device' });
  return stats;
}

/**
 * Writes a stream into a file that was not there, and resolves to its size. When it fails there is no file again.
 * @param check - hears how much it has become, and may break it off by throwing. @throws HostError `file-io`, `disk-full`
 */
export async function writeNew(
  path: string,
  source: AsyncIterable<Uint8Array>,
  check: (sizeBytes: number) => void = () => {},
): Promise<number> {
  const file = await fileTrouble('make', path, () => open(path, 'wx', 0o600));
  let sizeBytes = 0;
  try {
    for await (const bytes of source) {
      sizeBytes += bytes.length;
      check(sizeBytes);
      await fileTrouble('write', path, () => file.writeFile(bytes));
    }
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  return sizeBytes;
}

/** What a file has stays so after a crash. @throws HostError `file-io` */
export async function syncFile(path: string): Promise<void> {
  await fileTrouble('write', path, async () => {
    const file = await open(path, 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
  });
}

/** A folder with the files of a package; others may be in it already. */
export class FolderWriter implements PackageWriter {
  readonly #path: string;
  readonly #isNew: boolean;
  readonly #made: string[] = [];

  private constructor(path: string, isNew: boolean) {
    this.#path = path;
    this.#isNew = isNew;
  }

  /** @throws HostError `file-io` */
  static async create(path: string): Promise<FolderWriter> {
    const first = await fileTrouble('make', path, () => mkdir(path, { recursive: true }));
    return new FolderWriter(path, first !== undefined);
  }

  async file(name: string, _mostBytes: number, source: AsyncIterable<Uint8Array>): Promise<number> {
    const path = join(this.#path, name);
    const sizeBytes = await writeNew(path, source);
    this.#made.push(path);
    await syncFile(path);
    return sizeBytes;
  }

  async finish(texts: ReadonlyMap<string, string>): Promise<void> {
    // The descriptor last: without it the rest is no package.
    for (const [name, text] of [...texts].toReversed()) {
      await this.file(name, text.length, oneOf(Buffer.from(text)));
    }
    syncFolder(this.#path);
  }

  async abandon(): Promise<void> {
    for (const path of this.#made) rmSync(path, { force: true });
    if (!this.#isNew) return;
    try {
      rmdirSync(this.#path);
    } catch {
      // Somebody has put something into it.
    }
  }
}

// biome-ignore lint/suspicious/useAwait: a stream of one piece
async function* oneOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** The files in memory as the port sees them: a part of the host's own tree, uploads put in their place whole. */
import {
  ERRNO,
  type Errno,
  type FileView,
  isErrno,
  type OpenFile as OpenedFile,
  OpenFlag,
  type Status,
} from '#kernel';
import type { FileEntry, FileFacts, FileTree, OpenFile, Path, Space, Upload } from './backends.ts';

export interface VfsTreeOptions {
  readonly view: FileView;
  /** The folder that is the tree's top, as `/tmp`. */
  readonly top: string;
  /**
   * Whether symbolic links lead on: yes for files that the host names itself, no where people put what they like,
   * since a link there would lead past the privilege of what it points at.
   */
  readonly followLinks: boolean;
  /** Chance for passing names. */
  readonly randomBytes: (count: number) => Uint8Array;
}

const DEFAULT_MODE = 0o644;
const MODE_BITS = 0o777;
/** Files on their way; nobody sees them. */
const PASSING = '.#put-';
const PASSING_NAME_BYTES = 12;

export class VfsTree implements FileTree {
  readonly #options: VfsTreeOptions;

  constructor(options: VfsTreeOptions) {
    this.#options = options;
  }

  async stat(path: Path): Promise<FileFacts> {
    return known(factsOf(this.#look(path)));
  }

  async list(path: Path): Promise<FileEntry[]> {
    this.#look(path);
    return done(this.#view.list(this.#at(path))).flatMap(({ name }) => {
      if (name === '.' || name === '..' || name.startsWith(PASSING)) return [];
      const status = this.#status([...path, name]);
      const facts = isErrno(status) ? undefined : factsOf(status);
      return facts === undefined ? [] : [{ name, ...facts }];
    });
  }

  async open(path: Path): Promise<OpenFile> {
    const facts = known(factsOf(this.#look(path)));
    if (facts.kind === 'folder') throw systemError(ERRNO.EISDIR);
    const file = done(this.#view.open(this.#at(path)));
    return {
      facts: known(factsOf(done(file.status()))),
      read: async (into, position) => done(file.readAt(into, position)),
      close: async () => file.close(),
    };
  }

  async create(path: Path, expectedBytes = 0, mode?: number): Promise<Upload> {
    const name = path.at(-1);
    if (name === undefined) throw systemError(ERRNO.EISDIR);
    const old = this.#placeOf(path);
    const folder = this.#deepestFolder(path.slice(0, -1));
    if (expectedBytes > (await this.space(folder)).freeBytes) throw systemError(ERRNO.ENOSPC);
    const random = Buffer.from(this.#options.randomBytes(PASSING_NAME_BYTES)).toString('hex');
    const passing = this.#at([...folder, `${PASSING}${random}`]);
    const flags = OpenFlag.readWrite | OpenFlag.create | OpenFlag.exclusive;
    const asMode = mode ?? (old === undefined ? DEFAULT_MODE : old.mode & MODE_BITS);
    const file = done(this.#view.open(passing, flags, asMode));
    return new VfsUpload(this.#view, file, passing, () => {
      this.#makeFolders(path.slice(0, -1));
      this.#placeOf(path);
      return this.#at(path);
    });
  }

  async remove(path: Path): Promise<void> {
    if (path.length === 0) throw systemError(ERRNO.EBUSY);
    const isFolder = this.#look(path).kind === 'directory';
    const at = this.#at(path);
    const failed = isFolder ? this.#view.rmdir(at) : this.#view.unlink(at);
    if (failed !== undefined) throw systemError(failed);
  }

  async space(path: Path): Promise<Space> {
    const { blockBytes, blocks, freeBlocks } = done(this.#view.statfs(this.#at(this.#deepestFolder(path))));
    return { capacityBytes: blocks * blockBytes, freeBytes: freeBlocks * blockBytes };
  }

  get #view(): FileView {
    return this.#options.view;
  }

  #at(path: Path): string {
    return `${this.#options.top.replace(/\/$/, '')}/${path.join('/')}`;
  }

  /** Throws what the file system says when there is nothing, and ELOOP for a link that must not lead on. */
  #look(path: Path): Status {
    if (path.some((name) => name.startsWith(PASSING))) throw systemError(ERRNO.ENOENT);
    if (!this.#options.followLinks) {
      for (let depth = 1; depth < path.length; depth++) {
        const { kind } = done(this.#view.lstat(this.#at(path.slice(0, depth))));
        if (kind === 'symlink') throw systemError(ERRNO.ELOOP);
      }
    }
    const status = done(this.#status(path));
    if (status.kind === 'symlink') throw systemError(ERRNO.ELOOP);
    return status;
  }

  #status(path: Path): Status | Errno {
    const at = this.#at(path);
    return this.#options.followLinks ? this.#view.stat(at) : this.#view.lstat(at);
  }

  /** What would be replaced, if anything. Throws when it is not a file. */
  #placeOf(path: Path): Status | undefined {
    let status: Status;
    try {
      status = this.#look(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
    if (status.kind === 'directory') throw systemError(ERRNO.EISDIR);
    if (status.kind !== 'file') throw systemError(ERRNO.EPERM);
    return status;
  }

  #deepestFolder(path: Path): Path {
    for (let length = path.length; length > 0; length--) {
      const status = this.#view.stat(this.#at(path.slice(0, length)));
      if (!isErrno(status) && status.kind === 'directory') return path.slice(0, length);
    }
    return [];
  }

  #makeFolders(path: Path): void {
    for (let length = 1; length <= path.length; length++) {
      const failed = this.#view.mkdir(this.#at(path.slice(0, length)), 0o755);
      if (failed !== undefined && failed !== ERRNO.EEXIST) throw systemError(failed);
    }
  }
}

class VfsUpload implements Upload {
  readonly #view: FileView;
  readonly #file: OpenedFile;
  readonly #passing: string;
  /** Makes the way to where it will be, and tells that place. */
  readonly #prepare: () => string;
  #over = false;

  constructor(view: FileView, file: OpenedFile, passing: string, prepare: () => string) {
    this.#view = view;
    this.#file = file;
    this.#passing = passing;
    this.#prepare = prepare;
  }

  async write(buffers: readonly Uint8Array[]): Promise<void> {
    for (const buffer of buffers) {
      for (let at = 0; at < buffer.length; ) {
        const count = done(this.#file.write(buffer.subarray(at)));
        if (count === 0) throw systemError(ERRNO.ENOSPC);
        at += count;
      }
    }
  }

  async commit(): Promise<FileFacts> {
    try {
      const failed = this.#view.rename(this.#passing, this.#prepare());
      if (failed !== undefined) throw systemError(failed);
      this.#over = true;
      return known(factsOf(done(this.#file.status())));
    } finally {
      await this.abort();
    }
  }

  async abort(): Promise<void> {
    this.#file.close();
    if (!this.#over) this.#view.unlink(this.#passing);
    this.#over = true;
  }
}

/** Undefined for links, pipes, devices and sockets. */
function factsOf(status: Status): FileFacts | undefined {
  const { kind, id, mountDevice, sizeBytes, mtimeNanoseconds } = status;
  if (kind !== 'file' && kind !== 'directory') return undefined;
  return {
    kind: kind === 'file' ? 'file' : 'folder',
    sizeBytes: kind === 'file' ? sizeBytes : 0,
    modifiedMs: Number(mtimeNanoseconds / 1_000_000n),
    tag: [mountDevice, id, sizeBytes, mtimeNanoseconds].map((value) => value.toString(36)).join('-'),
  };
}

function known(facts: FileFacts | undefined): FileFacts {
  if (facts === undefined) throw systemError(ERRNO.EPERM);
  return facts;
}

function done<T>(result: T | Errno): T {
  if (isErrno(result)) throw systemError(result);
  return result;
}

function systemError({ name, text }: Errno): NodeJS.ErrnoException {
  return Object.assign(new Error(text), { code: name });
}

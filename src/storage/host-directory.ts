/** A folder of the machine as a file system on the VFS: what a datastore is; nothing outside the folder can be reached. */
import * as fs from 'node:fs';
import { join, sep } from 'node:path';
import {
  type AttributeChange,
  type DirectoryEntry,
  type DirectoryInode,
  ERRNO,
  type Errno,
  type ErrnoName,
  type FileHandle,
  type FileInode,
  type FileKind,
  type FileSystem,
  type FileSystemStatus,
  type Inode,
  type InodeStatus,
  isErrno,
  type LinkInode,
  type NewInode,
  type SpecialInode,
  type SpecialKind,
} from '#kernel';

export interface HostDirectoryOptions {
  readonly folder: string;
  /** What it calls itself in statfs: `VMFS-6`. */
  readonly type: string;
  readonly readOnly?: boolean;
  /** Whether links can be made in it; datastores have none. */
  readonly links?: boolean;
}

const { O_CREAT, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_RDWR, O_WRONLY } = fs.constants;

/**
 * Files in a folder of the machine. All belong to root; their modes are the machine's.
 *
 * The VFS walks it name by name, and symbolic links in it lead through the VFS: `/etc/passwd` is then the host's own.
 */
export class HostDirectory implements FileSystem {
  readonly readOnly: boolean;
  readonly root: DirectoryInode;
  readonly #folder: string;
  readonly #type: string;
  readonly links: boolean;

  /** Throws what node:fs throws when there is no such folder. */
  constructor({ folder, type, readOnly = false, links = false }: HostDirectoryOptions) {
    this.#folder = fs.realpathSync.native(folder);
    this.#type = type;
    this.readOnly = readOnly;
    this.links = links;
    this.root = new HostFolder(this, undefined, '', fs.lstatSync(this.#folder, { bigint: true }).ino);
  }

  status(): FileSystemStatus | Errno {
    return attempt(() => {
      const { bsize, blocks, bavail, files, ffree } = fs.statfsSync(this.#folder);
      const counts = { blockBytes: bsize, blocks, freeBlocks: bavail, inodes: files, freeInodes: ffree };
      return { type: this.#type, ...counts, readOnly: this.readOnly };
    });
  }

  /** Where an inode of it lies on the machine; undefined for others'. */
  pathOf(inode: Inode): string | undefined {
    return inode instanceof HostInode && inode.fileSystem === this ? inode.path : undefined;
  }

  /** @param names - from the root; each was checked by the VFS. */
  at(names: readonly string[]): string {
    return join(this.#folder, ...names);
  }

  /** Whether an open file really lies in the folder: somebody outside may have put a link in the way. */
  holds(fd: number): boolean {
    if (process.platform !== 'linux') return true;
    const path = fs.readlinkSync(`/proc/self/fd/${fd}`);
    return path.startsWith(this.#folder + sep);
  }
}

abstract class HostInode {
  abstract readonly kind: FileKind;
  readonly fileSystem: HostDirectory;
  readonly id: number;
  readonly above: HostFolder | undefined;
  readonly name: string;

  constructor(fileSystem: HostDirectory, above: HostFolder | undefined, name: string, ino: bigint) {
    this.fileSystem = fileSystem;
    this.above = above;
    this.name = name;
    this.id = Number(ino);
  }

  get names(): readonly string[] {
    return this.above === undefined ? [] : [...this.above.names, this.name];
  }

  get path(): string {
    return this.fileSystem.at(this.names);
  }

  status(): InodeStatus | Errno {
    return attempt(() => statusOf(fs.lstatSync(this.path, { bigint: true })));
  }

  change(change: AttributeChange): Errno | undefined {
    if (belongsToOther(change)) return ERRNO.EPERM;
    return done(() => {
      const { path } = this;
      if (change.mode !== undefined && this.kind !== 'symlink') fs.chmodSync(path, change.mode);
      const times = timesOf(change, () => fs.lstatSync(path, { bigint: true }));
      if (times !== undefined) fs.lutimesSync(path, ...times);
    });
  }
}

class HostFile extends HostInode implements FileInode {
  readonly kind = 'file';

  open({ read, write }: { readonly read: boolean; readonly write: boolean }): FileHandle | Errno {
    const flags = (write ? (read ? O_RDWR : O_WRONLY) : O_RDONLY) | O_NOFOLLOW | O_NONBLOCK;
    return attempt(() => {
      const fd = fs.openSync(this.path, flags);
      if (this.fileSystem.holds(fd)) return handleOf(fd);
      fs.closeSync(fd);
      return ERRNO.EACCES;
    });
  }
}

class HostLink extends HostInode implements LinkInode {
  readonly kind = 'symlink';

  target(): string | Errno {
    return attempt(() => fs.readlinkSync(this.path));
  }
}

class HostSpecial extends HostInode implements SpecialInode {
  readonly kind: SpecialKind;

  constructor(kind: SpecialKind, ...rest: ConstructorParameters<typeof HostInode>) {
    super(...rest);
    this.kind = kind;
  }
}

class HostFolder extends HostInode implements DirectoryInode {
  readonly kind = 'directory';

  parent(): DirectoryInode {
    return this.above ?? this;
  }

  ownName(): string | Errno {
    const status = this.status();
    return isErrno(status) ? status : this.name;
  }

  lookup(name: string): Inode | Errno {
    return attempt(() => this.#inode(name, fs.lstatSync(this.#in(name), { bigint: true })));
  }

  entries(): readonly DirectoryEntry[] | Errno {
    return attempt(() =>
      fs
        .readdirSync(this.path, { withFileTypes: true })
        .map((entry) => ({ name: entry.name, kind: kindOf(entry) })),
    );
  }

  create(name: string, what: NewInode): Inode | Errno {
    const path = this.#in(name);
    const made = attempt(() => {
      if (what.kind === 'file') return makeFile(path, what.mode);
      if (what.kind === 'directory') {
        fs.mkdirSync(path);
        fs.chmodSync(path, what.mode);
        return undefined;
      }
      if (what.kind !== 'symlink' || !this.fileSystem.links) return ERRNO.EPERM;
      return fs.symlinkSync(what.target ?? '', path);
    });
    return made ?? this.lookup(name);
  }

  link(name: string, inode: Inode): Errno | undefined {
    if (!this.fileSystem.links || !(inode instanceof HostInode)) return ERRNO.EPERM;
    return done(() => fs.linkSync(inode.path, this.#in(name)));
  }

  unlink(name: string): Errno | undefined {
    return done(() => fs.unlinkSync(this.#in(name)));
  }

  removeDirectory(name: string): Errno | undefined {
    return done(() => fs.rmdirSync(this.#in(name)));
  }

  rename(name: string, to: DirectoryInode, toName: string): Errno | undefined {
    if (!(to instanceof HostFolder) || to.fileSystem !== this.fileSystem) return ERRNO.EXDEV;
    return done(() => fs.renameSync(this.#in(name), to.#in(toName)));
  }

  #in(name: string): string {
    return join(this.path, name);
  }

  #inode(name: string, stats: fs.BigIntStats): Inode {
    const kind = kindOf(stats);
    const place = [this.fileSystem, this, name, stats.ino] as const;
    if (kind === 'file') return new HostFile(...place);
    if (kind === 'directory') return new HostFolder(...place);
    return kind === 'symlink' ? new HostLink(...place) : new HostSpecial(kind, ...place);
  }
}

/** The machine's umask must not take part: the VFS has applied its own. */
function makeFile(path: string, mode: number): undefined {
  const fd = fs.openSync(path, O_CREAT | O_EXCL | O_WRONLY, 0o600);
  try {
    fs.fchmodSync(fd, mode);
  } finally {
    fs.closeSync(fd);
  }
}

function handleOf(fd: number): FileHandle {
  let isOpen = true;
  return {
    read: (into, position) => attempt(() => fs.readSync(fd, into, 0, into.length, position)),
    write: (from, position) => attempt(() => fs.writeSync(fd, from, 0, from.length, position)),
    truncate: (sizeBytes) => done(() => fs.ftruncateSync(fd, sizeBytes)),
    status: () => attempt(() => statusOf(fs.fstatSync(fd, { bigint: true }))),
    change: (change) =>
      belongsToOther(change)
        ? ERRNO.EPERM
        : done(() => {
            if (change.mode !== undefined) fs.fchmodSync(fd, change.mode);
            const times = timesOf(change, () => fs.fstatSync(fd, { bigint: true }));
            if (times !== undefined) fs.futimesSync(fd, ...times);
          }),
    sync: () => done(() => fs.fsyncSync(fd)),
    close() {
      if (!isOpen) return;
      isOpen = false;
      fs.closeSync(fd);
    },
  };
}

function statusOf(stats: fs.BigIntStats): InodeStatus {
  return {
    id: Number(stats.ino),
    kind: kindOf(stats),
    mode: Number(stats.mode & 0o7777n),
    links: Number(stats.nlink),
    uid: 0,
    gid: 0,
    sizeBytes: Number(stats.size),
    blocks: Number(stats.blocks),
    atimeNanoseconds: stats.atimeNs,
    mtimeNanoseconds: stats.mtimeNs,
    ctimeNanoseconds: stats.ctimeNs,
  };
}

function kindOf(entry: fs.BigIntStats | fs.Dirent): FileKind {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'directory';
  if (entry.isSymbolicLink()) return 'symlink';
  if (entry.isFIFO()) return 'pipe';
  if (entry.isSocket()) return 'socket';
  return entry.isBlockDevice() ? 'block-device' : 'character-device';
}

/** All is root's here, and stays so. */
function belongsToOther({ uid = 0, gid = 0 }: AttributeChange): boolean {
  return uid !== 0 || gid !== 0;
}

/** Both times in seconds; the one that does not change is what it was. */
function timesOf(change: AttributeChange, now: () => fs.BigIntStats): [number, number] | undefined {
  const { atimeNanoseconds, mtimeNanoseconds } = change;
  if (atimeNanoseconds === undefined && mtimeNanoseconds === undefined) return undefined;
  const stats = now();
  const seconds = (nanoseconds: bigint) => Number(nanoseconds) / 1e9;
  return [seconds(atimeNanoseconds ?? stats.atimeNs), seconds(mtimeNanoseconds ?? stats.mtimeNs)];
}

/** What the machine refuses, as the VFS says it. Only system errors; others are our own mistakes. */
function attempt<T>(work: () => T): T | Errno {
  try {
    return work();
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall === undefined || code === undefined) throw error;
    return ERRNO[code as ErrnoName] ?? ERRNO.EIO;
  }
}

function done(work: () => void): Errno | undefined {
  const result: unknown = attempt(work);
  return isErrno(result) ? result : undefined;
}

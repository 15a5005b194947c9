/** The VFS: one tree of mounted file systems, and a view of it for each who works in it. */
import { type Clock, concatBytes } from '#lib';
import { changeMode, changeOwner, changeTimes, truncateAt } from './attributes.ts';
import { type Credentials, ROOT_CREDENTIALS, Want } from './credentials.ts';
import { ERRNO, type Errno, isErrno } from './errno.ts';
import type {
  DeviceNumber,
  DirectoryEntry,
  FileSystem,
  FileSystemStatus,
  SpecialKind,
} from './file-system.ts';
import { type Mount, MountTable, type Position } from './mounts.ts';
import { createAt, linkAt, removeDirectoryAt, renameAt, unlinkAt } from './names.ts';
import { openAt } from './open.ts';
import { type OpenFile, OpenFlag } from './open-file.ts';
import { joinPath, PATH_BYTES_MAX } from './paths.ts';
import { type Status, statusAt } from './status.ts';
import { pathOf, Walk } from './walk.ts';
import { find, findDirectory, refusal, type Who } from './who.ts';

const CHUNK_BYTES = 2 ** 16;
const MAX_READ_BYTES = 2 ** 30;

/** The tree of one host. */
export class Vfs {
  readonly #mounts: MountTable;
  readonly #clock: Pick<Clock, 'wallNanoseconds'>;

  constructor(root: FileSystem, clock: Pick<Clock, 'wallNanoseconds'>) {
    this.#mounts = new MountTable(root);
    this.#clock = clock;
  }

  /** The tree as somebody sees it, who begins at the root with umask 022. */
  view(credentials: Credentials = ROOT_CREDENTIALS): FileView {
    const who: Who = { mounts: this.#mounts, credentials, umask: 0o022, folder: this.#mounts.root };
    return new FileView(who, this.#clock);
  }

  /** Mounts a file system on a directory that exists. */
  mount(fileSystem: FileSystem, path: string): Mount | Errno {
    const view = this.view();
    const at = view.folderAt(path);
    if (isErrno(at)) return at;
    const whole = view.realPath(path);
    return isErrno(whole) ? whole : this.#mounts.add(fileSystem, whole, at);
  }

  unmount(mount: Mount): Errno | undefined {
    return this.#mounts.remove(mount);
  }

  get mounts(): readonly Mount[] {
    return this.#mounts.all;
  }
}

/**
 * All operations with paths, on behalf of one identity. Each answers an Errno when it refuses.
 *
 * Owner: one process, or one request. It has a folder where relative paths begin, and a umask.
 */
export class FileView {
  #who: Who;
  readonly #clock: Pick<Clock, 'wallNanoseconds'>;

  constructor(who: Who, clock: Pick<Clock, 'wallNanoseconds'>) {
    this.#who = who;
    this.#clock = clock;
  }

  get credentials(): Credentials {
    return this.#who.credentials;
  }

  get umask(): number {
    return this.#who.umask;
  }

  set umask(mask: number) {
    this.#who = { ...this.#who, umask: mask & 0o777 };
  }

  // Files.

  open(path: string, flags: number = OpenFlag.readOnly, mode = 0o666): OpenFile | Errno {
    return openAt(this.#who, path, flags, mode);
  }

  /** The whole content of a file. */
  readFile(path: string): Uint8Array | Errno {
    const file = this.open(path);
    if (isErrno(file)) return file;
    try {
      return readWhole(file);
    } finally {
      file.close();
    }
  }

  /** Makes or overwrites a file. What did not fit is an ENOSPC, and the file is then shorter than it should be. */
  writeFile(
    path: string,
    bytes: Uint8Array,
    mode = 0o666,
    flags: number = OpenFlag.truncate,
  ): Errno | undefined {
    const file = this.open(path, OpenFlag.writeOnly | OpenFlag.create | flags, mode);
    if (isErrno(file)) return file;
    try {
      return writeWhole(file, bytes);
    } finally {
      file.close();
    }
  }

  truncate(path: string, sizeBytes: number): Errno | undefined {
    return this.#with(path, true, (at) => truncateAt(this.#who, at.inode, sizeBytes));
  }

  // Status.

  /** Of what a path names, through symbolic links. */
  stat(path: string): Status | Errno {
    const at = find(this.#who, path);
    return isErrno(at) ? at : statusAt(at.inode, at.mount);
  }

  /** Of what a path names, be it a symbolic link. */
  lstat(path: string): Status | Errno {
    const at = find(this.#who, path, false);
    return isErrno(at) ? at : statusAt(at.inode, at.mount);
  }

  /** Whether all of `want` (bits of `Want`) is allowed. */
  access(path: string, want: number): Errno | undefined {
    return this.#with(path, true, (at) => refusal(this.#who, at.inode, want));
  }

  chmod(path: string, mode: number): Errno | undefined {
    return this.#with(path, true, (at) => changeMode(this.#who, at.inode, mode));
  }

  /** −1 leaves the owner or the group as it is. */
  chown(path: string, uid: number, gid: number): Errno | undefined {
    return this.#with(path, true, (at) => changeOwner(this.#who, at.inode, uid, gid));
  }

  lchown(path: string, uid: number, gid: number): Errno | undefined {
    return this.#with(path, false, (at) => changeOwner(this.#who, at.inode, uid, gid));
  }

  /** Without times: now. */
  utimes(path: string, times?: Parameters<typeof changeTimes>[2], follow = true): Errno | undefined {
    return this.#with(path, follow, (at) =>
      changeTimes(this.#who, at.inode, times, this.#clock.wallNanoseconds()),
    );
  }

  fchmod(file: OpenFile, mode: number): Errno | undefined {
    return changeMode(this.#who, file.described, mode);
  }

  fchown(file: OpenFile, uid: number, gid: number): Errno | undefined {
    return changeOwner(this.#who, file.described, uid, gid);
  }

  futimes(file: OpenFile, times?: Parameters<typeof changeTimes>[2]): Errno | undefined {
    return changeTimes(this.#who, file.described, times, this.#clock.wallNanoseconds());
  }

  /** How full the file system is that a path lies on. */
  statfs(path: string): FileSystemStatus | Errno {
    const at = find(this.#who, path);
    return isErrno(at) ? at : at.inode.fileSystem.status();
  }

  // Directories and names.

  list(path: string): readonly DirectoryEntry[] | Errno {
    const directory = findDirectory(this.#who, path);
    if (isErrno(directory)) return directory;
    return refusal(this.#who, directory.inode, Want.read) ?? directory.inode.entries();
  }

  mkdir(path: string, mode = 0o777): Errno | undefined {
    return orNothing(createAt(this.#who, path, { kind: 'directory', mode }));
  }

  rmdir(path: string): Errno | undefined {
    return removeDirectoryAt(this.#who, path);
  }

  unlink(path: string): Errno | undefined {
    return unlinkAt(this.#who, path);
  }

  rename(oldPath: string, newPath: string): Errno | undefined {
    return renameAt(this.#who, oldPath, newPath);
  }

  link(oldPath: string, newPath: string): Errno | undefined {
    return linkAt(this.#who, oldPath, newPath);
  }

  symlink(target: string, path: string): Errno | undefined {
    if (target === '') return ERRNO.ENOENT;
    if (target.includes('\0')) return ERRNO.EINVAL;
    if (!target.isWellFormed()) return ERRNO.EILSEQ;
    if (new TextEncoder().encode(target).length > PATH_BYTES_MAX) return ERRNO.ENAMETOOLONG;
    return orNothing(createAt(this.#who, path, { kind: 'symlink', mode: 0o777, target }));
  }

  readlink(path: string): string | Errno {
    const at = find(this.#who, path, false);
    if (isErrno(at)) return at;
    return at.inode.kind === 'symlink' ? at.inode.target() : ERRNO.EINVAL;
  }

  /** Makes a device, a pipe or a socket; devices are root's to make. */
  mknod(path: string, kind: SpecialKind, mode: number, device?: DeviceNumber): Errno | undefined {
    if (kind.endsWith('device') && this.credentials.uid !== 0) return ERRNO.EPERM;
    return orNothing(createAt(this.#who, path, { kind, mode, ...(device === undefined ? {} : { device }) }));
  }

  // Where one stands.

  chdir(path: string): Errno | undefined {
    const folder = findDirectory(this.#who, path);
    if (isErrno(folder)) return folder;
    const refused = refusal(this.#who, folder.inode, Want.execute);
    if (refused === undefined) this.#who = { ...this.#who, folder };
    return refused;
  }

  getcwd(): string | Errno {
    return pathOf(this.#who.mounts, this.#who.folder);
  }

  /** The path without symbolic links, `.` and `..`. */
  realPath(path: string): string | Errno {
    const at = find(this.#who, path);
    if (isErrno(at)) return at;
    if (at.inode.kind === 'directory') return pathOf(this.#who.mounts, at as Position<typeof at.inode>);
    const { mounts, credentials, folder } = this.#who;
    const parent = new Walk(mounts, credentials).toFinalParent(folder, path);
    if (isErrno(parent)) return parent;
    const folderPath = pathOf(mounts, parent.directory);
    return isErrno(folderPath) ? folderPath : joinPath(folderPath, parent.name);
  }

  /** The inode behind a path, and the mount that it is on. */
  find(path: string): Position | Errno {
    return find(this.#who, path);
  }

  /** The mount and directory behind a path, for mounting on it. */
  folderAt(path: string): ReturnType<typeof findDirectory> {
    return findDirectory(this.#who, path);
  }

  #with(path: string, follow: boolean, work: (at: Position) => Errno | undefined): Errno | undefined {
    const at = find(this.#who, path, follow);
    return isErrno(at) ? at : work(at);
  }
}

function orNothing(result: object): Errno | undefined {
  return isErrno(result) ? result : undefined;
}

/** Reads until the end: the size that the status says is only a first guess. */
function readWhole(file: OpenFile): Uint8Array | Errno {
  const status = file.status();
  if (isErrno(status)) return status;
  const parts: Uint8Array[] = [];
  for (let wanted = status.sizeBytes + 1; ; wanted = CHUNK_BYTES) {
    const part = new Uint8Array(Math.min(wanted, MAX_READ_BYTES));
    const count = file.read(part);
    if (isErrno(count)) return count;
    if (count === 0) return parts.length === 1 ? (parts[0] as Uint8Array) : concatBytes(parts);
    parts.push(part.subarray(0, count));
  }
}

function writeWhole(file: OpenFile, bytes: Uint8Array): Errno | undefined {
  for (let done = 0; done < bytes.length; ) {
    const count = file.write(bytes.subarray(done));
    if (isErrno(count)) return count;
    done += count;
  }
  return undefined;
}

/** The mount table: which file system covers which directory, and the way down and up across the seams. */
import { assert } from '#lib';
import { ERRNO, type Errno, isErrno } from './errno.ts';
import type { DirectoryInode, FileSystem, Inode } from './file-system.ts';

/** One file system at its place. */
export interface Mount {
  readonly fileSystem: FileSystem;
  /** Where it is mounted, as it was said: `/etc`. */
  readonly path: string;
  /** Number that stands for the file system in a file's status. */
  readonly device: number;
  /** The directory that it covers; undefined for the root. */
  readonly covers: Position<DirectoryInode> | undefined;
}

/** An inode, and the mount through which one came to it. */
export interface Position<I extends Inode = Inode> {
  readonly mount: Mount;
  readonly inode: I;
}

/** All mounts of one host. A file system is mounted at one place only. */
export class MountTable {
  readonly root: Position<DirectoryInode>;
  readonly #mounts: Mount[];
  #lastDevice = 1;

  constructor(root: FileSystem) {
    const mount: Mount = { fileSystem: root, path: '/', device: this.#lastDevice, covers: undefined };
    this.#mounts = [mount];
    this.root = { mount, inode: root.root };
  }

  /** In the order in which they were mounted. */
  get all(): readonly Mount[] {
    return this.#mounts;
  }

  add(fileSystem: FileSystem, path: string, at: Position<DirectoryInode>): Mount | Errno {
    assert(!this.#mounts.some((mount) => mount.fileSystem === fileSystem), `${path}: mounted a second time`);
    if (isSame(at.inode, at.mount.fileSystem.root)) return ERRNO.EBUSY;
    this.#lastDevice++;
    const mount: Mount = { fileSystem, path, device: this.#lastDevice, covers: at };
    this.#mounts.push(mount);
    return mount;
  }

  /** EBUSY while another is mounted below it. */
  remove(mount: Mount): Errno | undefined {
    const isBusy = this.#mounts.some((other) => other.covers?.mount === mount);
    if (mount.covers === undefined || isBusy) return ERRNO.EBUSY;
    const at = this.#mounts.indexOf(mount);
    if (at < 0) return ERRNO.EINVAL;
    this.#mounts.splice(at, 1);
    return undefined;
  }

  /** Whether something is mounted on this directory: it cannot be removed or renamed. */
  isCovered(position: Position): boolean {
    return this.#coverOf(position) !== undefined;
  }

  /** The entry `name` of a directory, across a mount on it; `..` of a mount's root leaves the mount. */
  step(from: Position<DirectoryInode>, name: string): Position | Errno {
    if (name === '.') return from;
    if (name === '..') return this.parent(from);
    const inode = from.inode.lookup(name);
    return isErrno(inode) ? inode : this.down({ mount: from.mount, inode });
  }

  parent(from: Position<DirectoryInode>): Position<DirectoryInode> {
    let at = from;
    while (at.mount.covers !== undefined && isSame(at.inode, at.mount.fileSystem.root)) at = at.mount.covers;
    return { mount: at.mount, inode: at.inode.parent() };
  }

  /** What is mounted on a position, or it itself. */
  down(position: Position): Position {
    let at = position;
    for (let cover = this.#coverOf(at); cover !== undefined; cover = this.#coverOf(at)) {
      at = { mount: cover, inode: cover.fileSystem.root };
    }
    return at;
  }

  #coverOf({ inode }: Position): Mount | undefined {
    if (inode.kind !== 'directory') return undefined;
    return this.#mounts.find(({ covers }) => covers !== undefined && isSame(covers.inode, inode));
  }
}

/** Whether both are one inode: a file system need not give the same object each time. */
export function isSame(a: Inode, b: Inode): boolean {
  return a.fileSystem === b.fileSystem && a.id === b.id;
}

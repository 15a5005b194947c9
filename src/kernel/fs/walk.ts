/** Walks a path to what it names: permissions on the way, symbolic links within a bound, `..`, mounts, trailing slashes. Source: POSIX.1-2024 XBD §4.16; Linux path_resolution(7). */
import { type Credentials, mayAccess, Want } from './credentials.ts';
import { ERRNO, type Errno, isErrno } from './errno.ts';
import type { DirectoryInode } from './file-system.ts';
import { isSame, type MountTable, type Position } from './mounts.ts';
import { checkName, joinPath, SYMLINKS_MAX, splitPath } from './paths.ts';

/** Everything but the last name of a path. */
export interface Parent {
  readonly directory: Position<DirectoryInode>;
  /** A name, `.` or `..`; `/` when the path is nothing but the root. */
  readonly name: string;
  readonly trailingSlash: boolean;
}

/** One resolution of a path; counts the symbolic links that it meets. */
export class Walk {
  readonly #mounts: MountTable;
  readonly #who: Credentials;
  #links = 0;

  constructor(mounts: MountTable, who: Credentials) {
    this.#mounts = mounts;
    this.#who = who;
  }

  /** Walks to the directory of the last name, which need not exist. */
  toParent(start: Position<DirectoryInode>, path: string): Parent | Errno {
    const parts = splitPath(path);
    if (isErrno(parts)) return parts;
    let directory = parts.absolute ? this.#mounts.root : start;
    const names = parts.names.toReversed();
    for (let name = names.pop(); name !== undefined; name = names.pop()) {
      const refused = this.#maySearch(directory);
      if (refused) return refused;
      if (names.length === 0) return { directory, name, trailingSlash: parts.trailingSlash };
      const next = this.#intermediate(directory, name, names);
      if (isErrno(next)) return next;
      directory = next;
    }
    return { directory, name: '/', trailingSlash: true };
  }

  /** Walks to what the path names. `follow`: a symbolic link at its end too. */
  to(start: Position<DirectoryInode>, path: string, follow: boolean): Position | Errno {
    const parent = this.toParent(start, path);
    return isErrno(parent) ? parent : this.last(parent, follow);
  }

  /** The last name of a path whose parent is known. */
  last(parent: Parent, follow: boolean): Position | Errno {
    const found = this.entry(parent);
    if (isErrno(found)) return found;
    const { inode } = found;
    if (inode.kind === 'symlink' && (follow || parent.trailingSlash)) {
      const next = this.through(parent, found);
      return isErrno(next) ? next : this.last(next, true);
    }
    return parent.trailingSlash && inode.kind !== 'directory' ? ERRNO.ENOTDIR : found;
  }

  /** Walks to the directory in which the thing itself lies, through symbolic links at the path's end. */
  toFinalParent(start: Position<DirectoryInode>, path: string): Parent | Errno {
    let parent = this.toParent(start, path);
    for (;;) {
      if (isErrno(parent)) return parent;
      const found = this.entry(parent);
      if (isErrno(found)) return found;
      if (found.inode.kind !== 'symlink') return parent;
      parent = this.through(parent, found);
    }
  }

  /** What stands under the last name, as it is. */
  entry(parent: Parent): Position | Errno {
    if (parent.name === '/') return parent.directory;
    return checkName(parent.name) ?? this.#mounts.step(parent.directory, parent.name);
  }

  /** Where the symbolic link under the last name points to. */
  through(parent: Parent, found: Position): Parent | Errno {
    const target = this.#target(found);
    if (isErrno(target)) return target;
    const next = this.toParent(parent.directory, target);
    if (isErrno(next)) return next;
    return { ...next, trailingSlash: next.trailingSlash || parent.trailingSlash };
  }

  /** A directory on the way; a symbolic link puts its own names before those that are left. */
  #intermediate(
    from: Position<DirectoryInode>,
    name: string,
    names: string[],
  ): Position<DirectoryInode> | Errno {
    const next = checkName(name) ?? this.#mounts.step(from, name);
    if (isErrno(next)) return next;
    if (next.inode.kind === 'directory') return next as Position<DirectoryInode>;
    if (next.inode.kind !== 'symlink') return ERRNO.ENOTDIR;
    const target = this.#target(next);
    const parts = isErrno(target) ? target : splitPath(target);
    if (isErrno(parts)) return parts;
    names.push(...parts.names.toReversed());
    return parts.absolute ? this.#mounts.root : from;
  }

  #target({ inode }: Position): string | Errno {
    this.#links++;
    if (this.#links > SYMLINKS_MAX) return ERRNO.ELOOP;
    return inode.kind === 'symlink' ? inode.target() : ERRNO.EINVAL;
  }

  #maySearch({ inode }: Position<DirectoryInode>): Errno | undefined {
    const status = inode.status();
    if (isErrno(status)) return status;
    return mayAccess(this.#who, status, Want.execute) ? undefined : ERRNO.EACCES;
  }
}

/** The path of a directory from the root; ENOENT when it has been removed. Source: POSIX.1-2024, getcwd. */
export function pathOf(mounts: MountTable, directory: Position<DirectoryInode>): string | Errno {
  const names: string[] = [];
  let at = directory;
  while (!isSame(at.inode, mounts.root.inode)) {
    const name = nameOf(at);
    if (isErrno(name)) return name;
    names.unshift(name);
    at = mounts.parent(at);
  }
  return names.reduce(joinPath, '/');
}

function nameOf(at: Position<DirectoryInode>): string | Errno {
  let inside = at;
  while (inside.mount.covers !== undefined && isSame(inside.inode, inside.mount.fileSystem.root))
    inside = inside.mount.covers;
  return inside.inode.ownName();
}

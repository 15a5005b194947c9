/** The operations that make, move and take away names: create, link, rename, unlink. Source: POSIX.1-2024 XSH; where it leaves a choice, Linux. */
import { ModeBit, Want } from './credentials.ts';
import { ERRNO, type Errno, isErrno } from './errno.ts';
import type { DeviceNumber, DirectoryInode, FileKind, Inode } from './file-system.ts';
import { isSame, type Position } from './mounts.ts';
import { type Parent, Walk } from './walk.ts';
import { additionRefusal, find, findParent, refusal, removalRefusal, type Who } from './who.ts';

/** What is created, before permissions and group are settled. */
export interface Wanted {
  readonly kind: FileKind;
  readonly mode: number;
  readonly target?: string;
  readonly device?: DeviceNumber;
}

/** Makes a name for something new. */
export function createAt(who: Who, path: string, wanted: Wanted): Inode | Errno {
  const parent = findParent(who, path);
  if (isErrno(parent)) return parent;
  const refused = refusalOfNew(who, parent, wanted.kind === 'directory');
  return refused ?? createIn(who, parent.directory, parent.name, wanted);
}

/** Makes an inode in a directory: in a set-group directory it has the directory's group. */
export function createIn(
  who: Who,
  directory: Position<DirectoryInode>,
  name: string,
  wanted: Wanted,
): Inode | Errno {
  const refused = additionRefusal(who, directory);
  if (refused) return refused;
  const folder = directory.inode.status();
  if (isErrno(folder)) return folder;
  const inherits = (folder.mode & ModeBit.setGid) !== 0;
  const inherited = inherits && wanted.kind === 'directory' ? ModeBit.setGid : 0;
  const allowedBits = wanted.kind === 'directory' ? 0o1777 : 0o7777;
  return directory.inode.create(name, {
    ...wanted,
    mode: wanted.kind === 'symlink' ? 0o777 : (wanted.mode & allowedBits & ~who.umask) | inherited,
    uid: who.credentials.uid,
    gid: inherits ? folder.gid : who.credentials.gid,
  });
}

export function linkAt(who: Who, oldPath: string, newPath: string): Errno | undefined {
  const from = find(who, oldPath, false);
  if (isErrno(from)) return from;
  const parent = findParent(who, newPath);
  if (isErrno(parent)) return parent;
  const refused = refusalOfNew(who, parent, false);
  if (refused) return refused;
  if (from.mount !== parent.directory.mount) return ERRNO.EXDEV;
  return (
    additionRefusal(who, parent.directory) ??
    (from.inode.kind === 'directory' ? ERRNO.EPERM : parent.directory.inode.link(parent.name, from.inode))
  );
}

export function unlinkAt(who: Who, path: string): Errno | undefined {
  const parent = findParent(who, path);
  if (isErrno(parent)) return parent;
  if (isDots(parent.name)) return ERRNO.EISDIR;
  const entry = new Walk(who.mounts, who.credentials).entry(parent);
  if (isErrno(entry)) return entry;
  if (parent.trailingSlash) return entry.inode.kind === 'directory' ? ERRNO.EISDIR : ERRNO.ENOTDIR;
  const refused = removalRefusal(who, parent.directory, entry);
  if (refused) return refused;
  return entry.inode.kind === 'directory' ? ERRNO.EISDIR : parent.directory.inode.unlink(parent.name);
}

export function removeDirectoryAt(who: Who, path: string): Errno | undefined {
  const parent = findParent(who, path);
  if (isErrno(parent)) return parent;
  const dots = { '.': ERRNO.EINVAL, '..': ERRNO.ENOTEMPTY, '/': ERRNO.EBUSY }[parent.name];
  if (dots) return dots;
  const entry = new Walk(who.mounts, who.credentials).entry(parent);
  if (isErrno(entry)) return entry;
  const refused = removalRefusal(who, parent.directory, entry);
  if (refused) return refused;
  if (entry.inode.kind !== 'directory') return ERRNO.ENOTDIR;
  if (entry.mount !== parent.directory.mount) return ERRNO.EBUSY;
  return parent.directory.inode.removeDirectory(parent.name);
}

export function renameAt(who: Who, oldPath: string, newPath: string): Errno | undefined {
  const [from, to] = [findParent(who, oldPath), findParent(who, newPath)];
  if (isErrno(from)) return from;
  if (isErrno(to)) return to;
  if (from.directory.mount !== to.directory.mount) return ERRNO.EXDEV;
  if (isDots(from.name) || isDots(to.name)) return ERRNO.EBUSY;
  const refused = refusalOfRename(who, from, to);
  if (refused === 'nothing to do') return undefined;
  return refused ?? from.directory.inode.rename(from.name, to.directory.inode, to.name);
}

function refusalOfRename(who: Who, from: Parent, to: Parent): Errno | 'nothing to do' | undefined {
  const walk = new Walk(who.mounts, who.credentials);
  const [moved, target] = [walk.entry(from), walk.entry(to)];
  if (isErrno(moved)) return moved;
  const isDirectory = moved.inode.kind === 'directory';
  if (isErrno(target) && target !== ERRNO.ENOENT) return target;
  if (!isDirectory && (from.trailingSlash || to.trailingSlash)) return ERRNO.ENOTDIR;
  if (isDirectory && isWithin(who, to.directory, moved)) return ERRNO.EINVAL;
  if (!isErrno(target) && target.inode.kind === 'directory' && isWithin(who, from.directory, target))
    return ERRNO.ENOTEMPTY;
  if (!isErrno(target) && isSame(moved.inode, target.inode)) return 'nothing to do';
  const refused = removalRefusal(who, from.directory, moved) ?? refusalOfTarget(who, to, target, isDirectory);
  if (refused) return refused;
  // Its `..` changes, which is a write into it.
  const changesParent = isDirectory && !isSame(from.directory.inode, to.directory.inode);
  const unwritable = changesParent ? refusal(who, moved.inode, Want.write) : undefined;
  if (unwritable) return unwritable;
  const isMount = moved.mount !== from.directory.mount;
  return isMount || (!isErrno(target) && target.mount !== to.directory.mount) ? ERRNO.EBUSY : undefined;
}

function refusalOfTarget(
  who: Who,
  to: Parent,
  target: Position | Errno,
  isDirectory: boolean,
): Errno | undefined {
  if (isErrno(target)) return additionRefusal(who, to.directory);
  const refused = removalRefusal(who, to.directory, target);
  if (refused) return refused;
  if (isDirectory) return target.inode.kind === 'directory' ? undefined : ERRNO.ENOTDIR;
  return target.inode.kind === 'directory' ? ERRNO.EISDIR : undefined;
}

/** Whether a directory lies in another, or is it. */
function isWithin(who: Who, inner: Position<DirectoryInode>, outer: Position): boolean {
  let at = inner;
  for (;;) {
    if (isSame(at.inode, outer.inode)) return true;
    if (isSame(at.inode, who.mounts.root.inode)) return false;
    at = who.mounts.parent(at);
  }
}

/** Why something new may not get this name: it exists, or a file's name ends in a slash. */
function refusalOfNew(who: Who, parent: Parent, isDirectory: boolean): Errno | undefined {
  if (isDots(parent.name)) return ERRNO.EEXIST;
  const entry = new Walk(who.mounts, who.credentials).entry(parent);
  if (!isErrno(entry)) return ERRNO.EEXIST;
  if (entry !== ERRNO.ENOENT) return entry;
  return parent.trailingSlash && !isDirectory ? ERRNO.ENOENT : undefined;
}

/** Whether a path's last name is no name of its own. */
export function isDots(name: string): boolean {
  return name === '.' || name === '..' || name === '/';
}

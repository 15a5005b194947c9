/** On whose behalf a path is walked, and the checks that many operations begin with. */
import { type Credentials, ModeBit, mayAccess, Want } from './credentials.ts';
import { ERRNO, type Errno, isErrno } from './errno.ts';
import type { Described, DirectoryInode } from './file-system.ts';
import { type MountTable, type Position } from './mounts.ts';
import { type Parent, Walk } from './walk.ts';

/** Where one stands and who one is: a process has one. */
export interface Who {
  readonly mounts: MountTable;
  readonly credentials: Credentials;
  readonly umask: number;
  readonly folder: Position<DirectoryInode>;
}

export function find(who: Who, path: string, follow = true): Position | Errno {
  return new Walk(who.mounts, who.credentials).to(who.folder, path, follow);
}

export function findParent(who: Who, path: string): Parent | Errno {
  return new Walk(who.mounts, who.credentials).toParent(who.folder, path);
}

export function findDirectory(who: Who, path: string): Position<DirectoryInode> | Errno {
  const found = find(who, path);
  if (isErrno(found)) return found;
  return found.inode.kind === 'directory' ? (found as Position<DirectoryInode>) : ERRNO.ENOTDIR;
}

/** Why `want` is not allowed; EROFS for writing where nobody writes. */
export function refusal({ credentials }: Who, at: Described, want: number): Errno | undefined {
  const status = at.status();
  if (isErrno(status)) return status;
  if ((want & Want.write) !== 0 && at.fileSystem.readOnly) return ERRNO.EROFS;
  return mayAccess(credentials, status, want) ? undefined : ERRNO.EACCES;
}

/** Why an entry may not be added to a directory. */
export function additionRefusal(who: Who, directory: Position<DirectoryInode>): Errno | undefined {
  return refusal(who, directory.inode, Want.write | Want.execute);
}

/** Why an entry may not be taken from a directory: in a sticky one only its owner, the entry's, or root may. */
export function removalRefusal(
  who: Who,
  directory: Position<DirectoryInode>,
  entry: Position,
): Errno | undefined {
  const refused = additionRefusal(who, directory);
  if (refused) return refused;
  const [folder, status] = [directory.inode.status(), entry.inode.status()];
  if (isErrno(folder)) return folder;
  if (isErrno(status)) return status;
  const { uid } = who.credentials;
  const isFree =
    (folder.mode & ModeBit.sticky) === 0 || uid === 0 || uid === folder.uid || uid === status.uid;
  return isFree ? undefined : ERRNO.EPERM;
}

/** open(2): finds or makes a file, checks the access that the flags ask for, and gives an open file. */
import { dropPrivilege } from './attributes.ts';
import { Want } from './credentials.ts';
import { ERRNO, type Errno, isErrno } from './errno.ts';
import type { Position } from './mounts.ts';
import { createIn, isDots } from './names.ts';
import { accessOf, OpenFile, OpenFlag } from './open-file.ts';
import { type Parent, Walk } from './walk.ts';
import { refusal, type Who } from './who.ts';

/** @param mode - of a file that is made. */
export function openAt(who: Who, path: string, flags: number, mode: number): OpenFile | Errno {
  const walk = new Walk(who.mounts, who.credentials);
  let parent = walk.toParent(who.folder, path);
  for (;;) {
    if (isErrno(parent)) return parent;
    const creates = (flags & OpenFlag.create) !== 0;
    if (creates && parent.trailingSlash && !isDots(parent.name)) return ERRNO.EISDIR;
    const entry = walk.entry(parent);
    if (entry === ERRNO.ENOENT && creates) return openNew(who, parent, flags, mode);
    if (isErrno(entry)) return entry;
    if (creates && (flags & OpenFlag.exclusive) !== 0) return ERRNO.EEXIST;
    if (entry.inode.kind !== 'symlink') return openExisting(who, entry, parent.trailingSlash, flags);
    if ((flags & OpenFlag.noFollow) !== 0 && !parent.trailingSlash) {
      return (flags & OpenFlag.directory) === 0 ? ERRNO.ELOOP : ERRNO.ENOTDIR;
    }
    parent = walk.through(parent, entry);
  }
}

/** An inode that has just been made is open whatever its mode says. */
function openNew(who: Who, { directory, name }: Parent, flags: number, mode: number): OpenFile | Errno {
  const inode = createIn(who, directory, name, { kind: 'file', mode });
  return isErrno(inode) ? inode : handleOf(who, { mount: directory.mount, inode }, flags);
}

function openExisting(who: Who, at: Position, mustBeDirectory: boolean, flags: number): OpenFile | Errno {
  const isDirectory = at.inode.kind === 'directory';
  const truncates = (flags & OpenFlag.truncate) !== 0;
  const { read, write } = accessOf(flags);
  if ((mustBeDirectory || (flags & OpenFlag.directory) !== 0) && !isDirectory) return ERRNO.ENOTDIR;
  if (isDirectory && (write || truncates || (flags & OpenFlag.create) !== 0)) return ERRNO.EISDIR;
  const want = (read ? Want.read : 0) | (write || truncates ? Want.write : 0);
  const refused = refusal(who, at.inode, want);
  if (refused) return refused;
  const file = handleOf(who, at, flags);
  if (isErrno(file) || !truncates) return file;
  return truncated(who, at, file);
}

function handleOf({ credentials }: Who, at: Position, flags: number): OpenFile | Errno {
  const { inode } = at;
  if (inode.kind === 'directory') return new OpenFile(at, credentials, flags, undefined);
  if (inode.kind !== 'file') return ERRNO.ENXIO;
  const handle = inode.open(accessOf(flags));
  return isErrno(handle) ? handle : new OpenFile(at, credentials, flags, handle);
}

/** Cuts the file to nothing through a handle of its own: the flags may ask for reading only. */
function truncated(who: Who, { inode }: Position, file: OpenFile): OpenFile | Errno {
  if (inode.kind !== 'file') return file;
  const handle = inode.open({ read: false, write: true });
  if (isErrno(handle)) {
    file.close();
    return handle;
  }
  const refused = handle.truncate(0) ?? dropPrivilege(who.credentials, inode);
  handle.close();
  if (refused === undefined) return file;
  file.close();
  return refused;
}

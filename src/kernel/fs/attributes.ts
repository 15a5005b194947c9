/** The operations on an inode's status: mode, owner, times, size. Source: POSIX.1-2024 XSH chmod, chown, utimensat, truncate. */
import { type Credentials, isMember, ModeBit, Want } from './credentials.ts';
import { ERRNO, type Errno, isErrno } from './errno.ts';
import type { Inode, InodeStatus } from './file-system.ts';
import type { Position } from './mounts.ts';
import { refusal, type Who } from './who.ts';

/** Only the owner and root change a mode; the set-group bit needs membership. */
export function changeMode(who: Who, at: Position, mode: number): Errno | undefined {
  const status = changeable(at);
  if (isErrno(status)) return status;
  const { credentials } = who;
  if (at.inode.kind === 'symlink') return ERRNO.EOPNOTSUPP;
  if (credentials.uid !== 0 && credentials.uid !== status.uid) return ERRNO.EPERM;
  const loses = credentials.uid !== 0 && !isMember(credentials, status.gid) ? ModeBit.setGid : 0;
  return at.inode.change({ mode: mode & 0o7777 & ~loses });
}

/** Root changes owners; an owner may give a file to another group of his. −1 leaves one as it is. */
export function changeOwner(who: Who, at: Position, uid: number, gid: number): Errno | undefined {
  const status = changeable(at);
  if (isErrno(status)) return status;
  const { credentials } = who;
  if (credentials.uid !== 0) {
    const isOwner = credentials.uid === status.uid;
    const mayGive = isOwner && (gid === status.gid || isMember(credentials, gid));
    if ((uid !== -1 && !(isOwner && uid === status.uid)) || (gid !== -1 && !mayGive)) return ERRNO.EPERM;
  }
  return at.inode.change({
    ...(uid === -1 ? {} : { uid }),
    ...(gid === -1 ? {} : { gid }),
    ...(at.inode.kind === 'file' ? { mode: withoutPrivilege(status.mode) } : {}),
  });
}

/** Times that are absent become now, which whoever may write the file may do too. */
export function changeTimes(
  who: Who,
  at: Position,
  times: { readonly atimeNanoseconds: bigint; readonly mtimeNanoseconds: bigint } | undefined,
  nowNanoseconds: bigint,
): Errno | undefined {
  const status = changeable(at);
  if (isErrno(status)) return status;
  const { uid } = who.credentials;
  if (uid !== 0 && uid !== status.uid) {
    if (times !== undefined) return ERRNO.EPERM;
    const refused = refusal(who, at, Want.write);
    if (refused) return refused;
  }
  return at.inode.change(times ?? { atimeNanoseconds: nowNanoseconds, mtimeNanoseconds: nowNanoseconds });
}

export function truncateAt(who: Who, at: Position, sizeBytes: number): Errno | undefined {
  const { inode } = at;
  if (!Number.isSafeInteger(sizeBytes) || sizeBytes < 0) return ERRNO.EINVAL;
  if (inode.kind === 'directory') return ERRNO.EISDIR;
  if (inode.kind !== 'file') return ERRNO.EINVAL;
  const refused = refusal(who, at, Want.write);
  if (refused) return refused;
  const handle = inode.open({ read: false, write: true });
  if (isErrno(handle)) return handle;
  const failed = handle.truncate(sizeBytes);
  handle.close();
  return failed ?? dropPrivilege(who.credentials, inode);
}

function changeable(at: Position): InodeStatus | Errno {
  return at.inode.fileSystem.readOnly ? ERRNO.EROFS : at.inode.status();
}

/** What a file's set-user and set-group bits promise ends when anybody but root changes its content. */
export function dropPrivilege(writer: Credentials, inode: Inode): Errno | undefined {
  if (writer.uid === 0) return undefined;
  const status = inode.status();
  if (isErrno(status)) return status;
  const mode = withoutPrivilege(status.mode);
  return mode === status.mode ? undefined : inode.change({ mode });
}

/** A file that changes hands loses its set-user bit, and the set-group bit where it means a group. */
function withoutPrivilege(mode: number): number {
  const group = (mode & 0o010) === 0 ? 0 : ModeBit.setGid;
  return mode & ~(ModeBit.setUid | group);
}

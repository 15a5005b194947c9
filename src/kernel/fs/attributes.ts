/** The operations on an inode's status: mode, owner, times, size. Source: POSIX.1-2024 XSH chmod, chown, utimensat, truncate. */
import { type Credentials, isMember, ModeBit, Want } from './credentials.ts';
import { ERRNO, type Errno, isErrno } from './errno.ts';
import type { Described, Inode, InodeStatus } from './file-system.ts';
import { refusal, type Who } from './who.ts';

/** Only the owner and root change a mode; the set-group bit needs membership. */
export function changeMode(who: Who, at: Described, mode: number): Errno | undefined {
  const status = changeable(at);
  if (isErrno(status)) return status;
  const { credentials } = who;
  if (at.kind === 'symlink') return ERRNO.EOPNOTSUPP;
  if (credentials.uid !== 0 && credentials.uid !== status.uid) return ERRNO.EPERM;
  const loses = credentials.uid !== 0 && !isMember(credentials, status.gid) ? ModeBit.setGid : 0;
  return at.change({ mode: mode & 0o7777 & ~loses });
}

/** Root changes owners; an owner may give a file to another group of his. −1 leaves one as it is. */
export function changeOwner(who: Who, at: Described, uid: number, gid: number): Errno | undefined {
  const status = changeable(at);
  if (isErrno(status)) return status;
  const { credentials } = who;
  if (credentials.uid !== 0) {
    const isOwner = credentials.uid === status.uid;
    const mayGive = isOwner && (gid === status.gid || isMember(credentials, gid));
    if ((uid !== -1 && !(isOwner && uid === status.uid)) || (gid !== -1 && !mayGive)) return ERRNO.EPERM;
  }
  return at.change({
    ...(uid === -1 ? {} : { uid }),
    ...(gid === -1 ? {} : { gid }),
    ...(at.kind === 'file' ? { mode: withoutPrivilege(status.mode) } : {}),
  });
}

/** Times that are absent become now, which whoever may write the file may do too. */
export function changeTimes(
  who: Who,
  at: Described,
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
  return at.change(times ?? { atimeNanoseconds: nowNanoseconds, mtimeNanoseconds: nowNanoseconds });
}

export function truncateAt(who: Who, inode: Inode, sizeBytes: number): Errno | undefined {
  if (!Number.isSafeInteger(sizeBytes) || sizeBytes < 0) return ERRNO.EINVAL;
  if (inode.kind === 'directory') return ERRNO.EISDIR;
  if (inode.kind !== 'file') return ERRNO.EINVAL;
  const refused = refusal(who, inode, Want.write);
  if (refused) return refused;
  const handle = inode.open({ read: false, write: true });
  if (isErrno(handle)) return handle;
  const failed = handle.truncate(sizeBytes);
  handle.close();
  return failed ?? dropPrivilege(who.credentials, inode);
}

function changeable(at: Described): InodeStatus | Errno {
  return at.fileSystem.readOnly ? ERRNO.EROFS : at.status();
}

/** What a file's set-user and set-group bits promise ends when anybody but root changes its content. */
export function dropPrivilege(writer: Credentials, file: Described): Errno | undefined {
  if (writer.uid === 0) return undefined;
  const status = file.status();
  if (isErrno(status)) return status;
  const mode = withoutPrivilege(status.mode);
  return mode === status.mode ? undefined : file.change({ mode });
}

/** A file that changes hands loses its set-user bit, and the set-group bit where it means a group. */
function withoutPrivilege(mode: number): number {
  const group = (mode & 0o010) === 0 ? 0 : ModeBit.setGid;
  return mode & ~(ModeBit.setUid | group);
}

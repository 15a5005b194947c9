/** Who asks for a file, and what the mode of a file allows him. Source: POSIX.1-2024 XBD §4.7 File Access Permissions. */

/** The identity under which an operation runs. */
export interface Credentials {
  readonly uid: number;
  readonly gid: number;
  /** Supplementary groups; `gid` need not be among them. */
  readonly groups: readonly number[];
}

/** The host itself. */
export const ROOT_CREDENTIALS: Credentials = { uid: 0, gid: 0, groups: [] };

/** Mode bits above the nine permissions. */
export const ModeBit = { setUid: 0o4000, setGid: 0o2000, sticky: 0o1000 } as const;

/** What one wants to do, in bits of a permission triple. */
export const Want = { read: 4, write: 2, execute: 1 } as const;

/** The part of a file's status that decides. */
export interface Ownership {
  readonly kind: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** Whether `who` may do all of `want`. Root may all, except executing a file that nobody may execute. */
export function mayAccess(who: Credentials, file: Ownership, want: number): boolean {
  if (who.uid === 0) {
    return (want & Want.execute) === 0 || file.kind === 'directory' || (file.mode & 0o111) !== 0;
  }
  return (want & ~permissionTriple(who, file)) === 0;
}

/** Whether `who` is in group `gid`. */
export function isMember(who: Credentials, gid: number): boolean {
  return who.gid === gid || who.groups.includes(gid);
}

/** Only one triple counts: the owner's for the owner, even where the group's would allow more. */
function permissionTriple(who: Credentials, file: Ownership): number {
  if (who.uid === file.uid) return (file.mode >> 6) & 7;
  return isMember(who, file.gid) ? (file.mode >> 3) & 7 : file.mode & 7;
}

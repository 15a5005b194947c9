/** The files that accounts live in, and what they need of the file system. */

import { dirname } from 'node:path/posix';
import { type HostFiles, isErrno } from '#kernel';

/** Reads and replaces whole text files of the host's root file system. */
export interface AccountFiles {
  /** The text, or undefined when there is no such file. */
  read(path: string): string | undefined;
  /** Something that is another one after each change of the file; cheaper than reading it, and may be missing. */
  stamp?(path: string): string | undefined;
  /** Replaces the file in one step: whoever reads sees the old or the new text. Makes missing folders. */
  replace(path: string, text: string, mode: number): void;
}

/**
 * The files of a host, as the accounts need them.
 * @param changes - grows with each change of any of them: while it does not, nobody looks
 */
export function accountFiles(files: HostFiles, changes?: () => number): AccountFiles {
  const stamps = new Map<string, { readonly at: number; readonly stamp: string | undefined }>();
  return {
    read: (path) => files.readTextIfThere(path),
    stamp(path) {
      const at = changes?.();
      const known = stamps.get(path);
      if (at !== undefined && known?.at === at) return known.stamp;
      const stamp = stampOf(files, path);
      if (at !== undefined) stamps.set(path, { at, stamp });
      return stamp;
    },
    replace(path, text, mode) {
      files.makeFolders(dirname(path));
      files.write(path, text, { mode });
    },
  };
}

function stampOf(files: HostFiles, path: string): string | undefined {
  const status = files.view.stat(path);
  if (isErrno(status)) return undefined;
  const { id, mountDevice, sizeBytes, mtimeNanoseconds, ctimeNanoseconds } = status;
  return `${mountDevice} ${id} ${sizeBytes} ${mtimeNanoseconds} ${ctimeNanoseconds}`;
}

/** Paths and modes. */
export const ACCOUNT_FILES = {
  passwd: { path: '/etc/passwd', mode: 0o644 },
  group: { path: '/etc/group', mode: 0o644 },
  shadow: { path: '/etc/shadow', mode: 0o600 },
  history: { path: '/etc/security/opasswd', mode: 0o600 },
  roles: { path: '/etc/vmware/hostd/roles.json', mode: 0o600 },
  lockdown: { path: '/etc/vmware/hostd/lockdown.json', mode: 0o600 },
  permissions: { path: '/etc/vmware/hostd/permissions.json', mode: 0o600 },
} as const;

export type AccountFileName = keyof typeof ACCOUNT_FILES;

/** Something in a file that cannot be used: what and where. */
export interface FileProblem {
  readonly path: string;
  /** From 1; 0 for the file as a whole. */
  readonly line: number;
  readonly reason: string;
}

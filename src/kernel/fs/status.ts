/** What stat(2) says: an inode's status with the device that it lies on. */
import { type Errno, isErrno } from './errno.ts';
import type { InodeStatus } from './file-system.ts';
import type { Position } from './mounts.ts';

export interface Status extends InodeStatus {
  /** Number of the mount. */
  readonly mountDevice: number;
}

export function statusAt({ inode, mount }: Position): Status | Errno {
  const status = inode.status();
  return isErrno(status) ? status : { ...status, mountDevice: mount.device };
}

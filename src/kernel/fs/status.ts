/** What stat(2) says: an inode's status with the device that it lies on. */
import { type Errno, isErrno } from './errno.ts';
import type { Described, InodeStatus } from './file-system.ts';
import type { Mount } from './mounts.ts';

export interface Status extends InodeStatus {
  /** Number of the mount. */
  readonly mountDevice: number;
}

export function statusAt(described: Described, mount: Mount): Status | Errno {
  const status = described.status();
  return isErrno(status) ? status : { ...status, mountDevice: mount.device };
}

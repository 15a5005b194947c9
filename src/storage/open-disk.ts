/** Opens the disk of a VM, whatever its image is, and does to it what can be done while the VM runs. */
import { HostError } from '#lib';
import { DiscDrive } from './disc-drive.ts';
import type { FileDisk } from './file-disk.ts';
import { imageKind } from './image-source.ts';
import { RawFile } from './raw-file.ts';
import type { DiskAllocation } from './schedule/mclock.ts';
import { VmdkDisk, type VmdkDiskOptions } from './vmdk/vmdk-disk.ts';

/** What may be asked of a disk that a VM has; plain data, for it goes to the VM's thread. */
export type DiskAction =
  /** A new delta disk takes the writes; what was the disk is frozen. Preconditions: the VM is paused. */
  | { readonly do: 'push-delta'; readonly path: string }
  | { readonly do: 'resize'; readonly bytes: number }
  /** A step of merging that link into its parent; link 0 only while the VM is paused, to the end. Answers `isDone`. */
  | { readonly do: 'merge'; readonly level: number; readonly maxBytes: number }
  /** What was merged leaves the chain. */
  | { readonly do: 'end-merge' }
  /** Answers the files of the chain, the newest first. */
  | { readonly do: 'paths' }
  | { readonly do: 'track-changes'; readonly isOn: boolean }
  /** What there was no space for is tried again. */
  | { readonly do: 'retry' }
  /** Answers a DiskStatsSample. */
  | { readonly do: 'stats' }
  /** Another disc in a drive, or none. */
  | { readonly do: 'disc'; readonly path: string | undefined }
  /** It is owed this from now on. */
  | { readonly do: 'allocate'; readonly allocation: DiskAllocation };

/** @throws HostError `file-…`, `disk-…` */
export function openDisk(options: VmdkDiskOptions): FileDisk {
  const { path } = options;
  switch (imageKind(path)) {
    case 'vmdk':
      return new VmdkDisk(options);
    case 'qcow2': {
      const reason = 'it is a qcow2 image: convert it with "vmk disk convert"';
      throw new HostError('disk-refused', { action: 'use', path, reason });
    }
    default:
      return new RawFile(options);
  }
}

/** @throws HostError */
export function actOnDisk(disk: FileDisk, action: DiskAction): unknown {
  if (action.do === 'resize') return disk.resize(action.bytes);
  if (action.do === 'retry') return disk.retry();
  if (action.do === 'stats') return disk.stats.sample();
  if (action.do === 'allocate') return disk.gate?.change(action.allocation);
  if (action.do === 'disc' && disk instanceof DiscDrive) return disk.change(action.path);
  if (!(disk instanceof VmdkDisk)) {
    const reason = 'it is a raw image, and no VMDK';
    throw new HostError('disk-refused', { action: action.do, path: disk.path, reason });
  }
  switch (action.do) {
    case 'disc':
      throw new HostError('disk-refused', { action: 'change', path: disk.path, reason: 'it is no disc' });
    case 'push-delta':
      return disk.pushDelta(action.path);
    case 'merge':
      return { isDone: disk.mergeStep(action.level, action.maxBytes) };
    case 'end-merge':
      return disk.endMerge();
    case 'paths':
      return disk.paths;
    default:
      return disk.setChangeTracking(action.isOn);
  }
}

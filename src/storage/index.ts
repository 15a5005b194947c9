/** The door of storage: back ends for virtual disks, and folders of the machine as file systems. */

export { type CopyFormat, type CopyOptions, copyDisk } from './copy-disk.ts';
export { DatastoreFolder, type DatastoreFolderOptions } from './datastore/datastore-folder.ts';
export { type HeldLock, HostLocks, type LockingHost } from './datastore/host-locks.ts';
export { DiscDrive } from './disc-drive.ts';
export { DiskStream, type DiskStreamOptions } from './disk-stream.ts';
export { FileDisk, type FileDiskOptions } from './file-disk.ts';
export { fillDisk } from './fill-disk.ts';
export { heapTrimmer, memoryGiver } from './give-back.ts';
export { HostDirectory, type HostDirectoryOptions } from './host-directory.ts';
export { contentKind, type ImageKind, type ImageSource, imageKind, openSource } from './image-source.ts';
export { growImage, mergeIntoParent, moveDisk, removeDisk, setDiskUuid } from './maintain.ts';
export { foreignFunctions, nativeCalls } from './native.ts';
export { actOnDisk, type DiskAction, openDisk } from './open-disk.ts';
export { OverlayDisk, type OverlayState } from './overlay-disk.ts';
export { RawFile, type RawFileOptions } from './raw-file.ts';
export { replaceFile, syncFolder } from './replace-file.ts';
export { DiskArbiter, type DiskGate } from './schedule/disk-arbiter.ts';
export {
  type DiskCounts,
  type DiskStatsSample,
  diskCounters,
  type Histogram,
  readDiskCounters,
} from './schedule/disk-stats.ts';
export { type ClockMemory, type DiskAllocation, NORMAL_ALLOCATION, sharedClock } from './schedule/mclock.ts';
export { SwapFile, type SwapFileOptions } from './swap-file.ts';
export { Chain, type ParentRule } from './vmdk/chain.ts';
export { type ChangedArea, changedAreas, usedAreas } from './vmdk/change-tracking.ts';
export { type CheckResult, checkDisk } from './vmdk/check.ts';
export { createDisk, DISK_FORMATS, type DiskFormat, FORMAT_ALIASES, type NewDisk } from './vmdk/create.ts';
export { createDelta } from './vmdk/delta.ts';
export { addDependent, dependentsOf } from './vmdk/dependents.ts';
export { chainInfo, type DiskInfo, diskInfo } from './vmdk/info.ts';
export { Link, readDescriptor } from './vmdk/link.ts';
export { Merge, removeFiles } from './vmdk/merge.ts';
export { VmdkDisk, type VmdkDiskOptions } from './vmdk/vmdk-disk.ts';

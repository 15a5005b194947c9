/** What the rest of the kernel and the other rooms use of the file system. */
export { type Credentials, ModeBit, mayAccess, ROOT_CREDENTIALS, Want } from './credentials.ts';
export { ERRNO, Errno, type ErrnoName, isErrno } from './errno.ts';
export type {
  AttributeChange,
  Described,
  DeviceNumber,
  DirectoryEntry,
  DirectoryInode,
  FileHandle,
  FileInode,
  FileKind,
  FileSystem,
  FileSystemStatus,
  Inode,
  InodeStatus,
  LinkInode,
  NewInode,
  SpecialInode,
  SpecialKind,
} from './file-system.ts';
export { HostFiles, type WriteOptions } from './host-files.ts';
export { type Changes, type Layer, type LayerEntry, LayerStack, layerProblem } from './layers.ts';
export { MemoryFileSystem, type MemoryFileSystemOptions } from './memory-file-system.ts';
export { type Mount, type Position } from './mounts.ts';
export { OpenFile, OpenFlag } from './open-file.ts';
export { joinPath, NAME_BYTES_MAX, PATH_BYTES_MAX, splitLast } from './paths.ts';
export { RamdiskAccount, RamdiskBudget, type RamdiskLimits } from './ramdisk-account.ts';
export {
  RAMDISK_BUDGET_BYTES,
  RAMDISKS,
  type Ramdisk,
  type RamdiskRow,
  type RamdiskStatus,
  Ramdisks,
} from './ramdisks.ts';
export type { Status } from './status.ts';
export { FileView, Vfs } from './vfs.ts';
export { type Volume, Volumes } from './volumes.ts';

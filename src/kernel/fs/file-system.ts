/** What a file system that mounts on the VFS looks like: inodes of four shapes, and handles of open files. */
import type { Errno } from './errno.ts';

export type SpecialKind = 'character-device' | 'block-device' | 'pipe' | 'socket';
export type FileKind = 'file' | 'directory' | 'symlink' | SpecialKind;

/** What is known of an inode. Sizes and blocks as in stat(2): a block has 512 bytes. */
export interface InodeStatus {
  readonly id: number;
  readonly kind: FileKind;
  /** The low twelve bits. */
  readonly mode: number;
  readonly links: number;
  readonly uid: number;
  readonly gid: number;
  readonly sizeBytes: number;
  readonly blocks: number;
  /** Of a device: major and minor number. */
  readonly device?: DeviceNumber;
  /** Last read, last change of the content, last change of the status; nanoseconds since 1970. */
  readonly atimeNanoseconds: bigint;
  readonly mtimeNanoseconds: bigint;
  readonly ctimeNanoseconds: bigint;
}

export interface DeviceNumber {
  readonly major: number;
  readonly minor: number;
}

/** What of an inode's status changes; what is absent stays. */
export interface AttributeChange {
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly atimeNanoseconds?: bigint;
  readonly mtimeNanoseconds?: bigint;
}

/** What a new inode is. Permissions were checked and the umask applied by the caller. */
export interface NewInode {
  readonly kind: FileKind;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Of a symbolic link. */
  readonly target?: string;
  readonly device?: DeviceNumber;
}

export interface DirectoryEntry {
  readonly name: string;
  readonly kind: FileKind;
}

/** How full a file system is. Source: POSIX.1-2024 <sys/statvfs.h>. */
export interface FileSystemStatus {
  readonly type: string;
  readonly blockBytes: number;
  readonly blocks: number;
  readonly freeBlocks: number;
  readonly inodes: number;
  readonly freeInodes: number;
  readonly readOnly: boolean;
}

/**
 * A tree of inodes.
 *
 * Permissions, the kinds of what is renamed over what, and mount points are the VFS's; a file system keeps itself
 * whole, and refuses what it cannot do: ENOENT, EEXIST, ENOTEMPTY, ENOSPC, EMLINK, EIO, EROFS, EPERM.
 */
export interface FileSystem {
  readonly readOnly: boolean;
  readonly root: DirectoryInode;
  status(): FileSystemStatus | Errno;
}

/** What has a status: an inode, or an open file that may have lost its name. */
export interface Described {
  readonly kind: FileKind;
  readonly fileSystem: FileSystem;
  status(): InodeStatus | Errno;
  change(change: AttributeChange): Errno | undefined;
}

interface AnyInode extends Described {
  readonly id: number;
}

export interface FileInode extends AnyInode {
  readonly kind: 'file';
  /** A handle; the inode lives as long as one is open, even without a name. */
  open(access: { readonly read: boolean; readonly write: boolean }): FileHandle | Errno;
}

export interface LinkInode extends AnyInode {
  readonly kind: 'symlink';
  target(): string | Errno;
}

/** A name for something that is not a file: whoever implements devices, pipes and sockets opens it. */
export interface SpecialInode extends AnyInode {
  readonly kind: SpecialKind;
}

export interface DirectoryInode extends AnyInode {
  readonly kind: 'directory';
  /** The directory that it lies in; the root of a file system lies in itself. */
  parent(): DirectoryInode;
  /** Its name there; ENOENT when it has been removed. */
  ownName(): string | Errno;
  lookup(name: string): Inode | Errno;
  /** Without `.` and `..`, in no particular order. */
  entries(): readonly DirectoryEntry[] | Errno;
  create(name: string, what: NewInode): Inode | Errno;
  /** Another name for an inode of the same file system that is no directory. */
  link(name: string, inode: Inode): Errno | undefined;
  unlink(name: string): Errno | undefined;
  removeDirectory(name: string): Errno | undefined;
  /** Moves `name`, over what is there already, in one step; both directories are of this file system. */
  rename(name: string, to: DirectoryInode, toName: string): Errno | undefined;
}

export type Inode = FileInode | LinkInode | SpecialInode | DirectoryInode;

/** An open file of a file system. Read and write move as many bytes as they can: fewer at the end, or when it is full. */
export interface FileHandle {
  read(into: Uint8Array, position: number): number | Errno;
  write(from: Uint8Array, position: number): number | Errno;
  truncate(sizeBytes: number): Errno | undefined;
  status(): InodeStatus | Errno;
  change(change: AttributeChange): Errno | undefined;
  /** What was written is on its medium after this. */
  sync(): Errno | undefined;
  close(): void;
}

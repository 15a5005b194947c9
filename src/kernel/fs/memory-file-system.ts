/** A file system in memory: what a ramdisk is made of. */
import type { Clock } from '#lib';
import { PAGE_BYTES } from './content.ts';
import type { FileSystemStatus } from './file-system.ts';
import { MemoryDirectory } from './memory-directory.ts';
import type { InodeHome } from './memory-inode.ts';
import type { RamdiskAccount } from './ramdisk-account.ts';

export interface MemoryFileSystemOptions {
  readonly account: RamdiskAccount;
  readonly clock: Pick<Clock, 'wallNanoseconds'>;
  /** The mode of its root; 0o755 without it. */
  readonly rootMode?: number;
  /** Whether files that are not as the layers have them show the sticky bit: they go into the saved state. */
  readonly marks?: boolean;
  readonly readOnly?: boolean;
}

/** A tree in memory within the bounds of its account. */
export class MemoryFileSystem implements InodeHome {
  /** For the VFS, and so for everybody who comes through it. */
  readonly readOnly: boolean;
  readonly account: RamdiskAccount;
  readonly clock: Pick<Clock, 'wallNanoseconds'>;
  readonly marks: boolean;
  readonly root: MemoryDirectory;
  #lastId = 0;
  #changes = 0;

  constructor({
    account,
    clock,
    rootMode = 0o755,
    marks = false,
    readOnly = false,
  }: MemoryFileSystemOptions) {
    this.readOnly = readOnly;
    this.account = account;
    this.clock = clock;
    this.marks = marks;
    this.root = new MemoryDirectory(this, { mode: rootMode, uid: 0, gid: 0 }, true);
  }

  /** Grows with each change of content, names or attributes: who keeps the number knows whether something changed. */
  get changes(): number {
    return this.#changes;
  }

  status(): FileSystemStatus {
    const { maximumPages, usedPages, maximumInodes, usedInodes } = this.account;
    return {
      type: 'visorfs',
      blockBytes: PAGE_BYTES,
      blocks: maximumPages,
      freeBlocks: maximumPages - usedPages,
      inodes: maximumInodes,
      freeInodes: maximumInodes - usedInodes,
      readOnly: this.readOnly,
    };
  }

  nextId(): number {
    this.#lastId++;
    return this.#lastId;
  }

  changed(): void {
    this.#changes++;
  }
}

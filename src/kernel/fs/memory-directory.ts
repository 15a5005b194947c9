/** Directories in memory: names of inodes, counted in pages of the ramdisk once they are many. */
import { alignUp } from '#lib';
import { PAGE_BYTES } from './content.ts';
import { ERRNO, type Errno } from './errno.ts';
import type { DirectoryEntry, DirectoryInode, Inode, NewInode } from './file-system.ts';
import {
  type InodeHome,
  MAX_LINKS,
  MemoryFile,
  MemoryInode,
  MemoryLink,
  MemorySpecial,
} from './memory-inode.ts';

/** What stands in a directory. */
export type MemoryEntry = MemoryFile | MemoryLink | MemorySpecial | MemoryDirectory;

/** What an entry costs besides its name. */
const ENTRY_BYTES = 32;
/** The first names live in the inode. */
const INLINE_BYTES = 1024;

/** A directory. Owner: its file system. Names are the caller's to check: no `/`, not `.` or `..`, not empty. */
export class MemoryDirectory extends MemoryInode implements DirectoryInode {
  readonly kind = 'directory';
  readonly #entries = new Map<string, MemoryEntry>();
  /** Bytes of the names that the account pays for; a layer's names are not among them. */
  #ownBytes = 0;
  readonly #ownNames = new Set<string>();
  #parent: MemoryDirectory | undefined;
  #name = '/';

  constructor(home: InodeHome, what: Omit<NewInode, 'kind'>, layered: boolean, parent?: MemoryDirectory) {
    super(home, what, layered);
    this.#parent = parent;
    this.links = 2;
  }

  get sizeBytes(): number {
    return alignUp(Math.max(1, this.#entries.size) * ENTRY_BYTES, PAGE_BYTES);
  }

  get blocks(): number {
    return (pagesOf(this.#ownBytes) * PAGE_BYTES) / 512;
  }

  get isEmpty(): boolean {
    return this.#entries.size === 0;
  }

  parent(): MemoryDirectory {
    return this.#parent ?? this;
  }

  ownName(): string | Errno {
    return this.links === 0 ? ERRNO.ENOENT : this.#name;
  }

  lookup(name: string): MemoryEntry | Errno {
    return this.#entries.get(name) ?? ERRNO.ENOENT;
  }

  entries(): readonly DirectoryEntry[] {
    this.accessed();
    return Array.from(this.#entries, ([name, { kind }]) => ({ name, kind }));
  }

  create(name: string, what: NewInode): MemoryEntry | Errno {
    if (this.#entries.has(name)) return ERRNO.EEXIST;
    if (this.links === 0) return ERRNO.ENOENT;
    if (what.kind === 'directory' && this.links >= MAX_LINKS) return ERRNO.EMLINK;
    const { account } = this.fileSystem;
    if (!account.takeInode()) return ERRNO.ENOSPC;
    const pages = what.kind === 'symlink' ? MemoryLink.pagesOf(what.target ?? '') : 0;
    if (!account.takePages(pages)) {
      account.giveInode();
      return ERRNO.ENOSPC;
    }
    if (!this.#pay(name)) {
      account.givePages(pages);
      account.giveInode();
      return ERRNO.ENOSPC;
    }
    return this.#put(name, this.#make(what));
  }

  link(name: string, inode: Inode): Errno | undefined {
    if (this.#entries.has(name)) return ERRNO.EEXIST;
    if (!(inode instanceof MemoryInode) || inode.kind === 'directory') return ERRNO.EPERM;
    if (this.links === 0 || inode.links === 0) return ERRNO.ENOENT;
    if (inode.links >= MAX_LINKS) return ERRNO.EMLINK;
    const refused = inode.own();
    if (refused) return refused;
    if (!this.#pay(name)) return ERRNO.ENOSPC;
    inode.links++;
    inode.touch({ content: false });
    this.#put(name, inode as MemoryEntry);
    return undefined;
  }

  unlink(name: string): Errno | undefined {
    const entry = this.#entries.get(name);
    if (entry === undefined) return ERRNO.ENOENT;
    if (entry.kind === 'directory') return ERRNO.EISDIR;
    this.#take(name);
    entry.dropLink();
    return undefined;
  }

  removeDirectory(name: string): Errno | undefined {
    const entry = this.#entries.get(name);
    if (entry === undefined) return ERRNO.ENOENT;
    if (entry.kind !== 'directory') return ERRNO.ENOTDIR;
    if (!entry.isEmpty) return ERRNO.ENOTEMPTY;
    this.#take(name);
    entry.#die();
    return undefined;
  }

  rename(name: string, to: DirectoryInode, toName: string): Errno | undefined {
    const entry = this.#entries.get(name);
    if (entry === undefined) return ERRNO.ENOENT;
    if (!(to instanceof MemoryDirectory) || to.fileSystem !== this.fileSystem) return ERRNO.EXDEV;
    if (to.links === 0) return ERRNO.ENOENT;
    const victim = to.#entries.get(toName);
    if (victim === entry) return undefined;
    if (victim?.kind === 'directory' && !victim.isEmpty) return ERRNO.ENOTEMPTY;
    const refused = entry.own();
    if (refused) return refused;
    if (!to.#ownNames.has(toName) && !to.#pay(toName)) return ERRNO.ENOSPC;
    if (victim !== undefined) to.#drop(toName, victim);
    this.#take(name);
    to.#put(toName, entry);
    entry.touch({ content: false });
    return undefined;
  }

  /** Puts a layer's inode under a name, in the place of what is there; nobody pays. */
  place(name: string, entry: MemoryEntry): void {
    if (this.#entries.has(name)) this.withdraw(name);
    this.#entries.set(name, entry);
    if (entry instanceof MemoryDirectory) this.#adopt(name, entry);
  }

  /** Takes away what stands under a name, whatever it is; a directory with all that is in it. */
  withdraw(name: string): void {
    const entry = this.#entries.get(name);
    if (entry === undefined) return;
    if (entry instanceof MemoryDirectory) {
      for (const inner of entry.#entries.keys()) entry.withdraw(inner);
      this.#take(name);
      entry.#die();
    } else {
      this.#take(name);
      entry.dropLink();
    }
  }

  #make(what: NewInode): MemoryEntry {
    const home = this.fileSystem;
    if (what.kind === 'file') return new MemoryFile(home, what);
    if (what.kind === 'directory') return new MemoryDirectory(home, what, false, this);
    if (what.kind === 'symlink') return new MemoryLink(home, what, false);
    return new MemorySpecial(home, what.kind, what);
  }

  #put<T extends MemoryEntry>(name: string, entry: T): T {
    this.#entries.set(name, entry);
    if (entry instanceof MemoryDirectory) this.#adopt(name, entry);
    this.touch({ content: true });
    return entry;
  }

  #adopt(name: string, child: MemoryDirectory): void {
    child.#parent = this;
    child.#name = name;
    this.links++;
  }

  #take(name: string): void {
    if (this.#entries.get(name) instanceof MemoryDirectory) this.links--;
    this.#entries.delete(name);
    this.#unpay(name);
    this.touch({ content: true });
  }

  /** Makes room for an entry of the same name, whose place is paid for. */
  #drop(name: string, victim: MemoryEntry): void {
    this.#entries.delete(name);
    if (victim instanceof MemoryDirectory) {
      this.links--;
      victim.#die();
    } else {
      victim.dropLink();
    }
  }

  #die(): void {
    this.links = 0;
    this.freeIfUnused();
  }

  #pay(name: string): boolean {
    const bytes = this.#ownBytes + costOf(name);
    if (!this.fileSystem.account.takePages(pagesOf(bytes) - pagesOf(this.#ownBytes))) return false;
    this.#ownBytes = bytes;
    this.#ownNames.add(name);
    return true;
  }

  #unpay(name: string): void {
    if (!this.#ownNames.delete(name)) return;
    const bytes = this.#ownBytes - costOf(name);
    this.fileSystem.account.givePages(pagesOf(this.#ownBytes) - pagesOf(bytes));
    this.#ownBytes = bytes;
  }

  protected release(): void {
    this.fileSystem.account.givePages(pagesOf(this.#ownBytes));
    this.#ownBytes = 0;
    this.#ownNames.clear();
  }
}

function costOf(name: string): number {
  return ENTRY_BYTES + name.length;
}

function pagesOf(bytes: number): number {
  return Math.ceil(Math.max(0, bytes - INLINE_BYTES) / PAGE_BYTES);
}

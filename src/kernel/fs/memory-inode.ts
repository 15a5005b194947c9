/** Inodes in memory: files and symbolic links, and what all inodes share. A layer's inode costs nothing until it is changed. */
import type { Clock } from '#lib';
import { Content, type PageAccount } from './content.ts';
import { ModeBit } from './credentials.ts';
import { ERRNO, type Errno } from './errno.ts';
import type {
  AttributeChange,
  DeviceNumber,
  FileHandle,
  FileInode,
  FileKind,
  FileSystem,
  InodeStatus,
  LinkInode,
  NewInode,
  SpecialInode,
  SpecialKind,
} from './file-system.ts';

/** Who pays for pages and inodes. */
export interface Account extends PageAccount {
  takeInode(): boolean;
  giveInode(): void;
}

/** What an inode needs of its file system. */
export interface InodeHome extends FileSystem {
  readonly account: Account;
  readonly clock: Pick<Clock, 'wallNanoseconds'>;
  /** Whether inodes that are not a layer's any more show the sticky bit. */
  readonly marks: boolean;
  nextId(): number;
  /** Something changed that a saved state would hold. */
  changed(): void;
}

/** Links up to this length live in the inode. */
const INLINE_TARGET_CHARACTERS = 60;
const DAY_NANOSECONDS = 86_400_000_000_000n;
export const MAX_LINKS = 65_000;

/** What all inodes in memory are. `layered`: it is as a read-only layer has it, and the account has not paid for it. */
export abstract class MemoryInode {
  abstract readonly kind: FileKind;
  readonly id: number;
  readonly fileSystem: InodeHome;
  mode: number;
  uid: number;
  gid: number;
  links = 1;
  layered: boolean;
  protected atime: bigint;
  protected mtime: bigint;
  protected ctime: bigint;

  constructor(home: InodeHome, what: Omit<NewInode, 'kind'>, layered: boolean, timeNanoseconds?: bigint) {
    this.id = home.nextId();
    this.fileSystem = home;
    this.mode = what.mode;
    this.uid = what.uid;
    this.gid = what.gid;
    this.layered = layered;
    this.ctime = home.clock.wallNanoseconds();
    this.mtime = timeNanoseconds ?? this.ctime;
    this.atime = this.mtime;
  }

  abstract get sizeBytes(): number;
  abstract get blocks(): number;

  status(): InodeStatus {
    const { id, kind, uid, gid, links, sizeBytes, blocks } = this;
    const [atimeNanoseconds, mtimeNanoseconds, ctimeNanoseconds] = [this.atime, this.mtime, this.ctime];
    const mode = this.mode | (this.isMarked ? ModeBit.sticky : 0);
    return {
      ...{ id, kind, mode, links, uid, gid, sizeBytes, blocks },
      ...{ atimeNanoseconds, mtimeNanoseconds, ctimeNanoseconds },
    };
  }

  /** Changed since the layers: what a saved state holds. Shown as the sticky bit, of files only. */
  get isMarked(): boolean {
    return this.fileSystem.marks && this.kind === 'file' && !this.layered;
  }

  change(change: AttributeChange): Errno | undefined {
    const refused = this.own();
    if (refused) return refused;
    if (change.mode !== undefined) this.mode = change.mode;
    if (change.uid !== undefined) this.uid = change.uid;
    if (change.gid !== undefined) this.gid = change.gid;
    if (change.atimeNanoseconds !== undefined) this.atime = change.atimeNanoseconds;
    if (change.mtimeNanoseconds !== undefined) this.mtime = change.mtimeNanoseconds;
    this.touch({ content: false });
    return undefined;
  }

  /** Makes a layer's inode the ramdisk's own, before it is changed. */
  own(): Errno | undefined {
    if (!this.layered) return undefined;
    if (!this.fileSystem.account.takeInode()) return ERRNO.ENOSPC;
    this.layered = false;
    return undefined;
  }

  touch({ content }: { readonly content: boolean }): void {
    this.ctime = this.fileSystem.clock.wallNanoseconds();
    if (content) this.mtime = this.ctime;
    this.fileSystem.changed();
  }

  /** One name less; without any it goes, when nobody has it open. */
  dropLink(): void {
    this.links--;
    this.touch({ content: false });
    this.freeIfUnused();
  }

  freeIfUnused(): void {
    if (this.links > 0 || this.isOpen) return;
    this.release();
    if (!this.layered) this.fileSystem.account.giveInode();
  }

  protected get isOpen(): boolean {
    return false;
  }

  /** Gives back the pages. */
  protected abstract release(): void;

  /** The access time moves only when it is older than the last change, or than a day. Source: Linux mount(8), relatime. */
  protected accessed(): void {
    const now = this.fileSystem.clock.wallNanoseconds();
    if (this.atime <= this.mtime || this.atime <= this.ctime || now - this.atime >= DAY_NANOSECONDS)
      this.atime = now;
  }
}

export class MemoryFile extends MemoryInode implements FileInode {
  readonly kind = 'file';
  readonly #content: Content;
  #handles = 0;

  /** @param base - the bytes of the layer that it comes from. */
  constructor(home: InodeHome, what: Omit<NewInode, 'kind'>, base?: Uint8Array, timeNanoseconds?: bigint) {
    super(home, what, base !== undefined, timeNanoseconds);
    this.#content = new Content(home.account, base);
  }

  get sizeBytes(): number {
    return this.#content.sizeBytes;
  }

  get blocks(): number {
    return this.#content.blocks;
  }

  open(): FileHandle {
    this.#handles++;
    let open = true;
    return {
      read: (into, position) => {
        this.accessed();
        return this.#content.read(into, position);
      },
      write: (from, position) => this.#write(from, position),
      truncate: (sizeBytes) => this.#truncate(sizeBytes),
      status: () => this.status(),
      change: (change) => this.change(change),
      sync: () => undefined,
      close: () => {
        if (!open) return;
        open = false;
        this.#handles--;
        this.freeIfUnused();
      },
    };
  }

  #write(from: Uint8Array, position: number): number | Errno {
    const refused = this.own();
    if (refused) return refused;
    const written = this.#content.write(from, position);
    if (typeof written === 'number' && written > 0) this.touch({ content: true });
    return written;
  }

  #truncate(sizeBytes: number): Errno | undefined {
    const refused = this.own() ?? this.#content.truncate(sizeBytes);
    if (refused === undefined) this.touch({ content: true });
    return refused;
  }

  protected override get isOpen(): boolean {
    return this.#handles > 0;
  }

  protected release(): void {
    this.#content.release();
  }
}

export class MemoryLink extends MemoryInode implements LinkInode {
  readonly kind = 'symlink';
  readonly blocks = 0;
  readonly #target: string;

  constructor(home: InodeHome, what: Omit<NewInode, 'kind'>, layered: boolean, timeNanoseconds?: bigint) {
    super(home, what, layered, timeNanoseconds);
    this.#target = what.target ?? '';
  }

  /** Pages that a link to `target` costs. */
  static pagesOf(target: string): number {
    return target.length > INLINE_TARGET_CHARACTERS ? 1 : 0;
  }

  get sizeBytes(): number {
    return new TextEncoder().encode(this.#target).length;
  }

  target(): string {
    this.accessed();
    return this.#target;
  }

  /** A change of a link's owner pays for its target too. */
  override own(): Errno | undefined {
    if (!this.layered) return undefined;
    const pages = MemoryLink.pagesOf(this.#target);
    if (!this.fileSystem.account.takePages(pages)) return ERRNO.ENOSPC;
    const refused = super.own();
    if (refused) this.fileSystem.account.givePages(pages);
    return refused;
  }

  protected release(): void {
    if (!this.layered) this.fileSystem.account.givePages(MemoryLink.pagesOf(this.#target));
  }
}

/** A device, pipe or socket by name. */
export class MemorySpecial extends MemoryInode implements SpecialInode {
  readonly kind: SpecialKind;
  readonly sizeBytes = 0;
  readonly blocks = 0;
  readonly #device: DeviceNumber | undefined;

  constructor(home: InodeHome, kind: SpecialKind, what: Omit<NewInode, 'kind'>) {
    super(home, what, false);
    this.kind = kind;
    this.#device = what.device;
  }

  override status(): InodeStatus {
    const status = super.status();
    return this.#device === undefined ? status : { ...status, device: this.#device };
  }

  protected release(): void {}
}

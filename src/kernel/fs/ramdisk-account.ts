/** What ramdisks may use: each has a reservation that is always there for it and a maximum; all share the host's budget. */
import { alignUp, assert } from '#lib';
import { PAGE_BYTES, type PageAccount } from './content.ts';
import { ERRNO, type Errno } from './errno.ts';

/** Bounds of one ramdisk, in bytes and inodes. */
export interface RamdiskLimits {
  readonly reservedBytes: number;
  readonly maximumBytes: number;
  readonly maximumInodes: number;
}

/** Inodes are allocated in groups, and stay. */
const INODE_GROUP = 32;

/** Memory for all ramdisks of a host. */
export class RamdiskBudget {
  readonly #totalPages: number;
  readonly #accounts = new Set<RamdiskAccount>();

  constructor(totalBytes: number) {
    this.#totalPages = Math.floor(totalBytes / PAGE_BYTES);
  }

  /** An account whose reservation is set aside from now on; ENOMEM when it does not fit. */
  open(limits: RamdiskLimits): RamdiskAccount | Errno {
    if (limits.reservedBytes > limits.maximumBytes) return ERRNO.EINVAL;
    const account = new RamdiskAccount(limits, (pages) => pages <= this.freePages);
    if (account.committedPages > this.freePages) return ERRNO.ENOMEM;
    this.#accounts.add(account);
    return account;
  }

  close(account: RamdiskAccount): void {
    this.#accounts.delete(account);
  }

  /** Pages that are neither reserved nor used. */
  get freePages(): number {
    let free = this.#totalPages;
    for (const account of this.#accounts) free -= account.committedPages;
    return free;
  }
}

/** The pages and inodes of one ramdisk. Owner: its file system; read by whoever lists ramdisks. */
export class RamdiskAccount implements PageAccount {
  readonly reservedPages: number;
  readonly maximumPages: number;
  readonly maximumInodes: number;
  readonly #mayGrow: (pages: number) => boolean;
  #usedPages = 0;
  #peakPages = 0;
  #usedInodes = 0;
  #peakInodes = 0;

  /** @param mayGrow - whether so many pages beyond the reservation are free on the host. */
  constructor(limits: RamdiskLimits, mayGrow: (pages: number) => boolean) {
    this.reservedPages = Math.ceil(limits.reservedBytes / PAGE_BYTES);
    this.maximumPages = Math.floor(limits.maximumBytes / PAGE_BYTES);
    this.maximumInodes = limits.maximumInodes;
    this.#mayGrow = mayGrow;
  }

  /** What nobody else can have. */
  get committedPages(): number {
    return Math.max(this.reservedPages, this.#usedPages);
  }

  get usedPages(): number {
    return this.#usedPages;
  }

  get peakPages(): number {
    return this.#peakPages;
  }

  get usedInodes(): number {
    return this.#usedInodes;
  }

  get allocatedInodes(): number {
    return Math.min(this.maximumInodes, alignUp(this.#peakInodes, INODE_GROUP));
  }

  takePages(count: number): boolean {
    const used = this.#usedPages + count;
    if (used > this.maximumPages) return false;
    const growth = Math.max(this.reservedPages, used) - this.committedPages;
    if (growth > 0 && !this.#mayGrow(growth)) return false;
    this.#usedPages = used;
    this.#peakPages = Math.max(this.#peakPages, used);
    return true;
  }

  givePages(count: number): void {
    assert(count <= this.#usedPages, `${count} pages given back of ${this.#usedPages}`);
    this.#usedPages -= count;
  }

  takeInode(): boolean {
    if (this.#usedInodes >= this.maximumInodes) return false;
    this.#usedInodes++;
    this.#peakInodes = Math.max(this.#peakInodes, this.#usedInodes);
    return true;
  }

  giveInode(): void {
    assert(this.#usedInodes > 0, 'an inode given back that nobody took');
    this.#usedInodes--;
  }
}

/** A file's bytes in memory: pages that exist only where something was written, over the bytes of a read-only layer. */
import { ERRNO, type Errno } from './errno.ts';

export const PAGE_BYTES = 4096;
/** Positions stay exact numbers, and a page's number too. */
export const MAX_FILE_BYTES = 2 ** 52;

/** Who pays for pages. */
export interface PageAccount {
  /** Whether there were as many left; then they are taken. */
  takePages(count: number): boolean;
  givePages(count: number): void;
}

/** Sparse content: holes cost nothing and read as zeros; a page of the layer below is copied when it is written. */
export class Content {
  readonly #account: PageAccount;
  readonly #pages = new Map<number, Uint8Array>();
  readonly #base: Uint8Array;
  /** Bytes of the base that can still be seen: what was cut off does not come back. */
  #baseBytes: number;
  #sizeBytes: number;

  constructor(account: PageAccount, base: Uint8Array = new Uint8Array()) {
    this.#account = account;
    this.#base = base;
    this.#baseBytes = base.length;
    this.#sizeBytes = base.length;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** Pages that the account pays for. */
  get ownPages(): number {
    return this.#pages.size;
  }

  /** Blocks of 512 bytes as stat(2) counts them. */
  get blocks(): number {
    return (this.#pages.size * PAGE_BYTES) / 512 + Math.ceil(this.#baseBytes / 512);
  }

  read(into: Uint8Array, position: number): number {
    const length = Math.max(0, Math.min(into.length, this.#sizeBytes - position));
    for (let done = 0; done < length; ) {
      const inPage = (position + done) % PAGE_BYTES;
      const count = Math.min(PAGE_BYTES - inPage, length - done);
      this.#copyOut(into.subarray(done, done + count), (position + done - inPage) / PAGE_BYTES, inPage);
      done += count;
    }
    return length;
  }

  /** Writes what there is room for; ENOSPC only when there is none at all. */
  write(from: Uint8Array, position: number): number | Errno {
    if (position >= MAX_FILE_BYTES) return ERRNO.EFBIG;
    const length = Math.min(from.length, MAX_FILE_BYTES - position);
    let done = 0;
    while (done < length) {
      const inPage = (position + done) % PAGE_BYTES;
      const count = Math.min(PAGE_BYTES - inPage, length - done);
      const page = this.#ownPage((position + done - inPage) / PAGE_BYTES);
      if (page === undefined) break;
      page.set(from.subarray(done, done + count), inPage);
      done += count;
      this.#sizeBytes = Math.max(this.#sizeBytes, position + done);
    }
    return done === 0 && length > 0 ? ERRNO.ENOSPC : done;
  }

  truncate(sizeBytes: number): Errno | undefined {
    if (sizeBytes > MAX_FILE_BYTES) return ERRNO.EFBIG;
    if (sizeBytes < this.#sizeBytes) this.#cut(sizeBytes);
    this.#sizeBytes = sizeBytes;
    return undefined;
  }

  /** Gives all pages back. */
  release(): void {
    this.#cut(0);
    this.#sizeBytes = 0;
  }

  #copyOut(into: Uint8Array, number: number, inPage: number): void {
    const page = this.#pages.get(number);
    if (page !== undefined) {
      into.set(page.subarray(inPage, inPage + into.length));
      return;
    }
    const start = number * PAGE_BYTES + inPage;
    const below = this.#base.subarray(
      Math.min(start, this.#baseBytes),
      Math.min(start + into.length, this.#baseBytes),
    );
    into.set(below);
    into.fill(0, below.length);
  }

  #ownPage(number: number): Uint8Array | undefined {
    const existing = this.#pages.get(number);
    if (existing !== undefined) return existing;
    if (!this.#account.takePages(1)) return undefined;
    const page = new Uint8Array(PAGE_BYTES);
    if (number * PAGE_BYTES < this.#baseBytes) this.#copyOut(page, number, 0);
    this.#pages.set(number, page);
    return page;
  }

  #cut(sizeBytes: number): void {
    const keep = Math.ceil(sizeBytes / PAGE_BYTES);
    let dropped = 0;
    for (const number of this.#pages.keys()) {
      if (number < keep) continue;
      this.#pages.delete(number);
      dropped++;
    }
    this.#account.givePages(dropped);
    if (sizeBytes % PAGE_BYTES !== 0) this.#pages.get(keep - 1)?.fill(0, sizeBytes % PAGE_BYTES);
    this.#baseBytes = Math.min(this.#baseBytes, sizeBytes);
  }
}

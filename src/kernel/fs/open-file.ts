/** An open file: a handle with a position, the flags of open(2), and what may be done through it. */
import { dropPrivilege } from './attributes.ts';
import type { Credentials } from './credentials.ts';
import { ERRNO, type Errno, isErrno } from './errno.ts';
import type { Described, DirectoryEntry, FileHandle, Inode } from './file-system.ts';
import type { Position } from './mounts.ts';
import { type Status, statusAt } from './status.ts';

/** Flags of open(2), with the numbers that RISC-V Linux has. Source: Linux asm-generic/fcntl.h. */
export const OpenFlag = {
  readOnly: 0,
  writeOnly: 1,
  readWrite: 2,
  create: 0o100,
  exclusive: 0o200,
  truncate: 0o1000,
  append: 0o2000,
  directory: 0o200000,
  noFollow: 0o400000,
} as const;

const ACCESS_MASK = 3;

/** Whether the flags ask for reading, and for writing. */
export function accessOf(flags: number): { readonly read: boolean; readonly write: boolean } {
  const access = flags & ACCESS_MASK;
  return { read: access !== OpenFlag.writeOnly, write: access !== OpenFlag.readOnly };
}

/** One open of a file or directory; several descriptors may share it. */
export class OpenFile {
  readonly flags: number;
  readonly #at: Position;
  readonly #opener: Credentials;
  readonly #handle: FileHandle | undefined;
  #position = 0;
  #closed = false;

  /** @param handle - of a file; a directory has none. */
  constructor(at: Position, opener: Credentials, flags: number, handle: FileHandle | undefined) {
    this.#at = at;
    this.#opener = opener;
    this.flags = flags;
    this.#handle = handle;
  }

  get inode(): Inode {
    return this.#at.inode;
  }

  /** Where it is, for `fchdir` and the calls that start at a directory. */
  get at(): Position {
    return this.#at;
  }

  /** What has its status, whether or not it still has a name. */
  get described(): Described {
    const { inode } = this.#at;
    const handle = this.#handle;
    if (handle === undefined) return inode;
    const { kind, fileSystem } = inode;
    return { kind, fileSystem, status: () => handle.status(), change: (change) => handle.change(change) };
  }

  get position(): number {
    return this.#position;
  }

  /** Reads at the position and moves it; 0 at the end. */
  read(into: Uint8Array): number | Errno {
    const count = this.readAt(into, this.#position);
    if (!isErrno(count)) this.#position += count;
    return count;
  }

  readAt(into: Uint8Array, position: number): number | Errno {
    if (!accessOf(this.flags).read || this.#closed) return ERRNO.EBADF;
    if (this.#handle === undefined) return ERRNO.EISDIR;
    return isPosition(position) ? this.#handle.read(into, position) : ERRNO.EINVAL;
  }

  /** Writes at the position, or at the end when it was opened to append, and moves it. May write less when full. */
  write(from: Uint8Array): number | Errno {
    const position = this.#writePosition();
    if (isErrno(position)) return position;
    const count = this.#put(from, position);
    if (!isErrno(count)) this.#position = position + count;
    return count;
  }

  writeAt(from: Uint8Array, position: number): number | Errno {
    if ((this.flags & OpenFlag.append) === 0 || !isPosition(position)) return this.#put(from, position);
    const at = this.#end();
    return isErrno(at) ? at : this.#put(from, at);
  }

  #put(from: Uint8Array, at: number): number | Errno {
    if (!accessOf(this.flags).write || this.#closed || this.#handle === undefined) return ERRNO.EBADF;
    if (!isPosition(at)) return ERRNO.EINVAL;
    const count = this.#handle.write(from, at);
    if (count === 0 || isErrno(count)) return count;
    return dropPrivilege(this.#opener, this.described) ?? count;
  }

  /** Moves the position. Source: POSIX.1-2024, lseek. */
  seek(offset: number, from: 'start' | 'here' | 'end'): number | Errno {
    const end = from === 'end' ? this.#end() : 0;
    if (isErrno(end)) return end;
    const position = { start: 0, here: this.#position, end }[from] + offset;
    if (!isPosition(position)) return ERRNO.EINVAL;
    this.#position = position;
    return position;
  }

  truncate(sizeBytes: number): Errno | undefined {
    if (!accessOf(this.flags).write || this.#closed || this.#handle === undefined) return ERRNO.EINVAL;
    if (!isPosition(sizeBytes)) return ERRNO.EINVAL;
    return this.#handle.truncate(sizeBytes) ?? dropPrivilege(this.#opener, this.described);
  }

  status(): Status | Errno {
    return this.#closed ? ERRNO.EBADF : statusAt(this.described, this.#at.mount);
  }

  /** What an open directory holds. */
  entries(): readonly DirectoryEntry[] | Errno {
    if (this.#closed) return ERRNO.EBADF;
    return this.inode.kind === 'directory' ? this.inode.entries() : ERRNO.ENOTDIR;
  }

  sync(): Errno | undefined {
    return this.#closed ? ERRNO.EBADF : this.#handle?.sync();
  }

  /** May be called again. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#handle?.close();
  }

  #writePosition(): number | Errno {
    return (this.flags & OpenFlag.append) === 0 ? this.#position : this.#end();
  }

  #end(): number | Errno {
    const status = this.described.status();
    return isErrno(status) ? status : status.sizeBytes;
  }
}

function isPosition(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

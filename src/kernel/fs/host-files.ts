/** Files for the host's own code: what it needs of a view, with failures as HostErrors that name the path. */
import { HostError } from '#lib';
import { ERRNO, type Errno, isErrno } from './errno.ts';
import type { DirectoryEntry } from './file-system.ts';
import { OpenFlag } from './open-file.ts';
import { joinPath, splitLast } from './paths.ts';
import type { Status } from './status.ts';
import type { FileView } from './vfs.ts';

/** What a written file is to be; what is absent stays as it was, or is 0o644 and the writer's. */
export interface WriteOptions {
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
}

/** Reads and writes whole files. Throws HostError `file-system`, unless it says otherwise. */
export class HostFiles {
  readonly view: FileView;

  constructor(view: FileView) {
    this.view = view;
  }

  readBytes(path: string): Uint8Array {
    return this.#done('read', path, this.view.readFile(path));
  }

  readText(path: string): string {
    return new TextDecoder().decode(this.readBytes(path));
  }

  /** Undefined when there is no such file. */
  readTextIfThere(path: string): string | undefined {
    const bytes = this.view.readFile(path);
    if (bytes === ERRNO.ENOENT || bytes === ERRNO.ENOTDIR) return undefined;
    return new TextDecoder().decode(this.#done('read', path, bytes));
  }

  /**
   * Puts a file in the place of another in one step: whoever reads sees the old one or the new one, whole.
   * A symbolic link is written through. When it fails, the old file is as it was.
   */
  write(path: string, content: string | Uint8Array, options: WriteOptions = {}): void {
    const real = this.view.realPath(path);
    const place = isErrno(real) ? path : real;
    const old = this.view.stat(place);
    const { mode, uid, gid } = isErrno(old) ? { mode: 0o644, uid: -1, gid: -1 } : old;
    const [folder, name] = splitLast(place);
    const staged = joinPath(folder, `.#${name}`.slice(0, 200));
    const failed =
      this.#writeNew(staged, content, options.mode ?? mode & 0o6777) ??
      this.view.chown(staged, options.uid ?? uid, options.gid ?? gid) ??
      this.view.chmod(staged, options.mode ?? mode & 0o6777) ??
      this.view.rename(staged, place);
    if (failed === undefined) return;
    this.view.unlink(staged);
    this.#done('write', path, failed);
  }

  append(path: string, content: string | Uint8Array, mode = 0o644): void {
    this.#done('write', path, this.view.writeFile(path, bytesOf(content), mode, OpenFlag.append));
  }

  exists(path: string): boolean {
    return !isErrno(this.view.stat(path));
  }

  status(path: string): Status {
    return this.#done('look at', path, this.view.stat(path));
  }

  /** Sorted by name. */
  list(path: string): readonly DirectoryEntry[] {
    const entries = this.#done('list', path, this.view.list(path));
    return [...entries].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Makes a directory and those above it that are missing. */
  makeFolders(path: string, mode = 0o755): void {
    const made = this.view.mkdir(path, mode);
    if (made === ERRNO.ENOENT) {
      this.makeFolders(splitLast(path.replace(/\/+$/, ''))[0], mode);
      this.#done('make', path, this.view.mkdir(path, mode));
    } else if (made !== ERRNO.EEXIST || this.status(path).kind !== 'directory') {
      this.#done('make', path, made);
    }
  }

  /** Takes a file or link away; nothing happens when there is none. */
  remove(path: string): void {
    const failed = this.view.unlink(path);
    if (failed !== ERRNO.ENOENT) this.#done('remove', path, failed);
  }

  rename(from: string, to: string): void {
    this.#done('rename', from, this.view.rename(from, to));
  }

  #writeNew(path: string, content: string | Uint8Array, mode: number): Errno | undefined {
    const left = this.view.unlink(path);
    if (left !== undefined && left !== ERRNO.ENOENT) return left;
    return this.view.writeFile(path, bytesOf(content), mode, OpenFlag.exclusive);
  }

  #done<T>(action: string, path: string, result: T): Exclude<T, Errno> {
    if (isErrno(result)) throw new HostError('file-system', { action, path, reason: result.text });
    return result as Exclude<T, Errno>;
  }
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}

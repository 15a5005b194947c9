/** Paths as text: their parts and bounds. Source: POSIX.1-2024 XBD §4.16 Pathname Resolution; Linux limits.h. */
import { ERRNO, type Errno } from './errno.ts';

export const NAME_BYTES_MAX = 255;
/** Without the NUL that ends a path in C. */
export const PATH_BYTES_MAX = 4095;
export const SYMLINKS_MAX = 40;

/** A path in its parts. */
export interface PathParts {
  readonly absolute: boolean;
  /** Names, `.` and `..`; never empty strings. */
  readonly names: readonly string[];
  /** It ends in a slash: what it names must be a directory. */
  readonly trailingSlash: boolean;
}

/** The parts of a path; an Errno when it cannot be one. */
export function splitPath(path: string): PathParts | Errno {
  if (path === '') return ERRNO.ENOENT;
  if (path.includes('\0')) return ERRNO.EINVAL;
  if (!path.isWellFormed()) return ERRNO.EILSEQ;
  if (isLongerThan(path, PATH_BYTES_MAX)) return ERRNO.ENAMETOOLONG;
  const names = path.split('/').filter((name) => name !== '');
  return { absolute: path.startsWith('/'), names, trailingSlash: path.endsWith('/') };
}

/** Whether one name is short enough. */
export function checkName(name: string): Errno | undefined {
  return isLongerThan(name, NAME_BYTES_MAX) ? ERRNO.ENAMETOOLONG : undefined;
}

/** A path below another: `joinPath('/', 'etc')` is `/etc`. */
export function joinPath(folder: string, name: string): string {
  return folder.endsWith('/') ? `${folder}${name}` : `${folder}/${name}`;
}

/** The folder that a path lies in, and its last name; for paths without a trailing slash. */
export function splitLast(path: string): readonly [folder: string, name: string] {
  const at = path.lastIndexOf('/');
  if (at < 0) return ['.', path];
  return [at === 0 ? '/' : path.slice(0, at), path.slice(at + 1)];
}

/** A character is at most three bytes of UTF-8 for each of its UTF-16 units. */
function isLongerThan(text: string, bytes: number): boolean {
  if (text.length * 3 <= bytes) return false;
  return text.length > bytes || new TextEncoder().encode(text).length > bytes;
}

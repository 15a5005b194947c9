/** The errors that a file operation returns: one object for each, with Linux's number and text. Source: POSIX.1-2024 <errno.h>; Linux asm-generic/errno-base.h and errno.h. */

// biome-ignore format: a table reads in columns
const ROWS = {
  EPERM:        [1,  'Operation not permitted'],
  ENOENT:       [2,  'No such file or directory'],
  EIO:          [5,  'Input/output error'],
  ENXIO:        [6,  'No such device or address'],
  EBADF:        [9,  'Bad file descriptor'],
  ENOMEM:       [12, 'Cannot allocate memory'],
  EACCES:       [13, 'Permission denied'],
  EBUSY:        [16, 'Device or resource busy'],
  EEXIST:       [17, 'File exists'],
  EXDEV:        [18, 'Invalid cross-device link'],
  ENOTDIR:      [20, 'Not a directory'],
  EISDIR:       [21, 'Is a directory'],
  EINVAL:       [22, 'Invalid argument'],
  ENFILE:       [23, 'Too many open files in system'],
  EMFILE:       [24, 'Too many open files'],
  EFBIG:        [27, 'File too large'],
  ENOSPC:       [28, 'No space left on device'],
  ESPIPE:       [29, 'Illegal seek'],
  EROFS:        [30, 'Read-only file system'],
  EMLINK:       [31, 'Too many links'],
  ENAMETOOLONG: [36, 'File name too long'],
  ENOTEMPTY:    [39, 'Directory not empty'],
  ELOOP:        [40, 'Too many levels of symbolic links'],
  EILSEQ:       [84, 'Invalid or incomplete multibyte or wide character'],
  EOPNOTSUPP:   [95, 'Operation not supported'],
  EDQUOT:       [122, 'Disk quota exceeded'],
} as const;

export type ErrnoName = keyof typeof ROWS;

/** What an operation answers when it refuses; compare with `===` against `ERRNO.ENOENT`. */
export class Errno {
  readonly name: ErrnoName;
  readonly number: number;
  readonly text: string;

  constructor(name: ErrnoName) {
    this.name = name;
    this.number = ROWS[name][0];
    this.text = ROWS[name][1];
    Object.freeze(this);
  }
}

/** The one object of each error. */
export const ERRNO: Readonly<Record<ErrnoName, Errno>> = Object.freeze(
  Object.fromEntries((Object.keys(ROWS) as ErrnoName[]).map((name) => [name, new Errno(name)])),
) as Readonly<Record<ErrnoName, Errno>>;

/** Whether an operation refused. */
export function isErrno(result: unknown): result is Errno {
  return result instanceof Errno;
}

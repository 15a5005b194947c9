/** The few system calls that Node's fs lacks, flock(2), fallocate(2), lseek(2), through node:ffi. Linux and macOS. */

const LOCK = { shared: 1, exclusive: 2, doNotWait: 4 } as const;
const FALLOCATE = { keepSize: 0x01, punchHole: 0x02, zeroRange: 0x10 } as const;
const SEEK = { data: 3, hole: 4 } as const;

/** The calls, on open file descriptors. */
export interface NativeCalls {
  /**
   * Locks an open file for as long as it is open, also against others of this process; false when somebody holds it
   * otherwise. The system takes the lock away when the holder dies. Source: flock(2).
   */
  lockFile(fd: number, mode: 'shared' | 'exclusive'): boolean;
  /**
   * Makes a span of a file read as zeroes without writing it, and with `unmap` gives its space back; the file's size
   * stays. False when the file system cannot. Source: fallocate(2).
   */
  zeroSpan(fd: number, offset: number, length: number, unmap: boolean): boolean;
  /** Sets space aside for a span, which reads as zeroes where nothing was written. False when the file system cannot. */
  allocate(fd: number, offset: number, length: number): boolean;
  /**
   * Where data, or with `hole` a hole, begins at or behind `offset`; undefined when there is none, or the file system does
   * not say. Source: lseek(2).
   */
  seek(fd: number, offset: number, what: 'data' | 'hole'): number | undefined;
}

/** Looks the calls up in the C library of this process. */
export function nativeCalls(): NativeCalls {
  const { dlopen } = foreignFunctions();
  const { flock } = dlopen(null, { flock: { arguments: ['int32', 'int32'], return: 'int32' } }).functions;
  const lockFile: NativeCalls['lockFile'] = (fd, mode) => flock(fd, LOCK[mode] | LOCK.doNotWait) === 0;
  if (process.platform !== 'linux')
    return { lockFile, zeroSpan: () => false, allocate: () => false, seek: () => undefined };
  const { fallocate, lseek } = dlopen(null, {
    fallocate: { arguments: ['int32', 'int32', 'int64', 'int64'], return: 'int32' },
    lseek: { arguments: ['int32', 'int64', 'int32'], return: 'int64' },
  }).functions;
  return {
    lockFile,
    zeroSpan(fd, offset, length, unmap) {
      const how = unmap ? FALLOCATE.punchHole : FALLOCATE.zeroRange;
      return fallocate(fd, FALLOCATE.keepSize | how, BigInt(offset), BigInt(length)) === 0;
    },
    allocate: (fd, offset, length) => fallocate(fd, 0, BigInt(offset), BigInt(length)) === 0,
    seek(fd, offset, what) {
      const found = Number(lseek(fd, BigInt(offset), SEEK[what]));
      return found < 0 ? undefined : found;
    },
  };
}

/** The module node:ffi, loaded without a warning. */
export function foreignFunctions(): ReturnType<typeof process.getBuiltinModule<'node:ffi'>> {
  return quietly(() => process.getBuiltinModule('node:ffi'));
}

/** Without the warning that node:ffi is experimental: our Node version is pinned. */
function quietly<T>(action: () => T): T {
  // oxlint-disable-next-line typescript/unbound-method -- it is put back, not called
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return action();
  } finally {
    process.emitWarning = emitWarning;
  }
}

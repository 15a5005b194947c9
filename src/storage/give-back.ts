/** Gives memory back to the operating system, pages of a shared one and what was freed: madvise(2) and malloc_trim(3), which Node lacks, through node:ffi. */
import { foreignFunctions } from './native.ts';

/** Source: madvise(2). */
const MADV_DONTNEED = 4;

/**
 * A function that gives [offset, offset + bytes) of the buffer back and says whether it did: then it reads as zeros.
 * `undefined` where the platform has no such call that zeroes: elsewhere than on Linux, MADV_DONTNEED is a hint.
 */
export function memoryGiver(
  buffer: ArrayBufferLike,
): ((offset: number, bytes: number) => boolean) | undefined {
  if (process.platform !== 'linux') return undefined;
  const { dlopen, getRawPointer } = foreignFunctions();
  const { madvise } = dlopen(null, {
    madvise: { arguments: ['pointer', 'uint64', 'int32'], return: 'int32' },
  }).functions;
  const start = getRawPointer(buffer as ArrayBuffer);
  return (offset, bytes) => {
    if (offset < 0 || bytes <= 0 || offset + bytes > buffer.byteLength) return false;
    return madvise(start + BigInt(offset), BigInt(bytes), MADV_DONTNEED) === 0;
  };
}

/**
 * A function that gives back what was allocated by C's malloc and is free, of all threads: compilers leave a lot of it.
 * `undefined` where the C library is not glibc.
 */
export function heapTrimmer(): (() => void) | undefined {
  const { dlopen } = foreignFunctions();
  try {
    const { malloc_trim } = dlopen(null, {
      malloc_trim: { arguments: ['uint64'], return: 'int32' },
    }).functions;
    return () => void malloc_trim(0n);
  } catch {
    return undefined;
  }
}

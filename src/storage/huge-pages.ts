/** Asks the operating system for pages of 2 MiB behind a shared memory: madvise(2), through node:ffi. */
import { foreignFunctions } from './native.ts';

/** Source: madvise(2). */
const MADV_HUGEPAGE = 14;

/**
 * From now on what is touched of the buffer may come in large pages, where the system has them: fewer faults, fewer misses of the
 * machine's TLB. For memory of which nothing is given back page by page.
 * @returns whether the system heard of it
 */
export function askForHugePages(buffer: ArrayBufferLike): boolean {
  if (process.platform !== 'linux') return false;
  const { dlopen, getRawPointer } = foreignFunctions();
  const { madvise } = dlopen(null, {
    madvise: { arguments: ['pointer', 'uint64', 'int32'], return: 'int32' },
  }).functions;
  return madvise(getRawPointer(buffer as ArrayBuffer), BigInt(buffer.byteLength), MADV_HUGEPAGE) === 0;
}

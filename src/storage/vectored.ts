/** Reading and writing a span of a file from and into several buffers, all of it or an error. Source: readv(2). */
import { fdatasyncSync, readvSync, writevSync } from 'node:fs';

/** Buffers in one call. Source: IOV_MAX of Linux and macOS. */
const MAX_BUFFERS = 1024;

/** What is asked of the system; tests hand in one that fails. Throws the system's errors. */
export interface FileCalls {
  /** How many bytes were moved, fewer than there is room for at the file's end, or at any time. */
  readv(fd: number, buffers: readonly Uint8Array[], offset: number): number;
  writev(fd: number, buffers: readonly Uint8Array[], offset: number): number;
  /** What was written is safe when it returns. */
  sync(fd: number): void;
}

export const FILE_CALLS: FileCalls = { readv: readvSync, writev: writevSync, sync: fdatasyncSync };

/** Fills all buffers from `offset` on. Throws when the file ends before, or the system's error. */
export function readAll(
  fd: number,
  buffers: readonly Uint8Array[],
  offset: number,
  calls: FileCalls = FILE_CALLS,
): void {
  transferAll(buffers, offset, (some, at) => calls.readv(fd, some, at));
}

/** Writes all buffers from `offset` on. Throws the system's error. */
export function writeAll(
  fd: number,
  buffers: readonly Uint8Array[],
  offset: number,
  calls: FileCalls = FILE_CALLS,
): void {
  transferAll(buffers, offset, (some, at) => calls.writev(fd, some, at));
}

/** The system may move less than asked for: goes on with the rest until all is done. */
function transferAll(
  buffers: readonly Uint8Array[],
  offset: number,
  transfer: (buffers: readonly Uint8Array[], offset: number) => number,
): void {
  if (buffers.length === 0) return;
  const first = buffers.length <= MAX_BUFFERS ? transfer(buffers, offset) : 0;
  let rest = skip(buffers, first).filter((buffer) => buffer.length > 0);
  let at = offset + first;
  while (rest.length > 0) {
    const moved = transfer(rest.slice(0, MAX_BUFFERS), at);
    if (moved === 0) throw new Error(`the file ends at byte ${at}`);
    at += moved;
    rest = skip(rest, moved);
  }
}

function skip(buffers: readonly Uint8Array[], count: number): Uint8Array[] {
  let left = count;
  let done = 0;
  // Most often that is all of it.
  while (done < buffers.length && left >= (buffers[done] as Uint8Array).length) {
    left -= (buffers[done] as Uint8Array).length;
    done++;
  }
  const [first, ...rest] = buffers.slice(done);
  return first === undefined ? [] : [first.subarray(left), ...rest];
}

/** Reading and writing a span of a file from and into several buffers, all of it or an error. Source: readv(2). */
import { readvSync, writevSync } from 'node:fs';

/** Buffers in one call. Source: IOV_MAX of Linux and macOS. */
const MAX_BUFFERS = 1024;

/** Fills all buffers from `offset` on. Throws when the file ends before, or the system's error. */
export function readAll(fd: number, buffers: readonly Uint8Array[], offset: number): void {
  transferAll(buffers, offset, (some, at) => readvSync(fd, some, at));
}

/** Writes all buffers from `offset` on. Throws the system's error. */
export function writeAll(fd: number, buffers: readonly Uint8Array[], offset: number): void {
  transferAll(buffers, offset, (some, at) => writevSync(fd, some, at));
}

/** The system may move less than asked for: goes on with the rest until all is done. */
function transferAll(
  buffers: readonly Uint8Array[],
  offset: number,
  transfer: (buffers: Uint8Array[], offset: number) => number,
): void {
  let rest = buffers.filter((buffer) => buffer.length > 0);
  let at = offset;
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
  while (done < buffers.length && left >= (buffers[done] as Uint8Array).length) {
    left -= (buffers[done] as Uint8Array).length;
    done++;
  }
  const [first, ...rest] = buffers.slice(done);
  return first === undefined ? [] : [first.subarray(left), ...rest];
}

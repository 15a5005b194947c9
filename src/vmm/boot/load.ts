/** Reads boot files straight into guest memory, page runs at a time. */
import { assert } from '#lib';
import type { BootFile, Loadable } from './loadable.ts';

/** The part of guest memory that loading needs. */
export interface LoadTarget {
  views(address: number, length: number, forWrite: boolean): Uint8Array[] | undefined;
}

/** Puts all segments of `image` where they belong. Preconditions: the plan has checked that they fit. */
export function loadImage(memory: LoadTarget, image: Loadable, file: BootFile): void {
  for (const { address, offset, fileBytes } of image.segments) {
    loadFile(memory, file, address, offset, fileBytes);
  }
}

/** Puts `length` bytes of the file, from `offset` on, at guest-physical `address`. */
export function loadFile(
  memory: LoadTarget,
  file: BootFile,
  address: number,
  offset = 0,
  length = file.sizeBytes,
): void {
  let at = offset;
  for (const view of checkedViews(memory, address, length)) {
    file.readInto(at, view);
    at += view.length;
  }
}

/** Puts bytes at guest-physical `address`. */
export function loadBytes(memory: LoadTarget, address: number, bytes: Uint8Array): void {
  let at = 0;
  for (const view of checkedViews(memory, address, bytes.length)) {
    view.set(bytes.subarray(at, at + view.length));
    at += view.length;
  }
}

function checkedViews(memory: LoadTarget, address: number, length: number): Uint8Array[] {
  const views = memory.views(address, length, true);
  assert(views !== undefined, `the boot plan put ${length} bytes at 0x${address.toString(16)}, outside RAM`);
  return views;
}

/** Any disk image that can be read: raw, VMDK with its parents, qcow2. */
import { HostError } from '#lib';
import { ImageFile } from './image-file.ts';
import { isQcow2, Qcow2Image } from './qcow2.ts';
import { Chain, type ParentRule } from './vmdk/chain.ts';
import { isDescriptor, NO_PARENT_CID, SECTOR_BYTES } from './vmdk/descriptor.ts';
import type { Span } from './vmdk/extent.ts';
import { FlatExtent } from './vmdk/flat-extent.ts';
import { bad, readDescriptor } from './vmdk/link.ts';
import { sparseFormat } from './vmdk/sparse-header.ts';

export type ImageKind = 'raw' | 'vmdk' | 'qcow2';

/** A disk to copy from. */
export interface ImageSource {
  readonly sizeBytes: number;
  /** What the beginning of a span is: bytes, or zeroes. */
  contentSpan(offset: number, length: number): Span;
  read(buffers: readonly Uint8Array[], offset: number): void;
  close(): void;
}

export interface SourceOptions extends ParentRule {
  /** It comes from a stranger: it must be all in its one file, and have no parent. */
  readonly isAlone?: boolean | undefined;
}

const HEAD_BYTES = 512;
const VMDK = '.vmdk';

/** What a file is by its first bytes. @throws HostError `file-…` */
export function contentKind(path: string): ImageKind {
  const file = ImageFile.open(path, { use: 'look' });
  try {
    const head = file.head(HEAD_BYTES);
    if (isQcow2(head)) return 'qcow2';
    return isDescriptor(head) || sparseFormat(head) === 'hosted' ? 'vmdk' : 'raw';
  } finally {
    file.close();
  }
}

/**
 * What a disk is. A guest may write what it likes at the beginning of a raw image, also a descriptor that names files of the
 * host: a VMDK is what is called so as well. @throws HostError `file-…`, `disk-refused`
 */
export function imageKind(path: string): ImageKind {
  const kind = contentKind(path);
  if (path.endsWith(VMDK)) return 'vmdk';
  if (kind !== 'vmdk') return kind;
  const reason = 'it begins as a VMDK does, whose name would end in ".vmdk"';
  throw new HostError('disk-refused', { action: 'use', path, reason });
}

/** Opens an image for reading; nobody may write it meanwhile. @throws HostError `file-…`, `disk-bad`, `disk-size` */
export function openSource(path: string, { isAlone = false, within }: SourceOptions = {}): ImageSource {
  // What is alone in its file names no other.
  const kind = isAlone ? contentKind(path) : imageKind(path);
  if (kind === 'qcow2') return Qcow2Image.open(path);
  if (kind === 'vmdk' && isAlone) requireAlone(path);
  return kind === 'vmdk' ? Chain.open(path, { use: 'read', within }) : openRaw(path);
}

/** A descriptor could name any file of the machine. */
function requireAlone(path: string): void {
  const { descriptor, within } = readDescriptor(path);
  if (within === undefined)
    throw bad(path, 'it is a descriptor that names other files: a disk in one file is needed');
  if (descriptor.parent !== undefined || descriptor.parentCid !== NO_PARENT_CID)
    throw bad(path, 'it is built on another disk: a whole disk is needed');
}

function openRaw(path: string): ImageSource {
  const file = ImageFile.open(path, { use: 'read' });
  if (file.sizeBytes % SECTOR_BYTES === 0 && file.sizeBytes > 0)
    return new FlatExtent(file, 0, file.sizeBytes);
  file.close();
  throw new HostError('disk-size', { path, size: file.sizeBytes });
}

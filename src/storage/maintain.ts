/** What can be done to a disk in a file while no VM has it: more bytes, merged into its parent, moved, removed. */
import { HostError } from '#lib';
import { ImageFile } from './image-file.ts';
import { imageKind } from './image-source.ts';
import { Chain, type ParentRule } from './vmdk/chain.ts';
import { checkSize } from './vmdk/create.ts';
import { dependentsOf } from './vmdk/dependents.ts';
import { growDisk } from './vmdk/grow.ts';
import { Link } from './vmdk/link.ts';
import { Merge, removeFiles } from './vmdk/merge.ts';
import { renameDisk } from './vmdk/rename.ts';

/** @throws HostError `file-…`, `disk-…` */
export function growImage(path: string, sizeBytes: number, { within }: ParentRule = {}): void {
  const kind = imageKind(path);
  if (kind === 'qcow2') throw refused('grow', path, 'a qcow2 image is only read');
  if (kind === 'vmdk') {
    const chain = Chain.open(path, { use: 'write', within });
    try {
      growDisk(chain, sizeBytes);
    } finally {
      chain.close();
    }
    return;
  }
  checkSize(path, sizeBytes);
  const file = ImageFile.open(path, { use: 'write' });
  try {
    if (sizeBytes < file.sizeBytes)
      throw refused('grow', path, `it has ${file.sizeBytes} bytes, and disks do not become smaller`);
    file.resize(sizeBytes);
  } finally {
    file.close();
  }
}

/** Gives a VMDK another UUID, `60 00 c2 9… -…`, which its guest sees. @throws HostError */
export function setDiskUuid(path: string, uuid: string): void {
  const link = Link.open(path, 'write');
  try {
    link.describe({ entries: new Map([...link.descriptor.entries, ['ddb.uuid', uuid]]) });
  } finally {
    link.close();
  }
}

/** Merges a delta disk into the one that it is built on, which has then its content. @throws HostError */
export function mergeIntoParent(path: string): void {
  const chain = Chain.open(path, { use: 'write' });
  try {
    const parent = chain.links[1];
    if (parent !== undefined) requireFree('merge', parent.path, path);
    new Merge(chain, 0).finish();
  } finally {
    chain.close();
  }
}

/** Gives a disk another name, without copying it. @throws HostError as `renameDisk`, and when others are built on it */
export function moveDisk(from: string, to: string): void {
  requireFree('rename', from);
  renameDisk(from, to);
}

/** Removes a disk with its extents. @throws HostError also when it is in use, or others are built on it */
export function removeDisk(path: string): void {
  requireFree('remove', path);
  const link = Link.open(path, 'write');
  link.close();
  removeFiles(link);
}

function requireFree(action: string, path: string, except?: string): void {
  const [dependent] = dependentsOf(path).filter((child) => child !== except);
  if (dependent !== undefined) throw refused(action, path, `"${dependent}" is built on it`);
}

function refused(action: string, path: string, reason: string): HostError {
  return new HostError('disk-refused', { action, path, reason });
}

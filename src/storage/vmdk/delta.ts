/** Delta disks (redo logs): what was written since they were made, over a disk that does not change any more. */
import { rmSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { HostError } from '#lib';
import { fileProblem, ImageFile } from '../image-file.ts';
import { syncFolder } from '../replace-file.ts';
import { besideName, newCid, writeNew } from './create.ts';
import { type Descriptor, formatDescriptor, SECTOR_BYTES } from './descriptor.ts';
import { diskBytes, readDescriptor } from './link.ts';
import { layCowd } from './sparse-layout.ts';

/** 32 bits of sectors. */
const MAX_BYTES = (2 ** 32 - 2 ** 16) * SECTOR_BYTES;

/** What a delta needs to know of its parent. */
export interface DeltaParent {
  readonly path: string;
  readonly descriptor: Descriptor;
}

/** Makes a delta disk on a disk in a file. @throws HostError */
export function createDelta(parentPath: string, path: string): void {
  makeDelta({ path: parentPath, descriptor: readDescriptor(parentPath).descriptor }, path);
}

/** As `createDelta`; when it fails there is nothing of it. */
export function makeDelta(parent: DeltaParent, path: string): void {
  const sizeBytes = diskBytes(parent.descriptor);
  if (sizeBytes > MAX_BYTES) {
    const reason = 'its parent has more than 2 TiB';
    throw new HostError('disk-refused', { action: 'make', path, reason });
  }
  const made: string[] = [];
  try {
    const fileName = besideName(path, 'delta');
    const file = ImageFile.create(join(dirname(path), fileName), 'extent');
    made.push(file.path);
    try {
      layCowd(file, sizeBytes / SECTOR_BYTES);
    } finally {
      file.close();
    }
    writeNew(path, formatDescriptor(deltaDescriptor(parent, path, fileName, sizeBytes)), made);
    syncFolder(dirname(path));
  } catch (cause) {
    for (const file of made) rmSync(file, { force: true });
    throw fileProblem('make', 'disk', path, cause);
  }
}

function deltaDescriptor(
  { path: parentPath, descriptor: parent }: DeltaParent,
  path: string,
  fileName: string,
  sizeBytes: number,
): Descriptor {
  const line = {
    access: 'RW',
    sectors: sizeBytes / SECTOR_BYTES,
    kind: 'VMFSSPARSE',
    offsetSectors: 0,
  } as const;
  const kept = ['ddb.uuid', 'ddb.adapterType', 'ddb.virtualHWVersion'];
  const entries = [...parent.entries].filter(([key]) => kept.includes(key));
  return {
    cid: newCid(),
    parentCid: parent.cid,
    createType: 'vmfsSparse',
    parent: hintOf(path, parentPath),
    extents: [{ ...line, fileName }],
    entries: new Map([['encoding', 'UTF-8'], ...entries]),
  };
}

/** How a child names its parent: by its name beside it, by a relative path elsewhere. */
export function hintOf(childPath: string, parentPath: string): string {
  const [from, to] = [dirname(childPath), dirname(parentPath)];
  return from === to ? basename(parentPath) : join(relative(from, to), basename(parentPath));
}

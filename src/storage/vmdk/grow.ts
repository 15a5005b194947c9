/** Makes a disk larger; it never becomes smaller. */
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { HostError } from '#lib';
import { fileProblem } from '../image-file.ts';
import { syncFolder } from '../replace-file.ts';
import type { Chain } from './chain.ts';
import { checkSize, dataBase, provide, splitExtents, TWO_GB_SECTORS } from './create.ts';
import { type ExtentLine, SECTOR_BYTES } from './descriptor.ts';
import { formatOf } from './info.ts';
import type { Link, PlacedExtent } from './link.ts';

/**
 * The extents first, then the descriptor: after a crash between them the disk has its old size. Of a chain only the disk
 * that is written grows. @throws HostError
 */
export function growDisk({ top }: Chain, sizeBytes: number): void {
  checkSize(top.path, sizeBytes);
  if (sizeBytes === top.sizeBytes) return;
  if (sizeBytes < top.sizeBytes)
    throw refused(top, `it has ${top.sizeBytes} bytes, and disks do not become smaller`);
  const last = top.extents.at(-1) as PlacedExtent;
  const { createType } = top.descriptor;
  const isSplit = createType === 'twoGbMaxExtentFlat' || createType === 'twoGbMaxExtentSparse';
  // The last file takes what it may, and further files the rest.
  const room = Math.max(last.end - last.begin, TWO_GB_SECTORS * SECTOR_BYTES);
  const end = isSplit ? Math.min(sizeBytes, last.begin + room) : sizeBytes;
  const more = isSplit ? addExtents(top, sizeBytes - end, createType) : [];
  growLast(top, last, end - last.begin);
  describe(top, sizeBytes, end - last.begin, more);
  top.stretchLast(end);
  top.append(more);
}

function growLast({ descriptor }: Link, { extent }: PlacedExtent, bytes: number): void {
  if (bytes === extent.sizeBytes) return;
  extent.grow(bytes, (file, from, to) => provide(file, from, to, formatOf(descriptor)));
  extent.flush();
}

/** New files for the end of a disk, which its descriptor does not name yet. @throws HostError */
function addExtents(
  { path, descriptor }: Link,
  bytes: number,
  format: 'twoGbMaxExtentFlat' | 'twoGbMaxExtentSparse',
): ExtentLine[] {
  const made: string[] = [];
  try {
    const lines = splitExtents(path, bytes / SECTOR_BYTES, format, made, descriptor.extents.length);
    syncFolder(dirname(path));
    return lines;
  } catch (cause) {
    for (const file of made) rmSync(file, { force: true });
    throw fileProblem('grow', 'disk', path, cause);
  }
}

function describe(top: Link, sizeBytes: number, lastBytes: number, more: readonly ExtentLine[]): void {
  const { extents, entries } = top.descriptor;
  const lines = extents.map((line, i) =>
    i === extents.length - 1 ? { ...line, sectors: lastBytes / SECTOR_BYTES } : line,
  );
  const geometry = dataBase(sizeBytes).filter(([key]) => key.startsWith('ddb.geometry.') && entries.has(key));
  top.describe({ extents: [...lines, ...more], entries: new Map([...entries, ...geometry]) });
}

function refused({ path }: Link, reason: string): HostError {
  return new HostError('disk-refused', { action: 'grow', path, reason });
}

/** Makes a disk larger; it never becomes smaller. */
import { HostError } from '#lib';
import type { Chain } from './chain.ts';
import { checkSize, dataBase, provide } from './create.ts';
import { SECTOR_BYTES } from './descriptor.ts';
import { formatOf } from './info.ts';
import type { Link, PlacedExtent } from './link.ts';

/** Disks in files of at most 2 GB, which their last file would leave. */
const SPLIT: ReadonlySet<string> = new Set(['twoGbMaxExtentFlat', 'twoGbMaxExtentSparse']);

/**
 * The extent first, then the descriptor: after a crash between them the disk has its old size. Of a chain only the disk
 * that is written grows. @throws HostError
 */
export function growDisk({ top }: Chain, sizeBytes: number): void {
  checkSize(top.path, sizeBytes);
  if (sizeBytes === top.sizeBytes) return;
  const { createType, extents, entries } = top.descriptor;
  if (sizeBytes < top.sizeBytes)
    throw refused(top, `it has ${top.sizeBytes} bytes, and disks do not become smaller`);
  if (SPLIT.has(createType))
    throw refused(top, 'it is split into files of 2 GB: clone it to another format first');
  const last = top.extents.at(-1) as PlacedExtent;
  const bytes = sizeBytes - last.begin;
  const format = formatOf(top.descriptor);
  last.extent.grow(bytes, (file, from, to) => provide(file, from, to, format));
  last.extent.flush();
  const lines = extents.map((line, i) =>
    i === extents.length - 1 ? { ...line, sectors: bytes / SECTOR_BYTES } : line,
  );
  const geometry = dataBase(sizeBytes).filter(([key]) => key.startsWith('ddb.geometry.') && entries.has(key));
  top.describe({ extents: lines, entries: new Map([...entries, ...geometry]) });
  top.stretchLast(sizeBytes);
}

function refused({ path }: Link, reason: string): HostError {
  return new HostError('disk-refused', { action: 'grow', path, reason });
}

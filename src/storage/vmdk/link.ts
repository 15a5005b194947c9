/** One disk of a chain: its descriptor, with the extents that it names opened. */
import { basename, dirname, join } from 'node:path';
import { HostError } from '#lib';
import { type FileUse, fileProblem, ImageFile } from '../image-file.ts';
import { replaceFile } from '../replace-file.ts';
import type { FileCalls } from '../vectored.ts';
import {
  type Descriptor,
  diskSectors,
  type ExtentLine,
  formatDescriptor,
  isDescriptor,
  MAX_DESCRIPTOR_BYTES,
  parseDescriptor,
  SECTOR_BYTES,
} from './descriptor.ts';
import type { Extent } from './extent.ts';
import { FlatExtent, ZeroExtent } from './flat-extent.ts';
import { SparseExtent } from './sparse-extent.ts';
import { parseSparseHeader, type SparseHeader, sparseFormat } from './sparse-header.ts';
import { writeEmbedded } from './sparse-layout.ts';
import { StreamExtent } from './stream-extent.ts';

/** An extent and where it begins on the disk. */
export interface PlacedExtent {
  readonly extent: Extent;
  readonly begin: number;
  end: number;
}

/** What a path names, before any extent is opened. */
export interface ReadDescriptor {
  readonly descriptor: Descriptor;
  /** The header of the extent that the descriptor is within; absent when it is a file of its own. */
  readonly within?: SparseHeader;
}

const HEAD_BYTES = 2 ** 16;

export class Link {
  readonly path: string;
  readonly #extents: PlacedExtent[];
  #descriptor: Descriptor;
  readonly #within: ImageFile | undefined;
  readonly #calls: FileCalls | undefined;

  private constructor(
    path: string,
    descriptor: Descriptor,
    parts: readonly Opened[],
    calls: FileCalls | undefined,
    within?: ImageFile,
  ) {
    this.path = path;
    this.#descriptor = descriptor;
    this.#within = within;
    this.#calls = calls;
    this.#extents = placed(parts);
  }

  /** @throws HostError `file-…`, `disk-bad` */
  static open(path: string, use: FileUse, calls?: FileCalls): Link {
    const { descriptor, within } = readDescriptor(path);
    if (within !== undefined) {
      const [line] = descriptor.extents as [ExtentLine];
      const opened = openExtent(path, line, use, calls);
      const file = use === 'write' ? opened.file : undefined;
      return new Link(path, descriptor, [opened], calls, file);
    }
    return new Link(path, descriptor, openExtents(path, descriptor.extents, use, calls), calls);
  }

  get descriptor(): Descriptor {
    return this.#descriptor;
  }

  get extents(): readonly PlacedExtent[] {
    return this.#extents;
  }

  get sizeBytes(): number {
    return this.extents.at(-1)?.end ?? 0;
  }

  get usedBytes(): number {
    return this.extents.reduce((sum, { extent }) => sum + extent.usedBytes, 0);
  }

  get isOpen(): boolean {
    return this.extents.some(({ extent }) => extent.isUnclean);
  }

  /** Index of the extent that has a byte. Preconditions: it is on the disk. */
  indexOf(offset: number): number {
    let [low, high] = [0, this.extents.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.extents[middle] as PlacedExtent).begin <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Writes another descriptor in the place of this one; one of the two is there after a crash. @throws HostError */
  describe(change: Partial<Descriptor>): void {
    const next = { ...this.#descriptor, ...change };
    rewriteDescriptor(this.path, next, this.#within);
    this.#descriptor = next;
  }

  /** The last extent has grown. */
  stretchLast(sizeBytes: number): void {
    (this.extents.at(-1) as PlacedExtent).end = sizeBytes;
  }

  /** The disk goes on in these, which its descriptor names now. @throws HostError */
  append(lines: readonly ExtentLine[]): void {
    const parts = openExtents(this.path, lines, 'write', this.#calls);
    this.#extents.push(...placed(parts, this.sizeBytes));
  }

  flush(): void {
    for (const { extent } of this.extents) extent.flush();
  }

  close(): void {
    let problem: unknown;
    for (const { extent } of this.extents) {
      try {
        extent.close();
      } catch (error) {
        problem ??= error;
      }
    }
    if (problem !== undefined) throw problem;
  }
}

/** Reads what describes a disk. @throws HostError `file-…`, `disk-bad` */
export function readDescriptor(path: string): ReadDescriptor {
  const file = ImageFile.open(path, { use: 'look' });
  try {
    const head = file.head(HEAD_BYTES);
    if (sparseFormat(head) === 'hosted') return embedded(path, file, head);
    if (!isDescriptor(head))
      throw bad(path, 'it is no VMDK: it has neither a descriptor nor the header of an extent');
    if (file.sizeBytes > MAX_DESCRIPTOR_BYTES) throw bad(path, 'its descriptor is larger than 4 MiB');
    return { descriptor: described(path, file.bytes(0, file.sizeBytes)) };
  } catch (cause) {
    throw fileProblem('read', 'disk', path, cause);
  } finally {
    file.close();
  }
}

/** Puts a descriptor where the old one is. `within` is the extent that it is in. @throws HostError */
export function rewriteDescriptor(path: string, next: Descriptor, within: ImageFile | undefined): void {
  const text = formatDescriptor(next);
  if (within === undefined) return replaceFile(path, text, 'disk');
  const header = parseSparseHeader(within.head(HEAD_BYTES));
  if ('reason' in header) throw bad(path, header.reason);
  writeEmbedded(within, header, text);
  within.flush();
}

export function bad(path: string, reason: string): HostError {
  return new HostError('disk-bad', { path, reason });
}

function embedded(path: string, file: ImageFile, head: Uint8Array): ReadDescriptor {
  const header = parseSparseHeader(head);
  if ('reason' in header) throw bad(path, header.reason);
  const { descriptorAt, descriptorSectors } = header;
  const size = descriptorSectors * SECTOR_BYTES;
  if (descriptorAt === 0 || size === 0)
    throw bad(path, 'it is an extent of a disk: give the file with the descriptor');
  if (size > MAX_DESCRIPTOR_BYTES || descriptorAt * SECTOR_BYTES + size > file.sizeBytes)
    throw bad(path, 'its descriptor is outside the file');
  const descriptor = described(path, file.bytes(descriptorAt * SECTOR_BYTES, size));
  if (descriptor.extents.length !== 1)
    throw bad(path, `its descriptor is within its extent and names ${descriptor.extents.length}`);
  // Whatever the file was called when it was made.
  const extents = descriptor.extents.map((line) => ({ ...line, fileName: basename(path) }));
  return { descriptor: { ...descriptor, extents }, within: header };
}

function described(path: string, bytes: Uint8Array): Descriptor {
  const descriptor = parseDescriptor(new TextDecoder().decode(bytes));
  if ('reason' in descriptor) throw bad(path, descriptor.reason);
  return descriptor;
}

interface Opened {
  readonly extent: Extent;
  readonly file?: ImageFile;
  readonly bytes: number;
}

/** Those of a disk; when one cannot be opened none is. */
function openExtents(
  path: string,
  lines: readonly ExtentLine[],
  use: FileUse,
  calls: FileCalls | undefined,
): Opened[] {
  const parts: Opened[] = [];
  try {
    for (const line of lines) parts.push(openExtent(join(dirname(path), line.fileName), line, use, calls));
    return parts;
  } catch (error) {
    for (const { extent } of parts) extent.close();
    throw error;
  }
}

function openExtent(path: string, line: ExtentLine, use: FileUse, calls?: FileCalls): Opened {
  const bytes = line.sectors * SECTOR_BYTES;
  if (line.kind === 'ZERO') return { extent: new ZeroExtent(bytes), bytes };
  const mode = line.access === 'RDONLY' && use === 'write' ? 'read' : use;
  const file = ImageFile.open(path, { use: mode, what: 'extent', followLinks: false, calls });
  try {
    const isFlat = line.kind === 'FLAT' || line.kind === 'VMFS';
    const extent = isFlat ? flat(path, file, line) : sparse(path, file, bytes, mode);
    return { extent, file, bytes };
  } catch (cause) {
    file.close();
    if (cause instanceof HostError) throw cause;
    throw bad(path, (cause as Error).message);
  }
}

function flat(path: string, file: ImageFile, { offsetSectors, sectors }: ExtentLine): Extent {
  const needed = (offsetSectors + sectors) * SECTOR_BYTES;
  if (file.sizeBytes < needed)
    throw bad(path, `the extent has ${file.sizeBytes} bytes, and the descriptor says ${needed}`);
  return new FlatExtent(file, offsetSectors * SECTOR_BYTES, sectors * SECTOR_BYTES);
}

function sparse(path: string, file: ImageFile, bytes: number, use: FileUse): Extent {
  const header = parseSparseHeader(file.head(HEAD_BYTES));
  if ('reason' in header) throw bad(path, header.reason);
  if (header.capacity * SECTOR_BYTES < bytes)
    throw bad(
      path,
      `the extent has ${header.capacity} sectors, and the descriptor says ${bytes / SECTOR_BYTES}`,
    );
  if (!header.isCompressed) return new SparseExtent(file, header);
  if (use === 'write')
    throw new HostError('disk-refused', {
      action: 'write',
      path,
      reason: 'a streamOptimized disk is only read',
    });
  return new StreamExtent(file, header);
}

function placed(parts: readonly Opened[], from = 0): PlacedExtent[] {
  let end = from;
  return parts.map(({ extent, bytes }) => {
    const begin = end;
    end += bytes;
    return { extent, begin, end };
  });
}

/** Bytes of the disk that a descriptor describes. */
export function diskBytes(descriptor: Descriptor): number {
  return diskSectors(descriptor) * SECTOR_BYTES;
}

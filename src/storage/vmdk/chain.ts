/** A disk and the disks that it was made on, as one: what a child does not have is its parent's. */
import { readdirSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, normalize, sep } from 'node:path';
import { HostError } from '#lib';
import { byteLength } from '../file-disk.ts';
import type { FileUse } from '../image-file.ts';
import type { FileCalls } from '../vectored.ts';
import { BufferCursor, fillZero, type ReadBelow, type Span } from './extent.ts';
import { bad, Link, type PlacedExtent } from './link.ts';

/** Whose parents a disk may have. */
export interface ParentRule {
  /**
   * The folder whose entries are the datastores: a disk on one of them has its parents on them, whatever paths and links
   * say. A disk elsewhere is its owner's, who may build it on what he wants, as all disks are when this is absent.
   */
  readonly within?: string | undefined;
}

export interface ChainOptions extends ParentRule {
  readonly use: FileUse;
  readonly calls?: FileCalls | undefined;
}

/** Disks in one chain. */
const MAX_LINKS = 255;
const ON_DATASTORE = /^\/vmfs\/volumes\/([^/]+)\/(.+)$/;

export class Chain {
  /** The disk itself, then its parents. */
  readonly links: Link[];

  constructor(links: readonly Link[]) {
    this.links = [...links];
  }

  /** @throws HostError `file-…`, `disk-bad` */
  static open(path: string, { use, within, calls }: ChainOptions): Chain {
    const links: Link[] = [];
    const seen = new Set<string>();
    try {
      for (let next: string | undefined = path; next !== undefined; ) {
        const child = [...seen].at(-1);
        const real = realPath(next, (parent) => requireWithin(child, parent, within));
        if (seen.has(real)) throw bad(path, `its parents are a circle: "${next}" comes twice`);
        if (links.length >= MAX_LINKS) throw bad(path, `it has more than ${MAX_LINKS} parents`);
        seen.add(real);
        // Parents are not written.
        const link = Link.open(next, links.length > 0 && use === 'write' ? 'read' : use, calls);
        requireParent(links.at(-1), link);
        links.push(link);
        next = parentPath(link, within);
      }
      return new Chain(links);
    } catch (error) {
      for (const link of links) link.close();
      throw error;
    }
  }

  get top(): Link {
    return this.links[0] as Link;
  }

  get sizeBytes(): number {
    return this.top.sizeBytes;
  }

  read(buffers: readonly Uint8Array[], offset: number): void {
    this.#readFrom(0, buffers, offset);
  }

  write(buffers: readonly Uint8Array[], offset: number): void {
    this.writeTo(0, buffers, offset);
  }

  /** Writes to the link of that number; what is above may hide it. */
  writeTo(level: number, buffers: readonly Uint8Array[], offset: number): void {
    const cursor = new BufferCursor(buffers);
    const below = this.#below(level);
    eachPart(this.links[level] as Link, offset, byteLength(buffers), ({ extent, begin }, at, length) => {
      extent.write(cursor.take(length), at - begin, (some, from) => below(some, begin + from));
    });
  }

  zero(offset: number, length: number, unmap: boolean): void {
    const below = this.#below(0);
    eachPart(this.top, offset, length, ({ extent, begin }, at, size) => {
      const hasBelow = this.links.length > 1;
      extent.zero(at - begin, size, unmap, (some, from) => below(some, begin + from), hasBelow);
    });
  }

  flush(): void {
    this.top.flush();
  }

  /** What the beginning of a span is, seen from above; holes of files are zeroes. */
  contentSpan(offset: number, length: number): Span {
    let wanted = length;
    for (const link of this.links) {
      if (offset >= link.sizeBytes) return { kind: 'zero', length: wanted };
      const { extent, begin, end } = link.extents[link.indexOf(offset)] as PlacedExtent;
      const span = extent.contentSpan(offset - begin, Math.min(wanted, end - offset));
      wanted = span.length;
      if (span.kind !== 'absent') return span;
    }
    return { kind: 'zero', length: wanted };
  }

  /** Reads what the link of that number has by itself. Preconditions: it is one span of data. */
  readOwn(level: number, buffers: readonly Uint8Array[], offset: number): void {
    const link = this.links[level] as Link;
    const { extent, begin } = link.extents[link.indexOf(offset)] as PlacedExtent;
    extent.read(buffers, offset - begin);
  }

  /** What the beginning of a span is in one link alone. */
  ownSpan(level: number, offset: number, length: number): Span {
    const link = this.links[level] as Link;
    const { extent, begin, end } = link.extents[link.indexOf(offset)] as PlacedExtent;
    return extent.span(offset - begin, Math.min(length, end - offset));
  }

  /** Opens the link of that number anew, for another use. When it cannot be, it is read as before. @throws HostError */
  reopen(level: number, use: FileUse): void {
    const { path } = this.links[level] as Link;
    this.links[level]?.close();
    try {
      this.links[level] = Link.open(path, use);
    } catch (error) {
      this.links[level] = Link.open(path, 'read');
      throw error;
    }
  }

  close(): void {
    for (const link of this.links) link.close();
  }

  #readFrom(level: number, buffers: readonly Uint8Array[], offset: number): void {
    const link = this.links[level];
    if (link === undefined) return fillZero(buffers);
    const length = byteLength(buffers);
    const cursor = new BufferCursor(buffers);
    const here = Math.max(0, Math.min(length, link.sizeBytes - offset));
    eachPart(link, offset, here, ({ extent, begin }, at, size) => {
      for (let done = 0; done < size; ) {
        const span = extent.span(at + done - begin, size - done);
        const parts = cursor.take(span.length);
        if (span.kind === 'data') extent.read(parts, at + done - begin);
        else if (span.kind === 'zero') fillZero(parts);
        else this.#readFrom(level + 1, parts, at + done);
        done += span.length;
      }
    });
    // A child may be larger than its parent.
    if (here < length) fillZero(cursor.take(length - here));
  }

  #below(level: number): ReadBelow {
    return (buffers, offset) => this.#readFrom(level + 1, buffers, offset);
  }
}

/** Cuts a span at the borders of extents. */
function eachPart(
  link: Link,
  offset: number,
  length: number,
  visit: (placed: PlacedExtent, at: number, length: number) => void,
): void {
  if (length === 0) return;
  let index = link.indexOf(offset);
  for (let at = offset, end = offset + length; at < end; index++) {
    const placed = link.extents[index] as PlacedExtent;
    const size = Math.min(end, placed.end) - at;
    visit(placed, at, size);
    at += size;
  }
}

/** Where the parent of a disk is: beside it, unless the descriptor says another folder, or one of the datastores `within`. */
export function parentPath(
  { path, descriptor }: Pick<Link, 'path' | 'descriptor'>,
  within?: string,
): string | undefined {
  const { parent } = descriptor;
  if (parent === undefined) return undefined;
  const [, datastore, rest = ''] = ON_DATASTORE.exec(parent) ?? [];
  if (within !== undefined && datastore !== undefined) return join(within, datastore, rest);
  return isAbsolute(parent) ? normalize(parent) : join(dirname(path), parent);
}

function requireParent(child: Link | undefined, parent: Link): void {
  if (child === undefined || child.descriptor.parentCid === parent.descriptor.cid) return;
  const reason = `its parent "${parent.path}" was changed after it was made`;
  throw bad(child.path, reason);
}

/** The first disk of a chain is nobody's parent. */
function requireWithin(child: string | undefined, parent: string, within: string | undefined): void {
  if (child === undefined || within === undefined) return;
  const datastores = [within, ...foldersIn(within)].map((folder) => folder + sep);
  const isOnOne = (path: string) => datastores.some((folder) => path.startsWith(folder));
  if (isOnOne(child) && !isOnOne(parent)) throw bad(child, `its parent "${parent}" is on no datastore`);
}

/** Where the entries of a folder really are: datastores may be links to folders. */
function foldersIn(path: string): string[] {
  return readdirSync(path).flatMap((name) => {
    try {
      return [realpathSync(join(path, name))];
    } catch {
      // A link to what is gone.
      return [];
    }
  });
}

/** `check` refuses paths, also those that lead nowhere: nobody learns what there is elsewhere. */
function realPath(path: string, check: (path: string) => void): string {
  let real: string;
  try {
    real = realpathSync(path);
  } catch (cause) {
    check(path);
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new HostError('file-missing', { what: 'disk', path }, { cause });
    throw new HostError('file-io', { action: 'open', what: 'disk', path, reason: message }, { cause });
  }
  check(real);
  return real;
}

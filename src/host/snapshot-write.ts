/** Writes a VM's state into a file: straight from its pages, whose checksums are made while those before are being written. */
import { rmSync } from 'node:fs';
import { type FileHandle, open, rename } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import type { GuestMap } from '#kernel';
import { HostError } from '#lib';
import { PAGE_BYTES } from '#riscv';
import type { MachineStateV1 } from '#vmm';
import { headerCrcOf } from './snapshot-file.ts';
import { encode, FRONT_BYTES, GROUP, isZero, MAGIC } from './snapshot-format.ts';

/** So many pages are looked at before others have their turn. */
const LOOK_PAGES = 2048;
/** After so many groups the disk begins to write while more is written: otherwise it would have nothing to do until the end. */
const SYNC_GROUPS = 32;
/** The disk, or the user's share of it, is used up. */
const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT']);

/** What a save came to. */
export interface SavedSnapshot {
  readonly pages: number;
  readonly bytes: number;
  readonly ms: number;
}

/** What is saved beside the pages. */
export interface ToSave {
  /** Its pages are not looked at. */
  readonly state: MachineStateV1;
  /** The file that it builds on, and the pages (by their place in RAM) that may differ from it; absent: all are saved. */
  readonly base?: { readonly path: string; readonly written: Iterable<number> };
}

/**
 * Writes a snapshot in one step: until it is whole, a file of the same name stays as it was.
 * Preconditions: until it resolves nobody writes the pages or moves them.
 * @throws HostError `disk-full`, `file-io`
 */
export async function writeSnapshot(
  path: string,
  map: GuestMap,
  { state, base }: ToSave,
): Promise<SavedSnapshot> {
  const started = performance.now();
  const { pages: _, ...rest } = state;
  const onBase = base && { base: basename(base.path), baseCrc: headerCrcOf(base.path) };
  const header = encode({ state: rest, base: undefined, ...onBase });
  const numbers = base ? [...base.written].toSorted((a, b) => a - b) : await pagesWithContent(map);
  const temporary = `${path}~`;
  try {
    const file = await open(temporary, 'w', 0o600);
    try {
      await writeAll(file, frontOf(header, numbers));
      await writePages(file, map, numbers);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (cause) {
    rmSync(temporary, { force: true });
    const { code = '', message: reason } = cause as NodeJS.ErrnoException;
    const details = { action: 'write', what: 'snapshot', path };
    if (FULL.has(code)) throw new HostError('disk-full', details, { cause });
    throw new HostError('file-io', { ...details, reason }, { cause });
  }
  const bytes = FRONT_BYTES + header.length + numbers.length * (PAGE_BYTES + 4);
  return { pages: numbers.length, bytes, ms: performance.now() - started };
}

/** Pages of zeros are left out. */
async function pagesWithContent(map: GuestMap): Promise<number[]> {
  const { ramFirstPage, ramPages } = map.layout;
  const numbers: number[] = [];
  for (let index = 0; index < ramPages; index++) {
    if (index % LOOK_PAGES === LOOK_PAGES - 1) await setImmediate();
    const bytes = map.pageBytes(ramFirstPage + index);
    if (bytes !== undefined && !isZero(bytes)) numbers.push(index);
  }
  return numbers;
}

/** All that stands before the pages. */
function frontOf(header: Uint8Array, numbers: readonly number[]): Uint8Array[] {
  const table = new Uint8Array(Uint32Array.from(numbers).buffer);
  const front = Buffer.alloc(FRONT_BYTES);
  front.write(MAGIC, 'latin1');
  for (const [i, word] of [header.length, crc32(header), numbers.length, crc32(table)].entries())
    front.writeUInt32LE(word, 8 + i * 4);
  return [front, header, table];
}

async function writePages(file: FileHandle, map: GuestMap, numbers: readonly number[]): Promise<void> {
  const zeros = new Uint8Array(PAGE_BYTES);
  const [pages, disk] = [new Turn(), new Turn()];
  for (let at = 0; at < numbers.length; at += GROUP) {
    const views = viewsOf(map, numbers.slice(at, at + GROUP), zeros);
    const sum = Buffer.alloc(4);
    sum.writeUInt32LE(views.reduce((before, view) => crc32(view, before), 0));
    await pages.begin(() => writeAll(file, [...views, sum]));
    if ((at / GROUP) % SYNC_GROUPS === SYNC_GROUPS - 1) await disk.begin(() => file.datasync());
  }
  await Promise.all([pages.end(), disk.end()]);
}

/** Something that is under way while its caller does other things; only one at a time. */
class Turn {
  #last: Promise<void> = Promise.resolve();

  /** Begins when what was begun before is done. @throws what that threw */
  async begin(action: () => Promise<void>): Promise<void> {
    await this.#last;
    this.#last = action();
    // Who begins or ends the next one hears of it.
    this.#last.catch(() => {});
  }

  end(): Promise<void> {
    return this.#last;
  }
}

/** The bytes of pages; what is neighbours in machine memory is one view. */
function viewsOf(map: GuestMap, members: readonly number[], zeros: Uint8Array): Uint8Array[] {
  const { ramFirstPage } = map.layout;
  const views: Uint8Array[] = [];
  for (const index of members) {
    const bytes = map.pageBytes(ramFirstPage + index) ?? zeros;
    const last = views.at(-1);
    if (last?.buffer !== bytes.buffer || last.byteOffset + last.length !== bytes.byteOffset)
      views.push(bytes);
    else views[views.length - 1] = new Uint8Array(last.buffer, last.byteOffset, last.length + bytes.length);
  }
  return views;
}

async function writeAll(file: FileHandle, parts: readonly Uint8Array[]): Promise<void> {
  let left = parts.filter(({ length }) => length > 0);
  while (left.length > 0) {
    let { bytesWritten } = await file.writev(left);
    left = left.flatMap((part) => {
      const done = Math.min(bytesWritten, part.length);
      bytesWritten -= done;
      return done < part.length ? [part.subarray(done)] : [];
    });
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/**
 * A VM's state as a file: a header with all but memory, then the pages that are not zeros. A file may build on an earlier
 * one and hold only what was written since. Each part has its CRC; a file is in its place whole or not at all.
 */
import { closeSync, existsSync, fstatSync, openSync, readdirSync, readSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import type { GuestMap } from '#kernel';
import { HostError } from '#lib';
import { PAGE_BYTES } from '#riscv';
import type { MachineStateV1 } from '#vmm';
import {
  damaged,
  decode,
  FRONT_BYTES,
  GROUP,
  type Header,
  isZero,
  MAGIC,
  MAX_HEADER_BYTES,
  MAX_PAGES,
} from './snapshot-format.ts';

const MAX_CHAIN = 64;
/** A snapshot, or what a VM was suspended into, that is not whole. */
const BROKEN_SAVE = /\.vms[ns]~$/;
/** Removes what saves have left that were broken off with their host. Preconditions: nobody saves in that folder. @throws HostError `file-missing` */
export function removeBrokenSaves(folder: string): void {
  if (!existsSync(folder)) throw new HostError('file-missing', { what: 'VM', path: folder });
  for (const name of readdirSync(folder)) {
    if (BROKEN_SAVE.test(name)) rmSync(join(folder, name), { force: true });
  }
}

/** What was saved, and how memory is filled from it. */
export interface ReadSnapshot {
  readonly state: MachineStateV1;
  /** Puts the pages into an empty map. @throws HostError `archive-damaged` */
  fill(map: GuestMap): void;
}

/** Opens a snapshot with those that it builds on. @throws HostError `archive-damaged`, `file-io` */
export function readSnapshot(path: string): ReadSnapshot {
  const chain = openChain(path);
  const state: MachineStateV1 = { ...(chain[0] as SnapshotReader).header.state, pages: new Map() };
  return {
    state,
    fill(map) {
      const known = new Set<number>();
      try {
        for (const reader of chain) reader.fill(map, known);
      } finally {
        for (const reader of chain) reader.close();
      }
    },
  };
}

/** Reads all of a snapshot and of those that it builds on, and lets others work meanwhile. @throws HostError as `readSnapshot` */
export async function checkSnapshot(path: string): Promise<void> {
  const chain = openChain(path);
  try {
    for (const reader of chain) for (const _ of reader.groups()) await setImmediate();
  } finally {
    for (const reader of chain) reader.close();
  }
}

/** The newest first. */
function openChain(path: string): SnapshotReader[] {
  const chain: SnapshotReader[] = [];
  try {
    for (let next: string | undefined = path; next !== undefined; ) {
      if (chain.length > MAX_CHAIN) throw damaged(path, `it builds on more than ${MAX_CHAIN} others`);
      const reader: SnapshotReader = new SnapshotReader(next);
      const above = chain.at(-1);
      chain.push(reader);
      above?.requireBase(reader);
      const { base } = reader.header;
      next = base === undefined ? undefined : join(dirname(path), basename(base));
    }
    return chain;
  } catch (error) {
    for (const reader of chain) reader.close();
    throw error;
  }
}

/** @throws HostError */
export function headerCrcOf(path: string): number {
  const reader = new SnapshotReader(path);
  reader.close();
  return reader.headerCrc;
}

class SnapshotReader {
  readonly header: Header;
  readonly headerCrc: number;
  readonly #path: string;
  readonly #fd: number;
  readonly #numbers: Uint32Array;
  readonly #dataAt: number;

  constructor(path: string) {
    this.#path = path;
    try {
      this.#fd = openSync(path, 'r');
    } catch (cause) {
      const reason = (cause as Error).message;
      throw new HostError('file-io', { action: 'read', what: 'snapshot', path, reason }, { cause });
    }
    try {
      [this.header, this.headerCrc, this.#numbers, this.#dataAt] = this.#readFront();
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** What stands before the pages, checked. */
  #readFront(): [header: Header, headerCrc: number, numbers: Uint32Array, dataAt: number] {
    const path = this.#path;
    const front = Buffer.from(this.#read(0, FRONT_BYTES));
    if (front.toString('latin1', 0, 8) !== MAGIC) throw damaged(path, 'it does not begin as a snapshot does');
    const [headerBytes, headerCrc, pages, tableCrc] = [8, 12, 16, 20].map((at) => front.readUInt32LE(at)) as [
      number,
      number,
      number,
      number,
    ];
    if (headerBytes > MAX_HEADER_BYTES || pages > MAX_PAGES) throw damaged(path, 'its sizes are impossible');
    const header = this.#read(FRONT_BYTES, headerBytes);
    const table = this.#read(FRONT_BYTES + headerBytes, pages * 4);
    if (crc32(header) !== headerCrc || crc32(table) !== tableCrc)
      throw damaged(path, 'its header has another checksum');
    const dataAt = FRONT_BYTES + headerBytes + pages * 4;
    const size = dataAt + pages * PAGE_BYTES + Math.ceil(pages / GROUP) * 4;
    if (fstatSync(this.#fd).size !== size)
      throw damaged(path, `it has not the ${size} bytes that it should have`);
    return [decode(header), headerCrc, new Uint32Array(table.buffer, table.byteOffset, pages), dataAt];
  }

  /** @throws HostError `archive-damaged` unless that is the one that this one builds on */
  requireBase(base: SnapshotReader): void {
    const { baseCrc } = this.header;
    if (baseCrc === undefined || baseCrc === base.headerCrc) return;
    throw damaged(this.#path, `it builds on another snapshot than "${basename(base.#path)}" is now`);
  }

  /** The pages, some at a time, each time in the same bytes. @throws HostError `archive-damaged` */
  *groups(): Generator<readonly [numbers: Uint32Array, bytes: Uint8Array]> {
    const group = new Uint8Array(GROUP * PAGE_BYTES + 4);
    let at = this.#dataAt;
    for (let first = 0; first < this.#numbers.length; first += GROUP) {
      const members = this.#numbers.subarray(first, first + GROUP);
      const size = members.length * PAGE_BYTES;
      this.#readInto(at, group.subarray(0, size + 4));
      if (crc32(group.subarray(0, size)) !== new DataView(group.buffer).getUint32(size, true)) {
        throw damaged(this.#path, `memory at byte ${at} has another checksum`);
      }
      yield [members, group];
      at += size + 4;
    }
  }

  /** Puts those pages into the map that are not `known`. */
  fill(map: GuestMap, known: Set<number>): void {
    const { ramFirstPage, ramPages } = map.layout;
    for (const [members, group] of this.groups()) {
      for (const [i, index] of members.entries()) {
        if (index >= ramPages) throw damaged(this.#path, `it has page ${index} of ${ramPages}`);
        if (known.has(index)) continue;
        known.add(index);
        const bytes = group.subarray(i * PAGE_BYTES, (i + 1) * PAGE_BYTES);
        if (isZero(bytes)) continue;
        map.views((ramFirstPage + index) * PAGE_BYTES, PAGE_BYTES, true)?.[0]?.set(bytes);
      }
      map.endViews();
    }
  }

  close(): void {
    closeSync(this.#fd);
  }

  #read(at: number, length: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(length);
    this.#readInto(at, bytes);
    return bytes;
  }

  #readInto(at: number, bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; ) {
      const count = readSync(this.#fd, bytes, done, bytes.length - done, at + done);
      if (count === 0) throw damaged(this.#path, `it ends at byte ${at + done}`);
      done += count;
    }
  }
}

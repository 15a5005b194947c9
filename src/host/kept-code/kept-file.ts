/**
 * A file of kept code in a folder of the user's: records are appended whole, by as many processes as like to. What cannot be read
 * or written is as if it were not there.
 */
import {
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  futimesSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { RegionBody } from '#riscv/kept';
import { decodeBody, decodeRecords, type KeptRecord } from './records.ts';

export interface KeptFileLimits {
  /** A file that has become so large is begun anew. */
  readonly fileBytes: number;
  /** What one process adds at most. */
  readonly ownBytes: number;
  /** Files of other keys that stay. */
  readonly others: number;
}

const LIMITS: KeptFileLimits = { fileBytes: 48 << 20, ownBytes: 12 << 20, others: 4 };
const SUFFIX = '.code';
const { O_RDWR, O_APPEND, O_CREAT, O_NOFOLLOW } = constants;
/** Nobody else may read or write it. */
const [FOLDER_MODE, FILE_MODE, FORBIDDEN_MODE] = [0o700, 0o600, 0o077];

export class KeptFile {
  readonly #fd: number;
  readonly #limits: KeptFileLimits;
  /** Where what was not read yet begins. */
  #read = 0;
  #written = 0;
  #isBroken = false;

  private constructor(fd: number, limits: KeptFileLimits) {
    this.#fd = fd;
    this.#limits = limits;
  }

  /** @param key - of what made the code, a word. @returns undefined when there can be none. */
  static open(folder: string, key: string, limits: KeptFileLimits = LIMITS): KeptFile | undefined {
    try {
      mkdirSync(folder, { recursive: true, mode: FOLDER_MODE });
      const path = join(folder, `${key}${SUFFIX}`);
      let fd = openOwn(path);
      if (fd !== undefined && fstatSync(fd).size > limits.fileBytes) {
        closeSync(fd);
        rmSync(path);
        fd = openOwn(path);
      }
      if (fd === undefined) return undefined;
      if (fstatSync(fd).size === 0) removeOthers(folder, path, limits.others);
      const now = new Date();
      futimesSync(fd, now, now);
      return new KeptFile(fd, limits);
    } catch {
      return undefined;
    }
  }

  /** What is there. What is torn at the end, by a writer that died, is cut off. */
  load(): KeptRecord[] {
    const records = this.news();
    try {
      if (fstatSync(this.#fd).size > this.#read) ftruncateSync(this.#fd, this.#read);
    } catch {
      this.#isBroken = true;
    }
    return records;
  }

  /** What was added since it was read last, by whomever. */
  news(): KeptRecord[] {
    if (this.#isBroken) return [];
    try {
      const bytes = new Uint8Array(Math.max(fstatSync(this.#fd).size - this.#read, 0));
      if (bytes.length === 0) return [];
      const length = readSync(this.#fd, bytes, 0, bytes.length, this.#read);
      const { records, end } = decodeRecords(bytes.subarray(0, length));
      const from = this.#read;
      this.#read += end;
      return records.map((one) => ({ ...one, at: from + one.at, end: from + one.end }));
    } catch {
      this.#isBroken = true;
      return [];
    }
  }

  /** Whether records may be added. */
  get hasRoom(): boolean {
    return !this.#isBroken && this.#written < this.#limits.ownBytes;
  }

  /** Adds records; they are news like those of others. */
  append(records: readonly Uint8Array[]): void {
    const bytes = Buffer.concat(records);
    if (!this.hasRoom || bytes.length === 0) return;
    try {
      const written = writeSync(this.#fd, bytes);
      this.#written += written;
      if (written < bytes.length) this.#isBroken = true;
    } catch {
      this.#isBroken = true;
    }
  }

  /** The code of a region's record; undefined when there is none any more. */
  body({ at, end }: Pick<KeptRecord, 'at' | 'end'>): RegionBody | undefined {
    const bytes = new Uint8Array(end - at);
    try {
      return readSync(this.#fd, bytes, 0, bytes.length, at) === bytes.length ? decodeBody(bytes) : undefined;
    } catch {
      return undefined;
    }
  }

  close(): void {
    closeSync(this.#fd);
  }
}

/** Opens or makes the file; undefined when it is another user's, or others may write it. */
function openOwn(path: string): number | undefined {
  const fd = openSync(path, O_RDWR | O_APPEND | O_CREAT | (O_NOFOLLOW ?? 0), FILE_MODE);
  const { uid, mode } = fstatSync(fd);
  const isOwn = uid === (process.geteuid?.() ?? uid) && (mode & FORBIDDEN_MODE) === 0;
  if (isOwn && fstatSync(fd).isFile()) return fd;
  closeSync(fd);
  return undefined;
}

/** Code that other versions of the program have made: the last ones used stay. */
function removeOthers(folder: string, own: string, count: number): void {
  const others = readdirSync(folder)
    .filter((name) => name.endsWith(SUFFIX))
    .map((name) => join(folder, name))
    .filter((path) => path !== own)
    .map((path) => ({ path, usedMs: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .toSorted((a, b) => b.usedMs - a.usedMs);
  for (const { path } of others.slice(count)) rmSync(path, { force: true });
}

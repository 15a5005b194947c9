/** A history that outlives the host: lines in a file, of which the last so many are kept. Nothing waits for the disk; what is damaged is left out. */
import {
  appendFileSync,
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

export interface History {
  /** Oldest first. */
  read(): readonly unknown[];
  /** @param key - in place of what has the same and was not written yet */
  append(record: unknown, key?: string): void;
}

const OWNER_ONLY = 0o600;

/** In a file of the machine; `report` is told once when it cannot be written. */
export class HistoryFile implements History {
  readonly #path: string;
  readonly #kept: number;
  readonly #report: (message: string) => void;
  readonly #later: (flush: () => void) => void;
  readonly #waiting: { readonly record: unknown; readonly key: string | undefined }[] = [];
  #lines = 0;
  #hasFailed = false;
  /** Open while it is written to. */
  #file: number | undefined;

  /** @param later - when what was appended is written, with all that came since */
  constructor(
    path: string,
    kept: number,
    report: (message: string) => void,
    later: (flush: () => void) => void = setImmediate,
  ) {
    this.#path = path;
    this.#kept = kept;
    this.#report = report;
    this.#later = later;
  }

  read(): readonly unknown[] {
    const lines = this.#readLines();
    this.#lines = lines.length;
    return lines.slice(-this.#kept).flatMap((line) => {
      try {
        return [JSON.parse(line) as unknown];
      } catch {
        return [];
      }
    });
  }

  /** The record is not changed afterwards: it is written down later. */
  append(record: unknown, key?: string): void {
    const earlier = key === undefined ? -1 : this.#waiting.findIndex((waiting) => waiting.key === key);
    if (earlier >= 0) this.#waiting.splice(earlier, 1);
    this.#waiting.push({ record, key });
    if (earlier < 0 && this.#waiting.length === 1) this.#later(() => this.flush());
  }

  /** Writes what came since the last time. */
  flush(): void {
    const waiting = this.#waiting.splice(0);
    if (waiting.length === 0) return;
    try {
      const lines = waiting.map(({ record }) => JSON.stringify(record));
      this.#file ??= this.#open();
      writeAll(this.#file, `${lines.join('\n')}\n`);
      this.#lines += lines.length;
      if (this.#lines >= 2 * this.#kept) this.#shorten();
    } catch (error) {
      if (!this.#hasFailed) this.#report(`${this.#path}: ${(error as Error).message}`);
      this.#hasFailed = true;
      this.#close();
    }
  }

  /** Writes what waits, and lets go of the file. */
  close(): void {
    this.flush();
    this.#close();
  }

  #open(): number {
    mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
    return openSync(this.#path, 'a', OWNER_ONLY);
  }

  #close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #shorten(): void {
    const lines = this.#readLines().slice(-this.#kept);
    this.#close();
    writeFileSync(`${this.#path}~`, `${lines.join('\n')}\n`, { mode: OWNER_ONLY });
    renameSync(`${this.#path}~`, this.#path);
    this.#lines = lines.length;
  }

  /** A line that a crash cut is made whole by an end: what comes after it is not lost with it. */
  #readLines(): string[] {
    let text: string;
    try {
      text = readFileSync(this.#path, 'utf8');
    } catch {
      return [];
    }
    if (text !== '' && !text.endsWith('\n')) appendFileSync(this.#path, '\n');
    return text.split('\n').filter((line) => line !== '');
  }
}

function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}

/** For tests, and hosts that keep nothing. */
export class MemoryHistory implements History {
  readonly records: unknown[] = [];

  read(): readonly unknown[] {
    return this.records.map((record) => JSON.parse(JSON.stringify(record)) as unknown);
  }

  append(record: unknown): void {
    this.records.push(record);
  }
}

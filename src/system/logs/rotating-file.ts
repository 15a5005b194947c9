/** A log file that is put away by its size: `vmkernel.log`, and before it `vmkernel.0.gz`, `vmkernel.1.gz`, … */
import type { LogFolder } from './log-folder.ts';

/** Packs bytes by gzip, off the main thread. */
export type Compress = (bytes: Uint8Array) => Promise<Uint8Array>;

export interface Rotation {
  readonly sizeBytes: number;
  /** So many that were put away are kept. */
  readonly count: number;
}

const TIMESTAMP_CHARACTERS = 24;

export interface RotatingFileOptions {
  readonly folder: LogFolder;
  /** Its name ends in `.log`. */
  readonly name: string;
  readonly rotation: Rotation;
  readonly compress: Compress;
  /** Says once that lines get lost, and once how many were. */
  readonly report: (message: string) => void;
}

/**
 * What the place refuses is counted and said: once when it begins, and in the file itself when it is over.
 * A rotation renames at once and packs afterwards; the next one waits until that is done, and the file grows meanwhile.
 */
export class RotatingFile {
  readonly #options: RotatingFileOptions;
  #sizeBytes: number;
  #lost = 0;
  #lostAtAll = 0;
  #packing: Promise<void> | undefined;

  constructor(options: RotatingFileOptions) {
    this.#options = options;
    this.#sizeBytes = options.folder.sizeBytes(options.name);
    if (options.folder.list().includes(this.#archive(0))) this.#pack();
  }

  /** Lines that could not be written since the host came up. */
  get lost(): number {
    return this.#lostAtAll;
  }

  /** @param line - with its end. */
  write(line: string): void {
    const bytes = Buffer.from(line);
    if (this.#sizeBytes > 0 && this.#sizeBytes + bytes.length > this.#options.rotation.sizeBytes)
      this.rotate();
    try {
      const all = this.#lost === 0 ? bytes : Buffer.from(lossLine(line, this.#lost) + line);
      this.#options.folder.append(this.#options.name, all);
      this.#sizeBytes += all.length;
    } catch (error) {
      this.#losesOne(error as Error);
      return;
    }
    if (this.#lost === 0) return;
    const count = this.#lost;
    this.#lost = 0;
    this.#options.report(`${this.#options.name} takes lines again; ${count} were lost`);
  }

  /** Puts the file away now; nothing happens while the last one is being packed. */
  rotate(): void {
    const { folder, name, report } = this.#options;
    if (this.#packing !== undefined || this.#sizeBytes === 0) return;
    const { count } = this.#options.rotation;
    try {
      if (folder.list().includes(this.#archive(0)))
        report(`${this.#archive(0)}, which could not be packed, is lost`);
      this.#makeRoom(count);
      if (count === 0) folder.remove(name);
      else folder.rename(name, this.#archive(0));
      this.#sizeBytes = 0;
    } catch (error) {
      report(`${name} could not be put away: ${(error as Error).message}`);
      return;
    }
    if (count > 0) this.#pack();
  }

  /** Resolves when nothing is being packed. */
  async settled(): Promise<void> {
    await this.#packing;
  }

  /** Every archive gets the next number; the oldest ones go. */
  #makeRoom(count: number): void {
    const { folder } = this.#options;
    const numbers = folder
      .list()
      .map((name) => this.#numberOf(name))
      .filter((number) => number !== undefined)
      .sort((a, b) => b - a);
    for (const number of numbers) {
      if (number >= count - 1) folder.remove(this.#packed(number));
      else folder.rename(this.#packed(number), this.#packed(number + 1));
    }
  }

  #pack(): void {
    const { folder, compress, report } = this.#options;
    const plain = this.#archive(0);
    this.#packing = (async () => {
      try {
        folder.write(this.#packed(0), await compress(folder.read(plain)));
        folder.remove(plain);
      } catch (error) {
        report(`${plain} stays as it is, it could not be packed: ${(error as Error).message}`);
      } finally {
        this.#packing = undefined;
      }
    })();
  }

  #losesOne(error: Error): void {
    this.#lostAtAll++;
    if (this.#lost++ > 0) return;
    this.#options.report(
      `${this.#options.name} cannot be written, its lines are lost from now on: ${error.message}`,
    );
  }

  #archive(number: number): string {
    return `${this.#options.name.replace(/\.log$/, '')}.${number}`;
  }

  #packed(number: number): string {
    return `${this.#archive(number)}.gz`;
  }

  #numberOf(name: string): number | undefined {
    const stem = `${this.#options.name.replace(/\.log$/, '')}.`;
    const found = name.startsWith(stem) ? /^(\d{1,4})\.gz$/.exec(name.slice(stem.length)) : null;
    return found === null ? undefined : Number(found[1]);
  }
}

/** A line that stands for those that are missing; it has the time of the one behind it. */
function lossLine(next: string, count: number): string {
  return `${next.slice(0, TIMESTAMP_CHARACTERS)} Wa(44) vmsyslogd: ${count} lines were lost before this one\n`;
}

/** Reads tar archives as a stream, keeping only the files that are wanted. Source: POSIX.1-2024 pax "ustar Interchange Format"; GNU tar manual, "Basic Tar Format". */
import { concatBytes, HostError } from '#lib';

/** A regular file of an archive. */
export interface TarFile {
  /** Without a leading `./`. */
  readonly path: string;
  readonly data: Uint8Array;
}

const BLOCK = 512;
const decoder = new TextDecoder();

/** Gives the regular files that `wanted` says yes to, in the archive's order. Throws HostError `archive-damaged`. */
export async function* readTar(
  chunks: AsyncIterable<Uint8Array>,
  wanted: (path: string) => boolean,
): AsyncGenerator<TarFile> {
  const queue = new ByteQueue(chunks);
  let longPath: string | undefined;
  for (;;) {
    const header = await queue.take(BLOCK);
    if (header === undefined || header.every((byte) => byte === 0)) return;
    checkSum(header);
    const type = String.fromCharCode(header[156] as number);
    const size = octal(header, 124, 12);
    const path = (longPath ?? shortPath(header)).replace(/^\.\//, '');
    longPath = undefined;
    if (type === 'L' || type === 'x') {
      longPath = longPathOf(type, await queue.need(size));
    } else if ((type === '0' || type === '\0') && wanted(path)) {
      yield { path, data: await queue.need(size) };
    } else {
      await queue.skip(size);
    }
    await queue.skip(-size & (BLOCK - 1));
  }
}

/** Name fields of the ustar header: 100 bytes, and a prefix of 155 that only the POSIX form has. */
function shortPath(header: Uint8Array): string {
  const name = text(header.subarray(0, 100));
  const isPosix = text(header.subarray(257, 263)) === 'ustar' && header[262] === 0;
  const prefix = isPosix ? text(header.subarray(345, 500)) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** A GNU long name is the path itself; a pax record is `LENGTH path=VALUE\n`. */
function longPathOf(type: 'L' | 'x', data: Uint8Array): string | undefined {
  return type === 'L' ? text(data) : /^\d+ path=(.*)$/m.exec(decoder.decode(data))?.[1];
}

function checkSum(header: Uint8Array): void {
  const sum = header.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 0x20 : byte), 0);
  if (sum !== octal(header, 148, 8)) throw damaged('a header has the wrong checksum');
}

function octal(header: Uint8Array, offset: number, length: number): number {
  const value = Number.parseInt(text(header.subarray(offset, offset + length)).trim(), 8);
  if (!Number.isSafeInteger(value)) throw damaged(`a header has no number at byte ${offset}`);
  return value;
}

function text(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return decoder.decode(end < 0 ? bytes : bytes.subarray(0, end));
}

function damaged(reason: string): HostError {
  return new HostError('archive-damaged', { what: 'tar archive', reason });
}

/** Bytes in the order they come, taken in the amounts one likes. */
class ByteQueue {
  readonly #source: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array();

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#source = chunks[Symbol.asyncIterator]();
  }

  /** `length` bytes; undefined when there are none at all any more. */
  async take(length: number): Promise<Uint8Array | undefined> {
    if (this.#rest.length === 0 && !(await this.#more())) return undefined;
    return this.need(length);
  }

  /** `length` bytes; throws when there are fewer. */
  async need(length: number): Promise<Uint8Array> {
    const parts = [];
    for (let missing = length; missing > 0; ) {
      if (this.#rest.length === 0 && !(await this.#more()))
        throw damaged(`${missing} bytes are missing at its end`);
      const part = this.#rest.subarray(0, missing);
      parts.push(part);
      this.#rest = this.#rest.subarray(part.length);
      missing -= part.length;
    }
    return concatBytes(parts);
  }

  async skip(length: number): Promise<void> {
    for (let missing = length; missing > 0; ) {
      if (this.#rest.length === 0 && !(await this.#more()))
        throw damaged(`${missing} bytes are missing at its end`);
      const count = Math.min(missing, this.#rest.length);
      this.#rest = this.#rest.subarray(count);
      missing -= count;
    }
  }

  async #more(): Promise<boolean> {
    const next = await this.#source.next();
    if (next.done === true) return false;
    this.#rest = next.value;
    return true;
  }
}

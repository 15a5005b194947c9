/** The members of an OVA, a tar archive, as they come by: nothing is known of what follows, and nothing is kept. Source: DMTF DSP0243 1.1.0 §5.3; POSIX pax. */
import { ByteQueue } from '#guest';
import {
  HostError,
  isTarEnd,
  isTarExtension,
  parseTarExtension,
  parseTarHeader,
  TAR_BLOCK_BYTES,
  type TarExtension,
  tarPadding,
} from '#lib';
import { badPackage, nameTrouble } from './names.ts';

/** One file of an archive. Its bytes are taken to their end before the next member comes. */
export interface OvaMember {
  readonly name: string;
  readonly sizeBytes: number;
  readonly bytes: AsyncIterable<Uint8Array>;
}

const MAX_MEMBERS = 1024;
/** Headers that are no files, one after another. */
const MAX_EXTENSIONS = 16;
const MAX_EXTENSION_BYTES = 2 ** 16;

/** @param path - for messages. @throws HostError `ovf-bad` */
export async function* ovaMembers(
  source: AsyncIterable<Uint8Array>,
  path: string,
): AsyncGenerator<OvaMember> {
  const bytes = new ByteReader(source, path);
  const seen = new Set<string>();
  try {
    for (;;) {
      const header = await nextHeader(bytes, path);
      if (header === undefined) return;
      const { path: name, sizeBytes } = header;
      if (seen.has(name)) throw badPackage(path, `"${name}" comes twice in it`);
      if (seen.size >= MAX_MEMBERS) throw badPackage(path, `it has more than ${MAX_MEMBERS} members`);
      seen.add(name);
      const member = bytes.span(name, sizeBytes);
      yield { name, sizeBytes, bytes: member };
      // Whoever did not want them all.
      for await (const _ of member);
      await bytes.take(tarPadding(sizeBytes), `after "${name}"`);
    }
  } finally {
    await bytes.end();
  }
}

async function nextHeader(bytes: ByteReader, path: string) {
  let extension: TarExtension = {};
  for (let count = 0; count < MAX_EXTENSIONS; count++) {
    const block = await bytes.take(TAR_BLOCK_BYTES, 'before its end mark');
    if (isTarEnd(block)) return undefined;
    const header = read(path, () => parseTarHeader(block, extension));
    if (isTarExtension(header.type) || header.type === 'g') {
      if (header.sizeBytes > MAX_EXTENSION_BYTES)
        throw badPackage(path, 'a header of it has more than 64 KiB');
      const data = await bytes.take(header.sizeBytes, 'within a header');
      await bytes.take(tarPadding(header.sizeBytes), 'within a header');
      if (header.type !== 'g')
        extension = { ...extension, ...read(path, () => parseTarExtension(header.type, data)) };
      continue;
    }
    if (header.type === '5' && /^\.?\/*$/.test(header.path)) continue;
    const trouble = nameTrouble(header.path);
    if (trouble !== undefined) throw badPackage(path, trouble);
    if (header.type !== '0')
      throw badPackage(path, `"${header.path}" is no file in it, but of tar's type "${header.type}"`);
    return header;
  }
  throw badPackage(path, 'it has headers without files');
}

function read<T>(path: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof HostError && error.code === 'archive-damaged')
      throw badPackage(path, `it is no tar archive: ${String(error.details.reason)}`);
    throw error;
  }
}

/** The archive's bytes; that there are fewer is said with where. */
class ByteReader {
  readonly #bytes: ByteQueue;
  readonly #path: string;

  constructor(source: AsyncIterable<Uint8Array>, path: string) {
    this.#bytes = new ByteQueue(source);
    this.#path = path;
  }

  /** So many bytes at once. @param where - for messages */
  async take(length: number, where: string): Promise<Uint8Array> {
    const whole = new Uint8Array(length);
    for (let at = 0; at < length; ) {
      const part = await this.#part(length - at, where);
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  /** A span of any length, piece by piece; to go through it once more goes on where it was left. */
  span(name: string, length: number): AsyncIterable<Uint8Array> {
    let left = length;
    const part = async () => {
      const found = await this.#part(left, `within "${name}"`);
      left -= found.length;
      return found;
    };
    return {
      [Symbol.asyncIterator]: () => ({
        next: async () =>
          left === 0 ? { done: true, value: undefined } : { done: false, value: await part() },
      }),
    };
  }

  async end(): Promise<void> {
    await this.#bytes.end();
  }

  /** At least one byte. */
  async #part(most: number, where: string): Promise<Uint8Array> {
    const part = await this.#bytes.part(most);
    if (part === undefined) throw badPackage(this.#path, `it ends ${where}`);
    return part;
  }
}

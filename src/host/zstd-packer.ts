/** Compresses pages by zstd, as Node brings it along. */
import type * as Zlib from 'node:zlib';
import type { PagePacker } from '#kernel/machine';
import { PAGE_BYTES } from '#riscv/size';

/** The fastest level that still finds most: docs/decisions/0018-machine-memory.md. */
const LEVEL = 1;

export class ZstdPacker implements PagePacker {
  /** Loaded when the first page comes: most threads never have one. */
  #zlib: typeof Zlib | undefined;
  /** Outside of shared memory, where nobody writes meanwhile; made with the first page too. */
  #page: Uint8Array<ArrayBuffer> | undefined;

  compress(from: Uint8Array, into: Uint8Array): number {
    const { zstdCompressSync, constants } = this.#load();
    this.#page ??= new Uint8Array(PAGE_BYTES);
    this.#page.set(from);
    const packed = zstdCompressSync(this.#page, { params: { [constants.ZSTD_c_compressionLevel]: LEVEL } });
    if (packed.length > into.length) return 0;
    into.set(packed);
    return packed.length;
  }

  expand(from: Uint8Array, into: Uint8Array): boolean {
    try {
      const page = this.#load().zstdDecompressSync(from.slice(), { maxOutputLength: PAGE_BYTES });
      if (page.length !== into.length) return false;
      into.set(page);
      return true;
    } catch {
      return false;
    }
  }

  #load(): typeof Zlib {
    this.#zlib ??= process.getBuiltinModule('node:zlib');
    return this.#zlib;
  }
}

/** An extent whose bytes are a span of a file as they are; and one that has no file and is full of zeroes. */
import type { ImageFile } from '../image-file.ts';
import { SECTOR_BYTES } from './descriptor.ts';
import type { Extent, Span } from './extent.ts';

export class FlatExtent implements Extent {
  readonly #file: ImageFile;
  /** Where it begins in the file. */
  readonly #base: number;
  #sizeBytes: number;

  /** Preconditions: the file has all of it. */
  constructor(file: ImageFile, base: number, sizeBytes: number) {
    this.#file = file;
    this.#base = base;
    this.#sizeBytes = sizeBytes;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  get usedBytes(): number {
    return this.#file.usedBytes;
  }

  readonly isUnclean = false;

  get path(): string {
    return this.#file.path;
  }

  span(_offset: number, length: number): Span {
    return { kind: 'data', length };
  }

  contentSpan(offset: number, length: number): Span {
    const { isHole, end } = this.#file.hole(this.#base + offset);
    // Whole sectors, whatever the blocks of the file system are.
    const run = Math.floor((end - this.#base - offset) / SECTOR_BYTES) * SECTOR_BYTES;
    if (run <= 0) return { kind: 'data', length };
    return { kind: isHole ? 'zero' : 'data', length: Math.min(length, run) };
  }

  read(buffers: readonly Uint8Array[], offset: number): void {
    this.#file.read(buffers, this.#base + offset);
  }

  write(buffers: readonly Uint8Array[], offset: number): void {
    this.#file.write(buffers, this.#base + offset);
  }

  zero(offset: number, length: number, unmap: boolean): void {
    this.#file.zero(this.#base + offset, length, unmap);
  }

  flush(): void {
    this.#file.flush();
  }

  grow(sizeBytes: number, provide: (file: ImageFile, from: number, to: number) => void): void {
    provide(this.#file, this.#base + this.#sizeBytes, this.#base + sizeBytes);
    this.#sizeBytes = sizeBytes;
  }

  share(): void {
    this.#file.share();
  }

  close(): void {
    this.#file.close();
  }
}

/** Nothing can be written to it. */
export class ZeroExtent implements Extent {
  readonly sizeBytes: number;
  readonly usedBytes = 0;
  readonly isUnclean = false;
  readonly path = undefined;

  constructor(sizeBytes: number) {
    this.sizeBytes = sizeBytes;
  }

  span(_offset: number, length: number): Span {
    return { kind: 'zero', length };
  }

  contentSpan(_offset: number, length: number): Span {
    return { kind: 'zero', length };
  }

  read(): void {
    throw new Error('an extent of zeroes has no bytes of its own');
  }

  write(): void {
    throw new Error('an extent of zeroes cannot be written');
  }

  zero(): void {}

  flush(): void {}

  grow(): void {
    throw new Error('an extent of zeroes cannot grow');
  }

  share(): void {}

  close(): void {}
}

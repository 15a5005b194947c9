/** What a part of a virtual disk does, however it is kept; and buffers taken piece by piece. */

import type { ImageFile } from '../image-file.ts';

/** What is known of a span: it is here, it is full of zeroes, or a parent has it (zeroes, when there is none). */
export type SpanKind = 'data' | 'zero' | 'absent';

/** So many bytes from where was asked are of one kind. */
export interface Span {
  readonly kind: SpanKind;
  readonly length: number;
}

/** Reads what would be seen if this extent had nothing: a parent's bytes, or zeroes. Offsets are those of the extent. */
export type ReadBelow = (buffers: readonly Uint8Array[], offset: number) => void;

/** A part of a disk. Offsets and lengths are bytes, multiples of 512, within it. What fails is thrown. */
export interface Extent {
  readonly sizeBytes: number;
  /** What the beginning of [offset, offset + length) is; the span ends with it at the latest. */
  span(offset: number, length: number): Span;
  /** As `span`, but holes of files are zeroes: for those who copy. */
  contentSpan(offset: number, length: number): Span;
  /** Preconditions: all of it is `data`. */
  read(buffers: readonly Uint8Array[], offset: number): void;
  /** `below` is asked for what the write does not cover of a unit that is new here. */
  write(buffers: readonly Uint8Array[], offset: number, below: ReadBelow): void;
  /** Makes a span read as zeroes, and may give its space back. `hasBelow`: a parent may have other bytes there. */
  zero(offset: number, length: number, unmap: boolean, below: ReadBelow, hasBelow: boolean): void;
  /** All that was written is safe when it returns. */
  flush(): void;
  /** Makes it longer. Where its bytes are a file's, `provide` makes those that are new. */
  grow(sizeBytes: number, provide: (file: ImageFile, from: number, to: number) => void): void;
  /** Nothing is written any more, and others may read it. */
  share(): void;
  /** Bytes that it takes on its file system. */
  readonly usedBytes: number;
  /** It was not closed: it is open for writing, or its host died. */
  readonly isUnclean: boolean;
  /** It has entries that are not in its file yet. */
  readonly isDirty?: boolean;
  /** Its file; undefined: it has none. */
  readonly path: string | undefined;
  close(): void;
}

const ZEROES = new Uint8Array(2 ** 16);

/** Buffers handed out from the front, as many bytes as wanted at a time. */
export class BufferCursor {
  readonly #buffers: readonly Uint8Array[];
  #index = 0;
  #at = 0;

  constructor(buffers: readonly Uint8Array[]) {
    this.#buffers = buffers;
  }

  /** Views of the next `length` bytes. Preconditions: there are so many. */
  take(length: number): Uint8Array[] {
    const taken: Uint8Array[] = [];
    for (let left = length; left > 0; ) {
      const buffer = this.#buffers[this.#index] as Uint8Array;
      const part =
        this.#at === 0 && buffer.length <= left ? buffer : buffer.subarray(this.#at, this.#at + left);
      if (part.length > 0) taken.push(part);
      left -= part.length;
      this.#at += part.length;
      if (this.#at < buffer.length) continue;
      this.#index++;
      this.#at = 0;
    }
    return taken;
  }
}

export function fillZero(buffers: readonly Uint8Array[]): void {
  for (const buffer of buffers) buffer.fill(0);
}

/** `length` bytes of zeroes as few buffers. */
export function zeroBuffers(length: number): Uint8Array[] {
  const buffers: Uint8Array[] = [];
  for (let left = length; left > 0; left -= ZEROES.length) buffers.push(ZEROES.subarray(0, left));
  return buffers;
}

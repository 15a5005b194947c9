/** Bytes that were given to a connection and not acknowledged yet: chunks as they came, found by their offset. */

interface Chunk {
  readonly start: number;
  readonly bytes: Uint8Array;
}

export class SendQueue {
  /** Sorted, without gaps. */
  readonly #chunks: Chunk[] = [];
  /** Chunks before this index are released; they go when there are many. */
  #first = 0;
  #start: number;
  #end: number;

  constructor(start: number) {
    this.#start = start;
    this.#end = start;
  }

  get end(): number {
    return this.#end;
  }

  get bytes(): number {
    return this.#end - this.#start;
  }

  /** Keeps the chunk itself, not a copy. */
  append(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#chunks.push({ start: this.#end, bytes });
    this.#end += bytes.length;
  }

  /** Forgets what is below `offset`. */
  release(offset: number): void {
    this.#start = Math.max(this.#start, Math.min(offset, this.#end));
    while (this.#first < this.#chunks.length) {
      const { start, bytes } = this.#chunks[this.#first] as Chunk;
      if (start + bytes.length > offset) break;
      this.#first++;
    }
    if (this.#first > 64 || this.#first === this.#chunks.length) {
      this.#chunks.splice(0, this.#first);
      this.#first = 0;
    }
  }

  /** Copies [offset, offset + length), which must be there, to `target[at …]`. */
  copy(offset: number, length: number, target: Uint8Array, at: number): void {
    const end = offset + length;
    for (let i = this.#find(offset), done = offset; done < end; i++) {
      const { start, bytes } = this.#chunks[i] as Chunk;
      const part = bytes.subarray(done - start, Math.min(bytes.length, end - start));
      target.set(part, at + done - offset);
      done += part.length;
    }
  }

  clear(): void {
    this.#chunks.length = 0;
    this.#first = 0;
    this.#start = this.#end;
  }

  /** The chunk that holds `offset`. */
  #find(offset: number): number {
    let low = this.#first;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#chunks[middle] as Chunk).start <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/**
 * A disk whose writes stay in memory over another one that is only read: runs that are recorded or replayed begin with
 * the same content each time, and can go back to any earlier one.
 */
import type { BlockBackend, BlockRequest, BlockStatus } from '#devices';

const BLOCK_BYTES = 4096;
/** What one overlay may hold: a run that writes more is none to be gone through again. */
const MAX_BYTES = 2 ** 30;

/** Content by block number; blocks are never changed once they are here. */
export type OverlayState = ReadonlyMap<number, Uint8Array>;

export class OverlayDisk implements BlockBackend {
  readonly sizeBytes: number;
  readonly readOnly: boolean;
  readonly id: string;
  readonly #base: BlockBackend;
  readonly #onError: (message: string) => void;
  #blocks = new Map<number, Uint8Array>();

  /**
   * @param base - must complete requests before `submit` returns
   * @param guest - as the guest sees it
   * @param onError - the overlay is full: the guest is told `ioerr`
   */
  constructor(
    base: BlockBackend,
    { readOnly, id = base.id }: { readonly readOnly: boolean; readonly id?: string },
    onError: (message: string) => void,
  ) {
    this.#base = base;
    this.readOnly = readOnly;
    this.sizeBytes = base.sizeBytes;
    this.id = id;
    this.#onError = onError;
  }

  submit(request: BlockRequest, done: (status: BlockStatus) => void): void {
    done(this.#perform(request));
  }

  save(): OverlayState {
    return new Map(this.#blocks);
  }

  restore(state: OverlayState): void {
    this.#blocks = new Map(state);
  }

  #perform(request: BlockRequest): BlockStatus {
    if (request.kind === 'flush') return 'ok';
    if (request.kind === 'read') {
      return this.#each(request.offset, request.buffers, (block, from, part) => {
        const bytes = this.#read(block);
        if (bytes !== undefined) part.set(bytes.subarray(from, from + part.length));
        return bytes !== undefined;
      });
    }
    const source = 'buffers' in request ? request.buffers : zeroes(request.length);
    return this.#each(request.offset, source, (block, from, part) => this.#write(block, from, part));
  }

  /** Goes through a span in parts that lie within a block each. */
  #each(
    offset: number,
    buffers: Iterable<Uint8Array>,
    visit: (block: number, from: number, part: Uint8Array) => boolean,
  ): BlockStatus {
    let at = offset;
    for (const buffer of buffers) {
      for (let done = 0; done < buffer.length; ) {
        const from = at % BLOCK_BYTES;
        const part = buffer.subarray(done, done + BLOCK_BYTES - from);
        if (!visit(Math.floor(at / BLOCK_BYTES), from, part)) return 'ioerr';
        done += part.length;
        at += part.length;
      }
    }
    return 'ok';
  }

  #read(block: number): Uint8Array | undefined {
    const known = this.#blocks.get(block);
    if (known !== undefined) return known;
    const offset = block * BLOCK_BYTES;
    const bytes = new Uint8Array(Math.min(BLOCK_BYTES, this.sizeBytes - offset));
    let status: BlockStatus | undefined;
    this.#base.submit({ kind: 'read', offset, buffers: [bytes] }, (answer) => (status = answer));
    return status === 'ok' ? bytes : undefined;
  }

  #write(block: number, from: number, part: Uint8Array): boolean {
    if (!this.#blocks.has(block) && this.#blocks.size * BLOCK_BYTES >= MAX_BYTES) {
      this.#onError(`disk "${this.id}": what was written is more than 1 GiB`);
      return false;
    }
    const before = this.#read(block);
    if (before === undefined) return false;
    const after = before.slice();
    after.set(part, from);
    this.#blocks.set(block, after);
    return true;
  }
}

function* zeroes(length: number): Generator<Uint8Array> {
  const block = new Uint8Array(BLOCK_BYTES);
  for (let left = length; left > 0; left -= BLOCK_BYTES) yield block.subarray(0, left);
}

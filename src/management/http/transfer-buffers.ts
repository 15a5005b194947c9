/** Buffers for transfers, within one budget: few transfers get large ones, many get small ones. */
import type { HttpLimits } from './limits.ts';

type BufferLimits = Pick<HttpLimits, 'buffersBytes' | 'bufferBytesMax' | 'bufferBytesMin'>;

/** Two for each transfer: one is filled while the other is emptied. */
const BUFFERS_EACH = 2;
/** Large buffers that are kept for the next transfer. */
const KEPT = 8;

export class TransferBuffers {
  readonly #limits: BufferLimits;
  readonly #kept: Buffer[] = [];
  #transfers = 0;

  constructor(limits: BufferLimits) {
    this.#limits = limits;
  }

  /** Counts a transfer in, and tells how large each of its buffers may be. `leave` must follow. */
  enter(): number {
    this.#transfers++;
    const { buffersBytes, bufferBytesMax, bufferBytesMin } = this.#limits;
    const share = buffersBytes / (this.#transfers * BUFFERS_EACH);
    return share >= bufferBytesMax ? bufferBytesMax : bufferBytesMin;
  }

  leave(): void {
    this.#transfers--;
  }

  take(bytes: number): Buffer {
    const kept = bytes === this.#limits.bufferBytesMax ? this.#kept.pop() : undefined;
    return kept ?? Buffer.allocUnsafeSlow(bytes);
  }

  /** Only what nobody will write into or read from any more. */
  giveBack(buffer: Buffer): void {
    if (buffer.length === this.#limits.bufferBytesMax && this.#kept.length < KEPT) this.#kept.push(buffer);
  }
}

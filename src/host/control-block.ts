/**
 * What main thread and pCPU share besides messages: a doorbell, a stop flag, console input in a ring, and a count of
 * output that was posted and not written yet.
 */

/** 32-bit words at the start of the block. */
const Word = { doorbell: 0, stop: 1, written: 2, taken: 3, starved: 4, unread: 5 } as const;
const WORDS = 8;
/** Console input that may wait; a power of two. */
const RING_BYTES = 4096;
/** Posted output above which the pCPU waits for the reader: bounds memory when a terminal is slow. */
const MAX_UNREAD_BYTES = 2 ** 20;

export class ControlBlock {
  /** To be handed to the other side. */
  readonly buffer: SharedArrayBuffer;
  readonly #words: Int32Array;
  readonly #ring: Uint8Array;

  constructor(buffer = new SharedArrayBuffer(WORDS * 4 + RING_BYTES)) {
    this.buffer = buffer;
    this.#words = new Int32Array(buffer, 0, WORDS);
    this.#ring = new Uint8Array(buffer, WORDS * 4);
  }

  /** Whether the pCPU was asked to stop. */
  get isStopping(): boolean {
    return Atomics.load(this.#words, Word.stop) !== 0;
  }

  /** Main: asks the pCPU to stop. */
  stop(): void {
    Atomics.store(this.#words, Word.stop, 1);
    this.#ringBell();
  }

  /** Main: offers console input; returns how many bytes found room. */
  offer(bytes: Uint8Array): number {
    const written = Atomics.load(this.#words, Word.written);
    const room = RING_BYTES - ((written - Atomics.load(this.#words, Word.taken)) >>> 0);
    const count = Math.min(room, bytes.length);
    for (let i = 0; i < count; i++) this.#ring[(written + i) & (RING_BYTES - 1)] = bytes[i] as number;
    if (count < bytes.length) Atomics.store(this.#words, Word.starved, 1);
    Atomics.store(this.#words, Word.written, (written + count) | 0);
    this.#ringBell();
    return count;
  }

  /** pCPU: takes all console input that waits. */
  take(): Uint8Array {
    const taken = Atomics.load(this.#words, Word.taken);
    const count = (Atomics.load(this.#words, Word.written) - taken) >>> 0;
    const bytes = Uint8Array.from(
      { length: count },
      (_, i) => this.#ring[(taken + i) & (RING_BYTES - 1)] ?? 0,
    );
    Atomics.store(this.#words, Word.taken, (taken + count) | 0);
    return bytes;
  }

  /** pCPU: whether `offer` had too little room since this was asked last. */
  wasStarved(): boolean {
    return Atomics.exchange(this.#words, Word.starved, 0) !== 0;
  }

  /** pCPU: the doorbell's state, to be read before looking for work and given to `wait`. */
  get bell(): number {
    return Atomics.load(this.#words, Word.doorbell);
  }

  /** pCPU: sleeps for at most `milliseconds`, or until the doorbell has rung since `bell` was read. */
  wait(bell: number, milliseconds: number): void {
    Atomics.wait(this.#words, Word.doorbell, bell, milliseconds);
  }

  /** pCPU: output was posted; waits while too much of it is unread and nobody asks to stop. */
  posted(bytes: number): void {
    Atomics.add(this.#words, Word.unread, bytes);
    for (;;) {
      const { bell } = this;
      if (this.isStopping || Atomics.load(this.#words, Word.unread) <= MAX_UNREAD_BYTES) return;
      this.wait(bell, Infinity);
    }
  }

  /** Main: posted output has been written. */
  read(bytes: number): void {
    Atomics.sub(this.#words, Word.unread, bytes);
    this.#ringBell();
  }

  #ringBell(): void {
    Atomics.add(this.#words, Word.doorbell, 1);
    Atomics.notify(this.#words, Word.doorbell);
  }
}

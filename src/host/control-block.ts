/**
 * What main thread and the home of a VM share besides messages: console input in a ring, and a count of output that was
 * posted and not written yet. Who changes it rings the pCPU's bell. Also the state of its devices, and whether it is the present one.
 */

/** 32-bit words at the start of the block. */
const Word = { written: 0, taken: 1, starved: 2, unread: 3, kept: 4, keptBytes: 5 } as const;
const WORDS = 8;
/** Console input that may wait; a power of two. */
const RING_BYTES = 4096;
/** A state of the devices that is larger is posted: a guest with a disk and a card has 3 KB of it. */
const KEPT_BYTES = 2 ** 13;
/** Posted output above which the VM waits for the reader: bounds memory when a terminal is slow. */
const MAX_UNREAD_BYTES = 2 ** 20;
const NONE = new Uint8Array(0);

export class ControlBlock {
  /** To be handed to the other side. */
  readonly buffer: SharedArrayBuffer;
  readonly #words: Int32Array;
  readonly #ring: Uint8Array;
  readonly #kept: Uint8Array;

  constructor(buffer = new SharedArrayBuffer(WORDS * 4 + RING_BYTES + KEPT_BYTES)) {
    this.buffer = buffer;
    this.#words = new Int32Array(buffer, 0, WORDS);
    this.#ring = new Uint8Array(buffer, WORDS * 4, RING_BYTES);
    this.#kept = new Uint8Array(buffer, WORDS * 4 + RING_BYTES, KEPT_BYTES);
  }

  /** Main: offers console input; returns how many bytes found room. */
  offer(bytes: Uint8Array): number {
    const written = Atomics.load(this.#words, Word.written);
    const room = RING_BYTES - ((written - Atomics.load(this.#words, Word.taken)) >>> 0);
    const count = Math.min(room, bytes.length);
    for (let i = 0; i < count; i++) this.#ring[(written + i) & (RING_BYTES - 1)] = bytes[i] as number;
    if (count < bytes.length) Atomics.store(this.#words, Word.starved, 1);
    Atomics.store(this.#words, Word.written, (written + count) | 0);
    return count;
  }

  /** pCPU: takes all console input that waits. */
  take(): Uint8Array {
    const taken = Atomics.load(this.#words, Word.taken);
    const count = (Atomics.load(this.#words, Word.written) - taken) >>> 0;
    // Asked at each ring of the bell, of each VM: mostly there is none.
    if (count === 0) return NONE;
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

  /** pCPU: output was posted. */
  posted(bytes: number): void {
    Atomics.add(this.#words, Word.unread, bytes);
  }

  /** pCPU: whether so much output is unread that no more shall be posted. */
  get isFull(): boolean {
    return Atomics.load(this.#words, Word.unread) > MAX_UNREAD_BYTES;
  }

  /** pCPU: writes a state of the devices down; false when there is no room. Preconditions: `kept` is 0. */
  writeKept(state: Uint8Array): boolean {
    if (state.length > KEPT_BYTES) return false;
    this.#kept.set(state);
    Atomics.store(this.#words, Word.keptBytes, state.length);
    return true;
  }

  /** Main: the state that was written down last; of no length when none was. */
  readKept(): Uint8Array<ArrayBuffer> {
    return this.#kept.slice(0, Atomics.load(this.#words, Word.keptBytes));
  }

  /** pCPU: the state of the devices with that number is the present one; 0: none is. */
  set kept(number: number) {
    Atomics.store(this.#words, Word.kept, number);
  }

  /** Main: the number of the state of the devices that is the present one, 0 for none. */
  get kept(): number {
    return Atomics.load(this.#words, Word.kept);
  }

  /** Main: posted output has been written. */
  read(bytes: number): void {
    Atomics.sub(this.#words, Word.unread, bytes);
  }
}

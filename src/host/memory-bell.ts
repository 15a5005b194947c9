/** The doorbell of the memory manager's thread: pCPUs ring when they have no page, the main thread when it has mail. */
const Word = { bell: 0, mail: 1 } as const;
/** How long a device waits for a page, and between two looks. */
const DEVICE_TRIES = 100;
const LOOK_MS = 1;

export class MemoryBell {
  readonly buffer: SharedArrayBuffer;
  readonly #words: Int32Array;

  constructor(buffer = new SharedArrayBuffer(8)) {
    this.buffer = buffer;
    this.#words = new Int32Array(buffer);
  }

  /** A page is needed now. */
  ring(): void {
    Atomics.add(this.#words, Word.bell, 1);
    Atomics.notify(this.#words, Word.bell);
  }

  /** A message was posted. */
  mail(): void {
    Atomics.add(this.#words, Word.mail, 1);
    this.ring();
  }

  /** To be read before looking for work, and given to `sleep`. */
  get count(): number {
    return Atomics.load(this.#words, Word.bell);
  }

  /** Counts messages. */
  get mails(): number {
    return Atomics.load(this.#words, Word.mail);
  }

  /** Sleeps for at most so long, or until it has rung since `count` was read. */
  sleep(count: number, milliseconds: number): void {
    Atomics.wait(this.#words, Word.bell, count, milliseconds);
  }

  /** For a device that cannot go on without a page: waits until there is one; false when none comes. */
  await(hasPages: () => boolean): boolean {
    for (let tries = 0; tries < DEVICE_TRIES; tries++) {
      if (hasPages()) return true;
      const seen = this.count + 1;
      this.ring();
      this.sleep(seen, LOOK_MS);
    }
    return hasPages();
  }
}

/**
 * One thing after the other: what comes in while the stack is at work waits until that is done. Links deliver at once, so
 * an answer can come before the call that sent the question has returned.
 */

/** What waits beyond this is lost, as in any queue of a network. */
const MAX_WAITING_BYTES = 32 * 2 ** 20;

interface Waiting {
  readonly bytes: number;
  readonly work: () => void;
}

export class Turns {
  #isBusy = false;
  readonly #waiting: Waiting[] = [];
  #waitingBytes = 0;

  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Does the work now, and afterwards what came in meanwhile. */
  run<T>(work: () => T): T {
    if (this.#isBusy) return work();
    this.#isBusy = true;
    try {
      return work();
    } finally {
      this.#isBusy = false;
      if (this.#waiting.length > 0) this.#catchUp();
    }
  }

  /** Does the work when the stack is free again; whether there was room for it. */
  later(bytes: number, work: () => void): boolean {
    if (this.#waitingBytes + bytes > MAX_WAITING_BYTES) return false;
    this.#waiting.push({ bytes, work });
    this.#waitingBytes += bytes;
    return true;
  }

  #catchUp(): void {
    this.#isBusy = true;
    try {
      for (let i = 0; i < this.#waiting.length; i++) {
        const { bytes, work } = this.#waiting[i] as Waiting;
        this.#waitingBytes -= bytes;
        work();
        // The array stays short while turns follow each other.
        if (i === 1023) i -= this.#waiting.splice(0, 1024).length;
      }
    } finally {
      this.#waiting.length = 0;
      this.#waitingBytes = 0;
      this.#isBusy = false;
    }
  }
}

/** Doorbells of the pCPUs in shared memory: who has something for one rings, and one that has nothing to do sleeps. */

/** Words of a pCPU, on a cache line of its own. */
const STRIDE = 16;
const Word = { bell: 0, isSleeping: 1, mail: 2 } as const;

export class Bells {
  readonly buffer: SharedArrayBuffer;
  readonly count: number;
  readonly #words: Int32Array;

  constructor(count: number, buffer = new SharedArrayBuffer(count * STRIDE * 4)) {
    this.count = count;
    this.buffer = buffer;
    this.#words = new Int32Array(buffer);
  }

  ring(pcpu: number): void {
    Atomics.add(this.#words, pcpu * STRIDE + Word.bell, 1);
    if (this.isSleeping(pcpu)) Atomics.notify(this.#words, pcpu * STRIDE + Word.bell);
  }

  /** A message was posted to the pCPU. */
  mail(pcpu: number): void {
    Atomics.add(this.#words, pcpu * STRIDE + Word.mail, 1);
    this.ring(pcpu);
  }

  /** The bell's state: to be read before looking for work, and given to `sleep`. */
  bell(pcpu: number): number {
    return Atomics.load(this.#words, pcpu * STRIDE + Word.bell);
  }

  /** Counts messages. */
  mailCount(pcpu: number): number {
    return Atomics.load(this.#words, pcpu * STRIDE + Word.mail);
  }

  isSleeping(pcpu: number): boolean {
    return Atomics.load(this.#words, pcpu * STRIDE + Word.isSleeping) !== 0;
  }

  /** From now on others ring for what they have: who says so looks once more before it sleeps. */
  setSleeping(pcpu: number, isSleeping: boolean): void {
    Atomics.store(this.#words, pcpu * STRIDE + Word.isSleeping, isSleeping ? 1 : 0);
  }

  /** Sleeps for at most `milliseconds`, or until it has rung since `bell` was read. */
  sleep(pcpu: number, bell: number, milliseconds: number): void {
    Atomics.wait(this.#words, pcpu * STRIDE + Word.bell, bell, milliseconds);
  }
}

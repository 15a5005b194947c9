/**
 * The VM's one console: input waits here until a device or the SBI takes it, output goes to the host in order.
 * Which device gets the input is decided at assembly.
 */
import type { ConsoleBackend } from '#devices';

/** A device that takes console input; returns how many bytes it took. */
export interface ConsoleReceiver {
  receive(bytes: Uint8Array): number;
}

export class Console implements ConsoleBackend {
  readonly #output: (bytes: Uint8Array) => void;
  #receiver: ConsoleReceiver | undefined;
  #waiting: Uint8Array = new Uint8Array(0);
  #isGiving = false;

  constructor(output: (bytes: Uint8Array) => void) {
    this.#output = output;
  }

  /** Whether all input so far has been taken: more should not be given before. */
  get isDrained(): boolean {
    return this.#waiting.length === 0;
  }

  connect(receiver: ConsoleReceiver): void {
    this.#receiver = receiver;
  }

  write(bytes: Uint8Array): void {
    this.#output(bytes);
  }

  /** The receiver has room again. It may say so while it is given something. */
  ready(): void {
    if (this.#isGiving) return;
    this.#isGiving = true;
    while (this.#waiting.length > 0) {
      const taken = this.#receiver?.receive(this.#waiting) ?? 0;
      if (taken === 0) break;
      this.#waiting = this.#waiting.subarray(taken);
    }
    this.#isGiving = false;
  }

  /** Takes input from the host. */
  give(bytes: Uint8Array): void {
    const waiting = new Uint8Array(this.#waiting.length + bytes.length);
    waiting.set(this.#waiting);
    waiting.set(bytes, this.#waiting.length);
    this.#waiting = waiting;
    this.ready();
  }

  /** At most `limit` bytes of input, for who asks in place of being given: the SBI. */
  take(limit: number): Uint8Array {
    const taken = this.#waiting.slice(0, limit);
    this.#waiting = this.#waiting.subarray(taken.length);
    return taken;
  }

  /** Input that waits. */
  save(): Uint8Array {
    return this.#waiting.slice();
  }

  restore(waiting: Uint8Array): void {
    this.#waiting = waiting.slice();
  }

  /** Forgets input that nobody took. */
  reset(): void {
    this.#waiting = new Uint8Array(0);
  }
}

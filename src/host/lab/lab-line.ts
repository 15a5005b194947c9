/** The lab's end of the line to the main thread: input that waits, output that is not shown yet, and who waits for what. */
import type { FromLab, ToLab } from './messages.ts';

/** Output above which the machine waits for the reader. */
const MAX_UNSHOWN_BYTES = 2 ** 20;

export class LabLine {
  isStopping = false;
  readonly #post: (message: FromLab) => void;
  readonly #input: Uint8Array[] = [];
  #unshown = 0;
  /** Told of the next event. */
  #waiting: (() => void)[] = [];

  constructor(post: (message: FromLab) => void) {
    this.#post = post;
  }

  take(message: ToLab): void {
    if (message.kind === 'input') this.#input.push(message.bytes);
    if (message.kind === 'shown') this.#unshown -= message.bytes;
    if (message.kind === 'stop') this.isStopping = true;
    this.wake();
  }

  output(bytes: Uint8Array): void {
    this.#unshown += bytes.length;
    this.#post({ kind: 'output', bytes });
  }

  line(text: string): void {
    this.#post({ kind: 'line', text });
  }

  /** The next bytes that were typed. */
  input(): Uint8Array | undefined {
    return this.#input.shift();
  }

  get hasInput(): boolean {
    return this.#input.length > 0;
  }

  /** Whoever waits for an event looks again. */
  wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** Resolves with the next event, or after a time. */
  event(milliseconds?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = milliseconds === undefined ? undefined : setTimeout(resolve, milliseconds);
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** Resolves when the reader is not far behind, and the thread's events had their chance. */
  async breathe(): Promise<void> {
    await new Promise(setImmediate);
    while (this.#unshown > MAX_UNSHOWN_BYTES && !this.isStopping) await this.event();
  }
}

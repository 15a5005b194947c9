/** The lab's end of the line to the main thread: input that waits, output that is not shown yet, and who waits for what. */
import type { Button } from '#devices';
import { type CardFrame, type InputEvent, writeButton, writeFrames } from '#vmm';
import type { FromLab, SentFrame, ToLab } from './messages.ts';

/** Output above which the machine waits for the reader. */
const MAX_UNSHOWN_BYTES = 2 ** 20;
/** Frames that wait for the machine; what comes on top is lost, as networks lose frames. */
const MAX_WAITING_FRAMES = 512;

export class LabLine {
  isStopping = false;
  /** Nothing is to run. */
  isHeld = false;
  readonly #post: (message: FromLab) => void;
  readonly #input: Uint8Array[] = [];
  readonly #frames: CardFrame[] = [];
  readonly #presses: Button[] = [];
  readonly #saves: string[] = [];
  #unshown = 0;
  /** Told of the next event. */
  #waiting: (() => void)[] = [];

  constructor(post: (message: FromLab) => void) {
    this.#post = post;
  }

  take(message: ToLab): void {
    if (message.kind === 'input') this.#input.push(message.bytes);
    if (message.kind === 'press') this.#presses.push(message.button);
    if (message.kind === 'frame' && this.#frames.length < MAX_WAITING_FRAMES) this.#frames.push(message);
    if (message.kind === 'shown') this.#unshown -= message.bytes;
    if (message.kind === 'stop') this.isStopping = true;
    if (message.kind === 'hold' || message.kind === 'let-go') this.isHeld = message.kind === 'hold';
    if (message.kind === 'save') this.#saves.push(message.path);
    this.wake();
  }

  post(message: FromLab): void {
    this.#post(message);
  }

  output(bytes: Uint8Array): void {
    this.#unshown += bytes.length;
    this.#post({ kind: 'output', bytes });
  }

  frame(frame: SentFrame): void {
    this.#post({ kind: 'frame', frame });
  }

  line(text: string): void {
    this.#post({ kind: 'line', text });
  }

  /** What came next. @param takesInput - whether what is typed is wanted now; @param takesButtons - and what is pressed */
  input(takesInput: boolean, takesButtons: boolean): InputEvent | undefined {
    const button = this.#press(takesButtons);
    if (button !== undefined) return { kind: 'button', bytes: writeButton(button) };
    const typed = takesInput ? this.#input.shift() : undefined;
    if (typed !== undefined) return { kind: 'console', bytes: typed };
    if (this.#frames.length === 0) return undefined;
    return { kind: 'frames', bytes: writeFrames(this.#frames.splice(0)) };
  }

  /** Whether `input` has something. */
  hasInput(takesInput: boolean): boolean {
    return (takesInput && this.#input.length > 0) || this.#frames.length + this.#presses.length > 0;
  }

  /** The next press for a machine that takes it; for one that does not it is none. */
  #press(isTaken: boolean): Button | undefined {
    const button = this.#presses.shift();
    if (button !== undefined) this.#post({ kind: 'pressed', isTaken });
    return isTaken ? button : undefined;
  }

  /** Where the machine's state is to be saved, if it is. */
  takeSave(): string | undefined {
    return this.#saves.shift();
  }

  get hasSave(): boolean {
    return this.#saves.length > 0;
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

/** What a VM has to say, gathered into few messages: console output, and lines for the person. */
import type { ControlBlock } from './control-block.ts';
import type { VmMessage } from './messages.ts';

/** Gathered output that is posted at once, without waiting for the end of the turn. */
const POST_BYTES = 16_384;

export class Outbox {
  readonly #control: ControlBlock;
  readonly #post: (message: VmMessage) => void;
  #parts: Uint8Array[] = [];
  #bytes = 0;
  #lines = '';

  constructor(control: ControlBlock, post: (message: VmMessage) => void) {
    this.#control = control;
    this.#post = post;
  }

  /** Console output; the bytes are ours from now on. */
  output(bytes: Uint8Array): void {
    this.#parts.push(bytes);
    this.#bytes += bytes.length;
    if (this.#bytes >= POST_BYTES) this.flush();
  }

  /** What the guest's agent says; the bytes are ours from now on. */
  agent(bytes: Uint8Array): void {
    this.#post({ kind: 'agent', bytes });
    this.#control.posted(bytes.length);
  }

  /** A line for the person, without its newline. */
  line(text: string): void {
    this.#lines += `${text}\n`;
    if (this.#lines.length >= POST_BYTES) this.flush();
  }

  /** Whether the reader is far behind: the VM should not say more before it has caught up. */
  get isFull(): boolean {
    return this.#control.isFull;
  }

  /** Posts what was gathered, unless the reader is far behind. */
  flush(): void {
    if (!this.isFull) this.flushAll();
  }

  /** Posts it in any case: nothing more will come. */
  flushAll(): void {
    if (this.#lines !== '') {
      const text = this.#lines;
      this.#lines = '';
      this.#post({ kind: 'lines', text });
      this.#control.posted(text.length);
    }
    if (this.#bytes === 0) return;
    const bytes = this.#take();
    this.#post({ kind: 'output', bytes });
    this.#control.posted(bytes.length);
  }

  #take(): Uint8Array {
    const bytes = new Uint8Array(this.#bytes);
    let at = 0;
    for (const part of this.#parts) {
      bytes.set(part, at);
      at += part.length;
    }
    this.#parts = [];
    this.#bytes = 0;
    return bytes;
  }
}

/** --exec: finds a script's output and status on the guest's console, between the two lines that its /init writes. */
import { concatBytes } from '#lib';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** How much of what came before the script is kept, to be shown when it never began. */
const MAX_PREAMBLE_BYTES = 2 ** 16;

/**
 * Takes console bytes as they come and passes on those between `\x1eVMK-EXEC-BEGIN nonce` and
 * `\x1eVMK-EXEC-END nonce status` (see src/guest/init.sh); the nonce keeps a script from writing either.
 */
export class ExecOutput {
  readonly #pass: (bytes: Uint8Array) => void;
  readonly #begin: Uint8Array;
  readonly #end: Uint8Array;
  #phase: 'before' | 'within' | 'status' | 'after' = 'before';
  /** Bytes that are not decided on yet: what came before, or what may become the end mark. */
  #held: Uint8Array = new Uint8Array();
  #status: number | undefined;

  constructor(nonce: string, pass: (bytes: Uint8Array) => void) {
    this.#pass = pass;
    this.#begin = encoder.encode(`\x1eVMK-EXEC-BEGIN ${nonce}\n`);
    this.#end = encoder.encode(`\x1eVMK-EXEC-END ${nonce} `);
  }

  /** Whether the script's first line may come now. */
  get begun(): boolean {
    return this.#phase !== 'before';
  }

  /** The script's exit status, 0 … 255, once it has ended. */
  get status(): number | undefined {
    return this.#status;
  }

  /** What the console showed instead of a script's output; empty once the script has begun. */
  get preamble(): string {
    return this.#phase === 'before' ? decoder.decode(this.#held) : '';
  }

  push(bytes: Uint8Array): void {
    if (this.#phase === 'after') return;
    this.#held = concatBytes([this.#held, bytes]);
    if (this.#phase === 'before') this.#lookForBegin();
    if (this.#phase === 'within') this.#passUpToEnd();
    if (this.#phase === 'status') this.#readStatus();
  }

  #lookForBegin(): void {
    const at = indexOf(this.#held, this.#begin);
    if (at < 0) {
      this.#held = this.#held.subarray(-MAX_PREAMBLE_BYTES);
      return;
    }
    this.#held = this.#held.subarray(at + this.#begin.length);
    this.#phase = 'within';
  }

  #passUpToEnd(): void {
    const at = indexOf(this.#held, this.#end);
    const sure = at >= 0 ? at : this.#held.length - startedAtEnd(this.#held, this.#end);
    if (sure > 0) this.#pass(this.#held.slice(0, sure));
    this.#held = this.#held.subarray(sure);
    if (at < 0) return;
    this.#held = this.#held.subarray(this.#end.length);
    this.#phase = 'status';
  }

  #readStatus(): void {
    const line = this.#held.indexOf(0x0a);
    if (line < 0) return;
    const text = decoder.decode(this.#held.subarray(0, line));
    this.#status = /^\d{1,3}$/.test(text) && Number(text) <= 255 ? Number(text) : undefined;
    this.#phase = 'after';
  }
}

function indexOf(bytes: Uint8Array, mark: Uint8Array): number {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(mark);
}

/** How many bytes at the end of `bytes` are the start of `mark`. */
function startedAtEnd(bytes: Uint8Array, mark: Uint8Array): number {
  for (let length = Math.min(mark.length - 1, bytes.length); length > 0; length--) {
    const tail = bytes.subarray(bytes.length - length);
    if (tail.every((byte, i) => byte === mark[i])) return length;
  }
  return 0;
}

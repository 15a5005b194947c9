/** Tells on standard error what takes longer than a second: one line that changes on a terminal, plain lines elsewhere. */

/** What progress is written to. */
export interface ProgressStream {
  readonly isTTY?: boolean | undefined;
  write(text: string): unknown;
}

const SHOW_AFTER_MS = 1_000;
const TERMINAL_UPDATE_MS = 100;
const PLAIN_UPDATE_MS = 10_000;
const ERASE_LINE = '\r\x1b[K';

export class Progress {
  readonly #stream: ProgressStream;
  #activity: string | undefined;
  #fraction: number | undefined;
  #shown = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(stream: ProgressStream) {
    this.#stream = stream;
  }

  /** What goes on now, and how far it is in 0 … 1 where that is known. Fits `Report` of the guest room. */
  report(activity: string, fraction?: number): void {
    this.#fraction = fraction;
    if (activity === this.#activity) return;
    this.done();
    this.#activity = activity;
    this.#fraction = fraction;
    this.#timer = setTimeout(() => this.#begin(), SHOW_AFTER_MS).unref();
  }

  /** Nothing goes on any more; the terminal is as it was. May be called at any time. */
  done(): void {
    clearTimeout(this.#timer);
    if (this.#shown !== '' && this.#stream.isTTY === true) this.#stream.write(ERASE_LINE);
    this.#activity = undefined;
    this.#shown = '';
  }

  #begin(): void {
    this.#show();
    const every = this.#stream.isTTY === true ? TERMINAL_UPDATE_MS : PLAIN_UPDATE_MS;
    this.#timer = setInterval(() => this.#show(), every).unref();
  }

  #show(): void {
    const percent = this.#fraction === undefined ? '' : ` ${Math.floor(this.#fraction * 100)} %`;
    const line = `vmk: ${this.#activity}…${percent}`;
    if (line === this.#shown) return;
    this.#shown = line;
    this.#stream.write(this.#stream.isTTY === true ? `${ERASE_LINE}${line}` : `${line}\n`);
  }
}

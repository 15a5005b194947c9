/** The person's terminal as the machine's console: raw while it runs, and as it was on every way out. */
import { type EventEmitter, once } from 'node:events';
import { constants } from 'node:os';
import type { Terminal } from './run-config.ts';

/** What a terminal is made of; `process` fits. */
export interface TerminalParts extends Pick<EventEmitter, 'on' | 'off'> {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  exit(status: number): unknown;
}

/** Ctrl-] leaves the machine, as in telnet. */
const LEAVE = 0x1d;
/** Ctrl-D tells the guest that piped input has ended. */
const END_OF_TRANSMISSION = 0x04;
const REPEAT_END_MS = 500;
const ESCAPE = 0x1b;
/** Plain text, visible cursor, no bracketed paste: what a full-screen program may have left behind. */
const RESET_TERMINAL = '\x1b[0m\x1b[?25h\x1b[?2004l';

/** Device status report: the terminal answers as if it were typed. Source: ECMA-48 §8.3.35. */
const ASK_POSITION = '\x1b[6n';
const ANSWER_MS = 100;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;
type Signal = (typeof SIGNALS)[number];

/** How a terminal is opened. */
export interface TerminalOptions {
  /** Whether input goes to the guest. */
  readonly input: boolean;
  /** Whether the end of piped input does: it comes at another moment in every run. */
  readonly inputEnd?: boolean;
  /** Whether piped input goes to the guest at once, not only after its first output: it has been up for long. */
  readonly inputAtOnce?: boolean;
  /** Told once, when the guest shows its first byte. */
  readonly onFirstOutput?: () => void;
}

/**
 * Owner: the run command. Input from a terminal goes to the guest byte for byte, but Ctrl-]; input from a pipe or file
 * waits for the guest's first output, as nobody listens before, and ends with Ctrl-D.
 */
export class ProcessTerminal implements Terminal {
  readonly #parts: TerminalParts;
  readonly #options: TerminalOptions;
  readonly #stop = new AbortController();
  readonly #handlers: [event: string, handler: () => void][] = [];
  #listener: (bytes: Uint8Array) => void = () => {};
  #isOpen = false;
  #hasOutput = false;
  #lastByte = 0x0a;
  #hasEscapes = false;
  #isAsked = false;
  #signal: Signal | undefined;
  #ending: NodeJS.Timeout | undefined;

  constructor(parts: TerminalParts, options: TerminalOptions) {
    this.#parts = parts;
    this.#options = options;
  }

  get stop(): AbortSignal {
    return this.#stop.signal;
  }

  /** Whether a person sits there: the one who can press Ctrl-]. */
  get isInteractive(): boolean {
    return this.#options.input && this.#parts.stdin.isTTY;
  }

  /** The exit status that the signal which stopped the machine asks for: 128 and its number. */
  get signalStatus(): number | undefined {
    return this.#signal === undefined ? undefined : 128 + constants.signals[this.#signal];
  }

  /** Takes the terminal over. */
  open(): void {
    this.#isOpen = true;
    for (const signal of SIGNALS) this.#handle(signal, () => this.#onSignal(signal));
    // Also when the program dies of an exception.
    this.#handle('exit', () => this.close());
    this.#parts.stdout.on('error', this.#onOutputError);
    if (!this.#options.input) return;
    this.#parts.stdin.on('data', this.#onData);
    if (!this.isInteractive) {
      if (this.#options.inputAtOnce === true) this.#parts.stdin.resume();
      else this.#parts.stdin.pause();
      if (this.#options.inputEnd ?? true) this.#parts.stdin.once('end', this.#onEnd);
      return;
    }
    this.#parts.stdin.setRawMode(true);
    this.#handle('SIGCONT', () => this.#parts.stdin.setRawMode(true));
    this.#parts.stdin.resume();
  }

  /** Gives the terminal back as it was. May be called again. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    for (const [event, handler] of this.#handlers) this.#parts.off(event, handler);
    clearInterval(this.#ending);
    const { stdin, stdout } = this.#parts;
    stdin.off('data', this.#onData);
    stdin.off('end', this.#onEnd);
    stdin.pause();
    if (this.isInteractive) stdin.setRawMode(false);
    if (!stdout.isTTY) return;
    if (this.#hasEscapes) stdout.write(RESET_TERMINAL);
    if (this.#lastByte !== 0x0a) stdout.write('\r\n');
  }

  /** Waits a moment for what the terminal was asked and has not answered; the shell would take it for typed. */
  async settle(): Promise<void> {
    if (!this.isInteractive || !this.#isAsked) return;
    await once(this.#parts.stdin, 'data', { signal: AbortSignal.timeout(ANSWER_MS) }).catch(() => undefined);
  }

  write(bytes: Uint8Array): boolean {
    if (bytes.length === 0 || this.#stop.signal.aborted) return true;
    this.#isAsked ||= Buffer.from(bytes).includes(ASK_POSITION);
    this.#lastByte = bytes.at(-1) ?? this.#lastByte;
    this.#hasEscapes ||= bytes.includes(ESCAPE);
    if (!this.#hasOutput) this.#onFirstOutput();
    return this.#parts.stdout.write(bytes);
  }

  async drained(): Promise<void> {
    if (!this.#parts.stdout.writableNeedDrain) return;
    // Output that failed never drains; then the machine is being stopped.
    await once(this.#parts.stdout, 'drain', { signal: this.#stop.signal }).catch(() => undefined);
  }

  onInput(listener: (bytes: Uint8Array) => void): void {
    this.#listener = listener;
  }

  pauseInput(paused: boolean): void {
    if (!this.#options.input || (!this.isInteractive && !this.#hasOutput)) return;
    if (paused) this.#parts.stdin.pause();
    else this.#parts.stdin.resume();
  }

  #onFirstOutput(): void {
    this.#hasOutput = true;
    this.#options.onFirstOutput?.();
    if (this.#options.input && !this.isInteractive) this.#parts.stdin.resume();
  }

  readonly #onData = (chunk: Uint8Array): void => {
    this.#isAsked = false;
    const leave = this.isInteractive ? chunk.indexOf(LEAVE) : -1;
    const typed = leave < 0 ? chunk : chunk.subarray(0, leave);
    if (typed.length > 0) this.#listener(typed);
    if (leave >= 0) this.#stop.abort();
  };

  /** Said again and again: a guest whose console changes its mode just then forgets it. */
  readonly #onEnd = (): void => {
    const say = () => this.#listener(Uint8Array.of(END_OF_TRANSMISSION));
    say();
    this.#ending = setInterval(say, REPEAT_END_MS);
  };

  /** Nobody reads any more, as when "head" has enough. */
  readonly #onOutputError = (): void => {
    this.#stop.abort();
  };

  #onSignal(signal: Signal): void {
    if (this.#signal !== undefined) {
      this.close();
      this.#parts.exit(128 + constants.signals[signal]);
    }
    this.#signal ??= signal;
    this.#stop.abort();
  }

  #handle(event: string, handler: () => void): void {
    this.#handlers.push([event, handler]);
    this.#parts.on(event, handler);
  }
}

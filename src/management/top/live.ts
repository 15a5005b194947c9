/** The live display on a terminal: takes it over, draws, follows keys and sizes, and gives it back on every way out. */
import { constants } from 'node:os';
import type { TerminalParts } from '../terminal.ts';
import { firstState, keyHelp, type LiveState, press } from './keys.ts';
import { rowsBetween, type TopRows } from './rows.ts';
import type { TopSample } from './sample.ts';
import { drawScreen, type ScreenLine, type Size } from './screen.ts';

/** Alternate screen, cursor hidden; and back. Source: XTerm control sequences, DECSET 1049 and 25. */
const TAKE_OVER = '\x1b[?1049h\x1b[?25l';
const GIVE_BACK = '\x1b[0m\x1b[?25h\x1b[?1049l';
const ESCAPE = '\x1b';
const HOME = '\x1b[H';
const END_OF_LINE = '\x1b[K';
const END_OF_SCREEN = '\x1b[J';
const TITLE = '\x1b[7m';
const PLAIN = '\x1b[0m';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;
const DEFAULT_SIZE: Size = { columns: 80, rows: 24 };
/** A key as a terminal sends it: an escape sequence, or one character. */
const KEY = new RegExp(`${ESCAPE}(?:\\[[0-9;?]*[ -/]*[@-~]|O.)?|[^]`, 'gu');

/** Shows samples until the person leaves; resolves to the exit status. @throws what `sample` throws */
export class LiveTop {
  readonly #terminal: TerminalParts;
  readonly #sample: () => Promise<TopSample>;
  #state: LiveState;
  #before: TopSample | undefined;
  #rows: TopRows | undefined;
  #wake: () => void = () => {};
  #isOpen = false;
  #status = 0;

  constructor(terminal: TerminalParts, sample: () => Promise<TopSample>, intervalMs: number) {
    this.#terminal = terminal;
    this.#sample = sample;
    this.#state = firstState(intervalMs);
  }

  async run(): Promise<number> {
    this.#open();
    try {
      while (!this.#state.isOver) {
        await this.#look();
        await this.#pause();
      }
    } finally {
      this.#close();
    }
    return this.#status;
  }

  async #look(): Promise<void> {
    const after = await this.#sample();
    this.#rows = rowsBetween(this.#before, after);
    this.#before = after;
    this.#draw();
  }

  /** Until the next look is due, or asked for. */
  async #pause(): Promise<void> {
    if (this.#state.isOver) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, this.#state.intervalMs);
    this.#wake = resolve;
    await promise;
    clearTimeout(timer);
  }

  #open(): void {
    const { stdin, stdout } = this.#terminal;
    this.#isOpen = true;
    for (const signal of SIGNALS) this.#terminal.on(signal, this.#onSignal);
    this.#terminal.on('SIGCONT', this.#onContinue);
    this.#terminal.on('exit', this.#onExit);
    stdout.on('resize', this.#onResize);
    stdout.on('error', this.#onGone);
    stdin.on('end', this.#onGone);
    stdin.on('data', this.#onKeys);
    stdin.setRawMode(true);
    stdin.resume();
    stdout.write(TAKE_OVER);
  }

  #close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    const { stdin, stdout } = this.#terminal;
    for (const signal of SIGNALS) this.#terminal.off(signal, this.#onSignal);
    this.#terminal.off('SIGCONT', this.#onContinue);
    this.#terminal.off('exit', this.#onExit);
    stdout.off('resize', this.#onResize);
    stdout.off('error', this.#onGone);
    stdin.off('end', this.#onGone);
    stdin.off('data', this.#onKeys);
    stdin.pause();
    stdin.setRawMode(false);
    stdout.write(GIVE_BACK);
  }

  #draw(): void {
    if (!this.#isOpen || this.#rows === undefined) return;
    const { columns, rows } = this.#terminal.stdout;
    const size = columns > 0 && rows > 0 ? { columns, rows } : DEFAULT_SIZE;
    const lines = this.#state.isHelp
      ? keyHelp(this.#state.screen).map((text) => ({ text: text.slice(0, size.columns), isTitle: false }))
      : drawScreen(this.#rows, this.#state, size);
    this.#terminal.stdout.write(paint(lines.slice(0, size.rows), size.columns));
  }

  readonly #onKeys = (bytes: Uint8Array): void => {
    for (const [key] of Buffer.from(bytes).toString().matchAll(KEY)) this.#press(key);
    this.#draw();
  };

  #press(key: string): void {
    const before = this.#state;
    this.#state = press(before, key);
    const isLookWanted = key === ' ' && before.typed === undefined;
    if (this.#state.isOver || isLookWanted || this.#state.intervalMs !== before.intervalMs) this.#wake();
  }

  readonly #onResize = (): void => this.#draw();
  readonly #onExit = (): void => this.#close();
  readonly #onGone = (): void => this.#leave(0);
  readonly #onSignal = (signal: NodeJS.Signals): void => this.#leave(128 + constants.signals[signal]);

  readonly #onContinue = (): void => {
    this.#terminal.stdin.setRawMode(true);
    this.#terminal.stdout.write(TAKE_OVER);
    this.#draw();
  };

  #leave(status: number): void {
    this.#status = status;
    this.#state = { ...this.#state, isOver: true };
    this.#wake();
  }
}

/** The lines as they are sent to a terminal. */
export function paint(lines: readonly ScreenLine[], columns: number): string {
  const shown = lines.map(({ text, isTitle }) =>
    isTitle ? `${TITLE}${text.padEnd(columns)}${PLAIN}` : `${text}${END_OF_LINE}`,
  );
  return `${HOME}${shown.join('\r\n')}${END_OF_SCREEN}`;
}

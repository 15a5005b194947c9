/** One start of a machine: its boot, the rows it is asked for, its end; and why it ended when it was not to. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Command } from './machines.ts';
import { type GuestLine, parseGuestLine, type Reading } from './protocol.ts';

/** What came of a row: a reading, or why there is none. */
export type Outcome = Reading | { readonly failure: string };

/** How long the machine may say nothing of interest, in milliseconds. */
export interface Limits {
  readonly bootMsMax: number;
  readonly rowMsMax: number;
}

/** Why a machine gave no answer: it ended, or took too long and was ended. */
export class GuestTrouble extends Error {}

/** How much of what the machine said last is shown when it fails. */
const TAIL_LINES = 6;

/** A machine whose user space is up. */
export class GuestRun {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #limits: Limits;
  /** How it ended. */
  readonly #ending: Promise<string>;
  #hasEnded = false;
  /** Who waits for a message. */
  #listener: (message: GuestLine) => void = () => {};
  #tail: string[] = [];
  #bootSeconds = Number.NaN;

  /** Starts the machine and waits for its first line; `signal` ends it at once, whenever. @throws GuestTrouble */
  static async start(command: Command, limits: Limits, signal: AbortSignal): Promise<GuestRun> {
    const started = performance.now();
    const run = new GuestRun(command, limits, signal);
    await run.#next('the boot', limits.bootMsMax, ({ kind }) => (kind === 'up' ? true : undefined));
    run.#bootSeconds = (performance.now() - started) / 1000;
    return run;
  }

  private constructor(command: Command, limits: Limits, signal: AbortSignal) {
    this.#limits = limits;
    this.#child = spawn(command.file, command.arguments, {
      ...{ signal, env: { ...process.env, ...command.env } },
      killSignal: 'SIGKILL',
    });
    this.#ending = new Promise((resolve) => {
      this.#child.on('error', (error) => resolve(error.message));
      this.#child.on('close', (status, killedBy) =>
        resolve(`it ended with ${killedBy ?? `status ${status}`}`),
      );
    });
    void this.#ending.then(() => (this.#hasEnded = true));
    // Who waits for an answer to what it was told is told of its end.
    this.#child.stdin.on('error', () => {});
    createInterface({ input: this.#child.stderr }).on('line', (line) => this.#said(line));
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      const message = parseGuestLine(line);
      if (message === undefined) this.#said(line);
      else this.#listener(message);
    });
  }

  /** From the start of the program to the first user-space line. */
  get bootSeconds(): number {
    return this.#bootSeconds;
  }

  /** Whether it runs no rows any more. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Runs one row. A machine that takes too long over it is ended. */
  async run(row: string): Promise<Outcome> {
    this.#tail = [];
    let reading: Reading | undefined;
    const take = (message: GuestLine): number | undefined => {
      if (message.kind === 'row' && message.row === row) ({ reading } = message);
      return message.kind === 'end' && message.row === row ? message.status : undefined;
    };
    try {
      this.#child.stdin.write(`${row}\n`);
      const status = await this.#next(row, this.#limits.rowMsMax, take);
      if (status === 0 && reading !== undefined) return reading;
      return { failure: this.#explain(`its program ended with status ${status}`) };
    } catch (error) {
      if (error instanceof GuestTrouble) return { failure: error.message };
      throw error;
    }
  }

  /** Has the guest switch its machine off; a machine that does not is ended. */
  async close(): Promise<void> {
    this.#child.stdin.end('\n');
    const overdue = this.#expire('the end', this.#limits.rowMsMax);
    await this.#ending;
    overdue.settle();
  }

  /** The first message of which `take` makes something. @throws GuestTrouble */
  async #next<T>(what: string, msMax: number, take: (message: GuestLine) => T | undefined): Promise<T> {
    const found = Promise.withResolvers<T>();
    this.#listener = (message) => {
      const made = take(message);
      if (made !== undefined) found.resolve(made);
    };
    const overdue = this.#expire(what, msMax);
    void this.#ending.then((how) => found.reject(new GuestTrouble(this.#explain(overdue.why() ?? how))));
    try {
      return await found.promise;
    } finally {
      overdue.settle();
    }
  }

  /** Ends the machine when something takes too long. */
  #expire(what: string, ms: number): { readonly why: () => string | undefined; readonly settle: () => void } {
    let why: string | undefined;
    const timer = setTimeout(() => {
      why = `${what} took more than ${ms / 1000} s`;
      this.#child.kill('SIGKILL');
    }, ms);
    return { why: () => why, settle: () => clearTimeout(timer) };
  }

  /** Remembers what else the machine says, apart from the dots of the console row. */
  #said(line: string): void {
    const text = line.trim();
    if (text !== '' && !/^\.+$/.test(text)) this.#tail = [...this.#tail, text].slice(-TAIL_LINES);
  }

  #explain(how: string): string {
    return this.#tail.length === 0 ? how : `${how}; it said: ${this.#tail.join(' | ')}`;
  }
}

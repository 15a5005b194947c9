/** One start of a machine: its rows as the console tells them, and why it ended when it ended too early. */
import { spawn } from 'node:child_process';
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

export interface GuestRun {
  /** From the start of the program to the first user-space line; undefined when it never came. */
  readonly bootSeconds?: number;
  /** Rows that were begun, in their order. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** Why it ended before all rows were done; undefined when it did not. */
  readonly trouble?: string;
}

/** How much of what the machine said last is shown when it fails. */
const TAIL_LINES = 6;

/** Starts the machine and waits for its end; `signal` ends it at once. */
export async function runGuest(
  command: Command,
  rowCount: number,
  limits: Limits,
  onOutcome: (row: string, outcome: Outcome) => void,
  signal: AbortSignal,
): Promise<GuestRun> {
  const watcher = new GuestWatcher(onOutcome);
  const started = performance.now();
  const child = spawn(command.file, command.arguments, {
    stdio: ['pipe', 'pipe', 'pipe'],
    ...{ signal, env: { ...process.env, ...command.env } },
    killSignal: 'SIGKILL',
  });
  let overdue: string | undefined;
  const expire = (what: string, ms: number) =>
    setTimeout(() => {
      overdue = `${what} took more than ${ms / 1000} s`;
      child.kill('SIGKILL');
    }, ms);
  let timer = expire('the boot', limits.bootMsMax);
  createInterface({ input: child.stderr }).on('line', (line) => watcher.said(line));
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (!watcher.take(line, (performance.now() - started) / 1000)) return;
    clearTimeout(timer);
    timer = expire(watcher.current ?? 'what comes between rows', limits.rowMsMax);
  });
  const ended = await new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (status, killedBy) => resolve(`it ended with ${killedBy ?? `status ${status}`}`));
  });
  clearTimeout(timer);
  return watcher.finish(rowCount, overdue ?? ended);
}

/** Follows the lines of one start. */
class GuestWatcher {
  readonly #onOutcome: (row: string, outcome: Outcome) => void;
  readonly #outcomes = new Map<string, Outcome>();
  #bootSeconds: number | undefined;
  /** The row that runs. */
  #current: string | undefined;
  #tail: string[] = [];

  constructor(onOutcome: (row: string, outcome: Outcome) => void) {
    this.#onOutcome = onOutcome;
  }

  get current(): string | undefined {
    return this.#current;
  }

  /** Takes a line of the console, said `seconds` after the start. Whether it is one of ours. */
  take(line: string, seconds: number): boolean {
    const message = parseGuestLine(line);
    if (message === undefined) this.said(line);
    else if (message.kind === 'up') this.#bootSeconds ??= seconds;
    else this.#takeRow(message);
    return message !== undefined;
  }

  /** Remembers what else the machine says, apart from the dots of the console row. */
  said(line: string): void {
    const text = line.trim();
    if (text !== '' && !/^\.+$/.test(text)) this.#tail = [...this.#tail, text].slice(-TAIL_LINES);
  }

  finish(rowCount: number, how: string): GuestRun {
    const trouble =
      this.#current !== undefined || this.#outcomes.size < rowCount ? this.#explain(how) : undefined;
    if (this.#current !== undefined) this.#settle(this.#current, { failure: trouble ?? how });
    return {
      ...(this.#bootSeconds !== undefined && { bootSeconds: this.#bootSeconds }),
      outcomes: this.#outcomes,
      ...(trouble !== undefined && { trouble }),
    };
  }

  #takeRow(message: Exclude<GuestLine, { kind: 'up' }>): void {
    if (message.kind === 'begin') {
      this.#current = message.row;
      this.#tail = [];
    } else if (message.kind === 'row') {
      this.#settle(message.row, message.reading);
    } else {
      this.#current = undefined;
      if (message.status !== 0 || !this.#outcomes.has(message.row))
        this.#settle(message.row, {
          failure: this.#explain(`its program ended with status ${message.status}`),
        });
    }
  }

  #settle(row: string, outcome: Outcome): void {
    this.#outcomes.set(row, outcome);
    this.#onOutcome(row, outcome);
  }

  #explain(how: string): string {
    return this.#tail.length === 0 ? how : `${how}; it said: ${this.#tail.join(' | ')}`;
  }
}

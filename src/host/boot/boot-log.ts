/** Where a host's log records go: kept until its logs are there, then to them. */
import type { LogRecord, LogSink } from '#lib';

/** Kept records above this are dropped, oldest first: a boot that says more has other troubles. */
const MAX_KEPT = 10_000;

export class BootLog {
  #kept: LogRecord[] = [];
  #sink: LogSink | undefined;
  #dropped = 0;

  /** For the host's logger. */
  readonly sink: LogSink = (record) => {
    if (this.#sink) return this.#sink(record);
    this.#kept.push(record);
    if (this.#kept.length <= MAX_KEPT) return;
    this.#kept.shift();
    this.#dropped++;
  };

  /** The logs are there: they get what was kept, and all that comes. */
  join(sink: LogSink): void {
    for (const record of this.#kept) sink(record);
    this.#kept = [];
    this.#sink = sink;
  }

  /** The logs end: what comes is kept again. */
  leave(): void {
    this.#sink = undefined;
  }

  /** What was kept as lines, for a boot that failed before its logs were there. */
  lines(): string[] {
    const lines = this.#kept.map(({ level, source, message }) => `${source}: ${level}: ${message}`);
    return this.#dropped === 0 ? lines : [`${this.#dropped} earlier lines were dropped`, ...lines];
  }
}

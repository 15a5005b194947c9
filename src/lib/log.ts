/** A logger: records with a level and a source, given to a sink. */
import type { Clock } from './clock.ts';

/** Levels from the most to the least urgent. */
export const LOG_LEVELS = ['error', 'warning', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** One line of a log, as plain data. */
export interface LogRecord {
  readonly level: LogLevel;
  /** Who says it, from the outside in: `vm-1.uart`. */
  readonly source: string;
  readonly message: string;
  /** Nanoseconds since 1970. */
  readonly wallNanoseconds: bigint;
}

/** Where records go. */
export type LogSink = (record: LogRecord) => void;

/** Says things at a level on behalf of one source. */
export class Logger {
  readonly #source: string;
  readonly #sink: LogSink;
  readonly #clock: Pick<Clock, 'wallNanoseconds'>;
  readonly #threshold: number;

  /** @param level - the least urgent level that still reaches the sink. */
  constructor(
    source: string,
    sink: LogSink,
    clock: Pick<Clock, 'wallNanoseconds'>,
    level: LogLevel = 'info',
  ) {
    this.#source = source;
    this.#sink = sink;
    this.#clock = clock;
    this.#threshold = LOG_LEVELS.indexOf(level);
  }

  /** A logger for a part of this source: same sink, same level. */
  child(name: string): Logger {
    const level = LOG_LEVELS[this.#threshold] as LogLevel;
    return new Logger(`${this.#source}.${name}`, this.#sink, this.#clock, level);
  }

  /** Whether records of this level reach the sink: ask before an expensive message is built. */
  enabled(level: LogLevel): boolean {
    return LOG_LEVELS.indexOf(level) <= this.#threshold;
  }

  log(level: LogLevel, message: string): void {
    if (!this.enabled(level)) return;
    this.#sink({ level, source: this.#source, message, wallNanoseconds: this.#clock.wallNanoseconds() });
  }

  error(message: string): void {
    this.log('error', message);
  }

  warning(message: string): void {
    this.log('warning', message);
  }

  info(message: string): void {
    this.log('info', message);
  }

  debug(message: string): void {
    this.log('debug', message);
  }
}

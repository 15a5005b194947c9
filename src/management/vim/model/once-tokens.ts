/** What somebody may have once, and for a while, who knows a token that nobody can guess. */
import { randomBytes } from 'node:crypto';

export interface OnceTokensOptions {
  readonly nowMs: () => number;
  readonly tokenBytes: number;
  readonly lifeMs: number;
  readonly waitingMax: number;
  /** The oldest goes when there are too many; else no more are taken in. */
  readonly dropsOldest?: boolean;
}

interface Waiting<T> {
  readonly value: T;
  readonly untilMs: number;
}

export class OnceTokens<T> {
  readonly #options: OnceTokensOptions;
  readonly #waiting = new Map<string, Waiting<T>>();

  constructor(options: OnceTokensOptions) {
    this.#options = options;
  }

  /** The token, in hexadecimal; undefined when too many wait. */
  open(value: T): string | undefined {
    const { nowMs, tokenBytes, lifeMs, waitingMax, dropsOldest } = this.#options;
    const now = nowMs();
    for (const [token, { untilMs }] of this.#waiting) if (untilMs <= now) this.#waiting.delete(token);
    if (this.#waiting.size >= waitingMax) {
      const [oldest] = this.#waiting.keys();
      if (!dropsOldest || oldest === undefined) return undefined;
      this.#waiting.delete(oldest);
    }
    const token = randomBytes(tokenBytes).toString('hex');
    this.#waiting.set(token, { value, untilMs: now + lifeMs });
    return token;
  }

  /** What a token stands for, which is worth nothing any more; it stays for whom `isIt` refuses. */
  take<Taken extends T>(token: string, isIt: (value: T) => value is Taken): Taken | undefined;
  take(token: string, isIt?: (value: T) => boolean): T | undefined;
  take(token: string, isIt: (value: T) => boolean = () => true): T | undefined {
    const found = this.#waiting.get(token);
    if (found === undefined || found.untilMs <= this.#options.nowMs() || !isIt(found.value)) return undefined;
    this.#waiting.delete(token);
    return found.value;
  }
}

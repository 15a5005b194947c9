/** Tickets for consoles: each is good once, and for a minute. */
import { randomBytes } from 'node:crypto';

const TOKEN_BYTES = 16;
const LIFE_MS = 60_000;
const MAX_WAITING = 1000;

export class ConsoleTickets {
  readonly #waiting = new Map<string, { readonly vm: string; readonly untilMs: number }>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** A ticket for the console of that VM; undefined when too many wait. */
  open(vm: string): string | undefined {
    const nowMs = this.#nowMs();
    for (const [ticket, { untilMs }] of this.#waiting) if (untilMs <= nowMs) this.#waiting.delete(ticket);
    if (this.#waiting.size >= MAX_WAITING) return undefined;
    const ticket = randomBytes(TOKEN_BYTES).toString('hex');
    this.#waiting.set(ticket, { vm, untilMs: nowMs + LIFE_MS });
    return ticket;
  }

  /** The VM that a ticket is for, which is worth nothing any more. */
  take(ticket: string): string | undefined {
    const found = this.#waiting.get(ticket);
    this.#waiting.delete(ticket);
    return found !== undefined && found.untilMs > this.#nowMs() ? found.vm : undefined;
  }
}

/** Files on their way between a client and a guest: a random token in a URL stands for the right to one of them, once. */
import { randomBytes } from 'node:crypto';
import type { GuestUser } from './guest-login.ts';

interface FromGuest extends GuestUser {
  readonly direction: 'from-guest';
  readonly path: string;
}

interface ToGuest extends GuestUser {
  readonly direction: 'to-guest';
  /** Where it is put first. */
  readonly path: string;
  readonly bytes: number;
  /** The script that puts it where it belongs. */
  readonly finish: string;
}

export type GuestTransfer = FromGuest | ToGuest;
type Waiting = GuestTransfer & { readonly untilMs: number };

const TOKEN_BYTES = 32;
const LIFE_MS = 600_000;
const MAX_WAITING = 1000;

export class GuestTransfers {
  readonly #waiting = new Map<string, Waiting>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** The token of a transfer; undefined when too many wait. */
  open(transfer: GuestTransfer): string | undefined {
    const nowMs = this.#nowMs();
    for (const [token, { untilMs }] of this.#waiting) if (untilMs <= nowMs) this.#waiting.delete(token);
    if (this.#waiting.size >= MAX_WAITING) return undefined;
    const token = randomBytes(TOKEN_BYTES).toString('hex');
    this.#waiting.set(token, { ...transfer, untilMs: nowMs + LIFE_MS });
    return token;
  }

  /** Takes a transfer up; its token is worth nothing any more. */
  take<Direction extends GuestTransfer['direction']>(
    token: string,
    direction: Direction,
  ): Extract<GuestTransfer, { direction: Direction }> | undefined {
    const found = this.#waiting.get(token);
    if (found === undefined || found.direction !== direction || found.untilMs <= this.#nowMs())
      return undefined;
    this.#waiting.delete(token);
    return found as Extract<Waiting, { direction: Direction }>;
  }
}

/** Files on their way between a client and a guest: a random token in a URL stands for the right to one of them, once. */
import { OnceTokens } from '../model/once-tokens.ts';
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

const LIMITS = { tokenBytes: 32, lifeMs: 600_000, waitingMax: 1000 };

export class GuestTransfers {
  readonly #tokens: OnceTokens<GuestTransfer>;

  constructor(nowMs: () => number) {
    this.#tokens = new OnceTokens({ nowMs, ...LIMITS });
  }

  /** The token of a transfer; undefined when too many wait. */
  open(transfer: GuestTransfer): string | undefined {
    return this.#tokens.open(transfer);
  }

  /** Takes a transfer up; its token is worth nothing any more. */
  take<Direction extends GuestTransfer['direction']>(
    token: string,
    direction: Direction,
  ): Extract<GuestTransfer, { direction: Direction }> | undefined {
    type Wanted = Extract<GuestTransfer, { direction: Direction }>;
    return this.#tokens.take(token, (one): one is Wanted => one.direction === direction);
  }
}

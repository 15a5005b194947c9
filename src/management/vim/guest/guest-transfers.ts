/** Files on their way between a client and a guest: a random token in a URL stands for the right to one of them, once. */
import { randomBytes } from 'node:crypto';
import type { VmObject } from '../vm/vm-object.ts';

export interface GuestTransfer {
  readonly vm: VmObject;
  readonly path: string;
  readonly direction: 'from-guest' | 'to-guest';
  /** Of the file, as it is known before. */
  readonly bytes: number;
  /** Run in the guest when the file is there. */
  readonly afterwards?: string;
}

interface Waiting extends GuestTransfer {
  readonly untilMs: number;
}

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
  take(token: string, direction: GuestTransfer['direction']): GuestTransfer | undefined {
    const found = this.#waiting.get(token);
    if (found === undefined || found.direction !== direction || found.untilMs <= this.#nowMs())
      return undefined;
    this.#waiting.delete(token);
    return found;
  }
}

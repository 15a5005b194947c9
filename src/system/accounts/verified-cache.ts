/** Passwords that were found right a moment ago, so that clients which send them with each request do not cost a hash each. */
import { createHmac } from 'node:crypto';
import type { Clock, Random } from '#lib';

const LIFETIME_NANOSECONDS = 60_000_000_000n;
const MAX_ENTRIES = 256;
const KEY_BYTES = 32;

/** Keeps no password: only keyed digests of user, password and hash, so that a changed hash is another entry. */
export class VerifiedCache {
  readonly #clock: Pick<Clock, 'nowNanoseconds'>;
  readonly #key = new Uint8Array(KEY_BYTES);
  /** When each digest ends; the oldest first. */
  readonly #ends = new Map<string, bigint>();

  constructor(clock: Pick<Clock, 'nowNanoseconds'>, random: Random) {
    this.#clock = clock;
    random.fill(this.#key);
  }

  has(user: string, password: string, hash: string): boolean {
    const end = this.#ends.get(this.#digest(user, password, hash));
    return end !== undefined && this.#clock.nowNanoseconds() < end;
  }

  add(user: string, password: string, hash: string): void {
    const digest = this.#digest(user, password, hash);
    this.#ends.delete(digest);
    this.#ends.set(digest, this.#clock.nowNanoseconds() + LIFETIME_NANOSECONDS);
    const [oldest] = this.#ends.keys();
    if (this.#ends.size > MAX_ENTRIES && oldest !== undefined) this.#ends.delete(oldest);
  }

  #digest(...parts: readonly string[]): string {
    const hmac = createHmac('sha256', this.#key);
    for (const part of parts) hmac.update(`${part.length}:${part}`);
    return hmac.digest('base64');
  }
}

/** Makes and verifies password hashes without holding up the event loop: in slices, and only so many at a time. */
import { timingSafeEqual } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Random } from '#lib';
import { CRYPT_ALPHABET } from './base64.ts';
import { isLockedHash, schemeOf } from './schemes.ts';
import { DEFAULT_ROUNDS, parseShaSetting, type ShaCryptSetting, shaCrypt } from './sha-crypt.ts';

/** libcrypt's own limit. Source: crypt(3), CRYPT_MAX_PASSPHRASE_SIZE. */
export const MAX_PASSWORD_BYTES = 511;
/** About 1 ms of work. */
const STEP_ROUNDS = 1000;
/** More than an administrator would set: verifying takes 6 s. */
const MAX_ROUNDS = 5_000_000;
const SALT_LENGTH = 16;
const MAX_PARALLEL = 2;
/** Who comes when so many wait is sent away: 1,000 waiters are 6 s of work. */
const MAX_WAITING = 1000;

/** Computes hashes that we do not: the C library's crypt(3), on another thread. Undefined when it cannot. */
export type SystemCrypt = (password: Uint8Array, setting: string) => Promise<string | undefined>;

/** What a verification ends with; `unsupported` carries the kind of hash. */
export type Verdict =
  | { readonly kind: 'match' }
  | { readonly kind: 'mismatch' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'unsupported'; readonly scheme: string };

/** Hashes and verifies. */
export class PasswordHasher {
  readonly #random: Random;
  readonly #system: SystemCrypt | undefined;
  /** What a user who does not exist is verified against: never matches, costs the same. */
  readonly #dummy: ShaCryptSetting;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(random: Random, system?: SystemCrypt) {
    this.#random = random;
    this.#system = system;
    this.#dummy = { id: 6, rounds: DEFAULT_ROUNDS, explicit: false, salt: this.#salt() };
  }

  /** A new `$6$` hash with a random salt; undefined when the password cannot be one: too long, or with a NUL. */
  async hash(password: string): Promise<string | undefined> {
    const bytes = usable(password);
    if (bytes === undefined) return undefined;
    return this.#limited(() =>
      sliced(bytes, { id: 6, rounds: DEFAULT_ROUNDS, explicit: false, salt: this.#salt() }),
    );
  }

  /** Verifies; with no hash, or one that cannot match, it takes as long as with one. */
  async verify(password: string, hash: string | undefined): Promise<Verdict> {
    const verdict = await this.#limited(() => this.#verify(password, hash));
    return verdict ?? { kind: 'busy' };
  }

  async #verify(password: string, hash: string | undefined): Promise<Verdict> {
    const bytes = usable(password);
    const scheme = hash === undefined || isLockedHash(hash) ? undefined : schemeOf(hash);
    const setting = hash === undefined ? undefined : parseShaSetting(hash);
    if (bytes !== undefined && scheme?.support === 'system' && hash !== undefined) {
      const made = await this.#system?.(bytes, hash);
      if (made === undefined) return this.#pretend(bytes, { kind: 'unsupported', scheme: scheme.name });
      return { kind: constantTimeEqual(made, hash) ? 'match' : 'mismatch' };
    }
    if (bytes === undefined || scheme === undefined || hash === undefined) {
      const isStrange = hash !== undefined && !isLockedHash(hash) && scheme === undefined;
      return this.#pretend(
        bytes,
        isStrange ? { kind: 'unsupported', scheme: 'an unknown kind' } : { kind: 'mismatch' },
      );
    }
    if (setting === undefined || setting.rounds > MAX_ROUNDS) {
      return this.#pretend(bytes, { kind: 'unsupported', scheme: `${scheme.name} with such a setting` });
    }
    return { kind: constantTimeEqual(await sliced(bytes, setting), hash) ? 'match' : 'mismatch' };
  }

  async #pretend(bytes: Uint8Array | undefined, verdict: Verdict): Promise<Verdict> {
    await sliced(bytes ?? new Uint8Array(8), this.#dummy);
    return verdict;
  }

  /** Runs `action` when fewer than MAX_PARALLEL run; undefined when too many wait already. */
  async #limited<T>(action: () => Promise<T>): Promise<T | undefined> {
    if (this.#running >= MAX_PARALLEL) {
      if (this.#waiting.length >= MAX_WAITING) return undefined;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else {
      this.#running++;
    }
    try {
      return await action();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#running--;
      else next();
    }
  }

  #salt(): string {
    return Array.from({ length: SALT_LENGTH }, () => CRYPT_ALPHABET[this.#random.below(64)]).join('');
  }
}

async function sliced(password: Uint8Array, setting: ShaCryptSetting): Promise<string> {
  const work = shaCrypt(password, setting, STEP_ROUNDS);
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    await setImmediate();
  }
}

/** The bytes of a password as crypt(3) takes it; undefined for what it cannot take. */
function usable(password: string): Uint8Array | undefined {
  const bytes = new TextEncoder().encode(password);
  return bytes.length > MAX_PASSWORD_BYTES || bytes.includes(0) ? undefined : bytes;
}

function constantTimeEqual(a: string, b: string): boolean {
  const [left, right] = [new TextEncoder().encode(a), new TextEncoder().encode(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

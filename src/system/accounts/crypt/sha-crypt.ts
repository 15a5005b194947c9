/** crypt(3) with SHA-256 (`$5$`) and SHA-512 (`$6$`). Source: Drepper, "Unix crypt using SHA-256 and SHA-512", 2007. */
import { hash } from 'node:crypto';
import { concatBytes } from '#lib';
import { cryptBase64 } from './base64.ts';

/** What the two methods differ in. */
interface Method {
  readonly algorithm: 'sha256' | 'sha512';
  readonly digestBytes: number;
  /** The bytes of the digest in the order in which they are printed, three for four characters. */
  readonly order: readonly (readonly number[])[];
}

// biome-ignore format: a table reads in columns
const SHA256_ORDER = [
  [0, 10, 20], [21, 1, 11], [12, 22, 2], [3, 13, 23], [24, 4, 14],
  [15, 25, 5], [6, 16, 26], [27, 7, 17], [18, 28, 8], [9, 19, 29], [31, 30],
];

/** Byte i of each third of the digest, turned by one place with each group. */
const SHA512_ORDER = [...Array.from({ length: 21 }, (_, i) => turned([i, i + 21, i + 42], i)), [63]];

const METHODS: Readonly<Record<ShaCryptSetting['id'], Method>> = {
  5: { algorithm: 'sha256', digestBytes: 32, order: SHA256_ORDER },
  6: { algorithm: 'sha512', digestBytes: 64, order: SHA512_ORDER },
};

export const DEFAULT_ROUNDS = 5000;
const MIN_ROUNDS = 1000;
const MAX_ROUNDS = 999_999_999;
const MAX_SALT_BYTES = 16;

/** The part of a hash before its last `$`. */
export interface ShaCryptSetting {
  readonly id: 5 | 6;
  readonly rounds: number;
  /** Whether the rounds are written. */
  readonly explicit: boolean;
  /** At most 16 bytes; more has been cut off. */
  readonly salt: string;
}

/** Parses `$6$salt` or `$6$rounds=N$salt`, with or without `$hash` after it; undefined when it is neither. */
export function parseShaSetting(text: string): ShaCryptSetting | undefined {
  const match = /^\$([56])\$(?:rounds=(\d{1,9})\$)?([^$:\n]*)(?:\$[./0-9A-Za-z]*)?$/.exec(text);
  if (match === null || (match[2] === undefined && match[3]?.startsWith('rounds='))) return undefined;
  const rounds = match[2] === undefined ? DEFAULT_ROUNDS : Number(match[2]);
  return {
    id: match[1] === '5' ? 5 : 6,
    rounds: Math.min(Math.max(rounds, MIN_ROUNDS), MAX_ROUNDS),
    explicit: match[2] !== undefined,
    salt: (match[3] as string).slice(0, MAX_SALT_BYTES),
  };
}

/** Hashes in bounded steps: yields after each `stepRounds` rounds, returns the whole `$6$…` text. */
export function* shaCrypt(
  password: Uint8Array,
  setting: ShaCryptSetting,
  stepRounds: number,
): Generator<void, string> {
  const { algorithm, digestBytes, order } = METHODS[setting.id];
  const digest = (...parts: readonly Uint8Array[]): Uint8Array =>
    hash(algorithm, parts.length === 1 ? (parts[0] as Uint8Array) : concatBytes(parts), 'buffer');
  const salt = new TextEncoder().encode(setting.salt);
  const a = digestA(password, salt, digest, digestBytes);
  const p = repeated(digest(repeated(password, password.length * password.length)), password.length);
  const s = repeated(digest(repeated(salt, salt.length * (16 + (a[0] as number)))), salt.length);
  const work = roundBuffers(p, s, digestBytes);
  let c = a;
  for (let round = 0; round < setting.rounds; round++) {
    const { buffer, place } = work[round % work.length] as RoundBuffer;
    buffer.set(c, place);
    c = hash(algorithm, buffer, 'buffer');
    if ((round + 1) % stepRounds === 0) yield;
  }
  const rounds = setting.explicit ? `rounds=${setting.rounds}$` : '';
  return `$${setting.id}$${rounds}${setting.salt}$${cryptBase64(c, order)}`;
}

/** Steps 1 to 12. */
function digestA(
  password: Uint8Array,
  salt: Uint8Array,
  digest: (...parts: readonly Uint8Array[]) => Uint8Array,
  digestBytes: number,
): Uint8Array {
  const b = digest(password, salt, password);
  const parts = [password, salt, repeated(b, password.length, digestBytes)];
  for (let bits = password.length; bits > 0; bits >>= 1) parts.push((bits & 1) === 1 ? b : password);
  return digest(...parts);
}

/** What is hashed in a round: fixed but for the digest of the round before. */
interface RoundBuffer {
  readonly buffer: Uint8Array;
  /** Where that digest stands. */
  readonly place: number;
}

/** The 42 forms that step 21 takes: by whether the round is odd, and its remainders by 3 and 7. */
function roundBuffers(p: Uint8Array, s: Uint8Array, digestBytes: number): RoundBuffer[] {
  return Array.from({ length: 42 }, (_, round) => {
    const odd = round % 2 === 1;
    const middle = [...(round % 3 === 0 ? [] : [s]), ...(round % 7 === 0 ? [] : [p])];
    const before = new Uint8Array(digestBytes);
    const buffer = concatBytes([odd ? p : before, ...middle, odd ? before : p]);
    return { buffer, place: odd ? buffer.length - digestBytes : 0 };
  });
}

/** `bytes` over and over until there are `length` of them. */
function repeated(bytes: Uint8Array, length: number, period = bytes.length): Uint8Array {
  const result = new Uint8Array(length);
  for (let i = 0; i < length; i += period) result.set(bytes.subarray(0, Math.min(period, length - i)), i);
  return result;
}

function turned(group: readonly number[], by: number): number[] {
  return group.map((_, i) => group[(i + by) % group.length] as number);
}

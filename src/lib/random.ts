/** Chance as it is handed to who needs it: a `Random`, and a generator that repeats itself from its seed. */

/** Where chance comes from. */
export interface Random {
  /** An integer in 0 … 2³²−1. */
  nextU32(): number;
  /** An integer in 0 … 2⁶⁴−1. */
  nextU64(): bigint;
  /** An integer in 0 … bound−1; `bound` is 1 … 2³². */
  below(bound: number): number;
  /** Fills all of `bytes`. */
  fill(bytes: Uint8Array): void;
}

/** What a `SeededRandom` can be continued from. */
export type SeededRandomState = readonly [number, number, number, number];

/**
 * xoshiro128**: small, fast, and the same on every machine. Not for secrets.
 * Source: Blackman and Vigna, "Scrambled Linear Pseudorandom Number Generators", 2021; seeded by splitmix32.
 */
export class SeededRandom implements Random {
  readonly #state: Uint32Array;

  constructor(seed: number | SeededRandomState) {
    this.#state = typeof seed === 'number' ? expandSeed(seed) : Uint32Array.from(seed);
    if (this.#state.every((word) => word === 0)) throw new RangeError('the state must not be all zero');
  }

  nextU32(): number {
    const s = this.#state as Uint32Array & SeededRandomState;
    const result = Math.imul(rotateLeft(Math.imul(s[1], 5), 7), 9) >>> 0;
    const shifted = s[1] << 9;
    this.#state[2] = s[2] ^ s[0];
    this.#state[3] = s[3] ^ s[1];
    this.#state[1] = s[1] ^ s[2];
    this.#state[0] = s[0] ^ s[3];
    this.#state[2] = s[2] ^ shifted;
    this.#state[3] = rotateLeft(s[3], 11);
    return result;
  }

  nextU64(): bigint {
    const high = BigInt(this.nextU32());
    return (high << 32n) | BigInt(this.nextU32());
  }

  below(bound: number): number {
    if (!Number.isInteger(bound) || bound < 1 || bound > 2 ** 32) {
      throw new RangeError(`bound ${bound} is not an integer in 1 … 2^32`);
    }
    // Values past the last whole multiple of the bound would favour small results.
    const limit = 2 ** 32 - (2 ** 32 % bound);
    for (;;) {
      const value = this.nextU32();
      if (value < limit) return value % bound;
    }
  }

  fill(bytes: Uint8Array): void {
    let word = 0;
    for (let i = 0; i < bytes.length; i++) {
      word = i % 4 === 0 ? this.nextU32() : word >>> 8;
      bytes[i] = word;
    }
  }

  /** The state to continue from, as plain data. */
  save(): SeededRandomState {
    return [...this.#state] as unknown as SeededRandomState;
  }
}

function rotateLeft(value: number, count: number): number {
  return (value << count) | (value >>> (32 - count));
}

/** Spreads a 32-bit seed over 128 bits. Source: Steele, Lea and Flood, SplitMix, in its 32-bit form. */
function expandSeed(seed: number): Uint32Array {
  let x = seed | 0;
  return Uint32Array.from({ length: 4 }, () => {
    x = (x + 0x9e3779b9) | 0;
    let z = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return z ^ (z >>> 15);
  });
}

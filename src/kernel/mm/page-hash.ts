/** A fast hash of a page's content, and the comparison that confirms it. Not cryptographic: equal hashes are only a hint. */
import { PAGE_BYTES } from '#riscv/size';

const WORDS = PAGE_BYTES / 4;
/** Source: Appleby, MurmurHash3, constants of the 32-bit and 128-bit variants. */
const FIRST = 0xcc9e_2d51 | 0;
const SECOND = 0x1b87_3593;
const THIRD = 0x85eb_ca6b | 0;
const FOURTH = 0xc2b2_ae35 | 0;

const mixed = (value: number): number => {
  let x = value ^ (value >>> 16);
  x = Math.imul(x, THIRD);
  x ^= x >>> 13;
  x = Math.imul(x, FOURTH);
  return x ^ (x >>> 16);
};

/** Looks at pages of one machine memory by their number. */
export class PageHash {
  /** Of the page hashed last: 64 bits in two. */
  low = 0;
  high = 0;
  readonly #words: Int32Array;

  constructor(memory: ArrayBufferLike) {
    this.#words = new Int32Array(memory);
  }

  isZero(mpn: number): boolean {
    const words = this.#words;
    const start = mpn * WORDS;
    for (let at = start; at < start + WORDS; at += 4) {
      const some =
        (words[at] as number) |
        (words[at + 1] as number) |
        (words[at + 2] as number) |
        (words[at + 3] as number);
      if (some !== 0) return false;
    }
    return true;
  }

  /** Puts the hash of a page's content, under a salt, into `low` and `high`. Four lanes, since each waits for itself. */
  hash(mpn: number, salt: number): void {
    const words = this.#words;
    const start = mpn * WORDS;
    let [a, b, c, d] = [salt, salt ^ FIRST, salt ^ SECOND, salt ^ THIRD];
    for (let at = start; at < start + WORDS; at += 4) {
      a = Math.imul(a ^ (words[at] as number), FIRST);
      b = Math.imul(b ^ (words[at + 1] as number), SECOND);
      c = Math.imul(c ^ (words[at + 2] as number), THIRD);
      d = Math.imul(d ^ (words[at + 3] as number), FOURTH);
      // The high bits of a product depend on all bits, its low bits on the low ones only.
      a ^= a >>> 15;
      b ^= b >>> 15;
      c ^= c >>> 15;
      d ^= d >>> 15;
    }
    this.low = mixed(a ^ mixed(b));
    this.high = mixed(c ^ mixed(d ^ this.low));
  }

  isEqual(one: number, other: number): boolean {
    const words = this.#words;
    const [a, b] = [one * WORDS, other * WORDS];
    for (let i = 0; i < WORDS; i++) if (words[a + i] !== words[b + i]) return false;
    return true;
  }
}

/**
 * What threads share of a hart beside its context: words behind it in machine memory. Whoever runs the hart owns the
 * context; everybody else leaves word here, and it is read before the hart runs again.
 *
 * Protocol: `enter` comes before the look at what was posted, `post` before the look at `isInside`; so either the runner
 * sees what was posted, or the poster sees that the hart is inside and waits until it comes out (at most a slice).
 */
import { CONTEXT_BYTES } from '#riscv/size';

const ALIGNMENT = 64;
const WORDS_AT = Math.ceil(CONTEXT_BYTES / ALIGNMENT) * ALIGNMENT;
export const HART_WORDS = 16;
/** Bytes of a hart in machine memory: its context and these words. */
export const HART_BYTES = WORDS_AT + HART_WORDS * 4;

const Word = {
  status: 0,
  waiting: 1,
  posted: 2,
  external: 3,
  inside: 4,
  exit: 5,
  resumeLow: 6,
  resumeHigh: 7,
  opaqueLow: 8,
  opaqueHigh: 9,
} as const;

/** What others ask of a hart, as bits. */
export const Post = {
  /** An inter-processor interrupt. */
  interrupt: 1,
  /** Translations shall be dropped. */
  fence: 2,
  /** Code shall be fetched anew. */
  fenceCode: 4,
} as const;

/** How long `waitOutside` sleeps at a time. */
const WAIT_MS = 1;

export class HartWords {
  readonly #words: Int32Array;

  /** @param words - HART_WORDS of them, shared and zero at first. */
  constructor(words: Int32Array) {
    this.#words = words;
  }

  /** Those of the hart whose context is at `address`. */
  static of(memory: ArrayBufferLike, address: number): HartWords {
    return new HartWords(new Int32Array(memory, address + WORDS_AT, HART_WORDS));
  }

  get status(): number {
    return Atomics.load(this.#words, Word.status);
  }
  set status(value: number) {
    Atomics.store(this.#words, Word.status, value);
  }

  /** Changes the status if it is still the one seen. */
  changeStatus(seen: number, wanted: number): boolean {
    return Atomics.compareExchange(this.#words, Word.status, seen, wanted) === seen;
  }

  get isWaiting(): boolean {
    return Atomics.load(this.#words, Word.waiting) !== 0;
  }
  set isWaiting(value: boolean) {
    Atomics.store(this.#words, Word.waiting, value ? 1 : 0);
  }

  /** Asks something of the hart. */
  post(bits: number): void {
    Atomics.or(this.#words, Word.posted, bits);
  }

  /** What is asked, and not taken yet. */
  get posted(): number {
    return Atomics.load(this.#words, Word.posted);
  }

  /** Takes those of these bits that are posted. */
  takePosted(bits: number): number {
    return (this.posted & bits) === 0 ? 0 : Atomics.and(this.#words, Word.posted, ~bits) & bits;
  }

  /** The wire from the interrupt controller. */
  get external(): boolean {
    return Atomics.load(this.#words, Word.external) !== 0;
  }
  set external(level: boolean) {
    Atomics.store(this.#words, Word.external, level ? 1 : 0);
  }

  /** The reason for which the hart left its last run, for who deals with it on another thread. */
  get exit(): number {
    return Atomics.load(this.#words, Word.exit);
  }
  set exit(reason: number) {
    Atomics.store(this.#words, Word.exit, reason);
  }

  /** Where a suspended hart goes on, and its a1. */
  get resume(): { address: bigint; opaque: bigint } {
    return { address: this.#get64(Word.resumeLow), opaque: this.#get64(Word.opaqueLow) };
  }
  set resume({ address, opaque }: { address: bigint; opaque: bigint }) {
    this.#set64(Word.resumeLow, address);
    this.#set64(Word.opaqueLow, opaque);
  }

  /** A run begins: from now on others wait for its end before they take what it may use. */
  enter(): void {
    Atomics.store(this.#words, Word.inside, 1);
  }

  leave(): void {
    Atomics.store(this.#words, Word.inside, 0);
    Atomics.notify(this.#words, Word.inside);
  }

  get isInside(): boolean {
    return Atomics.load(this.#words, Word.inside) !== 0;
  }

  /** Returns when the hart is in no run, or has been out of the one that was under way. Never called from inside. */
  waitOutside(): void {
    while (this.isInside) if (Atomics.wait(this.#words, Word.inside, 1, WAIT_MS) !== 'timed-out') return;
  }

  /** As at power-on. */
  reset(): void {
    this.#words.fill(0);
  }

  #get64(at: number): bigint {
    const [low, high] = [this.#words[at] as number, this.#words[at + 1] as number];
    return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
  }

  #set64(at: number, value: bigint): void {
    this.#words[at] = Number(BigInt.asIntN(32, value));
    this.#words[at + 1] = Number(BigInt.asIntN(32, value >> 32n));
  }
}

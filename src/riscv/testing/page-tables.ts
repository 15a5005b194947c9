/** Page tables for tests: Sv39 or Sv48, built from the top of RAM downwards. */
import { PAGE_BYTES } from '../hart/page-map.ts';
import { RAM, RAM_PAGES, type TestHart } from './hart.ts';

const [V, R, W, X, U, G, A, D] = [1, 2, 4, 8, 16, 32, 64, 128] as const;

/** Bits of a leaf; A and D are set unless a test takes them out. */
export const Leaf = {
  R: V | R | A,
  RW: V | R | W | A | D,
  RX: V | R | X | A,
  X: V | X | A,
  RWX: V | R | W | X | A | D,
  User: U,
  Global: G,
  Accessed: A,
  Dirty: D,
} as const;

const PAGE = BigInt(PAGE_BYTES);
const LEVELS = { 8: 3, 9: 4 } as const;

export class Tables {
  readonly #hart: TestHart;
  readonly #mode: 8 | 9;
  readonly #root: bigint;
  #next = RAM + BigInt(RAM_PAGES) * PAGE;

  /**
   * @param mode of satp: 8 is Sv39, 9 is Sv48.
   * @param below where other tables begin already.
   */
  constructor(hart: TestHart, mode: 8 | 9, below?: Tables) {
    this.#hart = hart;
    this.#mode = mode;
    if (below) this.#next = below.#next;
    this.#root = this.#take();
  }

  /** satp with these tables. */
  satp(asid = 0): bigint {
    return (BigInt(this.#mode) << 60n) | (BigInt(asid) << 44n) | (this.#root >> 12n);
  }

  /** Maps neighbouring pages of 4 KiB. */
  map(address: bigint, physical: bigint, bits: number, pages = 1): void {
    for (let i = 0n; i < BigInt(pages); i++) this.set(address + i * PAGE, physical + i * PAGE, bits);
  }

  /** Writes the leaf of an address. @param level 0 for 4 KiB, 1 for 2 MiB, 2 for 1 GiB. */
  set(address: bigint, physical: bigint, bits: number, level = 0): void {
    this.#hart.write64(this.entry(address, level), ((physical >> 12n) << 10n) | BigInt(bits));
  }

  /** Guest-physical address of an address's leaf; tables on the way to it are made. */
  entry(address: bigint, level = 0): bigint {
    let table = this.#root;
    for (let at = LEVELS[this.#mode] - 1; at > level; at--) {
      const place = table + 8n * ((address >> BigInt(12 + 9 * at)) & 511n);
      const pte = this.#hart.read64(place);
      table = pte === 0n ? this.#take() : (pte >> 10n) << 12n;
      if (pte === 0n) this.#hart.write64(place, ((table >> 12n) << 10n) | BigInt(V));
    }
    return table + 8n * ((address >> BigInt(12 + 9 * level)) & 511n);
  }

  #take(): bigint {
    this.#next -= PAGE;
    return this.#next;
  }
}

/** Builds page tables in a case's RAM. Source: Privileged ISA 20241017 §10.3–10.5. */
import { PAGE_BYTES } from '../hart/page-map.ts';
import type { Case } from './case.ts';
import { pageAddress } from './case.ts';

export const Pte = { V: 1n, R: 2n, W: 4n, X: 8n, U: 16n, G: 32n, A: 64n, D: 128n } as const;
/** What a kernel's own page usually has: all rights, used and written before. */
export const ALL = Pte.V | Pte.R | Pte.W | Pte.X | Pte.A | Pte.D;

/** Tables take the guest's pages from this one up. */
export const FIRST_TABLE = 8;
const MODES: Readonly<Record<3 | 4, bigint>> = { 3: 8n, 4: 9n };

export class PageTables {
  readonly #levels: 3 | 4;
  readonly #entries = new Map<bigint, bigint>();
  readonly #tables = new Map<string, bigint>();

  /** @param levels 3 for Sv39, 4 for Sv48. */
  constructor(levels: 3 | 4) {
    this.#levels = levels;
    this.#tables.set('', pageAddress(FIRST_TABLE));
  }

  get satp(): bigint {
    return (MODES[this.#levels] << 60n) | (pageAddress(FIRST_TABLE) >> 12n);
  }

  /** Maps a page, or with a level above 0 a superpage; bits above 53 of `flags` go into the entry as they are. */
  map(virtual: bigint, physical: bigint, flags: bigint, level = 0): this {
    this.#entries.set(this.entryAddress(virtual, level), ((physical >> 12n) << 10n) | flags);
    return this;
  }

  /** Code and trap handler where they are in physical memory. */
  identity(): this {
    return this.map(pageAddress(0), pageAddress(0), ALL).map(pageAddress(1), pageAddress(1), ALL);
  }

  /** Where the entry of an address stands; makes the tables above it. */
  entryAddress(virtual: bigint, level = 0): bigint {
    let table = pageAddress(FIRST_TABLE);
    for (let at = this.#levels - 1; at > level; at--) {
      const entry = table + this.#index(virtual, at) * 8n;
      table = this.#tableBelow(virtual, at);
      if (!this.#entries.has(entry)) this.#entries.set(entry, ((table >> 12n) << 10n) | Pte.V);
    }
    return table + this.#index(virtual, level) * 8n;
  }

  /** The tables as memory of a case: entries that are not set are 0. */
  get memory(): Case['memory'] {
    const tables = [...this.#tables.values()];
    return tables.map((address) => {
      const bytes = new Uint8Array(PAGE_BYTES);
      const view = new DataView(bytes.buffer);
      for (const [entry, value] of this.#entries) {
        const offset = Number(entry - address);
        if (offset >= 0 && offset < PAGE_BYTES) view.setBigUint64(offset, value, true);
      }
      return { address, bytes };
    });
  }

  #index(virtual: bigint, level: number): bigint {
    return (virtual >> BigInt(12 + 9 * level)) & 511n;
  }

  #tableBelow(virtual: bigint, level: number): bigint {
    const key = `${level}:${virtual >> BigInt(12 + 9 * level)}`;
    const known = this.#tables.get(key) ?? pageAddress(FIRST_TABLE + this.#tables.size);
    this.#tables.set(key, known);
    return known;
  }
}

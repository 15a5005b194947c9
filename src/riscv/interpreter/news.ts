/** What harts that are not running have to hear before they run again: which pages hold code now, that jumps went. */
import {
  JUMP_BANK_STEP,
  JUMP_ENTRIES,
  JUMP_ENTRY_SHIFT,
  JUMP_OFFSET,
  JUMP_PAGES,
  jumpBankBytes,
  type Mode,
} from '../core/layout.ts';

/** More new pages than this, and all that a hart's caches hold is dropped instead. */
const MAX_PAGES = 64;

/** What no even address is. */
const EMPTY = -1n;

/** How much of the news a hart knows. */
interface Known {
  pages: number;
  jumps: number;
  emptied: number;
}

export class News {
  /** Counts how often translated code was dropped. */
  jumps = 0;
  /** The last machine pages that began to hold code; `#count` counts all there ever were. */
  readonly #pages = new Uint32Array(MAX_PAGES);
  readonly #known = new Map<number, Known>();
  #count = 0;
  #emptied = 0;

  /** A machine page begins to hold code. */
  add(machine: number): void {
    this.#pages[this.#count++ % MAX_PAGES] = machine;
  }

  /** All decoded pages are gone. */
  emptied(): void {
    this.#emptied++;
  }

  /** A hart's caches are up to date. */
  know(context: number): void {
    const known = this.#known.get(context);
    const [pages, jumps, emptied] = [this.#count, this.jumps, this.#emptied];
    if (!known) this.#known.set(context, { pages, jumps, emptied });
    else if (known.pages !== pages || known.jumps !== jumps || known.emptied !== emptied) {
      Object.assign(known, { pages, jumps, emptied });
    }
  }

  /** What a hart has not heard yet; undefined when it knows everything, `all` when there is too much of it. */
  unknownTo(
    context: number,
  ): { readonly pages: readonly number[]; readonly jumps: boolean } | 'all' | undefined {
    const known = this.#known.get(context);
    if (!known || known.emptied !== this.#emptied) return 'all';
    const fresh = this.#count - known.pages;
    if (fresh === 0 && known.jumps === this.jumps) return undefined;
    if (fresh > MAX_PAGES) return 'all';
    const pages = Array.from(
      { length: fresh },
      (_, i) => this.#pages[(known.pages + i) % MAX_PAGES] as number,
    );
    return { pages, jumps: known.jumps !== this.jumps };
  }
}

/** Where a region could be entered. */
export interface JumpTarget {
  readonly address: bigint;
  /** 0 U, 1 S. */
  readonly mode: Mode;
}

/** Takes places out of a hart's jump cache. */
export function forgetTargets(
  memory: ArrayBufferLike,
  context: number,
  targets: readonly JumpTarget[],
): void {
  const view = new DataView(memory);
  for (const { address, mode } of targets) {
    // Addresses are even: a slot for each.
    const place = Number(BigInt.asUintN(32, address >> 1n)) & (JUMP_ENTRIES[mode] - 1);
    const at = context + JUMP_OFFSET + mode * JUMP_BANK_STEP + JUMP_PAGES + (place << JUMP_ENTRY_SHIFT);
    if (view.getBigUint64(at, true) === address) view.setBigInt64(at, EMPTY, true);
  }
}

/** Empties a hart's jump cache. */
export function clearJumps(memory: ArrayBufferLike, context: number): void {
  const bytes = new Uint8Array(memory);
  for (const mode of [0, 1] as const) {
    const start = context + JUMP_OFFSET + mode * JUMP_BANK_STEP;
    bytes.fill(0, start, start + JUMP_PAGES);
    bytes.fill(0xff, start + JUMP_PAGES, start + jumpBankBytes(mode));
  }
}

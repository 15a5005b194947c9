/**
 * How many of its pages a VM uses: each period the rights to a few random pages are taken away, and at its end those that
 * have them back were used. Source: Waldspurger (OSDI 2002), §5.3.
 */
import { MapFlag } from '#riscv/size';
import type { GuestMap } from './guest-map.ts';
import { EntryBit, entryState, LASTING, withBits } from './map-entry.ts';
import { KEPT_IN } from './page-states.ts';

/** Pages of a period. Source: §5.3; ESXi's Mem.SampleActivePctMin goes with it. */
export const SAMPLES = 100;
/** Tries to find a page that is there. */
const TRIES = 10 * SAMPLES;
/** Weights of the newest period in the two averages: the one follows slowly, the other fast. */
const SLOW = 0.25;
const FAST = 0.75;
const KEPT = LASTING | EntryBit.Protected;

export class WorkingSet {
  readonly #map: GuestMap;
  readonly #random: () => number;
  #samples: number[] = [];
  #slow = 1;
  #fast = 1;

  /** @param random - numbers in [0, 1) */
  constructor(map: GuestMap, random: () => number) {
    this.#map = map;
    this.#random = random;
  }

  /**
   * Part of its pages that the VM uses, 0 to 1, of those it has and those that were compressed or swapped out; the larger
   * average, so that growth is seen at once.
   */
  get active(): number {
    return Math.max(this.#slow, this.#fast);
  }

  /** Ends a period and begins the next. */
  next(): void {
    const { table } = this.#map.changer;
    if (!table.claim()) return;
    if (this.#samples.length > 0) {
      const used = this.#samples.filter((index) => this.#isUsed(index)).length / this.#samples.length;
      this.#slow += SLOW * (used - this.#slow);
      this.#fast += FAST * (used - this.#fast);
    }
    this.#samples = this.#choose();
    if (this.#samples.length > 0) this.#map.changer.quiesce();
    table.unclaim();
  }

  #isUsed(index: number): boolean {
    return (this.#map.changer.table.load(index) & MapFlag.Present) !== 0;
  }

  #choose(): number[] {
    const { table } = this.#map.changer;
    const chosen = new Set<number>();
    for (let i = 0; i < TRIES && chosen.size < SAMPLES; i++) {
      const index = Math.floor(this.#random() * this.#map.layout.ramPages);
      const entry = table.load(index);
      if (KEPT_IN[entryState(entry)] === 'nothing' || (entry & EntryBit.Busy) !== 0) continue;
      // One whose rights are gone already was not used since then, and is as good a sample.
      if (table.exchange(index, entry, withBits(entry, (entry & KEPT) | EntryBit.Withdrawn)))
        chosen.add(index);
    }
    return [...chosen];
  }
}

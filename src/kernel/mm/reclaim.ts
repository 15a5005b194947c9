/**
 * Takes machine pages from a VM: its idle pages are compressed, or swapped out when they do not compress.
 *
 * Two hands go around the VM's pages. The first takes rights away; a page that is still without them when the second comes
 * by was not used in between, and goes. When pages are needed at once, the second takes rights and pages in one go.
 */
import type { GuestMap } from './guest-map.ts';
import { EntryBit, entryCode, entryNumber, entryState, withBits } from './map-entry.ts';
import { nextState, PageState, type PageStateName } from './page-states.ts';
import type { PageStore, PageStores, StoreProblem } from './page-store.ts';

export type ReclaimMeans = 'compress' | 'swap';

export interface Reclaimed {
  readonly compressed: number;
  readonly swapped: number;
  /** Why it were not more, if it were not. */
  readonly problem: StoreProblem | 'nothing-idle' | undefined;
}

/** Pages whose rights are taken before harts are stopped for it once. */
const BATCH_PAGES = 512;
const KEPT = EntryBit.Dirty | EntryBit.Protected;

export class Reclaimer {
  readonly #map: GuestMap;
  #hand = 0;
  #ageHand = 0;

  /** One for a VM, used by one thread. */
  constructor(map: GuestMap) {
    this.#map = map;
  }

  /**
   * Takes up to `pages` machine pages, by the means in their order; none while the VM stands still.
   * @param mustIdle only pages that were not used since the hand came by
   */
  take(pages: number, means: readonly ReclaimMeans[], mustIdle = false): Reclaimed {
    const { table } = this.#map.changer;
    if (!table.claim()) return { compressed: 0, swapped: 0, problem: 'nothing-idle' };
    try {
      return this.#take(pages, means, mustIdle);
    } finally {
      table.unclaim();
    }
  }

  #take(pages: number, means: readonly ReclaimMeans[], mustIdle: boolean): Reclaimed {
    const taken = { compress: 0, swap: 0 };
    let problem: Reclaimed['problem'] = 'nothing-idle';
    const { ramPages } = this.#map.layout;
    let left = 2 * ramPages;
    while (taken.compress + taken.swap < pages && left > 0) {
      const batch = this.#pass(Math.min(BATCH_PAGES, left), mustIdle);
      left -= BATCH_PAGES;
      for (const [index, entry] of batch) {
        if (taken.compress + taken.swap >= pages) break;
        const how = this.#evict(index, entry, means);
        if (how === 'compress' || how === 'swap') taken[how]++;
        else if (how === 'full' || how === 'failed') {
          return { compressed: taken.compress, swapped: taken.swap, problem: how };
        } else if (how === 'unfit') problem = 'unfit';
      }
    }
    const isDone = taken.compress + taken.swap >= pages;
    return { compressed: taken.compress, swapped: taken.swap, problem: isDone ? undefined : problem };
  }

  /** Takes the rights of the next pages, ahead of the hand that takes pages: those that are used meanwhile get them back. */
  age(pages: number): void {
    const { table } = this.#map.changer;
    const { ramPages } = this.#map.layout;
    if (!table.claim()) return;
    let took = false;
    for (let left = Math.min(pages, ramPages); left > 0; left--) {
      const index = this.#ageHand;
      this.#ageHand = index + 1 === ramPages ? 0 : index + 1;
      const entry = table.load(index);
      if ((entry & (EntryBit.Busy | EntryBit.Withdrawn)) !== 0 || !this.#isOwn(entry)) continue;
      took = table.exchange(index, entry, withBits(entry, (entry & KEPT) | EntryBit.Withdrawn)) || took;
    }
    if (took) this.#map.changer.quiesce();
    table.unclaim();
  }

  /** Moves the hand on over some pages; those that may go, with their entries. */
  #pass(count: number, mustIdle: boolean): [index: number, entry: number][] {
    const { table } = this.#map.changer;
    const idle: [number, number][] = [];
    const fresh: [number, number][] = [];
    for (let i = 0; i < count; i++) {
      const index = this.#hand;
      this.#hand = index + 1 === this.#map.layout.ramPages ? 0 : index + 1;
      const entry = table.load(index);
      if ((entry & EntryBit.Busy) !== 0 || !this.#isOwn(entry)) continue;
      if ((entry & EntryBit.Withdrawn) !== 0) {
        idle.push([index, entry]);
        continue;
      }
      const without = withBits(entry, (entry & KEPT) | EntryBit.Withdrawn);
      if (!table.exchange(index, entry, without)) continue;
      fresh.push([index, without]);
    }
    if (fresh.length > 0) this.#map.changer.quiesce();
    return mustIdle ? idle : [...idle, ...fresh];
  }

  /** Whether taking this page gives a machine page: it is the VM's alone, and no device uses it. */
  #isOwn(entry: number): boolean {
    const code = entryCode(entry);
    if ((entry & EntryBit.Viewed) !== 0) return false;
    if (code === PageState.private) return true;
    return code === PageState.shared && this.#map.changer.machine.frames.users(entryNumber(entry)) === 1;
  }

  /** Puts a page away, unless it was touched since its rights were taken. */
  #evict(
    index: number,
    seen: number,
    means: readonly ReclaimMeans[],
  ): ReclaimMeans | StoreProblem | undefined {
    const { changer } = this.#map;
    if (!changer.table.lock(index, seen)) return undefined;
    const mpn = entryNumber(seen);
    let problem: StoreProblem | undefined;
    for (const how of means) {
      const to = nextState(entryState(seen), how);
      const kept = this.#store(to)?.put(index, changer.machine.page(mpn)) ?? 'unfit';
      if (typeof kept === 'number') {
        changer.unlock(index, seen, to, kept, seen & EntryBit.Dirty);
        changer.forget(seen);
        return how;
      }
      problem = kept;
    }
    changer.table.unlock(index, seen, withBits(seen, seen & KEPT));
    return problem;
  }

  #store(state: PageStateName): PageStore | undefined {
    return this.#map.changer.host.stores?.[state as keyof PageStores];
  }
}

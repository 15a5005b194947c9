/**
 * Which pages of a VM were written since somebody last asked: what snapshots and moves copy again. Any number of askers,
 * each with its own last time. A page is written by a hart, by a device, or by being given back.
 *
 * Between two questions a page costs its first write one exit from the guest; nobody who does not ask pays anything.
 */
import { PAGE_BYTES } from '#riscv/size';
import type { GuestMap } from './guest-map.ts';
import { EntryBit, entryState, withBits } from './map-entry.ts';
import { KEPT_IN } from './page-states.ts';

const WORD_BITS = 32;
const BITS = EntryBit.Protected | EntryBit.Withdrawn | EntryBit.Viewed;

export class DirtyLog {
  readonly #map: GuestMap;
  readonly #askers = new Set<DirtyPages>();

  /** One for a VM, used by one thread. */
  constructor(map: GuestMap) {
    this.#map = map;
  }

  /** Begins to ask: every page that was ever written counts at first. */
  open(): DirtyPages {
    const { ramPages } = this.#map.layout;
    const pages = new DirtyPages(
      ramPages,
      () => this.#gather(),
      (one) => this.#askers.delete(one),
    );
    for (let index = 0; index < ramPages; index++) if (this.#mayDiffer(index)) pages.add(index);
    this.#askers.add(pages);
    return pages;
  }

  /** Whether a page may not be as it is at power-on. */
  #mayDiffer(index: number): boolean {
    const entry = this.#map.changer.table.load(index);
    return (entry & EntryBit.Dirty) !== 0 || KEPT_IN[entryState(entry)] !== 'nothing';
  }

  /** Moves the marks of the map to all that ask; writes from now on make new ones. */
  #gather(): void {
    const { changer, layout } = this.#map;
    let took = false;
    for (let index = 0; index < layout.ramPages; index++) {
      if ((changer.table.load(index) & EntryBit.Dirty) === 0) continue;
      const entry = changer.lock(index);
      // A device may go on writing what it has a view of: that is written anew for the next question.
      const isViewed = (entry & EntryBit.Viewed) !== 0;
      changer.table.unlock(index, entry, isViewed ? entry : withBits(entry, entry & BITS));
      took ||= (entry & EntryBit.Writable) !== 0;
      for (const asker of this.#askers) asker.add(index);
    }
    if (took) changer.quiesce();
  }
}

/** The pages written since one asker's last `take`. */
export class DirtyPages {
  readonly #words: Uint32Array;
  readonly #gather: () => void;
  readonly #close: (self: DirtyPages) => void;

  constructor(pages: number, gather: () => void, close: (self: DirtyPages) => void) {
    this.#words = new Uint32Array(Math.ceil(pages / WORD_BITS));
    this.#gather = gather;
    this.#close = close;
  }

  add(index: number): void {
    const word = (index / WORD_BITS) | 0;
    this.#words[word] = (this.#words[word] as number) | (1 << (index % WORD_BITS));
  }

  /**
   * Indexes of pages that were written since the last time, in order; index 0 is RAM's first page. What they hold may be
   * copied from now on: whoever writes it later makes a new mark.
   */
  take(): number[] {
    this.#gather();
    const indexes: number[] = [];
    for (let word = 0; word < this.#words.length; word++) {
      let bits = this.#words[word] as number;
      for (; bits !== 0; bits &= bits - 1) {
        indexes.push(word * WORD_BITS + 31 - Math.clz32(bits & -bits));
      }
    }
    this.#words.fill(0);
    return indexes;
  }

  /** Bytes that `take` would name, by the last count. */
  get bytes(): number {
    let count = 0;
    for (let word of this.#words) for (; word !== 0; word &= word - 1) count++;
    return count * PAGE_BYTES;
  }

  close(): void {
    this.#close(this);
  }
}

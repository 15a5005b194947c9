/**
 * One VM's map from guest-physical pages (PPN) to machine pages (MPN): the only place that changes what stands
 * behind guest memory. Any thread may have one of the same VM (`attach`) and use it at any time.
 *
 * Invariants: an entry holds the rights that its state and its bits leave it; a machine page stands behind one `private`
 * page or behind as many `shared` ones as its count of users says. Owner: kernel/mm; engines read the entries.
 */
import { HostError } from '#lib';
import { MapFlag, PAGE_BYTES, type RamLayout } from '#riscv/size';
import type { MachineMemory } from './machine-memory.ts';
import { EntryBit, entryCode, entryNumber, entryState, LASTING } from './map-entry.ts';
import { type MapPlace, MapTable, mapTableBytes } from './map-table.ts';
import { type GuestMapHost, PageChanger, type Settled, type TakenPage } from './page-changer.ts';
import {
  allows,
  KEPT_IN,
  nextState,
  type PageEvent,
  PageState,
  type PageStateName,
  RIGHTS,
} from './page-states.ts';

/**
 * `busy`: another thread is at it, come again once that may have gone on. `not-ram`: the page is not the VM's RAM.
 * `no-memory`: the host has no page left. `lost`: the page was swapped out and cannot be read back.
 */
export type Resolution = Settled | 'busy' | 'not-ram';

export interface GuestMapOptions extends GuestMapHost {
  /** Guest-physical address of RAM and its size, in bytes, multiples of 4096. */
  readonly ramBase: number;
  readonly ramBytes: number;
}

/** States of pages that stand behind others too: a device gets a page of the VM's own in their place. */
const COMMON: ReadonlySet<number> = new Set([PageState.zero, PageState.shared]);

export class GuestMap {
  /** For kernel/mm only. */
  readonly changer: PageChanger;
  readonly #machine: MachineMemory;
  readonly #table: MapTable;
  /** Indexes of pages that this thread has views of. */
  readonly #viewed: number[] = [];

  /** @throws HostError `host-limit` when machine memory has no room for the map. */
  constructor(
    machine: MachineMemory,
    options: GuestMapOptions | (GuestMapHost & { readonly place: MapPlace }),
  ) {
    this.#machine = machine;
    this.#table =
      'place' in options
        ? new MapTable(machine, options.place)
        : MapTable.create(machine, options.ramBase, options.ramBytes);
    this.changer = new PageChanger(machine, this.#table, options);
  }

  /** The map of a VM that was made on another thread. */
  static attach(machine: MachineMemory, place: MapPlace, host: GuestMapHost): GuestMap {
    return new GuestMap(machine, { ...host, place });
  }

  /** To be posted to other threads. */
  get place(): MapPlace {
    return this.#table.place;
  }

  get layout(): RamLayout {
    return this.#table.layout;
  }

  /** Translations that a hart took at another epoch are stale: they are flushed before it runs. */
  get epoch(): number {
    return this.#table.epoch;
  }

  /** Pages in a state now. */
  count(state: PageStateName): number {
    return this.#table.count(state);
  }

  /** Sees to it that the guest may read, or with `write` also write, page `ppn`. */
  resolve(ppn: number, write: boolean): Resolution {
    const index = this.#index(ppn);
    return index < 0 ? 'not-ram' : this.#resolve(index, write, this.#table.spare);
  }

  /** The machine page behind page `ppn`, or 0. */
  machinePage(ppn: number): number {
    const index = this.#index(ppn);
    return index < 0 ? 0 : this.#frameAt(index);
  }

  /** The page that a machine page stands behind, the first one; -1 when it is none of the VM's. */
  pageOf(mpn: number): number {
    const index = this.#table.find(mpn);
    return index < 0 ? -1 : this.layout.ramFirstPage + index;
  }

  /** The state of page `ppn`. Preconditions: it is RAM. */
  state(ppn: number): PageStateName {
    return entryState(this.#table.load(this.#index(ppn)));
  }

  /** The bytes of page `ppn` as they are, for looking only; undefined when it was never touched. */
  pageBytes(ppn: number): Uint8Array | undefined {
    const index = this.#index(ppn);
    const entry = index < 0 ? 0 : this.#table.load(index);
    const state = entryState(entry);
    if ((RIGHTS[state] & MapFlag.Present) !== 0) return this.#machine.page(entryNumber(entry));
    if (KEPT_IN[state] !== 'store') return undefined;
    const bytes = new Uint8Array(PAGE_BYTES);
    return this.changer.read(entry, bytes) ? bytes : undefined;
  }

  /**
   * Views on [address, address + length), in order, one for each run of neighbouring machine pages; pages that were
   * never touched are backed first. `undefined` when any byte is not RAM. They hold until `endViews`.
   * @throws HostError `host-limit` when the host has no page left.
   */
  views(address: number, length: number, forWrite: boolean): Uint8Array[] | undefined {
    const { ramFirstPage, ramPages } = this.layout;
    const start = address - ramFirstPage * PAGE_BYTES;
    if (!(start >= 0 && length >= 0 && start + length <= ramPages * PAGE_BYTES)) return undefined;
    const end = start + length;
    const limit = Math.ceil(end / PAGE_BYTES);
    const views: Uint8Array[] = [];
    for (let at = start; at < end; ) {
      const first = Math.floor(at / PAGE_BYTES);
      const next = Math.min((first + this.#useRun(first, limit, forWrite)) * PAGE_BYTES, end);
      const machine = this.#frameAt(first) * PAGE_BYTES + (at % PAGE_BYTES);
      views.push(this.#machine.span(machine, next - at));
      at = next;
    }
    return views;
  }

  /** As `views` of all spans, pairs of address and length; machine pages that are neighbours are in one view. */
  gather(spans: readonly number[], forWrite: boolean): Uint8Array[] | undefined {
    const { ramFirstPage, ramPages } = this.layout;
    const views: Uint8Array[] = [];
    // Machine bytes that are not in a view yet.
    let [from, to] = [0, 0];
    for (let i = 0; i < spans.length; i += 2) {
      const start = (spans[i] as number) - ramFirstPage * PAGE_BYTES;
      const end = start + (spans[i + 1] as number);
      if (!(start >= 0 && end >= start && end <= ramPages * PAGE_BYTES)) return undefined;
      const limit = Math.ceil(end / PAGE_BYTES);
      for (let at = start; at < end; ) {
        const first = Math.floor(at / PAGE_BYTES);
        const next = Math.min((first + this.#useRun(first, limit, forWrite)) * PAGE_BYTES, end);
        const machine = this.#frameAt(first) * PAGE_BYTES + (at % PAGE_BYTES);
        if (machine !== to) {
          if (to > from) views.push(this.#machine.span(from, to - from));
          from = machine;
        }
        to = machine + (next - at);
        at = next;
      }
    }
    if (to > from) views.push(this.#machine.span(from, to - from));
    return views;
  }

  /** The views of this thread are not used any more: to be called before harts run, and before anything waits. */
  endViews(): void {
    for (const index of this.#viewed.splice(0)) {
      const entry = this.changer.lock(index);
      this.#table.unlock(index, entry, entry & ~EntryBit.Viewed);
    }
  }

  /**
   * Calls `use` while nobody shares, compresses or swaps the VM's pages.
   * Preconditions: no hart of the VM runs, no device works.
   */
  whileStill<T>(use: () => T): T {
    this.standStill();
    try {
      return use();
    } finally {
      this.goOn();
    }
  }

  /** The same until `goOn`, which any thread may call; several may ask for it at a time. It waits for the memory manager. */
  standStill(): void {
    this.#table.standStill();
  }

  goOn(): void {
    this.#table.goOn();
  }

  /**
   * Gives every page back, of a map whose threads died at any moment: who changes a page gives the former one back after
   * that only, so it is still there; lost is what a thread was about to put in its place.
   * Preconditions: no other thread uses the map any more.
   */
  salvage(): void {
    for (let index = 0; index < this.layout.ramPages; index++) {
      const entry = this.#table.load(index) & ~EntryBit.Busy;
      this.#table.unlock(index, entry, 0);
      this.changer.forget(entry);
    }
  }

  /** Numbers of the pages that somebody changes just now. */
  get busyPages(): number[] {
    const busy: number[] = [];
    const { ramFirstPage, ramPages } = this.layout;
    for (let index = 0; index < ramPages; index++) {
      if ((this.#table.load(index) & EntryBit.Busy) !== 0) busy.push(ramFirstPage + index);
    }
    return busy;
  }

  /** Whether the memory manager is at the VM's pages; `breakClaim` says that it is dead. */
  get isClaimed(): boolean {
    return this.#table.isClaimed;
  }

  breakClaim(): void {
    this.#table.unclaim();
  }

  /** Machine pages that stay free for others when a hart of this VM asks for one. */
  set spare(pages: number) {
    this.#table.spare = pages;
  }

  /** Gives page `ppn` back: it reads as zeros from now on. */
  release(ppn: number): void {
    this.discard([ppn], 'release');
  }

  /**
   * Gives pages back in one go, to the host or to the balloon, or takes them from the balloon; numbers that are not RAM,
   * pages that the event says nothing to, and pages that a device uses are passed over.
   */
  discard(ppns: Iterable<number>, event: 'release' | 'inflate' | 'deflate'): void {
    const taken: TakenPage[] = [];
    for (const ppn of ppns) {
      const index = this.#index(ppn);
      if (index < 0 || this.#isIdle(index, event)) continue;
      let entry = this.changer.tryLock(index);
      if (entry === undefined) {
        // Another thread has it, or it was named twice: nobody waits with pages locked.
        this.changer.discard(taken, event);
        if (this.#isIdle(index, event)) continue;
        entry = this.changer.lock(index);
      }
      if (!allows(entryState(entry), event) || (entry & EntryBit.Viewed) !== 0) {
        this.#table.unlock(index, entry, entry);
        continue;
      }
      this.#table.close(index, entry);
      taken.push([index, entry]);
    }
    this.changer.discard(taken, event);
  }

  /** Gives every page back, as at power-off. Preconditions: no device uses any. */
  releaseAll(): void {
    this.endViews();
    const { ramFirstPage, ramPages } = this.layout;
    // As at the first power-on: to look at all of them takes 5 ms.
    if (this.count('unbacked') === ramPages) return;
    const all = function* (): Generator<number> {
      for (let index = 0; index < ramPages; index++) yield ramFirstPage + index;
    };
    this.discard(all(), 'release');
  }

  /** Gives every page and the map itself back; it is not used any more, on any thread. */
  destroy(): void {
    this.releaseAll();
    this.#machine.freeTable(this.place.table, mapTableBytes(this.layout.ramPages));
  }

  /** Calls `visit` for each page that may hold more than zeros, in order, with its bytes, wherever they are kept. */
  forEachBacked(visit: (ppn: number, bytes: Uint8Array) => void): void {
    const { ramFirstPage, ramPages } = this.layout;
    for (let index = 0; index < ramPages; index++) {
      if (KEPT_IN[entryState(this.#table.load(index))] === 'nothing') continue;
      const bytes = this.pageBytes(ramFirstPage + index);
      if (bytes !== undefined) visit(ramFirstPage + index, bytes);
    }
  }

  /** Place of a page in the table; -1 when it is not RAM. */
  #index(ppn: number): number {
    const index = ppn - this.layout.ramFirstPage;
    return index >= 0 && index < this.layout.ramPages ? index : -1;
  }

  #resolve(index: number, write: boolean, spare: number): Resolution {
    const need = write ? RIGHTS.private : MapFlag.Present;
    for (;;) {
      const entry = this.#table.load(index);
      if ((entry & need) === need) return 'ok';
      if ((entry & EntryBit.Busy) !== 0) return 'busy';
      if (!this.#table.lock(index, entry)) continue;
      const settled = this.changer.settle(index, entry, write, spare);
      if (settled !== 'no-memory' || this.changer.host.reclaim?.() !== true) return settled;
    }
  }

  /** Whether the event changes nothing about this page. */
  #isIdle(index: number, event: PageEvent): boolean {
    const entry = this.#table.load(index);
    const state = entryState(entry);
    return (entry & EntryBit.Busy) === 0 && (!allows(state, event) || nextState(state, event) === state);
  }

  /** Makes pages from `index` on usable, and viewed, whose machine pages are neighbours; how many, at least one. */
  #useRun(index: number, limit: number, forWrite: boolean): number {
    const need = forWrite ? RIGHTS.private : MapFlag.Present;
    let entry = this.#view(index, need);
    if (entry === undefined) {
      const backed = this.#backRun(index, limit, forWrite ? 1 : 2);
      if (backed > 0) return backed;
      entry = this.#use(index, forWrite);
    }
    const first = entryNumber(entry);
    let count = 1;
    while (index + count < limit && entryNumber(this.#table.load(index + count)) === first + count) {
      if (this.#view(index + count, need) === undefined) break;
      count++;
    }
    if (forWrite) for (let i = 0; i < count; i++) this.changer.host.onHostWrite(first + i);
    return count;
  }

  /**
   * Marks a page as viewed if it has the rights; its entry then. Only a page of the VM's own: one that is copied on write
   * would be replaced while a device looks at it.
   */
  #view(index: number, need: number): number | undefined {
    for (;;) {
      const entry = this.#table.load(index);
      if ((entry & need) !== need || (entry & EntryBit.Busy) !== 0) return undefined;
      if (entryCode(entry) !== PageState.private) return undefined;
      if ((entry & EntryBit.Viewed) !== 0) return entry;
      if (!this.#table.exchange(index, entry, entry | EntryBit.Viewed)) continue;
      this.#viewed.push(index);
      return entry;
    }
  }

  /** Backs untouched pages from `index` on by neighbours; 0 when there are not `least`. */
  #backRun(index: number, limit: number, least: number): number {
    let count = 0;
    while (index + count < limit && this.#lockUntouched(index + count)) count++;
    const run = count < least ? 0 : this.#allocate(count);
    if (run !== 0) this.#table.unlockRun(index, count, run, LASTING);
    for (let i = index; i < index + count; i++) {
      if (run !== 0) this.#viewed.push(i);
      else {
        const entry = this.#table.load(i) & ~EntryBit.Busy;
        this.#table.unlock(i, entry, entry);
      }
    }
    return run === 0 ? 0 : count;
  }

  #allocate(count: number): number {
    return count === 1 ? this.#machine.allocatePage() : this.#machine.allocateRun(count);
  }

  #lockUntouched(index: number): boolean {
    const entry = this.#table.load(index);
    const isFree = entryCode(entry) === PageState.unbacked && (entry & EntryBit.Busy) === 0;
    return isFree && this.#table.lock(index, entry);
  }

  /** Waits until a page can be used, and marks it as viewed; its entry. */
  #use(index: number, write: boolean): number {
    for (;;) {
      const isCommon = COMMON.has(entryCode(this.#table.load(index)));
      const resolution = this.#resolve(index, write || isCommon, 0);
      const entry = this.#view(index, write ? RIGHTS.private : MapFlag.Present);
      if (resolution === 'ok' && entry !== undefined) return entry;
      // Another thread is at it, which never waits for this one.
      if (resolution === 'ok' || resolution === 'busy') continue;
      const reason = resolution === 'lost' ? 'it cannot be read back from swap' : 'machine memory is used up';
      throw new HostError('host-limit', { what: 'a page of guest memory', reason });
    }
  }

  /** The machine page behind the page at `index`, or 0. */
  #frameAt(index: number): number {
    const entry = this.#table.load(index);
    return (RIGHTS[entryState(entry)] & MapFlag.Present) === 0 ? 0 : entryNumber(entry);
  }
}

/**
 * The words of one VM's page map in machine memory: its entries, how many pages are in each state, and the epoch of
 * its translations. Every thread that has machine memory can attach to them.
 *
 * Protocol: who changes an entry sets Busy in it first (`lock`), and ends with `unlock`; nobody waits with an entry locked
 * for what another thread may hold up.
 */
import { PAGE_BYTES, PAGE_SHIFT, type RamLayout } from '#riscv/size';
import type { MachineMemory } from './machine-memory.ts';
import { EntryBit, entryCode, makeEntry } from './map-entry.ts';
import { PageState, type PageStateName } from './page-states.ts';

const WORD_BYTES = 4;
const HEAD_WORDS = 16;
/** Words of the head; the counts of pages follow. */
const EPOCH = 0;
const COUNTS = 1;
/** Pages that stay free for others when a hart of this VM asks for one. */
const SPARE = 14;
/** Who may change pages in the background: see Claim. */
const CLAIM = 15;
/** `managed`: the memory manager is at the map. Above `nobody`: how many copy or save the VM, while nobody may be at it. */
const Claim = { managed: -1, nobody: 0 } as const;
/** Between two looks at whether the manager has let go. */
const LOOK_MS = 1;

/** Where a map stands; plain data, to be posted to other threads together with machine memory. */
export interface MapPlace {
  /** Machine address of the table. */
  readonly table: number;
  readonly ramFirstPage: number;
  readonly ramPages: number;
}

export const mapTableBytes = (pages: number): number => (HEAD_WORDS + pages) * WORD_BYTES;

export class MapTable {
  readonly place: MapPlace;
  readonly layout: RamLayout;
  /** One a page; Int32 because V8 keeps those unboxed. */
  readonly entries: Int32Array;
  readonly #head: Int32Array;

  constructor(machine: MachineMemory, place: MapPlace) {
    const { table, ramFirstPage, ramPages } = place;
    const mapBase = table + HEAD_WORDS * WORD_BYTES;
    this.place = place;
    this.layout = { mapBase, ramFirstPage, ramPages };
    this.#head = new Int32Array(machine.memory.buffer, table, HEAD_WORDS);
    this.entries = new Int32Array(machine.memory.buffer, mapBase, ramPages);
  }

  /** A new table of pages that nothing stands behind. @throws HostError `host-limit` when there is no room. */
  static create(machine: MachineMemory, ramBase: number, ramBytes: number): MapTable {
    const ramPages = ramBytes / PAGE_BYTES;
    const table = machine.allocateTable('a page map', mapTableBytes(ramPages));
    const map = new MapTable(machine, { table, ramFirstPage: ramBase / PAGE_BYTES, ramPages });
    map.#head[COUNTS + PageState.unbacked] = ramPages;
    return map;
  }

  /** Counts what makes translations and views stale that were taken before. */
  get epoch(): number {
    return Atomics.load(this.#head, EPOCH);
  }

  nextEpoch(): void {
    Atomics.add(this.#head, EPOCH, 1);
  }

  /** Machine pages that must stay free when a hart takes one; devices take them all the same. */
  get spare(): number {
    return Atomics.load(this.#head, SPARE);
  }
  set spare(pages: number) {
    Atomics.store(this.#head, SPARE, pages);
  }

  /** For who shares, compresses or swaps pages: false while the VM stands still, or another thread is at it. */
  claim(): boolean {
    return Atomics.compareExchange(this.#head, CLAIM, Claim.nobody, Claim.managed) === Claim.nobody;
  }

  /** By who claimed it, or for who did so and is dead. */
  unclaim(): void {
    Atomics.compareExchange(this.#head, CLAIM, Claim.managed, Claim.nobody);
    Atomics.notify(this.#head, CLAIM);
  }

  get isClaimed(): boolean {
    return Atomics.load(this.#head, CLAIM) === Claim.managed;
  }

  /** Returns when no page is changed in the background any more; `goOn` ends that. Preconditions: no entry is locked. */
  standStill(): void {
    for (;;) {
      const before = Atomics.load(this.#head, CLAIM);
      if (before === Claim.managed) Atomics.wait(this.#head, CLAIM, Claim.managed, LOOK_MS);
      else if (Atomics.compareExchange(this.#head, CLAIM, before, before + 1) === before) return;
    }
  }

  /** Preconditions: `standStill`, which nobody has ended. */
  goOn(): void {
    Atomics.sub(this.#head, CLAIM, 1);
  }

  /** Pages in a state now. */
  count(state: PageStateName): number {
    return Atomics.load(this.#head, COUNTS + PageState[state]);
  }

  /** The first entry with rights to a machine page, or -1. */
  find(mpn: number): number {
    const { entries } = this;
    for (let index = 0; index < entries.length; index++) {
      const entry = entries[index] as number;
      if (entry >>> PAGE_SHIFT === mpn && (entry & EntryBit.Present) !== 0) return index;
    }
    return -1;
  }

  load(index: number): number {
    return Atomics.load(this.entries, index);
  }

  /** Changes an entry that is not Busy from what was seen; false when it is not that any more. */
  exchange(index: number, seen: number, wanted: number): boolean {
    if (Atomics.compareExchange(this.entries, index, seen, wanted) !== seen) return false;
    this.#recount(seen, wanted);
    return true;
  }

  /** Makes an entry the caller's that was seen not to be Busy; the guest keeps its rights. */
  lock(index: number, seen: number): boolean {
    return Atomics.compareExchange(this.entries, index, seen, seen | EntryBit.Busy) === seen;
  }

  /** Takes the guest's rights to a locked entry away. */
  close(index: number, entry: number): void {
    Atomics.store(this.entries, index, (entry & ~(EntryBit.Present | EntryBit.Writable)) | EntryBit.Busy);
  }

  /** Ends the change of an entry that was `old` when it was locked. */
  unlock(index: number, old: number, entry: number): void {
    Atomics.store(this.entries, index, entry);
    this.#recount(old, entry);
  }

  /** As `unlock` of `count` neighbours that nothing stands behind: now pages of their own do, from machine page `mpn` on. */
  unlockRun(index: number, count: number, mpn: number, bits: number): void {
    const entry = makeEntry(PageState.private, mpn, bits);
    for (let i = 0; i < count; i++) Atomics.store(this.entries, index + i, entry + (i << PAGE_SHIFT));
    Atomics.sub(this.#head, COUNTS + PageState.unbacked, count);
    Atomics.add(this.#head, COUNTS + PageState.private, count);
  }

  /** Whoever has written all entries says how many pages are in each state. Preconditions: nobody changes them. */
  setCounts(counts: Int32Array): void {
    this.#head.set(counts, COUNTS);
  }

  #recount(old: number, entry: number): void {
    const [from, to] = [entryCode(old), entryCode(entry)];
    if (from === to) return;
    Atomics.sub(this.#head, COUNTS + from, 1);
    Atomics.add(this.#head, COUNTS + to, 1);
  }
}

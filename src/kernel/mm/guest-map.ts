/**
 * One VM's map from guest-physical pages (PPN) to machine pages (MPN): the only place that changes what stands
 * behind guest memory. Any thread may have one of the same VM (`attach`) and use it at any time.
 *
 * Invariants: an entry holds the rights that its state and its bits leave it; a machine page stands behind one `private`
 * page or behind as many `shared` ones as its count of users says. Owner: kernel/mm; engines read the entries.
 */
import { HostError } from '#lib';
import { MapFlag, PAGE_BYTES, type RamLayout } from '#riscv';
import type { MachineMemory } from './machine-memory.ts';
import { EntryBit, entryCode, entryNumber, entryState, makeEntry } from './map-entry.ts';
import { type MapPlace, MapTable } from './map-table.ts';
import { KEPT_IN, nextState, type PageEvent, PageState, type PageStateName, RIGHTS } from './page-states.ts';

/**
 * `busy`: another thread is at it, come again once that may have gone on. `not-ram`: the page is not the VM's RAM.
 * `no-memory`: the host has no page left.
 */
export type Resolution = 'ok' | 'busy' | 'no-memory' | 'not-ram';

/** What a map needs of whoever runs its VM, on this thread. */
export interface GuestMapHost {
  /** Somebody outside the guest is about to write this machine page, or it is taken away: code in it is stale. */
  readonly onHostWrite: (mpn: number) => void;
  /**
   * The map's epoch went up: returns when each hart of the VM that ran has come back, and nobody uses a view that was
   * taken before; harts flush their translations before they go on. Absent: all that is on this thread.
   */
  readonly quiesce?: (() => void) | undefined;
  /** Called again and again while this thread waits for another: answers what that may be waiting for. */
  readonly relax?: (() => void) | undefined;
}

export interface GuestMapOptions extends GuestMapHost {
  /** Guest-physical address of RAM and its size, in bytes, multiples of 4096. */
  readonly ramBase: number;
  readonly ramBytes: number;
}

type TakenPage = readonly [index: number, entry: number];

export class GuestMap {
  /** For kernel/mm only. */
  readonly table: MapTable;
  readonly #machine: MachineMemory;
  readonly #host: GuestMapHost;

  /** @throws HostError `host-limit` when machine memory has no room for the map. */
  constructor(
    machine: MachineMemory,
    options: GuestMapOptions | (GuestMapHost & { readonly place: MapPlace }),
  ) {
    this.#machine = machine;
    this.#host = options;
    this.table =
      'place' in options
        ? new MapTable(machine, options.place)
        : MapTable.create(machine, options.ramBase, options.ramBytes);
  }

  /** The map of a VM that was made on another thread. */
  static attach(machine: MachineMemory, place: MapPlace, host: GuestMapHost): GuestMap {
    return new GuestMap(machine, { ...host, place });
  }

  /** To be posted to other threads. */
  get place(): MapPlace {
    return this.table.place;
  }

  get layout(): RamLayout {
    return this.table.layout;
  }

  /** Translations that a hart took at another epoch are stale: they are flushed before it runs. */
  get epoch(): number {
    return this.table.epoch;
  }

  /** Pages in a state now. */
  count(state: PageStateName): number {
    return this.table.count(state);
  }

  /** Sees to it that the guest may read, or with `write` also write, page `ppn`. */
  resolve(ppn: number, write: boolean): Resolution {
    const index = this.#index(ppn);
    return index < 0 ? 'not-ram' : this.#resolve(index, write);
  }

  /** The machine page behind page `ppn`, or 0. */
  machinePage(ppn: number): number {
    const index = this.#index(ppn);
    return index < 0 ? 0 : this.#frameAt(index);
  }

  /** The bytes of page `ppn` as they are, for looking only; undefined when it was never touched or is kept elsewhere. */
  pageBytes(ppn: number): Uint8Array | undefined {
    const mpn = this.machinePage(ppn);
    return mpn === 0 ? undefined : this.#machine.page(mpn);
  }

  /**
   * Views on [address, address + length), in order, one for each run of neighbouring machine pages; pages that were
   * never touched are backed first. `undefined` when any byte is not RAM. They hold until the caller comes back to
   * whoever runs the VM (`quiesce`).
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
      views.push(this.#machine.bytes.subarray(machine, machine + (next - at)));
      at = next;
    }
    return views;
  }

  /** Gives page `ppn` back: it reads as zeros from now on. */
  release(ppn: number): void {
    this.discard([ppn], 'release');
  }

  /** Gives pages back in one go, to the host or to the balloon; numbers that are not RAM are passed over. */
  discard(ppns: Iterable<number>, event: 'release' | 'inflate'): void {
    const taken: TakenPage[] = [];
    for (const ppn of ppns) {
      const index = this.#index(ppn);
      if (index < 0 || this.#isIdle(index, event)) continue;
      let entry = this.#tryLock(index);
      if (entry === undefined) {
        // Another thread has it, or it was named twice: nobody waits with pages locked.
        this.#discardAll(taken, event);
        entry = this.#lock(index);
      }
      this.table.close(index, entry);
      taken.push([index, entry]);
    }
    this.#discardAll(taken, event);
  }

  /** Gives every page back, as at power-off. */
  releaseAll(): void {
    const { ramFirstPage, ramPages } = this.layout;
    const all = function* (): Generator<number> {
      for (let index = 0; index < ramPages; index++) yield ramFirstPage + index;
    };
    this.discard(all(), 'release');
  }

  /** Calls `visit` for each page that a machine page stands behind, in order, with its bytes. */
  forEachBacked(visit: (ppn: number, bytes: Uint8Array) => void): void {
    const { ramFirstPage, ramPages } = this.layout;
    for (let index = 0; index < ramPages; index++) {
      const entry = this.table.load(index);
      if (KEPT_IN[entryState(entry)] === 'frame') {
        visit(ramFirstPage + index, this.#machine.page(entryNumber(entry)));
      }
    }
  }

  /** Place of a page in the table; -1 when it is not RAM. */
  #index(ppn: number): number {
    const index = ppn - this.layout.ramFirstPage;
    return index >= 0 && index < this.layout.ramPages ? index : -1;
  }

  #resolve(index: number, write: boolean): Resolution {
    const need = write ? RIGHTS.private : MapFlag.Present;
    for (;;) {
      const entry = this.table.load(index);
      if ((entry & need) === need) return 'ok';
      if ((entry & EntryBit.Busy) !== 0) return 'busy';
      if (this.table.lock(index, entry)) return this.#settle(index, entry, write) ? 'ok' : 'no-memory';
    }
  }

  /** Gives a locked page what the access needs, and unlocks it; false when that takes a page and there is none. */
  #settle(index: number, entry: number, write: boolean): boolean {
    const from = entryState(entry);
    const to = nextState(from, write ? 'write' : 'read');
    let bits = entry & EntryBit.Dirty;
    bits |= write ? EntryBit.Dirty : entry & EntryBit.Protected;
    if (from === to) return this.#unlock(index, entry, to, entryNumber(entry), bits);
    if (to === 'zero') return this.#unlock(index, entry, to, this.#machine.zeroPage, bits);
    if (from === 'shared' && this.#machine.frames.own(entryNumber(entry))) {
      return this.#unlock(index, entry, to, entryNumber(entry), bits);
    }
    const mpn = from === 'shared' ? this.#copied(entryNumber(entry)) : this.#machine.allocatePage();
    if (mpn === 0) {
      this.table.unlock(index, entry, entry);
      return false;
    }
    if ((RIGHTS[from] & MapFlag.Present) !== 0) {
      this.table.close(index, entry);
      this.#quiesce();
    }
    this.#unlock(index, entry, to, mpn, bits);
    if (from === 'shared') this.#drop(entryNumber(entry));
    return true;
  }

  #copied(mpn: number): number {
    const copy = this.#machine.allocateRaw();
    if (copy !== 0) this.#machine.page(copy).set(this.#machine.page(mpn));
    return copy;
  }

  #unlock(index: number, old: number, to: PageStateName, number: number, bits: number): true {
    this.table.unlock(index, old, makeEntry(PageState[to], number, bits));
    return true;
  }

  /** Whether the event changes nothing about this page. */
  #isIdle(index: number, event: PageEvent): boolean {
    const entry = this.table.load(index);
    return (entry & EntryBit.Busy) === 0 && nextState(entryState(entry), event) === entryState(entry);
  }

  /** Ends the change of pages that were locked and closed, whose bytes nobody needs. */
  #discardAll(taken: TakenPage[], event: PageEvent): void {
    if (taken.some(([, entry]) => (entry & MapFlag.Present) !== 0)) this.#quiesce();
    for (const [index, entry] of taken.splice(0)) {
      const from = entryState(entry);
      const hadBytes = KEPT_IN[from] !== 'nothing';
      const bits = hadBytes ? EntryBit.Dirty : entry & EntryBit.Dirty;
      this.#unlock(index, entry, nextState(from, event), 0, bits);
      if (KEPT_IN[from] === 'frame') this.#drop(entryNumber(entry));
    }
  }

  #tryLock(index: number): number | undefined {
    const entry = this.table.load(index);
    return (entry & EntryBit.Busy) === 0 && this.table.lock(index, entry) ? entry : undefined;
  }

  /** Locks an entry, waiting for whoever has it. */
  #lock(index: number): number {
    for (;;) {
      const entry = this.#tryLock(index);
      if (entry !== undefined) return entry;
      this.#host.relax?.();
    }
  }

  /** Translations and views from before are gone when it returns. */
  #quiesce(): void {
    this.table.nextEpoch();
    this.#host.quiesce?.();
  }

  /** One user less of a machine page; the last one frees it. */
  #drop(mpn: number): void {
    if (!this.#machine.frames.leave(mpn)) return;
    this.#host.onHostWrite(mpn);
    this.#machine.freePage(mpn);
  }

  /** Makes pages from `index` on usable whose machine pages are neighbours; how many, at least one. */
  #useRun(index: number, limit: number, forWrite: boolean): number {
    const backed = this.#backRun(index, limit, forWrite ? 1 : 2);
    if (backed > 0) return backed;
    this.#use(index, forWrite);
    const need = forWrite ? RIGHTS.private : MapFlag.Present;
    const first = this.#frameAt(index);
    let count = 1;
    while (index + count < limit) {
      const entry = this.table.load(index + count);
      if ((entry & need) !== need || entryNumber(entry) !== first + count) break;
      count++;
    }
    if (forWrite) for (let i = 0; i < count; i++) this.#host.onHostWrite(first + i);
    return count;
  }

  /** Backs untouched pages from `index` on by neighbours; 0 when there are not `least`. */
  #backRun(index: number, limit: number, least: number): number {
    let count = 0;
    while (index + count < limit && this.#lockUntouched(index + count)) count++;
    const run = count < least ? 0 : this.#allocate(count);
    for (let i = index; i < index + count; i++) {
      const entry = this.table.load(i) & ~EntryBit.Busy;
      if (run === 0) this.table.unlock(i, entry, entry);
      else this.#unlock(i, entry, 'private', run + i - index, EntryBit.Dirty);
    }
    return run === 0 ? 0 : count;
  }

  #allocate(count: number): number {
    return count === 1 ? this.#machine.allocatePage() : this.#machine.allocateRun(count);
  }

  #lockUntouched(index: number): boolean {
    const entry = this.table.load(index);
    const isFree = entryCode(entry) === PageState.unbacked && (entry & EntryBit.Busy) === 0;
    return isFree && this.table.lock(index, entry);
  }

  /** Waits until a page can be used. */
  #use(index: number, write: boolean): void {
    for (;;) {
      const resolution = this.#resolve(index, write);
      if (resolution === 'ok') return;
      if (resolution === 'busy') this.#host.relax?.();
      else {
        throw new HostError('host-limit', {
          what: 'a page of guest memory',
          reason: 'machine memory is used up',
        });
      }
    }
  }

  /** The machine page behind the page at `index`, or 0. */
  #frameAt(index: number): number {
    const entry = this.table.load(index);
    return (RIGHTS[entryState(entry)] & MapFlag.Present) === 0 ? 0 : entryNumber(entry);
  }
}

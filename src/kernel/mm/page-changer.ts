/**
 * Takes the pages of one map from state to state: locks entries, fetches bytes from wherever they are kept, and sees to it
 * that nobody uses an old mapping when a page's machine page changes. Every thread of the host has one for each map it uses.
 */
import { assert } from '#lib';
import { MapFlag } from '#riscv/size';
import type { MachineMemory } from './machine-memory.ts';
import { EntryBit, entryNumber, entryState, LASTING, makeEntry } from './map-entry.ts';
import type { MapTable } from './map-table.ts';
import { KEPT_IN, nextState, type PageEvent, PageState, type PageStateName, RIGHTS } from './page-states.ts';
import type { PageStore, PageStores } from './page-store.ts';

/** What a map needs of whoever runs its VM, on this thread. */
export interface GuestMapHost {
  /** Somebody outside the guest is about to write this machine page, or it is taken away: code in it is stale. */
  readonly onHostWrite: (mpn: number) => void;
  /**
   * The map's epoch went up: returns when each hart of the VM that ran has come back; harts flush their translations
   * before they go on. Absent: all that is on this thread.
   */
  readonly quiesce?: (() => void) | undefined;
  /** Where the bytes of pages are that were compressed or swapped out. */
  readonly stores?: PageStores | undefined;
  /** The host has no page left: true when it has some now. */
  readonly reclaim?: (() => boolean) | undefined;
}

/** `no-memory`: there is no machine page. `lost`: the page's bytes cannot be had. */
export type Settled = 'ok' | 'no-memory' | 'lost';

/** A page whose entry was locked and closed, with the entry as it was. */
export type TakenPage = readonly [index: number, entry: number];

export class PageChanger {
  readonly machine: MachineMemory;
  readonly table: MapTable;
  readonly host: GuestMapHost;

  constructor(machine: MachineMemory, table: MapTable, host: GuestMapHost) {
    this.machine = machine;
    this.table = table;
    this.host = host;
  }

  tryLock(index: number): number | undefined {
    const entry = this.table.load(index);
    return (entry & EntryBit.Busy) === 0 && this.table.lock(index, entry) ? entry : undefined;
  }

  /** Locks an entry, waiting for whoever has it. Preconditions: the caller has no other entry locked. */
  lock(index: number): number {
    for (;;) {
      const entry = this.tryLock(index);
      if (entry !== undefined) return entry;
    }
  }

  /** Ends the change of an entry. */
  unlock(index: number, old: number, to: PageStateName, number: number, bits: number): 'ok' {
    this.table.unlock(index, old, makeEntry(PageState[to], number, bits));
    return 'ok';
  }

  /**
   * Gives a locked page what the access needs, and unlocks it; it is as it was when that cannot be had.
   * @param spare - machine pages that stay free for others: no page is taken from these
   */
  settle(index: number, entry: number, write: boolean, spare = 0): Settled {
    const from = entryState(entry);
    const to = nextState(from, write ? 'write' : 'read');
    let bits = entry & LASTING;
    bits |= write ? EntryBit.Dirty : entry & EntryBit.Protected;
    if (from === to) return this.unlock(index, entry, to, entryNumber(entry), bits);
    if (to === 'zero') return this.unlock(index, entry, to, this.machine.zeroPage, bits);
    if (from === 'shared' && this.machine.frames.own(entryNumber(entry))) {
      return this.unlock(index, entry, to, entryNumber(entry), bits);
    }
    const mpn = this.#filled(entry, spare);
    if (typeof mpn !== 'number') {
      this.table.unlock(index, entry, entry);
      return mpn;
    }
    if ((RIGHTS[from] & MapFlag.Present) !== 0) {
      this.table.close(index, entry);
      this.quiesce();
    }
    this.unlock(index, entry, to, mpn, bits);
    this.forget(entry);
    return 'ok';
  }

  /**
   * While a hart runs: gives a page that was never touched what an access needs, when nobody has to be waited for. Anything else
   * is done between runs.
   */
  provide(index: number, write: boolean): boolean {
    const entry = this.table.load(index);
    if (entryState(entry) !== 'unbacked' || (entry & EntryBit.Busy) !== 0) return false;
    if (!this.table.lock(index, entry)) return false;
    return this.settle(index, entry, write, this.table.spare) === 'ok';
  }

  /** Ends the change of pages whose bytes nobody needs. */
  discard(taken: TakenPage[], event: PageEvent): void {
    if (taken.some(([, entry]) => (entry & MapFlag.Present) !== 0)) this.quiesce();
    for (const [index, entry] of taken.splice(0)) {
      const from = entryState(entry);
      const bits = KEPT_IN[from] === 'nothing' ? entry & EntryBit.Dirty : EntryBit.Dirty;
      this.unlock(index, entry, nextState(from, event), 0, bits);
      this.forget(entry);
    }
  }

  /** Translations and views from before are gone when it returns. */
  quiesce(): void {
    this.table.nextEpoch();
    this.host.quiesce?.();
  }

  /** What a page was kept in is not needed for it any more: gives it back. Preconditions: nobody reaches it by this map. */
  forget(entry: number): void {
    const from = entryState(entry);
    if (KEPT_IN[from] === 'frame') this.drop(entryNumber(entry));
    else if (KEPT_IN[from] === 'store') this.#store(from).release(entryNumber(entry));
  }

  /** Copies the bytes of a page into `into`, wherever they are; false when they cannot be had. */
  read(entry: number, into: Uint8Array): boolean {
    const from = entryState(entry);
    if (KEPT_IN[from] === 'store') return this.#store(from).read(entryNumber(entry), into);
    if (KEPT_IN[from] === 'frame') into.set(this.machine.page(entryNumber(entry)));
    else into.fill(0);
    return true;
  }

  /** A new machine page with the bytes of a page. */
  #filled(entry: number, spare: number): number | Exclude<Settled, 'ok'> {
    if (spare > 0 && this.machine.freePages <= spare) return 'no-memory';
    const isEmpty = KEPT_IN[entryState(entry)] === 'nothing';
    const mpn = isEmpty ? this.machine.allocatePage() : this.machine.allocateRaw();
    if (mpn === 0) return 'no-memory';
    if (isEmpty || this.read(entry, this.machine.page(mpn))) return mpn;
    this.machine.freePage(mpn);
    return 'lost';
  }

  #store(state: PageStateName): PageStore {
    const store = this.host.stores?.[state as keyof PageStores];
    assert(store !== undefined, `a page is ${state} and there is nothing that keeps it`);
    return store;
  }

  /** One user less of a machine page; the last one frees it. */
  drop(mpn: number): void {
    if (!this.machine.frames.leave(mpn)) return;
    this.host.onHostWrite(mpn);
    this.machine.freePage(mpn);
  }
}

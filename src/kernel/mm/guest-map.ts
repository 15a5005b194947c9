/**
 * One VM's map from guest-physical pages (PPN) to machine pages (MPN): the only place that changes what stands
 * behind guest memory.
 *
 * Invariants: the entry of a page holds exactly the rights of its state (`RIGHTS`); a machine page stands behind at
 * most one `private` page. Owner: kernel/mm; engines read the entries.
 */
import { HostError } from '#lib';
import { PAGE_BYTES, PAGE_SHIFT, type RamLayout } from '#riscv';
import type { MachineMemory } from './machine-memory.ts';
import { nextState, type PageEvent, PageState, RIGHTS, stateName } from './page-states.ts';

const ENTRY_BYTES = 4;
/** The machine page's address in an entry; the flags stand below. */
const ADDRESS_MASK = ~(PAGE_BYTES - 1);

/** `not-ram`: the page is not the VM's RAM. `no-memory`: the host has no page left. */
export type Resolution = 'ok' | 'no-memory' | 'not-ram';

export interface GuestMapOptions {
  /** Guest-physical address of RAM and its size, in bytes, multiples of 4096. */
  readonly ramBase: number;
  readonly ramBytes: number;
  /** Somebody outside the guest is about to write this machine page, or it is taken away: code in it is stale. */
  readonly onHostWrite: (mpn: number) => void;
}

export class GuestMap {
  readonly layout: RamLayout;
  readonly #machine: MachineMemory;
  readonly #onHostWrite: (mpn: number) => void;
  readonly #entries: Uint32Array;
  /** PageState of each page. */
  readonly #states: Uint8Array;

  /** @throws HostError `host-limit` when machine memory has no room for the map. */
  constructor(machine: MachineMemory, options: GuestMapOptions) {
    const pages = options.ramBytes / PAGE_BYTES;
    const mapBase = machine.allocateTable('a page map', pages * ENTRY_BYTES);
    this.layout = { mapBase, ramFirstPage: options.ramBase / PAGE_BYTES, ramPages: pages };
    this.#machine = machine;
    this.#onHostWrite = options.onHostWrite;
    this.#entries = new Uint32Array(machine.memory.buffer, mapBase, pages);
    this.#states = new Uint8Array(pages);
  }

  /** Sees to it that the guest may read, or with `write` also write, page `ppn`. */
  resolve(ppn: number, write: boolean): Resolution {
    const index = ppn - this.layout.ramFirstPage;
    if (!(index >= 0 && index < this.layout.ramPages)) return 'not-ram';
    if (this.#allows(index, write)) return 'ok';
    const mpn = this.#machine.allocatePage();
    if (mpn === 0) return 'no-memory';
    this.#back(index, mpn);
    return 'ok';
  }

  /** The machine page behind page `ppn`, or 0. */
  machinePage(ppn: number): number {
    return (this.#entries[ppn - this.layout.ramFirstPage] ?? 0) >>> PAGE_SHIFT;
  }

  /** The bytes of page `ppn` as they are, for looking only; undefined when nothing stands behind it. */
  pageBytes(ppn: number): Uint8Array | undefined {
    const start = this.machinePage(ppn) * PAGE_BYTES;
    return start === 0 ? undefined : this.#machine.bytes.subarray(start, start + PAGE_BYTES);
  }

  /**
   * Views on [address, address + length), in order, one for each run of neighbouring machine pages; pages that were
   * never touched are backed first. `undefined` when any byte is not RAM.
   * @throws HostError `host-limit` when the host has no page left.
   */
  views(address: number, length: number, forWrite: boolean): Uint8Array[] | undefined {
    const start = address - this.layout.ramFirstPage * PAGE_BYTES;
    if (!(start >= 0 && length >= 0 && start + length <= this.layout.ramPages * PAGE_BYTES)) return undefined;
    const end = start + length;
    const views: Uint8Array[] = [];
    for (let at = start; at < end; ) {
      const next = this.#runEnd(at, end, forWrite);
      const machine = this.#machineAddress(at);
      views.push(this.#machine.bytes.subarray(machine, machine + (next - at)));
      at = next;
    }
    return views;
  }

  /** Gives page `ppn` back: it reads as zeros from now on. Preconditions: the engine's translations are flushed. */
  release(ppn: number): void {
    const index = ppn - this.layout.ramFirstPage;
    const mpn = this.machinePage(ppn);
    this.#enter(index, 'release', 0);
    if (mpn === 0) return;
    this.#onHostWrite(mpn);
    this.#machine.freePage(mpn);
  }

  /** Gives every page back, as at power-off. */
  releaseAll(): void {
    const { ramFirstPage, ramPages } = this.layout;
    for (let index = 0; index < ramPages; index++) {
      if (this.#states[index] !== PageState.unbacked) this.release(ramFirstPage + index);
    }
  }

  /** Calls `visit` for each page that a machine page stands behind, in order, with its bytes. */
  forEachBacked(visit: (ppn: number, bytes: Uint8Array) => void): void {
    const { ramFirstPage, ramPages } = this.layout;
    for (let index = 0; index < ramPages; index++) {
      const machine = ((this.#entries[index] as number) & ADDRESS_MASK) >>> 0;
      if (machine !== 0) {
        visit(ramFirstPage + index, this.#machine.bytes.subarray(machine, machine + PAGE_BYTES));
      }
    }
  }

  /** End of a run from `at` whose machine pages are neighbours, at most `end`; offsets in RAM. All are backed after. */
  #runEnd(at: number, end: number, forWrite: boolean): number {
    const first = Math.floor(at / PAGE_BYTES);
    const limit = Math.ceil(end / PAGE_BYTES);
    const count =
      this.#mpnAt(first) === 0 ? this.#backRun(first, limit) : this.#knownRun(first, limit, forWrite);
    return Math.min((first + count) * PAGE_BYTES, end);
  }

  /** Pages from `index` on that are backed by neighbours; they are reported when they will be written. */
  #knownRun(index: number, limit: number, forWrite: boolean): number {
    const first = this.#mpnAt(index);
    let count = 0;
    do {
      if (forWrite) this.#onHostWrite(first + count);
      count++;
    } while (index + count < limit && this.#mpnAt(index + count) === first + count);
    return count;
  }

  /** Backs untouched pages from `index` on, up to `limit`, by neighbours if there are such; at least one. */
  #backRun(index: number, limit: number): number {
    let count = 1;
    while (index + count < limit && this.#states[index + count] === PageState.unbacked) count++;
    const run = count === 1 ? 0 : this.#machine.allocateRun(count);
    if (run === 0) {
      this.#back(index, this.#requirePage());
      return 1;
    }
    for (let i = 0; i < count; i++) this.#back(index + i, run + i);
    return count;
  }

  #requirePage(): number {
    const mpn = this.#machine.allocatePage();
    if (mpn !== 0) return mpn;
    throw new HostError('host-limit', {
      what: 'a page of guest memory',
      reason: 'machine memory is used up',
    });
  }

  /** The machine page behind the page at `index`, or 0. */
  #mpnAt(index: number): number {
    return (this.#entries[index] as number) >>> PAGE_SHIFT;
  }

  #back(index: number, mpn: number): void {
    this.#enter(index, 'touch', mpn);
  }

  /** Follows the state machine's row and writes the entry that the new state wants. */
  #enter(index: number, event: PageEvent, mpn: number): void {
    const state = nextState(stateName(this.#states[index] as number), event);
    this.#states[index] = PageState[state];
    this.#entries[index] = mpn * PAGE_BYTES + RIGHTS[state];
  }

  #allows(index: number, write: boolean): boolean {
    const wanted = write ? RIGHTS.private : RIGHTS.shared;
    return ((this.#entries[index] as number) & wanted) === wanted;
  }

  /** Machine address of the byte at offset `at` in RAM. Preconditions: its page is backed. */
  #machineAddress(at: number): number {
    const entry = this.#entries[Math.floor(at / PAGE_BYTES)] as number;
    return ((entry & ADDRESS_MASK) >>> 0) + (at % PAGE_BYTES);
  }
}

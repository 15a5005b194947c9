/**
 * A VM as plain data that can be kept, cloned and sent: what `Machine.save` gives and `Machine.restore` takes.
 *
 * Pages are never changed once they are in a state, so states that follow one another share those that did not change.
 */
import type { GuestMap } from '#kernel';
import type { SeededRandomState } from '#lib';
import { PAGE_BYTES, PAGE_SHIFT } from '#riscv';
import type { BoardStateV1 } from './assemble.ts';
import type { HartStateV1, Places } from './hart.ts';
import type { RunLoopStateV1 } from './run-loop.ts';

/** Pages by number (PPN), 4096 bytes each; those that are not there hold only zeros. */
export type SavedPages = ReadonlyMap<number, Uint8Array>;

export interface MachineStateV1 {
  readonly version: 1;
  /** What must be the same where it is restored. */
  readonly shape: {
    readonly ramBytes: number;
    readonly harts: number;
    readonly deterministic: boolean;
    readonly console: string;
  };
  /** Steps before resets. */
  readonly stepsBefore: bigint;
  /** Of deterministic machines. */
  readonly random: SeededRandomState | undefined;
  readonly harts: readonly HartStateV1[];
  readonly loop: RunLoopStateV1;
  /** Real time of the guest (10 MHz) when it was saved; deterministic machines have it in their harts. */
  readonly ticks: number;
  readonly board: BoardStateV1;
  readonly pages: SavedPages;
}

/**
 * Copies guest memory. Pages that are as in `before` are shared with it.
 * @param written - when given, only these can differ from `before`, by their place in RAM
 */
export function savePages(map: GuestMap, before: SavedPages, written?: ReadonlySet<number>): SavedPages {
  const { ramFirstPage } = map.layout;
  const pages = new Map<number, Uint8Array>();
  const changed: (readonly [ppn: number, bytes: Uint8Array])[] = [];
  map.forEachBacked((ppn, bytes) => {
    const known = before.get(ppn);
    if (known !== undefined && isSame(known, ppn, bytes)) pages.set(ppn, known);
    else if (!isZero(bytes)) changed.push([ppn, bytes]);
  });
  function isSame(known: Uint8Array, ppn: number, bytes: Uint8Array): boolean {
    return written === undefined ? equal(known, bytes) : !written.has(ppn - ramFirstPage);
  }
  // One block of memory for all that is new: thousands of small ones cost more than their bytes.
  const block = new Uint8Array(changed.length * PAGE_BYTES);
  for (const [index, [ppn, bytes]] of changed.entries()) {
    const page = block.subarray(index * PAGE_BYTES, (index + 1) * PAGE_BYTES);
    page.set(bytes);
    pages.set(ppn, page);
  }
  return pages;
}

/** Makes guest memory what it was. @throws HostError `host-limit` when the host has no page left. */
export function restorePages(map: GuestMap, pages: SavedPages): void {
  const gone: number[] = [];
  map.forEachBacked((ppn, bytes) => {
    if (!pages.has(ppn) && !isZero(bytes)) gone.push(ppn);
  });
  for (const ppn of gone) map.release(ppn);
  for (const [ppn, bytes] of pages) {
    const now = map.pageBytes(ppn);
    if (now === undefined || !equal(now, bytes))
      map.views(ppn * PAGE_BYTES, PAGE_BYTES, true)?.[0]?.set(bytes);
  }
}

/** Where the pages of a map are, in both directions. */
export function placesOf(map: GuestMap): Places {
  const offset = (address: number): number => address % PAGE_BYTES;
  return {
    toMachine(physical) {
      if (physical === 0) return 0;
      const ppn = Math.floor(physical / PAGE_BYTES);
      // LR had it to write, whatever it holds: SC succeeds only there.
      map.resolve(ppn, true);
      const page = map.machinePage(ppn);
      return page === 0 ? 0 : page * PAGE_BYTES + offset(physical);
    },
    toPhysical(machine) {
      if (machine === 0) return 0;
      const ppn = map.pageOf(machine >>> PAGE_SHIFT);
      return ppn < 0 ? 0 : ppn * PAGE_BYTES + offset(machine);
    },
  };
}

function words(bytes: Uint8Array): Int32Array {
  return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  const [left, right] = [words(a), words(b)];
  for (let i = 0; i < left.length; i++) if (left[i] !== right[i]) return false;
  return true;
}

function isZero(bytes: Uint8Array): boolean {
  const all = words(bytes);
  for (let i = 0; i < all.length; i++) if (all[i] !== 0) return false;
  return true;
}

/** What is told about machine memory: plain data for `vmk top` and for the counters of the management interface; in pages. */
import type { GuestMap } from './guest-map.ts';
import { EntryBit, entryCode, entryNumber } from './map-entry.ts';
import { PageState } from './page-states.ts';
import type { HostStateName } from './policy.ts';

/** One VM; beside each the column of esxtop's memory screen. */
export interface VmMemory {
  readonly name: string;
  /** MEMSZ */
  readonly sizePages: number;
  /** GRANT: pages that the guest can reach without waiting. */
  readonly grantedPages: number;
  /** Machine pages that stand behind them; a shared page counts in parts. */
  readonly consumedPages: number;
  /** What it is owed now. */
  readonly targetPages: number;
  /** SHRD, and SHRDSVD: machine pages that sharing saves. */
  readonly sharedPages: number;
  readonly sharedSavedPages: number;
  /** ZERO */
  readonly zeroPages: number;
  /** MCTLSZ, MCTLTGT, MCTL? */
  readonly balloonPages: number;
  readonly balloonTargetPages: number;
  readonly isBallooned: boolean;
  /** SWCUR; and all pages ever read and written, for SWR/s and SWW/s. */
  readonly swappedPages: number;
  readonly swapReads: number;
  readonly swapWrites: number;
  /** Compressed pages, and CACHESZ: the machine pages they are in. */
  readonly compressedPages: number;
  readonly cachePages: number;
  /** The estimate of the working set. */
  readonly activePages: number;
  /** Written since the dirty log was asked last. */
  readonly dirtyPages: number;
  readonly reservationPages: number;
  readonly limitPages: number | undefined;
  readonly shares: number;
}

export interface HostMemory {
  readonly pages: number;
  readonly freePages: number;
  readonly minFreePages: number;
  readonly state: HostStateName;
  readonly sharedPages: number;
  readonly sharedSavedPages: number;
  readonly zeroPages: number;
  readonly balloonPages: number;
  readonly swappedPages: number;
  readonly compressedPages: number;
  readonly vms: readonly VmMemory[];
}

/** What only a look at every page tells: pages with the dirty mark, and the VM's part of the pages it shares. */
export function pageCounts(map: GuestMap): { dirty: number; sharedParts: number } {
  const { table, machine } = map.changer;
  let [dirty, sharedParts] = [0, 0];
  for (let index = 0; index < map.layout.ramPages; index++) {
    const entry = table.entries[index] as number;
    if ((entry & EntryBit.Dirty) !== 0) dirty++;
    if (entryCode(entry) === PageState.shared) {
      sharedParts += 1 / Math.max(1, machine.frames.users(entryNumber(entry)));
    }
  }
  return { dirty, sharedParts };
}

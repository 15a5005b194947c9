/** What is told about machine memory: plain data for `vmk top` and for the counters of the management interface; in pages. */
import type { GuestMap } from './guest-map.ts';
import { entryCode, entryNumber } from './map-entry.ts';
import { PageState } from './page-states.ts';
import type { HostStateName } from './policy.ts';

/** One VM; beside each the column of esxtop's memory screen. */
export interface VmMemory {
  readonly name: string;
  /** MEMSZ */
  readonly sizePages: number;
  /** GRANT: pages that the guest can reach without waiting. */
  readonly grantedPages: number;
  /** CNSM: machine pages that stand behind them; a shared page counts in parts. */
  readonly consumedPages: number;
  /** SZTGT: what it is owed now. */
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
  /** TCHD: the estimate of the working set. */
  readonly activePages: number;
  readonly reservationPages: number;
  readonly limitPages: number | undefined;
  readonly shares: number;
  /** OVHD: what the host needs for it beside its memory. */
  readonly overheadPages: number;
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

/** What only a look at every page tells: the VM's part of the pages that it shares. */
export function sharedPartsOf(map: GuestMap): number {
  const { table, machine } = map.changer;
  let parts = 0;
  for (let index = 0; index < map.layout.ramPages; index++) {
    const entry = table.entries[index] as number;
    if (entryCode(entry) === PageState.shared) {
      parts += 1 / Math.max(1, machine.frames.usersAbout(entryNumber(entry)));
    }
  }
  return parts;
}

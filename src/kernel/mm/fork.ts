/** Copies the map of a VM: parent and child share every page from then on, each copies what it writes. */
import { assert } from '#lib';
import { PAGE_BYTES } from '#riscv/size';
import type { FrameTable } from './frame-table.ts';
import { GuestMap } from './guest-map.ts';
import type { MachineMemory } from './machine-memory.ts';
import { EntryBit, entryCode, entryNumber, sharedEntry } from './map-entry.ts';
import type { GuestMapHost } from './page-changer.ts';
import { KEPT_IN, PageState, type PageStateName } from './page-states.ts';

const STATES = Object.keys(PageState).length;
const IN_STORE = (Object.keys(PageState) as PageStateName[]).map((name) => KEPT_IN[name] === 'store');

/**
 * The child's map. Pages that were compressed or swapped out come back first.
 * @returns 'no-memory' or 'lost', and nothing is changed but that, when a page cannot be had.
 * @throws HostError `host-limit` when machine memory has no room for another map.
 * Preconditions: no hart of the VM runs, no device works, no other thread changes its map.
 */
export function forkMap(
  machine: MachineMemory,
  parent: GuestMap,
  host: GuestMapHost,
): GuestMap | 'no-memory' | 'lost' {
  const { ramFirstPage, ramPages } = parent.layout;
  const problem = fetchStored(parent);
  if (problem !== undefined) return problem;
  const ram = { ramBase: ramFirstPage * PAGE_BYTES, ramBytes: ramPages * PAGE_BYTES };
  const child = new GuestMap(machine, { ...host, ...ram });
  const [from, to] = [parent.changer.table, child.changer.table];
  const counts = shareEntries(from.entries, to.entries, machine.frames);
  from.setCounts(counts);
  to.setCounts(counts);
  parent.changer.quiesce();
  return child;
}

const [PRIVATE, SHARED, UNBACKED] = [PageState.private, PageState.shared, PageState.unbacked];

/** Makes the entries of both maps what they are from now on; how many pages are in each state. One pass: it is the time of a fork. */
function shareEntries(from: Int32Array, to: Int32Array, frames: FrameTable): Int32Array {
  const counts = new Int32Array(STATES);
  let shared = 0;
  for (let index = 0; index < from.length; index++) {
    const entry = from[index] as number;
    // Most are of pages that were never touched, or that are shared from a former fork.
    if (entry === 0) continue;
    assert((entry & EntryBit.Busy) === 0, 'a map is forked while somebody changes it');
    const code = entryCode(entry);
    if (code === SHARED) {
      frames.joinUser(entryNumber(entry));
      to[index] = entry;
      shared++;
    } else if (code === PRIVATE) {
      frames.shareWithOther(entryNumber(entry));
      const copy = sharedEntry(entry);
      from[index] = copy;
      to[index] = copy;
      shared++;
    } else {
      to[index] = entry;
      counts[code] = (counts[code] as number) + 1;
    }
  }
  counts[SHARED] = shared;
  counts[UNBACKED] =
    from.length - counts.reduce((sum, count, code) => (code === UNBACKED ? sum : sum + count), 0);
  return counts;
}

/** Brings pages back that a store of the parent's keeps: the child could not reach them there. */
function fetchStored(map: GuestMap): 'no-memory' | 'lost' | undefined {
  const { table } = map.changer;
  const { ramFirstPage, ramPages } = map.layout;
  if (table.count('compressed') + table.count('swapped') + table.count('remote') === 0) return undefined;
  for (let index = 0; index < ramPages; index++) {
    if (IN_STORE[entryCode(table.load(index))] !== true) continue;
    const resolution = map.resolve(ramFirstPage + index, false);
    if (resolution === 'no-memory' || resolution === 'lost') return resolution;
  }
  return undefined;
}

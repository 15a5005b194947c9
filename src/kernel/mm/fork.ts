/** Copies the map of a VM: parent and child share every page from then on, each copies what it writes. */
import { assert } from '#lib';
import { PAGE_BYTES } from '#riscv';
import { GuestMap } from './guest-map.ts';
import type { MachineMemory } from './machine-memory.ts';
import { EntryBit, entryCode, entryNumber, makeEntry } from './map-entry.ts';
import type { GuestMapHost } from './page-changer.ts';
import { KEPT_IN, PageState, type PageStateName } from './page-states.ts';

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
  for (let index = 0; index < ramPages; index++) {
    const entry = from.entries[index] as number;
    if (entry === 0) continue;
    assert((entry & EntryBit.Busy) === 0, 'a map is forked while somebody changes it');
    const code = entryCode(entry);
    const copy =
      code === PageState.private
        ? makeEntry(PageState.shared, entryNumber(entry), entry & EntryBit.Dirty)
        : entry;
    if (code === PageState.private) machine.frames.shareWithOther(entryNumber(entry));
    else if (code === PageState.shared) machine.frames.join(entryNumber(entry));
    from.entries[index] = copy;
    to.entries[index] = copy;
  }
  from.countAnew();
  to.countAnew();
  parent.changer.quiesce();
  return child;
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

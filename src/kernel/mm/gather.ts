/**
 * Moves pages of a VM together, so that they follow one another in machine memory: what a guest finds beside in virtual memory is then
 * one piece for translated code too. The guest sees nothing of it.
 */
import type { GuestMap } from './guest-map.ts';
import { EntryBit, entryCode, entryNumber, LASTING } from './map-entry.ts';
import { PageState } from './page-states.ts';

/** A page that is on its way: its place among them, its index in the map, its entry as it was. */
type Moving = readonly [place: number, index: number, entry: number];

/** What a page must allow to be moved: one without rights is being looked at by somebody else. */
const FREE = EntryBit.Present | EntryBit.Writable;

/**
 * Moves these machine pages to neighbouring ones, in this order. Pages that are not the VM's alone, or that somebody else is at,
 * stay where they are. Nothing is moved when most would stay, or when there is no room.
 * Preconditions: the caller has no entry locked and holds no views, and no hart runs on its thread.
 * @returns how many were moved
 */
export function gatherPages(map: GuestMap, mpns: readonly number[]): number {
  const { machine, table } = map.changer;
  if (machine.freePages <= table.spare + mpns.length) return 0;
  const first = machine.allocateRawRun(mpns.length);
  if (first === 0) return 0;
  const moving = take(map, mpns);
  const isWorth = 2 * moving.length > mpns.length;
  if (isWorth) move(map, moving, first);
  else for (const [, index, entry] of moving) table.unlock(index, entry, entry);
  const moved = new Set(isWorth ? moving.map(([place]) => place) : []);
  for (let place = 0; place < mpns.length; place++) if (!moved.has(place)) machine.freePage(first + place);
  return moved.size;
}

/** Locks the entries of those that may go. */
function take(map: GuestMap, mpns: readonly number[]): Moving[] {
  const { changer, layout } = map;
  const places = new Map(mpns.map((mpn, place) => [mpn, place]));
  const [least, most] = [Math.min(...mpns), Math.max(...mpns)];
  const moving: Moving[] = [];
  for (let index = 0; index < layout.ramPages && moving.length < mpns.length; index++) {
    const mpn = entryNumber(changer.table.entries[index] as number);
    const place = mpn < least || mpn > most ? undefined : places.get(mpn);
    if (place === undefined) continue;
    const entry = changer.tryLock(index);
    if (entry === undefined) continue;
    if (mayMove(entry) && entryNumber(entry) === mpn) moving.push([place, index, entry]);
    else changer.table.unlock(index, entry, entry);
  }
  return moving;
}

function mayMove(entry: number): boolean {
  if (entryCode(entry) !== PageState.private) return false;
  return (entry & FREE) === FREE && (entry & EntryBit.Viewed) === 0;
}

/** All harts come back once, for all of them. */
function move({ changer }: GuestMap, moving: readonly Moving[], first: number): void {
  const { machine, table } = changer;
  for (const [, index, entry] of moving) table.close(index, entry);
  changer.quiesce();
  for (const [place, index, entry] of moving) {
    machine.page(first + place).set(machine.page(entryNumber(entry)));
    changer.unlock(index, entry, 'private', first + place, entry & LASTING);
    changer.forget(entry);
  }
}

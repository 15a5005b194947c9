/**
 * The page-state machine: what can stand behind a guest-physical page, and the events that change it, as rows.
 *
 * Only what a row allows ever happens; a state that no row reaches yet has its number and its rights already, so
 * that sharing, ballooning and swap are rows to add and not a rewrite.
 */
import { assert } from '#lib';
import { MapFlag } from '#riscv';

/** Number of each state, as it stands in a VM's table of states. */
export const PageState = {
  /** Never touched, or given back: reads as zeros once it is touched. */
  unbacked: 0,
  /** The one zero page of the host stands behind it, for reading. */
  zero: 1,
  /** A machine page of its own. */
  private: 2,
  /** A machine page that others use too: copied on write. */
  shared: 3,
  /** The guest's balloon gave it back. */
  ballooned: 4,
  compressed: 5,
  swapped: 6,
  /** Still on the host that the VM came from. */
  remote: 7,
} as const;
export type PageStateName = keyof typeof PageState;
export type PageStateCode = (typeof PageState)[PageStateName];

/** What the guest may do without leaving its run, in bits of the page map. */
export const RIGHTS: Readonly<Record<PageStateName, number>> = {
  unbacked: 0,
  zero: MapFlag.Present,
  private: MapFlag.Present | MapFlag.Writable,
  shared: MapFlag.Present,
  ballooned: 0,
  compressed: 0,
  swapped: 0,
  remote: 0,
};

/** `touch`: the guest or a device needs the page. `release`: its content is not needed any more. */
export type PageEvent = 'touch' | 'release';

type Transition = readonly [from: PageStateName, event: PageEvent, to: PageStateName];

// biome-ignore format: a table reads in columns
export const TRANSITIONS: readonly Transition[] = [
  ['unbacked', 'touch',   'private'],
  ['private',  'touch',   'private'],
  ['private',  'release', 'unbacked'],
  ['unbacked', 'release', 'unbacked'],
];

const NAMES = Object.keys(PageState) as PageStateName[];
const NEXT = new Map(TRANSITIONS.map(([from, event, to]) => [`${from} ${event}`, to]));

/** The state after `event`; an event that the state does not know is our own mistake. */
export function nextState(from: PageStateName, event: PageEvent): PageStateName {
  const to = NEXT.get(`${from} ${event}`);
  assert(to !== undefined, `page state ${from} does not know the event ${event}`);
  return to;
}

/** The name of a state's number. */
export function stateName(code: number): PageStateName {
  const name = NAMES[code];
  assert(name !== undefined, `there is no page state ${code}`);
  return name;
}

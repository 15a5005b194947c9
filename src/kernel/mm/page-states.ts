/**
 * The page-state machine: what can stand behind a guest-physical page, and the events that change it, as rows.
 *
 * Only what a row allows ever happens. Whether a page's rights are taken away for a while, and whether it was written,
 * stands beside its state in its entry (map-entry.ts).
 */
import { assert } from '#lib';
import { MapFlag } from '#riscv/size';

/** Number of each state, as it stands in an entry of a map; they fit into three bits. */
export const PageState = {
  /** Never touched, or given back: reads as zeros. */
  unbacked: 0,
  /** The one zero page of the host stands behind it, for reading. */
  zero: 1,
  /** A machine page of its own. */
  private: 2,
  /** A machine page that others may use too: copied on write. */
  shared: 3,
  /** The guest's balloon gave it back. */
  ballooned: 4,
  /** Kept in the VM's compression cache. */
  compressed: 5,
  /** Kept in the VM's swap file. */
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

/** What a state keeps a page's bytes in: nothing (they are zeros), a machine page, or a store outside machine memory. */
export const KEPT_IN: Readonly<Record<PageStateName, 'nothing' | 'frame' | 'store'>> = {
  unbacked: 'nothing',
  zero: 'nothing',
  private: 'frame',
  shared: 'frame',
  ballooned: 'nothing',
  compressed: 'store',
  swapped: 'store',
  remote: 'store',
};

/**
 * `read`, `write`: the guest or a device needs the page. `release`: its content is not needed any more.
 * `inflate`, `deflate`: the guest's balloon takes it, gives it up. `share`: an equal page was found, or a fork makes it
 * common. `empty`: it was found to hold zeros only. `compress`, `swap`: its machine page is needed elsewhere.
 * `expect`: its content will come from another host.
 */
export type PageEvent =
  | 'read'
  | 'write'
  | 'release'
  | 'inflate'
  | 'deflate'
  | 'share'
  | 'empty'
  | 'compress'
  | 'swap'
  | 'expect';

type Transition = readonly [from: PageStateName, event: PageEvent, to: PageStateName];

// biome-ignore format: a table reads in columns
export const TRANSITIONS: readonly Transition[] = [
  ['unbacked',   'read',     'zero'],
  ['zero',       'read',     'zero'],
  ['private',    'read',     'private'],
  ['shared',     'read',     'shared'],
  ['ballooned',  'read',     'zero'],
  ['compressed', 'read',     'private'],
  ['swapped',    'read',     'private'],
  ['remote',     'read',     'private'],

  ['unbacked',   'write',    'private'],
  ['zero',       'write',    'private'],
  ['private',    'write',    'private'],
  ['shared',     'write',    'private'],
  ['ballooned',  'write',    'private'],
  ['compressed', 'write',    'private'],
  ['swapped',    'write',    'private'],
  ['remote',     'write',    'private'],

  ['unbacked',   'release',  'unbacked'],
  ['zero',       'release',  'unbacked'],
  ['private',    'release',  'unbacked'],
  ['shared',     'release',  'unbacked'],
  ['ballooned',  'release',  'unbacked'],
  ['compressed', 'release',  'unbacked'],
  ['swapped',    'release',  'unbacked'],
  ['remote',     'release',  'unbacked'],

  ['unbacked',   'inflate',  'ballooned'],
  ['zero',       'inflate',  'ballooned'],
  ['private',    'inflate',  'ballooned'],
  ['shared',     'inflate',  'ballooned'],
  ['ballooned',  'inflate',  'ballooned'],
  ['compressed', 'inflate',  'ballooned'],
  ['swapped',    'inflate',  'ballooned'],
  ['remote',     'inflate',  'ballooned'],
  ['ballooned',  'deflate',  'unbacked'],

  ['private',    'share',    'shared'],
  ['shared',     'share',    'shared'],
  ['private',    'empty',    'zero'],
  ['shared',     'empty',    'zero'],

  ['private',    'compress', 'compressed'],
  ['shared',     'compress', 'compressed'],
  ['private',    'swap',     'swapped'],
  ['shared',     'swap',     'swapped'],
  ['unbacked',   'expect',   'remote'],
];

const NAMES = Object.keys(PageState) as PageStateName[];
const EVENTS = [...new Set(TRANSITIONS.map(([, event]) => event))];
/** By event, then by the state's number. */
const NEXT = Object.fromEntries(
  EVENTS.map((event) => [
    event,
    NAMES.map((name) => TRANSITIONS.find((row) => row[0] === name && row[1] === event)?.[2]),
  ]),
) as Record<PageEvent, (PageStateName | undefined)[]>;

/** Whether a page in this state can meet the event at all. */
export function allows(from: PageStateName, event: PageEvent): boolean {
  return NEXT[event][PageState[from]] !== undefined;
}

/** The state after `event`; an event that the state does not know is our own mistake. */
export function nextState(from: PageStateName, event: PageEvent): PageStateName {
  const to = NEXT[event][PageState[from]];
  assert(to !== undefined, `page state ${from} does not know the event ${event}`);
  return to;
}

/** The name of a state's number. */
export function stateName(code: number): PageStateName {
  const name = NAMES[code];
  assert(name !== undefined, `there is no page state ${code}`);
  return name;
}

/** What keys do: from a state of the live display and a key to the next state. */
import { CPU_COLUMNS, DISK_COLUMNS, MEMORY_COLUMNS } from './columns.ts';
import type { ScreenName, View } from './screen.ts';

export interface LiveState extends View {
  readonly intervalMs: number;
  readonly isHelp: boolean;
  readonly isOver: boolean;
  /** What was typed of a new interval; undefined when none is asked for. */
  readonly typed: string | undefined;
  /** Sort keys of the screens. */
  readonly sorts: Readonly<Record<ScreenName, string>>;
}

const MOST_TYPED = 8;
const LEAST_INTERVAL_S = 0.2;
const MOST_INTERVAL_S = 3600;
const ESCAPE = '\x1b';
const CTRL_C = '\x03';

export function firstState(intervalMs: number): LiveState {
  const sorts = { cpu: 'U', memory: 'M', disk: 'U' };
  return {
    ...{ screen: 'cpu', sort: sorts.cpu, sorts, isExpanded: false, message: '' },
    ...{ intervalMs, isHelp: false, isOver: false, typed: undefined },
  };
}

const SCREEN_KEYS: Readonly<Record<string, ScreenName>> = { c: 'cpu', m: 'memory', d: 'disk', v: 'disk' };
const SCREEN_COLUMNS = { cpu: CPU_COLUMNS, memory: MEMORY_COLUMNS, disk: DISK_COLUMNS };

/** The state after a key; keys that mean nothing are said to. */
export function press(state: LiveState, key: string): LiveState {
  if (state.typed !== undefined) return typeInterval(state, key);
  if (key === 'q' || key === CTRL_C) return { ...state, isOver: true };
  if (state.isHelp) return { ...state, isHelp: false };
  if (key === 'h' || key === '?') return { ...state, isHelp: true, message: '' };
  if (key === 's') return asking(state, '');
  if (key === 'e') return { ...state, isExpanded: !state.isExpanded, message: '' };
  if (key === ' ' || key === '\r' || key === '\n') return { ...state, message: '' };
  const sorted = SCREEN_COLUMNS[state.screen].find((column) => column.key === key);
  if (sorted !== undefined) {
    const sorts = { ...state.sorts, [state.screen]: key };
    return { ...state, sort: key, sorts, message: `sorted by ${sorted.title}` };
  }
  const screen = Object.hasOwn(SCREEN_KEYS, key) ? SCREEN_KEYS[key] : undefined;
  if (screen !== undefined) return { ...state, screen, sort: state.sorts[screen], message: '' };
  if (key.startsWith(ESCAPE)) return state;
  return { ...state, message: 'h shows the keys' };
}

function typeInterval(state: LiveState, key: string): LiveState {
  const typed = state.typed ?? '';
  if (key === '\r' || key === '\n') return setInterval(state, typed);
  if (key === '\x7f' || key === '\b') return asking(state, typed.slice(0, -1));
  if (key === ESCAPE || key === CTRL_C) return { ...state, typed: undefined, message: '' };
  if (!/^[\d.]$/.test(key) || typed.length >= MOST_TYPED) return state;
  return asking(state, typed + key);
}

function setInterval(state: LiveState, typed: string): LiveState {
  const seconds = Number(typed);
  if (typed === '') return { ...state, typed: undefined, message: '' };
  if (!(seconds >= LEAST_INTERVAL_S && seconds <= MOST_INTERVAL_S)) {
    return {
      ...state,
      typed: undefined,
      message: `"${typed}" is not in ${LEAST_INTERVAL_S} … ${MOST_INTERVAL_S}`,
    };
  }
  return { ...state, typed: undefined, intervalMs: seconds * 1000, message: '' };
}

function asking(state: LiveState, typed: string): LiveState {
  return { ...state, typed, message: `seconds between two looks (${state.intervalMs / 1000}): ${typed}` };
}

/** The keys, for `h`. */
export function keyHelp(screen: ScreenName): string[] {
  const sorting = SCREEN_COLUMNS[screen].flatMap(({ key, title }) =>
    key === undefined ? [] : [`  ${key}      sort by ${title}`],
  );
  return [
    'Keys of vmk top',
    '',
    '  c m d  CPU, memory, disk',
    ...sorting,
    ...(screen === 'cpu' ? ['  e      worlds below their groups'] : []),
    '  s      seconds between two looks',
    '  space  look now',
    '  q      leave',
    '',
    'Any key goes back.',
  ];
}

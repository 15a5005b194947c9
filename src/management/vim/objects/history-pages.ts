/** A history that is read page by page, from the oldest to the newest: what collectors of tasks and of events have in common. */
import type { VimContext } from '../context.ts';
import type { Call } from '../model/call.ts';
import { FAULTS } from '../model/faults.ts';
import { guarded } from '../model/managed.ts';
import type { MoRef, VimFault } from '../model/value.ts';

const VIEW = 'System.View';
const DEFAULT_PAGE = 10;
const MAX_PAGE = 1000;
/** Collectors of one session and type, as maxCollector says. */
export const MAX_COLLECTORS = 32;

export class HistoryPages<Item> {
  pageSize = DEFAULT_PAGE;
  readonly #selected: () => readonly Item[];
  readonly #placeOf: (item: Item) => number;
  /** The place of the item that was read last. */
  #after = 0;

  /** @param placeOf - grows from one to the next */
  constructor(selected: () => readonly Item[], placeOf: (item: Item) => number) {
    this.#selected = selected;
    this.#placeOf = placeOf;
    this.reset();
  }

  /** Newest first. */
  get latestPage(): Item[] {
    return this.#selected().slice(-this.pageSize).toReversed();
  }

  rewind(): void {
    this.#after = 0;
  }

  /** To just before the latest page. */
  reset(): void {
    const before = this.#selected().at(-this.pageSize - 1);
    this.#after = before === undefined ? 0 : this.#placeOf(before);
  }

  next(count: number): Item[] {
    const found = this.#selected()
      .filter((item) => this.#placeOf(item) > this.#after)
      .slice(0, count);
    const last = found.at(-1);
    if (last !== undefined) this.#after = this.#placeOf(last);
    return found;
  }

  previous(count: number): Item[] {
    const found = this.#selected()
      .filter((item) => this.#placeOf(item) <= this.#after)
      .slice(-count);
    const [first] = found;
    this.#after = first === undefined ? 0 : this.#placeOf(first) - 1;
    return found;
  }
}

const isPage = (count: number) => count >= 1 && count <= MAX_PAGE;

/** Reading of either kind of collector. */
export const reading =
  (way: 'next' | 'previous') =>
  <Item>(self: HistoryPages<Item>, { maxCount }: { maxCount: number }): readonly Item[] | VimFault =>
    isPage(maxCount) ? self[way](maxCount) : FAULTS.invalidArgument('maxCount');

/** The methods of HistoryCollector. */
export const collectorMethods = <Item>() => ({
  RewindCollector: guarded(VIEW, (self: HistoryPages<Item>) => self.rewind()),
  ResetCollector: guarded(VIEW, (self: HistoryPages<Item>) => self.reset()),
  DestroyCollector: guarded(VIEW, (_: HistoryPages<Item>, __: object, call: Call) =>
    call.objects.remove(call.self.value),
  ),
  SetCollectorPageSize: guarded(VIEW, (self: HistoryPages<Item>, { maxCount }: { maxCount: number }) => {
    if (!isPage(maxCount)) return FAULTS.invalidArgument('maxCount');
    self.pageSize = maxCount;
    self.reset();
    return undefined;
  }),
});

/** The id of a new collector of the session; it goes with it. */
export function claimCollector(vim: VimContext, type: string, { session }: Call): string | VimFault {
  const key = session?.key ?? '';
  if (vim.objects.ofType(type).filter(({ owner }) => owner === key).length >= MAX_COLLECTORS)
    return FAULTS.invalidState(`There are ${MAX_COLLECTORS} collectors already`);
  return vim.newId(`session[${key}]`);
}

/** Whether an entity is the one that a filter names, or is below it. */
export function isAt({ host }: VimContext, own: string, { value }: MoRef, recursion: string): boolean {
  if (recursion === 'self') return own === value;
  for (let at: string | undefined = own; at !== undefined; at = host.accounts.tree.parentOf(at))
    if (at === value) return recursion === 'all' || at !== own;
  return false;
}

/** A property collector of one session: its filters, the version its client has, and the client that waits for news. */

import type { Look } from '../model/call.ts';
import { FAULTS } from '../model/faults.ts';
import type { Objects } from '../model/objects.ts';
import { fault, moRef, type VimFault } from '../model/value.ts';
import type { ObjectContent, ObjectUpdate, PropertyFilterUpdate, UpdateSet } from '../table/vim25.d.ts';
import type { PropertyFilterState } from './filter.ts';

/** Calls something once, later. Returns what cancels it. */
export type After = (milliseconds: number, action: () => void) => () => void;

export interface CollectorHost {
  readonly objects: Objects;
  readonly after: After;
}

export interface Wait {
  readonly version: string;
  /** Undefined: without end. */
  readonly maxWaitSeconds: number | undefined;
  readonly maxObjectUpdates: number | undefined;
  readonly gone: AbortSignal;
}

/** Clients that set no bound get so many objects at once. */
const MAX_OBJECT_UPDATES = 100_000;
const MAX_FILTERS = 1000;
const MAX_OPEN_READS = 64;

type Waiter = (answer: UpdateSet | VimFault | undefined) => void;

export class CollectorState {
  readonly filters = new Map<string, PropertyFilterState>();
  readonly #host: CollectorHost;
  readonly #endWatch: () => void;
  /** Updates that did not fit into the last answer. */
  #pending: { filter: string; update: ObjectUpdate }[] = [];
  #version = 0;
  #last: { readonly asked: string; readonly set: UpdateSet } | undefined;
  #waiter: Waiter | undefined;
  #isScheduled = false;
  #check: (() => void) | undefined;
  /** What RetrievePropertiesEx has left, by token. */
  readonly #reads = new Map<string, readonly ObjectContent[]>();
  #nextToken = 1;

  constructor(host: CollectorHost) {
    this.#host = host;
    this.#endWatch = host.objects.watch((id) => this.#touched(id));
  }

  add(filter: PropertyFilterState): VimFault | undefined {
    if (this.filters.size >= MAX_FILTERS)
      return FAULTS.invalidState(`There are ${MAX_FILTERS} filters already`);
    this.filters.set(filter.id, filter);
    this.#wake();
    return undefined;
  }

  remove(filter: string): void {
    this.filters.delete(filter);
    this.#pending = this.#pending.filter((each) => each.filter !== filter);
  }

  /** Ends it, and whoever waits. */
  destroy(): void {
    this.#endWatch();
    this.cancel();
    for (const id of this.filters.keys()) this.#host.objects.remove(id);
    this.filters.clear();
    this.#reads.clear();
  }

  cancel(): void {
    this.#answer(FAULTS.requestCanceled());
  }

  /** Keeps what is left of a read. Returns its token. */
  keepRead(rest: readonly ObjectContent[]): string {
    const token = String(this.#nextToken++);
    this.#reads.set(token, rest);
    const [oldest] = this.#reads.keys();
    if (this.#reads.size > MAX_OPEN_READS && oldest !== undefined) this.#reads.delete(oldest);
    return token;
  }

  takeRead(token: string): readonly ObjectContent[] | undefined {
    const rest = this.#reads.get(token);
    this.#reads.delete(token);
    return rest;
  }

  /** What is new now; undefined for nothing. */
  check(asked: string, look: Look, max = MAX_OBJECT_UPDATES): UpdateSet | VimFault | undefined {
    const trouble = this.#begin(asked);
    if (trouble !== undefined) return trouble;
    for (const [id, filter] of this.filters)
      this.#pending.push(...filter.updates(look).map((update) => ({ filter: id, update })));
    if (this.#pending.length === 0) return undefined;
    const now = this.#pending.splice(0, Math.max(1, max));
    const version = String(++this.#version);
    const set: UpdateSet = {
      version,
      filterSet: byFilter(now),
      ...(this.#pending.length > 0 && { truncated: true }),
    };
    this.#last = { asked, set };
    return set;
  }

  /** Resolves when there is something new, the time is over (undefined), or the wait is cancelled. */
  async wait(
    { version, maxWaitSeconds, maxObjectUpdates, gone }: Wait,
    look: Look,
  ): Promise<UpdateSet | VimFault | undefined> {
    this.cancel();
    const now = this.check(version, look, maxObjectUpdates);
    if (now !== undefined || maxWaitSeconds === 0) return now;
    return await new Promise((resolve) => {
      const end = () => this.#answer(undefined);
      const cancelTimer =
        maxWaitSeconds === undefined ? () => {} : this.#host.after(maxWaitSeconds * 1000, end);
      gone.addEventListener('abort', end);
      this.#check = () => {
        const found = this.check(version, look, maxObjectUpdates);
        if (found !== undefined) this.#answer(found);
      };
      this.#waiter = (answer) => {
        cancelTimer();
        gone.removeEventListener('abort', end);
        resolve(answer);
      };
      if (gone.aborted) end();
    });
  }

  /** What the client has decides: nothing, what it was told last, or what it was told before that. */
  #begin(asked: string): VimFault | undefined {
    if (asked === '') {
      this.#pending = [];
      for (const filter of this.filters.values()) filter.reset();
      return undefined;
    }
    if (asked === String(this.#version)) return undefined;
    if (asked === this.#last?.asked) {
      // The last answer was lost on its way: it is part of what is new.
      const again = this.#last.set.filterSet ?? [];
      this.#pending.unshift(
        ...again.flatMap(({ filter, objectSet = [] }) =>
          objectSet.map((update) => ({ filter: filter.value, update })),
        ),
      );
      return undefined;
    }
    return fault('InvalidCollectorVersion', {}, `The version "${asked}" is none that this collector gave.`);
  }

  #answer(answer: Parameters<Waiter>[0]): void {
    const waiter = this.#waiter;
    this.#waiter = undefined;
    this.#check = undefined;
    waiter?.(answer);
  }

  #touched(id: string): void {
    let matters = false;
    for (const filter of this.filters.values()) if (filter.touch(id)) matters = true;
    if (matters) this.#wake();
  }

  /** Changes come in groups: they are looked at together, when those that make them are done. */
  #wake(): void {
    if (this.#isScheduled || this.#check === undefined) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#check?.();
    });
  }
}

function byFilter(updates: readonly { filter: string; update: ObjectUpdate }[]): PropertyFilterUpdate[] {
  const sets = new Map<string, ObjectUpdate[]>();
  for (const { filter, update } of updates) {
    const known = sets.get(filter);
    if (known === undefined) sets.set(filter, [update]);
    else known.push(update);
  }
  return [...sets].map(([filter, objectSet]) => ({ filter: moRef('PropertyFilter', filter), objectSet }));
}

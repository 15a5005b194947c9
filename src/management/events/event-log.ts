/** The events of a host: what happened to it, its VMs and its users; the newest are kept, also over a restart. */
import type { Clock } from '#lib';
import type { Actors } from './actor.ts';
import type { History } from './history-file.ts';

/** What happened, as VIM's data object of that type has it. */
export interface NewEvent {
  /** `VmPoweredOnEvent`; `EventEx` for what has a type of its own. */
  readonly type: string;
  readonly vm?: { readonly id: number; readonly name: string } | undefined;
  /** Fields that the type has beyond those of all events; what JSON can say. */
  readonly detail?: Readonly<Record<string, unknown>>;
  /** Instead of who is known to do it. */
  readonly user?: string;
  /** Instead of the text of its type. */
  readonly text?: string;
}

export interface HostEvent extends NewEvent {
  /** Grows; never used twice. */
  readonly key: number;
  readonly chainId: number;
  /** Milliseconds since 1970. */
  readonly timeMs: number;
  readonly user: string;
}

/** The latest that are kept. */
export const MAX_EVENTS = 1000;

export class EventLog {
  readonly #clock: Pick<Clock, 'wallNanoseconds'>;
  readonly #actors: Actors;
  readonly #history: History;
  readonly #listeners = new Set<(event: HostEvent) => void>();
  #events: HostEvent[];

  constructor(clock: Pick<Clock, 'wallNanoseconds'>, actors: Actors, history: History) {
    this.#clock = clock;
    this.#actors = actors;
    this.#history = history;
    this.#events = history.read().filter(isEvent).slice(-MAX_EVENTS);
  }

  /** Oldest first. */
  get all(): readonly HostEvent[] {
    return this.#events;
  }

  add(event: NewEvent): HostEvent {
    const { user, chainId } = this.#actors.current;
    const key = (this.#events.at(-1)?.key ?? 0) + 1;
    const timeMs = Number(this.#clock.wallNanoseconds() / 1_000_000n);
    const added: HostEvent = { user, ...event, key, chainId: chainId ?? key, timeMs };
    this.#events.push(added);
    if (this.#events.length > MAX_EVENTS) this.#events.shift();
    this.#history.append(added);
    for (const listener of this.#listeners) listener(added);
    return added;
  }

  /** Returns what ends it. */
  watch(listener: (event: HostEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

function isEvent(record: unknown): record is HostEvent {
  const { type, key, chainId, timeMs, user } = (record ?? {}) as Partial<HostEvent>;
  const isText = typeof type === 'string' && typeof user === 'string';
  return isText && [key, chainId, timeMs].every((number) => Number.isSafeInteger(number));
}

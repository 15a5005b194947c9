/**
 * mClock: who may use a device next, by reservation, limit and shares. Pure: time is handed in.
 * Source: Gulati, Merchant, Varman, "mClock: Handling Throughput Variability for Hypervisor IO Scheduling", OSDI 2010.
 *
 * Each client has three tags, times at which its next unit of work is due: by its reservation, by its limit, and, in time
 * of its own, by its shares. Who is behind its reservation comes first, the most behind before others; else, of those that
 * are not over their limit, the one with the smallest tag of shares.
 */

/** What a client is owed, in units of work a second. */
export interface DiskAllocation {
  /** 0: nothing is guaranteed. */
  readonly reservation: number;
  readonly limit: number | 'unlimited';
  /** Against those of others; more than 0. */
  readonly shares: number;
}

export const NORMAL_ALLOCATION: DiskAllocation = { reservation: 0, limit: 'unlimited', shares: 1000 };

const NS_PER_SECOND = 1e9;

/** Tags of one client, in nanoseconds. */
interface Client {
  allocation: DiskAllocation;
  reservationTag: number;
  limitTag: number;
  sharesTag: number;
  /** When it was served last. */
  servedNs: number;
  /** Costs of what it waits with, the first first. */
  readonly waiting: number[];
}

/** Clients are named by the caller. */
export class MClock<Key> {
  readonly #clients = new Map<Key, Client>();
  /** Shares' own time: how far those are who were served last. */
  #virtual = 0;

  /** Makes a client known, or gives it another allocation. */
  set(key: Key, allocation: DiskAllocation): void {
    const known = this.#clients.get(key);
    if (known) {
      known.allocation = allocation;
      known.sharesTag = Math.max(known.sharesTag, this.#virtual);
    } else {
      const tags = { reservationTag: 0, limitTag: 0, sharesTag: 0, servedNs: Number.NEGATIVE_INFINITY };
      this.#clients.set(key, { allocation, ...tags, waiting: [] });
    }
  }

  /** What it waited with is forgotten. */
  remove(key: Key): void {
    this.#clients.delete(key);
  }

  /** A client wants to do `cost` units of work. Preconditions: it is known. */
  add(key: Key, cost: number, nowNs: number): void {
    const client = this.#clients.get(key) as Client;
    if (client.waiting.length === 0) this.#wake(client, nowNs);
    client.waiting.push(cost);
  }

  get isEmpty(): boolean {
    for (const { waiting } of this.#clients.values()) if (waiting.length > 0) return false;
    return true;
  }

  /** Who goes next, now; undefined when nobody wants to, or all who do are at their limits. */
  next(nowNs: number): Key | undefined {
    const behind = this.#least((client) =>
      client.allocation.reservation > 0 && client.reservationTag <= nowNs ? client.reservationTag : undefined,
    );
    const chosen =
      behind ?? this.#least((client) => (client.limitTag <= nowNs ? client.sharesTag : undefined));
    if (chosen === undefined) return undefined;
    const client = this.#clients.get(chosen) as Client;
    const cost = client.waiting.shift() as number;
    this.#virtual = Math.max(this.#virtual, client.sharesTag);
    // What was done by its shares is not taken from its reservation.
    if (behind !== undefined) client.reservationTag += (cost / client.allocation.reservation) * NS_PER_SECOND;
    spend(client, cost, nowNs);
    client.servedNs = nowNs;
    return chosen;
  }

  /** A client did more than it had said. Preconditions: it is known. */
  charge(key: Key, cost: number, nowNs: number): void {
    spend(this.#clients.get(key) as Client, cost, nowNs);
  }

  /** When somebody who waits may go next, if not now; Infinity when nobody waits. */
  nextNs(nowNs: number): number {
    let nextNs = Number.POSITIVE_INFINITY;
    for (const { waiting, allocation, reservationTag, limitTag } of this.#clients.values()) {
      if (waiting.length === 0) continue;
      const byReservation = allocation.reservation > 0 ? reservationTag : Number.POSITIVE_INFINITY;
      nextNs = Math.min(nextNs, byReservation, limitTag);
    }
    return Math.max(nextNs, nowNs);
  }

  /** Who was idle is owed nothing for that time, and is not behind the others by it. */
  #wake(client: Client, nowNs: number): void {
    if (nowNs - client.servedNs < IDLE_NS) return;
    client.reservationTag = Math.max(client.reservationTag, nowNs);
    client.limitTag = Math.max(client.limitTag, nowNs - SLACK_NS);
    client.sharesTag = Math.max(client.sharesTag, this.#virtual);
  }

  #least(tagOf: (client: Client) => number | undefined): Key | undefined {
    let found: Key | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const [key, client] of this.#clients) {
      if (client.waiting.length === 0) continue;
      const tag = tagOf(client);
      if (tag === undefined || tag >= least) continue;
      [found, least] = [key, tag];
    }
    return found;
  }
}

/** Work is done: the next of it is due later. */
function spend(client: Client, cost: number, nowNs: number): void {
  const { limit, shares } = client.allocation;
  client.sharesTag += cost / shares;
  if (limit === 'unlimited') return;
  client.limitTag = Math.max(client.limitTag, nowNs - SLACK_NS) + (cost / limit) * NS_PER_SECOND;
}

/** Who asks again within this was not idle: it thought about what came. */
const IDLE_NS = 10e6;
/** Who is asked late has lost no more than this of its limit: the thread looks again only so often. */
const SLACK_NS = 10e6;

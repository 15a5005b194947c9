/**
 * Who of the link has which hardware address: the ARP cache of an interface, with bounds against floods.
 * Source: RFC 826, RFC 1122 §2.3.2 (timeout, flood prevention, queue), RFC 5227 §2.4 (conflicts).
 */
import type { Alarm, Alarms } from './alarms.ts';

interface Neighbour {
  mac: number | undefined;
  /** When `mac` was last heard of. */
  heardMs: number;
  /** When it was last asked for, and how often since it last answered. */
  askedMs: number;
  asked: number;
  /** Frames that wait for the answer, oldest first. */
  readonly waiting: (() => void)[];
}

// biome-ignore format: a table reads in columns
export const LIMIT = { neighbours: 1024, waitingFrames: 16, requests: 3, requestEveryMs: 1000, freshMs: 30_000, forgottenAfterMs: 600_000 } as const;

export interface NeighbourHost {
  /** Sends a request for the address: to everybody, or to who had it last. */
  ask(address: number, mac: number | undefined): void;
  /** Nobody answered; what waited is lost. */
  unreachable(address: number): void;
}

export class Neighbours {
  readonly #host: NeighbourHost;
  readonly #alarms: Alarms;
  /** In the order of their last use. */
  readonly #known = new Map<number, Neighbour>();
  readonly #retry: Alarm;

  constructor(host: NeighbourHost, alarms: Alarms) {
    this.#host = host;
    this.#alarms = alarms;
    this.#retry = alarms.alarm(() => this.#askAgain());
  }

  /** The neighbour's hardware address; undefined while it is asked for: `later` is called when it is there. */
  find(address: number, later: () => void): number | undefined {
    const nowMs = this.#alarms.now();
    const neighbour = this.#known.get(address) ?? this.#add(address, nowMs);
    if (neighbour.mac !== undefined && nowMs - neighbour.heardMs < LIMIT.forgottenAfterMs) {
      if (nowMs - neighbour.heardMs > LIMIT.freshMs) this.#ask(address, neighbour, nowMs);
      return neighbour.mac;
    }
    neighbour.mac = undefined;
    if (neighbour.waiting.length >= LIMIT.waitingFrames) neighbour.waiting.shift();
    neighbour.waiting.push(later);
    this.#ask(address, neighbour, nowMs);
    return undefined;
  }

  /** What a packet says. Only who asks us, or whom we know or have asked, gets into the table. */
  heard(address: number, mac: number, isForUs: boolean): void {
    const nowMs = this.#alarms.now();
    const neighbour = this.#known.get(address) ?? (isForUs ? this.#add(address, nowMs) : undefined);
    if (neighbour === undefined) return;
    Object.assign(neighbour, { mac, heardMs: nowMs, asked: 0 });
    for (const go of neighbour.waiting.splice(0)) go();
  }

  /** It is there: its packets come in (RFC 1122 §2.3.2.1: advice of a higher layer). */
  confirm(address: number): void {
    const neighbour = this.#known.get(address);
    if (neighbour?.mac !== undefined) neighbour.heardMs = this.#alarms.now();
  }

  entries(): { readonly address: number; readonly mac: number | undefined; readonly ageMs: number }[] {
    const nowMs = this.#alarms.now();
    return [...this.#known].map(([address, { mac, heardMs }]) => ({ address, mac, ageMs: nowMs - heardMs }));
  }

  forget(address?: number): void {
    if (address === undefined) this.#known.clear();
    else this.#known.delete(address);
  }

  /** The neighbour that was added first of those that are not asked for makes room. */
  #add(address: number, nowMs: number): Neighbour {
    if (this.#known.size >= LIMIT.neighbours) {
      for (const [old] of this.#known) {
        this.#known.delete(old);
        break;
      }
    }
    const neighbour = { mac: undefined, heardMs: nowMs, askedMs: -Infinity, asked: 0, waiting: [] };
    this.#known.set(address, neighbour);
    return neighbour;
  }

  #ask(address: number, neighbour: Neighbour, nowMs: number): void {
    if (nowMs - neighbour.askedMs < LIMIT.requestEveryMs) return;
    neighbour.askedMs = nowMs;
    neighbour.asked++;
    this.#host.ask(address, neighbour.asked > 1 ? undefined : neighbour.mac);
    if (!this.#retry.isSet) this.#retry.set(nowMs + LIMIT.requestEveryMs);
  }

  #askAgain(): void {
    const nowMs = this.#alarms.now();
    let isAnybodyAsked = false;
    for (const [address, neighbour] of [...this.#known]) {
      if (neighbour.asked === 0) continue;
      if (neighbour.asked >= LIMIT.requests && nowMs - neighbour.askedMs >= LIMIT.requestEveryMs) {
        this.#known.delete(address);
        this.#host.unreachable(address);
        continue;
      }
      isAnybodyAsked = true;
      this.#ask(address, neighbour, nowMs);
    }
    if (isAnybodyAsked && !this.#retry.isSet) this.#retry.set(nowMs + LIMIT.requestEveryMs);
  }
}

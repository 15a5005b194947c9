/** Which guest has which address: a pool, offers, leases. The same guest gets the same address again. */
import type { Now } from '../../stack/alarms.ts';

export interface Lease {
  readonly mac: number;
  readonly address: number;
  /** What the guest calls itself; empty when it does not say. */
  readonly name: string;
  /** `offered`: not taken yet; `leased`; `free`: was the guest's, and will be again while nobody needs it. */
  readonly state: 'offered' | 'leased' | 'free';
  readonly untilMs: number;
}

export interface Pool {
  readonly first: number;
  readonly last: number;
}

/** An address that a guest declined is in use by somebody unknown: it rests. Source: RFC 2131 §4.3.3. */
const DECLINED_MS = 600_000;
const OFFER_MS = 60_000;

export class Leases {
  readonly leaseMs: number;
  readonly #pool: Pool;
  readonly #now: Now;
  readonly #byMac = new Map<number, Lease>();
  readonly #byAddress = new Map<number, Lease>();
  readonly #declined = new Map<number, number>();

  constructor(pool: Pool, leaseMs: number, now: Now) {
    this.#pool = pool;
    this.leaseMs = leaseMs;
    this.#now = now;
  }

  /** Those that are in use. */
  list(): Lease[] {
    const nowMs = this.#now();
    return [...this.#byMac.values()].filter(({ state, untilMs }) => state === 'leased' && untilMs > nowMs);
  }

  of(mac: number): Lease | undefined {
    return this.#byMac.get(mac);
  }

  /** Who has the address now. */
  ownerOf(address: number): Lease | undefined {
    const lease = this.#byAddress.get(address);
    return lease !== undefined && lease.state === 'leased' && lease.untilMs > this.#now() ? lease : undefined;
  }

  /** An address for the guest: what it had, what it wishes, or any; undefined when all are taken. */
  offer(mac: number, wished: number | undefined, isUsed: (address: number) => boolean): Lease | undefined {
    const had = this.#byMac.get(mac);
    const nowMs = this.#now();
    if (had?.state === 'leased' && had.untilMs > nowMs) return had;
    const address = had?.address ?? this.#choose(wished, isUsed);
    if (address === undefined) return undefined;
    return this.#put({ mac, address, name: had?.name ?? '', state: 'offered', untilMs: nowMs + OFFER_MS });
  }

  /** The guest takes the address; undefined when it may not. */
  take(mac: number, address: number, name: string): Lease | undefined {
    const had = this.#byMac.get(mac);
    if (had?.address !== address && !this.#isFree(address)) return undefined;
    if (had !== undefined && had.address !== address) this.#remove(had);
    return this.#put({
      mac,
      address,
      name: name || (had?.name ?? ''),
      state: 'leased',
      untilMs: this.#now() + this.leaseMs,
    });
  }

  release(mac: number, address: number): void {
    const had = this.#byMac.get(mac);
    if (had?.address === address) this.#put({ ...had, state: 'free', untilMs: 0 });
  }

  /** Somebody has the address who is not known here. */
  decline(mac: number, address: number): void {
    const had = this.#byMac.get(mac);
    if (had?.address !== address) return;
    this.#remove(had);
    this.#declined.set(address, this.#now() + DECLINED_MS);
  }

  /** The guest with that name. */
  named(name: string): Lease | undefined {
    return this.list().find((lease) => lease.name.toLowerCase() === name.toLowerCase());
  }

  /** Addresses that nobody ever had come first. */
  #choose(wished: number | undefined, isUsed: (address: number) => boolean): number | undefined {
    if (wished !== undefined && this.#isFree(wished) && !isUsed(wished)) return wished;
    const { first, last } = this.#pool;
    const isGood = (address: number) => this.#isFree(address) && !isUsed(address);
    for (let address = first; address <= last; address++) {
      if (!this.#byAddress.has(address) && isGood(address)) return address;
    }
    for (let address = first; address <= last; address++) if (isGood(address)) return address;
    return undefined;
  }

  #isFree(address: number): boolean {
    const { first, last } = this.#pool;
    if (address < first || address > last) return false;
    if ((this.#declined.get(address) ?? 0) > this.#now()) return false;
    const lease = this.#byAddress.get(address);
    return lease === undefined || lease.state === 'free' || lease.untilMs <= this.#now();
  }

  #put(lease: Lease): Lease {
    const before = this.#byAddress.get(lease.address);
    if (before !== undefined && before.mac !== lease.mac) this.#byMac.delete(before.mac);
    this.#byMac.set(lease.mac, lease);
    this.#byAddress.set(lease.address, lease);
    return lease;
  }

  #remove({ mac, address }: Lease): void {
    this.#byMac.delete(mac);
    this.#byAddress.delete(address);
  }
}

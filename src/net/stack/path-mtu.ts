/** How long a packet may be on its way to an address, where a router said so. Source: RFC 1191 §3, §6.3–6.4. */
import type { Now } from './alarms.ts';

/** Nothing below this is believed: it would only make packets small (RFC 1191 §3 names 68, Linux takes 552). */
export const LEAST_MTU = 552;
const LIMIT = { addresses: 256, lifeMs: 600_000 } as const;

export class PathMtus {
  readonly #now: Now;
  readonly #known = new Map<number, { readonly mtu: number; readonly untilMs: number }>();

  constructor(now: Now) {
    this.#now = now;
  }

  /** The smaller of the link's and what is known of the path. */
  of(target: number, linkMtu: number): number {
    const known = this.#known.get(target);
    if (known === undefined) return linkMtu;
    if (known.untilMs > this.#now()) return Math.min(known.mtu, linkMtu);
    this.#known.delete(target);
    return linkMtu;
  }

  /** A router could not pass on a packet of `sentBytes`; 0: it does not say what it can. */
  lower(target: number, mtu: number, sentBytes: number): void {
    const wanted = mtu > 0 ? mtu : plateauBelow(sentBytes);
    if (wanted >= sentBytes) return;
    if (this.#known.size >= LIMIT.addresses) this.#known.delete(this.#known.keys().next().value ?? 0);
    this.#known.set(target, { mtu: Math.max(wanted, LEAST_MTU), untilMs: this.#now() + LIMIT.lifeMs });
  }
}

/** Lengths that networks have. Source: RFC 1191 §7. */
const PLATEAUS = [32_000, 17_914, 8166, 4352, 2002, 1492, 1006, 576] as const;

function plateauBelow(bytes: number): number {
  return PLATEAUS.find((plateau) => plateau < bytes) ?? LEAST_MTU;
}

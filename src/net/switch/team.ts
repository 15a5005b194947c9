/** Which uplink a port uses: the four policies, failover in order, failback. Source: vSphere Networking, "Teaming and Failover Policy". */
import { readBig16, readBig32 } from '../checksum.ts';
import { ETHERNET_HEADER_BYTES } from '../frame.ts';
import { macAt } from './mac.ts';
import type { TeamingPolicy } from './policy.ts';

const IPV4 = 0x0800;
const IPV6 = 0x86dd;
const SOURCE_MAC_AT = 6;
const IPV4_ADDRESSES_AT = ETHERNET_HEADER_BYTES + 12;
const IPV6_LAST_WORDS_AT = ETHERNET_HEADER_BYTES + 8 + 12;

/** Who sends what. `bytes` are without a tag. */
export interface Sender {
  readonly port: number;
  readonly bytes: Uint8Array;
}

/** The team of one port group: which uplinks carry its frames now. */
export class Team {
  policy: TeamingPolicy;
  #inUse: readonly string[] = [];

  constructor(policy: TeamingPolicy) {
    this.policy = policy;
  }

  /** Uplinks that carry frames now. */
  get inUse(): readonly string[] {
    return this.#inUse;
  }

  /** Some uplinks work and some do not, now; whether that changes what is in use. */
  update(works: (uplink: string) => boolean): boolean {
    const before = this.#inUse;
    this.#inUse = this.#choose(works);
    return before.join('\n') !== this.#inUse.join('\n');
  }

  /** Whether the port group uses the uplink, now or in need. */
  has(uplink: string): boolean {
    return this.policy.active.includes(uplink) || this.policy.standby.includes(uplink);
  }

  /** The uplink for what is sent; undefined when none works. */
  pick(sender: Sender): string | undefined {
    const team = this.#inUse;
    if (team.length <= 1 || this.policy.loadBalancing === 'explicit') return team[0];
    return team[HASHES[this.policy.loadBalancing](sender) % team.length];
  }

  /** As many as are active, in their order; standbys in the place of those that do not work. */
  #choose(works: (uplink: string) => boolean): readonly string[] {
    const { active, standby, failback, loadBalancing } = this.policy;
    const wanted = loadBalancing === 'explicit' ? 1 : active.length;
    const inOrder = [...active, ...standby].filter(works);
    if (failback || this.#inUse.length === 0) return inOrder.slice(0, Math.max(1, wanted));
    // Who is in use stays; only free places are given away.
    const kept = this.#inUse.filter((uplink) => inOrder.includes(uplink));
    const others = inOrder.filter((uplink) => !kept.includes(uplink));
    return [...kept, ...others].slice(0, Math.max(1, wanted));
  }
}

const HASHES: Readonly<
  Record<Exclude<TeamingPolicy['loadBalancing'], 'explicit'>, (sender: Sender) => number>
> = {
  portid: ({ port }) => port,
  mac: ({ bytes }) => macAt(bytes, SOURCE_MAC_AT) % 256,
  iphash: ({ bytes }) => addressHash(bytes),
};

/** Both addresses, one over the other; what is no IP packet goes by its source address. */
function addressHash(bytes: Uint8Array): number {
  const type = readBig16(bytes, ETHERNET_HEADER_BYTES - 2);
  const at = type === IPV4 ? IPV4_ADDRESSES_AT : type === IPV6 ? IPV6_LAST_WORDS_AT : undefined;
  if (at === undefined) return macAt(bytes, SOURCE_MAC_AT) % 256;
  const step = type === IPV4 ? 4 : 16;
  return (readBig32(bytes, at) ^ readBig32(bytes, at + step)) >>> 0;
}

/** Who is who in a NAT's network, and what an address there means outside. */
import {
  broadcastOf,
  inNetwork,
  ip,
  isLoopback,
  isMulticast,
  maskOf,
  type Network,
} from '../stack/wire/address.ts';

export interface NatNetwork {
  /** The gateway's address, with the network's prefix. To guests it also is the host itself. */
  readonly gateway: Network;
  readonly dns: number;
  readonly firstGuest: number;
  readonly lastGuest: number;
  readonly domain: string;
  readonly mtu: number;
}

/** As QEMU's and others' user networks have it, so that what is written for those works here. */
export const DEFAULT_NAT_NETWORK: NatNetwork = {
  gateway: { address: ip('10.0.2.2'), prefix: 24 },
  dns: ip('10.0.2.3'),
  firstGuest: ip('10.0.2.15'),
  lastGuest: ip('10.0.2.254'),
  domain: 'vmk.internal',
  mtu: 1500,
};

/** A network with the same numbers at its end. @throws RangeError */
export function natNetwork(network: Network, mtu = DEFAULT_NAT_NETWORK.mtu): NatNetwork {
  const { address, prefix } = network;
  if (prefix > 27 || prefix < 16) throw new RangeError(`a network of /${prefix} is not between /16 and /27`);
  const first = (address & maskOf(prefix)) >>> 0;
  return {
    ...DEFAULT_NAT_NETWORK,
    gateway: { address: first + 2, prefix },
    dns: first + 3,
    firstGuest: first + 15,
    lastGuest: broadcastOf({ address: first, prefix }) - 1,
    mtu,
  };
}

export const HOST_LOOPBACK = ip('127.0.0.1');

/** What a guest's target is outside; undefined: nothing that a NAT leads to. */
export function outsideAddress(target: number, { gateway }: NatNetwork): number | undefined {
  if (target === gateway.address) return HOST_LOOPBACK;
  if (inNetwork(target, gateway)) return undefined;
  const isPossible =
    target >>> 24 !== 0 && !isLoopback(target) && !isMulticast(target) && target >>> 28 !== 0xf;
  return isPossible ? target : undefined;
}

/** What a sender outside is to a guest. */
export function insideAddress(source: number, { gateway }: NatNetwork): number {
  return isLoopback(source) ? gateway.address : source;
}

/** What guests may reach through a NAT: rules for all and for single guests, the first that fits decides. */
import { inNetwork, type Network } from '../stack/wire/address.ts';

export interface NatRule {
  readonly action: 'allow' | 'deny';
  /** The guest's hardware address; absent: every guest. */
  readonly mac?: number;
  readonly protocol?: 'tcp' | 'udp' | 'icmp';
  /** Where it wants to; absent: everywhere. The gateway's address stands for the host itself. */
  readonly target?: Network;
  readonly ports?: { readonly first: number; readonly last: number };
}

export interface Wish {
  readonly mac: number;
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  readonly target: number;
  /** 0 with ICMP. */
  readonly port: number;
}

/** What no rule speaks of is allowed. */
export function isAllowed(rules: readonly NatRule[], wish: Wish): boolean {
  return rules.find((rule) => fits(rule, wish))?.action !== 'deny';
}

function fits({ mac, protocol, target, ports }: NatRule, wish: Wish): boolean {
  if (mac !== undefined && mac !== wish.mac) return false;
  if (protocol !== undefined && protocol !== wish.protocol) return false;
  if (target !== undefined && !inNetwork(wish.target, target)) return false;
  return ports === undefined || (wish.port >= ports.first && wish.port <= ports.last);
}

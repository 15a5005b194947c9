/** Addresses and networks of IPv4 and IPv6: as people write them, in one spelling, and which contains which. */
import { BlockList, isIPv4, isIPv6, SocketAddress } from 'node:net';

export interface Network {
  readonly address: string;
  readonly family: 'ipv4' | 'ipv6';
  readonly prefix: number;
}

const BITS = { ipv4: 32, ipv6: 128 } as const;

/** `192.0.2.0/24`, `2001:db8::/32`, or one address; undefined for what is neither. */
export function parseNetwork(text: string): Network | undefined {
  const [, address, digits] = /^([0-9A-Fa-f:.]{2,45})(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  if (address === undefined || !(isIPv4(address) || isIPv6(address))) return undefined;
  const family = isIPv4(address) ? 'ipv4' : 'ipv6';
  const prefix = digits === undefined ? BITS[family] : Number(digits);
  if (prefix > BITS[family] || (digits !== undefined && String(prefix) !== digits)) return undefined;
  return { address: new SocketAddress({ address, family }).address, family, prefix };
}

/** In one spelling; a single address without its prefix. */
export function networkText({ address, family, prefix }: Network): string {
  return prefix === BITS[family] ? address : `${address}/${prefix}`;
}

/** An address as sockets tell it: without zone, an IPv4 one in its own family. Undefined for what is no address. */
export function plainAddress(
  text: string,
): { readonly address: string; readonly family: 'ipv4' | 'ipv6' } | undefined {
  const bare = text.replace(/%.*$/s, '');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1];
  const address = mapped !== undefined && isIPv4(mapped) ? mapped : bare;
  if (isIPv4(address)) return { address, family: 'ipv4' };
  return isIPv6(address) ? { address, family: 'ipv6' } : undefined;
}

/** Whether one of the networks has the address. */
export function contains(networks: readonly Network[], text: string): boolean {
  const plain = plainAddress(text);
  if (plain === undefined) return false;
  const list = new BlockList();
  for (const { address, family, prefix } of networks) {
    if (family === plain.family) list.addSubnet(address, prefix, family);
  }
  return list.check(plain.address, plain.family);
}

/** This machine itself. */
export function isLoopback(text: string): boolean {
  const plain = plainAddress(text);
  if (plain === undefined) return false;
  return plain.family === 'ipv4'
    ? plain.address.startsWith('127.')
    : new SocketAddress(plain).address === '::1';
}

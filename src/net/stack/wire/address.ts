/** Addresses as numbers: 48 bits for hardware, 32 bits for IPv4; their texts, and networks of them. */

export const BROADCAST_MAC = 0xffff_ffff_ffff;
export const ANY_ADDRESS = 0;
export const BROADCAST_ADDRESS = 0xffff_ffff;

/** A hardware address that more than one listens to. Source: IEEE 802.3 §3.2.3. */
export function isGroupMac(mac: number): boolean {
  return (Math.floor(mac / 2 ** 40) & 1) === 1;
}

export function ipText(address: number): string {
  return `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;
}

/** `10.0.2.2` as a number; undefined when it is not four decimal numbers of 0 … 255 without leading zeroes. */
export function parseIp(text: string): number | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let address = 0;
  for (const part of parts) {
    if (!/^(?:0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
    address = address * 256 + Number(part);
  }
  return address;
}

/** An address literal of our own code. Throws RangeError when it is none. */
export function ip(text: string): number {
  const address = parseIp(text);
  if (address === undefined) throw new RangeError(`"${text}" is not an IPv4 address`);
  return address;
}

/** Addresses with the same first bits. */
export interface Network {
  readonly address: number;
  readonly prefix: number;
}

export function maskOf(prefix: number): number {
  return prefix === 0 ? 0 : (0xffff_ffff << (32 - prefix)) >>> 0;
}

/** How long the prefix of a mask is; undefined when its ones are not together. */
export function prefixOf(mask: number): number | undefined {
  const prefix = Math.clz32(~mask);
  return maskOf(prefix) === mask >>> 0 ? prefix : undefined;
}

/** `255.255.255.0` of 24. */
export function maskText(prefix: number): string {
  return ipText(maskOf(prefix));
}

/** How long the prefix of a mask is, given as a text; undefined for what is no mask. */
export function parseMask(text: string): number | undefined {
  const mask = parseIp(text);
  return mask === undefined ? undefined : prefixOf(mask);
}

export function inNetwork(address: number, network: Network): boolean {
  return ((address ^ network.address) & maskOf(network.prefix)) === 0;
}

/** The address that means all of a network. */
export function broadcastOf({ address, prefix }: Network): number {
  return prefix >= 31 ? BROADCAST_ADDRESS : (address | ~maskOf(prefix)) >>> 0;
}

/** `10.0.0.0/8`, or one address; undefined when it is neither. */
export function parseNetwork(text: string): Network | undefined {
  const [first = '', length = '32', ...rest] = text.split('/');
  const address = parseIp(first);
  if (address === undefined || rest.length > 0 || !/^\d{1,2}$/.test(length) || Number(length) > 32)
    return undefined;
  const prefix = Number(length);
  return { address: (address & maskOf(prefix)) >>> 0, prefix };
}

export function networkText({ address, prefix }: Network): string {
  return `${ipText(address)}/${prefix}`;
}

/** 224.0.0.0/4. Source: RFC 5771 §3. */
export function isMulticast(address: number): boolean {
  return address >>> 28 === 0xe;
}

/** 127.0.0.0/8, which never is on a wire. Source: RFC 1122 §3.2.1.3. */
export function isLoopback(address: number): boolean {
  return address >>> 24 === 127;
}

/** The group's hardware address. Source: RFC 1112 §6.4. */
export function multicastMac(address: number): number {
  return 0x0100_5e00_0000 + (address & 0x7f_ffff);
}

/** What may stand as a sender on a wire: no group, no broadcast, no loopback. Source: RFC 1122 §3.2.1.3. */
export function canBeSource(address: number): boolean {
  return (
    !isMulticast(address) && address !== BROADCAST_ADDRESS && !isLoopback(address) && address >>> 28 !== 0xf
  );
}

/** What a station may have as its own: not of "this network" either. Source: RFC 1122 §3.2.1.3. */
export function canBeStation(address: number): boolean {
  return address >>> 24 !== 0 && canBeSource(address);
}

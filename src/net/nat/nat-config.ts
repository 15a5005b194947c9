/** Forwards and rules of a NAT as plain data, as they are kept. */
import { integer, list, parseKept, record } from '../kept-config.ts';
import { networkText, parseIp, parseNetwork } from '../stack/wire/address.ts';
import { parseMac } from '../switch/mac.ts';
import type { NatRule } from './rules.ts';

/** A port of the host that leads to a guest. */
export interface KeptForward {
  readonly protocol: 'tcp' | 'udp';
  /** Where the host listens. */
  readonly address: string;
  readonly port: number;
  /** The guest's address or name. */
  readonly guest: string;
  readonly guestPort: number;
}

/** What guests may reach: texts, as a person gives them. */
export interface KeptRule {
  readonly action: 'allow' | 'deny';
  readonly mac?: string;
  readonly protocol?: 'tcp' | 'udp' | 'icmp';
  readonly target?: string;
  readonly ports?: string;
}

export interface KeptNat {
  readonly version: 1;
  readonly forwards: readonly KeptForward[];
  /** The first that fits decides. */
  readonly rules: readonly KeptRule[];
}

export const FIRST_NAT: KeptNat = { version: 1, forwards: [], rules: [] };
const MAX_FORWARDS = 256;
const MAX_RULES = 1024;
const GUEST = /^[\w.-]{1,253}$/;

/** Reads what `JSON.stringify` wrote of one. @throws HostError `file-io` that says what is wrong, and where */
export function parseNat(text: string, path: string): KeptNat {
  return parseKept(text, path, 'NAT rules', checkedNat);
}

/** @throws RangeError that names the place */
export function checkedNat(given: unknown): KeptNat {
  const { version, forwards, rules } = record(given, 'the configuration');
  if (version !== 1) throw new RangeError(`version ${String(version)} is not 1`);
  const kept = list(forwards, 'forwards', MAX_FORWARDS).map(forwardOf);
  const places = kept.map(({ protocol, address, port }) => `${protocol} ${address} port ${port}`);
  const twice = places.find((place, index) => places.indexOf(place) !== index);
  if (twice !== undefined) throw new RangeError(`${twice} is forwarded twice`);
  return { version: 1, forwards: kept, rules: list(rules, 'rules', MAX_RULES).map(checkedRule) };
}

/** A rule as the NAT works with it. Preconditions: it was checked. */
export function ruleOf({ action, mac, protocol, target, ports }: KeptRule): NatRule {
  const network = target === undefined ? undefined : parseNetwork(target);
  const parsedMac = mac === undefined ? undefined : parseMac(mac);
  return {
    action,
    ...(parsedMac !== undefined && { mac: parsedMac }),
    ...(protocol && { protocol }),
    ...(network && { target: network }),
    ...(ports !== undefined && { ports: portsOf(ports, 'ports') }),
  };
}

function forwardOf(given: unknown, index: number): KeptForward {
  const at = `forwards[${index}]`;
  const { protocol, address, port, guest, guestPort } = record(given, at);
  if (protocol !== 'tcp' && protocol !== 'udp')
    throw new RangeError(`${at}.protocol "${String(protocol)}" is neither tcp nor udp`);
  if (typeof address !== 'string' || parseIp(address) === undefined)
    throw new RangeError(`${at}.address "${String(address)}" is no IPv4 address`);
  if (typeof guest !== 'string' || !GUEST.test(guest))
    throw new RangeError(`${at}.guest "${String(guest)}" is neither an address nor a name`);
  return {
    ...{ protocol, address, guest },
    port: integer(port, `${at}.port`, 1, 0xffff),
    guestPort: integer(guestPort, `${at}.guestPort`, 1, 0xffff),
  };
}

function checkedRule(given: unknown, index: number): KeptRule {
  const at = `rules[${index}]`;
  const fields = record(given, at);
  const { action, protocol } = fields;
  const mac = textOf(fields['mac'], `${at}.mac`);
  const target = textOf(fields['target'], `${at}.target`);
  const ports = textOf(fields['ports'], `${at}.ports`);
  if (action !== 'allow' && action !== 'deny')
    throw new RangeError(`${at}.action "${String(action)}" is neither allow nor deny`);
  if (mac !== undefined && parseMac(mac) === undefined)
    throw new RangeError(`${at}.mac "${mac}" is no Ethernet address`);
  if (protocol !== undefined && protocol !== 'tcp' && protocol !== 'udp' && protocol !== 'icmp')
    throw new RangeError(`${at}.protocol is none of tcp, udp, icmp`);
  const network = target === undefined ? undefined : parseNetwork(target);
  if (target !== undefined && network === undefined)
    throw new RangeError(`${at}.target "${target}" is neither an address nor a network`);
  if (ports !== undefined) portsOf(ports, `${at}.ports`);
  return {
    action,
    ...(mac !== undefined && { mac }),
    ...(protocol !== undefined && { protocol }),
    ...(network && { target: networkText(network) }),
    ...(ports !== undefined && { ports }),
  };
}

/** `80`, `8000-8100`. */
function portsOf(text: string, at: string): { readonly first: number; readonly last: number } {
  const [, first, last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  const ports = { first: Number(first), last: Number(last) };
  if (first === undefined || ports.first > ports.last || ports.last > 0xffff)
    throw new RangeError(`${at} "${text}" is no port or range of ports`);
  return ports;
}

function textOf(given: unknown, at: string): string | undefined {
  if (given === undefined || typeof given === 'string') return given;
  throw new RangeError(`${at} is no text`);
}

/** DHCP messages. Source: RFC 2131 §2, RFC 2132. */
import { readBig16, readBig32, writeBig16, writeBig32 } from '../../checksum.ts';
import { readMac, writeMac } from '../../stack/wire/bytes.ts';

// biome-ignore format: a table reads in columns
export const DHCP_TYPE = { discover: 1, offer: 2, request: 3, decline: 4, ack: 5, nak: 6, release: 7, inform: 8 } as const;
export type DhcpType = keyof typeof DHCP_TYPE;

// biome-ignore format: a table reads in columns
export const OPTION = { pad: 0, mask: 1, router: 3, dns: 6, hostName: 12, domain: 15, mtu: 26, broadcast: 28, requestedAddress: 50, leaseSeconds: 51, overload: 52, type: 53, server: 54, renewSeconds: 58, rebindSeconds: 59, clientId: 61, end: 255 } as const;

/** Where each side listens. Source: RFC 2131 §4.1. */
export const DHCP_PORT = { server: 67, client: 68 } as const;

export interface DhcpMessage {
  readonly isRequest: boolean;
  readonly type: DhcpType;
  readonly transaction: number;
  readonly isBroadcast: boolean;
  /** What the client uses already. */
  readonly clientAddress: number;
  /** What it is to use. */
  readonly yourAddress: number;
  readonly relay: number;
  readonly mac: number;
  readonly options: ReadonlyMap<number, Uint8Array>;
}

const HEADER_BYTES = 236;
const COOKIE = 0x6382_5363;
/** Some clients take no shorter ones. Source: RFC 1542 §2.1. */
const LEAST_BYTES = 300;
const BROADCAST_FLAG = 0x8000;

/** Undefined when it is no DHCP message of an Ethernet client. Options in "file" and "sname" are left out. */
export function parseDhcp(bytes: Uint8Array): DhcpMessage | undefined {
  if (bytes.length < HEADER_BYTES + 4 || readBig32(bytes, HEADER_BYTES) !== COOKIE) return undefined;
  if (bytes[1] !== 1 || bytes[2] !== 6 || (bytes[0] !== 1 && bytes[0] !== 2)) return undefined;
  const options = parseOptions(bytes);
  const type = options?.get(OPTION.type)?.[0];
  const name = (Object.keys(DHCP_TYPE) as DhcpType[]).find((each) => DHCP_TYPE[each] === type);
  if (options === undefined || name === undefined) return undefined;
  return {
    isRequest: bytes[0] === 1,
    type: name,
    transaction: readBig32(bytes, 4),
    isBroadcast: (readBig16(bytes, 10) & BROADCAST_FLAG) !== 0,
    clientAddress: readBig32(bytes, 12),
    yourAddress: readBig32(bytes, 16),
    relay: readBig32(bytes, 24),
    mac: readMac(bytes, 28),
    options,
  };
}

/** Undefined when an option leads out of the message. Parts of the same option are put together (RFC 3396). */
function parseOptions(bytes: Uint8Array): Map<number, Uint8Array> | undefined {
  const options = new Map<number, Uint8Array>();
  for (let at = HEADER_BYTES + 4; at < bytes.length; ) {
    const kind = bytes[at++] as number;
    if (kind === OPTION.end) break;
    if (kind === OPTION.pad) continue;
    const length = bytes[at++];
    if (length === undefined || at + length > bytes.length) return undefined;
    const before = options.get(kind);
    const value = bytes.slice(at, at + length);
    options.set(kind, before === undefined ? value : joined(before, value));
    at += length;
  }
  return options;
}

/** The type is an option too, the first; it is not taken from `options`. */
export function emitDhcp(message: DhcpMessage): Uint8Array {
  const options = [
    [OPTION.type, Uint8Array.of(DHCP_TYPE[message.type])] as const,
    ...[...message.options].filter(([kind]) => kind !== OPTION.type),
  ];
  const length = options.reduce((sum, [, value]) => sum + 2 + value.length, 0);
  const bytes = new Uint8Array(Math.max(LEAST_BYTES, HEADER_BYTES + 4 + length + 1));
  bytes.set([message.isRequest ? 1 : 2, 1, 6, 0]);
  writeBig32(bytes, 4, message.transaction);
  writeBig16(bytes, 10, message.isBroadcast ? BROADCAST_FLAG : 0);
  writeBig32(bytes, 12, message.clientAddress);
  writeBig32(bytes, 16, message.yourAddress);
  writeBig32(bytes, 24, message.relay);
  writeMac(bytes, 28, message.mac);
  writeBig32(bytes, HEADER_BYTES, COOKIE);
  let at = HEADER_BYTES + 4;
  for (const [kind, value] of options) {
    bytes.set([kind, value.length], at);
    bytes.set(value, at + 2);
    at += 2 + value.length;
  }
  bytes[at] = OPTION.end;
  return bytes;
}

/** An option of whole words: addresses, seconds. */
export function words(...values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  values.forEach((value, i) => writeBig32(bytes, i * 4, value));
  return bytes;
}

/** An address option; undefined when it has another length. */
export function addressOption(message: DhcpMessage, kind: number): number | undefined {
  const value = message.options.get(kind);
  return value?.length === 4 ? readBig32(value, 0) : undefined;
}

/** The first of a list of addresses. */
export function firstAddressOption({ options }: DhcpMessage, kind: number): number | undefined {
  const value = options.get(kind);
  return value === undefined || value.length < 4 ? undefined : readBig32(value, 0);
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const whole = new Uint8Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}

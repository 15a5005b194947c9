/** IPv4 headers. Source: RFC 791 §3.1, RFC 1122 §3.2.1, RFC 6864 (identification). */
import { checksumOf, readBig16, readBig32, writeBig16, writeBig32 } from '../../checksum.ts';
import { addsUp } from './checksum.ts';
import type { Malformed } from './malformed.ts';

export const IPV4_BYTES = 20;
export const PROTOCOL = { icmp: 1, tcp: 6, udp: 17 } as const;
export const DEFAULT_HOPS = 64;

export interface Ipv4Header {
  readonly source: number;
  readonly target: number;
  readonly protocol: number;
  readonly hops: number;
  readonly identification: number;
  readonly dontFragment: boolean;
  readonly moreFragments: boolean;
  /** Of the payload within the whole packet, in bytes. */
  readonly fragmentOffset: number;
}

export interface Ipv4Packet extends Ipv4Header {
  /** The header with its options. */
  readonly header: Uint8Array;
  readonly payload: Uint8Array;
}

const FLAG = { dontFragment: 0x4000, moreFragments: 0x2000 } as const;

const OPTION = { end: 0, nothing: 1 } as const;

/**
 * What follows the total length is Ethernet's padding and is left out. Options are skipped over: none of them is
 * acted on (RFC 7126 recommends that of source routes); one whose length leads nowhere ends the packet.
 */
export function parseIpv4(bytes: Uint8Array): Ipv4Packet | Malformed {
  if (bytes.length < IPV4_BYTES) return 'too short';
  const first = bytes[0] as number;
  if (first >>> 4 !== 4) return 'wrong version';
  const headerBytes = (first & 15) * 4;
  const total = readBig16(bytes, 2);
  if (headerBytes < IPV4_BYTES || total < headerBytes || total > bytes.length) return 'wrong length';
  if (!addsUp(bytes, 0, headerBytes)) return 'wrong checksum';
  if (headerBytes > IPV4_BYTES && !optionsAreWhole(bytes, headerBytes)) return 'wrong option';
  const flags = readBig16(bytes, 6);
  const fragmentOffset = (flags & 0x1fff) * 8;
  const payload = bytes.subarray(headerBytes, total);
  if (fragmentOffset + payload.length > 0xffff) return 'wrong length';
  return {
    source: readBig32(bytes, 12),
    target: readBig32(bytes, 16),
    protocol: bytes[9] as number,
    hops: bytes[8] as number,
    identification: readBig16(bytes, 4),
    dontFragment: (flags & FLAG.dontFragment) !== 0,
    moreFragments: (flags & FLAG.moreFragments) !== 0,
    fragmentOffset,
    header: bytes.subarray(0, headerBytes),
    payload,
  };
}

/** Source: RFC 791 §3.1: all but two kinds have a length, which counts kind and length too. */
function optionsAreWhole(bytes: Uint8Array, end: number): boolean {
  for (let at = IPV4_BYTES; at < end; ) {
    const kind = bytes[at] as number;
    if (kind === OPTION.end) return true;
    const length = kind === OPTION.nothing ? 1 : at + 1 < end ? (bytes[at + 1] as number) : 0;
    if ((kind !== OPTION.nothing && length < 2) || at + length > end) return false;
    at += length;
  }
  return true;
}

/** Writes a header without options at `at`; what it heads are `payloadBytes`. */
export function emitIpv4(bytes: Uint8Array, at: number, header: Ipv4Header, payloadBytes: number): void {
  bytes[at] = 0x45;
  bytes[at + 1] = 0;
  writeBig16(bytes, at + 2, IPV4_BYTES + payloadBytes);
  writeBig16(bytes, at + 4, header.identification);
  const flags =
    (header.dontFragment ? FLAG.dontFragment : 0) | (header.moreFragments ? FLAG.moreFragments : 0);
  writeBig16(bytes, at + 6, flags | (header.fragmentOffset / 8));
  bytes[at + 8] = header.hops;
  bytes[at + 9] = header.protocol;
  writeBig16(bytes, at + 10, 0);
  writeBig32(bytes, at + 12, header.source);
  writeBig32(bytes, at + 16, header.target);
  writeBig16(bytes, at + 10, checksumOf(bytes, at, at + IPV4_BYTES));
}

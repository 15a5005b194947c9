/** ICMP messages for IPv4. Source: RFC 792, RFC 1122 §3.2.2, RFC 1191 §4. */
import { checksumOf, readBig16, writeBig16, writeBig32 } from '../../checksum.ts';
import { addsUp } from './checksum.ts';
import type { Malformed } from './malformed.ts';

export const ICMP_BYTES = 8;
export const ICMP = { echoReply: 0, unreachable: 3, echo: 8, timeExceeded: 11 } as const;
export const UNREACHABLE = {
  net: 0,
  host: 1,
  protocol: 2,
  port: 3,
  fragmentationNeeded: 4,
  prohibited: 13,
} as const;

export interface IcmpMessage {
  readonly type: number;
  readonly code: number;
  /** Bytes 4 … 7: identifier and sequence of an echo, the MTU in the lower half of "fragmentation needed". */
  readonly high: number;
  readonly low: number;
  readonly data: Uint8Array;
}

export function parseIcmp(bytes: Uint8Array): IcmpMessage | Malformed {
  if (bytes.length < ICMP_BYTES) return 'too short';
  if (!addsUp(bytes, 0, bytes.length)) return 'wrong checksum';
  return {
    type: bytes[0] as number,
    code: bytes[1] as number,
    high: readBig16(bytes, 4),
    low: readBig16(bytes, 6),
    data: bytes.subarray(ICMP_BYTES),
  };
}

/** Writes the message at `at`, with its checksum. */
export function emitIcmp(bytes: Uint8Array, at: number, { type, code, high, low, data }: IcmpMessage): void {
  bytes[at] = type;
  bytes[at + 1] = code;
  writeBig16(bytes, at + 2, 0);
  writeBig32(bytes, at + 4, (high * 0x1_0000 + low) >>> 0);
  bytes.set(data, at + ICMP_BYTES);
  writeBig16(bytes, at + 2, checksumOf(bytes, at, at + ICMP_BYTES + data.length));
}

/** Whether the message is about a packet that somebody sent: none may be sent about it. Source: RFC 1122 §3.2.2. */
export function isIcmpError(type: number): boolean {
  return type !== ICMP.echo && type !== ICMP.echoReply && !(type >= 13 && type <= 18);
}

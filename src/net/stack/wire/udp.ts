/** UDP datagrams. Source: RFC 768, RFC 1122 §4.1. */
import { checksumOf, readBig16, writeBig16 } from '../../checksum.ts';
import { addsUp, pseudoHeaderSum } from './checksum.ts';
import { PROTOCOL } from './ipv4.ts';
import type { Malformed } from './malformed.ts';

export const UDP_BYTES = 8;

export interface UdpDatagram {
  readonly sourcePort: number;
  readonly targetPort: number;
  readonly payload: Uint8Array;
}

/** `source` and `target` are the packet's addresses; with `trusted` the sum was checked by who sent it. */
export function parseUdp(
  bytes: Uint8Array,
  source: number,
  target: number,
  trusted = false,
): UdpDatagram | Malformed {
  if (bytes.length < UDP_BYTES) return 'too short';
  const length = readBig16(bytes, 4);
  if (length < UDP_BYTES || length > bytes.length) return 'wrong length';
  // A sum of zero says that the sender made none.
  if (!trusted && readBig16(bytes, 6) !== 0) {
    const pseudo = pseudoHeaderSum(source, target, PROTOCOL.udp, length);
    if (!addsUp(bytes, 0, length, pseudo)) return 'wrong checksum';
  }
  return {
    sourcePort: readBig16(bytes, 0),
    targetPort: readBig16(bytes, 2),
    payload: bytes.subarray(UDP_BYTES, length),
  };
}

/** Writes the datagram at `at`, with its checksum over the pseudo-header too. */
export function emitUdp(
  bytes: Uint8Array,
  at: number,
  datagram: UdpDatagram,
  source: number,
  target: number,
): void {
  const length = UDP_BYTES + datagram.payload.length;
  writeBig16(bytes, at, datagram.sourcePort);
  writeBig16(bytes, at + 2, datagram.targetPort);
  writeBig16(bytes, at + 4, length);
  writeBig16(bytes, at + 6, 0);
  bytes.set(datagram.payload, at + UDP_BYTES);
  const pseudo = pseudoHeaderSum(source, target, PROTOCOL.udp, length);
  writeBig16(bytes, at + 6, checksumOf(bytes, at, at + length, pseudo) || 0xffff);
}

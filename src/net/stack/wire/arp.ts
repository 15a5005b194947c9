/** ARP packets for IPv4 over Ethernet. Source: RFC 826, RFC 5227. */

import { readBig16, readBig32, writeBig16, writeBig32 } from '../../checksum.ts';
import { isGroupMac } from './address.ts';
import { readMac, writeMac } from './bytes.ts';
import type { Malformed } from './malformed.ts';

export const ARP_BYTES = 28;

export interface ArpPacket {
  readonly operation: 'request' | 'reply';
  readonly senderMac: number;
  readonly senderIp: number;
  readonly targetMac: number;
  readonly targetIp: number;
}

const OPERATIONS = { request: 1, reply: 2 } as const;
const ETHERNET = 1;
const IPV4 = 0x0800;
const LENGTHS = 0x0604;

export function parseArp(bytes: Uint8Array): ArpPacket | Malformed {
  if (bytes.length < ARP_BYTES) return 'too short';
  if (readBig16(bytes, 0) !== ETHERNET || readBig16(bytes, 2) !== IPV4 || readBig16(bytes, 4) !== LENGTHS)
    return 'wrong kind';
  const operation = readBig16(bytes, 6);
  if (operation !== OPERATIONS.request && operation !== OPERATIONS.reply) return 'wrong kind';
  const senderMac = readMac(bytes, 8);
  if (isGroupMac(senderMac) || senderMac === 0) return 'impossible address';
  return {
    operation: operation === OPERATIONS.request ? 'request' : 'reply',
    senderMac,
    senderIp: readBig32(bytes, 14),
    targetMac: readMac(bytes, 18),
    targetIp: readBig32(bytes, 24),
  };
}

/** Writes the packet at `at`. */
export function emitArp(bytes: Uint8Array, at: number, packet: ArpPacket): void {
  writeBig16(bytes, at, ETHERNET);
  writeBig16(bytes, at + 2, IPV4);
  writeBig16(bytes, at + 4, LENGTHS);
  writeBig16(bytes, at + 6, OPERATIONS[packet.operation]);
  writeMac(bytes, at + 8, packet.senderMac);
  writeBig32(bytes, at + 14, packet.senderIp);
  writeMac(bytes, at + 18, packet.targetMac);
  writeBig32(bytes, at + 24, packet.targetIp);
}

/** Ethernet II frames: 14 bytes before the packet. Source: IEEE 802.3 §3.1, RFC 894. */
import { readBig16, writeBig16 } from '../../checksum.ts';
import { readMac, writeMac } from './bytes.ts';
import type { Malformed } from './malformed.ts';

export const ETHERNET_BYTES = 14;
export const ETHER_TYPE = { ipv4: 0x0800, arp: 0x0806, vlan: 0x8100, ipv6: 0x86dd } as const;

export interface EthernetHeader {
  readonly target: number;
  readonly source: number;
  readonly type: number;
}

export function parseEthernet(frame: Uint8Array): EthernetHeader | Malformed {
  if (frame.length < ETHERNET_BYTES) return 'too short';
  return { target: readMac(frame, 0), source: readMac(frame, 6), type: readBig16(frame, 12) };
}

export function emitEthernet(frame: Uint8Array, { target, source, type }: EthernetHeader): void {
  writeMac(frame, 0, target);
  writeMac(frame, 6, source);
  writeBig16(frame, 12, type);
}

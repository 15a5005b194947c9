/** Does what is left to do on a frame: fills in the checksum, cuts a long segment into frames of the link's size. */
import {
  checksumOf,
  fold,
  pseudoHeaderSum,
  readBig16,
  readBig32,
  writeBig16,
  writeBig32,
} from './checksum.ts';
import { ETHERNET_HEADER_BYTES, type Frame, type Segmentation, VLAN_TAG_BYTES } from './frame.ts';
import type { LinkAbilities } from './port.ts';

const VLAN_TAGS: readonly number[] = [0x8100, 0x88a8];
const IPV4 = { totalLength: 2, id: 4, checksum: 10, addresses: 12 } as const;
const IPV6 = { payloadLength: 4, addresses: 8, headerBytes: 40 } as const;
const TCP = { sequence: 4, flags: 13, checksum: 16, protocol: 6, fin: 0x01, psh: 0x08, cwr: 0x80 } as const;
const UDP = { length: 4, checksum: 6, protocol: 17, headerBytes: 8 } as const;

/** Hands on what an end with these abilities takes of `frame`: itself, or what it stands for. */
export function finished(frame: Frame, abilities: LinkAbilities, handler: (frame: Frame) => void): void {
  if (frame.gso !== undefined && !(abilities.gso && abilities.checksum))
    return cut(frame, frame.gso, handler);
  if (frame.checksum === undefined || abilities.checksum) return handler(frame);
  handler({ bytes: withChecksum(frame.bytes, frame.checksum), isChecksumGood: true });
}

/** A copy with the checksum filled in; the frame as it is when the checksum would lie outside it. */
function withChecksum(frame: Uint8Array, { start, offset }: NonNullable<Frame['checksum']>): Uint8Array {
  if (start + offset + 2 > frame.length) return frame;
  const bytes = frame.slice();
  // The field has the pseudo header's sum, so it counts as it is. 0 would say "no checksum" to UDP.
  writeBig16(bytes, start + offset, checksumOf(bytes, start, bytes.length) || 0xffff);
  return bytes;
}

/** A segment that is no IP packet as its description says is dropped: nobody could read it. */
function cut(frame: Frame, gso: Segmentation, handler: (frame: Frame) => void): void {
  const layout = layoutOf(frame.bytes, gso);
  if (layout === undefined) return;
  const { bytes } = frame;
  const { size, headerLength } = gso;
  for (let at = headerLength, index = 0; at < bytes.length || index === 0; at += size, index++) {
    const end = Math.min(at + size, bytes.length);
    const segment = new Uint8Array(headerLength + end - at);
    segment.set(bytes.subarray(0, headerLength));
    segment.set(bytes.subarray(at, end), headerLength);
    setHeaders(segment, layout, { index, offset: at - headerLength, isLast: end === bytes.length });
    handler({ bytes: segment, isChecksumGood: true });
  }
}

interface Layout {
  readonly isIpv4: boolean;
  readonly ip: number;
  readonly transport: number;
  readonly isTcp: boolean;
}

function layoutOf(bytes: Uint8Array, { type, size, headerLength }: Segmentation): Layout | undefined {
  let ip = ETHERNET_HEADER_BYTES;
  while (VLAN_TAGS.includes(readBig16(bytes, ip - 2))) ip += VLAN_TAG_BYTES;
  const version = (bytes[ip] ?? 0) >>> 4;
  const isTcp = type !== 'udp';
  const isIpv4 = version === 4;
  if (!(isIpv4 && type !== 'tcp6') && !(version === 6 && type !== 'tcp4')) return undefined;
  const transport = ip + (isIpv4 ? 4 * ((bytes[ip] ?? 0) & 15) : IPV6.headerBytes);
  const protocol = bytes[ip + (isIpv4 ? 9 : 6)];
  if (protocol !== (isTcp ? TCP.protocol : UDP.protocol)) return undefined;
  const least = transport + (isTcp ? 20 : UDP.headerBytes);
  const fits = size > 0 && headerLength >= least && headerLength <= bytes.length && transport > ip + 19;
  return fits ? { isIpv4, ip, transport, isTcp } : undefined;
}

/** What differs from segment to segment. */
function setHeaders(
  segment: Uint8Array,
  { isIpv4, ip, transport, isTcp }: Layout,
  { index, offset, isLast }: { index: number; offset: number; isLast: boolean },
): void {
  const transportBytes = segment.length - transport;
  if (isIpv4) {
    writeBig16(segment, ip + IPV4.totalLength, segment.length - ip);
    writeBig16(segment, ip + IPV4.id, (readBig16(segment, ip + IPV4.id) + index) & 0xffff);
    writeBig16(segment, ip + IPV4.checksum, 0);
    writeBig16(segment, ip + IPV4.checksum, checksumOf(segment, ip, transport));
  } else {
    writeBig16(segment, ip + IPV6.payloadLength, transportBytes);
  }
  if (isTcp) {
    const sequence = (readBig32(segment, transport + TCP.sequence) + offset) % 2 ** 32;
    writeBig32(segment, transport + TCP.sequence, sequence);
    const flags = segment[transport + TCP.flags] as number;
    const lastOnly = isLast ? 0 : TCP.fin | TCP.psh;
    segment[transport + TCP.flags] = flags & ~(lastOnly | (index > 0 ? TCP.cwr : 0));
  } else {
    writeBig16(segment, transport + UDP.length, transportBytes);
  }
  const field = transport + (isTcp ? TCP.checksum : UDP.checksum);
  const addresses = isIpv4
    ? ({ at: ip + IPV4.addresses, length: 8 } as const)
    : ({ at: ip + IPV6.addresses, length: 32 } as const);
  const sum = pseudoHeaderSum(segment, addresses, isTcp ? TCP.protocol : UDP.protocol, transportBytes);
  writeBig16(segment, field, 0);
  const checksum = checksumOf(segment, transport, segment.length, fold(sum));
  writeBig16(segment, field, checksum === 0 && !isTcp ? 0xffff : checksum);
}

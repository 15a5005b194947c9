/** The header before each frame in a queue of a network card. Source: VIRTIO 1.3 §5.1.6. */
import { u16 } from '../dma.ts';
import type { NetOffloads, ReceivedFrame, SegmentType } from './net-backend.ts';

export const NET_HEADER_BYTES = 12;
/** Of the header: how many buffers the frame was spread over. */
export const BUFFERS_AT = 10;

const FLAG = { needsChecksum: 1, dataValid: 2 } as const;
const ECN = 0x80;
/** UFO (3) is not offered: it was for fragments. */
const TYPES: Readonly<Record<number, SegmentType>> = { 1: 'tcp4', 4: 'tcp6', 5: 'udp' };
const CODES: Readonly<Record<SegmentType, number>> = { tcp4: 1, tcp6: 4, udp: 5 };

/** What a driver asks for, or `undefined` when it makes no sense for a frame of `length` bytes. */
export function parseNetHeader(header: Uint8Array, length: number): NetOffloads | undefined {
  const type = (header[1] as number) & ~ECN;
  const needsChecksum = ((header[0] as number) & FLAG.needsChecksum) !== 0;
  if (!needsChecksum) return type === 0 ? NOTHING : undefined;
  const checksum = { start: u16(header, 6), offset: u16(header, 8) };
  if (checksum.start + checksum.offset + 2 > length) return undefined;
  if (type === 0) return { checksum };
  const known = TYPES[type];
  const size = u16(header, 4);
  return known === undefined || size === 0 ? undefined : { checksum, gso: { type: known, size } };
}

const NOTHING: NetOffloads = {};

/** The header of a received frame, in one buffer. */
export function emitNetHeader({ checksum, gso, isChecksumGood }: ReceivedFrame): Uint8Array {
  const header = new Uint8Array(NET_HEADER_BYTES);
  header[BUFFERS_AT] = 1;
  if (checksum !== undefined) {
    header[0] = FLAG.needsChecksum;
    put16(header, 6, checksum.start);
    put16(header, 8, checksum.offset);
  } else if (isChecksumGood) {
    header[0] = FLAG.dataValid;
  }
  if (gso !== undefined) {
    header[1] = CODES[gso.type];
    put16(header, 2, gso.headerLength);
    put16(header, 4, gso.size);
  }
  return header;
}

function put16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value;
  bytes[at + 1] = value >>> 8;
}

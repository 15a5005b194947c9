/** VLAN tags: read, taken off, put on; what is still to be done on a frame moves with its headers. Source: IEEE 802.1Q §9. */
import { readBig16, writeBig16 } from '../checksum.ts';
import { ETHERNET_HEADER_BYTES, type Frame, VLAN_TAG_BYTES } from '../frame.ts';

const ADDRESSES_BYTES = 12;
const TAG_ETHERTYPE = 0x8100;
const VLAN_MASK = 0xfff;

/** All VLANs, tags left to the guest. */
export const VLAN_TRUNK = 4095;
/** Frames as they are: of no VLAN. */
export const VLAN_NONE = 0;

export function isTagged({ bytes }: Pick<Frame, 'bytes'>): boolean {
  return (
    readBig16(bytes, ADDRESSES_BYTES) === TAG_ETHERTYPE &&
    bytes.length >= ETHERNET_HEADER_BYTES + VLAN_TAG_BYTES
  );
}

/** VLAN of a frame's tag: 0 for a frame without one, or with one for its priority only. */
export function vlanOf(frame: Pick<Frame, 'bytes'>): number {
  return isTagged(frame) ? readBig16(frame.bytes, ETHERNET_HEADER_BYTES) & VLAN_MASK : VLAN_NONE;
}

export function withoutTag(frame: Frame): Frame {
  if (!isTagged(frame)) return frame;
  const { bytes } = frame;
  const bare = new Uint8Array(bytes.length - VLAN_TAG_BYTES);
  bare.set(bytes.subarray(0, ADDRESSES_BYTES));
  bare.set(bytes.subarray(ADDRESSES_BYTES + VLAN_TAG_BYTES), ADDRESSES_BYTES);
  return moved(frame, bare, -VLAN_TAG_BYTES);
}

/** Preconditions: it has no tag. */
export function withTag(frame: Frame, vlan: number): Frame {
  const { bytes } = frame;
  const tagged = new Uint8Array(bytes.length + VLAN_TAG_BYTES);
  tagged.set(bytes.subarray(0, ADDRESSES_BYTES));
  writeBig16(tagged, ADDRESSES_BYTES, TAG_ETHERTYPE);
  writeBig16(tagged, ETHERNET_HEADER_BYTES, vlan);
  tagged.set(bytes.subarray(ADDRESSES_BYTES), ADDRESSES_BYTES + VLAN_TAG_BYTES);
  return moved(frame, tagged, VLAN_TAG_BYTES);
}

function moved({ checksum, gso, isChecksumGood }: Frame, bytes: Uint8Array, by: number): Frame {
  return {
    bytes,
    ...(checksum && { checksum: { ...checksum, start: checksum.start + by } }),
    ...(gso && { gso: { ...gso, headerLength: gso.headerLength + by } }),
    ...(isChecksumGood && { isChecksumGood }),
  };
}

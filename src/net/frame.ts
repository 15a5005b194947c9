/**
 * An Ethernet frame on its way through the host, with the work that a later station still has to do on it: a checksum
 * to fill in, a long segment to cut. Between stations of one host neither is ever done.
 */

/** The Internet checksum from `start` to the end belongs at `start + offset`; the pseudo header's sum is there already. */
export interface PartialChecksum {
  readonly start: number;
  readonly offset: number;
}

/** A frame that stands for several: a TCP segment, or a UDP datagram, longer than the link's. */
export interface Segmentation {
  readonly type: 'tcp4' | 'tcp6' | 'udp';
  /** Payload bytes of each segment but the last. */
  readonly size: number;
  /** Bytes of all headers, Ethernet's included, that each segment gets a copy of. */
  readonly headerLength: number;
}

export interface Frame {
  /** From the destination address on, without FCS. Valid during the call only: who keeps it copies it. */
  readonly bytes: Uint8Array;
  /** Absent: the frame's checksums are as they are. */
  readonly checksum?: PartialChecksum;
  /** Absent: it is one frame. There is a `checksum` whenever this is here. */
  readonly gso?: Segmentation;
  /** The transport checksum was verified, or the frame never left the host: no need to look at it. */
  readonly isChecksumGood?: boolean;
}

export const ETHERNET_HEADER_BYTES = 14;
export const VLAN_TAG_BYTES = 4;
/** The longest frame that anything on the host may send, cut or not: 64 KiB of IP and the headers below. */
export const MAX_FRAME_BYTES = 65_535 + ETHERNET_HEADER_BYTES + 2 * VLAN_TAG_BYTES;

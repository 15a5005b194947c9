/** What a network card needs of the link behind it, and what it says of frames. */

/** The checksum from `start` on belongs at `start + offset`, where the pseudo header's sum is already. */
export interface NetChecksum {
  readonly start: number;
  readonly offset: number;
}

export type SegmentType = 'tcp4' | 'tcp6' | 'udp';

/** What is left to do on a frame that a driver sends. */
export interface NetOffloads {
  readonly checksum?: NetChecksum;
  /** The frame stands for several, with payloads of `size` bytes. */
  readonly gso?: { readonly type: SegmentType; readonly size: number };
}

/** A frame for the driver; `bytes` are used during the call only. */
export interface ReceivedFrame {
  readonly bytes: Uint8Array;
  readonly checksum?: NetChecksum;
  readonly gso?: { readonly type: SegmentType; readonly size: number; readonly headerLength: number };
  /** Its transport checksum need not be looked at. */
  readonly isChecksumGood?: boolean;
}

/** What the driver leaves to the other side: it takes frames on which this was not done. */
export type NetAbilities = { readonly checksum: boolean } & Readonly<Record<SegmentType, boolean>>;

/** How the driver wants to receive. */
export interface NetReception {
  /** Its address now. */
  readonly mac: number;
  readonly isPromiscuous: boolean;
}

export interface NetworkBackend {
  /** The address it begins with, as a number of 48 bits. */
  readonly mac: number;
  readonly mtuBytes: number;
  /** Whether the link is up at first. */
  readonly isUp: boolean;
  /** Whether a frame of any length can be sent now; after a no the device waits for `VirtioNet.transmitReady`. */
  hasRoom(): boolean;
  /** Sends the frame in `views`, which are used during the call only. Preconditions: there is room. */
  send(views: readonly Uint8Array[], length: number, offloads: NetOffloads): void;
  /** The driver has, or may have, given buffers: frames that were not taken may be offered again. */
  receiveReady(): void;
  receptionChanged(reception: NetReception): void;
}

/** The two ends of a link: what a station on a virtual switch has of its port, and the port of its station. */
import type { Frame } from './frame.ts';

/** What an end takes unfinished; all else is finished (checksums filled in, segments cut) before it gets there. */
export interface LinkAbilities {
  readonly checksum: boolean;
  readonly gso: boolean;
}

export const TAKES_ALL: LinkAbilities = { checksum: true, gso: true };
export const TAKES_NONE: LinkAbilities = { checksum: false, gso: false };

/**
 * One end of a link. A switch port gives one to the station that is plugged in (a NIC, a vmknic, an uplink); what goes
 * into one end comes out of the other. No call waits, and none keeps a frame's bytes after it has returned.
 */
export interface LinkEnd {
  /** Into the link; whether it was taken. `false`: there was no room, the frame is lost as on any Ethernet. */
  send(frame: Frame): boolean;
  /** Out of the link: one handler, the last one given. Until there is one, frames are dropped. */
  onReceive(handler: (frame: Frame) => void, abilities?: LinkAbilities): void;
}

/** Which frames a driver wants: addresses, modes and VLANs. Source: VIRTIO 1.3 §5.1.6.5.1–3. */

/** Switches of the receive mode, in the order of their commands (VIRTIO_NET_CTRL_RX_*). */
export const RECEIVE_MODES = [
  'promiscuous',
  'allMulticast',
  'allUnicast',
  'noMulticast',
  'noUnicast',
  'noBroadcast',
] as const;
export type ReceiveMode = (typeof RECEIVE_MODES)[number];

export interface NetFilterStateV1 {
  mac: number;
  modes: Record<ReceiveMode, boolean>;
  unicast: number[];
  multicast: number[];
  /** A bit for each VLAN. */
  vlans: Uint32Array;
}

/** More than so many addresses of a kind are as all of that kind. */
export const MAX_ADDRESSES = 64;
const BROADCAST = 0xffff_ffff_ffff;
const VLAN_ETHERTYPE = 0x8100;
const VLAN_WORDS = 128;

export class NetFilter {
  state: NetFilterStateV1;

  constructor(mac: number) {
    this.state = {
      mac,
      // A driver that says nothing hears what is for it, and all multicast.
      modes: {
        promiscuous: false,
        allMulticast: true,
        allUnicast: false,
        noMulticast: false,
        noUnicast: false,
        noBroadcast: false,
      },
      unicast: [],
      multicast: [],
      vlans: new Uint32Array(VLAN_WORDS),
    };
  }

  /** @param filtersVlans - the driver has said that it names its VLANs. */
  accepts(frame: Uint8Array, filtersVlans: boolean): boolean {
    if (filtersVlans && !this.#hasVlan(frame)) return false;
    const { modes, mac, unicast, multicast } = this.state;
    if (modes.promiscuous) return true;
    const to = macAt(frame, 0);
    if (to === BROADCAST) return !modes.noBroadcast;
    if (((frame[0] as number) & 1) !== 0) {
      return !modes.noMulticast && (modes.allMulticast || multicast.includes(to));
    }
    return !modes.noUnicast && (to === mac || modes.allUnicast || unicast.includes(to));
  }

  setVlan(vlan: number, isWanted: boolean): void {
    const word = vlan >>> 5;
    const bit = 1 << (vlan & 31);
    const old = this.state.vlans[word] as number;
    this.state.vlans[word] = isWanted ? old | bit : old & ~bit;
  }

  #hasVlan(frame: Uint8Array): boolean {
    if (big16(frame, 12) !== VLAN_ETHERTYPE) return true;
    const vlan = big16(frame, 14) & 0xfff;
    return (((this.state.vlans[vlan >>> 5] as number) >>> (vlan & 31)) & 1) !== 0;
  }
}

/** An Ethernet address as a number. */
export function macAt(bytes: Uint8Array, at: number): number {
  return big16(bytes, at) * 2 ** 32 + (big16(bytes, at + 2) * 2 ** 16 + big16(bytes, at + 4));
}

export function macBytes(mac: number): Uint8Array {
  return Uint8Array.from({ length: 6 }, (_, i) => Math.floor(mac / 2 ** (8 * (5 - i))) & 0xff);
}

function big16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

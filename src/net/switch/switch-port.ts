/** A port of a virtual switch: who is plugged in, what it may do, what it has done. */
import type { Frame } from '../frame.ts';
import type { LinkEnd } from '../port.ts';
import { macAt } from './mac.ts';
import type { TrafficType } from './nioc.ts';
import type { Policies } from './policy.ts';
import { Shaper } from './shaper.ts';
import { isTagged, VLAN_NONE, VLAN_TRUNK, vlanOf, withoutTag, withTag } from './vlan.ts';

/** Why a frame went nowhere. */
export const DROPS = [
  'forged',
  'blocked',
  'vlan',
  'oversized',
  'shaped',
  'noUplink',
  'noRoom',
  'malformed',
] as const;
export type Drop = (typeof DROPS)[number];

/** Who is plugged in. */
export interface Station {
  /** As people know it: `web.eth0`, `vmk0`. */
  readonly name: string;
  readonly mac: number;
  readonly link: LinkEnd;
  /** What it sends, for network I/O control. */
  readonly traffic: TrafficType;
  /** A NIC of a VM: what can go past the switch, and how what is sent is slowed down. */
  readonly lane?: LaneControl;
}

/** What a card of a VM is called where it is plugged in: `web.eth0`. */
export function nicName(vm: string, index: number): string {
  return `${vm}.eth${index}`;
}

/** The VM whose card a station is; undefined: none's. Names of VMs may have dots: `web.old.eth0` is none of `web`. */
export function vmOfNic({ name }: Pick<Station, 'name'>): string | undefined {
  return /^(.*)\.eth\d+$/s.exec(name)?.[1];
}

/** What the switch tells the lane of a NIC; see SwitchLanes. */
export interface LaneControl {
  readonly port: number;
  setExpress(domain: number, mac: number, mtuBytes: number): void;
  setGate(gate: ((bytes: number) => number) | undefined): void;
  counters(): LaneCounters;
}

/** What went past the switch. */
export interface LaneCounters {
  /** Time that the switch has worked for what was sent here. */
  readonly switchMs: number;
  readonly expressFrames: number;
  readonly expressBytes: number;
  readonly expressDropped: number;
  readonly receivedFrames: number;
  readonly receivedBytes: number;
  readonly receivedMulticast: number;
  readonly receivedBroadcast: number;
  readonly droppedFrames: number;
}

export interface PortCounters {
  /** Into the switch. */
  framesIn: number;
  bytesIn: number;
  multicastIn: number;
  broadcastIn: number;
  /** Out of it. */
  framesOut: number;
  bytesOut: number;
  multicastOut: number;
  broadcastOut: number;
  readonly drops: Record<Drop, number>;
}

export function newCounters(): PortCounters {
  return {
    ...{ framesIn: 0, bytesIn: 0, multicastIn: 0, broadcastIn: 0 },
    ...{ framesOut: 0, bytesOut: 0, multicastOut: 0, broadcastOut: 0 },
    drops: Object.fromEntries(DROPS.map((drop) => [drop, 0])) as Record<Drop, number>,
  };
}

/** A frame inside a switch: of a VLAN, without its tag. */
export interface Passing {
  readonly frame: Frame;
  readonly vlan: number;
}

/** Hears what goes through a port, as the station has it. */
export type Tap = (direction: 'in' | 'out', frame: Frame) => void;

export class SwitchPort {
  readonly id: number;
  readonly station: Station;
  readonly counters = newCounters();
  readonly taps = new Set<Tap>();
  portGroup: string;
  vlan = VLAN_NONE;
  policies: Policies;
  mtuBytes = 1500;
  /** The address that the guest uses now, and whether it wants to hear what is for others. */
  mac: number;
  wantsAll = false;
  isUp = true;
  /** The uplink that carried its last frame. */
  lastUplink: string | undefined;
  #shaper: Shaper | undefined;
  #shapedAs: Policies['shaping'] | undefined;
  readonly #nowMs: () => number;

  constructor(id: number, station: Station, portGroup: string, policies: Policies, nowMs: () => number) {
    this.id = id;
    this.station = station;
    this.mac = station.mac;
    this.portGroup = portGroup;
    this.policies = policies;
    this.#nowMs = nowMs;
  }

  setPolicies(policies: Policies, vlan: number, mtuBytes: number): void {
    this.policies = policies;
    this.vlan = vlan;
    this.mtuBytes = mtuBytes;
    const { shaping } = policies;
    // What a port has saved up stays when something else changes.
    if (shaping === this.#shapedAs) return;
    const isSame = JSON.stringify(shaping) === JSON.stringify(this.#shapedAs);
    this.#shapedAs = shaping;
    if (isSame) return;
    const shaper = shaping.enabled ? new Shaper(shaping, this.#nowMs()) : undefined;
    this.#shaper = shaper;
    this.station.lane?.setGate(shaper && ((bytes) => shaper.take(bytes, this.#nowMs())));
  }

  /** The guest uses an address that it may not: nothing goes in or out until it stops that. */
  get isBlocked(): boolean {
    return !this.isUp || (!this.policies.security.allowMacChange && this.mac !== this.station.mac);
  }

  get isPromiscuous(): boolean {
    return this.wantsAll && this.policies.security.allowPromiscuous;
  }

  /** Whether frames may go past the switch, from here and to here. */
  get isExpress(): boolean {
    const { lane } = this.station;
    const isPlain = this.taps.size === 0 && this.vlan !== VLAN_TRUNK && !this.policies.shaping.enabled;
    return lane !== undefined && isPlain && !this.isBlocked;
  }

  isIn(vlan: number): boolean {
    return this.vlan === vlan || this.vlan === VLAN_TRUNK;
  }

  /** What a frame of the station is inside, or why it goes nowhere. */
  admit(frame: Frame): Passing | Drop {
    const { bytes, gso } = frame;
    this.counters.framesIn++;
    this.counters.bytesIn += bytes.length;
    countCast(bytes, this.counters, 'In');
    for (const tap of this.taps) tap('in', frame);
    if (this.isBlocked) return 'blocked';
    if (!this.policies.security.allowForgedTransmits && macAt(bytes, 6) !== this.mac) return 'forged';
    const tagged = isTagged(frame);
    const vlan = vlanOf(frame);
    if (tagged && vlan !== VLAN_NONE && this.vlan !== VLAN_TRUNK) return 'vlan';
    const bare = withoutTag(frame);
    const packetBytes =
      gso === undefined ? bare.bytes.length - 14 : gso.size + (bare.gso?.headerLength ?? 0) - 14;
    if (packetBytes > this.mtuBytes) return 'oversized';
    // Lanes wait at their gate; others lose what is too much.
    if (this.#shaper && !this.station.lane && this.#shaper.take(bytes.length, this.#nowMs()) > 0)
      return 'shaped';
    return { frame: bare, vlan: this.vlan === VLAN_TRUNK ? vlan : this.vlan };
  }

  /** Hands a frame to the station, as it is to have it. */
  deliver({ frame, vlan }: Passing): void {
    const own = this.vlan === VLAN_TRUNK && vlan !== VLAN_NONE ? withTag(frame, vlan) : frame;
    if (!this.station.link.send(own)) {
      this.counters.drops.noRoom++;
      return;
    }
    this.counters.framesOut++;
    this.counters.bytesOut += own.bytes.length;
    countCast(own.bytes, this.counters, 'Out');
    for (const tap of this.taps) tap('out', own);
  }
}

/** Counts a frame for many, or for all. */
export function countCast(bytes: Uint8Array, counters: PortCounters, way: 'In' | 'Out'): void {
  if (((bytes[0] as number) & 1) === 0) return;
  const name = `${bytes[0] === 0xff ? 'broadcast' : 'multicast'}${way}` as const;
  counters[name]++;
}

/**
 * A VXLAN tunnel as an uplink: frames go in UDP datagrams to the other hosts of a VNI. Who is where is learnt from what
 * comes; frames for all and for strangers go to every host that was named ("head-end replication"). Source: RFC 7348 §4.
 */
import { cable } from '../cable.ts';
import type { Frame } from '../frame.ts';
import type { OutsideDatagrams, OutsideEndpoint } from '../nat/outside.ts';
import type { LinkEnd } from '../port.ts';
import { macAt } from '../switch/mac.ts';
import { decapsulated, encapsulated } from './header.ts';

export interface TunnelConfig {
  readonly vni: number;
  /** The other hosts. Datagrams of others are not heard. */
  readonly peers: readonly OutsideEndpoint[];
}

export interface TunnelCounts {
  framesIn: number;
  framesOut: number;
  /** Datagrams that were none of ours: of strangers, of another VNI, malformed. */
  strangers: number;
  otherVni: number;
  malformed: number;
}

interface Learnt {
  readonly peer: OutsideEndpoint;
  readonly atMs: number;
}

/** Stations that are remembered, and for how long: as Linux's device does. */
const MAX_STATIONS = 4096;
const STATION_LIFE_MS = 300_000;

export class VxlanTunnel {
  /** The switch's end. */
  readonly link: LinkEnd;
  readonly config: TunnelConfig;
  readonly counts: TunnelCounts = { framesIn: 0, framesOut: 0, strangers: 0, otherVni: 0, malformed: 0 };
  readonly #far: LinkEnd;
  readonly #nowMs: () => number;
  readonly #stations = new Map<number, Learnt>();
  #datagrams: Pick<OutsideDatagrams, 'send'> | undefined;

  constructor(config: TunnelConfig, nowMs: () => number) {
    this.config = config;
    this.#nowMs = nowMs;
    const [near, far] = cable();
    this.link = near;
    this.#far = far;
    // Checksums are filled in and long segments cut on the cable: what goes out is what a wire carries.
    far.onReceive((frame) => this.#send(frame));
  }

  /** The socket that it sends by; `received` is to be told what comes there. */
  open(datagrams: Pick<OutsideDatagrams, 'send'>): void {
    this.#datagrams = datagrams;
  }

  /** A datagram came to the socket. */
  received(bytes: Uint8Array, from: OutsideEndpoint): void {
    const peer = this.config.peers.find(({ address }) => address === from.address);
    if (peer === undefined) return void this.counts.strangers++;
    const inner = decapsulated(bytes);
    if (inner === undefined) return void this.counts.malformed++;
    if (inner.vni !== this.config.vni) return void this.counts.otherVni++;
    const { frame } = inner;
    this.#learn(macAt(frame, 6), peer);
    this.counts.framesIn++;
    this.#far.send({ bytes: frame });
  }

  /** Where a station was heard last. */
  peerOf(mac: number): OutsideEndpoint | undefined {
    const found = this.#stations.get(mac);
    if (found === undefined) return undefined;
    if (this.#nowMs() - found.atMs <= STATION_LIFE_MS) return found.peer;
    this.#stations.delete(mac);
    return undefined;
  }

  #send({ bytes }: Frame): void {
    const known = this.peerOf(macAt(bytes, 0));
    const datagram = encapsulated(this.config.vni, bytes);
    this.counts.framesOut++;
    for (const peer of known ? [known] : this.config.peers) this.#datagrams?.send(datagram, peer);
  }

  /** A sender whose address is a group's is none. The oldest of too many is forgotten. */
  #learn(mac: number, peer: OutsideEndpoint): void {
    if ((Math.floor(mac / 2 ** 40) & 1) === 1) return;
    this.#stations.delete(mac);
    this.#stations.set(mac, { peer, atMs: this.#nowMs() });
    if (this.#stations.size <= MAX_STATIONS) return;
    const [oldest] = this.#stations.keys();
    if (oldest !== undefined) this.#stations.delete(oldest);
  }
}

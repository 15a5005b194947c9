/** An interface of the stack: one end of a link with its addresses; finds its neighbours by ARP. */
import type { Frame } from '../frame.ts';
import { type LinkEnd, TAKES_ALL } from '../port.ts';
import type { Alarms } from './alarms.ts';
import { Neighbours } from './neighbours.ts';
import type { Turns } from './turns.ts';
import {
  BROADCAST_ADDRESS,
  BROADCAST_MAC,
  broadcastOf,
  canBeSource,
  inNetwork,
  isGroupMac,
  isMulticast,
  multicastMac,
  type Network,
} from './wire/address.ts';
import { ARP_BYTES, type ArpPacket, emitArp, parseArp } from './wire/arp.ts';
import { ETHER_TYPE, ETHERNET_BYTES, emitEthernet, parseEthernet } from './wire/ethernet.ts';
import { type Ipv4Packet, parseIpv4 } from './wire/ipv4.ts';
import { isMalformed } from './wire/malformed.ts';

export interface InterfaceConfig {
  readonly name: string;
  readonly mac: number;
  readonly link: LinkEnd;
  /** Of an IP packet with its header. */
  readonly mtu?: number;
  /** Takes what is sent through it to anybody, as a gateway does that answers in their names. */
  readonly acceptsAnyTarget?: boolean;
  /** Whether a station may speak for an address; absent: each may for each. */
  readonly mayUse?: (address: number, mac: number) => boolean;
}

/** How a packet came. */
export interface Arrival {
  readonly interface: Interface;
  /** The transport's checksum is known to be right, or is not filled in since the packet never left the host. */
  readonly isTrusted: boolean;
  /** Sent to all of the link: nobody answers it with an error. */
  readonly isBroadcast: boolean;
  readonly sourceMac: number;
}

/** What a layer left to do on a frame. */
export type Offload = Pick<Frame, 'checksum' | 'gso'>;

export interface UpperLayer {
  packet(packet: Ipv4Packet, arrival: Arrival): void;
  /** Nobody of the link has this address. */
  unreachable(address: number): void;
}

export class Interface {
  readonly name: string;
  readonly mac: number;
  readonly acceptsAnyTarget: boolean;
  readonly neighbours: Neighbours;
  mtu: number;
  /** Each with the prefix of its network. */
  addresses: readonly Network[] = [];
  isUp = true;
  readonly counts = { framesIn: 0, framesOut: 0, bytesIn: 0, bytesOut: 0, dropped: 0, conflicts: 0 };
  /** Why frames were dropped, and how many. */
  readonly dropped = new Map<string, number>();
  readonly #link: LinkEnd;
  readonly #upper: UpperLayer;
  readonly #mayUse: NonNullable<InterfaceConfig['mayUse']>;

  constructor(config: InterfaceConfig, alarms: Alarms, upper: UpperLayer) {
    this.name = config.name;
    this.mac = config.mac;
    this.mtu = config.mtu ?? 1500;
    this.acceptsAnyTarget = config.acceptsAnyTarget ?? false;
    this.#link = config.link;
    this.#upper = upper;
    this.#mayUse = config.mayUse ?? (() => true);
    this.neighbours = new Neighbours(
      {
        ask: (address, mac) => this.#sendArp('request', address, { mac: mac ?? BROADCAST_MAC }),
        unreachable: (address) => upper.unreachable(address),
      },
      alarms,
    );
    config.link.onReceive((frame) => this.#take(frame, alarms.turns), TAKES_ALL);
  }

  hasAddress(address: number): boolean {
    return this.addresses.some((own) => own.address === address);
  }

  /** Whether it means everybody on this link. */
  isBroadcastAddress(address: number): boolean {
    return address === BROADCAST_ADDRESS || this.addresses.some((own) => broadcastOf(own) === address);
  }

  /** The address that a packet to `target` comes from; 0 when there is none yet. */
  sourceFor(target: number): number {
    return (this.addresses.find((own) => inNetwork(target, own)) ?? this.addresses[0])?.address ?? 0;
  }

  /** Says to everybody who has the address now. Source: RFC 5227 §3. */
  announce(address: number): void {
    this.#sendArp('request', address, { mac: BROADCAST_MAC, from: address });
  }

  /**
   * Sends an IP packet to a station of the link; `frame` has room for Ethernet's header in front of it.
   * @param mac - of a station that cannot be asked for it; undefined: it is asked.
   */
  send(frame: Uint8Array, nextHop: number, offload?: Offload, mac?: number): void {
    const target = mac ?? this.#macOf(nextHop, frame, offload);
    if (target !== undefined) this.#transmit(frame, { target, type: ETHER_TYPE.ipv4 }, offload);
  }

  #macOf(nextHop: number, frame: Uint8Array, offload: Offload | undefined): number | undefined {
    if (this.isBroadcastAddress(nextHop)) return BROADCAST_MAC;
    if (isMulticast(nextHop)) return multicastMac(nextHop);
    return this.neighbours.find(nextHop, () => this.send(frame, nextHop, offload));
  }

  #transmit(frame: Uint8Array, to: { target: number; type: number }, offload?: Offload): void {
    if (!this.isUp) return this.#drop('interface is down');
    emitEthernet(frame, { ...to, source: this.mac });
    this.counts.framesOut++;
    this.counts.bytesOut += frame.length;
    if (!this.#link.send({ bytes: frame, ...offload })) this.#drop('no room in the link');
  }

  /** What comes while the stack is at work waits; its bytes are there during the call only. */
  #take(frame: Frame, turns: Turns): void {
    if (!turns.isBusy) return turns.run(() => this.#receive(frame));
    const kept = { ...frame, bytes: frame.bytes.slice() };
    if (!turns.later(kept.bytes.length, () => this.#receive(kept))) this.#drop('too much at once');
  }

  #receive(frame: Frame): void {
    if (!this.isUp) return this.#drop('interface is down');
    const header = parseEthernet(frame.bytes);
    if (isMalformed(header)) return this.#drop(`Ethernet: ${header}`);
    this.counts.framesIn++;
    this.counts.bytesIn += frame.bytes.length;
    const isForAll = isGroupMac(header.target);
    if (header.target !== this.mac && !isForAll) return this.#drop('for another station');
    if (isGroupMac(header.source) || header.source === this.mac) return this.#drop('impossible sender');
    const bytes = frame.bytes.subarray(ETHERNET_BYTES);
    if (header.type === ETHER_TYPE.arp) return this.#receiveArp(bytes);
    if (header.type !== ETHER_TYPE.ipv4) return this.#drop('unknown protocol');
    const packet = parseIpv4(bytes);
    if (isMalformed(packet)) return this.#drop(`IPv4: ${packet}`);
    if (!this.#mayUse(packet.source, header.source)) return this.#drop('address of another station');
    this.#upper.packet(packet, {
      interface: this,
      isTrusted: frame.isChecksumGood === true || frame.checksum !== undefined,
      isBroadcast: isForAll,
      sourceMac: header.source,
    });
  }

  #receiveArp(bytes: Uint8Array): void {
    const packet = parseArp(bytes);
    if (isMalformed(packet)) return this.#drop(`ARP: ${packet}`);
    const { senderIp, senderMac, targetIp } = packet;
    // Somebody else claims our address; ours stays ours.
    if (this.hasAddress(senderIp)) {
      if (senderMac !== this.mac) this.counts.conflicts++;
      return;
    }
    if (!this.#mayUse(senderIp, senderMac)) return this.#drop('address of another station');
    const isForUs = this.hasAddress(targetIp);
    const isOnLink = this.addresses.some((own) => inNetwork(senderIp, own) && broadcastOf(own) !== senderIp);
    if (isOnLink && canBeSource(senderIp)) this.neighbours.heard(senderIp, senderMac, isForUs);
    if (packet.operation !== 'request' || !isForUs) return;
    this.#sendArp('reply', senderIp, { mac: senderMac, from: targetIp });
  }

  #sendArp(operation: ArpPacket['operation'], targetIp: number, to: { mac: number; from?: number }): void {
    const frame = new Uint8Array(ETHERNET_BYTES + ARP_BYTES);
    const senderIp = to.from ?? this.sourceFor(targetIp);
    const targetMac = operation === 'reply' ? to.mac : 0;
    emitArp(frame, ETHERNET_BYTES, { operation, senderMac: this.mac, senderIp, targetMac, targetIp });
    this.#transmit(frame, { target: to.mac, type: ETHER_TYPE.arp });
  }

  #drop(why: string): void {
    this.counts.dropped++;
    this.dropped.set(why, (this.dropped.get(why) ?? 0) + 1);
  }
}

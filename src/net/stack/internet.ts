/** The internet layer: takes packets for this stack, sends packets on their way. Source: RFC 791, RFC 1122 §3. */
import type { Random } from '#lib';
import type { Alarm, Alarms } from './alarms.ts';
import { type Arrival, Interface, type InterfaceConfig, type Offload } from './interface.ts';
import { PathMtus } from './path-mtu.ts';
import { Reassembly } from './reassembly.ts';
import { Routes } from './routes.ts';
import { BROADCAST_ADDRESS, canBeSource, isMulticast } from './wire/address.ts';
import { ETHERNET_BYTES } from './wire/ethernet.ts';
import { DEFAULT_HOPS, emitIpv4, IPV4_BYTES, type Ipv4Header, type Ipv4Packet } from './wire/ipv4.ts';

/** Bytes in front of a transport's header that the lower layers fill in. */
export const HEADROOM = ETHERNET_BYTES + IPV4_BYTES;

export interface Outgoing {
  /** Undefined: that of the interface. */
  readonly source?: number;
  readonly target: number;
  readonly protocol: number;
  readonly hops?: number;
  readonly dontFragment?: boolean;
  /** HEADROOM bytes, then what the packet carries. The stack's from here on. */
  readonly frame: Uint8Array;
  /** Undefined: the one that the routes say. */
  readonly interface?: Interface;
  /** The station that gets it, whoever has the address; what is cut into fragments has to ask for it. */
  readonly mac?: number | undefined;
}

export type Handler = (packet: Ipv4Packet, arrival: Arrival) => void;

/** `too long`: it may not be cut, and is longer than the link's MTU. */
export type SendResult = 'sent' | 'no route' | 'too long';

export interface InternetEvents {
  /** A packet for us of a protocol that nobody handles. */
  unknownProtocol: Handler;
  /** Fragments did not become whole in time. */
  reassemblyExpired(first: Ipv4Packet): void;
  /** No station of the link has the address. */
  unreachable(address: number): void;
}

const LOOPBACK_LIMIT = 1024;

export class Internet {
  readonly routes = new Routes();
  readonly pathMtus: PathMtus;
  readonly interfaces: Interface[] = [];
  readonly handlers = new Map<number, Handler>();
  readonly counts = { delivered: 0, notForUs: 0, impossibleSource: 0, fragments: 0, noRoute: 0 };
  readonly #alarms: Alarms;
  readonly #events: InternetEvents;
  readonly #reassembly: Reassembly;
  /** Packets to our own addresses; they come in when the call that sent them has ended. */
  readonly #toUs: Ipv4Packet[] = [];
  readonly #loopback: Alarm;
  #identification: number;

  constructor(alarms: Alarms, random: Random, events: InternetEvents) {
    this.#alarms = alarms;
    this.#events = events;
    this.#identification = random.below(0x1_0000);
    this.pathMtus = new PathMtus(alarms.now);
    this.#reassembly = new Reassembly(alarms, (first) => events.reassemblyExpired(first));
    this.#loopback = alarms.alarm(() => this.#deliverLoopback());
  }

  addInterface(config: InterfaceConfig): Interface {
    const added = new Interface(config, this.#alarms, {
      packet: (packet, arrival) => this.#receive(packet, arrival),
      unreachable: (address) => this.#events.unreachable(address),
    });
    this.interfaces.push(added);
    return added;
  }

  removeInterface(gone: Interface): void {
    gone.isUp = false;
    this.routes.remove((route) => route.interface === gone);
    const at = this.interfaces.indexOf(gone);
    if (at >= 0) this.interfaces.splice(at, 1);
  }

  /** Whether a packet to the address ends here. */
  isOurs(address: number): boolean {
    return address >>> 24 === 127 || this.interfaces.some((each) => each.hasAddress(address));
  }

  /** The address that a packet to `target` would come from; undefined without a route. */
  sourceFor(target: number): number | undefined {
    if (this.isOurs(target)) return target;
    return this.routes.find(target)?.interface.sourceFor(target);
  }

  /** The longest packet to `target`. */
  mtuTo(target: number): number {
    if (this.isOurs(target)) return 0xffff;
    return this.pathMtus.of(target, this.routes.find(target)?.interface.mtu ?? 576);
  }

  send(outgoing: Outgoing, offload?: Offload): SendResult {
    return this.#alarms.turns.run(() => this.#send(outgoing, offload));
  }

  #send(outgoing: Outgoing, offload?: Offload): SendResult {
    const { target, frame } = outgoing;
    if (outgoing.interface === undefined && this.isOurs(target)) return this.#sendToUs(outgoing);
    const hop =
      outgoing.interface === undefined
        ? this.routes.find(target)
        : { interface: outgoing.interface, nextHop: target };
    if (hop === undefined) {
      this.counts.noRoute++;
      return 'no route';
    }
    const mtu = this.pathMtus.of(target, hop.interface.mtu);
    const isLong = offload?.gso === undefined && frame.length - ETHERNET_BYTES > mtu;
    if (isLong && outgoing.dontFragment === true) return 'too long';
    const source = outgoing.source ?? hop.interface.sourceFor(target);
    const header = this.#headerOf(outgoing, source);
    if (isLong) this.#sendFragments(frame, header, mtu, hop.interface, hop.nextHop);
    else {
      emitIpv4(frame, ETHERNET_BYTES, header, frame.length - HEADROOM);
      hop.interface.send(frame, hop.nextHop, offload, outgoing.mac);
    }
    return 'sent';
  }

  #headerOf({ target, protocol, hops, dontFragment }: Outgoing, source: number): Ipv4Header {
    this.#identification = (this.#identification + 1) & 0xffff;
    return {
      source,
      target,
      protocol,
      hops: hops ?? (isMulticast(target) ? 1 : DEFAULT_HOPS),
      identification: this.#identification,
      dontFragment: dontFragment ?? false,
      moreFragments: false,
      fragmentOffset: 0,
    };
  }

  /** Source: RFC 791 §3.2, "An Example Fragmentation Procedure". */
  #sendFragments(
    frame: Uint8Array,
    header: Ipv4Header,
    mtu: number,
    through: Interface,
    nextHop: number,
  ): void {
    const step = Math.floor((mtu - IPV4_BYTES) / 8) * 8;
    const total = frame.length - HEADROOM;
    for (let offset = 0; offset < total; offset += step) {
      const end = Math.min(offset + step, total);
      const fragment = new Uint8Array(HEADROOM + end - offset);
      fragment.set(frame.subarray(HEADROOM + offset, HEADROOM + end), HEADROOM);
      const part = { ...header, fragmentOffset: offset, moreFragments: end < total };
      emitIpv4(fragment, ETHERNET_BYTES, part, end - offset);
      through.send(fragment, nextHop);
    }
  }

  #receive(packet: Ipv4Packet, arrival: Arrival): void {
    const via = arrival.interface;
    if (!this.#isPossibleSource(packet, via)) return void this.counts.impossibleSource++;
    const isBroadcast = via.isBroadcastAddress(packet.target) || isMulticast(packet.target);
    if (!isBroadcast && !via.hasAddress(packet.target) && !via.acceptsAnyTarget) {
      return void this.counts.notForUs++;
    }
    via.neighbours.confirm(packet.source);
    const how = isBroadcast && !arrival.isBroadcast ? { ...arrival, isBroadcast } : arrival;
    if (!packet.moreFragments && packet.fragmentOffset === 0) return this.#deliver(packet, how);
    this.counts.fragments++;
    const whole = this.#reassembly.add(packet);
    if (whole !== undefined) this.#deliver(whole, { ...how, isTrusted: false });
  }

  /**
   * A sender must be one to whom the routes lead back over the interface (RFC 3704 §2.2), and none of ours. Who has
   * no address yet may speak to everybody (RFC 1122 §3.2.1.3).
   */
  #isPossibleSource({ source, target }: Ipv4Packet, via: Interface): boolean {
    if (source === 0) return target === BROADCAST_ADDRESS;
    if (!canBeSource(source) || this.isOurs(source) || via.isBroadcastAddress(source)) return false;
    return via.addresses.length === 0 || this.routes.find(source)?.interface === via;
  }

  #deliver(packet: Ipv4Packet, arrival: Arrival): void {
    this.counts.delivered++;
    const handler = this.handlers.get(packet.protocol);
    if (handler === undefined) this.#events.unknownProtocol(packet, arrival);
    else handler(packet, arrival);
  }

  #sendToUs(outgoing: Outgoing): SendResult {
    if (this.#toUs.length >= LOOPBACK_LIMIT) return 'sent';
    const header = this.#headerOf(outgoing, outgoing.source ?? outgoing.target);
    emitIpv4(
      outgoing.frame,
      ETHERNET_BYTES,
      header,
      Math.min(outgoing.frame.length - HEADROOM, 0xffff - IPV4_BYTES),
    );
    const bytes = outgoing.frame.subarray(ETHERNET_BYTES);
    this.#toUs.push({
      ...header,
      header: bytes.subarray(0, IPV4_BYTES),
      payload: bytes.subarray(IPV4_BYTES),
    });
    this.#loopback.set(this.#alarms.now());
    return 'sent';
  }

  #deliverLoopback(): void {
    const via = this.interfaces[0];
    if (via === undefined) return;
    for (const packet of this.#toUs.splice(0)) {
      this.#deliver(packet, { interface: via, isTrusted: true, isBroadcast: false, sourceMac: via.mac });
    }
  }
}

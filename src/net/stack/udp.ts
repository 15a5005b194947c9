/** UDP of the stack: sockets by port, and what becomes of datagrams that nobody waits for. Source: RFC 768, RFC 1122 §4.1. */
import type { Random } from '#lib';
import { readBig16 } from '../checksum.ts';
import type { Icmp, IcmpError } from './icmp.ts';
import type { Arrival, Interface } from './interface.ts';
import { HEADROOM, type Internet, type SendResult } from './internet.ts';
import { ICMP, UNREACHABLE } from './wire/icmp.ts';
import { type Ipv4Packet, PROTOCOL } from './wire/ipv4.ts';
import { isMalformed } from './wire/malformed.ts';
import { emitUdp, parseUdp, UDP_BYTES, type UdpDatagram } from './wire/udp.ts';

export interface Endpoint {
  readonly address: number;
  readonly port: number;
}

/** A datagram as it came; its payload is valid during the call only. */
export interface Received {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly payload: Uint8Array;
  readonly arrival: Arrival;
}

export interface UdpSocketEvents {
  received(datagram: Received): void;
  /** An ICMP error about a datagram that was sent: nobody listens there, or nobody gets there. */
  failed?(target: Endpoint, error: IcmpError): void;
}

export interface UdpSend {
  readonly to: Endpoint;
  readonly payload: Uint8Array;
  /** Undefined: the socket's, or the interface's. */
  readonly from?: number;
  readonly interface?: Interface;
  /** See `Outgoing`. */
  readonly mac?: number | undefined;
}

export const EPHEMERAL = { first: 49_152, count: 16_384 } as const;

export class UdpSocket {
  readonly local: Endpoint;
  readonly events: UdpSocketEvents;
  readonly #udp: Udp;

  constructor(udp: Udp, local: Endpoint, events: UdpSocketEvents) {
    this.#udp = udp;
    this.local = local;
    this.events = events;
  }

  send(datagram: UdpSend): SendResult {
    const from = datagram.from ?? (this.local.address || undefined);
    return this.#udp.send(this.local.port, from === undefined ? datagram : { ...datagram, from });
  }

  close(): void {
    this.#udp.close(this);
  }
}

export class Udp {
  /** Gets what no socket waits for; true: it was taken, and no "port unreachable" is due. */
  onUnclaimed: ((datagram: Received, packet: Ipv4Packet) => boolean) | undefined;
  readonly counts = { received: 0, sent: 0, malformed: 0, unclaimed: 0 };
  readonly #internet: Internet;
  readonly #icmp: Icmp;
  readonly #random: Random;
  /** By port, then by address; address 0 stands for all. */
  readonly #sockets = new Map<number, Map<number, UdpSocket>>();

  constructor(internet: Internet, icmp: Icmp, random: Random) {
    this.#internet = internet;
    this.#icmp = icmp;
    this.#random = random;
    internet.handlers.set(PROTOCOL.udp, (packet, arrival) => this.#receive(packet, arrival));
    icmp.errorHandlers.set(PROTOCOL.udp, (error) => this.#failed(error));
  }

  /** Port 0: any. Undefined: the port is taken, or none is left. */
  open(local: Endpoint, events: UdpSocketEvents): UdpSocket | undefined {
    const port = local.port === 0 ? this.#freePort(local.address) : local.port;
    if (port === undefined || this.#isTaken(port, local.address)) return undefined;
    const socket = new UdpSocket(this, { ...local, port }, events);
    const byAddress = this.#sockets.get(port) ?? new Map<number, UdpSocket>();
    this.#sockets.set(port, byAddress.set(local.address, socket));
    return socket;
  }

  close({ local }: UdpSocket): void {
    const byAddress = this.#sockets.get(local.port);
    byAddress?.delete(local.address);
    if (byAddress?.size === 0) this.#sockets.delete(local.port);
  }

  send(sourcePort: number, { to, payload, from, interface: through, mac }: UdpSend): SendResult {
    const source = from ?? through?.sourceFor(to.address) ?? this.#internet.sourceFor(to.address);
    if (source === undefined) return 'no route';
    if (payload.length > 0xffff - 28) return 'too long';
    const frame = new Uint8Array(HEADROOM + UDP_BYTES + payload.length);
    emitUdp(frame, HEADROOM, { sourcePort, targetPort: to.port, payload }, source, to.address);
    this.counts.sent++;
    const route = through === undefined ? {} : { interface: through };
    return this.#internet.send({ source, target: to.address, protocol: PROTOCOL.udp, frame, mac, ...route });
  }

  #receive(packet: Ipv4Packet, arrival: Arrival): void {
    const datagram = parseUdp(packet.payload, packet.source, packet.target, arrival.isTrusted);
    if (isMalformed(datagram)) return void this.counts.malformed++;
    this.counts.received++;
    const received = receivedOf(datagram, packet, arrival);
    const socket = this.#find(datagram.targetPort, packet.target);
    if (socket !== undefined) return socket.events.received(received);
    if (this.onUnclaimed?.(received, packet) === true) return;
    this.counts.unclaimed++;
    this.#icmp.sendError(packet, arrival, { type: ICMP.unreachable, code: UNREACHABLE.port });
  }

  #failed(error: IcmpError): void {
    const socket = this.#find(readBig16(error.transport, 0), error.source);
    socket?.events.failed?.({ address: error.target, port: readBig16(error.transport, 2) }, error);
  }

  #find(port: number, address: number): UdpSocket | undefined {
    const byAddress = this.#sockets.get(port);
    if (byAddress === undefined) return undefined;
    return byAddress.get(address) ?? byAddress.get(0);
  }

  #isTaken(port: number, address: number): boolean {
    const byAddress = this.#sockets.get(port);
    return byAddress !== undefined && (address === 0 || byAddress.has(address) || byAddress.has(0));
  }

  /** Source: RFC 6056 §3.3.1. */
  #freePort(address: number): number | undefined {
    const start = this.#random.below(EPHEMERAL.count);
    for (let i = 0; i < EPHEMERAL.count; i++) {
      const port = EPHEMERAL.first + ((start + i) % EPHEMERAL.count);
      if (!this.#isTaken(port, address)) return port;
    }
    return undefined;
  }
}

function receivedOf(datagram: UdpDatagram, packet: Ipv4Packet, arrival: Arrival): Received {
  return {
    from: { address: packet.source, port: datagram.sourcePort },
    to: { address: packet.target, port: datagram.targetPort },
    payload: datagram.payload,
    arrival,
  };
}

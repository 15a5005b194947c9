/** The DHCP server of a NAT: gives guests their addresses. Source: RFC 2131 §4.3. */

import type { Interface } from '../../stack/interface.ts';
import type { Received, Udp, UdpSend, UdpSocket } from '../../stack/udp.ts';
import { BROADCAST_ADDRESS, broadcastOf, maskOf, type Network } from '../../stack/wire/address.ts';
import type { Leases } from './leases.ts';
import {
  addressOption,
  DHCP_PORT,
  type DhcpMessage,
  type DhcpType,
  emitDhcp,
  OPTION,
  parseDhcp,
  words,
} from './message.ts';

export interface DhcpNetwork {
  /** The server's own address, with the network's prefix. */
  readonly server: Network;
  readonly gateway: number | undefined;
  readonly dns: number;
  readonly domain: string;
  readonly mtu: number;
}

export class DhcpServer {
  readonly counts = { offers: 0, acks: 0, naks: 0, ignored: 0, exhausted: 0 };
  readonly #interface: Interface;
  readonly #network: DhcpNetwork;
  readonly #leases: Leases;
  readonly #socket: UdpSocket | undefined;

  constructor(udp: Udp, on: Interface, network: DhcpNetwork, leases: Leases) {
    this.#interface = on;
    this.#network = network;
    this.#leases = leases;
    this.#socket = udp.open(
      { address: 0, port: DHCP_PORT.server },
      { received: (datagram) => this.#received(datagram) },
    );
  }

  #received({ payload, arrival }: Received): void {
    const message = parseDhcp(payload);
    // Who asks in another's name would only empty the pool.
    const isHonest = message !== undefined && message.isRequest && message.mac === arrival.sourceMac;
    if (!isHonest || message.relay !== 0) return void this.counts.ignored++;
    // biome-ignore format: a table reads in columns
    switch (message.type) {
      case 'discover': return this.#discover(message);
      case 'request':  return this.#request(message);
      case 'inform':   return this.#reply(message, 'ack', 0);
      case 'release':  return this.#leases.release(message.mac, message.clientAddress);
      case 'decline':  return this.#leases.decline(message.mac, addressOption(message, OPTION.requestedAddress) ?? 0);
      default:         return void this.counts.ignored++;
    }
  }

  #discover(message: DhcpMessage): void {
    const wished = addressOption(message, OPTION.requestedAddress);
    const lease = this.#leases.offer(message.mac, wished, (address) => this.#isUsed(address, message.mac));
    if (lease === undefined) return void this.counts.exhausted++;
    this.counts.offers++;
    this.#reply(message, 'offer', lease.address);
  }

  /** Source: RFC 2131 §4.3.2: the four states of a client that requests. */
  #request(message: DhcpMessage): void {
    const server = addressOption(message, OPTION.server);
    if (server !== undefined && server !== this.#network.server.address) return;
    const wished = addressOption(message, OPTION.requestedAddress) ?? message.clientAddress;
    const lease = this.#leases.take(message.mac, wished, hostNameOf(message));
    if (lease === undefined) {
      this.counts.naks++;
      return this.#reply(message, 'nak', 0);
    }
    this.counts.acks++;
    this.#reply(message, 'ack', lease.address);
  }

  /** A guest with an address of its own choice is left it. */
  #isUsed(address: number, mac: number): boolean {
    return this.#interface.neighbours
      .entries()
      .some((entry) => entry.address === address && entry.mac !== undefined && entry.mac !== mac);
  }

  #reply(to: DhcpMessage, type: DhcpType, yourAddress: number): void {
    const { server } = this.#network;
    const isNak = type === 'nak';
    const options = new Map<number, Uint8Array>([
      [OPTION.server, words(server.address)],
      ...(isNak ? [] : this.#configuration(yourAddress !== 0)),
    ]);
    const message = {
      ...to,
      isRequest: false,
      type,
      yourAddress,
      clientAddress: isNak ? 0 : to.clientAddress,
      options,
    };
    this.#socket?.send({
      ...this.#wayTo(message),
      from: server.address,
      interface: this.#interface,
      payload: emitDhcp(message),
    });
  }

  /**
   * A client without an address cannot be asked for its hardware address, and need not be: it wrote it. What everybody
   * hears wakes every guest of the network. Source: RFC 2131 §4.1.
   */
  #wayTo({ type, clientAddress, yourAddress, isBroadcast, mac }: DhcpMessage): Pick<UdpSend, 'to' | 'mac'> {
    const port = DHCP_PORT.client;
    if (type === 'nak') return { to: { address: BROADCAST_ADDRESS, port } };
    if (clientAddress !== 0) return { to: { address: clientAddress, port } };
    if (isBroadcast || yourAddress === 0) return { to: { address: BROADCAST_ADDRESS, port } };
    return { to: { address: yourAddress, port }, mac };
  }

  #configuration(isLease: boolean): (readonly [number, Uint8Array])[] {
    const { server, gateway, dns, domain, mtu } = this.#network;
    const seconds = Math.floor(this.#leases.leaseMs / 1000);
    return [
      ...(isLease
        ? ([
            [OPTION.leaseSeconds, words(seconds)],
            [OPTION.renewSeconds, words(Math.floor(seconds / 2))],
            [OPTION.rebindSeconds, words(Math.floor((seconds * 7) / 8))],
          ] as const)
        : []),
      [OPTION.mask, words(maskOf(server.prefix))],
      [OPTION.broadcast, words(broadcastOf(server))],
      ...(gateway === undefined ? [] : ([[OPTION.router, words(gateway)]] as const)),
      [OPTION.dns, words(dns)],
      [OPTION.domain, new TextEncoder().encode(domain)],
      [OPTION.mtu, Uint8Array.of(mtu >> 8, mtu)],
    ];
  }
}

/** What the guest calls itself, as far as it is a host name. Source: RFC 1123 §2.1. */
function hostNameOf({ options }: DhcpMessage): string {
  const name = new TextDecoder().decode(options.get(OPTION.hostName) ?? Uint8Array.of()).replace(/\0+$/, '');
  const [first = ''] = name.split('.');
  return /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/.test(first) ? first : '';
}

/**
 * The user-mode NAT: a gateway without privileges. Guests get addresses by DHCP, names by DNS, and reach the outside by
 * the host's own sockets; ports of the host lead in. It is a station at the end of an uplink.
 */
import type { LinkEnd } from '../port.ts';
import type { Arrival, Interface } from '../stack/interface.ts';
import { Stack, type StackHost } from '../stack/stack.ts';
import type { SynRequest } from '../stack/tcp/syn-request.ts';
import { inNetwork, ipText, parseIp } from '../stack/wire/address.ts';
import { ICMP, type IcmpMessage, UNREACHABLE } from '../stack/wire/icmp.ts';
import type { Ipv4Packet } from '../stack/wire/ipv4.ts';
import { DEFAULT_NAT_NETWORK, type NatNetwork, outsideAddress } from './addresses.ts';
import { Leases } from './dhcp/leases.ts';
import { DhcpServer } from './dhcp/server.ts';
import { DNS_PORT, DnsRelay } from './dns/relay.ts';
import { Forwards } from './forwards.ts';
import type { Outside } from './outside.ts';
import { isAllowed, type NatRule } from './rules.ts';
import { type Decision, outsideEndpoint, TcpFlows } from './tcp-flows.ts';
import { UdpFlows } from './udp-flows.ts';

export interface NatConfig {
  readonly link: LinkEnd;
  readonly mac: number;
  readonly network?: NatNetwork;
  readonly leaseMs?: number;
}

/** A guest that was seen. */
export interface Guest {
  readonly mac: number;
  readonly address: number;
  /** Empty when it does not say. */
  readonly name: string;
  readonly source: 'dhcp' | 'seen';
}

const DAY_MS = 86_400_000;
const ECHO = { timeoutMs: 5000, pending: 256 } as const;

export class Nat {
  readonly network: NatNetwork;
  readonly stack: Stack;
  readonly leases: Leases;
  readonly forwards: Forwards;
  readonly dhcp: DhcpServer;
  readonly dns: DnsRelay;
  readonly tcp: TcpFlows;
  readonly udp: UdpFlows;
  /** The first that fits decides; none: allowed. */
  rules: readonly NatRule[] = [];
  readonly counts = { denied: 0, echoes: 0 };
  readonly #interface: Interface;
  readonly #outside: Outside;
  /** Names of ours that are no guest's. */
  readonly #names: ReadonlyMap<string, number>;
  #echoes = 0;

  constructor(config: NatConfig, host: StackHost, outside: Outside) {
    const { link, mac, network = DEFAULT_NAT_NETWORK, leaseMs = DAY_MS } = config;
    this.network = network;
    this.#outside = outside;
    this.stack = new Stack(host);
    this.leases = new Leases({ first: network.firstGuest, last: network.lastGuest }, leaseMs, host.now);
    const mayUse = (address: number, sender: number) =>
      (this.leases.ownerOf(address)?.mac ?? sender) === sender;
    this.#interface = this.stack.addInterface({
      name: 'nat',
      mac,
      link,
      mtu: network.mtu,
      acceptsAnyTarget: true,
      mayUse,
    });
    this.stack.addAddress(this.#interface, network.gateway);
    this.stack.addAddress(this.#interface, { address: network.dns, prefix: network.gateway.prefix });
    this.#names = new Map([
      ['gateway', network.gateway.address],
      ['host', network.gateway.address],
      ['dns', network.dns],
    ]);
    const { udp, alarms } = this.stack;
    const { gateway, dns, domain, mtu } = network;
    this.dhcp = new DhcpServer(
      udp,
      this.#interface,
      { server: gateway, gateway: gateway.address, dns, domain, mtu },
      this.leases,
    );
    const names = {
      domain,
      find: (name: string) => this.#names.get(name) ?? this.leases.named(name)?.address,
    };
    this.dns = new DnsRelay({ udp, address: dns, outside, alarms, random: host.random, names });
    this.tcp = new TcpFlows(alarms.turns, outside, (request) => this.#decide(request));
    this.udp = new UdpFlows(outside, udp, alarms, network);
    this.forwards = new Forwards(
      this.stack,
      outside,
      network,
      (guest) => parseIp(guest) ?? this.leases.named(guest)?.address,
    );
    this.stack.tcp.onForeignSyn = (request) => this.tcp.request(request);
    udp.onUnclaimed = (datagram, packet) => this.#passDatagram(datagram, packet);
    this.stack.icmp.onForeignEcho = (packet, message, arrival) => this.#passEcho(packet, message, arrival);
  }

  /** Guests with addresses, from leases and from what was heard of those who chose theirs. */
  guests(): Guest[] {
    const leased = this.leases.list();
    const known = new Set(leased.map(({ address }) => address));
    const seen = this.#interface.neighbours
      .entries()
      .filter(({ address, mac }) => mac !== undefined && !known.has(address));
    return [
      ...leased.map(({ mac, address, name }): Guest => ({ mac, address, name, source: 'dhcp' })),
      ...seen.map(({ mac, address }): Guest => ({ mac: mac ?? 0, address, name: '', source: 'seen' })),
    ];
  }

  close(): void {
    this.forwards.close();
    this.dns.close();
    this.udp.close();
    this.stack.stop();
  }

  /** Everybody may ask the DNS; for the rest there are rules. */
  #decide({ tuple: { local, remote } }: SynRequest): Decision {
    const { network } = this;
    if (local.address === network.dns) {
      const resolver = local.port === DNS_PORT ? this.#outside.resolvers()[0] : undefined;
      return resolver === undefined ? { refused: 'reset' } : { to: resolver };
    }
    const target = outsideAddress(local.address, network);
    if (target === undefined) return { refused: UNREACHABLE.host };
    if (!this.#isAllowed('tcp', remote.address, local.address, local.port))
      return { refused: UNREACHABLE.prohibited };
    return { to: outsideEndpoint(target, local.port) };
  }

  #passDatagram(datagram: Parameters<UdpFlows['send']>[0], packet: Ipv4Packet): boolean {
    const { from, to, arrival } = datagram;
    // What is for all of the network, or comes from nobody yet, stays in it.
    if (arrival.isBroadcast || from.address === 0) return true;
    const target = outsideAddress(to.address, this.network);
    if (target === undefined) return false;
    if (this.#isAllowed('udp', from.address, to.address, to.port)) this.udp.send(datagram, target);
    else this.stack.icmp.sendError(packet, arrival, { type: ICMP.unreachable, code: UNREACHABLE.prohibited });
    return true;
  }

  /** An echo request to the outside: the host asks, where its platform lets it; otherwise the guest hears that it may not. */
  #passEcho(packet: Ipv4Packet, message: IcmpMessage, arrival: Arrival): void {
    const { icmp } = this.stack;
    const target = outsideAddress(packet.target, this.network);
    const fail = (code: number) =>
      icmp.sendError(packet, arrival, { type: ICMP.unreachable, code, source: this.network.gateway.address });
    if (target === undefined) return fail(UNREACHABLE.host);
    const { echo } = this.#outside;
    if (echo === undefined || !this.#isAllowed('icmp', packet.source, packet.target, 0))
      return fail(UNREACHABLE.prohibited);
    if (this.#echoes >= ECHO.pending) return;
    this.#echoes++;
    this.counts.echoes++;
    const { source, target: asked, header } = packet;
    const question = { source, target: asked, header: header.slice() };
    const kept = { ...message, data: message.data.slice() };
    echo(ipText(target), kept.data, ECHO.timeoutMs, (data) => {
      this.#echoes--;
      if (data !== undefined) icmp.reply({ ...packet, ...question }, { ...kept, data });
    });
  }

  #isAllowed(protocol: 'tcp' | 'udp' | 'icmp', guest: number, target: number, port: number): boolean {
    if (this.rules.length === 0 || !inNetwork(guest, this.network.gateway)) return true;
    const mac =
      this.leases.ownerOf(guest)?.mac ??
      this.#interface.neighbours.entries().find(({ address }) => address === guest)?.mac ??
      0;
    const isAllowed = isAllowedBy(this.rules, { mac, protocol, target, port });
    if (!isAllowed) this.counts.denied++;
    return isAllowed;
  }
}

const isAllowedBy = isAllowed;

/** A TCP/IP stack: interfaces, routes, ICMP, UDP and TCP over them. It never waits; time and chance are handed in. */
import type { Random } from '#lib';
import { Alarms, type Now, type Timers } from './alarms.ts';
import { Icmp } from './icmp.ts';
import type { Interface, InterfaceConfig } from './interface.ts';
import { Internet } from './internet.ts';
import type { TcpSettings } from './tcp/owner.ts';
import { Tcp } from './tcp/tcp.ts';
import { Udp } from './udp.ts';
import { maskOf, type Network } from './wire/address.ts';
import { ICMP, UNREACHABLE } from './wire/icmp.ts';

export interface StackHost {
  readonly now: Now;
  readonly timers: Timers;
  readonly random: Random;
}

export class Stack {
  readonly internet: Internet;
  readonly icmp: Icmp;
  readonly udp: Udp;
  readonly tcp: Tcp;
  readonly alarms: Alarms;

  constructor({ now, timers, random }: StackHost, tcpOptions: Partial<TcpSettings> = {}) {
    this.alarms = new Alarms(now, timers);
    this.internet = new Internet(this.alarms, random, {
      unknownProtocol: (packet, arrival) =>
        this.icmp.sendError(packet, arrival, { type: ICMP.unreachable, code: UNREACHABLE.protocol }),
      reassemblyExpired: (first) =>
        this.icmp.sendError(first, undefined, { type: ICMP.timeExceeded, code: 1 }),
      unreachable: (address) => {
        this.icmp.unreachable(address);
        this.tcp.unreachable(address);
      },
    });
    this.icmp = new Icmp(this.internet, this.alarms, random.nextU32());
    this.udp = new Udp(this.internet, this.icmp, random);
    this.tcp = new Tcp(this.internet, this.icmp, this.alarms, random, tcpOptions);
  }

  addInterface(config: InterfaceConfig): Interface {
    return this.internet.addInterface(config);
  }

  /** Gives an interface an address, and the way to its network; the neighbours hear of it. */
  addAddress(to: Interface, address: Network): void {
    to.addresses = [...to.addresses, address];
    const network = { address: (address.address & maskOf(address.prefix)) >>> 0, prefix: address.prefix };
    this.internet.routes.add({ network, interface: to });
    to.announce(address.address);
  }

  /** Takes all addresses of an interface away, with the ways that led over it. */
  clearAddresses(of: Interface): void {
    of.addresses = [];
    this.internet.routes.remove((route) => route.interface === of);
  }

  addGateway(through: Interface, gateway: number, network: Network = { address: 0, prefix: 0 }): void {
    this.internet.routes.add({ network, interface: through, gateway });
  }

  removeInterface(gone: Interface): void {
    this.internet.removeInterface(gone);
  }

  /** Resets all connections; nothing happens afterwards. */
  stop(): void {
    this.tcp.stop();
    this.alarms.stop();
  }
}

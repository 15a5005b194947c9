// A NAT in the laboratory: an outside that is made up, and guests that ask for addresses.

import type { Interface } from '../stack/interface.ts';
import type { Stack } from '../stack/stack.ts';
import { Lab } from '../stack/testing.ts';
import { BROADCAST_ADDRESS } from '../stack/wire/address.ts';
import {
  DHCP_PORT,
  type DhcpMessage,
  type DhcpType,
  emitDhcp,
  OPTION,
  parseDhcp,
  words,
} from './dhcp/message.ts';
import { Nat, type NatConfig } from './nat.ts';
import type {
  Outside,
  OutsideDatagramEvents,
  OutsideEndpoint,
  OutsideStream,
  OutsideStreamEvents,
} from './outside.ts';

/** The other end of a stream: a server that the test plays. */
export interface Far {
  readonly to: OutsideEndpoint;
  readonly events: OutsideStreamEvents;
  readonly received: Uint8Array[];
  /** What was done to it, in order. */
  readonly heard: string[];
  /** It takes no more until it is set to false and `drained` is called. */
  isFull: boolean;
}

export class FakeOutside implements Outside {
  readonly fars: Far[] = [];
  readonly sockets: {
    readonly events: OutsideDatagramEvents;
    readonly sent: { bytes: Uint8Array; to: OutsideEndpoint }[];
    isClosed: boolean;
  }[] = [];
  readonly listeners: ((stream: OutsideStream, hear: (events: OutsideStreamEvents) => void) => void)[] = [];
  nameServers: OutsideEndpoint[] = [{ address: '192.0.2.53', port: 53 }];
  hosts = new Map<string, string[]>();
  echo: Outside['echo'] = undefined;

  connect(to: OutsideEndpoint, events: OutsideStreamEvents): OutsideStream {
    const far: Far = { to, events, received: [], heard: [], isFull: false };
    this.fars.push(far);
    return this.#streamOf(far);
  }

  openDatagrams(events: OutsideDatagramEvents) {
    const socket = { events, sent: [] as { bytes: Uint8Array; to: OutsideEndpoint }[], isClosed: false };
    this.sockets.push(socket);
    return {
      send: (bytes: Uint8Array, to: OutsideEndpoint) => void socket.sent.push({ bytes, to }),
      close: () => void (socket.isClosed = true),
    };
  }

  listen(_at: OutsideEndpoint, onStream: (typeof this.listeners)[number]) {
    this.listeners.push(onStream);
    return Promise.resolve({ port: 40_000 + this.listeners.length, close: () => {} });
  }

  bindDatagrams(_at: OutsideEndpoint, events: OutsideDatagramEvents) {
    return Promise.resolve({ ...this.openDatagrams(events), port: 41_000 });
  }

  resolvers = () => this.nameServers;

  lookup(name: string, done: (addresses: readonly string[] | undefined) => void): void {
    done(this.hosts.get(name));
  }

  /** A connection comes to a forwarded port. */
  arrive(listener: number): Far {
    const far: { -readonly [K in keyof Far]: Far[K] } = {
      to: { address: '', port: 0 },
      events: { data() {}, drained() {}, ended() {}, closed() {} },
      received: [],
      heard: [],
      isFull: false,
    };
    this.fars.push(far);
    this.listeners[listener]?.(this.#streamOf(far), (events) => (far.events = events));
    return far;
  }

  #streamOf(far: Far): OutsideStream {
    return {
      write: (bytes) => {
        far.received.push(bytes);
        return !far.isFull;
      },
      end: () => void (far.heard.includes('end') || far.heard.push('end')),
      reset: () => void far.heard.push('reset'),
      pause: () => void far.heard.push('pause'),
      resume: () => void far.heard.push('resume'),
    };
  }
}

export interface LabGuest {
  readonly stack: Stack;
  readonly nic: Interface;
  readonly mac: number;
  /** DHCP messages that came. */
  readonly offers: DhcpMessage[];
  dhcp(
    type: DhcpType,
    options?: readonly (readonly [number, Uint8Array])[],
    more?: Partial<DhcpMessage>,
  ): void;
  /** The whole dialogue; the address. */
  configure(name?: string): number;
}

/** A NAT with guests on one wire, as a switch would have them. */
export function natLab(guestCount = 1, config: Partial<NatConfig> = {}) {
  const lab = new Lab(5);
  const outside = new FakeOutside();
  const [natEnd, wire] = lab.link({ abilities: { checksum: true, gso: true } });
  const nat = new Nat(
    { link: natEnd, mac: 0x5254_0000_0202, ...config },
    { now: lab.now, timers: lab.timers, random: lab.random },
    outside,
  );
  const ends = Array.from({ length: guestCount }, () =>
    lab.link({ abilities: { checksum: true, gso: true } }),
  );
  wire.onReceive((frame) => ends.forEach(([, hub]) => hub.send(frame)));
  ends.forEach(([, hub]) => hub.onReceive((frame) => wire.send(frame)));
  const guests = ends.map(([end], i) => labGuest(lab, end, 0x5254_0012_3400 + i));
  lab.run(10);
  return { lab, nat, outside, wire, guests, guest: guests[0] as LabGuest };
}

function labGuest(lab: Lab, link: Parameters<Stack['addInterface']>[0]['link'], mac: number): LabGuest {
  const stack = lab.stack();
  const nic = stack.addInterface({ name: 'eth0', mac, link });
  const offers: DhcpMessage[] = [];
  const socket = stack.udp.open(
    { address: 0, port: DHCP_PORT.client },
    {
      received: ({ payload }) => {
        const message = parseDhcp(payload);
        if (message?.mac === mac) offers.push(message);
      },
    },
  );
  const guest: LabGuest = {
    stack,
    nic,
    mac,
    offers,
    dhcp(type, options = [], more = {}) {
      const message: DhcpMessage = {
        isRequest: true,
        type,
        transaction: 77,
        // This stack takes nothing for an address that it does not have yet.
        isBroadcast: true,
        clientAddress: 0,
        yourAddress: 0,
        relay: 0,
        mac,
        options: new Map(options),
        ...more,
      };
      socket?.send({
        to: { address: BROADCAST_ADDRESS, port: DHCP_PORT.server },
        from: message.clientAddress,
        interface: nic,
        payload: emitDhcp(message),
      });
      lab.run(10);
    },
    configure(name = '') {
      offers.length = 0;
      guest.dhcp('discover');
      const offered = offers.at(-1)?.yourAddress ?? 0;
      guest.dhcp('request', [
        [OPTION.requestedAddress, words(offered)],
        [OPTION.hostName, new TextEncoder().encode(name)],
      ]);
      const given = offers.at(-1);
      if (given?.type !== 'ack') return 0;
      stack.addAddress(nic, { address: given.yourAddress, prefix: 24 });
      stack.addGateway(nic, (given.yourAddress & 0xffff_ff00) + 2);
      lab.run(10);
      return given.yourAddress;
    },
  };
  return guest;
}

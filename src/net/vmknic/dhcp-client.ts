/** Asks for an address of an interface of the kernel, and keeps it. Source: RFC 2131 §4.4. */
import type { Random } from '#lib';
import {
  addressOption,
  DHCP_PORT,
  type DhcpMessage,
  type DhcpType,
  emitDhcp,
  firstAddressOption,
  OPTION,
  parseDhcp,
  words,
} from '../nat/dhcp/message.ts';
import type { Alarm } from '../stack/alarms.ts';
import type { Interface } from '../stack/interface.ts';
import type { Stack } from '../stack/stack.ts';
import { BROADCAST_ADDRESS, canBeStation, type Network, prefixOf } from '../stack/wire/address.ts';
import { DEFAULT_PREFIX } from './vmknic-config.ts';

/** What a server gave. */
export interface DhcpLease {
  readonly network: Network;
  readonly gateway: number | undefined;
}

export interface DhcpClientParts {
  readonly random: Random;
  readonly hostName: string;
  /** Told a lease when it is another than before; undefined: it is over. */
  changed(lease: DhcpLease | undefined): void;
}

/** Between two tries: doubled each time, and a second more or less by chance. Source: RFC 2131 §4.1. */
const RETRY_MS = { first: 4000, most: 64_000, jitter: 1000 } as const;
const DEFAULT_LEASE_SECONDS = 3600;
/** Of what a server says: an address is kept for a week at most before it is asked again, and for a second at least. */
const LEASE_SECONDS = { least: 1, most: 604_800 } as const;

/** `init`: asks everybody. `requesting`: takes an offer. `bound`: has a lease; `renewing`: wants to keep it. */
type State = 'init' | 'requesting' | 'bound' | 'renewing';

/** The DHCP clients of a stack: they share a port. */
export class DhcpClients {
  readonly #stack: Stack;
  readonly #clients = new Set<DhcpClient>();
  readonly #send: (nic: Interface, message: DhcpMessage) => void;

  constructor(stack: Stack) {
    this.#stack = stack;
    const socket = stack.udp.open(
      { address: 0, port: DHCP_PORT.client },
      {
        received: ({ payload, arrival }) => {
          const message = parseDhcp(payload);
          if (message === undefined) return;
          for (const client of this.#clients) {
            if (client.interface === arrival.interface) client.receive(message);
          }
        },
      },
    );
    this.#send = (nic, message) =>
      void socket?.send({
        to: { address: BROADCAST_ADDRESS, port: DHCP_PORT.server },
        ...{ from: message.clientAddress, interface: nic, payload: emitDhcp(message) },
      });
  }

  /** Begins to ask for an address of an interface. */
  open(nic: Interface, parts: DhcpClientParts): DhcpClient {
    const client = new DhcpClient(this.#stack, nic, parts, this.#send);
    this.#clients.add(client);
    client.begin();
    return client;
  }

  close(client: DhcpClient): void {
    this.#clients.delete(client);
    client.stop();
  }
}

export class DhcpClient {
  readonly interface: Interface;
  readonly #parts: DhcpClientParts;
  readonly #alarm: Alarm;
  readonly #now: () => number;
  readonly #send: (nic: Interface, message: DhcpMessage) => void;
  #state: State = 'init';
  #transaction = 0;
  #retryMs: number = RETRY_MS.first;
  #offer = { address: 0, server: 0 };
  #lease: DhcpLease | undefined;
  #endsMs = 0;

  constructor(
    { alarms }: Stack,
    nic: Interface,
    parts: DhcpClientParts,
    send: (nic: Interface, message: DhcpMessage) => void,
  ) {
    this.interface = nic;
    this.#parts = parts;
    this.#send = send;
    this.#now = () => alarms.now();
    this.#alarm = alarms.alarm(() => this.#due());
  }

  get lease(): DhcpLease | undefined {
    return this.#lease;
  }

  begin(): void {
    this.#enter('init');
    this.#ask();
  }

  stop(): void {
    this.#alarm.clear();
  }

  receive(message: DhcpMessage): void {
    if (message.isRequest || message.transaction !== this.#transaction) return;
    if (message.mac !== this.interface.mac) return;
    const server = addressOption(message, OPTION.server);
    const { type, yourAddress } = message;
    if (type === 'offer' && this.#state === 'init' && server !== undefined && canBeStation(yourAddress)) {
      this.#offer = { address: yourAddress, server };
      this.#state = 'requesting';
      this.#retryMs = RETRY_MS.first;
      this.#ask();
    } else if (type === 'ack' && this.#isAsking && canBeStation(yourAddress)) {
      this.#bind(message);
    } else if (type === 'nak' && this.#isAsking) {
      this.#set(undefined);
      this.begin();
    }
  }

  get #isAsking(): boolean {
    return this.#state === 'requesting' || this.#state === 'renewing';
  }

  #enter(state: State): void {
    this.#state = state;
    this.#retryMs = RETRY_MS.first;
    this.#transaction = this.#parts.random.nextU32();
  }

  #due(): void {
    if (this.#state === 'bound') this.#enter('renewing');
    else if (this.#state === 'renewing' && this.#now() >= this.#endsMs) {
      this.#set(undefined);
      return this.begin();
    } else if (this.#state === 'requesting' && this.#retryMs >= RETRY_MS.most) return this.begin();
    this.#ask();
  }

  /** Sends what the state wants, and looks again later. */
  #ask(): void {
    const { address, server } = this.#offer;
    if (this.#state === 'init') this.#tell('discover', []);
    else if (this.#state === 'requesting') {
      this.#tell('request', [
        [OPTION.requestedAddress, words(address)],
        [OPTION.server, words(server)],
      ]);
    } else this.#tell('request', [], this.#lease?.network.address);
    const jitterMs = this.#parts.random.below(2 * RETRY_MS.jitter) - RETRY_MS.jitter;
    const dueMs = this.#now() + this.#retryMs + jitterMs;
    this.#alarm.set(this.#state === 'renewing' ? Math.min(dueMs, this.#endsMs) : dueMs);
    this.#retryMs = Math.min(this.#retryMs * 2, RETRY_MS.most);
  }

  #tell(type: DhcpType, options: readonly (readonly [number, Uint8Array])[], clientAddress = 0): void {
    this.#send(this.interface, {
      ...{ isRequest: true, type, transaction: this.#transaction, isBroadcast: clientAddress === 0 },
      ...{ clientAddress, yourAddress: 0, relay: 0, mac: this.interface.mac },
      options: new Map<number, Uint8Array>([
        ...options,
        [OPTION.hostName, new TextEncoder().encode(this.#parts.hostName)],
      ]),
    });
  }

  #bind(message: DhcpMessage): void {
    const mask = addressOption(message, OPTION.mask);
    const told = addressOption(message, OPTION.leaseSeconds) ?? DEFAULT_LEASE_SECONDS;
    const seconds = Math.min(LEASE_SECONDS.most, Math.max(LEASE_SECONDS.least, told));
    const renew = Math.min(addressOption(message, OPTION.renewSeconds) ?? seconds / 2, seconds);
    this.#state = 'bound';
    this.#endsMs = this.#now() + seconds * 1000;
    this.#alarm.set(this.#now() + Math.max(LEASE_SECONDS.least, renew) * 1000);
    const prefix = (mask === undefined ? undefined : prefixOf(mask)) ?? DEFAULT_PREFIX;
    this.#set({
      network: { address: message.yourAddress, prefix },
      gateway: firstAddressOption(message, OPTION.router),
    });
  }

  #set(lease: DhcpLease | undefined): void {
    const before = this.#lease;
    this.#lease = lease;
    const isSame =
      before?.network.address === lease?.network.address &&
      before?.network.prefix === lease?.network.prefix &&
      before?.gateway === lease?.gateway;
    if (!isSame) this.#parts.changed(lease);
  }
}

/** Ports of the host that lead to guests: connections and datagrams from outside go in. */
import type { Stack } from '../stack/stack.ts';
import type { TcpConnection } from '../stack/tcp/connection.ts';
import type { UdpSocket } from '../stack/udp.ts';
import type { NatNetwork } from './addresses.ts';
import type {
  Outside,
  OutsideDatagrams,
  OutsideEndpoint,
  OutsideListener,
  OutsideStream,
  OutsideStreamEvents,
} from './outside.ts';
import { Pipe } from './pipe.ts';
import { FLOW_SETTINGS } from './tcp-flows.ts';

export interface ForwardConfig {
  readonly protocol: 'tcp' | 'udp';
  /** Where the host listens; port 0: any. */
  readonly at: OutsideEndpoint;
  /** The guest's address or name. */
  readonly guest: string;
  readonly port: number;
}

export interface Forward extends ForwardConfig {
  /** With the port that it became. */
  readonly at: OutsideEndpoint;
  close(): void;
}

interface Peer {
  readonly socket: UdpSocket;
  lastMs: number;
}

const LIMIT = { peers: 256, idleMs: 120_000 } as const;

export class Forwards {
  readonly #stack: Stack;
  readonly #outside: Outside;
  readonly #network: NatNetwork;
  readonly #find: (guest: string) => number | undefined;
  readonly #open = new Set<Forward>();

  /** `find` gives the address that a guest has now. */
  constructor(
    stack: Stack,
    outside: Outside,
    network: NatNetwork,
    find: (guest: string) => number | undefined,
  ) {
    this.#stack = stack;
    this.#outside = outside;
    this.#network = network;
    this.#find = find;
  }

  list(): readonly Forward[] {
    return [...this.#open];
  }

  /** @throws HostError `port-unavailable`, later. */
  add(config: ForwardConfig): Promise<Forward> {
    const opened = config.protocol === 'tcp' ? this.#listen(config) : this.#bind(config);
    return opened.then((listener) => {
      const forward: Forward = {
        ...config,
        at: { ...config.at, port: listener.port },
        close: () => {
          this.#open.delete(forward);
          listener.close();
        },
      };
      this.#open.add(forward);
      return forward;
    });
  }

  close(): void {
    for (const forward of [...this.#open]) forward.close();
  }

  #listen(config: ForwardConfig): Promise<OutsideListener & { readonly port: number }> {
    return this.#outside.listen(config.at, (stream, hear) => this.#connect(config, stream, hear));
  }

  #connect(
    { guest, port }: ForwardConfig,
    stream: OutsideStream,
    hear: (events: OutsideStreamEvents) => void,
  ): void {
    const address = this.#find(guest);
    let connection: TcpConnection | undefined;
    const pipe = new Pipe(
      this.#stack.alarms.turns,
      () => connection,
      stream,
      () => {},
    );
    if (address !== undefined) {
      const settings = { ...FLOW_SETTINGS, local: { address: this.#network.gateway.address } };
      connection = this.#stack.tcp.connect({ address, port }, pipe.guestEvents, settings);
    }
    hear(pipe.streamEvents);
    if (connection === undefined) stream.reset();
  }

  #bind({ at, guest, port }: ForwardConfig): Promise<OutsideDatagrams & { readonly port: number }> {
    const peers = new Map<string, Peer>();
    let outer: OutsideDatagrams | undefined;
    const peerOf = (from: OutsideEndpoint): Peer | undefined => {
      const key = `${from.address} ${from.port}`;
      const known = peers.get(key);
      if (known !== undefined) return known;
      this.#forgetIdle(peers);
      const local = { address: this.#network.gateway.address, port: 0 };
      const socket = this.#stack.udp.open(local, {
        received: ({ payload }) => outer?.send(payload.slice(), from),
      });
      if (socket === undefined) return undefined;
      const peer = { socket, lastMs: this.#stack.alarms.now() };
      peers.set(key, peer);
      return peer;
    };
    const received = (bytes: Uint8Array, from: OutsideEndpoint) => {
      const address = this.#find(guest);
      const peer = address === undefined ? undefined : peerOf(from);
      if (address === undefined || peer === undefined) return;
      peer.lastMs = this.#stack.alarms.now();
      peer.socket.send({ to: { address, port }, payload: bytes });
    };
    return this.#outside.bindDatagrams(at, { received }).then((datagrams) => {
      outer = datagrams;
      return {
        ...datagrams,
        port: datagrams.port,
        close: () => {
          for (const { socket } of peers.values()) socket.close();
          datagrams.close();
        },
      };
    });
  }

  #forgetIdle(peers: Map<string, Peer>): void {
    const nowMs = this.#stack.alarms.now();
    for (const [key, { socket, lastMs }] of peers) {
      if (peers.size < LIMIT.peers && nowMs - lastMs < LIMIT.idleMs) continue;
      socket.close();
      peers.delete(key);
    }
  }
}

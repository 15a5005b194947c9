/** What a NAT needs of the host: streams, datagrams and echoes of the host's own network. Addresses are texts, as there. */

export interface OutsideEndpoint {
  readonly address: string;
  readonly port: number;
}

export type OutsideFailure = 'refused' | 'unreachable' | 'timed out' | 'reset';

/** A TCP connection of the host. */
export interface OutsideStream {
  /** Keeps the bytes; whether more may come now: if not, `drained` tells when. */
  write(bytes: Uint8Array): boolean;
  /** Nothing follows; the other side may go on. */
  end(): void;
  /** Ends it at once, both ways. */
  reset(): void;
  /** No `data` until `resume`. */
  pause(): void;
  resume(): void;
}

export interface OutsideStreamEvents {
  connected?(): void;
  /** The bytes are the receiver's. */
  data(bytes: Uint8Array): void;
  drained(): void;
  /** The other side sends nothing more. */
  ended(): void;
  /** It is over, both ways; a reason when it failed. The last event. */
  closed(reason: OutsideFailure | undefined): void;
}

/** A UDP socket of the host. */
export interface OutsideDatagrams {
  /** Takes the bytes, or loses them as networks do. */
  send(bytes: Uint8Array, to: OutsideEndpoint): void;
  close(): void;
}

export interface OutsideDatagramEvents {
  received(bytes: Uint8Array, from: OutsideEndpoint): void;
}

/** Something that listens at the host; `problem` is there when it does not. */
export interface OutsideListener {
  close(): void;
}

export interface Outside {
  connect(to: OutsideEndpoint, events: OutsideStreamEvents): OutsideStream;
  openDatagrams(events: OutsideDatagramEvents): OutsideDatagrams;
  /** Hears connections that come to an address of the host. @throws HostError `port-unavailable`, later. */
  listen(
    at: OutsideEndpoint,
    onStream: (stream: OutsideStream, listen: (events: OutsideStreamEvents) => void) => void,
  ): Promise<OutsideListener & { readonly port: number }>;
  bindDatagrams(
    at: OutsideEndpoint,
    events: OutsideDatagramEvents,
  ): Promise<OutsideDatagrams & { readonly port: number }>;
  /** Where the host asks for names; may change. */
  resolvers(): readonly OutsideEndpoint[];
  /** IPv4 addresses of a name as the host finds them, hosts file included. */
  lookup(name: string, done: (addresses: readonly string[] | undefined) => void): void;
  /** Undefined: the platform does not let us send echoes. `done` gets what came back; undefined: nothing did. */
  readonly echo:
    | ((
        target: string,
        data: Uint8Array,
        timeoutMs: number,
        done: (data: Uint8Array | undefined) => void,
      ) => void)
    | undefined;
}

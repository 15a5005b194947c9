/** TCP of the stack: which connection a segment is for, who listens, and what becomes of segments for nobody. Source: RFC 9293. */
import type { Random } from '#lib';
import { readBig16, readBig32 } from '../../checksum.ts';
import type { Alarms } from '../alarms.ts';
import { type HashKey, halfSipHash } from '../half-sip-hash.ts';
import type { Icmp, IcmpError } from '../icmp.ts';
import type { Arrival } from '../interface.ts';
import { HEADROOM, type Internet } from '../internet.ts';
import { type Endpoint, EPHEMERAL } from '../udp.ts';
import { ICMP, UNREACHABLE } from '../wire/icmp.ts';
import { IPV4_BYTES, type Ipv4Packet, PROTOCOL } from '../wire/ipv4.ts';
import { isMalformed } from '../wire/malformed.ts';
import {
  CHECKSUM_AT,
  emitTcp,
  FLAG,
  optionBytes,
  parseTcp,
  TCP_BYTES,
  type TcpSegment,
} from '../wire/tcp.ts';
import { type ConnectionHost, TcpConnection } from './connection.ts';
import { Listener, type ListenerConfig } from './listener.ts';
import { DEFAULT_SETTINGS, type TcpEvents, type TcpSettings } from './owner.ts';
import type { OutSegment } from './speaker.ts';
import type { TcpState } from './states.ts';
import type { FourTuple, Resumed } from './syn-cookies.ts';
import { SynRequest } from './syn-request.ts';
import { SynRequests } from './syn-requests.ts';

// biome-ignore format: a table reads in columns
const LIMIT = { connections: 16_384, timeWait: 2048, challengesPerSecond: 100 } as const;

export class Tcp {
  /** Gets every SYN that no listener wants, whoever it is for, as a gateway does. */
  onForeignSyn: ((request: SynRequest) => void) | undefined;
  readonly counts = {
    received: 0,
    sent: 0,
    malformed: 0,
    resetsSent: 0,
    cookiesSent: 0,
    cookiesTaken: 0,
    refused: 0,
  };
  readonly #internet: Internet;
  readonly #icmp: Icmp;
  readonly #alarms: Alarms;
  readonly #random: Random;
  readonly #key: HashKey;
  readonly #options: TcpSettings;
  readonly #host: ConnectionHost;
  /** By local, then by remote endpoint. */
  readonly #connections = new Map<number, Map<number, TcpConnection>>();
  #connectionCount = 0;
  readonly #listeners = new Map<number, Listener[]>();
  readonly #requests = new SynRequests();
  readonly #waiting = new Set<TcpConnection>();
  #challenges = { sinceMs: 0, count: 0 };

  constructor(
    internet: Internet,
    icmp: Icmp,
    alarms: Alarms,
    random: Random,
    options: Partial<TcpSettings> = {},
  ) {
    this.#internet = internet;
    this.#icmp = icmp;
    this.#alarms = alarms;
    this.#random = random;
    this.#key = [random.nextU32(), random.nextU32()];
    this.#options = { ...DEFAULT_SETTINGS, ...options };
    this.#host = {
      alarms,
      output: (tuple, segment) => this.#output(tuple, segment),
      maxSegmentTo: (address) => this.#maxSegmentTo(address),
      mayChallenge: () => this.#mayChallenge(),
      changed: (connection, from) => this.#changed(connection, from),
    };
    internet.handlers.set(PROTOCOL.tcp, (packet, arrival) => this.#receive(packet, arrival));
    icmp.errorHandlers.set(PROTOCOL.tcp, (error) => this.#failed(error));
  }

  get connectionCount(): number {
    return this.#connectionCount;
  }

  connections(): TcpConnection[] {
    return [...this.#connections.values()].flatMap((byRemote) => [...byRemote.values()]);
  }

  /** Undefined: there is no route, or no port is left. Without a `local` address or port, one is chosen. */
  connect(
    remote: Endpoint,
    events: TcpEvents,
    options: Partial<TcpSettings & { local: Partial<Endpoint> }> = {},
  ): TcpConnection | undefined {
    const address = options.local?.address || this.#internet.sourceFor(remote.address);
    if (address === undefined || this.#connectionCount >= LIMIT.connections) return undefined;
    const port = options.local?.port || this.#freePort(address, remote);
    if (port === undefined) return undefined;
    const tuple = { local: { address, port }, remote };
    if (this.#find(tuple) !== undefined) return undefined;
    const connection = this.#make(tuple, events, { ...this.#options, ...options });
    this.#alarms.turns.run(() => connection.open());
    return connection;
  }

  /** Undefined: somebody listens there already. */
  listen(config: ListenerConfig): Listener | undefined {
    const { address, port } = config.local;
    const others = this.#listeners.get(port) ?? [];
    if (others.some(({ local }) => local.address === address)) return undefined;
    const listener = new Listener(config, this.#key, () => {
      const rest = (this.#listeners.get(port) ?? []).filter((other) => other !== listener);
      if (rest.length > 0) this.#listeners.set(port, rest);
      else this.#listeners.delete(port);
    });
    this.#listeners.set(port, [...others, listener]);
    return listener;
  }

  /** Resets everything. */
  stop(): void {
    for (const connection of this.connections()) connection.abort();
    this.#requests.clear();
    this.#listeners.clear();
  }

  /** No station of the link has the address. */
  unreachable(address: number): void {
    for (const connection of this.connections()) {
      const next = this.#internet.routes.find(connection.tuple.remote.address)?.nextHop;
      if (next === address) connection.unreachable();
    }
  }

  #receive(packet: Ipv4Packet, arrival: Arrival): void {
    const { source, target, payload } = packet;
    if (arrival.isBroadcast) return;
    const segment = parseTcp(payload, source, target, arrival.isTrusted);
    if (isMalformed(segment)) return void this.counts.malformed++;
    this.counts.received++;
    const tuple: FourTuple = {
      local: { address: target, port: segment.targetPort },
      remote: { address: source, port: segment.sourcePort },
    };
    const connection = this.#find(tuple);
    const isSyn = (segment.flags & (FLAG.syn | FLAG.ack | FLAG.rst)) === FLAG.syn;
    if (connection === undefined) return this.#receiveForNone(tuple, segment, packet, isSyn);
    if (!isSyn || !connection.mayBeReplacedBy(segment)) return connection.receive(segment);
    this.#remove(connection);
    connection.abort();
    this.#receiveForNone(tuple, segment, packet, isSyn);
  }

  #receiveForNone(tuple: FourTuple, segment: TcpSegment, packet: Ipv4Packet, isSyn: boolean): void {
    const listener = this.#listenerFor(tuple.local);
    if (isSyn && listener !== undefined) return this.#receiveSyn(listener, tuple, segment);
    if (isSyn && this.onForeignSyn !== undefined) return this.#request(tuple, segment, packet);
    if (listener !== undefined && this.#takeCookie(listener, tuple, segment)) return;
    if ((segment.flags & FLAG.rst) === 0) this.#sendReset(tuple, segment);
  }

  #receiveSyn(listener: Listener, tuple: FourTuple, syn: TcpSegment): void {
    if (this.#connectionCount >= LIMIT.connections) return void this.counts.refused++;
    if (listener.hasRoom) {
      const connection = this.#make(tuple, {}, { ...this.#options, ...listener.options });
      connection.events = { connected: () => this.#accepted(listener, connection) };
      listener.halfOpen.add(connection);
      return connection.accept(syn);
    }
    this.counts.cookiesSent++;
    const maxSegment = Math.min(syn.options.maxSegmentBytes ?? 536, this.#maxSegmentTo(tuple.remote.address));
    const nowMs = this.#alarms.now();
    const { receiveBytes } = { ...this.#options, ...listener.options };
    const { sequence, options } = listener.cookieFor(
      tuple,
      syn,
      { maxSegmentBytes: maxSegment, receiveBytes },
      nowMs,
    );
    this.#output(
      tuple,
      emptySegment({
        sequence,
        acknowledgment: (syn.sequence + 1) >>> 0,
        flags: FLAG.syn | FLAG.ack,
        window: 0xffff,
        options,
      }),
    );
  }

  #accepted(listener: Listener, connection: TcpConnection): void {
    listener.halfOpen.delete(connection);
    connection.events = listener.onConnection(connection);
    connection.events.connected?.();
  }

  /** Whether it was the last segment of a handshake of which nothing is here but the cookie. */
  #takeCookie(listener: Listener, tuple: FourTuple, segment: TcpSegment): boolean {
    const resumed = listener.resume(tuple, segment, this.#alarms.now());
    if (resumed === undefined || this.#connectionCount >= LIMIT.connections) return false;
    this.counts.cookiesTaken++;
    const options = { ...this.#options, ...listener.options };
    const connection = this.#make(tuple, {}, options, resumed);
    connection.events = { connected: () => this.#accepted(listener, connection) };
    connection.resume(resumed);
    connection.receive(segment);
    return true;
  }

  /** A SYN that is for somebody else: who answers in its name decides, now or later. */
  #request(tuple: FourTuple, syn: TcpSegment, packet: Ipv4Packet): void {
    const isKnown = this.#requests.find(tuple)?.syn.sequence === syn.sequence;
    if (isKnown) return;
    if (!this.#requests.hasRoom(tuple) || this.#connectionCount >= LIMIT.connections)
      return void this.counts.refused++;
    const kept = { ...packet, header: packet.header.slice(), payload: packet.payload.slice(0, TCP_BYTES) };
    const request = new SynRequest(
      tuple,
      { ...syn, payload: new Uint8Array(0) },
      {
        isOpen: () => this.#requests.find(tuple) === request,
        settle: () => this.#requests.delete(tuple),
        accept: (events, options) => {
          const connection = this.#make(tuple, events, { ...this.#options, ...options });
          this.#alarms.turns.run(() => connection.accept(request.syn));
          return connection;
        },
        reset: () => this.#alarms.turns.run(() => this.#sendReset(tuple, request.syn)),
        unreachable: (code) => this.#icmp.sendError(kept, undefined, { type: ICMP.unreachable, code }),
      },
    );
    this.#requests.add(request);
    this.onForeignSyn?.(request);
  }

  #make(tuple: FourTuple, events: TcpEvents, options: TcpSettings, resumed?: Resumed): TcpConnection {
    const sequence = resumed?.ownSequence ?? this.#firstSequence(tuple);
    const start = { sequence, timestampOffset: resumed?.timestampOffset ?? this.#random.nextU32(), events };
    const connection = new TcpConnection(this.#host, tuple, options, start);
    const local = keyOf(tuple.local);
    const byRemote = this.#connections.get(local) ?? new Map<number, TcpConnection>();
    this.#connections.set(local, byRemote.set(keyOf(tuple.remote), connection));
    this.#connectionCount++;
    return connection;
  }

  #find({ local, remote }: FourTuple): TcpConnection | undefined {
    return this.#connections.get(keyOf(local))?.get(keyOf(remote));
  }

  #remove(connection: TcpConnection): void {
    const { local, remote } = connection.tuple;
    const byRemote = this.#connections.get(keyOf(local));
    if (byRemote?.get(keyOf(remote)) !== connection) return;
    byRemote.delete(keyOf(remote));
    if (byRemote.size === 0) this.#connections.delete(keyOf(local));
    this.#connectionCount--;
    this.#waiting.delete(connection);
  }

  #changed(connection: TcpConnection, from: TcpState): void {
    if (connection.state === 'closed') {
      if (from === 'syn-received') this.#listenerFor(connection.tuple.local)?.halfOpen.delete(connection);
      return this.#remove(connection);
    }
    if (connection.state !== 'time-wait') return;
    this.#waiting.add(connection);
    const oldest = this.#waiting.values().next().value;
    if (this.#waiting.size > LIMIT.timeWait && oldest !== undefined) oldest.abort();
  }

  #listenerFor({ address, port }: Endpoint): Listener | undefined {
    const listeners = this.#listeners.get(port);
    if (listeners === undefined) return undefined;
    return (
      listeners.find(({ local }) => local.address === address) ??
      listeners.find(({ local }) => local.address === 0)
    );
  }

  #output(tuple: FourTuple, segment: OutSegment): void {
    const headerBytes = HEADROOM + TCP_BYTES + optionBytes(segment.options);
    const frame = new Uint8Array(headerBytes + segment.payloadBytes);
    segment.copy(frame, headerBytes);
    const ports = { sourcePort: tuple.local.port, targetPort: tuple.remote.port };
    const addresses = { source: tuple.local.address, target: tuple.remote.address };
    emitTcp(frame, HEADROOM, { ...segment, ...ports }, segment.payloadBytes, addresses, true);
    const isLong = segment.payloadBytes > segment.segmentBytes;
    const result = this.#internet.send(
      { ...addresses, protocol: PROTOCOL.tcp, dontFragment: true, frame },
      {
        checksum: { start: HEADROOM, offset: CHECKSUM_AT },
        ...(isLong && { gso: { type: 'tcp4', size: segment.segmentBytes, headerLength: headerBytes } }),
      },
    );
    this.counts.sent++;
    if (result === 'too long') this.#find(tuple)?.pathNarrowed();
  }

  /** Source: RFC 9293 §3.10.7.1. */
  #sendReset(tuple: FourTuple, { flags, sequence, acknowledgment, payload }: TcpSegment): void {
    this.counts.resetsSent++;
    const length = payload.length + (flags & FLAG.syn ? 1 : 0) + (flags & FLAG.fin ? 1 : 0);
    const reset =
      (flags & FLAG.ack) !== 0
        ? { sequence: acknowledgment, acknowledgment: 0, flags: FLAG.rst }
        : { sequence: 0, acknowledgment: (sequence + length) >>> 0, flags: FLAG.rst | FLAG.ack };
    this.#output(tuple, emptySegment({ ...reset, window: 0, options: {} }));
  }

  #failed(error: IcmpError): void {
    const tuple = {
      local: { address: error.source, port: readBig16(error.transport, 0) },
      remote: { address: error.target, port: readBig16(error.transport, 2) },
    };
    const connection = this.#find(tuple);
    if (connection === undefined || !connection.isUnderWay(readBig32(error.transport, 4))) return;
    if (error.type !== ICMP.unreachable) return;
    if (error.code !== UNREACHABLE.fragmentationNeeded) return connection.unreachable();
    this.#internet.pathMtus.lower(error.target, error.mtu, error.sentBytes);
    connection.pathNarrowed();
  }

  #maxSegmentTo(address: number): number {
    return this.#internet.mtuTo(address) - IPV4_BYTES - TCP_BYTES;
  }

  /** Source: RFC 6528 §3. */
  #firstSequence({ local, remote }: FourTuple): number {
    const clock = Math.floor(this.#alarms.now() * 250);
    return (
      (clock + halfSipHash(this.#key, [local.address, remote.address, (local.port << 16) | remote.port])) >>>
      0
    );
  }

  #freePort(address: number, remote: Endpoint): number | undefined {
    const start = this.#random.below(EPHEMERAL.count);
    for (let i = 0; i < EPHEMERAL.count; i++) {
      const port = EPHEMERAL.first + ((start + i) % EPHEMERAL.count);
      if (this.#find({ local: { address, port }, remote }) === undefined && !this.#listeners.has(port))
        return port;
    }
    return undefined;
  }

  #mayChallenge(): boolean {
    const nowMs = this.#alarms.now();
    if (nowMs - this.#challenges.sinceMs >= 1000) this.#challenges = { sinceMs: nowMs, count: 0 };
    return this.#challenges.count++ < LIMIT.challengesPerSecond;
  }
}

function keyOf({ address, port }: Endpoint): number {
  return address * 0x1_0000 + port;
}

function emptySegment(segment: Omit<OutSegment, 'payloadBytes' | 'segmentBytes' | 'copy'>): OutSegment {
  return { ...segment, payloadBytes: 0, segmentBytes: 1, copy: () => {} };
}

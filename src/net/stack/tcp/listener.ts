/** Who waits for connections: a bounded queue of handshakes, and SYN cookies when it is full. Source: RFC 4987 §3. */
import type { HashKey } from '../half-sip-hash.ts';
import type { Endpoint } from '../udp.ts';
import { FLAG, type TcpOptions, type TcpSegment } from '../wire/tcp.ts';
import type { TcpConnection } from './connection.ts';
import { scaleFor, type TcpEvents, type TcpSettings } from './owner.ts';
import {
  type FourTuple,
  makeCookie,
  markTimestamp,
  type Resumed,
  readCookie,
  readTimestamp,
} from './syn-cookies.ts';

export interface ListenerConfig {
  /** Address 0: all of ours. */
  readonly local: Endpoint;
  /** A connection is there; the answer hears of it from now on. */
  onConnection(connection: TcpConnection): TcpEvents;
  readonly options?: Partial<TcpSettings>;
  /** Handshakes under way that are remembered; more become cookies. */
  readonly backlog?: number;
}

/** Acknowledgments are looked at as cookies for so long after the last one was sent. */
const COOKIE_LIFE_MS = 128_000;

export class Listener {
  readonly local: Endpoint;
  readonly options: Partial<TcpSettings>;
  readonly halfOpen = new Set<TcpConnection>();
  readonly onConnection: ListenerConfig['onConnection'];
  readonly close: () => void;
  readonly #backlog: number;
  readonly #key: HashKey;
  #lastCookieMs = Number.NEGATIVE_INFINITY;

  constructor(config: ListenerConfig, key: HashKey, close: () => void) {
    this.local = config.local;
    this.options = config.options ?? {};
    this.#backlog = config.backlog ?? 128;
    this.onConnection = (connection) => config.onConnection(connection);
    this.#key = key;
    this.close = close;
  }

  get hasRoom(): boolean {
    return this.halfOpen.size < this.#backlog;
  }

  /** What the answer to a SYN says when nothing is kept of it. */
  cookieFor(
    tuple: FourTuple,
    syn: TcpSegment,
    { maxSegmentBytes, receiveBytes }: { maxSegmentBytes: number; receiveBytes: number },
    nowMs: number,
  ): { sequence: number; options: TcpOptions } {
    this.#lastCookieMs = nowMs;
    const sequence = makeCookie(this.#key, tuple, syn.sequence, maxSegmentBytes, nowMs);
    const { timestamp, windowScale, sackPermitted } = syn.options;
    if (timestamp === undefined) return { sequence, options: { maxSegmentBytes } };
    return {
      sequence,
      options: {
        maxSegmentBytes,
        timestamp: { value: markTimestamp(Math.floor(nowMs) * 32, syn.options), echo: timestamp.value },
        ...(windowScale !== undefined && { windowScale: scaleFor(receiveBytes) }),
        ...(sackPermitted === true && { sackPermitted: true }),
      },
    };
  }

  /** The connection that an acknowledgment ends the handshake of; undefined when it holds no cookie. */
  resume(tuple: FourTuple, segment: TcpSegment, nowMs: number): Resumed | undefined {
    if (nowMs - this.#lastCookieMs > COOKIE_LIFE_MS) return undefined;
    if ((segment.flags & (FLAG.ack | FLAG.syn | FLAG.rst)) !== FLAG.ack) return undefined;
    const ownSequence = (segment.acknowledgment - 1) >>> 0;
    const peerSequence = (segment.sequence - 1) >>> 0;
    const maxSegmentBytes = readCookie(this.#key, tuple, peerSequence, ownSequence, nowMs);
    if (maxSegmentBytes === undefined) return undefined;
    const { timestamp } = segment.options;
    const timestampOffset =
      timestamp === undefined ? undefined : (timestamp.echo + 32 - Math.floor(nowMs)) >>> 0;
    const offered = timestamp === undefined ? {} : { ...readTimestamp(timestamp.echo), timestamp };
    return {
      ownSequence,
      peerSequence,
      options: { maxSegmentBytes, ...offered },
      windowBytes: segment.window,
      timestampOffset,
    };
  }
}

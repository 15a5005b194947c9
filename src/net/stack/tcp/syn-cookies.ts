/**
 * SYN cookies: a handshake that costs no memory until its last segment has come. What the SYN said lies in the sequence
 * number (segment size) and in the timestamp (scale, SACK). Source: RFC 4987 §3.6; the layout is ours.
 */
import { type HashKey, halfSipHash } from '../half-sip-hash.ts';
import { MAX_SCALE, type TcpOptions } from '../wire/tcp.ts';

/** Sizes of segments that a cookie can hold; the largest that is not above the peer's. */
const SIZES = [536, 1220, 1360, 1400, 1440, 1460, 4312, 8960] as const;
/** A cookie is good for one to two of these. */
const PERIOD_MS = 64_000;
const HASH_MASK = 0x07ff_ffff;
const NO_SCALE = 15;

export interface FourTuple {
  readonly local: { readonly address: number; readonly port: number };
  readonly remote: { readonly address: number; readonly port: number };
}

/** How a connection begins that did not exchange SYNs here: its SYN cookie came back. */
export interface Resumed {
  readonly ownSequence: number;
  readonly peerSequence: number;
  readonly options: TcpOptions;
  readonly windowBytes: number;
  /** What the stamps go on from. */
  readonly timestampOffset: number | undefined;
}

/** Bits: 31 … 29 size, 28 … 27 period, 26 … 0 hash. */
export function makeCookie(
  key: HashKey,
  tuple: FourTuple,
  peerSequence: number,
  maxSegmentBytes: number,
  nowMs: number,
): number {
  const size = Math.max(
    0,
    SIZES.findLastIndex((bytes) => bytes <= maxSegmentBytes),
  );
  const period = Math.floor(nowMs / PERIOD_MS);
  return ((size << 29) | ((period & 3) << 27) | hashOf(key, tuple, peerSequence, period, size)) >>> 0;
}

/** The segment size that the cookie holds; undefined when it is none of ours, or too old. */
export function readCookie(
  key: HashKey,
  tuple: FourTuple,
  peerSequence: number,
  cookie: number,
  nowMs: number,
): number | undefined {
  const current = Math.floor(nowMs / PERIOD_MS);
  const size = cookie >>> 29;
  for (const period of [current, current - 1]) {
    if (((cookie >>> 27) & 3) !== (period & 3)) continue;
    if ((cookie & HASH_MASK) === hashOf(key, tuple, peerSequence, period, size)) return SIZES[size];
  }
  return undefined;
}

/** The timestamp of the answer, with what the SYN offered in its lowest bits. */
export function markTimestamp(value: number, options: TcpOptions): number {
  const scale = options.windowScale ?? NO_SCALE;
  return ((value & ~0x1f) | (options.sackPermitted === true ? 0x10 : 0) | scale) >>> 0;
}

/** What the SYN offered, from the timestamp that comes back. */
export function readTimestamp(echo: number): {
  readonly windowScale?: number;
  readonly sackPermitted: boolean;
} {
  const scale = echo & 15;
  return { sackPermitted: (echo & 0x10) !== 0, ...(scale <= MAX_SCALE && { windowScale: scale }) };
}

function hashOf(
  key: HashKey,
  { local, remote }: FourTuple,
  peerSequence: number,
  period: number,
  size: number,
): number {
  const ports = (local.port << 16) | remote.port;
  return halfSipHash(key, [local.address, remote.address, ports, peerSequence, period, size]) & HASH_MASK;
}

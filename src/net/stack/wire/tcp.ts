/** TCP segments and their options. Source: RFC 9293 §3.1–3.2, RFC 7323 (scale, timestamps), RFC 2018 (SACK). */
import { checksumOf, readBig16, readBig32, writeBig16, writeBig32 } from '../../checksum.ts';
import { addsUp, pseudoHeaderSum } from './checksum.ts';
import { PROTOCOL } from './ipv4.ts';
import type { Malformed } from './malformed.ts';

export const TCP_BYTES = 20;
export const CHECKSUM_AT = 16;
export const FLAG = { fin: 1, syn: 2, rst: 4, psh: 8, ack: 16, urg: 32 } as const;
export const MAX_SACK_BLOCKS = 4;
export const MAX_SCALE = 14;

/** A range of sequence numbers that arrived out of order: first, and first after it. */
export type SackBlock = readonly [left: number, right: number];

export interface TcpOptions {
  readonly maxSegmentBytes?: number;
  readonly windowScale?: number;
  readonly sackPermitted?: boolean;
  readonly timestamp?: { readonly value: number; readonly echo: number };
  readonly sack?: readonly SackBlock[];
}

export interface TcpSegment {
  readonly sourcePort: number;
  readonly targetPort: number;
  readonly sequence: number;
  readonly acknowledgment: number;
  readonly flags: number;
  readonly window: number;
  readonly options: TcpOptions;
  readonly payload: Uint8Array;
}

const KIND = {
  end: 0,
  nothing: 1,
  maxSegment: 2,
  scale: 3,
  sackPermitted: 4,
  sack: 5,
  timestamp: 8,
} as const;
const NO_OPTIONS: TcpOptions = {};

/** With `trusted` the sum was checked by who sent it. */
export function parseTcp(
  bytes: Uint8Array,
  source: number,
  target: number,
  trusted = false,
): TcpSegment | Malformed {
  if (bytes.length < TCP_BYTES) return 'too short';
  const headerBytes = ((bytes[12] as number) >>> 4) * 4;
  if (headerBytes < TCP_BYTES || headerBytes > bytes.length) return 'wrong length';
  if (!trusted) {
    const pseudo = pseudoHeaderSum(source, target, PROTOCOL.tcp, bytes.length);
    if (!addsUp(bytes, 0, bytes.length, pseudo)) return 'wrong checksum';
  }
  const options = headerBytes === TCP_BYTES ? NO_OPTIONS : parseOptions(bytes, headerBytes);
  if (options === undefined) return 'wrong option';
  return {
    sourcePort: readBig16(bytes, 0),
    targetPort: readBig16(bytes, 2),
    sequence: readBig32(bytes, 4),
    acknowledgment: readBig32(bytes, 8),
    flags: (bytes[13] as number) & 0x3f,
    window: readBig16(bytes, 14),
    options,
    payload: bytes.subarray(headerBytes),
  };
}

/** Undefined when an option's length leads out of the header; options that are not known are skipped. */
function parseOptions(bytes: Uint8Array, end: number): TcpOptions | undefined {
  const options: { -readonly [K in keyof TcpOptions]: TcpOptions[K] } = {};
  let at = TCP_BYTES;
  while (at < end) {
    const kind = bytes[at] as number;
    if (kind === KIND.end) break;
    if (kind === KIND.nothing) {
      at++;
      continue;
    }
    const length = at + 1 < end ? (bytes[at + 1] as number) : 0;
    if (length < 2 || at + length > end) return undefined;
    if (kind === KIND.maxSegment && length === 4) options.maxSegmentBytes = readBig16(bytes, at + 2);
    // A larger shift counts as 14. Source: RFC 7323 §2.3.
    else if (kind === KIND.scale && length === 3)
      options.windowScale = Math.min(bytes[at + 2] as number, MAX_SCALE);
    else if (kind === KIND.sackPermitted && length === 2) options.sackPermitted = true;
    else if (kind === KIND.timestamp && length === 10) {
      options.timestamp = { value: readBig32(bytes, at + 2), echo: readBig32(bytes, at + 6) };
    } else if (kind === KIND.sack && length >= 10 && length % 8 === 2)
      options.sack = parseSack(bytes, at, length);
    at += length;
  }
  return options;
}

function parseSack(bytes: Uint8Array, at: number, length: number): SackBlock[] {
  const blocks: SackBlock[] = [];
  for (let block = at + 2; block < at + length; block += 8) {
    blocks.push([readBig32(bytes, block), readBig32(bytes, block + 4)]);
  }
  return blocks;
}

/** Bytes that the options take, padded to whole words. */
export function optionBytes(options: TcpOptions): number {
  let bytes = 0;
  if (options.maxSegmentBytes !== undefined) bytes += 4;
  if (options.windowScale !== undefined) bytes += 4;
  if (options.timestamp !== undefined) bytes += 12;
  if (options.sackPermitted === true) bytes += 4;
  if (options.sack !== undefined && options.sack.length > 0) bytes += 4 + 8 * options.sack.length;
  return bytes;
}

/**
 * Writes header and options at `at`; the payload stands behind them already. With `partial` the checksum is left to
 * who sends it on: its field holds the pseudo-header's sum.
 */
export function emitTcp(
  bytes: Uint8Array,
  at: number,
  segment: Omit<TcpSegment, 'payload'>,
  payloadBytes: number,
  addresses: { readonly source: number; readonly target: number },
  partial = false,
): void {
  const headerBytes = TCP_BYTES + optionBytes(segment.options);
  writeBig16(bytes, at, segment.sourcePort);
  writeBig16(bytes, at + 2, segment.targetPort);
  writeBig32(bytes, at + 4, segment.sequence);
  writeBig32(bytes, at + 8, segment.acknowledgment);
  bytes[at + 12] = (headerBytes / 4) << 4;
  bytes[at + 13] = segment.flags;
  writeBig16(bytes, at + 14, segment.window);
  writeBig16(bytes, at + 16, 0);
  writeBig16(bytes, at + 18, 0);
  emitOptions(bytes, at + TCP_BYTES, segment.options);
  const length = headerBytes + payloadBytes;
  const pseudo = pseudoHeaderSum(addresses.source, addresses.target, PROTOCOL.tcp, length);
  const sum = partial ? pseudo : checksumOf(bytes, at, at + length, pseudo);
  writeBig16(bytes, at + CHECKSUM_AT, sum);
}

function emitOptions(bytes: Uint8Array, start: number, options: TcpOptions): void {
  let at = start;
  const head = (kind: number, length: number, before: number) => {
    for (let i = 0; i < before; i++) bytes[at++] = KIND.nothing;
    bytes[at] = kind;
    bytes[at + 1] = length;
    at += 2;
  };
  if (options.maxSegmentBytes !== undefined) {
    head(KIND.maxSegment, 4, 0);
    writeBig16(bytes, at, options.maxSegmentBytes);
    at += 2;
  }
  if (options.windowScale !== undefined) {
    head(KIND.scale, 3, 1);
    bytes[at++] = options.windowScale;
  }
  if (options.sackPermitted === true) head(KIND.sackPermitted, 2, 2);
  if (options.timestamp !== undefined) {
    head(KIND.timestamp, 10, 2);
    writeBig32(bytes, at, options.timestamp.value);
    writeBig32(bytes, at + 4, options.timestamp.echo);
    at += 8;
  }
  if (options.sack === undefined || options.sack.length === 0) return;
  head(KIND.sack, 2 + 8 * options.sack.length, 2);
  for (const [left, right] of options.sack) {
    writeBig32(bytes, at, left);
    writeBig32(bytes, at + 4, right);
    at += 8;
  }
}

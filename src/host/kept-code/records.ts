/**
 * What a file of kept code is made of: records, each with its length and a checksum. A record is a page's content, or a region
 * that was made of contents that come before it. What is torn or changed ends the file.
 */
import { crc32 } from 'node:zlib';
import { hasSoundMarks, type RegionBody } from '#riscv/kept';

/** A region's place, with the digests of what it was made of; '' for a page beside it that it has no code of. */
export interface RegionPlace {
  readonly own: string;
  readonly previous: string;
  readonly next: string;
  readonly page: bigint;
  readonly mode: 0 | 1;
  readonly offset: number;
}

/** A record, from `at` to `end` of what it was read from. */
export type KeptRecord = { readonly at: number; readonly end: number } & (
  | { readonly kind: 'content'; readonly words: Int32Array<ArrayBuffer> }
  | { readonly kind: 'region'; readonly place: RegionPlace }
);

const PAGE_BYTES = 4096;
/** "vmk" and what comes. */
const Kind = { content: 0x766d_6b01, region: 0x766d_6b02 } as const;
const HEAD_BYTES = 12;
const DIGEST_BYTES = 32;
/** Of a region, before marks, hints and body: digests, page, mode, offset, how many marks, how many bytes of hints. */
const PLACE_BYTES = 3 * DIGEST_BYTES + 8 + 2 + 2 + 4 + 4;
const MARK_BYTES = 8;
const MAX_RECORD_BYTES = 1 << 20;
const NO_DIGEST = '\0'.repeat(DIGEST_BYTES);

export function encodeContent(words: Int32Array): Uint8Array {
  return record(Kind.content, new Uint8Array(words.buffer, words.byteOffset, words.byteLength));
}

export function encodeRegion(place: RegionPlace, { marks, hints, bytes }: RegionBody): Uint8Array {
  const { own, previous, next, page, mode, offset } = place;
  const marked = new Uint8Array(marks.buffer, marks.byteOffset, marks.byteLength);
  const head = Buffer.alloc(PLACE_BYTES);
  for (const [i, digest] of [own, previous || NO_DIGEST, next || NO_DIGEST].entries())
    head.write(digest, i * DIGEST_BYTES, 'latin1');
  let at = head.writeBigUInt64LE(page, 3 * DIGEST_BYTES);
  for (const half of [mode, offset]) at = head.writeUInt16LE(half, at);
  for (const count of [marks.length / 2, hints.length]) at = head.writeUInt32LE(count, at);
  return record(Kind.region, Buffer.concat([head, marked, hints, bytes]));
}

function record(kind: number, payload: Uint8Array): Uint8Array {
  const out = Buffer.alloc(HEAD_BYTES + payload.length);
  out.writeUInt32LE(kind, 0);
  out.writeUInt32LE(payload.length, 4);
  out.writeUInt32LE(crc32(payload), 8);
  out.set(payload, HEAD_BYTES);
  return out;
}

/** The records that are whole, and where they end. */
export function decodeRecords(given: Uint8Array): { records: KeptRecord[]; end: number } {
  const records: KeptRecord[] = [];
  let end = 0;
  for (;;) {
    const found = payloadAt(given, end);
    const one = found && decodePayload(found.kind, found.payload);
    if (!found || !one) return { records, end };
    records.push({ ...one, at: end, end: found.end });
    end = found.end;
  }
}

/** The code of a region's record; undefined when it is none. Hardly any is needed where many are kept. */
export function decodeBody(given: Uint8Array): RegionBody | undefined {
  const { kind, payload } = payloadAt(given, 0) ?? {};
  const parts = kind === Kind.region && payload ? partsOf(payload) : undefined;
  if (!parts || !payload) return undefined;
  const part = (from: number, to: number) => new Uint8Array(payload.subarray(from, to));
  const body = {
    ...{ bytes: part(parts.bodyAt, payload.length), hints: part(parts.hintsAt, parts.bodyAt) },
    marks: new Int32Array(part(PLACE_BYTES, parts.hintsAt).buffer),
  };
  return hasSoundMarks(body) ? body : undefined;
}

function payloadAt(
  given: Uint8Array,
  at: number,
): { readonly kind: number; readonly payload: Buffer; readonly end: number } | undefined {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  const start = at + HEAD_BYTES;
  if (start > bytes.length) return undefined;
  const end = start + bytes.readUInt32LE(at + 4);
  if (end - start > MAX_RECORD_BYTES || end > bytes.length) return undefined;
  const payload = bytes.subarray(start, end);
  if (crc32(payload) !== bytes.readUInt32LE(at + 8)) return undefined;
  return { kind: bytes.readUInt32LE(at), payload, end };
}

type Payload =
  | { readonly kind: 'content'; readonly words: Int32Array<ArrayBuffer> }
  | { readonly kind: 'region'; readonly place: RegionPlace };

/** @returns undefined for what nobody has written. */
function decodePayload(kind: number, payload: Buffer): Payload | undefined {
  if (kind === Kind.content && payload.length === PAGE_BYTES)
    return { kind: 'content', words: new Int32Array(new Uint8Array(payload).buffer) };
  const parts = kind === Kind.region ? partsOf(payload) : undefined;
  return parts && { kind: 'region', place: parts.place };
}

function partsOf(
  payload: Buffer,
): { readonly place: RegionPlace; readonly hintsAt: number; readonly bodyAt: number } | undefined {
  if (payload.length < PLACE_BYTES) return undefined;
  const digest = (i: number): string => {
    const text = payload.toString('latin1', i * DIGEST_BYTES, (i + 1) * DIGEST_BYTES);
    return text === NO_DIGEST ? '' : text;
  };
  const at = 3 * DIGEST_BYTES;
  const page = payload.readBigUInt64LE(at);
  const [mode, offset] = [payload.readUInt16LE(at + 8), payload.readUInt16LE(at + 10)];
  const [marks, hints] = [payload.readUInt32LE(at + 12), payload.readUInt32LE(at + 16)];
  const hintsAt = PLACE_BYTES + marks * MARK_BYTES;
  const bodyAt = hintsAt + hints;
  if (bodyAt > payload.length || page % BigInt(PAGE_BYTES) !== 0n) return undefined;
  if ((mode !== 0 && mode !== 1) || offset >= PAGE_BYTES || offset % 2 !== 0) return undefined;
  const place = { own: digest(0), previous: digest(1), next: digest(2), page, mode, offset } as const;
  return { place, hintsAt, bodyAt };
}

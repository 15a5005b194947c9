/** DNS messages, as far as a relay reads and writes them: the header, one question, address records. Source: RFC 1035 §4. */
import { readBig16, writeBig16, writeBig32 } from '../../checksum.ts';

export const HEADER_BYTES = 12;
export const DNS_TYPE = { a: 1, ptr: 12, aaaa: 28, any: 255 } as const;
export const DNS_CODE = {
  ok: 0,
  formatError: 1,
  serverFailure: 2,
  noSuchName: 3,
  notImplemented: 4,
} as const;
const CLASS_IN = 1;
const FLAG = {
  response: 0x8000,
  authoritative: 0x0400,
  recursionDesired: 0x0100,
  recursionAvailable: 0x0080,
} as const;
const MAX_NAME_BYTES = 255;
const POINTER_TO_QUESTION = 0xc00c;

export interface Question {
  readonly id: number;
  readonly name: string;
  readonly type: number;
  readonly isInternet: boolean;
  /** The header and the question, which answers repeat. */
  readonly head: Uint8Array;
}

/** Undefined when it is no query with exactly one question. */
export function parseQuestion(bytes: Uint8Array): Question | undefined {
  if (bytes.length < HEADER_BYTES) return undefined;
  const flags = readBig16(bytes, 2);
  if ((flags & FLAG.response) !== 0 || ((flags >> 11) & 15) !== 0 || readBig16(bytes, 4) !== 1)
    return undefined;
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (;;) {
    const length = bytes[at++];
    if (length === undefined || length > 63 || at - HEADER_BYTES > MAX_NAME_BYTES) return undefined;
    if (length === 0) break;
    if (at + length > bytes.length) return undefined;
    labels.push(String.fromCharCode(...bytes.subarray(at, at + length)));
    at += length;
  }
  if (at + 4 > bytes.length) return undefined;
  return {
    id: readBig16(bytes, 0),
    name: labels.join('.').toLowerCase(),
    type: readBig16(bytes, at),
    isInternet: readBig16(bytes, at + 2) === CLASS_IN,
    head: bytes.slice(0, at + 4),
  };
}

/** Whether a message answers something, and which id it has. */
export function answerId(bytes: Uint8Array): number | undefined {
  return bytes.length >= HEADER_BYTES && (readBig16(bytes, 2) & FLAG.response) !== 0
    ? readBig16(bytes, 0)
    : undefined;
}

/** Whether an answer repeats the question. Its name may be written in other letters of the same kind. */
export function isAnswerTo(answer: Uint8Array, { head }: Question): boolean {
  if (answer.length < head.length) return false;
  for (let i = HEADER_BYTES; i < head.length; i++) {
    if (lower(answer[i] as number) !== lower(head[i] as number)) return false;
  }
  return true;
}

/** An answer of our own: addresses, or nothing. */
export function emitAnswer(
  question: Question,
  code: number,
  addresses: readonly number[],
  ttlSeconds: number,
): Uint8Array {
  const bytes = new Uint8Array(question.head.length + 16 * addresses.length);
  bytes.set(question.head);
  const asked = readBig16(question.head, 2) & FLAG.recursionDesired;
  writeBig16(bytes, 2, FLAG.response | FLAG.authoritative | FLAG.recursionAvailable | asked | code);
  writeBig16(bytes, 6, addresses.length);
  writeBig16(bytes, 8, 0);
  writeBig16(bytes, 10, 0);
  addresses.forEach((address, i) => {
    const at = question.head.length + 16 * i;
    writeBig16(bytes, at, POINTER_TO_QUESTION);
    writeBig16(bytes, at + 2, DNS_TYPE.a);
    writeBig16(bytes, at + 4, CLASS_IN);
    writeBig32(bytes, at + 6, ttlSeconds);
    writeBig16(bytes, at + 10, 4);
    writeBig32(bytes, at + 12, address);
  });
  return bytes;
}

function lower(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + 32 : byte;
}

/**
 * Compression of pages where nothing better is handed in: LZ4 blocks, small enough to be ours. Source: LZ4 Block Format Description
 * (https://github.com/lz4/lz4, doc/lz4_Block_format.md).
 */

const MIN_MATCH = 4;
/** The last match begins so far before the end, and the last bytes are literals. */
const LAST_MATCH = 12;
const LAST_LITERALS = 5;
const HASH_BITS = 10;
/** Source: Knuth, multiplicative hashing; the golden ratio of 2^32. */
const HASH_FACTOR = 2_654_435_761;
const RUN_MASK = 15;
const MAX_OFFSET = 0xffff;

/** Compresses blocks of at most 64 KiB; one thread uses it. */
export class Lz4 {
  /** Place of the last four bytes with this hash, plus one. */
  #places: Uint16Array | undefined;

  /** Compresses `from` into `into`; the bytes written, or 0 when they do not fit. */
  compress(from: Uint8Array, into: Uint8Array): number {
    this.#places ??= new Uint16Array(1 << HASH_BITS);
    const places = this.#places.fill(0);
    const limit = from.length - LAST_MATCH;
    let [at, anchor, out] = [0, 0, 0];
    while (at < limit) {
      const word = four(from, at);
      const slot = Math.imul(word, HASH_FACTOR) >>> (32 - HASH_BITS);
      const found = (places[slot] as number) - 1;
      places[slot] = at + 1;
      if (found < 0 || at - found > MAX_OFFSET || four(from, found) !== word) {
        at++;
        continue;
      }
      let end = at + MIN_MATCH;
      while (end < from.length - LAST_LITERALS && from[end] === from[end - at + found]) end++;
      out = sequence(from, anchor, at, into, out, at - found, end - at);
      if (out < 0) return 0;
      at = end;
      anchor = end;
    }
    out = literals(from, anchor, from.length, into, out, 0);
    return Math.max(out, 0);
  }

  expand(from: Uint8Array, into: Uint8Array): boolean {
    return expandLz4(from, into);
  }
}

/** Expands a block to fill `into` exactly; false when it is none that does. */
export function expandLz4(from: Uint8Array, into: Uint8Array): boolean {
  let [at, out] = [0, 0];
  while (at < from.length) {
    const token = from[at++] as number;
    let count = token >>> 4;
    if (count === RUN_MASK) [count, at] = longer(from, at, count);
    if (at + count > from.length || out + count > into.length) return false;
    for (let i = 0; i < count; i++) into[out++] = from[at++] as number;
    if (at === from.length) return out === into.length;
    const offset = (from[at] as number) | ((from[at + 1] ?? 0) << 8);
    at += 2;
    count = token & RUN_MASK;
    if (count === RUN_MASK) [count, at] = longer(from, at, count);
    count += MIN_MATCH;
    if (offset === 0 || offset > out || out + count > into.length) return false;
    for (let i = 0; i < count; i++, out++) into[out] = into[out - offset] as number;
  }
  return false;
}

const four = (bytes: Uint8Array, at: number): number =>
  (bytes[at] as number) |
  ((bytes[at + 1] as number) << 8) |
  ((bytes[at + 2] as number) << 16) |
  ((bytes[at + 3] as number) << 24);

/** Literals and the match behind them; where the output goes on, -1 when it is full. */
function sequence(
  from: Uint8Array,
  start: number,
  end: number,
  into: Uint8Array,
  out: number,
  offset: number,
  length: number,
): number {
  const rest = length - MIN_MATCH;
  let next = literals(from, start, end, into, out, Math.min(rest, RUN_MASK));
  if (next < 0 || next + 2 > into.length) return -1;
  into[next++] = offset & 0xff;
  into[next++] = offset >>> 8;
  return rest < RUN_MASK ? next : more(rest - RUN_MASK, into, next);
}

/** A token with its literals; -1 when the output is full. */
function literals(
  from: Uint8Array,
  start: number,
  end: number,
  into: Uint8Array,
  out: number,
  match: number,
): number {
  const count = end - start;
  if (out >= into.length) return -1;
  into[out] = (Math.min(count, RUN_MASK) << 4) | match;
  const next = count < RUN_MASK ? out + 1 : more(count - RUN_MASK, into, out + 1);
  if (next < 0 || next + count > into.length) return -1;
  for (let i = 0; i < count; i++) into[next + i] = from[start + i] as number;
  return next + count;
}

/** The rest of a length, in bytes of up to 255. */
function more(rest: number, into: Uint8Array, out: number): number {
  let [left, next] = [rest, out];
  for (; left >= 255; left -= 255) into[next++] = 255;
  if (next >= into.length) return -1;
  into[next++] = left;
  return next;
}

function longer(from: Uint8Array, start: number, count: number): [number, number] {
  let [sum, at] = [count, start];
  for (;;) {
    const byte = from[at++] ?? 0;
    sum += byte;
    if (byte !== 255) return [sum, at];
  }
}

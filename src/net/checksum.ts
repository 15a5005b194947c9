/** The Internet checksum: a one's complement sum of 16-bit words. Source: RFC 1071. */

/** Adds bytes [from, to) to a sum; not folded yet. Preconditions: fewer than 128 KiB, `sum` is folded or 0. */
export function addToSum(bytes: Uint8Array, from: number, to: number, sum = 0): number {
  const even = from + ((to - from) & ~1);
  let total = sum;
  for (let i = from; i < even; i += 2) total += ((bytes[i] as number) << 8) | (bytes[i + 1] as number);
  if (even < to) total += (bytes[even] as number) << 8;
  return total;
}

/** The sum in 16 bits, carries added back. */
export function fold(sum: number): number {
  let folded = sum;
  while (folded > 0xffff) folded = (folded % 0x1_0000) + Math.floor(folded / 0x1_0000);
  return folded;
}

/** The checksum field's value for bytes [from, to) plus `sum`. */
export function checksumOf(bytes: Uint8Array, from: number, to: number, sum = 0): number {
  return ~fold(addToSum(bytes, from, to, sum)) & 0xffff;
}

/** The folded sum of a TCP or UDP pseudo header; addresses lie in `bytes`, IPv4 at 4 bytes, IPv6 at 16 each. */
export function pseudoHeaderSum(
  bytes: Uint8Array,
  addresses: { readonly at: number; readonly length: 8 | 32 },
  protocol: number,
  transportBytes: number,
): number {
  const sum = addToSum(bytes, addresses.at, addresses.at + addresses.length);
  return fold(sum + protocol + (transportBytes >>> 16) + (transportBytes & 0xffff));
}

export function readBig16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

export function writeBig16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 8;
  bytes[at + 1] = value;
}

export function readBig32(bytes: Uint8Array, at: number): number {
  return readBig16(bytes, at) * 0x1_0000 + readBig16(bytes, at + 2);
}

export function writeBig32(bytes: Uint8Array, at: number, value: number): void {
  writeBig16(bytes, at, Math.floor(value / 0x1_0000) & 0xffff);
  writeBig16(bytes, at + 2, value & 0xffff);
}

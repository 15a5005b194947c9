/** Bytes: little-endian reading and writing within bounds, hexadecimal text, alignment. */

/** The unsigned value at `offset`. Throws RangeError when it does not lie within `bytes`. */
export function readU8(bytes: Uint8Array, offset: number): number {
  checkSpan(bytes, offset, 1);
  return bytes[offset] as number;
}

/** The unsigned little-endian value at `offset`. Throws RangeError when it does not lie within `bytes`. */
export function readU16(bytes: Uint8Array, offset: number): number {
  checkSpan(bytes, offset, 2);
  return (bytes[offset] as number) | ((bytes[offset + 1] as number) << 8);
}

/** The unsigned little-endian value at `offset`. Throws RangeError when it does not lie within `bytes`. */
export function readU32(bytes: Uint8Array, offset: number): number {
  checkSpan(bytes, offset, 4);
  return (readU16(bytes, offset) | (readU16(bytes, offset + 2) << 16)) >>> 0;
}

/** The unsigned little-endian value at `offset`. Throws RangeError when it does not lie within `bytes`. */
export function readU64(bytes: Uint8Array, offset: number): bigint {
  checkSpan(bytes, offset, 8);
  return BigInt(readU32(bytes, offset)) | (BigInt(readU32(bytes, offset + 4)) << 32n);
}

/** Writes the low 8 bits of `value`. Throws RangeError when they do not fit at `offset`. */
export function writeU8(bytes: Uint8Array, offset: number, value: number): void {
  checkSpan(bytes, offset, 1);
  bytes[offset] = value;
}

/** Writes the low 16 bits of `value`, little-endian. Throws RangeError when they do not fit at `offset`. */
export function writeU16(bytes: Uint8Array, offset: number, value: number): void {
  checkSpan(bytes, offset, 2);
  bytes[offset] = value;
  bytes[offset + 1] = value >>> 8;
}

/** Writes the low 32 bits of `value`, little-endian. Throws RangeError when they do not fit at `offset`. */
export function writeU32(bytes: Uint8Array, offset: number, value: number): void {
  checkSpan(bytes, offset, 4);
  writeU16(bytes, offset, value);
  writeU16(bytes, offset + 2, value >>> 16);
}

/** Writes the low 64 bits of `value`, little-endian. Throws RangeError when they do not fit at `offset`. */
export function writeU64(bytes: Uint8Array, offset: number, value: bigint): void {
  checkSpan(bytes, offset, 8);
  writeU32(bytes, offset, Number(value & 0xffff_ffffn));
  writeU32(bytes, offset + 4, Number((value >> 32n) & 0xffff_ffffn));
}

/** A copy of all parts, one after the other. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** Whether both hold the same bytes. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** A value as 0x…, padded to `digits`; negative values are not for it. */
export function hex(value: number | bigint, digits = 1): string {
  return `0x${value.toString(16).padStart(digits, '0')}`;
}

/** Bytes as hexadecimal text without separators. */
export function bytesToHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The bytes that hexadecimal text says. Throws RangeError when it is not pairs of hexadecimal digits. */
export function hexToBytes(text: string): Uint8Array {
  if (!/^(?:[0-9a-fA-F]{2})*$/.test(text))
    throw new RangeError(`"${text}" is not pairs of hexadecimal digits`);
  return Uint8Array.from({ length: text.length / 2 }, (_, i) =>
    Number.parseInt(text.slice(2 * i, 2 * i + 2), 16),
  );
}

/** The next multiple of `alignment`, which need not be a power of two. */
export function alignUp(value: number, alignment: number): number {
  return Math.ceil(value / alignment) * alignment;
}

/** The multiple of `alignment` at or below `value`. */
export function alignDown(value: number, alignment: number): number {
  return Math.floor(value / alignment) * alignment;
}

export function isAligned(value: number, alignment: number): boolean {
  return value % alignment === 0;
}

function checkSpan(bytes: Uint8Array, offset: number, size: number): void {
  if (!Number.isInteger(offset) || offset < 0 || offset + size > bytes.length) {
    throw new RangeError(`bytes ${offset} … ${offset + size - 1} are not within ${bytes.length} bytes`);
  }
}

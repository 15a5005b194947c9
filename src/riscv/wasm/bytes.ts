/** A growing buffer for WebAssembly's binary format: bytes, LEB128 numbers, names, sections. */
import { Op } from './opcodes.ts';

const text = new TextEncoder();

/** A number that is not known yet where it is written: five bytes of LEB128 from `at` on. */
export interface Mark {
  readonly at: number;
  readonly kind: number;
}

const LEB32_BYTES = 5;

/** Writes a number where a mark is. @param value - not negative */
export function setMarked(bytes: Uint8Array, at: number, value: number): void {
  for (let i = 0, rest = value; i < LEB32_BYTES; i++, rest >>>= 7) {
    bytes[at + i] = (rest & 0x7f) | (i < LEB32_BYTES - 1 ? 0x80 : 0);
  }
}

/** Whether a mark may stand there: five bytes of one number. */
export function isMarkable(bytes: Uint8Array, at: number): boolean {
  const long = bytes.subarray(at, at + LEB32_BYTES);
  return long.length === LEB32_BYTES && long.every((byte, i) => byte >= 0x80 === i < LEB32_BYTES - 1);
}

export class Bytes {
  #data = new Uint8Array(256);
  #length = 0;
  /** In the order of their places. */
  readonly marks: Mark[] = [];

  get length(): number {
    return this.#length;
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.#data.slice(0, this.#length);
  }

  byte(value: number): void {
    if (this.#length === this.#data.length) this.#grow(1);
    this.#data[this.#length++] = value;
  }

  bytes(values: ArrayLike<number>): void {
    if (this.#length + values.length > this.#data.length) this.#grow(values.length);
    this.#data.set(values, this.#length);
    this.#length += values.length;
  }

  /** All of another buffer; not its marks. */
  append(other: Bytes): void {
    this.bytes(other.#data.subarray(0, other.#length));
  }

  /** Unsigned LEB128 of a number below 2^32. */
  u32(value: number): void {
    let rest = value >>> 0;
    while (rest > 0x7f) {
      this.byte((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    this.byte(rest);
  }

  /** Signed LEB128 of a 32-bit number. */
  s32(value: number): void {
    let rest = value | 0;
    for (;;) {
      const low = rest & 0x7f;
      rest >>= 7;
      if ((rest === 0 && !(low & 0x40)) || (rest === -1 && low & 0x40)) return this.byte(low);
      this.byte(low | 0x80);
    }
  }

  /** The place of a number that is written later. */
  marked32(kind: number): void {
    this.marks.push({ at: this.#length, kind });
    for (let i = 0; i < LEB32_BYTES; i++) this.byte(i < LEB32_BYTES - 1 ? 0x80 : 0);
  }

  /** Signed LEB128 of a 64-bit number. */
  s64(value: bigint | number): void {
    if (typeof value === 'bigint') return this.#big64(BigInt.asIntN(64, value));
    if (value === (value | 0)) return this.s32(value);
    // Exact: the operators of numbers take the low 32 bits of two's complement.
    for (let rest = value; ; ) {
      const low = rest & 0x7f;
      rest = Math.floor(rest / 0x80);
      if ((rest === 0 && !(low & 0x40)) || (rest === -1 && low & 0x40)) return this.byte(low);
      this.byte(low | 0x80);
    }
  }

  #big64(value: bigint): void {
    for (let rest = value; ; ) {
      const low = Number(rest & 0x7fn);
      rest >>= 7n;
      if ((rest === 0n && !(low & 0x40)) || (rest === -1n && low & 0x40)) return this.byte(low);
      this.byte(low | 0x80);
    }
  }

  f64(value: number): void {
    this.bytes(new Uint8Array(new Float64Array([value]).buffer));
  }

  f32(value: number): void {
    this.bytes(new Uint8Array(new Float32Array([value]).buffer));
  }

  name(value: string): void {
    const encoded = text.encode(value);
    this.u32(encoded.length);
    this.bytes(encoded);
  }

  /** An opcode; two-byte ones have their prefix in the high bits (opcodes.ts). */
  opcode(code: number): void {
    if (code < 0x100) return this.byte(code);
    const prefix = code >= 0x10_000 ? code >> 12 : code >> 8;
    this.byte(prefix);
    this.u32(code >= 0x10_000 ? code & 0xfff : code & 0xff);
  }

  /** An opcode of one byte with an index behind it: most of what is written. */
  indexed(code: number, index: number): void {
    if (index > 0x7f || this.#length + 2 > this.#data.length) {
      this.byte(code);
      return this.u32(index);
    }
    this.#data[this.#length] = code;
    this.#data[this.#length + 1] = index;
    this.#length += 2;
  }

  /** An access of memory. @param align - log2 */
  access(code: number, align: number, offset: number): void {
    this.opcode(code);
    this.indexed(align, offset);
  }

  /** Another buffer with its length in front. */
  sized(inner: Bytes): void {
    this.u32(inner.length);
    this.append(inner);
  }

  section(id: number, inner: Bytes): void {
    this.byte(id);
    this.sized(inner);
  }

  end(): void {
    this.byte(Op.end);
  }

  #grow(need: number): void {
    const larger = new Uint8Array(Math.max(this.#data.length * 2, this.#length + need));
    larger.set(this.#data);
    this.#data = larger;
  }
}

/** A small assembler over the rows, for tests: instructions by name and fields, labels, constants. */
import type { FieldValues } from './encode.ts';
import { encode } from './encode.ts';

interface Fixup {
  /** Offset of the instruction. */
  readonly at: number;
  readonly name: string;
  readonly fields: FieldValues;
  readonly label: string;
}

export class Assembler {
  /** Address of the first byte. */
  readonly base: bigint;
  readonly #bytes: number[] = [];
  readonly #labels = new Map<string, number>();
  readonly #fixups: Fixup[] = [];

  constructor(base: bigint) {
    this.base = base;
  }

  /** Address of what comes next. */
  get here(): bigint {
    return this.base + BigInt(this.#bytes.length);
  }

  /** An instruction or compressed form; see `encode` for what is an error. */
  emit(name: string, fields: FieldValues = {}): this {
    return this.word(encode(name, fields), name.startsWith('c.') ? 2 : 4);
  }

  /** An instruction whose immediate is the distance to a label, known at the end. */
  jump(name: string, fields: FieldValues, label: string): this {
    this.#fixups.push({ at: this.#bytes.length, name, fields, label });
    return this.word(0, name.startsWith('c.') ? 2 : 4);
  }

  /** Names the present place. A second label of the name is an error. */
  label(name: string): this {
    if (this.#labels.has(name)) throw new Error(`Cannot assemble: label "${name}" stands twice`);
    this.#labels.set(name, this.#bytes.length);
    return this;
  }

  /** Raw bits, little-endian. */
  word(value: number, bytes: 2 | 4 = 4): this {
    this.#put(this.#bytes.length, value, bytes);
    return this;
  }

  /** Puts any 64-bit value into a register, in as many instructions as it takes. */
  li(rd: number, value: bigint): this {
    const signed = BigInt.asIntN(64, value);
    const low = BigInt.asIntN(12, signed);
    if (signed === low) return this.emit('addi', { rd, rs1: 0, imm: Number(low) });
    const high = signed - low;
    if (BigInt.asIntN(32, signed) === signed) {
      this.emit('lui', { rd, imm: Number(BigInt.asIntN(32, high)) });
      return low === 0n ? this : this.emit('addiw', { rd, rs1: rd, imm: Number(low) });
    }
    this.li(rd, high >> 12n).emit('slli', { rd, rs1: rd, imm: 12 });
    return low === 0n ? this : this.emit('addi', { rd, rs1: rd, imm: Number(low) });
  }

  /** All bytes. A label that nobody set, or one too far away, is an error. */
  finish(): Uint8Array {
    for (const { at, name, fields, label } of this.#fixups) {
      const target = this.#labels.get(label);
      if (target === undefined) throw new Error(`Cannot assemble ${name}: there is no label "${label}"`);
      this.#put(at, encode(name, { ...fields, imm: target - at }), name.startsWith('c.') ? 2 : 4);
    }
    return Uint8Array.from(this.#bytes);
  }

  #put(at: number, value: number, bytes: number): void {
    for (let i = 0; i < bytes; i++) this.#bytes[at + i] = (value >>> (8 * i)) & 255;
  }
}

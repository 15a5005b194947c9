// Seeded generator of user-mode programs: every instruction that both sides know, bounded loops, forward branches,
// loads and stores across a page's end, atomics, all rounding modes. A program ends by writing its registers and data.
import type { Random } from '../../../src/riscv/conformance/values.ts';
import { double, integer, oneIn, pick, single } from '../../../src/riscv/conformance/values.ts';
import { Assembler } from '../../../src/riscv/isa/assembler.ts';
import { patternOf } from '../../../src/riscv/isa/encode.ts';
import type { Compressed, Instruction } from '../../../src/riscv/isa/instruction.ts';
import { usageOf } from '../../../src/riscv/isa/operands.ts';
import { COMPRESSED, ILLEGAL, INSTRUCTIONS } from '../../../src/riscv/isa/table.ts';
import { emitExit, emitWrite, IMAGE_BASE, IMAGE_BYTES } from './image.ts';

/** Code, then two pages of data whose common border is where the pointers point, then the outcome. */
const DATA = 12 * 4096;
const DATA_MIDDLE = DATA + 4096;
const DATA_BYTES = 2 * 4096;
const OUTCOME = DATA + DATA_BYTES;
const X_AT = OUTCOME;
const F_AT = X_AT + 32 * 8;
const FCSR_AT = F_AT + 32 * 8;
const OUTCOME_BYTES = FCSR_AT + 8 - DATA;

const SP = 2;
const POINTER = 8;
const COUNTER = 9;
const LINK = 1;
const SCRATCH = 10;
/** Registers that no random instruction writes. */
const RESERVED = [SP, POINTER, COUNTER];
const FREE = Array.from({ length: 32 }, (_, index) => index).filter((index) => !RESERVED.includes(index));
const FREE_SHORT = FREE.filter((index) => index >= 8 && index < 16);

const BLOCKS = 24;

export interface Program {
  readonly seed: number;
  /** IMAGE_BYTES bytes for IMAGE_BASE; the first is the entry. */
  readonly image: Uint8Array;
}

/** Rows that a straight line may have at any place: they touch registers only. */
const PLAIN = ['I', 'M', 'Zba', 'Zbb', 'Zbs', 'Zifencei', 'F', 'D'];
const NOT_PLAIN = ['load', 'store', 'branch', 'jump', 'ecall', 'ebreak'] as const;
/** QEMU before 8.0 counts the wrong word when the low one is zero ("target/riscv: Fix ctzw behavior"). */
const QEMU_WRONG = ['ctzw'];
const isPlain = (row: Instruction): boolean => {
  const usage = usageOf(row);
  const excluded = row === ILLEGAL || QEMU_WRONG.includes(row.name);
  return PLAIN.includes(row.extension) && !excluded && !NOT_PLAIN.some((name) => usage.has(name));
};
const plainRows = INSTRUCTIONS.filter(isPlain);
const integerRows = plainRows.filter((row) => !row.float);
const floatRows = plainRows.filter((row) => row.float);
const loadRows = INSTRUCTIONS.filter((row) => usageOf(row).has('load'));
const storeRows = INSTRUCTIONS.filter((row) => usageOf(row).has('store'));
const amoRows = INSTRUCTIONS.filter((row) => usageOf(row).has('amo'));
const branchRows = INSTRUCTIONS.filter((row) => usageOf(row).has('branch'));
const plainShort = COMPRESSED.filter((row) => isPlain(row.expandsTo) && row.name !== 'c.addi16sp');
const memoryShort = COMPRESSED.filter((row) =>
  ['load', 'store'].some((name) => usageOf(row.expandsTo).has(name as 'load')),
);

class Generator {
  readonly #random: Random;
  readonly #code = new Assembler(IMAGE_BASE);
  #labels = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  program(): Uint8Array {
    this.#prologue();
    for (let block = 0; block < BLOCKS; block++) this.#block();
    this.#epilogue();
    const image = new Uint8Array(IMAGE_BYTES);
    const code = this.#code.finish();
    if (code.length > DATA) throw new Error(`the program has ${code.length} bytes, more than ${DATA}`);
    image.set(code);
    const view = new DataView(image.buffer);
    for (let at = DATA; at < OUTCOME; at += 8) view.setBigUint64(at, this.#floatBits(), true);
    for (let i = 0; i < 32; i++) {
      view.setBigUint64(X_AT + i * 8, integer(this.#random), true);
      view.setBigUint64(F_AT + i * 8, this.#floatBits(), true);
    }
    return image;
  }

  #floatBits(): bigint {
    if (oneIn(this.#random, 4)) return this.#random.nextU64();
    return oneIn(this.#random, 2) ? double(this.#random) : (0xffff_ffffn << 32n) | single(this.#random);
  }

  /** Loads all registers from where their outcome will stand. */
  #prologue(): void {
    const code = this.#code.li(SCRATCH, IMAGE_BASE + BigInt(OUTCOME));
    for (let i = 0; i < 32; i++) code.emit('fld', { rd: i, rs1: SCRATCH, imm: F_AT + i * 8 - OUTCOME });
    for (const rd of FREE.filter((index) => index !== SCRATCH && index !== 0)) {
      code.emit('ld', { rd, rs1: SCRATCH, imm: X_AT + rd * 8 - OUTCOME });
    }
    for (const rd of [SP, POINTER]) code.li(rd, IMAGE_BASE + BigInt(DATA_MIDDLE));
    code.emit('addi', { rd: COUNTER, rs1: 0, imm: 0 });
  }

  #epilogue(): void {
    const code = this.#code.li(POINTER, IMAGE_BASE + BigInt(OUTCOME));
    for (let i = 0; i < 32; i++) {
      code.emit('sd', { rs1: POINTER, rs2: i, imm: X_AT + i * 8 - OUTCOME });
      code.emit('fsd', { rs1: POINTER, rs2: i, imm: F_AT + i * 8 - OUTCOME });
    }
    code.emit('csrrs', { rd: SCRATCH, csr: 3, rs1: 0 });
    code.emit('sd', { rs1: POINTER, rs2: SCRATCH, imm: FCSR_AT - OUTCOME });
    emitWrite(code, IMAGE_BASE + BigInt(DATA), OUTCOME_BYTES);
    emitExit(code);
  }

  /** Straight code, a loop around some, or a call of some. */
  #block(): void {
    const kind = this.#random.below(4);
    if (kind === 0) this.#loop();
    else if (kind === 1) this.#call();
    else this.#straight(4 + this.#random.below(24));
  }

  #loop(): void {
    const again = this.#newLabel();
    this.#code.emit('addi', { rd: COUNTER, rs1: 0, imm: 1 + this.#random.below(20) }).label(again);
    this.#straight(2 + this.#random.below(12));
    this.#code.emit('c.addi', { rd: COUNTER, imm: -1 });
    if (oneIn(this.#random, 2)) this.#code.jump('bne', { rs1: COUNTER, rs2: 0 }, again);
    else this.#code.jump('c.bnez', { rs1: COUNTER }, again);
  }

  /** jal over the function to the call, and the call back to it: forward and backward. */
  #call(): void {
    const [callee, caller] = [this.#newLabel(), this.#newLabel()];
    this.#code.jump('jal', { rd: 0 }, caller).label(callee);
    this.#straightKeeping(LINK);
    if (oneIn(this.#random, 2)) this.#code.emit('jalr', { rd: 0, rs1: LINK, imm: 0 });
    else this.#code.emit('c.jr', { rs1: LINK });
    this.#code.label(caller).jump('jal', { rd: LINK }, callee);
  }

  #straight(count: number): void {
    for (let i = 0; i < count; i++) this.#one();
  }

  /** Instructions that leave the link register alone: floating point only. */
  #straightKeeping(register: number): void {
    for (let i = this.#random.below(6); i >= 0; i--) this.#plain(pick(this.#random, floatRows), register);
  }

  #one(): void {
    const kind = this.#random.below(20);
    if (kind < 5) this.#plain(pick(this.#random, integerRows));
    else if (kind < 10) this.#plain(pick(this.#random, floatRows));
    else if (kind < 12) this.#memory(pick(this.#random, oneIn(this.#random, 2) ? loadRows : storeRows));
    else if (kind < 14) this.#plainShort(pick(this.#random, plainShort));
    else if (kind === 14) this.#memoryShort(pick(this.#random, memoryShort));
    else if (kind === 15) this.#atomic();
    else if (kind === 16) this.#reservation();
    else if (kind === 17) this.#skip();
    else this.#flags();
  }

  /** Every field by chance, but for what is reserved. */
  #plain(row: Instruction, kept?: number): void {
    this.#drawn(
      row,
      FREE.filter((index) => index !== kept),
    );
  }

  #plainShort(row: Compressed): void {
    this.#drawn(row, row.encoding.includes("rd'") ? FREE_SHORT : FREE);
  }

  /** Operands that are reserved, or make another instruction, are drawn again. */
  #drawn(row: Instruction | Compressed, destinations: readonly number[]): void {
    for (;;) {
      try {
        this.#code.emit(row.name, this.#fields(row, destinations));
        return;
      } catch {
        // These cannot be encoded.
      }
    }
  }

  #fields(row: Instruction | Compressed, destinations: readonly number[]): Record<string, number> {
    const values: Record<string, number> = {};
    for (const [name, { pieces, signed, base }] of patternOf(row.name).fields) {
      const width = Math.max(...pieces.map((piece) => piece.to + piece.width));
      const low = Math.min(...pieces.map((piece) => piece.to));
      const bits = low >= 31 ? 0 : this.#random.nextU32() & -(2 ** low);
      if (name === 'rd') values[name] = pick(this.#random, destinations);
      else if (name === 'rm') values[name] = pick(this.#random, [0, 1, 2, 3, 4, 7]);
      else if (name === 'imm')
        values[name] = signed ? (bits << (32 - width)) >> (32 - width) : bits & (2 ** width - 1);
      else values[name] = base + this.#random.below(2 ** (pieces[0]?.width ?? 0));
    }
    // One place for rd and rs1: what is written decides.
    if (row.encoding.includes('/') && values.rd !== undefined) values.rs1 = values.rd;
    return values;
  }

  /** Mostly near the border of the two pages, so that it is crossed. */
  #offset(): number {
    return oneIn(this.#random, 3) ? this.#random.below(4080) - 2040 : this.#random.below(16) - 8;
  }

  #memory(row: Instruction): void {
    const rs1 = oneIn(this.#random, 2) ? POINTER : SP;
    const isLoad = row.fields.has('rd');
    const other = isLoad
      ? { rd: pick(this.#random, row.float ? ALL : FREE) }
      : { rs2: this.#random.below(32) };
    this.#code.emit(row.name, { rs1, imm: this.#offset(), ...other });
  }

  /** Compressed accesses have unsigned offsets: the pointer is put before the border for a while. */
  #memoryShort(row: Compressed): void {
    const viaStack = row.implied.rs1 === SP;
    const base = viaStack ? SP : POINTER;
    const before = 8 * this.#random.below(30) + this.#random.below(8);
    this.#code.emit('addi', { rd: base, rs1: base, imm: -before });
    for (;;) {
      try {
        const fields = this.#fields(
          row,
          row.expandsTo.float ? (viaStack ? ALL : SHORT) : viaStack ? FREE : FREE_SHORT,
        );
        this.#code.emit(row.name, viaStack ? fields : { ...fields, rs1: POINTER });
        break;
      } catch {
        // These operands are reserved.
      }
    }
    this.#code.emit('addi', { rd: base, rs1: base, imm: before });
  }

  #alignedPointer(): void {
    const imm = 8 * this.#random.below(16) - 64 + 4 * this.#random.below(2);
    this.#code.emit('addi', { rd: SCRATCH, rs1: POINTER, imm });
    if (oneIn(this.#random, 2)) this.#code.emit('andi', { rd: SCRATCH, rs1: SCRATCH, imm: -8 });
  }

  #atomic(): void {
    const row = pick(this.#random, amoRows);
    this.#alignedPointer();
    if (row.name.endsWith('.d')) this.#code.emit('andi', { rd: SCRATCH, rs1: SCRATCH, imm: -8 });
    this.#code.emit(row.name, { rd: pick(this.#random, FREE), rs1: SCRATCH, rs2: this.#random.below(32) });
  }

  /** A pair that mostly succeeds; a store between, or no reservation at all, makes it fail. */
  #reservation(): void {
    const width = pick(this.#random, ['w', 'd']);
    this.#alignedPointer();
    this.#code.emit('andi', { rd: SCRATCH, rs1: SCRATCH, imm: -8 });
    const others = FREE.filter((index) => index !== SCRATCH);
    if (!oneIn(this.#random, 6))
      this.#code.emit(`lr.${width}`, { rd: pick(this.#random, others), rs1: SCRATCH });
    if (oneIn(this.#random, 4))
      this.#code.emit(`s${width}`, { rs1: SCRATCH, rs2: this.#random.below(32), imm: 0 });
    const fields = { rd: pick(this.#random, FREE), rs1: SCRATCH, rs2: this.#random.below(32) };
    this.#code.emit(`sc.${width}`, fields);
    if (oneIn(this.#random, 4)) this.#code.emit(`sc.${width}`, { ...fields, rs1: POINTER });
  }

  /** A branch or jump over a few instructions. */
  #skip(): void {
    const behind = this.#newLabel();
    const kind = this.#random.below(4);
    const [rs1, rs2] = [this.#random.below(32), this.#random.below(32)];
    if (kind < 2) this.#code.jump(pick(this.#random, branchRows).name, { rs1, rs2 }, behind);
    else if (kind === 2)
      this.#code.jump(pick(this.#random, ['c.beqz', 'c.bnez']), { rs1: pick(this.#random, SHORT) }, behind);
    else this.#code.jump('c.j', {}, behind);
    for (let i = this.#random.below(4); i >= 0; i--) this.#plain(pick(this.#random, plainRows));
    this.#code.label(behind);
  }

  /** Reads and sets fflags and frm; frm stays a mode that exists. */
  #flags(): void {
    const rd = pick(this.#random, FREE);
    const kind = this.#random.below(4);
    if (kind === 0) this.#code.emit('csrrwi', { rd, csr: 2, imm: this.#random.below(5) });
    else if (kind === 1) this.#code.emit('csrrwi', { rd, csr: 1, imm: this.#random.below(32) });
    else if (kind === 2) this.#code.emit('csrrs', { rd, csr: pick(this.#random, [1, 2, 3]), rs1: 0 });
    else this.#code.emit('csrrci', { rd, csr: 1, imm: this.#random.below(32) });
  }

  #newLabel(): string {
    return `label${this.#labels++}`;
  }
}

const ALL = Array.from({ length: 32 }, (_, index) => index);
const SHORT = ALL.slice(8, 16);

/** The program of a seed. @param random seeded with it. */
export function generate(seed: number, random: Random): Program {
  return { seed, image: new Generator(random).program() };
}

/** What a program wrote, by name: for messages about differences. */
export function nameOutcome(offset: number): string {
  const at = DATA + offset;
  if (at >= FCSR_AT) return 'fcsr';
  if (at >= F_AT) return `f${(at - F_AT) >> 3}`;
  if (at >= X_AT) return `x${(at - X_AT) >> 3}`;
  return `data + ${offset}`;
}

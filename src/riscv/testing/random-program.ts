/** Seeded programs of loops, branches and calls with random instructions over RAM, page ends and a device. */

import type { Random } from '../conformance/values.ts';
import { float, integer, oneIn, pick } from '../conformance/values.ts';
import type { Assembler } from '../isa/assembler.ts';
import { Status } from '../isa/csr.ts';
import { decode } from '../isa/decode.ts';
import { matches } from '../isa/encoding.ts';
import type { Instruction } from '../isa/instruction.ts';
import { usageOf } from '../isa/operands.ts';
import { COMPRESSED, INSTRUCTIONS } from '../isa/table.ts';
import { DEVICE, RAM, type TestHart } from './hart.ts';
import { Leaf, Tables } from './page-tables.ts';

/** Registers with a use of their own: loop counters, bases of memory, the link. */
const COUNTERS = [20, 21, 22] as const;
const BASES = [8, 9, 18, 19] as const;
const KEPT: ReadonlySet<number> = new Set([0, 1, 2, ...COUNTERS, ...BASES]);
const RESULTS = Array.from({ length: 32 }, (_, register) => register).filter(
  (register) => !KEPT.has(register),
);

const CODE_PAGES = 4;
const DATA = RAM + 0x8000n;
const PAGE = 4096n;
/** Where bases point: within a page, at the ends of pages, at code, at a device. */
const PLACES: readonly bigint[] = [DATA + 0x800n, DATA + PAGE, DATA + 2n * PAGE - 4n, DATA + 3n * PAGE + 2n];

const MEMORY = ['load', 'store', 'loadReserved', 'storeConditional', 'amo', 'cacheBlock'] as const;
const CONTROL = ['branch', 'jump', 'ecall', 'ebreak', 'sret', 'wfi', 'csr', 'illegal', 'sfenceVma'] as const;

interface Choice {
  readonly row: Instruction;
  readonly isMemory: boolean;
  readonly isOffset: boolean;
}
const CHOICES: readonly Choice[] = INSTRUCTIONS.flatMap((row) => {
  const usage = usageOf(row);
  if (CONTROL.some((name) => usage.has(name))) return [];
  const isMemory = MEMORY.some((name) => usage.has(name));
  return [{ row, isMemory, isOffset: isMemory && row.fields.has('imm') }];
});
const MEMORY_CHOICES = CHOICES.filter(({ isMemory }) => isMemory);
/** Short forms that touch only registers that they name. */
const SHORT = COMPRESSED.filter(({ expandsTo, implied }) => {
  const choice = CHOICES.find(({ row }) => row === expandsTo);
  return choice && !choice.isMemory && implied.rd === undefined;
});
/** CSRs that a program may change without losing its way. */
const CSRS = [0x001, 0x002, 0x003, 0x140, 0xc00, 0xc02] as const;

/** Writes a program to RAM and gives the hart its registers; it ends by ECALL, or goes round until its steps are up. */
export function randomProgram(hart: TestHart, random: Random): void {
  for (let i = 1; i < 32; i++) hart.context.setX(i, integer(random));
  for (let i = 0; i < 32; i++) hart.context.setF(i, float(random, oneIn(random, 2)));
  BASES.forEach((base, i) => hart.context.setX(base, oneIn(random, 12) ? DEVICE : (PLACES[i] as bigint)));
  hart.context.set32('fcsr', random.below(2) | (oneIn(random, 4) ? random.below(5) << 5 : 0));
  hart.context.set('senvcfg', 0xf0n);
  hart.context.set('stvec', RAM + BigInt(CODE_PAGES) * PAGE);
  hart.program(RAM + BigInt(CODE_PAGES) * PAGE, writeHandler);
  const writer = new Writer(random);
  // The start is chosen so that loops and functions lie over a page's end.
  const start = RAM + BigInt(2 * random.below(64)) + (oneIn(random, 2) ? PAGE - 0x200n : 0n);
  hart.program(start, (asm) => writer.program(asm));
  hart.context.set('pc', start);
}

/** Goes on behind the instruction that trapped, or clears what interrupted; sscratch and t6 are the handler's. */
function writeHandler(asm: Assembler): void {
  asm.emit('csrrw', { rd: 0, rs1: 31, csr: 0x140 }).emit('csrrs', { rd: 31, rs1: 0, csr: 0x142 });
  asm.jump('blt', { rs1: 31, rs2: 0 }, 'interrupt').emit('csrrs', { rd: 31, rs1: 0, csr: 0x141 });
  asm.emit('addi', { rd: 31, rs1: 31, imm: 4 }).emit('csrrw', { rd: 0, rs1: 31, csr: 0x141 });
  asm.jump('jal', { rd: 0 }, 'back').label('interrupt').emit('csrrci', { rd: 0, imm: 2, csr: 0x144 });
  asm.label('back').emit('csrrs', { rd: 31, rs1: 0, csr: 0x140 }).emit('sret');
}

/** Puts a random program under page tables, in U- or S-mode: data pages with random rights, A and D to be set. */
export function randomTables(hart: TestHart, random: Random): void {
  const tables = new Tables(hart, oneIn(random, 2) ? 8 : 9);
  const inUser = oneIn(random, 2);
  const own = inUser ? Leaf.User : 0;
  for (let page = 0n; page < 16n; page++) {
    const address = RAM + page * PAGE;
    const isCode = address < DATA;
    const isHandler = page === BigInt(CODE_PAGES);
    const rights = isCode ? Leaf.RWX : pick(random, [Leaf.RWX, Leaf.RW, Leaf.RW, Leaf.RW, Leaf.R, Leaf.X, 0]);
    const seen = oneIn(random, 2) ? Leaf.Accessed | Leaf.Dirty : 0;
    const other = !isCode && oneIn(random, 6) ? Leaf.User : 0;
    tables.set(address, address, (rights & ~seen) | (isHandler ? 0 : own ^ other));
  }
  hart.context.set('satp', tables.satp(random.below(3)));
  hart.context.set32('mode', inUser ? 0 : 1);
  hart.context.set('sstatus', random.nextU64() & (Status.SUM | Status.MXR));
  hart.flush();
}

class Writer {
  readonly #random: Random;
  #labels = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  program(asm: Assembler): void {
    const functions = Array.from({ length: 1 + this.#random.below(3) }, () => this.#label());
    this.#loop(asm, 0, functions);
    asm.emit('ecall');
    for (const name of functions) {
      asm.label(name);
      this.#line(asm, 2 + this.#random.below(6));
      asm.emit('jalr', { rd: 0, rs1: 1, imm: 0 });
    }
  }

  #loop(asm: Assembler, depth: number, functions: readonly string[]): void {
    const random = this.#random;
    const counter = COUNTERS[depth] as number;
    const name = this.#label();
    asm.emit('addi', { rd: counter, rs1: 0, imm: 2 + random.below(depth === 0 ? 30 : 6) }).label(name);
    for (let part = 0; part < 1 + random.below(4); part++) this.#part(asm, depth, functions);
    asm.emit('addi', { rd: counter, rs1: counter, imm: -1 }).jump('bne', { rs1: counter, rs2: 0 }, name);
  }

  #part(asm: Assembler, depth: number, functions: readonly string[]): void {
    const random = this.#random;
    const kind = random.below(8);
    if (kind === 0 && depth + 1 < COUNTERS.length) return this.#loop(asm, depth + 1, functions);
    if (kind === 1) return void asm.jump('jal', { rd: 1 }, pick(random, functions));
    if (kind < 4) return this.#diamond(asm);
    if (kind === 4) return this.#selfModify(asm);
    this.#line(asm, 1 + random.below(oneIn(random, 10) ? 120 : 12));
  }

  #diamond(asm: Assembler): void {
    const [otherwise, end] = [this.#label(), this.#label()];
    const branch = pick(this.#random, ['beq', 'bne', 'blt', 'bge', 'bltu', 'bgeu']);
    asm.jump(branch, { rs1: pick(this.#random, RESULTS), rs2: pick(this.#random, RESULTS) }, otherwise);
    this.#line(asm, this.#random.below(4));
    if (oneIn(this.#random, 2)) asm.jump('jal', { rd: 0 }, end);
    asm.label(otherwise);
    this.#line(asm, this.#random.below(4));
    asm.label(end);
  }

  /** Swaps two instructions in front of it, by loads and stores relative to pc. */
  #selfModify(asm: Assembler): void {
    if (!oneIn(this.#random, 3)) return this.#line(asm, 2);
    this.#one(asm, false);
    this.#one(asm, false);
    asm.emit('auipc', { rd: 30, imm: 0 }).emit('lw', { rd: 29, rs1: 30, imm: -8 });
    asm.emit('lw', { rd: 28, rs1: 30, imm: -4 }).emit('sw', { rs1: 30, rs2: 29, imm: -4 });
    asm.emit('sw', { rs1: 30, rs2: 28, imm: -8 });
  }

  #line(asm: Assembler, count: number): void {
    for (let i = 0; i < count; i++) {
      if (oneIn(this.#random, 6)) this.#short(asm);
      else if (oneIn(this.#random, 24)) this.#csr(asm);
      else this.#one(asm, true);
    }
  }

  #one(asm: Assembler, mayTouchMemory: boolean): void {
    const random = this.#random;
    const { row, isMemory, isOffset } = pick(
      random,
      mayTouchMemory && oneIn(random, 4) ? MEMORY_CHOICES : CHOICES,
    );
    if (isMemory && !mayTouchMemory) return this.#one(asm, false);
    const word = this.#word(
      row.mask,
      row.match,
      (bits) => {
        let fixed = isMemory ? setField(bits, 15, pick(random, BASES)) : bits;
        if (row.fields.has('rd')) fixed = setField(fixed, 7, pick(random, RESULTS));
        if (isOffset && row.fields.has('rd')) fixed = (fixed & 0xf_ffff) | (random.below(64) << 20);
        else if (isOffset) fixed = (fixed & 0x01ff_f07f) | (random.below(32) << 7) | (random.below(2) << 25);
        return ((fixed & ~row.mask) | row.match) >>> 0;
      },
      (bits) => matches(row.pattern, bits),
    );
    asm.word(word);
  }

  #short(asm: Assembler): void {
    const form = pick(this.#random, SHORT);
    const word = this.#word(
      form.mask,
      form.match,
      (bits) => bits & 0xffff,
      (bits) => {
        const { row, rd } = decode(bits);
        return (
          matches(form.pattern, bits) && row === form.expandsTo && (!row.fields.has('rd') || !KEPT.has(rd))
        );
      },
    );
    asm.word(word, 2);
  }

  #csr(asm: Assembler): void {
    const csr = pick(this.#random, CSRS);
    const name = csr >= 0xc00 ? 'csrrs' : pick(this.#random, ['csrrw', 'csrrs', 'csrrc']);
    const rs1 = csr >= 0xc00 ? 0 : pick(this.#random, RESULTS);
    asm.emit(name, { rd: pick(this.#random, RESULTS), rs1, csr });
  }

  /** Random bits where the mask leaves them open, until they are accepted. */
  #word(
    mask: number,
    match: number,
    fix: (bits: number) => number,
    accepts: (bits: number) => boolean,
  ): number {
    for (;;) {
      const bits = fix(((this.#random.nextU32() & ~mask) | match) >>> 0);
      if (accepts(bits)) return bits;
    }
  }

  #label(): string {
    return `l${this.#labels++}`;
  }
}

const setField = (bits: number, at: number, register: number): number =>
  ((bits & ~(31 << at)) | (register << at)) >>> 0;

/** RV64I, the base integer instruction set. Source: Unprivileged ISA 20240411 §2, §4, §35 (listings). */
import type { Instruction } from './instruction.ts';
import { rowsOf } from './instruction.ts';
import type { Bytes, Meaning, Semantics } from './semantics.ts';

const insn = rowsOf('I');
const WORD_SHIFT = 31n;

const address = <V, B>(x: Semantics<V, B>): V => x.add(x.rs1, x.imm);
const wordShift = <V, B>(x: Semantics<V, B>, by: V): V => x.and(by, x.const(WORD_SHIFT));
const load =
  (bytes: Bytes, signed: boolean): Meaning =>
  (x) =>
    x.rd(x.load(address(x), bytes, signed));
const store =
  (bytes: Bytes): Meaning =>
  (x) =>
    x.store(address(x), bytes, x.rs2);
const jal: Meaning = (x) => {
  x.rd(x.next);
  x.jump(x.add(x.pc, x.imm));
};
/** rd may be rs1: the target is fixed before rd is written. */
const jalr: Meaning = (x) => {
  const target = x.let(x.and(address(x), x.const(~1n)));
  x.rd(x.next);
  x.jump(target);
};

// biome-ignore format: a table reads in columns
export const RV64I: readonly Instruction[] = [
  insn('lui',    'imm[31:12]                                rd          0110111', (x) => x.rd(x.imm)),
  insn('auipc',  'imm[31:12]                                rd          0010111', (x) => x.rd(x.add(x.pc, x.imm))),
  insn('jal',    'imm[20|10:1|11|19:12]                     rd          1101111', jal),
  insn('jalr',   'imm[11:0]                rs1      000     rd          1100111', jalr),
  insn('beq',    'imm[12|10:5]    rs2      rs1      000     imm[4:1|11] 1100011', (x) => x.branch(x.eq(x.rs1, x.rs2), x.add(x.pc, x.imm))),
  insn('bne',    'imm[12|10:5]    rs2      rs1      001     imm[4:1|11] 1100011', (x) => x.branch(x.ne(x.rs1, x.rs2), x.add(x.pc, x.imm))),
  insn('blt',    'imm[12|10:5]    rs2      rs1      100     imm[4:1|11] 1100011', (x) => x.branch(x.lts(x.rs1, x.rs2), x.add(x.pc, x.imm))),
  insn('bge',    'imm[12|10:5]    rs2      rs1      101     imm[4:1|11] 1100011', (x) => x.branch(x.ges(x.rs1, x.rs2), x.add(x.pc, x.imm))),
  insn('bltu',   'imm[12|10:5]    rs2      rs1      110     imm[4:1|11] 1100011', (x) => x.branch(x.ltu(x.rs1, x.rs2), x.add(x.pc, x.imm))),
  insn('bgeu',   'imm[12|10:5]    rs2      rs1      111     imm[4:1|11] 1100011', (x) => x.branch(x.geu(x.rs1, x.rs2), x.add(x.pc, x.imm))),
  insn('lb',     'imm[11:0]                rs1      000     rd          0000011', load(1, true)),
  insn('lh',     'imm[11:0]                rs1      001     rd          0000011', load(2, true)),
  insn('lw',     'imm[11:0]                rs1      010     rd          0000011', load(4, true)),
  insn('ld',     'imm[11:0]                rs1      011     rd          0000011', load(8, false)),
  insn('lbu',    'imm[11:0]                rs1      100     rd          0000011', load(1, false)),
  insn('lhu',    'imm[11:0]                rs1      101     rd          0000011', load(2, false)),
  insn('lwu',    'imm[11:0]                rs1      110     rd          0000011', load(4, false)),
  insn('sb',     'imm[11:5]       rs2      rs1      000     imm[4:0]    0100011', store(1)),
  insn('sh',     'imm[11:5]       rs2      rs1      001     imm[4:0]    0100011', store(2)),
  insn('sw',     'imm[11:5]       rs2      rs1      010     imm[4:0]    0100011', store(4)),
  insn('sd',     'imm[11:5]       rs2      rs1      011     imm[4:0]    0100011', store(8)),
  insn('addi',   'imm[11:0]                rs1      000     rd          0010011', (x) => x.rd(x.add(x.rs1, x.imm))),
  insn('slti',   'imm[11:0]                rs1      010     rd          0010011', (x) => x.rd(x.bit(x.lts(x.rs1, x.imm)))),
  insn('sltiu',  'imm[11:0]                rs1      011     rd          0010011', (x) => x.rd(x.bit(x.ltu(x.rs1, x.imm)))),
  insn('xori',   'imm[11:0]                rs1      100     rd          0010011', (x) => x.rd(x.xor(x.rs1, x.imm))),
  insn('ori',    'imm[11:0]                rs1      110     rd          0010011', (x) => x.rd(x.or(x.rs1, x.imm))),
  insn('andi',   'imm[11:0]                rs1      111     rd          0010011', (x) => x.rd(x.and(x.rs1, x.imm))),
  insn('slli',   '000000  shamt[5:0]       rs1      001     rd          0010011', (x) => x.rd(x.shl(x.rs1, x.imm))),
  insn('srli',   '000000  shamt[5:0]       rs1      101     rd          0010011', (x) => x.rd(x.shr(x.rs1, x.imm))),
  insn('srai',   '010000  shamt[5:0]       rs1      101     rd          0010011', (x) => x.rd(x.sar(x.rs1, x.imm))),
  insn('add',    '0000000         rs2      rs1      000     rd          0110011', (x) => x.rd(x.add(x.rs1, x.rs2))),
  insn('sub',    '0100000         rs2      rs1      000     rd          0110011', (x) => x.rd(x.sub(x.rs1, x.rs2))),
  insn('sll',    '0000000         rs2      rs1      001     rd          0110011', (x) => x.rd(x.shl(x.rs1, x.rs2))),
  insn('slt',    '0000000         rs2      rs1      010     rd          0110011', (x) => x.rd(x.bit(x.lts(x.rs1, x.rs2)))),
  insn('sltu',   '0000000         rs2      rs1      011     rd          0110011', (x) => x.rd(x.bit(x.ltu(x.rs1, x.rs2)))),
  insn('xor',    '0000000         rs2      rs1      100     rd          0110011', (x) => x.rd(x.xor(x.rs1, x.rs2))),
  insn('srl',    '0000000         rs2      rs1      101     rd          0110011', (x) => x.rd(x.shr(x.rs1, x.rs2))),
  insn('sra',    '0100000         rs2      rs1      101     rd          0110011', (x) => x.rd(x.sar(x.rs1, x.rs2))),
  insn('or',     '0000000         rs2      rs1      110     rd          0110011', (x) => x.rd(x.or(x.rs1, x.rs2))),
  insn('and',    '0000000         rs2      rs1      111     rd          0110011', (x) => x.rd(x.and(x.rs1, x.rs2))),
  insn('fence',  'fm    pred      succ≠{0} rs1      000     rd          0001111', (x) => x.fence()),
  insn('ecall',  '000000000000             00000    000     00000       1110011', (x) => x.ecall()),
  insn('ebreak', '000000000001             00000    000     00000       1110011', (x) => x.ebreak()),
  insn('addiw',  'imm[11:0]                rs1      000     rd          0011011', (x) => x.rd(x.sext32(x.add(x.rs1, x.imm)))),
  insn('slliw',  '0000000     shamt[4:0]   rs1      001     rd          0011011', (x) => x.rd(x.sext32(x.shl(x.rs1, x.imm)))),
  insn('srliw',  '0000000     shamt[4:0]   rs1      101     rd          0011011', (x) => x.rd(x.sext32(x.shr(x.zext32(x.rs1), x.imm)))),
  insn('sraiw',  '0100000     shamt[4:0]   rs1      101     rd          0011011', (x) => x.rd(x.sar(x.sext32(x.rs1), x.imm))),
  insn('addw',   '0000000         rs2      rs1      000     rd          0111011', (x) => x.rd(x.sext32(x.add(x.rs1, x.rs2)))),
  insn('subw',   '0100000         rs2      rs1      000     rd          0111011', (x) => x.rd(x.sext32(x.sub(x.rs1, x.rs2)))),
  insn('sllw',   '0000000         rs2      rs1      001     rd          0111011', (x) => x.rd(x.sext32(x.shl(x.rs1, wordShift(x, x.rs2))))),
  insn('srlw',   '0000000         rs2      rs1      101     rd          0111011', (x) => x.rd(x.sext32(x.shr(x.zext32(x.rs1), wordShift(x, x.rs2))))),
  insn('sraw',   '0100000         rs2      rs1      101     rd          0111011', (x) => x.rd(x.sar(x.sext32(x.rs1), wordShift(x, x.rs2)))),
];

const PW = 1 << 24;
const SR = 1 << 21;

/** Whether a FENCE keeps loads behind it from overtaking stores before it: PW and SR. Source: Unprivileged ISA 20240411 §2.7. */
export const isStoreLoadFence = (word: number): boolean => (word & PW) !== 0 && (word & SR) !== 0;

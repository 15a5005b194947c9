/** Zba: address generation. Source: Unprivileged ISA 20240411 §30.4 (bit manipulation 1.0.0). */
import type { Instruction } from './instruction.ts';
import { rowsOf } from './instruction.ts';
import type { Meaning } from './semantics.ts';

const insn = rowsOf('Zba');
const shiftAdd =
  (by: bigint): Meaning =>
  (x) =>
    x.rd(x.add(x.rs2, x.shl(x.rs1, x.const(by))));
const shiftAddWord =
  (by: bigint): Meaning =>
  (x) =>
    x.rd(x.add(x.rs2, x.shl(x.zext32(x.rs1), x.const(by))));

// biome-ignore format: a table reads in columns
export const ZBA: readonly Instruction[] = [
  insn('add.uw',    '0000100 rs2       rs1 000 rd 0111011', (x) => x.rd(x.add(x.rs2, x.zext32(x.rs1)))),
  insn('sh1add',    '0010000 rs2       rs1 010 rd 0110011', shiftAdd(1n)),
  insn('sh1add.uw', '0010000 rs2       rs1 010 rd 0111011', shiftAddWord(1n)),
  insn('sh2add',    '0010000 rs2       rs1 100 rd 0110011', shiftAdd(2n)),
  insn('sh2add.uw', '0010000 rs2       rs1 100 rd 0111011', shiftAddWord(2n)),
  insn('sh3add',    '0010000 rs2       rs1 110 rd 0110011', shiftAdd(3n)),
  insn('sh3add.uw', '0010000 rs2       rs1 110 rd 0111011', shiftAddWord(3n)),
  insn('slli.uw',   '000010 shamt[5:0] rs1 001 rd 0011011', (x) => x.rd(x.shl(x.zext32(x.rs1), x.imm))),
];

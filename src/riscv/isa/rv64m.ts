/** M: integer multiplication and division. Source: Unprivileged ISA 20240411 §13. */
import type { Instruction } from './instruction.ts';
import { rowsOf } from './instruction.ts';

const insn = rowsOf('M');

// biome-ignore format: a table reads in columns
export const RV64M: readonly Instruction[] = [
  insn('mul',    '0000001 rs2 rs1 000 rd 0110011', (x) => x.rd(x.mul(x.rs1, x.rs2))),
  insn('mulh',   '0000001 rs2 rs1 001 rd 0110011', (x) => x.rd(x.mulh(x.rs1, x.rs2))),
  insn('mulhsu', '0000001 rs2 rs1 010 rd 0110011', (x) => x.rd(x.mulhsu(x.rs1, x.rs2))),
  insn('mulhu',  '0000001 rs2 rs1 011 rd 0110011', (x) => x.rd(x.mulhu(x.rs1, x.rs2))),
  insn('div',    '0000001 rs2 rs1 100 rd 0110011', (x) => x.rd(x.div(x.rs1, x.rs2))),
  insn('divu',   '0000001 rs2 rs1 101 rd 0110011', (x) => x.rd(x.divu(x.rs1, x.rs2))),
  insn('rem',    '0000001 rs2 rs1 110 rd 0110011', (x) => x.rd(x.rem(x.rs1, x.rs2))),
  insn('remu',   '0000001 rs2 rs1 111 rd 0110011', (x) => x.rd(x.remu(x.rs1, x.rs2))),
  insn('mulw',   '0000001 rs2 rs1 000 rd 0111011', (x) => x.rd(x.sext32(x.mul(x.rs1, x.rs2)))),
  insn('divw',   '0000001 rs2 rs1 100 rd 0111011', (x) => x.rd(x.sext32(x.div(x.sext32(x.rs1), x.sext32(x.rs2))))),
  insn('divuw',  '0000001 rs2 rs1 101 rd 0111011', (x) => x.rd(x.sext32(x.divu(x.zext32(x.rs1), x.zext32(x.rs2))))),
  insn('remw',   '0000001 rs2 rs1 110 rd 0111011', (x) => x.rd(x.sext32(x.rem(x.sext32(x.rs1), x.sext32(x.rs2))))),
  insn('remuw',  '0000001 rs2 rs1 111 rd 0111011', (x) => x.rd(x.sext32(x.remu(x.zext32(x.rs1), x.zext32(x.rs2))))),
];

/**
 * A: atomic memory operations and load-reserved/store-conditional. Source: Unprivileged ISA 20240411 §14.
 * aq and rl order nothing further: every access here is sequentially consistent.
 */
import type { Instruction } from './instruction.ts';
import { rowsOf } from './instruction.ts';
import type { AmoOperation, Meaning } from './semantics.ts';

const insn = rowsOf('A');
const amo =
  (operation: AmoOperation, bytes: 4 | 8): Meaning =>
  (x) =>
    x.rd(x.amo(operation, x.rs1, bytes, x.rs2));
const reserve =
  (bytes: 4 | 8): Meaning =>
  (x) =>
    x.rd(x.loadReserved(x.rs1, bytes));
const conditional =
  (bytes: 4 | 8): Meaning =>
  (x) =>
    x.rd(x.storeConditional(x.rs1, bytes, x.rs2));

// biome-ignore format: a table reads in columns
export const RV64A: readonly Instruction[] = [
  insn('lr.w',      '00010 aq rl 00000 rs1 010 rd 0101111', reserve(4)),
  insn('sc.w',      '00011 aq rl rs2   rs1 010 rd 0101111', conditional(4)),
  insn('amoswap.w', '00001 aq rl rs2   rs1 010 rd 0101111', amo('swap', 4)),
  insn('amoadd.w',  '00000 aq rl rs2   rs1 010 rd 0101111', amo('add', 4)),
  insn('amoxor.w',  '00100 aq rl rs2   rs1 010 rd 0101111', amo('xor', 4)),
  insn('amoand.w',  '01100 aq rl rs2   rs1 010 rd 0101111', amo('and', 4)),
  insn('amoor.w',   '01000 aq rl rs2   rs1 010 rd 0101111', amo('or', 4)),
  insn('amomin.w',  '10000 aq rl rs2   rs1 010 rd 0101111', amo('min', 4)),
  insn('amomax.w',  '10100 aq rl rs2   rs1 010 rd 0101111', amo('max', 4)),
  insn('amominu.w', '11000 aq rl rs2   rs1 010 rd 0101111', amo('minu', 4)),
  insn('amomaxu.w', '11100 aq rl rs2   rs1 010 rd 0101111', amo('maxu', 4)),
  insn('lr.d',      '00010 aq rl 00000 rs1 011 rd 0101111', reserve(8)),
  insn('sc.d',      '00011 aq rl rs2   rs1 011 rd 0101111', conditional(8)),
  insn('amoswap.d', '00001 aq rl rs2   rs1 011 rd 0101111', amo('swap', 8)),
  insn('amoadd.d',  '00000 aq rl rs2   rs1 011 rd 0101111', amo('add', 8)),
  insn('amoxor.d',  '00100 aq rl rs2   rs1 011 rd 0101111', amo('xor', 8)),
  insn('amoand.d',  '01100 aq rl rs2   rs1 011 rd 0101111', amo('and', 8)),
  insn('amoor.d',   '01000 aq rl rs2   rs1 011 rd 0101111', amo('or', 8)),
  insn('amomin.d',  '10000 aq rl rs2   rs1 011 rd 0101111', amo('min', 8)),
  insn('amomax.d',  '10100 aq rl rs2   rs1 011 rd 0101111', amo('max', 8)),
  insn('amominu.d', '11000 aq rl rs2   rs1 011 rd 0101111', amo('minu', 8)),
  insn('amomaxu.d', '11100 aq rl rs2   rs1 011 rd 0101111', amo('maxu', 8)),
];

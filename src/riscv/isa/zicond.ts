/** Zicond: integer conditional operations. Source: Unprivileged ISA 20240411 §12. */
import type { Instruction } from './instruction.ts';
import { rowsOf } from './instruction.ts';
import type { Meaning } from './semantics.ts';

const insn = rowsOf('Zicond');
const zeroIfZero: Meaning = (x) => x.rd(x.select(x.eq(x.rs2, x.const(0n)), x.const(0n), x.rs1));
const zeroIfNotZero: Meaning = (x) => x.rd(x.select(x.ne(x.rs2, x.const(0n)), x.const(0n), x.rs1));

export const ZICOND: readonly Instruction[] = [
  insn('czero.eqz', '0000111 rs2 rs1 101 rd 0110011', zeroIfZero),
  insn('czero.nez', '0000111 rs2 rs1 111 rd 0110011', zeroIfNotZero),
];

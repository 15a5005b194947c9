/** Zifencei: instruction-fetch fence. Source: Unprivileged ISA 20240411 §5 (the unused fields are ignored). */
import type { Instruction } from './instruction.ts';
import { rowsOf } from './instruction.ts';

const insn = rowsOf('Zifencei');

export const ZIFENCEI: readonly Instruction[] = [
  insn('fence.i', 'imm[11:0] rs1 001 rd 0001111', (x) => x.fenceI()),
];

/** Zihintpause: a hint that a loop waits for another hart. Source: Unprivileged ISA 20240411 §7; fences that order nothing are hints (§2.9). */
import type { Instruction } from './instruction.ts';
import { rowsOf } from './instruction.ts';

const insn = rowsOf('Zihintpause');

export const ZIHINTPAUSE: readonly Instruction[] = [
  insn('pause', 'fm    pred      0000     rs1      000     rd          0001111', (x) => x.pause()),
];

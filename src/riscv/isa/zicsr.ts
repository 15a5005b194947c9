/** Zicsr: atomic access to control and status registers. Source: Unprivileged ISA 20240411 §6.1. */
import type { Instruction } from './instruction.ts';
import { rowsOf } from './instruction.ts';

const insn = rowsOf('Zicsr');

// biome-ignore format: a table reads in columns
export const ZICSR: readonly Instruction[] = [
  insn('csrrw',  'csr rs1       001 rd 1110011', (x) => x.rd(x.csr('swap', x.rs1))),
  insn('csrrs',  'csr rs1       010 rd 1110011', (x) => x.rd(x.csr('set', x.rs1))),
  insn('csrrc',  'csr rs1       011 rd 1110011', (x) => x.rd(x.csr('clear', x.rs1))),
  insn('csrrwi', 'csr uimm[4:0] 101 rd 1110011', (x) => x.rd(x.csr('swap', x.imm))),
  insn('csrrsi', 'csr uimm[4:0] 110 rd 1110011', (x) => x.rd(x.csr('set', x.imm))),
  insn('csrrci', 'csr uimm[4:0] 111 rd 1110011', (x) => x.rd(x.csr('clear', x.imm))),
];

/** Whether a CSR instruction writes: set and clear with x0 or the immediate 0 only read. */
export const writesCsr = (word: number): boolean => ((word >>> 12) & 3) === 1 || ((word >>> 15) & 31) !== 0;

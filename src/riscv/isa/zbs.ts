/** Zbs: single-bit instructions. Source: Unprivileged ISA 20240411 §30.4 (bit manipulation 1.0.0). */
import type { Instruction } from './instruction.ts';
import { rowsOf } from './instruction.ts';
import type { Arithmetic } from './semantics.ts';

const insn = rowsOf('Zbs');

const oneBit = <V, B>(x: Arithmetic<V, B>, index: V): V => x.shl(x.const(1n), index);
const clear = <V, B>(x: Arithmetic<V, B>, a: V, index: V): V =>
  x.and(a, x.xor(oneBit(x, index), x.const(-1n)));
const extract = <V, B>(x: Arithmetic<V, B>, a: V, index: V): V => x.and(x.shr(a, index), x.const(1n));

// biome-ignore format: a table reads in columns
export const ZBS: readonly Instruction[] = [
  insn('bclr',  '0100100 rs2       rs1 001 rd 0110011', (x) => x.rd(clear(x, x.rs1, x.rs2))),
  insn('bclri', '010010 shamt[5:0] rs1 001 rd 0010011', (x) => x.rd(clear(x, x.rs1, x.imm))),
  insn('bext',  '0100100 rs2       rs1 101 rd 0110011', (x) => x.rd(extract(x, x.rs1, x.rs2))),
  insn('bexti', '010010 shamt[5:0] rs1 101 rd 0010011', (x) => x.rd(extract(x, x.rs1, x.imm))),
  insn('binv',  '0110100 rs2       rs1 001 rd 0110011', (x) => x.rd(x.xor(x.rs1, oneBit(x, x.rs2)))),
  insn('binvi', '011010 shamt[5:0] rs1 001 rd 0010011', (x) => x.rd(x.xor(x.rs1, oneBit(x, x.imm)))),
  insn('bset',  '0010100 rs2       rs1 001 rd 0110011', (x) => x.rd(x.or(x.rs1, oneBit(x, x.rs2)))),
  insn('bseti', '001010 shamt[5:0] rs1 001 rd 0010011', (x) => x.rd(x.or(x.rs1, oneBit(x, x.imm)))),
];

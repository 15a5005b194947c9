/** Zbb: basic bit manipulation. Source: Unprivileged ISA 20240411 §30.4 (bit manipulation 1.0.0). */
import type { Instruction } from './instruction.ts';
import { rowsOf } from './instruction.ts';
import type { Arithmetic } from './semantics.ts';

const insn = rowsOf('Zbb');

const not = <V, B>(x: Arithmetic<V, B>, a: V): V => x.xor(a, x.const(-1n));
const minus = <V, B>(x: Arithmetic<V, B>, a: V): V => x.sub(x.const(0n), a);
/** Bit 32 stands behind the word, so that zero counts as 32. */
const countedWord = <V, B>(x: Arithmetic<V, B>, a: V): V => x.or(a, x.const(1n << 32n));

/** The low 32 bits of a turned right by the low five bits of `by`, sign-extended. */
function rotateWord<V, B>(x: Arithmetic<V, B>, a: V, by: V): V {
  const word = x.let(x.zext32(a));
  const twice = x.or(word, x.shl(word, x.const(32n)));
  return x.sext32(x.shr(twice, x.and(by, x.const(31n))));
}

const LOW_SEVEN = 0x7f7f_7f7f_7f7f_7f7fn;
const ONE_EACH = 0x0101_0101_0101_0101n;

/** Each byte 255 when any of its bits is set, else 0. */
function orCombine<V, B>(x: Arithmetic<V, B>, value: V): V {
  const a = x.let(value);
  const carried = x.or(x.add(x.and(a, x.const(LOW_SEVEN)), x.const(LOW_SEVEN)), a);
  return x.mul(x.and(x.shr(carried, x.const(7n)), x.const(ONE_EACH)), x.const(255n));
}

/** Halves of the width `by` change places under the mask of the lower ones. */
function swapHalves<V, B>(x: Arithmetic<V, B>, value: V, by: bigint, low: bigint): V {
  const a = x.let(value);
  const up = x.shl(x.and(a, x.const(low)), x.const(by));
  return x.or(up, x.and(x.shr(a, x.const(by)), x.const(low)));
}

function reverseBytes<V, B>(x: Arithmetic<V, B>, a: V): V {
  const bytes = swapHalves(x, a, 8n, 0x00ff_00ff_00ff_00ffn);
  return x.rotr(swapHalves(x, bytes, 16n, 0x0000_ffff_0000_ffffn), x.const(32n));
}

// biome-ignore format: a table reads in columns
export const ZBB: readonly Instruction[] = [
  insn('andn',   '0100000 rs2       rs1 111 rd 0110011', (x) => x.rd(x.and(x.rs1, not(x, x.rs2)))),
  insn('orn',    '0100000 rs2       rs1 110 rd 0110011', (x) => x.rd(x.or(x.rs1, not(x, x.rs2)))),
  insn('xnor',   '0100000 rs2       rs1 100 rd 0110011', (x) => x.rd(not(x, x.xor(x.rs1, x.rs2)))),
  insn('clz',    '0110000 00000     rs1 001 rd 0010011', (x) => x.rd(x.clz(x.rs1))),
  insn('clzw',   '0110000 00000     rs1 001 rd 0011011', (x) => x.rd(x.sub(x.clz(x.zext32(x.rs1)), x.const(32n)))),
  insn('ctz',    '0110000 00001     rs1 001 rd 0010011', (x) => x.rd(x.ctz(x.rs1))),
  insn('ctzw',   '0110000 00001     rs1 001 rd 0011011', (x) => x.rd(x.ctz(countedWord(x, x.rs1)))),
  insn('cpop',   '0110000 00010     rs1 001 rd 0010011', (x) => x.rd(x.cpop(x.rs1))),
  insn('cpopw',  '0110000 00010     rs1 001 rd 0011011', (x) => x.rd(x.cpop(x.zext32(x.rs1)))),
  insn('max',    '0000101 rs2       rs1 110 rd 0110011', (x) => x.rd(x.select(x.lts(x.rs1, x.rs2), x.rs2, x.rs1))),
  insn('maxu',   '0000101 rs2       rs1 111 rd 0110011', (x) => x.rd(x.select(x.ltu(x.rs1, x.rs2), x.rs2, x.rs1))),
  insn('min',    '0000101 rs2       rs1 100 rd 0110011', (x) => x.rd(x.select(x.lts(x.rs1, x.rs2), x.rs1, x.rs2))),
  insn('minu',   '0000101 rs2       rs1 101 rd 0110011', (x) => x.rd(x.select(x.ltu(x.rs1, x.rs2), x.rs1, x.rs2))),
  insn('sext.b', '0110000 00100     rs1 001 rd 0010011', (x) => x.rd(x.sext8(x.rs1))),
  insn('sext.h', '0110000 00101     rs1 001 rd 0010011', (x) => x.rd(x.sext16(x.rs1))),
  insn('zext.h', '0000100 00000     rs1 100 rd 0111011', (x) => x.rd(x.and(x.rs1, x.const(0xffffn)))),
  insn('rol',    '0110000 rs2       rs1 001 rd 0110011', (x) => x.rd(x.rotr(x.rs1, minus(x, x.rs2)))),
  insn('rolw',   '0110000 rs2       rs1 001 rd 0111011', (x) => x.rd(rotateWord(x, x.rs1, minus(x, x.rs2)))),
  insn('ror',    '0110000 rs2       rs1 101 rd 0110011', (x) => x.rd(x.rotr(x.rs1, x.rs2))),
  insn('rori',   '011000 shamt[5:0] rs1 101 rd 0010011', (x) => x.rd(x.rotr(x.rs1, x.imm))),
  insn('roriw',  '0110000 shamt[4:0] rs1 101 rd 0011011', (x) => x.rd(rotateWord(x, x.rs1, x.imm))),
  insn('rorw',   '0110000 rs2       rs1 101 rd 0111011', (x) => x.rd(rotateWord(x, x.rs1, x.rs2))),
  insn('orc.b',  '001010000111      rs1 101 rd 0010011', (x) => x.rd(orCombine(x, x.rs1))),
  insn('rev8',   '011010111000      rs1 101 rd 0010011', (x) => x.rd(reverseBytes(x, x.rs1))),
];

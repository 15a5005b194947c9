/** F: single-precision floating point. Source: Unprivileged ISA 20240411 §20. */
import { box, unbox } from './boxing.ts';
import type { Instruction } from './instruction.ts';
import { rowsOf } from './instruction.ts';
import type { Arithmetic, Meaning } from './semantics.ts';

const insn = rowsOf('F', true);
const SIGN = 0x8000_0000n;

const sign = <V, B>(x: Arithmetic<V, B>, a: V): V => x.and(a, x.const(SIGN));
const magnitude = <V, B>(x: Arithmetic<V, B>, a: V): V => x.and(a, x.const(SIGN - 1n));
const flipped = <V, B>(x: Arithmetic<V, B>, a: V, flip: boolean): V => (flip ? x.xor(a, x.const(SIGN)) : a);

const load: Meaning = (x) => x.fd(box(x, x.load(x.add(x.rs1, x.imm), 4, false)));
const store: Meaning = (x) => x.store(x.add(x.rs1, x.imm), 4, x.f2);
const unary =
  (operation: string): Meaning =>
  (x) =>
    x.fd(box(x, x.float(operation, unbox(x, x.f1))));
const binary =
  (operation: string): Meaning =>
  (x) =>
    x.fd(box(x, x.float(operation, unbox(x, x.f1), unbox(x, x.f2))));
/** ±(a × b) ± c by flipping signs on the way in. */
const fused =
  (negateProduct: boolean, negateAddend: boolean): Meaning =>
  (x) => {
    const a = flipped(x, unbox(x, x.f1), negateProduct);
    const c = flipped(x, unbox(x, x.f3), negateAddend);
    x.fd(box(x, x.float('madd.s', a, unbox(x, x.f2), c)));
  };
const toInteger =
  (operation: string): Meaning =>
  (x) =>
    x.rd(x.float(operation, unbox(x, x.f1)));
const compare =
  (operation: string): Meaning =>
  (x) =>
    x.rd(x.float(operation, unbox(x, x.f1), unbox(x, x.f2)));
const fromInteger =
  (operation: string): Meaning =>
  (x) =>
    x.fd(box(x, x.float(operation, x.rs1)));

const copySign: Meaning = (x) => x.fd(box(x, x.or(magnitude(x, unbox(x, x.f1)), sign(x, unbox(x, x.f2)))));
const copyNegatedSign: Meaning = (x) =>
  x.fd(box(x, x.or(magnitude(x, unbox(x, x.f1)), sign(x, flipped(x, unbox(x, x.f2), true)))));
const mixSigns: Meaning = (x) => x.fd(box(x, x.xor(unbox(x, x.f1), sign(x, unbox(x, x.f2)))));

// biome-ignore format: a table reads in columns
export const RV64F: readonly Instruction[] = [
  insn('flw',       'imm[11:0]      rs1 010 rd       0000111', load),
  insn('fsw',       'imm[11:5]  rs2 rs1 010 imm[4:0] 0100111', store),
  insn('fmadd.s',   'rs3 00   rs2   rs1 rm  rd 1000011', fused(false, false)),
  insn('fmsub.s',   'rs3 00   rs2   rs1 rm  rd 1000111', fused(false, true)),
  insn('fnmsub.s',  'rs3 00   rs2   rs1 rm  rd 1001011', fused(true, false)),
  insn('fnmadd.s',  'rs3 00   rs2   rs1 rm  rd 1001111', fused(true, true)),
  insn('fadd.s',    '0000000  rs2   rs1 rm  rd 1010011', binary('add.s')),
  insn('fsub.s',    '0000100  rs2   rs1 rm  rd 1010011', binary('sub.s')),
  insn('fmul.s',    '0001000  rs2   rs1 rm  rd 1010011', binary('mul.s')),
  insn('fdiv.s',    '0001100  rs2   rs1 rm  rd 1010011', binary('div.s')),
  insn('fsqrt.s',   '0101100  00000 rs1 rm  rd 1010011', unary('sqrt.s')),
  insn('fsgnj.s',   '0010000  rs2   rs1 000 rd 1010011', copySign),
  insn('fsgnjn.s',  '0010000  rs2   rs1 001 rd 1010011', copyNegatedSign),
  insn('fsgnjx.s',  '0010000  rs2   rs1 010 rd 1010011', mixSigns),
  insn('fmin.s',    '0010100  rs2   rs1 000 rd 1010011', binary('min.s')),
  insn('fmax.s',    '0010100  rs2   rs1 001 rd 1010011', binary('max.s')),
  insn('fcvt.w.s',  '1100000  00000 rs1 rm  rd 1010011', toInteger('cvt.w.s')),
  insn('fcvt.wu.s', '1100000  00001 rs1 rm  rd 1010011', toInteger('cvt.wu.s')),
  insn('fmv.x.w',   '1110000  00000 rs1 000 rd 1010011', (x) => x.rd(x.sext32(x.f1))),
  insn('feq.s',     '1010000  rs2   rs1 010 rd 1010011', compare('eq.s')),
  insn('flt.s',     '1010000  rs2   rs1 001 rd 1010011', compare('lt.s')),
  insn('fle.s',     '1010000  rs2   rs1 000 rd 1010011', compare('le.s')),
  insn('fclass.s',  '1110000  00000 rs1 001 rd 1010011', toInteger('class.s')),
  insn('fcvt.s.w',  '1101000  00000 rs1 rm  rd 1010011', fromInteger('cvt.s.w')),
  insn('fcvt.s.wu', '1101000  00001 rs1 rm  rd 1010011', fromInteger('cvt.s.wu')),
  insn('fmv.w.x',   '1111000  00000 rs1 000 rd 1010011', (x) => x.fd(box(x, x.zext32(x.rs1)))),
  insn('fcvt.l.s',  '1100000  00010 rs1 rm  rd 1010011', toInteger('cvt.l.s')),
  insn('fcvt.lu.s', '1100000  00011 rs1 rm  rd 1010011', toInteger('cvt.lu.s')),
  insn('fcvt.s.l',  '1101000  00010 rs1 rm  rd 1010011', fromInteger('cvt.s.l')),
  insn('fcvt.s.lu', '1101000  00011 rs1 rm  rd 1010011', fromInteger('cvt.s.lu')),
];

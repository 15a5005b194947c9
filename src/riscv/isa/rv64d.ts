/** D: double-precision floating point. Source: Unprivileged ISA 20240411 §21. */
import { box, unbox } from './boxing.ts';
import type { Instruction } from './instruction.ts';
import { rowsOf } from './instruction.ts';
import type { Arithmetic, Meaning } from './semantics.ts';

const insn = rowsOf('D', true);
const SIGN = 1n << 63n;

const sign = <V, B>(x: Arithmetic<V, B>, a: V): V => x.and(a, x.const(SIGN));
const magnitude = <V, B>(x: Arithmetic<V, B>, a: V): V => x.and(a, x.const(SIGN - 1n));
const flipped = <V, B>(x: Arithmetic<V, B>, a: V, flip: boolean): V => (flip ? x.xor(a, x.const(SIGN)) : a);

const load: Meaning = (x) => x.fd(x.load(x.add(x.rs1, x.imm), 8, false));
const store: Meaning = (x) => x.store(x.add(x.rs1, x.imm), 8, x.f2);
const unary =
  (operation: string): Meaning =>
  (x) =>
    x.fd(x.float(operation, x.f1));
const binary =
  (operation: string): Meaning =>
  (x) =>
    x.fd(x.float(operation, x.f1, x.f2));
/** ±(a × b) ± c by flipping signs on the way in. */
const fused =
  (negateProduct: boolean, negateAddend: boolean): Meaning =>
  (x) =>
    x.fd(x.float('madd.d', flipped(x, x.f1, negateProduct), x.f2, flipped(x, x.f3, negateAddend)));
const toInteger =
  (operation: string): Meaning =>
  (x) =>
    x.rd(x.float(operation, x.f1));
const compare =
  (operation: string): Meaning =>
  (x) =>
    x.rd(x.float(operation, x.f1, x.f2));
const fromInteger =
  (operation: string): Meaning =>
  (x) =>
    x.fd(x.float(operation, x.rs1));

const copySign: Meaning = (x) => x.fd(x.or(magnitude(x, x.f1), sign(x, x.f2)));
const copyNegatedSign: Meaning = (x) => x.fd(x.or(magnitude(x, x.f1), sign(x, flipped(x, x.f2, true))));
const mixSigns: Meaning = (x) => x.fd(x.xor(x.f1, sign(x, x.f2)));

// biome-ignore format: a table reads in columns
export const RV64D: readonly Instruction[] = [
  insn('fld',       'imm[11:0]      rs1 011 rd       0000111', load),
  insn('fsd',       'imm[11:5]  rs2 rs1 011 imm[4:0] 0100111', store),
  insn('fmadd.d',   'rs3 01   rs2   rs1 rm  rd 1000011', fused(false, false)),
  insn('fmsub.d',   'rs3 01   rs2   rs1 rm  rd 1000111', fused(false, true)),
  insn('fnmsub.d',  'rs3 01   rs2   rs1 rm  rd 1001011', fused(true, false)),
  insn('fnmadd.d',  'rs3 01   rs2   rs1 rm  rd 1001111', fused(true, true)),
  insn('fadd.d',    '0000001  rs2   rs1 rm  rd 1010011', binary('add.d')),
  insn('fsub.d',    '0000101  rs2   rs1 rm  rd 1010011', binary('sub.d')),
  insn('fmul.d',    '0001001  rs2   rs1 rm  rd 1010011', binary('mul.d')),
  insn('fdiv.d',    '0001101  rs2   rs1 rm  rd 1010011', binary('div.d')),
  insn('fsqrt.d',   '0101101  00000 rs1 rm  rd 1010011', unary('sqrt.d')),
  insn('fsgnj.d',   '0010001  rs2   rs1 000 rd 1010011', copySign),
  insn('fsgnjn.d',  '0010001  rs2   rs1 001 rd 1010011', copyNegatedSign),
  insn('fsgnjx.d',  '0010001  rs2   rs1 010 rd 1010011', mixSigns),
  insn('fmin.d',    '0010101  rs2   rs1 000 rd 1010011', binary('min.d')),
  insn('fmax.d',    '0010101  rs2   rs1 001 rd 1010011', binary('max.d')),
  insn('fcvt.s.d',  '0100000  00001 rs1 rm  rd 1010011', (x) => x.fd(box(x, x.float('cvt.s.d', x.f1)))),
  insn('fcvt.d.s',  '0100001  00000 rs1 rm  rd 1010011', (x) => x.fd(x.float('cvt.d.s', unbox(x, x.f1)))),
  insn('feq.d',     '1010001  rs2   rs1 010 rd 1010011', compare('eq.d')),
  insn('flt.d',     '1010001  rs2   rs1 001 rd 1010011', compare('lt.d')),
  insn('fle.d',     '1010001  rs2   rs1 000 rd 1010011', compare('le.d')),
  insn('fclass.d',  '1110001  00000 rs1 001 rd 1010011', toInteger('class.d')),
  insn('fcvt.w.d',  '1100001  00000 rs1 rm  rd 1010011', toInteger('cvt.w.d')),
  insn('fcvt.wu.d', '1100001  00001 rs1 rm  rd 1010011', toInteger('cvt.wu.d')),
  insn('fcvt.d.w',  '1101001  00000 rs1 rm  rd 1010011', fromInteger('cvt.d.w')),
  insn('fcvt.d.wu', '1101001  00001 rs1 rm  rd 1010011', fromInteger('cvt.d.wu')),
  insn('fcvt.l.d',  '1100001  00010 rs1 rm  rd 1010011', toInteger('cvt.l.d')),
  insn('fcvt.lu.d', '1100001  00011 rs1 rm  rd 1010011', toInteger('cvt.lu.d')),
  insn('fmv.x.d',   '1110001  00000 rs1 000 rd 1010011', (x) => x.rd(x.f1)),
  insn('fcvt.d.l',  '1101001  00010 rs1 rm  rd 1010011', fromInteger('cvt.d.l')),
  insn('fcvt.d.lu', '1101001  00011 rs1 rm  rd 1010011', fromInteger('cvt.d.lu')),
  insn('fmv.d.x',   '1111001  00000 rs1 000 rd 1010011', (x) => x.fd(x.rs1)),
];

/** The floating-point operations that `Semantics.float` names, one row each; the row's place is its opcode. */

export type Format = 's' | 'd';
export type IntegerFormat = 'w' | 'wu' | 'l' | 'lu';

export interface FloatOp {
  /** 'add.d', 'cvt.w.s' (to, then from). */
  readonly name: string;
  /** The name up to the first dot. */
  readonly operation: string;
  /** What it computes in: that of the operands, or of the result when it converts to floating point. */
  readonly format: Format;
  /** Conversions only: the formats of result and operand. */
  readonly to?: Format | IntegerFormat;
  readonly from?: Format | IntegerFormat;
  readonly operands: 1 | 2 | 3;
  /** The instruction has a rounding mode. */
  readonly rounds: boolean;
}

const FORMATS: readonly Format[] = ['s', 'd'];
const INTEGERS: readonly IntegerFormat[] = ['w', 'wu', 'l', 'lu'];

// biome-ignore format: a table reads in columns
const BASIC: readonly [operation: string, operands: 1 | 2 | 3, rounds: boolean][] = [
  ['add',   2, true],
  ['sub',   2, true],
  ['mul',   2, true],
  ['div',   2, true],
  ['sqrt',  1, true],
  ['madd',  3, true],
  ['min',   2, false],
  ['max',   2, false],
  ['eq',    2, false],
  ['lt',    2, false],
  ['le',    2, false],
  ['class', 1, false],
];

const basic = (format: Format): FloatOp[] =>
  BASIC.map(([operation, operands, rounds]) => ({
    name: `${operation}.${format}`,
    operation,
    format,
    operands,
    rounds,
  }));

const convert = (to: Format | IntegerFormat, from: Format | IntegerFormat, format: Format): FloatOp => ({
  name: `cvt.${to}.${from}`,
  operation: 'cvt',
  format,
  to,
  from,
  operands: 1,
  rounds: true,
});

export const FLOAT_OPS: readonly FloatOp[] = [
  ...FORMATS.flatMap(basic),
  ...FORMATS.flatMap((format) => INTEGERS.map((to) => convert(to, format, format))),
  ...FORMATS.flatMap((format) => INTEGERS.map((from) => convert(format, from, format))),
  convert('s', 'd', 's'),
  convert('d', 's', 'd'),
];

const opcodes = new Map(FLOAT_OPS.map((op, index) => [op.name, index]));

/** The place of an operation in FLOAT_OPS; an unknown name is an error. */
export function floatOpcode(name: string): number {
  const opcode = opcodes.get(name);
  if (opcode === undefined) throw new Error(`Unknown floating-point operation "${name}"`);
  return opcode;
}

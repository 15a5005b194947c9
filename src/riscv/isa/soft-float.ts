/**
 * Floating point in software, exact with bigint: what every back end's floating point is held against.
 * Source: Unprivileged ISA 20240411 §20–21 (canonical NaN, conversions saturate, minimumNumber), IEEE 754-2019 §5, §7.
 */
import type { Layout, Result, RoundingMode, Unpacked } from './float-format.ts';
import {
  bitLength,
  Flag,
  infinity,
  LAYOUTS,
  Rounding,
  round,
  roundShift,
  unpack,
  zero,
} from './float-format.ts';
import type { FloatOp, Format, IntegerFormat } from './float-ops.ts';

interface Operands {
  readonly format: Layout;
  readonly mode: RoundingMode;
  /** Raw bits, and the same taken apart. */
  readonly bits: readonly [bigint, bigint, bigint];
  readonly a: Unpacked;
  readonly b: Unpacked;
  readonly c: Unpacked;
}
type Operation = (operands: Operands) => Result;

const OPERATIONS: Readonly<Record<string, Operation>> = {
  add: (x) => sum(x, x.a, x.b),
  sub: (x) => sum(x, x.a, negated(x.b)),
  mul: multiply,
  div: divide,
  sqrt: squareRoot,
  madd: multiplyAdd,
  min: (x) => extreme(x, true),
  max: (x) => extreme(x, false),
  eq: (x) => compare(x, false, (order) => order === 0),
  lt: (x) => compare(x, true, (order) => order < 0),
  le: (x) => compare(x, true, (order) => order <= 0),
  class: classify,
};

/**
 * One operation.
 * @param a operands: raw bits of the format (singles zero-extended), or 64 bits of an integer register.
 * @param mode rounding, 0..4.
 * @returns raw bits, or what an integer register gets (64 bits, w and wu sign-extended), and the flags raised.
 */
export function softFloat(op: FloatOp, a: bigint, b: bigint, c: bigint, mode: RoundingMode): Result {
  if (op.to && op.from) return convert(op.to, op.from, a, mode);
  const operation = OPERATIONS[op.operation];
  if (!operation) throw new Error(`Cannot compute "${op.name}": there is no such operation`);
  const format = LAYOUTS[op.format];
  const [ua, ub, uc] = [unpack(a, format), unpack(b, format), unpack(c, format)];
  return operation({ format, mode, bits: [a, b, c], a: ua, b: ub, c: uc });
}

const negated = (a: Unpacked): Unpacked => ({ ...a, negative: !a.negative });
const isNan = (a: Unpacked): boolean => a.kind === 'nan';
const isInfinite = (a: Unpacked): boolean => a.kind === 'infinite';
const isZero = (a: Unpacked): boolean => a.kind === 'finite' && a.significand === 0n;
const invalid = (format: Layout): Result => ({ bits: format.canonicalNan, flags: Flag.NV });
const plain = (bits: bigint): Result => ({ bits, flags: 0 });

/** The canonical NaN; NV when an operand signals. */
const nan = (format: Layout, ...operands: Unpacked[]): Result => ({
  bits: format.canonicalNan,
  flags: operands.some((operand) => operand.signaling) ? Flag.NV : 0,
});

function sum({ format, mode }: Operands, a: Unpacked, b: Unpacked): Result {
  if (isNan(a) || isNan(b)) return nan(format, a, b);
  if (isInfinite(a) && isInfinite(b) && a.negative !== b.negative) return invalid(format);
  if (isInfinite(a)) return plain(infinity(a.negative, format));
  if (isInfinite(b)) return plain(infinity(b.negative, format));
  return finiteSum(format, mode, a, b);
}

function finiteSum(format: Layout, mode: RoundingMode, a: Unpacked, b: Unpacked): Result {
  const exponent = a.exponent < b.exponent ? a.exponent : b.exponent;
  const signed = (x: Unpacked): bigint => {
    const aligned = x.significand << (x.exponent - exponent);
    return x.negative ? -aligned : aligned;
  };
  const total = signed(a) + signed(b);
  if (total === 0n) {
    const sameSign = a.negative === b.negative && isZero(a) && isZero(b);
    return plain(zero(sameSign ? a.negative : mode === Rounding.Down, format));
  }
  const negative = total < 0n;
  return round({ negative, significand: negative ? -total : total, exponent }, format, mode);
}

/** The exact product of two finite numbers. */
const product = (a: Unpacked, b: Unpacked): Unpacked => ({
  kind: 'finite',
  negative: a.negative !== b.negative,
  signaling: false,
  significand: a.significand * b.significand,
  exponent: a.exponent + b.exponent,
});

const isInvalidProduct = (a: Unpacked, b: Unpacked): boolean =>
  (isInfinite(a) && isZero(b)) || (isZero(a) && isInfinite(b));

function multiply({ format, mode, a, b }: Operands): Result {
  if (isNan(a) || isNan(b)) return nan(format, a, b);
  if (isInvalidProduct(a, b)) return invalid(format);
  const negative = a.negative !== b.negative;
  if (isInfinite(a) || isInfinite(b)) return plain(infinity(negative, format));
  if (isZero(a) || isZero(b)) return plain(zero(negative, format));
  return round(product(a, b), format, mode);
}

/** ∞ × 0 is invalid even when the addend is a quiet NaN. */
function multiplyAdd(x: Operands): Result {
  const { format, a, b, c } = x;
  if (isInvalidProduct(a, b)) return invalid(format);
  if (isNan(a) || isNan(b) || isNan(c)) return nan(format, a, b, c);
  if (!isInfinite(a) && !isInfinite(b)) return sum(x, product(a, b), c);
  return sum(x, { ...(isInfinite(a) ? a : b), negative: a.negative !== b.negative }, c);
}

function divide({ format, mode, a, b }: Operands): Result {
  if (isNan(a) || isNan(b)) return nan(format, a, b);
  if ((isInfinite(a) && isInfinite(b)) || (isZero(a) && isZero(b))) return invalid(format);
  const negative = a.negative !== b.negative;
  if (isInfinite(a)) return plain(infinity(negative, format));
  if (isZero(a) || isInfinite(b)) return plain(zero(negative, format));
  if (isZero(b)) return { bits: infinity(negative, format), flags: Flag.DZ };
  // Enough bits for any rounding; a last bit stands for whatever is left.
  const shift = format.fractionBits + 3n + bitLength(b.significand);
  const scaled = a.significand << shift;
  const quotient = scaled / b.significand;
  const sticky = quotient * b.significand === scaled ? 0n : 1n;
  const exponent = a.exponent - b.exponent - shift - 1n;
  return round({ negative, significand: (quotient << 1n) | sticky, exponent }, format, mode);
}

function squareRoot({ format, mode, a }: Operands): Result {
  if (isNan(a)) return nan(format, a);
  if (isZero(a)) return plain(zero(a.negative, format));
  if (a.negative) return invalid(format);
  if (isInfinite(a)) return plain(infinity(false, format));
  // An even exponent, and twice the bits that the root shall have.
  const even = 2n * (format.fractionBits + 3n) + (a.exponent & 1n);
  const radicand = a.significand << even;
  const root = integerRoot(radicand);
  const sticky = root * root === radicand ? 0n : 1n;
  const exponent = (a.exponent - even) / 2n - 1n;
  return round({ negative: false, significand: (root << 1n) | sticky, exponent }, format, mode);
}

/** Newton's method from above: the largest root with root² ≤ n. */
function integerRoot(n: bigint): bigint {
  let root = 1n << ((bitLength(n) + 1n) / 2n);
  for (;;) {
    const next = (root + n / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** -1, 0, 1 of two numbers; the zeros are equal. */
function order(a: Unpacked, b: Unpacked, bits: readonly [bigint, bigint, bigint], format: Layout): number {
  if (isZero(a) && isZero(b)) return 0;
  const signed = (one: Unpacked, raw: bigint): bigint => {
    const magnitude = raw & (format.sign - 1n);
    return one.negative ? -magnitude : magnitude;
  };
  const difference = signed(a, bits[0]) - signed(b, bits[1]);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** minimumNumber, maximumNumber: a number wins over a NaN, and -0 is below +0. */
function extreme({ format, a, b, bits }: Operands, minimum: boolean): Result {
  const { flags } = nan(format, a, b);
  if (isNan(a) && isNan(b)) return { bits: format.canonicalNan, flags };
  if (isNan(a)) return { bits: bits[1], flags };
  if (isNan(b)) return { bits: bits[0], flags };
  const difference = order(a, b, bits, format);
  const first = difference === 0 ? a.negative === minimum : difference < 0 === minimum;
  return { bits: first ? bits[0] : bits[1], flags };
}

/** @param quietNanSignals flt and fle raise NV for any NaN, feq only for a signaling one. */
function compare(
  { format, a, b, bits }: Operands,
  quietNanSignals: boolean,
  holds: (order: number) => boolean,
): Result {
  if (isNan(a) || isNan(b)) {
    return { bits: 0n, flags: quietNanSignals ? Flag.NV : nan(format, a, b).flags };
  }
  return plain(holds(order(a, b, bits, format)) ? 1n : 0n);
}

/** The bit of fclass's result. Source: Unprivileged ISA §20.9. */
function classify({ format, a }: Operands): Result {
  if (isNan(a)) return plain(a.signaling ? 1n << 8n : 1n << 9n);
  const isSubnormal = a.significand >> format.fractionBits === 0n;
  const size = isInfinite(a) ? 3 : isZero(a) ? 0 : isSubnormal ? 1 : 2;
  return plain(1n << BigInt(a.negative ? 3 - size : 4 + size));
}

const INTEGERS: Readonly<Record<IntegerFormat, { bits: number; signed: boolean }>> = {
  w: { bits: 32, signed: true },
  wu: { bits: 32, signed: false },
  l: { bits: 64, signed: true },
  lu: { bits: 64, signed: false },
};
const isFloat = (format: Format | IntegerFormat): format is Format => format === 's' || format === 'd';

function convert(
  to: Format | IntegerFormat,
  from: Format | IntegerFormat,
  a: bigint,
  mode: RoundingMode,
): Result {
  if (!isFloat(from)) return fromInteger(to as Format, from, a, mode);
  const number = unpack(a, LAYOUTS[from]);
  return isFloat(to) ? toFloat(LAYOUTS[to], number, mode) : toInteger(to, number, mode);
}

function toFloat(format: Layout, a: Unpacked, mode: RoundingMode): Result {
  if (isNan(a)) return nan(format, a);
  if (isInfinite(a)) return plain(infinity(a.negative, format));
  return isZero(a) ? plain(zero(a.negative, format)) : round(a, format, mode);
}

function fromInteger(to: Format, from: IntegerFormat, a: bigint, mode: RoundingMode): Result {
  const { bits, signed } = INTEGERS[from];
  const value = signed ? BigInt.asIntN(bits, a) : BigInt.asUintN(bits, a);
  const negative = value < 0n;
  if (value === 0n) return plain(0n);
  return round({ negative, significand: negative ? -value : value, exponent: 0n }, LAYOUTS[to], mode);
}

/** Out of range saturates and is invalid; a NaN counts as the largest. */
function toInteger(to: IntegerFormat, a: Unpacked, mode: RoundingMode): Result {
  const { bits, signed } = INTEGERS[to];
  const max = (1n << BigInt(signed ? bits - 1 : bits)) - 1n;
  const min = signed ? -max - 1n : 0n;
  const register = (value: bigint): bigint => BigInt.asUintN(64, BigInt.asIntN(bits, value));
  const saturated = (low: boolean): Result => ({ bits: register(low ? min : max), flags: Flag.NV });
  if (a.kind !== 'finite') return saturated(a.negative && !isNan(a));
  const { quotient, inexact } = roundShift(a.significand, -a.exponent, a.negative, mode);
  const value = a.negative ? -quotient : quotient;
  if (value < min || value > max) return saturated(a.negative);
  return { bits: register(value), flags: inexact ? Flag.NX : 0 };
}

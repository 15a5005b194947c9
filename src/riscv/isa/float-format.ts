/** Binary floating-point formats taken apart and rounded together again, exactly, with bigint. Source: IEEE 754-2019 §3, §4, §7. */
import type { Format } from './float-ops.ts';

/** fflags. */
export const Flag = { NX: 1, UF: 2, OF: 4, DZ: 8, NV: 16 } as const;

/** Rounding modes as in rm and frm. */
export const Rounding = { NearestEven: 0, TowardZero: 1, Down: 2, Up: 3, NearestMax: 4 } as const;
export type RoundingMode = (typeof Rounding)[keyof typeof Rounding];

export interface Layout {
  /** Bits of exponent and of stored fraction. */
  readonly exponentBits: bigint;
  readonly fractionBits: bigint;
  readonly sign: bigint;
  readonly infinity: bigint;
  readonly canonicalNan: bigint;
  /** Exponent of the lowest bit of a subnormal number: value = significand × 2^exponent. */
  readonly minQuantum: bigint;
}

function layout(exponentBits: bigint, fractionBits: bigint): Layout {
  const infinity = ((1n << exponentBits) - 1n) << fractionBits;
  const bias = (1n << (exponentBits - 1n)) - 1n;
  return {
    exponentBits,
    fractionBits,
    sign: 1n << (exponentBits + fractionBits),
    infinity,
    canonicalNan: infinity | (1n << (fractionBits - 1n)),
    minQuantum: 1n - bias - fractionBits,
  };
}

export const LAYOUTS: Readonly<Record<Format, Layout>> = { s: layout(8n, 23n), d: layout(11n, 52n) };

export interface Unpacked {
  readonly kind: 'nan' | 'infinite' | 'finite';
  readonly negative: boolean;
  /** A NaN that raises NV wherever it is used. */
  readonly signaling: boolean;
  /** Finite: value = significand × 2^exponent; zero has significand 0. */
  readonly significand: bigint;
  readonly exponent: bigint;
}

export interface Result {
  readonly bits: bigint;
  /** fflags that the operation raises. */
  readonly flags: number;
}

/** A number as it is: no rounding done yet. `significand` is above zero. */
export interface Exact {
  readonly negative: boolean;
  readonly significand: bigint;
  readonly exponent: bigint;
}

export function unpack(bits: bigint, format: Layout): Unpacked {
  const { fractionBits, minQuantum } = format;
  const negative = (bits & format.sign) !== 0n;
  const magnitude = bits & (format.sign - 1n);
  const biased = magnitude >> fractionBits;
  const fraction = magnitude & ((1n << fractionBits) - 1n);
  if (magnitude > format.infinity) {
    const signaling = fraction >> (fractionBits - 1n) === 0n;
    return { kind: 'nan', negative, signaling, significand: 0n, exponent: 0n };
  }
  if (magnitude === format.infinity) {
    return { kind: 'infinite', negative, signaling: false, significand: 0n, exponent: 0n };
  }
  const significand = biased === 0n ? fraction : fraction | (1n << fractionBits);
  const exponent = minQuantum + (biased === 0n ? 0n : biased - 1n);
  return { kind: 'finite', negative, signaling: false, significand, exponent };
}

/** Number of bits up to the highest one set. */
export function bitLength(value: bigint): bigint {
  const hex = value.toString(16);
  return BigInt(hex.length * 4 - Math.clz32(Number.parseInt(hex[0] ?? '0', 16)) + 28);
}

/** Rounds |value| / 2^shift to an integer. */
export function roundShift(
  value: bigint,
  shift: bigint,
  negative: boolean,
  mode: RoundingMode,
): { quotient: bigint; inexact: boolean } {
  if (shift <= 0n) return { quotient: value << -shift, inexact: false };
  const quotient = value >> shift;
  const rest = value - (quotient << shift);
  const up = roundsUp(quotient, rest, 1n << (shift - 1n), negative, mode);
  return { quotient: up ? quotient + 1n : quotient, inexact: rest !== 0n };
}

function roundsUp(
  quotient: bigint,
  rest: bigint,
  half: bigint,
  negative: boolean,
  mode: RoundingMode,
): boolean {
  if (rest === 0n || mode === Rounding.TowardZero) return false;
  if (mode === Rounding.Down) return negative;
  if (mode === Rounding.Up) return !negative;
  if (rest !== half) return rest > half;
  return mode === Rounding.NearestMax || (quotient & 1n) === 1n;
}

export const zero = (negative: boolean, format: Layout): bigint => (negative ? format.sign : 0n);
export const infinity = (negative: boolean, format: Layout): bigint =>
  zero(negative, format) | format.infinity;

/** Rounds into a format; tininess is detected after rounding. Source: Unprivileged ISA §20.2. */
export function round(exact: Exact, format: Layout, mode: RoundingMode): Result {
  const { negative, significand, exponent } = exact;
  const { fractionBits, minQuantum } = format;
  const normalQuantum = exponent + bitLength(significand) - 1n - fractionBits;
  const quantum = normalQuantum > minQuantum ? normalQuantum : minQuantum;
  const { quotient, inexact } = roundShift(significand, quantum - exponent, negative, mode);
  // The implicit bit of a normal number adds one to the exponent, and a carry out of the fraction another.
  const magnitude = ((quantum - minQuantum) << fractionBits) + quotient;
  if (magnitude >= format.infinity) return overflow(negative, format, mode);
  const tiny = inexact && normalQuantum < minQuantum && isTiny(exact, normalQuantum, format, mode);
  return {
    bits: zero(negative, format) | magnitude,
    flags: (inexact ? Flag.NX : 0) | (tiny ? Flag.UF : 0),
  };
}

/** Whether the number, rounded as if exponents had no lower bound, is still below the smallest normal one. */
function isTiny(exact: Exact, quantum: bigint, format: Layout, mode: RoundingMode): boolean {
  if (quantum < format.minQuantum - 1n) return true;
  const shift = quantum - exact.exponent;
  return (
    roundShift(exact.significand, shift, exact.negative, mode).quotient >> (format.fractionBits + 1n) === 0n
  );
}

function overflow(negative: boolean, format: Layout, mode: RoundingMode): Result {
  const away = negative ? Rounding.Down : Rounding.Up;
  const toInfinity = mode === Rounding.NearestEven || mode === Rounding.NearestMax || mode === away;
  return {
    bits: infinity(negative, format) - (toInfinity ? 0n : 1n),
    flags: Flag.OF | Flag.NX,
  };
}

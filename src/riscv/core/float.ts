/**
 * Fast paths of floating-point operations: WebAssembly's own arithmetic where it gives RISC-V's result and the
 * flags are known; everything else goes to soft float through the `float` import.
 *
 * WebAssembly rounds to nearest, ties to even, and keeps no flags. So an operation is fast when it rounds that way
 * and (a) the inexact flag is set already and the result is neither overflow, underflow nor NaN, or (b) the result
 * is seen to be exact. Source: Unprivileged ISA 20240411 §20–21; the idea of (a) is QEMU's "hardfloat".
 */
import type { FloatOp, IntegerFormat } from '../isa/float-ops.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import {
  both,
  either,
  extendUnsigned,
  f32,
  f64,
  i32,
  i64,
  type Node,
  op,
  reinterpretAsF64,
  reinterpretAsI64,
  signExtend32,
  wrap,
} from '../wasm/node.ts';
import { Op, type ValueType } from '../wasm/opcodes.ts';

/** What is known of the rounding mode and flags where an operation stands; i32 truth values. */
export interface FloatMode {
  /** Rounds to nearest even for certain; and the inexact flag is set. */
  readonly isNearest: Node;
  readonly isNearestAndInexact: Node;
  /** i32: `EXPONENT_LIMIT` where that is so, else 0; where it is kept, one comparison asks for it and for a good result. */
  readonly limit?: Node | undefined;
  /** The rounding mode is one that exists, for certain. */
  readonly isDefined: Node;
  /** Rounds toward zero for certain. */
  readonly isTowardZero: Node;
  /** The inexact flag is set. */
  readonly isInexactSet: Node;
  /** WebAssembly's relaxed_madd was seen to round once (fused) on this machine. */
  readonly hasFusedMadd: boolean;
}

/**
 * Results whose biased exponent, less one or two, is below this are far from NaN and infinity, and from underflow. The
 * largest powers are left to soft float too, so that all questions have one limit.
 */
export const EXPONENT_LIMIT = 2045;

/** A fast path: when it applies, and its result as the operation's 64 bits. */
export interface FastPath {
  readonly applies: Node;
  readonly result: Node;
  /** The result is seen to be exact, which is dearer to find out: asked only where `applies` does not hold. */
  readonly orElse?: () => Node;
}

interface FormatOps {
  readonly type: ValueType;
  readonly const: (value: number) => Node;
  readonly fromBits: (bits: Node) => Node;
  readonly toBits: (value: Node) => Node;
  readonly add: number;
  readonly sub: number;
  readonly mul: number;
  readonly div: number;
  readonly sqrt: number;
  readonly min: number;
  readonly max: number;
  readonly abs: number;
  readonly neg: number;
  readonly eq: number;
  readonly lt: number;
  readonly le: number;
  readonly splat: number;
  readonly lane: number;
  readonly madd: number;
  /** i32: below the limit when the exponent, less `from`, is one of a good result. */
  readonly exponent: (value: Node, from: number) => Node;
}

// biome-ignore format: a table reads in columns
const FORMAT: Record<'s' | 'd', FormatOps> = {
  d: {
    type: 'f64', const: f64,
    fromBits: reinterpretAsF64,
    toBits: reinterpretAsI64,
    add: Op.f64_add, sub: Op.f64_sub, mul: Op.f64_mul, div: Op.f64_div, sqrt: Op.f64_sqrt, min: Op.f64_min,
    max: Op.f64_max, abs: Op.f64_abs, neg: Op.f64_neg, eq: Op.f64_eq, lt: Op.f64_lt, le: Op.f64_le,
    splat: Op.f64x2_splat, lane: Op.f64x2_extract_lane, madd: Op.f64x2_relaxed_madd,
    exponent: (value, from) => {
      const high = wrap(op('i64', Op.i64_shr_u, reinterpretAsI64(value), i64(52n)));
      return op('i32', Op.i32_and, less(high, from), i32(0x7ff));
    },
  },
  s: {
    type: 'f32', const: f32,
    fromBits: (bits) => op('f32', Op.f32_reinterpret_i32, wrap(bits)),
    toBits: (value) => extendUnsigned(op('i32', Op.i32_reinterpret_f32, value)),
    add: Op.f32_add, sub: Op.f32_sub, mul: Op.f32_mul, div: Op.f32_div, sqrt: Op.f32_sqrt, min: Op.f32_min,
    max: Op.f32_max, abs: Op.f32_abs, neg: Op.f32_neg, eq: Op.f32_eq, lt: Op.f32_lt, le: Op.f32_le,
    splat: Op.f32x4_splat, lane: Op.f32x4_extract_lane, madd: Op.f32x4_relaxed_madd,
    // In eighths; 253, the first that is too large, comes to the limit.
    exponent: (value, from) => {
      const high = op('i32', Op.i32_shr_u, op('i32', Op.i32_reinterpret_f32, value), i32(20));
      return op('i32', Op.i32_add, op('i32', Op.i32_and, less(high, 8 * from), i32(0x7f8)), i32(21));
    },
  },
};

function less(value: Node, by: number): Node {
  return by === 0 ? value : op('i32', Op.i32_sub, value, i32(by));
}

/** Writes the operands of one operation into locals and builds its fast path. */
export class FloatEmitter {
  readonly #f: FunctionBuilder;
  readonly #local: (type: ValueType) => Node;
  readonly #mode: FloatMode;

  constructor(f: FunctionBuilder, local: (type: ValueType) => Node, mode: FloatMode) {
    this.#f = f;
    this.#local = local;
    this.#mode = mode;
  }

  /** @returns undefined when the operation has none. */
  fastPath(what: FloatOp, operands: readonly Node[]): FastPath | undefined {
    if (what.operation !== 'cvt') return this.#basic(what, operands);
    const { to, from } = what;
    const bits = operands[0] as Node;
    if (from === 'd' && to === 's') return this.#narrow(bits);
    if (from === 's' && to === 'd') return this.#widen(bits);
    if (from === 's' || from === 'd') return this.#toInteger(to as IntegerFormat, FORMAT[from], bits);
    return this.#fromInteger(from as IntegerFormat, FORMAT[to as 's' | 'd'], bits);
  }

  /**
   * Whether a result is what RISC-V rounds to, with no flag but inexact, which is set already. Its exponent tells:
   * a tiny one may have lost bits.
   */
  #isRounded(format: FormatOps, result: Node, mayBeTiny: boolean): Node {
    const { limit, isNearestAndInexact } = this.#mode;
    const isGood = (most: Node): Node =>
      op('i32', Op.i32_lt_u, format.exponent(result, mayBeTiny ? 2 : 0), most);
    return limit ? isGood(limit) : both(isNearestAndInexact, isGood(i32(EXPONENT_LIMIT)));
  }

  #let(value: Node): Node {
    const local = this.#local(value.type);
    this.#f.set(local, value);
    return local;
  }

  #basic(what: FloatOp, operands: readonly Node[]): FastPath | undefined {
    const F = FORMAT[what.format];
    const { isNearest } = this.#mode;
    const [a, b, c] = operands.map((bits) => this.#let(F.fromBits(bits))) as [Node, Node, Node];
    const compare = (code: number, x: Node, y: Node): Node => op('i32', code, x, y);
    const arithmetic = (code: number, ...args: Node[]): Node => this.#let(op(F.type, code, ...args));
    const isZero = (x: Node): Node => compare(F.eq, x, F.const(0));
    const isNumber = (x: Node): Node => compare(F.eq, x, x);
    const isSmallInteger = (x: Node): Node => {
      const wide = F.type === 'f64' ? x : op('f64', Op.f64_promote_f32, x);
      const whole = op('i64', Op.i64_trunc_sat_f64_s, wide);
      const limit = F.type === 'f64' ? 2 ** 53 : 2 ** 24;
      const isWhole = op('i32', Op.f64_eq, op('f64', Op.f64_convert_i64_s, whole), wide);
      return both(isWhole, op('i32', Op.f64_lt, op('f64', Op.f64_abs, wide), f64(limit)));
    };
    const rounded = (result: Node, mayBeTiny: boolean, isExact?: () => Node): FastPath => ({
      applies: this.#isRounded(F, result, mayBeTiny),
      result: F.toBits(result),
      ...(isExact ? { orElse: () => both(isNearest, isExact()) } : {}),
    });
    switch (what.operation) {
      case 'add':
      case 'sub': {
        const second = what.operation === 'add' ? b : this.#let(op(F.type, F.neg, b));
        const sum = arithmetic(F.add, a, second);
        return rounded(sum, false, () => {
          // Knuth's two-sum: the rounding error itself. Sums are never both tiny and inexact.
          const part = arithmetic(F.sub, sum, a);
          const lost = op(F.type, F.sub, a, op(F.type, F.sub, sum, part));
          return isZero(op(F.type, F.add, lost, op(F.type, F.sub, second, part)));
        });
      }
      case 'mul': {
        const product = arithmetic(F.mul, a, b);
        return rounded(product, true, () => {
          const isWhole = both(isSmallInteger(product), both(isSmallInteger(a), isSmallInteger(b)));
          return either(isWhole, both(isZero(product), either(isZero(a), isZero(b))));
        });
      }
      case 'div': {
        const quotient = arithmetic(F.div, a, b);
        return rounded(quotient, true, () => {
          const isWhole = both(isSmallInteger(quotient), both(isSmallInteger(a), isSmallInteger(b)));
          return both(isWhole, compare(F.eq, op(F.type, F.mul, quotient, b), a));
        });
      }
      case 'sqrt': {
        const root = arithmetic(F.sqrt, a);
        return rounded(root, false, () => isZero(a));
      }
      case 'madd': {
        if (!this.#mode.hasFusedMadd) return undefined;
        const lanes = [a, b, c].map((x) => op('v128', F.splat, x));
        const result = this.#let(op(F.type, F.lane, op('v128', F.madd, ...lanes)));
        return rounded(result, true);
      }
      case 'min':
      case 'max':
        return {
          applies: both(isNumber(a), isNumber(b)),
          result: F.toBits(op(F.type, what.operation === 'min' ? F.min : F.max, a, b)),
        };
      case 'eq':
      case 'lt':
      case 'le':
        return {
          applies: both(isNumber(a), isNumber(b)),
          result: extendUnsigned(compare(F[what.operation], a, b)),
        };
      default:
        return undefined;
    }
  }

  #narrow(bits: Node): FastPath {
    const wide = this.#let(FORMAT.d.fromBits(bits));
    const narrow = this.#let(op('f32', Op.f32_demote_f64, wide));
    return {
      applies: this.#isRounded(FORMAT.s, narrow, true),
      result: FORMAT.s.toBits(narrow),
      orElse: () => {
        const isExact = op('i32', Op.f64_eq, op('f64', Op.f64_promote_f32, narrow), wide);
        return both(this.#mode.isNearest, isExact);
      },
    };
  }

  #widen(bits: Node): FastPath {
    const narrow = this.#let(FORMAT.s.fromBits(bits));
    return {
      applies: both(this.#mode.isDefined, op('i32', Op.f32_eq, narrow, narrow)),
      result: FORMAT.d.toBits(op('f64', Op.f64_promote_f32, narrow)),
    };
  }

  #toInteger(to: IntegerFormat, from: FormatOps, bits: Node): FastPath {
    const value = from.fromBits(bits);
    const wide = this.#let(from.type === 'f64' ? value : op('f64', Op.f64_promote_f32, value));
    const [low, high] = INTEGER_RANGE[to];
    const lowest = op('i32', to === 'l' ? Op.f64_le : Op.f64_lt, f64(low), wide);
    const inRange = both(lowest, op('i32', Op.f64_lt, wide, f64(high)));
    const isUnsigned = to === 'wu' || to === 'lu';
    const whole = this.#let(op('i64', isUnsigned ? Op.i64_trunc_sat_f64_u : Op.i64_trunc_sat_f64_s, wide));
    const { isDefined, isTowardZero, isInexactSet } = this.#mode;
    return {
      applies: both(inRange, both(isTowardZero, isInexactSet)),
      result: to === 'w' || to === 'wu' ? signExtend32(whole) : whole,
      orElse: () => {
        const back = op('f64', isUnsigned ? Op.f64_convert_i64_u : Op.f64_convert_i64_s, whole);
        return both(inRange, both(isDefined, op('i32', Op.f64_eq, back, wide)));
      },
    };
  }

  #fromInteger(from: IntegerFormat, to: FormatOps, bits: Node): FastPath {
    const source = this.#let(bits);
    const isWord = from === 'w' || from === 'wu';
    const signed = from === 'w' || from === 'l';
    const code = FROM_INTEGER[to.type === 'f64' ? 'd' : 's'][from];
    const result = to.toBits(op(to.type, code, isWord ? wrap(source) : source));
    if (isWord && to.type === 'f64') return { applies: this.#mode.isDefined, result };
    const { isNearestAndInexact, isDefined, limit } = this.#mode;
    return {
      applies: limit ?? isNearestAndInexact,
      result,
      orElse: () => {
        const value = isWord
          ? op('i64', signed ? Op.i64_extend_i32_s : Op.i64_extend_i32_u, wrap(source))
          : source;
        const bound = to.type === 'f64' ? 1n << 53n : 1n << 24n;
        const shifted = signed ? op('i64', Op.i64_add, value, i64(bound)) : value;
        return both(isDefined, op('i32', Op.i64_lt_u, shifted, i64(signed ? 2n * bound : bound)));
      },
    };
  }
}

/** Exclusive bounds of what converts without overflow (the lower one of `l` is inclusive). */
const INTEGER_RANGE: Record<IntegerFormat, readonly [low: number, high: number]> = {
  w: [-(2 ** 31) - 1, 2 ** 31],
  wu: [-1, 2 ** 32],
  l: [-(2 ** 63), 2 ** 63],
  lu: [-1, 2 ** 64],
};

// biome-ignore format: a table reads in columns
const FROM_INTEGER: Record<'s' | 'd', Record<IntegerFormat, number>> = {
  d: { w: Op.f64_convert_i32_s, wu: Op.f64_convert_i32_u, l: Op.f64_convert_i64_s, lu: Op.f64_convert_i64_u },
  s: { w: Op.f32_convert_i32_s, wu: Op.f32_convert_i32_u, l: Op.f32_convert_i64_s, lu: Op.f32_convert_i64_u },
};

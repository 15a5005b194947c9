/**
 * WebAssembly expressions as trees. A node is built by the functions below, which fold constants, and written by
 * FunctionBuilder at the statement that uses it.
 */
import type { Bytes } from './bytes.ts';
import { Op, type ValueType } from './opcodes.ts';

// Looked at for each node that is written, also before V8 has optimized that: constants here are nearer than those of a table.
const LOCAL_GET = Op.local_get;
const I32_CONST = Op.i32_const;
const I64_CONST = Op.i64_const;
const GLOBAL_GET = Op.global_get;
const CALL = Op.call;

export class Node {
  // Declared only: fields that are defined cost each node a call.
  declare readonly type: ValueType;
  /** Opcode; Op.i64_const and its kin for constants, Op.local_get for locals. */
  declare readonly op: number;
  declare readonly args: readonly Node[];
  /**
   * Constant's value, index of local, global or function, or a memory access's offset. Of a constant of 64 bits: signed, a bigint only
   * where a number is not exact.
   */
  declare readonly value: bigint | number;
  /** Alignment (log2) of a memory access, kind of a marked global; -1 when the opcode has no second immediate. */
  declare readonly align: number;

  constructor(type: ValueType, op: number, args: readonly Node[], value: bigint | number = 0, align = -1) {
    this.type = type;
    this.op = op;
    this.args = args;
    this.value = value;
    this.align = align;
  }

  get isConst(): boolean {
    return this.op === I64_CONST || this.op === I32_CONST;
  }

  /** The signed value of an integer constant. */
  get constant(): bigint {
    return BigInt(this.value);
  }

  write(out: Bytes): void {
    const { op, args, align } = this;
    for (let i = 0; i < args.length; i++) (args[i] as Node).write(out);
    if (op === LOCAL_GET) return out.indexed(op, this.value as number);
    if (op === I32_CONST) {
      out.byte(op);
      return out.s32(this.value as number);
    }
    if (op === GLOBAL_GET) return this.#writeGlobal(out);
    if (align >= 0) return out.access(op, align, this.value as number);
    if (op === I64_CONST) {
      out.byte(op);
      return out.s64(this.value);
    }
    if (op === CALL) return out.indexed(op, this.value as number);
    out.opcode(op);
    if (op === Op.f64_const) out.f64(this.value as number);
    else if (op === Op.f32_const) out.f32(this.value as number);
    else if (op === Op.f64x2_extract_lane || op === Op.f32x4_extract_lane) out.byte(0);
  }

  #writeGlobal(out: Bytes): void {
    if (this.align < 0) return out.indexed(GLOBAL_GET, this.value as number);
    out.byte(GLOBAL_GET);
    out.marked32(this.align);
  }
}

const NONE: readonly Node[] = [];
/** @param value - taken modulo 2^64; a number is exact */
export function i64(value: bigint | number): Node {
  if (typeof value === 'number' && Number.isSafeInteger(value))
    return new Node('i64', I64_CONST, NONE, value);
  const signed = BigInt.asIntN(64, BigInt(value));
  const near = Number(signed);
  return new Node('i64', I64_CONST, NONE, Number.isSafeInteger(near) ? near : signed);
}
export const i32 = (value: number): Node => new Node('i32', Op.i32_const, NONE, value | 0);
export const f64 = (value: number): Node => new Node('f64', Op.f64_const, NONE, value);
export const f32 = (value: number): Node => new Node('f32', Op.f32_const, NONE, value);
export const localGet = (type: ValueType, index: number): Node => new Node(type, Op.local_get, NONE, index);
export const globalGet = (type: ValueType, index: number): Node => new Node(type, GLOBAL_GET, NONE, index);
/** A global whose index is known when the function's module is (see Mark). */
export const markedGlobal = (type: ValueType, kind: number): Node =>
  new Node(type, GLOBAL_GET, NONE, 0, kind);
export const call = (type: ValueType, index: number, args: readonly Node[]): Node =>
  new Node(type, Op.call, args, index);
export const op = (type: ValueType, code: number, ...args: Node[]): Node => new Node(type, code, args);

/** A load; `offset` is added to the address. Alignment is stated as 1: every address is legal and equally fast. */
export const load = (type: ValueType, code: number, address: Node, offset = 0): Node =>
  new Node(type, code, [address], offset, 0);
/** An atomic access of 4 or 8 bytes; its alignment is part of the instruction. */
export const atomic = (type: ValueType, code: number, bytes: 4 | 8, ...args: Node[]): Node =>
  new Node(type, code, args, 0, bytes === 4 ? 2 : 3);

type Fold = (a: bigint, b: bigint) => bigint;
const shift = (by: bigint) => by & 63n;
const unsigned = (a: bigint) => BigInt.asUintN(64, a);
const FOLD: Record<number, Fold> = {
  [Op.i64_add]: (a, b) => a + b,
  [Op.i64_sub]: (a, b) => a - b,
  [Op.i64_and]: (a, b) => a & b,
  [Op.i64_or]: (a, b) => a | b,
  [Op.i64_xor]: (a, b) => a ^ b,
  [Op.i64_shl]: (a, b) => a << shift(b),
  [Op.i64_shr_u]: (a, b) => unsigned(a) >> shift(b),
  [Op.i64_shr_s]: (a, b) => a >> shift(b),
};
/** Operators for which 0 on the right changes nothing. */
const ZERO_IS_NEUTRAL = new Set<number>([
  Op.i64_add,
  Op.i64_sub,
  Op.i64_or,
  Op.i64_xor,
  Op.i64_shl,
  Op.i64_shr_u,
  Op.i64_shr_s,
]);
const COMMUTES = new Set<number>([Op.i64_add, Op.i64_and, Op.i64_or, Op.i64_xor]);

/** A word that was extended by its sign, or a constant that is one. */
const isWord = (a: Node): boolean =>
  a.op === Op.i64_extend_i32_s || (a.isConst && typeof a.value === 'number' && (a.value | 0) === a.value);
const BITWISE: ReadonlySet<number> = new Set([Op.i64_and, Op.i64_or, Op.i64_xor]);

/** A binary operation on i64, folded where it can be. */
export function binary64(code: number, a: Node, b: Node): Node {
  if (a.op === I64_CONST) {
    if (b.op === I64_CONST) return folded(code, a, b);
    if (COMMUTES.has(code)) return binary64(code, b, a);
  }
  if (b.op === I64_CONST && b.value === 0) {
    if (ZERO_IS_NEUTRAL.has(code)) return a;
    if (code === Op.i64_and) return b;
  }
  if (code === Op.i64_shr_s && a.op === Op.i64_extend_i32_s) {
    const by = wordShift(b, 31);
    if (by) return op('i64', Op.i64_extend_i32_s, op('i32', Op.i32_shr_s, a.args[0] as Node, by));
  }
  if (BITWISE.has(code) && isWord(a) && isWord(b)) {
    return op('i64', Op.i64_extend_i32_s, op('i32', NARROW[code] as number, wrap(a), wrap(b)));
  }
  return op('i64', code, a, b);
}

/** Of two constants. */
function folded(code: number, a: Node, b: Node): Node {
  if (code === Op.i64_add && typeof a.value === 'number' && typeof b.value === 'number') {
    const sum = a.value + b.value;
    if (Number.isSafeInteger(sum)) return i64(sum);
  }
  const fold = FOLD[code];
  return fold ? i64(fold(a.constant, b.constant)) : op('i64', code, a, b);
}

export function wrap(a: Node): Node {
  if (a.isConst) return i32(typeof a.value === 'number' ? a.value : Number(BigInt.asIntN(32, a.value)));
  if (a.op === Op.i64_extend_i32_s || a.op === Op.i64_extend_i32_u) return a.args[0] as Node;
  return op('i32', Op.i32_wrap_i64, a);
}

export function extendSigned(a: Node): Node {
  return a.isConst ? i64(a.value) : op('i64', Op.i64_extend_i32_s, a);
}

export function extendUnsigned(a: Node): Node {
  if (a.isConst) return i64(BigInt.asUintN(32, a.constant));
  return op('i64', Op.i64_extend_i32_u, a);
}

const NARROW: Record<number, number> = {
  [Op.i64_add]: Op.i32_add,
  [Op.i64_sub]: Op.i32_sub,
  [Op.i64_mul]: Op.i32_mul,
  [Op.i64_and]: Op.i32_and,
  [Op.i64_or]: Op.i32_or,
  [Op.i64_xor]: Op.i32_xor,
};

/** The amount of a shift as one of words takes it; undefined when it may be more than 31, or than `most` stands for. */
function wordShift(by: Node, most?: number): Node | undefined {
  if (by.isConst) {
    const amount = Number(by.constant & 63n);
    return amount < 32 ? i32(amount) : most === undefined ? undefined : i32(most);
  }
  // A shift of words looks at the low five bits only.
  const mask = by.op === Op.i64_and ? by.args[1] : undefined;
  return mask?.isConst && mask.value === 31 ? wrap(by.args[0] as Node) : undefined;
}

/** The low 32 bits by arithmetic of words; undefined where that does not give the same. */
function narrowed(a: Node): Node | undefined {
  const [x, y] = a.args;
  if (x === undefined || y === undefined) return undefined;
  const narrow = NARROW[a.op];
  if (narrow !== undefined) return op('i32', narrow, wrap(x), wrap(y));
  const by = wordShift(y);
  if (by === undefined) return undefined;
  if (a.op === Op.i64_shl) return op('i32', Op.i32_shl, wrap(x), by);
  const isUnsigned = a.op === Op.i64_shr_u && x.op === Op.i64_extend_i32_u;
  return isUnsigned ? op('i32', Op.i32_shr_u, x.args[0] as Node, by) : undefined;
}

/** Sign-extends the low 32 bits; sums, products, shifts are done in 32 bits where that gives the same. */
export function signExtend32(a: Node): Node {
  if (a.isConst) return i64(BigInt.asIntN(32, a.constant));
  if (a.op === Op.i64_extend_i32_s) return a;
  return op('i64', Op.i64_extend_i32_s, narrowed(a) ?? wrap(a));
}

/** The bits of a double, and back: one undoes the other. */
export function reinterpretAsI64(a: Node): Node {
  return a.op === Op.f64_reinterpret_i64 ? (a.args[0] as Node) : op('i64', Op.i64_reinterpret_f64, a);
}
export function reinterpretAsF64(a: Node): Node {
  return a.op === Op.i64_reinterpret_f64 ? (a.args[0] as Node) : op('f64', Op.f64_reinterpret_i64, a);
}

/** Truth values together and apart, folded where one is known. A known truth is 0 or 1. */
export function both(a: Node, b: Node): Node {
  if (a.isConst) return a.value === 0 ? a : b;
  if (b.isConst) return b.value === 0 ? b : a;
  return op('i32', Op.i32_and, a, b);
}
export function either(a: Node, b: Node): Node {
  if (a.isConst) return a.value === 0 ? b : a;
  if (b.isConst) return b.value === 0 ? a : b;
  return op('i32', Op.i32_or, a, b);
}

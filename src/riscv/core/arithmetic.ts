/** The arithmetic of meanings as WebAssembly expressions, and the hart's fields as loads and stores. */
import { type FieldName, offsetOf } from '../hart/context.ts';
import type { Arithmetic, Effect, State } from '../isa/semantics.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import {
  binary64,
  call,
  extendUnsigned,
  i32,
  i64,
  load,
  type Node,
  op,
  signExtend32,
  wrap,
} from '../wasm/node.ts';
import { Op } from '../wasm/opcodes.ts';

/** Functions of the core module that arithmetic calls. */
export interface ArithmeticCalls {
  readonly mulhu: number;
}

export abstract class WasmArithmetic implements Arithmetic<Node, Node>, State<Node> {
  readonly f: FunctionBuilder;
  /** i32: the hart's context. */
  readonly context: Node;
  readonly #calls: ArithmeticCalls;
  readonly #lets: Node[] = [];

  constructor(f: FunctionBuilder, context: Node, calls: ArithmeticCalls) {
    this.f = f;
    this.context = context;
    this.#calls = calls;
  }

  abstract time(): Node;
  abstract retired(): Node;
  abstract effect(effect: Effect): void;

  get(field: FieldName): Node {
    return load('i64', Op.i64_load, this.context, offsetOf(field));
  }
  get32(field: FieldName): Node {
    return load('i32', Op.i32_load, this.context, offsetOf(field));
  }
  set(field: FieldName, value: Node): void {
    this.f.store(Op.i64_store, this.context, offsetOf(field), value);
  }
  /** Sets a field's low half; its high half is always 0. */
  set32(field: FieldName, value: Node): void {
    this.f.store(Op.i32_store, this.context, offsetOf(field), value);
  }

  const(value: bigint): Node {
    return i64(value);
  }
  add(a: Node, b: Node): Node {
    return binary64(Op.i64_add, a, b);
  }
  sub(a: Node, b: Node): Node {
    return binary64(Op.i64_sub, a, b);
  }
  and(a: Node, b: Node): Node {
    return binary64(Op.i64_and, a, b);
  }
  or(a: Node, b: Node): Node {
    return binary64(Op.i64_or, a, b);
  }
  xor(a: Node, b: Node): Node {
    return binary64(Op.i64_xor, a, b);
  }
  shl(a: Node, by: Node): Node {
    return binary64(Op.i64_shl, a, by);
  }
  shr(a: Node, by: Node): Node {
    return binary64(Op.i64_shr_u, a, by);
  }
  sar(a: Node, by: Node): Node {
    return binary64(Op.i64_shr_s, a, by);
  }
  rotr(a: Node, by: Node): Node {
    return binary64(Op.i64_rotr, a, by);
  }
  mul(a: Node, b: Node): Node {
    return binary64(Op.i64_mul, a, b);
  }
  mulhu(a: Node, b: Node): Node {
    return call('i64', this.#calls.mulhu, [a, b]);
  }
  mulhsu(a: Node, b: Node): Node {
    const [x, y] = [this.let(a), this.let(b)];
    return this.sub(this.mulhu(x, y), this.and(this.sar(x, i64(63n)), y));
  }
  mulh(a: Node, b: Node): Node {
    const [x, y] = [this.let(a), this.let(b)];
    return this.sub(this.mulhsu(x, y), this.and(this.sar(y, i64(63n)), x));
  }
  div(a: Node, b: Node): Node {
    return this.#divide(Op.i64_div_s, a, b, {
      byZero: () => i64(-1n),
      byMinusOne: (x) => this.sub(i64(0n), x),
    });
  }
  divu(a: Node, b: Node): Node {
    return this.#divide(Op.i64_div_u, a, b, { byZero: () => i64(-1n) });
  }
  rem(a: Node, b: Node): Node {
    return this.#divide(Op.i64_rem_s, a, b, { byZero: (x) => x });
  }
  remu(a: Node, b: Node): Node {
    return this.#divide(Op.i64_rem_u, a, b, { byZero: (x) => x });
  }
  clz(a: Node): Node {
    return op('i64', Op.i64_clz, a);
  }
  ctz(a: Node): Node {
    return op('i64', Op.i64_ctz, a);
  }
  cpop(a: Node): Node {
    return op('i64', Op.i64_popcnt, a);
  }
  sext8(a: Node): Node {
    return op('i64', Op.i64_extend8_s, a);
  }
  sext16(a: Node): Node {
    return op('i64', Op.i64_extend16_s, a);
  }
  sext32(a: Node): Node {
    return signExtend32(a);
  }
  zext32(a: Node): Node {
    return extendUnsigned(wrap(a));
  }
  eq(a: Node, b: Node): Node {
    return b.isConst && b.value === 0 ? op('i32', Op.i64_eqz, a) : op('i32', Op.i64_eq, a, b);
  }
  ne(a: Node, b: Node): Node {
    return op('i32', Op.i64_ne, a, b);
  }
  lts(a: Node, b: Node): Node {
    return op('i32', Op.i64_lt_s, a, b);
  }
  ltu(a: Node, b: Node): Node {
    return op('i32', Op.i64_lt_u, a, b);
  }
  ges(a: Node, b: Node): Node {
    return op('i32', Op.i64_ge_s, a, b);
  }
  geu(a: Node, b: Node): Node {
    return op('i32', Op.i64_ge_u, a, b);
  }
  both(a: Node, b: Node): Node {
    return op('i32', Op.i32_and, a, b);
  }
  either(a: Node, b: Node): Node {
    return op('i32', Op.i32_or, a, b);
  }
  negate(a: Node): Node {
    return op('i32', Op.i32_eqz, a);
  }
  bit(a: Node): Node {
    return extendUnsigned(a);
  }
  select(condition: Node, yes: Node, no: Node): Node {
    return op(yes.type, Op.select, yes, no, condition);
  }
  let(a: Node): Node {
    if (a.isConst) return a;
    const local = this.f.let(a);
    this.#lets.push(local);
    return local;
  }
  when(condition: Node, body: () => void): void {
    this.f.if(condition, body);
  }

  /** A local that lives until `releaseLets`. */
  protected scratch(type: Node['type']): Node {
    const local = this.f.local(type);
    this.#lets.push(local);
    return local;
  }

  /** Gives back the locals of finished instructions. */
  releaseLets(): void {
    for (const local of this.#lets) this.f.release(local);
    this.#lets.length = 0;
  }

  /** WebAssembly traps on division by zero and on overflow, so those go their own way. */
  #divide(
    code: number,
    a: Node,
    b: Node,
    special: { byZero: (dividend: Node) => Node; byMinusOne?: (dividend: Node) => Node },
  ): Node {
    const [x, y] = [this.let(a), this.let(b)];
    const result = this.scratch('i64');
    const divide = () => this.f.set(result, op('i64', code, x, y));
    const { byZero, byMinusOne } = special;
    this.f.unlikely(
      this.eq(y, i64(0n)),
      () => this.f.set(result, byZero(x)),
      byMinusOne
        ? () => this.f.unlikely(this.eq(y, i64(-1n)), () => this.f.set(result, byMinusOne(x)), divide)
        : divide,
    );
    return result;
  }

  /** A page's number as a distance between entries of `1 << entryShift` bytes; not masked yet. */
  place(address: Node, entryShift: number, pageShift: number): Node {
    return op('i32', Op.i32_shr_u, wrap(address), i32(pageShift - entryShift));
  }

  /** Masks an address to an index of a table whose entries are `1 << shift` bytes apart. */
  index(address: Node, entries: number, entryShift: number, pageShift: number): Node {
    return op(
      'i32',
      Op.i32_and,
      this.place(address, entryShift, pageShift),
      i32((entries - 1) << entryShift),
    );
  }
}

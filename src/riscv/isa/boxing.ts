/** NaN boxing: single precision in 64-bit registers. Source: Unprivileged ISA 20240411 §21.2. */
import type { Arithmetic } from './semantics.ts';

const BOX = 0xffff_ffffn << 32n;
const BOXED = 0xffff_ffffn;
const CANONICAL_NAN = 0x7fc0_0000n;

/** The 32 bits of a single, zero-extended; the canonical NaN when the register holds none. */
export function unbox<V, B>(x: Arithmetic<V, B>, register: V): V {
  const bits = x.let(register);
  const isBoxed = x.eq(x.shr(bits, x.const(32n)), x.const(BOXED));
  return x.select(isBoxed, x.zext32(bits), x.const(CANONICAL_NAN));
}

/** What a register holds for a single of 32 bits, zero-extended. */
export const box = <V, B>(x: Arithmetic<V, B>, single: V): V => x.or(single, x.const(BOX));

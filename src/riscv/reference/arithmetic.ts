/** The 64-bit arithmetic of meanings with bigint, always in 0..2^64-1. Source: Unprivileged ISA 20240411 §2, §4, §13. */
import type { Arithmetic } from '../isa/semantics.ts';

const u64 = (value: bigint): bigint => BigInt.asUintN(64, value);
const s64 = (value: bigint): bigint => BigInt.asIntN(64, value);
const extend = (bits: number, value: bigint): bigint => u64(BigInt.asIntN(bits, value));
const ALL_ONES = u64(-1n);

export class BigintArithmetic implements Arithmetic<bigint, boolean> {
  const(value: bigint): bigint {
    return u64(value);
  }
  add(a: bigint, b: bigint): bigint {
    return u64(a + b);
  }
  sub(a: bigint, b: bigint): bigint {
    return u64(a - b);
  }
  and(a: bigint, b: bigint): bigint {
    return a & b;
  }
  or(a: bigint, b: bigint): bigint {
    return a | b;
  }
  xor(a: bigint, b: bigint): bigint {
    return a ^ b;
  }
  shl(a: bigint, by: bigint): bigint {
    return u64(a << (by & 63n));
  }
  shr(a: bigint, by: bigint): bigint {
    return a >> (by & 63n);
  }
  sar(a: bigint, by: bigint): bigint {
    return u64(s64(a) >> (by & 63n));
  }
  rotr(a: bigint, by: bigint): bigint {
    return this.or(this.shr(a, by), this.shl(a, -by));
  }
  mul(a: bigint, b: bigint): bigint {
    return u64(a * b);
  }
  mulhu(a: bigint, b: bigint): bigint {
    return (a * b) >> 64n;
  }
  mulh(a: bigint, b: bigint): bigint {
    return u64((s64(a) * s64(b)) >> 64n);
  }
  mulhsu(a: bigint, b: bigint): bigint {
    return u64((s64(a) * b) >> 64n);
  }
  div(a: bigint, b: bigint): bigint {
    return b === 0n ? ALL_ONES : u64(s64(a) / s64(b));
  }
  divu(a: bigint, b: bigint): bigint {
    return b === 0n ? ALL_ONES : a / b;
  }
  rem(a: bigint, b: bigint): bigint {
    return b === 0n ? a : u64(s64(a) % s64(b));
  }
  remu(a: bigint, b: bigint): bigint {
    return b === 0n ? a : a % b;
  }
  clz(a: bigint): bigint {
    return a === 0n ? 64n : BigInt(64 - a.toString(2).length);
  }
  ctz(a: bigint): bigint {
    return a === 0n ? 64n : BigInt((a & -a).toString(2).length - 1);
  }
  cpop(a: bigint): bigint {
    return BigInt(a.toString(2).replaceAll('0', '').length);
  }
  sext8(a: bigint): bigint {
    return extend(8, a);
  }
  sext16(a: bigint): bigint {
    return extend(16, a);
  }
  sext32(a: bigint): bigint {
    return extend(32, a);
  }
  zext32(a: bigint): bigint {
    return BigInt.asUintN(32, a);
  }
  eq(a: bigint, b: bigint): boolean {
    return a === b;
  }
  ne(a: bigint, b: bigint): boolean {
    return a !== b;
  }
  lts(a: bigint, b: bigint): boolean {
    return s64(a) < s64(b);
  }
  ltu(a: bigint, b: bigint): boolean {
    return a < b;
  }
  ges(a: bigint, b: bigint): boolean {
    return s64(a) >= s64(b);
  }
  geu(a: bigint, b: bigint): boolean {
    return a >= b;
  }
  both(a: boolean, b: boolean): boolean {
    return a && b;
  }
  either(a: boolean, b: boolean): boolean {
    return a || b;
  }
  negate(a: boolean): boolean {
    return !a;
  }
  bit(a: boolean): bigint {
    return a ? 1n : 0n;
  }
  select(condition: boolean, yes: bigint, no: bigint): bigint {
    return condition ? yes : no;
  }
  let(a: bigint): bigint {
    return a;
  }
  when(condition: boolean, body: () => void): void {
    if (condition) body();
  }
}

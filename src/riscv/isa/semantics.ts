/**
 * The vocabulary in which the rows of the instruction table say what they mean, generic in the value type.
 *
 * V is a 64-bit value, B a truth value. The reference runs a row with V = bigint (always in 0..2^64-1) and
 * B = boolean; the interpreter and the JIT run the same row with V and B as WebAssembly expressions, so that
 * the row writes its own translation.
 *
 * Rules for a meaning:
 * - Expressions are evaluated where they are used, at the latest by the statement (rd, store, jump …) they end in.
 *   A value read from a register that is used after a statement which may overwrite it is fixed with `let` first.
 * - An access that traps leaves the instruction there: nothing after it happens, so write results last.
 * - Without branch or jump the next instruction follows.
 */
import type { FieldName } from '../hart/context.ts';

export type Bytes = 1 | 2 | 4 | 8;
export type AmoOperation = 'swap' | 'add' | 'xor' | 'and' | 'or' | 'min' | 'max' | 'minu' | 'maxu';
export type CsrOperation = 'swap' | 'set' | 'clear';
export type CacheBlockOperation = 'zero' | 'clean' | 'flush' | 'inval';
/** What an instruction changed that the engine must act on before the next one. */
export type Effect =
  /** Which translations may be used can differ: SUM, MXR, mode. */
  | 'translation'
  /** satp was written: what is cached of the address space is stale. */
  | 'address-space'
  /** An interrupt that was pending may be enabled now. */
  | 'interrupts'
  /** The timer's deadline moved: the run ends after this instruction, so that the caller sets it again. */
  | 'timer';

/** 64-bit arithmetic. Shift amounts are taken modulo 64. */
export interface Arithmetic<V, B> {
  const(value: bigint): V;
  add(a: V, b: V): V;
  sub(a: V, b: V): V;
  and(a: V, b: V): V;
  or(a: V, b: V): V;
  xor(a: V, b: V): V;
  shl(a: V, by: V): V;
  /** Logical right shift. */
  shr(a: V, by: V): V;
  /** Arithmetic right shift. */
  sar(a: V, by: V): V;
  rotr(a: V, by: V): V;
  mul(a: V, b: V): V;
  /** High 64 bits of the product: both unsigned, both signed, first signed. */
  mulhu(a: V, b: V): V;
  mulh(a: V, b: V): V;
  mulhsu(a: V, b: V): V;
  /** RISC-V division: by zero gives all ones (quotient) or the dividend (remainder); overflow wraps. */
  div(a: V, b: V): V;
  divu(a: V, b: V): V;
  rem(a: V, b: V): V;
  remu(a: V, b: V): V;
  clz(a: V): V;
  ctz(a: V): V;
  cpop(a: V): V;
  sext8(a: V): V;
  sext16(a: V): V;
  sext32(a: V): V;
  zext32(a: V): V;
  eq(a: V, b: V): B;
  ne(a: V, b: V): B;
  lts(a: V, b: V): B;
  ltu(a: V, b: V): B;
  ges(a: V, b: V): B;
  geu(a: V, b: V): B;
  both(a: B, b: B): B;
  either(a: B, b: B): B;
  negate(a: B): B;
  /** 1 or 0. */
  bit(a: B): V;
  /** Both sides may be evaluated: they must not have effects. */
  select(condition: B, yes: V, no: V): V;
  /** Evaluates a now, once; the result may be used any number of times. */
  let(a: V): V;
  /** Does the statements of the body when the condition holds. */
  when(condition: B, body: () => void): void;
}

/** The hart's own state (context.ts), beside the registers that operands name. */
export interface State<V> {
  get(field: FieldName): V;
  set(field: FieldName, value: V): void;
  /** Real time in ticks of the time base, as `rdtime` sees it. */
  time(): V;
  /** Instructions retired so far, this one not counted. */
  retired(): V;
  effect(effect: Effect): void;
}

/** All that a meaning can say. */
export interface Semantics<V, B> extends Arithmetic<V, B>, State<V> {
  /** Operands that the encoding names. `imm` is extended as its row says; x0 reads 0. */
  readonly rs1: V;
  readonly rs2: V;
  readonly imm: V;
  /** Raw 64 bits of the floating-point registers named rs1, rs2, rs3. */
  readonly f1: V;
  readonly f2: V;
  readonly f3: V;
  /** Address of this instruction and of the one behind it. */
  readonly pc: V;
  readonly next: V;
  /** Writes the integer register rd (nothing happens for x0), the floating-point register rd (raw 64 bits). */
  rd(value: V): void;
  fd(value: V): void;

  /** Memory at a virtual address; any alignment. Traps leave the instruction. */
  load(address: V, bytes: Bytes, signed: boolean): V;
  store(address: V, bytes: Bytes, value: V): void;
  /** Aligned or trap. The result is sign-extended; store conditional gives 0 for success, else 1. */
  loadReserved(address: V, bytes: 4 | 8): V;
  storeConditional(address: V, bytes: 4 | 8, value: V): V;
  amo(operation: AmoOperation, address: V, bytes: 4 | 8, value: V): V;
  cacheBlock(operation: CacheBlockOperation, address: V): void;

  branch(condition: B, target: V): void;
  jump(target: V): void;

  /**
   * An IEEE 754 operation (float-ops.ts), rounded as the instruction's rm or frm says; flags are accrued.
   * Single precision operands and results are 32 bits, zero-extended (see `unbox`, `box` in the rows).
   */
  float(operation: string, a: V, b?: V, c?: V): V;

  /** Reads the CSR that the instruction names, then writes it (unless the encoding says that nothing is written). */
  csr(operation: CsrOperation, operand: V): V;
  illegal(): void;
  ecall(): void;
  ebreak(): void;
  sret(): void;
  wfi(): void;
  fence(): void;
  /** The hart waits for another one in a loop: when it has said so often enough, the run may end. */
  pause(): void;
  fenceI(): void;
  /** SFENCE.VMA and SINVAL.VMA: the address and ASID registers, where x0 means all. */
  sfenceVma(): void;
}

export type Meaning = <V, B>(x: Semantics<V, B>) => void;

/** The meanings of instructions over a hart's context, with bigint: the plainest reading of `Semantics`. */
import { Cause } from '../hart/causes.ts';
import type { Context, FieldName } from '../hart/context.ts';
import { TIME_SHIFT } from '../hart/context.ts';
import type { ExitReason } from '../hart/exit.ts';
import { Exit } from '../hart/exit.ts';
import type { Stops } from '../hart/stops.ts';
import type { Csr } from '../isa/csr.ts';
import { CSRS, csrPrivilege } from '../isa/csr.ts';
import type { Decoded } from '../isa/decode.ts';
import type { RoundingMode } from '../isa/float-format.ts';
import type { FloatOp } from '../isa/float-ops.ts';
import { FLOAT_OPS, floatOpcode } from '../isa/float-ops.ts';
import { returnFromTrap } from '../isa/privileged.ts';
import type {
  AmoOperation,
  Bytes,
  CacheBlockOperation,
  CsrOperation,
  Effect,
  Semantics,
} from '../isa/semantics.ts';
import { softFloat } from '../isa/soft-float.ts';
import { writesCsr } from '../isa/zicsr.ts';
import { BigintArithmetic } from './arithmetic.ts';
import { Trap } from './leave.ts';
import { MemoryAccess } from './memory-access.ts';

const csrByAddress = new Map(CSRS.map((csr) => [csr.address, csr]));
const FS_DIRTY = 3n;
const DYNAMIC_ROUNDING = 7;
const MAX_ROUNDING = 4;
/** senvcfg bits that let U-mode use cache-block instructions: CBIE, CBCFE, CBZE. Source: CMO 1.0.1 §2.5. */
const CACHE_BLOCK_ENABLE: Readonly<Record<CacheBlockOperation, bigint>> = {
  inval: 0x30n,
  clean: 0x40n,
  flush: 0x40n,
  zero: 0x80n,
};

/** Real time in ticks of the time base. */
export interface Clock {
  ticks(): bigint;
}

export class ReferenceHart extends BigintArithmetic implements Semantics<bigint, boolean> {
  readonly context: Context;
  readonly memory: MemoryAccess;
  readonly #clock: Clock;
  /** Steps done before this instruction. */
  steps = 0n;
  #at: Decoded | undefined;
  #pc = 0n;
  /** Where the hart goes on, and what it asks for, when the instruction retires. */
  target = 0n;
  exit: ExitReason | undefined;
  interruptsChanged = false;

  constructor(memory: ArrayBufferLike, context: Context, clock: Clock, stops?: Stops) {
    super();
    this.context = context;
    this.memory = new MemoryAccess(memory, context, stops);
    this.#clock = clock;
  }

  /** Does one instruction, up to its retirement. Throws Trap or Leave. */
  execute(at: Decoded): void {
    this.#at = at;
    this.#pc = this.context.get('pc');
    this.target = this.next;
    this.exit = undefined;
    if (at.row.float && this.get('fs') === 0n) this.illegal();
    if (at.row.fields.has('rm') && this.#roundingMode() > MAX_ROUNDING) this.illegal();
    at.row.meaning(this);
  }

  get #instruction(): Decoded {
    if (!this.#at) throw new Error('no instruction is being executed');
    return this.#at;
  }

  get rs1(): bigint {
    return this.context.x(this.#instruction.rs1);
  }
  get rs2(): bigint {
    return this.context.x(this.#instruction.rs2);
  }
  get imm(): bigint {
    return this.const(BigInt(this.#instruction.imm));
  }
  get f1(): bigint {
    return this.context.f(this.#instruction.rs1);
  }
  get f2(): bigint {
    return this.context.f(this.#instruction.rs2);
  }
  get f3(): bigint {
    return this.context.f(this.#instruction.rs3);
  }
  get pc(): bigint {
    return this.#pc;
  }
  get next(): bigint {
    return this.add(this.#pc, BigInt(this.#instruction.length));
  }
  rd(value: bigint): void {
    this.context.setX(this.#instruction.rd, value);
  }
  fd(value: bigint): void {
    this.context.setF(this.#instruction.rd, value);
    this.set('fs', FS_DIRTY);
  }

  get(field: FieldName): bigint {
    return this.context.get(field);
  }
  set(field: FieldName, value: bigint): void {
    this.context.set(field, value);
  }
  time(): bigint {
    if (this.get('timeMode') === 0n) return this.add(this.const(this.#clock.ticks()), this.get('timeOffset'));
    return this.add(this.steps >> TIME_SHIFT, this.get('timeOffset'));
  }
  retired(): bigint {
    return this.sub(this.steps, this.get('traps'));
  }
  /** Translations are not kept here, so only the others matter. */
  effect(effect: Effect): void {
    if (effect === 'interrupts') this.interruptsChanged = true;
    if (effect === 'timer') this.exit = Exit.Budget;
  }

  load(address: bigint, bytes: Bytes, signed: boolean): bigint {
    const value = this.memory.load(address, bytes);
    return signed ? this.const(BigInt.asIntN(bytes * 8, value)) : value;
  }
  store(address: bigint, bytes: Bytes, value: bigint): void {
    this.memory.store(address, bytes, value);
  }
  loadReserved(address: bigint, bytes: 4 | 8): bigint {
    return this.memory.loadReserved(address, bytes);
  }
  storeConditional(address: bigint, bytes: 4 | 8, value: bigint): bigint {
    return this.memory.storeConditional(address, bytes, value);
  }
  amo(operation: AmoOperation, address: bigint, bytes: 4 | 8, value: bigint): bigint {
    return this.memory.amo(operation, address, bytes, value);
  }
  cacheBlock(operation: CacheBlockOperation, address: bigint): void {
    const enabled = (this.get('senvcfg') & CACHE_BLOCK_ENABLE[operation]) !== 0n;
    if (this.#inUser && !enabled) this.illegal();
    this.memory.cacheBlock(operation, address);
  }

  branch(condition: boolean, target: bigint): void {
    if (condition) this.jump(target);
  }
  jump(target: bigint): void {
    this.target = target;
  }

  float(operation: string, a: bigint, b = 0n, c = 0n): bigint {
    // floatOpcode knows every name, or throws.
    const op = FLOAT_OPS[floatOpcode(operation)] as FloatOp;
    const { bits, flags } = softFloat(op, a, b, c, this.#roundingMode() as RoundingMode);
    this.set('fcsr', this.get('fcsr') | BigInt(flags));
    this.set('fs', FS_DIRTY);
    return bits;
  }

  csr(operation: CsrOperation, operand: bigint): bigint {
    const { csr: address, word } = this.#instruction;
    const csr = csrByAddress.get(address);
    const writes = writesCsr(word);
    if (!csr || !this.#mayAccess(csr, writes)) return this.illegal();
    const old = csr.read(this);
    if (!writes) return old;
    const changed = { swap: operand, set: old | operand, clear: old & ~operand }[operation];
    csr.write?.(this, changed);
    if (csr.float) this.set('fs', FS_DIRTY);
    return old;
  }

  illegal(): never {
    throw new Trap(Cause.Illegal, BigInt(this.#instruction.word));
  }
  ecall(): void {
    if (!this.#inUser) this.exit = Exit.Sbi;
    else if (this.get('userWorld') !== 0n) this.exit = Exit.Syscall;
    else throw new Trap(Cause.EcallFromU, 0n);
  }
  ebreak(): void {
    throw new Trap(Cause.Breakpoint, this.#pc);
  }
  sret(): void {
    if (this.#inUser) this.illegal();
    this.jump(returnFromTrap(this));
  }
  wfi(): void {
    if (this.#inUser) this.illegal();
    if ((this.get('sip') & this.get('sie')) === 0n) this.exit = Exit.WaitForInterrupt;
  }
  fence(): void {}
  pause(): void {
    const left = BigInt.asUintN(32, this.get('pauses') - 1n);
    this.set('pauses', left);
    if (left === 0n) this.exit = Exit.Pause;
  }
  fenceI(): void {}
  sfenceVma(): void {
    if (this.#inUser) this.illegal();
  }

  get #inUser(): boolean {
    return this.get('mode') === 0n;
  }

  #roundingMode(): number {
    const { rm } = this.#instruction;
    return rm === DYNAMIC_ROUNDING ? Number(this.get('fcsr') >> 5n) : rm;
  }

  #mayAccess(csr: Csr, writes: boolean): boolean {
    if (this.get('mode') < BigInt(csrPrivilege(csr.address))) return false;
    if (writes && (csr.address >> 10 === 3 || !csr.write)) return false;
    if (csr.float && this.get('fs') === 0n) return false;
    if (csr.counterBit === undefined || !this.#inUser) return true;
    return ((this.get('scounteren') >> BigInt(csr.counterBit)) & 1n) === 1n;
  }
}

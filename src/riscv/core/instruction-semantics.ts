/** What interpreter and JIT have in common when they write an instruction's meaning: all but operands and control. */
import { Cause } from '../hart/causes.ts';
import { offsetOf } from '../hart/context.ts';
import { Exit, type ExitReason } from '../hart/exit.ts';
import { FLOAT_OPS, floatOpcode } from '../isa/float-ops.ts';
import type { CsrOperation, Effect, Semantics } from '../isa/semantics.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import { atomic, both, call, either, i32, i64, load, type Node, op, reinterpretAsI64 } from '../wasm/node.ts';
import { Op } from '../wasm/opcodes.ts';
import { EffectBit } from './core-functions.ts';
import { FloatEmitter, type FloatMode } from './float.ts';
import { type InstructionCalls, MemorySemantics } from './memory-semantics.ts';

const FS_DIRTY = 3;

/** A register's bits as they stand: a local, or the bits of one. */
const isRegister = (node: Node): boolean =>
  node.op === Op.local_get ||
  (node.op === Op.i64_reinterpret_f64 && (node.args[0] as Node).op === Op.local_get);
/** A double is kept as such, so that it need not go through an integer register. */
const unwrapped = (bits: Node): Node => (bits.op === Op.i64_reinterpret_f64 ? (bits.args[0] as Node) : bits);

/** What meanings are written for. */
export interface MachineTraits {
  readonly hasFusedMadd: boolean;
  /** See hasStoreOrder. Absent: loads and stores may come in any order. */
  readonly hasStoreOrder?: boolean | undefined;
  /** Other engines run on the same memory: what they store is looked for after fences. Absent: none does. */
  readonly isShared?: boolean | undefined;
}

export abstract class InstructionSemantics extends MemorySemantics implements Semantics<Node, Node> {
  readonly #hasFusedMadd: boolean;
  readonly #isShared: boolean;
  readonly #hasStoreOrder: boolean;

  constructor(f: FunctionBuilder, context: Node, calls: InstructionCalls, machine: MachineTraits) {
    super(f, context, calls);
    this.#hasFusedMadd = machine.hasFusedMadd;
    this.#isShared = machine.isShared ?? false;
    this.#hasStoreOrder = machine.hasStoreOrder ?? false;
  }

  abstract get rs1(): Node;
  abstract get rs2(): Node;
  abstract get imm(): Node;
  abstract get f1(): Node;
  abstract get f2(): Node;
  abstract get f3(): Node;
  abstract get pc(): Node;
  abstract get next(): Node;
  abstract rd(value: Node): void;
  abstract branch(condition: Node, target: Node): void;
  abstract jump(target: Node): void;

  /** i32: the rounding mode as encoded. */
  protected abstract get rm(): Node;
  /** i64: steps done before this instruction. */
  protected abstract get stepsBefore(): Node;
  /** The instruction has trapped (pc and event are set): nothing after this is reached. */
  protected abstract leaveForEvent(): void;
  /** The instruction is done and the run ends; pc has been set. Nothing after this is reached. */
  protected abstract leaveRun(reason: ExitReason): void;
  /** The instruction is done; pc has been set, mode or translations may differ. Nothing after this is reached. */
  protected abstract leaveForNewMode(checkInterrupts: boolean): void;
  /** Constants of the encoding, or expressions for them: CSR's place in CSRS, whether it is written, fields. */
  protected abstract get csrPlace(): Node;
  protected abstract get csrIsWritten(): Node;
  /** i32: not 0 when the field does not name x0. */
  protected abstract get namesRs1(): Node;
  protected abstract get namesRs2(): Node;
  /** i32: a fence keeps loads behind it from overtaking stores before it. */
  protected abstract get isStoreLoadFence(): Node;
  /** Writes the floating-point register rd. */
  protected abstract writeF(value: Node): void;

  // What only CSRs, traps and SRET do, and those are functions of the core.
  time(): Node {
    throw new Error('time is read through its CSR');
  }
  retired(): Node {
    throw new Error('retired instructions are read through their CSR');
  }
  effect(effect: Effect): void {
    throw new Error(`the effect ${effect} is the CSRs’ and SRET’s`);
  }

  /** i32: EXPONENT_LIMIT where the dynamic rounding mode is to nearest and inexact is set, else 0; undefined: not kept. */
  protected get floatLimit(): Node | undefined {
    return undefined;
  }
  /** Flags or rounding mode may have changed. */
  protected floatModeChanged(): void {}

  fd(value: Node): void {
    this.writeF(value);
    this.markFloatDirty();
  }

  protected markFloatDirty(): void {
    this.set32('fs', i32(FS_DIRTY));
  }
  float(operation: string, ...operands: Node[]): Node {
    const opcode = floatOpcode(operation);
    const what = FLOAT_OPS[opcode];
    if (!what) throw new Error(`no floating-point operation ${operation}`);
    // A register that is read as it stands needs no copy: nothing is written before the result.
    const bits = operands.map((operand) => (isRegister(operand) ? operand : this.let(operand)));
    const emitter = new FloatEmitter(this.f, (type) => this.scratch(type), this.#floatMode());
    const fast = emitter.fastPath(what, bits);
    const value = fast ? unwrapped(fast.result) : undefined;
    const result = this.scratch(value?.type ?? 'i64');
    const slow = () => this.#softFloat(opcode, bits, result);
    const take = () => this.f.set(result, value as Node);
    const { applies, orElse } = fast ?? {};
    if (applies && orElse) this.f.likely(applies, take, () => this.f.if(orElse(), take, slow));
    else if (applies) this.f.likely(applies, take, slow);
    else slow();
    this.markFloatDirty();
    return result.type === 'f64' ? reinterpretAsI64(result) : result;
  }

  csr(operation: CsrOperation, operand: Node): Node {
    const given = this.let(operand);
    this.saveState();
    const old = this.let(call('i64', this.calls.csrRead, [this.context, this.csrPlace, this.stepsBefore]));
    this.checkEvent();
    const value = this.csrValue(operation, old, given);
    this.#writeCsr(operation === 'swap' ? i32(1) : this.csrIsWritten, value, old);
    return old;
  }

  protected csrValue(operation: CsrOperation, old: Node, given: Node): Node {
    if (operation === 'swap') return given;
    return operation === 'set' ? this.or(old, given) : this.and(old, this.xor(given, i64(-1n)));
  }

  illegal(): void {
    this.saveState();
    this.f.call(this.calls.illegal, [this.context]);
    this.leaveForEvent();
  }

  ecall(): void {
    this.f.if(this.get32('mode'), () => {
      this.set('pc', this.next);
      this.leaveRun(Exit.Sbi);
    });
    this.f.if(this.get32('userWorld'), () => {
      this.set('pc', this.next);
      this.leaveRun(Exit.Syscall);
    });
    this.#raise(Cause.EcallFromU, i64(0n));
  }

  ebreak(): void {
    this.#raise(Cause.Breakpoint, this.pc);
  }

  sret(): void {
    this.#requireSupervisor();
    this.f.call(this.calls.sret, [this.context]);
    this.leaveForNewMode(true);
  }

  wfi(): void {
    this.#requireSupervisor();
    const nothing = this.eq(this.and(this.get('sip'), this.get('sie')), i64(0n));
    this.f.if(nothing, () => {
      this.set('pc', this.next);
      this.leaveRun(Exit.WaitForInterrupt);
    });
  }

  /**
   * One hart's accesses are in order by themselves, several harts' because RAM is accessed directly; but V8 takes one load for two of
   * the same address where nothing between them may have stored there, in memory that threads share too (docs/decisions/0082).
   * Behind an atomic access it does not: a load of that kind costs what any other does.
   */
  fence(): void {
    if (!this.#isShared) return;
    // An atomic access orders what stands before and behind it.
    const order = () => this.f.run(atomic('i32', Op.i32_atomic_add, 4, this.context, i32(0)));
    const keep = () => this.f.run(atomic('i32', Op.i32_atomic_load, 4, this.context));
    const isNeeded = this.#hasStoreOrder ? this.isStoreLoadFence : i32(1);
    if (!isNeeded.isConst) this.f.if(isNeeded, order, keep);
    else if (isNeeded.value === 0) keep();
    else order();
  }

  pause(): void {
    const left = this.let(op('i32', Op.i32_sub, this.get32('pauses'), i32(1)));
    this.set32('pauses', left);
    this.f.unlikely(op('i32', Op.i32_eqz, left), () => {
      this.set('pc', this.next);
      this.leaveRun(Exit.Pause);
    });
  }

  /** Stores of harts on this engine are seen by the next fetch without it; those of others are looked for. */
  fenceI(): void {
    if (!this.#isShared) return;
    this.f.if(op('i32', Op.i32_eqz, this.get32('soleWriter')), () => {
      this.f.call(this.calls.fenceCode, [this.context]);
      this.set('pc', this.next);
      this.leaveForNewMode(false);
    });
  }

  sfenceVma(): void {
    this.#requireSupervisor();
    const [address, hasAddress, hasAsid] = [this.let(this.rs1), this.namesRs1, this.namesRs2];
    this.f.if(
      hasAddress,
      () => this.f.call(this.calls.flushPage, [this.context, address]),
      () => this.f.call(this.calls.flush, [this.context, hasAsid]),
    );
    this.set('pc', this.next);
    this.leaveForNewMode(false);
  }

  #raise(cause: number, value: Node): void {
    this.saveState();
    this.f.call(this.calls.raise, [this.context, i64(BigInt(cause)), value]);
    this.leaveForEvent();
  }

  #requireSupervisor(): void {
    this.f.if(op('i32', Op.i32_eqz, this.get32('mode')), () => this.illegal());
  }

  #floatMode(): FloatMode {
    const { rm } = this;
    const fcsr = this.get32('fcsr');
    const is = (value: number): Node =>
      rm.isConst ? i32(rm.value === value ? 1 : 0) : op('i32', Op.i32_eq, rm, i32(value));
    const dynamicIsNearest = op('i32', Op.i32_eqz, op('i32', Op.i32_and, fcsr, i32(0xe0)));
    const dynamic = both(is(7), dynamicIsNearest);
    const isStatic = rm.isConst ? i32(rm.value === 7 ? 0 : 1) : op('i32', Op.i32_ne, rm, i32(7));
    const isInexactSet = op('i32', Op.i32_and, fcsr, i32(1));
    const isNearest = either(is(0), dynamic);
    // One look at fcsr serves both questions when the mode is known to be the dynamic one.
    const nearestAndInexact = op('i32', Op.i32_eq, op('i32', Op.i32_and, fcsr, i32(0xe1)), i32(1));
    const isDynamic = rm.isConst && rm.value === 7;
    return {
      isNearest,
      isNearestAndInexact: isDynamic ? nearestAndInexact : both(isNearest, isInexactSet),
      isDefined: either(isStatic, dynamic),
      isTowardZero: is(1),
      isInexactSet,
      hasFusedMadd: this.#hasFusedMadd,
      limit: isDynamic ? this.floatLimit : undefined,
    };
  }

  /** Arguments go through the context; only a rounding mode that does not exist makes it fail. */
  #softFloat(opcode: number, bits: readonly Node[], result: Node): void {
    const places = ['floatA', 'floatB', 'floatC'] as const;
    for (const [place, value] of bits.entries()) this.set(places[place] as 'floatA', value);
    const isIllegal = call('i32', this.calls.float, [this.context, i32(opcode), this.rm]);
    this.f.unlikely(isIllegal, () => this.illegal());
    this.f.set(
      result,
      load(
        result.type,
        result.type === 'f64' ? Op.f64_load : Op.i64_load,
        this.context,
        offsetOf('floatResult'),
      ),
    );
    this.floatModeChanged();
  }

  #writeCsr(isWritten: Node, value: Node, old: Node): void {
    const { f } = this;
    const write = () => {
      const effects = this.scratch('i32');
      f.set(effects, call('i32', this.calls.csrWrite, [this.context, this.csrPlace, value]));
      f.if(effects, () => {
        // The result must be in rd before the instruction is left.
        this.rd(old);
        this.set('pc', this.next);
        const isTimer = op('i32', Op.i32_and, effects, i32(EffectBit.timer));
        f.if(isTimer, () => this.leaveRun(Exit.Budget));
        f.if(op('i32', Op.i32_and, effects, i32(EffectBit.interrupts)), () => this.leaveForNewMode(true));
        this.leaveForNewMode(false);
      });
    };
    if (isWritten.isConst) {
      if (isWritten.value !== 0) write();
      return;
    }
    f.if(isWritten, write);
  }
}

/** What interpreter and JIT have in common when they write an instruction's meaning: all but operands and control. */
import { Cause } from '../hart/causes.ts';
import { offsetOf } from '../hart/context.ts';
import { Exit, type ExitReason } from '../hart/exit.ts';
import { PAGE_BYTES, PAGE_SHIFT } from '../hart/page-map.ts';
import { FLOAT_OPS, floatOpcode } from '../isa/float-ops.ts';
import type { AmoOperation, Bytes, CacheBlockOperation, CsrOperation, Semantics } from '../isa/semantics.ts';
import { CACHE_BLOCK_BYTES } from '../isa/zicbo.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import { atomic, call, i32, i64, load, type Node, op, reinterpretAsI64, wrap } from '../wasm/node.ts';
import { Op } from '../wasm/opcodes.ts';
import { WasmArithmetic } from './arithmetic.ts';
import { EffectBit } from './core-functions.ts';
import { FloatEmitter, type FloatMode } from './float.ts';
import * as L from './layout.ts';
import { CACHE_BLOCK_OPERATIONS, singleAmo } from './memory.ts';

const FS_DIRTY = 3;

/** Indices, in the module being written, of the core's functions that instructions call. */
export interface InstructionCalls {
  readonly mulhu: number;
  readonly load: number;
  readonly store: number;
  readonly loadReserved: number;
  readonly storeConditional: number;
  readonly atomicAddress: number;
  readonly cacheBlock: number;
  readonly illegal: number;
  readonly raise: number;
  readonly csrRead: number;
  readonly csrWrite: number;
  readonly flush: number;
  readonly flushPage: number;
  readonly sret: number;
  readonly float: number;
  amo(operation: AmoOperation, bytes: 4 | 8): number;
}

const LOADS: Record<string, number> = {
  '1s': Op.i64_load8_s,
  '1u': Op.i64_load8_u,
  '2s': Op.i64_load16_s,
  '2u': Op.i64_load16_u,
  '4s': Op.i64_load32_s,
  '4u': Op.i64_load32_u,
  '8s': Op.i64_load,
  '8u': Op.i64_load,
};
const STORES: Record<Bytes, number> = { 1: Op.i64_store8, 2: Op.i64_store16, 4: Op.i64_store32, 8: Op.i64_store };

/** A register's bits as they stand: a local, or the bits of one. */
const isRegister = (node: Node): boolean =>
  node.op === Op.local_get || (node.op === Op.i64_reinterpret_f64 && (node.args[0] as Node).op === Op.local_get);
/** A double is kept as such, so that it need not go through an integer register. */
const unwrapped = (bits: Node): Node => (bits.op === Op.i64_reinterpret_f64 ? (bits.args[0] as Node) : bits);

export abstract class InstructionSemantics extends WasmArithmetic implements Semantics<Node, Node> {
  readonly calls: InstructionCalls;
  readonly #hasFusedMadd: boolean;

  constructor(f: FunctionBuilder, context: Node, calls: InstructionCalls, hasFusedMadd: boolean) {
    super(f, context, calls);
    this.calls = calls;
    this.#hasFusedMadd = hasFusedMadd;
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

  /** i32: the data TLB's bank for the present mode. */
  protected abstract get bank(): Node;
  /** i32: the rounding mode as encoded. */
  protected abstract get rm(): Node;
  /** i64: steps done before this instruction. */
  protected abstract get stepsBefore(): Node;
  /** Makes the context exact before a function is called that may trap: pc is this instruction's address. */
  protected abstract saveState(): void;
  /** Leaves the instruction when that function has left an event. */
  protected abstract checkEvent(): void;
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
  /** Writes the floating-point register rd. */
  protected abstract writeF(value: Node): void;

  fd(value: Node): void {
    this.writeF(value);
    this.markFloatDirty();
  }

  protected markFloatDirty(): void {
    this.set32('fs', i32(FS_DIRTY));
  }
  /** Behind a store, or an atomic access, that may have met code. */
  protected afterStoreMiss(): void {}
  protected afterAtomic(): void {}

  load(address: Node, bytes: Bytes, signed: boolean): Node {
    const result = this.scratch('i64');
    const code = LOADS[`${bytes}${signed ? 's' : 'u'}`] as number;
    this.#throughTlb(
      address,
      bytes,
      0,
      (machine) => this.f.set(result, load('i64', code, machine)),
      (ea) => {
        this.f.set(result, this.#extend(call('i64', this.calls.load, [this.context, ea, i32(bytes)]), bytes, signed));
        this.checkEvent();
      },
    );
    return result;
  }

  store(address: Node, bytes: Bytes, value: Node): void {
    this.#throughTlb(
      address,
      bytes,
      L.TLB_WRITE,
      (machine) => this.f.store(STORES[bytes], machine, 0, value),
      (ea) => {
        this.f.call(this.calls.store, [this.context, ea, i32(bytes), value]);
        this.checkEvent();
        this.afterStoreMiss();
      },
    );
  }

  loadReserved(address: Node, bytes: 4 | 8): Node {
    const machine = this.#atomicMachine(address, bytes, 0);
    return this.let(call('i64', this.calls.loadReserved, [this.context, machine, i32(bytes)]));
  }
  storeConditional(address: Node, bytes: 4 | 8, value: Node): Node {
    const machine = this.#atomicMachine(address, bytes, L.TLB_WRITE);
    const result = this.let(call('i64', this.calls.storeConditional, [this.context, machine, i32(bytes), value]));
    this.afterAtomic();
    return result;
  }
  amo(operation: AmoOperation, address: Node, bytes: 4 | 8, value: Node): Node {
    const machine = this.#atomicMachine(address, bytes, L.TLB_WRITE);
    const result = this.let(
      singleAmo(operation, bytes, machine, value) ?? call('i64', this.calls.amo(operation, bytes), [machine, value]),
    );
    this.afterAtomic();
    return result;
  }

  /** Zeroing is what a kernel clears pages with; the others have no cache to work on and only check. */
  cacheBlock(operation: CacheBlockOperation, address: Node): void {
    const slow = (ea: Node): void => {
      const number = i32(CACHE_BLOCK_OPERATIONS.indexOf(operation));
      this.f.call(this.calls.cacheBlock, [this.context, number, ea]);
      this.checkEvent();
      this.afterStoreMiss();
    };
    const isFast = operation === 'zero' ? this.get32('mode') : i32(0);
    const ea = this.let(address);
    this.f.if(
      isFast,
      () => {
        const block = this.and(ea, i64(-BigInt(CACHE_BLOCK_BYTES)));
        const zero = (machine: Node): void => {
          for (let at = 0; at < CACHE_BLOCK_BYTES; at += 8) this.f.store(Op.i64_store, machine, at, i64(0n));
        };
        this.#throughTlb(block, CACHE_BLOCK_BYTES, L.TLB_WRITE, (machine) => zero(this.let(machine)), slow);
      },
      () => {
        this.saveState();
        slow(ea);
      },
    );
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
    if (fast && value) this.f.if(fast.applies, () => this.f.set(result, value), slow);
    else slow();
    this.markFloatDirty();
    return result.type === 'f64' ? reinterpretAsI64(result) : result;
  }

  csr(operation: CsrOperation, operand: Node): Node {
    const given = this.let(operand);
    this.saveState();
    const old = this.let(call('i64', this.calls.csrRead, [this.context, this.csrPlace, this.stepsBefore]));
    this.checkEvent();
    const value = {
      swap: () => given,
      set: () => this.or(old, given),
      clear: () => this.and(old, this.xor(given, i64(-1n))),
    }[operation]();
    this.#writeCsr(operation === 'swap' ? i32(1) : this.csrIsWritten, value, old);
    return old;
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

  /** Accesses here are in order already: one hart's by itself, several harts' because RAM is accessed directly. */
  fence(): void {
    // An atomic access orders what stands before and behind it.
    this.f.run(atomic('i32', Op.i32_atomic_add, 4, this.context, i32(0)));
  }

  /** Stores to code are seen by the next fetch without it. */
  fenceI(): void {}

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

  #throughTlb(
    address: Node,
    bytes: number,
    half: number,
    hit: (machine: Node) => void,
    miss: (address: Node) => void,
    also?: (offset: Node) => Node,
  ): void {
    const { f } = this;
    const ea = this.scratch('i64');
    f.set(ea, address);
    const entry = this.scratch('i32');
    const place = this.index(ea, L.TLB_ENTRIES, L.TLB_ENTRY_SHIFT, PAGE_SHIFT);
    f.set(entry, op('i32', Op.i32_add, this.bank, place));
    const offset = this.scratch('i64');
    f.set(offset, this.sub(ea, load('i64', Op.i64_load, entry, half + L.TLB_TAG)));
    const isWithin = op('i32', Op.i64_le_u, offset, i64(BigInt(PAGE_BYTES - bytes)));
    f.if(
      also ? this.both(isWithin, also(offset)) : isWithin,
      () => hit(op('i32', Op.i32_add, load('i32', Op.i32_load, entry, half + L.TLB_HOST), wrap(offset))),
      () => {
        this.saveState();
        miss(ea);
      },
    );
  }

  #extend(raw: Node, bytes: Bytes, signed: boolean): Node {
    if (!signed || bytes === 8) return raw;
    if (bytes === 4) return this.sext32(raw);
    return bytes === 2 ? this.sext16(raw) : this.sext8(raw);
  }

  /** i32: machine address for an atomic access; misaligned ones miss and trap. */
  #atomicMachine(address: Node, bytes: 4 | 8, half: number): Node {
    const machine = this.scratch('i32');
    const isWrite = i32(half === 0 ? 0 : 1);
    this.#throughTlb(
      address,
      bytes,
      half,
      (found) => this.f.set(machine, found),
      (ea) => {
        this.f.set(machine, call('i32', this.calls.atomicAddress, [this.context, ea, i32(bytes), isWrite]));
        this.checkEvent();
      },
      (offset) => this.eq(this.and(offset, i64(BigInt(bytes - 1))), i64(0n)),
    );
    return machine;
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
    const onlyIf = (fact: Node, other: Node): Node => {
      if (fact.isConst) return fact.value === 0 ? i32(0) : other;
      return op('i32', Op.i32_and, fact, other);
    };
    const either = (a: Node, b: Node): Node => {
      if (a.isConst) return a.value === 0 ? b : a;
      if (b.isConst) return b.value === 0 ? a : b;
      return op('i32', Op.i32_or, a, b);
    };
    const dynamic = onlyIf(is(7), dynamicIsNearest);
    const isStatic = rm.isConst ? i32(rm.value === 7 ? 0 : 1) : op('i32', Op.i32_ne, rm, i32(7));
    return {
      isNearest: either(is(0), dynamic),
      isDefined: either(isStatic, dynamic),
      isTowardZero: is(1),
      isInexactSet: op('i32', Op.i32_and, fcsr, i32(1)),
      hasFusedMadd: this.#hasFusedMadd,
    };
  }

  /** Arguments go through the context; only a rounding mode that does not exist makes it fail. */
  #softFloat(opcode: number, bits: readonly Node[], result: Node): void {
    const places = ['floatA', 'floatB', 'floatC'] as const;
    for (const [place, value] of bits.entries()) this.set(places[place] as 'floatA', value);
    const isIllegal = call('i32', this.calls.float, [this.context, i32(opcode), this.rm]);
    this.f.if(isIllegal, () => this.illegal());
    this.f.set(result, load(result.type, result.type === 'f64' ? Op.f64_load : Op.i64_load, this.context, offsetOf('floatResult')));
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

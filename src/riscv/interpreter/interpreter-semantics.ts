/** Writes one handler of the interpreter: operands come from the decoded entry at `ip`, registers from the context. */

import { InstructionSemantics, type MachineTraits } from '../core/instruction-semantics.ts';
import { ENTRY_BYTES, ENTRY_SHIFT, Entry } from '../core/layout.ts';
import type { InstructionCalls } from '../core/memory-semantics.ts';
import { F_REGISTERS } from '../hart/context.ts';
import type { ExitReason } from '../hart/exit.ts';
import type { FunctionBuilder, Label } from '../wasm/function-builder.ts';
import { binary64, extendUnsigned, i32, i64, load, type Node, op } from '../wasm/node.ts';
import { Op } from '../wasm/opcodes.ts';
import { type Handler, rs2Place } from './handler-table.ts';

const REGISTER_SHIFT = 3;

/** The loop's variables and the places that handlers go on to. */
export interface Loop extends MachineTraits {
  readonly context: Node;
  /** i32: address of the decoded entry. */
  readonly ip: Node;
  /** i64: pc = pcBias + (ip >> (ENTRY_SHIFT - 1)). */
  readonly pcBias: Node;
  /** i32: steps left, this instruction's own taken off. */
  readonly fuel: Node;
  readonly bank: Node;
  /** i64: where `jump` goes. */
  readonly target: Node;
  /** i32: what run returns. */
  readonly reason: Node;
  readonly next: Label;
  readonly jump: Label;
  readonly reenter: Label;
  readonly event: Label;
  readonly exit: Label;
  /** Writes the counting of a near jump's target; absent when nothing is translated. */
  readonly countTarget?: () => void;
  readonly interrupt: number;
}

export class InterpreterSemantics extends InstructionSemantics {
  readonly #loop: Loop;
  readonly #handler: Handler;
  /** The meaning has named rd as a floating-point register. */
  writesF = false;
  /** The meaning has ended in a jump: no code follows. */
  hasJumped = false;

  constructor(f: FunctionBuilder, calls: InstructionCalls, loop: Loop, handler: Handler) {
    super(f, loop.context, calls, loop);
    this.#loop = loop;
    this.#handler = handler;
  }

  get rs1(): Node {
    return load('i64', Op.i64_load, this.#slot(Entry.rs1));
  }
  get rs2(): Node {
    return load('i64', Op.i64_load, this.#slot(this.#rs2));
  }
  get imm(): Node {
    const isShort = this.#handler.row.fields.has('csr');
    return load('i64', isShort ? Op.i64_load8_u : Op.i64_load32_s, this.#loop.ip, Entry.imm);
  }
  get f1(): Node {
    return load('i64', Op.i64_load, this.#slot(Entry.rs1), F_REGISTERS);
  }
  get f2(): Node {
    return load('i64', Op.i64_load, this.#slot(this.#rs2), F_REGISTERS);
  }
  get f3(): Node {
    return load('i64', Op.i64_load, this.#slot(Entry.rs3), F_REGISTERS);
  }
  get pc(): Node {
    return pcOf(this.#loop);
  }
  get next(): Node {
    return this.add(this.pc, i64(BigInt(this.#handler.length)));
  }

  rd(value: Node): void {
    this.f.store(Op.i64_store, this.#slot(Entry.rd), 0, value);
  }

  branch(condition: Node, target: Node): void {
    this.f.if(condition, () => this.#go(target));
  }

  jump(target: Node): void {
    this.#go(target);
    this.hasJumped = true;
  }

  protected get bank(): Node {
    return this.#loop.bank;
  }
  protected get rm(): Node {
    return load('i32', Op.i32_load8_u, this.#loop.ip, Entry.rm);
  }
  protected get stepsBefore(): Node {
    const { fuel } = this.#loop;
    return this.sub(this.sub(this.get('stepsEnd'), op('i64', Op.i64_extend_i32_s, fuel)), i64(1n));
  }
  protected get csrPlace(): Node {
    return load('i32', Op.i32_load8_u, this.#loop.ip, Entry.csr);
  }
  protected get csrIsWritten(): Node {
    return load('i32', Op.i32_load8_u, this.#loop.ip, Entry.csrIsWritten);
  }
  protected get isStoreLoadFence(): Node {
    return load('i32', Op.i32_load, this.#loop.ip, Entry.imm);
  }
  protected get namesRs1(): Node {
    return load('i32', Op.i32_load8_u, this.#loop.ip, Entry.rs1);
  }
  protected get namesRs2(): Node {
    return load('i32', Op.i32_load8_u, this.#loop.ip, this.#rs2);
  }

  protected writeF(value: Node): void {
    this.writesF = true;
    this.f.store(Op.i64_store, this.#slot(Entry.rd), F_REGISTERS, value);
  }

  protected saveState(): void {
    this.set('pc', this.pc);
  }
  protected checkEvent(): void {
    this.f.brIf(this.#loop.event, this.get32('exit'));
  }
  protected leaveForEvent(): void {
    this.f.br(this.#loop.event);
  }
  protected leaveRun(reason: ExitReason): void {
    this.f.set(this.#loop.reason, i32(reason));
    this.f.br(this.#loop.exit);
  }

  protected leaveForNewMode(checkInterrupts: boolean): void {
    const { f } = this;
    const { fuel, reenter, interrupt, context } = this.#loop;
    if (checkInterrupts) {
      // Without fuel the next run begins with the same question.
      f.if(fuel, () => {
        const taken = f.local('i32');
        f.call(interrupt, [context], [taken]);
        f.set(fuel, op('i32', Op.i32_sub, fuel, taken));
        f.release(taken);
      });
    }
    f.br(reenter);
  }

  /** Goes on behind the instruction, unless its meaning has ended elsewhere. */
  finish(): void {
    if (this.hasJumped) return this.releaseLets();
    this.step();
    this.f.br(this.#loop.next);
  }

  /** Sets `ip` to the entry behind the instruction. */
  step(): void {
    const { ip } = this.#loop;
    this.releaseLets();
    this.f.set(ip, op('i32', Op.i32_add, ip, i32((this.#handler.length / 2) * ENTRY_BYTES)));
  }

  #advance(bytes: Node): void {
    const { ip, next } = this.#loop;
    this.f.set(ip, op('i32', Op.i32_add, ip, bytes));
    this.f.br(next);
  }

  /** A near target was turned into a distance between entries when the entry was decoded. */
  #go(target: Node): void {
    const { ip, jump, target: targetLocal, next, countTarget } = this.#loop;
    if (!this.#handler.isNear) {
      this.f.set(targetLocal, target);
      this.f.br(jump);
      return;
    }
    const distance = load('i32', Op.i32_load, ip, Entry.imm);
    if (!countTarget) return this.#advance(distance);
    const by = this.scratch('i32');
    this.f.set(by, distance);
    this.f.set(ip, op('i32', Op.i32_add, ip, by));
    this.f.brIf(next, op('i32', Op.i32_gt_s, by, i32(0)));
    countTarget();
    this.f.br(next);
  }

  get #rs2(): number {
    return rs2Place(this.#handler.row);
  }

  #slot(field: number): Node {
    const number = load('i32', Op.i32_load8_u, this.#loop.ip, field);
    return op('i32', Op.i32_add, this.context, op('i32', Op.i32_shl, number, i32(REGISTER_SHIFT)));
  }
}

/** i64: the virtual address of the entry at `ip`. */
export const pcOf = ({ pcBias, ip }: Pick<Loop, 'pcBias' | 'ip'>): Node =>
  binary64(Op.i64_add, pcBias, halfwordsOf(ip));

/** i64: how far an address in a decoded page is from address 0, in bytes of code. */
export const halfwordsOf = (at: Node): Node =>
  extendUnsigned(op('i32', Op.i32_shr_u, at, i32(ENTRY_SHIFT - 1)));

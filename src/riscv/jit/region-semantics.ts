/** Writes instructions of a region: registers are locals, addresses and immediates are constants. */
import { Event } from '../core/core-functions.ts';
import { isInPlace, writeInPlace } from '../core/csr-in-place.ts';
import * as L from '../core/layout.ts';
import type { InstructionCalls } from '../core/memory-semantics.ts';
import type { PageCache, SharedPage } from '../core/page-cache.ts';
import type { ExitReason } from '../hart/exit.ts';
import { PAGE_BYTES } from '../hart/page-map.ts';
import { csrPlaceOf } from '../interpreter/entry-writer.ts';
import { CSRS, type Csr } from '../isa/csr.ts';
import { type Decoded, decode } from '../isa/decode.ts';
import { isStoreLoadFence } from '../isa/rv64i.ts';
import type { CsrOperation, Effect } from '../isa/semantics.ts';
import { writesCsr } from '../isa/zicsr.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import {
  extendUnsigned,
  globalGet,
  i32,
  i64,
  load,
  type Node,
  op,
  reinterpretAsF64,
  reinterpretAsI64,
  wrap,
} from '../wasm/node.ts';
import { Op } from '../wasm/opcodes.ts';
import { accessRuns, type Run } from './access-runs.ts';
import { Chase } from './chase.ts';
import { FloatUnit } from './float-unit.ts';
import type { Registers } from './liveness.ts';
import { cacheKey } from './page-caches.ts';
import { DROPPED_GLOBAL } from './region-body.ts';
import { addressIn, ExitNote, type Jump, type RegionFrame } from './region-frame.ts';
import { RegisterLocals, xPlace } from './register-locals.ts';
import type { Stride } from './strides.ts';
import { WordSemantics } from './word-semantics.ts';
import { NO_WORDS, type Words, wordsAfter } from './words.ts';

const X0 = 0;
const ZERO = i64(0);
const LOCAL_GET = Op.local_get;
/** Stands where no instruction is being written. */
const NOTHING = decode(0);

export class RegionSemantics extends WordSemantics {
  readonly #frame: RegionFrame;
  readonly #registers: RegisterLocals;
  /** The instruction that is being written, and its offset from the start of the region's page. */
  #now: Decoded = NOTHING;
  #at = 0;
  /** Instructions of the block behind the present one. */
  #behind = 0;
  #mayDrop = false;
  #isInLoop = false;
  /** Accesses of the block that share a look into the TLB, and what those that were written have found. */
  #runs: readonly (Run | undefined)[] = [];
  readonly #looks = new Map<Run, Omit<SharedPage, 'offset'>>();
  #length = 0;
  /** Accesses whose page is known in the turn of a loop that is being written, by their place in it. */
  #held: ReadonlyMap<number, SharedPage> = new Map();
  /** Registers that hold words before the present instruction. */
  #words = NO_WORDS;
  /** Those of them that this block has made by arithmetic of 32 bits. */
  #made = 0;
  /** The instruction has written rd. */
  #hasResult = false;
  jumpTaken: Jump | undefined;

  /** The chase whose turns are being written. */
  #chase: Chase | undefined;

  readonly #float: FloatUnit;

  constructor(f: FunctionBuilder, calls: InstructionCalls, frame: RegionFrame, hasFloat: boolean) {
    super(f, frame.context, calls, frame);
    this.#frame = frame;
    this.#registers = new RegisterLocals(f, frame.context);
    this.#float = new FloatUnit(this, hasFloat ? f.freshLocal('i32') : undefined);
  }

  /** A new block begins: of what ran before only these words are known. */
  beginBlock(instructions: readonly Decoded[], isInLoop: boolean, words: Words): void {
    this.#words = words;
    this.#made = 0;
    this.#runs = accessRuns(instructions);
    this.#held = new Map();
    this.#chase = undefined;
    this.#looks.clear();
    this.#length = instructions.length;
    this.#isInLoop = isInLoop;
    this.#float.forget();
  }

  /** A turn of a loop begins, behind one that was written before, with pages that are known for some of its accesses. */
  beginTurn(length: number, held: ReadonlyMap<number, SharedPage>, words: Words, chase?: Chase): void {
    this.#words = words;
    this.#made = 0;
    this.#runs = [];
    this.#looks.clear();
    this.#length = length;
    this.#held = held;
    this.#chase = chase;
    // In turns of a chase no page is kept.
    this.#isInLoop = chase === undefined;
  }

  /** Asks whether the pages of these registers' loads were given up; `then` is written where they were. */
  whereGivenUp(registers: readonly number[], then: (chase: Chase) => void): void {
    const chase = new Chase(this.f, registers, (register) => this.#readX(register));
    this.f.if(chase.isGivenUp(this.#frame.pageCaches), () => {
      chase.begin();
      then(chase);
    });
  }

  /**
   * Looks for the page of a stride's accesses in the present turn.
   * @param then is written where it is there, for all of them: machine address of the page, and the first offset in it.
   */
  whereFound(stride: Stride, then: (page: Node, offset: Node) => void): void {
    const { register, shift, plus, low, high, isStore } = stride;
    const moving = this.shl(this.#readX(register), i64(shift));
    const base = plus === X0 ? moving : this.add(moving, this.#readX(plus));
    const ea = this.let(this.add(base, i64(low)));
    const { offset, host } = this.find(ea, isStore ? L.TLB_WRITE : 0);
    const isWithin = op('i32', Op.i64_le_u, offset, i64(PAGE_BYTES - (high - low)));
    this.f.likely(isWithin, () => then(host, wrap(offset)));
  }

  /** A local until the block's end. */
  local(type: 'i32' | 'i64'): Node {
    return this.scratch(type);
  }

  /**
   * Writes one instruction.
   * @param at its offset from the start of the region's page
   * @param behind how many instructions of its block come after it: fuel was taken for the whole block.
   */
  write(one: Decoded, at: number, behind: number): void {
    this.#now = one;
    this.#at = at;
    this.#behind = behind;
    this.#hasResult = false;
    this.#chase?.next(one);
    this.jumpTaken = undefined;
    if (one.row.float) this.#float.mustBeOn();
    one.row.meaning(this);
    this.#words = wordsAfter(one, this.#words);
    if (this.#mayDrop) this.#leaveIfDropped();
  }

  /** Writes instructions, the first of which is at that offset; `behind` others follow in the same block or turn. */
  writeAll(instructions: readonly Decoded[], offset: number, behind = 0): void {
    let at = offset;
    let left = behind + instructions.length;
    for (const one of instructions) {
      this.write(one, at, --left);
      at += one.length;
    }
  }

  override csr(operation: CsrOperation, operand: Node): Node {
    const csr = CSRS[csrPlaceOf(this.#now)] as Csr;
    if (this.#frame.mode === 1 && isInPlace(csr)) return this.#csrInPlace(csr, operation, operand);
    const old = super.csr(operation, operand);
    this.floatModeChanged();
    return old;
  }

  /** Of a CSR that is written in place: `writeInPlace` looks at these, and at no others. */
  override effect(effect: Effect): void {
    if (effect !== 'interrupts' && effect !== 'translation')
      throw new Error(`${effect} is not looked at in place`);
  }

  #csrInPlace(csr: Csr, operation: CsrOperation, operand: Node): Node {
    const given = this.let(operand);
    const old = this.let(csr.read(this));
    if (!writesCsr(this.#now.word)) return old;
    const isOver = writeInPlace(this, csr, this.csrValue(operation, old, given));
    this.#float.forget();
    this.f.unlikely(isOver, () => {
      this.rd(old);
      this.set('pc', this.next);
      this.leaveForNewMode();
    });
    return old;
  }

  /** Loads registers from the context, and what is kept beside them. */
  reload(registers: Registers): void {
    this.floatModeChanged();
    this.#registers.reload(registers);
  }

  /** Stores registers to the context. */
  spill(registers: Registers): void {
    this.#registers.spill(registers);
  }

  get rs1(): Node {
    return this.#readX(this.#now.rs1);
  }
  get rs2(): Node {
    return this.#readX(this.#now.rs2);
  }
  get imm(): Node {
    return i64(this.#now.imm);
  }
  get f1(): Node {
    return reinterpretAsI64(this.#registers.f(this.#now.rs1));
  }
  get f2(): Node {
    return reinterpretAsI64(this.#registers.f(this.#now.rs2));
  }
  get f3(): Node {
    return reinterpretAsI64(this.#registers.f(this.#now.rs3));
  }
  get pc(): Node {
    return addressIn(this.#frame.page, this.#at);
  }
  get next(): Node {
    return addressIn(this.#frame.page, this.#at + this.#now.length);
  }

  rd(value: Node): void {
    const { rd } = this.#now;
    // A load into x0 has trapped or not by now; other values have no effect.
    if (rd === X0) return;
    const isMade = value.op === Op.i64_extend_i32_s || this.isWord(value, true);
    this.f.set(this.#registers.x(rd), value);
    this.#made = isMade ? this.#made | (1 << rd) : this.#made & ~(1 << rd);
    this.#hasResult = true;
    this.#chase?.written(rd);
  }

  override fd(value: Node): void {
    this.writeF(value);
    this.#float.setDirty();
  }

  branch(condition: Node, target: Node): void {
    this.jumpTaken = { condition, target };
  }
  jump(target: Node): void {
    this.jumpTaken = { target: this.let(target) };
  }

  protected get bank(): Node {
    return this.#frame.bank;
  }
  protected override sharedPage(): SharedPage | undefined {
    const place = this.#length - 1 - this.#behind;
    const held = this.#held.get(place);
    if (held) return held;
    const run = this.#runs[place];
    if (!run) return undefined;
    let found = this.#looks.get(run);
    if (!found) {
      const address = this.add(this.#readX(run.register), i64(run.low));
      found = this.look(address, run.high - run.low, run.isStore ? L.TLB_WRITE : 0);
      this.#looks.set(run, found);
    }
    return { ...found, offset: this.#now.imm - run.low };
  }
  protected override get fuelLeft(): Node {
    return this.#frame.fuel;
  }
  protected override pageCache(): PageCache | undefined {
    const key = this.#isInLoop ? cacheKey(this.#now) : undefined;
    return key === undefined ? undefined : this.#frame.pageCaches.get(key);
  }
  protected override get loadedMiddle(): Node | undefined {
    return this.#chase?.loaded;
  }
  protected override get baseMiddle(): Node | undefined {
    return this.#chase?.base;
  }
  protected get rm(): Node {
    return i32(this.#now.rm);
  }
  protected get stepsBefore(): Node {
    const left = op('i32', Op.i32_add, this.#frame.fuel, i32(this.#behind + 1));
    return this.sub(this.get('stepsEnd'), extendUnsigned(left));
  }
  protected get csrPlace(): Node {
    return i32(csrPlaceOf(this.#now));
  }
  protected get csrIsWritten(): Node {
    return i32(writesCsr(this.#now.word) ? 1 : 0);
  }
  protected get isStoreLoadFence(): Node {
    return i32(isStoreLoadFence(this.#now.word) ? 1 : 0);
  }
  protected get namesRs1(): Node {
    return i32(this.#now.rs1);
  }
  protected get namesRs2(): Node {
    return i32(this.#now.rs2);
  }

  protected writeF(value: Node): void {
    const { rd } = this.#now;
    this.f.set(this.#registers.f(rd), reinterpretAsF64(value));
  }

  protected isWord(a: Node, isMade: boolean): boolean {
    if (a.op !== LOCAL_GET) return false;
    const words = isMade ? this.#made : this.#words;
    return this.#isWordIn(this.#now.rs1, a, words) || this.#isWordIn(this.#now.rs2, a, words);
  }

  #isWordIn(register: number, a: Node, words: Words): boolean {
    return register !== X0 && (words & (1 << register)) !== 0 && this.#registers.isX(register, a);
  }

  protected saveState(): void {
    this.set('pc', this.pc);
  }
  /** Only where a function of the core was called, which is out of the way already. */
  protected checkEvent(): void {
    this.#noteExit(this.#behind);
    this.f.brIf(this.#frame.event, this.get32('exit'));
  }
  /** The instruction's own step stays taken; those behind it are given back. */
  protected leaveForEvent(): void {
    this.#noteExit(this.#behind);
    this.f.br(this.#frame.event);
  }
  /** Exits give back the step of an instruction that was not done; this one was. */
  protected leaveRun(reason: ExitReason): void {
    this.#storeResult();
    this.set32('exit', i32(reason + Event.FirstExit));
    this.#noteExit(this.#behind - 1);
    this.f.br(this.#frame.event);
  }
  /** Interrupts are looked at in any case: none can be pending where nothing has enabled it. */
  protected leaveForNewMode(): void {
    this.#storeResult();
    this.set32('exit', i32(Event.NewMode));
    this.leaveForEvent();
  }

  /** Stores to code leave the region when that dropped translated code, which may be this one; pc and steps have been noted. */
  protected override afterStoreMiss(): void {
    this.f.brIf(this.#frame.dropped, this.#isDropped());
  }
  protected override afterAtomic(): void {
    this.#mayDrop = true;
  }

  protected override get floatLimit(): Node | undefined {
    return this.#float.limit;
  }
  protected override floatModeChanged(): void {
    this.#float.modeChanged();
  }

  protected override markFloatDirty(): void {
    this.#float.setDirty();
  }

  #readX(register: number): Node {
    return register === X0 ? ZERO : this.#registers.x(register);
  }

  /** What the ways out of the region need to know of the instruction: see ExitNote. @param steps - may be -1 */
  #noteExit(steps: number): void {
    this.f.set(this.#frame.note, i32((steps << ExitNote.stepsShift) | this.#now.length));
  }

  #isDropped(): Node {
    return load('i32', Op.i32_load, globalGet('i32', DROPPED_GLOBAL));
  }

  /** Where `frame.dropped` leads: the store is done, the rest is the interpreter's. */
  leaveBehindStore(): void {
    const length = op('i32', Op.i32_and, this.#frame.note, i32(ExitNote.lengthMask));
    this.set('pc', this.add(this.get('pc'), extendUnsigned(length)));
    this.set32('exit', i32(Event.NewMode));
  }

  /** The result of an instruction that leaves by an event although it is done. */
  #storeResult(): void {
    if (!this.#hasResult) return;
    const { rd } = this.#now;
    this.f.store(Op.i64_store, this.context, xPlace(rd), this.#registers.x(rd));
  }

  #leaveIfDropped(): void {
    this.#mayDrop = false;
    this.f.unlikely(this.#isDropped(), () => {
      this.set('pc', this.next);
      this.leaveForNewMode();
    });
  }
}

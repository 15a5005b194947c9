/** Arithmetic inside the core's own functions, where effects and counters are given by the caller. */
import { TIME_SHIFT } from '../hart/context.ts';
import type { Effect } from '../isa/semantics.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import { i64, type Node, op } from '../wasm/node.ts';
import { Op } from '../wasm/opcodes.ts';
import { WasmArithmetic } from './arithmetic.ts';
import { type Core, callCore, EffectBit } from './core-functions.ts';

export class CoreSemantics extends WasmArithmetic {
  readonly core: Core;
  /** Bits of EffectBit that the meaning written so far asks for. */
  effects = 0;
  readonly #stepsBefore: Node | undefined;

  /** @param stepsBefore i64: steps before the instruction that calls, where counters may be read. */
  constructor(f: FunctionBuilder, core: Core, stepsBefore?: Node) {
    super(f, f.param(0), { mulhu: core.index.mulhu });
    this.core = core;
    this.#stepsBefore = stepsBefore;
  }

  effect(effect: Effect): void {
    this.effects |= EffectBit[effect];
    if (effect === 'address-space') this.#changeAddressSpace();
  }

  /** Global entries stay, but in Bare there are none. Source: Privileged ISA 20241017 §10.1.11. */
  #changeAddressSpace(): void {
    const isTranslated = this.ne(this.shr(this.get('satp'), i64(60n)), i64(0n));
    this.f.call(this.core.index.flush, [this.context, isTranslated]);
  }

  retired(): Node {
    return this.sub(this.#steps(), this.get('traps'));
  }

  time(): Node {
    const fromSteps = () => this.add(this.shr(this.#steps(), i64(TIME_SHIFT)), this.get('timeOffset'));
    const ticks = () => op('i64', Op.i64_trunc_sat_f64_u, callCore(this.core, 'clock'));
    const fromClock = () => this.add(ticks(), this.get('timeOffset'));
    return this.f.ifElse('i64', this.get32('timeMode'), fromSteps, fromClock);
  }

  /** Returns the value when the condition holds. */
  returnIf(condition: Node, ...values: Node[]): void {
    this.f.if(condition, () => this.f.return(...values));
  }

  call(name: Parameters<typeof callCore>[1], ...args: Node[]): Node {
    return callCore(this.core, name, this.context, ...args);
  }

  do(name: keyof Core['index'], ...args: Node[]): void {
    this.f.call(this.core.index[name], [this.context, ...args]);
  }

  #steps(): Node {
    if (!this.#stepsBefore) throw new Error('this function knows no step count');
    return this.#stepsBefore;
  }
}

/** The guest's registers in a region: each that it uses is a local, which is loaded from the context and stored there. */
import { F_REGISTERS, X_REGISTERS } from '../hart/context.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import type { Node } from '../wasm/node.ts';
import { Op } from '../wasm/opcodes.ts';
import type { Registers } from './liveness.ts';

export const xPlace = (register: number): number => X_REGISTERS + register * 8;
/** Of a set's registers. */
const lowest = (set: number): number => 31 - Math.clz32(set & -set);
const fPlace = (register: number): number => F_REGISTERS + register * 8;

export class RegisterLocals {
  readonly #f: FunctionBuilder;
  readonly #context: Node;
  readonly #xs: (Node | undefined)[] = Array.from({ length: 32 });
  readonly #fs: (Node | undefined)[] = Array.from({ length: 32 });

  constructor(f: FunctionBuilder, context: Node) {
    this.#f = f;
    this.#context = context;
  }

  /** i64. */
  x(register: number): Node {
    return this.#local(this.#xs, register, 'i64');
  }

  /** f64. */
  f(register: number): Node {
    return this.#local(this.#fs, register, 'f64');
  }

  /** Whether a value is that register as it stands. */
  isX(register: number, value: Node): boolean {
    return this.#xs[register] === value;
  }

  /** Loads registers from the context. */
  reload({ x, f }: Registers): void {
    for (let rest = x; rest !== 0; rest &= rest - 1) {
      const register = lowest(rest);
      this.#f.loadLocal(this.x(register), Op.i64_load, this.#context, xPlace(register));
    }
    for (let rest = f; rest !== 0; rest &= rest - 1) {
      const register = lowest(rest);
      this.#f.loadLocal(this.f(register), Op.f64_load, this.#context, fPlace(register));
    }
  }

  /** Stores registers to the context. */
  spill({ x, f }: Registers): void {
    for (let rest = x; rest !== 0; rest &= rest - 1) {
      const register = lowest(rest);
      this.#f.storeLocal(Op.i64_store, this.#context, xPlace(register), this.x(register));
    }
    for (let rest = f; rest !== 0; rest &= rest - 1) {
      const register = lowest(rest);
      this.#f.storeLocal(Op.f64_store, this.#context, fPlace(register), this.f(register));
    }
  }

  #local(locals: (Node | undefined)[], register: number, type: 'i64' | 'f64'): Node {
    const known = locals[register];
    if (known) return known;
    const local = this.#f.freshLocal(type);
    locals[register] = local;
    return local;
  }
}

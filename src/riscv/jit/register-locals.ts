/** The guest's registers in a region: each that it uses is a local, which is loaded from the context and stored there. */
import { F_REGISTERS, X_REGISTERS } from '../hart/context.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import { load, type Node } from '../wasm/node.ts';
import { Op } from '../wasm/opcodes.ts';
import { members, type Registers } from './liveness.ts';

export const xPlace = (register: number): number => X_REGISTERS + register * 8;
const fPlace = (register: number): number => F_REGISTERS + register * 8;

export class RegisterLocals {
  readonly #f: FunctionBuilder;
  readonly #context: Node;
  readonly #xs = new Map<number, Node>();
  readonly #fs = new Map<number, Node>();

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
    return this.#xs.get(register) === value;
  }

  /** Loads registers from the context. */
  reload({ x, f }: Registers): void {
    for (const register of members(x)) {
      this.#f.set(this.x(register), load('i64', Op.i64_load, this.#context, xPlace(register)));
    }
    for (const register of members(f)) {
      this.#f.set(this.f(register), load('f64', Op.f64_load, this.#context, fPlace(register)));
    }
  }

  /** Stores registers to the context. */
  spill({ x, f }: Registers): void {
    for (const register of members(x)) {
      this.#f.store(Op.i64_store, this.#context, xPlace(register), this.x(register));
    }
    for (const register of members(f)) {
      this.#f.store(Op.f64_store, this.#context, fPlace(register), this.f(register));
    }
  }

  #local(locals: Map<number, Node>, register: number, type: 'i64' | 'f64'): Node {
    const known = locals.get(register);
    if (known) return known;
    const local = this.#f.freshLocal(type);
    locals.set(register, local);
    return local;
  }
}

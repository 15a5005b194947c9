/** What a region knows of the hart's floating-point unit while it is written: on or off, dirty, rounding. */
import { EXPONENT_LIMIT } from '../core/float.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import { i32, type Node, op } from '../wasm/node.ts';
import { Op } from '../wasm/opcodes.ts';

/** What is needed of who writes the instructions. */
interface Writer {
  readonly f: FunctionBuilder;
  get32(field: 'fcsr' | 'fs'): Node;
  set32(field: 'fs', value: Node): void;
  illegal(): void;
}

export class FloatUnit {
  readonly #writer: Writer;
  /** i32 local, see floatLimit; absent where the region has no floating point. */
  readonly limit: Node | undefined;
  /** sstatus.FS was seen on in this block; was set to dirty in it. */
  #isOn = false;
  #isDirty = false;

  constructor(writer: Writer, limit: Node | undefined) {
    this.#writer = writer;
    this.limit = limit;
  }

  /** A block begins, or sstatus was written. */
  forget(): void {
    [this.#isOn, this.#isDirty] = [false, false];
  }

  /** An instruction of this unit is illegal while it is off. */
  mustBeOn(): void {
    if (this.#isOn) return;
    const { f } = this.#writer;
    f.unlikely(op('i32', Op.i32_eqz, this.#writer.get32('fs')), () => this.#writer.illegal());
    this.#isOn = true;
  }

  setDirty(): void {
    if (this.#isDirty) return;
    this.#writer.set32('fs', i32(3));
    this.#isDirty = true;
  }

  /** fcsr may be another. */
  modeChanged(): void {
    if (!this.limit) return;
    const mode = op('i32', Op.i32_and, this.#writer.get32('fcsr'), i32(0xe1));
    const isNearestAndInexact = op('i32', Op.i32_eq, mode, i32(1));
    this.#writer.f.set(this.limit, op('i32', Op.select, i32(EXPONENT_LIMIT), i32(0), isNearestAndInexact));
  }
}

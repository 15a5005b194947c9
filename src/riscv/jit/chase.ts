/**
 * Turns of a loop that chases pointers over pages in any order: for when its page caches were given up. What a load has to wait for is
 * then the TLB's entry of the pointer that was loaded before it, so that entry is chosen by what is loaded beside the pointer.
 */
import { isNearBase, middleOf } from '../core/page-cache.ts';
import { GIVEN_UP_SLOTS } from '../core/reach.ts';
import type { Decoded } from '../isa/decode.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import { i64, type Node, op } from '../wasm/node.ts';
import { Op } from '../wasm/opcodes.ts';
import { accessOf, writesX } from './access-runs.ts';
import { keyOf, type PageCaches } from './page-caches.ts';

export class Chase {
  readonly #f: FunctionBuilder;
  readonly #readX: (register: number) => Node;
  /** By register, see middleOf. */
  readonly #middles: ReadonlyMap<number, Node>;
  #one: Decoded | undefined;
  /** Whether the present instruction has loaded the middle of its rd. */
  #isLoaded = false;

  constructor(f: FunctionBuilder, registers: readonly number[], readX: (register: number) => Node) {
    this.#f = f;
    this.#readX = readX;
    this.#middles = new Map(registers.map((register) => [register, f.freshLocal('i32')]));
  }

  /** i32: whether no page of these registers' loads is kept any more. */
  isGivenUp(caches: PageCaches): Node {
    return [...this.#middles.keys()]
      .map((register) => caches.get(keyOf(register, 'load'))?.limit ?? i64(0n))
      .map((limit) => op('i32', Op.i64_eq, limit, i64(BigInt(GIVEN_UP_SLOTS))))
      .reduce((a, b) => op('i32', Op.i32_and, a, b));
  }

  /** In front of the first turn. */
  begin(): void {
    for (const register of this.#middles.keys()) this.#set(register);
  }

  /** An instruction of a turn is written. */
  next(one: Decoded): void {
    this.#one = one;
    this.#isLoaded = false;
  }

  /** The middle of what it loads; whoever asks sets it. */
  get loaded(): Node | undefined {
    const middle = this.#one && writesX(this.#one) ? this.#middles.get(this.#one.rd) : undefined;
    this.#isLoaded = middle !== undefined;
    return middle;
  }

  /** The middle of its access's base register, when the access is near it. */
  get base(): Node | undefined {
    const one = this.#one;
    return one && accessOf(one) && isNearBase(one.imm) ? this.#middles.get(one.rs1) : undefined;
  }

  /** A register was written. */
  written(register: number): void {
    if (!this.#isLoaded) this.#set(register);
  }

  #set(register: number): void {
    const middle = this.#middles.get(register);
    if (middle) this.#f.set(middle, middleOf(this.#readX(register)));
  }
}

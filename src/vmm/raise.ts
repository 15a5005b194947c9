/** An exception that the machine around the engine raises: an access to an address where nothing answers. */

import type { GuestMap } from '#kernel';
import {
  BigintArithmetic,
  type CauseCode,
  type Context,
  decode,
  enterTrap,
  type FieldName,
  MAX_TRAPS_IN_ROW,
  type State,
} from '#riscv';
import { instructionAt } from './virtual-view.ts';

/** A hart between runs, in the vocabulary of instruction meanings. */
class HartBetweenRuns extends BigintArithmetic implements State<bigint> {
  readonly #context: Context;

  constructor(context: Context) {
    super();
    this.#context = context;
  }

  get(field: FieldName): bigint {
    return this.#context.get(field);
  }
  set(field: FieldName, value: bigint): void {
    this.#context.set(field, value);
  }
  time(): bigint {
    throw new TypeError('entering a trap does not look at the time');
  }
  retired(): bigint {
    return this.get('stepsEnd') - this.get('traps');
  }
  /** The engine looks at everything anew when it runs again. */
  effect(): void {}
}

/**
 * Makes the load or store that left the run trap, which is a step. Source: Privileged ISA 20241017 §10.1.9.
 * @returns whether the hart can go on; not when it traps at the same place again and again.
 */
export function raise(context: Context, map: GuestMap, cause: CauseCode): boolean {
  const hart = new HartBetweenRuns(context);
  const pc = context.get('pc');
  const value = accessedAddress(context, map);
  if (context.get32('mode') === 1 && countTrap(context, pc) > MAX_TRAPS_IN_ROW) {
    context.set('faultCause', BigInt(cause));
    context.set('faultAddress', value);
    return false;
  }
  context.set('pc', enterTrap(hart, pc, BigInt(cause), value));
  context.set('stepsEnd', context.get('stepsEnd') + 1n);
  return true;
}

/** The virtual address of the load or store at pc: its base register and offset. */
function accessedAddress(context: Context, map: GuestMap): bigint {
  const word = instructionAt(context, map, context.get('pc'));
  if (word === undefined) return context.get('exitAddress');
  const { rs1, imm } = decode(word);
  return BigInt.asUintN(64, context.x(rs1) + BigInt(imm));
}

/** How often S-mode trapped at this pc without an SRET between, this one counted. */
function countTrap(context: Context, pc: bigint): number {
  const inRow = context.get('lastTrapPc') === pc ? context.get32('trapsInRow') + 1 : 1;
  context.set32('trapsInRow', inRow);
  context.set('lastTrapPc', pc);
  return inRow;
}

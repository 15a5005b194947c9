/** An exception that the machine around the engine raises: an access to an address where nothing answers. */
import {
  BigintArithmetic,
  type CauseCode,
  type Context,
  enterTrap,
  type FieldName,
  MAX_TRAPS_IN_ROW,
  type State,
} from '#riscv';

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
 * Makes the load or store that left the run trap, which is a step. stval is the address without translation, else 0,
 * as the specification allows: the virtual address is not known here. Source: Privileged ISA 20241017 §10.1.9.
 * @returns whether the hart can go on; not when it traps at the same place again and again.
 */
export function raise(context: Context, cause: CauseCode): boolean {
  const hart = new HartBetweenRuns(context);
  const pc = context.get('pc');
  const value = context.get('satp') === 0n ? context.get('exitAddress') : 0n;
  if (context.get32('mode') === 1 && countTrap(context, pc) > MAX_TRAPS_IN_ROW) {
    context.set('faultCause', BigInt(cause));
    context.set('faultAddress', context.get('exitAddress'));
    return false;
  }
  context.set('pc', enterTrap(hart, pc, BigInt(cause), value));
  context.set('stepsEnd', context.get('stepsEnd') + 1n);
  return true;
}

/** How often S-mode trapped at this pc without an SRET between, this one counted. */
function countTrap(context: Context, pc: bigint): number {
  const inRow = context.get('lastTrapPc') === pc ? context.get32('trapsInRow') + 1 : 1;
  context.set32('trapsInRow', inRow);
  context.set('lastTrapPc', pc);
  return inRow;
}

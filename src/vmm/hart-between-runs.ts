/** A hart between runs in the vocabulary of instruction meanings: traps and CSRs, done from outside the engine. */
import { BigintArithmetic, type Context, type FieldName, type State } from '#riscv';

export class HartBetweenRuns extends BigintArithmetic implements State<bigint> {
  readonly #context: Context;
  readonly #time: () => bigint;

  /** @param time - what `rdtime` reads; only CSR reads look at it */
  constructor(context: Context, time: () => bigint) {
    super();
    this.#context = context;
    this.#time = time;
  }

  get(field: FieldName): bigint {
    return this.#context.get(field);
  }
  set(field: FieldName, value: bigint): void {
    this.#context.set(field, value);
  }
  time(): bigint {
    return this.#time();
  }
  retired(): bigint {
    return this.get('stepsEnd') - this.get('traps');
  }
  /** The engine looks at everything anew when it runs again. */
  effect(): void {}
}

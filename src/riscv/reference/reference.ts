/** The reference back end: slow, obviously right; what interpreter and JIT are held against. */
import { Context } from '../hart/context.ts';
import type { Engine, ExitReason } from '../hart/exit.ts';
import { Exit, MAX_TRAPS_IN_ROW } from '../hart/exit.ts';
import type { Stops } from '../hart/stops.ts';
import type { Decoded } from '../isa/decode.ts';
import { decode } from '../isa/decode.ts';
import { enterTrap, pendingInterrupt } from '../isa/privileged.ts';
import type { Clock } from './hart.ts';
import { ReferenceHart } from './hart.ts';
import { Leave, Trap } from './leave.ts';

export class Reference implements Engine {
  readonly name = 'reference';
  /** Never asked: each access ends its run. */
  devices: Engine['devices'];
  providePage: Engine['providePage'];
  readonly #memory: ArrayBufferLike;
  readonly #clock: Clock;
  #fuel = 0;
  #stops: Stops | undefined;

  /** @param memory machine memory; contexts, page maps and pages are in it. */
  constructor(memory: ArrayBufferLike, clock: Clock) {
    this.#memory = memory;
    this.#clock = clock;
  }

  run(address: number, budget: number): ExitReason {
    const context = new Context(this.#memory, address);
    const hart = new ReferenceHart(this.#memory, context, this.#clock, this.#stops);
    context.set('stepsEnd', context.get('stepsEnd') + BigInt(budget));
    this.#fuel = budget;
    hart.interruptsChanged = context.get32('exitReady') === 0;
    const exit = this.#steps(hart);
    context.set('stepsEnd', context.get('stepsEnd') - BigInt(this.#fuel));
    context.set32('exit', exit);
    return exit;
  }

  fuelLeft(): number {
    return this.#fuel;
  }

  /** Nothing is kept of translations or code. */
  flushTranslations(): void {}
  fenceCode(): void {}
  dropCode(): void {}

  setStops(stops: Stops | undefined): void {
    this.#stops = stops;
  }

  #steps(hart: ReferenceHart): ExitReason {
    let exit: ExitReason | undefined;
    while (this.#fuel > 0 && exit === undefined) {
      if (!this.#takeInterrupt(hart)) exit = this.#step(hart);
    }
    return exit ?? Exit.Budget;
  }

  /** A taken interrupt is a step. */
  #takeInterrupt(hart: ReferenceHart): boolean {
    if (!hart.interruptsChanged) return false;
    hart.interruptsChanged = false;
    const cause = pendingInterrupt(hart);
    if (cause === 0n) return false;
    hart.set('pc', enterTrap(hart, hart.get('pc'), cause, 0n));
    this.#fuel--;
    return true;
  }

  #step(hart: ReferenceHart): ExitReason | undefined {
    hart.steps = hart.get('stepsEnd') - BigInt(this.#fuel);
    if (this.#isStop(hart.context)) return Exit.Breakpoint;
    try {
      hart.execute(fetch(hart));
    } catch (left) {
      if (left instanceof Leave) return left.exit;
      if (left instanceof Trap) return this.#trap(hart, left);
      throw left;
    }
    hart.set('pc', hart.target);
    this.#fuel--;
    return hart.exit;
  }

  #isStop(context: Context): boolean {
    const pc = context.get('pc');
    return this.#stops?.breakpoints.has(pc) === true && this.#stops.atBreakpoint(context.address, pc);
  }

  #trap(hart: ReferenceHart, trap: Trap): ExitReason | undefined {
    const pc = hart.get('pc');
    const cause = BigInt(trap.cause);
    if (hart.get('mode') !== 0n && countTraps(hart, pc) > MAX_TRAPS_IN_ROW) {
      hart.set('faultCause', cause);
      hart.set('faultAddress', trap.value);
      return Exit.Fault;
    }
    hart.set('pc', enterTrap(hart, pc, cause, trap.value));
    this.#fuel--;
    return undefined;
  }
}

/** The instruction at pc; its second half may be on another page. */
function fetch(hart: ReferenceHart): Decoded {
  const pc = hart.get('pc');
  const low = hart.memory.fetch(pc);
  if ((low & 3) !== 3) return decode(low);
  return decode(low | (hart.memory.fetch(hart.add(pc, 2n)) << 16));
}

/** How often S-mode trapped at this pc without an SRET between, this one counted. */
function countTraps(hart: ReferenceHart, pc: bigint): bigint {
  const inRow = hart.get('lastTrapPc') === pc ? hart.get('trapsInRow') + 1n : 1n;
  hart.set('trapsInRow', inRow);
  hart.set('lastTrapPc', pc);
  return inRow;
}

/** What tests of code that is found again begin with: a loop over two pages, random programs on three engines. */
import assert from 'node:assert/strict';
import { SeededRandom } from '#lib';
import type { Jit } from '../jit/jit.ts';
import { RAM, TestHart } from './hart.ts';
import { randomProgram, randomTables } from './random-program.ts';

const [T0, A0] = [5, 10];
export const PAGE = 4096n;
/** Arrivals after which nothing is ever translated. */
export const NEVER = 65_535;
const STEPS = 3000;
const SEEDS = 15;

/** A hart whose engine translates. */
export type JitHart = TestHart & { readonly engine: Jit };

/** A loop of `rounds` that adds 1 to a0, and jumps on to the next page to go round, where it adds `step`. */
export function loop(hart: TestHart, rounds: bigint, step = 1): void {
  hart.program(RAM + PAGE - 12n, (asm) => {
    asm.label('loop').emit('addi', { rd: A0, rs1: A0, imm: 1 });
    asm.emit('addi', { rd: T0, rs1: T0, imm: -1 }).jump('jal', { rd: 0 }, 'next').label('next');
    asm.emit('addi', { rd: A0, rs1: A0, imm: step }).jump('bne', { rs1: T0, rs2: 0 }, 'loop').emit('ecall');
  });
  hart.context.setX(T0, rounds);
  hart.context.setX(A0, 0n);
  hart.context.set('pc', RAM + PAGE - 12n);
}

/** The loop, written anew while it runs, does from then on what was written. */
export function endsRewritten(hart: TestHart): void {
  loop(hart, 1000n);
  hart.run(1000);
  loop(hart, 1000n, 7);
  hart.run(10_000);
  assert.equal(hart.context.x(A0), 8000n);
}

/**
 * Random programs end on an engine that has code made, and on one that finds it, as on the reference.
 * @param make - for each program: the hart that has code made, and how to get the one that finds it once that has run
 * @returns steps that were done in code that was found
 */
export function endAlike(make: () => { readonly first: JitHart; readonly later: () => JitHart }): bigint {
  let steps = 0n;
  for (let seed = 1; seed <= SEEDS; seed++) {
    const { first, later } = make();
    const end = (hart: TestHart) => {
      const random = new SeededRandom(seed);
      randomProgram(hart, random);
      if (seed % 2) randomTables(hart, random);
      hart.run(STEPS);
      hart.checkCanary();
      return hart.state();
    };
    const right = end(new TestHart('reference'));
    assert.deepEqual(end(first), right, `seed ${seed}`);
    const last = later();
    const before = last.engine.regionSteps;
    assert.deepEqual(end(last), right, `seed ${seed}, in code that was found`);
    steps += last.engine.regionSteps - before;
  }
  return steps;
}

// Random programs end in the same state on every engine, in one run, in pieces, and step by step.
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { Exit } from './hart/exit.ts';
import { randomProgram, randomTables } from './testing/random-program.ts';
import { Bench } from './testing/scenario.ts';

/** More by VMK_RANDOM_PROGRAMS=…; one by VMK_SEED=…. */
const COUNT = Number(process.env['VMK_RANDOM_PROGRAMS'] ?? 60);
const FIRST = Number(process.env['VMK_SEED'] ?? 1);
const STEPS = 3000;

const benches = {
  'much room': new Bench(),
  'room for five decoded pages': new Bench({ decodedPages: 5 }),
  'regions after 7 arrivals': new Bench({ hotThreshold: 7 }),
};

for (const [name, bench] of Object.entries(benches)) {
  test(`random programs, ${name}`, () => {
    for (let seed = FIRST; seed < FIRST + COUNT; seed++) {
      bench.compare((hart) => {
        randomProgram(hart, new SeededRandom(seed));
        hart.run(STEPS);
      }, `, VMK_SEED=${seed}`);
    }
  });
}

test('random programs in pieces are the same programs', () => {
  for (let seed = FIRST; seed < FIRST + COUNT; seed++) {
    benches['much room'].compare((hart) => {
      randomProgram(hart, new SeededRandom(seed));
      // The reference runs in one piece.
      const cuts = new SeededRandom(seed + 1);
      hart.run(STEPS, hart.kind === 'reference' ? undefined : () => 1 + cuts.below(seed % 4 === 0 ? 1 : 90));
    }, `, VMK_SEED=${seed}`);
  }
});

test('random programs under page tables', () => {
  for (let seed = FIRST; seed < FIRST + COUNT; seed++) {
    benches['much room'].compare((hart) => {
      const random = new SeededRandom(seed);
      randomProgram(hart, random);
      randomTables(hart, random);
      hart.run(STEPS);
    }, `, VMK_SEED=${seed}`);
  }
});

test('random programs that are interrupted', () => {
  for (let seed = FIRST; seed < FIRST + COUNT; seed++) {
    benches['regions after 7 arrivals'].compare((hart) => {
      const random = new SeededRandom(seed);
      randomProgram(hart, random);
      if (seed % 2) randomTables(hart, random);
      hart.context.set('sie', 2n);
      hart.context.set('sstatus', hart.context.get('sstatus') | 2n);
      for (let i = 0; i < 40 && hart.run(1 + random.below(150)) === Exit.Budget; i++)
        hart.context.set('sip', 2n);
    }, `, VMK_SEED=${seed}`);
  }
});

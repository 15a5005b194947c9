// Every back end ends every case as the reference does, and as the manuals say; and a wrong engine is noticed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { program } from './conformance/program.ts';
import type { ExpectedCase, FinalState } from './conformance.ts';
import {
  differences,
  ENGINE_KINDS,
  fuzzCase,
  INTERRUPT_CASES,
  MEMORY_CASES,
  makeMachine,
  PRIVILEGED_CASES,
  Rig,
  rowCases,
  TRANSLATION_CASES,
  unexpected,
} from './conformance.ts';
import type { Engine } from './hart/exit.ts';
import { COMPRESSED, ILLEGAL, INSTRUCTIONS } from './isa/table.ts';

const SEED = 20_261_123;
const CASES_A_ROW = 50;
const FUZZ_PROGRAMS = 200;
/** rdtime. */
const READ_TIME = { rd: 10, csr: 0xc01, rs1: 0 };
/** Slices that end inside blocks; a prime, so that they end everywhere. */
const SLICE = 3;
const DIRECTED: readonly ExpectedCase[] = [
  ...PRIVILEGED_CASES,
  ...MEMORY_CASES,
  ...TRANSLATION_CASES,
  ...INTERRUPT_CASES,
];

const rigs = new Map(ENGINE_KINDS.map((kind) => [kind, new Rig(makeMachine(kind))]));
const rigOf = (kind: (typeof ENGINE_KINDS)[number]): Rig => rigs.get(kind) ?? assert.fail(kind);
const reference = rigOf('reference');

function assertSame(expected: FinalState, found: FinalState, what: string): void {
  assert.deepEqual(differences(expected, found), [], what);
}

for (const kind of ENGINE_KINDS) {
  test(`${kind}: traps, interrupts, CSRs and translation as the manuals say`, () => {
    for (const one of DIRECTED) assert.deepEqual(unexpected(one, rigOf(kind).run(one)), [], one.name);
  });

  test(`${kind}: where the slices of a run end makes no difference`, () => {
    for (const one of DIRECTED.filter(({ budget }) => budget < 1000)) {
      assertSame(reference.run(one), rigOf(kind).run(one, SLICE), one.name);
    }
  });
}

for (const kind of ENGINE_KINDS.filter((kind) => kind !== 'reference')) {
  test(`${kind}: directed cases end exactly as on the reference`, () => {
    for (const one of DIRECTED) assertSame(reference.run(one), rigOf(kind).run(one), one.name);
  });

  test(`${kind}: each instruction with ${CASES_A_ROW} seeded operands as the reference`, () => {
    const random = new SeededRandom(SEED);
    for (const row of [...INSTRUCTIONS, ...COMPRESSED].filter((row) => row !== ILLEGAL)) {
      for (const one of rowCases(row, random, CASES_A_ROW)) {
        assertSame(reference.run(one), rigOf(kind).run(one), `${one.name}, seed ${SEED}`);
      }
    }
  });
}

for (const kind of ENGINE_KINDS) {
  test(`${kind}: programs of any instructions end as on the reference`, () => {
    for (let seed = 1; seed <= FUZZ_PROGRAMS; seed++) {
      const one = fuzzCase(new SeededRandom(seed));
      const expected = reference.run(one);
      assertSame(expected, rigOf(kind).run(one), `seed ${seed}`);
    }
  });

  test(`${kind}: time comes from the clock unless it comes from steps`, () => {
    const rig = new Rig(makeMachine(kind, () => 123_456_789));
    const one = program('rdtime', (code) => code.emit('csrrs', READ_TIME), {});
    assert.equal(rig.run(one).x[10], 123_456_789n);
  });
}

test('rowCases: the same seed gives the same cases', () => {
  const [row] = INSTRUCTIONS;
  assert.ok(row);
  assert.deepEqual(rowCases(row, new SeededRandom(5)), rowCases(row, new SeededRandom(5)));
});

test('Rig: an engine that loses a register, a byte or a step is noticed', () => {
  const one = MEMORY_CASES.find(({ name }) => name === 'device store leaves once') ?? assert.fail();
  const expected = reference.run(one);
  const machine = makeMachine('reference');
  const broken = (spoil: (view: DataView) => void): Engine => ({
    name: 'reference',
    run(context, budget) {
      const exit = machine.engine.run(context, budget);
      spoil(new DataView(machine.memory));
      return exit;
    },
    fuelLeft: () => machine.engine.fuelLeft(),
    flushTranslations: () => undefined,
    fenceCode: () => undefined,
    dropCode: () => undefined,
    setStops: () => undefined,
    devices: undefined,
    providePage: undefined,
  });
  const found = (spoil: (view: DataView) => void): string =>
    differences(expected, new Rig({ ...machine, engine: broken(spoil) }).run(one)).join();
  assert.match(
    found((view) => view.setUint8(machine.context + 31 * 8, 1)),
    /^x31: expected 0x0, found 0x1$/,
  );
  assert.match(
    found((view) => view.setUint8(machine.pages, 0xaa)),
    /^RAM at 0x8000f000/,
  );
  assert.equal(
    found(() => undefined),
    '',
  );
});

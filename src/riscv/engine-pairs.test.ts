// Instructions that one handler does together: every engine does them as two, in steps, traps, code that changes, breakpoints.
import assert from 'node:assert/strict';
import { SeededRandom } from '#lib';
import { Exit } from './hart/exit.ts';
import { PAIRS } from './interpreter/pairs.ts';
import { decode } from './isa/decode.ts';
import { encode } from './isa/encode.ts';
import { COMPRESSED, INSTRUCTIONS } from './isa/table.ts';
import { RAM, type TestHart } from './testing/hart.ts';
import { Bench } from './testing/scenario.ts';

const bench = new Bench();
const [A0, A1] = [10, 11];
const DATA = RAM + 0x8000n;
const HANDLER = RAM + 0x3000n;
const TURNS = 24;

/** A random word of a row, as 'addi.2' names it. */
function wordOf(name: string, random: SeededRandom): number {
  const [row = '', bytes] = name.split('.');
  const forms =
    bytes === '2'
      ? COMPRESSED.filter(({ expandsTo }) => expandsTo.name === row)
      : INSTRUCTIONS.filter((one) => one.name === row);
  for (;;) {
    const { mask, match } = forms[random.nextU32() % forms.length] as (typeof forms)[number];
    const word = ((random.nextU32() & ~mask) | match) >>> 0;
    if (decode(word).row.name === row) return bytes === '2' ? word & 0xffff : word;
  }
}

/** Registers point to data, so that most accesses find some; what traps ends the run. */
function prepare(hart: TestHart, random: SeededRandom): void {
  for (let x = 1; x < 32; x++) hart.context.setX(x, DATA + BigInt(random.nextU32() & 0xff8));
  hart.program(HANDLER, (asm) => asm.emit('ecall'));
  hart.context.set('stvec', HANDLER);
}

for (const [first, seconds] of PAIRS) {
  for (const second of seconds.split(' ')) {
    bench.test(`${first} and ${second} do what they do one by one, however runs are cut`, (hart) => {
      const random = new SeededRandom(first.length * 31 + second.length);
      for (let turn = 0; turn < TURNS; turn++) {
        hart.context.set('pc', RAM);
        prepare(hart, random);
        hart.program(RAM, (asm) => {
          for (const name of [first, second]) asm.word(wordOf(name, random), name.endsWith('2') ? 2 : 4);
          asm.emit('ecall');
        });
        hart.run(20, () => (turn % 2 === 0 ? 1 : 20));
        hart.events.push(`turn ${turn} steps ${hart.context.get('stepsEnd')} pc ${hart.context.get('pc')}`);
      }
    });
  }
}

const ADD_TWO = [encode('addi', { rd: A0, rs1: A0, imm: 1 }), encode('addi', { rd: A1, rs1: A1, imm: 1 })];

/** Two instructions that are done together, at RAM; one turn of them. */
function twoAdds(hart: TestHart): void {
  hart.program(RAM, (asm) => {
    for (const word of ADD_TWO) asm.word(word);
    asm.emit('ecall');
  });
}
const turn = (hart: TestHart): void => {
  hart.context.set('pc', RAM);
  assert.equal(hart.run(10), Exit.Sbi);
};

for (const [name, offset, word] of [
  ['the second', 4n, encode('addi', { rd: A1, rs1: A1, imm: 16 })],
  ['its upper half', 6n, encode('addi', { rd: A1, rs1: A1, imm: 16 }) >>> 16],
  ['the first', 0n, encode('addi', { rd: A1, rs1: A1, imm: 15 })],
] as const) {
  bench.test(`${name} of two that are done together is written`, (hart) => {
    twoAdds(hart);
    turn(hart);
    const bytes =
      offset === 6n ? [word & 0xff, word >>> 8] : [0, 8, 16, 24].map((by) => (word >>> by) & 0xff);
    hart.write(RAM + offset, bytes);
    turn(hart);
    assert.equal(hart.context.x(A1), 17n);
  });
}

bench.test('a breakpoint at the second of two that are done together', (hart) => {
  twoAdds(hart);
  turn(hart);
  const breakpoints = new Set([RAM + 4n]);
  hart.engine.setStops({ breakpoints, watched: [], atBreakpoint: () => true, atAccess: () => true });
  hart.context.set('pc', RAM);
  assert.equal(hart.run(10), Exit.Breakpoint);
  assert.deepEqual([hart.context.get('pc'), hart.context.x(A0), hart.context.x(A1)], [RAM + 4n, 2n, 1n]);
  hart.engine.setStops(undefined);
  turn(hart);
  assert.deepEqual([hart.context.x(A0), hart.context.x(A1)], [3n, 2n]);
});

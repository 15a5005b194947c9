// Pages of RAM that are missing: given within the run or between two, the guest sees the same.
import assert from 'node:assert/strict';
import { Exit } from './hart/exit.ts';
import { MapFlag, PAGE_BYTES } from './hart/page-map.ts';
import { RAM, type TestHart } from './testing/hart.ts';
import { Bench } from './testing/scenario.ts';

const bench = new Bench();
const [T0, T1, S0, A0] = [5, 6, 8, 10];
const FIRST = 4;
const COUNT = 6;
const ALL = MapFlag.Present | MapFlag.Writable;

/** Stores into pages that are not there and loads from them, a line further in each round. */
function touchPages(hart: TestHart): void {
  hart.program(RAM, (asm) => {
    asm
      .li(T0, BigInt(COUNT * 64))
      .label('loop')
      .emit('sd', { rs1: S0, rs2: T0, imm: 8 });
    asm.emit('ld', { rd: T1, rs1: S0, imm: 8 }).emit('add', { rd: A0, rs1: A0, rs2: T1 });
    asm.emit('addi', { rd: S0, rs1: S0, imm: 64 }).emit('addi', { rd: T0, rs1: T0, imm: -1 });
    asm.jump('bne', { rs1: T0, rs2: 0 }, 'loop').emit('ecall');
  });
  hart.context.setX(S0, RAM + BigInt(FIRST * PAGE_BYTES));
  for (let page = FIRST; page < FIRST + COUNT; page++) hart.setMap(page, 0);
}

const seen = (hart: TestHart): unknown[] => [
  ...[T0, T1, S0, A0].map((register) => hart.context.x(register)),
  ...(['pc', 'stepsEnd', 'traps'] as const).map((field) => hart.context.get(field)),
];

const expected = (() => {
  const hart = bench.hart('reference');
  touchPages(hart);
  assert.equal(hart.run(20_000), Exit.Sbi);
  return seen(hart);
})();

for (const kind of ['interpreter', 'jit'] as const) {
  bench.only(kind, `${kind}: each page is given within the run, asked for once`, (hart) => {
    touchPages(hart);
    const asked: string[] = [];
    hart.engine.providePage = (page, write) => {
      asked.push(`${write ? 'write' : 'read'} ${page}`);
      hart.setMap(page, ALL);
      return true;
    };
    assert.equal(hart.engine.run(hart.context.address, 20_000), Exit.Sbi, 'one run');
    assert.deepEqual(seen(hart), expected);
    assert.deepEqual(
      asked,
      Array.from({ length: COUNT }, (_, i) => `write ${FIRST + i}`),
    );
  });

  bench.only(kind, `${kind}: what is refused, or given with too few rights, ends the run`, (hart) => {
    touchPages(hart);
    let [refused, half] = [0, 0];
    hart.engine.providePage = (page) => {
      if (page % 3 === 0) hart.setMap(page, ALL);
      else if (page % 3 === 1) hart.setMap(page, MapFlag.Present);
      if (page % 3 === 1) half++;
      if (page % 3 === 2) refused++;
      return page % 3 !== 2;
    };
    for (let budget = 20_000; ; budget = hart.engine.fuelLeft()) {
      const reason = hart.engine.run(hart.context.address, budget);
      if (reason === Exit.Sbi) break;
      assert.equal(reason, Exit.PageMiss);
      assert.equal(hart.context.get32('exitWrite'), 1);
      hart.setMap(Number((hart.context.get('exitAddress') - RAM) / BigInt(PAGE_BYTES)), ALL);
    }
    assert.deepEqual(seen(hart), expected);
    assert.deepEqual([refused, half], [2, 2]);
  });
}

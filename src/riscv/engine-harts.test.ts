// Two harts of one machine on one engine: what one writes, the other fetches; each has its own translations.
import assert from 'node:assert/strict';
import { Exit } from './hart/exit.ts';
import { encode } from './isa/encode.ts';
import { RAM, type TestHart } from './testing/hart.ts';
import { Leaf } from './testing/page-tables.ts';
import { Bench } from './testing/scenario.ts';
import { ONE, OTHER, translated, V } from './testing/translated.ts';

const bench = new Bench();
const CODE = RAM + 0x4000n;
const WRITER = RAM + 0x5000n;
const [RA, T0, T1, T3, A0, A1] = [1, 5, 6, 28, 10, 11];
const RETURN = encode('jalr', { rd: 0, rs1: RA, imm: 0 });
const addTo = (imm: number): number => encode('addi', { rd: A0, rs1: A0, imm });

/** The first hart calls CODE for ever, the second one stores t3 there and waits. */
function callerAndWriter(hart: TestHart): void {
  hart.program(CODE, (asm) => asm.word(addTo(1)).word(RETURN));
  hart.program(RAM, (asm) => {
    asm.li(T0, CODE).label('loop').emit('jalr', { rd: RA, rs1: T0, imm: 0 }).jump('jal', { rd: 0 }, 'loop');
  });
  hart.program(WRITER, (asm) => {
    asm.label('loop').emit('sw', { rs1: T0, rs2: T3, imm: 0 }).emit('wfi').jump('jal', { rd: 0 }, 'loop');
  });
  hart.turnTo(1).context.set('pc', WRITER);
  hart.context.setX(T0, CODE);
}

bench.test('code that the other hart writes is fetched', (hart) => {
  callerAndWriter(hart);
  for (let round = 1; round <= 10; round++) {
    hart.turnTo(0).run(81);
    const before = hart.context.x(A0);
    hart.turnTo(1).context.setX(T3, BigInt(addTo(round * 10)));
    assert.equal(hart.run(10), Exit.WaitForInterrupt);
    hart.turnTo(0).run(80);
    assert.equal(hart.context.x(A0) - before, BigInt(round * 10) * 20n);
  }
});

bench.test('a page that the other hart wrote before is watched once this one runs it', (hart) => {
  callerAndWriter(hart);
  // The writer has the page in its TLB for stores before anybody fetches from it.
  hart.turnTo(0).run(1);
  hart.turnTo(1).context.setX(T3, BigInt(addTo(3)));
  hart.run(10);
  hart.turnTo(0).run(80);
  const before = hart.context.x(A0);
  hart.turnTo(1).context.setX(T3, BigInt(addTo(500)));
  hart.run(10);
  hart.turnTo(0).run(80);
  assert.deepEqual([before, hart.context.x(A0) - before], [3n * 20n, 500n * 20n]);
});

bench.test('each hart has its own reservation, mode and translations', (hart) => {
  const tables = translated(hart);
  tables.set(V, ONE, Leaf.RW);
  const { context: first } = hart;
  const { context: second } = hart.turnTo(1);
  for (const context of [first, second]) context.setX(T0, context === first ? V : OTHER);
  hart.program(RAM, (asm) => {
    asm.label('loop').emit('ld', { rd: T1, rs1: T0, imm: 0 }).emit('add', { rd: A0, rs1: A0, rs2: T1 });
    asm.emit('lr.d', { rd: T3, rs1: T0 }).emit('sc.d', { rd: T1, rs1: T0, rs2: T3 });
    asm.emit('add', { rd: A1, rs1: A1, rs2: T1 }).jump('jal', { rd: 0 }, 'loop');
  });
  for (let round = 0; round < 30; round++)
    for (const which of [0, 1] as const) hart.turnTo(which).run(round + 1);
  // 465 steps each: 78 loads.
  assert.deepEqual([first.x(A0), second.x(A0)], [78n, 78_000n]);
  assert.deepEqual([first.x(A1), second.x(A1)], [0n, 0n]);
});

bench.test('an SC fails when the other hart has changed the value', (hart) => {
  hart.program(RAM, (asm) => {
    asm.emit('lr.d', { rd: T3, rs1: T0 }).emit('sc.d', { rd: A0, rs1: T0, rs2: T1 }).emit('ecall');
  });
  for (const which of [0, 1] as const) {
    hart.turnTo(which).context.setX(T0, ONE);
    hart.context.setX(T1, BigInt(70 + which));
  }
  hart.turnTo(0).run(1);
  hart.turnTo(1).run(3);
  hart.turnTo(0).run(2);
  const results = ([0, 1] as const).map((which) => hart.turnTo(which).context.x(A0));
  assert.deepEqual([results, hart.read64(ONE)], [[1n, 0n], 71n]);
});

bench.test('a flush of one hart leaves the other right', (hart) => {
  const tables = translated(hart);
  tables.set(V, ONE, Leaf.RW);
  hart.turnTo(1).context.set('satp', tables.satp());
  hart.program(RAM, (asm) =>
    asm.label('loop').emit('ld', { rd: A0, rs1: T0, imm: 0 }).jump('jal', { rd: 0 }, 'loop'),
  );
  for (let round = 0; round < 6; round++) {
    for (const which of [0, 1] as const) {
      hart.turnTo(which).context.setX(T0, V);
      hart.run(20);
    }
    assert.equal(hart.context.x(A0), round % 2 ? 1000n : 1n);
    tables.set(V, round % 2 ? ONE : OTHER, Leaf.RW);
    for (const which of [0, 1] as const) hart.turnTo(which).flush();
  }
});

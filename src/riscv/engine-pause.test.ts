// A hart that waits for another one in a loop leaves its run when it has done so for as long as it may, and not before.
import assert from 'node:assert/strict';
import { Exit } from './hart/exit.ts';
import { RAM, type TestHart } from './testing/hart.ts';
import { Bench } from './testing/scenario.ts';

const bench = new Bench();
const [T0, T1, A0] = [5, 6, 10];
/** So many that the loop is translated. */
const TURNS = 6000;

/** Waits for so many turns, and counts them twice. */
function wait(hart: TestHart): void {
  hart.program(RAM, (asm) => {
    asm.li(T0, BigInt(TURNS));
    asm.label('again').emit('addi', { rd: A0, rs1: A0, imm: 1 }).emit('pause');
    asm.emit('addi', { rd: T1, rs1: T1, imm: 1 }).emit('addi', { rd: T0, rs1: T0, imm: -1 });
    asm.jump('bne', { rs1: T0, rs2: 0 }, 'again').emit('ecall');
  });
}

for (const allowed of [50, 600, TURNS]) {
  bench.test(`pause: a run ends behind every ${allowed}th`, (hart) => {
    wait(hart);
    for (let done = allowed; done <= TURNS; done += allowed) {
      hart.context.set32('pauses', allowed);
      assert.equal(hart.run(100_000), Exit.Pause);
      assert.deepEqual([hart.context.x(A0), hart.context.x(T1)], [BigInt(done), BigInt(done - 1)]);
    }
    assert.equal(hart.run(100_000), Exit.Sbi);
    assert.equal(hart.context.x(T1), BigInt(TURNS));
  });
}

bench.test('pause: nothing happens when nobody asks', (hart) => {
  wait(hart);
  assert.equal(hart.run(100_000), Exit.Sbi);
  assert.equal(hart.context.x(A0), BigInt(TURNS));
});

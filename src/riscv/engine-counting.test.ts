// Counting: runs in pieces are the same run, and interrupts come at the step at which they are due.
import assert from 'node:assert/strict';
import { SeededRandom } from '#lib';
import { TIME_SHIFT } from './hart/context.ts';
import { Exit } from './hart/exit.ts';
import type { Assembler } from './isa/assembler.ts';
import { RAM, type TestHart } from './testing/hart.ts';
import { Bench } from './testing/scenario.ts';

const bench = new Bench();
const HANDLER = RAM + 0x2000n;
const [T0, T1, T2, A0, A1, A2] = [5, 6, 7, 10, 11, 12];
const Csr = { sstatus: 0x100, sie: 0x104, sip: 0x144, stimecmp: 0x14d, time: 0xc01, instret: 0xc02 } as const;
const SSIE = 2n;

/** Counts A0 up for ever, four instructions a round. */
function count(hart: TestHart): void {
  hart.program(RAM, (asm) => {
    asm.label('loop').emit('addi', { rd: A0, rs1: A0, imm: 1 }).emit('xor', { rd: A1, rs1: A1, rs2: A0 });
    asm.emit('slli', { rd: A1, rs1: A1, imm: 1 }).jump('jal', { rd: 0 }, 'loop');
  });
}

/** The handler keeps A0 in A2, clears the software interrupt, and returns. */
function handle(hart: TestHart, body: (asm: Assembler) => void = () => {}): void {
  hart.context.set('stvec', HANDLER);
  hart.program(HANDLER, (asm) => {
    asm.emit('addi', { rd: A2, rs1: A0, imm: 0 }).emit('csrrci', { rd: 0, imm: 2, csr: Csr.sip });
    body(asm);
    asm.emit('sret');
  });
}

for (const budget of [1, 2, 3, 7, 64, 1000]) {
  bench.test(`a budget of ${budget} is used up exactly`, (hart) => {
    count(hart);
    for (let i = 0; i < 5; i++) {
      assert.equal(hart.engine.run(hart.context.address, budget), Exit.Budget);
      assert.equal(hart.engine.fuelLeft(), 0);
    }
    const steps = BigInt(5 * budget);
    assert.equal(hart.context.get('stepsEnd'), steps);
    assert.equal(hart.context.get('pc'), RAM + (steps % 4n) * 4n);
    assert.equal(hart.context.x(A0), (steps + 3n) / 4n);
  });
}

bench.test('a run in random pieces is the run in one piece', (hart) => {
  count(hart);
  const random = new SeededRandom(5);
  hart.run(20_000, hart.kind === 'reference' ? undefined : () => 1 + random.below(200));
  assert.equal(hart.context.x(A0), 5000n);
});

bench.test('step by step is the run in one piece', (hart) => {
  count(hart);
  handle(hart);
  hart.run(600, hart.kind === 'reference' ? undefined : () => 1);
  assert.equal(hart.context.x(A0), 150n);
});

bench.test('an interrupt that is set between runs is taken before the next instruction', (hart) => {
  count(hart);
  handle(hart);
  hart.context.set('sie', SSIE);
  hart.context.set('sstatus', 2n);
  for (let steps = 1; steps < 30; steps++) {
    hart.run(steps);
    const [pc, before] = [hart.context.get('pc'), hart.context.x(A0)];
    hart.context.set('sip', SSIE);
    hart.run(1);
    assert.deepEqual([hart.context.get('pc'), hart.context.get('sepc')], [HANDLER, pc]);
    assert.equal(hart.context.get('scause'), (1n << 63n) | 1n);
    hart.run(3);
    assert.deepEqual([hart.context.get('pc'), hart.context.x(A2)], [pc, before]);
  }
});

bench.test('of several interrupts external comes before software before timer', (hart) => {
  count(hart);
  handle(hart);
  hart.context.set('sie', 0x222n);
  hart.context.set('sstatus', 2n);
  for (const [pending, number] of [
    [0x222n, 9n],
    [0x22n, 1n],
    [0x20n, 5n],
    [0x202n, 9n],
  ] as const) {
    hart.context.set('sip', pending);
    hart.run(1);
    assert.equal(hart.context.get('scause') & 0xffn, number);
    hart.context.set('sip', 0n);
    hart.run(4);
  }
});

bench.test('SSIP written by the guest is taken behind the write', (hart) => {
  handle(hart);
  hart.context.set('sie', SSIE);
  hart.context.set('sstatus', 2n);
  hart.program(RAM, (asm) => {
    asm.li(T0, 50n).label('loop').emit('addi', { rd: A0, rs1: A0, imm: 1 });
    asm.emit('csrrsi', { rd: 0, imm: 2, csr: Csr.sip }).emit('sub', { rd: T1, rs1: A0, rs2: A2 });
    asm.emit('add', { rd: T2, rs1: T2, rs2: T1 }).emit('addi', { rd: T0, rs1: T0, imm: -1 });
    asm.jump('bne', { rs1: T0, rs2: 0 }, 'loop').emit('ecall');
  });
  assert.equal(hart.run(10_000), Exit.Sbi);
  // The handler saw A0 as it was at the write: T1 is 0 each time.
  assert.deepEqual([hart.context.x(A2), hart.context.x(T2), hart.context.get('traps')], [50n, 0n, 50n]);
});

for (const [name, enable] of [
  ['sstatus.SIE', (asm: Assembler) => asm.emit('csrrsi', { rd: T1, imm: 2, csr: Csr.sstatus })],
  ['sie', (asm: Assembler) => asm.emit('csrrw', { rd: T1, rs1: T2, csr: Csr.sie })],
] as const) {
  bench.test(`a pending interrupt is taken behind the write of ${name} that enables it`, (hart) => {
    handle(hart);
    hart.context.set('sip', SSIE);
    hart.context.set(name === 'sie' ? 'sstatus' : 'sie', 2n);
    hart.context.setX(T2, 2n);
    hart.program(RAM, (asm) => {
      asm.emit('addi', { rd: A0, rs1: 0, imm: 9 });
      enable(asm).emit('addi', { rd: A0, rs1: A0, imm: 1 }).emit('ecall');
    });
    assert.equal(hart.run(100), Exit.Sbi);
    assert.deepEqual([hart.context.x(A2), hart.context.x(A0), hart.context.get('sepc')], [9n, 10n, RAM + 8n]);
  });
}

bench.test('SRET to U-mode takes what S-mode had masked', (hart) => {
  handle(hart);
  hart.context.set('sie', SSIE);
  hart.context.set('sip', SSIE);
  hart.context.set('sepc', RAM + 0x100n);
  hart.program(RAM, (asm) => asm.emit('addi', { rd: A0, rs1: 0, imm: 3 }).emit('sret'));
  hart.program(RAM + 0x100n, (asm) => asm.label('here').jump('jal', { rd: 0 }, 'here'));
  hart.run(3);
  assert.deepEqual([hart.context.get('pc'), hart.context.get('sepc')], [HANDLER, RAM + 0x100n]);
  hart.run(10);
  assert.equal(hart.context.get('mode'), 0n);
});

bench.test('writing stimecmp ends the run behind the write', (hart) => {
  hart.program(RAM, (asm) => {
    asm
      .li(T0, 77n)
      .emit('csrrw', { rd: A0, rs1: T0, csr: Csr.stimecmp })
      .emit('addi', { rd: A1, rs1: 0, imm: 1 });
    asm.emit('ecall');
  });
  hart.context.set('stimecmp', 5n);
  assert.equal(hart.engine.run(hart.context.address, 100), Exit.Budget);
  assert.deepEqual([hart.engine.fuelLeft(), hart.context.get('pc')], [98, RAM + 8n]);
  assert.deepEqual([hart.context.x(A0), hart.context.x(A1), hart.context.get('stimecmp')], [5n, 0n, 77n]);
  assert.equal(hart.run(98), Exit.Sbi);
});

bench.test('instret and time are exact within loops', (hart) => {
  hart.context.set('timeOffset', 1000n);
  hart.program(RAM, (asm) => {
    asm.li(T0, 400n).label('loop').emit('csrrs', { rd: T1, rs1: 0, csr: Csr.instret });
    asm.emit('csrrs', { rd: T2, rs1: 0, csr: Csr.time }).emit('add', { rd: A0, rs1: A0, rs2: T1 });
    asm.emit('xor', { rd: A1, rs1: A1, rs2: T2 }).emit('addi', { rd: T0, rs1: T0, imm: -1 });
    asm.jump('bne', { rs1: T0, rs2: 0 }, 'loop').emit('ecall');
  });
  assert.equal(hart.run(10_000), Exit.Sbi);
  // Rounds begin at 1, 7, 13 …; time is read one instruction later.
  const starts = Array.from({ length: 400 }, (_, round) => BigInt(1 + 6 * round));
  assert.equal(
    hart.context.x(A0),
    starts.reduce((a, b) => a + b),
  );
  assert.equal(
    hart.context.x(A1),
    starts.map((at) => ((at + 1n) >> TIME_SHIFT) + 1000n).reduce((a, b) => a ^ b),
  );
});

bench.test('traps count as steps and not as retired', (hart) => {
  hart.context.set('stvec', HANDLER);
  hart.program(HANDLER, (asm) => {
    asm.emit('csrrs', { rd: T1, rs1: 0, csr: 0x141 }).emit('addi', { rd: T1, rs1: T1, imm: 4 });
    asm.emit('csrrw', { rd: 0, rs1: T1, csr: 0x141 }).emit('sret');
  });
  hart.program(RAM, (asm) => {
    asm.li(T0, 30n).label('loop').emit('ebreak').emit('addi', { rd: T0, rs1: T0, imm: -1 });
    asm
      .jump('bne', { rs1: T0, rs2: 0 }, 'loop')
      .emit('csrrs', { rd: A0, rs1: 0, csr: Csr.instret })
      .emit('ecall');
  });
  assert.equal(hart.run(10_000), Exit.Sbi);
  assert.deepEqual([hart.context.x(A0), hart.context.get('traps')], [1n + 30n * 6n, 30n]);
  assert.equal(hart.context.get('stepsEnd'), 1n + 30n * 7n + 2n);
});

bench.test('WFI leaves behind itself unless something is pending', (hart) => {
  hart.program(RAM, (asm) => asm.emit('wfi').emit('wfi').emit('ecall'));
  assert.equal(hart.run(10), Exit.WaitForInterrupt);
  assert.deepEqual([hart.context.get('pc'), hart.engine.fuelLeft()], [RAM + 4n, 9]);
  hart.context.set('sip', 2n);
  hart.context.set('sie', 2n);
  assert.equal(hart.run(10), Exit.Sbi);
});

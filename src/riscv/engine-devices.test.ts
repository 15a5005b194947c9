// Accesses to devices in hot code: done within the run or between two, the guest sees the same.
import assert from 'node:assert/strict';
import { DeviceAnswer, type DeviceAnswerCode, Exit } from './hart/exit.ts';
import { DEVICE, RAM, type TestHart } from './testing/hart.ts';
import { Bench } from './testing/scenario.ts';

const bench = new Bench();
const HANDLER = RAM + 0x2000n;
const [T0, T1, S0, A0, A1, A2] = [5, 6, 8, 10, 11, 12];
const ROUNDS = 300n;
const SOFTWARE = 2n;

/** Reads a register and writes what it read to another one, in each round. */
function talk(hart: TestHart): void {
  hart.program(RAM, (asm) => {
    asm.li(T0, ROUNDS).label('loop').emit('lw', { rd: A0, rs1: S0, imm: 8 });
    asm.emit('add', { rd: A1, rs1: A1, rs2: A0 }).emit('sb', { rs1: S0, rs2: A1, imm: 1 });
    asm.emit('addi', { rd: T0, rs1: T0, imm: -1 }).jump('bne', { rs1: T0, rs2: 0 }, 'loop').emit('ecall');
  });
  hart.context.setX(S0, DEVICE);
}

/** A device like that of TestHart, which answers within the run as `answer` says; keeps what was stored. */
function answerWithin(hart: TestHart, answer: (count: number) => DeviceAnswerCode): bigint[] {
  const { context, engine } = hart;
  const stored: bigint[] = [];
  let count = 0;
  engine.devices = () => {
    const code = answer(count++);
    if (code === DeviceAnswer.Leave) return code;
    const address = context.get('exitAddress');
    const isWrite = context.get32('exitWrite') === 1;
    if (isWrite) stored.push(context.get('exitValue'));
    else context.set('exitValue', BigInt.asUintN(context.get32('exitBytes') * 8, address * 0x1_0001n));
    if (code === DeviceAnswer.DoneAndLeave) context.set32('exitReady', 1);
    return code;
  };
  return stored;
}

/** Registers and counts, for exits within runs are no events. */
const seen = (hart: TestHart): unknown[] => [
  ...[T0, T1, A0, A1, A2].map((register) => hart.context.x(register)),
  ...(['pc', 'stepsEnd', 'traps', 'sepc'] as const).map((field) => hart.context.get(field)),
];

const expected = (() => {
  const hart = bench.hart('reference');
  talk(hart);
  assert.equal(hart.run(20_000), Exit.Sbi);
  return seen(hart);
})();

for (const kind of ['interpreter', 'jit'] as const) {
  bench.only(kind, `${kind}: every access is done within the run`, (hart) => {
    talk(hart);
    const stored = answerWithin(hart, () => DeviceAnswer.Done);
    assert.equal(hart.engine.run(hart.context.address, 20_000), Exit.Sbi, 'one run');
    assert.deepEqual(seen(hart), expected);
    assert.equal(stored.length, Number(ROUNDS));
    assert.ok(
      stored.every((byte) => byte < 256n),
      'only the bytes that are stored',
    );
  });

  bench.only(kind, `${kind}: some are left for, some done and left for`, (hart) => {
    talk(hart);
    answerWithin(hart, (count) => ((count * 7) % 3) as DeviceAnswerCode);
    for (let budget = 20_000; ; ) {
      const reason = hart.engine.run(hart.context.address, budget);
      budget = hart.engine.fuelLeft();
      if (reason === Exit.Sbi) break;
      assert.equal(reason, Exit.Device);
      if (hart.context.get32('exitReady') === 1) continue;
      const address = hart.context.get('exitAddress');
      if (hart.context.get32('exitWrite') === 0)
        hart.context.set('exitValue', BigInt.asUintN(32, address * 0x1_0001n));
      hart.context.set32('exitReady', 1);
    }
    assert.deepEqual(seen(hart), expected);
  });

  bench.only(kind, `${kind}: an interrupt that an access raises is taken behind it`, (hart) => {
    talk(hart);
    hart.context.set('stvec', HANDLER);
    hart.context.set('sie', SOFTWARE);
    hart.context.set('sstatus', 2n);
    // Counts those that came behind the store.
    hart.program(HANDLER, (asm) => {
      asm.emit('csrrs', { rd: T1, rs1: 0, csr: 0x141 }).emit('add', { rd: A2, rs1: A2, rs2: T1 });
      asm.emit('csrrci', { rd: 0, imm: 2, csr: 0x144 }).emit('sret');
    });
    answerWithin(hart, (count) => {
      if (count % 2 === 0) return DeviceAnswer.Done;
      hart.context.set('sip', SOFTWARE);
      return DeviceAnswer.DoneAndLeave;
    });
    for (let isTaken = true; ; ) {
      // As the run loop does: one step, in which the access comes to its end.
      const reason = hart.engine.run(hart.context.address, isTaken ? 20_000 : 1);
      isTaken = reason !== Exit.Device;
      if (reason === Exit.Sbi) break;
    }
    const behind = hart.context.get('traps');
    assert.equal(behind, ROUNDS);
    assert.equal(hart.context.x(A2), BigInt.asUintN(64, ROUNDS * (RAM + 16n)));
    assert.deepEqual(hart.context.x(A1), expected[3]);
  });
}

// Traps and exits in the middle of hot code: registers, pc and counts are exact where the instruction stopped.
import assert from 'node:assert/strict';
import { Cause } from './hart/causes.ts';
import { Exit, MAX_TRAPS_IN_ROW } from './hart/exit.ts';
import { MapFlag } from './hart/page-map.ts';
import type { Assembler } from './isa/assembler.ts';
import { DEVICE, RAM, type TestHart } from './testing/hart.ts';
import { Bench } from './testing/scenario.ts';

const bench = new Bench();
const HANDLER = RAM + 0x2000n;
const DATA = RAM + 0x8000n;
/** No RAM, and no device either: too high to be physical. */
const NOWHERE = 1n << 60n;
const [T0, T1, T2, S0, S1, A0, A1, A2, A3] = [5, 6, 7, 8, 9, 10, 11, 12, 13];

/** A loop of 60 rounds whose body writes registers around one instruction that does something else at times. */
function loop(hart: TestHart, body: (asm: Assembler) => void): void {
  hart.program(RAM, (asm) => {
    asm
      .li(T0, 60n)
      .label('loop')
      .emit('addi', { rd: A0, rs1: A0, imm: 1 })
      .emit('fadd.d', { rd: 1, rs1: 1, rs2: 2 });
    asm.emit('slli', { rd: A1, rs1: A0, imm: 3 });
    body(asm);
    asm.emit('add', { rd: A2, rs1: A2, rs2: A0 }).emit('fsub.d', { rd: 3, rs1: 3, rs2: 1 });
    asm.emit('addi', { rd: T0, rs1: T0, imm: -1 }).jump('bne', { rs1: T0, rs2: 0 }, 'loop').emit('ecall');
  });
  hart.context.setF(2, 0x3ff0_0000_0000_0000n);
}

/** Notes what it sees in memory at S1 and goes on behind the instruction. */
function noteAndSkip(hart: TestHart, more: (asm: Assembler) => void = () => {}): void {
  hart.context.set('stvec', HANDLER);
  hart.context.setX(S1, DATA + 0x1000n);
  hart.program(HANDLER, (asm) => {
    asm.emit('csrrs', { rd: T1, rs1: 0, csr: 0x141 }).emit('csrrs', { rd: T2, rs1: 0, csr: 0x143 });
    for (const [place, register] of [A0, A1, A2, T2].entries()) {
      asm.emit('sd', { rs1: S1, rs2: register, imm: place * 8 });
    }
    asm.emit('addi', { rd: S1, rs1: S1, imm: 32 }).emit('addi', { rd: T1, rs1: T1, imm: 4 });
    asm.emit('csrrw', { rd: 0, rs1: T1, csr: 0x141 });
    more(asm);
    asm.emit('sret');
  });
}

const finish = (hart: TestHart): void => assert.equal(hart.run(20_000), Exit.Sbi);
const notes = (hart: TestHart, row: number): bigint[] =>
  Array.from({ length: 4 }, (_, place) => hart.read64(DATA + 0x1000n + BigInt(row * 32 + place * 8)));

bench.test('a load that faults in the 50th round leaves registers as they were there', (hart) => {
  noteAndSkip(hart);
  // S0 + A1 is an address up to the 49th round; then it has bit 60 set.
  loop(hart, (asm) => {
    asm
      .emit('addi', { rd: A3, rs1: A0, imm: -50 })
      .emit('slt', { rd: A3, rs1: A3, rs2: 0 })
      .emit('xori', { rd: A3, rs1: A3, imm: 1 });
    asm
      .emit('slli', { rd: A3, rs1: A3, imm: 60 })
      .emit('add', { rd: A3, rs1: A3, rs2: S0 })
      .emit('ld', { rd: A3, rs1: A3, imm: 8 });
  });
  hart.context.setX(S0, DATA);
  finish(hart);
  assert.equal(hart.context.get('traps'), 11n);
  assert.deepEqual(notes(hart, 0), [50n, 400n, (49n * 50n) / 2n, NOWHERE + DATA + 8n]);
  assert.equal(hart.context.get('scause'), BigInt(Cause.LoadAccess));
  assert.equal(hart.context.x(A2), (60n * 61n) / 2n);
});

for (const [name, operands, cause] of [
  ['sd', { rs1: S0, rs2: A0 }, Cause.StoreAccess],
  ['amoadd.d', { rd: A3, rs1: S0, rs2: A0 }, Cause.StoreAccess],
  ['sc.d', { rd: A3, rs1: S0, rs2: A0 }, Cause.StoreAccess],
  ['lr.d', { rd: A3, rs1: S0 }, Cause.LoadAccess],
  ['flw', { rd: 5, rs1: S0, imm: 4 }, Cause.LoadAccess],
] as const) {
  bench.test(`${name} that faults each time leaves its target and the float state alone`, (hart) => {
    noteAndSkip(hart);
    loop(hart, (asm) => asm.emit(name, operands));
    hart.context.setX(S0, NOWHERE);
    hart.context.setX(A3, 0x77n);
    finish(hart);
    assert.deepEqual([hart.context.get('traps'), hart.context.get('scause')], [60n, BigInt(cause)]);
    assert.deepEqual([hart.context.x(A3), hart.context.f(5)], [0x77n, 0n]);
    assert.deepEqual(notes(hart, 59).slice(0, 3), [60n, 480n, (59n * 60n) / 2n]);
  });
}

bench.test('floating point that is off traps at the first instruction that needs it', (hart) => {
  noteAndSkip(hart, (asm) => asm.li(T1, 1n << 13n).emit('csrrs', { rd: 0, rs1: T1, csr: 0x100 }));
  loop(hart, () => {});
  hart.context.set32('fs', 0);
  finish(hart);
  assert.deepEqual([hart.context.get('traps'), hart.context.get('fs')], [1n, 3n]);
  assert.equal(notes(hart, 0)[0], 1n);
  assert.equal(hart.context.f(1), 0x404d_8000_0000_0000n);
});

bench.test('floating point that is switched off in hot code', (hart) => {
  noteAndSkip(hart, (asm) => asm.li(T1, 1n << 13n).emit('csrrs', { rd: 0, rs1: T1, csr: 0x100 }));
  loop(hart, (asm) => {
    asm
      .emit('andi', { rd: A3, rs1: A0, imm: 7 })
      .jump('bne', { rs1: A3, rs2: 0 }, 'on')
      .li(A3, 3n << 13n);
    asm.emit('csrrc', { rd: 0, rs1: A3, csr: 0x100 }).label('on');
  });
  finish(hart);
  assert.equal(hart.context.get('traps'), 7n);
});

bench.test('floating point that is off is noticed on the way that skips the first use', (hart) => {
  // The handler switches it on as clean, and the instruction runs again.
  hart.context.set('stvec', HANDLER);
  hart.program(HANDLER, (asm) =>
    asm
      .li(T1, 2n << 13n)
      .emit('csrrs', { rd: 0, rs1: T1, csr: 0x100 })
      .emit('sret'),
  );
  loop(hart, (asm) => {
    asm
      .li(T2, 3n << 13n)
      .emit('csrrc', { rd: 0, rs1: T2, csr: 0x100 })
      .emit('andi', { rd: A3, rs1: A0, imm: 1 });
    asm.jump('bne', { rs1: A3, rs2: 0 }, 'skip').emit('fadd.d', { rd: 4, rs1: 1, rs2: 2 }).label('skip');
    asm.emit('fsub.d', { rd: 5, rs1: 1, rs2: 2 }).emit('csrrs', { rd: A3, rs1: 0, csr: 0x100 });
    asm.emit('add', { rd: S0, rs1: S0, rs2: A3 });
  });
  finish(hart);
  assert.equal(hart.context.get('traps'), 60n);
  // SD, UXL, FS as dirty, and the SPIE that SRET leaves, each time.
  const status = (1n << 63n) | (2n << 32n) | (3n << 13n) | (1n << 5n);
  assert.equal(hart.context.x(S0), BigInt.asUintN(64, 60n * status));
});

bench.test('rounding modes that do not exist are illegal, static and dynamic', (hart) => {
  noteAndSkip(hart);
  loop(hart, (asm) => {
    asm.emit('csrrw', { rd: 0, rs1: A0, csr: 0x002 }).emit('fmul.d', { rd: 4, rs1: 1, rs2: 2, rm: 7 });
    asm.emit('csrrwi', { rd: 0, imm: 0, csr: 0x002 });
  });
  finish(hart);
  // frm is A0 & 7: 5, 6 and 7 trap.
  assert.equal(hart.context.get('traps'), 21n);
});

bench.test('device accesses in the middle of hot code run once each, in order', (hart) => {
  loop(hart, (asm) => {
    asm.emit('lw', { rd: A3, rs1: S0, imm: 4 }).emit('sh', { rs1: S0, rs2: A1, imm: 10 });
    asm.emit('xor', { rd: T2, rs1: T2, rs2: A3 });
  });
  hart.context.setX(S0, DEVICE);
  finish(hart);
  assert.equal(hart.events.length, 121);
  assert.match(hart.events[119] ?? '', /^Device pc 0x80000014 steps \d+ store 0x1e0 to 0x1000000a 2 bytes$/);
});

bench.test('pages that are missing, or may not be written yet, come in the middle of hot code', (hart) => {
  loop(hart, (asm) => {
    asm.emit('slli', { rd: A3, rs1: A0, imm: 9 }).emit('add', { rd: A3, rs1: A3, rs2: S0 });
    asm.emit('ld', { rd: T2, rs1: A3, imm: 0 }).emit('sd', { rs1: A3, rs2: A1, imm: 0 });
  });
  for (let page = 9; page < 16; page++) hart.setMap(page, page % 2 ? 0 : MapFlag.Present);
  hart.context.setX(S0, DATA);
  finish(hart);
  // Odd pages are missed twice, by the load and by the store.
  assert.equal(hart.events.filter((event) => event.startsWith('PageMiss')).length, 4 * 2 + 3);
  assert.equal(hart.read64(DATA + 60n * 512n), 480n);
});

bench.test('a fetch from nowhere reports the address', (hart) => {
  noteAndSkip(hart, (asm) => asm.emit('csrrw', { rd: 0, rs1: 1, csr: 0x141 }));
  loop(hart, (asm) => asm.emit('jalr', { rd: 1, rs1: S0, imm: 6 }));
  hart.context.setX(S0, NOWHERE);
  finish(hart);
  assert.deepEqual([hart.context.get('traps'), notes(hart, 30)[3]], [60n, NOWHERE + 6n]);
});

bench.test('ECALL, EBREAK and WFI from U-mode', (hart) => {
  noteAndSkip(hart);
  loop(hart, (asm) => asm.emit('ecall').emit('ebreak').emit('wfi').emit('sret').emit('sfence.vma'));
  hart.program(RAM + 0x800n, (asm) => asm.emit('ecall'));
  hart.context.set32('mode', 0);
  hart.run(3000);
  assert.ok(hart.context.get('traps') > 100n);
});

for (const vectored of [0n, 1n]) {
  bench.test(`exceptions go to the base, interrupts ${vectored ? 'by their number' : 'too'}`, (hart) => {
    hart.context.set('stvec', HANDLER | vectored);
    hart.context.set('sie', 0x200n);
    hart.context.set('sip', 0x200n);
    hart.context.set('sstatus', 2n);
    hart.run(1);
    assert.equal(hart.context.get('pc'), HANDLER + vectored * 36n);
    hart.context.set('pc', NOWHERE);
    hart.context.set('sip', 0n);
    hart.run(1);
    assert.equal(hart.context.get('pc'), HANDLER);
  });
}

bench.test('a handler that faults at its first instruction is given up', (hart) => {
  hart.context.set('stvec', NOWHERE);
  hart.program(RAM, (asm) => asm.emit('ebreak'));
  assert.equal(hart.run(100_000), Exit.Fault);
  assert.deepEqual(
    [hart.context.get('pc'), hart.context.get('faultCause')],
    [NOWHERE, BigInt(Cause.InstructionAccess)],
  );
  assert.equal(hart.context.get('stepsEnd'), BigInt(MAX_TRAPS_IN_ROW + 1));
});

bench.test('faults at one place with SRET between go on for ever', (hart) => {
  noteAndSkip(hart, (asm) => asm.emit('addi', { rd: S1, rs1: S1, imm: -32 }));
  hart.program(RAM, (asm) => asm.label('here').emit('ebreak').jump('jal', { rd: 0 }, 'here'));
  assert.equal(hart.run(100_000), Exit.Budget);
});

bench.test('single steps and a free run of code that traps, misses and meets devices', (hart) => {
  noteAndSkip(hart);
  loop(hart, (asm) => {
    asm.emit('slli', { rd: A3, rs1: A0, imm: 10 }).emit('add', { rd: A3, rs1: A3, rs2: S0 });
    asm.emit('sw', { rs1: A3, rs2: A0, imm: 0 }).emit('lb', { rd: T2, rs1: A3, imm: 3 }).emit('ebreak');
  });
  hart.setMap(20, 0);
  // From page 8 to beyond the last page of RAM.
  hart.context.setX(S0, RAM + 0x3_7000n);
  const isFree = hart.kind === 'reference';
  assert.equal(hart.run(20_000, isFree ? undefined : () => 1), Exit.Sbi);
});

// Memory that was code and becomes data: right all the time, and quick again to store to.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Interpreter } from './interpreter/interpreter.ts';
import { encode } from './isa/encode.ts';
import { RAM, TestHart } from './testing/hart.ts';
import { Bench } from './testing/scenario.ts';

const bench = new Bench();

bench.test('a page that is code, then data, then code, over and over', (hart) => {
  const page = RAM + 0x5000n;
  const [ZERO, RA, T0, T1, S0, S1, A0] = [0, 1, 5, 6, 8, 9, 10];
  const back = BigInt(encode('jalr', { rd: 0, rs1: RA, imm: 0 })) << 32n;
  hart.program(RAM, (asm) => {
    asm
      .li(S0, page)
      .li(S1, 6n)
      .li(T1, back | BigInt(encode('addi', { rd: A0, rs1: A0, imm: 7 })));
    asm.label('round').emit('sd', { rs1: S0, rs2: T1, imm: 0 }).emit('jalr', { rd: RA, rs1: S0, imm: 0 });
    for (const rounds of [3n, 1n]) {
      asm
        .li(T0, 512n * rounds)
        .emit('addi', { rd: 7, rs1: S0, imm: 0 })
        .label(`data ${rounds}`);
      asm.emit('sd', { rs1: 7, rs2: A0, imm: 0 }).emit('ld', { rd: 12, rs1: 7, imm: 0 });
      asm.emit('add', { rd: 11, rs1: 11, rs2: 12 }).emit('addi', { rd: T0, rs1: T0, imm: -1 });
      asm.jump('bne', { rs1: T0, rs2: ZERO }, `data ${rounds}`);
    }
    asm.emit('addi', { rd: S1, rs1: S1, imm: -1 }).jump('bne', { rs1: S1, rs2: ZERO }, 'round').emit('ecall');
  });
  hart.run(100_000, (left) => Math.min(left, 400));
  assert.equal(hart.context.x(A0), 42n);
});

test('memory that was code and is stored to from end to end is data again', () => {
  const hart = new TestHart('interpreter');
  const { pages } = hart.engine as Interpreter;
  hart.program(RAM + 0x5000n, (asm) => asm.emit('ecall'));
  hart.context.set('pc', RAM + 0x5000n);
  hart.run(10);
  assert.equal(pages.used, 1);
  hart.program(RAM, (asm) => {
    asm
      .li(8, RAM + 0x5000n)
      .li(5, 512n)
      .label('again')
      .emit('sd', { rs1: 8, rs2: 5, imm: 0 });
    asm.emit('addi', { rd: 8, rs1: 8, imm: 8 }).emit('addi', { rd: 5, rs1: 5, imm: -1 });
    asm.jump('bne', { rs1: 5, rs2: 0 }, 'again').label('end').jump('jal', { rd: 0 }, 'end');
  });
  hart.context.set('pc', RAM);
  hart.run(1000);
  assert.equal(pages.used, 2);
  hart.run(2000);
  assert.equal(pages.used, 2);
  hart.run(10);
  assert.equal(pages.used, 1);
});

test('what was decoded of a page that is taken away is found by the next one at its address; what differs is not', () => {
  const hart = new TestHart('interpreter', { decodedPages: 2 });
  const { pages } = hart.engine as Interpreter;
  const add = (imm: number): number => encode('addi', { rd: 10, rs1: 10, imm });
  /** Runs three instructions at an address that adds up what they add; the decoded page they had. */
  const added = (address: bigint, second: number): number => {
    hart.program(address, (asm) => asm.word(add(1)).word(add(second)).emit('ecall'));
    hart.context.set('pc', address);
    hart.context.setX(10, 0n);
    hart.run(10);
    assert.equal(hart.context.x(10), BigInt(1 + second));
    const page = pages.of(hart.machinePage(address) << 12);
    assert.notEqual(page, 0);
    hart.engine.dropCode(hart.machinePage(address));
    assert.equal(pages.used, 0);
    return page;
  };
  const first = added(RAM, 2);
  assert.equal(added(RAM, 2), first);
  assert.equal(added(RAM, 3), first);
  const [second, third] = [added(RAM + 0x1000n, 4), added(RAM + 0x2000n, 5)];
  assert.notEqual(second, first);
  assert.equal(third, first, 'the oldest makes room');
  assert.equal(added(RAM, 6), second);
});

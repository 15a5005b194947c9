// Indirect jumps, whose targets the JIT makes blocks of one region: interpreters, switches, targets that come later.
import assert from 'node:assert/strict';
import { Exit } from './hart/exit.ts';
import type { Assembler } from './isa/assembler.ts';
import { RAM, type TestHart } from './testing/hart.ts';
import { Bench } from './testing/scenario.ts';

const bench = new Bench();
const TABLE = RAM + 0x3_0000n;
const CODE = RAM + 0x3_1000n;
const [T0, T1, S0, S1, A0, A1] = [5, 6, 8, 9, 10, 11];
const HANDLERS = 5;

/** Goes on at the handler of the next byte of the code: S0 is where it is, S1 the table of handlers. */
const next = (asm: Assembler): Assembler =>
  asm
    .emit('lbu', { rd: T0, rs1: S0, imm: 0 })
    .emit('addi', { rd: S0, rs1: S0, imm: 1 })
    .emit('slli', { rd: T0, rs1: T0, imm: 3 })
    .emit('add', { rd: T0, rs1: T0, rs2: S1 })
    .emit('ld', { rd: T0, rs1: T0, imm: 0 })
    .emit('jalr', { rd: 0, rs1: T0, imm: 0 });

/** An interpreter of operations that mix A0; the last one ends the run. */
function interpreter(hart: TestHart, code: readonly number[]): void {
  const handlers: bigint[] = [];
  hart.program(RAM, (asm) => {
    next(asm.li(S0, CODE).li(S1, TABLE).li(A1, 3n));
    for (let op = 0; op < HANDLERS; op++) {
      handlers.push(asm.here);
      asm.emit('slli', { rd: A0, rs1: A0, imm: op + 1 }).emit('addi', { rd: A0, rs1: A0, imm: op * 3 + 1 });
      asm.emit('sd', { rs1: S1, rs2: A0, imm: 256 + op * 8 }).emit('ld', { rd: T1, rs1: S1, imm: 256 });
      next(asm.emit('add', { rd: A0, rs1: A0, rs2: T1 }));
    }
    handlers.push(asm.here);
    asm.emit('ecall');
  });
  for (const [op, handler] of handlers.entries()) hart.write64(TABLE + BigInt(op * 8), handler);
  hart.write(CODE, [...code, HANDLERS]);
}

const CODES = Array.from({ length: 800 }, (_, i) => (i * i + (i >> 3)) % HANDLERS);
const finish = (hart: TestHart): void => assert.equal(hart.run(2_000_000), Exit.Sbi);

bench.test('an interpreter of operations that jump to one another', (hart) => {
  interpreter(hart, CODES);
  finish(hart);
});

bench.test('fuel that ends anywhere between operations', (hart) => {
  interpreter(hart, CODES);
  let slice = 0;
  assert.equal(
    hart.run(100_000, () => (slice++ % 37) + 1),
    Exit.Sbi,
  );
});

bench.test('targets that come late, in the middle of others, and not at all', (hart) => {
  const late = CODES.map((op, i) => (i < 400 ? op % 2 : op));
  interpreter(hart, late);
  // An operation that begins within another one.
  hart.write64(TABLE + 8n * 2n, RAM + 0x80n);
  hart.program(RAM + 0x1800n, (asm) => next(asm.emit('addi', { rd: A0, rs1: A0, imm: 7 })));
  hart.write64(TABLE + 8n * 4n, RAM + 0x1800n);
  hart.run(200_000);
});

bench.test('an operation that writes code of another one', (hart) => {
  const code = CODES.slice(0, 200);
  interpreter(hart, code);
  hart.program(RAM + 0x1000n, (asm) => {
    asm.li(T1, RAM + 0x40n).emit('lw', { rd: T0, rs1: T1, imm: 0 });
    next(asm.emit('sw', { rs1: T1, rs2: T0, imm: 0 }).emit('addi', { rd: A0, rs1: A0, imm: 1 }));
  });
  hart.write64(TABLE + 8n * 3n, RAM + 0x1000n);
  finish(hart);
});

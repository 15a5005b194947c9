// Guest calls, which the JIT makes calls of its own: returns, deep recursion, returns that go elsewhere.
import assert from 'node:assert/strict';
import { Exit } from './hart/exit.ts';
import { PAGE_BYTES } from './hart/page-map.ts';
import type { Assembler } from './isa/assembler.ts';
import { RAM, type TestHart } from './testing/hart.ts';
import { Bench } from './testing/scenario.ts';

const bench = new Bench();
const STACK = RAM + 0x3_0000n;
const [RA, SP, T0, T1, A0, A1, A2] = [1, 2, 5, 6, 10, 11, 12];

const ret = (asm: Assembler): Assembler => asm.emit('jalr', { rd: 0, rs1: RA, imm: 0 });
const push = (asm: Assembler): Assembler =>
  asm.emit('addi', { rd: SP, rs1: SP, imm: -16 }).emit('sd', { rs1: SP, rs2: RA, imm: 0 });
const pop = (asm: Assembler): Assembler =>
  asm.emit('ld', { rd: RA, rs1: SP, imm: 0 }).emit('addi', { rd: SP, rs1: SP, imm: 16 });

/** Calls f `rounds` times with A1 as it is given, then ends. */
function callOften(asm: Assembler, rounds: bigint, argument: bigint): Assembler {
  asm.li(SP, STACK).li(T1, rounds).label('again').li(A1, argument).jump('jal', { rd: RA }, 'f');
  asm.emit('addi', { rd: T1, rs1: T1, imm: -1 }).jump('bne', { rs1: T1, rs2: 0 }, 'again');
  return asm.emit('ecall');
}

/** f(n) = n ? body + f(n - 1) : 0 calls. */
function recursive(asm: Assembler, body: (asm: Assembler) => void): Assembler {
  push(asm.label('f')).emit('addi', { rd: A1, rs1: A1, imm: -1 });
  asm.jump('blt', { rs1: A1, rs2: 0 }, 'out');
  body(asm);
  asm.jump('jal', { rd: RA }, 'f').label('out').emit('addi', { rd: A0, rs1: A0, imm: 1 });
  return ret(pop(asm));
}

const finish = (hart: TestHart): void => assert.equal(hart.run(2_000_000), Exit.Sbi);

bench.test('recursion returns as often as it calls', (hart) => {
  hart.program(RAM, (asm) => recursive(callOften(asm, 5n, 100n), () => {}));
  finish(hart);
  assert.deepEqual([hart.context.x(A0), hart.context.x(SP)], [505n, STACK]);
});

bench.test('recursion deeper than the host’s stack, in frames of many values', (hart) => {
  hart.context.set32('fcsr', 1);
  hart.program(RAM, (asm) =>
    recursive(callOften(asm, 3n, 1500n), () => {
      for (let i = 0; i < 40; i++) {
        const registers = { rd: i % 32, rs1: (i * 7) % 32, rs2: (i * 5) % 32, rm: 7 };
        asm.emit('fadd.d', registers).emit('fmadd.d', { ...registers, rs3: (i * 3) % 32 });
      }
    }),
  );
  finish(hart);
  assert.equal(hart.context.x(A0), 4503n);
});

bench.test('a fib by two calls', (hart) => {
  hart.program(RAM, (asm) => {
    callOften(asm, 3n, 12n).label('f').emit('addi', { rd: T0, rs1: 0, imm: 2 });
    asm.jump('bge', { rs1: A1, rs2: T0 }, 'two').emit('add', { rd: A0, rs1: A0, rs2: A1 });
    ret(asm).label('two').emit('addi', { rd: SP, rs1: SP, imm: -16 });
    asm.emit('sd', { rs1: SP, rs2: RA, imm: 0 }).emit('sd', { rs1: SP, rs2: A1, imm: 8 });
    asm.emit('addi', { rd: A1, rs1: A1, imm: -1 }).jump('jal', { rd: RA }, 'f');
    asm.emit('ld', { rd: A1, rs1: SP, imm: 8 }).emit('addi', { rd: A1, rs1: A1, imm: -2 });
    asm.jump('jal', { rd: RA }, 'f');
    ret(pop(asm));
  });
  finish(hart);
  assert.equal(hart.context.x(A0), 3n * 144n);
});

bench.test('a function that returns past its caller, and one that returns behind its call', (hart) => {
  hart.program(RAM, (asm) => {
    callOften(asm, 20n, 0n).label('f');
    push(asm).jump('jal', { rd: RA }, 'g').emit('addi', { rd: A0, rs1: A0, imm: 1 });
    ret(pop(asm));
    // g returns to f's caller itself in every second call, else one instruction further.
    asm.label('g').emit('andi', { rd: T0, rs1: T1, imm: 1 }).jump('bne', { rs1: T0, rs2: 0 }, 'skip');
    ret(pop(asm)).label('skip').emit('jalr', { rd: 0, rs1: RA, imm: 4 });
  });
  finish(hart);
  assert.deepEqual([hart.context.x(A0), hart.context.x(SP)], [0n, STACK]);
});

bench.test('mutual tail calls take no stack', (hart) => {
  hart.program(RAM, (asm) => {
    callOften(asm, 3n, 3000n).label('f').jump('beq', { rs1: A1, rs2: 0 }, 'end');
    asm.emit('addi', { rd: A1, rs1: A1, imm: -1 }).jump('jal', { rd: 0 }, 'g').label('end');
    ret(asm).label('g').emit('addi', { rd: A0, rs1: A0, imm: 1 }).jump('jal', { rd: 0 }, 'f');
  });
  finish(hart);
  assert.equal(hart.context.x(A0), 9000n);
});

bench.test('a call through a register that is also the link, and a table of targets', (hart) => {
  const far = RAM + BigInt(3 * PAGE_BYTES);
  for (let i = 0; i < 4; i++) {
    hart.program(far + BigInt(i * 16), (asm) => ret(asm.emit('addi', { rd: A0, rs1: A0, imm: 10 ** i })));
  }
  hart.program(RAM, (asm) => {
    asm.li(T1, 40n).label('loop').emit('andi', { rd: A2, rs1: T1, imm: 3 });
    asm.emit('slli', { rd: A2, rs1: A2, imm: 4 }).li(RA, far).emit('add', { rd: RA, rs1: RA, rs2: A2 });
    asm.emit('jalr', { rd: RA, rs1: RA, imm: 0 }).emit('addi', { rd: T1, rs1: T1, imm: -1 });
    asm.jump('bne', { rs1: T1, rs2: 0 }, 'loop').emit('ecall');
  });
  finish(hart);
  assert.equal(hart.context.x(A0), 11110n);
});

bench.test('a callee that changes its caller’s code', (hart) => {
  hart.program(RAM, (asm) => {
    callOften(asm, 30n, 0n).label('f');
    push(asm).jump('jal', { rd: RA }, 'g').emit('addi', { rd: A0, rs1: A0, imm: 1 });
    ret(pop(asm))
      .label('g')
      .emit('lw', { rd: T0, rs1: RA, imm: 0 })
      .li(A2, 1n << 20n);
    asm.emit('add', { rd: T0, rs1: T0, rs2: A2 }).emit('sw', { rs1: RA, rs2: T0, imm: 0 });
    ret(asm);
  });
  finish(hart);
  assert.equal(hart.context.x(A0), (31n * 32n) / 2n - 1n);
});

bench.test('fuel that ends anywhere within nested calls', (hart) => {
  hart.program(RAM, (asm) => recursive(callOften(asm, 40n, 20n), () => {}));
  let slice = 0;
  assert.equal(
    hart.run(100_000, () => (slice++ % 61) + 1),
    Exit.Sbi,
  );
  assert.equal(hart.context.x(A0), 840n);
});

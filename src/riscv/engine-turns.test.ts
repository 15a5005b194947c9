// Loops that walk through memory: pages that end, are missing, hold code or devices; copies of what walks; ways out.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { Exit } from './hart/exit.ts';
import type { Assembler } from './isa/assembler.ts';
import { CheckedCompiler } from './testing/checked-compiler.ts';
import { RAM, TestHart } from './testing/hart.ts';
import { Leaf } from './testing/page-tables.ts';
import { Bench } from './testing/scenario.ts';
import { translated, V } from './testing/translated.ts';

const bench = new Bench();
const PAGE = 4096n;
const [T0, S0, S1, A0, A1, A2, A4, A5, S2] = [5, 8, 9, 10, 11, 12, 14, 15, 18];
const DATA = RAM + 0x1_0000n;

const finish = (hart: TestHart, steps = 60_000): void => assert.equal(hart.run(steps), Exit.Sbi);
const addi = (asm: Assembler, rd: number, rs1: number, imm: number): Assembler =>
  asm.emit('addi', { rd, rs1, imm });

/** Copies doublewords forwards as memcpy does: with pointers that are copies of others, and an exit in the middle. */
function copyLoop(asm: Assembler, count: bigint): void {
  asm.li(T0, count);
  addi(asm, A5, A0, 0).label('again');
  asm.emit('ld', { rd: A2, rs1: A1, imm: 0 }).emit('sd', { rs1: A0, rs2: A2, imm: 0 });
  addi(addi(addi(asm, A4, A5, 8), T0, T0, -1), A1, A1, 16).jump('beq', { rs1: T0, rs2: 0 }, 'out');
  asm.emit('ld', { rd: A2, rs1: A1, imm: -8 }).emit('sd', { rs1: A4, rs2: A2, imm: 0 });
  addi(addi(asm, A5, A5, 16), A0, A5, 0)
    .jump('jal', { rd: 0 }, 'again')
    .label('out')
    .emit('ecall');
}

function fill(hart: TestHart, address: bigint, count: number): void {
  for (let i = 0n; i < BigInt(count); i++)
    hart.write64(address + i * 8n, 0x0101_0101_0101_0101n * (i & 0x7fn) + i);
}

for (const [name, from, to] of [
  ['that lie alike', DATA, DATA + 4n * PAGE],
  ['that lie apart', DATA + 24n, DATA + 4n * PAGE + 104n],
  ['that are not aligned', DATA + 3n, DATA + 4n * PAGE + 1n],
  ['that overlap', DATA, DATA + 8n],
] as const) {
  bench.test(`a copy over page ends, between places ${name}`, (hart) => {
    fill(hart, DATA, 1200);
    hart.context.setX(A1, from);
    hart.context.setX(A0, to);
    hart.program(RAM, (asm) => copyLoop(asm, 500n));
    finish(hart);
  });
}

bench.test('a walk in a walk: the region begins in the middle of both', (hart) => {
  fill(hart, DATA, 2000);
  hart.context.setX(S0, DATA);
  hart.context.setX(S1, DATA + 8n * PAGE);
  hart.program(RAM, (asm) => {
    asm.li(T0, 40n).label('row');
    addi(addi(asm, A0, S1, 0).li(A5, 25n), A4, S0, 0).label('again');
    asm.emit('ld', { rd: A1, rs1: A4, imm: 0 }).emit('ld', { rd: A2, rs1: A0, imm: 0 });
    asm.emit('add', { rd: A2, rs1: A2, rs2: A1 }).emit('sd', { rs1: A0, rs2: A2, imm: 0 });
    addi(addi(addi(asm, A0, A0, 8), A4, A4, 8), A5, A5, -1).jump('bne', { rs1: A5, rs2: 0 }, 'again');
    addi(addi(addi(asm, S0, S0, 376), S1, S1, 8), T0, T0, -1).jump('bne', { rs1: T0, rs2: 0 }, 'row');
    asm.emit('ecall');
  });
  finish(hart);
});

bench.test('a walk by an index on bases that stay', (hart) => {
  fill(hart, DATA, 2000);
  hart.context.setX(A0, DATA + 8n);
  hart.context.setX(A1, DATA + 5n * PAGE + 3n);
  hart.program(RAM, (asm) => {
    asm.li(S0, 0n).li(T0, 1500n).label('again');
    asm.emit('slli', { rd: A4, rs1: S0, imm: 3 }).emit('add', { rd: A5, rs1: A0, rs2: A4 });
    asm.emit('ld', { rd: A2, rs1: A5, imm: 0 }).emit('add', { rd: S1, rs1: S1, rs2: A2 });
    asm.emit('add', { rd: A4, rs1: A4, rs2: A1 }).emit('sd', { rs1: A4, rs2: S1, imm: 0 });
    addi(asm, S0, S0, 1).jump('bne', { rs1: S0, rs2: T0 }, 'again').emit('ecall');
  });
  finish(hart);
});

for (const [name, bits] of [
  ['is missing', 0],
  ['is read-only', Leaf.R],
] as const) {
  bench.test(
    `a walk into a page that ${name} stops at its first access, and goes on when it is there`,
    (hart) => {
      const tables = translated(hart);
      tables.map(V, DATA, Leaf.RW, 2);
      if (bits !== 0) tables.map(V + 2n * PAGE, DATA + 2n * PAGE, bits);
      hart.context.setX(S0, V + 64n);
      hart.program(RAM, (asm) => {
        asm.li(T0, 1500n).label('again').emit('ld', { rd: A2, rs1: S0, imm: 0 });
        addi(asm, A2, A2, 3).emit('sd', { rs1: S0, rs2: A2, imm: 0 });
        addi(addi(asm, S0, S0, 8), T0, T0, -1)
          .jump('bne', { rs1: T0, rs2: 0 }, 'again')
          .emit('ecall');
      });
      finish(hart);
      const traps = hart.context.x(13);
      assert.ok(traps > 400n, `${traps} traps`);
    },
  );
}

bench.test('a walk that writes over the code behind its loop is seen there', (hart) => {
  hart.context.setX(S0, RAM + 0x1e00n);
  hart.program(RAM + 0x2ff0n, (asm) => {
    asm.li(T0, 700n).label('again').emit('sd', { rs1: S0, rs2: S1, imm: 0 });
    addi(addi(asm, S0, S0, 8), T0, T0, -1).jump('bne', { rs1: T0, rs2: 0 }, 'again');
    asm.emit('ecall');
  });
  hart.context.set('pc', RAM + 0x2ff0n);
  hart.run(4000);
});

bench.test('a loop whose accesses stay where they are while another walks', (hart) => {
  hart.context.setX(S0, DATA + 4000n);
  hart.context.setX(S2, DATA + 2n * PAGE - 4n);
  hart.program(RAM, (asm) => {
    asm
      .li(T0, 900n)
      .label('again')
      .emit('lw', { rd: A2, rs1: S0, imm: 0 })
      .emit('ld', { rd: A4, rs1: S2, imm: 0 });
    asm.emit('add', { rd: A4, rs1: A4, rs2: A2 }).emit('sd', { rs1: S2, rs2: A4, imm: 0 });
    addi(addi(asm, S0, S0, -12), T0, T0, -1)
      .jump('bne', { rs1: T0, rs2: 0 }, 'again')
      .emit('ecall');
  });
  fill(hart, DATA - 2n * PAGE, 1600);
  finish(hart);
});

const WIDTHS = ['b', 'h', 'w', 'd'] as const;
const POINTERS = [S0, S1, A0, A1] as const;

/** A loop of random accesses by pointers that walk, stay, or are set anew, with ways out; run from several places. */
function randomLoop(hart: TestHart, random: SeededRandom): void {
  const pick = <T>(from: readonly T[]): T => from[random.below(from.length)] as T;
  for (const pointer of POINTERS) {
    hart.context.setX(pointer, DATA + BigInt(random.below(0x3000)) + (random.below(3) === 0 ? 0n : PAGE));
  }
  hart.program(RAM, (asm) => {
    asm.li(T0, BigInt(50 + random.below(900))).label('again');
    for (let count = 3 + random.below(10); count > 0; count--) {
      const [rs1, imm] = [pick(POINTERS), random.below(64) - 32];
      const kind = random.below(12);
      if (kind < 4) asm.emit(`l${pick(WIDTHS)}`, { rd: pick([A2, A4]), rs1, imm });
      else if (kind < 7) asm.emit(`s${pick(WIDTHS)}`, { rs1, rs2: pick([A2, A4, T0]), imm });
      else if (kind < 9) addi(asm, rs1, rs1, pick([8, 8, 16, 1, -8, -24, 0, 200, -200]));
      else if (kind === 9) addi(asm, rs1, pick(POINTERS), imm);
      else if (kind === 10) asm.emit('fld', { rd: 1, rs1, imm }).emit('fsd', { rs1, rs2: 1, imm: imm + 8 });
      else
        asm.emit('andi', { rd: A5, rs1: pick([A2, A4]), imm: 255 }).jump('beq', { rs1: A5, rs2: T0 }, 'out');
    }
    addi(asm, T0, T0, -1).jump('bne', { rs1: T0, rs2: 0 }, 'again').label('out').emit('ecall');
  });
  fill(hart, DATA, 2048);
  hart.run(12_000, (left) => Math.min(left, 700));
}

test('random walks end in the state of the reference', () => {
  const [from, count] = [
    Number(process.env['VMK_SEED'] ?? 1),
    Number(process.env['VMK_RANDOM_PROGRAMS'] ?? 60),
  ];
  for (let seed = from; seed < from + count; seed++) {
    bench.compare((hart) => randomLoop(hart, new SeededRandom(seed)), ` with seed ${seed}`);
  }
});

test('random walks run through safe code only', () => {
  const compiler: CheckedCompiler = new CheckedCompiler(() => hart.memory);
  const hart: TestHart = new TestHart('jit', { compiler });
  for (let seed = 1; seed <= 60; seed++) {
    hart.reset();
    randomLoop(hart, new SeededRandom(seed));
  }
  assert.ok(compiler.checked > 60, `${compiler.checked} modules`);
});

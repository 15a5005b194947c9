// LR and SC: what keeps a reservation, what ends it, and what each attempt answers.
import assert from 'node:assert/strict';
import { Exit } from './hart/exit.ts';
import type { Assembler } from './isa/assembler.ts';
import { RAM, type TestHart } from './testing/hart.ts';
import { Leaf, Tables } from './testing/page-tables.ts';
import { Bench } from './testing/scenario.ts';

const bench = new Bench();
const DATA = RAM + 0x8000n;
const [T0, S0, A0, A1, A2] = [5, 8, 10, 11, 12];

/** Runs a piece of code 30 times with S0 at DATA, where 5 stands; A2 adds up what A1 is in the end. */
function thirty(hart: TestHart, body: (asm: Assembler) => void): void {
  hart.context.setX(S0, DATA);
  hart.write64(DATA, 5n);
  hart.program(RAM, (asm) => {
    asm.li(T0, 30n).label('loop');
    body(asm);
    asm.emit('add', { rd: A2, rs1: A2, rs2: A1 }).emit('addi', { rd: T0, rs1: T0, imm: -1 });
    asm.jump('bne', { rs1: T0, rs2: 0 }, 'loop').emit('ecall');
  });
  assert.equal(hart.run(20_000), Exit.Sbi);
}

const lr = (asm: Assembler, width: 'w' | 'd' = 'd'): Assembler =>
  asm.emit(`lr.${width}`, { rd: A0, rs1: S0 });
const sc = (asm: Assembler, width: 'w' | 'd' = 'd'): Assembler =>
  asm.emit('addi', { rd: A0, rs1: A0, imm: 1 }).emit(`sc.${width}`, { rd: A1, rs1: S0, rs2: A0 });

/** What A2 is in the end (failed attempts), and what memory holds. */
for (const [name, body, failed, value] of [
  ['a pair succeeds', (asm) => sc(lr(asm)), 0n, 35n],
  ['a pair of words succeeds', (asm) => sc(lr(asm, 'w'), 'w'), 0n, 35n],
  ['an SC without LR fails', (asm) => sc(asm), 30n, 5n],
  ['a second SC fails', (asm) => sc(sc(lr(asm))), 30n, 35n],
  ['an SC of another size fails', (asm) => sc(lr(asm, 'w'), 'd'), 30n, 5n],
  [
    'an SC to another address fails',
    (asm) => sc(lr(asm).emit('xori', { rd: S0, rs1: S0, imm: 64 })),
    30n,
    5n,
  ],
  [
    'a plain store of another value between ends it',
    (asm) => sc(lr(asm).emit('sd', { rs1: S0, rs2: T0, imm: 0 })),
    30n,
    1n,
  ],
  ['a store beside it does not', (asm) => sc(lr(asm).emit('sd', { rs1: S0, rs2: T0, imm: 8 })), 0n, 35n],
  ['a later LR takes its place', (asm) => sc(lr(lr(asm, 'w'))), 0n, 35n],
  [
    'an AMO between that changes the value ends it',
    (asm) => sc(lr(asm).emit('amoadd.d', { rd: 0, rs1: S0, rs2: T0 })),
    30n,
    470n,
  ],
  [
    'an AMO between that leaves the value does not',
    (asm) => sc(lr(asm).emit('amoor.d', { rd: 0, rs1: S0, rs2: 0 })),
    0n,
    35n,
  ],
] as const satisfies readonly (readonly [string, (asm: Assembler) => unknown, bigint, bigint])[]) {
  bench.test(`LR/SC: ${name}`, (hart) => {
    thirty(hart, body);
    assert.deepEqual([hart.context.x(A2), hart.read64(DATA)], [failed, value]);
  });
}

bench.test('LR/SC: a trap between does not end the reservation', (hart) => {
  hart.context.set('stvec', RAM + 0x2000n);
  hart.program(RAM + 0x2000n, (asm) => {
    asm.emit('csrrs', { rd: 6, rs1: 0, csr: 0x141 }).emit('addi', { rd: 6, rs1: 6, imm: 4 });
    asm.emit('csrrw', { rd: 0, rs1: 6, csr: 0x141 }).emit('sret');
  });
  thirty(hart, (asm) => sc(lr(asm).emit('ebreak')));
  assert.deepEqual([hart.context.x(A2), hart.read64(DATA)], [0n, 35n]);
});

bench.test('LR/SC: what the host writes between ends the reservation', (hart) => {
  hart.context.setX(S0, DATA);
  hart.program(RAM, (asm) => sc(lr(asm)).emit('ecall'));
  hart.run(1);
  hart.write64(DATA, 9n);
  assert.equal(hart.run(10), Exit.Sbi);
  assert.deepEqual([hart.context.x(A1), hart.read64(DATA)], [1n, 9n]);
});

bench.test('LR/SC: one word under two virtual addresses is one reservation', (hart) => {
  const tables = new Tables(hart, 8);
  tables.map(RAM, RAM, Leaf.RX);
  for (const address of [0x4000n, 0x9000n]) tables.map(address, DATA, Leaf.RW);
  hart.context.set('satp', tables.satp());
  hart.context.setX(S0, 0x4000n);
  hart.program(RAM, (asm) => sc(lr(asm).li(S0, 0x9000n)).emit('ecall'));
  assert.equal(hart.run(10), Exit.Sbi);
  assert.deepEqual([hart.context.x(A1), hart.read64(DATA)], [0n, 1n]);
});

for (const [name, width, offset] of [
  ['lr.w', 4, 2],
  ['lr.d', 8, 4],
  ['sc.w', 4, 1],
  ['sc.d', 8, 4],
  ['amoswap.w', 4, 3],
  ['amomaxu.d', 8, 4],
] as const) {
  bench.test(`${name} off its ${width} bytes traps as misaligned`, (hart) => {
    hart.context.set('stvec', RAM + 0x2000n);
    hart.context.setX(S0, DATA + BigInt(offset));
    const operands = { rd: A0, rs1: S0, ...(name.startsWith('lr') ? {} : { rs2: A1 }) };
    hart.program(RAM, (asm) => asm.emit(name, operands));
    hart.run(1);
    assert.equal(hart.context.get('scause'), name.startsWith('lr') ? 4n : 6n);
    assert.equal(hart.context.get('stval'), DATA + BigInt(offset));
  });
}

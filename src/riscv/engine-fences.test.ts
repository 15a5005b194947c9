// Fences of one address: what they take out of the TLBs and the jump cache, and what they leave there.
import assert from 'node:assert/strict';
import { RAM } from './testing/hart.ts';
import { Leaf, Tables } from './testing/page-tables.ts';
import { Bench } from './testing/scenario.ts';
import { adders, finish, ONE, OTHER, translated, twoPages, V } from './testing/translated.ts';

const bench = new Bench();
const PAGE = 4096n;
const [RA, T0, T2, S0, S1, S2, A0, A1, A2, A3] = [1, 5, 7, 8, 9, 18, 10, 11, 12, 13];
const SSTATUS = 0x100;
const SUM = 1n << 18n;

bench.test('superpages, and a fence of one address within them', (hart) => {
  const tables = translated(hart);
  const large = 0x4000_0000n;
  // RAM is less than 2 MiB: the superpage begins with it.
  tables.set(large, RAM, Leaf.RW, 1);
  hart.context.setX(S2, large + (ONE - RAM));
  hart.context.setX(S0, tables.entry(large, 1));
  hart.program(RAM, (asm) => {
    asm.li(A1, PAGE).emit('add', { rd: A1, rs1: A1, rs2: S2 }).emit('ld', { rd: A0, rs1: S2, imm: 0 });
    asm.emit('ld', { rd: T0, rs1: A1, imm: 0 }).emit('add', { rd: A0, rs1: A0, rs2: T0 });
    asm.emit('sd', { rs1: S0, rs2: 0, imm: 0 }).emit('sfence.vma', { rs1: A1 });
    asm.emit('ld', { rd: T2, rs1: S2, imm: 0 }).emit('ecall');
  });
  finish(hart);
  assert.deepEqual([hart.context.x(A0), hart.context.x(A3), hart.context.x(T2)], [1001n, 1n, 0n]);
});

for (const [name, own, level] of [
  ['a global superpage', Leaf.Global, 1],
  ['a global page of 1 GiB', Leaf.Global, 2],
  ['a global page beside a user superpage', Leaf.Global, 0],
  ['a page of S-mode beside a user superpage', 0, 0],
] as const) {
  bench.test(`a fence of one address, when it is in ${name}`, (hart) => {
    const tables = translated(hart);
    const [large, user] = [0x4000_0000n, 0x1_0000_0000n];
    tables.set(large, level > 0 ? RAM : ONE, Leaf.RW | own, level);
    tables.set(user, RAM, Leaf.RW | Leaf.User, 1);
    hart.context.setX(S2, large + (level > 0 ? ONE - RAM : 0n));
    hart.context.setX(S0, tables.entry(large, level));
    hart.context.setX(S1, user + (OTHER - RAM));
    hart.program(RAM, (asm) => {
      asm.li(T0, SUM).emit('csrrs', { rd: 0, rs1: T0, csr: SSTATUS }).emit('ld', { rd: A1, rs1: S1, imm: 0 });
      asm.emit('csrrc', { rd: 0, rs1: T0, csr: SSTATUS }).emit('ld', { rd: A0, rs1: S2, imm: 0 });
      asm.emit('sd', { rs1: S0, rs2: 0, imm: 0 }).emit('sfence.vma', { rs1: S2 });
      asm.emit('ld', { rd: T2, rs1: S2, imm: 0 }).emit('ecall');
    });
    finish(hart);
    const { context } = hart;
    assert.deepEqual([context.x(A0), context.x(A1), context.x(A3), context.x(T2)], [1n, 1000n, 1n, 0n]);
  });
}

for (const level of [1, 2]) {
  const size = level === 1 ? '2 MiB' : '1 GiB';
  bench.test(`pages of ${size} that were fenced stay so when another fence comes`, (hart) => {
    const tables = translated(hart);
    const large = 0x4000_0000n;
    tables.set(large, RAM, Leaf.RW | Leaf.Global, level);
    hart.context.setX(S2, large + (ONE - RAM));
    hart.context.setX(S1, large + (OTHER - RAM));
    hart.context.setX(S0, tables.entry(large, level));
    hart.program(RAM, (asm) => {
      asm.emit('ld', { rd: A0, rs1: S2, imm: 0 }).emit('sd', { rs1: S1, rs2: 0, imm: 8 });
      asm.emit('sd', { rs1: S0, rs2: 0, imm: 0 }).emit('sfence.vma', { rs1: S2 });
      asm.emit('sfence.vma', { rs1: S1 }).emit('sfence.vma', { rs1: S2 });
      asm.emit('ld', { rd: T2, rs1: S2, imm: 0 }).emit('sd', { rs1: S1, rs2: A0, imm: 8 }).emit('ecall');
    });
    finish(hart);
    assert.deepEqual([hart.context.x(A0), hart.context.x(A3), hart.context.x(T2)], [1n, 2n, 0n]);
  });

  bench.test(`code in a page of ${size} is fetched anew behind a fence of another address in it`, (hart) => {
    const tables = translated(hart);
    const large = 0x4000_0000n;
    tables.set(large, RAM, Leaf.RX | Leaf.Global, level);
    adders(hart);
    const small = new Tables(hart, 8, tables);
    const table = small.entry(large) & -PAGE;
    // The same addresses by pages of 4 KiB: behind ONE's address is OTHER.
    small.set(large + (ONE - RAM), OTHER, Leaf.RX | Leaf.Global);
    if (level === 2) hart.context.setX(T2, hart.read64(small.entry(large, 2)));
    else hart.context.setX(T2, ((table >> 12n) << 10n) | 1n);
    hart.context.setX(S0, tables.entry(large, level));
    hart.context.setX(S2, large + (ONE - RAM));
    hart.context.setX(S1, large + (OTHER - RAM));
    hart.program(RAM, (asm) => {
      asm.li(A2, 20n).label('loop').emit('jalr', { rd: RA, rs1: S2, imm: 0 });
      asm.emit('addi', { rd: A2, rs1: A2, imm: -1 }).jump('bne', { rs1: A2, rs2: 0 }, 'loop');
      asm.emit('sd', { rs1: S0, rs2: T2, imm: 0 }).emit('sfence.vma', { rs1: S1 });
      asm.emit('jalr', { rd: RA, rs1: S2, imm: 0 }).emit('ecall');
    });
    finish(hart);
    assert.equal(hart.context.x(A0), 120n);
  });
}

bench.test(
  'code that is fenced by its own address, among much other code, is fetched from its new page',
  (hart) => {
    const tables = translated(hart);
    const far = -1n << 38n;
    twoPages(hart, tables, Leaf.RX);
    adders(hart);
    // The same page number but for the sign.
    tables.set(far | (V & 0xf_ffff_ffffn), ONE, Leaf.RX);
    hart.context.setX(S1, BigInt.asUintN(64, far | (V & 0xf_ffff_ffffn)));
    hart.program(RAM, (asm) => {
      asm.li(A2, 20n).label('loop');
      for (const rs1 of [S2, S1]) asm.emit('jalr', { rd: RA, rs1, imm: 0 });
      asm.emit('addi', { rd: A2, rs1: A2, imm: -1 }).jump('bne', { rs1: A2, rs2: 0 }, 'loop');
      asm.emit('sd', { rs1: S0, rs2: T2, imm: 0 }).emit('sfence.vma', { rs1: S2 });
      for (const rs1 of [S2, S1]) asm.emit('jalr', { rd: RA, rs1, imm: 0 });
      asm.emit('ecall');
    });
    finish(hart);
    assert.equal(hart.context.x(A0), 40n + 101n);
  },
);

bench.test(
  'what a fence has taken out does not come back when its former page begins to hold code',
  (hart) => {
    const tables = translated(hart);
    twoPages(hart, tables);
    tables.set(ONE, ONE, Leaf.RX);
    hart.program(ONE, (asm) => asm.emit('jalr', { rd: 0, rs1: RA, imm: 0 }));
    hart.program(RAM, (asm) => {
      asm.emit('sd', { rs1: S2, rs2: 0, imm: 64 }).li(A1, ONE).li(A2, 7n);
      asm.emit('sd', { rs1: S0, rs2: T2, imm: 0 }).emit('sfence.vma', { rs1: S2 });
      asm.emit('jalr', { rd: RA, rs1: A1, imm: 0 }).emit('sd', { rs1: S2, rs2: A2, imm: 64 }).emit('ecall');
    });
    finish(hart);
    assert.deepEqual([hart.read64(ONE + 64n), hart.read64(OTHER + 64n)], [0n, 7n]);
  },
);

// Page tables that change under running code, and each way of looking at memory.
import assert from 'node:assert/strict';
import { Cause } from './hart/causes.ts';
import type { Assembler } from './isa/assembler.ts';
import { RAM } from './testing/hart.ts';
import { Leaf, Tables } from './testing/page-tables.ts';
import { Bench } from './testing/scenario.ts';
import { adders, finish, HANDLER, ONE, OTHER, translated, twoPages, V } from './testing/translated.ts';

const bench = new Bench();
const [RA, T0, T1, T2, S0, S1, S2, A0, A1, A2, A3] = [1, 5, 6, 7, 8, 9, 18, 10, 11, 12, 13];
const Csr = { sstatus: 0x100, satp: 0x180 } as const;
const SUM = 1n << 18n;
const MXR = 1n << 19n;

/** 20 times: reads V, swaps its page, fences. A0 is the sum of what was read. */
const swapping = (asm: Assembler, fence: (asm: Assembler) => void): Assembler => {
  asm
    .li(A2, 20n)
    .label('loop')
    .emit('ld', { rd: A1, rs1: S2, imm: 0 })
    .emit('add', { rd: A0, rs1: A0, rs2: A1 });
  asm.emit('sd', { rs1: S0, rs2: T2, imm: 0 });
  fence(asm);
  asm.emit('addi', { rd: A1, rs1: T0, imm: 0 }).emit('addi', { rd: T0, rs1: T2, imm: 0 });
  asm.emit('addi', { rd: T2, rs1: A1, imm: 0 }).emit('addi', { rd: A2, rs1: A2, imm: -1 });
  return asm.jump('bne', { rs1: A2, rs2: 0 }, 'loop').emit('ecall');
};

for (const mode of [8, 9] as const) {
  const scheme = mode === 8 ? 'Sv39' : 'Sv48';
  for (const [name, operands] of [
    ['everything', {}],
    ['an address', { rs1: S2 }],
    ['an address space', { rs2: S1 }],
    ['an address in an address space', { rs1: S2, rs2: S1 }],
  ] as const) {
    bench.test(`${scheme}: sfence.vma of ${name} makes a new page be seen`, (hart) => {
      twoPages(hart, translated(hart, mode));
      hart.program(RAM, (asm) => swapping(asm, () => asm.emit('sfence.vma', operands)));
      finish(hart);
      assert.equal(hart.context.x(A0), 10_010n);
    });
  }
}

bench.test('a global page is renewed by a fence of everything, and of its address', (hart) => {
  const tables = translated(hart);
  twoPages(hart, tables, Leaf.RW | Leaf.Global);
  hart.program(RAM, (asm) =>
    swapping(asm, () => asm.emit('sinval.vma', { rs1: S2 }).emit('sfence.inval.ir')),
  );
  finish(hart);
  assert.equal(hart.context.x(A0), 10_010n);
});

bench.test('the engine’s flush is a fence of everything', (hart) => {
  const tables = translated(hart);
  twoPages(hart, tables, Leaf.RW | Leaf.Global);
  hart.program(RAM, (asm) => {
    asm.label('loop').emit('ld', { rd: A1, rs1: S2, imm: 0 }).emit('add', { rd: A0, rs1: A0, rs2: A1 });
    asm.jump('jal', { rd: 0 }, 'loop');
  });
  for (let round = 0; round < 6; round++) {
    hart.run(30);
    tables.set(V, round % 2 ? ONE : OTHER, Leaf.RW | Leaf.Global);
    hart.flush();
  }
  assert.equal(hart.context.x(A0), 3n * 10n * 1001n);
});

bench.test('two address spaces by ASID, without fences', (hart) => {
  const tables = translated(hart);
  const other = new Tables(hart, 8, tables);
  other.map(RAM, RAM, Leaf.RWX | Leaf.Global, 8);
  tables.set(V, ONE, Leaf.RW);
  other.set(V, OTHER, Leaf.RW);
  hart.context.setX(T0, tables.satp(1));
  hart.context.setX(T2, other.satp(2));
  hart.context.setX(S2, V);
  hart.program(RAM, (asm) => swapping(asm, () => asm.emit('csrrw', { rd: 0, rs1: T2, csr: Csr.satp })));
  // The store of `swapping` goes to a page that all share.
  hart.context.setX(S0, RAM + 0x1000n);
  finish(hart);
  assert.equal(hart.context.x(A0), 10_010n);
});

for (const mode of [8, 9] as const) {
  bench.test(`Bare and ${mode === 8 ? 'Sv39' : 'Sv48'} take turns, with global pages`, (hart) => {
    const tables = translated(hart, mode);
    tables.set(ONE, OTHER, Leaf.RW | Leaf.Global);
    hart.context.setX(T0, tables.satp());
    hart.context.setX(T2, 0n);
    hart.context.setX(S2, ONE);
    hart.program(RAM, (asm) => swapping(asm, () => asm.emit('csrrw', { rd: 0, rs1: T2, csr: Csr.satp })));
    hart.context.setX(S0, RAM + 0x1000n);
    finish(hart);
    assert.equal(hart.context.x(A0), 10_010n);
  });
}

bench.test('a satp whose mode does not exist changes nothing', (hart) => {
  const tables = translated(hart);
  tables.set(V, ONE, Leaf.RW);
  hart.context.setX(S2, V);
  hart.program(RAM, (asm) => {
    asm.li(T0, 10n << 60n).emit('csrrw', { rd: A1, rs1: T0, csr: Csr.satp });
    asm
      .emit('csrrs', { rd: A2, rs1: 0, csr: Csr.satp })
      .emit('ld', { rd: A0, rs1: S2, imm: 0 })
      .emit('ecall');
  });
  finish(hart);
  assert.deepEqual([hart.context.x(A0), hart.context.x(A1)], [1n, hart.context.x(A2)]);
});

bench.test('code under a virtual address whose page changes is fetched from the new one', (hart) => {
  const tables = translated(hart);
  adders(hart);
  twoPages(hart, tables, Leaf.RX);
  hart.program(RAM, (asm) => {
    asm
      .li(A2, 20n)
      .label('loop')
      .emit('jalr', { rd: RA, rs1: S2, imm: 0 })
      .emit('jalr', { rd: RA, rs1: S2, imm: 0 });
    asm.emit('sd', { rs1: S0, rs2: T2, imm: 0 }).emit('sfence.vma', { rs1: S2 });
    asm.emit('xor', { rd: T0, rs1: T0, rs2: T2 }).emit('xor', { rd: T2, rs1: T0, rs2: T2 });
    asm.emit('xor', { rd: T0, rs1: T0, rs2: T2 }).emit('addi', { rd: A2, rs1: A2, imm: -1 });
    asm.jump('bne', { rs1: A2, rs2: 0 }, 'loop').emit('ecall');
  });
  finish(hart);
  assert.equal(hart.context.x(A0), 20n * 101n);
});

/** Tries a load and a store at S2 with SUM and MXR as given, over and over; A3 counts faults, A0 adds what is read. */
const trying = (asm: Assembler, bits: readonly bigint[]): Assembler => {
  asm.li(A2, 10n).label('loop');
  for (const set of bits) {
    asm
      .li(T0, SUM | MXR)
      .emit('csrrc', { rd: 0, rs1: T0, csr: Csr.sstatus })
      .li(T0, set);
    asm.emit('csrrs', { rd: 0, rs1: T0, csr: Csr.sstatus }).emit('addi', { rd: A1, rs1: 0, imm: 0 });
    asm.emit('ld', { rd: A1, rs1: S2, imm: 0 }).emit('add', { rd: A0, rs1: A0, rs2: A1 });
    asm.emit('sd', { rs1: S2, rs2: A1, imm: 8 });
  }
  return asm
    .emit('addi', { rd: A2, rs1: A2, imm: -1 })
    .jump('bne', { rs1: A2, rs2: 0 }, 'loop')
    .emit('ecall');
};

for (const [name, leaf, reads, faults] of [
  ['a user page', Leaf.RW | Leaf.User, 2n, 4n],
  ['a page for execution only', Leaf.X, 2n, 6n],
  ['a user page for execution only', Leaf.X | Leaf.User, 1n, 7n],
  ['a page for reading', Leaf.R, 4n, 4n],
] as const) {
  bench.test(`SUM and MXR: ${name}`, (hart) => {
    const tables = translated(hart);
    tables.set(V, ONE, leaf);
    hart.context.setX(S2, V);
    hart.program(RAM, (asm) => trying(asm, [0n, SUM, MXR, SUM | MXR]));
    finish(hart);
    assert.deepEqual([hart.context.x(A0), hart.context.x(A3)], [10n * reads, 10n * faults]);
  });
}

bench.test('A and D are set by the access that needs them', (hart) => {
  const tables = translated(hart);
  tables.set(V, ONE, Leaf.RW & ~(Leaf.Accessed | Leaf.Dirty));
  hart.context.setX(S0, tables.entry(V));
  hart.context.setX(S2, V);
  hart.program(RAM, (asm) => {
    asm.emit('ld', { rd: T0, rs1: S0, imm: 0 }).emit('ld', { rd: A0, rs1: S2, imm: 0 });
    asm.emit('ld', { rd: T1, rs1: S0, imm: 0 }).emit('sd', { rs1: S2, rs2: A0, imm: 8 });
    asm.emit('ld', { rd: T2, rs1: S0, imm: 0 }).emit('ecall');
  });
  finish(hart);
  const bits = [T0, T1, T2].map((register) => Number(hart.context.x(register) & 255n));
  assert.deepEqual(bits, [7, 7 | Leaf.Accessed, 7 | Leaf.Accessed | Leaf.Dirty]);
});

bench.test('D that a fence has cleared is set again by the next store', (hart) => {
  const tables = translated(hart);
  twoPages(hart, tables);
  hart.program(RAM, (asm) => {
    asm
      .li(A2, 20n)
      .label('loop')
      .emit('sd', { rs1: S2, rs2: A2, imm: 0 })
      .emit('ld', { rd: T1, rs1: S0, imm: 0 });
    asm.emit('andi', { rd: T1, rs1: T1, imm: Leaf.Dirty }).emit('add', { rd: A0, rs1: A0, rs2: T1 });
    asm.emit('addi', { rd: T1, rs1: T0, imm: -Leaf.Dirty }).emit('sd', { rs1: S0, rs2: T1, imm: 0 });
    asm.emit('sfence.vma', { rs1: S2 }).emit('addi', { rd: A2, rs1: A2, imm: -1 });
    asm.jump('bne', { rs1: A2, rs2: 0 }, 'loop').emit('ecall');
  });
  finish(hart);
  assert.equal(hart.context.x(A0), 20n * BigInt(Leaf.Dirty));
});

for (const [name, spoil] of [
  ['a superpage that is not aligned', (tables: Tables) => tables.set(V, ONE, Leaf.RW, 1)],
  ['a leaf that is not valid', (tables: Tables) => tables.set(V, ONE, Leaf.RW & ~1)],
  ['a page that can be written but not read', (tables: Tables) => tables.set(V, ONE, Leaf.RW & ~2)],
  ['a user page', (tables: Tables) => tables.set(V, ONE, Leaf.RWX | Leaf.User)],
  ['a pointer where a leaf must be', (tables: Tables) => tables.set(V, ONE, 1)],
] as const) {
  bench.test(`page fault: ${name}`, (hart) => {
    const tables = translated(hart);
    spoil(tables);
    hart.context.setX(S2, V);
    const causes: bigint[] = [];
    for (const write of [
      (asm: Assembler) => asm.emit('lb', { rd: A0, rs1: S2, imm: 5 }),
      (asm: Assembler) => asm.emit('sb', { rs1: S2, rs2: A0, imm: 5 }),
      (asm: Assembler) => asm.emit('jalr', { rd: RA, rs1: S2, imm: 4 }),
    ]) {
      hart.program(RAM, write);
      hart.context.set('pc', RAM);
      hart.run(1);
      if (hart.context.get('mode') === 1n && hart.context.get('pc') !== HANDLER) hart.run(1);
      causes.push(hart.context.get('scause'));
      assert.equal(hart.context.get('stval') & ~1n, V + 4n);
    }
    assert.deepEqual(causes, [13n, 15n, 12n]);
  });
}

bench.test('reserved bits of a leaf, and tables outside RAM', (hart) => {
  const tables = translated(hart);
  tables.set(V, ONE, Leaf.RW);
  hart.write64(tables.entry(V), hart.read64(tables.entry(V)) | (1n << 63n));
  hart.context.setX(S2, V);
  hart.program(RAM, (asm) => asm.emit('ld', { rd: A0, rs1: S2, imm: 0 }));
  hart.run(1);
  assert.equal(hart.context.get('scause'), BigInt(Cause.LoadPage));
  hart.write64(tables.entry(V, 1), (0x1234n << 10n) | 1n);
  hart.context.set('pc', RAM);
  hart.flush();
  hart.run(1);
  assert.equal(hart.context.get('scause'), BigInt(Cause.LoadAccess));
});

for (const mode of [8, 9] as const) {
  bench.test(`${mode === 8 ? 'Sv39' : 'Sv48'}: addresses whose upper bits are not one sign fault`, (hart) => {
    translated(hart, mode);
    const top = mode === 8 ? 39n : 48n;
    const tries = [1n << (top - 1n), 1n << top, (1n << 63n) | RAM, -(1n << top) | RAM, (1n << 56n) | RAM];
    for (const address of tries) {
      hart.context.setX(S2, address);
      hart.program(RAM, (asm) =>
        asm.emit('ld', { rd: A0, rs1: S2, imm: 0 }).emit('jalr', { rd: 0, rs1: S2, imm: 0 }),
      );
      hart.context.set('pc', RAM);
      hart.run(1);
      assert.equal(hart.context.get('scause'), BigInt(Cause.LoadPage));
      hart.context.set('pc', RAM + 4n);
      hart.run(2);
      assert.equal(hart.context.get('scause'), BigInt(Cause.InstructionPage));
    }
  });
}

// Page tables that change under running code, and each way of looking at memory.
import assert from 'node:assert/strict';
import { Cause } from './hart/causes.ts';
import { Exit } from './hart/exit.ts';
import type { Assembler } from './isa/assembler.ts';
import { RAM, type TestHart } from './testing/hart.ts';
import { Leaf, Tables } from './testing/page-tables.ts';
import { Bench } from './testing/scenario.ts';
import { HANDLER, ONE, OTHER, translated, V } from './testing/translated.ts';

const bench = new Bench();
const PAGE = 4096n;
const [RA, T0, T1, T2, S0, S1, S2, A0, A1, A2, A3] = [1, 5, 6, 7, 8, 9, 18, 10, 11, 12, 13];
const Csr = { sstatus: 0x100, satp: 0x180 } as const;
const SUM = 1n << 18n;
const MXR = 1n << 19n;

const finish = (hart: TestHart): void => assert.equal(hart.run(50_000), Exit.Sbi);

/** S2 is V, S0 the address of V's leaf, T0 and T2 its values for ONE and OTHER. */
function twoPages(hart: TestHart, tables: Tables, bits: number = Leaf.RW): void {
  tables.set(V, ONE, bits);
  hart.context.setX(S0, tables.entry(V));
  hart.context.setX(T0, hart.read64(tables.entry(V)));
  hart.context.setX(T2, hart.read64(tables.entry(V)) + ((PAGE >> 12n) << 10n));
  hart.context.setX(S2, V);
}

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
  for (const [page, imm] of [
    [ONE, 1],
    [OTHER, 100],
  ] as const) {
    hart.program(page, (asm) => {
      asm.emit('addi', { rd: A0, rs1: A0, imm }).emit('jalr', { rd: 0, rs1: RA, imm: 0 });
    });
  }
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
      asm
        .li(T0, SUM)
        .emit('csrrs', { rd: 0, rs1: T0, csr: Csr.sstatus })
        .emit('ld', { rd: A1, rs1: S1, imm: 0 });
      asm.emit('csrrc', { rd: 0, rs1: T0, csr: Csr.sstatus }).emit('ld', { rd: A0, rs1: S2, imm: 0 });
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
    for (const [at, imm] of [
      [ONE, 1],
      [OTHER, 100],
    ] as const) {
      hart.program(at, (asm) => {
        asm.emit('addi', { rd: A0, rs1: A0, imm }).emit('jalr', { rd: 0, rs1: RA, imm: 0 });
      });
    }
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
    for (const [page, imm] of [
      [ONE, 1],
      [OTHER, 100],
    ] as const) {
      hart.program(page, (asm) => {
        asm.emit('addi', { rd: A0, rs1: A0, imm }).emit('jalr', { rd: 0, rs1: RA, imm: 0 });
      });
    }
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

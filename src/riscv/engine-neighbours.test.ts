// Loops over the end between two pages of code, while the pages' translation, rights and content change.
import assert from 'node:assert/strict';
import type { Assembler } from './isa/assembler.ts';
import { encode } from './isa/encode.ts';
import { RAM, type TestHart } from './testing/hart.ts';
import { Leaf, Tables } from './testing/page-tables.ts';
import { Bench } from './testing/scenario.ts';
import { finish, ONE, OTHER, TRAPS, translated } from './testing/translated.ts';

const bench = new Bench();
const PAGE = 4096n;
const BASE = 0x40_0000n;
const FIRST = RAM + 0xa000n;
/** Where the loop begins: 8 bytes before the end of its first page. */
const LOOP = BASE + PAGE - 8n;
const [RA, T0, T2, S0, S1, S2, A0, A1, A2] = [1, 5, 7, 8, 9, 18, 10, 11, 12];

/** The first page counts t0 down; the second adds to a0 and goes back while t0 is not 0. */
function prepare(hart: TestHart, mode: 8 | 9 = 8): Tables {
  const tables = translated(hart, mode);
  hart.program(FIRST + PAGE - 8n, (asm) => {
    asm.emit('addi', { rd: T0, rs1: T0, imm: -1 }).emit('addi', { rd: A1, rs1: A1, imm: 1 });
  });
  for (const [page, imm] of [
    [ONE, 1],
    [OTHER, 100],
  ] as const) {
    hart.program(page, (asm) => {
      asm.emit('addi', { rd: A0, rs1: A0, imm }).emit('bne', { rs1: T0, rs2: 0, imm: -12 });
      asm.emit('jalr', { rd: 0, rs1: RA, imm: 0 });
    });
  }
  tables.set(BASE, FIRST, Leaf.RX);
  tables.set(BASE + PAGE, ONE, Leaf.RX);
  const { context } = hart;
  context.setX(S0, tables.entry(BASE + PAGE));
  context.setX(S2, BASE + PAGE);
  // What the leaf is now, and what it is with the other page.
  context.setX(S1, hart.read64(tables.entry(BASE + PAGE)));
  context.setX(T2, hart.read64(tables.entry(BASE + PAGE)) + (1n << 10n));
  return tables;
}

/** 20 rounds: calls the loop for 5 turns, then changes something. */
function rounds(asm: Assembler, change: (asm: Assembler) => void): void {
  asm.li(A2, 20n).label('round').li(T0, 5n).li(28, LOOP).emit('jalr', { rd: RA, rs1: 28, imm: 0 });
  change(asm);
  asm.emit('addi', { rd: A2, rs1: A2, imm: -1 }).jump('bne', { rs1: A2, rs2: 0 }, 'round').emit('ecall');
}

/** Puts the other page behind the second one. */
const swap = (asm: Assembler): Assembler => {
  asm.emit('sd', { rs1: S0, rs2: T2, imm: 0 }).emit('xor', { rd: S1, rs1: S1, rs2: T2 });
  return asm.emit('xor', { rd: T2, rs1: S1, rs2: T2 }).emit('xor', { rd: S1, rs1: S1, rs2: T2 });
};

for (const mode of [8, 9] as const) {
  for (const [name, operands] of [
    ['everything', {}],
    ['the second page', { rs1: S2 }],
    ['an address space', { rs2: A2 }],
    ['the second page in an address space', { rs1: S2, rs2: A2 }],
  ] as const) {
    bench.test(`${mode === 8 ? 'Sv39' : 'Sv48'}: another second page after a fence of ${name}`, (hart) => {
      prepare(hart, mode);
      hart.program(RAM, (asm) => rounds(asm, () => swap(asm).emit('sfence.vma', operands)));
      finish(hart);
      assert.equal(hart.context.x(A0), 10n * 5n * 101n);
    });
  }
}

bench.test('another second page by ASID, without fences', (hart) => {
  const tables = prepare(hart);
  const other = new Tables(hart, 8, tables);
  other.map(RAM, RAM, Leaf.RWX | Leaf.Global, 8);
  other.set(BASE, FIRST, Leaf.RX);
  other.set(BASE + PAGE, OTHER, Leaf.RX);
  hart.context.setX(S1, tables.satp(1));
  hart.context.setX(T2, other.satp(2));
  hart.context.setX(S0, RAM + 0x1000n);
  hart.program(RAM, (asm) => rounds(asm, () => swap(asm).emit('csrrw', { rd: 0, rs1: S1, csr: 0x180 })));
  finish(hart);
  assert.equal(hart.context.x(A0), 10n * 5n * 101n);
});

bench.test('another second page after the engine’s flush', (hart) => {
  const tables = prepare(hart);
  hart.program(RAM, (asm) => rounds(asm, () => {}));
  for (let piece = 0; piece < 8; piece++) {
    hart.run(50);
    tables.set(BASE + PAGE, piece % 2 ? ONE : OTHER, Leaf.RX);
    hart.flush();
  }
  finish(hart);
});

for (const [name, bits] of [
  ['is not there', 0],
  ['may not be executed', Leaf.RW],
  ['is a user page', Leaf.RX | Leaf.User],
] as const) {
  bench.test(`a second page that ${name} faults at its first instruction`, (hart) => {
    prepare(hart);
    const leaf = ((ONE >> 12n) << 10n) | BigInt(bits);
    hart.context.setX(T2, leaf);
    // The handler steps over both instructions of the page that is missing, on to its return.
    hart.program(RAM, (asm) => rounds(asm, () => swap(asm).emit('sfence.vma', { rs1: S2 })));
    hart.run(2000);
    assert.ok(hart.context.x(TRAPS) > 0n);
    assert.deepEqual(
      [hart.context.get('scause'), hart.context.get('stval') >> 12n],
      [12n, (BASE + PAGE) >> 12n],
    );
  });
}

for (const [name, address, place] of [
  ['first', FIRST + PAGE - 4n, A1],
  ['second', ONE, A0],
] as const) {
  bench.test(`the ${name} page is written by another address`, (hart) => {
    const tables = prepare(hart);
    tables.set(0x9000n, address & -PAGE, Leaf.RW);
    hart.context.setX(S0, 0x9000n + (address & (PAGE - 1n)));
    hart.program(RAM, (asm) =>
      rounds(asm, () => {
        asm
          .emit('lw', { rd: 28, rs1: S0, imm: 0 })
          .li(29, 1n << 20n)
          .emit('add', { rd: 28, rs1: 28, rs2: 29 });
        asm.emit('sw', { rs1: S0, rs2: 28, imm: 0 });
      }),
    );
    finish(hart);
    assert.equal(hart.context.x(place), (5n * 20n * 21n) / 2n);
  });

  bench.test(`the ${name} page is written by the host`, (hart) => {
    prepare(hart);
    hart.program(RAM, (asm) => rounds(asm, () => {}));
    for (let piece = 1; piece < 9; piece++) {
      hart.run(50);
      const word = encode('addi', { rd: place, rs1: place, imm: piece });
      hart.write(address, new Uint8Array(new Uint32Array([word]).buffer));
    }
    finish(hart);
  });
}

bench.test('the loop writes its other page in each turn', (hart) => {
  const tables = prepare(hart);
  tables.set(0x9000n, FIRST, Leaf.RW);
  tables.set(BASE + PAGE, OTHER, Leaf.RX);
  // The second page changes what the first one adds.
  hart.program(OTHER, (asm) => {
    asm.emit('add', { rd: 28, rs1: 28, rs2: 29 }).emit('sw', { rs1: S0, rs2: 28, imm: 0 });
    asm.emit('bne', { rs1: T0, rs2: 0, imm: -16 }).emit('jalr', { rd: 0, rs1: RA, imm: 0 });
  });
  hart.context.setX(S0, 0x9000n + PAGE - 4n);
  hart.program(RAM, (asm) => {
    asm
      .li(A2, 10n)
      .li(28, BigInt(encode('addi', { rd: A1, rs1: A1, imm: 1 })))
      .li(29, 1n << 20n)
      .label('round');
    asm
      .li(T0, 8n)
      .li(30, LOOP)
      .emit('jalr', { rd: RA, rs1: 30, imm: 0 })
      .emit('addi', { rd: A2, rs1: A2, imm: -1 });
    asm.jump('bne', { rs1: A2, rs2: 0 }, 'round').emit('ecall');
  });
  finish(hart);
  assert.equal(hart.context.x(A1), (80n * 81n) / 2n);
});

bench.test('both pages are the same machine page', (hart) => {
  const tables = prepare(hart);
  // One page whose end runs over into its own start.
  hart.program(FIRST, (asm) => {
    asm.emit('addi', { rd: A0, rs1: A0, imm: 7 }).emit('bne', { rs1: T0, rs2: 0, imm: -12 });
    asm.emit('jalr', { rd: 0, rs1: RA, imm: 0 });
  });
  tables.set(BASE + PAGE, FIRST, Leaf.RX);
  hart.program(RAM, (asm) => rounds(asm, () => {}));
  finish(hart);
  assert.equal(hart.context.x(A0), 700n);
});

bench.test('pages that change places', (hart) => {
  const tables = prepare(hart);
  hart.context.setX(S0, tables.entry(BASE));
  const leafs = [FIRST, ONE].map((page) => ((page >> 12n) << 10n) | BigInt(Leaf.RX));
  hart.context.setX(S1, leafs[0] as bigint);
  hart.context.setX(T2, leafs[1] as bigint);
  // What stands where each page would be entered in the other's place: a return.
  const back = encode('jalr', { rd: 0, rs1: RA, imm: 0 });
  hart.write(ONE + PAGE - 8n, new Uint8Array(new Uint32Array([back]).buffer));
  hart.program(RAM, (asm) =>
    rounds(asm, () => {
      asm
        .emit('sd', { rs1: S0, rs2: T2, imm: 0 })
        .emit('sd', { rs1: S0, rs2: S1, imm: 8 })
        .emit('sfence.vma');
      asm.emit('xor', { rd: S1, rs1: S1, rs2: T2 }).emit('xor', { rd: T2, rs1: S1, rs2: T2 });
      asm.emit('xor', { rd: S1, rs1: S1, rs2: T2 });
    }),
  );
  finish(hart);
  assert.equal(hart.context.x(A0), 50n);
});

/** The loop is hot before its second page is: no region begins there. */
const slow = new Bench({ hotThreshold: 6 });

slow.test('a second page that is equal, in another place, is stored to while the loop runs', (hart) => {
  const tables = prepare(hart);
  const [ALIAS, DATA, T6] = [0x9000n, RAM + 0x3_8000n, 31];
  for (const page of [ONE, OTHER]) {
    hart.program(page, (asm) => {
      asm.emit('addi', { rd: A0, rs1: A0, imm: 1 }).emit('sw', { rs1: S0, rs2: T6, imm: 0 });
      asm.emit('bne', { rs1: T0, rs2: 0, imm: -16 }).emit('jalr', { rd: 0, rs1: RA, imm: 0 });
    });
  }
  tables.set(ALIAS, OTHER, Leaf.RW);
  hart.program(RAM, (asm) => rounds(asm, () => {}));
  hart.context.setX(T6, BigInt(encode('addi', { rd: A0, rs1: A0, imm: 100 })));
  const run = (second: bigint, storesTo: bigint): void => {
    tables.set(BASE + PAGE, second, Leaf.RX);
    hart.flush();
    hart.context.set('pc', RAM);
    hart.context.setX(S0, storesTo);
    finish(hart);
  };
  run(ONE, DATA);
  run(OTHER, DATA);
  assert.equal(hart.context.x(A0), 200n);
  // Its first turn is as before; the other 99 see what it stored.
  run(OTHER, ALIAS);
  assert.equal(hart.context.x(A0), 200n + 1n + 99n * 100n);
  run(ONE, DATA);
  assert.equal(hart.context.x(A0), 200n + 1n + 99n * 100n + 100n);
});

// Loops that go over many pages at random: what page caches keep of pages that follow one another, and where that ends.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { Exit } from './hart/exit.ts';
import { CheckedCompiler } from './testing/checked-compiler.ts';
import { RAM, TestHart } from './testing/hart.ts';
import { Leaf, type Tables } from './testing/page-tables.ts';
import { Bench } from './testing/scenario.ts';
import { TRAPS, translated, V } from './testing/translated.ts';

const PAGE = 4096n;
const [T0, T2, S0, S1, A0, A1, A2] = [5, 7, 8, 9, 10, 11, 12];
const DATA = RAM + 0x1_0000n;
const PAGES = 24;

/** Guest pages of 24 virtual ones: as they come, in pieces, or the other way round. */
const PLACES: Readonly<Record<string, (page: number) => number>> = {
  'that follow one another': (page) => page,
  'in three pieces': (page) => (page + 8) % PAGES,
  'in pairs': (page) => page ^ 2,
  'the other way round': (page) => PAGES - 1 - page,
};

function mapped(hart: TestHart, place: (page: number) => number): Tables {
  const tables = translated(hart);
  for (let page = 0; page < PAGES; page++)
    tables.set(V + BigInt(page) * PAGE, DATA + BigInt(place(page)) * PAGE, Leaf.RW);
  return tables;
}

/** Goes `turns` times to an address in the pages that a shift register chooses, loads 8 bytes there, and stores their sum. */
function wander(hart: TestHart, turns: bigint, store: 'sd' | 'sw' = 'sd'): void {
  hart.context.setX(S0, V);
  hart.context.setX(T2, 0x1234_5678_9abcn);
  hart.program(RAM, (asm) => {
    asm.li(T0, turns).li(A0, 0x1_7ff0n).label('again');
    for (const [row, imm] of [
      ['slli', 13],
      ['srli', 7],
      ['slli', 17],
    ] as const) {
      asm.emit(row, { rd: A1, rs1: T2, imm }).emit('xor', { rd: T2, rs1: T2, rs2: A1 });
    }
    asm.emit('remu', { rd: A1, rs1: T2, rs2: A0 }).emit('add', { rd: A1, rs1: A1, rs2: S0 });
    asm.emit('ld', { rd: A2, rs1: A1, imm: 0 }).emit('add', { rd: S1, rs1: S1, rs2: A2 });
    asm.emit('add', { rd: A1, rs1: A1, rs2: 0 }).emit(store, { rs1: A1, rs2: S1, imm: 0 });
    asm.emit('addi', { rd: T0, rs1: T0, imm: -1 }).jump('bne', { rs1: T0, rs2: 0 }, 'again').emit('ecall');
  });
}

/** Nodes of a cycle through the pages, at places of all alignments: each holds the address of the next one. */
const NODES = 200;
function link(hart: TestHart, place: (page: number) => number, bytes: 4 | 8): bigint {
  const random = new SeededRandom(bytes);
  const at = Array.from({ length: NODES }, (_, node) => {
    const room = Math.floor((PAGES * Number(PAGE) - 16) / NODES);
    // One in eight somewhere, also over the end of a page; the others where pointers are.
    const offset = random.below(room - 16);
    return node * room + (node % 8 === 3 ? offset : (offset & -8) - ((node * room) % 8) + 8);
  });
  const straddling = at.findIndex((offset) => offset % Number(PAGE) > Number(PAGE) - 100);
  at[straddling] = Math.ceil((at[straddling] as number) / Number(PAGE)) * Number(PAGE) - 3;
  const order = at.map((offset) => ({ offset, key: random.below(1 << 20) })).sort((a, b) => a.key - b.key);
  for (const [turn, { offset }] of order.entries()) {
    const next = V + BigInt((order[(turn + 1) % NODES] as { offset: number }).offset);
    const value = new Uint8Array(new BigUint64Array([next]).buffer).subarray(0, bytes);
    for (const [i, byte] of value.entries()) {
      const [page, inPage] = [Math.floor((offset + i) / Number(PAGE)), (offset + i) % Number(PAGE)];
      hart.write(DATA + BigInt(place(page)) * PAGE + BigInt(inPage), [byte]);
    }
  }
  return V + BigInt((order[0] as { offset: number }).offset);
}

/** Follows the cycle: what is loaded is where the next one is loaded from. */
function chase(hart: TestHart, turns: bigint, first: bigint, bytes: 4 | 8): void {
  hart.context.setX(A0, first);
  hart.context.setX(S0, (V >> 32n) << 32n);
  hart.program(RAM, (asm) => {
    asm.li(T0, turns).label('again');
    asm.emit(bytes === 8 ? 'ld' : 'lwu', { rd: A0, rs1: A0, imm: 0 });
    // Addresses of 4 bytes are made whole: what is computed is no pointer that was loaded, and is looked up as others are.
    if (bytes === 4) asm.emit('add', { rd: A0, rs1: A0, rs2: S0 });
    asm.emit('add', { rd: S1, rs1: S1, rs2: A0 }).emit('addi', { rd: T0, rs1: T0, imm: -1 });
    asm.jump('bne', { rs1: T0, rs2: 0 }, 'again').emit('ecall');
  });
}

for (const isDense of [true, false]) {
  const bench = new Bench({ isDense });
  const where = isDense ? 'neighbours in the machine too' : 'apart in the machine';
  for (const [name, place] of Object.entries(PLACES)) {
    bench.test(`accesses at random in pages ${name}, ${where}`, (hart) => {
      mapped(hart, place);
      wander(hart, 3000n);
      assert.equal(
        hart.run(80_000, (left) => Math.min(left, 9_001)),
        Exit.Sbi,
      );
    });
    for (const bytes of [4, 8] as const) {
      bench.test(`pointers of ${bytes} bytes are followed through pages ${name}, ${where}`, (hart) => {
        mapped(hart, place);
        chase(hart, 3000n, link(hart, place, bytes), bytes);
        assert.equal(
          hart.run(20_000, (left) => Math.min(left, 7_001)),
          Exit.Sbi,
        );
      });
    }
  }
}

const dense = new Bench({ isDense: true });

for (const [name, bits] of [
  ['is missing', 0],
  ['is read-only', Leaf.R],
] as const) {
  dense.test(`a page that ${name} among others that follow one another traps at each store`, (hart) => {
    const tables = mapped(hart, (page) => page);
    tables.set(V + 13n * PAGE, DATA + 13n * PAGE, bits);
    wander(hart, 2000n);
    assert.equal(hart.run(80_000), Exit.Sbi);
    assert.ok(hart.context.x(TRAPS) > 50n, `${hart.context.x(TRAPS)} traps`);
  });
}

dense.test(
  'pages that are mapped elsewhere are met there behind a fence, whatever was kept before',
  (hart) => {
    const tables = mapped(hart, (page) => page);
    for (let round = 0; round < 6; round++) {
      hart.context.set('pc', RAM);
      wander(hart, 400n, 'sw');
      assert.equal(hart.run(12_000), Exit.Sbi);
      const page = BigInt(3 * round + 2);
      tables.set(V + page * PAGE, DATA + BigInt(PAGES - 1 - round) * PAGE, Leaf.RW);
      hart.flush();
    }
  },
);

dense.test('code in a page among others is seen to be written', (hart) => {
  const code = DATA + 5n * PAGE;
  const runCode = (): void => {
    hart.context.set('satp', 0n);
    hart.flush();
    hart.context.set('pc', code);
    assert.equal(hart.run(2000), Exit.Sbi);
  };
  hart.program(code, (asm) => {
    asm.li(T0, 300n).label('again').emit('addi', { rd: T0, rs1: T0, imm: -1 });
    asm.jump('bne', { rs1: T0, rs2: 0 }, 'again').emit('ecall');
  });
  runCode();
  mapped(hart, (page) => page);
  hart.flush();
  wander(hart, 3000n);
  hart.context.set('pc', RAM);
  assert.equal(hart.run(80_000), Exit.Sbi);
  // What was there must not run: it would take 600 steps more.
  hart.write64(code, 0x73n);
  runCode();
});

test('accesses at random in many pages run through safe code only', () => {
  const compiler: CheckedCompiler = new CheckedCompiler(() => hart.memory);
  const hart: TestHart = new TestHart('jit', { compiler, isDense: true });
  const random = new SeededRandom(7);
  for (const place of Object.values(PLACES)) {
    hart.reset();
    mapped(hart, place);
    wander(hart, BigInt(500 + random.below(1000)));
    assert.equal(hart.run(80_000), Exit.Sbi);
    hart.reset();
    mapped(hart, place);
    chase(hart, 1000n, link(hart, place, 8), 8);
    assert.equal(hart.run(80_000), Exit.Sbi);
  }
  assert.ok(compiler.checked > 4, `${compiler.checked} modules`);
});

// Loops that follow pointers over pages that lie apart: turns without page caches, which choose the TLB's entry by what is loaded beside.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { Exit } from './hart/exit.ts';
import type { Assembler } from './isa/assembler.ts';
import type { Jit } from './jit/jit.ts';
import { CheckedCompiler } from './testing/checked-compiler.ts';
import { RAM, TestHart } from './testing/hart.ts';
import { Bench } from './testing/scenario.ts';

const PAGE = 4096n;
const [T0, S1, A0, A1, A2] = [5, 9, 10, 11, 12];
const DATA = RAM + 0x1_0000n;
const PAGES = 24;
const RECORDS = 300;
const TURNS = 3000n;

/** Where the records are: `RECORDS` of 64 bytes each, a cycle by pointers at `next` of their begin. Bare, so addresses have 32 bits. */
function link(hart: TestHart, { next, bytes, shift }: { next: number; bytes: 4 | 8; shift: number }): bigint {
  const random = new SeededRandom(RECORDS + next);
  const places = Array.from({ length: (PAGES * Number(PAGE)) / 64 - 1 }, (_, at) => at * 64 + shift);
  const chosen = places
    .map((place) => ({ place, key: random.below(1 << 20) }))
    .sort((a, b) => a.key - b.key)
    .slice(0, RECORDS)
    .map(({ place }) => DATA + BigInt(place));
  for (const [turn, record] of chosen.entries()) {
    const value = new BigUint64Array([chosen[(turn + 1) % RECORDS] as bigint]);
    for (const [i, byte] of new Uint8Array(value.buffer).subarray(0, bytes).entries())
      hart.write(record + BigInt(next + i), [byte]);
  }
  return chosen[0] as bigint;
}

/** Runs a loop that begins with its record in a0. */
function follow(hart: TestHart, first: bigint, body: (asm: Assembler) => void): void {
  hart.context.setX(A0, first);
  hart.program(RAM, (asm) => {
    asm.li(T0, TURNS).label('again');
    body(asm);
    asm.emit('addi', { rd: T0, rs1: T0, imm: -1 });
    asm.jump('bne', { rs1: T0, rs2: 0 }, 'again').emit('ecall');
  });
  assert.equal(
    hart.run(80_000, (left) => Math.min(left, 7_001)),
    Exit.Sbi,
  );
}

const LOOPS: Readonly<
  Record<string, { next: number; bytes: 4 | 8; shift: number; body: (asm: Assembler) => void }>
> = {
  'a pointer': {
    ...{ next: 0, bytes: 8, shift: 0 },
    body: (asm) => asm.emit('ld', { rd: A0, rs1: A0, imm: 0 }),
  },
  'a pointer of 4 bytes, loaded without a sign': {
    ...{ next: 4, bytes: 4, shift: 0 },
    body: (asm) => asm.emit('lwu', { rd: A0, rs1: A0, imm: 4 }),
  },
  'a pointer in a record whose parts are read, and written': {
    ...{ next: 16, bytes: 8, shift: 0 },
    body: (asm) => {
      asm.emit('ld', { rd: A1, rs1: A0, imm: 40 }).emit('add', { rd: S1, rs1: S1, rs2: A1 });
      asm.emit('sd', { rs1: A0, rs2: S1, imm: 40 }).emit('ld', { rd: A0, rs1: A0, imm: 16 });
    },
  },
  'a pointer far from where the record begins': {
    ...{ next: 56, bytes: 8, shift: 0 },
    body: (asm) => asm.emit('ld', { rd: A0, rs1: A0, imm: 56 }),
  },
  'records that begin in one page and have their pointer in the next': {
    ...{ next: 16, bytes: 8, shift: 56 },
    body: (asm) => asm.emit('ld', { rd: A0, rs1: A0, imm: 16 }),
  },
  'pointers over the ends of pages': {
    ...{ next: 0, bytes: 8, shift: 60 },
    body: (asm) => asm.emit('ld', { rd: A0, rs1: A0, imm: 0 }),
  },
  'two pointers in turn': {
    ...{ next: 0, bytes: 8, shift: 0 },
    body: (asm) => {
      asm.emit('ld', { rd: A2, rs1: A0, imm: 0 }).emit('ld', { rd: A0, rs1: A2, imm: 0 });
      asm.emit('xor', { rd: S1, rs1: S1, rs2: A2 });
    },
  },
};

const bench = new Bench();
for (const [name, { body, ...how }] of Object.entries(LOOPS))
  bench.test(`${name} is followed as on the other engines`, (hart) => follow(hart, link(hart, how), body));

test('a chase over pages that lie apart finds them in the TLB, through safe code', () => {
  const compiler: CheckedCompiler = new CheckedCompiler(() => hart.memory);
  const hart: TestHart = new TestHart('jit', { compiler });
  const { body, ...how } = LOOPS[
    'a pointer in a record whose parts are read, and written'
  ] as (typeof LOOPS)[string];
  follow(hart, link(hart, how), body);
  const { misses } = (hart.engine as Jit).profile();
  assert.ok(misses.load <= 4n * BigInt(PAGES), `${misses.load} loads that the TLB did not have`);
  assert.ok(compiler.checked > 0);
});

/** The machine pages of the records' pages, as they are neighbours in the guest. */
const pagesOf = (hart: TestHart): number[] =>
  Array.from({ length: PAGES }, (_, page) => hart.machinePage(DATA + BigInt(page) * PAGE));

test('a chase over pages that lie apart is told of, with its pages in the order of their addresses, once', () => {
  const { body, ...how } = LOOPS['a pointer'] as (typeof LOOPS)[string];
  const hart = new TestHart('jit');
  const first = link(hart, how);
  const take = (): readonly number[] => hart.engine.takeScattered?.(hart.context.address) ?? [];
  assert.deepEqual(take(), [], 'nothing has run');
  follow(hart, first, body);
  assert.deepEqual(take(), pagesOf(hart));
  assert.deepEqual(take(), []);
});

test('pages that follow one another, and those with code, are not asked for', () => {
  const { body, ...how } = LOOPS['a pointer'] as (typeof LOOPS)[string];
  const dense = new TestHart('jit', { isDense: true });
  follow(dense, link(dense, how), body);
  assert.deepEqual(dense.engine.takeScattered?.(dense.context.address), []);
  const hart = new TestHart('jit');
  const first = link(hart, how);
  // In the last record's place, which none has.
  const code = DATA + BigInt(PAGES) * PAGE - 64n;
  hart.program(code, (asm) => asm.emit('ecall'));
  hart.context.set('pc', code);
  assert.equal(hart.run(1), Exit.Sbi);
  hart.context.set('pc', RAM);
  follow(hart, first, body);
  assert.deepEqual(hart.engine.takeScattered?.(hart.context.address), pagesOf(hart).slice(0, -1));
});

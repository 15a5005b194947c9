// Instructions, loads and stores over the end between two pages.
import assert from 'node:assert/strict';
import { Exit } from './hart/exit.ts';
import { MapFlag } from './hart/page-map.ts';
import type { Assembler } from './isa/assembler.ts';
import { encode } from './isa/encode.ts';
import { RAM } from './testing/hart.ts';
import { Leaf } from './testing/page-tables.ts';
import { Bench } from './testing/scenario.ts';
import { finish, ONE, OTHER, translated, V } from './testing/translated.ts';

const bench = new Bench();
const PAGE = 4096n;
const [RA, T0, T2, S0, S2, A0, A1, A2, A3] = [1, 5, 7, 8, 18, 10, 11, 12, 13];

bench.test('an instruction over a page’s end follows its second page', (hart) => {
  const tables = translated(hart);
  const [first, base] = [RAM + 0xa000n, 0x40_0000n];
  // The halves of addi a0, a0, imm: the immediate stands in the second one.
  const words = [1, 100].map((imm) => encode('addi', { rd: A0, rs1: A0, imm }));
  const back = encode('jalr', { rd: 0, rs1: RA, imm: 0 });
  hart.write(first + PAGE - 2n, [(words[0] as number) & 255, ((words[0] as number) >>> 8) & 255]);
  for (const [page, word] of [
    [ONE, words[0] as number],
    [OTHER, words[1] as number],
  ] as const) {
    hart.write(page, [(word >>> 16) & 255, word >>> 24, ...new Uint8Array(new Uint32Array([back]).buffer)]);
  }
  tables.set(base, first, Leaf.RX);
  tables.set(base + PAGE, ONE, Leaf.RX);
  hart.context.setX(S0, tables.entry(base + PAGE));
  hart.context.setX(T0, hart.read64(tables.entry(base + PAGE)));
  hart.context.setX(T2, hart.read64(tables.entry(base + PAGE)) + (1n << 10n));
  hart.context.setX(S2, base + PAGE);
  hart.program(RAM, (asm) => {
    asm
      .li(A2, 20n)
      .label('loop')
      .emit('jalr', { rd: RA, rs1: S2, imm: -2 })
      .emit('jalr', { rd: RA, rs1: S2, imm: -2 });
    asm.emit('sd', { rs1: S0, rs2: T2, imm: 0 }).emit('sfence.vma', { rs1: S2 });
    asm.emit('addi', { rd: A1, rs1: T0, imm: 0 }).emit('addi', { rd: T0, rs1: T2, imm: 0 });
    asm.emit('addi', { rd: T2, rs1: A1, imm: 0 }).emit('addi', { rd: A2, rs1: A2, imm: -1 });
    asm.jump('bne', { rs1: A2, rs2: 0 }, 'loop').emit('ecall');
  });
  finish(hart);
  assert.equal(hart.context.x(A0), 20n * 101n);
});

bench.test('an instruction whose second page is not there faults at that page’s address', (hart) => {
  const tables = translated(hart);
  tables.set(V, ONE, Leaf.RX);
  hart.write(ONE + PAGE - 2n, [0x13, 0x05]);
  hart.context.set('pc', V + PAGE - 2n);
  hart.run(1);
  const { context } = hart;
  assert.deepEqual(
    [context.get('scause'), context.get('stval'), context.get('sepc')],
    [12n, V + PAGE, V + PAGE - 2n],
  );
});

/** Loads and stores of each width at each distance from the end between two pages. */
const widths = ['b', 'h', 'w', 'd'] as const;
function overTheEnd(asm: Assembler): Assembler {
  asm.li(A2, 6n).label('loop');
  widths.forEach((width, power) => {
    for (let back = 1; back < 2 ** power; back++) {
      asm.emit(`l${width}`, { rd: A1, rs1: S2, imm: -back }).emit('add', { rd: A0, rs1: A0, rs2: A1 });
      asm.emit(`s${width}`, { rs1: S2, rs2: A0, imm: -back }).emit('addi', { rd: A0, rs1: A0, imm: 0x35 });
    }
  });
  return asm
    .emit('addi', { rd: A2, rs1: A2, imm: -1 })
    .jump('bne', { rs1: A2, rs2: 0 }, 'loop')
    .emit('ecall');
}

bench.test('accesses over the end between two pages that lie apart', (hart) => {
  const tables = translated(hart);
  tables.set(V, RAM + 0xc000n, Leaf.RW);
  tables.set(V + PAGE, ONE, Leaf.RW);
  hart.context.setX(S2, V + PAGE);
  hart.program(RAM, overTheEnd);
  finish(hart);
  assert.equal(hart.context.x(A3), 0n);
});

for (const [name, bits, faults] of [
  ['is not there', 0, 22n * 6n],
  ['may only be read', Leaf.R, 11n * 6n],
] as const) {
  bench.test(`accesses over the end change nothing when the second page ${name}`, (hart) => {
    const tables = translated(hart);
    tables.set(V, OTHER, Leaf.RW);
    tables.set(V + PAGE, ONE, bits);
    hart.write64(OTHER + PAGE - 8n, 0x1122_3344_5566_7788n);
    hart.context.setX(S2, V + PAGE);
    hart.program(RAM, overTheEnd);
    finish(hart);
    assert.deepEqual([hart.context.x(A3), hart.context.get('stval')], [faults, V + PAGE]);
    assert.equal(hart.read64(OTHER + PAGE - 8n), 0x1122_3344_5566_7788n);
  });
}

bench.test('a store over the end whose second page must come first changes nothing before', (hart) => {
  hart.setMap(9, MapFlag.Present);
  hart.context.setX(S2, OTHER);
  hart.context.setX(A0, -1n);
  hart.program(RAM, (asm) => asm.emit('sd', { rs1: S2, rs2: A0, imm: -4 }).emit('ecall'));
  assert.equal(hart.engine.run(hart.context.address, 10), Exit.PageMiss);
  assert.deepEqual([hart.context.get('exitAddress'), hart.read64(OTHER - 8n)], [OTHER, 0n]);
  hart.setMap(9, MapFlag.Present | MapFlag.Writable);
  finish(hart);
  assert.equal(hart.read64(OTHER - 8n), 0xffff_ffff_0000_0000n);
});

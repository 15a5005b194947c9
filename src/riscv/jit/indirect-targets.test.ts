// Which places are taken for targets of indirect jumps.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DECODED_PAGE_BYTES, ENTRY_SHIFT, SPECIALS } from '../core/layout.ts';
import { PAGE_BYTES } from '../hart/page-map.ts';
import { Assembler } from '../isa/assembler.ts';
import { pageReader } from './blocks.ts';
import { hotTargetsIn } from './indirect-targets.ts';

const MACHINE = PAGE_BYTES;
const DECODED = 4 * PAGE_BYTES;
const COUNTERS = DECODED + Math.ceil(DECODED_PAGE_BYTES / PAGE_BYTES) * PAGE_BYTES;
const COUNTERS_BYTES = 2 ** 17;

/** Targets near offset 0 of code that was executed wholly, with so many arrivals at each offset. */
function targets(
  write: (asm: Assembler) => void,
  arrivals: ReadonlyMap<number, number>,
  entry = Number.NaN,
): number[] {
  const memory = new SharedArrayBuffer(COUNTERS + COUNTERS_BYTES);
  const asm = new Assembler(0n);
  write(asm);
  const bytes = asm.finish();
  new Uint8Array(memory).set(bytes, MACHINE);
  const half = new Uint16Array(memory);
  const entryOf = (offset: number) => DECODED + (offset << (ENTRY_SHIFT - 1));
  for (let offset = 0; offset < bytes.length; offset += 4) half[entryOf(offset) >>> 1] = SPECIALS;
  for (const [offset, count] of arrivals)
    half[(COUNTERS >>> 1) + ((entryOf(offset) >>> ENTRY_SHIFT) & 0xffff)] = count;
  const find = hotTargetsIn({
    memory,
    decodedPage: (offset) => (offset >= 0 && offset < PAGE_BYTES ? DECODED : 0),
    counters: COUNTERS,
    code: pageReader(memory, MACHINE),
    entry,
  });
  return find(0).toSorted((a, b) => a - b);
}

const nop = (asm: Assembler): Assembler => asm.emit('addi', { rd: 5, rs1: 5, imm: 1 });
/** jr t0, then four places. */
const cases = (asm: Assembler): void => {
  asm.emit('jalr', { rd: 0, rs1: 6, imm: 0 });
  for (let i = 0; i < 4; i++) nop(asm);
};

test('hotTargetsIn: places with many arrivals are targets, others are not', () => {
  assert.deepEqual(
    targets(
      cases,
      new Map([
        [4, 100],
        [8, 5],
        [12, 32],
      ]),
    ),
    [4, 12],
  );
});

test('hotTargetsIn: the entry of the region is one, though its counter began anew', () => {
  assert.deepEqual(targets(cases, new Map([[4, 100]]), 8), [4, 8]);
});

test('hotTargetsIn: functions that are called, what lies behind a call and starts of loops are none', () => {
  const code = (asm: Assembler): void => {
    asm.emit('jalr', { rd: 0, rs1: 6, imm: 0 });
    nop(asm.label('loop')).jump('jal', { rd: 1 }, 'function');
    nop(asm).jump('bne', { rs1: 5, rs2: 0 }, 'loop');
    nop(nop(asm).label('function')).emit('jalr', { rd: 0, rs1: 1, imm: 0 });
  };
  const all = new Map(Array.from({ length: 9 }, (_, i) => [4 * i, 1000] as const));
  assert.deepEqual(targets(code, all), [0, 8, 16, 20, 28]);
  assert.deepEqual(targets(code, all, 24), [0, 8, 16, 20, 28], 'the entry is no exception');
});

// Which blocks a region of hand-made code has.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PAGE_BYTES } from '../hart/page-map.ts';
import { Assembler } from '../isa/assembler.ts';
import { type Block, findRegion, pageReader, type Region } from './blocks.ts';

/** The region at a label of a page; code may begin anywhere in it. */
function regionOf(write: (asm: Assembler) => void, entry = 0, start = 0): Region | undefined {
  const asm = new Assembler(BigInt(start));
  write(asm);
  const memory = new SharedArrayBuffer(3 * PAGE_BYTES);
  const page = new Uint8Array(memory, PAGE_BYTES, PAGE_BYTES);
  const bytes = asm.finish();
  page.set(bytes.subarray(0, PAGE_BYTES - start), start);
  return findRegion(pageReader(memory, PAGE_BYTES), entry);
}
const found = (region: Region | undefined): Region => {
  assert.ok(region);
  return region;
};
/** Blocks as offset-end → successors. */
const shape = (region: Region | undefined): string[] =>
  [...found(region).blocks.values()]
    .toSorted((a, b) => a.offset - b.offset)
    .map(
      ({ offset, end, successors }: Block) =>
        `${offset}-${end}→${successors.toSorted((a, b) => a - b).join()}`,
    );
const nop = (asm: Assembler, count = 1): Assembler => {
  for (let i = 0; i < count; i++) asm.emit('addi', { rd: 5, rs1: 5, imm: 1 });
  return asm;
};
const branch = (asm: Assembler, label: string): Assembler => asm.jump('beq', { rs1: 5, rs2: 6 }, label);
const ret = (asm: Assembler): Assembler => asm.emit('jalr', { rd: 0, rs1: 1, imm: 0 });

test('findRegion: a straight line ends at its return', () => {
  assert.deepEqual(shape(regionOf((asm) => ret(nop(asm, 3)))), ['0-16→']);
});

test('findRegion: a loop that is entered at its top, and in its middle', () => {
  const loop = (asm: Assembler) => ret(branch(nop(asm.label('top'), 2), 'top'));
  assert.deepEqual(shape(regionOf(loop)), ['0-12→0,12', '12-16→']);
  assert.deepEqual(shape(regionOf(loop, 4)), ['0-4→4', '4-12→0,12', '12-16→']);
});

test('findRegion: a jump to itself', () => {
  assert.deepEqual(shape(regionOf((asm) => asm.label('here').jump('jal', { rd: 0 }, 'here'))), ['0-4→0']);
});

test('findRegion: a diamond, and nested loops', () => {
  const diamond = regionOf((asm) => {
    nop(branch(asm, 'else')).jump('jal', { rd: 0 }, 'end');
    ret(nop(asm.label('else'), 2).label('end'));
  });
  assert.deepEqual(shape(diamond), ['0-4→4,12', '4-12→20', '12-20→20', '20-24→']);
  const nested = regionOf((asm) => {
    nop(nop(asm.label('outer')).label('inner'));
    ret(branch(branch(asm, 'inner'), 'outer'));
  });
  assert.deepEqual(shape(nested), ['0-4→4', '4-12→4,12', '12-16→0,16', '16-20→']);
});

test('findRegion: a call goes on behind it, an indirect jump does not', () => {
  const region = regionOf((asm) => {
    ret(nop(asm.emit('jal', { rd: 1, imm: 0x400 })));
  });
  assert.deepEqual(shape(region), ['0-4→4', '4-12→']);
  assert.deepEqual(
    [...found(region).blocks.values()].map(({ ending }) => ending),
    ['call', 'return'],
  );
  const table = regionOf((asm) => nop(asm.emit('jalr', { rd: 0, rs1: 7, imm: 0 })));
  assert.deepEqual(found(table).blocks.get(0)?.ending, 'indirect');
  assert.deepEqual(shape(table), ['0-4→']);
});

test('findRegion: jumps out of the page have no successor there', () => {
  const region = regionOf((asm) => {
    asm.emit('beq', { rs1: 0, rs2: 0, imm: -8 }).emit('bne', { rs1: 0, rs2: 0, imm: 4094 });
    asm.emit('jal', { rd: 0, imm: 8192 });
  });
  assert.deepEqual(shape(region), ['0-4→4', '4-8→8', '8-12→']);
});

test('findRegion: code runs up to the end of its page', () => {
  const whole = regionOf((asm) => nop(asm, 4), PAGE_BYTES - 16, PAGE_BYTES - 16);
  assert.deepEqual(shape(whole), [`4080-4096→`]);
});

test('findRegion: an instruction over the page’s end is not in it', () => {
  const region = regionOf((asm) => nop(asm, 4), PAGE_BYTES - 14, PAGE_BYTES - 14);
  assert.deepEqual(shape(region), ['4082-4094→']);
  assert.equal(
    regionOf((asm) => nop(asm), PAGE_BYTES - 2, PAGE_BYTES - 2),
    undefined,
  );
  const short = regionOf((asm) => asm.emit('c.addi', { rd: 5, imm: 1 }), PAGE_BYTES - 2, PAGE_BYTES - 2);
  assert.deepEqual(shape(short), ['4094-4096→']);
});

test('findRegion: a jump into the middle of an instruction makes blocks that overlap', () => {
  // lui whose upper half is c.addi t0, 1 (0x0285): entered at 0 and, by the branch, at 2.
  const region = regionOf((asm) => ret(asm.word(0x0285_02b7).emit('beq', { rs1: 5, rs2: 6, imm: -2 })));
  assert.deepEqual(shape(region), ['0-8→2,8', '2-8→2,8', '8-12→']);
});

test('findRegion: nothing begins at an instruction that is interpreted', () => {
  assert.equal(
    regionOf((asm) => asm.emit('ebreak')),
    undefined,
  );
  assert.equal(
    regionOf((asm) => asm.word(0)),
    undefined,
  );
  assert.deepEqual(shape(regionOf((asm) => nop(asm, 2).emit('ebreak'))), ['0-8→']);
});

test('findRegion: long code is cut to blocks of 100 and regions of some hundred', () => {
  const region = found(regionOf((asm) => nop(asm, 1000)));
  const sizes = [...region.blocks.values()].map(({ instructions }) => instructions.length);
  assert.ok(sizes.every((size) => size <= 100));
  const total = sizes.reduce((a, b) => a + b);
  assert.ok(total >= 200 && total < 500, `${total} instructions`);
});

test('findRegion: hostile code of branches everywhere ends soon', () => {
  const region = found(
    regionOf((asm) => {
      for (let i = 0; i < 1000; i++) asm.emit('beq', { rs1: 0, rs2: 0, imm: ((i * 28) % 1000) * 2 - 900 });
    }, 2000),
  );
  assert.ok(region.blocks.size <= 400);
});

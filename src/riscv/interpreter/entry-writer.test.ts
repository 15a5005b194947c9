// Entries of decoded pages: what the decoder makes of a word is what taking it apart says, wherever it stands.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { writeCoreModule } from '../core/core-module.ts';
import { Special } from '../core/layout.ts';
import { X_SINK } from '../hart/context.ts';
import { PAGE_BYTES } from '../hart/page-map.ts';
import { type Decoded, decode } from '../isa/decode.ts';
import { COMPRESSED, INSTRUCTIONS } from '../isa/table.ts';
import { csrPlaceOf, isIllegalCsr } from './entry-writer.ts';
import { HandlerTable, isRelativeJump } from './handler-table.ts';
import { Interpreter } from './interpreter.ts';

const CODE = PAGE_BYTES;
const AREA = 2 * PAGE_BYTES;
const AREA_BYTES = 4 << 20;
const table = new HandlerTable();

/** Decodes words that stand side by side from an offset on; `entry` gives what became of the one at an offset. */
function decoder() {
  const pages = (AREA + AREA_BYTES) / 65_536 + 1;
  const memory = new WebAssembly.Memory({ initial: Math.ceil(pages), maximum: 256, shared: true });
  const area = { base: AREA, bytes: AREA_BYTES };
  const interpreter = new Interpreter({
    memory,
    area,
    clock: { ticks: () => 0 },
    writeCore: writeCoreModule,
  });
  const view = new DataView(memory.buffer);
  const decodeAt = (word: number, offset: number) => {
    // Behind it is nothing that it could be a pair with.
    new Uint8Array(memory.buffer, CODE, PAGE_BYTES).fill(0);
    view.setUint16(CODE + offset, word & 0xffff, true);
    if ((word & 3) === 3 && offset + 2 < PAGE_BYTES) view.setUint16(CODE + offset + 2, word >>> 16, true);
    const known = interpreter.pages.of(CODE);
    if (known !== 0) interpreter.pages.remove(CODE);
    const page = interpreter.pages.add(CODE, 0n);
    interpreter.decodeLine(page, page + offset * 4);
    return new DataView(memory.buffer, page + offset * 4, 8);
  };
  return { interpreter, decodeAt, view };
}

const hasBoth = ({ row }: Decoded) => row.fields.has('imm') && row.fields.has('rs2');

function secondHalf(one: Decoded, isNear: boolean): number {
  if (isNear) return one.imm * 4;
  // Bits 3:0 of pred and succ are I, O, R, W.
  if (one.row.fields.has('succ')) return (one.word >>> 24) & 1 & ((one.word >>> 21) & 1);
  if (!one.row.fields.has('csr')) {
    return one.row.fields.has('imm') ? one.imm : one.rs2 | (one.rs3 << 8) | (one.rm << 16);
  }
  const isRead =
    ['csrrs', 'csrrc', 'csrrsi', 'csrrci'].includes(one.row.name) && ((one.word >>> 15) & 31) === 0;
  return one.imm | (csrPlaceOf(one) << 16) | (isRead ? 0 : 1 << 24);
}

function check(word: number, offset: number, entry: DataView, floats: ReadonlySet<string>): void {
  const one = decode(word);
  const target = offset + one.imm;
  const isNear = isRelativeJump(one.row) && target >= 0 && target < PAGE_BYTES;
  const isIllegal = one.row.fields.has('csr') && isIllegalCsr(one);
  const index = isIllegal ? INSTRUCTIONS.length - 1 : one.index;
  const rd = one.rd === 0 && !floats.has(one.row.name) ? X_SINK / 8 : one.rd;
  const told = `${one.row.name} ${word.toString(16)} at ${offset}`;
  assert.equal(entry.getUint16(0, true), table.opcode(index, one.length, isNear), told);
  assert.equal(entry.getUint8(2), hasBoth(one) ? one.rs2 : rd, told);
  assert.equal(entry.getUint8(3), one.rs1, told);
  assert.equal(entry.getInt32(4, true), secondHalf(one, isNear), told);
}

/** Rows whose rd is a floating-point register. */
const floats = new Set(
  INSTRUCTIONS.filter(
    ({ name, float }) => float && !/^(fs[wd]$|fcvt\.[wl]u?\.|fmv\.x\.|feq|flt|fle|fclass)/.test(name),
  ).map(({ name }) => name),
);

test('decode: random words of every row and compressed form become what taking them apart says', () => {
  const { decodeAt } = decoder();
  const random = new SeededRandom(7);
  for (const { mask, match } of [...INSTRUCTIONS, ...COMPRESSED]) {
    for (let turn = 0; turn < 25; turn++) {
      const word = ((random.nextU32() & ~mask) | match) >>> 0;
      const offset = random.nextU32() & (PAGE_BYTES - 4);
      check(word, offset, decodeAt(word, offset), floats);
    }
  }
});

test('decode: any word becomes what taking it apart says', () => {
  const { decodeAt } = decoder();
  const random = new SeededRandom(8);
  for (let turn = 0; turn < 10_000; turn++) {
    const word = random.nextU32();
    const offset = random.nextU32() & (PAGE_BYTES - 4);
    check(word, offset, decodeAt(word, offset), floats);
  }
});

test('decode: a jump is near only where its target is in the page, and an instruction over its end straddles', () => {
  const { decodeAt } = decoder();
  const branch = 0x0000_0463;
  const { index } = decode(branch);
  assert.equal(decodeAt(branch, 100).getUint16(0, true), table.opcode(index, 4, true));
  assert.equal(decodeAt(branch, 4092).getUint16(0, true), table.opcode(index, 4, false));
  assert.equal(decodeAt(branch, 4094).getUint16(0, true), Special.Straddle);
});

test('decode: an entry has the flag of a breakpoint where one may be', () => {
  const { interpreter, decodeAt } = decoder();
  const stops = {
    breakpoints: new Set([0x8000_0064n]),
    watched: [],
    atBreakpoint: () => true,
    atAccess: () => true,
  };
  interpreter.setStops(stops);
  const nop = 0x0000_0013;
  const opcode = table.opcode(decode(nop).index, 4, false);
  assert.equal(decodeAt(nop, 100).getUint16(0, true), opcode | 0x4000);
  assert.equal(decodeAt(nop, 104).getUint16(0, true), opcode);
  interpreter.setStops(undefined);
  assert.equal(decodeAt(nop, 100).getUint16(0, true), opcode);
});

test('decode: two instructions of a pair are one opcode, also where the second was decoded before', () => {
  const { interpreter, decodeAt, view } = decoder();
  const nop = 0x0000_0013;
  const opcode = table.opcode(decode(nop).index, 4, false);
  const pair = table.pairs.findIndex(
    ({ first, second }) => first === second && table.opcodeOf(first) === opcode,
  );
  decodeAt(nop, 104);
  for (let offset = 92; offset < 104; offset += 4) view.setUint32(CODE + offset, nop, true);
  const page = interpreter.pages.of(CODE);
  interpreter.pages.verify(page, 0);
  const opcodes = () => [92, 96, 100, 104].map((offset) => view.getUint16(page + offset * 4, true));
  assert.deepEqual(opcodes(), [0, 0, 0, opcode]);
  interpreter.decodeLine(page, page + 96 * 4);
  const paired = table.pairOpcode(pair);
  assert.deepEqual(opcodes(), [0, paired, paired, opcode]);
  interpreter.decodeLine(page, page + 92 * 4);
  assert.deepEqual(opcodes(), [paired, paired, paired, opcode]);
});

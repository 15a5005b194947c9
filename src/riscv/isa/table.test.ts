// The instruction table: no two rows share a word, encode and decode are inverse, known and reserved words.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { decode } from './decode.ts';
import { encode, patternOf } from './encode.ts';
import type { Pattern } from './encoding.ts';
import { matches } from './encoding.ts';
import type { Compressed, Instruction } from './instruction.ts';
import { COMPRESSED, ILLEGAL, INSTRUCTIONS, ISA_EXTENSIONS, ISA_STRING } from './table.ts';

const WIDE: readonly Instruction[] = INSTRUCTIONS.filter((row) => row !== ILLEGAL);
const ALL: readonly (Instruction | Compressed)[] = [...WIDE, ...COMPRESSED];
const WORDS_A_ROW = 200;

/** Whether one word can be both: they agree wherever both are fixed, and no exclusion settles it. */
function overlap(a: Pattern, b: Pattern): boolean {
  const common = a.mask & b.mask;
  if ((a.match & common) !== (b.match & common)) return false;
  const fixed = { mask: (a.mask | b.mask) >>> 0, match: (a.match | b.match) >>> 0 };
  const settled = [...a.except, ...b.except].some(
    ({ mask, match }) => (mask & ~fixed.mask) === 0 && (fixed.match & mask) >>> 0 === match,
  );
  return !settled;
}

function overlaps(rows: readonly (Instruction | Compressed)[]): string[] {
  return rows.flatMap((a, index) =>
    rows.slice(index + 1).flatMap((b) => (overlap(a.pattern, b.pattern) ? [`${a.name} and ${b.name}`] : [])),
  );
}

test('INSTRUCTIONS: no two rows match the same word', () => assert.deepEqual(overlaps(WIDE), []));
test('COMPRESSED: no two forms match the same word', () => assert.deepEqual(overlaps(COMPRESSED), []));

test('INSTRUCTIONS: names are unique, ILLEGAL is the last', () => {
  assert.equal(new Set(ALL.map((row) => row.name)).size, ALL.length);
  assert.equal(INSTRUCTIONS.at(-1), ILLEGAL);
});

test('decode: every word of a row is that row, and its fields make the word again', () => {
  const random = new SeededRandom(1);
  for (const row of ALL) {
    for (let i = 0; i < WORDS_A_ROW; i++) {
      const width = 'expandsTo' in row ? 0xffff : 0xffff_ffff;
      const word = (((random.nextU32() & ~row.mask) | row.match) & width) >>> 0;
      if (!matches(row.pattern, word)) continue;
      const at = decode(word);
      assert.equal(at.row, 'expandsTo' in row ? row.expandsTo : row, `${row.name} ${word.toString(16)}`);
      assert.equal(INSTRUCTIONS[at.index], at.row);
      assert.equal(at.length, 'expandsTo' in row ? 2 : 4);
      assert.equal(encode(row.name, { ...orderBits(row, word), ...fieldsOf(row.name, at) }), word, row.name);
    }
  }
});

/** Fields that `decode` gives. */
function fieldsOf(name: string, at: ReturnType<typeof decode>): Record<string, number> {
  const { rd, rs1, rs2, rs3, rm, imm, csr } = at;
  const given = Object.entries({ rd, rs1, rs2, rs3, rm, imm, csr });
  return Object.fromEntries(given.filter(([field]) => patternOf(name).fields.has(field)));
}
/** Fields that it leaves out, because no meaning uses them. */
function orderBits(row: Instruction | Compressed, word: number): Record<string, number> {
  const names = ['aq', 'rl', 'fm', 'pred', 'succ'].filter((name) => row.pattern.fields.has(name));
  const take = (name: string): number => {
    const piece = row.pattern.fields.get(name)?.pieces[0] ?? assert.fail(name);
    return (word >>> piece.at) & (2 ** piece.width - 1);
  };
  return Object.fromEntries(names.map((name) => [name, take(name)]));
}

// Words as GNU as 2.40 gives them.
// biome-ignore format: a table reads in columns
const KNOWN: readonly [word: number, name: string, fields: Record<string, number>][] = [
  [0xff010113, 'addi',      { rd: 2, rs1: 2, imm: -16 }],
  [0x80000537, 'lui',       { rd: 10, imm: -0x8000_0000 }],
  [0xfe000ee3, 'beq',       { rs1: 0, rs2: 0, imm: -4 }],
  [0xc75f54ef, 'jal',       { rd: 9, imm: -41868 }],
  [0x43f55513, 'srai',      { rd: 10, rs1: 10, imm: 63 }],
  [0x02b577d3, 'fadd.d',    { rd: 15, rs1: 10, rs2: 11, rm: 7 }],
  [0x1005272f, 'lr.w',      { rd: 14, rs1: 10 }],
  [0xc0001073, 'csrrw',     { rd: 0, rs1: 0, csr: 0xc00 }],
  [0x4505,     'addi',      { rd: 10, rs1: 0, imm: 1 }],
  [0x7139,     'addi',      { rd: 2, rs1: 2, imm: -64 }],
  [0x8082,     'jalr',      { rd: 0, rs1: 1, imm: 0 }],
  [0x6705,     'lui',       { rd: 14, imm: 4096 }],
  [0x9002,     'ebreak',    {}],
  [0x0001,     'addi',      { rd: 0, rs1: 0, imm: 0 }],
];

test('decode: words of another assembler', () => {
  for (const [word, name, fields] of KNOWN) {
    const at = decode(word);
    assert.equal(at.row.name, name, word.toString(16));
    for (const [field, value] of Object.entries(fields)) {
      assert.equal(at[field as 'rd'], value, `${word.toString(16)} ${field}`);
    }
  }
});

// biome-ignore format: a table reads in columns
const RESERVED: readonly [word: number, why: string][] = [
  [0x0000_0000, 'c.addi4spn of 0: all zeros'],
  [0xffff_ffff, 'all ones'],
  [0x6101,      'c.addi16sp of 0'],
  [0x6081,      'c.lui of 0'],
  [0x2001,      'c.addiw to x0'],
  [0x4002,      'c.lwsp to x0'],
  [0x8002,      'c.jr to x0'],
  [0x9c41,      'c.subw with bits 6:5 10'],
  [0x8000,      'quadrant 0, funct3 100'],
  [0x0215_5553, 'fadd.d with rounding mode 5'],
  [0x0215_6553, 'fadd.d with rounding mode 6'],
  [0x0400_1013, 'slli with a shift of seven bits'],
  [0x2200_0073, 'hfence.vvma: no hypervisor here'],
  [0x3020_0073, 'mret: no machine mode here'],
  [0x10a5_252f, 'lr.w with rs2'],
];

test('decode: reserved words are illegal', () => {
  for (const [word, why] of RESERVED) assert.equal(decode(word).row.name, 'illegal', why);
});

test('decode: an illegal word keeps its length, and 16 bits forget what is behind them', () => {
  assert.deepEqual([decode(0xabcd_0000).length, decode(0xabcd_0000).word], [2, 0]);
  assert.deepEqual([decode(0xffff_ffff).length, decode(0xffff_ffff).word], [4, 0xffff_ffff]);
  assert.deepEqual(decode(0x1234_4505), decode(0x4505));
});

test('encode: what does not fit is an error that names the field', () => {
  assert.throws(() => encode('addi', { rd: 1, rs1: 1, imm: 2048 }), /Cannot encode addi: imm cannot be 2048/);
  assert.throws(() => encode('beq', { rs1: 1, rs2: 1, imm: 3 }), /imm cannot be 3/);
  assert.throws(() => encode('add', { rd: 32 }), /rd cannot be 32/);
  assert.throws(() => encode('c.lw', { rd: 1, rs1: 8, imm: 0 }), /rd cannot be 1/);
  assert.throws(() => encode('add', { imm: 1 }), /add: it has no field "imm"/);
  assert.throws(() => encode('c.lui', { rd: 1, imm: 0 }), /c.lui: these operands are reserved/);
  assert.throws(() => encode('mret'), /"mret": there is no such instruction/);
});

test('ISA_STRING: what the device tree says', () => {
  assert.match(ISA_STRING, /^rv64imafdc_zicbom_zicboz_zicntr_/);
  assert.equal(
    ISA_STRING.slice(10).split('_').length - 1,
    ISA_EXTENSIONS.filter((name) => name.length > 1).length,
  );
});

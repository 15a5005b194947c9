// Disassembly in the manuals' form, and that every row has one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { disassemble } from './disassemble.ts';
import { encode } from './encode.ts';
import { INSTRUCTIONS } from './table.ts';

// biome-ignore format: a table reads in columns
const EXAMPLES: readonly [name: string, fields: Record<string, number>, text: string][] = [
  ['addi',      { rd: 10, rs1: 10, imm: 1 },         'addi a0, a0, 1'],
  ['ld',        { rd: 1, rs1: 2, imm: 8 },           'ld ra, 8(sp)'],
  ['sd',        { rs2: 1, rs1: 2, imm: -8 },         'sd ra, -8(sp)'],
  ['fld',       { rd: 10, rs1: 2, imm: 8 },          'fld fa0, 8(sp)'],
  ['fsw',       { rs2: 8, rs1: 2, imm: 0 },          'fsw fs0, 0(sp)'],
  ['beq',       { rs1: 10, rs2: 0, imm: 64 },        'beq a0, zero, 0x80000040'],
  ['jal',       { rd: 1, imm: -4 },                  'jal ra, 0x7ffffffc'],
  ['jalr',      { rd: 0, rs1: 1, imm: 0 },           'jalr zero, ra, 0'],
  ['lui',       { rd: 10, imm: -4096 },              'lui a0, 0xfffff'],
  ['auipc',     { rd: 10, imm: 4096 },               'auipc a0, 0x1'],
  ['csrrw',     { rd: 0, csr: 0x180, rs1: 10 },      'csrrw zero, satp, a0'],
  ['csrrsi',    { rd: 10, csr: 0x7c0, imm: 3 },      'csrrsi a0, 0x7c0, 3'],
  ['amoadd.w',  { rd: 10, rs1: 11, rs2: 12 },        'amoadd.w a0, a2, (a1)'],
  ['lr.d',      { rd: 10, rs1: 11 },                 'lr.d a0, (a1)'],
  ['fmadd.d',   { rd: 0, rs1: 1, rs2: 2, rs3: 3, rm: 7 }, 'fmadd.d ft0, ft1, ft2, ft3'],
  ['fcvt.w.s',  { rd: 10, rs1: 1, rm: 1 },           'fcvt.w.s a0, ft1, rtz'],
  ['fcvt.d.l',  { rd: 1, rs1: 10, rm: 7 },           'fcvt.d.l ft1, a0'],
  ['cbo.zero',  { rs1: 10 },                         'cbo.zero (a0)'],
  ['fence',     { pred: 15, succ: 15 },              'fence'],
  ['sret',      {},                                  'sret'],
  ['sfence.vma', { rs1: 10, rs2: 0 },                'sfence.vma a0, zero'],
  ['c.addi16sp', { imm: -64 },                       'addi sp, sp, -64'],
];

test('disassemble: as the manuals write it', () => {
  for (const [name, fields, text] of EXAMPLES)
    assert.equal(disassemble(encode(name, fields), 0x8000_0000n), text);
});

test('disassemble: illegal words show their bits', () => {
  assert.deepEqual([disassemble(0), disassemble(0xffff_ffff)], ['illegal 0x0000', 'illegal 0xffffffff']);
});

test('disassemble: every row begins with its name', () => {
  for (const { name, match } of INSTRUCTIONS) {
    // With nothing behind it a fence is a hint.
    const word = name === 'fence' ? encode(name, { pred: 0, succ: 1 }) : match;
    assert.equal(disassemble(word).split(' ')[0], name);
  }
});

// The listing language: widths, split immediates, exclusions, and what is wrong with a bad listing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matches, parseEncoding } from './encoding.ts';

test('parseEncoding: bits and fields of a split immediate', () => {
  const { mask, match, fields } = parseEncoding('imm[12|10:5] rs2 rs1 000 imm[4:1|11] 1100011', 32);
  assert.deepEqual([mask, match], [0x707f, 0x63]);
  assert.deepEqual(fields.get('imm'), {
    pieces: [
      { at: 31, width: 1, to: 12 },
      { at: 25, width: 6, to: 5 },
      { at: 8, width: 4, to: 1 },
      { at: 7, width: 1, to: 11 },
    ],
    signed: true,
    base: 0,
  });
});

test('parseEncoding: one place for two registers, short numbers from 8, zero excluded', () => {
  const { fields, except } = parseEncoding("100 uimm[5] 00 rd'/rs1' nzuimm[4:0] 01", 16);
  assert.deepEqual(fields.get('rd'), fields.get('rs1'));
  assert.equal(fields.get('rd')?.base, 8);
  assert.equal(fields.get('imm')?.signed, false);
  assert.deepEqual(except, [{ mask: 0x7c, match: 0 }]);
});

test('matches: exclusions are no match', () => {
  const pattern = parseEncoding('011 nzimm[17] rd≠{0,2} nzimm[16:12] 01', 16);
  assert.equal(matches(pattern, 0x6085), true);
  assert.equal(matches(pattern, 0x6081), false);
  assert.equal(matches(pattern, 0x6005), false);
  assert.equal(matches(pattern, 0x6105), false);
});

test('parseEncoding: a bad listing is an error', () => {
  assert.throws(() => parseEncoding('rs2 rs1 000', 32), /it has 13 bits, not 32/);
  assert.throws(() => parseEncoding('rs9', 32), /"rs9" is neither bits nor a field/);
});

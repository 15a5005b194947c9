// Which registers hold sign-extended words.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decode } from '../isa/decode.ts';
import { encode } from '../isa/encode.ts';
import type { Block, Region } from './blocks.ts';
import { analyse } from './structure.ts';
import { NO_WORDS, wordsAfter, wordsAtStarts } from './words.ts';

const [S0, A0, A1] = [8, 10, 11];
const row = (name: string, fields: Parameters<typeof encode>[1]) => decode(encode(name, fields));
const WORD = row('addw', { rd: A0, rs1: S0, rs2: S0 });
const WIDE = row('mul', { rd: A0, rs1: S0, rs2: S0 });
const has = (words: number, register: number): boolean => (words & (1 << register)) !== 0;

test('wordsAfter: words, what keeps them, copies and constants; everything else is wide', () => {
  const word = wordsAfter(WORD, NO_WORDS);
  assert.ok(has(word, A0));
  assert.ok(!has(wordsAfter(WIDE, word), A0));
  for (const [name, fields, wanted] of [
    ['or', { rd: A1, rs1: A0, rs2: A0 }, true],
    ['or', { rd: A1, rs1: A0, rs2: S0 }, false],
    ['xori', { rd: A1, rs1: A0, imm: -1 }, true],
    ['xori', { rd: A1, rs1: S0, imm: 1 }, false],
    ['andi', { rd: A1, rs1: S0, imm: 255 }, true],
    ['andi', { rd: A1, rs1: S0, imm: -256 }, false],
    ['addi', { rd: A1, rs1: 0, imm: -5 }, true],
    ['addi', { rd: A1, rs1: A0, imm: 0 }, true],
    ['addi', { rd: A1, rs1: A0, imm: 1 }, false],
    ['add', { rd: A1, rs1: 0, rs2: A0 }, true],
    ['add', { rd: A1, rs1: A0, rs2: A0 }, false],
    ['lwu', { rd: A1, rs1: S0, imm: 0 }, false],
    ['lbu', { rd: A1, rs1: S0, imm: 0 }, true],
    ['slli', { rd: A1, rs1: A0, imm: 1 }, false],
  ] as const) {
    assert.equal(has(wordsAfter(row(name, fields), word), A1), wanted, `${name} ${JSON.stringify(fields)}`);
  }
  assert.equal(wordsAfter(row('addw', { rd: 0, rs1: 1, rs2: 1 }), NO_WORDS), NO_WORDS);
});

test('wordsAtStarts: what every way gives, loops included; nothing at the entry and behind calls', () => {
  const block = (offset: number, one: typeof WORD, successors: number[], ending: Block['ending'] = 'flow') =>
    [offset, { offset, instructions: [one], end: offset + 4, successors, ending }] as const;
  const words = (blocks: Region['blocks']) => {
    const flow = analyse({ entry: 0, blocks });
    const starts = wordsAtStarts(flow);
    return [...flow.nodes].map(([offset, node]) => [offset, has(starts[node.order] as number, A0)]);
  };
  const two = (second: typeof WORD) =>
    new Map([
      block(0, WORD, [4, 8]),
      block(4, second, [8]),
      block(8, row('addi', { rd: A1, rs1: A1, imm: 1 }), [8, 12]),
      block(12, WIDE, []),
    ]);
  assert.deepEqual(
    new Map(words(two(WORD)) as [number, boolean][]),
    new Map([
      [0, false],
      [4, true],
      [8, true],
      [12, true],
    ]),
  );
  assert.deepEqual(
    new Map(words(two(WIDE)) as [number, boolean][]),
    new Map([
      [0, false],
      [4, true],
      [8, false],
      [12, false],
    ]),
  );
  assert.deepEqual(words(new Map([block(0, WORD, [4], 'call'), block(4, WORD, [])])), [
    [0, false],
    [4, false],
  ]);
});

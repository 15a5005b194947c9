// Which accesses of a block share a look into the TLB.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decode } from '../isa/decode.ts';
import { encode as assemble } from '../isa/encode.ts';
import { accessRuns } from './access-runs.ts';

const SP = 2;
const A0 = 10;

/** Runs of these instructions: register, half, span and members of each. */
function runs(...words: number[]) {
  const found = new Set(accessRuns(words.map((word) => decode(word))).filter((run) => run !== undefined));
  return [...found].map(({ register, isStore, low, high, members }) => [
    register,
    isStore,
    low,
    high,
    members,
  ]);
}
const ld = (rd: number, rs1: number, imm: number) => assemble('ld', { rd, rs1, imm });
const sw = (rs2: number, rs1: number, imm: number) => assemble('sw', { rs2, rs1, imm });
const addi = (rd: number, rs1: number, imm: number) => assemble('addi', { rd, rs1, imm });

test('accessRuns: accesses by one register share, as stores if one of them is; one alone does not', () => {
  assert.deepEqual(runs(ld(11, SP, 8), sw(11, SP, -4), ld(12, SP, 24), sw(12, SP, 0), ld(13, A0, 0)), [
    [SP, true, -4, 32, [0, 1, 2, 3]],
  ]);
  assert.deepEqual(runs(ld(11, SP, 8), ld(12, SP, 24)), [[SP, false, 8, 32, [0, 1]]]);
});

test('accessRuns: a change of the register ends them, also by a load itself', () => {
  assert.deepEqual(runs(ld(11, SP, 0), addi(SP, SP, -16), ld(12, SP, 0)), []);
  assert.deepEqual(runs(ld(11, A0, 0), ld(A0, A0, 8), ld(12, A0, 0), ld(13, A0, 8)), [
    [A0, false, 0, 16, [0, 1]],
    [A0, false, 0, 16, [2, 3]],
  ]);
});

test('accessRuns: what lies too far apart begins another', () => {
  assert.deepEqual(runs(ld(11, SP, 0), ld(12, SP, 2000), ld(13, SP, 1992)), [
    [SP, false, 1992, 2008, [1, 2]],
  ]);
});

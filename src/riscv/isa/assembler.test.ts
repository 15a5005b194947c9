// The test assembler: labels both ways, constants of every size, errors.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { program } from '../conformance/program.ts';
import { integer } from '../conformance/values.ts';
import { makeMachine, Rig } from '../conformance.ts';
import { Assembler } from './assembler.ts';
import { decode } from './decode.ts';

const wordAt = (bytes: Uint8Array, at: number): number => new DataView(bytes.buffer).getUint32(at, true);

test('Assembler: labels before and behind', () => {
  const code = new Assembler(0x1000n).label('start').emit('c.addi', { rd: 0, imm: 0 });
  const bytes = code
    .jump('jal', { rd: 1 }, 'end')
    .jump('bne', { rs1: 1, rs2: 2 }, 'start')
    .label('end')
    .finish();
  assert.equal(code.here, 0x100an);
  assert.deepEqual([decode(wordAt(bytes, 2)).imm, decode(wordAt(bytes, 6)).imm], [8, -6]);
});

test('Assembler: li gives any 64-bit value', () => {
  const random = new SeededRandom(3);
  const rig = new Rig(makeMachine('reference'));
  for (let i = 0; i < 200; i++) {
    const value = integer(random);
    const { x } = rig.run(program('li', (code) => code.li(10, value), {}));
    assert.equal(x[10], value);
  }
});

test('Assembler: what cannot be assembled is an error', () => {
  assert.throws(() => new Assembler(0n).jump('jal', {}, 'nowhere').finish(), /there is no label "nowhere"/);
  assert.throws(() => new Assembler(0n).label('a').label('a'), /label "a" stands twice/);
  const far = new Assembler(0n).jump('c.beqz', { rs1: 8 }, 'end');
  for (let i = 0; i < 100; i++) far.emit('addi');
  assert.throws(() => far.label('end').finish(), /c.beqz: imm cannot be 402/);
});

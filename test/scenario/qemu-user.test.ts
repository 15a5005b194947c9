// Generated user-mode programs end the same under qemu-riscv64-static and on every back end. Seeds from 1;
// VMK_QEMU_PROGRAMS says how many programs of each kind, for longer runs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { ENGINE_KINDS, makeMachine } from '../../src/riscv/conformance.ts';
import { floatProgram, nameResult } from './qemu-user/float-program.ts';
import { generate, nameOutcome } from './qemu-user/generate.ts';
import { qemuMissing, runInQemu, runOnEngine } from './qemu-user/run.ts';

const PROGRAMS = Number(process.env.VMK_QEMU_PROGRAMS ?? 30);
/** Steps between two returns of an engine; a prime, so that returns come everywhere. */
const SLICE = 4999;
const seeds = Array.from({ length: PROGRAMS }, (_, index) => index + 1);
const skip = qemuMissing() ?? false;
const machines = ENGINE_KINDS.map((kind) => [kind, makeMachine(kind)] as const);

function compare(image: Uint8Array, seed: number, nameOf: (offset: number) => string): void {
  const expected = runInQemu(image);
  assert.ok(expected.length > 0, `seed ${seed}: the program wrote nothing`);
  for (const [kind, machine] of machines) {
    const found = runOnEngine(machine, image, SLICE);
    const at = expected.findIndex((byte, index) => byte !== found[index]);
    assert.equal(at < 0 ? '' : nameOf(at), '', `seed ${seed}: ${kind} differs from qemu`);
    assert.equal(found.length, expected.length, `seed ${seed}: ${kind} wrote another length`);
  }
}

test('programs of all instructions end as under qemu', { skip }, () => {
  for (const seed of seeds) compare(generate(seed, new SeededRandom(seed)).image, seed, nameOutcome);
});

test('floating-point results and flags are those of qemu', { skip }, () => {
  for (const seed of seeds) {
    const program = floatProgram(new SeededRandom(seed));
    compare(program.image, seed, (offset) => nameResult(program, offset));
  }
});

// States between the world's time and time from steps: the guest's clock goes on from where it was, both ways.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asm, testMachine, X } from '../testing.ts';
import { inSteps, inWorld, ticksOf } from './exact-state.ts';

const COUNT = [asm.addi(X.t1, X.t1, 1), asm.jal(-4)];

test('inSteps, inWorld: a machine goes over to time from steps and comes back, and its clock never jumps', () => {
  let ticks = 1_000_000;
  const world = () => testMachine(COUNT, { config: { deterministic: false }, ticks: () => ticks }).machine;
  const steps = () => testMachine(COUNT, { config: { deterministic: true } }).machine;

  const first = world();
  first.powerOn();
  first.turn(5000);
  ticks += 700;
  const saved = first.save();
  assert.equal(ticksOf(saved), 700n);

  const exact = steps();
  exact.restore(inSteps(saved));
  assert.equal(exact.harts[0]?.time, 700n);
  assert.equal(exact.stepsInAll, first.stepsInAll);
  exact.turn(128 * 50);
  assert.equal(exact.harts[0]?.time, 750n);
  const later = exact.save();
  assert.equal(inSteps(later), later, 'it is one already');

  // Elsewhere, at another time of the world.
  ticks = 42;
  const back = world();
  back.restore(inWorld(later));
  assert.equal(back.harts[0]?.time, 750n);
  ticks += 8;
  assert.equal(back.harts[0]?.time, 758n);
  assert.equal(back.harts[0]?.context.x(X.t1), exact.harts[0]?.context.x(X.t1));
});

// Tests of the boot sequence: the order of its table, what a failure undoes, and that nothing holds up the end.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostError } from '#lib';
import { BootSequence, type BootStep } from './boot-sequence.ts';

function rig(failing?: string) {
  const said: string[] = [];
  const step = (name: string, after: readonly string[] = []): BootStep<string[]> => ({
    name,
    after,
    start(context) {
      if (name === failing) throw new Error('no');
      context.push(`+${name}`);
    },
    async stop(context) {
      await Promise.resolve();
      context.push(`-${name}`);
      if (name === 'b' && failing === undefined) throw new Error('stuck');
    },
  });
  const steps = [step('a'), step('b', ['a']), step('c', ['a', 'b'])];
  const context: string[] = [];
  return { sequence: new BootSequence(steps, context, (line) => said.push(line)), context, said, steps };
}

test('BootSequence: starts in order, stops in the opposite one, whatever fails', async () => {
  const { sequence, context, said } = rig();
  await sequence.start();
  assert.deepEqual(sequence.up, ['a', 'b', 'c']);
  await sequence.stop();
  await sequence.stop();
  assert.deepEqual(context, ['+a', '+b', '+c', '-c', '-b', '-a']);
  assert.match(said.at(-1) ?? '', /b: did not stop: stuck/);
});

test('BootSequence: a step that fails undoes those before it, and is named', async () => {
  const { sequence, context } = rig('c');
  await assert.rejects(sequence.start(), { message: 'Cannot boot: step "c" failed: no' });
  assert.deepEqual(context, ['+a', '+b', '-b', '-a']);
});

test('BootSequence: a table whose order is wrong is refused', () => {
  const { steps } = rig();
  assert.throws(() => new BootSequence(steps.toReversed(), []), /step "c" failed: it needs "a" before it/);
  assert.throws(() => new BootSequence([...steps, ...steps], []), HostError);
});

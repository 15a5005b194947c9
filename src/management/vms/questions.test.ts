// What a VM asks, and what becomes of it by the answer.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { HostError } from '#lib';
import { Inventory } from './inventory.ts';
import { Questions } from './questions.ts';
import type { RunningVm, VmEnd } from './runner.ts';
import type { VmTrouble } from './troubles.ts';

/** Promises that are due have their turn. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

class Machine implements RunningVm {
  readonly calls: string[] = [];
  isFull = false;
  readonly #end = Promise.withResolvers<VmEnd>();
  readonly ended = this.#end.promise;

  input(): void {}
  allocate(): void {}
  pause = async (): Promise<void> => void this.calls.push('pause');
  resume = async (): Promise<void> => void this.calls.push('resume');
  reset = async (): Promise<void> => {};
  retry = (): void => void this.calls.push('retry');
  disk = (): Promise<unknown> => Promise.reject(new TypeError('it has no VMDK'));

  async snapshot(path: string) {
    this.calls.push('snapshot');
    if (this.isFull) throw new HostError('disk-full', { action: 'write', what: 'snapshot', path });
    return { pages: 1, bytes: 5, ms: 0 };
  }

  async stop(): Promise<void> {
    this.calls.push('stop');
    this.#end.resolve({ kind: 'stopped' });
  }
}

async function make(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'vmk-questions-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const machines: Machine[] = [];
  const lines: string[] = [];
  let tell: ((trouble: VmTrouble) => void) | undefined;
  const runner = {
    check: () => Promise.resolve(),
    start: async (...given: unknown[]) => {
      tell = given[3] as typeof tell;
      const machine = new Machine();
      machines.push(machine);
      return machine;
    },
  };
  const file = { read: () => undefined, replace: () => {}, append: () => {}, saved: async () => {} };
  const inventory = new Inventory(file, runner, (_vm, line) => void lines.push(line));
  const vm = inventory.create(folder, { name: 'a' });
  await vm.start();
  const trouble = async () => {
    tell?.({ kind: 'swap-full', reason: 'ENOSPC' });
    await settled();
  };
  return { vm, machine: machines[0] as Machine, last: () => machines.at(-1) as Machine, lines, trouble };
}

test('trouble: the VM stands still, asks once, and goes on when it is told to try again', async (t) => {
  const { vm, machine, lines, trouble } = await make(t);
  await trouble();
  await trouble();
  assert.deepEqual(machine.calls, ['pause']);
  assert.equal(vm.state, 'on');
  const [question, ...more] = vm.questions.pending;
  assert.deepEqual(more, []);
  assert.match(question?.text ?? '', /no more space for its swap file \(ENOSPC\)\. You may be able to go on/);
  await vm.saveSnapshot('one', 0);
  await vm.reset();
  assert.ok(!machine.calls.includes('resume'), 'it stands still whatever else is done to it');
  machine.calls.length = 0;
  vm.questions.answer(undefined, 'retry');
  await settled();
  assert.deepEqual(machine.calls, ['retry', 'resume']);
  assert.deepEqual(vm.questions.pending, []);
  assert.ok(lines.includes('answered (1): Retry'));
  await trouble();
  assert.deepEqual(
    vm.questions.pending.map(({ id }) => id),
    ['2'],
    'and asks anew',
  );
});

test('trouble: Cancel ends the machine; a machine that ends asks nothing any more', async (t) => {
  const { vm, last, trouble } = await make(t);
  await trouble();
  vm.questions.answer('1', '1');
  await settled();
  assert.equal(vm.state, 'off');
  await vm.start();
  await trouble();
  await vm.stop();
  await settled();
  assert.deepEqual(vm.questions.pending, []);
  assert.ok(!last().calls.includes('retry'));
});

test('pause, resume: a VM that somebody paused stays so after the answer; one that asks does not go on before', async (t) => {
  const { vm, machine, trouble } = await make(t);
  await vm.pause();
  await trouble();
  await vm.resume();
  assert.ok(!machine.calls.includes('resume'));
  await vm.pause();
  vm.questions.answer(undefined, '0');
  await settled();
  assert.ok(!machine.calls.includes('resume'));
  await vm.resume();
  assert.equal(machine.calls.at(-1), 'resume');
});

test('saveSnapshot, suspend: with no space left somebody is asked; Retry tries again, Cancel gives up and the VM goes on', async (t) => {
  const { vm, machine } = await make(t);
  machine.isFull = true;
  const saved = vm.saveSnapshot('one', 0);
  await settled();
  const [question] = vm.questions.pending;
  assert.equal(question?.messageId, 'msg.hbacommon.outofspace');
  assert.match(question?.text ?? '', /there is no space left\. .* Cancel gives up the snapshot/);
  machine.isFull = false;
  vm.questions.answer(undefined, 'Retry');
  await saved;
  assert.deepEqual(machine.calls, ['pause', 'snapshot', 'snapshot', 'resume']);
  machine.isFull = true;
  const suspended = vm.suspend();
  const failed = assert.rejects(suspended, { code: 'disk-full' });
  await settled();
  vm.questions.answer(undefined, 'Cancel');
  await failed;
  assert.equal(vm.state, 'on');
  assert.equal(machine.calls.at(-1), 'resume');
  vm.questions.close();
  await assert.rejects(vm.saveSnapshot('two', 0), { code: 'disk-full' });
  assert.deepEqual(
    vm.snapshots.all.map(({ name }) => name),
    ['one'],
  );
});

test('answer: what is not asked, or no choice, is refused', async () => {
  const questions = new Questions('a', () => {});
  const refused = (id: string | undefined, choice: string, reason: RegExp) =>
    assert.throws(() => questions.answer(id, choice), { code: 'vm-refused', message: reason });
  refused(undefined, '0', /Cannot answer VM "a": it asks nothing/);
  const answers = [questions.askToRetry('x', 'X?'), questions.askToRetry('y', 'Y?')];
  refused(undefined, '0', /it asks several things: give the message/);
  refused('7', '0', /it has no message 7/);
  refused('1', 'maybe', /"maybe" is none of 0 \(Retry\), 1 \(Cancel\)/);
  questions.answer('1', '0');
  questions.giveUp();
  assert.deepEqual(await Promise.all(answers), [true, false]);
});

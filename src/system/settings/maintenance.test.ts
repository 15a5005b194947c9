// Maintenance mode: waits for the last VM, gives up in time, is kept, and keeps VMs off.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualTimers } from '../logs/testing.ts';
import { MAINTENANCE_PATH, MaintenanceMode } from './maintenance.ts';
import { testParts } from './testing.ts';

function setup(names: string[], texts = new Map<string, string>()) {
  const parts = testParts(texts);
  const timers = new ManualTimers();
  const listeners = new Set<() => void>();
  const vms = {
    names: () => names,
    onStopped: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const stop = (name: string) => {
    names.splice(names.indexOf(name), 1);
    for (const listener of listeners) listener();
  };
  return {
    ...parts,
    timers,
    stop,
    listeners,
    mode: new MaintenanceMode({ ...parts, vms, after: timers.after }),
  };
}

test('enter: waits until the last VM is off, keeps VMs off from the first moment, and is kept', async () => {
  const { mode, stop, texts, listeners, timers } = setup(['a', 'b']);
  const states: string[] = [];
  mode.onChange((state) => states.push(state));
  assert.equal(mode.objection, undefined);
  const entering = mode.enter();
  assert.equal(mode.objection, 'the host is entering maintenance mode');
  stop('a');
  assert.equal(mode.state, 'entering');
  stop('b');
  await entering;
  assert.equal(mode.objection, 'the host is in maintenance mode');
  assert.deepEqual(states, ['entering', 'maintenance']);
  assert.equal(listeners.size + timers.waiting, 0);
  const again = setup([], texts).mode;
  assert.equal(again.state, 'maintenance');
  again.exit();
  assert.equal(texts.get(MAINTENANCE_PATH), 'false\n');
  assert.equal(again.objection, undefined);
});

test('enter: after the time it is as before, and says which VMs are on', async () => {
  const { mode, timers } = setup(['web', 'db']);
  const entering = mode.enter(60);
  timers.advance(60_000);
  await assert.rejects(
    entering,
    /Cannot set maintenance mode to "enabled": after 60 s there are still VMs that are on: web, db/,
  );
  assert.equal(mode.state, 'normal');
});

test('exit: gives entering up; what makes no sense is refused', async () => {
  const { mode } = setup(['web']);
  assert.throws(() => mode.exit(), /it is disabled already/);
  const entering = mode.enter();
  await assert.rejects(mode.enter(), /it is entering already/);
  mode.exit();
  await assert.rejects(entering, /it was given up/);
  assert.equal(mode.state, 'normal');
});

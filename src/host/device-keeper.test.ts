// DeviceKeeper: what was kept counts as long as nothing has changed, and is sent anew only when something has.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeviceKeeper } from './device-keeper.ts';
import type { KeptState } from './messages.ts';

function kept() {
  const seat = { deviceUses: 0 };
  const control = { kept: 0 };
  const sent: KeptState[] = [];
  const devices = { board: { devices: {}, console: new Uint8Array(0) }, stepsBefore: 0n, isPaused: false };
  const machine = { seat, saveDevices: () => devices };
  const keeper = new DeviceKeeper(machine, control, (state) => void sent.push(state));
  const isCurrent = () => {
    const last = sent.at(-1);
    return last !== undefined && last.number === control.kept && last.uses === seat.deviceUses;
  };
  return { seat, control, sent, machine, keeper, isCurrent };
}

test('DeviceKeeper: not before it was asked; a use by a hart, or by anybody else, ends it until it is asked again', () => {
  const { seat, sent, keeper, isCurrent } = kept();
  assert.equal(isCurrent(), false);
  keeper.keep();
  assert.equal(isCurrent(), true);
  seat.deviceUses++;
  assert.equal(isCurrent(), false);
  keeper.keep();
  assert.equal(isCurrent(), true);
  keeper.change();
  assert.equal(isCurrent(), false);
  keeper.keep();
  assert.equal(isCurrent(), true);
  assert.equal(sent.length, 3);
});

test('DeviceKeeper: what did not change is not sent again; after the end nothing is', () => {
  const { sent, keeper, isCurrent } = kept();
  for (let i = 0; i < 5; i++) keeper.keep();
  assert.equal(sent.length, 1);
  assert.equal(keeper.isDone, true);
  keeper.change();
  assert.equal(keeper.isDone, false);
  keeper.end();
  keeper.keep();
  assert.deepEqual([sent.length, isCurrent()], [1, false]);
});

test('DeviceKeeper: a new thread goes on with numbers that no former state has', () => {
  const { control, sent, machine, keeper } = kept();
  keeper.keep();
  const next = new DeviceKeeper(machine, control, (state) => void sent.push(state));
  assert.equal(control.kept, 0);
  next.keep();
  assert.notEqual(sent[0]?.number, sent[1]?.number);
});

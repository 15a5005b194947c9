// The VM generation ID: another one after each change, with an interrupt until it was read.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { VmGeneration } from './vmgenid.ts';

function make() {
  const random = new SeededRandom(5);
  const levels: boolean[] = [];
  const device = new VmGeneration({
    line: { set: (level) => void levels.push(level) },
    fill: (bytes) => random.fill(bytes),
  });
  const id = () => [0, 4, 8, 12].map((offset) => device.read(offset, 4));
  return { device, id, isUp: () => levels.at(-1) ?? false };
}

test('VmGeneration: a change makes another ID and an interrupt, until it was read', () => {
  const { device, id, isUp } = make();
  const first = id();
  assert.equal(isUp(), false);
  device.change();
  assert.equal(isUp(), true);
  assert.notDeepEqual(id(), first);
  assert.equal(isUp(), false);
  assert.match(device.id, /^[0-9a-f]{32}$/);
});

test('VmGeneration: writes change nothing; a state goes and comes with its interrupt', () => {
  const { device, id, isUp } = make();
  const before = id();
  device.write(0, 4, 77);
  assert.deepEqual(id(), before);
  device.change();
  const state = structuredClone(device.save());
  const other = make();
  other.device.restore(state);
  assert.equal(other.isUp(), true);
  assert.deepEqual(other.id(), id());
  assert.equal(isUp(), false);
  other.device.reset();
  assert.equal(other.isUp(), false);
});

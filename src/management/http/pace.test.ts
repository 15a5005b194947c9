// Tests of the watch over transfers and of their buffers, with time moved by hand.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Pace } from './pace.ts';
import { TransferBuffers } from './transfer-buffers.ts';

function rig() {
  let tick = () => {};
  const told = { slow: 0, cancelled: 0 };
  const every = (_: number, action: () => void) => {
    tick = action;
    return () => void told.cancelled++;
  };
  const pace = new Pace({ every, windowMs: 1000, bytesMin: 100, tooSlow: () => void told.slow++ });
  return { pace, told, tick: () => tick() };
}

test('Pace: enough in each window goes on, too little ends it once', () => {
  const { pace, told, tick } = rig();
  for (let i = 0; i < 3; i++) {
    pace.moved(60);
    pace.moved(40);
    tick();
  }
  assert.deepEqual(told, { slow: 0, cancelled: 0 });
  pace.moved(99);
  tick();
  assert.deepEqual(told, { slow: 1, cancelled: 1 });
});

test('Pace: a window in which we made the other end wait is not held against it', () => {
  const { pace, told, tick } = rig();
  pace.resting = true;
  tick();
  tick();
  pace.resting = false;
  tick();
  assert.equal(told.slow, 0);
  tick();
  assert.equal(told.slow, 1);
});

test('TransferBuffers: large ones for few, small ones for many, within the budget; large ones are used again', () => {
  const limits = { buffersBytes: 1000, bufferBytesMax: 100, bufferBytesMin: 10 };
  const buffers = new TransferBuffers(limits);
  const sizes = Array.from({ length: 50 }, () => buffers.enter());
  assert.deepEqual([sizes[0], sizes[4], sizes[5], sizes[49]], [100, 100, 10, 10]);
  assert.ok(sizes.reduce((sum, size) => sum + 2 * size, 0) <= 2 * limits.buffersBytes);
  for (let i = 0; i < 50; i++) buffers.leave();
  assert.equal(buffers.enter(), 100);
  const one = buffers.take(100);
  buffers.giveBack(one);
  assert.equal(buffers.take(100), one);
  assert.notEqual(buffers.take(100), one);
  assert.equal(buffers.take(7).length, 7);
});

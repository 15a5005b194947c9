// The control block between main thread and pCPU.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ControlBlock } from './control-block.ts';

const RING_BYTES = 4096;
const numbered = (from: number, count: number): Uint8Array =>
  Uint8Array.from({ length: count }, (_, i) => from + i);

test('offer and take: bytes come in order, over the ring’s end too', () => {
  const main = new ControlBlock();
  const pcpu = new ControlBlock(main.buffer);
  let sent = 0;
  for (const count of [1, 4000, 200, 4096, 0, 4095, 3000]) {
    assert.equal(main.offer(numbered(sent, count)), count);
    assert.deepEqual(pcpu.take(), numbered(sent, count));
    sent += count;
  }
});

test('offer: what has no room is told, once, and taking makes room', () => {
  const main = new ControlBlock();
  const pcpu = new ControlBlock(main.buffer);
  assert.equal(main.offer(numbered(0, RING_BYTES + 10)), RING_BYTES);
  assert.equal(main.offer(numbered(0, 1)), 0);
  assert.equal(pcpu.take().length, RING_BYTES);
  assert.ok(pcpu.wasStarved());
  assert.ok(!pcpu.wasStarved());
  assert.equal(main.offer(numbered(0, 10)), 10);
});

test('isFull: when too much output is unread, until it is read', () => {
  const main = new ControlBlock();
  const pcpu = new ControlBlock(main.buffer);
  pcpu.posted(2 ** 20);
  assert.ok(!pcpu.isFull);
  pcpu.posted(1);
  assert.ok(pcpu.isFull);
  main.read(1);
  assert.ok(!pcpu.isFull);
});

test('writeKept and readKept: the other side reads what was written last; what is too large is refused', () => {
  const main = new ControlBlock();
  const pcpu = new ControlBlock(main.buffer);
  assert.equal(main.readKept().length, 0);
  for (const state of [numbered(3, 2000), numbered(9, 10), numbered(1, 2 ** 13)]) {
    assert.equal(pcpu.writeKept(state), true);
    assert.deepEqual(main.readKept(), state);
  }
  assert.equal(pcpu.writeKept(numbered(0, 2 ** 13 + 1)), false);
  assert.equal(main.offer(numbered(0, RING_BYTES)), RING_BYTES);
  assert.deepEqual(main.readKept(), numbered(1, 2 ** 13), 'input does not touch it');
});

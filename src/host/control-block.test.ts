// The control block between main thread and pCPU.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
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

test('wait: does not sleep when the bell has rung since it was looked at', () => {
  const main = new ControlBlock();
  const { bell } = main;
  main.offer(numbered(0, 1));
  main.wait(bell, Infinity);
  const again = main.bell;
  main.stop();
  main.wait(again, Infinity);
  assert.ok(main.isStopping);
});

/** Another thread: tells that it is about to post, posts twice as much as may be unread, and tells when it got through. */
const POSTING = `
const { workerData, parentPort } = require('node:worker_threads');
import(workerData.url).then(({ ControlBlock }) => {
  const control = new ControlBlock(workerData.buffer);
  parentPort.postMessage('before');
  control.posted(2 ** 21);
  parentPort.postMessage('after');
});
`;

for (const [how, free] of [
  ['reads', (control: ControlBlock) => control.read(2 ** 21)],
  ['stops it', (control: ControlBlock) => control.stop()],
] as const) {
  test(`posted: the pCPU waits while too much is unread, until the reader ${how}`, async () => {
    const control = new ControlBlock();
    const workerData = { url: new URL('./control-block.ts', import.meta.url).href, buffer: control.buffer };
    const worker = new Worker(POSTING, { eval: true, workerData });
    const heard: string[] = [];
    await new Promise<void>((resolve, reject) => {
      worker.on('error', reject);
      worker.on('message', (message: string) => {
        heard.push(message);
        if (message === 'after') resolve();
        else free(control);
      });
    });
    assert.deepEqual(heard, ['before', 'after']);
    await worker.terminate();
  });
}

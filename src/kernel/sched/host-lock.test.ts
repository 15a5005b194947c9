// The scheduler's lock: one holder, across threads, and freed after a dead one.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { HostLock } from './host-lock.ts';

const ROUNDS = 20_000;
const CODE = `
import { parentPort, workerData } from 'node:worker_threads';
const { HostLock } = await import(workerData.url);
const lock = new HostLock(workerData.words.subarray(0, 1), workerData.me);
for (let i = 0; i < ${ROUNDS}; i++) {
  lock.enter();
  workerData.words[1] = workerData.words[1] + 1;
  lock.leave();
}`;

test('HostLock: three threads that count together lose nothing', async () => {
  const words = new Int32Array(new SharedArrayBuffer(8));
  const url = new URL('./host-lock.ts', import.meta.url).href;
  const workers = [0, 1, 2].map((me) => {
    const module = new URL(`data:text/javascript,${encodeURIComponent(CODE)}`);
    return new Worker(module, { workerData: { words, me, url } });
  });
  await Promise.all(workers.map((worker) => once(worker, 'exit')));
  assert.equal(words[1], 3 * ROUNDS);
  assert.equal(words[0], 0);
});

test('break: frees what a dead holder had, and nothing that another one has', () => {
  const word = new Int32Array(new SharedArrayBuffer(4));
  new HostLock(word, 1).enter();
  const lock = new HostLock(word, 0);
  assert.equal(lock.break(2), false);
  assert.equal(lock.break(1), true);
  lock.enter();
  lock.leave();
  assert.throws(() => lock.leave(), /left by somebody else/);
});

// Memory that is given back to the operating system: it reads as zeros, what is beside it stays, and the process shrinks.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { heapTrimmer, memoryGiver } from './give-back.ts';

const MIB = 2 ** 20;

test('memoryGiver: what is given back reads as zeros and takes no memory', {
  skip: process.platform !== 'linux',
}, () => {
  const { buffer } = new WebAssembly.Memory({ initial: 1024, maximum: 1024, shared: true });
  const bytes = new Uint8Array(buffer).fill(7);
  const before = process.memoryUsage.rss();
  const give = memoryGiver(buffer);
  assert.equal(give?.(4 * MIB, 56 * MIB), true);
  assert.ok(before - process.memoryUsage.rss() > 40 * MIB);
  assert.deepEqual([bytes[4 * MIB - 1], bytes[4 * MIB], bytes[60 * MIB - 1], bytes[60 * MIB]], [7, 0, 0, 7]);
});

test('memoryGiver: nothing outside the buffer, and no part of a page', {
  skip: process.platform !== 'linux',
}, () => {
  const { buffer } = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const give = memoryGiver(buffer);
  for (const [offset, length] of [
    [-4096, 4096],
    [65_536, 4096],
    [0, 0],
    [61_440, 8192],
    [100, 4096],
  ] as const) {
    assert.equal(give?.(offset, length), false);
  }
});

test('heapTrimmer: what was allocated and is free takes no memory', async (t) => {
  const trim = heapTrimmer();
  if (trim === undefined) return t.skip('the C library is not glibc');
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // What stays between the pieces keeps them from going back by themselves.
  const pieces = Array.from({ length: 1000 }, () => new Uint8Array(64 * 1024).fill(1));
  const kept: Uint8Array[] = [];
  for (let i = 0; i < pieces.length; i++) kept.push(new Uint8Array(2048).fill(1));
  const full = process.memoryUsage.rss();
  pieces.length = 0;
  for (let tries = 0; tries < 100 && full - process.memoryUsage.rss() < 40 * MIB; tries++) {
    collect();
    await setImmediate();
    trim();
  }
  assert.ok(full - process.memoryUsage.rss() >= 40 * MIB);
  assert.equal(kept.length, 1000);
});

/** Which threads give way, and by how much. */
import assert from 'node:assert/strict';
import { getPriority } from 'node:os';
import { test } from 'node:test';
import { giveWay, threads } from './give-way.ts';

const priorities = (): Map<string, Set<number>> => {
  const byName = new Map<string, Set<number>>();
  for (const [thread, name] of threads()) {
    byName.set(name, (byName.get(name) ?? new Set()).add(getPriority(thread)));
  }
  return byName;
};

test('giveWay: V8 gets less than the process, however often it is asked for', {
  skip: process.platform !== 'linux',
}, () => {
  const own = getPriority(process.pid);
  giveWay();
  giveWay();
  const { 'node-V8Worker': v8, ...others } = Object.fromEntries(priorities());
  assert.deepEqual(v8, new Set([Math.min(own + 10, 19)]));
  for (const [name, found] of Object.entries(others)) assert.deepEqual(found, new Set([own]), name);
});

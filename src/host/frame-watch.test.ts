/** Tests of looking out for frames: only while they come, never for long. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Arena } from '#net';
import { FrameWatch } from './frame-watch.ts';

test('FrameWatch: looks for the next frame while they come, and sleeps when none has come for a while', () => {
  const arena = new Arena();
  const clock = { ns: 0 };
  const watch = new FrameWatch(arena, 3, () => (clock.ns += 1000));
  let looks = 0;
  const look = (rings: boolean): boolean => watch.look(clock.ns, () => ++looks > 0 && rings);
  assert.equal(look(true), false);
  assert.equal(looks, 0);
  arena.tellHome(3);
  assert.equal(look(true), true);
  assert.equal(looks, 1);
  const before = clock.ns;
  assert.equal(look(false), false);
  assert.ok(clock.ns - before <= 60_000);
  clock.ns += 2_000_000;
  looks = 0;
  assert.equal(look(true), false);
  arena.tellHome(2);
  assert.equal(look(true), false);
  assert.equal(looks, 0);
});

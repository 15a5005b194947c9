/** Tests of looking out for frames: only while they come one after the other, and never for long. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Arena } from '#net';
import { Anticipation } from './anticipation.ts';
import { FrameWatch } from './frame-watch.ts';

const PCPU = 3;
const FAR = Number.POSITIVE_INFINITY;

interface Lab {
  readonly watch: FrameWatch;
  readonly clock: { ns: number };
  /** At the next look at the clock the thread has not run for so long. */
  readonly disturb: (ns: number) => void;
  /** Waits for a frame that comes after so long; whether it was seen by looking, and how long was looked. */
  readonly wait: (afterNs: number, dueNs?: number) => { readonly isSeen: boolean; readonly lookedNs: number };
}

function lab(): Lab {
  const arena = new Arena();
  const clock = { ns: 0 };
  let disturbedNs = 0;
  const watch = new FrameWatch(arena, PCPU, () => {
    clock.ns += 1000 + disturbedNs;
    disturbedNs = 0;
    return clock.ns;
  });
  const wait: Lab['wait'] = (afterNs, dueNs = FAR) => {
    const startNs = clock.ns;
    const isSeen = watch.look(startNs, dueNs, () => clock.ns >= startNs + afterNs);
    const lookedNs = clock.ns - startNs;
    clock.ns = Math.max(clock.ns, startNs + afterNs);
    arena.tellHome(PCPU);
    watch.awake(clock.ns);
    return { isSeen, lookedNs };
  };
  return { watch, clock, wait, disturb: (ns) => void (disturbedNs = ns) };
}

test('FrameWatch: in a dialogue the next frame is looked for, and no other time', () => {
  const { wait } = lab();
  for (let i = 0; i < 3; i++) assert.equal(wait(200_000).isSeen, false, `wait ${i}`);
  assert.equal(wait(200_000).isSeen, true);
  assert.equal(wait(250_000).isSeen, true);
  // One that comes late is given up soon, and two end it.
  assert.ok(wait(20_000_000).lookedNs <= 500_000);
  assert.ok(wait(20_000_000).lookedNs <= 500_000);
  for (let i = 0; i < 9; i++) assert.ok(wait(20_000_000).lookedNs <= 1000);
});

test('FrameWatch: who looks and is not let run rests, and looks again later', () => {
  const { wait, clock, disturb } = lab();
  for (let i = 0; i < 4; i++) wait(200_000);
  assert.equal(wait(200_000).isSeen, true);
  disturb(400_000);
  assert.equal(wait(450_000).isSeen, false);
  for (let i = 0; i < 9; i++) assert.ok(wait(200_000).lookedNs <= 1000, `rest ${i}`);
  clock.ns += 20_000_000;
  assert.equal(wait(200_000).isSeen, true);
});

test('FrameWatch: what is due ends the look', () => {
  const { wait, clock } = lab();
  for (let i = 0; i < 4; i++) wait(200_000);
  const { isSeen, lookedNs } = wait(200_000, clock.ns + 50_000);
  assert.equal(isSeen, false);
  assert.ok(lookedNs <= 52_000);
});

test('FrameWatch: other rings between two frames are not taken for frames', () => {
  const { watch, clock } = lab();
  for (let i = 0; i < 8; i++) {
    watch.look(clock.ns, FAR, () => false);
    clock.ns += 100_000;
    watch.awake(clock.ns);
  }
  const before = clock.ns;
  assert.equal(
    watch.look(before, FAR, () => true),
    false,
  );
  assert.ok(clock.ns - before <= 1000);
});

test('Anticipation: a wait is as long as it is since it began, whatever else is done meanwhile', () => {
  const frames = new Anticipation(100_000);
  for (let i = 0; i < 4; i++) {
    frames.wait(i * 1e6);
    frames.wait(i * 1e6 + 99_000);
    frames.came(i * 1e6 + 100_001);
  }
  frames.wait(9e6);
  assert.equal(frames.untilNs, Number.NEGATIVE_INFINITY);
});

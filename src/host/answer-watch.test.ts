/** Tests of waiting for answers: only in a dialogue, only where they come at once, and never for long. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Arena } from '#net';
import { AnswerWatch } from './answer-watch.ts';

const PCPU = 2;
const LIMIT_NS = 80_000;
/** Enough of anything to be past a trial. */
const MANY = 100;

interface Lab {
  readonly watch: AnswerWatch;
  /** Sends so many frames, and looks as after the run; what comes back comes after so long. */
  readonly ask: (
    afterNs: number,
    frames?: number,
  ) => { readonly isThere: boolean; readonly waitedNs: number };
}

function lab(): Lab {
  const arena = new Arena();
  const clock = { ns: 0, answerNs: Number.POSITIVE_INFINITY };
  const answer = (): void => {
    if (clock.ns < clock.answerNs) return;
    clock.answerNs = Number.POSITIVE_INFINITY;
    arena.tellHome(PCPU);
  };
  const watch = new AnswerWatch(arena, PCPU, () => {
    clock.ns += 1000;
    answer();
    return clock.ns;
  });
  const ask: Lab['ask'] = (afterNs, frames = 1) => {
    const startNs = clock.ns;
    clock.answerNs = startNs + afterNs;
    for (let i = 0; i < frames; i++) watch.sent();
    const isThere = watch.wait();
    const waitedNs = clock.ns - startNs;
    clock.ns = Math.max(clock.ns, startNs + afterNs);
    answer();
    watch.came();
    return { isThere, waitedNs };
  };
  return { watch, ask };
}

test('AnswerWatch: answers that come at once are waited for, soon after a dialogue has begun', () => {
  const { ask } = lab();
  for (let i = 0; i < 4; i++) assert.equal(ask(40_000).isThere, false, `turn ${i}`);
  for (let i = 0; i < MANY; i++) ask(40_000);
  for (let i = 0; i < MANY; i++) assert.equal(ask(40_000).isThere, true, `answer ${i}`);
});

test('AnswerWatch: answers that come late cost a trial now and then', () => {
  const { ask } = lab();
  for (let i = 0; i < MANY; i++) ask(40_000);
  let waitedNs = 0;
  for (let i = 0; i < 1000; i++) waitedNs += ask(200_000).waitedNs;
  assert.ok(waitedNs <= 25 * (LIMIT_NS + 2000), `${waitedNs} ns`);
  for (let i = 0; i < MANY; i++) ask(40_000);
  assert.equal(ask(40_000).isThere, true, 'they come at once again');
});

test('AnswerWatch: who sends more than a frame at a time is not in a dialogue', () => {
  const { ask } = lab();
  for (let i = 0; i < 10 * MANY; i++) assert.equal(ask(10_000, 2).waitedNs, 0);
});

test('AnswerWatch: nothing is waited for after a run in which nothing was sent', () => {
  const { watch, ask } = lab();
  for (let i = 0; i < MANY; i++) ask(40_000);
  assert.equal(watch.wait(), false);
  watch.sent();
  watch.came();
  assert.equal(watch.wait(), false, 'the answer was there before the look');
});

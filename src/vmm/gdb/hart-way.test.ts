// Going back by one instruction of one hart among several.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { type HartWay, lastStepOf } from './hart-way.ts';

/** Harts that have turns of random lengths; who did each step. */
function turns(random: SeededRandom, harts: number, steps: number): number[] {
  const who: number[] = [];
  while (who.length < steps) {
    const hart = random.below(harts);
    for (let left = random.below(9000); left >= 0 && who.length < steps; left--) who.push(hart);
  }
  return who;
}

function wayOf(who: readonly number[], hart: number): HartWay {
  let at = 0;
  const done = new Int32Array(who.length + 1);
  for (const [step, one] of who.entries()) done[step + 1] = (done[step] as number) + (one === hart ? 1 : 0);
  return {
    step: () => BigInt(at),
    done: () => BigInt(done[at] as number),
    goTo: (step) => void (at = Number(step)),
    goOnTo(step) {
      assert.ok(step >= BigInt(at), 'it goes forwards only');
      at = Number(step);
    },
  };
}

test('lastStepOf: the step before which the hart had done one instruction less', () => {
  const random = new SeededRandom(1);
  for (let round = 0; round < 40; round++) {
    const who = turns(random, 3, 30_000);
    const now = 1 + random.below(who.length - 1);
    for (const hart of [0, 1, 2]) {
      const way = wayOf(who, hart);
      way.goTo(BigInt(now));
      const begin = random.below(now);
      const found = lastStepOf(way, { begin: BigInt(begin), end: BigInt(now) - 1n, done: way.done() });
      const last = who.slice(begin, now).lastIndexOf(hart);
      assert.equal(found, last < 0 ? undefined : BigInt(begin + last));
    }
  }
});

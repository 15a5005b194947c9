// Where things go in guest RAM: nothing overlaps, and too little memory is told with what is needed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import type { Loadable } from './loadable.ts';
import { type BootRequest, planBoot } from './plan.ts';

const RAM = 0x8000_0000;
const MIB = 2 ** 20;

function image(what: Loadable['what'], memoryBytes: number): Loadable {
  const address = RAM + 2 * MIB;
  return { what, entry: address, segments: [{ address, offset: 0, fileBytes: memoryBytes, memoryBytes }] };
}

function request(change: Partial<BootRequest> = {}): BootRequest {
  const base = { ramBase: RAM, ramBytes: 128 * MIB, initrdBytes: [] };
  return { ...base, image: image('Linux image', 30 * MIB), treeBytes: 16_384, ...change };
}

test('planBoot: the tree at the top, the initramfs below it at 2 MiB', () => {
  const plan = planBoot(request({ initrdBytes: [1_000_001, 500] }));
  assert.equal(plan.entry, RAM + 2 * MIB);
  assert.equal(plan.tree, RAM + 128 * MIB - 16_384);
  assert.equal(plan.initrdStart % (2 * MIB), 0);
  assert.deepEqual(plan.initrds, [plan.initrdStart, plan.initrdStart + 1_000_004]);
  assert.equal(plan.initrdEnd, plan.initrdStart + 1_000_504);
  assert.ok(plan.initrdEnd <= plan.tree);
});

test('planBoot: too little memory says how much is needed, and that much is enough', () => {
  const initrdBytes = [3 * MIB];
  assert.throws(() => planBoot(request({ ramBytes: 64 * MIB, initrdBytes })), {
    name: 'HostError',
    message:
      /^64 MiB of memory is too little: the Linux image reaches 32 MiB into it.*at least 83 MiB are needed$/,
  });
  assert.doesNotThrow(() => planBoot(request({ ramBytes: 83 * MIB, initrdBytes })));
});

test('planBoot: a payload that is no Linux needs no more than its own', () => {
  assert.doesNotThrow(() => planBoot(request({ image: image('raw image', MIB), ramBytes: 4 * MIB })));
  assert.throws(() => planBoot(request({ image: image('ELF', 2 * MIB), ramBytes: 4 * MIB })), /too little/);
});

test('planBoot: whatever fits does not overlap, and what is said to be needed fits', () => {
  const seed = 7;
  const random = new SeededRandom(seed);
  for (let run = 0; run < 500; run++) {
    const asked = request({
      ramBytes: (1 + random.below(200)) * MIB,
      initrdBytes: Array.from({ length: random.below(4) }, () => random.below(8 * MIB)),
      image: image(random.below(2) === 0 ? 'Linux image' : 'ELF', 1 + random.below(40 * MIB)),
    });
    const needed = neededBytes(asked);
    const plan = planBoot({ ...asked, ramBytes: Math.max(asked.ramBytes, needed) });
    const end = RAM + Math.max(asked.ramBytes, needed);
    const kernelEnd = RAM + 2 * MIB + (asked.image.segments[0]?.memoryBytes ?? 0);
    assert.ok(kernelEnd <= plan.initrdStart, `seed ${seed}, run ${run}`);
    assert.ok(plan.initrdEnd <= plan.tree || asked.initrdBytes.length === 0, `seed ${seed}, run ${run}`);
    assert.ok(plan.tree + asked.treeBytes <= end, `seed ${seed}, run ${run}`);
  }
});

/** What the error says is needed; 0 when there is no error. */
function neededBytes(asked: BootRequest): number {
  try {
    planBoot(asked);
  } catch (error) {
    const match = /at least ([\d.]+) MiB are needed/.exec((error as Error).message);
    return Number(match?.[1]) * MIB;
  }
  return 0;
}

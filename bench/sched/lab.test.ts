// Guests on real pCPUs under the scheduler: roughly what they are owed, exactly accounted. The figures: npm run bench -- sched.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { BUSY, BUSY_2, sleeper } from './guests.ts';
import { Lab } from './lab.ts';

const busy = { bytes: BUSY, vcpus: 1 };

test('Lab: two busy guests share one pCPU by their shares; their states add up', async () => {
  const lab = new Lab(1);
  try {
    const a = await lab.vm('a', busy, { shares: 2000 });
    const b = await lab.vm('b', busy, { shares: 1000 });
    await lab.measure([], 500);
    const uses = await lab.measure([a, b], 1500);
    const [of2, of1] = uses.map(({ runNs }) => runNs);
    const ratio = (of2 as number) / (of1 as number);
    assert.ok(ratio > 1.5 && ratio < 2.6, `${ratio}`);
    for (const { runNs, readyNs, costopNs, waitNs, passedNs, steps } of uses) {
      assert.ok(steps > 0);
      assert.ok(Math.abs(runNs + readyNs + costopNs + waitNs - passedNs) < 1000);
    }
  } finally {
    await lab.close();
  }
});

test('Lab: both vCPUs of a guest run; one that sleeps costs next to nothing and wakes', async () => {
  const lab = new Lab(2);
  try {
    const two = await lab.vm('two', { bytes: BUSY_2, vcpus: 2 });
    const sleeps = await lab.vm('sleeps', { bytes: sleeper(200_000), vcpus: 1 });
    await lab.measure([], 500);
    const [use, idle] = await lab.measure([two, sleeps], 1000);
    assert.ok(use !== undefined && idle !== undefined);
    assert.ok(use.runNs > 0.6 * use.passedNs, `${use.runNs / use.passedNs}`);
    assert.ok(idle.runNs < 0.2 * idle.passedNs && idle.steps > 0);
    assert.ok((await lab.wakes(sleeps, 500)).wakes > 2);
  } finally {
    await lab.close();
  }
});

test('Lab: a vCPU that leads its waiting sibling by too many instructions stands still, and only then', async () => {
  const lab = new Lab(2);
  try {
    const pair = await lab.vm('pair', { bytes: BUSY_2, vcpus: 2 });
    const vcpus = () =>
      lab.cpus.resources
        .accounts()
        .worlds.filter(({ group }) => group === pair.group)
        .toSorted((a, b) => a.vcpu - b.vcpu);
    /** What each vCPU did in that time. */
    const did = async (ms: number) => {
      const before = vcpus();
      await setTimeout(ms);
      return vcpus().map((now, i) => {
        const then = before[i] as (typeof before)[number];
        return { steps: now.steps - then.steps, stoppedNs: now.costopNs - then.costopNs };
      });
    };
    await did(500);
    const alone = await did(1000);
    for (const { stoppedNs } of alone)
      assert.ok(stoppedNs < 10e6, `${stoppedNs / 1e6} ms with a pCPU for each`);
    // Now one of them is where a crowd is; its sibling has the other pCPU for itself.
    const pin = (row: number | undefined, pcpu: number) => {
      lab.cpus.worlds.columns.affinity[row as number] = 1 << pcpu;
    };
    for (const [vcpu, row] of pair.rows.entries()) pin(row, vcpu);
    for (let i = 0; i < 4; i++) pin((await lab.vm(`crowd ${i}`, busy)).rows[0], 1);
    await did(500);
    const [free, crowded] = await did(2000);
    assert.ok(free !== undefined && crowded !== undefined);
    assert.ok(
      free.stoppedNs > 200e6,
      `the one that leads was stopped for ${free.stoppedNs / 1e6} ms of 2000`,
    );
    assert.equal(crowded.stoppedNs, 0);
    const ratio = free.steps / crowded.steps;
    assert.ok(ratio < 1.5, `it did ${ratio} times what its sibling did`);
  } finally {
    await lab.close();
  }
});

test('Lab: what cannot be guaranteed is not switched on', async () => {
  const lab = new Lab(1);
  try {
    await assert.rejects(
      lab.vm('a', busy, { reservationMhz: 1900 }),
      /VM "a" needs 1900 MHz .* 1800 MHz of 1800/,
    );
  } finally {
    await lab.close();
  }
});

// Harts that fight for one ticket lock, more of them than there are pCPUs: whoever holds it or comes next is not running most of
// the time, and those that run wait for it. They give way, so that what is to be done is done in seconds and not in minutes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { Lab } from '../../bench/sched/lab.ts';
import { spinGuest } from './spin-guest.ts';

const SECTIONS = 3000;
/** With harts that do not give way it is more, on a machine at rest; with those that do it is a few seconds. */
const MOST_MS = 120_000;

for (const harts of [2, 4, 8]) {
  test(`spin locks: ${harts} harts on 2 pCPUs do ${SECTIONS} sections under one lock, one after the other`, async (t) => {
    const lab = new Lab(2);
    try {
      const bytes = spinGuest({ harts, sections: SECTIONS, held: 200, free: 1000 });
      const startedMs = performance.now();
      const vm = await lab.vm('spin', { bytes, vcpus: harts });
      const late = new AbortController();
      const end = await Promise.race([
        vm.ended,
        setTimeout(MOST_MS, undefined, { ref: false, signal: late.signal }),
      ]);
      late.abort();
      t.diagnostic(`${Math.round(performance.now() - startedMs)} ms, ${end?.stats?.steps} steps`);
      assert.deepEqual(end?.result, { kind: 'powered-off', status: 0 });
    } finally {
      await lab.close();
    }
  });
}

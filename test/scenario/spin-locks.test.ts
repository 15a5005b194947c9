// Harts that fight for one ticket lock, more of them than there are pCPUs: whoever holds it or comes next is not running most of
// the time, and those that run wait for it. They give way, so that what is to be done is done in seconds and not in minutes.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { Cpus } from '../../src/host/cpus.ts';
import { spinGuest } from './spin-guest.ts';

const MIB = 2 ** 20;
const SECTIONS = 3000;
/** With harts that do not give way it is more, on a machine at rest; with those that do it is a few seconds. */
const MOST_MS = 120_000;
const folder = mkdtempSync(join(tmpdir(), 'vmk-spin-'));
after(() => rmSync(folder, { recursive: true, force: true }));

for (const harts of [2, 4, 8]) {
  test(`spin locks: ${harts} harts on 2 pCPUs do ${SECTIONS} sections under one lock, one after the other`, async (t) => {
    const firmware = join(folder, `${harts}.bin`);
    writeFileSync(firmware, spinGuest({ harts, sections: SECTIONS, held: 200, free: 1000 }));
    const cpus = new Cpus({ cpus: 2, memoryBytes: 512 * MIB, engine: 'jit', report: () => {} });
    try {
      const config = {
        ...{ name: 'spin', firmware, initrd: [], append: '', memoryBytes: 16 * MIB, disks: [] },
        ...{ console: 'none' as const, deterministic: false, trace: [], cpus: harts },
      };
      const startedMs = performance.now();
      const vm = await cpus.startVm(config, {
        write: () => true,
        drained: () => Promise.resolve(),
        lines: (_lines, done) => done(),
      });
      const late = new AbortController();
      const end = await Promise.race([
        vm.ended,
        setTimeout(MOST_MS, undefined, { ref: false, signal: late.signal }),
      ]);
      late.abort();
      t.diagnostic(`${Math.round(performance.now() - startedMs)} ms, ${end?.stats?.steps} steps`);
      assert.deepEqual(end?.result, { kind: 'powered-off', status: 0 });
    } finally {
      await Promise.all(cpus.vms.map((vm) => vm.powerOff()));
      await cpus.close();
    }
  });
}

// Three machines on a throttled datastore, each with more to read than it gets: reservations are kept, limits are kept, the rest
// is divided by shares, all within 3 %, also when what one of them is owed changes.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { cacheFolder, defaultGuest, writeExecArchive } from '#guest';
import type { DiskStatsSample } from '#storage';
import { dialogue, TestHost } from './host.ts';

const IOPS = 120;
const WINDOW_MS = 10_000;
/** A machine that gets too little time to keep the datastore busy shows nothing: it is looked again. */
const MOST_WINDOWS = 20;
const WITHIN = 0.03;

/** Two seconds of the slowest: by then each has all its readers going. */
const FIRST_READS = 48;
const POLL_MS = 50;
/** Two minutes and more. */
const MOST_LOOKS = 2400;

/** Eight readers past the page cache, so that there is always a request that waits. */
const READS = `modprobe -q virtio_blk
for i in 1 2 3 4 5 6 7 8; do
  while :; do dd if=/dev/vda of=/dev/null bs=4k count=2000 iflag=direct 2>/dev/null || exit 1; done &
done
echo "they read"
wait`;

// biome-ignore format: a table reads in columns
const OWED = [
  { name: 'reserved', reservation: 60, limit: 0,  shares: 500  },
  { name: 'limited',  reservation: 0,   limit: 24, shares: 1000 },
  { name: 'shares',   reservation: 0,   limit: 0,  shares: 1000 },
] as const;
const CASES = [
  { what: 'a reservation, a limit, the rest', change: undefined, expected: [60, 24, 36] },
  { what: 'shares 500 : 1000 : 1500', change: [500, 1000, 1500], expected: [20, 40, 60] },
] as const;

test('three machines on a throttled datastore: what each gets, within 3 %', async (t) => {
  const host = new TestHost();
  t.after(() => host.remove());
  const { kernelPath, initramfsPath } = await defaultGuest(cacheFolder(), () => {});
  await host.up('--https', 'off', '--memory', '768M');
  const { client } = host;
  const archive = join(host.home, 'exec.cpio');
  writeFileSync(archive, writeExecArchive(READS, 'reads'));
  await client.call('datastore.limit', { name: 'datastore1', iops: IOPS });
  for (const { name, ...owed } of OWED) {
    await client.call('vm.create', {
      ...{ name, memoryMib: 128, kernel: kernelPath, initrds: [initramfsPath, archive] },
      ...{ append: 'quiet loglevel=1', disks: ['64M'], nets: [] },
    });
    await client.call('vm.start', { vm: name });
    await client.call('vm.disk.allocate', { vm: name, unit: 0, ...owed });
  }
  for (const { name } of OWED) await dialogue(client, name, [['they read']]);
  const counts = async (): Promise<number[]> =>
    Promise.all(
      OWED.map(async ({ name }) => {
        const { reads } = await client.call<DiskStatsSample>('vm.disk.stats', { vm: name, unit: 0 });
        return reads;
      }),
    );
  // What they say comes before the first request: a window begins when all are at it.
  for (let looks = 0; !(await counts()).every((count) => count >= FIRST_READS); looks++) {
    assert.ok(looks < MOST_LOOKS, 'all machines read');
    await setTimeout(POLL_MS);
  }
  for (const { what, change, expected } of CASES) {
    for (const [index, shares] of (change ?? []).entries()) {
      const vm = OWED[index]?.name;
      await client.call('vm.disk.allocate', { vm, unit: 0, shares, reservation: 0, limit: 0 });
    }
    const rates = await busyWindow(counts);
    const row = OWED.map(({ name }, i) => `${name} ${rates[i]?.toFixed(1)} of ${expected[i]}`).join(', ');
    t.diagnostic(`${what}: ${row} requests a second`);
    for (const [index, want] of expected.entries()) {
      assert.ok(Math.abs((rates[index] as number) / want - 1) <= WITHIN, `${what}: ${row}`);
    }
  }
  await host.end('SIGTERM');
});

/** Rates in a stretch of time in which the datastore was busy all the time. */
async function busyWindow(counts: () => Promise<number[]>): Promise<number[]> {
  let rates: number[] = [];
  for (let i = 0; i < MOST_WINDOWS; i++) {
    const [before, beganMs] = [await counts(), performance.now()];
    await setTimeout(WINDOW_MS);
    const [after, endedMs] = [await counts(), performance.now()];
    rates = after.map((count, index) => ((count - (before[index] as number)) / (endedMs - beganMs)) * 1000);
    if (rates.reduce((sum, rate) => sum + rate, 0) >= IOPS * 0.99) return rates;
  }
  throw new Error(`the machines did not keep the datastore busy: ${rates.join(', ')}`);
}

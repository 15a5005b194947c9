// Statistics of a disk: what is counted, and into which bin.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DiskStats, diskCounters, readDiskCounters } from './disk-stats.ts';

test('DiskStats: counts requests, bytes, and each into its bin', () => {
  const shared = diskCounters();
  const stats = new DiskStats(shared);
  const page = { kind: 'read' as const, offset: 4096, buffers: [] };
  stats.record(page, 4096, 0, 0.05, true);
  stats.record({ ...page, offset: 8192 }, 4096, 1, 1.05, true);
  stats.record({ ...page, offset: 0 }, 2 ** 20, 2, 202, false);
  stats.record({ kind: 'write', offset: 0, buffers: [] }, 512, 3, 3.001, true);
  stats.record({ kind: 'flush' }, 0, 4, 6, true);
  stats.record({ kind: 'discard', offset: 0, length: 512 }, 0, 4, 6, true);
  const { histograms, ...counters } = stats.sample();
  assert.deepEqual(counters, {
    ...{ reads: 3, writes: 1, flushes: 1, discards: 1, failed: 1 },
    ...{ readBytes: 8192 + 2 ** 20, writtenBytes: 512 },
  });
  const { latencyNs, ...seen } = readDiskCounters(shared);
  assert.deepEqual(seen, counters, 'another thread sees them');
  assert.equal(Math.round(latencyNs / 1000), 204_101);
  const bins = (name: string) => {
    const { borders, counts } = histograms[name] ?? assert.fail(name);
    return counts.flatMap((count, i) => (count === 0 ? [] : [[borders[i] ?? 'more', count]]));
  };
  assert.deepEqual(bins('ioLengthBytes of reads'), [
    [4096, 2],
    ['more', 1],
  ]);
  assert.deepEqual(bins('seekDistanceLbas of reads'), [
    [-16, 1],
    [0, 1],
  ]);
  assert.deepEqual(bins('latencyUs of reads'), [
    [100, 2],
    ['more', 1],
  ]);
  assert.deepEqual(bins('latencyUs of writes'), [[1, 1]]);
  assert.deepEqual(bins('flushLatencyUs'), [[5000, 1]]);
  assert.equal(histograms['ioLengthBytes of reads']?.sum, 8192 + 2 ** 20);
});

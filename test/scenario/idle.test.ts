// Guests at their prompt sleep: copies of a booted Linux on a host use next to nothing of a core.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { processCpuMs } from './cpu-time.ts';
import { dialogue, TestHost } from './host.ts';

const COPIES = 4;
const WINDOW_MS = 4000;
const WINDOWS = 20;
/** Of one core, for each VM: 50 of them use less than 5 %. */
const MOST = 0.001;

test('idle: guests at their prompt use less than a thousandth of a core each', {
  skip: process.platform !== 'linux' && 'the time of another process is read from /proc',
}, async (t) => {
  const host = new TestHost();
  t.after(() => host.remove());
  await host.up('--https', 'off');
  const { client } = host;
  await client.call('vm.create', { name: 'a', memoryMib: 128 });
  await client.call('vm.start', { vm: 'a' });
  await dialogue(client, 'a', [['~ # ']]);
  await client.call('vm.fork', { vm: 'a', count: COPIES });
  const { pid } = await client.call<{ pid: number }>('host.facts', {});
  const used: number[] = [];
  // A guest that has just begun has things to do for some seconds.
  while (used.length < WINDOWS && !((used.at(-1) ?? 1) < MOST)) {
    const [before, beganMs] = [processCpuMs(pid), performance.now()];
    await setTimeout(WINDOW_MS);
    used.push((processCpuMs(pid) - before) / (performance.now() - beganMs) / (COPIES + 1));
  }
  const shown = used.map((part) => `${(100 * part).toFixed(2)} %`).join(', ');
  t.diagnostic(`of a core for each VM: ${shown}`);
  assert.ok((used.at(-1) as number) < MOST, shown);
});

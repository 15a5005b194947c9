// Linux guests that were booted each by itself, on a host that is up: by default each shares pages with itself only; once the
// host's settings let all share, most of what they touched comes back, and looking for it takes at most 2 % of a core.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { threadCpuMs } from './cpu-time.ts';
import { dialogue, TestHost } from './host.ts';

const MIB = 2 ** 20;
/** The ten; in each test of all as many as can give as much back. */
const FULL = process.env['VMK_FULL_SCALE'] !== undefined;
const GUESTS = FULL ? 10 : 4;
/** A sample looks at all pages of all VMs: seldom, so that looking for equal ones is what is measured. */
const POLL_MS = FULL ? 5000 : 1000;
const VM_MIB = 128;
const LEAST_PART = 0.6;
const MOST_CPU_PART = 0.02;
/** In this time all pages were looked at once; the host's state may make it a quarter of that. */
const PASS_MS = 60_000;
/** So little is found in this time at the end; on a busy machine less is looked at. */
const END_MIB = 1;
const END_MS = 4 * POLL_MS;
const BUSY_END_MS = 30_000;

interface Memory {
  readonly granted: number;
  readonly zero: number;
  readonly sharedSaved: number;
}

interface Sample {
  readonly takenNs: number;
  readonly host: { readonly memory: { readonly state: string } };
  readonly memory: readonly Memory[];
}

test(`sharing: ${GUESTS} Linux guests, each booted by itself, give most of what they touched back`, async (t) => {
  const host = new TestHost();
  t.after(() => host.remove());
  await host.up('--https', 'off', '--memory', FULL ? '3G' : '2G');
  const { client } = host;
  const set = async (option: string, value: number): Promise<void> => {
    const words = ['system', 'settings', 'advanced', 'set', '-o', `/Mem/${option}`, '-i', String(value)];
    const { status, stderr } = await host.esxcli(...words);
    assert.equal(status, 0, stderr);
  };
  await set('ShareScanTime', 0);
  // In the state "clear" pages are looked at four times as often.
  await set('MemMinFreePct', 40);
  const names = Array.from({ length: GUESTS }, (_, i) => `guest${i}`);
  for (const name of names) await client.call('vm.create', { name, memoryMib: VM_MIB, nets: [] });
  await Promise.all(names.map((vm) => client.call('vm.start', { vm })));
  for (const vm of names) await dialogue(client, vm, [['~ # ']]);
  const { pid } = await client.call<{ pid: number }>('host.facts');
  const sample = () => client.call<Sample>('top.sample');
  const sum = ({ memory }: Sample, of: keyof Memory) => memory.reduce((all, vm) => all + vm[of], 0) / MIB;
  const first = await sample();
  /** Machine pages that sharing saves, and those of zeros that were written as such. */
  const saved = (now: Sample) => sum(now, 'sharedSaved') + sum(now, 'zero') - sum(first, 'zero');
  const lines: string[] = [];

  /** Looks through all pages with that salting, until no more is found; the part of what was touched that is saved then. */
  const scan = async (salting: number, what: string): Promise<number> => {
    const before = await sample();
    const cpuBefore = threadCpuMs(pid, 'vmk-memory');
    await set('ShareForceSalting', salting);
    await set('ShareScanTime', 1);
    const passMs = before.host.memory.state === 'clear' ? PASS_MS / 4 : PASS_MS;
    for (let then = before; ; ) {
      await setTimeout(POLL_MS);
      const now = await sample();
      const ms = (now.takenNs - before.takenNs) / 1e6;
      if (saved(now) - saved(then) > END_MIB) then = now;
      const touched = sum(now, 'granted') - sum(first, 'zero');
      const isEnough = salting !== 0 || saved(now) >= LEAST_PART * touched;
      const endMs = isEnough ? END_MS : BUSY_END_MS;
      if (ms < passMs || now.takenNs - then.takenNs < endMs * 1e6) continue;
      await set('ShareScanTime', 0);
      const cpuPart = (threadCpuMs(pid, 'vmk-memory') - cpuBefore) / ms;
      lines.push(
        `${what.padEnd(22)} ${saved(now).toFixed(0).padStart(6)} of ${touched.toFixed(0)} MiB touched are saved ` +
          `(${((100 * saved(now)) / touched).toFixed(1)} %), after ${(ms / 1000).toFixed(0)} s in state ` +
          `"${before.host.memory.state}", with ${(100 * cpuPart).toFixed(2)} % of a core`,
      );
      assert.ok(cpuPart <= MOST_CPU_PART, lines.join('\n'));
      return saved(now) / touched;
    }
  };

  const within = await scan(2, 'each with itself (2)');
  const among = await scan(0, 'all with each other (0)');
  t.diagnostic(lines.join('\n'));
  assert.ok(among >= LEAST_PART && among > within, lines.join('\n'));

  const heard = names.map((vm) =>
    dialogue(client, vm, [['', 'echo still-here-$((40 + 2))\n'], ['still-here-42']]),
  );
  await Promise.all(heard);
  await host.end('SIGTERM');
});

// Machine memory on a host that is up: VMs with twice what there is, limits and reservations, what "vmk top" shows of it.
import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { TestHost } from './host.ts';
import { patternGuest } from './pattern-guest.ts';

const MIB = 2 ** 20;
const POLL_MS = 50;
const BACK_TRIES = 200;
/** The least that a host has: more than half of it is code and tables. */
const HOST = '256M';
const VM_MIB = 64;
const TOUCHED_MIB = 50;
/** So many times each looks at all that it wrote. */
const ROUNDS = 2;

interface Sample {
  readonly host: {
    readonly memory: { readonly total: number; readonly free: number; readonly state: string };
  };
  readonly memory: readonly {
    readonly name: string;
    readonly size: number;
    readonly [more: string]: unknown;
  }[];
}

test('memory: four VMs that use more than the host has find all that they wrote; what cannot be guaranteed is refused', async (t) => {
  const host = new TestHost();
  t.after(() => host.remove());
  await host.up('--https', 'off', '--memory', HOST, '--cpus', '2');
  const { client } = host;
  const sample = () => client.call<Sample>('top.sample');
  const free = (await sample()).host.memory.free;
  const names = ['a', 'b', 'c', 'd'];
  for (const [number, vm] of names.entries()) {
    const firmware = join(host.home, `${vm}.bin`);
    writeFileSync(firmware, patternGuest(number, TOUCHED_MIB * MIB, ROUNDS));
    await client.call('vm.create', { name: vm, memoryMib: VM_MIB, firmware });
  }
  assert.ok(names.length * TOUCHED_MIB * MIB > 1.5 * free, `${free / MIB} MiB are free`);
  await Promise.all(names.map((vm) => client.call('vm.start', { vm })));
  const swapPath = join(host.home, 'volumes', 'datastore1', 'a', 'a.vswp');
  assert.ok(existsSync(swapPath));

  const greedy = await host.vmk(
    'vm',
    'create',
    'e',
    '--memory',
    '512M',
    '--mem-reservation',
    '512M',
    '--start',
  );
  assert.equal(greedy.status, 1);
  assert.match(
    greedy.stderr,
    /Cannot guarantee memory: VM "e": it needs 51\d MiB \(reservation 512 MiB, overhead \d+ MiB\), and \d+ MiB of \d+ MiB/,
  );

  const states = new Set<string>();
  const most = { swapped: 0, compressed: 0 };
  const isOn = async () => (await client.call<{ vms: { state: string }[] }>('vm.list')).vms.some(isRunning);
  while (await isOn()) {
    const { host: all, memory } = await sample();
    states.add(all.memory.state);
    for (const vm of memory) {
      most.swapped = Math.max(most.swapped, Number(vm['swapped']));
      most.compressed = Math.max(most.compressed, Number(vm['compressed']));
      assert.equal(vm.size, VM_MIB * MIB);
      assert.ok(Number(vm['consumed']) <= VM_MIB * MIB * 1.1);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  for (const vm of names) {
    const { lastEnd } = await client.call<{ lastEnd: string }>('vm.show', { vm });
    assert.equal(lastEnd, 'powered itself off with status 0', vm);
  }
  assert.ok(
    ['hard', 'low'].some((state) => states.has(state)),
    [...states].join(),
  );
  assert.ok(most.swapped > 0, 'nothing was swapped');
  assert.equal(existsSync(swapPath), false, 'a swap file goes with its power');
  // A VM is off a moment before the last of its pages are back.
  const isBack = async () => (await sample()).host.memory.free === free;
  for (let tries = 0; tries < BACK_TRIES && !(await isBack()); tries++) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  assert.equal((await sample()).host.memory.free, free, 'all memory comes back');
});

const isRunning = ({ state }: { state: string }): boolean => state !== 'powered off';

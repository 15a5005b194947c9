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
/** The figures; otherwise the least that a host has: a third of it is code and tables. */
const FULL = process.env['VMK_FULL_SCALE'] !== undefined;
const [HOST, VM_MIB, TOUCHED_MIB] = FULL ? ['1G', 512, 400] : ['256M', 96, 80];
/** More than there is. */
const GREEDY = FULL ? '1G' : '512M';
/** So many times each looks at all that it wrote. */
const ROUNDS = FULL ? 3 : 4;
/** The first one has twice the shares of the others. */
const SHARES = ['high', 'normal', 'normal', 'normal'] as const;
/** By how much a VM's part of what all have may differ from its part of what all are owed, in the mean. */
const MOST_OFF = 0.25;

interface Sample {
  readonly host: {
    readonly memory: { readonly total: number; readonly free: number; readonly state: string };
  };
  readonly memory: readonly {
    readonly name: string;
    readonly size: number;
    readonly consumed: number;
    readonly target: number;
    readonly [more: string]: unknown;
  }[];
}

/** What VMs have and what they are owed, over the looks in which the host is short and all are on. */
class Balance {
  #looks = 0;
  readonly #rows = new Map<string, { consumed: number; target: number }>();

  note(memory: Sample['memory']): void {
    this.#looks++;
    for (const { name, consumed, target } of memory) {
      const row = this.#rows.get(name) ?? { consumed: 0, target: 0 };
      this.#rows.set(name, { consumed: row.consumed + consumed, target: row.target + target });
    }
  }

  /** Means, in MiB. */
  rows(): { name: string; consumed: number; target: number }[] {
    const mean = (sum: number) => sum / this.#looks / MIB;
    return [...this.#rows]
      .map(([name, { consumed, target }]) => ({ name, consumed: mean(consumed), target: mean(target) }))
      .toSorted((a, b) => a.name.localeCompare(b.name));
  }

  table(): string {
    const rows = this.rows();
    const others = rows.slice(1);
    const ratio = (of: 'consumed' | 'target') =>
      (rows[0]?.[of] ?? 0) / (others.reduce((sum, row) => sum + row[of], 0) / others.length);
    const lines = rows.map(
      ({ name, consumed, target }, i) =>
        `${name}  shares ${SHARES[i]?.padEnd(6)}  owed ${target.toFixed(1)} MiB  has ${consumed.toFixed(1)} MiB`,
    );
    const ratios = `the first is owed ${ratio('target').toFixed(2)} times what the others are, and has ${ratio('consumed').toFixed(2)} times`;
    return [...lines, `${ratios} (means of ${this.#looks} looks)`].join('\n');
  }
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
    await client.call('vm.create', { name: vm, memoryMib: VM_MIB, firmware, memShares: SHARES[number] });
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
    GREEDY,
    '--mem-reservation',
    GREEDY,
    '--start',
  );
  assert.equal(greedy.status, 1);
  assert.match(
    greedy.stderr,
    /Cannot guarantee memory: VM "e": it needs \d+ MiB \(reservation \d+ MiB, overhead \d+ MiB\), and \d+ MiB of \d+ MiB/,
  );

  const states = new Set<string>();
  const most = { swapped: 0, compressed: 0 };
  const balance = new Balance();
  const isOn = async () => (await client.call<{ vms: { state: string }[] }>('vm.list')).vms.some(isRunning);
  while (await isOn()) {
    const { host: all, memory } = await sample();
    states.add(all.memory.state);
    if (memory.length === names.length && memory.every((vm) => Number(vm['swapped']) > 0))
      balance.note(memory);
    for (const vm of memory) {
      most.swapped = Math.max(most.swapped, Number(vm['swapped']));
      most.compressed = Math.max(most.compressed, Number(vm['compressed']));
      assert.equal(vm.size, VM_MIB * MIB);
      assert.ok(vm.consumed <= VM_MIB * MIB * 1.1);
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
  const table = balance.table();
  t.diagnostic(table);
  const rows = balance.rows();
  assert.equal(rows.length, names.length, 'at no look had all of them swapped');
  const all = (of: 'consumed' | 'target') => rows.reduce((sum, row) => sum + row[of], 0);
  for (const { name, consumed, target } of rows) {
    const [has, owed] = [consumed / all('consumed'), target / all('target')];
    assert.ok(Math.abs(has / owed - 1) < MOST_OFF, `${name} has not what it is owed:\n${table}`);
  }
  assert.equal(existsSync(swapPath), false, 'a swap file goes with its power');
  // A VM is off a moment before the last of its pages are back.
  const isBack = async () => (await sample()).host.memory.free === free;
  for (let tries = 0; tries < BACK_TRIES && !(await isBack()); tries++) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  assert.equal((await sample()).host.memory.free, free, 'all memory comes back');
});

const isRunning = ({ state }: { state: string }): boolean => state !== 'powered off';

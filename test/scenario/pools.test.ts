// Resource pools at the command line of a host: made, filled, changed while VMs are on, kept over a restart, refused with the reason.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { asm, program } from '../../src/vmm/testing.ts';
import { TestHost } from './host.ts';

const MEASURE_MS = 1500;

interface World {
  readonly name: string;
  readonly runNs: number;
}

test('pools: divide the CPU as the tree says, on a host that is up', async (t) => {
  const host = new TestHost();
  t.after(() => host.remove());
  await host.up('--https', 'off', '--memory', '256M', '--cpus', '1');
  const refused = async (pattern: RegExp, ...words: string[]): Promise<void> => {
    const { status, stderr } = await host.vmk(...words);
    assert.notEqual(status, 0);
    assert.match(stderr, pattern);
  };
  await host.ok(
    'pool',
    'create',
    'web',
    '--cpu-shares',
    'high',
    '--mem-reservation',
    '16M',
    '--mem-expandable',
    'no',
  );
  await host.ok('pool', 'create', 'batch', '--cpu-shares', '4000');
  await host.ok('pool', 'create', 'front', '--in', 'web', '--cpu-reservation', '200');
  await refused(
    /Cannot guarantee CPU: pool "no" needs 9000 MHz of guaranteed CPU; the host has/,
    'pool',
    'create',
    'no',
    '--cpu-reservation',
    '9000',
  );
  await refused(
    /Cannot guarantee memory: pool "no": \d+ MiB of \d+ MiB are not reserved/,
    'pool',
    'create',
    'no',
    '--mem-reservation',
    '1G',
  );
  await refused(
    /"much" is .*none of low, normal, high|none of low, normal, high/,
    'pool',
    'create',
    'no',
    '--cpu-shares',
    'much',
  );

  const firmware = join(host.home, 'spin.bin');
  writeFileSync(firmware, program(asm.spin));
  for (const [vm, pool] of [
    ['a', 'front'],
    ['b', 'batch'],
    ['c', 'batch'],
  ] as const) {
    await host.ok('vm', 'create', vm, '--memory', '4M', '--firmware', firmware, '--pool', pool);
  }
  await refused(/There is no resource pool "none"/, 'vm', 'set', 'a', '--pool', 'none');
  await refused(
    /Cannot guarantee memory: VM "d": .* pool "web" has \d+ MiB of 16 MiB left and is not expandable/,
    'vm',
    'create',
    'd',
    '--memory',
    '32M',
    '--mem-reservation',
    '32M',
    '--firmware',
    firmware,
    '--pool',
    'front',
    '--start',
  );
  await host.ok('vm', 'delete', 'd');

  const before = host.said;
  await host.ok('host', 'reboot');
  await host.says('the host is up', before);
  const rows = JSON.parse(await host.ok('pool', 'list', '--json')) as {
    name: string;
    parent: string;
    vms: string[];
  }[];
  assert.deepEqual(
    rows.map(({ name, parent, vms }) => [name, parent, vms]),
    [
      ['web', 'Resources', []],
      ['front', 'web', ['a']],
      ['batch', 'Resources', ['b', 'c']],
    ],
  );
  assert.match(await host.ok('pool', 'list'), /front +web +normal +200\+/);
  await refused(
    /Cannot remove resource pool "batch": there is something in it: VM "b", VM "c"/,
    'pool',
    'delete',
    'batch',
  );

  const { client } = host;
  for (const vm of ['a', 'b', 'c']) await client.call('vm.start', { vm });
  const run = async (): Promise<number[]> => {
    const { worlds } = await client.call<{ worlds: World[] }>('top.sample');
    return ['a', 'b', 'c'].map((vm) => worlds.find(({ name }) => name.endsWith(`:${vm}`))?.runNs ?? 0);
  };
  const parts = async (): Promise<number[]> => {
    const first = await run();
    await new Promise((resolve) => setTimeout(resolve, MEASURE_MS));
    const grown = (await run()).map((ns, i) => ns - (first[i] as number));
    const sum = grown.reduce((x, y) => x + y, 0);
    return grown.map((ns) => ns / sum);
  };
  const isNear = (found: readonly number[], wanted: readonly number[]) =>
    assert.ok(
      found.every((part, i) => Math.abs(part - (wanted[i] as number)) < 0.04),
      `${found.map((part) => part.toFixed(3)).join()} in place of ${wanted.join()}`,
    );
  isNear(await parts(), [2 / 3, 1 / 6, 1 / 6]);
  await host.ok('vm', 'set', 'b', '--cpu-shares', '3000');
  await host.ok('pool', 'set', 'web', '--cpu-shares', '4000');
  isNear(await parts(), [1 / 2, 3 / 8, 1 / 8]);
  await refused(/Cannot change VM "b": it is powered on/, 'vm', 'set', 'b', '--memory', '8M');
  // b has 3000 shares beside the pool of a, which has 4000.
  await host.ok('vm', 'set', 'b', '--pool', 'web');
  isNear(await parts(), [2 / 7, 3 / 14, 1 / 2]);
  await refused(
    /Cannot guarantee CPU: VM "c" needs 8000 MHz of guaranteed CPU|is more than its 1 vCPUs can use/,
    ...['vm', 'set', 'c', '--pool', 'web', '--cpu-reservation', '8000'],
  );
  isNear(await parts(), [2 / 7, 3 / 14, 1 / 2]);

  await host.ok('pool', 'set', 'batch', '--name', 'night');
  assert.match(await host.ok('vm', 'show', 'c'), /pool +night/);
  assert.match(await host.ok('vm', 'show', 'b'), /pool +web/);
  for (const vm of ['a', 'b', 'c']) await client.call('vm.stop', { vm });
  await host.ok('vm', 'delete', 'a', 'b', 'c');
  await host.ok('pool', 'delete', 'night', 'front', 'web');
  assert.deepEqual(JSON.parse(await host.ok('pool', 'list', '--json')), []);
});

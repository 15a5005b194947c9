// ResourcePool: made, changed, VMs put in and taken out, removed; what is refused; and shares that count at once.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { HostError } from '#lib';
import type { VmSettings } from '#vmm';
import { sampleAt } from '../top/testing.ts';
import { Inventory } from '../vms/inventory.ts';
import { Pools } from '../vms/pools.ts';
import type { VmEnd, VmRunner } from '../vms/runner.ts';
import { TestVim } from './testing.ts';
import { installVms } from './vm/install-vms.ts';

const allocation = (more = '') =>
  `<reservation>0</reservation><expandableReservation>true</expandableReservation><limit>-1</limit>${more}`;
const spec = (name: string, cpu = allocation()) =>
  `<${name}><cpuAllocation>${cpu}</cpuAllocation><memoryAllocation>${allocation()}</memoryAllocation></${name}>`;
const shares = (level: string, count = 0) =>
  `<shares><shares>${count}</shares><level>${level}</level></shares>`;

async function make(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'vmk-vim-pools-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const datastore = join(folder, 'datastore1');
  mkdirSync(datastore);
  const given: VmSettings[] = [];
  const done = async () => {};
  const runner: VmRunner = {
    check: done,
    async start() {
      const end = Promise.withResolvers<VmEnd>();
      return {
        ended: end.promise,
        ...{ input() {}, retry() {}, pause: done, resume: done, reset: done },
        allocate: (settings) => void given.push(settings),
        snapshot: async () => ({ pages: 0, bytes: 0, ms: 0 }),
        disk: async () => undefined,
        stop: async () => end.resolve({ kind: 'stopped' }),
      };
    },
  };
  const none = { read: () => undefined, replace() {}, append() {}, saved: done };
  const vms = new Inventory(none, runner, () => {});
  const pools = new Pools({
    ...{ file: none, warn: () => {} },
    host: {
      set({ name, cpuReservationMhz }) {
        if (cpuReservationMhz > 2000)
          throw new HostError('cpu-admission', { reason: `${name} wants too much` });
      },
      remove() {},
    },
    members: (pool) => vms.all.filter(({ settings }) => settings.pool === pool),
  });
  const usage = { sample: () => sampleAt(1) };
  const machines = { vms, volumes: folder, usage, httpsPort: () => 443 };
  const vim = await TestVim.make({ machines, pools, installers: [installVms] });
  const client = vim.client();
  const call = async (object: string, method: string, args = '') => await client.call(object, method, args);
  return { vim, client, call, vms, pools, given, datastore };
}

test('CreateResourcePool: a tree as clients walk it, and what each is owed', async (t) => {
  const { client, call, pools } = await make(t);
  const web = await call(
    'ha-root-pool',
    'CreateResourcePool',
    `<name>web</name>${spec('spec', allocation(shares('custom', 777)))}`,
  );
  assert.equal(web.returned[0]?.text, 'pool-1');
  await call('pool-1', 'CreateResourcePool', `<name>inner</name>${spec('spec', allocation(shares('high')))}`);
  assert.deepEqual(await client.get('ha-root-pool', 'ResourcePool', 'resourcePool'), ['pool-1']);
  const [name, parent, below] = await client.get('pool-1', 'ResourcePool', 'name', 'parent', 'resourcePool');
  assert.deepEqual([name, parent, below], ['web', 'ha-root-pool', 'pool-2']);
  assert.equal(pools.find('web')?.cpuShares, 777);
  const [config] = await client.get('pool-2', 'ResourcePool', 'config.cpuAllocation');
  assert.equal(config, '0 true -1 8000 high');
  assert.equal(
    (await call('pool-1', 'UpdateConfig', `<name>shop</name>${spec('config', allocation(shares('low')))}`))
      .fault,
    undefined,
  );
  assert.deepEqual([pools.find('shop')?.id, pools.find('shop')?.cpuShares], [1, 'low']);
});

test('MoveIntoResourcePool, CreateVM_Task in a pool, Destroy_Task: VMs are where they were put', async (t) => {
  const { vim, client, call, vms, datastore } = await make(t);
  const vm = vms.create(datastore, { name: 'one' });
  await call('ha-root-pool', 'CreateResourcePool', `<name>web</name>${spec('spec')}`);
  assert.equal(
    (await call('pool-1', 'MoveIntoResourcePool', `<list type="VirtualMachine">${vm.id}</list>`)).fault,
    undefined,
  );
  assert.deepEqual(await client.get(String(vm.id), 'VirtualMachine', 'resourcePool'), ['pool-1']);
  assert.deepEqual(await client.get('pool-1', 'ResourcePool', 'vm'), [String(vm.id)]);
  const config =
    '<config><name>two</name><guestId>otherGuest64</guestId><files><vmPathName>[datastore1]</vmPathName></files></config>';
  await call('ha-folder-vm', 'CreateVM_Task', `${config}<pool type="ResourcePool">pool-1</pool>`);
  while (!vim.service.tasks.all.every((task) => task.isEnded)) await new Promise(setImmediate);
  assert.equal(vms.find('two').settings.pool, 'web');
  await vm.start();
  await call('pool-1', 'Destroy_Task');
  await new Promise(setImmediate);
  assert.equal(vim.service.tasks.all.at(-1)?.info.error?.fault._type, 'ResourceInUse');
  await vm.stop();
  await call('pool-1', 'Destroy_Task');
  await new Promise(setImmediate);
  assert.equal((await call('pool-1', 'RefreshRuntime')).fault, 'ManagedObjectNotFound');
  assert.deepEqual(await client.get(String(vm.id), 'VirtualMachine', 'resourcePool'), ['ha-root-pool']);
});

test('ResourcePool: what cannot be is refused, with the fault of it', async (t) => {
  const { vim, call, pools } = await make(t);
  await call('ha-root-pool', 'CreateResourcePool', `<name>web</name>${spec('spec')}`);
  const create = async (name: string, cpu?: string) =>
    (await call('ha-root-pool', 'CreateResourcePool', `<name>${name}</name>${spec('spec', cpu)}`)).fault;
  assert.equal(await create('web'), 'DuplicateName');
  assert.equal(await create('a/b'), 'InvalidName');
  assert.equal(await create('x', '<reservation>-5</reservation>'), 'InvalidArgument');
  assert.equal(await create('x', '<reservation>9000</reservation>'), 'InsufficientResourcesFault');
  assert.equal(await create('x', shares('custom', 0)), 'InvalidArgument');
  assert.equal((await call('ha-root-pool', 'UpdateConfig', '<name>all</name>')).fault, 'NotSupported');
  assert.equal(
    (await call('pool-1', 'MoveIntoResourcePool', '<list type="VirtualMachine">99</list>')).fault,
    'ManagedObjectNotFound',
  );
  assert.deepEqual(
    pools.all.map(({ name }) => name),
    ['web'],
  );
  const other = vim.client(vim.session('nobody-known'));
  assert.equal((await other.call('pool-1', 'Destroy_Task')).fault, 'NoPermission');
});

test('MoveIntoResourcePool: a VM that is on goes along', async (t) => {
  const { call, vms, datastore } = await make(t);
  await call('ha-root-pool', 'CreateResourcePool', `<name>web</name>${spec('spec')}`);
  const vm = vms.create(datastore, { name: 'one' });
  await vm.start();
  const list = `<list type="VirtualMachine">${vm.id}</list>`;
  assert.equal((await call('pool-1', 'MoveIntoResourcePool', list)).fault, undefined);
  assert.equal(vm.settings.pool, 'web');
});

test('ReconfigVM_Task: shares and limits of a VM that is on count at once', async (t) => {
  const { vim, call, vms, given, datastore } = await make(t);
  const vm = vms.create(datastore, { name: 'one' });
  await vm.start();
  await call(
    String(vm.id),
    'ReconfigVM_Task',
    `<spec><cpuAllocation><limit>500</limit>${shares('high')}</cpuAllocation></spec>`,
  );
  while (!vim.service.tasks.all.every((task) => task.isEnded)) await new Promise(setImmediate);
  assert.equal(vim.service.tasks.all.at(-1)?.info.state, 'success');
  assert.deepEqual(
    given.map(({ cpuShares, cpuLimitMhz }) => [cpuShares, cpuLimitMhz]),
    [['high', 500]],
  );
});

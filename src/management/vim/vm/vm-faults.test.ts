// Faults of VMs: one that another host has is locked, whatever is asked of it.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { HostError } from '#lib';
import { sampleAt } from '../../top/testing.ts';
import { Inventory } from '../../vms/inventory.ts';
import { TestVim } from '../testing.ts';
import { installVms } from './install-vms.ts';

test('PowerOnVM_Task, ReconfigVM_Task, Destroy_Task: FileLocked of a VM that another host has', async (t) => {
  const volumes = mkdtempSync(join(tmpdir(), 'vmk-vim-locked-'));
  t.after(() => rmSync(volumes, { recursive: true }));
  mkdirSync(join(volumes, 'datastore1'));
  const done = async () => {};
  const none = { read: () => undefined, replace() {}, append() {}, saved: done };
  const runner = {
    check: done,
    start: ({ folder: path }: { readonly folder: string }) =>
      Promise.reject(new HostError('vm-locked', { path, host: 'esx2' })),
    holder: () => 'esx2',
  };
  const vms = new Inventory(none, runner, () => {});
  const { id } = vms.create(join(volumes, 'datastore1'), { name: 'web' });
  const machines = { vms, volumes, usage: { sample: () => sampleAt(1) }, httpsPort: () => 443 };
  const vim = await TestVim.make({ machines, installers: [installVms] });
  const client = vim.client();
  for (const [method, args] of [
    ['PowerOnVM_Task', ''],
    ['ReconfigVM_Task', '<spec><numCPUs>2</numCPUs></spec>'],
    ['Destroy_Task', ''],
  ] as const) {
    await client.call(String(id), method, args);
    while (!vim.service.tasks.all.every((task) => task.isEnded)) await new Promise(setImmediate);
    const { fault, localizedMessage } = vim.service.tasks.all.at(-1)?.info.error ?? {};
    assert.deepEqual(fault, { _type: 'FileLocked', file: '/vmfs/volumes/datastore1/web' }, method);
    assert.match(localizedMessage ?? '', /"\/vmfs\/volumes\/datastore1\/web": the host "esx2" has it/);
  }
  assert.deepEqual(
    vms.all.map(({ name, state }) => [name, state]),
    [['web', 'off']],
  );
});

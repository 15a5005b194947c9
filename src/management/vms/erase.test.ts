// Inventory.erase: a VM is taken away off the main thread.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { HostError } from '#lib';
import { Vmx } from '#vmm';
import { Inventory } from './inventory.ts';

test('erase: it is forgotten at once; nobody makes a VM in its folder before that is gone', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'vmk-erase-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = { read: () => undefined, replace() {}, append() {}, saved: async () => {} };
  const runner = { check: async () => {}, start: () => Promise.reject(new TypeError('none starts here')) };
  const inventory = new Inventory(file, runner, () => {});
  const vm = inventory.create(folder, { name: 'a' });
  const { path, vmxPath } = vm.folder;
  mkdirSync(join(path, 'within'));
  const erased = inventory.erase(vm);
  assert.deepEqual([inventory.all, inventory.isLeaving(path)], [[], true]);
  const isTaken = (error: unknown) => error instanceof HostError && error.code === 'vm-exists';
  assert.throws(() => inventory.createAt(vmxPath, Vmx.of([['displayName', 'a']])), isTaken);
  assert.throws(() => inventory.register(vmxPath), isTaken);
  await erased;
  assert.deepEqual([existsSync(path), inventory.isLeaving(path)], [false, false]);
  assert.equal(inventory.createAt(vmxPath, Vmx.of([['displayName', 'a']])).name, 'a');
});

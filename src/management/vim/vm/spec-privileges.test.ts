// refusedSpec, refusedNew: what it takes to make and change VMs, by who has it on some objects and not on others; disks built on others outside.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { createDelta, createDisk } from '#storage';
import { sampleAt } from '../../top/testing.ts';
import { Inventory } from '../../vms/inventory.ts';
import { installFiles } from '../files/install-files.ts';
import { type TestClient, TestVim } from '../testing.ts';
import { installVms } from './install-vms.ts';

async function make(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'vmk-vim-privileges-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const volumes = join(folder, 'volumes');
  const datastore = join(volumes, 'datastore1');
  mkdirSync(datastore, { recursive: true });
  const none = { read: () => undefined, replace() {}, append() {}, saved: async () => {} };
  const runner = { check: async () => {}, start: () => Promise.reject(new TypeError('none starts here')) };
  const vms = new Inventory(none, runner, () => {}, volumes);
  const machines = { vms, volumes, usage: { sample: () => sampleAt(1) }, httpsPort: () => 443 };
  const vim = await TestVim.make({ machines, installers: [installVms, installFiles] });
  const root = vim.client();
  assert.equal((await root.call('ha-localacctmgr', 'CreateUser', USER)).fault, undefined);
  /** Gives eve those privileges, on all that there is. */
  let roles = 0;
  const give = async (...privileges: readonly string[]) => {
    const ids = privileges.map((id) => `<privIds>${id}</privIds>`).join('');
    const role = await root.call('ha-authmgr', 'AddAuthorizationRole', `<name>r${++roles}</name>${ids}`);
    const permission = `<permission><principal>eve</principal><group>false</group><roleId>${role.returned[0]?.text}</roleId><propagate>true</propagate></permission>`;
    const on = '<entity type="Folder">ha-folder-root</entity>';
    assert.equal((await root.call('ha-authmgr', 'SetEntityPermissions', on + permission)).fault, undefined);
  };
  const eve = vim.client(vim.session('eve'));
  return { ...{ vim, root, eve, vms, folder, datastore, give } };
}

const USER =
  '<user xsi:type="HostAccountSpec"><id>eve</id><password>mX3-vuqPo8h</password><description/></user>';
const disk = (fileName: string, more = '', controller = 200) =>
  `<deviceChange><operation>add</operation>${more}<device xsi:type="VirtualDisk"><key>-1</key><backing xsi:type="VirtualDiskFlatVer2BackingInfo"><fileName>${fileName}</fileName><diskMode>persistent</diskMode></backing><controllerKey>${controller}</controllerKey><unitNumber>1</unitNumber><capacityInKB>1024</capacityInKB></device></deviceChange>`;
const cdrom = (fileName: string) =>
  `<deviceChange><operation>add</operation><device xsi:type="VirtualCdrom"><key>-1</key><backing xsi:type="VirtualCdromIsoBackingInfo"><fileName>${fileName}</fileName></backing><controllerKey>200</controllerKey><unitNumber>0</unitNumber></device></deviceChange>`;

/** Which privilege is lacking; the fault's type for others, and of the task that it became. */
async function outcome(vim: TestVim, client: TestClient, object: string, method: string, args: string) {
  const answer = await client.call(object, method, args);
  if (answer.fault === 'NoPermission') return /<privilegeId>([^<]*)/.exec(answer.body)?.[1];
  if (answer.fault !== undefined) return answer.fault;
  while (!vim.service.tasks.all.every((task) => task.isEnded)) await new Promise(setImmediate);
  return vim.service.tasks.all.at(-1)?.info.error?.fault._type ?? 'done';
}

test('CreateVM_Task: folder, pool, datastore and disks each take their privilege', async (t) => {
  const { vim, eve, give } = await make(t);
  const config = `<config><name>web</name><files><vmPathName>[datastore1]</vmPathName></files>${disk('', '<fileOperation>create</fileOperation>')}</config><pool type="ResourcePool">ha-root-pool</pool>`;
  const held: string[] = ['System.Read'];
  for (const lacking of [
    'VirtualMachine.Inventory.Create',
    'VirtualMachine.Config.AddNewDisk',
    'Resource.AssignVMToPool',
    'Datastore.AllocateSpace',
  ]) {
    await give(...held);
    assert.equal(await outcome(vim, eve, 'ha-folder-vm', 'CreateVM_Task', config), lacking);
    held.push(lacking);
  }
  await give(...held);
  assert.equal(await outcome(vim, eve, 'ha-folder-vm', 'CreateVM_Task', config), 'done');
});

test('ReconfigVM_Task: a disk that is there takes space of its datastore, a disc is browsed for; a disk of any bus is one', async (t) => {
  const { vim, root, eve, vms, datastore, give } = await make(t);
  createDisk({ path: join(datastore, 'other.vmdk'), sizeBytes: 2 ** 20, format: 'thin' });
  writeFileSync(join(datastore, 'a.iso'), 'x'.repeat(2048));
  const vm = vms.create(datastore, { name: 'web' });
  const change = (what: string) =>
    outcome(vim, eve, String(vm.id), 'ReconfigVM_Task', `<spec>${what}</spec>`);
  const other = disk('[datastore1] other.vmdk');
  await give('VirtualMachine.Config.AddRemoveDevice');
  assert.equal(await change(other), 'VirtualMachine.Config.AddExistingDisk');
  assert.equal(await change(cdrom('[datastore1] a.iso')), 'Datastore.Browse');
  const kernel =
    '<extraConfig><key>riscv.kernel</key><value xsi:type="xsd:string">[datastore1] a.iso</value></extraConfig>';
  await give('VirtualMachine.Config.AddExistingDisk', 'VirtualMachine.Config.AdvancedConfig');
  assert.equal(await change(other), 'Datastore.AllocateSpace');
  assert.equal(await change(kernel), 'Datastore.Browse');
  await give('VirtualMachine.Config.AddExistingDisk', 'Datastore.AllocateSpace');
  assert.equal(await change(other), 'done');
  const second = disk('', '<fileOperation>create</fileOperation>', 31000);
  const added = await outcome(
    vim,
    root,
    String(vm.id),
    'ReconfigVM_Task',
    `<spec><deviceChange><operation>add</operation><device xsi:type="VirtualNVMEController"><key>31000</key><busNumber>0</busNumber></device></deviceChange>${second}</spec>`,
  );
  assert.equal(added, 'done');
  await give('VirtualMachine.Config.AddRemoveDevice');
  const remove = `<deviceChange><operation>remove</operation><device xsi:type="VirtualCdrom"><key>32001</key></device></deviceChange>`;
  assert.equal(await change(remove), 'VirtualMachine.Config.RemoveDisk');
});

test('RegisterVM_Task: who may not look into a datastore does not find out by it what is there', async (t) => {
  const { vim, eve, give } = await make(t);
  const register = (more = '') =>
    outcome(
      vim,
      eve,
      'ha-folder-vm',
      'RegisterVM_Task',
      `<path>[datastore1] no/no.vmx</path><asTemplate>false</asTemplate>${more}`,
    );
  const pool = '<pool type="ResourcePool">ha-root-pool</pool>';
  await give('System.Read');
  assert.equal(await register(), 'VirtualMachine.Inventory.Register');
  await give('VirtualMachine.Inventory.Register');
  assert.equal(await register(pool), 'Resource.AssignVMToPool');
  assert.equal(await register(), 'Datastore.Browse');
  await give('VirtualMachine.Inventory.Register', 'Datastore.Browse');
  assert.equal(await register(), 'FileNotFound');
  assert.equal(await register('<pool type="ResourcePool">ha-host</pool>'), 'ManagedObjectNotFound');
});

test('a disk that somebody put, built on one that is on no datastore, is neither attached nor copied', async (t) => {
  const { vim, root, vms, folder, datastore } = await make(t);
  const outside = join(folder, 'outside.vmdk');
  createDisk({ path: outside, sizeBytes: 2 ** 20, format: 'thin' });
  const child = join(datastore, 'child.vmdk');
  createDelta(outside, child);
  writeFileSync(child, readFileSync(child, 'utf8').replace(/(parentFileNameHint=").*"/, `$1${outside}"`));
  const vm = vms.create(datastore, { name: 'web' });
  const attached = `<spec>${disk('[datastore1] child.vmdk')}</spec>`;
  assert.notEqual(await outcome(vim, root, String(vm.id), 'ReconfigVM_Task', attached), 'done');
  assert.deepEqual(vm.settings.disks, []);
  const copy = '<sourceName>[datastore1] child.vmdk</sourceName><destName>[datastore1] copy.vmdk</destName>';
  assert.notEqual(await outcome(vim, root, 'ha-vdiskmanager', 'CopyVirtualDisk_Task', copy), 'done');
  const grown = '<name>[datastore1] child.vmdk</name><newCapacityKb>4096</newCapacityKb>';
  assert.notEqual(await outcome(vim, root, 'ha-vdiskmanager', 'ExtendVirtualDisk_Task', grown), 'done');
  const removed = '<name>[datastore1] child.vmdk</name>';
  assert.equal(await outcome(vim, root, 'ha-vdiskmanager', 'DeleteVirtualDisk_Task', removed), 'done');
});

// The API's way of packages: a spec of a descriptor, a lease, and what becomes of a lease whose client is gone.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { HostError } from '#lib';
import { Chain, createDisk } from '#storage';
import { readDescriptor } from '../../ovf/read-descriptor.ts';
import { DISK_ITEM, descriptorOf } from '../../ovf/testing.ts';
import { sampleAt } from '../../top/testing.ts';
import { Inventory } from '../../vms/inventory.ts';
import { escapeXml, type XmlNode } from '../soap/xml.ts';
import { type TestClient, TestVim, textOf } from '../testing.ts';
import { installVms } from '../vm/install-vms.ts';
import { installOvf } from './install-ovf.ts';

const FILES =
  '<File ovf:href="d.vmdk" ovf:id="f1" ovf:size="70000"/><File ovf:href="u-boot.bin" ovf:id="f2"/>';
const DISKS =
  '<Disk ovf:capacity="3" ovf:capacityAllocationUnits="byte * 2^20" ovf:diskId="d1" ovf:fileRef="f1"/>';
const NIC =
  '<Item><rasd:Connection>old</rasd:Connection><rasd:InstanceID>20</rasd:InstanceID><rasd:ResourceSubType>VmxNet3</rasd:ResourceSubType><rasd:ResourceType>10</rasd:ResourceType></Item>';
const FIRMWARE = '<vmw:ExtraConfig vmw:key="riscv.firmware" vmw:value="ovf:/file/f2"/>';
const DESCRIPTOR = descriptorOf({
  files: FILES,
  disks: DISKS,
  hardware: DISK_ITEM('d1', 1) + NIC + FIRMWARE,
});
const COMMON = '<locale></locale><deploymentOption></deploymentOption>';

async function make(t: TestContext) {
  const root = mkdtempSync(join(tmpdir(), 'vmk-vim-ovf-'));
  t.after(() => rmSync(root, { recursive: true }));
  const folder = join(root, 'datastore1');
  mkdirSync(folder);
  let kept: string | undefined;
  const file = {
    read: () => kept,
    replace: (text: string) => void (kept = text),
    append: (text: string) => void (kept = `${kept}${text}`),
    saved: async () => {},
  };
  const vms = new Inventory(
    file,
    { check: async () => {}, start: () => Promise.reject(new TypeError('none starts')) },
    () => {},
  );
  const usage = { sample: () => sampleAt(1) };
  const machines = { vms, volumes: root, usage, httpsPort: () => 8443 };
  const vim = await TestVim.make({ machines, installers: [installVms, installOvf] });
  // Whatever the test is about: there is no datastore but the one of the folder.
  vim.service.objects.changed('ha-datastore-datastore1');
  return { vim, vms, folder, client: vim.client() };
}

const child = (node: XmlNode | undefined, name: string) => node?.children.find((one) => one.name === name);
const inner = (body: string, name: string) =>
  new RegExp(`<${name}[^>]*>.*</${name}>`, 's').exec(body)?.[0] ?? '';

async function specOf(client: TestClient, descriptor = DESCRIPTOR, name = 'box') {
  const args = `<ovfDescriptor>${escapeXml(descriptor)}</ovfDescriptor><resourcePool type="ResourcePool">ha-root-pool</resourcePool><datastore type="Datastore">ha-datastore-datastore1</datastore><cisp>${COMMON}<entityName>${name}</entityName></cisp>`;
  return client.call('ha-ovf-manager', 'CreateImportSpec', args);
}

/** Imports, and waits until the lease is another than it began. */
async function importBox(client: TestClient, spec: string) {
  const { returned, fault } = await client.call('ha-root-pool', 'ImportVApp', spec);
  assert.equal(fault, undefined);
  const lease = textOf(returned[0] as XmlNode);
  for (;;) {
    const [state] = await client.get(lease, 'HttpNfcLease', 'state');
    if (state !== 'initializing') return { lease, state };
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('ParseDescriptor, ValidateHost: what a descriptor is about, and what is wrong with it', async (t) => {
  const { client } = await make(t);
  const args = (text: string) => `<ovfDescriptor>${escapeXml(text)}</ovfDescriptor>`;
  const parsed = await client.call(
    'ha-ovf-manager',
    'ParseDescriptor',
    `${args(DESCRIPTOR)}<pdp>${COMMON}</pdp>`,
  );
  const [result] = parsed.returned;
  assert.equal(child(result, 'defaultEntityName')?.text, 'box');
  assert.equal(child(result, 'approximateFlatDeploymentSize')?.text, String(3 * 2 ** 20));
  assert.equal(child(child(result, 'network'), 'name')?.text, 'old');
  const host = '<host type="HostSystem">ha-host</host>';
  const valid = await client.call(
    'ha-ovf-manager',
    'ValidateHost',
    `${args(DESCRIPTOR)}${host}<vhp>${COMMON}</vhp>`,
  );
  assert.equal(child(valid.returned[0], 'downloadSize')?.text, '70000');
  const wrong = await client.call('ha-ovf-manager', 'ParseDescriptor', `${args('<a>')}<pdp>${COMMON}</pdp>`);
  assert.match(wrong.body, /<fault xsi:type="OvfInvalidPackage">.*its descriptor is no XML/s);
});

test('CreateImportSpec, ImportVApp: a VM with an empty disk, a URL for each file, and a VM that stays when it is complete', async (t) => {
  const { client, folder, vms } = await make(t);
  const made = await specOf(client);
  assert.equal(made.fault, undefined);
  const items = made.returned[0]?.children.filter(({ name }) => name === 'fileItem') ?? [];
  assert.deepEqual(
    items.map((item) => [
      child(item, 'deviceId')?.text,
      child(item, 'path')?.text,
      child(item, 'create')?.text,
    ]),
    [
      ['/box/ParaVirtualSCSIController0:1', 'd.vmdk', 'false'],
      ['/box/riscv.firmware:0', 'u-boot.bin', 'true'],
    ],
  );
  const spec = inner(made.body, 'importSpec').replaceAll('importSpec', 'spec');
  const { lease, state } = await importBox(client, spec);
  assert.equal(state, 'ready', made.body);
  const { body } = await client.call(
    'ha-property-collector',
    'RetrieveProperties',
    `<specSet><propSet><type>HttpNfcLease</type><pathSet>info</pathSet></propSet><objectSet><obj type="HttpNfcLease">${lease}</obj></objectSet></specSet>`,
  );
  assert.match(
    body,
    /<importKey>\/box\/ParaVirtualSCSIController0:1<\/importKey><url>https:\/\/\*:8443\/nfc\/[0-9a-f]{48}\/disk-0\.vmdk<\/url>/,
  );
  assert.match(body, /<importKey>\/box\/riscv\.firmware:0<\/importKey>/);
  const vm = vms.find('box');
  assert.equal(vm.settings.disks[0]?.unit, 1);
  assert.equal(vm.settings.nics[0]?.networkName, 'VM Network');
  assert.deepEqual(readdirSync(folder), ['box']);
  assert.equal((await client.call(lease, 'HttpNfcLeaseProgress', '<percent>50</percent>')).fault, undefined);
  assert.equal(
    (await client.call(lease, 'HttpNfcLeaseProgress', '<percent>101</percent>')).fault,
    'InvalidArgument',
  );
  assert.equal((await client.call(lease, 'HttpNfcLeaseComplete')).fault, undefined);
  assert.equal((await client.call(lease, 'HttpNfcLeaseComplete')).fault, 'InvalidState');
  assert.ok(vms.find('box'));
});

test('HttpNfcLease: aborted, forgotten, or of a session that ended, it leaves no VM and no file', async (t) => {
  const { vim, client, folder, vms } = await make(t);
  const made = await specOf(client);
  const spec = inner(made.body, 'importSpec').replaceAll('importSpec', 'spec');
  const other = vim.client();
  for (const [who, end] of [
    [client, async (lease: string) => void (await client.call(lease, 'HttpNfcLeaseAbort'))],
    [client, async () => vim.advance(301_000)],
    [other, async () => void (await other.call('ha-sessionmgr', 'Logout'))],
  ] as const) {
    const { lease, state } = await importBox(who, spec);
    assert.equal(state, 'ready');
    await end(lease);
    assert.equal(vms.all.length, 0);
    assert.deepEqual(readdirSync(folder), []);
  }
  const { lease } = await importBox(client, spec);
  const stranger = vim.client();
  assert.notEqual((await stranger.call(lease, 'HttpNfcLeaseComplete')).fault, undefined);
  vms.delete(vms.find('box'));
  assert.equal((await client.get(lease, 'HttpNfcLease', 'state'))[0], 'error');
});

test('ImportVApp: a spec that names files which are there is refused', async (t) => {
  const { client, folder } = await make(t);
  mkdirSync(join(folder, 'other'));
  createDisk({ path: join(folder, 'other', 'other.vmdk'), sizeBytes: 2 ** 20, format: 'thin' });
  const made = await specOf(client);
  const spec = inner(made.body, 'importSpec').replaceAll('importSpec', 'spec');
  const extra =
    '<extraConfig><key>scsi0:5.fileName</key><value xsi:type="xsd:string">/vmfs/volumes/datastore1/other/other.vmdk</value></extraConfig>';
  for (const [what, changed] of [
    ['fileOperation', spec.replace('<fileOperation>create</fileOperation>', '')],
    ['extraConfig', spec.replace('<extraConfig>', `${extra}<extraConfig>`)],
  ] as const) {
    const { fault, body } = await client.call('ha-root-pool', 'ImportVApp', changed);
    assert.equal(fault, 'InvalidArgument', body);
    assert.match(body, new RegExp(what));
  }
  const own = spec.replace('u-boot.bin', 'box.vmx');
  const { lease } = await importBox(client, own);
  const [info] = await client.get(lease, 'HttpNfcLease', 'info');
  assert.doesNotMatch(info ?? '', /firmware/, 'what makes the VM itself cannot be brought');
});

test('ExportVm, CreateDescriptor: disks are held while the lease lasts, and the descriptor names what was fetched', async (t) => {
  const { client, folder, vms } = await make(t);
  const vm = vms.create(folder, { name: 'web', disks: [{ unit: 2, fileName: 'web.vmdk', readOnly: false }] });
  vm.disks.create('web.vmdk', 2 ** 20);
  const disk = join(folder, 'web', 'web.vmdk');
  const { returned } = await client.call(String(vm.id), 'ExportVm');
  const lease = textOf(returned[0] as XmlNode);
  const [state, info] = await client.get(lease, 'HttpNfcLease', 'state', 'info');
  assert.equal(state, 'ready');
  const key = `/${vm.id}/VirtualLsiLogicController0:2`;
  assert.match(info ?? '', new RegExp(key));
  const open = () => Chain.open(disk, { use: 'write' });
  assert.throws(open, HostError);
  const file = `<ovfFiles><deviceId>${key}</deviceId><path>mine.vmdk</path><size>4711</size></ovfFiles>`;
  const described = await client.call(
    'ha-ovf-manager',
    'CreateDescriptor',
    `<obj type="VirtualMachine">${vm.id}</obj><cdp>${file}<name>packed</name></cdp>`,
  );
  const package_ = readDescriptor(child(described.returned[0], 'ovfDescriptor')?.text ?? '', 'x');
  assert.equal(package_.machine.name, 'packed');
  assert.deepEqual(package_.files, [{ id: 'file1', href: 'mine.vmdk', sizeBytes: 4711 }]);
  assert.equal(package_.disks[0]?.capacityBytes, 2 ** 20);
  assert.equal((await client.call(lease, 'HttpNfcLeaseComplete')).fault, undefined);
  open().close();
  assert.ok(existsSync(disk));
  writeFileSync(join(folder, 'web', 'note'), '');
  assert.equal((await client.call('999', 'ExportVm')).fault, 'ManagedObjectNotFound');
});

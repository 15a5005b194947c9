// Clients of vSphere as Debian has them, unmodified, make VMs on a host that is up: what they did is seen from outside.
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { dialogue, TestHost } from './host.ts';
import { httpsPort, passwordFileOf, upWithHttps } from './host-request.ts';

const PYTHON = '/usr/bin/python3';
const SCRIPTS = join(import.meta.dirname, 'vim');
const hasPyVmomi = spawnSync(PYTHON, ['-c', 'import pyVmomi']).status === 0;
const hasVirsh = spawnSync('virsh', ['--version']).status === 0;
const run = promisify(execFile);

const host = new TestHost();
const passwordFile = passwordFileOf(host);
const onDatastore = (path: string) => join(host.home, 'volumes', 'datastore1', path);
let port = '';

before(async () => {
  await upWithHttps(host);
  port = String(httpsPort(host));
});
after(() => host.remove());

test('pyVmomi: the life of a VM with a guest', { skip: !hasPyVmomi && 'no python3-pyvmomi' }, async () => {
  const { stdout } = await run(PYTHON, [join(SCRIPTS, 'vm.py'), port, passwordFile]);
  assert.match(stdout, /ok: what is not there is not\n$/);
  const vmx = readFileSync(onDatastore('web/web.vmx'), 'utf8');
  assert.match(vmx, /^guestOS = "debian12-64"$/m);
  assert.match(vmx, /^numvcpus = "2"$/m);
  assert.match(vmx, /^guestinfo.greeting = "hello"$/m);
  assert.match(readFileSync(onDatastore('web/web.vmdk'), 'utf8'), /RW 16384 VMFS "web-flat.vmdk"/);
  assert.equal(readFileSync(onDatastore('web/web-1.png')).toString('latin1', 1, 4), 'PNG');
  const { vms } = await host.client.call<{ vms: { name: string; state: string }[] }>('vm.list', {});
  assert.deepEqual(
    vms.map(({ name, state }) => `${name} ${state}`),
    ['shop powered off'],
  );
  await host.client.call('vm.delete', { vm: 'shop' });
  assert.equal(existsSync(onDatastore('web')), false);
});

test('pyVmomi: files and disks', { skip: !hasPyVmomi && 'no python3-pyvmomi' }, async () => {
  const { stdout } = await run(PYTHON, [join(SCRIPTS, 'files.py'), port, passwordFile]);
  assert.match(stdout, /ok: a datastore is not removed\n$/);
  assert.deepEqual(readdirSync(onDatastore('depot')).sort(), ['b.iso', 'c.iso', 'f-flat.vmdk', 'f.vmdk']);
  assert.match(readFileSync(onDatastore('depot/f.vmdk'), 'utf8'), /RW 16384 VMFS "f-flat.vmdk"/);
});

test('virsh: a volume, a VM, its life, its snapshots', {
  skip: !hasVirsh && 'no libvirt-clients',
}, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'vmk-virsh-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const { stdout } = await run(join(SCRIPTS, 'virsh.sh'), [port, passwordFile, folder]);
  assert.match(stdout, /ok: all\n$/);
  const vmx = readFileSync(onDatastore('virt/virt.vmx'), 'utf8');
  assert.match(vmx, /^scsi0:0.fileName = "virt.vmdk"$/m);
  assert.match(readFileSync(onDatastore('virt/virt.vmdk'), 'utf8'), /RW 16384 VMFS/);
});

test('pyVmomi: a backup copies what was changed since the last one, also when snapshots were removed', {
  skip: !hasPyVmomi && 'no python3-pyvmomi',
}, async () => {
  const ask = async (...words: readonly string[]) => {
    const { stdout } = await run(PYTHON, [join(SCRIPTS, 'changes.py'), port, passwordFile, ...words]);
    return JSON.parse(stdout) as unknown;
  };
  const prompt = '~ # ';
  let number = 0;
  const write = async (...blocks: readonly number[]) => {
    const done = `done-${++number}`;
    const lines = blocks.map((at) => `dd if=/dev/urandom of=/dev/vda bs=64k count=1 seek=${at} conv=fsync`);
    await dialogue(host.client, 'kept', [
      [prompt, `${lines.join(' && ')} && echo done''-${number}\n`],
      [done],
    ]);
  };
  assert.equal(await ask('make'), true);
  await write(3);
  const first = await ask('snapshot', 'a');
  assert.match(String(first), /^[0-9a-f -]{47}\/\d+$/);
  await write(5, 6);
  const second = await ask('snapshot', 'b');
  await write(9);
  const block = 2 ** 16;
  const whole = { length: 128 * block };
  const since = (id: unknown, ...snapshot: readonly string[]) => ask('since', String(id), ...snapshot);
  assert.deepEqual(await since(first, 'b'), { ...whole, areas: [[5 * block, 2 * block]] });
  const both = {
    ...whole,
    areas: [
      [5 * block, 2 * block],
      [9 * block, block],
    ],
  };
  assert.deepEqual(await since(first), both);
  await ask('remove', 'a');
  assert.deepEqual(await since(first), both);
  await ask('remove', 'b');
  assert.deepEqual(await since(first), both);
  assert.deepEqual(await since(second), { ...whole, areas: [[9 * block, block]] });
  const used = (await since('*')) as { areas: [number, number][] };
  for (const at of [3, 5, 6, 9])
    assert.ok(
      used.areas.some(([start, length]) => start <= at * block && start + length >= (at + 1) * block),
    );
  assert.deepEqual(await since('52 00/3'), { fault: 'vmodl.fault.InvalidArgument', property: 'changeId' });
});

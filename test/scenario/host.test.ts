// The story of a host: up, a machine made and booted, its console, a second host refused, a restart after KILL, down.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { dialogue, TestHost } from './host.ts';

interface Row {
  readonly name: string;
  readonly state: string;
}

test('host: machines live on it, and outlive it', async (t) => {
  const host = new TestHost();
  t.after(() => host.remove());
  await host.up('--https', '0');
  const list = async () => (await host.client.call<{ vms: Row[] }>('vm.list')).vms;
  const state = async (name: string) => (await list()).find((vm) => vm.name === name)?.state;

  await host.ok('vm', 'create', 'one', '--memory', '128M', '--disk', '4M', '--start');
  const said = await dialogue(host.client, 'one', [
    ['~ # ', 'echo sectors:$(cat /sys/block/vda/size)\n'],
    ['sectors:8192\r\n'],
  ]);
  assert.match(said, /Welcome to Debian/);
  assert.equal(await state('one'), 'powered on');

  const second = await host.vmk('up');
  assert.equal(second.status, 2);
  assert.match(second.stderr, /A host is up in/);
  assert.match((await host.vmk('vm', 'start', 'one')).stderr, /it is powered on/);

  await host.ok('vm', 'stop', 'one');
  assert.equal(await state('one'), 'powered off');

  await host.end('SIGKILL');
  await host.up('--https', '0');
  assert.equal(await state('one'), 'powered off', 'the VM is known after KILL');

  const before = host.said;
  await host.ok('host', 'reboot');
  await host.says('the host is up', before);
  assert.equal(await state('one'), 'powered off', 'and after a reboot');
  await host.ok('vm', 'delete', 'one');
  assert.equal(existsSync(join(host.home, 'volumes', 'datastore1', 'one')), false);

  await host.ok('down');
  assert.equal(await host.end(), 0);
  assert.match((await host.vmk('vm', 'list')).stderr, /nothing listens there\. "vmk up" starts one/);
});

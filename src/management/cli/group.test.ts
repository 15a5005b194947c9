// Commands to a host: their words and options become calls, results become tables or JSON.
import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import { HostError } from '#lib';
import { runGroup } from './group.ts';
import { HOST_COMMANDS } from './host.ts';
import { VM_COMMANDS } from './vm.ts';

async function vmk(
  group: 'vm' | 'host',
  given: readonly string[],
  results: Readonly<Record<string, unknown>> = {},
) {
  const calls: [string, unknown][] = [];
  let output = '';
  const stdout = { write: (text: string) => void (output += text) };
  const context = {
    process: Object.assign(new EventEmitter(), {
      stdout,
      stdin: {},
      stderr: { write: () => {} },
      exit: () => {},
    }) as never,
    connect: (home: string | undefined) => ({
      call: <T>(name: string, callArguments: object = {}) => {
        calls.push([
          name,
          JSON.parse(JSON.stringify({ ...callArguments, ...(home !== undefined && { home }) })),
        ]);
        return Promise.resolve(results[name] as T);
      },
      console: () => assert.fail('no console'),
      gone: () => Promise.resolve(),
    }),
  };
  const status = await runGroup(group, group === 'vm' ? VM_COMMANDS : HOST_COMMANDS, given, context);
  return { status, calls, output };
}

test('vm create: options become the arguments of the call', async () => {
  const { calls } = await vmk('vm', [
    'create',
    'a',
    '--memory=1G',
    '--cpus',
    '2',
    '--disk',
    '10G',
    '--start',
    '--home',
    '/h',
  ]);
  assert.deepEqual(calls, [
    ['vm.create', { name: 'a', disks: ['10G'], memoryMib: 1024, vcpus: 2, home: '/h' }],
    ['vm.start', { vm: 'a', home: '/h' }],
  ]);
});

test('vm start: takes several VMs, in order', async () => {
  const { calls } = await vmk('vm', ['start', 'a', '7']);
  assert.deepEqual(calls, [
    ['vm.start', { vm: 'a' }],
    ['vm.start', { vm: '7' }],
  ]);
});

test('vm shutdown, vm reboot: ask the guests', async () => {
  const { calls } = await vmk('vm', ['shutdown', 'a', '7']);
  assert.deepEqual(calls, [
    ['vm.guest.down', { vm: 'a', how: 'poweroff' }],
    ['vm.guest.down', { vm: '7', how: 'poweroff' }],
  ]);
  assert.deepEqual((await vmk('vm', ['reboot', 'a'])).calls, [['vm.guest.down', { vm: 'a', how: 'reboot' }]]);
});

test('vm list: a table for people, JSON for programs', async () => {
  const addresses = ['10.0.2.15'];
  const web = { id: 12, name: 'web', state: 'powered on', memoryMib: 512, vcpus: 1, addresses };
  const vms = [{ ...web, vmx: '/x/web.vmx' }];
  const results = { 'vm.list': { vms, lost: [] } };
  assert.equal(
    (await vmk('vm', ['list'], results)).output,
    'Id  Name  State       vCPUs  Memory   Address    File\n12  web   powered on      1  512 MiB  10.0.2.15  /x/web.vmx\n',
  );
  assert.deepEqual(JSON.parse((await vmk('vm', ['list', '--json'], results)).output), results['vm.list']);
});

test('runGroup: what is wrong is one line that says what', async () => {
  for (const [given, message] of [
    [['strt', 'a'], /there is no command "vm strt".*start/],
    [['start'], /vm start needs VM/],
    [['show', 'a', 'b'], /vm show: unexpected "b"/],
    [['create', 'a', '--cpus', 'two'], /--cpus "two": it is no number/],
    [['create', 'a', '--memory', '1'], /no size in MiB/],
    [['list', '--bogus'], /there is no option --bogus/],
  ] as const) {
    await assert.rejects(vmk('vm', given), (error) => {
      assert.ok(error instanceof HostError);
      assert.equal(error.exitStatus, 2);
      assert.match(error.message, message);
      return true;
    });
  }
});

test('runGroup: help of the group and of each command', async () => {
  assert.match((await vmk('vm', [])).output, /^Usage: vmk vm COMMAND/);
  for (const verb of Object.keys(VM_COMMANDS)) {
    assert.match((await vmk('vm', [verb, '--help'])).output, new RegExp(`Usage: vmk vm ${verb} `));
  }
});

test('host shutdown: waits until the host is gone', async () => {
  assert.deepEqual((await vmk('host', ['shutdown'])).calls, [['host.stop', {}]]);
});

// "vmk service" and "vmk log": as typed, through the calls, on real services in memory.
import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { Logger } from '#lib';
import { Firewall, memorySettingsFiles, Services } from '#system';
import { type LogReader, SETTINGS_CALLS, type SettingsServices } from '../calls/settings.ts';
import type { Calls } from '../local/call.ts';
import { runGroup } from './group.ts';
import { LOG_COMMANDS, SERVICE_COMMANDS } from './service.ts';

function host() {
  const parts = {
    files: memorySettingsFiles(),
    logger: new Logger('test', () => {}, { wallNanoseconds: () => 0n }),
  };
  const services = new Services({ ...parts, rulesets: new Firewall(parts) });
  services.provide('hostd', { start() {}, stop() {} });
  services.provide('gdbserver', { start() {}, stop() {} });
  const remoteLogs = () => [{ target: 'udp://h:514', state: 'idle', queuedBytes: 0, sent: 7, lost: 0 }];
  const logs: LogReader = {
    list: () => [{ name: 'hostd', path: '/var/log/hostd.log', description: 'Management' }],
    tail: (name, lines) => ['one', 'two', 'three'].map((line) => `${name} ${line}`).slice(-lines),
  };
  const calls: Calls<SettingsServices> = SETTINGS_CALLS;
  return async (line: string): Promise<string> => {
    const [group = '', ...words] = line.split(' ');
    let output = '';
    const process = Object.assign(new EventEmitter(), {
      stdin: Readable.from(['']),
      stdout: { write: (text: string) => void (output += text) },
      stderr: { write: () => {} },
      exit: () => {},
    });
    const client = {
      call: async <T>(name: string, given: object = {}): Promise<T> =>
        (await calls[name]?.invoke(name, { services, remoteLogs, logs }, given)) as T,
      console: () => Promise.reject(new Error('no console')),
      gone: () => Promise.resolve(),
    };
    const rows = group === 'log' ? LOG_COMMANDS : SERVICE_COMMANDS;
    await runGroup(group, rows, words, { process: process as never, connect: () => client });
    return output;
  };
}

test('vmk service: list, start, stop, policy', async () => {
  const vmk = host();
  await vmk('service start gdbserver');
  await vmk('service policy gdbserver on');
  assert.equal(
    await vmk('service list'),
    [
      'Service    Running  Policy  Required  Rule sets      Package  Name',
      'gdbserver  yes      on                gdbserver               Debugger of machines',
      'hostd      no       on      yes       vSphereClient           Management',
      '',
    ].join('\n'),
  );
  await vmk('service restart gdbserver');
  await vmk('service stop gdbserver');
  assert.match(
    await vmk('service list --json'),
    /"key": "gdbserver",\n\s+"label": "Debugger of machines",\n\s+"policy": "on",\n\s+"running": false/,
  );
});

test('vmk service: what cannot be is said', async () => {
  const vmk = host();
  await assert.rejects(vmk('service stop hostd'), /Cannot stop service "hostd": the host needs it/);
  await assert.rejects(vmk('service start nothing'), /this host has none of that name/);
  await assert.rejects(vmk('service policy gdbserver maybe'), /policy/);
});

test('vmk log remotes: where the logs go', async () => {
  assert.equal(
    await host()('log remotes'),
    'Remote host  State  Messages  Waiting  Lost\nudp://h:514  idle   7         0 B      0\n',
  );
});

test('vmk log list, tail: what there is, and the last lines of it', async () => {
  const vmk = host();
  assert.match(await vmk('log list'), /^hostd +\/var\/log\/hostd.log +Management$/m);
  assert.equal(await vmk('log tail hostd --lines 2'), 'hostd two\nhostd three\n');
  assert.equal(await vmk('log tail hostd --lines=1 --json'), '[\n  "hostd three"\n]\n');
  await assert.rejects(vmk('log tail hostd --lines none'), /--lines/);
});

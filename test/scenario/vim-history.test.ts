// What a host remembers over a KILL, as pyVmomi sees it: VMs, events with who did it, tasks.
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { TestHost } from './host.ts';
import { httpsPort, passwordFileOf, upWithHttps } from './host-request.ts';

const PYTHON = '/usr/bin/python3';
const SCRIPT = join(import.meta.dirname, 'vim', 'history.py');
const hasPyVmomi = spawnSync(PYTHON, ['-c', 'import pyVmomi']).status === 0;
const run = promisify(execFile);

interface Told {
  readonly vms: readonly string[];
  readonly events: readonly (readonly [type: string, user: string, text: string])[];
  readonly inDatacenter: number;
  readonly tasks: readonly (readonly [name: string, state: string, entity: string | null])[];
  readonly counters: number;
  readonly metric: readonly number[];
}

const host = new TestHost();
after(() => host.remove());

/** Brings the host up, and asks. */
async function told(what: 'make' | 'look'): Promise<Told> {
  await upWithHttps(host);
  const given = [SCRIPT, String(httpsPort(host)), passwordFileOf(host), what];
  const { stdout } = await run(PYTHON, given);
  return JSON.parse(stdout) as Told;
}

test('pyVmomi: VMs, events and tasks are there after the host was killed', {
  skip: !hasPyVmomi && 'no python3-pyvmomi',
}, async () => {
  const before = await told('make');
  assert.deepEqual(before.vms, ['kept']);
  const byRoot = before.events.filter(([, user]) => user === 'root').map(([type]) => type);
  assert.deepEqual(byRoot, [
    ...['UserLoginSessionEvent', 'VmCreatedEvent', 'VmCreatedEvent', 'VmRemovedEvent'],
    ...['EnteringMaintenanceModeEvent', 'EnteredMaintenanceModeEvent', 'ExitMaintenanceModeEvent'],
  ]);
  assert.ok(before.events.some(([, , text]) => text.startsWith('Created virtual machine gone on ')));
  assert.ok(before.counters > 300);
  assert.deepEqual(before.metric.slice(0, 2), [1, 20]);
  await host.end('SIGKILL');
  const now = await told('look');
  assert.deepEqual(now.vms, ['kept']);
  assert.deepEqual(now.events.slice(0, before.events.length), before.events);
  assert.equal(now.events.filter(([, , text]) => text === 'Host has booted.').length, 2);
  assert.deepEqual(now.tasks.slice(0, before.tasks.length), before.tasks);
  assert.equal(before.tasks.length, 5);
  assert.ok(now.tasks.every(([, state]) => state === 'success'));
});

// pyVmomi as Debian has it, unmodified, against a host that is up: what it did is seen from outside.
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { TestHost } from './host.ts';
import { httpsPort, passwordFileOf, upWithHttps } from './host-request.ts';
import { vmk } from './vmk.ts';

const PYTHON = '/usr/bin/python3';
const SCRIPTS = join(import.meta.dirname, 'vim');
const hasPyVmomi = spawnSync(PYTHON, ['-c', 'import pyVmomi']).status === 0;
const options = { skip: !hasPyVmomi && 'no python3-pyvmomi' };
const run = promisify(execFile);

const host = new TestHost();
const passwordFile = passwordFileOf(host);
let port = '';

before(async () => {
  if (!hasPyVmomi) return;
  await upWithHttps(host);
  port = String(httpsPort(host));
});
after(() => host.remove());

test('pyVmomi: logs in, reads the inventory, makes users and roles, waits for tasks', options, async () => {
  const { stdout } = await run(PYTHON, [join(SCRIPTS, 'host.py'), port, passwordFile]);
  assert.match(stdout, /ok: a reboot takes maintenance mode\n$/);
  const users = await host.vmk('user', 'list', '--json');
  assert.ok((JSON.parse(users.stdout) as { name: string }[]).some(({ name }) => name === 'vimuser'));
  const list = ['system', 'settings', 'advanced', 'list', '-o', '/UserVars/SuppressShellWarning'];
  const option = await vmk(['esxcli', '--home', host.home, ...list]);
  assert.match(option.stdout, /Int Value: 1/);
});

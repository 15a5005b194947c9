// The calls that "vmk --host URL" makes: each call of the local API goes by VIM, over HTTPS, or is said to be local.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CALLS } from '../vim/client/remote-host.ts';
import { TestVim } from '../vim/testing.ts';
import { CONSOLE_PRIVILEGE, LOCAL_ONLY, REMOTE_CALLS } from './remote-calls.ts';

const FOLDER = join(import.meta.dirname, '..', 'calls');

async function localCalls(): Promise<string[]> {
  const files = readdirSync(FOLDER).filter((name) => /^[a-z-]+\.ts$/.test(name));
  const modules = await Promise.all(
    files.map(async (name) => (await import(join(FOLDER, name))) as Readonly<Record<string, object>>),
  );
  return modules.flatMap((module) =>
    Object.entries(module).flatMap(([name, table]) => (name.endsWith('_CALLS') ? Object.keys(table) : [])),
  );
}

test('every call of the local API has one way from elsewhere, or a reason why it has none', async () => {
  const local = await localCalls();
  assert.ok(local.length > 100, String(local.length));
  const ways = (name: string) =>
    [CALLS, REMOTE_CALLS, LOCAL_ONLY].filter((table) => Object.hasOwn(table, name)).length;
  assert.deepEqual(
    local.filter((name) => ways(name) !== 1),
    [],
  );
  const known = new Set(local);
  assert.deepEqual(
    [...Object.keys(REMOTE_CALLS), ...Object.keys(LOCAL_ONLY)].filter((name) => !known.has(name)),
    [],
  );
});

test('the privileges that they take are VIM’s', async () => {
  const client = (await TestVim.make()).client();
  const [list = ''] = await client.get('ha-authmgr', 'AuthorizationManager', 'privilegeList');
  for (const privilege of new Set([...Object.values(REMOTE_CALLS), CONSOLE_PRIVILEGE]))
    assert.ok(list.split(' ').includes(privilege), privilege);
});

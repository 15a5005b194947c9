// The account commands of esxcli on the real accounts, with files in memory.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testAccounts } from '../../testing.ts';
import { run } from '../testing.ts';
import { accountPorts } from './from-accounts.ts';

async function realHost() {
  const accounts = await testAccounts();
  return { accounts, host: accountPorts(accounts) };
}

test('esxcli system account: add, list, set, remove', async () => {
  const { host } = await realHost();
  const add = "system account add -i bob -d 'Bob B' -p mX3-vuqPo8h -c mX3-vuqPo8h -s true";
  assert.deepEqual(await run(host, add), { output: '', error: '', status: 0 });
  assert.match((await run(host, add)).error, /'bob' already exists/);
  assert.match(
    (await run(host, 'system account add -i eve -p a -c a')).error,
    /Weak password: too short\. Use at least 7/,
  );
  await run(host, 'system account set -i bob -s false');
  assert.equal(
    (await run(host, '--formatter=csv system account list')).output,
    'Description,ShellAccess,UserID,\nAdministrator,true,root,\nDCUI User,true,dcui,\nBob B,false,bob,\n',
  );
  assert.match((await run(host, 'system account remove -i root')).error, /belongs to the system/);
  assert.equal((await run(host, 'system account remove -i bob')).status, 0);
  assert.equal(
    (await run(host, 'system account remove -i bob')).error,
    "The user or group named 'bob' does not exist.\n",
  );
});

test('esxcli system permission: list, set, unset; root keeps Admin', async () => {
  const { accounts, host } = await realHost();
  await accounts.createUser({ id: 'bob' }, 'root');
  assert.equal((await run(host, 'system permission set -i bob -r ReadOnly')).error, '');
  assert.equal(
    (await run(host, 'system permission list')).output,
    [
      'Principal  Is Group  Role      Role Description                            ',
      '---------  --------  --------  --------------------------------------------',
      'dcui          false  Admin     Full access rights                          ',
      'root          false  Admin     Full access rights                          ',
      'bob           false  ReadOnly  See details of objects, but not make changes',
      '',
    ].join('\n'),
  );
  assert.match((await run(host, 'system permission set -i root -r ReadOnly')).error, /root must have it/);
  assert.match(
    (await run(host, 'system permission set -i bob -r Boss')).error,
    /There is no role named 'Boss'/,
  );
  assert.match((await run(host, 'system permission set -g -i bob -r Admin')).error, /'bob' does not exist/);
  assert.equal((await run(host, 'system permission unset -i bob')).status, 0);
  assert.equal((await run(host, 'system permission unset -i bob')).status, 1);
});

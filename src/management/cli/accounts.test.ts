// "vmk user", group, role, permission, session, lockdown: as typed, through the calls, on real accounts in memory.
import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import type { Accounts } from '#system';
import { ACCOUNT_CALLS } from '../calls/accounts.ts';
import type { Call, Calls } from '../local/call.ts';
import { testAccounts } from '../testing.ts';
import { LOCKDOWN_COMMANDS, PERMISSION_COMMANDS, ROLE_COMMANDS, SESSION_COMMANDS } from './access.ts';
import { runGroup } from './group.ts';
import { GROUP_COMMANDS, USER_COMMANDS } from './users.ts';

const GROUPS = {
  user: USER_COMMANDS,
  group: GROUP_COMMANDS,
  role: ROLE_COMMANDS,
  permission: PERMISSION_COMMANDS,
  session: SESSION_COMMANDS,
  lockdown: LOCKDOWN_COMMANDS,
};
const GOOD = 'mX3-vuqPo8h';

async function host() {
  const accounts = await testAccounts(GOOD);
  const calls: Calls<{ accounts: Accounts }> = ACCOUNT_CALLS;
  /** What `vmk LINE` prints; its words are apart by spaces. */
  const vmk = async (line: string, input = ''): Promise<string> => {
    const [group = '', ...words] = line.split(' ');
    let output = '';
    const process = Object.assign(new EventEmitter(), {
      stdin: Readable.from([input]),
      stdout: { write: (text: string) => void (output += text) },
      stderr: { write: () => {} },
      exit: () => {},
    });
    const client = {
      call: async <T>(name: string, given: object = {}) => {
        const sent = JSON.parse(JSON.stringify(given)) as object;
        const result = await (calls[name] as Call<{ accounts: Accounts }>).invoke(name, { accounts }, sent);
        return JSON.parse(JSON.stringify(result ?? null)) as T;
      },
      console: () => assert.fail('no console'),
      gone: () => assert.fail('not asked'),
    };
    const context = { process: process as never, connect: () => client };
    assert.equal(await runGroup(group, GROUPS[group as keyof typeof GROUPS], words, context), 0);
    return output;
  };
  return { accounts, vmk };
}

test('vmk user: create with a password from a pipe, list, set, remove', async () => {
  const { accounts, vmk } = await host();
  await vmk('user create bob --description=Bob --shell yes --password', `${GOOD}\n`);
  assert.equal(
    await vmk('user list'),
    [
      '  Id  Name  Description    Groups  Shell  Locked',
      '   0  root  Administrator  root    yes    no',
      ' 100  dcui  DCUI User      users   yes    no',
      '1000  bob   Bob            users   yes    no',
      '',
    ].join('\n'),
  );
  await vmk('permission set bob Admin');
  assert.ok('user' in (await accounts.check({ user: 'bob', password: GOOD, channel: 'ssh', remote: '::1' })));
  await vmk('user set bob --shell no');
  assert.match(await vmk('user list'), /bob .* no {5}no\n/);
  await vmk('user remove bob');
  assert.doesNotMatch(await vmk('user list'), /bob/);
  await assert.rejects(vmk('user remove bob'), /The user or group named 'bob' does not exist/);
  await assert.rejects(vmk('user create eve --password', 'short\n'), /Weak password: too short/);
  await assert.rejects(vmk('user create eve --shell maybe'), /neither yes nor no/);
  await assert.rejects(vmk('user create eve --password'), /no answer was given/);
});

test('vmk user unlock: lets in who is locked', async () => {
  const { accounts, vmk } = await host();
  const login = (password: string) =>
    accounts.check({ user: 'root', password, channel: 'api', remote: '::1' });
  for (let i = 0; i < 5; i++) await login('wrong');
  assert.match(await vmk('user list'), /root .* yes {4}yes\n/);
  assert.ok('failure' in (await login(GOOD)));
  await vmk('user unlock root');
  assert.ok('user' in (await login(GOOD)));
});

test('vmk group: members come and go', async () => {
  const { vmk } = await host();
  await vmk('group create ops');
  await vmk('group assign root ops');
  assert.match(await vmk('group list'), /1000 {2}ops +root\n/);
  await assert.rejects(vmk('group assign root ops'), /already exists/);
  await vmk('group unassign root ops');
  await vmk('group remove ops');
  assert.doesNotMatch(await vmk('group list'), /ops/);
});

test('vmk role and permission: an own role, given and taken', async () => {
  const { accounts, vmk } = await host();
  await vmk('user create bob');
  await vmk('role create Browser Datastore.Browse');
  assert.match(await vmk('role list'), /10 {2}Browser +4 {2}own\n/);
  await vmk('permission set bob Browser --on datastore1 --here-only');
  assert.match(await vmk('permission list'), /datastore1 +bob +user +Browser +no\n/);
  assert.ok(accounts.authorize({ user: 'bob' }, 'Datastore.Browse', 'datastore1'));
  await assert.rejects(vmk('role remove Browser'), /used by 1 permissions/);
  await assert.rejects(vmk('permission set bob Boss'), /there is no role "Boss"/);
  await assert.rejects(vmk('permission set root ReadOnly'), /root must have it/);
  await assert.rejects(vmk('role create Bad No.Such'), /no privilege 'No\.Such'/);
  await vmk('role set Browser Datastore.Config');
  assert.ok(!accounts.authorize({ user: 'bob' }, 'Datastore.Browse', 'datastore1'));
  await vmk('permission remove bob --on datastore1');
  await vmk('permission set bob Browser');
  await vmk('role remove Browser --force');
  assert.doesNotMatch(await vmk('permission list'), /bob/);
});

test('vmk session and lockdown: who is in, and who is put out', async () => {
  const { accounts, vmk } = await host();
  const session = await accounts.authenticate({
    user: 'root',
    password: GOOD,
    channel: 'api',
    remote: '10.0.0.1',
  });
  assert.ok('key' in session);
  const shown = await vmk('session list');
  assert.match(
    shown,
    new RegExp(
      `^${session.key} {2}root {2}the API and HTTPS files {2}10\\.0\\.0\\.1 {2}2026-11-26T00:00:00\\.000Z`,
      'm',
    ),
  );
  assert.ok(!shown.includes(session.cookie));
  await vmk(`session end ${session.key}`);
  await assert.rejects(vmk(`session end ${session.key}`), /there is no session/);
  await vmk('lockdown set normal');
  await vmk('lockdown except root');
  assert.equal(
    await vmk('lockdown show'),
    'mode             normal\nexception users  root\nDCUI.Access      root\n',
  );
  await vmk('lockdown except');
  assert.match(await vmk('lockdown show'), /exception users {2}nobody/);
  await assert.rejects(vmk('lockdown set off'), /mode/);
  await assert.rejects(vmk('lockdown except nobody-here'), /does not exist/);
});

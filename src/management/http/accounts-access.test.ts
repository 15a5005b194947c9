// The HTTPS port's questions, answered by the accounts of a host whose files are in memory.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostFiles, isErrno, Ramdisks } from '#kernel';
import { type Clock, ManualClock, SeededRandom } from '#lib';
import {
  Accounts,
  accountFiles,
  DEFAULT_ACCOUNT_SETTINGS,
  firstStart,
  hostTree,
  ROLE_ID,
  today,
} from '#system';
import { accountsAccess } from './accounts-access.ts';
import { ask, basic, startPort } from './testing.ts';

const GOOD = 'mX3-vuqPo8h';

/** Time goes on with every look at it, as it does outside. */
function ticking(clock: ManualClock): Clock {
  const tick = <T>(value: T): T => {
    clock.advance(1n);
    return value;
  };
  return {
    nowNanoseconds: () => tick(clock.nowNanoseconds()),
    wallNanoseconds: () => tick(clock.wallNanoseconds()),
  };
}

async function host() {
  const clock = new ManualClock(1_795_651_200_000_000_000n);
  const random = new SeededRandom(1);
  const view = new Ramdisks(ticking(clock)).vfs.view();
  const files = accountFiles(new HostFiles(view));
  const accounts = new Accounts({
    files,
    clock,
    random,
    audit: () => {},
    tree: hostTree({
      isVm: () => false,
      isDatastore: (entity) => entity.startsWith('datastore'),
      isNetwork: () => false,
    }),
    settings: () => DEFAULT_ACCOUNT_SETTINGS,
  });
  await firstStart(files, accounts.hasher, random, today(clock), GOOD);
  const access = accountsAccess(accounts, (entity) => (entity.kind === 'host' ? 'ha-host' : entity.name));
  return { accounts, access, files, clock, view };
}

test('accountsAccess: a login, its session, and what it may do where', async () => {
  const { accounts, access } = await host();
  assert.deepEqual(await access.authenticate('root', GOOD, '10.0.0.1'), { userName: 'root' });
  assert.equal(await access.authenticate('root', 'x', '10.0.0.1'), undefined);
  const session = await accounts.authenticate({
    user: 'root',
    password: GOOD,
    channel: 'api',
    remote: '::1',
  });
  assert.ok('cookie' in session);
  assert.deepEqual(access.session(session.cookie), { userName: 'root' });
  assert.equal(access.session(session.key), undefined, 'the key is no secret');
  await accounts.createUser({ id: 'bob', password: GOOD }, 'root');
  const browse = accounts.addRole('Browser', ['Datastore.Browse'], 'root');
  assert.equal(browse, 10);
  const given = [{ principal: 'bob', group: false, roleId: browse, propagate: true }];
  accounts.setEntityPermissions('datastore1', given, 'root');
  const may = (userName: string, name: string) =>
    access.allows({ userName }, 'Datastore.Browse', { kind: 'datastore', name });
  assert.deepEqual(
    [may('bob', 'datastore1'), may('bob', 'datastore2'), may('root', 'datastore2')],
    [true, false, true],
  );
  assert.ok(!access.allows({ userName: 'bob' }, 'Host.Config.Settings', { kind: 'host' }));
  accounts.setEntityPermissions(
    'ha-folder-host',
    [{ ...given[0], principal: 'bob', group: false, roleId: ROLE_ID.admin, propagate: true }],
    'root',
  );
  assert.ok(access.allows({ userName: 'bob' }, 'Host.Config.Settings', { kind: 'host' }));
});

test('accountsAccess: a ticket is for its request', async () => {
  const { accounts, access } = await host();
  const owner = { user: 'bob', key: 'k' };
  for (const url of ['/tmp/a.vib', '/folder/a?dcPath=x&dsName=y']) {
    const ticket = accounts.tickets.issue(owner, { method: 'GET', path: url }) ?? '';
    assert.equal(access.redeemTicket(ticket, { method: 'GET', url: `/x${url}` }), undefined);
    assert.deepEqual(access.redeemTicket(ticket, { method: 'GET', url }), { userName: 'bob' });
    assert.equal(access.redeemTicket(ticket, { method: 'GET', url }), undefined);
  }
});

test('accountFiles: what is edited in place or replaced counts at once', async () => {
  const { accounts, access, view } = await host();
  const may = () => access.allows({ userName: 'dcui' }, 'Host.Config.Settings', { kind: 'host' });
  const path = '/etc/vmware/hostd/permissions.json';
  const bytes = view.readFile(path);
  assert.ok(!isErrno(bytes) && may());
  const edited = new TextDecoder().decode(bytes).replace('"dcui"', '"dcux"');
  view.writeFile(path, new TextEncoder().encode(edited));
  assert.ok(!may(), 'as long as before, but another time');
  new HostFiles(view).write(path, bytes);
  assert.ok(may());
  assert.equal(accounts.removeUser('dcui', 'root')?.fault, 'SecurityError');
});

test('accountFiles: shadow is readable by its owner only, folders are made', async () => {
  const { files } = await host();
  assert.match(files.read('/etc/shadow') ?? '', /^root:\$6\$/);
  assert.equal(files.read('/etc/nothing'), undefined);
  assert.match(files.read('/etc/vmware/hostd/permissions.json') ?? '', /"root"/);
});

test('the port with the accounts of a host: password, session, ticket, and the lock after five failures', async () => {
  const { accounts, access, clock } = await host();
  const port = await startPort({ access });
  const get = async (path: string, headers: Record<string, string>) =>
    (await ask(port, path, { user: null, headers })).status;
  const login = { user: 'root', password: GOOD, channel: 'api', remote: '127.0.0.1' } as const;
  const session = await accounts.authenticate(login);
  assert.ok('cookie' in session);
  const ticket = accounts.tickets.issue(session, { method: 'GET', path: '/tmp' }) ?? '';
  assert.equal(await get('/tmp', { Authorization: basic('root', GOOD) }), 200);
  assert.equal(
    await get('/tmp', { Cookie: `vmware_soap_session="${session.cookie}"; Path=/; HttpOnly` }),
    200,
  );
  assert.equal(await get(`/tmp?ticket=${ticket}`, {}), 200);
  assert.equal(await get(`/tmp?ticket=${ticket}`, {}), 401);
  for (let i = 0; i < 5; i++) assert.equal(await get('/tmp', { Authorization: basic('root', 'wrong') }), 401);
  assert.equal(await get('/tmp', { Authorization: basic('root', GOOD) }), 401);
  clock.advance(901_000_000_000n);
  assert.equal(await get('/tmp', { Authorization: basic('root', GOOD) }), 200);
  accounts.sessions.end(session.key);
  assert.equal(await get('/tmp', { Cookie: `vmware_soap_session=${session.cookie}` }), 401);
  await port.close();
});

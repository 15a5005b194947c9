// Users and groups as the HostLocalAccountManager has them: what is written, and what is refused.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type HostError, SeededRandom } from '#lib';
import { ROOT_ENTITY } from './authorization/permissions.ts';
import { ROLE_ID } from './authorization/roles.ts';
import { PasswordHasher } from './crypt/hasher.ts';
import { groupsOf, searchPrincipals } from './directory.ts';
import { firstStart, randomPassword, rootTrouble } from './first-start.ts';
import { MemoryFiles, ROOT_PASSWORD, type TestAccounts, testAccounts } from './testing.ts';

const GOOD = 'mX3-vuqPo8h';
const BOB = { id: 'bob', password: GOOD, description: 'Bob', shellAccess: true };
const { admin, readOnly } = ROLE_ID;

const faultOf = (fault: { readonly fault: string } | undefined) => fault?.fault;
const login = (host: TestAccounts, user: string, password: string) =>
  host.accounts.check({ user, password, channel: 'api', remote: '10.0.0.1' });

test('firstStart: root with a random password that is good, never the same, and not written anywhere', async () => {
  const files = new MemoryFiles();
  const random = new SeededRandom(9);
  const hasher = new PasswordHasher(random);
  const first = await firstStart(files, hasher, random, 20_000);
  const password = first?.password ?? '';
  assert.match(password, /^(?:[a-zA-Z2-9]{5}-){3}[a-zA-Z2-9]{5}$/);
  assert.equal(rootTrouble(password), undefined);
  const [, hash = ''] = (files.read('/etc/shadow') ?? '').split(':');
  assert.deepEqual(await hasher.verify(password, hash), { kind: 'match' });
  assert.ok([...files.texts.values()].every((text) => !text.includes(password)));
  assert.equal(files.modes.get('/etc/shadow'), 0o600);
  assert.equal(await firstStart(files, hasher, random, 20_000), undefined, 'only once');
  assert.notEqual(randomPassword(random), randomPassword(random));
});

test('firstStart: a password that is given is used when it is good, refused when it is weak', async () => {
  const random = new SeededRandom(9);
  const hasher = new PasswordHasher(random);
  assert.deepEqual(await firstStart(new MemoryFiles(), hasher, random, 1, GOOD), {});
  const files = new MemoryFiles();
  await assert.rejects(
    firstStart(files, hasher, random, 1, 'vmware'),
    (error: HostError) => error.code === 'password-refused',
  );
  assert.equal(files.texts.size, 0);
});

test('createUser: writes passwd and shadow, and the user can log in when somebody permits it', async () => {
  const host = await testAccounts();
  assert.equal(await host.accounts.createUser(BOB, 'root'), undefined);
  assert.match(host.files.read('/etc/passwd') ?? '', /^bob:x:1000:100:Bob:\/:\/bin\/sh$/m);
  assert.match(host.files.read('/etc/shadow') ?? '', /^bob:\$6\$[^:]+:20783:0:99999:7:::$/m);
  assert.deepEqual(groupsOf(host.accounts.database, 'bob'), ['users']);
  assert.equal(((await login(host, 'bob', GOOD)) as { failure?: string }).failure, 'no-permission');
  assert.equal(
    host.accounts.setEntityPermissions(
      ROOT_ENTITY,
      [{ principal: 'users', group: true, roleId: readOnly, propagate: true }],
      'root',
    ),
    undefined,
  );
  assert.deepEqual(await login(host, 'bob', GOOD), { user: 'bob', fullName: 'Bob' });
  assert.ok(host.accounts.authorize({ user: 'bob' }, 'System.View'));
  assert.ok(!host.accounts.authorize({ user: 'bob' }, 'Host.Config.Network'));
});

// biome-ignore format: a table reads in columns
const CREATE_REFUSED: readonly (readonly [spec: object, fault: string, message: RegExp])[] = [
  [{ id: 'root' },                       'AlreadyExists',   /'root' already exists/],
  [{ id: 'Bad:name' },                   'InvalidArgument', /user\.id: a name begins with a letter/],
  [{ id: '' },                           'InvalidArgument', /user\.id/],
  [{ id: 'a\nroot2:x:0:0::/:/bin/sh' },  'InvalidArgument', /user\.id/],
  [{ id: 'x'.repeat(33) },               'InvalidArgument', /at most 32/],
  [{ description: 'a:b' },               'InvalidArgument', /user\.description/],
  [{ description: 'a\nb' },              'InvalidArgument', /user\.description/],
  [{ password: 'short' },                'InvalidArgument', /password: Weak password: too short\. Use at least/],
  [{ id: 'robert', password: 'robErt-1a' }, 'InvalidArgument', /personal login information/],
  [{ posixId: 100 },                     'InvalidArgument', /user\.posixId/],
  [{ posixId: 0 },                       'InvalidArgument', /user\.posixId/],
];

for (const [spec, fault, message] of CREATE_REFUSED) {
  test(`createUser: ${JSON.stringify(spec)} is ${fault}, and nothing is written`, async () => {
    const host = await testAccounts();
    const before = [...host.files.texts];
    const found = await host.accounts.createUser({ ...BOB, ...spec }, 'root');
    assert.equal(faultOf(found), fault);
    assert.match(found?.message ?? '', message);
    assert.deepEqual([...host.files.texts], before);
  });
}

test('createUser: of two at once with one name only one is made', async () => {
  const { accounts } = await testAccounts();
  const faults = await Promise.all([accounts.createUser(BOB, 'root'), accounts.createUser(BOB, 'root')]);
  assert.deepEqual(new Set(faults.map(faultOf)), new Set(['AlreadyExists', undefined]));
});

test('updateUser: changes what is given, keeps the rest', async () => {
  const host = await testAccounts();
  await host.accounts.createUser(BOB, 'root');
  assert.equal(
    await host.accounts.updateUser({ id: 'bob', description: 'B', shellAccess: false }, 'root'),
    undefined,
  );
  assert.match(host.files.read('/etc/passwd') ?? '', /^bob:x:1000:100:B:\/:\/sbin\/nologin$/m);
  assert.equal(faultOf(await host.accounts.updateUser({ id: 'eve' }, 'root')), 'UserNotFound');
  assert.equal(
    faultOf(await host.accounts.updateUser({ id: 'root', posixId: 5000 }, 'root')),
    'SecurityError',
  );
  assert.equal(
    faultOf(await host.accounts.updateUser({ id: 'root', shellAccess: false }, 'root')),
    'SecurityError',
  );
  assert.equal(await host.accounts.updateUser({ id: 'bob', posixId: 2000 }, 'root'), undefined);
  assert.equal(
    faultOf(await host.accounts.createUser({ ...BOB, id: 'eve', posixId: 2000 }, 'root')),
    'AlreadyExists',
  );
});

test('changePassword: needs the old one, and none of the last passwords', async () => {
  const host = await testAccounts();
  host.settings = { ...host.settings, passwordHistory: 2, passwordMaxDays: 90 };
  const { accounts } = host;
  await accounts.createUser(BOB, 'root');
  assert.equal(faultOf(await accounts.changePassword('bob', 'wrong', 'nY4+kopWzt')), 'InvalidLogin');
  assert.equal(faultOf(await accounts.changePassword('nobody', 'wrong', 'nY4+kopWzt')), 'InvalidLogin');
  assert.match(
    (await accounts.changePassword('bob', GOOD, `${GOOD}x`))?.message ?? '',
    /based on the old one/,
  );
  assert.equal(await accounts.changePassword('bob', GOOD, 'nY4+kopWzt'), undefined);
  assert.equal(faultOf(await accounts.changePassword('bob', 'nY4+kopWzt', GOOD)), 'InvalidArgument');
  assert.equal(await accounts.changePassword('bob', 'nY4+kopWzt', 'qR2#lsbHjd'), undefined);
  assert.equal(await accounts.changePassword('bob', 'qR2#lsbHjd', 'wZ5_gipTru'), undefined);
  assert.equal(await accounts.changePassword('bob', 'wZ5_gipTru', GOOD), undefined, 'forgotten after two');
  assert.match(host.files.read('/etc/security/opasswd') ?? '', /^bob:1000:2:\$6\$[^:]+,\$6\$[^:]+\n$/);
  assert.match(host.files.read('/etc/shadow') ?? '', /^bob:[^:]+:20783:0:90:7:::$/m);
});

test('removeUser: takes lines, memberships, permissions and sessions; not root, not the system', async () => {
  const host = await testAccounts();
  const { accounts } = host;
  await accounts.createUser(BOB, 'root');
  accounts.createGroup({ id: 'ops' }, 'root');
  accounts.assignUserToGroup('bob', 'ops', 'root');
  accounts.setEntityPermissions(
    ROOT_ENTITY,
    [{ principal: 'bob', group: false, roleId: admin, propagate: true }],
    'root',
  );
  const session = await accounts.authenticate({ user: 'bob', password: GOOD, channel: 'api', remote: '::1' });
  assert.ok('cookie' in session);
  assert.equal(accounts.removeUser('bob', 'root'), undefined);
  assert.equal(accounts.sessions.use(session.cookie), undefined);
  assert.ok([...host.files.texts.values()].every((text) => !/\bbob\b/.test(text)));
  assert.ok(!accounts.authorize({ user: 'bob' }, 'System.View'));
  assert.equal(faultOf(accounts.removeUser('bob', 'root')), 'UserNotFound');
  assert.equal(faultOf(accounts.removeUser('root', 'root')), 'SecurityError');
  assert.equal(faultOf(accounts.removeUser('dcui', 'root')), 'SecurityError');
});

test('groups: made, filled, emptied, removed, with the faults of the API', async () => {
  const { accounts } = await testAccounts();
  await accounts.createUser(BOB, 'root');
  assert.equal(accounts.createGroup({ id: 'ops', posixId: 500 }, 'root'), undefined);
  assert.equal(faultOf(accounts.createGroup({ id: 'ops' }, 'root')), 'AlreadyExists');
  assert.equal(faultOf(accounts.createGroup({ id: 'dev', posixId: 500 }, 'root')), 'AlreadyExists');
  assert.equal(faultOf(accounts.createGroup({ id: 'a,b' }, 'root')), 'InvalidArgument');
  assert.equal(accounts.assignUserToGroup('bob', 'ops', 'root'), undefined);
  assert.equal(faultOf(accounts.assignUserToGroup('bob', 'ops', 'root')), 'AlreadyExists');
  assert.equal(faultOf(accounts.assignUserToGroup('eve', 'ops', 'root')), 'UserNotFound');
  assert.equal(faultOf(accounts.assignUserToGroup('bob', 'hr', 'root')), 'UserNotFound');
  assert.deepEqual(groupsOf(accounts.database, 'bob'), ['users', 'ops']);
  assert.equal(accounts.unassignUserFromGroup('bob', 'ops', 'root'), undefined);
  assert.equal(faultOf(accounts.unassignUserFromGroup('bob', 'ops', 'root')), 'UserNotFound');
  assert.equal(faultOf(accounts.removeGroup('root', 'root')), 'SecurityError');
  assert.equal(accounts.removeGroup('ops', 'root'), undefined);
  assert.equal(faultOf(accounts.removeGroup('ops', 'root')), 'UserNotFound');
});

test('searchPrincipals: by part of a name, by group, by user', async () => {
  const { accounts } = await testAccounts();
  await accounts.createUser(BOB, 'root');
  accounts.createGroup({ id: 'bobsledders' }, 'root');
  accounts.assignUserToGroup('bob', 'bobsledders', 'root');
  const find = (more: object) => {
    const found = searchPrincipals(accounts.database, {
      searchText: '',
      exactMatch: false,
      findUsers: true,
      findGroups: true,
      ...more,
    });
    return 'fault' in found
      ? found.fault
      : found.map(({ principal, group }) => `${group ? '@' : ''}${principal}`);
  };
  assert.deepEqual(find({ searchText: 'BOB' }), ['bob', '@bobsledders']);
  assert.deepEqual(find({ searchText: 'bob', exactMatch: true }), ['bob']);
  assert.deepEqual(find({ findGroups: false }), ['root', 'dcui', 'bob']);
  assert.deepEqual(find({ belongsToGroup: 'bobsledders' }), ['bob']);
  assert.deepEqual(find({ belongsToUser: 'bob' }), ['@users', '@bobsledders']);
  assert.equal(find({ belongsToGroup: 'none' }), 'NotFound');
});

test('accounts: files that are edited by hand count at once', async () => {
  const host = await testAccounts();
  const { files, accounts } = host;
  const [, rootHash = ''] = (files.read('/etc/shadow') ?? '').split(':');
  files.replace('/etc/passwd', `${files.read('/etc/passwd')}eve:x:1500:0:Eve:/:/bin/sh\n`, 0o644);
  files.replace('/etc/shadow', `${files.read('/etc/shadow')}eve:${rootHash}:20000:0:99999:7:::\n`, 0o600);
  const permissions = (files.read('/etc/vmware/hostd/permissions.json') ?? '').replace('"dcui"', '"eve"');
  files.replace('/etc/vmware/hostd/permissions.json', permissions, 0o600);
  assert.deepEqual(await login(host, 'eve', ROOT_PASSWORD), { user: 'eve', fullName: 'Eve' });
  files.replace('/etc/vmware/hostd/permissions.json', '{', 0o600);
  assert.ok(accounts.authorize({ user: 'root' }, 'Host.Config.Network'));
  assert.ok(!accounts.authorize({ user: 'eve' }, 'System.View'));
  assert.match(
    host.audit.at(-1)?.message ?? '',
    /permissions\.json: it is no JSON .*only root administers the host/,
  );
  accounts.addRole('Backup', ['Datastore.Browse'], 'root');
  accounts.setEntityPermissions(
    ROOT_ENTITY,
    [{ principal: 'eve', group: false, roleId: 10, propagate: true }],
    'root',
  );
  assert.equal(files.read('/etc/vmware/hostd/permissions.json.bad'), '{');
  assert.ok(accounts.authorize({ user: 'eve' }, 'Datastore.Browse'));
});

// Logins: who comes in, who does not, what they are told, and what is logged.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import type { Login } from './authenticator.ts';
import { ROOT_ENTITY } from './authorization/permissions.ts';
import { ROLE_ID } from './authorization/roles.ts';
import { CHANNELS, type Channel, isAdmitted, LOCKDOWN_MODES } from './channels.ts';
import { failedOnce, isLocked, type Tally } from './lockout.ts';
import { ROOT_PASSWORD, type TestAccounts, testAccounts } from './testing.ts';

const SECOND = 1_000_000_000n;
const DAY = 86_400n * SECOND;
const GOOD = 'mX3-vuqPo8h';

const login = (host: TestAccounts, given: Partial<Login> = {}) =>
  host.accounts.check({
    user: 'root',
    password: ROOT_PASSWORD,
    channel: 'api',
    remote: '10.0.0.1',
    ...given,
  });
const outcome = async (host: TestAccounts, given: Partial<Login> = {}) => {
  const result = await login(host, given);
  return 'failure' in result ? result.failure : 'in';
};
const messages = (host: TestAccounts) => host.audit.map(({ message }) => message);

/** With bob, who administers the host and has the shell. */
async function withBob(): Promise<TestAccounts> {
  const host = await testAccounts();
  await host.accounts.createUser({ id: 'bob', password: GOOD, shellAccess: true }, 'root');
  host.accounts.setEntityPermissions(
    ROOT_ENTITY,
    [{ principal: 'bob', group: false, roleId: ROLE_ID.admin, propagate: true }],
    'root',
  );
  return host;
}

test('check: an unknown user and a wrong password are told the same', async () => {
  const host = await testAccounts();
  const wrong = await login(host, { password: 'x' });
  assert.deepEqual(wrong, {
    failure: 'invalid-login',
    message: 'Cannot complete login due to an incorrect user name or password.',
  });
  assert.deepEqual(await login(host, { user: 'nobody-here' }), wrong);
  assert.deepEqual(await login(host, { user: 'dcui', password: '*' }), wrong);
  assert.deepEqual(await login(host, { user: 'x'.repeat(100_000) }), wrong);
});

test('check: five failures on the network lock for 900 s, also for the right password', async () => {
  const host = await testAccounts();
  for (let i = 0; i < 5; i++) assert.equal(await outcome(host, { password: 'x' }), 'invalid-login');
  assert.deepEqual(host.accounts.authenticator.locked(), ['root']);
  assert.equal(await outcome(host), 'invalid-login');
  assert.equal(await outcome(host, { channel: 'ssh' }), 'invalid-login');
  assert.equal(await outcome(host, { channel: 'dcui' }), 'in', 'the console is not the network');
  host.clock.advance(899n * SECOND);
  assert.equal(await outcome(host), 'invalid-login');
  host.clock.advance(SECOND);
  assert.equal(await outcome(host), 'in');
  assert.ok(
    messages(host).includes(
      "Remote access for ESXi local user account 'root' has been locked for 900 seconds after 5 failed login attempts.",
    ),
  );
});

test('check: a good login forgets the failures; failures at the console count for nothing', async () => {
  const host = await testAccounts();
  for (let i = 0; i < 4; i++) await outcome(host, { password: 'x' });
  assert.equal(await outcome(host), 'in');
  for (let i = 0; i < 4; i++) await outcome(host, { password: 'x' });
  for (let i = 0; i < 9; i++) await outcome(host, { password: 'x', channel: 'shell' });
  assert.equal(await outcome(host), 'in');
  host.settings = { ...host.settings, lockFailures: 0 };
  for (let i = 0; i < 9; i++) await outcome(host, { password: 'x' });
  assert.equal(await outcome(host), 'in', '0 never locks');
});

test('check: of many logins at once no sixth guess counts', async () => {
  const host = await testAccounts();
  const guesses = [...Array.from({ length: 20 }, (_, i) => `guess ${i}`), ROOT_PASSWORD];
  const outcomes = await Promise.all(guesses.map((password) => outcome(host, { password })));
  assert.deepEqual(new Set(outcomes), new Set(['invalid-login']));
});

test('lockout: a tally as data, against a count by hand', () => {
  const rules = { failures: 3, unlockSeconds: 100 };
  const random = new SeededRandom(2);
  let tally: Tally | undefined;
  let [now, count, last] = [0, 0, 0];
  for (let i = 0; i < 2000; i++) {
    now += random.below(60);
    const lockedByHand = count >= 3 && now < last + 100;
    assert.equal(isLocked(rules, tally, now), lockedByHand);
    if (lockedByHand) continue;
    count = count >= 3 ? 1 : count + 1;
    last = now;
    tally = failedOnce(rules, tally, now);
  }
});

test('check: passwords and accounts expire', async () => {
  const host = await withBob();
  const shadow = (host.files.read('/etc/shadow') ?? '').replace(
    /^(bob:[^:]+:\d+):0:99999:7:::$/m,
    '$1:0:30:7:5::',
  );
  host.files.replace('/etc/shadow', shadow, 0o600);
  const bob = { user: 'bob', password: GOOD };
  host.clock.advance(30n * DAY);
  assert.equal(await outcome(host, bob), 'in');
  host.clock.advance(DAY);
  assert.equal(await outcome(host, bob), 'password-expired');
  assert.equal(
    await outcome(host, { ...bob, password: 'x' }),
    'invalid-login',
    'who does not know it learns nothing',
  );
  host.clock.advance(5n * DAY);
  assert.equal(await outcome(host, bob), 'invalid-login');
  assert.match(messages(host).at(-1) ?? '', /the account has expired/);
});

test('check: the shell needs a shell and an administrator', async () => {
  const host = await withBob();
  const bob = { user: 'bob', password: GOOD };
  assert.equal(await outcome(host, { ...bob, channel: 'ssh' }), 'in');
  await host.accounts.updateUser({ id: 'bob', shellAccess: false }, 'root');
  assert.equal(await outcome(host, { ...bob, channel: 'ssh' }), 'no-permission');
  assert.equal(await outcome(host, { ...bob, channel: 'api' }), 'in');
  await host.accounts.updateUser({ id: 'bob', shellAccess: true }, 'root');
  host.accounts.setEntityPermissions(
    ROOT_ENTITY,
    [{ principal: 'bob', group: false, roleId: ROLE_ID.readOnly, propagate: true }],
    'root',
  );
  assert.equal(await outcome(host, { ...bob, channel: 'shell' }), 'no-permission');
});

// biome-ignore format: a table reads in columns
const LOCKDOWN: readonly (readonly [channel: Channel, normal: string, strict: string])[] = [
  // Who gets in of: root (in DCUI.Access), bob (an exception user), eve.
  ['client', 'bob',      'bob'],
  ['api',    'bob',      'bob'],
  ['cli',    'bob',      'bob'],
  ['ssh',    'root bob', 'root bob'],
  ['shell',  'root bob', 'root bob'],
  ['dcui',   'root bob', ''],
  ['local',  'root bob eve', 'root bob eve'],
];

for (const [channel, normal, strict] of LOCKDOWN) {
  test(`isAdmitted: ${channel}: normal lets in ${normal || 'nobody'}, strict ${strict || 'nobody'}`, () => {
    const admitted = (mode: 'disabled' | 'normal' | 'strict') =>
      ['root', 'bob', 'eve']
        .filter((user) => isAdmitted({ mode, exceptionUsers: ['bob'], dcuiAccess: ['root'] }, channel, user))
        .join(' ');
    assert.deepEqual(LOCKDOWN_MODES.map(admitted), ['root bob eve', normal, strict]);
  });
}

test('CHANNELS: every channel has its row of lockdown above', () => {
  assert.deepEqual(
    LOCKDOWN.map(([channel]) => channel),
    Object.keys(CHANNELS),
  );
});

test('lockdown: refuses new logins and ends the sessions that it shuts out', async () => {
  const host = await withBob();
  const { accounts } = host;
  const open = async (user: string, password: string) => {
    const session = await accounts.authenticate({ user, password, channel: 'api', remote: '::1' });
    assert.ok('cookie' in session);
    return session.cookie;
  };
  const cookies = [
    await open('root', ROOT_PASSWORD),
    await open('bob', GOOD),
    accounts.openLocal('vmk')?.cookie ?? '',
  ];
  assert.equal(accounts.setLockdownExceptions(['bob', 'nobody'], 'root')?.fault, 'UserNotFound');
  assert.equal(accounts.setLockdownExceptions(['bob'], 'root'), undefined);
  accounts.setLockdownMode('normal', 'root');
  assert.deepEqual(
    cookies.map((cookie) => accounts.sessions.use(cookie)?.user),
    [undefined, 'bob', 'root'],
  );
  assert.equal(await outcome(host), 'no-permission');
  assert.equal(await outcome(host, { password: 'x' }), 'invalid-login');
  assert.equal(await outcome(host, { channel: 'dcui' }), 'in');
  host.settings = { ...host.settings, dcuiAccess: [] };
  assert.equal(await outcome(host, { channel: 'dcui' }), 'no-permission');
  accounts.setLockdownMode('disabled', 'root');
  assert.equal(await outcome(host), 'in');
  accounts.removeUser('bob', 'root');
  assert.deepEqual(accounts.lockdown.exceptionUsers, []);
});

test('lockdown: a file that cannot be read locks, and it is said', async () => {
  const host = await withBob();
  for (const text of [
    '{',
    '[]',
    '{"version":1,"mode":"off","exceptionUsers":[]}',
    '{"version":1,"mode":"strict","exceptionUsers":"bob"}',
    'null',
  ]) {
    host.files.replace('/etc/vmware/hostd/lockdown.json', text, 0o600);
    assert.deepEqual(host.accounts.lockdown, { mode: 'normal', exceptionUsers: [], dcuiAccess: ['root'] });
    assert.match(
      messages(host).at(-1) ?? '',
      /lockdown\.json: it.*: lockdown mode is normal, without exception users/,
    );
  }
  assert.equal(await outcome(host), 'no-permission');
});

test('audit: who, from where, by which channel; names cannot break a line', async () => {
  const host = await testAccounts();
  await outcome(host);
  await outcome(host, { user: 'evil\nAccepted password for user root', remote: 'fe80::1\u2028' });
  assert.deepEqual(messages(host), [
    'Accepted password for user root from 10.0.0.1 (api)',
    'Rejected password for user evil\\x0aAccepted password for user root from fe80::1\\x2028 (api)',
  ]);
  assert.ok(host.audit.every(({ message }) => !message.includes(ROOT_PASSWORD)));
});

test('check: a hash of an unsupported kind is said in the log, and is a wrong password outside', async () => {
  const host = await testAccounts();
  host.files.replace('/etc/shadow', 'root:$y$j9T$abc$def:20000:0:99999:7:::\n', 0o600);
  assert.equal(await outcome(host), 'invalid-login');
  assert.match(
    messages(host).join('\n'),
    /The password hash of user root is of an unsupported kind: yescrypt/,
  );
});

test('check: the same right password within a minute costs no second hash, a changed hash ends that', async () => {
  const asked: string[] = [];
  const host = await testAccounts({
    systemCrypt: (_, setting) => {
      asked.push(setting);
      return Promise.resolve(setting);
    },
  });
  host.files.replace('/etc/shadow', 'root:$y$a:20000:0:99999:7:::\n', 0o600);
  for (let i = 0; i < 3; i++) assert.equal(await outcome(host), 'in');
  assert.deepEqual(asked, ['$y$a']);
  host.clock.advance(61n * SECOND);
  await outcome(host);
  assert.deepEqual(asked, ['$y$a', '$y$a']);
  host.files.replace('/etc/shadow', 'root:$y$b:20000:0:99999:7:::\n', 0o600);
  await outcome(host);
  assert.deepEqual(asked, ['$y$a', '$y$a', '$y$b']);
});

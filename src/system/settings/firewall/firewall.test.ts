// The firewall: who may connect to what, how addresses are written, what is kept, and that damage closes rather than opens.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { testParts, thrown } from '../testing.ts';
import { contains, isLoopback, networkText, parseNetwork } from './addresses.ts';
import { FIREWALL_PATH, Firewall } from './firewall.ts';
import { RULESETS } from './rulesets.ts';

const FAR = '192.0.2.9';

test('RULESETS: 42 of them, no key twice, every rule a range of ports', () => {
  assert.equal(RULESETS.length, 42);
  assert.equal(new Set(RULESETS.map(({ key }) => key)).size, 42);
  for (const { key, rules } of RULESETS) {
    for (const { firstPort, lastPort } of rules) assert.ok(firstPort <= lastPort && lastPort <= 65_535, key);
  }
});

test('mayConnect: by port and by rule set; what no rule set opens is dropped', () => {
  const firewall = new Firewall(testParts());
  assert.equal(firewall.mayConnect({ protocol: 'tcp', port: 443 }, FAR), true);
  assert.equal(firewall.mayConnect({ protocol: 'udp', port: 443 }, FAR), false);
  assert.equal(firewall.mayConnect({ protocol: 'tcp', port: 4711 }, FAR), false);
  assert.equal(firewall.mayConnect({ ruleset: 'vSphereClient' }, FAR), true);
  assert.equal(firewall.mayConnect({ ruleset: 'gdbserver' }, FAR), false);
  firewall.setRuleset('gdbserver', { enabled: true });
  assert.equal(firewall.mayConnect({ protocol: 'tcp', port: 4711 }, FAR), true);
  firewall.setDefaultAction('PASS');
  assert.equal(firewall.mayConnect({ protocol: 'tcp', port: 60_000 }, FAR), true);
});

test('mayConnect: loopback always; everybody when it is off or unloaded', () => {
  const firewall = new Firewall(testParts());
  for (const address of ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1', '0:0:0:0:0:0:0:1']) {
    assert.equal(firewall.mayConnect({ ruleset: 'gdbserver' }, address), true, address);
  }
  for (const address of ['128.0.0.1', '::2', '', 'localhost', '::ffff:192.0.2.1', '127.0.0.1.example']) {
    assert.equal(firewall.mayConnect({ ruleset: 'gdbserver' }, address), false, address);
  }
  firewall.setLoaded(false);
  assert.equal(firewall.mayConnect({ ruleset: 'gdbserver' }, FAR), true);
  firewall.setLoaded(true);
  firewall.setEnabled(false);
  assert.equal(firewall.mayConnect({ ruleset: 'gdbserver' }, FAR), true);
});

test('allow: addresses and networks of both families, IPv4 also when a socket tells it as IPv6', () => {
  const firewall = new Firewall(testParts());
  firewall.setRuleset('vSphereClient', { allowedAll: false });
  const may = (address: string) => firewall.mayConnect({ ruleset: 'vSphereClient' }, address);
  assert.equal(may(FAR), false);
  firewall.allow('vSphereClient', '192.0.2.0/24');
  firewall.allow('vSphereClient', '2001:DB8::/32');
  firewall.allow('vSphereClient', '198.51.100.7');
  for (const address of [FAR, '::ffff:192.0.2.9', '2001:db8:1::1', '198.51.100.7'])
    assert.equal(may(address), true, address);
  for (const address of ['192.0.3.9', '2001:db9::1', '198.51.100.8', 'fe80::1%eth0', 'nonsense'])
    assert.equal(may(address), false, address);
  assert.deepEqual(firewall.ruleset('vSphereClient').allowed, [
    '192.0.2.0/24',
    '2001:db8::/32',
    '198.51.100.7',
  ]);
  firewall.disallow('vSphereClient', '2001:db8:0::/32');
  assert.equal(may('2001:db8:1::1'), false);
});

test('mayConnectTo: the host itself asks too', () => {
  const firewall = new Firewall(testParts());
  assert.equal(firewall.mayConnectTo({ ruleset: 'syslog' }, FAR), false);
  firewall.setRuleset('syslog', { enabled: true });
  assert.equal(firewall.mayConnectTo({ ruleset: 'syslog' }, FAR), true);
  assert.equal(firewall.mayConnectTo({ protocol: 'udp', port: 514 }, FAR), true);
});

test('changes are kept, told, and read again after an edit by hand', () => {
  const parts = testParts();
  const firewall = new Firewall(parts);
  let told = 0;
  firewall.onChange(() => told++);
  firewall.setRuleset('sshServer', { enabled: false });
  assert.equal(told, 1);
  assert.equal(new Firewall(testParts(parts.texts)).isEnabled('sshServer'), false);
  parts.texts.set(
    FIREWALL_PATH,
    '{"enabled":true,"defaultAction":"DROP","rulesets":{"sshServer":{"enabled":true,"allowedAll":true,"allowed":[]}}}',
  );
  firewall.refresh();
  assert.equal(firewall.isEnabled('sshServer'), true);
});

// biome-ignore format: a table reads in columns
const REFUSED: readonly (readonly [what: string, work: (firewall: Firewall) => void, message: RegExp])[] = [
  ['an unknown rule set',  (f) => f.setRuleset('nothing', { enabled: true }),                             /Cannot find rule set "nothing"/],
  ['__proto__',            (f) => f.setRuleset('__proto__', { enabled: true }),                           /Cannot find/],
  ['no address',           (f) => f.allow('sshServer', '192.0.2.300'),                                    /"192\.0\.2\.300" is no address and no network/],
  ['a prefix of 33',       (f) => f.allow('sshServer', '192.0.2.0/33'),                                   /no address/],
  ['a zone',               (f) => f.allow('sshServer', 'fe80::1%eth0'),                                   /no address/],
  ['all are allowed',      (f) => f.allow('sshServer', '192.0.2.1'),                                      /all addresses are allowed/],
  ['what is not there',    (f) => f.disallow('sshServer', '192.0.2.1'),                                   /192\.0\.2\.1 is not in it/],
];
for (const [what, work, message] of REFUSED) {
  test(`refused: ${what}`, () => assert.match(thrown(() => work(new Firewall(testParts()))) ?? '', message));
}

test('a damaged file closes rather than opens, and is said', () => {
  for (const text of [
    '',
    '{',
    '[]',
    'null',
    '{"enabled":0,"defaultAction":1,"rulesets":[]}',
    '{"rulesets":{"vSphereClient":{"enabled":"yes"},"x":{}}}',
    '{"rulesets":{"vSphereClient":{"enabled":true,"allowedAll":false,"allowed":["0.0.0.0/99"]}}}',
  ]) {
    const parts = testParts(new Map([[FIREWALL_PATH, text]]));
    const firewall = new Firewall(parts);
    assert.equal(firewall.enabled && firewall.defaultAction === 'DROP', true, text);
    assert.equal(firewall.mayConnect({ ruleset: 'gdbserver' }, FAR), false, text);
    if (text.includes('vSphereClient')) assert.equal(firewall.isEnabled('vSphereClient'), false);
    assert.ok(parts.said.length > 0, text);
  }
});

test('parseNetwork and contains: against arithmetic on the bits', () => {
  const random = new SeededRandom(1918);
  const dotted = (value: number) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff).join('.');
  for (let round = 0; round < 3000; round++) {
    const network = random.nextU32();
    const prefix = random.below(33);
    const address =
      random.below(2) === 0 ? random.nextU32() : (network ^ random.below(2 ** (32 - prefix) || 1)) >>> 0;
    const mask = prefix === 0 ? 0 : (0xffffffff << (32 - prefix)) >>> 0;
    const parsed = parseNetwork(`${dotted(network)}/${prefix}`);
    assert.ok(parsed);
    assert.equal(
      contains([parsed], dotted(address)),
      ((network ^ address) & mask) === 0,
      `${dotted(network)}/${prefix} ${dotted(address)}`,
    );
    assert.deepEqual(parseNetwork(networkText(parsed)), parsed);
  }
});

test('parseNetwork: no text breaks it', () => {
  const random = new SeededRandom(1883);
  for (let round = 0; round < 20_000; round++) {
    const text = Array.from({ length: random.below(14) }, () =>
      '0123456789abcdefF:./%[ '.charAt(random.below(23)),
    ).join('');
    const parsed = parseNetwork(text);
    if (parsed !== undefined) assert.deepEqual(parseNetwork(networkText(parsed)), parsed, text);
    assert.equal(typeof isLoopback(text), 'boolean');
  }
});

// What the host is called, whom it asks for names and for the time: checked, kept in files that people may edit.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { testParts, thrown } from '../testing.ts';
import { DnsSettings, parseResolv, RESOLV_PATH } from './dns.ts';
import { HOSTNAME_PATH, HOSTS_PATH, HostIdentity } from './host-identity.ts';
import { domainComplaint, hostComplaint } from './names.ts';
import { NTP_PATH, NtpSettings, parseNtp } from './ntp.ts';

const initial = { host: 'localhost', domain: '' };

test('HostIdentity: name and domain are in /etc/hostname; /etc/hosts keeps the lines of others', () => {
  const parts = testParts();
  const identity = new HostIdentity({ ...parts, initial });
  assert.match(parts.texts.get(HOSTS_PATH) as string, /^127\.0\.0\.1 localhost/);
  parts.texts.set(HOSTS_PATH, `${parts.texts.get(HOSTS_PATH)}192.0.2.1 nas\n`);
  identity.set({ host: 'esx1', domain: 'example.com' });
  assert.equal(parts.texts.get(HOSTNAME_PATH), 'esx1.example.com\n');
  assert.match(
    parts.texts.get(HOSTS_PATH) as string,
    /^192\.0\.2\.1 nas\n127\.0\.1\.1 esx1\.example\.com esx1 # this host\n$/m,
  );
  assert.doesNotMatch(parts.texts.get(HOSTS_PATH) as string, /127\.0\.1\.1 localhost/);
  assert.equal(new HostIdentity({ ...testParts(parts.texts), initial }).fullName, 'esx1.example.com');
});

test('HostIdentity: a file that was edited wrongly is said, and the first name counts', () => {
  const parts = testParts(new Map([[HOSTNAME_PATH, 'not a name\n']]));
  assert.deepEqual(new HostIdentity({ ...parts, initial }).names, initial);
  assert.match(parts.said.join(), /\/etc\/hostname: it has 1 … 63 letters/);
});

// biome-ignore format: a table reads in columns
const NAMES: readonly (readonly [host: string, isGood: boolean])[] = [
  ['esx1', true], ['a', true], ['A-1', true], ['x'.repeat(63), true],
  ['', false], ['-a', false], ['a-', false], ['a.b', false], ['a b', false], ['1', false], ['é', false], ['a\n', false], ['x'.repeat(64), false],
];
for (const [host, isGood] of NAMES) {
  test(`hostComplaint: ${JSON.stringify(host.slice(0, 20))} is ${isGood ? '' : 'not '}a name`, () => {
    assert.equal(hostComplaint(host) === undefined, isGood);
  });
}

test('domainComplaint: 253 characters at most, each part a label', () => {
  assert.equal(domainComplaint('example.com'), undefined);
  assert.notEqual(domainComplaint('a..b'), undefined);
  assert.notEqual(domainComplaint(`${'a.'.repeat(130)}b`), undefined);
});

test('DnsSettings: three servers, six domains, lines of others stay', () => {
  const parts = testParts(new Map([[RESOLV_PATH, '# mine\noptions rotate\nnameserver 192.0.2.1\n']]));
  const dns = new DnsSettings(parts);
  dns.addServer('2001:DB8::1');
  dns.addServer('192.0.2.2');
  dns.addSearch('example.com');
  assert.equal(
    parts.texts.get(RESOLV_PATH),
    '# mine\noptions rotate\nsearch example.com\nnameserver 192.0.2.1\nnameserver 2001:db8::1\nnameserver 192.0.2.2\n',
  );
  assert.match(thrown(() => dns.addServer('192.0.2.3')) ?? '', /there are 3 at most/);
  assert.match(
    thrown(() => dns.addServer('192.0.2.2')) ?? '',
    /Cannot set DNS server to "192\.0\.2\.2": it is there already/,
  );
  assert.match(thrown(() => dns.addServer('dns')) ?? '', /not an IP address/);
  assert.match(thrown(() => dns.removeServer('192.0.2.9')) ?? '', /none like it/);
  assert.match(thrown(() => dns.addSearch('a b')) ?? '', /no part of a domain/);
  dns.removeSearch('example.com');
  dns.clearServers();
  assert.deepEqual(dns.state, { servers: [], search: [] });
});

test('NtpSettings: servers and level in ntp.conf, lines of others stay', () => {
  const parts = testParts();
  const ntp = new NtpSettings(parts);
  ntp.set({ servers: ['pool.ntp.org', '192.0.2.1'] });
  ntp.set({ logLevel: 'debug' });
  assert.deepEqual(ntp.state, { servers: ['pool.ntp.org', '192.0.2.1'], logLevel: 'debug' });
  assert.match(
    parts.texts.get(NTP_PATH) as string,
    /^driftfile \/etc\/ntp\.drift\nserver pool\.ntp\.org iburst\nserver 192\.0\.2\.1 iburst\n$/m,
  );
  assert.match(thrown(() => ntp.set({ servers: ['a b'] })) ?? '', /Cannot set NTP server to "a b"/);
  assert.match(thrown(() => ntp.set({ servers: ['a', 'a'] })) ?? '', /twice/);
  assert.match(thrown(() => ntp.set({ servers: ['x\nserver y'] })) ?? '', /Cannot set NTP server/);
});

test('parseResolv and parseNtp: no text breaks them', () => {
  const random = new SeededRandom(53);
  const parts = [
    'nameserver ',
    'search ',
    'server ',
    '# loglevel ',
    '192.0.2.1',
    'a.b',
    ' ',
    '\n',
    '\t',
    '::',
    'é',
    '\0',
  ];
  for (let round = 0; round < 5000; round++) {
    const text = Array.from({ length: random.below(20) }, () => parts[random.below(parts.length)]).join('');
    assert.ok(parseResolv(text).state.servers.every((server) => !/\s/.test(server)));
    assert.ok(parseNtp(text).state.servers.every((server) => !/\s/.test(server)));
  }
});

// Services: policies, steps one after another, automatic ones with their rule sets, and those that packages bring.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostError, SeededRandom } from '#lib';
import { Firewall } from '../firewall/firewall.ts';
import { testParts, thrown } from '../testing.ts';
import { parseDescriptor } from './descriptor.ts';
import { syncPackageServices } from './package-services.ts';
import type { Service } from './service.ts';
import { SERVICES_PATH, Services } from './services.ts';

function setup(texts = new Map<string, string>()) {
  const parts = testParts(texts);
  const firewall = new Firewall(parts);
  const done: string[] = [];
  const service = (key: string): Service => ({
    start: () => void done.push(`start ${key}`),
    stop: async () => {
      await Promise.resolve();
      done.push(`stop ${key}`);
    },
  });
  return { ...parts, firewall, done, service, services: new Services({ ...parts, rulesets: firewall }) };
}

test('startAll: on starts, off does not, automatic does when a rule set is enabled; stopAll goes back', async () => {
  const { services, service, done, firewall } = setup();
  for (const key of ['vmsyslogd', 'ntpd', 'gdbserver', 'vmotion']) services.provide(key, service(key));
  await services.startAll();
  assert.deepEqual(done, ['start vmsyslogd', 'start vmotion']);
  firewall.setRuleset('gdbserver', { enabled: true });
  firewall.setRuleset('vMotion', { enabled: false });
  await services.restart('vmsyslogd');
  assert.deepEqual(
    services.list().map(({ key, running }) => [key, running]),
    [
      ['gdbserver', true],
      ['ntpd', false],
      ['vmotion', false],
      ['vmsyslogd', true],
    ],
  );
  done.length = 0;
  await services.stopAll();
  assert.deepEqual(done, ['stop gdbserver', 'stop vmsyslogd']);
});

test('start, stop: once each, in the order in which they were asked for', async () => {
  const { services, service, done } = setup();
  services.provide('ntpd', service('ntpd'));
  await Promise.all([
    services.start('ntpd'),
    services.stop('ntpd'),
    services.start('ntpd'),
    services.start('ntpd'),
    services.restart('ntpd'),
  ]);
  assert.deepEqual(done, ['start ntpd', 'stop ntpd', 'start ntpd', 'stop ntpd', 'start ntpd']);
});

test('a service that fails to start is not running, says why, and may be tried again', async () => {
  const { services, said } = setup();
  let fails = true;
  services.provide('ntpd', {
    start: () => {
      if (fails) throw new Error('no clock');
    },
    stop: () => {},
  });
  await assert.rejects(services.start('ntpd'), /Cannot start service "ntpd": no clock/);
  assert.equal(services.status('ntpd').running, false);
  assert.match(said.join(), /could not start: no clock/);
  fails = false;
  await services.start('ntpd');
  assert.equal(services.status('ntpd').running, true);
});

test('required services cannot be stopped or switched off; what is not there is absent', async () => {
  const { services, service } = setup();
  services.provide('hostd', service('hostd'));
  assert.equal(
    thrown(() => services.stop('hostd')),
    'Cannot stop service "hostd": the host needs it',
  );
  assert.equal(
    thrown(() => services.setPolicy('hostd', 'off')),
    'Cannot switch off service "hostd": the host needs it',
  );
  assert.equal(
    thrown(() => services.start('sfcbd')),
    'Cannot find service "sfcbd": this host has none of that name',
  );
  assert.match(thrown(() => services.provide('hostd', service('hostd'))) ?? '', /there is one of this name/);
  await services.stopAll();
});

test('setPolicy: is kept as far as it differs, and lines that cannot be used are said', async () => {
  const first = setup();
  first.services.provide('ntpd', first.service('ntpd'));
  first.services.setPolicy('ntpd', 'on');
  assert.match(first.texts.get(SERVICES_PATH) as string, /^ntpd = on$/m);
  first.texts.set(SERVICES_PATH, `${first.texts.get(SERVICES_PATH)}ntpd: off\nTSM = maybe\n`);
  const second = setup(first.texts);
  second.services.provide('ntpd', second.service('ntpd'));
  await second.services.startAll();
  assert.deepEqual(second.done, ['start ntpd']);
  assert.equal(second.said.filter((line) => line.includes('it is not KEY = on|off|automatic')).length, 2);
  second.services.setPolicy('ntpd', 'off');
  assert.doesNotMatch(second.texts.get(SERVICES_PATH) as string, /ntpd/);
});

test('syncPackageServices: comes and goes with the descriptors, and never takes the place of one of the host', async () => {
  const { services, service, logger, said, done } = setup();
  services.provide('hostd', service('hostd'));
  const texts = new Map([
    ['web.json', '{"key":"web","label":"Web","policy":"on","command":["/bin/httpd","-f"]}'],
    ['evil.json', '{"key":"hostd","label":"Mine","command":["/bin/sh"]}'],
    ['broken.json', '{'],
    ['README', 'no descriptor'],
  ]);
  const known = new Map<string, string>();
  const sync = () =>
    syncPackageServices({
      known,
      services,
      logger,
      files: { names: () => [...texts.keys()], read: (name) => texts.get(name) },
      launch: ({ command }) => service(command.join(' ')),
    });
  assert.deepEqual(await sync(), ['web']);
  assert.equal(services.status('web').sourcePackage, 'web');
  assert.equal(said.filter((line) => line.startsWith('warning')).length, 2);
  await services.startAll();
  assert.deepEqual(await sync(), ['web']);
  // An update brings another program; a package that comes later starts by its policy.
  texts.set('web.json', '{"key":"web","label":"Web","policy":"on","command":["/bin/httpd2"]}');
  texts.set('late.json', '{"key":"late","label":"Late","policy":"off","command":["/bin/late"]}');
  assert.deepEqual(await sync(), ['web', 'late']);
  assert.equal(services.status('web').running, true);
  assert.equal(services.status('late').running, false);
  texts.delete('web.json');
  assert.deepEqual(await sync(), ['late']);
  assert.deepEqual(done, [
    ...['start hostd', 'start /bin/httpd -f', 'stop /bin/httpd -f'],
    ...['start /bin/httpd2', 'stop /bin/httpd2'],
  ]);
});

test('start: why it failed is said once', async () => {
  const { services } = setup();
  const start = () => {
    throw new HostError('service-refused', { action: 'start', service: 'ntpd', reason: 'it is away' });
  };
  services.provide('ntpd', { start, stop: () => {} });
  await assert.rejects(services.start('ntpd'), { message: 'Cannot start service "ntpd": it is away' });
});

test('parseDescriptor: says which field is wrong, and no text breaks it', () => {
  const wrong = (text: string) => {
    const parsed = parseDescriptor(text);
    return parsed.kind === 'wrong' ? parsed.reason : '';
  };
  assert.equal(wrong('[]'), 'it is not an object');
  assert.match(wrong('{"key":"../x","label":"x","command":["/x"]}'), /key "\.\.\/x" is no name/);
  assert.match(wrong('{"key":"x","label":"x","command":["x"]}'), /command begins with a path/);
  assert.match(wrong('{"key":"x","label":"x","command":["/x"],"policy":"maybe"}'), /policy is one of/);
  assert.match(wrong('{"key":"x","label":"x","command":["/x"],"shell":"x"}'), /no field "shell"/);
  const random = new SeededRandom(64);
  const parts = [
    '{',
    '}',
    '[',
    ']',
    '"key"',
    '"label"',
    '"command"',
    ':',
    ',',
    '"/x"',
    '"x"',
    '1',
    'null',
    '"__proto__"',
    '\\',
    '\n',
  ];
  for (let round = 0; round < 5000; round++)
    parseDescriptor(
      Array.from({ length: random.below(16) }, () => parts[random.below(parts.length)]).join(''),
    );
});

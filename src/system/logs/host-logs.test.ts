// The log service as a whole: who writes where, thresholds, marks, moving to another folder, and two hosts in one process.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ramdisks } from '#kernel';
import { HostError, Logger, ManualClock } from '#lib';
import { AdvancedOptions } from '../settings/options/advanced-options.ts';
import { testParts } from '../settings/testing.ts';
import { gzipCompress } from './compress.ts';
import { HostLogs } from './host-logs.ts';
import { FakeNetwork, ManualTimers, settle } from './testing.ts';
import { vfsLogFolder } from './vfs-log-folder.ts';

function setup() {
  const view = new Ramdisks(new ManualClock()).vfs.view();
  const network = new FakeNetwork();
  const timers = new ManualTimers();
  const options = new AdvancedOptions(testParts());
  const lastResort: string[] = [];
  const away = new Set<string>();
  const logs = new HostLogs({
    options,
    hostName: () => 'esx1',
    openFolder: (path) => {
      if (away.has(path)) throw new HostError('file-system', { action: 'open', path, reason: 'it is away' });
      return vfsLogFolder(view, path);
    },
    compress: gzipCompress,
    network,
    after: timers.after,
    wallNanoseconds: () => 0n,
    maySend: () => true,
    authorities: () => undefined,
    processId: 1,
    lastResort: (line) => lastResort.push(line),
  });
  const logger = (source: string, level: 'info' | 'debug' = 'info') =>
    new Logger(source, logs.sink, { wallNanoseconds: () => 0n }, level);
  const text = (path: string) => {
    const bytes = view.readFile(path);
    return bytes instanceof Uint8Array ? new TextDecoder().decode(bytes) : '';
  };
  return { logs, options, network, timers, logger, text, away, lastResort };
}

test('HostLogs: each source in its file, warnings of the VMkernel in two', () => {
  const { logger, text } = setup();
  logger('vmkernel').info('up');
  logger('vmkernel.mem').warning('low');
  logger('hostd').info('listening');
  logger('auth').info('root');
  assert.match(
    text('/var/log/vmkernel.log'),
    /^\S+ In\(182\) vmkernel: cpu0:0\)up\n\S+ Wa\(180\) vmkwarning: .*low\n$/,
  );
  assert.match(text('/var/log/vmkwarning.log'), /^\S+ Wa\(180\) vmkwarning: cpu0:0\)WARNING: mem: low\n$/);
  assert.match(text('/var/log/hostd.log'), /listening\n$/);
  assert.match(text('/var/log/auth.log'), /root\n$/);
});

test('HostLogs: hostd says as much as Config.HostAgent.log.level asks for', () => {
  const { logger, text, options } = setup();
  const hostd = logger('hostd', 'debug');
  hostd.debug('one');
  options.set('Config.HostAgent.log.level', 'verbose');
  hostd.debug('two');
  options.set('Config.HostAgent.log.level', 'none');
  hostd.error('three');
  assert.match(text('/var/log/hostd.log'), /^\S+ Db\(167\) Hostd\[1\]: \[sub=Default\] two\n$/);
});

test('mark: in every log and at every remote host', async () => {
  const { logs, options, text, network } = setup();
  options.set('Syslog.global.logHost', 'tcp://h');
  logs.reload();
  logs.mark('-- here --');
  await settle();
  for (const { path } of logs.loggers()) assert.match(text(path), /In\(46\) mark\[1\]: -- here --\n$/, path);
  assert.match(network.text, /mark\[1\]: -- here --\n$/);
});

test('reload: the next line lies in the new folder; a folder that is away is said and /var/log stays', () => {
  const { logs, options, logger, text, away, lastResort } = setup();
  const hostd = logger('hostd');
  hostd.info('one');
  options.set('Syslog.global.logDir', '[datastore1] logs');
  options.set('Syslog.global.logDirUnique', true);
  logs.reload();
  hostd.info('two');
  assert.match(text('/vmfs/volumes/datastore1/logs/esx1/hostd.log'), /^\S+ \S+ \S+ \S+ two\n$/);
  away.add('/vmfs/volumes/gone/esx1');
  options.set('Syslog.global.logDir', '[gone]');
  logs.reload();
  hostd.info('three');
  assert.match(text('/var/log/hostd.log'), /one\n.*three\n$/);
  assert.match(lastResort.join(), /logs cannot be in \/vmfs\/volumes\/gone\/esx1: .*it is away/);
  away.clear();
  logs.reload();
  assert.equal(logs.path, '/vmfs/volumes/gone/esx1');
});

test('loggers: sizes and numbers as the options have them', () => {
  const { logs, options } = setup();
  options.set('Syslog.loggers.auth.size', 64);
  options.set('Syslog.global.defaultRotate', 3);
  const row = (id: string) => logs.loggers().find((logger) => logger.row.id === id);
  assert.deepEqual([row('auth')?.sizeKib, row('auth')?.rotations], [64, 3]);
  assert.deepEqual([row('vmkernel')?.sizeKib, row('vmkernel')?.rotations], [10_240, 8]);
});

test('HostLogs: two hosts in one process know nothing of each other', async () => {
  const [one, two] = [setup(), setup()];
  one.options.set('Syslog.global.logHost', 'udp://h');
  one.logs.reload();
  one.logger('hostd').info('first');
  two.logger('hostd').info('second');
  await settle();
  assert.doesNotMatch(one.text('/var/log/hostd.log'), /second/);
  assert.equal(two.network.datagramsReceived.length, 0);
  assert.equal(one.network.datagramsReceived.length, 1);
  await Promise.all([one.logs.close(100), two.logs.close(100)]);
});

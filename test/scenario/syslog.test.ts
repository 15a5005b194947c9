// The story of the log service with a real rsyslogd: UDP, TCP, TLS; stopped, killed, and started again in the middle.
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Ramdisks } from '#kernel';
import { Logger, ManualClock } from '#lib';
import {
  AdvancedOptions,
  afterRealTime,
  Firewall,
  gzipCompress,
  HostLogs,
  memorySettingsFiles,
  realNetwork,
  vfsLogFolder,
} from '#system';
import { type Got, Rsyslogd, rsyslogdMissing } from './rsyslogd.ts';

const skip = rsyslogdMissing();
const STOPPED_MS = 5000;
const LINES = 100_000;
/** Far above what the rest of the lines takes on a busy machine. */
const CLOSE_MS = 90_000;

function wallNanoseconds(): bigint {
  return BigInt(Date.now()) * 1_000_000n;
}

/** The log service of a host, as the host makes it. */
function host(rsyslogd: Rsyslogd) {
  const quiet = new Logger('test', () => {}, { wallNanoseconds });
  const parts = { files: memorySettingsFiles(), logger: quiet };
  const options = new AdvancedOptions(parts);
  const firewall = new Firewall(parts);
  const view = new Ramdisks(new ManualClock()).vfs.view();
  const said: string[] = [];
  options.set('Syslog.global.remoteHost.connectRetryDelay', 2);
  const logs = new HostLogs({
    options,
    hostName: () => 'esx1.example.com',
    openFolder: (path) => vfsLogFolder(view, path),
    compress: gzipCompress,
    network: realNetwork,
    after: afterRealTime,
    wallNanoseconds,
    maySend: (address) => firewall.mayConnectTo({ ruleset: 'syslog' }, address),
    authorities: () => rsyslogd.authorities,
    processId: 77,
    lastResort: (line) => said.push(line),
  });
  options.onChange(({ key }) => {
    if (HostLogs.concerns(key)) logs.reload();
  });
  return { logs, options, view, said, logger: new Logger('hostd', logs.sink, { wallNanoseconds }) };
}

async function started(t: TestContext): Promise<Rsyslogd> {
  const rsyslogd = await Rsyslogd.make();
  t.after(() => rsyslogd.remove());
  await rsyslogd.start();
  return rsyslogd;
}

const about = (got: readonly Got[], text: string) => got.filter(({ msg }) => msg.includes(text));

test('syslog: rsyslogd understands datagrams, both formats over TCP, and TLS; switching needs no restart', {
  skip,
}, async (t) => {
  const rsyslogd = await started(t);
  const { logs, options, logger } = host(rsyslogd);
  const { tcpPort, tlsPort } = rsyslogd;
  const ways: readonly (readonly [name: string, logHost: string])[] = [
    ['udp', `udp://127.0.0.1:${tcpPort}`],
    ['udp-5424', `udp://localhost:${tcpPort}?formatter=RFC_5424`],
    ['tcp-3164', `tcp://127.0.0.1:${tcpPort}`],
    ['tcp-octets', `tcp://127.0.0.1:${tcpPort}?framing=octet_counting`],
    ['tcp-5424', `tcp://127.0.0.1:${tcpPort}?formatter=RFC_5424`],
    ['tls-5424', `ssl://localhost:${tlsPort}?formatter=RFC_5424`],
    ['tls-3164', `ssl://127.0.0.1:${tlsPort}`],
  ];
  for (const [name, logHost] of ways) {
    options.set('Syslog.global.logHost', logHost);
    logger.child('Test').info(`${name}: two\nlines, Grüße "]\\`);
    const got = await rsyslogd.gets((all) => about(all, `${name}:`).length > 0);
    const [message] = about(got, `${name}:`);
    assert.equal(message?.msg.trim(), `[sub=Test] ${name}: two\\nlines, Grüße "]\\`);
    assert.equal(message.hostname, 'esx1.example.com');
    assert.equal(message.programname, 'Hostd');
    assert.equal(message.pri, '166');
    if (name.endsWith('5424')) assert.match(message['structured-data'] ?? '', /^\[meta sequenceId="\d+"\]$/);
  }
  options.set('Syslog.global.logHost', '');
  logger.info('to nobody');
  await logs.close(2000);
  assert.equal(about(rsyslogd.got(), 'to nobody').length, 0);
});

test('syslog: several remote hosts at once; one that is away does not hold up the others', {
  skip,
}, async (t) => {
  const rsyslogd = await started(t);
  const { logs, options, logger, said } = host(rsyslogd);
  const { tcpPort, tlsPort } = rsyslogd;
  options.set(
    'Syslog.global.logHost',
    `tcp://127.0.0.1:1,udp://127.0.0.1:${tcpPort},ssl://127.0.0.1:${tlsPort}`,
  );
  logger.info('to all');
  await rsyslogd.gets((got) => about(got, 'to all').length === 2);
  assert.match(said.join('\n'), /tcp:\/\/127\.0\.0\.1:1: it cannot be reached: .*ECONNREFUSED/);
  await logs.close(2000);
});

test('syslog: a certificate that nobody vouches for is refused, and taken when checks are off', {
  skip,
}, async (t) => {
  const rsyslogd = await started(t);
  const other = await Rsyslogd.make();
  t.after(() => other.remove());
  const { logs, options, logger, said } = host(other);
  options.set('Syslog.global.logHost', `ssl://127.0.0.1:${rsyslogd.tlsPort}`);
  logger.info('a secret');
  await rsyslogd.gets(() => said.length > 0);
  assert.match(said[0] as string, /cannot be reached: .*(certificate|signature)/);
  assert.equal(about(rsyslogd.got(), 'a secret').length, 0);
  options.set('Syslog.global.certificate.checkSSLCerts', false);
  logger.info('no secret');
  await rsyslogd.gets((got) => about(got, 'no secret').length === 1);
  await logs.close(2000);
});

test('syslog: the local logs die with the host, the remote ones do not', { skip }, async (t) => {
  const rsyslogd = await started(t);
  const first = host(rsyslogd);
  first.options.set('Syslog.global.logHost', `tcp://127.0.0.1:${rsyslogd.tcpPort}`);
  first.logger.info('before the reboot');
  await first.logs.close(2000);
  const second = host(rsyslogd);
  second.logger.info('after it');
  const local = new TextDecoder().decode(second.view.readFile('/var/log/hostd.log') as Uint8Array);
  assert.doesNotMatch(local, /before the reboot/);
  assert.match(local, /after it/);
  assert.equal(about(rsyslogd.got(), 'before the reboot').length, 1);
  await second.logs.close(100);
});

/** Numbers of the lines that came, in the order in which they came. */
function numbers(got: readonly Got[]): number[] {
  return got
    .map(({ msg }) => /line (\d+);/.exec(msg)?.[1])
    .filter((text) => text !== undefined)
    .map(Number);
}

/** Where lines are missing or out of order; a difference of arrays as long as these is more than an assertion can print. */
function gapIn(lines: readonly number[]): string | undefined {
  const at = lines.findIndex((line, i) => line !== i);
  if (at >= 0) return `line ${at} is missing, ${lines.slice(at, at + 5).join()} came in its place`;
  return lines.length === LINES ? undefined : `${lines.length} of ${LINES} lines came`;
}

/** Says all lines in bursts, so that the story in the middle happens in the middle. */
async function sayAll(logger: Logger, middle: () => Promise<void>): Promise<void> {
  let story: Promise<void> | undefined;
  for (let i = 0; i < LINES; i++) {
    logger.info(`line ${i}; ${'.'.repeat(60)}`);
    if (i % 500 === 499) await pause(10);
    if (i === LINES / 4) story = middle();
  }
  await story;
}

// At once: each waits for its rsyslogd most of the time.
describe(`syslog: ${LINES} lines over TCP are whole and in order`, { skip, concurrency: true }, () => {
  test('when rsyslogd stands still for 5 s', async (t) => {
    const rsyslogd = await started(t);
    const { logs, options, logger, said } = host(rsyslogd);
    options.set('Syslog.global.logHost', `tcp://127.0.0.1:${rsyslogd.tcpPort}`);
    await sayAll(logger, async () => {
      rsyslogd.signal('SIGSTOP');
      await pause(STOPPED_MS);
      rsyslogd.signal('SIGCONT');
    });
    await logs.close(CLOSE_MS);
    assert.equal(gapIn(numbers(rsyslogd.got())), undefined);
    assert.deepEqual(said, []);
  });

  for (const name of ['SIGTERM', 'SIGKILL'] as const) {
    test(`when rsyslogd ends by ${name} and is back after 5 s; repeats are announced`, async (t) => {
      const rsyslogd = await started(t);
      const { logs, options, logger } = host(rsyslogd);
      options.set('Syslog.global.logHost', `tcp://127.0.0.1:${rsyslogd.tcpPort}?formatter=RFC_5424`);
      await sayAll(logger, async () => {
        await rsyslogd.end(name);
        await pause(STOPPED_MS);
        await rsyslogd.start();
      });
      await logs.close(CLOSE_MS);
      const got = rsyslogd.got();
      const came = numbers(got);
      const first = [...new Set(came)];
      assert.equal(gapIn(first), undefined);
      const announced = got
        .map(({ msg }) =>
          Number(/the (\d+) messages after this one may have come before/.exec(msg)?.[1] ?? 0),
        )
        .reduce((sum, count) => sum + count, 0);
      t.diagnostic(`${came.length - LINES} lines came twice, ${announced} were announced`);
      assert.ok(came.length - LINES <= announced);
      const ids = new Map(got.map((message) => [message.msg, message['structured-data']]));
      for (const message of got) {
        if (/line \d+;/.test(message.msg)) assert.equal(message['structured-data'], ids.get(message.msg));
      }
    });
  }
});

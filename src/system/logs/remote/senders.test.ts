// Sending to remote hosts: order, repeats, losses and their counts, with a receiver in the same process.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LogEntry } from '../entry.ts';
import { FakeNetwork, ManualTimers, settle } from '../testing.ts';
import { RemoteTarget } from './remote-target.ts';
import { UNCONFIRMED_BYTES_MAX, UNCONFIRMED_MS_MAX } from './stream-sender.ts';
import { type LogTarget, parseLogHosts } from './target.ts';

const KIB = 1024;

interface Setup {
  readonly network: FakeNetwork;
  readonly timers: ManualTimers;
  readonly remote: RemoteTarget;
  readonly said: string[];
  allowed: boolean;
}

function setup(url: string, queueBytesMax = 8192 * KIB): Setup {
  const network = new FakeNetwork();
  const timers = new ManualTimers();
  const said: string[] = [];
  const state = { allowed: true };
  const parsed = parseLogHosts(url);
  assert.ok(parsed.kind === 'targets');
  const remote = new RemoteTarget(parsed.targets[0] as LogTarget, {
    network,
    after: timers.after,
    settings: () => ({
      hostName: 'esx1',
      messageBytesMax: KIB,
      queueBytesMax,
      retryMsMax: 8000,
      confirmMsMax: 8000,
      checks: () => ({ checkCertificate: true, strict: false, authorities: undefined }),
    }),
    maySend: () => state.allowed,
    wallNanoseconds: () => 0n,
    processId: 1,
    report: (level, text) => said.push(`${level}: ${text}`),
  });
  return Object.assign(state, { network, timers, remote, said });
}

function entry(text: string): LogEntry {
  return {
    wallNanoseconds: 0n,
    severity: 'In',
    facility: 'user',
    program: 'test',
    processId: undefined,
    text,
  };
}

const numbersIn = (text: string) => [...text.matchAll(/ n(\d+);/g)].map((match) => Number(match[1]));
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

test('tcp: all lines come once, in order, over as many connections as it takes', async () => {
  const { network, remote, said } = setup('tcp://h?formatter=RFC_5424');
  for (let i = 0; i < 10_000; i++) remote.send(entry(`n${i}; ${'.'.repeat(60)}`));
  await settle();
  await remote.close(1000);
  assert.deepEqual(numbersIn(network.text), upTo(10_000));
  assert.ok(network.connections.length > 3);
  assert.deepEqual(said, []);
});

test('tcp: a frame tells its length, or ends with a newline', async () => {
  for (const [url, expected] of [
    ['tcp://h', '<14>1970-01-01T00:00:00.000Z esx1 test: n1;\n'],
    ['tcp://h?framing=octet_counting', '43 <14>1970-01-01T00:00:00.000Z esx1 test: n1;'],
    [
      'tcp://h?formatter=RFC_5424',
      '70 <14>1 1970-01-01T00:00:00.000Z esx1 test - - [meta sequenceId="1"] n1;',
    ],
  ] as const) {
    const { network, remote } = setup(url);
    remote.send(entry('n1;'));
    await settle();
    assert.equal(network.text, expected);
    await remote.close(1000);
  }
});

test('tcp: a receiver that stands still gets the rest when it goes on', async () => {
  const { network, remote } = setup('tcp://h');
  remote.send(entry('n0;'));
  await settle();
  network.connections[0]?.stream.pause();
  for (let i = 1; i < 5000; i++) remote.send(entry(`n${i}; ${'.'.repeat(60)}`));
  await settle();
  assert.ok(remote.status().queuedBytes > 100_000);
  network.connections[0]?.stream.resume();
  await settle();
  await remote.close(1000);
  assert.deepEqual(numbersIn(network.text), upTo(5000));
});

test('tcp: a connection that breaks is followed by a line and the lines that may have been lost', async () => {
  const { network, timers, remote, said } = setup('tcp://h?formatter=RFC_5424');
  for (let i = 0; i < 5; i++) remote.send(entry(`n${i};`));
  await settle();
  network.down = 'connection refused';
  network.connections[0]?.stream.destroy();
  await settle();
  for (let i = 5; i < 10; i++) remote.send(entry(`n${i};`));
  timers.advance(1000);
  await settle();
  timers.advance(2000);
  await settle();
  network.down = undefined;
  timers.advance(4000);
  await settle();
  const second = network.connections[1]?.text ?? '';
  assert.deepEqual(numbersIn(second), upTo(10));
  assert.match(
    second,
    /^\d+ <44>1 \S+ esx1 vmsyslogd 1 - \[meta sequenceId="6"\] the connection broke; the 5 messages after this one may have come before/,
  );
  assert.match(second, /\[meta sequenceId="1"\] n0;/);
  assert.equal(said.filter((line) => line.includes('cannot be reached')).length, 1);
  assert.equal(said.filter((line) => line.includes('reached again')).length, 1);
});

test('tcp: what was confirmed is not sent again', async () => {
  const { network, timers, remote } = setup('tcp://h');
  remote.send(entry('n0;'));
  await settle();
  timers.advance(UNCONFIRMED_MS_MAX);
  await settle();
  remote.send(entry('n1;'));
  await settle();
  network.connections[1]?.stream.destroy();
  await settle();
  timers.advance(1000);
  await settle();
  assert.deepEqual(
    network.connections.map(({ text }) => numbersIn(text)),
    [[0], [1], [1]],
  );
});

test('tcp: a receiver that never closes its side still gets everything, and it is said', async () => {
  const { network, timers, remote, said } = setup('tcp://h');
  network.closesToo = false;
  const count = Math.ceil((UNCONFIRMED_BYTES_MAX * 3) / 100);
  for (let i = 0; i < count; i++) remote.send(entry(`n${i}; ${'.'.repeat(60)}`));
  await settle();
  timers.advance(8000);
  await settle();
  assert.deepEqual(numbersIn(network.text), upTo(count));
  assert.match(said.join('\n'), /does not close its side/);
  assert.equal(network.connections.length, 2);
});

test('tcp: a full queue loses the newest, counts them, and says so in their place', async () => {
  const { network, timers, remote, said } = setup('tcp://h', 2000);
  network.down = 'no route';
  for (let i = 0; i < 100; i++) remote.send(entry(`n${i};`));
  await settle();
  network.down = undefined;
  timers.advance(1000);
  await settle();
  for (let i = 100; i < 105; i++) remote.send(entry(`n${i};`));
  await settle();
  const numbers = numbersIn(network.text);
  const kept = numbers.length - 5;
  assert.deepEqual(numbers, [...upTo(kept), 100, 101, 102, 103, 104]);
  assert.match(
    network.text,
    new RegExp(
      `n${kept - 1};\\n.*vmsyslogd\\[1\\]: ${100 - kept} messages to tcp://h:1514 were lost before this one\\n.* n100;\\n`,
    ),
  );
  assert.equal(remote.status().lost, 100 - kept);
  assert.equal(said.filter((line) => line.includes('queue is full')).length, 1);
});

test('tcp: the firewall keeps lines in, and opening it lets them out', async () => {
  const state = setup('tcp://h');
  state.allowed = false;
  state.remote.send(entry('n0;'));
  await settle();
  assert.equal(state.network.connections.length, 0);
  assert.match(state.said[0] as string, /the firewall rule set "syslog" does not let it out/);
  state.allowed = true;
  state.remote.hurry();
  await settle();
  assert.deepEqual(numbersIn(state.network.text), [0]);
});

test('close: what cannot be sent in time is counted and said', async () => {
  const { network, timers, remote, said } = setup('tcp://h');
  network.down = 'no route';
  for (let i = 0; i < 3; i++) remote.send(entry(`n${i};`));
  await settle();
  const closed = remote.close(1000);
  await settle();
  timers.advance(1000);
  await closed;
  assert.match(said.join('\n'), /3 messages to tcp:\/\/h:1514 are lost.*could not be reached/);
  assert.equal(timers.waiting, 0);
});

test('close: who was away is tried again at once, and each second until the time is up', async () => {
  const { network, timers, remote } = setup('tcp://h');
  network.down = 'no route';
  for (let i = 0; i < 3; i++) remote.send(entry(`n${i};`));
  await settle();
  const closed = remote.close(10_000);
  await settle();
  network.down = undefined;
  timers.advance(1000);
  await closed;
  assert.deepEqual(numbersIn(network.text), upTo(3));
  assert.equal(timers.waiting, 0);
});

test('a message that is too long is cut and says how long it was', async () => {
  const { network, remote } = setup('tcp://h?formatter=RFC_5424');
  remote.send(entry('é'.repeat(2000)));
  await settle();
  const [, length, text] = /^(\d+) (.*)$/s.exec(network.text) ?? [];
  assert.ok(Number(length) <= 1024 && Buffer.byteLength(text as string) === Number(length));
  assert.match(
    text as string,
    /\[meta sequenceId="1"\]\[cut@6876 msgModified="unstructured" remoteHostMaxMsgLen="1024" originalLen="40\d\d"\] é+$/,
  );
});

test('udp: a datagram is a message of 480 bytes at most; refusals are said once, not for each', async () => {
  const { network, timers, remote, said } = setup('udp://192.0.2.1');
  remote.send(entry('n0;'));
  remote.send(entry('x'.repeat(1000)));
  await settle();
  assert.equal(network.datagramsReceived[0], '<14>1970-01-01T00:00:00.000Z esx1 test: n0;');
  assert.equal(Buffer.byteLength(network.datagramsReceived[1] as string), 480);
  network.down = 'connection refused';
  for (let i = 0; i < 50; i++) remote.send(entry(`n${i};`));
  await settle();
  network.down = undefined;
  remote.send(entry('after'));
  await settle();
  assert.equal(said.length, 1);
  timers.advance(60_000);
  await settle();
  assert.match(
    network.datagramsReceived.at(-1) as string,
    /50 messages to udp:\/\/192\.0\.2\.1:514 were lost/,
  );
  assert.equal(remote.status().lost, 50);
  await remote.close(100);
});

// TCP connections in special situations: refusal, half close, resets, shut windows, silence, floods, narrow paths.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Host, Lab, pattern, WHOLE } from '../testing.ts';
import { emitIcmp } from '../wire/icmp.ts';
import { emitIpv4 } from '../wire/ipv4.ts';
import { emitTcp, FLAG } from '../wire/tcp.ts';
import type { TcpConnection } from './connection.ts';
import { nextState, type TcpEvent, type TcpState, TRANSITIONS } from './states.ts';

/** Two ends of a connection, and what each has heard. */
function connect(lab: Lab, [a, b]: readonly [Host, Host], settings = {}) {
  const heard: string[] = [];
  const note = (who: string, connection: () => TcpConnection | undefined) => ({
    received: () => {
      for (let part = connection()?.read(); part !== undefined; part = connection()?.read())
        heard.push(`${who} got ${part.length}`);
    },
    ended: () => heard.push(`${who} ended`),
    closed: (reason: string | undefined) => heard.push(`${who} closed ${reason ?? 'well'}`),
  });
  let server: TcpConnection | undefined;
  b.stack.tcp.listen({
    local: { address: 0, port: 80 },
    onConnection: (connection) => {
      server = connection;
      return note('server', () => server);
    },
    options: settings,
  });
  const client: TcpConnection | undefined = a.stack.tcp.connect(
    { address: b.address, port: 80 },
    note('client', () => client),
  );
  lab.run(500);
  assert.ok(client && server);
  assert.equal(client.state, 'established');
  assert.equal(server.state, 'established');
  return { client, server, heard };
}

test('states: every pair of state and event leads where RFC 9293 says, and nowhere else', () => {
  const states = new Set(TRANSITIONS.flatMap(([from, , to]) => [from, to]));
  const events = new Set<TcpEvent>([...TRANSITIONS.map(([, event]) => event), 'reset']);
  const found: [TcpState, TcpEvent, TcpState][] = [];
  for (const state of states) {
    for (const event of events) {
      const next = nextState(state, event);
      if (event === 'reset') assert.equal(next, state === 'closed' ? undefined : 'closed');
      else if (next !== undefined) found.push([state, event, next]);
    }
  }
  const lines = (rows: readonly (readonly string[])[]) => new Set(rows.map((row) => row.join(' ')));
  assert.deepEqual(lines(found), lines(TRANSITIONS));
});

test('connect: refused where nobody listens', () => {
  const lab = new Lab(1);
  const [a, b] = lab.pair();
  const reasons: unknown[] = [];
  a.stack.tcp.connect({ address: b.address, port: 81 }, { closed: (reason) => reasons.push(reason) });
  lab.run(100);
  assert.deepEqual(reasons, ['refused']);
  assert.equal(a.stack.tcp.connectionCount, 0);
});

test('connect: silence ends in a timeout, and until then the SYN comes again, ever later', () => {
  const lab = new Lab(1);
  const times: number[] = [];
  const [a, b] = lab.pair({}, [], ({ bytes }, from) => {
    if (from === 0 && bytes[23] === 6) times.push(lab.nowMs);
    return bytes[23] !== 6;
  });
  const reasons: unknown[] = [];
  a.stack.tcp.connect({ address: b.address, port: 80 }, { closed: (reason) => reasons.push(reason) });
  lab.run(3_600_000);
  assert.deepEqual(reasons, ['timed out']);
  assert.deepEqual(
    times.slice(1, 5).map((at, i) => at - (times[i] as number)),
    [1000, 2000, 4000, 8000],
  );
});

test('simultaneous open: two SYNs that cross are one connection', () => {
  const lab = new Lab(1);
  const [a, b] = lab.pair({ latencyMs: 5 });
  const heard: string[] = [];
  const ends = [
    [a, b],
    [b, a],
  ].map(([here, there], i) => {
    const connection: TcpConnection | undefined = (here as Host).stack.tcp.connect(
      { address: (there as Host).address, port: 100 },
      { received: () => heard.push(`${i} ${connection?.read()?.length}`) },
      { local: { port: 100 } },
    );
    return connection as TcpConnection;
  });
  lab.run(5000);
  assert.deepEqual(
    ends.map(({ state }) => state),
    ['established', 'established'],
  );
  for (const end of ends) end.write(pattern(10));
  lab.run(100);
  assert.deepEqual(heard.sort(), ['0 10', '1 10']);
});

test('half close: who has ended still gets what the other sends', () => {
  const lab = new Lab(1);
  const { client, server, heard } = connect(lab, lab.pair({ latencyMs: 1 }));
  client.write(pattern(10));
  client.end();
  lab.run(1000);
  assert.equal(client.state, 'fin-wait-2');
  assert.equal(server.state, 'close-wait');
  server.write(pattern(20));
  lab.run(60_000);
  server.end();
  lab.run(1000);
  assert.deepEqual(heard, [
    'server got 10',
    'server ended',
    'client got 20',
    'client ended',
    'client closed well',
    'server closed well',
  ]);
  assert.equal(client.state, 'time-wait');
  lab.run(120_000);
  assert.equal(client.state, 'closed');
});

test('both end at once', () => {
  const lab = new Lab(1);
  const { client, server } = connect(lab, lab.pair({ latencyMs: 5 }));
  client.end();
  server.end();
  lab.run(1000);
  assert.deepEqual([client.state, server.state], ['time-wait', 'time-wait']);
});

test('abort: the other side hears a reset, and reads no more', () => {
  const lab = new Lab(1);
  const { client, heard } = connect(lab, lab.pair());
  client.abort();
  lab.run(100);
  assert.deepEqual(heard, ['client closed aborted', 'server closed reset']);
});

test('a reset that only lies in the window does not end a connection; it is challenged', () => {
  const lab = new Lab(1);
  const [a, b] = lab.pair();
  const { client, server } = connect(lab, [a, b]);
  const { local, remote } = client.tuple;
  let challenges = 0;
  const blind = (sequence: number) => {
    const bytes = new Uint8Array(54);
    emitTcp(
      bytes,
      34,
      {
        sourcePort: local.port,
        targetPort: remote.port,
        sequence,
        acknowledgment: 0,
        flags: FLAG.rst,
        window: 0,
        options: {},
      },
      0,
      { source: local.address, target: remote.address },
    );
    emitIpv4(
      bytes,
      14,
      {
        source: local.address,
        target: remote.address,
        protocol: 6,
        hops: 64,
        identification: 1,
        dontFragment: true,
        moreFragments: false,
        fragmentOffset: 0,
      },
      20,
    );
    a.nic.send(bytes, remote.address);
    const before = b.stack.tcp.counts.sent;
    lab.run(50);
    challenges += b.stack.tcp.counts.sent - before;
  };
  const random = lab.random;
  for (let i = 0; i < 200; i++) blind(random.nextU32());
  assert.equal(server.state, 'established');
  assert.ok(challenges < 200);
});

test('shut window: the sender probes, and goes on when the reader reads', () => {
  const lab = new Lab(1);
  const pair = lab.pair({ latencyMs: 1, loss: 0.2 }, [{}, { receiveBytes: 10_000 }]);
  const { client, server } = connect(lab, pair);
  server.events = {};
  const data = pattern(50_000);
  client.write(data);
  lab.run(600_000);
  assert.equal(server.receiver.readableBytes, 10_000);
  assert.ok(client.sender.counts.probes > 5);
  assert.equal(client.state, 'established');
  const parts: Uint8Array[] = [];
  for (let turn = 0; turn < 100 && Buffer.concat(parts).length < 50_000; turn++) {
    for (let part = server.read(); part !== undefined; part = server.read()) parts.push(part);
    lab.run(100_000);
  }
  assert.equal(Buffer.compare(Buffer.concat(parts), data), 0);
});

test('keep-alive: a peer that is gone is found out; one that is there is not', () => {
  const lab = new Lab(1);
  let isCut = false;
  const keepAlive = { idleMs: 10_000, everyMs: 1000, probes: 3 };
  const pair = lab.pair({}, [{ keepAlive }, {}], () => !isCut);
  const { client, heard } = connect(lab, pair);
  lab.run(100_000);
  assert.equal(client.state, 'established');
  isCut = true;
  lab.run(15_000);
  assert.deepEqual(heard, ['client closed timed out']);
});

test('data for a peer that is gone is given up', () => {
  const lab = new Lab(1);
  let isCut = false;
  const { client, heard } = connect(
    lab,
    lab.pair({}, [], () => !isCut),
  );
  isCut = true;
  client.write(pattern(100));
  lab.run(3_600_000);
  assert.deepEqual(heard, ['client closed timed out']);
});

test('path MTU: a router with a narrow link makes segments smaller, and everything arrives', () => {
  const lab = new Lab(1);
  let told = 0;
  const [a, b] = lab.pair({ latencyMs: 1 }, [], ({ bytes, gso }, from) => {
    const length =
      Math.min(bytes.length, gso === undefined ? bytes.length : gso.headerLength + gso.size) - 14;
    if (from !== 0 || length <= 900 || bytes[23] !== 6) return true;
    told++;
    // The router: 10.0.0.99, reached over the same link.
    const message = new Uint8Array(14 + 20 + 8 + 28);
    emitIcmp(message, 34, { type: 3, code: 4, high: 0, low: 900, data: bytes.slice(14, 42) });
    emitIpv4(
      message,
      14,
      {
        source: b.address,
        target: a.address,
        protocol: 1,
        hops: 64,
        identification: 1,
        dontFragment: false,
        moreFragments: false,
        fragmentOffset: 0,
      },
      36,
    );
    lab.timers.after(1, () => b.nic.send(message, a.address));
    return false;
  });
  const { client, heard } = connect(lab, [a, b]);
  client.write(pattern(100_000));
  client.end();
  lab.run(60_000);
  const got = heard
    .filter((line) => line.startsWith('server got'))
    .reduce((sum, line) => sum + Number(line.split(' ')[2]), 0);
  assert.equal(got, 100_000);
  assert.ok(told >= 1 && told < 80, `${told} messages`);
  assert.ok(client.sender.segmentBytes <= 900 - 40);
});

test('long segments leave whole where the link takes them, cut where it does not', () => {
  for (const [impairment, least, most] of [
    [WHOLE, 20_000, 65_550],
    [{}, 1000, 1514],
  ] as const) {
    const lab = new Lab(1);
    const lengths: number[] = [];
    const pair = lab.pair({ ...impairment, latencyMs: 1 });
    const receive = pair[1].nic;
    const { client } = connect(lab, pair);
    const before = receive.counts.bytesIn;
    const framesBefore = receive.counts.framesIn;
    client.write(pattern(1_000_000));
    lab.run(10_000);
    const mean = (receive.counts.bytesIn - before) / (receive.counts.framesIn - framesBefore);
    lengths.push(mean);
    assert.ok(mean >= least && mean <= most, `${mean}`);
  }
});

test('time-wait: a new connection with the same ports may take its place', () => {
  const lab = new Lab(1);
  const [a, b] = lab.pair({ latencyMs: 1 });
  b.stack.tcp.listen({
    local: { address: 0, port: 80 },
    onConnection: (connection) => ({ connected: () => connection.end() }),
  });
  const first = a.stack.tcp.connect({ address: b.address, port: 80 }, {}, { local: { port: 5000 } });
  lab.run(100);
  first?.end();
  lab.run(1000);
  assert.equal(b.stack.tcp.connections()[0]?.state, 'time-wait');
  const second = a.stack.tcp.connect({ address: b.address, port: 80 }, {}, { local: { port: 5000 } });
  lab.run(100);
  assert.equal(second?.state, 'close-wait', 'the server has ended it already');
});

// Two stacks over a link with every kind of trouble: all bytes arrive, in order, both ways.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Host, type Impairment, Lab, pattern, WHOLE } from '../testing.ts';
import type { TcpConnection } from './connection.ts';
import type { TcpFailure, TcpSettings } from './owner.ts';

interface Outcome {
  readonly received: Uint8Array;
  readonly reason: TcpFailure | undefined | 'open';
}

interface Talk {
  isOver(): boolean;
  outcome(): Outcome;
}

/** Writes all of `data` as there is room, ends, and collects what comes. */
function converse(connection: TcpConnection, data: Uint8Array, chunkBytes: number): Talk {
  const parts: Uint8Array[] = [];
  let sent = 0;
  let reason: Outcome['reason'] = 'open';
  const write = () => {
    while (sent < data.length) {
      const chunk = data.subarray(sent, sent + chunkBytes);
      sent += chunk.length;
      if (!connection.write(chunk)) return;
    }
    connection.end();
  };
  connection.events = {
    connected: write,
    drained: write,
    received: () => {
      for (let part = connection.read(); part !== undefined; part = connection.read()) parts.push(part);
    },
    closed: (why) => {
      reason = why;
    },
  };
  return { isOver: () => reason !== 'open', outcome: () => ({ received: Buffer.concat(parts), reason }) };
}

function transfer(lab: Lab, [a, b]: readonly [Host, Host], bytes: number, chunkBytes = 10_000) {
  const up = pattern(bytes, 1);
  const down = pattern(Math.floor(bytes / 2), 2);
  let server: Talk | undefined;
  let accepted: TcpConnection | undefined;
  b.stack.tcp.listen({
    local: { address: 0, port: 80 },
    onConnection: (connection) => {
      accepted = connection;
      server = converse(connection, down, chunkBytes);
      return connection.events;
    },
  });
  const connection = a.stack.tcp.connect({ address: b.address, port: 80 }, {});
  assert.ok(connection);
  const client = converse(connection, up, chunkBytes);
  const startMs = lab.nowMs;
  const isOver = () => client.isOver() && server?.isOver() === true;
  lab.run(3_600_000, isOver);
  assert.ok(server, 'a connection came');
  return {
    client: client.outcome(),
    server: server.outcome(),
    up,
    down,
    tookMs: lab.nowMs - startMs,
    connection,
    accepted: accepted as unknown as TcpConnection,
  };
}

function assertAllArrived({ client, server, up, down }: ReturnType<typeof transfer>): void {
  assert.equal(Buffer.compare(server.received, up), 0, `${server.received.length} of ${up.length} bytes up`);
  assert.equal(
    Buffer.compare(client.received, down),
    0,
    `${client.received.length} of ${down.length} bytes down`,
  );
  assert.equal(client.reason, undefined);
  assert.equal(server.reason, undefined);
}

// biome-ignore format: a table reads in columns
const TROUBLES: readonly (readonly [name: string, impairment: Impairment, bytes: number])[] = [
  ['none',                       { latencyMs: 1 },                                                            1_000_000],
  ['none, with long segments',   { latencyMs: 1, ...WHOLE },                                                  3_000_000],
  ['loss of 1 %',                { latencyMs: 5, loss: 0.01 },                                                500_000],
  ['loss of 10 %',               { latencyMs: 5, loss: 0.1 },                                                 200_000],
  ['loss of 30 %',               { latencyMs: 5, loss: 0.3 },                                                 30_000],
  ['loss of long segments',      { latencyMs: 5, loss: 0.05, ...WHOLE },                                      1_000_000],
  ['duplicates',                 { latencyMs: 5, duplication: 0.3 },                                          300_000],
  ['reordering',                 { latencyMs: 5, reordering: 0.2, jitterMs: 4 },                              300_000],
  ['corruption',                 { latencyMs: 5, corruption: 0.02 },                                          300_000],
  ['a narrow link',              { latencyMs: 20, bytesPerSecond: 1_000_000, queueFrames: 20 },               1_000_000],
  ['all of them',                { latencyMs: 5, loss: 0.05, duplication: 0.05, reordering: 0.1, corruption: 0.02, jitterMs: 3 }, 200_000],
];

for (const [name, impairment, bytes] of TROUBLES) {
  test(`TCP: every byte arrives both ways: ${name}`, () => {
    const lab = new Lab(7);
    assertAllArrived(transfer(lab, lab.pair(impairment), bytes));
  });
}

// biome-ignore format: a table reads in columns
const SETTINGS: readonly (readonly [name: string, a: Partial<TcpSettings>, b: Partial<TcpSettings>])[] = [
  ['small buffers',          { sendBytes: 3000, receiveBytes: 3000 }, { sendBytes: 5000, receiveBytes: 2000 }],
  ['tiny window',            { receiveBytes: 100 },                   { receiveBytes: 700 }],
  ['no delay',               { noDelay: true },                       { noDelay: true }],
  ['large windows',          { receiveBytes: 4 * 2 ** 20 },           { receiveBytes: 4 * 2 ** 20 }],
];

for (const [name, a, b] of SETTINGS) {
  test(`TCP: every byte arrives both ways with loss: ${name}`, () => {
    const lab = new Lab(11);
    assertAllArrived(transfer(lab, lab.pair({ latencyMs: 2, loss: 0.03 }, [a, b]), 60_000, 1500));
  });
}

test('TCP: every byte arrives for 40 seeds of all troubles', () => {
  for (let seed = 1; seed <= 40; seed++) {
    const lab = new Lab(seed);
    const impairment = {
      latencyMs: lab.random.below(20),
      loss: lab.random.below(15) / 100,
      duplication: 0.05,
      reordering: lab.random.below(30) / 100,
      corruption: 0.01,
      jitterMs: 5,
    };
    assertAllArrived(transfer(lab, lab.pair(impairment), 40_000, 1 + lab.random.below(5000)));
  }
});

test('TCP: a narrow link is used well: over 75 %, with as much going the other way as half of what it carries', () => {
  const lab = new Lab(3);
  const bytesPerSecond = 2_000_000;
  const { tookMs, ...all } = transfer(
    lab,
    lab.pair({ latencyMs: 10, bytesPerSecond, queueFrames: 40 }),
    8_000_000,
  );
  assertAllArrived({ tookMs, ...all });
  const share = (8_000_000 * 1000) / tookMs / bytesPerSecond;
  assert.ok(share > 0.75, `${Math.round(share * 100)} %`);
});

test('TCP: a lost segment costs a round trip, not a timeout', () => {
  const lab = new Lab(5);
  let data = 0;
  const lose = (frame: { bytes: Uint8Array }, from: 0 | 1) =>
    !(from === 0 && frame.bytes.length > 1000 && ++data === 20);
  const pair = lab.pair({ latencyMs: 10 }, [{}, {}], lose);
  const result = transfer(lab, pair, 300_000);
  assertAllArrived(result);
  assert.equal(result.connection.sender.counts.timeouts, 0);
  assert.equal(result.connection.sender.counts.recoveries, 1);
});

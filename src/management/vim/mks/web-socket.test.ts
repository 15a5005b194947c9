// The server's end of a WebSocket against the platform's own client, and against who breaks the rules.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Duplex } from 'node:stream';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { acceptHead, WebSocket as Served, webSocketKey } from './web-socket.ts';

test('WebSocket: bytes of all lengths go both ways, and either end closes', async (t) => {
  const server = createServer();
  t.after(() => server.close());
  const ended = Promise.withResolvers<void>();
  server.on('upgrade', (request, socket) => {
    socket.write(acceptHead(webSocketKey(request) ?? '', 'binary'));
    const served: Served = new Served(socket, {
      received: (bytes) => served.send(bytes),
      closed: () => ended.resolve(),
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/`, [
    'other',
    'binary',
  ]);
  client.binaryType = 'arraybuffer';
  await once(client, 'open');
  assert.equal(client.protocol, 'binary');
  for (const length of [1, 125, 126, 65_535, 65_536, 300_000]) {
    const bytes = new Uint8Array(length).map((_, i) => i & 0xff);
    client.send(bytes);
    const parts: Uint8Array[] = [];
    while (Buffer.concat(parts).length < length) {
      const [{ data }] = (await once(client, 'message')) as [MessageEvent<ArrayBuffer>];
      parts.push(new Uint8Array(data));
    }
    assert.ok(Buffer.concat(parts).equals(bytes), `${length} bytes`);
  }
  client.close();
  await Promise.all([ended.promise, once(client, 'close')]);
});

function served() {
  const written: Buffer[] = [];
  const state = { received: '', isClosed: false };
  const socket = new Duplex({
    read() {},
    write(bytes: Buffer, _, done) {
      written.push(bytes);
      done();
    },
  });
  const end = new Served(socket, {
    received: (bytes) => void (state.received += bytes.toString('latin1')),
    closed: () => void (state.isClosed = true),
  });
  return {
    end,
    socket,
    state,
    give: (bytes: Uint8Array) => void socket.emit('data', Buffer.from(bytes)),
    written: () => Buffer.concat(written),
  };
}

/** A frame with a mask of zeroes. */
const frame = (first: number, payload: string, second = 0x80 | payload.length) =>
  Buffer.from([first, second, 0, 0, 0, 0, ...Buffer.from(payload)]);

test('WebSocket: messages in parts, pings in between; who breaks the rules is told how and left', () => {
  const { give, state, written } = served();
  give(frame(0x02, 'a'));
  give(frame(0x89, 'ping'));
  for (const byte of frame(0x80, 'b')) give(Uint8Array.of(byte));
  assert.deepEqual([state.received, written().toString('latin1')], ['ab', '\x8a\x04ping']);
  const cases: readonly (readonly [bytes: Buffer, status: number])[] = [
    [frame(0x81, 'text'), 1003],
    [frame(0x82, 'x', 1), 1002],
    [frame(0xc2, 'x'), 1002],
    [frame(0x83, 'x'), 1002],
    [frame(0x80, 'x'), 1002],
    [frame(0x09, 'x'), 1002],
    [Buffer.from([0x82, 0xff, 0, 0, 0, 0, 0, 0x20, 0, 0, 0, 0, 0, 0]), 1009],
    [Buffer.from([0x89, 0xfe, 1, 0, 0, 0, 0, 0]), 1002],
    [frame(0x88, ''), 1000],
  ];
  for (const [bytes, status] of cases) {
    const one = served();
    one.give(bytes);
    one.give(frame(0x82, 'more'));
    assert.deepEqual(
      [[...one.written()], one.state],
      [[0x88, 2, status >> 8, status & 0xff], { received: '', isClosed: true }],
    );
  }
});

test('WebSocket: fuzz: no bytes make it throw, or keep much', () => {
  const random = new SeededRandom(3);
  for (let run = 0; run < 500; run++) {
    const { give, written } = served();
    for (let part = 0; part < 10; part++) {
      const bytes = new Uint8Array(random.below(300));
      random.fill(bytes);
      if (bytes.length > 1 && run % 2 === 0)
        bytes.set([[0x02, 0x80, 0x89, 0x82][random.below(4)] as number, 0x80 | random.below(126)]);
      give(bytes);
    }
    assert.ok(written().length < 4000);
  }
});

test('webSocketKey: a request that asks for one, and those that do not', () => {
  const headers = {
    upgrade: 'WebSocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  };
  const key = (change: object, method = 'GET') =>
    webSocketKey({ method, headers: { ...headers, ...change } } as unknown as IncomingMessage);
  assert.match(
    acceptHead(key({}) ?? '', undefined),
    /\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=\r\n\r\n$/,
  );
  for (const change of [
    { upgrade: 'h2c' },
    { 'sec-websocket-version': '8' },
    { 'sec-websocket-key': 'x' },
    { 'sec-websocket-key': undefined },
  ])
    assert.equal(key(change), undefined);
  assert.equal(key({}, 'POST'), undefined);
});

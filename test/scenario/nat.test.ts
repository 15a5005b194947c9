// The NAT over the host's real sockets: our stack as the guest, servers and clients of Node on the loopback.
import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { cable, ip, Nat, Stack, type TcpConnection, type TcpEvents } from '#net';
import { nodeOutside } from '../../src/host/network/node-outside.ts';
import { realStackHost } from '../../src/host/network/stack-host.ts';

const HOST = ip('10.0.2.2');
const MEBI = 2 ** 20;

function setUp(context: TestContext) {
  const [inside, guestEnd] = cable();
  const outside = nodeOutside();
  const nat = new Nat({ link: inside, mac: 0x5254_0000_0202 }, realStackHost(), outside);
  const stack = new Stack(realStackHost(), { timeWaitMs: 100 });
  const nic = stack.addInterface({ name: 'eth0', mac: 0x5254_0000_0015, link: guestEnd });
  stack.addAddress(nic, { address: ip('10.0.2.15'), prefix: 24 });
  stack.addGateway(nic, HOST);
  context.after(() => {
    nat.close();
    stack.stop();
    outside.close();
  });
  return { nat, stack };
}

async function serve(context: TestContext, onSocket: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server: Server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket.on('error', () => {}));
    onSocket(socket);
  });
  context.after(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A connection of the guest, as promises. */
function open(stack: Stack, port: number) {
  const parts: Uint8Array[] = [];
  const ended = Promise.withResolvers<Buffer>();
  const closed = Promise.withResolvers<string>();
  const connected = Promise.withResolvers<void>();
  const events: TcpEvents = {
    connected: () => connected.resolve(),
    received: () => {
      for (let part = connection.read(); part !== undefined; part = connection.read()) parts.push(part);
    },
    ended: () => ended.resolve(Buffer.concat(parts)),
    closed: (reason) => closed.resolve(reason ?? 'well'),
  };
  const connection = stack.tcp.connect({ address: HOST, port }, events) as TcpConnection;
  const send = (data: Uint8Array) => {
    let sent = 0;
    const write = () => {
      while (sent < data.length) {
        const chunk = data.subarray(sent, (sent += 65_536));
        if (!connection.write(chunk)) return;
      }
      connection.end();
    };
    events.drained = write;
    write();
  };
  return { connection, send, connected: connected.promise, ended: ended.promise, closed: closed.promise };
}

function bytes(length: number): Buffer {
  const data = Buffer.alloc(length);
  for (let i = 0; i + 4 <= length; i += 4) data.writeUInt32LE((i * 2_654_435_761) >>> 0, i);
  return data;
}

test('NAT on real sockets: 20 MiB each way at once arrive as they were', async (context) => {
  const { stack } = setUp(context);
  const down = bytes(20 * MEBI);
  const received: Buffer[] = [];
  const all = Promise.withResolvers<Buffer>();
  const port = await serve(context, (socket) => {
    socket
      .on('data', (part) => received.push(part as Buffer))
      .on('end', () => all.resolve(Buffer.concat(received)));
    socket.end(down);
  });
  const guest = open(stack, port);
  await guest.connected;
  const up = bytes(20 * MEBI + 13);
  guest.send(up);
  assert.equal(Buffer.compare(await guest.ended, down), 0);
  assert.equal(Buffer.compare(await all.promise, up), 0);
  assert.equal(await guest.closed, 'well');
});

test('NAT on real sockets: nobody listens: refused; a reset of the host arrives', async (context) => {
  const { stack } = setUp(context);
  const port = await serve(context, (socket) => socket.once('data', () => socket.resetAndDestroy()));
  const guest = open(stack, port);
  await guest.connected;
  guest.connection.write(Buffer.from('hello'));
  assert.equal(await guest.closed, 'reset');
  const free = await serve(context, () => {});
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const unused = (server.address() as AddressInfo).port;
  server.close();
  await once(server, 'close');
  assert.notEqual(unused, free);
  assert.equal(await open(stack, unused).closed, 'refused');
});

test('NAT on real sockets: a host that reads nothing holds the guest up, and gets all when it reads', async (context) => {
  const { stack, nat } = setUp(context);
  const accepted = Promise.withResolvers<Socket>();
  const port = await serve(context, (socket) => accepted.resolve(socket.pause()));
  const guest = open(stack, port);
  await guest.connected;
  const up = bytes(30 * MEBI);
  guest.send(up);
  const socket = await accepted.promise;
  const flow = () => nat.stack.tcp.connections()[0]?.receiver.readableBytes ?? 0;
  // The kernel's buffers, Node's and ours are full when the window is shut: until then the guest's queue shrinks.
  while (flow() < 0.9 * MEBI) await new Promise(setImmediate);
  assert.ok(guest.connection.sender.una < 25 * MEBI);
  const parts: Buffer[] = [];
  socket.on('data', (part) => parts.push(part as Buffer)).resume();
  await once(socket, 'end');
  assert.equal(Buffer.compare(Buffer.concat(parts), up), 0);
});

test('NAT on real sockets: datagrams go out and come back; a forward leads in', async (context) => {
  const { stack, nat } = setUp(context);
  const echo = createSocket('udp4');
  context.after(() => echo.close());
  echo.on('message', (message, { port, address }) => echo.send(`re ${message.toString()}`, port, address));
  echo.bind(0, '127.0.0.1');
  await once(echo, 'listening');
  const answer = Promise.withResolvers<string>();
  const socket = stack.udp.open(
    { address: 0, port: 0 },
    { received: ({ payload }) => answer.resolve(Buffer.from(payload).toString()) },
  );
  socket?.send({ to: { address: HOST, port: echo.address().port }, payload: Buffer.from('x'.repeat(5000)) });
  assert.equal(await answer.promise, `re ${'x'.repeat(5000)}`);
  stack.tcp.listen({
    local: { address: 0, port: 80 },
    onConnection: (connection) => ({
      received: () => connection.write(connection.read() ?? Buffer.alloc(0)),
      ended: () => connection.end(),
    }),
  });
  const forward = await nat.forwards.add({
    protocol: 'tcp',
    at: { address: '127.0.0.1', port: 0 },
    guest: '10.0.2.15',
    port: 80,
  });
  const client = connect(forward.at.port, '127.0.0.1');
  client.end('from outside');
  const [data] = (await once(client, 'data')) as [Buffer];
  assert.equal(data.toString(), 'from outside');
  await once(client, 'close');
  await assert.rejects(
    nat.forwards.add({
      protocol: 'tcp',
      at: { address: '127.0.0.1', port: forward.at.port },
      guest: 'x',
      port: 1,
    }),
    /Cannot listen on 127\.0\.0\.1 port \d+: the port is in use/,
  );
});

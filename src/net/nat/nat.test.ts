// The NAT with guests of ours and an outside that is made up: streams, datagrams, echoes, rules, forwards.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TcpConnection } from '../stack/tcp/connection.ts';
import { address, pattern } from '../stack/testing.ts';
import { natLab } from './testing.ts';

const FAR = address('93.184.216.34');
const text = (parts: readonly Uint8Array[]) => Buffer.concat(parts).toString();

function opened(port = 80, target = FAR) {
  const all = natLab();
  all.guest.configure();
  const heard: string[] = [];
  const connection: TcpConnection = all.guest.stack.tcp.connect(
    { address: target, port },
    {
      connected: () => heard.push('connected'),
      received: () => {
        for (let part = connection.read(); part !== undefined; part = connection.read())
          heard.push(`got ${part.length}`);
      },
      ended: () => heard.push('ended'),
      closed: (reason) => heard.push(`closed ${reason ?? 'well'}`),
    },
  ) as TcpConnection;
  all.lab.run(20);
  const far = all.outside.fars[0];
  return { ...all, heard, connection, far: far as NonNullable<typeof far> };
}

test('NAT: TCP: the handshake is answered when the outside has answered', () => {
  const { far, heard, lab, connection } = opened();
  assert.deepEqual(far.to, { address: '93.184.216.34', port: 80 });
  lab.run(500);
  assert.equal(heard.length, 0);
  far.events.connected?.();
  lab.run(20);
  assert.equal(heard.join(), 'connected');
  connection.write(Buffer.from('hello'));
  lab.run(20);
  assert.equal(text(far.received), 'hello');
  far.events.data(pattern(100_000));
  far.events.ended();
  lab.run(100);
  assert.equal(
    heard.filter((line) => line.startsWith('got')).reduce((sum, line) => sum + Number(line.slice(4)), 0),
    100_000,
  );
  assert.ok(heard.includes('ended'));
  connection.write(Buffer.from(' again'));
  connection.end();
  lab.run(100);
  assert.equal(text(far.received), 'hello again', 'half closed, the other way goes on');
  assert.deepEqual(far.heard, ['end']);
});

test('NAT: TCP: a refused, an unreachable and a silent outside are told as such', () => {
  const refused = opened();
  refused.far.events.closed('refused');
  refused.lab.run(20);
  assert.deepEqual(refused.heard, ['closed refused']);
  const unreachable = opened();
  unreachable.far.events.closed('unreachable');
  unreachable.lab.run(20);
  assert.deepEqual(unreachable.heard, ['closed unreachable']);
  const silent = opened();
  silent.far.events.closed('timed out');
  silent.lab.run(500);
  assert.deepEqual(silent.heard, []);
  silent.lab.run(2000);
  assert.equal(silent.outside.fars.length, 2, 'the SYN came again and is tried again');
});

test('NAT: TCP: resets go across, both ways', () => {
  const one = opened();
  one.far.events.connected?.();
  one.lab.run(20);
  one.far.events.closed('reset');
  one.lab.run(20);
  assert.deepEqual(one.heard, ['connected', 'closed reset']);
  const other = opened();
  other.far.events.connected?.();
  other.lab.run(20);
  other.connection.abort();
  other.lab.run(20);
  assert.deepEqual(other.far.heard, ['reset']);
});

test('NAT: TCP: an outside that takes nothing holds the guest up, within bounds, and loses nothing', () => {
  const { far, lab, connection, nat } = opened();
  far.events.connected?.();
  lab.run(20);
  far.isFull = true;
  const data = pattern(6_000_000);
  connection.write(data);
  lab.run(60_000);
  const taken = () => far.received.reduce((sum, part) => sum + part.length, 0);
  const held = nat.stack.tcp.connections()[0]?.receiver.readableBytes ?? 0;
  assert.ok(taken() < 200_000 && held <= 2 ** 20, `${taken()} taken, ${held} held`);
  for (let turn = 0; turn < 1000 && taken() < data.length; turn++) {
    far.isFull = turn % 3 !== 0;
    far.events.drained();
    lab.run(300);
  }
  assert.equal(Buffer.compare(Buffer.concat(far.received), data), 0);
});

test('NAT: TCP: a guest that takes nothing holds the outside up', () => {
  const { far, lab, connection } = opened();
  far.events.connected?.();
  lab.run(20);
  connection.events = {};
  let given = 0;
  while (!far.heard.includes('pause') && given < 100) {
    far.events.data(pattern(65_536));
    given++;
    lab.run(10);
  }
  assert.ok(given < 64, `${given} chunks`);
  let read = 0;
  for (let turn = 0; turn < 100; turn++) {
    for (let part = connection.read(); part !== undefined; part = connection.read()) read += part.length;
    lab.run(100);
  }
  assert.equal(read, given * 65_536);
  assert.ok(far.heard.includes('resume'));
});

test('NAT: the host itself is the gateway; what lies nowhere is refused', () => {
  const host = opened(8080, address('10.0.2.2'));
  assert.deepEqual(host.far.to, { address: '127.0.0.1', port: 8080 });
  for (const target of ['10.0.2.77', '127.0.0.1', '240.0.0.1']) {
    const { outside } = opened(80, address(target));
    assert.equal(outside.fars.length, 0, target);
  }
  const dns = opened(53, address('10.0.2.3'));
  assert.deepEqual(dns.far.to, { address: '192.0.2.53', port: 53 });
});

test('NAT: UDP: answers come from whom was asked, and from nobody else', () => {
  const { lab, guest, outside } = natLab();
  const own = guest.configure();
  const got: string[] = [];
  const socket = guest.stack.udp.open(
    { address: 0, port: 5000 },
    { received: ({ from, payload }) => got.push(`${from.port} ${text([payload])}`) },
  );
  socket?.send({ to: { address: FAR, port: 123 }, payload: Buffer.from('time?') });
  socket?.send({ to: { address: address('10.0.2.2'), port: 9 }, payload: Buffer.from('host?') });
  lab.run(20);
  const [flow] = outside.sockets;
  assert.deepEqual(
    flow?.sent.map(({ bytes, to }) => [text([bytes]), to.address, to.port]),
    [
      ['time?', '93.184.216.34', 123],
      ['host?', '127.0.0.1', 9],
    ],
  );
  flow?.events.received(Buffer.from('noon'), { address: '93.184.216.34', port: 123 });
  flow?.events.received(Buffer.from('me'), { address: '127.0.0.1', port: 9 });
  flow?.events.received(Buffer.from('spam'), { address: '6.6.6.6', port: 123 });
  lab.run(20);
  assert.deepEqual(got, ['123 noon', '9 me']);
  assert.ok(own > 0);
  lab.run(200_000);
  assert.equal(flow?.isClosed, true, 'idle flows are closed');
});

test('NAT: UDP: a guest that opens flows without end replaces its own only', () => {
  const { lab, guests, outside, nat } = natLab(2);
  for (const guest of guests) guest.configure();
  const [greedy, modest] = guests;
  modest?.stack.udp
    .open({ address: 0, port: 7 }, { received: () => {} })
    ?.send({ to: { address: FAR, port: 7 }, payload: Uint8Array.of(1) });
  lab.run(20);
  for (let i = 0; i < 3000; i++) {
    const socket = greedy?.stack.udp.open({ address: 0, port: 10_000 + i }, { received: () => {} });
    socket?.send({ to: { address: FAR, port: 7 }, payload: Uint8Array.of(1) });
    if (i % 10 === 0) lab.run(1);
  }
  lab.run(20);
  assert.equal(nat.udp.count, 513);
  assert.equal(outside.sockets[0]?.isClosed, false);
});

test('NAT: TCP: a flood of SYNs from a guest has its bound, and keeps no other guest out', () => {
  const { lab, guests, outside, nat } = natLab(2);
  for (const guest of guests) guest.configure();
  const [greedy, modest] = guests;
  for (let i = 0; i < 3000; i++) {
    greedy?.stack.tcp.connect({ address: FAR, port: 80 }, {});
    if (i % 100 === 0) lab.run(1);
  }
  modest?.stack.tcp.connect({ address: FAR, port: 81 }, {});
  lab.run(20);
  assert.equal(nat.tcp.count, 257);
  assert.equal(outside.fars.at(-1)?.to.port, 81);
  // What the outside lets go of makes room.
  for (const far of outside.fars.splice(0)) far.events.closed('timed out');
  assert.equal(nat.tcp.count, 0);
});

test('NAT: echoes go out where the platform lets them; otherwise the guest hears that it may not', () => {
  const { lab, guest, outside } = natLab();
  guest.configure();
  const results: string[] = [];
  const ping = (target: number) =>
    guest.stack.icmp.echo({ target, data: pattern(56), timeoutMs: 1000 }, (result) =>
      results.push(result.kind === 'unreachable' ? `unreachable ${result.code}` : result.kind),
    );
  ping(address('10.0.2.2'));
  ping(FAR);
  lab.run(2000);
  outside.echo = (_target, data, _timeoutMs, done) => void lab.timers.after(30, () => done(data));
  ping(FAR);
  lab.run(2000);
  assert.deepEqual(results, ['reply', 'unreachable 13', 'reply']);
});

test('NAT: rules: what a guest may not is refused, what others may is not', () => {
  const { lab, guests, nat, outside } = natLab(2);
  for (const guest of guests) guest.configure();
  const [bad, good] = guests;
  nat.rules = [
    {
      action: 'allow',
      mac: bad?.mac ?? 0,
      protocol: 'tcp',
      target: { address: FAR, prefix: 32 },
      ports: { first: 443, last: 443 },
    },
    { action: 'deny', mac: bad?.mac ?? 0 },
    { action: 'deny', target: { address: nat.network.gateway.address, prefix: 32 } },
  ];
  const reasons: string[] = [];
  const tries = [
    [bad, FAR, 443],
    [bad, FAR, 80],
    [good, FAR, 80],
    [good, address('10.0.2.2'), 22],
  ] as const;
  for (const [guest, target, port] of tries)
    guest?.stack.tcp.connect(
      { address: target, port },
      { closed: (reason) => reasons.push(`${port} ${reason}`) },
    );
  bad?.stack.udp
    .open({ address: 0, port: 9 }, { received: () => {} })
    ?.send({ to: { address: FAR, port: 9 }, payload: Uint8Array.of(1) });
  lab.run(100);
  assert.deepEqual(
    outside.fars.map(({ to }) => `${to.address} ${to.port}`),
    ['93.184.216.34 443', '93.184.216.34 80'],
  );
  assert.deepEqual(reasons, ['80 unreachable', '22 unreachable']);
  assert.equal(outside.sockets.length, 0);
  assert.equal(nat.counts.denied, 3);
});

test('NAT: who uses the address of another guest is not heard', () => {
  const { lab, guests, outside, nat } = natLab(2);
  const [victim, thief] = guests;
  const own = victim?.configure() ?? 0;
  thief?.stack.addAddress(thief.nic, { address: own, prefix: 24 });
  thief?.stack.addGateway(thief.nic, address('10.0.2.2'));
  thief?.stack.udp
    .open({ address: 0, port: 9 }, { received: () => {} })
    ?.send({ to: { address: FAR, port: 9 }, payload: Uint8Array.of(1) });
  lab.run(100);
  assert.equal(outside.sockets.length, 0);
  assert.deepEqual(
    nat.guests().map(({ mac, address }) => [mac, address]),
    [[victim?.mac, own]],
  );
});

test('NAT: a forward leads a connection of the host to the guest, by its name too', async () => {
  const { lab, guest, outside, nat } = natLab();
  guest.configure('web');
  guest.stack.tcp.listen({
    local: { address: 0, port: 80 },
    onConnection: (connection) => ({
      received: () => connection.write(Buffer.from(`echo ${text([connection.read() ?? Uint8Array.of()])}`)),
      ended: () => connection.end(),
    }),
  });
  const forward = await nat.forwards.add({
    protocol: 'tcp',
    at: { address: '127.0.0.1', port: 0 },
    guest: 'web',
    port: 80,
  });
  assert.equal(forward.at.port, 40_001);
  const far = outside.arrive(0);
  far.events.data(Buffer.from('ping'));
  lab.run(50);
  assert.equal(text(far.received), 'echo ping');
  far.events.ended();
  lab.run(50);
  assert.deepEqual(far.heard, ['end']);
  await nat.forwards.add({
    protocol: 'tcp',
    at: { address: '127.0.0.1', port: 0 },
    guest: 'nobody',
    port: 80,
  });
  assert.deepEqual(outside.arrive(1).heard, ['reset']);
  assert.equal(nat.forwards.list().length, 2);
});

test('NAT: a forward leads datagrams of the host to the guest, and the answers back', async () => {
  const { lab, guest, outside, nat } = natLab();
  guest.configure('dns');
  const socket = guest.stack.udp.open(
    { address: 0, port: 53 },
    {
      received: ({ from, payload }) =>
        socket?.send({ to: from, payload: Buffer.from(`re ${text([payload])}`) }),
    },
  );
  await nat.forwards.add({
    protocol: 'udp',
    at: { address: '127.0.0.1', port: 0 },
    guest: '10.0.2.15',
    port: 53,
  });
  const outer = outside.sockets[0];
  for (const port of [1, 2]) outer?.events.received(Buffer.from(`q${port}`), { address: '127.0.0.1', port });
  lab.run(50);
  assert.deepEqual(
    outer?.sent.map(({ bytes, to }) => `${to.port} ${text([bytes])}`),
    ['1 re q1', '2 re q2'],
  );
});

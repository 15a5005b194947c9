// Handshakes that somebody else wants: floods, cookies, guesses, and SYNs for others.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Lab, pattern } from '../testing.ts';
import { emitIpv4, parseIpv4 } from '../wire/ipv4.ts';
import { isMalformed } from '../wire/malformed.ts';
import { emitTcp, FLAG, optionBytes, parseTcp } from '../wire/tcp.ts';

test('SYN flood: a bounded queue, then cookies, with which connections still come about', () => {
  const lab = new Lab(1);
  const [a, b] = lab.pair({ latencyMs: 1 });
  const heard: number[] = [];
  b.stack.tcp.listen({
    local: { address: 0, port: 80 },
    backlog: 16,
    onConnection: (connection) => ({
      received: () => {
        for (let part = connection.read(); part !== undefined; part = connection.read())
          heard.push(part.length);
      },
    }),
  });
  a.stack.icmp.echo({ target: b.address, data: new Uint8Array(0), timeoutMs: 100 }, () => {});
  lab.run(100);
  for (let i = 0; i < 5000; i++) {
    const bytes = new Uint8Array(54);
    const source = 0x0a00_0002 + 10 + (i % 200);
    emitTcp(
      bytes,
      34,
      {
        sourcePort: i,
        targetPort: 80,
        sequence: i,
        acknowledgment: 0,
        flags: FLAG.syn,
        window: 0,
        options: {},
      },
      0,
      { source, target: b.address },
    );
    emitIpv4(
      bytes,
      14,
      {
        source,
        target: b.address,
        protocol: 6,
        hops: 64,
        identification: 1,
        dontFragment: true,
        moreFragments: false,
        fragmentOffset: 0,
      },
      20,
    );
    a.nic.send(bytes, b.address);
  }
  lab.run(50);
  assert.equal(b.stack.tcp.connectionCount, 16);
  assert.ok(b.stack.tcp.counts.cookiesSent > 4900);
  const client = a.stack.tcp.connect({ address: b.address, port: 80 }, {});
  lab.run(100);
  assert.equal(client?.state, 'established');
  assert.equal(b.stack.tcp.counts.cookiesTaken, 1);
  client.write(pattern(100_000));
  lab.run(5000);
  assert.equal(
    heard.reduce((sum, length) => sum + length, 0),
    100_000,
  );
  assert.ok(client.sender.hasSack);
});

test('a guessed acknowledgment is no cookie', () => {
  const lab = new Lab(1);
  const [a, b] = lab.pair();
  b.stack.tcp.listen({
    local: { address: 0, port: 80 },
    backlog: 0,
    onConnection: () => assert.fail('a connection'),
  });
  a.stack.icmp.echo({ target: b.address, data: new Uint8Array(0), timeoutMs: 100 }, () => {});
  lab.run(100);
  for (let i = 0; i < 2000; i++) {
    const bytes = new Uint8Array(54);
    const flags = i === 0 ? FLAG.syn : FLAG.ack;
    emitTcp(
      bytes,
      34,
      {
        sourcePort: 9,
        targetPort: 80,
        sequence: 1,
        acknowledgment: lab.random.nextU32(),
        flags,
        window: 9,
        options: {},
      },
      0,
      { source: a.address, target: b.address },
    );
    emitIpv4(
      bytes,
      14,
      {
        source: a.address,
        target: b.address,
        protocol: 6,
        hops: 64,
        identification: 1,
        dontFragment: true,
        moreFragments: false,
        fragmentOffset: 0,
      },
      20,
    );
    a.nic.send(bytes, b.address);
  }
  lab.run(100);
  assert.equal(b.stack.tcp.connectionCount, 0);
});

test('a foreign SYN: accepted or refused later; repeated ones are the same request', () => {
  const lab = new Lab(1);
  const [a, b] = lab.pair({ latencyMs: 1 });
  b.nic.addresses = [];
  const gate = lab.link({ latencyMs: 1 });
  const stack = lab.stack();
  const nic = stack.addInterface({
    name: 'gw',
    mac: 0x5254_0000_0009,
    link: gate[0],
    acceptsAnyTarget: true,
  });
  stack.addAddress(nic, { address: 0x0a00_0102, prefix: 24 });
  const guest = lab.stack();
  const guestNic = guest.addInterface({ name: 'eth0', mac: 0x5254_0000_000a, link: gate[1] });
  guest.addAddress(guestNic, { address: 0x0a00_0109, prefix: 24 });
  guest.addGateway(guestNic, 0x0a00_0102);
  let requests = 0;
  stack.tcp.onForeignSyn = (request) => {
    requests++;
    const { port } = request.tuple.local;
    lab.timers.after(5000, () => {
      if (port === 1) request.refuse('reset');
      else if (port === 2) request.refuse(1);
      else request.accept({});
    });
  };
  const reasons: unknown[] = [];
  const ends = [1, 2, 3].map((port) =>
    guest.tcp.connect({ address: 0x0808_0808, port }, { closed: (reason) => reasons.push([port, reason]) }),
  );
  lab.run(20_000);
  assert.equal(requests, 3);
  assert.deepEqual(reasons, [
    [1, 'refused'],
    [2, 'unreachable'],
  ]);
  assert.equal(ends[2]?.state, 'established');
  assert.equal(a.stack.tcp.connectionCount, 0);
});

test('segments are what they say: parsed again, sums and lengths are right', () => {
  const lab = new Lab(1);
  let seen = 0;
  const pair = lab.pair({ latencyMs: 1 });
  const [near, far] = lab.link();
  const stack = lab.stack();
  const nic = stack.addInterface({ name: 'vmk9', mac: 0x5254_0000_0099, link: near });
  stack.addAddress(nic, { address: 0x0a00_0009, prefix: 24 });
  far.onReceive(({ bytes }) => {
    if (bytes[13] !== 0) return;
    const packet = parseIpv4(bytes.subarray(14));
    assert.ok(!isMalformed(packet));
    const segment = parseTcp(packet.payload, packet.source, packet.target);
    assert.ok(!isMalformed(segment));
    assert.equal(optionBytes(segment.options) % 4, 0);
    seen++;
  });
  nic.neighbours.heard(0x0a00_0001, 0x5254_0000_0001, true);
  stack.tcp.connect({ address: 0x0a00_0001, port: 80 }, {});
  lab.run(10_000);
  assert.ok(seen >= 3 && pair.length === 2);
});

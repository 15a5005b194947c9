// IP, ICMP and UDP between two stacks: fragments, errors, spoofed senders, bounds.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import type { EchoResult } from './icmp.ts';
import { Lab, pattern } from './testing.ts';
import type { Endpoint } from './udp.ts';
import { emitEthernet } from './wire/ethernet.ts';
import { emitIpv4 } from './wire/ipv4.ts';
import { emitUdp } from './wire/udp.ts';

test('UDP: datagrams of all lengths arrive whole, in fragments where they must', () => {
  const lab = new Lab(4);
  const [a, b] = lab.pair({ latencyMs: 1, jitterMs: 5 });
  const lengths: number[] = [];
  const isRight: boolean[] = [];
  const server = b.stack.udp.open(
    { address: 0, port: 69 },
    {
      received: ({ payload, from }) => {
        lengths.push(payload.length);
        isRight.push(Buffer.compare(payload, pattern(payload.length, 3)) === 0);
        server?.send({ to: from, payload: payload.slice(0, 10) });
      },
    },
  );
  let answers = 0;
  const client = a.stack.udp.open({ address: 0, port: 0 }, { received: () => answers++ });
  const sent = [0, 1, 100, 1472, 1473, 4000, 65_507];
  for (const length of sent) {
    assert.equal(client?.send({ to: { address: b.address, port: 69 }, payload: pattern(length, 3) }), 'sent');
    lab.run(50);
  }
  assert.deepEqual(lengths, sent);
  assert.ok(isRight.every(Boolean));
  assert.equal(answers, sent.length);
  assert.equal(
    client?.send({ to: { address: b.address, port: 69 }, payload: new Uint8Array(65_508) }),
    'too long',
  );
});

test('UDP: nobody listens: the sender hears of it', () => {
  const lab = new Lab(4);
  const [a, b] = lab.pair();
  const failed: Endpoint[] = [];
  const client = a.stack.udp.open(
    { address: 0, port: 0 },
    { received: () => {}, failed: (target) => failed.push(target) },
  );
  client?.send({ to: { address: b.address, port: 7 }, payload: Uint8Array.of(1) });
  lab.run(100);
  assert.deepEqual(failed, [{ address: b.address, port: 7 }]);
});

test('ICMP: errors are not sent without bound', () => {
  const lab = new Lab(4);
  const [a, b] = lab.pair();
  const client = a.stack.udp.open({ address: 0, port: 0 }, { received: () => {} });
  client?.send({ to: { address: b.address, port: 7 }, payload: Uint8Array.of(1) });
  lab.run(10);
  for (let i = 0; i < 1000; i++)
    client?.send({ to: { address: b.address, port: 7 }, payload: Uint8Array.of(1) });
  lab.run(100);
  assert.ok(b.stack.icmp.counts.errorsSent <= 60 && b.stack.icmp.counts.errorsHeldBack >= 900);
});

test('ping: replies tell bytes, hops and time; without a route it says so', () => {
  const lab = new Lab(4);
  const [a, b] = lab.pair({ latencyMs: 7 });
  const results: EchoResult[] = [];
  const ping = (target: number, length: number, dontFragment = false) =>
    a.stack.icmp.echo({ target, data: new Uint8Array(length), timeoutMs: 500, dontFragment }, (result) =>
      results.push(result),
    );
  ping(b.address, 56);
  lab.run(100);
  ping(b.address, 8000);
  lab.run(100);
  assert.deepEqual(
    results.map(({ kind }) => kind),
    ['reply', 'reply'],
  );
  const second = results[1];
  assert.ok(
    second?.kind === 'reply' &&
      second.bytes === 8000 &&
      Math.abs(second.milliseconds - 14) < 0.01 &&
      second.hops === 64,
  );
  ping(b.address, 8000, true);
  ping(0x0808_0808, 56);
  assert.deepEqual(results.slice(2), [
    { kind: 'not-sent', reason: 'too long' },
    { kind: 'not-sent', reason: 'no route' },
  ]);
});

test('loopback: a stack reaches itself, by UDP, TCP and echo', () => {
  const lab = new Lab(4);
  const [a] = lab.pair();
  const heard: string[] = [];
  a.stack.icmp.echo({ target: a.address, data: new Uint8Array(4), timeoutMs: 500 }, ({ kind }) =>
    heard.push(kind),
  );
  a.stack.udp.open({ address: 0, port: 5 }, { received: () => heard.push('datagram') });
  a.stack.udp
    .open({ address: 0, port: 0 }, { received: () => {} })
    ?.send({ to: { address: 0x7f00_0001, port: 5 }, payload: Uint8Array.of(1) });
  a.stack.tcp.listen({
    local: { address: 0, port: 6 },
    onConnection: (connection) => ({
      received: () => connection.write(connection.read() ?? Uint8Array.of()),
    }),
  });
  const client = a.stack.tcp.connect(
    { address: a.address, port: 6 },
    { received: () => heard.push(new TextDecoder().decode(client?.read())) },
  );
  client?.write(new TextEncoder().encode('echo'));
  lab.run(100);
  assert.deepEqual(heard.sort(), ['datagram', 'echo', 'reply']);
});

test('IP: what cannot be a sender is dropped: our own, groups, loopback, other networks', () => {
  const lab = new Lab(4);
  const [near, far] = lab.link();
  const stack = lab.stack();
  const nic = stack.addInterface({ name: 'vmk0', mac: 0x5254_0000_0001, link: near });
  stack.addAddress(nic, { address: 0x0a00_0001, prefix: 24 });
  let received = 0;
  stack.udp.open({ address: 0, port: 9 }, { received: () => received++ });
  const from = (source: number) => {
    const bytes = new Uint8Array(14 + 20 + 8 + 1);
    emitUdp(bytes, 34, { sourcePort: 1, targetPort: 9, payload: Uint8Array.of(1) }, source, 0x0a00_0001);
    emitIpv4(
      bytes,
      14,
      {
        source,
        target: 0x0a00_0001,
        protocol: 17,
        hops: 9,
        identification: 1,
        dontFragment: false,
        moreFragments: false,
        fragmentOffset: 0,
      },
      9,
    );
    emitEthernet(bytes, { target: 0x5254_0000_0001, source: 0x5254_0000_0007, type: 0x0800 });
    far.send({ bytes });
  };
  for (const source of [0x0a00_0001, 0x0a00_00ff, 0, 0x7f00_0001, 0xe000_0001, 0xffff_ffff, 0x0808_0808])
    from(source);
  lab.run(10);
  assert.equal(received, 0);
  assert.equal(stack.internet.counts.impossibleSource, 7);
  from(0x0a00_0007);
  lab.run(10);
  assert.equal(received, 1);
});

test('fuzz: whatever comes in as frames, the stack stays, and still answers', () => {
  const random = new SeededRandom(2024);
  const lab = new Lab(4);
  const good: Uint8Array[] = [];
  const [a, b] = lab.pair({}, [], ({ bytes }, from) => {
    if (from === 0 && good.length < 400) good.push(bytes.slice());
    return true;
  });
  b.stack.tcp.listen({
    local: { address: 0, port: 80 },
    onConnection: (connection) => ({ received: () => connection.read(), ended: () => connection.end() }),
  });
  b.stack.udp.open({ address: 0, port: 53 }, { received: () => {} });
  const client = a.stack.tcp.connect({ address: b.address, port: 80 }, {});
  client?.write(pattern(50_000));
  client?.end();
  a.stack.udp
    .open({ address: 0, port: 0 }, { received: () => {} })
    ?.send({ to: { address: b.address, port: 53 }, payload: pattern(5000) });
  a.stack.icmp.echo({ target: b.address, data: pattern(3000), timeoutMs: 100 }, () => {});
  lab.run(1000);
  const [near, far] = lab.link({ abilities: { checksum: true, gso: true } });
  const stack = lab.stack();
  const nic = stack.addInterface({ name: 'vmk0', mac: 0x5254_0000_0002, link: near });
  stack.addAddress(nic, { address: b.address, prefix: 24 });
  stack.tcp.listen({
    local: { address: 0, port: 80 },
    backlog: 4,
    onConnection: (connection) => ({ received: () => connection.read() }),
  });
  for (let turn = 0; turn < 20_000; turn++) {
    const bytes = (good[random.below(good.length)] as Uint8Array).slice(0, 14 + random.below(2000));
    for (let i = random.below(4); i > 0; i--)
      bytes[12 + random.below(Math.min(60, bytes.length - 12))] = random.nextU32();
    far.send({ bytes, isChecksumGood: random.below(2) === 0 });
    if (turn % 100 === 0) lab.run(20);
  }
  let isAlive = false;
  stack.udp.open({ address: 0, port: 9 }, { received: () => (isAlive = true) });
  stack.udp
    .open({ address: 0, port: 0 }, { received: () => {} })
    ?.send({ to: { address: b.address, port: 9 }, payload: pattern(5) });
  lab.run(10);
  assert.ok(isAlive);
});

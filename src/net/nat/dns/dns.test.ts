// DNS: guests' own names, names from outside, resolvers that fail, answers that are forged.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { address } from '../../stack/testing.ts';
import { natLab } from '../testing.ts';
import { DNS_TYPE, emitAnswer, parseQuestion } from './message.ts';

function query(id: number, name: string, type: number = DNS_TYPE.a): Uint8Array {
  const labels = name.split('.').flatMap((label) => [label.length, ...Buffer.from(label)]);
  return Uint8Array.from([id >> 8, id & 255, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, ...labels, 0, 0, type, 0, 1]);
}

function asking() {
  const all = natLab();
  all.guest.configure('web');
  const answers: Uint8Array[] = [];
  const socket = all.guest.stack.udp.open(
    { address: 0, port: 5353 },
    { received: ({ payload }) => answers.push(payload.slice()) },
  );
  const ask = (bytes: Uint8Array, waitMs = 20) => {
    socket?.send({ to: { address: address('10.0.2.3'), port: 53 }, payload: bytes });
    all.lab.run(waitMs);
  };
  return { ...all, answers, ask };
}

/** Id, code, and the addresses at the end. */
function read(bytes: Uint8Array | undefined) {
  const view = Buffer.from(bytes ?? []);
  const count = view.readUInt16BE(6);
  return {
    id: view.readUInt16BE(0),
    code: view.readUInt16BE(2) & 15,
    addresses: Array.from({ length: count }, (_, i) =>
      view.readUInt32BE(view.length - 16 * (count - i) + 12),
    ),
  };
}

test('DNS: names of guests and of the gateway are known, without asking outside', () => {
  const { ask, answers, outside } = asking();
  ask(query(7, 'web.vmk.internal'));
  ask(query(8, 'WEB'));
  ask(query(9, 'gateway.vmk.internal'));
  ask(query(10, 'web.vmk.internal', DNS_TYPE.aaaa));
  assert.deepEqual(answers.map(read), [
    { id: 7, code: 0, addresses: [address('10.0.2.15')] },
    { id: 8, code: 0, addresses: [address('10.0.2.15')] },
    { id: 9, code: 0, addresses: [address('10.0.2.2')] },
    { id: 10, code: 0, addresses: [] },
  ]);
  assert.equal(outside.sockets.length, 0);
});

test('DNS: other names go to the resolver under another id, and its answer comes back under the old one', () => {
  const { ask, answers, outside, lab } = asking();
  ask(query(0x1234, 'example.org'));
  const [socket] = outside.sockets;
  const sent = socket?.sent[0];
  assert.deepEqual(sent?.to, { address: '192.0.2.53', port: 53 });
  const question = parseQuestion(sent?.bytes ?? Uint8Array.of());
  assert.ok(question);
  assert.equal(question.name, 'example.org');
  const answer = emitAnswer(question, 0, [42], 60);
  socket?.events.received(answer, { address: '6.6.6.6', port: 53 });
  socket?.events.received(emitAnswer({ ...question, head: query(question.id, 'example.com') }, 0, [66], 60), {
    address: '192.0.2.53',
    port: 53,
  });
  lab.run(20);
  assert.equal(answers.length, 0, 'forged answers are not taken');
  socket?.events.received(answer, { address: '192.0.2.53', port: 53 });
  lab.run(20);
  assert.deepEqual(answers.map(read), [{ id: 0x1234, code: 0, addresses: [42] }]);
});

test('DNS: a silent resolver is followed by the next, then by the host itself, then by an error', () => {
  const { ask, answers, outside, lab } = asking();
  outside.nameServers = [
    { address: '192.0.2.1', port: 53 },
    { address: '192.0.2.2', port: 53 },
  ];
  outside.hosts.set('printer', ['192.0.2.9']);
  ask(query(1, 'printer'));
  lab.run(3000);
  assert.deepEqual(
    outside.sockets[0]?.sent.map(({ to }) => to.address),
    ['192.0.2.1', '192.0.2.2'],
  );
  lab.run(3000);
  assert.deepEqual(answers.map(read), [{ id: 1, code: 0, addresses: [address('192.0.2.9')] }]);
  ask(query(2, 'nowhere.example'));
  lab.run(6000);
  assert.deepEqual(read(answers.at(-1)), { id: 2, code: 2, addresses: [] });
});

test('DNS: a flood of queries is bounded, and sockets are closed when they are done', () => {
  const { ask, outside, lab, nat } = asking();
  for (let i = 0; i < 1000; i++) ask(query(i, `n${i}.example.org`), 1);
  assert.ok(outside.sockets.flatMap(({ sent }) => sent).length <= 300);
  lab.run(20_000);
  ask(query(1, 'a.example.org'));
  assert.ok(outside.sockets.filter(({ isClosed }) => !isClosed).length <= 2);
  assert.ok(nat.dns.counts.dropped > 500);
});

test('DNS: whatever comes as a query, the parser does not throw', () => {
  const random = new SeededRandom(8);
  for (let turn = 0; turn < 20_000; turn++) {
    const bytes = query(1, 'www.example.org').slice(0, random.below(40));
    for (let i = random.below(5); i > 0 && bytes.length > 0; i--)
      bytes[random.below(bytes.length)] = random.nextU32();
    const question = parseQuestion(bytes);
    if (question !== undefined) assert.ok(question.head.length <= bytes.length);
  }
});

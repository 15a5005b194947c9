/** Tests of VXLAN: the header byte for byte, learning, strangers, whatever comes in datagrams. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import type { Frame } from '../frame.ts';
import type { OutsideEndpoint } from '../nat/outside.ts';
import { frameOf, mac } from '../switch/testing.ts';
import { decapsulated, encapsulated } from './header.ts';
import { VxlanTunnel } from './tunnel.ts';

const A = { address: '192.0.2.1', port: 4789 };
const B = { address: '192.0.2.2', port: 4790 };

function setUp() {
  const clock = { ms: 0 };
  const tunnel = new VxlanTunnel({ vni: 42, peers: [A, B] }, () => clock.ms);
  const sent: { bytes: Uint8Array; to: OutsideEndpoint }[] = [];
  const heard: Frame[] = [];
  tunnel.open({ send: (bytes, to) => void sent.push({ bytes, to }) });
  tunnel.link.onReceive((frame) => void heard.push({ ...frame, bytes: frame.bytes.slice() }));
  return { clock, tunnel, sent, heard };
}

test('encapsulated: the header is that of RFC 7348 §5, and is read again', () => {
  const { bytes } = frameOf(mac(1), mac(2));
  const datagram = encapsulated(0x12_34_56, bytes);
  assert.deepEqual([...datagram.subarray(0, 8)], [0x08, 0, 0, 0, 0x12, 0x34, 0x56, 0]);
  assert.deepEqual(decapsulated(datagram), { vni: 0x12_34_56, frame: bytes });
  assert.equal(decapsulated(datagram.subarray(0, 21)), undefined);
  datagram[0] = 0xf7;
  assert.equal(decapsulated(datagram), undefined);
});

test('VxlanTunnel: strangers and groups go to every peer, known stations to theirs until they are old', () => {
  const { clock, tunnel, sent, heard } = setUp();
  const targets = () => sent.splice(0).map(({ to }) => to);
  tunnel.link.send(frameOf(mac(1), mac(2)));
  assert.deepEqual(targets(), [A, B]);
  // A peer may send from any port; answers go where it listens.
  tunnel.received(encapsulated(42, frameOf(mac(2), mac(1)).bytes), { ...B, port: 50_000 });
  assert.equal(heard.length, 1);
  tunnel.link.send(frameOf(mac(1), mac(2)));
  assert.deepEqual(targets(), [B]);
  tunnel.link.send(frameOf(mac(1), 0));
  assert.deepEqual(targets(), [A, B]);
  clock.ms = 301_000;
  tunnel.link.send(frameOf(mac(1), mac(2)));
  assert.deepEqual(targets(), [A, B]);
});

test('VxlanTunnel: a station that moves is found where it was heard last', () => {
  const { tunnel, sent } = setUp();
  const { bytes } = frameOf(mac(2), mac(1));
  for (const peer of [A, B, A]) tunnel.received(encapsulated(42, bytes), peer);
  tunnel.link.send(frameOf(mac(1), mac(2)));
  assert.deepEqual(
    sent.map(({ to }) => to),
    [A],
  );
});

test('VxlanTunnel: what is checksummed and cut later is finished before it goes out', () => {
  const { tunnel, sent } = setUp();
  const frame = frameOf(mac(1), mac(2));
  tunnel.link.send({ ...frame, checksum: { start: 14, offset: 16 } });
  const inner = decapsulated(sent[0]?.bytes ?? new Uint8Array())?.frame ?? new Uint8Array(32);
  assert.notEqual((inner[30] as number) | (inner[31] as number), 0);
});

test('VxlanTunnel: datagrams of strangers, other VNIs and of chance are counted and change nothing', () => {
  const { tunnel, heard, sent } = setUp();
  const { bytes } = frameOf(mac(2), mac(1));
  tunnel.received(encapsulated(42, bytes), { address: '198.51.100.1', port: 4789 });
  tunnel.received(encapsulated(43, bytes), A);
  tunnel.received(new Uint8Array(3), A);
  assert.deepEqual(tunnel.counts, { framesIn: 0, framesOut: 0, strangers: 1, otherVni: 1, malformed: 1 });
  const random = new SeededRandom(31);
  for (let i = 0; i < 20_000; i++) {
    const datagram = new Uint8Array(random.below(64));
    random.fill(datagram);
    if (random.below(2) === 0) datagram.set([8, 0, 0, 0, 0, 0, 42, 0].slice(0, datagram.length));
    tunnel.received(datagram, random.below(2) === 0 ? A : B);
  }
  assert.equal(heard.length, tunnel.counts.framesIn);
  assert.ok(heard.length > 1000 && sent.length === 0);
});

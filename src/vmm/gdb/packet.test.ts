// Packets of gdb's remote protocol: both ways, damaged ones, runs, and whatever bytes come.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { encodePacket, PacketReader } from './packet.ts';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (one) => one.charCodeAt(0));
const text = (data: Uint8Array): string => String.fromCharCode(...data);

test('encodePacket: the examples of the manual', () => {
  assert.equal(text(encodePacket(bytes('OK'))), '$OK#9a');
  assert.equal(text(encodePacket(bytes(''))), '$#00');
  assert.equal(text(encodePacket(bytes('0000'))), '$0* #7a');
  assert.equal(text(encodePacket(bytes('a#$}*'))), '$a}\x03}\x04}]}\x0a#c3');
});

test('PacketReader: packets, interrupts and acknowledgements in one stream, however it is cut', () => {
  const stream = bytes('+$qC#b4-\x03$g#67');
  for (let size = 1; size <= stream.length; size++) {
    const reader = new PacketReader();
    const found = [];
    for (let at = 0; at < stream.length; at += size)
      found.push(...reader.push(stream.subarray(at, at + size)));
    assert.deepEqual(
      found.map((one) => (one.kind === 'packet' ? text(one.data) : one.kind)),
      ['ack', 'qC', 'nack', 'interrupt', 'g'],
    );
  }
});

test('PacketReader: what does not fit its checksum, or is too long, is damaged; the next one is whole', () => {
  const reader = new PacketReader();
  assert.deepEqual(reader.push(bytes('$g#68')), [{ kind: 'damaged' }]);
  assert.deepEqual(reader.push(bytes('$*#2a')), [{ kind: 'damaged' }]);
  assert.deepEqual(reader.push(bytes('$qqq$g#67')), [{ kind: 'packet', data: bytes('g') }]);
  const long = 'a'.repeat(0x5000);
  assert.deepEqual(reader.push(bytes(`$${long}#00`)), [{ kind: 'damaged' }]);
  assert.deepEqual(reader.push(bytes('$g#67')), [{ kind: 'packet', data: bytes('g') }]);
});

test('PacketReader: reads what encodePacket writes, for any bytes; no bytes make it throw', () => {
  const random = new SeededRandom(7);
  const reader = new PacketReader();
  for (let i = 0; i < 3000; i++) {
    const data = Uint8Array.from({ length: random.below(300) }, () =>
      random.below(3) === 0 ? random.below(256) : 0x30 + random.below(2),
    );
    assert.deepEqual(reader.push(encodePacket(data)), [{ kind: 'packet', data }]);
  }
  for (let i = 0; i < 3000; i++) {
    const noise = new Uint8Array(random.below(80));
    random.fill(noise);
    new PacketReader().push(Uint8Array.from([0x24, ...noise]));
    const packet = encodePacket(noise);
    const at = random.below(packet.length);
    packet[at] = (packet[at] as number) ^ (1 << random.below(8));
    new PacketReader().push(packet);
  }
});

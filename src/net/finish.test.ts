/** Tests of finishing frames: every segment is a packet that stands alone, and together they are the whole. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cable } from './cable.ts';
import { addToSum, fold, pseudoHeaderSum, readBig16, readBig32, writeBig16 } from './checksum.ts';
import { finished } from './finish.ts';
import type { Frame } from './frame.ts';
import { TAKES_ALL, TAKES_NONE } from './port.ts';

const HEADERS = { tcp4: 14 + 20 + 20, tcp6: 14 + 40 + 20, udp: 14 + 20 + 8 } as const;

/** A long segment as a driver with offload sends it. */
function longFrame(type: keyof typeof HEADERS, payload: number, vlan = 0): Frame {
  const headerLength = HEADERS[type] + vlan;
  const bytes = new Uint8Array(headerLength + payload);
  for (let i = 0; i < payload; i++) bytes[headerLength + i] = i * 7 + (i >>> 8);
  const ip = 14 + vlan;
  if (vlan > 0) writeBig16(bytes, 12, 0x8100);
  const isV6 = type === 'tcp6';
  writeBig16(bytes, ip - 2, isV6 ? 0x86dd : 0x0800);
  bytes[ip] = isV6 ? 0x60 : 0x45;
  const protocol = type === 'udp' ? 17 : 6;
  bytes[ip + (isV6 ? 6 : 9)] = protocol;
  const addresses = { at: ip + (isV6 ? 8 : 12), length: isV6 ? 32 : 8 } as const;
  for (let i = 0; i < addresses.length; i++) bytes[addresses.at + i] = 10 + i;
  const start = ip + (isV6 ? 40 : 20);
  if (type !== 'udp') {
    bytes.set([0xff, 0xff, 0xff, 0x00], start + 4);
    bytes.set([0x50, 0x99], start + 12);
  }
  const offset = type === 'udp' ? 6 : 16;
  writeBig16(bytes, start + offset, pseudoHeaderSum(bytes, addresses, protocol, bytes.length - start));
  return { bytes, checksum: { start, offset }, gso: { type, size: 1000, headerLength } };
}

function transportSum(bytes: Uint8Array, ip: number): number {
  const isV6 = (bytes[ip] as number) >>> 4 === 6;
  const transport = ip + (isV6 ? 40 : 20);
  const addresses = { at: ip + (isV6 ? 8 : 12), length: isV6 ? 32 : 8 } as const;
  const protocol = bytes[ip + (isV6 ? 6 : 9)] as number;
  const sum = pseudoHeaderSum(bytes, addresses, protocol, bytes.length - transport);
  return fold(addToSum(bytes, transport, bytes.length, sum));
}

for (const type of ['tcp4', 'tcp6', 'udp'] as const) {
  for (const vlan of [0, 4]) {
    test(`finished: ${type} cut behind ${vlan} bytes of tags: right checksums, lengths, numbers`, () => {
      const frame = longFrame(type, 2500, vlan);
      const parts: Uint8Array[] = [];
      finished(frame, TAKES_NONE, (part) => void parts.push(part.bytes));
      const header = HEADERS[type] + vlan;
      const ip = 14 + vlan;
      assert.deepEqual(
        parts.map((part) => part.length - header),
        [1000, 1000, 500],
      );
      for (const [index, part] of parts.entries()) {
        assert.equal(transportSum(part, ip), 0xffff);
        if (type === 'tcp6') assert.equal(readBig16(part, ip + 4), part.length - ip - 40);
        else {
          assert.equal(readBig16(part, ip + 2), part.length - ip);
          assert.equal(fold(addToSum(part, ip, ip + 20)), 0xffff);
          assert.equal(readBig16(part, ip + 4), index);
        }
      }
      const payload = parts.flatMap((part) => [...part.subarray(header)]);
      assert.deepEqual(Uint8Array.from(payload), frame.bytes.subarray(header));
      if (type === 'udp') return;
      const tcp = header - 20;
      assert.deepEqual(
        parts.map((part) => readBig32(part, tcp + 4)),
        [0xffffff00, 744, 1744],
        'numbers wrap',
      );
      assert.deepEqual(
        parts.map((part) => part[tcp + 13]),
        [0x90, 0x10, 0x19],
        'CWR first; FIN, PSH last',
      );
    });
  }
}

test('finished: a partial checksum is filled in on a copy, and left to who takes it', () => {
  const { bytes, checksum } = longFrame('tcp4', 99);
  const frame = { bytes, ...(checksum && { checksum }) };
  const before = bytes.slice();
  const heard: Frame[] = [];
  finished(frame, TAKES_NONE, (one) => void heard.push(one));
  finished(frame, TAKES_ALL, (one) => void heard.push(one));
  assert.deepEqual(bytes, before);
  assert.equal(transportSum(heard[0]?.bytes as Uint8Array, 14), 0xffff);
  assert.equal(heard[1], frame);
});

test('finished: descriptions that lie give nothing, or the frame as it is; nothing throws', () => {
  const good = longFrame('tcp4', 100);
  const gso = good.gso as NonNullable<Frame['gso']>;
  const lies: Frame['gso'][] = [
    { ...gso, size: 0 },
    { ...gso, headerLength: 20 },
    { ...gso, headerLength: 9999 },
    { ...gso, type: 'tcp6' },
    { ...gso, type: 'udp' },
  ];
  for (const lie of lies) {
    finished({ ...good, ...(lie && { gso: lie }) }, TAKES_NONE, () => assert.fail('was cut'));
  }
  const short = { bytes: good.bytes.subarray(0, 30), checksum: { start: 34, offset: 16 } };
  finished(short, TAKES_NONE, (frame) => assert.equal(frame.bytes, short.bytes));
});

test('cable: what goes in at one end comes out of the other, as it takes it', () => {
  const [left, right] = cable();
  const heard: number[] = [];
  assert.equal(left.send(longFrame('tcp4', 2500)), false, 'nobody is there');
  right.onReceive((frame) => void heard.push(frame.bytes.length));
  assert.equal(left.send(longFrame('tcp4', 2500)), true);
  right.onReceive((frame) => void heard.push(frame.bytes.length), TAKES_ALL);
  left.send(longFrame('tcp4', 2500));
  assert.deepEqual(heard, [1054, 1054, 554, 2554]);
});

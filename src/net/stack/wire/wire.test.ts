// Packets: what is emitted parses to the same; whatever comes, parsers answer and do not throw.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { checksumOf } from '../../checksum.ts';
import { ip, ipText, maskText, networkText, parseIp, parseMask, parseNetwork, prefixOf } from './address.ts';
import { ARP_BYTES, type ArpPacket, emitArp, parseArp } from './arp.ts';
import { emitEthernet, parseEthernet } from './ethernet.ts';
import { emitIcmp, ICMP_BYTES, parseIcmp } from './icmp.ts';
import { emitIpv4, IPV4_BYTES, parseIpv4 } from './ipv4.ts';
import { isMalformed } from './malformed.ts';
import { emitTcp, optionBytes, parseTcp, TCP_BYTES, type TcpOptions } from './tcp.ts';
import { emitUdp, parseUdp, UDP_BYTES } from './udp.ts';

const SOURCE = ip('10.0.2.15');
const TARGET = ip('192.168.7.9');

test('addresses: text and number are inverse, and what is no address is none', () => {
  assert.equal(ipText(ip('10.0.2.255')), '10.0.2.255');
  assert.equal(networkText(parseNetwork('10.1.2.3/8') ?? { address: 0, prefix: 0 }), '10.0.0.0/8');
  for (const wrong of [
    '',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.256',
    '01.2.3.4',
    '1.2.3.-4',
    ' 1.2.3.4',
    '1.2.3.4/24',
  ]) {
    assert.equal(parseIp(wrong), undefined, wrong);
  }
  for (const wrong of ['1.2.3.4/33', '1.2.3.4/', '/8', '1.2.3.4/8/8'])
    assert.equal(parseNetwork(wrong), undefined, wrong);
  assert.equal(prefixOf(0xffff_ff00), 24);
  assert.equal(prefixOf(0xffff_00ff), undefined);
  for (let prefix = 0; prefix <= 32; prefix++) assert.equal(parseMask(maskText(prefix)), prefix);
  assert.deepEqual(
    [maskText(0), maskText(20), maskText(32)],
    ['0.0.0.0', '255.255.240.0', '255.255.255.255'],
  );
  for (const text of ['', '24', '255.255.0.255', '255.255.255', '255.255.255.0/24'])
    assert.equal(parseMask(text), undefined, text);
});

test('Ethernet, ARP: what is emitted parses to the same', () => {
  const frame = new Uint8Array(14 + ARP_BYTES);
  const header = { target: 0xffff_ffff_ffff, source: 0x5254_0012_3456, type: 0x0806 };
  emitEthernet(frame, header);
  assert.deepEqual(parseEthernet(frame), header);
  const packet: ArpPacket = {
    operation: 'reply',
    senderMac: 0x5254_0012_3456,
    senderIp: SOURCE,
    targetMac: 2,
    targetIp: TARGET,
  };
  emitArp(frame, 14, packet);
  assert.deepEqual(parseArp(frame.subarray(14)), packet);
});

test('IPv4, ICMP, UDP: what is emitted parses to the same, and a changed bit is found', () => {
  const bytes = new Uint8Array(IPV4_BYTES + UDP_BYTES + 5);
  emitUdp(
    bytes,
    IPV4_BYTES,
    { sourcePort: 53, targetPort: 65535, payload: Uint8Array.of(1, 2, 3, 4, 5) },
    SOURCE,
    TARGET,
  );
  const header = {
    source: SOURCE,
    target: TARGET,
    protocol: 17,
    hops: 64,
    identification: 77,
    dontFragment: true,
    moreFragments: false,
    fragmentOffset: 0,
  };
  emitIpv4(bytes, 0, header, UDP_BYTES + 5);
  const packet = parseIpv4(bytes);
  assert.ok(!isMalformed(packet));
  const { header: _, payload, ...rest } = packet;
  assert.deepEqual(rest, header);
  const datagram = parseUdp(payload, SOURCE, TARGET);
  assert.deepEqual(datagram, { sourcePort: 53, targetPort: 65535, payload: Uint8Array.of(1, 2, 3, 4, 5) });
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const damaged = bytes.slice();
    damaged[bit >> 3] = (damaged[bit >> 3] as number) ^ (1 << (bit & 7));
    const outer = parseIpv4(damaged);
    const inner = isMalformed(outer) ? outer : parseUdp(outer.payload, outer.source, outer.target);
    assert.ok(isMalformed(inner), `bit ${bit}`);
  }
  const message = { type: 8, code: 0, high: 0x1234, low: 0xfedc, data: Uint8Array.of(9, 8, 7) };
  const echo = new Uint8Array(ICMP_BYTES + 3);
  emitIcmp(echo, 0, message);
  assert.deepEqual(parseIcmp(echo), message);
});

// biome-ignore format: a table reads in columns
const IPV4_OPTIONS: readonly (readonly [what: string, options: readonly number[], isWhole: boolean])[] = [
  ['nothing',                [1, 1, 1, 1],       true],
  ['the end, then anything', [0, 9, 9, 9],       true],
  ['unknown',                [0x9e, 4, 7, 7],    true],
  ['of length 0',            [0x9e, 0, 0, 0],    false],
  ['of length 1',            [0x9e, 1, 0, 0],    false],
  ['longer than the header', [0x9e, 5, 0, 0],    false],
  ['cut before its length',  [1, 1, 1, 0x9e],    false],
];
for (const [what, options, isWhole] of IPV4_OPTIONS) {
  test(`IPv4: an option ${what} is ${isWhole ? 'skipped' : 'the end of the packet'}`, () => {
    const bytes = new Uint8Array(IPV4_BYTES + options.length);
    const header = { source: SOURCE, target: TARGET, protocol: 17, hops: 64, identification: 77 };
    const rest = { dontFragment: false, moreFragments: false, fragmentOffset: 0 };
    emitIpv4(bytes, 0, { ...header, ...rest }, options.length);
    bytes[0] = 0x46;
    bytes.set(options, IPV4_BYTES);
    bytes.set([0, 0], 10);
    const sum = checksumOf(bytes, 0, bytes.length);
    bytes.set([sum >> 8, sum & 0xff], 10);
    const packet = parseIpv4(bytes);
    assert.equal(isMalformed(packet) ? packet : packet.payload.length, isWhole ? 0 : 'wrong option');
  });
}

test('TCP: options in every combination parse to the same', () => {
  const all: Required<TcpOptions> = {
    maxSegmentBytes: 1460,
    windowScale: 7,
    sackPermitted: true,
    timestamp: { value: 0xffff_ffff, echo: 1 },
    sack: [
      [1, 2],
      [0xffff_fff0, 5],
    ],
  };
  for (let chosen = 0; chosen < 32; chosen++) {
    const options = Object.fromEntries(Object.entries(all).filter((_, i) => (chosen >> i) & 1)) as TcpOptions;
    if (optionBytes(options) > 40) continue;
    const segment = {
      sourcePort: 1,
      targetPort: 2,
      sequence: 0xffff_ffff,
      acknowledgment: 5,
      flags: 0x18,
      window: 65535,
      options,
    };
    const bytes = new Uint8Array(TCP_BYTES + optionBytes(options) + 3).fill(7);
    emitTcp(bytes, 0, segment, 3, { source: SOURCE, target: TARGET });
    assert.deepEqual(parseTcp(bytes, SOURCE, TARGET), { ...segment, payload: Uint8Array.of(7, 7, 7) });
  }
});

test('fuzz: no parser throws, and none reads beyond what it has', () => {
  const random = new SeededRandom(99);
  for (let turn = 0; turn < 20_000; turn++) {
    const bytes = new Uint8Array(random.below(100));
    random.fill(bytes);
    if (bytes.length > 13) {
      if (random.below(2) === 0) bytes[0] = 0x45 + random.below(4);
      if (random.below(2) === 0) bytes[12] = 0x50 + random.below(0xb0);
    }
    parseEthernet(bytes);
    parseArp(bytes);
    parseIpv4(bytes);
    parseIcmp(bytes);
    for (const trusted of [true, false]) {
      const datagram = parseUdp(bytes, SOURCE, TARGET, trusted);
      if (!isMalformed(datagram)) assert.ok(datagram.payload.length <= bytes.length - UDP_BYTES);
      const segment = parseTcp(bytes, SOURCE, TARGET, trusted);
      if (!isMalformed(segment)) assert.ok(segment.payload.length <= bytes.length - TCP_BYTES);
    }
  }
});

// Packets, good and bad, that two TCP/IP stacks are given, and what each answers: for comparing ours with Linux's.
import { type Random } from '#lib';
import { ip } from '#net';
import { checksumOf, readBig16, readBig32, writeBig16, writeBig32 } from '../../src/net/checksum.ts';
import { emitArp, parseArp } from '../../src/net/stack/wire/arp.ts';
import { pseudoHeaderSum } from '../../src/net/stack/wire/checksum.ts';
import { ETHER_TYPE, ETHERNET_BYTES, emitEthernet } from '../../src/net/stack/wire/ethernet.ts';
import { emitIcmp, ICMP, ICMP_BYTES } from '../../src/net/stack/wire/icmp.ts';
import { IPV4_BYTES, PROTOCOL } from '../../src/net/stack/wire/ipv4.ts';
import { CHECKSUM_AT, TCP_BYTES } from '../../src/net/stack/wire/tcp.ts';

export const TESTER = { mac: 0x02_00_00_00_40_01, address: 0x0a43_0001 } as const;
/** The address of each peer, 10.67.0.2. */
export const PEER_ADDRESS = 0x0a43_0002;

const MARK = 0x7e57;
const MORE = 0x2000;
const CLOSED_PORT = 9;
const RANDOM_PACKETS = 300;

export interface Peer {
  readonly mac: number;
  send(frame: Uint8Array): void;
  /** Hears what the peer sends. */
  onFrame(handler: (frame: Uint8Array) => void): void;
}

export interface PacketCase {
  readonly what: string;
  /** IPv4 packets, in their order. */
  readonly packets: readonly Uint8Array[];
}

/** Gives a peer each case; resolves to what it answered to each, in words. */
export async function answersOf(peer: Peer, cases: readonly PacketCase[]): Promise<string[]> {
  const answers: string[] = [];
  let heard: string[] = [];
  let awaited = -1;
  let marked = (): void => {};
  peer.onFrame((frame) => {
    if (readBig16(frame, 12) === ETHER_TYPE.arp) return answerArp(peer, frame);
    const word = described(frame);
    if (word === `echo ${MARK} ${awaited}`) marked();
    else if (word !== undefined) heard.push(word);
  });
  for (const [index, { packets }] of cases.entries()) {
    heard = [];
    for (const packet of packets) peer.send(framed(peer, packet));
    // Echoes are answered behind what came before them; the second one also behind what Linux had put off to the end of a poll.
    for (const mark of [2 * index, 2 * index + 1]) {
      const { promise, resolve } = Promise.withResolvers<void>();
      [awaited, marked] = [mark, resolve];
      peer.send(framed(peer, ipv4(PROTOCOL.icmp, echo(MARK, mark, new Uint8Array(0)))));
      await promise;
    }
    answers.push(heard.sort().join(', ') || 'nothing');
  }
  return answers;
}

function framed({ mac }: Peer, packet: Uint8Array): Uint8Array {
  const frame = new Uint8Array(Math.max(60, ETHERNET_BYTES + packet.length));
  emitEthernet(frame, { target: mac, source: TESTER.mac, type: ETHER_TYPE.ipv4 });
  frame.set(packet, ETHERNET_BYTES);
  return frame;
}

function answerArp(peer: Peer, frame: Uint8Array): void {
  const arp = parseArp(frame.subarray(ETHERNET_BYTES));
  if (typeof arp === 'string' || arp.operation !== 'request' || arp.targetIp !== TESTER.address) return;
  const answer = new Uint8Array(60);
  emitEthernet(answer, { target: peer.mac, source: TESTER.mac, type: ETHER_TYPE.arp });
  const { mac: senderMac, address: senderIp } = TESTER;
  emitArp(answer, ETHERNET_BYTES, {
    ...{ operation: 'reply', senderMac, senderIp, targetMac: arp.senderMac, targetIp: arp.senderIp },
  });
  peer.send(answer);
}

/** Echo replies and resets in words; errors are sent so often and no more, and are not compared. */
function described(frame: Uint8Array): string | undefined {
  if (readBig16(frame, 12) !== ETHER_TYPE.ipv4) return undefined;
  const packet = frame.subarray(ETHERNET_BYTES, ETHERNET_BYTES + readBig16(frame, ETHERNET_BYTES + 2));
  if (readBig32(packet, 16) !== TESTER.address) return undefined;
  const payload = packet.subarray(((packet[0] as number) & 15) * 4);
  if (packet[9] === PROTOCOL.icmp && payload[0] === ICMP.echoReply) {
    const data = payload.subarray(ICMP_BYTES);
    const sum = data.length === 0 ? '' : ` ${data.length} bytes ${checksumOf(data, 0, data.length)}`;
    return `echo ${readBig16(payload, 4)} ${readBig16(payload, 6)}${sum}`;
  }
  if (packet[9] !== PROTOCOL.tcp) return undefined;
  const flags = (payload[13] as number) & 0x3f;
  return `tcp to ${readBig16(payload, 2)} flags ${flags} ${readBig32(payload, 4)} ${readBig32(payload, 8)}`;
}

// Packets

interface HeaderChange {
  readonly options?: readonly number[];
  readonly fragment?: number;
  readonly id?: number;
}

function ipv4(
  protocol: number,
  payload: Uint8Array,
  { options = [], fragment = 0, id = 1 }: HeaderChange = {},
) {
  const headerBytes = IPV4_BYTES + options.length;
  const packet = new Uint8Array(headerBytes + payload.length);
  packet[0] = 0x40 | (headerBytes / 4);
  writeBig16(packet, 2, packet.length);
  writeBig16(packet, 4, id);
  writeBig16(packet, 6, fragment);
  packet[8] = 64;
  packet[9] = protocol;
  writeBig32(packet, 12, TESTER.address);
  writeBig32(packet, 16, PEER_ADDRESS);
  packet.set(options, IPV4_BYTES);
  packet.set(payload, headerBytes);
  return withHeaderSum(packet);
}

function withHeaderSum(packet: Uint8Array): Uint8Array {
  const end = Math.min(((packet[0] as number) & 15) * 4, packet.length);
  writeBig16(packet, 10, 0);
  writeBig16(packet, 10, checksumOf(packet, 0, end));
  return packet;
}

function echo(id: number, sequence: number, data: Uint8Array): Uint8Array {
  const message = new Uint8Array(ICMP_BYTES + data.length);
  emitIcmp(message, 0, { type: ICMP.echo, code: 0, high: id, low: sequence, data });
  return message;
}

function tcp(
  port: number,
  flags: number,
  change: (segment: Uint8Array) => void = () => {},
  data = 0,
): Uint8Array {
  const segment = new Uint8Array(TCP_BYTES + data);
  writeBig16(segment, 0, port);
  writeBig16(segment, 2, CLOSED_PORT);
  writeBig32(segment, 4, 0x1234_5678);
  writeBig32(segment, 8, 0x8765_4321);
  segment[12] = 5 << 4;
  segment[13] = flags;
  writeBig16(segment, 14, 1000);
  change(segment);
  const pseudo = pseudoHeaderSum(TESTER.address, PEER_ADDRESS, PROTOCOL.tcp, segment.length);
  writeBig16(segment, CHECKSUM_AT, checksumOf(segment, 0, segment.length, pseudo));
  return segment;
}

function changed(packet: Uint8Array, change: (packet: Uint8Array) => void, fixes = true): Uint8Array {
  const copy = packet.slice();
  change(copy);
  return fixes ? withHeaderSum(copy) : copy;
}

/** Cases of every kind that the two agree or disagree on by rule, then such as chance makes them. */
export function packetCases(random: Random): PacketCase[] {
  const cases: PacketCase[] = [];
  const add = (what: string, ...packets: readonly Uint8Array[]) => void cases.push({ what, packets });
  const data = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 7) & 0xff);
  const icmp = (length: number, header?: HeaderChange) =>
    ipv4(PROTOCOL.icmp, echo(1, cases.length, data(length)), header);
  for (const length of [0, 1, 17, 56, 1000, 1472]) add(`echo of ${length} bytes`, icmp(length));
  const good = icmp(56);
  add(
    'wrong header checksum',
    changed(good, (bytes) => (bytes[10] = (bytes[10] as number) ^ 1), false),
  );
  add(
    'wrong ICMP checksum',
    changed(good, (bytes) => (bytes[30] = (bytes[30] as number) ^ 1)),
  );
  add(
    'version 6',
    changed(good, (bytes) => (bytes[0] = 0x65)),
  );
  for (const words of [0, 1, 4, 15])
    add(
      `header of ${words} words`,
      changed(good, (bytes) => (bytes[0] = 0x40 | words)),
    );
  for (const total of [0, 19, 20, 27, 28, 83, 85, 2000, 0xffff])
    add(
      `total length ${total}`,
      changed(good, (bytes) => writeBig16(bytes, 2, total)),
    );
  for (let length = 1; length < good.length; length += 5) add(`cut at ${length}`, good.slice(0, length));
  for (const source of [
    '255.255.255.255',
    '224.0.0.1',
    '127.0.0.1',
    '10.67.0.2',
    '0.0.0.0',
    '10.67.0.255',
    '240.0.0.1',
  ])
    add(
      `from ${source}`,
      changed(good, (bytes) => writeBig32(bytes, 12, ip(source))),
    );
  for (const target of ['10.67.0.9', '10.99.0.1', '127.0.0.1', '224.0.0.9'])
    add(
      `to ${target}`,
      changed(good, (bytes) => writeBig32(bytes, 16, ip(target))),
    );
  for (const protocol of [0, 41, 255])
    add(
      `protocol ${protocol}`,
      changed(good, (bytes) => (bytes[9] = protocol)),
    );
  for (const [what, options] of OPTIONS) add(`IP option: ${what}`, icmp(8, { options }));
  addFragments(add, data);
  for (const flags of [0, 1, 2, 3, 4, 6, 16, 18, 20, 41, 63]) {
    const port = 2000 + cases.length;
    add(`TCP flags ${flags}`, ipv4(PROTOCOL.tcp, tcp(port, flags)));
    add(`TCP flags ${flags} with data`, ipv4(PROTOCOL.tcp, tcp(port + 1, flags, undefined, 11)));
  }
  for (const words of [0, 4, 6, 15])
    add(
      `TCP header of ${words} words`,
      ipv4(
        PROTOCOL.tcp,
        tcp(3000 + words, 2, (bytes) => (bytes[12] = words << 4)),
      ),
    );
  const syn = ipv4(PROTOCOL.tcp, tcp(3100, 2));
  add(
    'wrong TCP checksum',
    changed(syn, (bytes) => (bytes[36] = (bytes[36] as number) ^ 1)),
  );
  for (let length = 20; length < syn.length; length += 3)
    add(
      `TCP cut to ${length}`,
      changed(syn.slice(0, length), (bytes) => writeBig16(bytes, 2, length)),
    );
  for (let i = 0; i < RANDOM_PACKETS; i++) addRandom(add, random, cases.length, i % 2 === 0 ? good : syn);
  return cases;
}

// biome-ignore format: a table reads in columns
const OPTIONS: readonly (readonly [what: string, options: readonly number[]])[] = [
  ['nothing',               [1, 1, 1, 1]],
  ['end',                   [0, 0, 0, 0]],
  ['unknown',               [0x9e, 4, 0, 0]],
  ['of no length',          [0x9e, 0, 0, 0]],
  ['of length 1',           [0x9e, 1, 0, 0]],
  ['longer than the header', [0x9e, 9, 0, 0]],
];

type Add = (what: string, ...packets: readonly Uint8Array[]) => void;

function addFragments(add: Add, data: (length: number) => Uint8Array): void {
  const whole = echo(2, 77, data(1200));
  const part = (id: number, from: number, to: number, isLast: boolean, change: Uint8Array = whole) =>
    ipv4(PROTOCOL.icmp, change.slice(from, to), { id, fragment: (from / 8) | (isLast ? 0 : MORE) });
  const end = whole.length;
  const other = whole.map((byte) => byte ^ 0xff);
  add('fragments in order', part(11, 0, 400, false), part(11, 400, 800, false), part(11, 800, end, true));
  add('fragments backwards', part(12, 800, end, true), part(12, 400, 800, false), part(12, 0, 400, false));
  add('a fragment twice', part(13, 0, 400, false), part(13, 0, 400, false), part(13, 400, end, true));
  add('fragments that overlap', part(14, 0, 408, false), part(14, 400, end, true, other));
  add(
    'a fragment inside another',
    part(15, 0, 800, false),
    part(15, 400, 480, false, other),
    part(15, 800, end, true),
  );
  add('a fragment missing', part(16, 0, 400, false), part(16, 800, end, true));
  add('two ends', part(17, 0, 400, false), part(17, 800, end, true), part(17, 400, 480, true));
  add('a fragment of odd length', part(18, 0, 399, false), part(18, 400, end, true));
  add(
    'beyond 65535 bytes',
    ipv4(PROTOCOL.icmp, data(400), { id: 19, fragment: 0x1fff }),
    part(19, 0, 400, false),
  );
  add('an empty fragment', part(20, 0, 0, false), part(20, 0, 400, false), part(20, 400, end, true));
}

/** Some bytes are others; mostly the header's sum is right again. */
function addRandom(add: Add, random: Random, number: number, base: Uint8Array): void {
  const packet = base.slice();
  const changes = 1 + random.below(3);
  const where: string[] = [];
  for (let i = 0; i < changes; i++) {
    // Addresses, and what the case is known by, stay.
    const at = [0, 1, 2, 3, 6, 7, 8, 9, 20 + random.below(20)][random.below(9)] as number;
    packet[at] = random.below(256);
    where.push(`${at}=${packet[at]}`);
  }
  const fixes = random.below(4) > 0;
  add(
    `chance ${number}: ${where.join(' ')}${fixes ? '' : ', sum as it was'}`,
    fixes ? withHeaderSum(packet) : packet,
  );
}

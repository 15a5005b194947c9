// Network I/O control of a saturated uplink of 100 Mbit/s: how three kinds of traffic split it, on a clock that is moved by hand.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cable, firstNetworks, Networks, type TrafficAllocation, type TrafficType } from '#net';

const LINK_MBPS = 100;
const KINDS = ['virtualMachine', 'nfs', 'vmotion'] as const satisfies readonly TrafficType[];
type Kind = (typeof KINDS)[number];
const SECONDS = 2;
/** Of each kind more than the link carries: 19 frames of 1,000 bytes each ms are 152 Mbit/s. */
const FRAMES_PER_MS = 19;
const FRAME_BYTES = 1000;
const PEER = 0x02_00_00_00_00_99;

interface Round {
  readonly what: string;
  readonly allocations: Partial<Record<Kind, TrafficAllocation>>;
  readonly idle?: readonly Kind[];
  /** Mbit/s that each has to get. */
  readonly expected: Readonly<Record<Kind, number>>;
}

const shares = (count: number, reservationMbps = 0, limitMbps?: number): TrafficAllocation => ({
  ...{ shares: count, reservationMbps, ...(limitMbps !== undefined && { limitMbps }) },
});

// biome-ignore format: a table reads in columns
const ROUNDS: readonly Round[] = [
  { what: 'as a host has them: 100, 50, 50', allocations: {}, expected: { virtualMachine: 50, nfs: 25, vmotion: 25 } },
  { what: 'shares 20, 60, 20', allocations: { virtualMachine: shares(20), nfs: shares(60), vmotion: shares(20) }, expected: { virtualMachine: 20, nfs: 60, vmotion: 20 } },
  { what: 'vmotion limited to 10: the rest is lent by shares', allocations: { vmotion: shares(50, 0, 10) }, expected: { virtualMachine: 60, nfs: 30, vmotion: 10 } },
  { what: 'nfs has 60 reserved: the 40 left go by shares', allocations: { nfs: shares(50, 60) }, expected: { virtualMachine: 20, nfs: 70, vmotion: 10 } },
  { what: 'vmotion is idle: what is its is lent', allocations: {}, idle: ['vmotion'], expected: { virtualMachine: 66.7, nfs: 33.3, vmotion: 0 } },
];

test('network I/O control: a saturated uplink is split as shares, reservations and limits say, within 3 %', (t) => {
  for (const round of ROUNDS) {
    const got = split(round);
    const line = KINDS.map(
      (kind) => `${kind} ${got[kind].toFixed(2)} of ${round.expected[kind]} Mbit/s`,
    ).join(', ');
    t.diagnostic(`${round.what}: ${line}`);
    for (const kind of KINDS) {
      assert.ok(Math.abs(got[kind] - round.expected[kind]) <= 0.03 * LINK_MBPS, `${round.what}: ${line}`);
    }
    const total = KINDS.reduce((sum, kind) => sum + got[kind], 0);
    assert.ok(total > 0.97 * LINK_MBPS && total <= 1.03 * LINK_MBPS, `${round.what}: ${total} in all`);
  }
});

test('a flood of one VM on an uplink leaves another one its share, and holds nobody up', (t) => {
  const { expected } = ROUNDS[0] as Round;
  // A guest that sends ten times as much as the others gets no more than its kind's share.
  const got = split({ what: 'flood', allocations: {}, expected }, { virtualMachine: 10 * FRAMES_PER_MS });
  t.diagnostic(KINDS.map((kind) => `${kind} ${got[kind].toFixed(2)}`).join(', '));
  for (const kind of KINDS) assert.ok(Math.abs(got[kind] - expected[kind]) <= 3, kind);
});

/** What each kind gets of the uplink, in Mbit/s. */
function split(
  { allocations, idle = [] }: Round,
  frames: Partial<Record<Kind, number>> = {},
): Record<Kind, number> {
  const clock = { ms: 0 };
  const networks = new Networks(firstNetworks(), {
    ...{ nowMs: () => clock.ms, wake: () => {}, setExpress: () => {}, changed: () => {} },
  });
  const [link, wire] = cable();
  const bytes = { virtualMachine: 0, nfs: 0, vmotion: 0 };
  wire.onReceive((frame) => {
    bytes[KINDS[(frame.bytes[11] as number) - 1] as Kind] += frame.bytes.length;
  });
  networks.addDevice({ name: 'vmnic0', link, mac: PEER + 1, driver: 'test', speedMbps: LINK_MBPS });
  networks.setControl('vmnic0', { isControlled: true, allocations });
  const senders = KINDS.map((kind, index) => {
    const [port, station] = cable();
    const mac = 0x02_00_00_00_00_01 + index;
    networks.connect({ name: kind, mac, link: port, traffic: kind }, 'VM Network');
    return { kind, frame: { bytes: frameOf(mac) }, station };
  });
  for (; clock.ms < SECONDS * 1000; clock.ms++) {
    for (const { kind, frame, station } of senders) {
      if (idle.includes(kind)) continue;
      for (let i = 0; i < (frames[kind] ?? FRAMES_PER_MS); i++) station.send(frame);
    }
    networks.run(clock.ms);
  }
  const mbps = (kind: Kind) => (bytes[kind] * 8) / 1e6 / SECONDS;
  return { virtualMachine: mbps('virtualMachine'), nfs: mbps('nfs'), vmotion: mbps('vmotion') };
}

function frameOf(from: number): Uint8Array {
  const bytes = new Uint8Array(FRAME_BYTES);
  for (const [at, mac] of [
    [0, PEER],
    [6, from],
  ] as const) {
    for (let i = 0; i < 6; i++) bytes[at + i] = Math.floor(mac / 2 ** (8 * (5 - i))) % 256;
  }
  bytes.set([0x08, 0x00], 12);
  return bytes;
}

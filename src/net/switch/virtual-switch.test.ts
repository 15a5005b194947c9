/** Tests of virtual switches: who hears what, as tables. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import type { Frame } from '../frame.ts';
import { BROADCAST, macAt, putMac } from './mac.ts';
import { frameOf, mac, TestSwitch } from './testing.ts';
import { VLAN_TRUNK, vlanOf } from './vlan.ts';

/** Three on VLAN 0, two on 10, one on 20, one trunk; one uplink. */
function office(overrides: ConstructorParameters<typeof TestSwitch>[0] = {}, uplinks = 1): TestSwitch {
  const office = new TestSwitch(overrides, uplinks);
  for (const [name, vlan] of [
    ['plain', 0],
    ['ten', 10],
    ['twenty', 20],
    ['trunk', VLAN_TRUNK],
  ] as const) {
    office.net.addGroup(name, vlan);
  }
  for (const [n, group] of [
    [1, 'plain'],
    [2, 'plain'],
    [3, 'plain'],
    [4, 'ten'],
    [5, 'ten'],
    [6, 'twenty'],
    [7, 'trunk'],
  ] as const) {
    office.plug(n, group);
  }
  return office;
}

// biome-ignore format: a table reads in columns
const WAYS: readonly (readonly [what: string, from: number | 'up0', to: number, vlan: number, heard: readonly string[]])[] = [
  ['unicast to a neighbour',                       1,     2,  0,  ['2']],
  ['unicast to nobody here goes out only',         1,     99, 0,  ['up0']],
  ['unicast to another VLAN goes out, tagged',     4,     1,  0,  ['up0']],
  ['broadcast stays in its VLAN',                  4,     0,  0,  ['5', '7', 'up0']],
  ['broadcast without VLAN',                       1,     0,  0,  ['2', '3', '7', 'up0']],
  ['a guest that tags for itself is not heard',    1,     2,  10, []],
  ['nor within its own VLAN',                      4,     5,  10, []],
  ['a trunk chooses its VLAN',                     7,     4,  10, ['4']],
  ['a trunk without a tag is on VLAN 0',           7,     1,  0,  ['1']],
  ['a trunk to a VLAN that nobody has',            7,     4,  30, ['up0']],
  ['from outside, to one of the VLAN',             'up0', 5,  10, ['5']],
  ['from outside, to one of another VLAN',         'up0', 5,  20, []],
  ['from outside, to nobody: no flooding',         'up0', 99, 10, []],
  ['from outside, to all of a VLAN',               'up0', 0,  20, ['6', '7']],
  ['from outside, to all without VLAN',            'up0', 0,  0,  ['1', '2', '3', '7']],
];

for (const [what, from, to, vlan, heard] of WAYS) {
  test(`VirtualSwitch: ${what}`, () => {
    const net = office();
    const sender = from === 'up0' ? net.uplinks[0] : net.stations.get(from);
    const source = from === 'up0' ? 555 * 2 : mac(from);
    assert.deepEqual(
      net.heardBy(() => sender?.send(frameOf(source, to === 0 ? 0 : mac(to), { vlan }))),
      heard,
    );
  });
}

test('VirtualSwitch: tags are put on for uplinks and trunks, and taken off for others', () => {
  const net = office();
  net.stations.get(4)?.send(frameOf(mac(4), 0));
  assert.deepEqual(net.stations.get(5)?.take(), ['8']);
  assert.deepEqual(net.stations.get(7)?.take(), ['8@10']);
  assert.deepEqual(net.uplinks[0]?.take(), ['8@10']);
});

test('VirtualSwitch: a tag moves what is left to do on a frame', () => {
  const net = office();
  const gso = { type: 'tcp4', size: 1000, headerLength: 54 } as const;
  net.stations
    .get(4)
    ?.send({ ...frameOf(mac(4), mac(99), { bytes: 3000 }), checksum: { start: 34, offset: 16 }, gso });
  const [out] = net.uplinks[0]?.heard ?? [];
  assert.deepEqual([out?.checksum, out?.gso?.headerLength], [{ start: 38, offset: 16 }, 58]);
});

test('VirtualSwitch: forged source addresses are dropped unless they are allowed', () => {
  const forge = (net: TestSwitch) => net.heardBy(() => net.stations.get(1)?.send(frameOf(mac(50), mac(2))));
  const strict = office();
  assert.deepEqual(forge(strict), []);
  assert.equal(strict.ports.get(1)?.counters.drops.forged, 1);
  assert.deepEqual(forge(office({ security: { allowForgedTransmits: true } })), ['2']);
});

test('VirtualSwitch: a NIC with another address is cut off until it has its own again', () => {
  const net = office();
  const port = net.ports.get(1);
  assert.ok(port);
  net.net.setReception(port, mac(50), false);
  assert.deepEqual(
    net.heardBy(() => net.stations.get(1)?.send(frameOf(mac(50), mac(2)))),
    [],
  );
  assert.deepEqual(
    net.heardBy(() => net.stations.get(2)?.send(frameOf(mac(2), mac(50)))),
    ['up0'],
  );
  assert.deepEqual(
    net.heardBy(() => net.stations.get(2)?.send(frameOf(mac(2), 0))),
    ['3', '7', 'up0'],
  );
  net.net.setReception(port, mac(1), false);
  assert.deepEqual(
    net.heardBy(() => net.stations.get(2)?.send(frameOf(mac(2), mac(1)))),
    ['1'],
  );
  const loose = office({ security: { allowMacChange: true } });
  const changed = loose.ports.get(1);
  assert.ok(changed);
  loose.net.setReception(changed, mac(50), false);
  assert.deepEqual(
    loose.heardBy(() => loose.stations.get(2)?.send(frameOf(mac(2), mac(50)))),
    ['1'],
  );
});

test('VirtualSwitch: who listens to everything hears its VLAN, when it is allowed', () => {
  for (const allowPromiscuous of [false, true]) {
    const net = office();
    net.net.changeGroup('plain', { overrides: { security: { allowPromiscuous } } });
    net.net.changeGroup('trunk', { overrides: { security: { allowPromiscuous } } });
    for (const n of [3, 7]) {
      const port = net.ports.get(n);
      if (port) net.net.setReception(port, mac(n), true);
    }
    const extra = (...ports: string[]): string[] => (allowPromiscuous ? ports : []);
    assert.deepEqual(
      net.heardBy(() => net.stations.get(1)?.send(frameOf(mac(1), mac(2)))),
      ['2', ...extra('3', '7')],
    );
    assert.deepEqual(
      net.heardBy(() => net.stations.get(4)?.send(frameOf(mac(4), mac(5)))),
      ['5', ...extra('7')],
    );
    assert.deepEqual(
      net.heardBy(() => net.uplinks[0]?.send(frameOf(mac(99), mac(98)))),
      extra('3', '7'),
    );
  }
});

test('VirtualSwitch: packets longer than the MTU are dropped; long segments of short ones are not', () => {
  const net = office();
  const send = (bytes: number, size?: number) =>
    net.heardBy(() =>
      net.stations.get(1)?.send({
        ...frameOf(mac(1), mac(2), { bytes }),
        ...(size !== undefined && {
          checksum: { start: 34, offset: 16 },
          gso: { type: 'tcp4', size, headerLength: 54 },
        }),
      }),
    );
  assert.deepEqual([send(1514), send(1515), send(60_000, 1460), send(60_000, 1461)], [['2'], [], ['2'], []]);
  net.net.setMtu(9000);
  assert.deepEqual(send(9014), ['2']);
});

test('VirtualSwitch: frames too short to have addresses are counted, and nothing else happens', () => {
  const net = office();
  for (const length of [0, 1, 13]) {
    assert.deepEqual(
      net.heardBy(() => net.stations.get(1)?.send({ bytes: new Uint8Array(length) })),
      [],
    );
    assert.deepEqual(
      net.heardBy(() => net.uplinks[0]?.send({ bytes: new Uint8Array(length) })),
      [],
    );
  }
  assert.equal(net.ports.get(1)?.counters.drops.malformed, 3);
});

test('VirtualSwitch: what went out by one uplink and comes back by another is not heard', () => {
  const net = office({}, 2);
  const heard = net.heardBy(() => net.stations.get(1)?.send(frameOf(mac(1), 0)));
  assert.equal(heard.filter((name) => name.startsWith('up')).length, 1);
  for (const uplink of net.uplinks)
    assert.deepEqual(
      net.heardBy(() => uplink.send(frameOf(mac(1), 0))),
      [],
    );
});

test('VirtualSwitch: a broadcast that comes by each uplink is heard once', () => {
  const net = office({}, 2);
  const heard = net.heardBy(() => {
    for (const uplink of net.uplinks) uplink.send(frameOf(mac(99), 0));
  });
  assert.deepEqual(heard.toSorted(), ['1', '2', '3', '7']);
});

test('VirtualSwitch: an uplink that dies hands its ports over, and the switches outside are told', () => {
  const net = office({}, 2);
  const [first] = net.net.uplinks;
  assert.ok(first);
  const by = (n: number) => net.heardBy(() => net.stations.get(n)?.send(frameOf(mac(n), mac(99))))[0];
  const before = [1, 2, 3].map(by);
  assert.deepEqual(new Set(before), new Set(['up0', 'up1']));
  net.net.setUplinkState(first, false);
  const moved = [1, 2, 3, 4, 5, 6, 7].filter((n) => net.ports.get(n) !== undefined && n % 2 === 0).length;
  assert.equal(net.uplinks[1]?.take().length, moved, 'a RARP for each');
  assert.deepEqual([1, 2, 3].map(by), ['up1', 'up1', 'up1']);
  net.net.setUplinkState(first, true);
  for (const uplink of net.uplinks) uplink.heard.splice(0);
  assert.deepEqual([1, 2, 3].map(by), before);
});

test('VirtualSwitch: with no uplink left frames for outside are counted', () => {
  const net = office();
  const [first] = net.net.uplinks;
  assert.ok(first);
  net.net.setUplinkState(first, false);
  assert.deepEqual(
    net.heardBy(() => net.stations.get(1)?.send(frameOf(mac(1), mac(99)))),
    [],
  );
  assert.equal(net.ports.get(1)?.counters.drops.noUplink, 1);
});

test('VirtualSwitch: beacons find an uplink that is up and hears nobody', () => {
  const net = office({ teaming: { failureDetection: 'beacon' } }, 3);
  /** The network outside: every uplink but the cut one hears what others say. */
  const exchange = (cut: number): void => {
    const said = net.uplinks.map((uplink) => uplink.heard.splice(0));
    for (const [i, frames] of said.entries()) {
      for (const [j, uplink] of net.uplinks.entries()) {
        if (i !== j && i !== cut && j !== cut) for (const frame of frames) uplink.send(frame);
      }
    }
  };
  const run = (seconds: number, cut = -1): void => {
    for (let i = 0; i < seconds; i++) {
      net.clock.ms += 1000;
      net.net.run(net.clock.ms);
      exchange(cut);
    }
  };
  const inUse = () => net.net.group('plain').team.inUse;
  run(5);
  assert.deepEqual(inUse(), ['up0', 'up1', 'up2']);
  run(6, 1);
  assert.deepEqual(inUse(), ['up0', 'up2']);
  run(3);
  assert.deepEqual(inUse(), ['up0', 'up1', 'up2']);
  assert.deepEqual(
    [...net.stations.values()].flatMap((station) => station.take()),
    [],
    'stations hear no beacons',
  );
});

test('VirtualSwitch: taps hear a port as its station does', () => {
  const net = office();
  const seen: string[] = [];
  net.ports.get(4)?.taps.add((direction, { bytes }) => seen.push(`${direction} ${bytes.length}`));
  net.stations.get(4)?.send(frameOf(mac(4), mac(5), { bytes: 80 }));
  net.stations.get(5)?.send(frameOf(mac(5), mac(4), { bytes: 90 }));
  net.stations.get(1)?.send(frameOf(mac(1), mac(4), { bytes: 70 }));
  assert.deepEqual(seen, ['in 80', 'out 90']);
});

test('VirtualSwitch: who is unplugged sends and hears nothing', () => {
  const net = office();
  const port = net.ports.get(2);
  assert.ok(port);
  net.net.disconnect(port);
  assert.deepEqual(
    net.heardBy(() => net.stations.get(1)?.send(frameOf(mac(1), mac(2)))),
    ['up0'],
  );
  assert.deepEqual(
    net.heardBy(() => net.stations.get(2)?.send(frameOf(mac(2), mac(1)))),
    [],
  );
});

/** VLANs of the office's stations; -1: all of them, tagged. */
const VLANS: Readonly<Record<number, number>> = { 1: 0, 2: 0, 3: 0, 4: 10, 5: 10, 6: 20, 7: -1 };

test('fuzz: whatever stations send, nothing throws, and nobody hears what is not for its VLAN, itself or all', () => {
  const random = new SeededRandom(7);
  const net = office();
  const heard = new Map<number, number>();
  for (let i = 0; i < 20_000; i++) {
    const from = 1 + random.below(7);
    const frame = frameOfChance(random, from);
    const given = frame.bytes.slice();
    net.stations.get(from)?.send(frame);
    assert.deepEqual(frame.bytes, given, 'what a station sent stays as it is');
    for (const [n, station] of net.stations) {
      for (const one of station.heard.splice(0)) {
        heard.set(n, (heard.get(n) ?? 0) + 1);
        assert.notEqual(n, from, 'nobody hears itself');
        const to = macAt(one.bytes, 0);
        assert.ok(to === mac(n) || to % 2 ** 41 >= 2 ** 40, `${n} hears what is for ${to.toString(16)}`);
        const own = VLANS[from] === -1 ? vlanOf(frame) : (VLANS[from] as number);
        assert.ok(VLANS[n] === -1 || VLANS[n] === own, `${n} hears VLAN ${own} of ${from}`);
        if (VLANS[n] !== -1) assert.equal(vlanOf(one), 0, 'a tag is taken off');
      }
    }
    for (const uplink of net.uplinks) uplink.heard.splice(0);
  }
  assert.equal(heard.size, 7, 'each heard something');
});

/** Of any length, with any bytes; mostly with addresses that somebody has. */
function frameOfChance(random: SeededRandom, from: number): Frame {
  const bytes = new Uint8Array(random.below(8) === 0 ? random.below(20) : 14 + random.below(1600));
  random.fill(bytes.subarray(0, 60));
  if (bytes.length >= 14) {
    const kind = random.below(8);
    if (kind < 5) putMac(bytes, 0, mac(1 + random.below(7)));
    else if (kind === 5) putMac(bytes, 0, BROADCAST);
    if (random.below(8) > 0) putMac(bytes, 6, mac(from));
    if (bytes.length >= 18 && random.below(3) === 0)
      bytes.set([0x81, 0, 0, [0, 10, 20, 30][random.below(4)] as number], 12);
  }
  const start = random.below(70);
  const checksum = { start, offset: random.below(40) };
  const type = (['tcp4', 'tcp6', 'udp'] as const)[random.below(3)] as 'tcp4';
  if (random.below(3) > 0) return { bytes };
  if (random.below(2) > 0) return { bytes, checksum };
  return { bytes, checksum, gso: { type, size: random.below(2000), headerLength: random.below(120) } };
}

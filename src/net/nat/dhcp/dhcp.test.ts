// DHCP: addresses for guests, the same again, as many as there are; what is no request, or not honest, gets none.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { readBig32 } from '../../checksum.ts';
import { BROADCAST_MAC, ipText } from '../../stack/wire/address.ts';
import { readMac } from '../../stack/wire/bytes.ts';
import { natLab } from '../testing.ts';
import { emitDhcp, OPTION, parseDhcp, words } from './message.ts';

test('DHCP: a guest gets an address, a gateway, a name server; its name is known', () => {
  const { guest, nat } = natLab();
  assert.equal(ipText(guest.configure('web')), '10.0.2.15');
  const ack = guest.offers.at(-1);
  assert.equal(ack?.type, 'ack');
  assert.deepEqual(ack?.options.get(OPTION.mask), words(0xffff_ff00));
  assert.deepEqual(ack?.options.get(OPTION.router), words(0x0a00_0202));
  assert.deepEqual(ack?.options.get(OPTION.dns), words(0x0a00_0203));
  assert.deepEqual(
    nat.guests().map(({ name, address }) => [name, ipText(address)]),
    [['web', '10.0.2.15']],
  );
});

test('DHCP: 240 guests have 240 addresses, the next has none until one is given back', () => {
  const { guests, nat } = natLab(241);
  const given = guests.slice(0, 240).map((guest) => guest.configure());
  assert.equal(new Set(given).size, 240);
  const last = guests[240];
  assert.equal(last?.configure(), 0);
  guests[7]?.dhcp('release', [], { clientAddress: given[7] ?? 0 });
  assert.equal(last?.configure(), given[7]);
  assert.ok(nat.dhcp.counts.exhausted > 0);
});

test('DHCP: the same guest has the same address after a restart and after its lease has run out', () => {
  const { lab, guests } = natLab(2, { leaseMs: 60_000 });
  const [one, two] = guests.map((guest) => guest.configure());
  lab.run(120_000);
  guests[1]?.dhcp('discover');
  assert.equal(guests[1]?.offers.at(-1)?.yourAddress, two);
  guests[0]?.dhcp('discover');
  assert.equal(guests[0]?.offers.at(-1)?.yourAddress, one);
});

test('DHCP: who wants the address of another is told no, and one that asks another server nothing', () => {
  const { guests } = natLab(2);
  const taken = guests[0]?.configure() ?? 0;
  guests[1]?.dhcp('request', [[OPTION.requestedAddress, words(taken)]]);
  assert.deepEqual(
    guests[1]?.offers.map(({ type }) => type),
    ['nak'],
  );
  guests[1]?.dhcp('request', [
    [OPTION.requestedAddress, words(taken + 1)],
    [OPTION.server, words(0x0a00_0299)],
  ]);
  assert.equal(guests[1]?.offers.length, 1);
});

test('DHCP: only who asks hears the answer, unless it says that it has to be for all', () => {
  const { guest, wire } = natLab();
  const heard: [number, string][] = [];
  wire.onReceive(({ bytes }) => heard.push([readMac(bytes, 0), ipText(readBig32(bytes, 30))]));
  const wish = [[OPTION.requestedAddress, words(0x0a00_020f)]] as const;
  guest.dhcp('discover', [], { isBroadcast: false });
  guest.dhcp('request', wish, { isBroadcast: false });
  guest.dhcp('request', wish);
  guest.dhcp('request', [[OPTION.requestedAddress, words(0x0a00_0101)]], { isBroadcast: false });
  const [own, all] = [
    [guest.mac, '10.0.2.15'],
    [BROADCAST_MAC, '255.255.255.255'],
  ];
  assert.deepEqual(heard, [own, own, all, all]);
});

test('DHCP: a declined address rests; an inform is answered without a lease', () => {
  const { guest, nat } = natLab();
  const first = guest.configure();
  guest.dhcp('decline', [[OPTION.requestedAddress, words(first)]]);
  guest.dhcp('discover');
  assert.notEqual(guest.offers.at(-1)?.yourAddress, first);
  guest.dhcp('inform', [], { clientAddress: first });
  assert.equal(guest.offers.at(-1)?.yourAddress, 0);
  assert.equal(guest.offers.at(-1)?.options.has(OPTION.leaseSeconds), false);
  assert.equal(nat.leases.list().length, 0);
});

test('DHCP: a flood in the names of others empties nothing', () => {
  const { guest, nat } = natLab();
  for (let i = 0; i < 1000; i++) guest.dhcp('discover', [], { mac: 0x0200_0000_0000 + i });
  assert.equal(nat.dhcp.counts.ignored, 1000);
  assert.ok(guest.configure() > 0);
});

test('DHCP: messages parse to what was emitted; whatever comes, the parser does not throw', () => {
  const random = new SeededRandom(3);
  const { guest } = natLab();
  guest.configure('a');
  const good = guest.offers.map((message) => emitDhcp(message));
  for (const [i, bytes] of good.entries()) assert.deepEqual(parseDhcp(bytes), guest.offers[i]);
  for (let turn = 0; turn < 20_000; turn++) {
    const bytes = (good[random.below(good.length)] as Uint8Array).slice(0, 200 + random.below(200));
    for (let i = random.below(8); i > 0; i--) bytes[random.below(bytes.length)] = random.nextU32();
    parseDhcp(bytes);
  }
});

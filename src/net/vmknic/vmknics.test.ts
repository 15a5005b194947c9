/** Tests of the kernel's own interfaces: they talk over a switch, survive being kept, and are refused where they cannot be. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostError, SeededRandom } from '#lib';
import { cable } from '../cable.ts';
import { FakeOutside, natLab } from '../nat/testing.ts';
import { firstNetworks } from '../network-config.ts';
import { Networks } from '../networks.ts';
import type { EchoResult } from '../stack/icmp.ts';
import { Lab } from '../stack/testing.ts';
import { ip, ipText } from '../stack/wire/address.ts';
import { openDoor } from './service-door.ts';
import {
  checkedVmknics,
  firstVmknics,
  parseVmknics,
  type VmknicsConfig,
  vmknicMac,
} from './vmknic-config.ts';
import { Vmknics } from './vmknics.ts';

function setUp() {
  const lab = new Lab(5);
  const kept: VmknicsConfig[] = [];
  const networks = new Networks(firstNetworks(), {
    ...{ nowMs: lab.now, wake: () => {}, setExpress: () => {}, changed: () => {} },
  });
  const make = (config: VmknicsConfig) =>
    new Vmknics(config, {
      ...{ networks, stack: lab, hostName: () => 'esx' },
      changed: (after) => void kept.push(after),
    });
  const vmknics = make(firstVmknics(vmknicMac(7)));
  vmknics.start();
  return { lab, networks, vmknics, kept, make };
}

function pinged(lab: Lab, vmknics: Vmknics, target: string, from: { vmknic?: string; stack?: string }) {
  const results: EchoResult[] = [];
  vmknics.ping(target, { ...from, timeoutMs: 500 }, (result) => results.push(result));
  lab.run(5000, () => results.length > 0);
  return results[0]?.kind;
}

test('Vmknics: two interfaces of different stacks reach each other over the switch; VLANs keep them apart', () => {
  const { lab, networks, vmknics } = setUp();
  const name = vmknics.add({ portGroup: 'VM Network', stack: 'vmotion', address: '10.0.2.5' });
  assert.equal(name, 'vmk1');
  assert.equal(pinged(lab, vmknics, '10.0.2.4', { vmknic: 'vmk1' }), 'reply');
  assert.equal(pinged(lab, vmknics, '10.0.2.5', {}), 'reply');
  assert.equal(pinged(lab, vmknics, '10.9.9.9', { stack: 'vmotion' }), 'not-sent');
  const heard = vmknics.neighbours();
  assert.deepEqual(
    heard.map(({ vmknic, address, mac }) => [vmknic, address, mac]),
    [
      ['vmk0', '10.0.2.5', vmknics.list()[1]?.mac],
      ['vmk1', '10.0.2.4', vmknics.list()[0]?.mac],
    ],
  );
  assert.ok(heard.every(({ leftMs }) => leftMs > 0 && leftMs <= 600_000));
  vmknics.forgetNeighbour('vmk1', '10.0.2.4');
  assert.equal(vmknics.neighbours().length, 1);
  networks.setGroup('VM Network', { vlan: 7 });
  assert.notEqual(pinged(lab, vmknics, '10.0.2.5', {}), 'reply');
});

test('Vmknics: a connection goes from stack to stack, and the door to a port of the host passes bytes on', () => {
  const { lab, vmknics } = setUp();
  vmknics.add({ portGroup: 'VM Network', stack: 'vmotion', address: '10.0.2.5', services: ['VMotion'] });
  const outside = new FakeOutside();
  const to = { address: '127.0.0.1', port: 8443 };
  openDoor(vmknics.stack(), outside, {
    port: 443,
    to: ({ tuple }) => (tuple.remote.port === 1 ? undefined : to),
  });
  const found = vmknics.forService('VMotion');
  assert.equal(found?.name, 'vmk1');
  const heard: string[] = [];
  const connection = found?.stack.tcp.connect(
    { address: ip('10.0.2.4'), port: 443 },
    {
      received: () => heard.push(Buffer.from(connection?.read() ?? []).toString()),
    },
  );
  connection?.write(Buffer.from('hello'));
  lab.run(1000, () => outside.fars[0]?.received.length === 1);
  const [far] = outside.fars;
  assert.deepEqual(far?.to, to);
  assert.equal(Buffer.concat(far?.received ?? []).toString(), 'hello');
  far?.events.data(Buffer.from('welcome'));
  lab.run(1000, () => heard.length > 0);
  assert.deepEqual(heard, ['welcome']);
});

test('Vmknics: what was changed is kept, and makes the same interfaces again', () => {
  const { vmknics, kept, make } = setUp();
  vmknics.addStack('storage');
  vmknics.add({
    portGroup: 'VM Network',
    stack: 'storage',
    address: '192.168.5.1',
    prefix: 16,
    mtuBytes: 9000,
  });
  vmknics.setGateway('storage', '192.168.0.1');
  vmknics.set('vmk1', { services: ['VSAN'], address: '192.168.5.2' });
  const last = kept.at(-1) as VmknicsConfig;
  assert.deepEqual(parseVmknics(JSON.stringify(last), 'x'), last);
  vmknics.stop();
  const again = make(last);
  again.start();
  assert.deepEqual(
    again.list().map((one) => ({ ...one, portId: undefined })),
    last.vmknics.map((one) => ({ ...one, isUp: true, portId: undefined })),
  );
  assert.equal(again.stack('storage').internet.routes.find(ip('8.8.8.8'))?.nextHop, ip('192.168.0.1'));
  again.remove('vmk1');
  assert.equal(again.gatewayOf('storage'), undefined);
  again.removeStack('storage');
  assert.ok(!again.stackNames.includes('storage'));
});

test('Vmknics: a change of nothing leaves an interface plugged in, and nothing is kept', () => {
  const { vmknics, kept } = setUp();
  const before = vmknics.list();
  vmknics.set('vmk0', {});
  vmknics.set('vmk0', { address: undefined, prefix: undefined });
  assert.deepEqual([vmknics.list(), kept], [before, []]);
  vmknics.set('vmk0', { mtuBytes: 1400 });
  assert.notEqual(vmknics.list()[0]?.portId, before[0]?.portId);
});

test('Vmknics: a service that an interface carries already does not unplug it', () => {
  const { vmknics, kept } = setUp();
  const services = () => vmknics.list()[0]?.services;
  const before = vmknics.list();
  vmknics.setService('vmk0', 'Management', true);
  vmknics.setService('vmk0', 'VMotion', false);
  assert.deepEqual([vmknics.list(), kept], [before, []]);
  vmknics.setService('vmk0', 'VMotion', true);
  assert.deepEqual(services(), ['Management', 'VMotion']);
  vmknics.setService('vmk0', 'Management', false);
  assert.deepEqual([services(), kept.length], [['VMotion'], 2]);
  assert.throws(() => vmknics.setService('vmk7', 'VMotion', true), { code: 'usage' });
});

test('Vmknics: what cannot be is refused, and nothing is changed', () => {
  const { vmknics } = setUp();
  const before = vmknics.config;
  for (const [wrong, says] of [
    [() => vmknics.add({ portGroup: 'nowhere' }), /no port group "nowhere"/],
    [() => vmknics.add({ portGroup: 'VM Network', stack: 'mine' }), /no TCP\/IP stack "mine"/],
    [() => vmknics.add({ portGroup: 'VM Network', address: '10.0.2.4' }), /two of 10\.0\.2\.4/],
    [() => vmknics.add({ portGroup: 'VM Network', address: '224.0.0.1' }), /no address of a station/],
    [() => vmknics.add({ portGroup: 'VM Network', mac: '01:00:5e:00:00:01' }), /no address of a station/],
    [() => vmknics.set('vmk9', {}), /no VMkernel interface "vmk9"/],
    [() => vmknics.set('vmk0', { mtuBytes: 60 }), /576/],
    [() => vmknics.setGateway('defaultTcpipStack', '9.9.9.9'), /in no network/],
    [() => vmknics.removeStack('vmotion'), /no TCP\/IP stack/],
    [() => vmknics.forgetNeighbour('vmk9', '10.0.2.4'), /no VMkernel interface "vmk9"/],
    [() => vmknics.forgetNeighbour('vmk0', 'x'), /no IPv4 address/],
    [() => vmknics.ping('x', { timeoutMs: 1 }, () => {}), /no IPv4 address/],
  ] as const) {
    assert.throws(wrong, (error) => error instanceof HostError && says.test(error.message));
  }
  assert.deepEqual(vmknics.config, before);
});

test('checkedVmknics: whatever is damaged is refused with a place, or is a configuration', () => {
  const random = new SeededRandom(23);
  const values = [
    null,
    -1,
    0,
    9999,
    '',
    'vmk0',
    'x'.repeat(99),
    '10.0.2.4',
    [],
    {},
    true,
    ['Management', 'Management'],
  ];
  let refused = 0;
  for (let round = 0; round < 1000; round++) {
    const config = structuredClone(firstVmknics(vmknicMac(1))) as unknown as Record<string, unknown>;
    let at = config;
    for (;;) {
      const keys = Object.keys(at);
      if (keys.length === 0) break;
      const key = keys[random.below(keys.length)] as string;
      const next = at[key];
      if (typeof next === 'object' && next !== null && random.below(4) !== 0) {
        at = next as Record<string, unknown>;
        continue;
      }
      at[key] = values[random.below(values.length)];
      break;
    }
    try {
      const read = checkedVmknics(config);
      assert.deepEqual(checkedVmknics(JSON.parse(JSON.stringify(read))), read);
    } catch (error) {
      assert.ok(error instanceof RangeError, String(error));
      refused++;
    }
  }
  assert.ok(refused > 300, `${refused}`);
});

/** A host whose switch has a NAT behind its uplink. */
function behindNat() {
  const { lab, nat, wire } = natLab(0);
  const kept: VmknicsConfig[] = [];
  const networks = new Networks(firstNetworks(), {
    ...{ nowMs: lab.now, wake: () => lab.timers.after(0, () => networks.run(lab.nowMs)) },
    ...{ setExpress: () => {}, changed: () => {} },
  });
  const [link, far] = cable();
  networks.addDevice({ name: 'vmnic0', link, mac: 1, driver: 'test', speedMbps: 1000 });
  far.onReceive((frame) => void wire.send(frame));
  wire.onReceive((frame) => void far.send(frame));
  const vmknics = new Vmknics(firstVmknics(vmknicMac(7)), {
    ...{ networks, stack: lab, hostName: () => 'esx', changed: (after) => void kept.push(after) },
  });
  vmknics.start();
  return { lab, nat, vmknics, kept, cut: () => far.onReceive(() => {}) };
}

test('Vmknics: a server gives an interface its address and its gateway, and renews them; they go when it is set', () => {
  const { lab, nat, vmknics, kept } = behindNat();
  vmknics.set('vmk0', { address: 'dhcp' });
  assert.equal(vmknics.list()[0]?.address, undefined);
  // What could not be reached any more has gone with the address.
  assert.equal(vmknics.gatewayOf('defaultTcpipStack'), undefined);
  lab.run(60_000, () => vmknics.list()[0]?.address !== undefined);
  assert.deepEqual(
    vmknics.list().map(({ address, prefix, isDhcp }) => [address, prefix, isDhcp]),
    [['10.0.2.15', 24, true]],
  );
  assert.equal(vmknics.gatewayOf('defaultTcpipStack'), '10.0.2.2');
  assert.equal(nat.leases.named('esx')?.address, ip('10.0.2.15'));
  assert.ok(vmknics.hasService(ip('10.0.2.15'), 'Management'));
  assert.equal(pinged(lab, vmknics, '10.0.2.2', {}), 'reply');
  const { acks } = nat.dhcp.counts;
  lab.run(86_400_000);
  assert.ok(nat.dhcp.counts.acks > acks, 'it was renewed');
  assert.equal(vmknics.list()[0]?.address, '10.0.2.15');
  const again = parseVmknics(JSON.stringify(kept.at(-1)), 'f');
  assert.equal(again.vmknics[0]?.isDhcp, true);
  assert.equal(again.vmknics[0]?.address, undefined);
  vmknics.set('vmk0', { mtuBytes: 1400 });
  assert.equal(vmknics.list()[0]?.isDhcp, true);
  vmknics.set('vmk0', { address: '10.0.2.9' });
  assert.equal(vmknics.list()[0]?.isDhcp, undefined);
  assert.equal(pinged(lab, vmknics, '10.0.2.2', {}), 'reply');
  vmknics.set('vmk0', { address: 'none' });
  assert.equal(vmknics.list()[0]?.address, undefined);
});

test('Vmknics: two interfaces of one stack ask for themselves; a lease that nobody renews ends', () => {
  const { lab, vmknics, cut } = behindNat();
  vmknics.set('vmk0', { address: 'dhcp' });
  vmknics.add({ portGroup: 'VM Network', address: 'dhcp', services: ['VMotion'] });
  const addresses = () => vmknics.list().flatMap(({ address }) => address ?? []);
  lab.run(120_000, () => addresses().length === 2);
  assert.deepEqual(addresses().sort(), ['10.0.2.15', '10.0.2.16']);
  assert.equal(ipText(vmknics.forService('VMotion')?.address ?? 0), addresses()[1]);
  cut();
  lab.run(2 * 86_400_000, () => addresses().length === 0);
  assert.deepEqual(addresses(), []);
  assert.equal(vmknics.forService('VMotion'), undefined);
});

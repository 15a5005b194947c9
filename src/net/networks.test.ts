/** Tests of the networks of a host: what is changed can be read again; damaged configurations are refused with their place. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostError, SeededRandom } from '#lib';
import { checkedNetworks, firstNetworks, type NetworkConfig, parseNetworks } from './network-config.ts';
import { Networks } from './networks.ts';
import { mac, TestStation } from './switch/testing.ts';

function networks() {
  const kept: NetworkConfig[] = [];
  const subject = new Networks(firstNetworks(), {
    nowMs: () => 0,
    wake: () => {},
    setExpress: () => {},
    changed: (config) => void kept.push(config),
  });
  const { link } = new TestStation();
  subject.addDevice({ name: 'vmnic0', link, mac: mac(900), driver: 'test', speedMbps: 100 });
  return { subject, kept };
}

test('Networks: changes are kept, and what was kept makes the same networks', () => {
  const { subject, kept } = networks();
  subject.addSwitch('vSwitch1');
  subject.addGroup('vSwitch1', 'lab');
  subject.setGroup('lab', { vlan: 10, overrides: { security: { allowPromiscuous: true } } });
  subject.setSwitch('vSwitch1', { mtuBytes: 9000 });
  subject.setPolicies('vSwitch0', { teaming: { loadBalancing: 'mac' } });
  subject.setControl('vmnic0', {
    isControlled: true,
    allocations: { nfs: { shares: 20, reservationMbps: 10 } },
  });
  const last = kept.at(-1) as NetworkConfig;
  assert.deepEqual(parseNetworks(JSON.stringify(last), 'x'), last);
  assert.deepEqual(subject.config, last);
  assert.equal(subject.switchOf('lab').group('lab').vlan, 10);
  assert.equal(subject.uplinks[0]?.uplink.control?.allocation('nfs').shares, 20);
});

test('Networks: what cannot be is refused, and nothing is changed', () => {
  const { subject } = networks();
  const before = subject.config;
  const station = {
    name: 'web.eth0',
    mac: mac(1),
    link: new TestStation().link,
    traffic: 'virtualMachine',
  } as const;
  const plug = subject.connect(station, 'VM Network');
  for (const [wrong, says] of [
    [() => subject.addSwitch('vSwitch0'), /already/],
    [() => subject.removeSwitch('vSwitch0'), /in use by web\.eth0/],
    [() => subject.removeGroup('VM Network'), /in use by web\.eth0/],
    [() => subject.addGroup('vSwitch0', 'VM Network'), /already/],
    [() => subject.setGroup('VM Network', { vlan: 4096 }), /4095/],
    [() => subject.setSwitch('vSwitch0', { mtuBytes: 1 }), /MTU/],
    [() => subject.addUplink('vSwitch0', 'vmnic9'), /no uplink/],
    [() => subject.setPolicies('vSwitch0', { teaming: { active: ['vmnic9'] } }), /vmnic9/],
    [
      () => subject.setControl('vmnic0', { allocations: { nfs: { shares: 1, reservationMbps: 99 } } }),
      /75 %/,
    ],
    [() => subject.connect(station, 'nowhere'), /no port group/],
  ] as const) {
    assert.throws(wrong, (error) => error instanceof HostError && says.test(error.message));
  }
  assert.deepEqual(subject.config, before);
  plug.unplug();
  subject.removeGroup('VM Network');
});

test('checkedNetworks: whatever is damaged is refused with a place, or is a configuration', () => {
  const random = new SeededRandom(17);
  const values = [null, -1, 0, 4096, 1e99, '', 'x'.repeat(99), [], {}, true, ['vmnic0', 'vmnic0']];
  let refused = 0;
  for (let round = 0; round < 2000; round++) {
    const config: unknown = structuredClone(firstNetworks());
    let at = config as Record<string, unknown>;
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
      const read = checkedNetworks(config);
      assert.deepEqual(checkedNetworks(JSON.parse(JSON.stringify(read))), read);
    } catch (error) {
      assert.ok(error instanceof RangeError, String(error));
      refused++;
    }
  }
  assert.ok(refused > 500);
});

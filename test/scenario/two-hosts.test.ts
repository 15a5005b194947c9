// Two whole hosts with a VXLAN tunnel between them: guests of both talk; what was set of networks is there after a reboot.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { NatForwardRow, NatRuleRow } from '../../src/management/calls/nat.ts';
import type { VmknicRow } from '../../src/management/calls/vmknic.ts';
import type { TunnelRow } from '../../src/management/calls/vxlan.ts';
import { freeTcpPort, freeUdpPort } from './free-port.ts';
import { dialogue, TestHost } from './host.ts';

const PROMPT = '~ # ';
const HOSTS = ['127.0.0.1', '127.0.0.2'] as const;

test('two hosts: guests of both are on one network through a tunnel; it all comes back with the host', async (t) => {
  const port = await freeUdpPort();
  const hosts = [new TestHost(), new TestHost()] as const;
  t.after(() => Promise.all(hosts.map((host) => host.remove())));
  const begun = hosts.map(async (host, i) => {
    await host.up('--https', 'off');
    const [here, there] = i === 0 ? HOSTS : [HOSTS[1], HOSTS[0]];
    const at = ['--bind', `${here}:${port}`, '--peers', `${there}:${port}`];
    await host.ok('net', 'vxlan', 'add', 'vmnic1', '--vni', '77', ...at);
    for (const line of [
      'network vswitch standard add -v wide',
      'network vswitch standard uplink add -v wide -u vmnic1',
      'network vswitch standard portgroup add -v wide -p wide',
      'network vswitch standard portgroup set -p wide -v 5',
    ])
      await esxcli(host, ...line.split(' '));
    await host.client.call('vm.create', { name: 'a', memoryMib: 128, nets: ['wide'] });
    await host.client.call('vm.start', { vm: 'a' });
  });
  await Promise.all(begun);
  for (const [i, { client }] of hosts.entries()) {
    const set = `ip link set eth0 mtu 1400 up; ip addr add 10.66.0.${i + 1}/24 dev eth0; echo se""t\n`;
    await dialogue(client, 'a', [[PROMPT, set], ['set'], [PROMPT]]);
  }
  const [first, second] = hosts;
  await dialogue(first.client, 'a', [['', 'ping -c 3 -W 20 -s 1300 10.66.0.2\n'], [' 0% packet loss']]);
  await dialogue(second.client, 'a', [['', 'ping -c 3 -W 20 10.66.0.1\n'], [' 0% packet loss']]);

  // An interface of the host in that network too, and one that asks for its address.
  await first.ok('net', 'vmknic', 'add', 'wide', '--address', '10.66.0.11', '--services', 'VMotion');
  await esxcli(first, ...'network ip interface add -p'.split(' '), 'VM Network', '-N', 'vmotion');
  await esxcli(first, ...'network ip interface ipv4 set -i vmk2 -t dhcp'.split(' '));
  await first.ok('net', 'ping', '10.66.0.2', '--vmknic', 'vmk1', '--count', '1');
  const leased = await address(first, 'vmk2');
  const forwarded = await freeTcpPort();
  await first.ok('net', 'nat', 'forward', String(forwarded), '10.0.2.99:80');
  await first.ok('net', 'nat', 'deny', '--target', '192.0.2.0/24');

  const before = await state(first);
  const said = first.said;
  await first.ok('host', 'reboot');
  await first.says('the host is up', said);
  assert.deepEqual(await state(first), before);
  assert.equal(before.forwards[0]?.guest, '10.0.2.99');
  assert.equal(before.rules[0]?.target, '192.0.2.0/24');
  assert.equal(await address(first, 'vmk2'), leased);
  // The tunnel is open again, too.
  await first.ok('net', 'ping', '10.66.0.2', '--vmknic', 'vmk1', '--count', '3');
});

async function esxcli({ client }: TestHost, ...words: readonly string[]): Promise<void> {
  const { error, status } = await client.call<{ error: string; status: number }>('esxcli.run', { words });
  assert.equal(status, 0, `${words.join(' ')}: ${error}`);
}

/** What was set, without what is of the moment. */
async function state({ client }: TestHost) {
  const vmknics = await client.call<VmknicRow[]>('net.vmknic.list', {});
  const forwards = await client.call<NatForwardRow[]>('net.nat.forwards', {});
  const rules = await client.call<NatRuleRow[]>('net.nat.rules', {});
  const tunnels = await client.call<TunnelRow[]>('net.vxlan.list', {});
  const switches = await client.call<
    { name: string; uplinks: string[]; groups: { name: string; vlan: number }[] }[]
  >('net.list', {});
  return {
    ...{ forwards, rules },
    vmknics: vmknics.map(({ name, mac, portGroup, stack, services, isDhcp, address }) => ({
      ...{ name, mac, portGroup, stack, services, isDhcp },
      address: isDhcp ? undefined : address,
    })),
    tunnels: tunnels.map(({ name, vni, at, peers, problem }) => ({ name, vni, at, peers, problem })),
    switches: switches.map(({ name, uplinks, groups }) => ({
      ...{ name, uplinks },
      groups: groups.map((group) => `${group.name} ${group.vlan}`),
    })),
  };
}

/** The address of an interface, when a server has given it one. */
async function address({ client }: TestHost, name: string): Promise<string> {
  const POLL_MS = 100;
  for (;;) {
    const all = await client.call<VmknicRow[]>('net.vmknic.list', {});
    const found = all.find((one) => one.name === name)?.address;
    if (found !== undefined) return found;
    await setTimeout(POLL_MS);
  }
}

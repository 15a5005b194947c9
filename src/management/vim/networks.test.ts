// HostNetworkSystem: switches and port groups as VIM shows and changes them, what follows in the inventory, and what is refused.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Vmknic } from '#net';
import type { OwnNics } from './objects/network/virtual-nics.ts';
import { TestVim } from './testing.ts';

const group = (name: string, more = '<vlanId>0</vlanId><vswitchName>vSwitch0</vswitchName><policy/>') =>
  `<portgrp><name>${name}</name>${more}</portgrp>`;

async function make() {
  const vim = await TestVim.make();
  const client = vim.client();
  const call = async (method: string, args: string) =>
    (await client.call('networkSystem', method, args)).fault;
  return { vim, client, call };
}

test('networkInfo: the first switch with its port groups, by their keys, and policies in full', async () => {
  const { client } = await make();
  const { body } = await client.call(
    'ha-property-collector',
    'RetrieveProperties',
    '<specSet><propSet><type>HostSystem</type><pathSet>config.network</pathSet></propSet><objectSet><obj type="HostSystem">ha-host</obj></objectSet></specSet>',
  );
  assert.match(
    body,
    /<vswitch><name>vSwitch0<\/name><key>key-vim.host.VirtualSwitch-vSwitch0<\/key><numPorts>128</,
  );
  assert.match(body, /<portgroup>key-vim.host.PortGroup-VM Network<\/portgroup>/);
  assert.match(body, /<vswitch>key-vim.host.VirtualSwitch-vSwitch0<\/vswitch><computedPolicy><security>/);
  assert.match(body, /<policy>loadbalance_srcid<\/policy>/);
});

test('AddPortGroup: a network of the inventory, with its policy; RemovePortGroup takes it away', async () => {
  const { vim, client, call } = await make();
  const policy =
    '<vlanId>7</vlanId><vswitchName>vSwitch0</vswitchName><policy><security><allowPromiscuous>true</allowPromiscuous></security><shapingPolicy><enabled>true</enabled><averageBandwidth>8000000</averageBandwidth><peakBandwidth>9000000</peakBandwidth><burstSize>1048576</burstSize></shapingPolicy></policy>';
  assert.equal(await call('AddPortGroup', group('lab', policy)), undefined);
  const config = vim.host.network.networks.config.switches[0]?.groups.find(({ name }) => name === 'lab');
  assert.deepEqual(config, {
    ...{ name: 'lab', vlan: 7 },
    overrides: {
      security: { allowPromiscuous: true },
      shaping: { enabled: true, averageKbps: 8000, peakKbps: 9000, burstKb: 1024 },
    },
  });
  assert.equal(vim.service.objects.get('HaNetwork-lab')?.ref.type, 'Network');
  const [info] = await client.get('networkSystem', 'HostNetworkSystem', 'networkInfo');
  assert.match(info ?? '', /lab 7 vSwitch0 true/);
  assert.equal(await call('UpdatePortGroup', `<pgName>lab</pgName>${group('lab')}`), undefined);
  const bare = vim.host.network.networks.config.switches[0]?.groups.find(({ name }) => name === 'lab');
  assert.deepEqual(bare, { name: 'lab', vlan: 0, overrides: {} });
  assert.equal(await call('UpdatePortGroup', `<pgName>lab</pgName>${group('shop')}`), undefined);
  assert.equal(vim.service.objects.get('HaNetwork-lab'), undefined);
  assert.notEqual(vim.service.objects.get('HaNetwork-shop'), undefined);
  assert.equal(await call('RemovePortGroup', '<pgName>shop</pgName>'), undefined);
  assert.equal(vim.service.objects.get('HaNetwork-shop'), undefined);
});

test('who shows networks is told of each change of them, and of the kernel’s own interfaces', async () => {
  const { vim } = await make();
  const told: string[] = [];
  vim.service.objects.watch((id, what) => what === 'changed' && told.push(id));
  vim.host.network.networks.addSwitch('lab');
  await Promise.resolve();
  assert.deepEqual(told, ['networkSystem', 'ha-vnic-mgr', 'ha-host']);
});

test('AddVirtualSwitch: made, changed and removed; UpdateNetworkConfig does several in one', async () => {
  const { vim, call } = await make();
  const { networks } = vim.host.network;
  assert.equal(
    await call(
      'AddVirtualSwitch',
      '<vswitchName>vSwitch1</vswitchName><spec><numPorts>64</numPorts><mtu>9000</mtu></spec>',
    ),
    undefined,
  );
  assert.equal(networks.switch('vSwitch1').mtuBytes, 9000);
  assert.equal(
    await call(
      'UpdateVirtualSwitch',
      '<vswitchName>vSwitch1</vswitchName><spec><numPorts>64</numPorts><policy><security><macChanges>true</macChanges></security></policy><mtu>1500</mtu></spec>',
    ),
    undefined,
  );
  assert.equal(networks.switch('vSwitch1').policies.security.allowMacChange, true);
  assert.equal(networks.switch('vSwitch1').mtuBytes, 1500);
  const config =
    '<config><vswitch><changeOperation>add</changeOperation><name>vSwitch2</name></vswitch><portgroup><changeOperation>add</changeOperation><spec><name>two</name><vlanId>0</vlanId><vswitchName>vSwitch2</vswitchName><policy/></spec></portgroup></config><changeMode>modify</changeMode>';
  assert.equal(await call('UpdateNetworkConfig', config), undefined);
  assert.ok(networks.hasGroup('two'));
  assert.equal(await call('RemoveVirtualSwitch', '<vswitchName>vSwitch1</vswitchName>'), undefined);
  assert.equal(networks.switches.has('vSwitch1'), false);
});

test('HostNetworkSystem: what cannot be is refused, and leaves everything as it was', async () => {
  const { vim, call } = await make();
  const before = JSON.stringify(vim.host.network.networks.config);
  const on = (vswitch: string, vlan = 0, policy = '<policy/>') =>
    `<vlanId>${vlan}</vlanId><vswitchName>${vswitch}</vswitchName>${policy}`;
  const rows: readonly (readonly [method: string, args: string, fault: string])[] = [
    ['AddPortGroup', group('VM Network'), 'AlreadyExists'],
    ['AddPortGroup', group('x', on('nowhere')), 'NotFound'],
    ['AddPortGroup', group('x', on('vSwitch0', 4096)), 'InvalidArgument'],
    ['AddPortGroup', group(''), 'InvalidArgument'],
    [
      'AddPortGroup',
      group('x', on('vSwitch0', 0, '<policy><nicTeaming><policy>dice</policy></nicTeaming></policy>')),
      'InvalidArgument',
    ],
    [
      'AddPortGroup',
      group(
        'x',
        on(
          'vSwitch0',
          0,
          '<policy><nicTeaming><nicOrder><activeNic>vmnic9</activeNic></nicOrder></nicTeaming></policy>',
        ),
      ),
      'HostConfigFault',
    ],
    ['RemovePortGroup', '<pgName>x</pgName>', 'NotFound'],
    ['UpdatePortGroup', `<pgName>VM Network</pgName>${group('Management Network')}`, 'AlreadyExists'],
    ['AddVirtualSwitch', '<vswitchName>vSwitch0</vswitchName>', 'AlreadyExists'],
    [
      'AddVirtualSwitch',
      '<vswitchName>v</vswitchName><spec><numPorts>8</numPorts><mtu>70</mtu></spec>',
      'HostConfigFault',
    ],
    [
      'AddVirtualSwitch',
      '<vswitchName>v</vswitchName><spec><numPorts>-1</numPorts></spec>',
      'InvalidArgument',
    ],
    ['RemoveVirtualSwitch', '<vswitchName>v</vswitchName>', 'NotFound'],
    ['UpdateNetworkConfig', '<config/><changeMode>sideways</changeMode>', 'InvalidArgument'],
    ['QueryNetworkHint', '<device>vmnic7</device>', 'NotFound'],
  ];
  for (const [method, args, fault] of rows) assert.equal(await call(method, args), fault, args);
  assert.equal(JSON.stringify(vim.host.network.networks.config), before);
  const other = vim.client(vim.session('nobody-known'));
  assert.equal((await other.call('networkSystem', 'AddPortGroup', group('x'))).fault, 'NoPermission');
});

/** Interfaces of a kernel that are only remembered. */
function ownNics(): { readonly nics: Vmknic[]; readonly vmknics: OwnNics } {
  const nics: Vmknic[] = [];
  const vmknics: OwnNics = {
    list: () => nics,
    add({ portGroup, mac = '00:50:56:00:00:01', mtuBytes = 1500, ...rest }) {
      const made = { name: `vmk${nics.length}`, portGroup, mac, mtuBytes, stack: 'defaultTcpipStack' };
      nics.push({ services: [], ...made, ...rest, isUp: true, portId: 9 } as Vmknic);
      return made.name;
    },
    set(name, change) {
      const index = nics.findIndex((nic) => nic.name === name);
      nics[index] = { ...nics[index], ...change } as Vmknic;
    },
    setService(name, service, isCarried) {
      const others = nics.find((nic) => nic.name === name)?.services.filter((one) => one !== service) ?? [];
      this.set(name, { services: isCarried ? [...others, service] : others });
    },
    remove: (name) =>
      void nics.splice(
        nics.findIndex((nic) => nic.name === name),
        1,
      ),
  };
  return { nics, vmknics };
}

test('AddVirtualNic: an interface of the kernel with its address; changed and removed', async () => {
  const { nics, vmknics } = ownNics();
  const vim = await TestVim.make({ vmknics });
  const client = vim.client();
  const ip = (address: string, mask = '255.255.240.0') =>
    `<ip><dhcp>false</dhcp><ipAddress>${address}</ipAddress><subnetMask>${mask}</subnetMask></ip>`;
  const call = async (method: string, args: string) => await client.call('networkSystem', method, args);
  const group = '<portgroup>Management Network</portgroup>';
  const made = await call('AddVirtualNic', `${group}<nic>${ip('10.1.2.3')}<mtu>9000</mtu></nic>`);
  assert.equal(made.returned[0]?.text, 'vmk0');
  assert.deepEqual([nics[0]?.address, nics[0]?.prefix, nics[0]?.mtuBytes], ['10.1.2.3', 20, 9000]);
  const [info] = await client.get('networkSystem', 'HostNetworkSystem', 'networkInfo.vnic');
  assert.match(
    info ?? '',
    /vmk0 key-vim.host.VirtualNic-vmk0 Management Network false 10.1.2.3 255.255.240.0/,
  );
  await call('UpdateVirtualNic', `<device>vmk0</device><nic>${ip('10.1.2.4')}</nic>`);
  assert.equal(nics[0]?.address, '10.1.2.4');
  await call('UpdateVirtualNic', '<device>vmk0</device><nic><ip><dhcp>true</dhcp></ip></nic>');
  assert.equal(nics[0]?.address, 'dhcp', 'a server shall give one');
  nics[0] = { ...nics[0], isDhcp: true, address: '10.0.2.17', prefix: 24 };
  const [leased] = await client.get('networkSystem', 'HostNetworkSystem', 'networkInfo.vnic');
  assert.match(leased ?? '', /vmk0 Management Network true 10.0.2.17 255.255.255.0/);
  for (const [method, args, fault] of [
    ['AddVirtualNic', `<portgroup>nowhere</portgroup><nic/>`, 'NotFound'],
    ['AddVirtualNic', `${group}<nic>${ip('10.0.0.1', '255.0.255.0')}</nic>`, 'InvalidArgument'],
    ['UpdateVirtualNic', '<device>vmk7</device><nic/>', 'NotFound'],
    ['RemoveVirtualNic', '<device>vmk7</device>', 'NotFound'],
  ] as const)
    assert.equal((await call(method, args)).fault, fault, args);
  await call('RemoveVirtualNic', '<device>vmk0</device>');
  assert.deepEqual(nics, []);
});

test('HostVirtualNicManager: an interface carries a kind of traffic, and then not', async () => {
  const { nics, vmknics } = ownNics();
  vmknics.add({ portGroup: 'Management Network', services: ['Management'] });
  vmknics.add({ portGroup: 'VM Network' });
  const client = (await TestVim.make({ vmknics })).client();
  const select = async (method: string, type: string, device: string) =>
    (await client.call('ha-vnic-mgr', method, `<nicType>${type}</nicType><device>${device}</device>`)).fault;
  assert.equal(await select('SelectVnicForNicType', 'vmotion', 'vmk1'), undefined);
  assert.deepEqual(nics[1]?.services, ['VMotion']);
  const query = async (type: string) =>
    (await client.call('ha-vnic-mgr', 'QueryNetConfig', `<nicType>${type}</nicType>`)).body;
  assert.match(
    await query('vmotion'),
    /<selectedVnic>vmotion\.key-vim\.host\.VirtualNic-vmk1<\/selectedVnic>/,
  );
  assert.match(await query('management'), /<selectedVnic>management\.key-vim\.host\.VirtualNic-vmk0</);
  assert.equal(await select('DeselectVnicForNicType', 'vmotion', 'vmk1'), undefined);
  assert.deepEqual(nics[1]?.services, []);
  assert.doesNotMatch(await query('vmotion'), /selectedVnic/);
  assert.equal(await select('SelectVnicForNicType', 'telepathy', 'vmk1'), 'InvalidArgument');
  assert.equal(await select('SelectVnicForNicType', 'vmotion', 'vmk7'), 'InvalidArgument');
  const [config] = await client.get('ha-host', 'HostSystem', 'config.virtualNicManagerInfo.netConfig');
  assert.match(config ?? '', /management true vmk0/);
});

test('UpdateNetworkConfig, replace: what is not named goes, unless somebody is plugged in', async () => {
  const vim = await TestVim.make();
  const client = vim.client();
  const { networks } = vim.host.network;
  networks.addSwitch('old');
  networks.addGroup('old', 'gone');
  const group = (name: string, net: string) =>
    `<portgroup><spec><name>${name}</name><vlanId>7</vlanId><vswitchName>${net}</vswitchName><policy></policy></spec></portgroup>`;
  const kept = [...networks.switches.values()].flatMap((net) =>
    net.name === 'old' ? [] : [...net.groups.keys()].map((name) => group(name, net.name)),
  );
  const spec = '<spec><numPorts>64</numPorts></spec>';
  const names = [...networks.switches.keys()].filter((name) => name !== 'old');
  const switches = [
    ...names.map((name) => `<vswitch><name>${name}</name></vswitch>`),
    `<vswitch><name>new</name>${spec}</vswitch>`,
  ];
  const config = `<config>${switches.join('')}${kept.join('')}${group('fresh', 'new')}</config>`;
  const answer = await client.call(
    'networkSystem',
    'UpdateNetworkConfig',
    `${config}<changeMode>replace</changeMode>`,
  );
  assert.equal(answer.fault, undefined, answer.body);
  assert.deepEqual([...networks.switches.keys()].toSorted(), [...names, 'new'].toSorted());
  assert.ok(networks.hasGroup('fresh') && !networks.hasGroup('gone'));
});

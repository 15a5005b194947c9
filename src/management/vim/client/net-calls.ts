/** Calls on the networks of a host, by the VIM API. */
import { usageError } from '#lib';
import type { PolicyOverrides } from '#net';
import { policyOverrides, type SwitchRow } from '../../calls/net.ts';
import { ownPolicy, vimPolicy } from '../objects/network/policy-words.ts';
import type {
  HostNetworkInfo,
  HostPortGroup,
  HostVirtualSwitch,
  HostVirtualSwitchBondBridge,
} from '../table/vim25.d.ts';
import { type Given, type RemoteCall, text } from './call.ts';
import type { VimClient } from './vim-client.ts';

const SYSTEM = ['HostNetworkSystem', 'networkSystem'] as const;

async function info(vim: VimClient): Promise<HostNetworkInfo> {
  const [found] = await vim.read('HostNetworkSystem', ['networkInfo'], 'networkSystem');
  return found?.values['networkInfo'] ?? {};
}

const uplinksOf = ({ spec }: HostVirtualSwitch): readonly string[] => {
  const bond: Partial<HostVirtualSwitchBondBridge> | undefined = spec.bridge;
  return bond?.nicDevice ?? [];
};

async function list(vim: VimClient): Promise<SwitchRow[]> {
  const { vswitch = [], portgroup = [] } = await info(vim);
  return vswitch.map((net) => ({
    ...{ name: net.name, mtuBytes: net.mtu ?? 0, uplinks: uplinksOf(net) },
    ports: net.numPorts - net.numPortsAvailable,
    groups: portgroup
      .filter(({ spec }) => spec.vswitchName === net.name)
      .map(({ spec, port = [] }) => ({ name: spec.name, vlan: spec.vlanId, ports: port.length })),
  }));
}

async function setGroup(vim: VimClient, given: Given): Promise<void> {
  const name = text(given, 'group');
  const { portgroup = [] } = await info(vim);
  const found: HostPortGroup | undefined = portgroup.find(({ spec }) => spec.name === name);
  if (found === undefined) throw usageError(`there is no port group "${name}"`);
  const own = ownPolicy(found.spec.policy);
  const before = typeof own === 'string' ? {} : (own ?? {});
  const inherited = (given['inherit'] as readonly (keyof PolicyOverrides)[] | undefined) ?? [];
  const kept = Object.fromEntries(
    Object.entries(before).filter(([policy]) => !inherited.includes(policy as keyof PolicyOverrides)),
  );
  const policy = vimPolicy(merged(kept, policyOverrides(given)));
  const vlanId = (given['vlan'] as number | undefined) ?? found.spec.vlanId;
  await vim.call(...SYSTEM, 'UpdatePortGroup', { pgName: name, portgrp: { ...found.spec, vlanId, policy } });
}

async function setSwitch(vim: VimClient, given: Given): Promise<void> {
  const vswitchName = text(given, 'switch');
  const { vswitch = [] } = await info(vim);
  const found = vswitch.find(({ name }) => name === vswitchName);
  if (found === undefined) throw usageError(`there is no virtual switch "${vswitchName}"`);
  const mtu = (given['mtuBytes'] as number | undefined) ?? found.mtu;
  const policy = vimPolicy(policyOverrides(given));
  await vim.call(...SYSTEM, 'UpdateVirtualSwitch', { vswitchName, spec: { ...found.spec, mtu, policy } });
}

/** Field by field. */
function merged(base: PolicyOverrides, change: PolicyOverrides): PolicyOverrides {
  return Object.fromEntries(
    (['security', 'shaping', 'teaming'] as const).flatMap((policy) => {
      const fields = { ...base[policy], ...change[policy] };
      return Object.keys(fields).length === 0 ? [] : [[policy, fields]];
    }),
  );
}

/** Changes which uplinks a switch has. */
const uplinkChange =
  (change: (names: readonly string[], name: string) => readonly string[]): RemoteCall =>
  async (vim, given) => {
    const vswitchName = text(given, 'switch');
    const { vswitch = [] } = await info(vim);
    const found = vswitch.find(({ name }) => name === vswitchName);
    if (found === undefined) throw usageError(`there is no virtual switch "${vswitchName}"`);
    const nicDevice = change(uplinksOf(found), text(given, 'uplink'));
    const bridge = { nicDevice, _type: 'HostVirtualSwitchBondBridge' };
    const { numPorts, mtu } = found.spec;
    await vim.call(...SYSTEM, 'UpdateVirtualSwitch', { vswitchName, spec: { numPorts, mtu, bridge } });
  };

// biome-ignore format: a table reads in columns
export const NET_CALLS: Readonly<Record<string, RemoteCall>> = {
  'net.list':          list,
  'net.switch.add':    async (vim, given) => await vim.call(...SYSTEM, 'AddVirtualSwitch', { vswitchName: text(given, 'switch') }),
  'net.switch.remove': async (vim, given) => await vim.call(...SYSTEM, 'RemoveVirtualSwitch', { vswitchName: text(given, 'switch') }),
  'net.switch.set':    setSwitch,
  'net.uplink.add':    uplinkChange((names, name) => [...names, name]),
  'net.uplink.remove': uplinkChange((names, name) => names.filter((each) => each !== name)),
  'net.group.add':     async (vim, given) => await vim.call(...SYSTEM, 'AddPortGroup', { portgrp: { name: text(given, 'group'), vlanId: Number(given['vlan'] ?? 0), vswitchName: text(given, 'switch'), policy: {} } }),
  'net.group.remove':  async (vim, given) => await vim.call(...SYSTEM, 'RemovePortGroup', { pgName: text(given, 'group') }),
  'net.group.set':     setGroup,
};

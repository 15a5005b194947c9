/** Changes of switches and port groups that VIM's specs ask for; the faults are what vSphere has for each. */
import { HostError } from '#lib';
import type { Networks, PolicyOverrides } from '#net';
import { FAULTS } from '../../model/faults.ts';
import { fault, type VimFault } from '../../model/value.ts';
import type {
  HostNetworkConfig,
  HostPortGroupSpec,
  HostVirtualSwitchBondBridge,
  HostVirtualSwitchSpec,
} from '../../table/vim25.d.ts';
import { ownPolicy } from './policy-words.ts';

const MAX_VLAN = 4095;
/** Source: ESXi; a name of a port group or switch. */
const NAME = /^[^\p{Cc}]{1,80}$/u;

const exists = (name: string) =>
  fault('AlreadyExists', { name }, `The specified key, name, or identifier '${name}' already exists.`);
const inUse = (type: string, name: string) =>
  fault('ResourceInUse', { type, name }, `The resource '${name}' is in use.`);
const configFault = (message: string) => fault('HostConfigFault', {}, message);

/** What Networks refuses, it says in words. */
function refused(work: () => void): VimFault | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof HostError) return configFault(error.message);
    throw error;
  }
}

function specTrouble(networks: Networks, spec: HostPortGroupSpec): VimFault | undefined {
  if (!NAME.test(spec.name)) return FAULTS.invalidArgument('portgrp.name');
  if (spec.vlanId < 0 || spec.vlanId > MAX_VLAN) return FAULTS.invalidArgument('portgrp.vlanId');
  return networks.switches.has(spec.vswitchName) ? undefined : FAULTS.notFound();
}

export function addPortGroup(networks: Networks, spec: HostPortGroupSpec): VimFault | undefined {
  const trouble = specTrouble(networks, spec);
  if (trouble !== undefined) return trouble;
  if (networks.hasGroup(spec.name)) return exists(spec.name);
  const overrides = ownPolicy(spec.policy);
  if (typeof overrides === 'string') return FAULTS.invalidArgument(overrides);
  const made = refused(() => networks.addGroup(spec.vswitchName, spec.name));
  if (made !== undefined) return made;
  const set = refused(() => networks.setGroup(spec.name, { vlan: spec.vlanId, overrides }));
  if (set !== undefined) networks.removeGroup(spec.name);
  return set;
}

export function removePortGroup(networks: Networks, name: string): VimFault | undefined {
  if (!networks.hasGroup(name)) return FAULTS.notFound();
  if (networks.switchOf(name).portsOf(name).length > 0) return inUse('PortGroup', name);
  return refused(() => networks.removeGroup(name));
}

/** All of the spec: what it does not say of a policy is the switch's. */
export function updatePortGroup(
  networks: Networks,
  name: string,
  spec: HostPortGroupSpec,
): VimFault | undefined {
  if (!networks.hasGroup(name)) return FAULTS.notFound();
  const trouble = specTrouble(networks, spec);
  if (trouble !== undefined) return trouble;
  const overrides = ownPolicy(spec.policy);
  if (typeof overrides === 'string') return FAULTS.invalidArgument(overrides);
  const isMoved = spec.name !== name || networks.switchOf(name).name !== spec.vswitchName;
  if (isMoved) {
    if (spec.name !== name && networks.hasGroup(spec.name)) return exists(spec.name);
    return removePortGroup(networks, name) ?? addPortGroup(networks, spec);
  }
  const bare = { security: undefined, shaping: undefined, teaming: undefined };
  return refused(() => {
    // First as a trial: a policy that cannot be leaves the one that there was.
    networks.setGroup(name, { vlan: spec.vlanId, overrides });
    networks.setGroup(name, { overrides: bare });
    networks.setGroup(name, { overrides });
  });
}

function uplinksOf({ bridge }: HostVirtualSwitchSpec): readonly string[] | undefined {
  const bond: Partial<HostVirtualSwitchBondBridge> | undefined = bridge;
  return bond?.nicDevice;
}

export function addVirtualSwitch(
  networks: Networks,
  name: string,
  spec: HostVirtualSwitchSpec | undefined,
): VimFault | undefined {
  if (!NAME.test(name)) return FAULTS.invalidArgument('vswitchName');
  if (networks.switches.has(name)) return exists(name);
  const given = spec ?? { numPorts: undefined };
  const trouble = spec && switchTrouble(networks, name, spec);
  if (trouble) return trouble;
  const made = refused(() => networks.addSwitch(name, given.numPorts || undefined));
  if (made !== undefined || spec === undefined) return made;
  const set = applySwitch(networks, name, spec);
  if (set !== undefined) networks.removeSwitch(name);
  return set;
}

export function updateVirtualSwitch(
  networks: Networks,
  name: string,
  spec: HostVirtualSwitchSpec,
): VimFault | undefined {
  if (!networks.switches.has(name)) return FAULTS.notFound();
  return switchTrouble(networks, name, spec) ?? applySwitch(networks, name, spec, true);
}

export function removeVirtualSwitch(networks: Networks, name: string): VimFault | undefined {
  const found = networks.switches.get(name);
  if (found === undefined) return FAULTS.notFound();
  if (found.ports.size > 0) return inUse('VirtualSwitch', name);
  return refused(() => networks.removeSwitch(name));
}

function switchTrouble(networks: Networks, name: string, spec: HostVirtualSwitchSpec): VimFault | undefined {
  if (spec.numPorts < 0) return FAULTS.invalidArgument('spec.numPorts');
  for (const uplink of uplinksOf(spec) ?? []) {
    if (!networks.devices.some((device) => device.name === uplink)) return FAULTS.notFound();
    const user = networks.config.switches.find(({ uplinks }) => uplinks.includes(uplink));
    if (user !== undefined && user.name !== name) return inUse('PhysicalNic', uplink);
  }
  const policy = ownPolicy(spec.policy);
  return typeof policy === 'string' ? FAULTS.invalidArgument(policy) : undefined;
}

function applySwitch(
  networks: Networks,
  name: string,
  spec: HostVirtualSwitchSpec,
  isUpdate = false,
): VimFault | undefined {
  const policy = ownPolicy(spec.policy) as PolicyOverrides;
  const wanted = uplinksOf(spec);
  return refused(() => {
    const { mtu, numPorts } = spec;
    const own = networks.config.switches.find((each) => each.name === name)?.uplinks ?? [];
    networks.setSwitch(name, {
      ...(mtu !== undefined && { mtuBytes: mtu }),
      ...(isUpdate && numPorts > 0 && { ports: numPorts }),
    });
    if (wanted !== undefined || isUpdate) {
      for (const uplink of own) if (!(wanted ?? []).includes(uplink)) networks.removeUplink(name, uplink);
      for (const uplink of wanted ?? []) if (!own.includes(uplink)) networks.addUplink(name, uplink);
    }
    networks.setPolicies(name, policy ?? {});
  });
}

/**
 * A HostNetworkConfig that says how all is to be, as the changes that make it so. What it does not mention of switches or
 * port groups at all stays; a list that is there is whole, and what is in use cannot go.
 */
export function replacingChanges(
  networks: Networks,
  { vswitch, portgroup }: HostNetworkConfig,
): HostNetworkConfig {
  const switches = new Set(vswitch?.map(({ name }) => name));
  const groups = new Set(portgroup?.map(({ spec }) => spec?.name));
  const goingSwitches =
    vswitch === undefined ? [] : [...networks.switches.keys()].filter((name) => !switches.has(name));
  const goingGroups = [...networks.switches.values()].flatMap((net) =>
    portgroup === undefined
      ? []
      : [...net.groups.keys()].filter((name) => !groups.has(name)).map((name) => ({ name, net })),
  );
  return {
    ...(vswitch && {
      vswitch: [
        ...vswitch
          // One of which nothing more is said stays as it is.
          .filter(({ name, spec }) => spec !== undefined || !networks.switches.has(name))
          .map((each) => ({ ...each, changeOperation: networks.switches.has(each.name) ? 'edit' : 'add' })),
        ...goingSwitches.map((name) => ({ name, changeOperation: 'remove' })),
      ],
    }),
    ...(portgroup && {
      portgroup: [
        ...goingGroups.map(({ name, net }) => ({
          changeOperation: 'remove',
          spec: { name, vlanId: 0, vswitchName: net.name, policy: {} },
        })),
        ...portgroup.map((each) => ({
          ...each,
          changeOperation: networks.hasGroup(each.spec?.name ?? '') ? 'edit' : 'add',
        })),
      ],
    }),
  };
}

/** The changes of a HostNetworkConfig in their order: switches that come, port groups, switches that go. The first fault ends it. */
export function changeNetworks(
  networks: Networks,
  { vswitch = [], portgroup = [] }: HostNetworkConfig,
): VimFault | undefined {
  const steps = [
    ...vswitch
      .filter(({ changeOperation }) => changeOperation !== 'remove')
      .map(({ changeOperation, name, spec }) => () => {
        if (changeOperation === 'add') return addVirtualSwitch(networks, name, spec);
        return spec === undefined
          ? FAULTS.invalidArgument('config.vswitch.spec')
          : updateVirtualSwitch(networks, name, spec);
      }),
    ...portgroup.map(({ changeOperation, spec }) => () => {
      if (spec === undefined) return FAULTS.invalidArgument('config.portgroup.spec');
      if (changeOperation === 'add') return addPortGroup(networks, spec);
      if (changeOperation === 'remove') return removePortGroup(networks, spec.name);
      return updatePortGroup(networks, spec.name, spec);
    }),
    ...vswitch
      .filter(({ changeOperation }) => changeOperation === 'remove')
      .map(
        ({ name }) =>
          () =>
            removeVirtualSwitch(networks, name),
      ),
  ];
  for (const step of steps) {
    const fault = step();
    if (fault !== undefined) return fault;
  }
  return undefined;
}

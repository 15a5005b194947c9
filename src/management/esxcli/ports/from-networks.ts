/** The network part of esxcli, from the networks of the host and its own interfaces. */
import {
  DEFAULT_MTU_BYTES,
  formatMac,
  ipText,
  maskOf,
  maskText,
  mergedPolicies,
  type Networks,
  parseIp,
  type Vmknic,
  type Vmknics,
  vmOfNic,
} from '#net';
import type { NetworkPort, NicRow, StandardSwitchRow, VmknicRow, VmPortRow } from './network.ts';

export interface NetworkParts {
  readonly networks: Networks;
  readonly vmknics: Vmknics;
  /** The address of a guest, as far as the host knows. */
  addressOf(mac: number): string | undefined;
  /** VMs that run, with the port groups of their cards. */
  running(): readonly {
    readonly id: number;
    readonly name: string;
    readonly networks: readonly string[];
  }[];
}

export function networkPort(parts: NetworkParts): NetworkPort {
  const { networks, vmknics } = parts;
  return {
    nics: () => nics(networks),
    switches: () => switches(networks),
    vmknics: () => vmknics.list().map((one) => vmknicRow(parts, one)),
    ...{ standard: networks, own: vmknics },
    vms: () =>
      parts
        .running()
        .flatMap(({ id, name, networks }) =>
          networks.length === 0 ? [] : [{ worldId: id, name, networks }],
        ),
    portsOf: (worldId) => portsOf(parts, worldId),
  };
}

function nics({ devices, uplinks }: Networks): NicRow[] {
  return devices.map(({ name, driver, speedMbps, mac }) => {
    const used = uplinks.find(({ uplink }) => uplink.name === name);
    const isUp = used?.uplink.isUp ?? true;
    const mtuBytes = used?.net.mtuBytes ?? DEFAULT_MTU_BYTES;
    return { name, driver, speedMbps, mtuBytes, mac: formatMac(mac), isAdminUp: isUp, isLinkUp: isUp };
  });
}

function switches(networks: Networks): StandardSwitchRow[] {
  return networks.config.switches.map(({ name, mtuBytes, ports, uplinks, policies }) => {
    const net = networks.switch(name);
    const groups = [...net.groups.values()].map((group) => ({
      ...{ name: group.name, vlan: group.vlan, clients: net.portsOf(group.name).length },
      policies: mergedPolicies(policies, group.overrides),
    }));
    return {
      ...{ name, mtuBytes, uplinks, groups, policies },
      ...{ configuredPorts: ports, usedPorts: net.ports.size },
    };
  });
}

function vmknicRow({ networks, vmknics }: NetworkParts, one: Vmknic): VmknicRow {
  const { address = '', prefix = 24, stack, portGroup } = one;
  const row = { ...one, switch: networks.hasGroup(portGroup) ? networks.switchOf(portGroup).name : '' };
  const own = parseIp(address);
  if (own === undefined) return row;
  const gateway = vmknics.gatewayOf(stack);
  return {
    ...{ ...row, netmask: maskText(prefix), broadcast: ipText(own | ~maskOf(prefix)) },
    ...(gateway !== undefined && { gateway }),
  };
}

function portsOf(parts: NetworkParts, worldId: number): VmPortRow[] {
  const vm = parts.running().find(({ id }) => id === worldId);
  return parts.networks.ports.flatMap(({ net, port }) => {
    if (vm === undefined || vmOfNic(port.station) !== vm.name) return [];
    const place = { portId: port.id, switch: net.name, portGroup: port.portGroup };
    return [
      { ...place, mac: formatMac(port.mac), address: parts.addressOf(port.mac), uplink: port.lastUplink },
    ];
  });
}

/** The networks of a host, as esxcli lists them. */
import type { EsxcliHost } from '#management';
import { DEFAULT_MTU_BYTES, formatMac, ipText, maskOf, parseIp } from '#net';
import type { HostParts } from './parts.ts';

export function esxcliNetwork(parts: HostParts): NonNullable<EsxcliHost['network']> {
  const { networks } = parts.network;
  return {
    nics: () =>
      networks.devices.map(({ name, driver, speedMbps, mac }) => {
        const used = networks.uplinks.find(({ uplink }) => uplink.name === name);
        const isUp = used?.uplink.isUp ?? true;
        const mtuBytes = used?.net.mtuBytes ?? DEFAULT_MTU_BYTES;
        return { name, driver, speedMbps, mtuBytes, mac: formatMac(mac), isAdminUp: isUp, isLinkUp: isUp };
      }),
    switches: () =>
      networks.config.switches.map(({ name, mtuBytes, ports, uplinks, policies }) => {
        const net = networks.switch(name);
        const groups = [...net.groups.values()].map((group) => ({
          ...{ name: group.name, vlan: group.vlan, clients: net.portsOf(group.name).length },
        }));
        const isBeaconing = policies.teaming.failureDetection === 'beacon';
        return {
          ...{ name, mtuBytes, uplinks, groups, isBeaconing },
          ...{ configuredPorts: ports, usedPorts: net.ports.size },
        };
      }),
    vmknics: () =>
      parts.vmknics.list().map(({ name, address, prefix = 24, stack }) => {
        const own = address === undefined ? undefined : parseIp(address);
        if (own === undefined || address === undefined) return { name };
        const mask = maskOf(prefix);
        const gateway = parts.vmknics.gatewayOf(stack);
        return {
          ...{ name, address, netmask: ipText(mask), broadcast: ipText((own | ~mask) >>> 0) },
          ...(gateway !== undefined && { gateway }),
        };
      }),
    vms: () =>
      parts.vms.running.flatMap(({ id, name, settings }) => {
        const used = settings.nics.map(({ networkName }) => networkName);
        return used.length === 0 ? [] : [{ worldId: id, name, networks: used }];
      }),
  };
}

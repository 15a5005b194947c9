/** HostNetworkSystem: names, name servers, and the networks of the host. */
import { MAX_GROUPS } from '#net';
import type { VimContext } from '../context.ts';
import { FAULTS } from '../model/faults.ts';
import { guarded, managed } from '../model/managed.ts';
import type {
  HostDnsConfig,
  HostNetCapabilities,
  HostNetworkConfig,
  HostNetworkInfo,
  HostVirtualNicSpec,
} from '../table/vim25.d.ts';
import {
  addPortGroup,
  addVirtualSwitch,
  changeNetworks,
  removePortGroup,
  removeVirtualSwitch,
  replacingChanges,
  updatePortGroup,
  updateVirtualSwitch,
} from './network/network-changes.ts';
import { networkConfig, networkInfo } from './network/network-info.ts';
import { addVirtualNic, removeVirtualNic, updateVirtualNic, virtualNic } from './network/virtual-nics.ts';

const CAPABILITIES: HostNetCapabilities = {
  ...{ canSetPhysicalNicLinkSpeed: false, supportsNicTeaming: true, supportsVlan: true },
  nicTeamingPolicy: ['loadbalance_ip', 'loadbalance_srcmac', 'loadbalance_srcid', 'failover_explicit'],
  maxPortGroupsPerVswitch: MAX_GROUPS,
  ...{ usesServiceConsoleNic: false, supportsNetworkHints: true, vswitchConfigSupported: true },
  ...{ vnicConfigSupported: true, ipRouteConfigSupported: false, dnsConfigSupported: true },
  ...{ dhcpOnVnicSupported: true, ipV6Supported: true },
};

function dnsConfig({ host }: VimContext): HostDnsConfig {
  const { identity, dns } = host.settings;
  const { servers, search } = dns.state;
  const { host: hostName, domain: domainName } = identity.names;
  return { dhcp: false, hostName, domainName, address: servers, searchDomain: search };
}

export const hostNetworkInfo = (vim: VimContext): HostNetworkInfo => ({
  ...{ vnic: vim.host.vmknics?.list().map(virtualNic) ?? [], consoleVnic: [] },
  ...networkInfo(vim.host.network.networks),
  dnsConfig: dnsConfig(vim),
  ...{ ipV6Enabled: true, atBootIpV6Enabled: true },
});

function updateDns({ host, objects }: VimContext, config: HostDnsConfig) {
  if (config.dhcp) return FAULTS.invalidArgument('config.dhcp', 'names do not come by DHCP here');
  const { identity, dns } = host.settings;
  identity.set({ host: config.hostName, domain: config.domainName });
  if (config.address !== undefined) {
    dns.clearServers();
    for (const address of config.address) dns.addServer(address);
  }
  if (config.searchDomain !== undefined) {
    for (const domain of dns.state.search) dns.removeSearch(domain);
    for (const domain of config.searchDomain) dns.addSearch(domain);
  }
  objects.changed('networkSystem', 'ha-host', 'ha-compute-res');
  return undefined;
}

const NETWORK = 'Host.Config.Network';

export const HostNetworkSystem = managed<'HostNetworkSystem', VimContext>('HostNetworkSystem', {
  properties: {
    capabilities: () => CAPABILITIES,
    networkInfo: hostNetworkInfo,
    networkConfig: (vim) => ({
      vnic: (vim.host.vmknics?.list() ?? []).map(virtualNic).map(({ device, portgroup, spec }) => ({
        ...{ changeOperation: 'edit', device, portgroup, spec },
      })),
      ...{ dnsConfig: dnsConfig(vim), ipV6Enabled: true },
      ...networkConfig(vim.host.network.networks),
    }),
    offloadCapabilities: () => ({ csumOffload: true, tcpSegmentation: true, zeroCopyXmit: true }),
    dnsConfig,
  },
  methods: {
    UpdateDnsConfig: (vim, { config }) => updateDns(vim, config),
    AddPortGroup: ({ host }, { portgrp }) => addPortGroup(host.network.networks, portgrp),
    UpdatePortGroup: ({ host }, { pgName, portgrp }) =>
      updatePortGroup(host.network.networks, pgName, portgrp),
    RemovePortGroup: ({ host }, { pgName }) => removePortGroup(host.network.networks, pgName),
    AddVirtualSwitch: ({ host }, { vswitchName, spec }) =>
      addVirtualSwitch(host.network.networks, vswitchName, spec),
    UpdateVirtualSwitch: ({ host }, { vswitchName, spec }) =>
      updateVirtualSwitch(host.network.networks, vswitchName, spec),
    RemoveVirtualSwitch: ({ host }, { vswitchName }) =>
      removeVirtualSwitch(host.network.networks, vswitchName),
    UpdateNetworkConfig: guarded(
      NETWORK,
      (vim: VimContext, { config, changeMode }: { config: HostNetworkConfig; changeMode: string }) => {
        const { networks } = vim.host.network;
        if (changeMode !== 'modify' && changeMode !== 'replace') return FAULTS.invalidArgument('changeMode');
        const fault = changeNetworks(
          networks,
          changeMode === 'modify' ? config : replacingChanges(networks, config),
        );
        if (fault !== undefined) return fault;
        return (config.dnsConfig && updateDns(vim, config.dnsConfig)) ?? {};
      },
    ),
    AddVirtualNic: guarded(
      NETWORK,
      (vim: VimContext, { portgroup, nic }: { portgroup: string; nic: HostVirtualNicSpec }) => {
        const { vmknics, network } = vim.host;
        if (vmknics === undefined) return FAULTS.notSupported();
        if (!network.networks.hasGroup(portgroup)) return FAULTS.notFound();
        return addVirtualNic(vmknics, portgroup, nic);
      },
    ),
    UpdateVirtualNic: guarded(
      NETWORK,
      (vim: VimContext, { device, nic }: { device: string; nic: HostVirtualNicSpec }) =>
        vim.host.vmknics === undefined
          ? FAULTS.notSupported()
          : updateVirtualNic(vim.host.vmknics, device, nic),
    ),
    RemoveVirtualNic: (vim, { device }) =>
      vim.host.vmknics === undefined ? FAULTS.notSupported() : removeVirtualNic(vim.host.vmknics, device),
    /** Nobody tells an uplink of ours what is behind it. */
    QueryNetworkHint({ host }, { device }) {
      const names = host.network.networks.devices.map(({ name }) => name);
      if (device?.some((one) => !names.includes(one))) return FAULTS.notFound();
      return (device ?? names).map((one) => ({ device: one, subnet: [], network: [] }));
    },
    RefreshNetworkSystem: ({ objects }) => objects.changed('networkSystem', 'ha-host'),
  },
});

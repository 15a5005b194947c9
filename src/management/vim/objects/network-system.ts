/** HostNetworkSystem: names, name servers, and the networks of the host. */
import type { VimContext } from '../context.ts';
import { FAULTS } from '../model/faults.ts';
import { managed } from '../model/managed.ts';
import type { HostDnsConfig, HostNetCapabilities, HostNetworkInfo } from '../table/vim25.d.ts';

const CAPABILITIES: HostNetCapabilities = {
  ...{
    canSetPhysicalNicLinkSpeed: false,
    supportsNicTeaming: false,
    nicTeamingPolicy: [],
    supportsVlan: true,
  },
  ...{ usesServiceConsoleNic: false, supportsNetworkHints: false, vswitchConfigSupported: false },
  ...{ vnicConfigSupported: false, ipRouteConfigSupported: false, dnsConfigSupported: true },
  ...{ dhcpOnVnicSupported: false, ipV6Supported: true },
};

function dnsConfig({ host }: VimContext): HostDnsConfig {
  const { identity, dns } = host.settings;
  const { servers, search } = dns.state;
  const { host: hostName, domain: domainName } = identity.names;
  return { dhcp: false, hostName, domainName, address: servers, searchDomain: search };
}

const networkInfo = (vim: VimContext): HostNetworkInfo => ({
  ...{ vswitch: [], portgroup: [], pnic: [], vnic: [], consoleVnic: [] },
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

export const HostNetworkSystem = managed<'HostNetworkSystem', VimContext>('HostNetworkSystem', {
  properties: {
    capabilities: () => CAPABILITIES,
    networkInfo,
    networkConfig: (vim) => ({
      ...{ vswitch: [], portgroup: [], pnic: [], vnic: [] },
      ...{ dnsConfig: dnsConfig(vim), ipV6Enabled: true },
    }),
    offloadCapabilities: () => ({ csumOffload: false, tcpSegmentation: false, zeroCopyXmit: false }),
    dnsConfig,
  },
  methods: {
    UpdateDnsConfig: (vim, { config }) => updateDns(vim, config),
    RefreshNetworkSystem: ({ objects }) => objects.changed('networkSystem', 'ha-host'),
  },
});

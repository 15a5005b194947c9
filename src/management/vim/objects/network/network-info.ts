/** The networks of a host as HostNetworkInfo and HostNetworkConfig have them: switches, port groups, physical adapters. */
import { formatMac, mergedPolicies, type Networks, type UplinkDevice, type VirtualSwitch } from '#net';
import { data } from '../../model/value.ts';
import type {
  HostNetworkConfig,
  HostNetworkInfo,
  HostPortGroup,
  HostPortGroupSpec,
  HostVirtualSwitch,
  HostVirtualSwitchSpec,
  PhysicalNic,
} from '../../table/vim25.d.ts';
import { vimPolicy } from './policy-words.ts';

const switchKey = (name: string) => `key-vim.host.VirtualSwitch-${name}`;
const groupKey = (name: string) => `key-vim.host.PortGroup-${name}`;
const nicKey = (name: string) => `key-vim.host.PhysicalNic-${name}`;

type Parts = Pick<HostNetworkInfo, 'vswitch' | 'portgroup' | 'pnic'>;

export function networkInfo(networks: Networks): Parts {
  const all = [...networks.switches.values()];
  return {
    vswitch: all.map((net) => vimSwitch(networks, net)),
    portgroup: all.flatMap((net) => [...net.groups.keys()].map((name) => vimGroup(net, name))),
    pnic: networks.devices.map(vimNic),
  };
}

export function networkConfig(networks: Networks): Pick<HostNetworkConfig, 'vswitch' | 'portgroup' | 'pnic'> {
  const { vswitch = [], portgroup = [], pnic = [] } = networkInfo(networks);
  return {
    vswitch: vswitch.map(({ name, spec }) => ({ changeOperation: 'edit', name, spec })),
    portgroup: portgroup.map(({ spec }) => ({ changeOperation: 'edit', spec })),
    pnic: pnic.map(({ device, spec }) => ({ device, spec })),
  };
}

function vimSwitch(networks: Networks, net: VirtualSwitch): HostVirtualSwitch {
  const { name } = net;
  const config = networks.config.switches.find((each) => each.name === name);
  const { ports = net.ports.size, uplinks = [] } = config ?? {};
  const spec: HostVirtualSwitchSpec = {
    numPorts: ports,
    ...(uplinks.length > 0 && {
      bridge: data('HostVirtualSwitchBondBridge', {
        nicDevice: uplinks,
        beacon: { interval: 1 },
        linkDiscoveryProtocolConfig: { protocol: 'cdp', operation: 'listen' },
      }),
    }),
    ...{ policy: vimPolicy(net.policies), mtu: net.mtuBytes },
  };
  return {
    ...{ name, key: switchKey(name), numPorts: ports, mtu: net.mtuBytes, spec },
    numPortsAvailable: Math.max(0, ports - net.ports.size),
    portgroup: [...net.groups.keys()].map(groupKey),
    pnic: uplinks.map(nicKey),
  };
}

function vimGroup(net: VirtualSwitch, name: string): HostPortGroup {
  const { vlan, overrides } = net.group(name);
  const spec: HostPortGroupSpec = {
    ...{ name, vlanId: vlan, vswitchName: net.name },
    policy: vimPolicy(overrides),
  };
  return {
    key: groupKey(name),
    port: net.portsOf(name).map((port) => ({
      key: `${port.id}`,
      mac: [formatMac(port.mac)],
      type: port.station.traffic === 'virtualMachine' ? 'virtualMachine' : 'host',
    })),
    vswitch: switchKey(net.name),
    computedPolicy: vimPolicy(mergedPolicies(net.policies, overrides)),
    spec,
  };
}

function vimNic({ name, driver, mac, speedMbps }: UplinkDevice, index: number): PhysicalNic {
  const link = { speedMb: Math.min(speedMbps, 2 ** 31 - 1), duplex: true };
  return {
    ...{ key: nicKey(name), device: name, driver, mac: formatMac(mac), linkSpeed: link },
    pci: `0000:${(index + 1).toString(16).padStart(2, '0')}:00.0`,
    validLinkSpecification: [link],
    spec: { ip: { dhcp: false }, linkSpeed: link },
    ...{ wakeOnLanSupported: false, autoNegotiateSupported: false },
  };
}

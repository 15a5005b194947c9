/** `esxcli network nic`, `vswitch standard`, `ip interface ipv4`, `vm`: what there is. */
import { type Command, command } from '../command.ts';
import { table } from '../output.ts';

const NONE = '0.0.0.0';

export const NETWORK_COMMANDS: readonly Command[] = [
  command({
    path: 'network ip interface ipv4 get',
    summary: 'Get IPv4 settings for VMkernel network interfaces.',
    privilege: 'System.View',
    needs: ['network'],
    options: {},
    output: table('IPv4Interface', {
      Name: 'string',
      'IPv4 Address': 'string',
      'IPv4 Netmask': 'string',
      'IPv4 Broadcast': 'string',
      'Address Type': 'string',
      Gateway: 'string',
      'DHCP DNS': 'boolean',
    }),
    run: ({ network }) =>
      network.vmknics().map(({ name, address, netmask, broadcast, gateway }) => ({
        Name: name,
        'IPv4 Address': address ?? NONE,
        'IPv4 Netmask': netmask ?? NONE,
        'IPv4 Broadcast': broadcast ?? NONE,
        'Address Type': address === undefined ? 'NONE' : 'STATIC',
        Gateway: gateway ?? NONE,
        'DHCP DNS': false,
      })),
  }),
  command({
    path: 'network nic list',
    summary: 'This command will list the Physical NICs currently installed and loaded on the system.',
    privilege: 'System.View',
    needs: ['network'],
    options: {},
    output: table('PhysicalNic', {
      Name: 'string',
      'PCI Device': 'string',
      Driver: 'string',
      'Admin Status': 'string',
      'Link Status': 'string',
      Speed: 'integer',
      Duplex: 'string',
      'MAC Address': 'string',
      MTU: 'integer',
      Description: 'string',
    }),
    run: ({ network }) =>
      network.nics().map((nic) => ({
        Name: nic.name,
        'PCI Device': 'N/A',
        Driver: nic.driver,
        'Admin Status': nic.isAdminUp ? 'Up' : 'Down',
        'Link Status': nic.isLinkUp ? 'Up' : 'Down',
        Speed: nic.speedMbps,
        Duplex: 'Full',
        'MAC Address': nic.mac,
        MTU: nic.mtuBytes,
        Description: `VMkernel ${nic.driver} uplink`,
      })),
  }),
  command({
    path: 'network vm list',
    summary: 'List networking information for the VM’s that have active ports.',
    privilege: 'System.View',
    needs: ['network'],
    options: {},
    output: table('VMNetworks', {
      'World ID': 'integer',
      Name: 'string',
      'Num Ports': 'integer',
      Networks: 'string[]',
    }),
    run: ({ network }) =>
      network.vms().map(({ worldId, name, networks }) => ({
        'World ID': worldId,
        Name: name,
        'Num Ports': networks.length,
        Networks: networks,
      })),
  }),
  command({
    path: 'network vswitch standard portgroup list',
    summary: 'List all of the port groups currently on the system.',
    privilege: 'System.View',
    needs: ['network'],
    options: {},
    output: table('PortGroup', {
      Name: 'string',
      'Virtual Switch': 'string',
      'Active Clients': 'integer',
      'VLAN ID': 'integer',
    }),
    run: ({ network }) =>
      network.switches().flatMap((one) =>
        one.groups.map((group) => ({
          Name: group.name,
          'Virtual Switch': one.name,
          'Active Clients': group.clients,
          'VLAN ID': group.vlan,
        })),
      ),
  }),
];

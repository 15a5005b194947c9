/** `esxcli network nic` and `network vm`: what there is. */
import { type Command, command, failed } from '../command.ts';
import { long, required } from '../option.ts';
import { records, table } from '../output.ts';

export const NETWORK_COMMANDS: readonly Command[] = [
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
    path: 'network vm port list',
    summary: 'List of active ports for a given VM.',
    privilege: 'System.View',
    needs: ['network'],
    options: { 'world-id': required(long('w', 'World ID of the VM for listing ports.')) },
    output: records('VMPort', {
      'Port ID': 'integer',
      vSwitch: 'string',
      Portgroup: 'string',
      'DVPort ID': 'string',
      'MAC Address': 'string',
      'IP Address': 'string',
      'Team Uplink': 'string',
      'Uplink Port ID': 'integer',
      'Active Filters': 'string',
    }),
    run: ({ network }, args) => {
      const ports = network.portsOf(args['world-id']);
      if (ports.length === 0) return failed(`There is no VM with ports and world ID ${args['world-id']}.`);
      return ports.map((port) => ({
        'Port ID': port.portId,
        vSwitch: port.switch,
        Portgroup: port.portGroup,
        'DVPort ID': '',
        'MAC Address': port.mac,
        'IP Address': port.address ?? '0.0.0.0',
        'Team Uplink': port.uplink ?? 'void',
        'Uplink Port ID': 0,
        'Active Filters': '',
      }));
    },
  }),
];

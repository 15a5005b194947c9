/** `esxcli network vswitch standard`: switches, port groups, uplinks. */
import { type Command, command, type Failed, failed } from '../command.ts';
import { long, oneOf, required, str } from '../option.ts';
import { nothing, records, table } from '../output.ts';

const VIEW = 'System.View';
const CHANGE = 'Host.Config.Network';
const BEACON = { intervalS: 1, threshold: 3 } as const;
const SWITCH = required(str('v', 'The name of the virtual switch.'));
const GROUP = required(str('p', 'The name of the port group.'));
const UPLINK = { 'uplink-name': required(str('u', 'The name of the uplink.')), 'vswitch-name': SWITCH };
const MEMBER = { 'portgroup-name': GROUP, 'vswitch-name': SWITCH };
export const NETWORK_VSWITCH_COMMANDS: readonly Command[] = [
  command({
    path: 'network vswitch standard list',
    summary: 'List the virtual switches current on the ESXi host.',
    privilege: VIEW,
    needs: ['network'],
    options: { 'vswitch-name': str('v', 'The name of the virtual switch; without it, all of them.') },
    output: records(
      'StandardSwitch',
      {
        Name: 'string',
        Class: 'string',
        'Num Ports': 'integer',
        'Used Ports': 'integer',
        'Configured Ports': 'integer',
        MTU: 'integer',
        'CDP Status': 'string',
        'Beacon Enabled': 'boolean',
        'Beacon Interval': 'integer',
        'Beacon Threshold': 'integer',
        'Beacon Required By': 'string',
        Uplinks: 'string[]',
        Portgroups: 'string[]',
      },
      ({ Name }) => Name ?? '',
    ),
    run: ({ network }, args) => {
      const wanted = args['vswitch-name'];
      const found = network.switches().filter(({ name }) => name === (wanted ?? name));
      if (wanted !== undefined && found.length === 0) return noSwitch(wanted);
      return found.map((one) => ({
        ...{ Name: one.name, Class: 'cswitch', 'Num Ports': one.configuredPorts },
        ...{ 'Used Ports': one.usedPorts, 'Configured Ports': one.configuredPorts, MTU: one.mtuBytes },
        'CDP Status': 'down',
        'Beacon Enabled': one.policies.teaming.failureDetection === 'beacon',
        ...{ 'Beacon Interval': BEACON.intervalS, 'Beacon Threshold': BEACON.threshold },
        'Beacon Required By': '',
        ...{ Uplinks: one.uplinks, Portgroups: one.groups.map(({ name }) => name) },
      }));
    },
  }),
  command({
    path: 'network vswitch standard add',
    summary: 'Add a new virtual switch to the ESXi networking system.',
    privilege: CHANGE,
    needs: ['network'],
    options: { ports: long('P', 'The number of ports (128).'), 'vswitch-name': SWITCH },
    output: nothing(),
    run: ({ network }, { ports, ...args }) => network.standard.addSwitch(args['vswitch-name'], ports),
  }),
  command({
    path: 'network vswitch standard remove',
    summary: 'Remove a virtual switch from the ESXi networking system.',
    privilege: CHANGE,
    needs: ['network'],
    options: { 'vswitch-name': SWITCH },
    output: nothing(),
    run: ({ network }, args) => network.standard.removeSwitch(args['vswitch-name']),
  }),
  command({
    path: 'network vswitch standard set',
    summary: 'This command sets the MTU size and CDP status of a given virtual switch.',
    privilege: CHANGE,
    needs: ['network'],
    options: {
      'cdp-status': oneOf('c', ['down'], 'CDP is down: no switch hears it.'),
      mtu: long('m', 'The MTU to set.'),
      'vswitch-name': SWITCH,
    },
    output: nothing(),
    run: ({ network }, { mtu, ...args }) =>
      network.standard.setSwitch(args['vswitch-name'], mtu === undefined ? {} : { mtuBytes: mtu }),
  }),
  ...(
    [
      ['add', 'Add an uplink to the given virtual switch', 'addUplink'],
      ['remove', 'Remove uplink from a given virtual switch', 'removeUplink'],
    ] as const
  ).map(([word, summary, change]) =>
    command({
      path: `network vswitch standard uplink ${word}`,
      ...{ summary, privilege: CHANGE, needs: ['network'], options: UPLINK, output: nothing() },
      run: ({ network }, args) => network.standard[change](args['vswitch-name'], args['uplink-name']),
    }),
  ),
  command({
    path: 'network vswitch standard portgroup list',
    summary: 'List all of the port groups currently on the system.',
    privilege: VIEW,
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
  command({
    path: 'network vswitch standard portgroup add',
    summary: 'Allows the addition of a standard port group to a virtual switch.',
    privilege: CHANGE,
    needs: ['network'],
    options: MEMBER,
    output: nothing(),
    run: ({ network }, args) => network.standard.addGroup(args['vswitch-name'], args['portgroup-name']),
  }),
  command({
    path: 'network vswitch standard portgroup remove',
    summary: 'Remove a port group from the given virtual switch',
    privilege: CHANGE,
    needs: ['network'],
    options: MEMBER,
    output: nothing(),
    run: ({ network }, args) => {
      const [group, name] = [args['portgroup-name'], args['vswitch-name']];
      const found = network.switches().find((one) => one.groups.some((each) => each.name === group));
      if (found?.name !== name) return failed(`Virtual switch "${name}" has no port group "${group}".`);
      network.standard.removeGroup(group);
      return undefined;
    },
  }),
  command({
    path: 'network vswitch standard portgroup set',
    summary: 'Set the vlan id for the given port group',
    privilege: CHANGE,
    needs: ['network'],
    options: {
      'portgroup-name': GROUP,
      'vlan-id': long('v', 'The VLAN: 0 for none, 4095 for all of them, tagged.'),
    },
    output: nothing(),
    run: ({ network }, args) =>
      network.standard.setGroup(
        args['portgroup-name'],
        args['vlan-id'] === undefined ? {} : { vlan: args['vlan-id'] },
      ),
  }),
];

function noSwitch(name: string): Failed {
  return failed(`There is no virtual switch "${name}".`);
}

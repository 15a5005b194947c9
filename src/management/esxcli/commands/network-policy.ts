/** `esxcli network vswitch standard policy` and `… portgroup policy`: security, shaping, failover. */
import type { Policies, PolicyOverrides } from '#net';
import { present as given } from '../../present.ts';
import { type Command, command, type Failed, failed } from '../command.ts';
import { type Args, bool, list, long, type Options, oneOf, present, required, str } from '../option.ts';
import { type Fields, nothing, type Row, record } from '../output.ts';

const VIEW = 'System.View';
const CHANGE = 'Host.Config.Network';
const SWITCH = { 'vswitch-name': required(str('v', 'The name of the virtual switch.')) };
const GROUP = { 'portgroup-name': required(str('p', 'The name of the port group.')) };
const INHERIT = { 'use-vswitch': present('u', 'Use the settings of the virtual switch.') };
/** Load balancing as esxcli tells it. */
const BALANCING = { portid: 'srcport', mac: 'srcmac', iphash: 'iphash', explicit: 'explicit' } as const;

type Change = PolicyOverrides;

/** A policy: how it is told and changed, of a switch and of a port group. */
interface Kind<F extends Fields, O extends Options> {
  readonly word: keyof typeof PARTS;
  readonly typeName: string;
  readonly fields: F;
  readonly options: O;
  /** @param uplinks - those of the switch. */
  tell(policies: Policies, uplinks: readonly string[]): Row<F>;
  change(given: Args<O>): Change;
}

/** A policy of esxcli, and its part in ours. */
const PARTS = { security: 'security', shaping: 'shaping', failover: 'teaming' } as const;

const SECURITY_OPTIONS = {
  'allow-forged-transmits': bool(
    'f',
    'Allow ports to send frames with source addresses that are not theirs.',
  ),
  'allow-mac-change': bool('m', 'Allow ports to change their MAC address.'),
  'allow-promiscuous': bool('o', 'Allow ports to hear what is for others.'),
};
const SHAPING_OPTIONS = {
  'avg-bandwidth': long('b', 'The average bandwidth, in kbit/s.'),
  'burst-size': long('t', 'The largest burst, in KiB.'),
  enabled: bool('e', 'Whether what ports send is shaped.'),
  'peak-bandwidth': long('k', 'The peak bandwidth, in kbit/s.'),
};
const FAILOVER_OPTIONS = {
  'active-uplinks': list('a', 'The active uplinks, in their order.'),
  failback: bool('b', 'Whether an uplink that comes back takes its place again.'),
  'failure-detection': oneOf('f', ['beacon', 'link'], 'How a dead uplink is noticed.'),
  'load-balancing': oneOf('l', ['explicit', 'iphash', 'mac', 'portid'], 'How uplinks are chosen.'),
  'notify-switches': bool('n', 'Whether the network is told when a port uses another uplink.'),
  'standby-uplinks': list('s', 'The uplinks that stand by, in their order.'),
};

export const NETWORK_POLICY_COMMANDS: readonly Command[] = [
  ...policy({
    word: 'security',
    typeName: 'SecurityPolicy',
    fields: {
      'Allow Promiscuous': 'boolean',
      'Allow MAC Address Change': 'boolean',
      'Allow Forged Transmits': 'boolean',
    },
    options: SECURITY_OPTIONS,
    tell: ({ security }) => ({
      'Allow Promiscuous': security.allowPromiscuous,
      'Allow MAC Address Change': security.allowMacChange,
      'Allow Forged Transmits': security.allowForgedTransmits,
    }),
    change: (args) => ({
      security: given({
        allowPromiscuous: args['allow-promiscuous'],
        allowMacChange: args['allow-mac-change'],
        allowForgedTransmits: args['allow-forged-transmits'],
      }),
    }),
  }),
  ...policy({
    word: 'shaping',
    typeName: 'ShapingPolicy',
    fields: {
      Enabled: 'boolean',
      'Average Bandwidth': 'integer',
      'Peak Bandwidth': 'integer',
      'Burst Size': 'integer',
    },
    options: SHAPING_OPTIONS,
    tell: ({ shaping }) => ({
      Enabled: shaping.enabled,
      'Average Bandwidth': shaping.averageKbps,
      'Peak Bandwidth': shaping.peakKbps,
      'Burst Size': shaping.burstKb,
    }),
    change: (args) => ({
      shaping: given({
        enabled: args.enabled,
        averageKbps: args['avg-bandwidth'],
        peakKbps: args['peak-bandwidth'],
        burstKb: args['burst-size'],
      }),
    }),
  }),
  ...policy({
    word: 'failover',
    typeName: 'FailoverPolicy',
    fields: {
      'Load Balancing': 'string',
      'Network Failure Detection': 'string',
      'Notify Switches': 'boolean',
      Failback: 'boolean',
      'Active Adapters': 'string[]',
      'Standby Adapters': 'string[]',
      'Unused Adapters': 'string[]',
    },
    options: FAILOVER_OPTIONS,
    tell: ({ teaming }, uplinks) => ({
      'Load Balancing': BALANCING[teaming.loadBalancing],
      'Network Failure Detection': teaming.failureDetection,
      'Notify Switches': teaming.notifySwitches,
      Failback: teaming.failback,
      'Active Adapters': teaming.active,
      'Standby Adapters': teaming.standby,
      'Unused Adapters': uplinks.filter(
        (name) => !teaming.active.includes(name) && !teaming.standby.includes(name),
      ),
    }),
    change: (args) => ({
      teaming: given({
        loadBalancing: args['load-balancing'],
        failureDetection: args['failure-detection'],
        notifySwitches: args['notify-switches'],
        failback: args.failback,
        active: adapters(args['active-uplinks']),
        standby: adapters(args['standby-uplinks']),
      }),
    }),
  }),
];

function policy<const F extends Fields, const O extends Options>(kind: Kind<F, O>): readonly Command[] {
  const { word, typeName, fields, options } = kind;
  const part = PARTS[word];
  const needs = ['network'] as const;
  return [
    command({
      path: `network vswitch standard policy ${word} get`,
      summary: `Get the ${word} policy settings governing the given virtual switch`,
      ...{ privilege: VIEW, needs, options: SWITCH, output: record(typeName, fields) },
      run: ({ network }, args) => {
        const found = network.switches().find(({ name }) => name === args['vswitch-name']);
        if (found === undefined) return failed(`There is no virtual switch "${args['vswitch-name']}".`);
        return kind.tell(found.policies, found.uplinks);
      },
    }),
    command({
      path: `network vswitch standard policy ${word} set`,
      summary: `Set the ${word} policy for a given virtual switch`,
      ...{ privilege: CHANGE, needs, options: { ...options, ...SWITCH }, output: nothing() },
      run: ({ network }, args) => {
        const change = kind.change(args);
        return isEmpty(change) ?? network.standard.setPolicies(args['vswitch-name'] as string, change);
      },
    }),
    command({
      path: `network vswitch standard portgroup policy ${word} get`,
      summary: `Get the ${word} policy settings governing the given port group`,
      ...{ privilege: VIEW, needs, options: GROUP, output: record(typeName, fields) },
      run: ({ network }, args) => {
        const wanted = args['portgroup-name'];
        for (const { groups, uplinks } of network.switches()) {
          const group = groups.find(({ name }) => name === wanted);
          if (group) return kind.tell(group.policies, uplinks);
        }
        return failed(`There is no port group "${wanted}".`);
      },
    }),
    command({
      path: `network vswitch standard portgroup policy ${word} set`,
      summary: `Set the ${word} policy for a given port group`,
      ...{ privilege: CHANGE, needs, options: { ...options, ...GROUP, ...INHERIT }, output: nothing() },
      run: ({ network }, args) => {
        const change = kind.change(args);
        const group = args['portgroup-name'] as string;
        if (args['use-vswitch'] !== true)
          return isEmpty(change) ?? network.standard.setGroup(group, { overrides: change });
        if (isEmpty(change) === undefined)
          return failed('Settings cannot be given together with --use-vswitch.');
        return network.standard.setGroup(group, { overrides: { [part]: undefined } });
      },
    }),
  ];
}

function isEmpty(change: Change): Failed | undefined {
  const hasSome = Object.values(change).some((fields) => Object.keys(fields).length > 0);
  return hasSome ? undefined : failed('There is nothing to set.');
}

/** Names may come in one word with commas between them; undefined: none were given. */
function adapters(given: readonly string[]): readonly string[] | undefined {
  const names = given.flatMap((word) => word.split(',')).filter((name) => name !== '');
  return names.length === 0 ? undefined : names;
}

/** `esxcli network firewall`: who may connect to the host's own ports. */
import { type Command, command, failed } from '../command.ts';
import { bool, required, str } from '../option.ts';
import { nothing, record, table } from '../output.ts';
import type { FirewallPort, RulesetFact } from '../ports/settings.ts';

const VIEW = 'System.View';
const CHANGE = 'Host.Config.NetService';
const ONE = { 'ruleset-id': str('r', 'The label of the ruleset; without it, all of them.') };
const SOME = { 'ruleset-id': required(str('r', 'The label of the ruleset.')) };
const ADDRESS = {
  'ip-address': required(str('i', 'An IP address, or a network such as 192.0.2.0/24 or 2001:db8::/32.')),
  ...SOME,
};

export const NETWORK_FIREWALL_COMMANDS: readonly Command[] = [
  command({
    path: 'network firewall get',
    summary: 'Get the firewall status.',
    privilege: VIEW,
    needs: ['firewall'],
    options: {},
    output: record('Firewall', { 'Default Action': 'string', Enabled: 'boolean', Loaded: 'boolean' }),
    run: ({ firewall }) => ({
      'Default Action': firewall.defaultAction,
      Enabled: firewall.enabled,
      Loaded: firewall.loaded,
    }),
  }),
  command({
    path: 'network firewall set',
    summary: 'Set firewall enabled status and default action.',
    privilege: CHANGE,
    needs: ['firewall'],
    options: {
      'default-action': bool('d', 'Set to true to set defaultaction PASS, set to false to DROP.'),
      enabled: bool('e', 'Set to true to enable the firewall, set to false to disable the firewall.'),
    },
    output: nothing(),
    run: ({ firewall }, { enabled, ...given }) => {
      const pass = given['default-action'];
      if (pass === undefined && enabled === undefined) return failed('There is nothing to set.');
      if (pass !== undefined) firewall.setDefaultAction(pass ? 'PASS' : 'DROP');
      if (enabled !== undefined) firewall.setEnabled(enabled);
      return undefined;
    },
  }),
  ...(
    [
      ['load', 'Load the firewall.', (firewall) => firewall.setLoaded(true)],
      ['refresh', 'Read the configuration of the firewall again.', (firewall) => firewall.refresh()],
      [
        'unload',
        'Allow unload of the firewall: everything passes until it is loaded.',
        (firewall) => firewall.setLoaded(false),
      ],
    ] as const satisfies readonly (readonly [string, string, (firewall: FirewallPort) => void])[]
  ).map(([word, summary, run]) =>
    command({
      path: `network firewall ${word}`,
      summary,
      privilege: CHANGE,
      needs: ['firewall'],
      options: {},
      output: nothing(),
      run: ({ firewall }) => run(firewall),
    }),
  ),
  command({
    path: 'network firewall ruleset list',
    summary: 'List the rulesets in firewall.',
    privilege: VIEW,
    needs: ['firewall'],
    options: ONE,
    output: table('FirewallRuleset', { Name: 'string', Enabled: 'boolean' }),
    run: ({ firewall }, args) =>
      wanted(firewall, args['ruleset-id']).map(({ key, enabled }) => ({ Name: key, Enabled: enabled })),
  }),
  command({
    path: 'network firewall ruleset set',
    summary: 'Set firewall ruleset status (allowedAll flag and enabled status).',
    privilege: CHANGE,
    needs: ['firewall'],
    options: {
      'allowed-all': bool('a', 'Set to true to allowed all ip, set to false to use allowed ip list.'),
      enabled: bool('e', 'Set to true to enable ruleset, set to false to disable it.'),
      ...SOME,
    },
    output: nothing(),
    run: ({ firewall }, { enabled, ...given }) => {
      const allowedAll = given['allowed-all'];
      if (allowedAll === undefined && enabled === undefined) return failed('There is nothing to set.');
      firewall.setRuleset(given['ruleset-id'], {
        ...(enabled === undefined ? {} : { enabled }),
        ...(allowedAll === undefined ? {} : { allowedAll }),
      });
      return undefined;
    },
  }),
  command({
    path: 'network firewall ruleset rule list',
    summary: 'List the rules of each ruleset in firewall.',
    privilege: VIEW,
    needs: ['firewall'],
    options: ONE,
    output: table('FirewallRule', {
      Ruleset: 'string',
      Direction: 'string',
      Protocol: 'string',
      'Port Type': 'string',
      'Port Begin': 'integer',
      'Port End': 'integer',
    }),
    run: ({ firewall }, args) =>
      wanted(firewall, args['ruleset-id']).flatMap(({ key, rules }) =>
        rules.map(({ direction, protocol, portType, firstPort, lastPort }) => ({
          Ruleset: key,
          Direction: direction === 'inbound' ? 'Inbound' : 'Outbound',
          Protocol: protocol.toUpperCase(),
          'Port Type': portType === 'dst' ? 'Dst' : 'Src',
          'Port Begin': firstPort,
          'Port End': lastPort,
        })),
      ),
  }),
  command({
    path: 'network firewall ruleset allowedip list',
    summary: 'list allowed ip addresses for rulesets.',
    privilege: VIEW,
    needs: ['firewall'],
    options: ONE,
    output: table('RulesetAllowedIPs', { Ruleset: 'string', 'Allowed IP Addresses': 'string[]' }),
    run: ({ firewall }, args) =>
      wanted(firewall, args['ruleset-id']).map(({ key, allowedAll, allowed }) => ({
        Ruleset: key,
        'Allowed IP Addresses': allowedAll ? ['All'] : allowed,
      })),
  }),
  command({
    path: 'network firewall ruleset allowedip add',
    summary: 'Add allowed ip address/range to the ruleset ruleset.',
    privilege: CHANGE,
    needs: ['firewall'],
    options: ADDRESS,
    output: nothing(),
    run: ({ firewall }, args) => firewall.allow(args['ruleset-id'], args['ip-address']),
  }),
  command({
    path: 'network firewall ruleset allowedip remove',
    summary: 'Remove allowed ip address/range from the ruleset.',
    privilege: CHANGE,
    needs: ['firewall'],
    options: ADDRESS,
    output: nothing(),
    run: ({ firewall }, args) => firewall.disallow(args['ruleset-id'], args['ip-address']),
  }),
];

function wanted(firewall: FirewallPort, key: string | undefined): readonly RulesetFact[] {
  return key === undefined ? firewall.list() : [firewall.ruleset(key)];
}

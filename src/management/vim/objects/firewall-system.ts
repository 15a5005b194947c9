/** HostFirewallSystem: rule sets, and for whom they are open. */
import { parseNetwork, type RulesetStatus } from '#system';
import type { VimContext } from '../context.ts';
import { FAULTS } from '../model/faults.ts';
import { managed } from '../model/managed.ts';
import { fault } from '../model/value.ts';
import type { HostFirewallInfo, HostFirewallRuleset, HostFirewallRulesetIpList } from '../table/vim25.d.ts';

function allowedHosts({ allowed, allowedAll }: RulesetStatus): HostFirewallRulesetIpList {
  const [networks, addresses] = [true, false].map((isNetwork) =>
    allowed.filter((each) => each.includes('/') === isNetwork),
  );
  return {
    ipAddress: addresses ?? [],
    ipNetwork: (networks ?? []).map((text) => {
      const [network = '', length = ''] = text.split('/');
      return { network, prefixLength: Number(length) };
    }),
    allIp: allowedAll,
  };
}

function shown(status: RulesetStatus): HostFirewallRuleset {
  const { key, label, enabled, service, rules } = status;
  return {
    ...{ key, label, required: false, enabled, allowedHosts: allowedHosts(status) },
    ...(service !== '' && { service }),
    rule: rules.map(({ direction, protocol, portType, firstPort, lastPort }) => ({
      ...{ port: firstPort, direction, portType, protocol },
      ...(lastPort !== firstPort && { endPort: lastPort }),
    })),
    ...{ userControllable: true, ipListUserConfigurable: true },
  };
}

function info({ host }: VimContext): HostFirewallInfo {
  const { firewall } = host.settings;
  const isBlocked = firewall.defaultAction === 'DROP';
  return {
    defaultPolicy: { incomingBlocked: isBlocked, outgoingBlocked: isBlocked },
    ruleset: firewall.list().map(shown),
  };
}

function find({ host }: VimContext, id: string) {
  const found = host.settings.firewall.list().find(({ key }) => key === id);
  return found ?? fault('NotFound', {}, `There is no rule set '${id}'.`);
}

function setEnabled(vim: VimContext, id: string, enabled: boolean) {
  const found = find(vim, id);
  if (!('key' in found)) return found;
  vim.host.settings.firewall.setRuleset(id, { enabled });
  return undefined;
}

/** The list as a whole: what is no address is refused before anything changes. */
function setAllowed(
  vim: VimContext,
  id: string,
  { ipAddress = [], ipNetwork = [], allIp }: HostFirewallRulesetIpList,
) {
  const found = find(vim, id);
  if (!('key' in found)) return found;
  const wanted = [
    ...ipAddress,
    ...ipNetwork.map(({ network, prefixLength }) => `${network}/${prefixLength}`),
  ];
  const wrong = wanted.find((text) => parseNetwork(text) === undefined);
  if (wrong !== undefined) return FAULTS.invalidArgument('spec.allowedHosts', `"${wrong}" is no address`);
  const { firewall } = vim.host.settings;
  firewall.setRuleset(id, { allowedAll: allIp });
  for (const text of found.allowed) if (!wanted.includes(text)) firewall.disallow(id, text);
  for (const text of wanted) if (!found.allowed.includes(text)) firewall.allow(id, text);
  return undefined;
}

export const HostFirewallSystem = managed<'HostFirewallSystem', VimContext>('HostFirewallSystem', {
  properties: { firewallInfo: info },
  methods: {
    EnableRuleset: (vim, { id }) => setEnabled(vim, id, true),
    DisableRuleset: (vim, { id }) => setEnabled(vim, id, false),
    UpdateRuleset: (vim, { id, spec }) => setAllowed(vim, id, spec.allowedHosts),
    UpdateDefaultPolicy({ host }, { defaultPolicy }) {
      const { firewall } = host.settings;
      const now = firewall.defaultAction === 'DROP';
      const { incomingBlocked = now, outgoingBlocked = now } = defaultPolicy;
      if (incomingBlocked !== outgoingBlocked)
        return FAULTS.invalidArgument('defaultPolicy', 'both directions have one policy');
      firewall.setDefaultAction(incomingBlocked ? 'DROP' : 'PASS');
      return undefined;
    },
    RefreshFirewall: ({ host }) => host.settings.firewall.refresh(),
  },
});

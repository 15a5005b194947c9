/** "vmk net nat …": guests behind the NAT, forwarded ports, rules. */
import { usageError } from '#lib';
import type { NatForwardRow, NatLeaseRow, NatRuleRow } from '../calls/nat.ts';
import { command, type Group } from './group.ts';
import { count, text } from './net-options.ts';
import type { Option } from './options.ts';
import { type Column, formatTable } from './table.ts';

const LEASES: readonly Column<NatLeaseRow>[] = [
  { title: 'Address', value: ({ address }) => address },
  { title: 'Name', value: ({ name }) => name },
  { title: 'Machine', value: ({ nic }) => nic },
  { title: 'MAC', value: ({ mac }) => mac },
  { title: 'Known by', value: ({ source }) => source },
];

const FORWARDS: readonly Column<NatForwardRow>[] = [
  { title: 'Protocol', value: ({ protocol }) => protocol },
  { title: 'Host', value: ({ address, port }) => `${address}:${port}` },
  { title: 'Guest', value: ({ guest, guestPort }) => `${guest}:${guestPort}` },
  { title: 'State', value: ({ problem }) => problem ?? 'open' },
];

const RULES: readonly Column<NatRuleRow>[] = [
  { title: 'Rule', value: ({ number }) => number },
  { title: 'Action', value: ({ action }) => action },
  { title: 'Guest', value: ({ mac }) => mac ?? 'every' },
  { title: 'Protocol', value: ({ protocol }) => protocol ?? 'every' },
  { title: 'Target', value: ({ target }) => target ?? 'everywhere' },
  { title: 'Ports', value: ({ ports }) => ports ?? 'every' },
];

const udp: Option<boolean> = { help: 'UDP in place of TCP', initial: false, take: () => true };
const RULE = {
  mac: text('MAC', 'only for this guest'),
  protocol: text('tcp|udp|icmp', 'only this protocol'),
  target: text('ADDRESS[/PREFIX]', 'only to there; 10.0.2.2 is the host itself'),
  ports: text('PORT[-PORT]', 'only to these ports'),
  before: count('N', 'before the rule of that number'),
};

/** Under two names: of the NAT, and short. */
const leases = command(
  [],
  'lists guests behind the NAT, with their addresses',
  {},
  async ({ client, print }) => {
    print(await client.call<NatLeaseRow[]>('net.nat.leases'), (rows) => formatTable(LEASES, rows));
  },
);

export const NAT_COMMANDS: Group = {
  leases,
  'nat leases': leases,
  'nat forwards': command(
    [],
    'lists ports of the host that lead to guests',
    {},
    async ({ client, print }) => {
      print(await client.call<NatForwardRow[]>('net.nat.forwards'), (rows) => formatTable(FORWARDS, rows));
    },
  ),
  'nat forward': command(
    ['HOST', 'GUEST:PORT'],
    'lets a port of the host lead to a guest',
    { udp },
    async ({ client, words: [host = '', guest = ''], values }) => {
      const protocol = values.udp ? 'udp' : 'tcp';
      await client.call('net.nat.forward.add', { protocol, ...place(host), ...target(guest) });
    },
    'HOST is PORT or ADDRESS:PORT (127.0.0.1 without one). GUEST is the name or the address of a guest.\n',
  ),
  'nat unforward': command(
    ['PORT'],
    'closes a port that led to a guest',
    { udp },
    async ({ client, words: [port = ''], values }) => {
      const protocol = values.udp ? 'udp' : 'tcp';
      await client.call('net.nat.forward.remove', { protocol, port: portOf(port) });
    },
  ),
  'nat rules': command([], 'lists what guests may reach', {}, async ({ client, print }) => {
    print(await client.call<NatRuleRow[]>('net.nat.rules'), (rows) => formatTable(RULES, rows));
  }),
  'nat allow': command(
    [],
    'adds a rule that allows; the first that fits decides',
    RULE,
    ({ client, values }) => client.call('net.nat.rule.add', ruleOf('allow', values)),
  ),
  'nat deny': command(
    [],
    'adds a rule that denies; the first that fits decides',
    RULE,
    ({ client, values }) => client.call('net.nat.rule.add', ruleOf('deny', values)),
  ),
  'nat remove-rule': command(['N'], 'removes a rule', {}, async ({ client, words: [number] }) => {
    await client.call('net.nat.rule.remove', { number: Number(number) });
  }),
};

type Given = { readonly [K in 'mac' | 'protocol' | 'target' | 'ports']: string | undefined } & {
  readonly before: number | undefined;
};

function ruleOf(action: 'allow' | 'deny', { mac, protocol, target, ports, before }: Given): object {
  return { action, mac, protocol, target, ports, before };
}

/** `2222` or `0.0.0.0:2222`. */
function place(text: string): { address: string; port: number } {
  const [, address = '127.0.0.1', port = ''] = /^(?:([\d.]+):)?(\d+)$/.exec(text) ?? [];
  return { address, port: portOf(port, text) };
}

function target(text: string): { guest: string; guestPort: number } {
  const [, guest = '', port = ''] = /^([\w.-]+):(\d+)$/.exec(text) ?? [];
  return { guest, guestPort: portOf(port, text) };
}

function portOf(text: string, whole = text): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw usageError(`net nat: "${whole}" names no port of 1 … 65535`);
}

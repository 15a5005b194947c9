/** "vmk net vmknic …", "vmk net netstack …", "vmk net ping": the kernel's own interfaces. */
import { setTimeout } from 'node:timers/promises';
import { EXIT_STATUS } from '#lib';
import type { NetstackRow, PingRow, VmknicRow } from '../calls/vmknic.ts';
import { command, type Group, type Invocation } from './group.ts';
import { count, names, text } from './net-options.ts';
import { type Column, formatTable } from './table.ts';

const VMKNICS: readonly Column<VmknicRow>[] = [
  { title: 'Name', value: ({ name }) => name },
  { title: 'Port group', value: ({ portGroup }) => portGroup },
  { title: 'Link', value: ({ isUp }) => (isUp ? 'up' : 'down') },
  { title: 'Address', value: addressText },
  { title: 'MAC', value: ({ mac }) => mac },
  { title: 'MTU', value: ({ mtuBytes }) => mtuBytes },
  { title: 'Stack', value: ({ stack }) => stack },
  { title: 'Services', value: ({ services }) => services.join(',') },
];

function addressText({ address, prefix, isDhcp }: VmknicRow): string {
  const text = address === undefined ? '' : `${address}/${prefix}`;
  return isDhcp ? `${text} (dhcp)`.trim() : text;
}

const STACKS: readonly Column<NetstackRow>[] = [
  { title: 'Stack', value: ({ name }) => name },
  { title: 'Gateway', value: ({ gateway }) => gateway },
  { title: 'Interfaces', value: ({ vmknics }) => vmknics.join(',') },
];

const FIELDS = {
  address: text('ADDRESS[/PREFIX]', 'its IPv4 address, such as 10.0.2.5/24; dhcp: a server gives one; none'),
  mtu: count('BYTES', 'the longest packet (1500)'),
  services: names('Management,VMotion,…', 'what it is for'),
};
const PING = {
  count: count('N', 'so many times (3)'),
  bytes: count('N', 'bytes in each (56)'),
  vmknic: text('NAME', 'from this interface'),
  netstack: text('NAME', 'over this TCP/IP stack (defaultTcpipStack)'),
};
const PING_PAUSE_MS = 1000;

export const VMKNIC_COMMANDS: Group = {
  'vmknic list': command([], 'lists the kernel’s own interfaces', {}, async ({ client, print }) => {
    print(await client.call<VmknicRow[]>('net.vmknic.list'), (rows) => formatTable(VMKNICS, rows));
  }),
  'vmknic add': command(
    ['PORTGROUP'],
    'makes an interface of the kernel in a port group, and tells its name',
    {
      ...FIELDS,
      netstack: text('NAME', 'its TCP/IP stack (defaultTcpipStack)'),
      mac: text('MAC', 'its Ethernet address'),
    },
    async ({ client, words: [group], values, print }) => {
      const { netstack: stack, mac } = values;
      const given = { group, stack, mac, ...changes(values) };
      print(await client.call<{ name: string }>('net.vmknic.add', given), ({ name }) => `${name}\n`);
    },
  ),
  'vmknic remove': command(['NAME'], 'removes an interface of the kernel', {}, async ({ client, words }) => {
    await client.call('net.vmknic.remove', { name: words[0] });
  }),
  'vmknic set': command(
    ['NAME'],
    'changes an interface of the kernel',
    { ...FIELDS, group: text('PORTGROUP', 'its port group') },
    async ({ client, words: [name], values }) => {
      await client.call('net.vmknic.set', { name, group: values.group, ...changes(values) });
    },
  ),
  'netstack list': command([], 'lists the kernel’s TCP/IP stacks', {}, async ({ client, print }) => {
    print(await client.call<NetstackRow[]>('net.netstack.list'), (rows) => formatTable(STACKS, rows));
  }),
  'netstack add': command(['NAME'], 'makes a TCP/IP stack', {}, async ({ client, words: [name] }) => {
    await client.call('net.netstack.add', { name });
  }),
  'netstack remove': command(['NAME'], 'removes a TCP/IP stack', {}, async ({ client, words: [name] }) => {
    await client.call('net.netstack.remove', { name });
  }),
  'netstack set': command(
    ['NAME'],
    'sets the gateway of a TCP/IP stack',
    { gateway: text('ADDRESS', 'the way out; none: there is none') },
    async ({ client, words: [name], values: { gateway = '' } }) => {
      await client.call('net.netstack.set', { name, gateway: gateway === 'none' ? '' : gateway });
    },
  ),
  ping: command(['ADDRESS'], 'asks an address for echoes, from the kernel’s own interfaces', PING, ping),
};

function changes({ address: given, mtu: mtuBytes, services }: Invocation<typeof FIELDS>['values']): object {
  const [address, prefix] = given?.split('/') ?? [];
  return { address, ...(prefix !== undefined && { prefix: Number(prefix) }), mtuBytes, services };
}

/** The status says whether something came back. */
async function ping(given: Invocation<typeof PING>): Promise<number> {
  const { client, words, values, process, print } = given;
  const { count: wanted = 3, bytes, vmknic, netstack: stack } = values;
  const rows: PingRow[] = [];
  for (let i = 0; i < wanted; i++) {
    if (i > 0) await setTimeout(PING_PAUSE_MS);
    const row = await client.call<PingRow>('net.ping', { target: words[0], bytes, vmknic, stack });
    rows.push(row);
    if (!values.json) process.stdout.write(lineOf(row, i));
  }
  const answers = rows.filter(({ result }) => result === 'reply').length;
  print(rows, () => `${wanted} sent, ${answers} answered\n`);
  return answers > 0 ? EXIT_STATUS.ok : EXIT_STATUS.failure;
}

function lineOf({ result, from, bytes, hops, milliseconds }: PingRow, index: number): string {
  if (result !== 'reply') return `${index}: ${result}${from === '' ? '' : ` from ${from}`}\n`;
  return `${index}: ${bytes} bytes from ${from}: ttl=${hops} time=${milliseconds.toFixed(3)} ms\n`;
}

/** "vmk net vxlan …": tunnels to other hosts, as uplinks. */
import { usageError } from '#lib';
import type { TunnelRow } from '../calls/vxlan.ts';
import { command, type Group } from './group.ts';
import { count, names, text } from './net-options.ts';
import { type Column, formatTable } from './table.ts';

const at = ({ address, port }: TunnelRow['at']): string => `${address}:${port}`;

const TUNNELS: readonly Column<TunnelRow>[] = [
  { title: 'Uplink', value: ({ name }) => name },
  { title: 'VNI', value: ({ vni }) => vni },
  { title: 'Here', value: (row) => at(row.at) },
  { title: 'Hosts', value: ({ peers }) => peers.map(at).join(',') },
  { title: 'Frames out', value: ({ counts }) => counts?.framesOut ?? 0 },
  { title: 'Frames in', value: ({ counts }) => counts?.framesIn ?? 0 },
  { title: 'State', value: ({ problem }) => problem ?? 'open' },
];

export const VXLAN_COMMANDS: Group = {
  'vxlan list': command([], 'lists tunnels to other hosts', {}, async ({ client, print }) => {
    print(await client.call<TunnelRow[]>('net.vxlan.list'), (rows) => formatTable(TUNNELS, rows));
  }),
  'vxlan add': command(
    ['UPLINK'],
    'makes an uplink that is a VXLAN tunnel to other hosts',
    {
      vni: count('N', 'the network’s number, 0 … 16777215'),
      peers: names('ADDRESS[:PORT],…', 'the other hosts'),
      bind: text('ADDRESS[:PORT]', 'where this host listens (0.0.0.0:4789)'),
    },
    async ({ client, words: [name], values: { vni, peers, bind } }) => {
      if (vni === undefined || peers === undefined) throw usageError('net vxlan add needs --vni and --peers');
      await client.call('net.vxlan.add', { name, vni, peers, bind });
    },
    '"vmk net add-uplink SWITCH UPLINK" gives it to a switch.\n',
  ),
  'vxlan remove': command(
    ['UPLINK'],
    'removes a tunnel that no switch uses',
    {},
    async ({ client, words }) => {
      await client.call('net.vxlan.remove', { name: words[0] });
    },
  ),
};

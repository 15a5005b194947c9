/** "vmk net tap …": uplinks that are TAP devices of the machine. */
import type { TapRow } from '../calls/tap.ts';
import { command, type Group } from './group.ts';
import { type Column, formatTable } from './table.ts';

const TAPS: readonly Column<TapRow>[] = [
  { title: 'Uplink', value: ({ name }) => name },
  { title: 'Device', value: ({ device }) => device },
  { title: 'Frames out', value: ({ framesOut }) => framesOut },
  { title: 'Frames in', value: ({ framesIn }) => framesIn },
  { title: 'Lost', value: ({ dropped }) => dropped },
  { title: 'State', value: ({ problem }) => problem ?? 'open' },
];

export const TAP_COMMANDS: Group = {
  'tap list': command([], 'lists TAP devices that are uplinks', {}, async ({ client, print }) => {
    print(await client.call<TapRow[]>('net.tap.list'), (rows) => formatTable(TAPS, rows));
  }),
  'tap add': command(
    ['UPLINK', 'DEVICE'],
    'makes an uplink that is a TAP device of the machine; needs root, or a device of yours',
    {},
    async ({ client, words: [name, device] }) => {
      await client.call('net.tap.add', { name, device });
    },
    '"vmk net add-uplink SWITCH UPLINK" gives it to a switch, "ip link set DEVICE up" takes it up on the machine.\n',
  ),
  'tap remove': command(
    ['UPLINK'],
    'removes a TAP uplink that no switch uses',
    {},
    async ({ client, words }) => {
      await client.call('net.tap.remove', { name: words[0] });
    },
  ),
};

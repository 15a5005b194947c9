/** "vmk net …": virtual switches, port groups, uplinks and captures of a running host. */
import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { formatSize, usageError } from '#lib';
import type { AllocationRow, CaptureRow, PortRow, SwitchRow, UplinkRow } from '../calls/net.ts';
import { command, type Group, type Invocation } from './group.ts';
import { NAT_COMMANDS } from './net-nat.ts';
import { count, names, text } from './net-options.ts';
import { TAP_COMMANDS } from './net-tap.ts';
import { VMKNIC_COMMANDS } from './net-vmknic.ts';
import { VXLAN_COMMANDS } from './net-vxlan.ts';
import type { Option } from './options.ts';
import { type Column, formatTable } from './table.ts';

const yesNo = (help: string): Option<boolean | undefined> => ({
  value: 'yes|no',
  help,
  initial: undefined,
  take(given) {
    if (given !== 'yes' && given !== 'no') throw new RangeError('it is neither yes nor no');
    return given === 'yes';
  },
});

// biome-ignore format: a table reads in columns
const POLICIES = {
  promiscuous:         yesNo('guests may hear what is for others'),
  'mac-change':        yesNo('guests may use another address'),
  'forged-transmits':  yesNo('guests may send with other addresses'),
  shaping:             yesNo('what a port sends is shaped'),
  average:             count('KBPS', 'shaping: kbit/s on average'),
  peak:                count('KBPS', 'shaping: kbit/s in a burst'),
  burst:               count('KB', 'shaping: how long a burst is'),
  'load-balancing':    text('portid|mac|iphash|explicit', 'which uplink a port uses'),
  'failure-detection': text('link|beacon', 'how a dead uplink is noticed'),
  'notify-switches':   yesNo('switches outside are told where a port is'),
  failback:            yesNo('an uplink that comes back takes its place again'),
  active:              names('UPLINK,…', 'uplinks in use'),
  standby:             names('UPLINK,…', 'uplinks in need'),
};

function policies(values: Invocation<typeof POLICIES>['values']): object {
  return {
    promiscuous: values.promiscuous,
    macChange: values['mac-change'],
    forgedTransmits: values['forged-transmits'],
    shaping: values.shaping,
    averageKbps: values.average,
    peakKbps: values.peak,
    burstKb: values.burst,
    loadBalancing: values['load-balancing'],
    failureDetection: values['failure-detection'],
    notifySwitches: values['notify-switches'],
    failback: values.failback,
    active: values.active,
    standby: values.standby,
  };
}

type GroupRow = { readonly switch: SwitchRow } & SwitchRow['groups'][number];

const GROUP_COLUMNS: readonly Column<GroupRow>[] = [
  { title: 'Switch', value: (row) => row.switch.name },
  { title: 'MTU', value: (row) => row.switch.mtuBytes },
  { title: 'Uplinks', value: (row) => row.switch.uplinks.join(',') },
  { title: 'Port group', value: ({ name }) => name },
  { title: 'VLAN', value: ({ vlan }) => vlan },
  { title: 'Ports', value: ({ ports }) => ports },
];

const PORT_COLUMNS: readonly Column<PortRow>[] = [
  { title: 'Port', value: ({ id }) => id },
  { title: 'Switch', value: (row) => row.switch },
  { title: 'Port group', value: ({ portGroup }) => portGroup },
  { title: 'Client', value: ({ name }) => name },
  { title: 'Address', value: ({ mac }) => mac },
  { title: 'Uplink', value: ({ uplink }) => uplink },
  { title: 'Sent', value: ({ bytesIn }) => formatSize(bytesIn) },
  { title: 'Received', value: ({ bytesOut }) => formatSize(bytesOut) },
  { title: 'Dropped', value: ({ dropped }) => dropped },
];

const UPLINK_COLUMNS: readonly Column<UplinkRow>[] = [
  { title: 'Uplink', value: ({ name }) => name },
  { title: 'Driver', value: ({ driver }) => driver },
  { title: 'Link', value: ({ isUp }) => (isUp ? 'up' : 'down') },
  { title: 'Mbit/s', value: ({ speedMbps }) => speedMbps },
  { title: 'Switch', value: (row) => row.switch },
  { title: 'Control', value: ({ isControlled }) => (isControlled ? 'on' : 'off') },
  { title: 'Sent', value: ({ bytesOut }) => formatSize(bytesOut) },
  { title: 'Received', value: ({ bytesIn }) => formatSize(bytesIn) },
];

const ALLOCATION_COLUMNS: readonly Column<AllocationRow>[] = [
  { title: 'Traffic', value: ({ type }) => type },
  { title: 'Shares', value: ({ shares }) => shares },
  { title: 'Reservation', value: ({ reservationMbps }) => reservationMbps },
  { title: 'Limit', value: ({ limitMbps }) => limitMbps ?? 'unlimited' },
  { title: 'Sent', value: ({ sentBytes }) => formatSize(sentBytes) },
  { title: 'Dropped', value: ({ dropped }) => dropped },
];

const CAPTURE_OPTIONS = {
  port: text('NAME', 'a port as "vmk net ports" names it, or an uplink'),
  output: text('FILE', 'the file'),
  count: count('N', 'end after so many frames'),
  seconds: count('N', 'end after so many seconds'),
};

/** Between two looks at how far a capture is. */
const LOOK_MS = 200;

export const NET_COMMANDS: Group = {
  ...VMKNIC_COMMANDS,
  ...NAT_COMMANDS,
  ...VXLAN_COMMANDS,
  ...TAP_COMMANDS,
  list: command([], 'lists virtual switches and port groups', {}, async ({ client, print }) => {
    print(await client.call<SwitchRow[]>('net.list'), (rows) =>
      formatTable(
        GROUP_COLUMNS,
        rows.flatMap((one) => one.groups.map((group) => ({ ...group, switch: one }))),
      ),
    );
  }),
  ports: command([], 'lists who is plugged in', {}, async ({ client, print }) => {
    print(await client.call<PortRow[]>('net.ports'), (rows) => formatTable(PORT_COLUMNS, rows));
  }),
  uplinks: command([], 'lists the ways out of the host', {}, async ({ client, print }) => {
    print(await client.call<UplinkRow[]>('net.uplinks'), (rows) => formatTable(UPLINK_COLUMNS, rows));
  }),
  'add-switch': command(['SWITCH'], 'makes a virtual switch', {}, async ({ client, words: [name] }) => {
    await client.call('net.switch.add', { switch: name });
  }),
  'remove-switch': command(['SWITCH'], 'removes a virtual switch', {}, async ({ client, words: [name] }) => {
    await client.call('net.switch.remove', { switch: name });
  }),
  'set-switch': command(
    ['SWITCH'],
    'changes a virtual switch',
    { mtu: count('BYTES', 'longest packet (1500)'), ...POLICIES },
    async ({ client, words: [name], values }) => {
      await client.call('net.switch.set', { switch: name, mtuBytes: values.mtu, ...policies(values) });
    },
  ),
  'add-uplink': command(
    ['SWITCH', 'UPLINK'],
    'gives a virtual switch an uplink',
    {},
    async ({ client, words: [name, uplink] }) => {
      await client.call('net.uplink.add', { switch: name, uplink });
    },
  ),
  'remove-uplink': command(
    ['SWITCH', 'UPLINK'],
    'takes an uplink from a virtual switch',
    {},
    async ({ client, words: [name, uplink] }) => {
      await client.call('net.uplink.remove', { switch: name, uplink });
    },
  ),
  'add-group': command(
    ['SWITCH', 'PORTGROUP'],
    'makes a port group',
    { vlan: count('ID', '1 … 4094; 0: none, 4095: all, tags are the guest’s (0)') },
    async ({ client, words: [name, group], values: { vlan } }) => {
      await client.call('net.group.add', { switch: name, group, vlan });
    },
  ),
  'remove-group': command(['PORTGROUP'], 'removes a port group', {}, async ({ client, words: [group] }) => {
    await client.call('net.group.remove', { group });
  }),
  'set-group': command(
    ['PORTGROUP'],
    'changes a port group',
    {
      vlan: count('ID', '1 … 4094; 0: none, 4095: all'),
      inherit: names('security,shaping,teaming', 'what is as the switch has it again'),
      ...POLICIES,
    },
    async ({ client, words: [group], values }) => {
      const { vlan, inherit } = values;
      await client.call('net.group.set', { group, vlan, inherit, ...policies(values) });
    },
  ),
  link: command(['UPLINK', 'up|down'], 'takes an uplink down, or up again', {}, async ({ client, words }) => {
    const [uplink, state] = words;
    if (state !== 'up' && state !== 'down') throw usageError(`net link: "${state}" is neither up nor down`);
    await client.call('net.uplink.state', { uplink, isUp: state === 'up' });
  }),
  nioc: command(
    ['UPLINK'],
    'shows or sets what kinds of traffic are owed of an uplink',
    {
      enable: yesNo('network I/O control is on'),
      type: text('TRAFFIC', 'management, vmotion, virtualMachine, nfs, …'),
      shares: count('N', '1 … 100'),
      reservation: count('MBPS', 'Mbit/s that are guaranteed'),
      limit: count('MBPS', 'Mbit/s that are the most; 0: no limit'),
    },
    async ({ client, words: [uplink], values, print }) => {
      const { enable: enabled, type, shares, reservation: reservationMbps, limit: limitMbps } = values;
      const change = { enabled, type, shares, reservationMbps, limitMbps };
      if (Object.values(change).some((value) => value !== undefined)) {
        await client.call('net.nioc.set', { uplink, ...change });
        return;
      }
      const rows = await client.call<AllocationRow[]>('net.nioc.list', { uplink });
      print(rows, () => formatTable(ALLOCATION_COLUMNS, rows));
    },
  ),
  capture: command(
    [],
    'writes what goes through a port into a pcapng file, until Ctrl-C',
    CAPTURE_OPTIONS,
    capture,
  ),
};

async function capture({ client, values, print }: Invocation<typeof CAPTURE_OPTIONS>): Promise<void> {
  const { port, output, count: frames, seconds } = values;
  if (port === undefined || output === undefined) throw usageError('net capture needs --port and --output');
  const stop = new AbortController();
  const end = (): void => stop.abort();
  process.once('SIGINT', end).once('SIGTERM', end);
  const timer = seconds === undefined ? undefined : globalThis.setTimeout(end, seconds * 1000);
  try {
    let state = await client.call<CaptureRow>('net.capture.start', { port, path: resolve(output), frames });
    while (state.ended === undefined && !stop.signal.aborted) {
      await setTimeout(LOOK_MS, undefined, { signal: stop.signal }).catch(() => undefined);
      state = await client.call<CaptureRow>('net.capture.state', { id: state.id });
    }
    state = await client.call<CaptureRow>('net.capture.stop', { id: state.id });
    print(state, ({ frames, path }) => `${frames} frames are in ${path}\n`);
  } finally {
    clearTimeout(timer);
    process.off('SIGINT', end).off('SIGTERM', end);
  }
}

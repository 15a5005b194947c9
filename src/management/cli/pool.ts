/** "vmk pool …": resource pools on a running host. */
import { formatSize } from '#lib';
import type { PoolRow } from '../calls/pool.ts';
import { ROOT_POOL_NAME } from '../vms/pools.ts';
import { command, type Group, type Invocation } from './group.ts';
import { type Column, formatTable } from './table.ts';
import { ALLOCATION, allocation, text, yesNo } from './value-options.ts';

const MIB = 2 ** 20;

const SETTINGS = {
  ...ALLOCATION,
  'cpu-expandable': yesNo('take reservations inside from the pool above when its own are used up (yes)'),
  'mem-expandable': yesNo('the same for memory (yes)'),
};

const mib = (size: number | 'unlimited'): string => (size === 'unlimited' ? size : formatSize(size * MIB));
const expandable = (is: boolean): string => (is ? '+' : '');

const COLUMNS: readonly Column<PoolRow>[] = [
  { title: 'Id', value: ({ id }) => id },
  { title: 'Name', value: ({ name }) => name },
  { title: 'In', value: ({ parent }) => parent },
  { title: 'CPU shares', value: ({ cpuShares }) => cpuShares },
  {
    title: 'MHz reserved',
    value: ({ cpuReservationMhz, cpuExpandable }) => `${cpuReservationMhz}${expandable(cpuExpandable)}`,
  },
  { title: 'MHz limit', value: ({ cpuLimitMhz }) => cpuLimitMhz },
  { title: 'Mem shares', value: ({ memShares }) => memShares },
  {
    title: 'Mem reserved',
    value: ({ memReservationMib, memExpandable }) => `${mib(memReservationMib)}${expandable(memExpandable)}`,
  },
  { title: 'Mem limit', value: ({ memLimitMib }) => mib(memLimitMib) },
  { title: 'VMs', value: ({ vms }) => vms.join(', ') },
];

function settings(values: Invocation<typeof SETTINGS>['values']): object {
  return {
    ...allocation(values),
    cpuExpandable: values['cpu-expandable'],
    memExpandable: values['mem-expandable'],
  };
}

const SHARES = `
Of a pool "normal" is 4000 shares of the CPU and 163840 of memory, "low" half, "high" twice of that. Pools and VMs that are
in one pool divide by their shares what it has. A reservation with "+" is expandable.
`;

export const POOL_COMMANDS: Group = {
  list: command(
    [],
    `lists the resource pools below "${ROOT_POOL_NAME}"`,
    {},
    async ({ client, print }) => {
      print(await client.call<PoolRow[]>('pool.list'), (rows) => formatTable(COLUMNS, rows));
    },
    SHARES,
  ),
  create: command(
    ['NAME'],
    'makes a resource pool',
    { in: text('POOL', `the pool that it is in (${ROOT_POOL_NAME})`), ...SETTINGS },
    async ({ client, words: [name], values, print }) => {
      const given = { name, parent: values.in, ...settings(values) };
      print(await client.call<PoolRow>('pool.create', given), () => '');
    },
    SHARES,
  ),
  set: command(
    ['POOL'],
    'changes what a resource pool is owed, or its name; VMs in it may be on',
    { name: text('NAME', 'its new name'), ...SETTINGS },
    async ({ client, words: [pool], values, print }) => {
      const given = { pool, name: values.name, ...settings(values) };
      print(await client.call<PoolRow>('pool.set', given), () => '');
    },
    SHARES,
  ),
  delete: command(['POOL…'], 'removes empty resource pools', {}, async ({ client, words }) => {
    for (const pool of words) await client.call('pool.delete', { pool });
  }),
};

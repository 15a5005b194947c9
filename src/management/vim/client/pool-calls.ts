/** Calls on resource pools, by the VIM API. */
import { HostError } from '#lib';
import type { PoolRow } from '../../calls/pool.ts';
import { ROOT_POOL_NAME } from '../../vms/pools.ts';
import type { MoRef } from '../model/value.ts';
import type { ResourceAllocationInfo, ResourceConfigSpec } from '../table/vim25.d.ts';
import { type Given, optionalText, type RemoteCall, text } from './call.ts';
import type { Read, VimClient } from './vim-client.ts';

const POOL = 'ResourcePool';
const ROOT = 'ha-root-pool';
const PATHS = ['name', 'parent', 'config', 'vm', 'resourcePool'];
const UNLIMITED = -1;

const all = async (vim: VimClient): Promise<Read[]> => await vim.read(POOL, PATHS);

async function find(vim: VimClient, wanted: string): Promise<Read> {
  const pools = await all(vim);
  const found =
    pools.find(({ values }) => values['name'] === wanted) ??
    pools.find(({ ref }) => ref.value === (wanted === '' ? ROOT : `pool-${wanted}`));
  if (found === undefined) throw new HostError('no-such-pool', { pool: wanted });
  return found;
}

function owed({ reservation, limit, shares, expandableReservation }: ResourceAllocationInfo) {
  return {
    shares: shares?.level === 'custom' ? shares.shares : (shares?.level ?? 'normal'),
    reservation: Number(reservation ?? 0),
    limit: Number(limit ?? UNLIMITED) === UNLIMITED ? ('unlimited' as const) : Number(limit),
    isExpandable: expandableReservation ?? true,
  };
}

function row({ ref, values }: Read, pools: readonly Read[], vms: ReadonlyMap<string, string>): PoolRow {
  const { cpuAllocation, memoryAllocation } = values['config'] as ResourceConfigSpec;
  const cpu = owed(cpuAllocation);
  const mem = owed(memoryAllocation);
  const above = pools.find((pool) => pool.ref.value === (values['parent'] as MoRef).value);
  return {
    ...{ id: Number(ref.value.replace('pool-', '')), name: String(values['name']) },
    parent: above === undefined ? ROOT_POOL_NAME : String(above.values['name']),
    ...{ cpuShares: cpu.shares, cpuReservationMhz: cpu.reservation, cpuLimitMhz: cpu.limit },
    ...{ memShares: mem.shares, memReservationMib: mem.reservation, memLimitMib: mem.limit },
    ...{ cpuExpandable: cpu.isExpandable, memExpandable: mem.isExpandable },
    vms: ((values['vm'] as MoRef[] | undefined) ?? []).map(({ value }) => vms.get(value) ?? value),
  };
}

async function list(vim: VimClient): Promise<PoolRow[]> {
  const pools = await all(vim);
  const vms = await vim.read('VirtualMachine', ['name']);
  const names = new Map(vms.map(({ ref, values }) => [ref.value, String(values['name'])]));
  return pools.filter(({ ref }) => ref.value !== ROOT).map((pool) => row(pool, pools, names));
}

function allocation(given: Given, kind: 'cpu' | 'mem', unit: string): ResourceAllocationInfo {
  const limit = given[`${kind}Limit${unit}`] as number | 'unlimited' | undefined;
  const shares = given[`${kind}Shares`] as number | 'low' | 'normal' | 'high' | undefined;
  return {
    reservation: given[`${kind}Reservation${unit}`] as number | undefined,
    limit: limit === 'unlimited' ? UNLIMITED : limit,
    expandableReservation: given[`${kind}Expandable`] as boolean | undefined,
    shares:
      shares === undefined
        ? undefined
        : typeof shares === 'number'
          ? { shares, level: 'custom' }
          : { shares: 0, level: shares },
  };
}

const specOf = (given: Given): ResourceConfigSpec => ({
  cpuAllocation: allocation(given, 'cpu', 'Mhz'),
  memoryAllocation: allocation(given, 'mem', 'Mib'),
});

async function shown(vim: VimClient, id: string): Promise<PoolRow | undefined> {
  return (await list(vim)).find((pool) => `pool-${pool.id}` === id);
}

async function create(vim: VimClient, given: Given): Promise<PoolRow | undefined> {
  const above = await find(vim, optionalText(given, 'parent') ?? ROOT_POOL_NAME);
  const args = { name: text(given, 'name'), spec: specOf(given) };
  return await shown(vim, (await vim.call(POOL, above.ref.value, 'CreateResourcePool', args)).value);
}

async function set(vim: VimClient, given: Given): Promise<PoolRow | undefined> {
  const { value } = (await find(vim, text(given, 'pool'))).ref;
  await vim.call(POOL, value, 'UpdateConfig', { name: optionalText(given, 'name'), config: specOf(given) });
  return await shown(vim, value);
}

/** An empty one only: the API would move what is in it. */
async function remove(vim: VimClient, given: Given): Promise<void> {
  const { ref, values } = await find(vim, text(given, 'pool'));
  const inside = [values['vm'], values['resourcePool']].flatMap(
    (refs) => (refs as MoRef[] | undefined) ?? [],
  );
  if (inside.length > 0) {
    const details = { action: 'remove', pool: String(values['name']) };
    throw new HostError('pool-refused', { ...details, reason: 'there is something in it' });
  }
  await vim.finish(await vim.call(POOL, ref.value, 'Destroy_Task', {}));
}

export const POOL_CALLS: Readonly<Record<string, RemoteCall>> = {
  'pool.list': list,
  'pool.create': create,
  'pool.set': set,
  'pool.delete': remove,
};

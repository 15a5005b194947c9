/** What a resource pool is owed, in VIM's words, and back. */
import { POOL_MEMORY_SHARES } from '#kernel';
import { present } from '../../present.ts';
import type { Pool, PoolSettings } from '../../vms/pools.ts';
import type { VimContext } from '../context.ts';
import { type MoRef, moRef } from '../model/value.ts';
import type { ResourceAllocationInfo, ResourceConfigSpec, SharesInfo } from '../table/vim25.d.ts';
import { ID } from './ids.ts';

export interface PoolSelf {
  readonly vim: VimContext;
  /** Of the pool; 0 for the root. */
  readonly id: number;
}

export const poolRef = (id: number): MoRef => moRef('ResourcePool', id === 0 ? ID.rootPool : `pool-${id}`);

/** Undefined for the root, and for one that is gone. */
export const poolOf = ({ vim, id }: PoolSelf): Pool | undefined =>
  vim.host.pools?.all.find((pool) => pool.id === id);

/** A pool's levels count as those of a VM of four vCPUs and 16 GiB. */
const CPU_SHARES = { low: 2000, normal: 4000, high: 8000 } as const;
const UNLIMITED = -1;
const MAX_SHARES = 4_194_304;

type Kind = 'cpu' | 'mem';
const WORTH = { cpu: CPU_SHARES, mem: POOL_MEMORY_SHARES } as const;

function shown(kind: Kind, pool: PoolSettings): ResourceAllocationInfo {
  const isCpu = kind === 'cpu';
  const shares = isCpu ? pool.cpuShares : pool.memShares;
  const limit = isCpu ? pool.cpuLimitMhz : pool.memLimitMib;
  const told: SharesInfo =
    typeof shares === 'number' ? { level: 'custom', shares } : { level: shares, shares: WORTH[kind][shares] };
  return {
    reservation: isCpu ? pool.cpuReservationMhz : pool.memReservationMib,
    expandableReservation: isCpu ? pool.cpuExpandable : pool.memExpandable,
    limit: limit === 'unlimited' ? UNLIMITED : limit,
    shares: told,
  };
}

export const poolAllocations = (pool: Pool) => ({
  cpuAllocation: shown('cpu', pool),
  memoryAllocation: shown('mem', pool),
});

/** What a spec says; the name of the field that cannot be so. */
export function poolSettings({
  cpuAllocation,
  memoryAllocation,
}: ResourceConfigSpec): Partial<PoolSettings> | string {
  for (const [name, { reservation, limit, shares }] of Object.entries({ cpuAllocation, memoryAllocation })) {
    if (reservation !== undefined && Number(reservation) < 0) return `spec.${name}.reservation`;
    if (limit !== undefined && (Number(limit) < UNLIMITED || Number(limit) === 0))
      return `spec.${name}.limit`;
    const isCustom = shares?.level === 'custom';
    if (isCustom && !(shares.shares > 0 && shares.shares <= MAX_SHARES)) return `spec.${name}.shares`;
  }
  const cpu = given(cpuAllocation);
  const mem = given(memoryAllocation);
  return present({
    ...{ cpuShares: cpu.shares, cpuReservationMhz: cpu.reservation, cpuLimitMhz: cpu.limit },
    ...{ memShares: mem.shares, memReservationMib: mem.reservation, memLimitMib: mem.limit },
    ...{ cpuExpandable: cpu.isExpandable, memExpandable: mem.isExpandable },
  });
}

function given({ reservation, limit, shares, expandableReservation }: ResourceAllocationInfo) {
  return {
    reservation: reservation === undefined ? undefined : Number(reservation),
    limit:
      limit === undefined ? undefined : Number(limit) === UNLIMITED ? ('unlimited' as const) : Number(limit),
    shares: shares && (shares.level === 'custom' ? shares.shares : shares.level),
    isExpandable: expandableReservation,
  };
}

/**
 * Resource pools of memory: a tree in which pools and VMs divide what their pool has, and in which reservations are given.
 * Pure functions over plain data. Source: vSphere Resource Management 8.0, "Managing Resource Pools".
 */
import { PAGE_BYTES } from '#riscv/size';
import { type MemoryDemand, memoryTargets } from './policy.ts';

/** The host's own pool, in which all others are. */
export const ROOT_POOL = 0;
/** A pool counts as a VM of 16 GiB. Source: VIM, SharesInfo. */
export const POOL_MEMORY_SHARES = { low: 81_920, normal: 163_840, high: 327_680 } as const;

export interface MemoryPool {
  readonly id: number;
  readonly name: string;
  readonly parent: number;
  readonly shares: number;
  readonly reservationPages: number;
  /** Undefined: none. */
  readonly limitPages?: number | undefined;
  /** Whether reservations inside may be taken from the parent when its own is used up. */
  readonly isExpandable: boolean;
}

/** Something in a pool that is guaranteed so many pages. */
export interface Reserved {
  readonly pool: number;
  readonly pages: number;
}

/** How many pages each VM is owed of `pages`: the root divides them among what is in it, each pool what it is owed so. */
export function pooledTargets(
  vms: readonly (MemoryDemand & { readonly pool: number })[],
  pools: readonly MemoryPool[],
  pages: number,
  idleTaxPercent: number,
): number[] {
  const targets = vms.map(() => 0);
  const divide = (pool: number, owed: number): void => {
    const members = vms.map((vm, index) => ({ vm, index })).filter(({ vm }) => vm.pool === pool);
    const children = pools.filter(({ parent }) => parent === pool);
    const demands = [...members.map(({ vm }) => vm), ...children.map((child) => demandOf(child, vms, pools))];
    const parts = memoryTargets(demands, owed, idleTaxPercent);
    for (const [i, { index }] of members.entries()) targets[index] = parts[i] ?? 0;
    for (const [i, child] of children.entries()) divide(child.id, parts[members.length + i] ?? 0);
  };
  divide(ROOT_POOL, pages);
  return targets;
}

/** A pool as one that wants what is in it. */
function demandOf(
  pool: MemoryPool,
  vms: readonly (MemoryDemand & { readonly pool: number })[],
  pools: readonly MemoryPool[],
): MemoryDemand {
  const inside = [
    ...vms.filter((vm) => vm.pool === pool.id),
    ...pools.filter(({ parent }) => parent === pool.id).map((child) => demandOf(child, vms, pools)),
  ];
  const sum = (of: (one: MemoryDemand) => number): number =>
    inside.reduce((total, one) => total + of(one), 0);
  const most = (one: MemoryDemand): number =>
    Math.min(one.wantedPages, one.limitPages ?? one.sizePages, one.sizePages);
  return {
    sizePages: Infinity,
    reservationPages: Math.max(
      pool.reservationPages,
      sum((one) => one.reservationPages),
    ),
    limitPages: pool.limitPages,
    shares: pool.shares,
    overheadPages: 0,
    wantedPages: sum(most),
    activePages: sum((one) => one.activePages),
  };
}

/** What is guaranteed inside a pool. */
export function reservedInside(
  pool: number,
  pools: readonly MemoryPool[],
  reserved: readonly Reserved[],
): number {
  const own = reserved.filter((one) => one.pool === pool).reduce((sum, { pages }) => sum + pages, 0);
  return pools
    .filter(({ parent }) => parent === pool)
    .reduce((sum, child) => sum + guaranteed(child, pools, reserved), own);
}

/** A pool's reservation, or what is guaranteed inside when that is more. */
function guaranteed(pool: MemoryPool, pools: readonly MemoryPool[], reserved: readonly Reserved[]): number {
  return Math.max(pool.reservationPages, reservedInside(pool.id, pools, reserved));
}

/**
 * Why `pages` more cannot be guaranteed in a pool; undefined when they can. A pool gives what its reservation has left; an
 * expandable one takes the rest from its parent, and so on.
 * @param hostPages - what the root has
 */
export function refusal(
  pages: number,
  pool: number,
  pools: readonly MemoryPool[],
  reserved: readonly Reserved[],
  hostPages: number,
): string | undefined {
  let needed = pages;
  for (let at = pool; needed > 0; ) {
    const row = pools.find(({ id }) => id === at);
    const inside = reservedInside(at, pools, reserved);
    const own = row?.reservationPages ?? hostPages;
    const sum = inside + needed;
    if (row?.limitPages !== undefined && sum > row.limitPages) {
      return `pool "${row.name}" has a limit of ${mib(row.limitPages)}, of which ${mib(inside)} are reserved`;
    }
    if (sum <= own) return undefined;
    if (row === undefined) return `${mib(Math.max(0, own - inside))} of ${mib(own)} are not reserved`;
    if (!row.isExpandable) {
      return `pool "${row.name}" has ${mib(Math.max(0, own - inside))} of ${mib(own)} left and is not expandable`;
    }
    needed = sum - Math.max(own, inside);
    at = row.parent;
  }
  return undefined;
}

/** Why a pool cannot have another allocation, or be where it is to be; undefined when it can. */
export function poolRefusal(
  wanted: MemoryPool,
  pools: readonly MemoryPool[],
  reserved: readonly Reserved[],
  hostPages: number,
): string | undefined {
  const { reservationPages, limitPages, isExpandable } = wanted;
  const inside = reservedInside(wanted.id, pools, reserved);
  if (limitPages !== undefined && limitPages < Math.max(reservationPages, inside)) {
    return `its limit of ${mib(limitPages)} is below the ${mib(Math.max(reservationPages, inside))} that are reserved`;
  }
  if (!isExpandable && inside > reservationPages) {
    return `${mib(inside)} are reserved inside, and it is not expandable`;
  }
  const before = pools.find(({ id }) => id === wanted.id);
  const growth =
    Math.max(reservationPages, inside) - (before === undefined ? 0 : guaranteed(before, pools, reserved));
  return growth <= 0 ? undefined : refusal(growth, wanted.parent, pools, reserved, hostPages);
}

export const mib = (pages: number): string => `${Math.round((pages * PAGE_BYTES) / 2 ** 20)} MiB`;

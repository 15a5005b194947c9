/** Resource pools as the host divides by them: each is a group of the scheduler, and a pool of the memory manager. */
import { type CpuAllocation, type MemoryPool, POOL_MEMORY_SHARES, ROOT, ROOT_POOL } from '#kernel';
import { assert } from '#lib';
import type { Pool, PoolHost } from '#management';
import { PAGE_BYTES } from '#riscv';
import type { Cpus } from './cpus.ts';

const PAGES_PER_MIB = 2 ** 20 / PAGE_BYTES;

export class HostPools implements PoolHost {
  readonly #cpus: Cpus;
  /** By the pool's id: its group, and the pool as it is now. */
  readonly #groups = new Map<number, { readonly group: number; readonly pool: Pool }>();

  constructor(cpus: Cpus) {
    this.#cpus = cpus;
  }

  /** Where VMs of a pool are; undefined: the root. */
  placeOf(pool: Pool | undefined): { readonly group: number; readonly pool: number } {
    if (pool === undefined) return { group: ROOT, pool: ROOT_POOL };
    return { group: this.#group(pool.id), pool: pool.id };
  }

  set(pool: Pool): void {
    const { resources, hostMemory } = this.#cpus;
    const known = this.#groups.get(pool.id);
    hostMemory?.setPool(memoryPool(pool));
    try {
      if (known !== undefined) resources.configure(known.group, cpuAllocation(pool), pool.name);
      const group =
        known?.group ?? resources.addPool(pool.name, this.#group(pool.parent), cpuAllocation(pool));
      this.#groups.set(pool.id, { group, pool });
    } catch (error) {
      if (known === undefined) hostMemory?.removePool(pool.id);
      else hostMemory?.setPool(memoryPool(known.pool));
      throw error;
    }
  }

  remove({ id }: Pool): void {
    this.#cpus.resources.switchOff(this.#group(id));
    this.#cpus.hostMemory?.removePool(id);
    this.#groups.delete(id);
  }

  #group(id: number): number {
    const group = id === ROOT_POOL ? ROOT : this.#groups.get(id)?.group;
    assert(group !== undefined, `there is no pool ${id}`);
    return group;
  }
}

function cpuAllocation({ cpuShares, cpuReservationMhz, cpuLimitMhz, cpuExpandable }: Pool): CpuAllocation {
  return {
    ...{ shares: cpuShares, reservationMhz: cpuReservationMhz, expandable: cpuExpandable },
    ...(cpuLimitMhz !== 'unlimited' && { limitMhz: cpuLimitMhz }),
  };
}

function memoryPool(pool: Pool): MemoryPool {
  const { id, name, parent, memShares, memReservationMib, memLimitMib, memExpandable } = pool;
  return {
    ...{ id, name, parent, isExpandable: memExpandable },
    shares: typeof memShares === 'number' ? memShares : POOL_MEMORY_SHARES[memShares],
    reservationPages: memReservationMib * PAGES_PER_MIB,
    limitPages: memLimitMib === 'unlimited' ? undefined : memLimitMib * PAGES_PER_MIB,
  };
}

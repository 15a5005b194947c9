/** Calls on resource pools. */
import { callsOn } from '../local/call.ts';
import { flag, optional, text } from '../local/fields.ts';
import { present } from '../present.ts';
import type { Pool, Pools } from '../vms/pools.ts';
import { allocationFields } from './allocation-fields.ts';

/** What they work on. */
export interface PoolServices {
  readonly pools: Pools;
}

/** A pool in a list. */
export interface PoolRow extends Omit<Pool, 'parent'> {
  /** The name of the pool that it is in. */
  readonly parent: string;
  readonly vms: readonly string[];
}

const MAX_MIB = 2 ** 22;
const call = callsOn<PoolServices>();
const settings = {
  ...allocationFields(MAX_MIB),
  cpuExpandable: optional(flag()),
  memExpandable: optional(flag()),
};

// biome-ignore format: a table reads in columns
export const POOL_CALLS = {
  'pool.list':   call('all resource pools',            {}, ({ pools }) => pools.all.map((pool) => row(pools, pool))),
  'pool.create': call('makes a resource pool',         { name: text(), parent: optional(text()), ...settings }, ({ pools }, { name, parent, ...given }) => row(pools, pools.create(name, parent ?? '', present(given)))),
  'pool.set':    call('changes a resource pool',       { pool: text(), name: optional(text()), ...settings }, ({ pools }, { pool, name, ...given }) => row(pools, pools.change(pool, present({ name, ...given })))),
  'pool.delete': call('removes an empty resource pool', { pool: text() }, ({ pools }, { pool }) => pools.delete(pool)),
};

function row(pools: Pools, { parent, ...pool }: Pool): PoolRow {
  return { ...pool, parent: pools.nameOf(parent), vms: pools.membersOf({ ...pool, parent }) };
}

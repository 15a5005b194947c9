/** ResourcePool: the root of the host's pools, and those in it. */
import type { VimContext } from '../context.ts';
import { guarded, managed } from '../model/managed.ts';
import { type MoRef, moRef } from '../model/value.ts';
import { importVApp } from '../ovf/import-vapp.ts';
import type {
  ResourceAllocationInfo,
  ResourceConfigSpec,
  ResourcePoolResourceUsage,
} from '../table/vim25.d.ts';
import { entityProperties } from './entity.ts';
import { ID } from './ids.ts';
import {
  createPool,
  moveInto,
  removeChildren,
  removePool,
  updateChildren,
  updatePool,
} from './pool-methods.ts';
import { type PoolSelf, poolAllocations, poolOf, poolRef } from './pool-words.ts';

const MEBIBYTE = 2 ** 20;
const ROOT_SHARES = 4000;
const ROOT_NAME = 'Resources';

const whole = (amount: number): ResourceAllocationInfo => ({
  ...{ reservation: amount, expandableReservation: false, limit: amount },
  shares: { shares: ROOT_SHARES, level: 'custom' },
});

const usage = (used: number, most: number, reserved = 0): ResourcePoolResourceUsage => ({
  ...{ reservationUsed: reserved, reservationUsedForVm: reserved },
  ...{ unreservedForPool: Math.max(0, most - reserved), unreservedForVm: Math.max(0, most - reserved) },
  ...{ overallUsage: used, maxUsage: most },
});

const nameOf = (self: PoolSelf) => poolOf(self)?.name ?? ROOT_NAME;

function config(self: PoolSelf): ResourceConfigSpec {
  const pool = poolOf(self);
  const entity = poolRef(self.id);
  if (pool !== undefined) return { entity, ...poolAllocations(pool) };
  const { cpus, cpuMhz, memoryBytes } = self.vim.host.facts.hardware;
  return {
    entity,
    cpuAllocation: whole(cpus * cpuMhz),
    memoryAllocation: whole(Math.trunc(memoryBytes / MEBIBYTE)),
  };
}

function runtime(self: PoolSelf) {
  const { host } = self.vim;
  const { cpus, cpuMhz, memoryBytes } = host.facts.hardware;
  const all = host.facts.use();
  const used = self.id === 0 ? all : usedBy(self);
  const reserved = vmsOf(self).map(({ settings }) => settings);
  const sum = (of: (settings: (typeof reserved)[number]) => number) =>
    reserved.reduce((total, settings) => total + of(settings), 0);
  return {
    memory: usage(
      used.memoryBytes,
      memoryBytes,
      sum(({ memReservationMib }) => memReservationMib * MEBIBYTE),
    ),
    cpu: usage(
      used.cpuMhz,
      cpus * cpuMhz,
      sum(({ cpuReservationMhz }) => cpuReservationMhz),
    ),
    overallStatus: 'green',
  } as const;
}

/** What VMs of the pool used when it was looked at last. */
function usedBy({ vim, id }: PoolSelf) {
  const history = vim.host.performance?.of(poolRef(id).value, { seconds: 20, kept: 0 });
  const last = (counter: number) =>
    Math.max(0, history?.series.find((series) => series.counter === counter)?.values.at(-1) ?? 0);
  return { cpuMhz: last(CPU_USAGE_MHZ), memoryBytes: last(MEM_CONSUMED_KIB) * 1024 };
}

const CPU_USAGE_MHZ = 5;
const MEM_CONSUMED_KIB = 65611;

/** VMs that are right in it. */
function vmsOf(self: PoolSelf) {
  const { machines, pools } = self.vim.host;
  const name = poolOf(self)?.name;
  const known = new Set(pools?.all.map((pool) => pool.name));
  return (machines?.vms.all ?? []).filter(({ settings: { pool } }) =>
    name === undefined ? !known.has(pool) : pool === name,
  );
}

const children = ({ vim, id }: PoolSelf) => vim.host.pools?.all.filter(({ parent }) => parent === id) ?? [];

export const ResourcePool = managed<'ResourcePool', PoolSelf>('ResourcePool', {
  properties: {
    ...entityProperties<PoolSelf>({
      vim: ({ vim }) => vim,
      ref: ({ id }) => poolRef(id),
      name: nameOf,
      parent: (self) =>
        self.id === 0 ? moRef('ComputeResource', ID.computeResource) : poolRef(poolOf(self)?.parent ?? 0),
    }),
    summary: (self) => ({ name: nameOf(self), config: config(self), runtime: runtime(self) }),
    runtime,
    config,
    owner: () => moRef('ComputeResource', ID.computeResource),
    resourcePool: (self) => children(self).map(({ id }) => poolRef(id)),
    vm(self) {
      const lost = self.id === 0 ? (self.vim.host.machines?.vms.lost ?? []) : [];
      return [...vmsOf(self), ...lost].map(({ id }) => moRef('VirtualMachine', String(id)));
    },
    childConfiguration: (self) => children(self).map(({ id }) => config({ ...self, id })),
  },
  methods: {
    CreateResourcePool: (self, { name, spec }) => createPool(self, name, spec),
    UpdateConfig: guarded(
      'Resource.EditPool',
      (
        self: PoolSelf,
        { name, config: spec }: { name?: string | undefined; config?: ResourceConfigSpec | undefined },
      ) => updatePool(self, name, spec),
    ),
    UpdateChildResourceConfiguration: guarded(
      'asked',
      (self: PoolSelf, { spec }: { spec: readonly ResourceConfigSpec[] }, call) =>
        updateChildren(self, spec, call),
    ),
    MoveIntoResourcePool: guarded(
      'Resource.AssignVMToPool',
      (self: PoolSelf, { list }: { list: readonly MoRef[] }, call) => moveInto(self, list, call),
    ),
    DestroyChildren: guarded('Resource.DeletePool', removeChildren),
    Destroy_Task: guarded('Resource.DeletePool', (self: PoolSelf, _: object, call) =>
      call.task(() => removePool(self)),
    ),
    ImportVApp: (self, { spec, folder }, call) => importVApp(self, spec, folder, call),
    RefreshRuntime: ({ vim, id }) => vim.objects.changed(poolRef(id).value),
  },
});

/** Objects for the pools that there are, and those that come. */
export function followPools(vim: VimContext): () => void {
  const { objects, host } = vim;
  objects.add(ResourcePool.object(ID.rootPool, { vim, id: 0 }));
  const look = () => {
    const now = new Map((host.pools?.all ?? []).map(({ id }) => [poolRef(id).value, id]));
    for (const { value } of objects.refs('ResourcePool'))
      if (value !== ID.rootPool && !now.has(value)) objects.remove(value);
    for (const [value, id] of now)
      if (objects.get(value) === undefined) objects.add(ResourcePool.object(value, { vim, id }));
    objects.changed(ID.rootPool, ...now.keys());
  };
  look();
  return host.pools?.watch(look) ?? (() => {});
}

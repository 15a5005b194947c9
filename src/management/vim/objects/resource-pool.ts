/** ResourcePool: the root of the host's pools. */
import type { VimContext } from '../context.ts';
import { managed } from '../model/managed.ts';
import { moRef } from '../model/value.ts';
import type { ResourceAllocationInfo, ResourcePoolResourceUsage } from '../table/vim25.d.ts';
import { entityProperties } from './entity.ts';
import { ID } from './ids.ts';

const MEBIBYTE = 2 ** 20;
const ROOT_SHARES = 4000;

const whole = (amount: number): ResourceAllocationInfo => ({
  ...{ reservation: amount, expandableReservation: false, limit: amount },
  shares: { shares: ROOT_SHARES, level: 'custom' },
});

const usage = (used: number, most: number): ResourcePoolResourceUsage => ({
  ...{ reservationUsed: 0, reservationUsedForVm: 0, unreservedForPool: most, unreservedForVm: most },
  ...{ overallUsage: used, maxUsage: most },
});

function config({ host }: VimContext) {
  const { cpus, cpuMhz, memoryBytes } = host.facts.hardware;
  return {
    entity: moRef('ResourcePool', ID.rootPool),
    cpuAllocation: whole(cpus * cpuMhz),
    memoryAllocation: whole(Math.trunc(memoryBytes / MEBIBYTE)),
  };
}

function runtime({ host }: VimContext) {
  const { cpus, cpuMhz, memoryBytes } = host.facts.hardware;
  const use = host.facts.use();
  return {
    memory: usage(use.memoryBytes, memoryBytes),
    cpu: usage(use.cpuMhz, cpus * cpuMhz),
    overallStatus: 'green',
  } as const;
}

export const ResourcePool = managed<'ResourcePool', VimContext>('ResourcePool', {
  properties: {
    ...entityProperties<VimContext>({
      vim: (vim) => vim,
      ref: () => moRef('ResourcePool', ID.rootPool),
      name: () => 'Resources',
      parent: () => moRef('ComputeResource', ID.computeResource),
    }),
    summary: (vim) => ({ name: 'Resources', config: config(vim), runtime: runtime(vim) }),
    runtime,
    config,
    owner: () => moRef('ComputeResource', ID.computeResource),
    resourcePool: () => [],
    vm: ({ objects }) => objects.refs('VirtualMachine'),
    childConfiguration: () => [],
  },
  methods: {},
});

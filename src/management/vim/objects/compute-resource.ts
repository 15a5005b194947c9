/** ComputeResource: the host as a place to run VMs. */
import type { VimContext } from '../context.ts';
import { managed } from '../model/managed.ts';
import { moRef } from '../model/value.ts';
import { entityProperties } from './entity.ts';
import { ID } from './ids.ts';

const MEBIBYTE = 2 ** 20;

export const ComputeResource = managed<'ComputeResource', VimContext>('ComputeResource', {
  properties: {
    ...entityProperties<VimContext>({
      vim: (vim) => vim,
      ref: () => moRef('ComputeResource', ID.computeResource),
      name: ({ host }) => host.settings.identity.fullName,
      parent: () => moRef('Folder', ID.hostFolder),
    }),
    resourcePool: () => moRef('ResourcePool', ID.rootPool),
    host: () => [moRef('HostSystem', ID.host)],
    datastore: ({ objects }) => objects.refs('Datastore'),
    network: ({ objects }) => objects.refs('Network'),
    summary({ host }) {
      const { cpus, cpuMhz, memoryBytes } = host.facts.hardware;
      return {
        ...{ totalCpu: cpus * cpuMhz, totalMemory: memoryBytes, numCpuCores: cpus, numCpuThreads: cpus },
        ...{ effectiveCpu: cpus * cpuMhz, effectiveMemory: Math.trunc(memoryBytes / MEBIBYTE) },
        ...{ numHosts: 1, numEffectiveHosts: 1, overallStatus: 'green' },
      };
    },
    environmentBrowser: ({ objects }) => objects.present('ha-compute-res-envbrowser')[0],
    configurationEx: () => ({ vmSwapPlacement: 'vmDirectory' }),
  },
  methods: {},
});

/** Network: what VMs can be joined to, by name. */
import type { VimContext } from '../context.ts';
import { managed } from '../model/managed.ts';
import { moRef } from '../model/value.ts';
import { entityProperties } from './entity.ts';
import { ID } from './ids.ts';

export interface NetworkFacts {
  readonly vim: VimContext;
  readonly name: string;
}

export const networkId = (name: string) => `HaNetwork-${name}`;

export const Network = managed<'Network', NetworkFacts>('Network', {
  properties: {
    ...entityProperties<NetworkFacts>({
      vim: ({ vim }) => vim,
      ref: ({ name }) => moRef('Network', networkId(name)),
      name: ({ name }) => name,
      parent: () => moRef('Folder', ID.networkFolder),
    }),
    summary: ({ name }) => ({
      ...{ network: moRef('Network', networkId(name)), name, accessible: true, ipPoolName: '' },
    }),
    host: () => [moRef('HostSystem', ID.host)],
    vm: ({ vim, name }) => vim.vmsOn('Network', networkId(name)),
  },
  methods: {},
});

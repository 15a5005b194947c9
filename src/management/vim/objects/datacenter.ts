/** Datacenter: the one of a host. */
import type { VimContext } from '../context.ts';
import { managed } from '../model/managed.ts';
import { moRef } from '../model/value.ts';
import { entityProperties } from './entity.ts';
import { ID } from './ids.ts';

export const Datacenter = managed<'Datacenter', VimContext>('Datacenter', {
  properties: {
    ...entityProperties<VimContext>({
      vim: (vim) => vim,
      ref: () => moRef('Datacenter', ID.datacenter),
      name: () => 'ha-datacenter',
      parent: () => moRef('Folder', ID.rootFolder),
    }),
    vmFolder: () => moRef('Folder', ID.vmFolder),
    hostFolder: () => moRef('Folder', ID.hostFolder),
    datastoreFolder: () => moRef('Folder', ID.datastoreFolder),
    networkFolder: () => moRef('Folder', ID.networkFolder),
    datastore: ({ objects }) => objects.refs('Datastore'),
    network: ({ objects }) => objects.refs('Network'),
    configuration: () => ({}),
  },
  methods: {},
});

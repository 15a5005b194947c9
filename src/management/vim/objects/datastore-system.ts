/** HostDatastoreSystem: the datastores of the host, as far as they can be looked at. */
import type { VimContext } from '../context.ts';
import { managed } from '../model/managed.ts';

export const HostDatastoreSystem = managed<'HostDatastoreSystem', VimContext>('HostDatastoreSystem', {
  properties: {
    datastore: ({ objects }) => objects.refs('Datastore'),
    capabilities: () => ({
      ...{ nfsMountCreationRequired: false, nfsMountCreationSupported: false },
      ...{ localDatastoreSupported: false, vmfsExtentExpansionSupported: false },
    }),
  },
  methods: { QueryAvailableDisksForVmfs: () => [] },
});

/** HostStorageSystem: volumes, and the disks behind them, which are the machine's and not the host's to change. */
import type { VimContext } from '../context.ts';
import { managed } from '../model/managed.ts';
import { data } from '../model/value.ts';
import type { HostFileSystemVolumeInfo } from '../table/vim25.d.ts';
import { vmfsVolume } from './datastore.ts';

function volumes({ host }: VimContext): HostFileSystemVolumeInfo {
  return {
    volumeTypeList: ['VMFS'],
    mountInfo: host.datastores().map((facts) => ({
      mountInfo: { path: facts.path, accessMode: 'readWrite', mounted: true, accessible: true },
      volume: data('HostVmfsVolume', vmfsVolume(facts)),
    })),
  };
}

export const HostStorageSystem = managed<'HostStorageSystem', VimContext>('HostStorageSystem', {
  properties: {
    storageDeviceInfo: () => ({
      ...{ hostBusAdapter: [], scsiLun: [], softwareInternetScsiEnabled: false },
      scsiTopology: { adapter: [] },
      multipathInfo: { lun: [] },
    }),
    fileSystemVolumeInfo: volumes,
    systemFile: () => [],
    multipathStateInfo: () => ({ path: [] }),
  },
  methods: {
    RefreshStorageSystem: ({ objects }) => objects.changed('storageSystem', 'ha-host'),
    RescanAllHba: ({ objects }) => objects.changed('storageSystem', 'ha-host'),
    RescanVmfs: ({ objects }) => objects.changed('storageSystem', 'ha-host'),
    QueryUnresolvedVmfsVolume: () => [],
  },
});

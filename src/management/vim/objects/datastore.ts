/** Datastore: a folder of the host's volumes, as a VMFS. */
import type { VimContext } from '../context.ts';
import type { DatastoreFacts } from '../host.ts';
import { managed } from '../model/managed.ts';
import { moRef } from '../model/value.ts';
import type { DatastoreSummary, HostVmfsVolume, VmfsDatastoreInfo } from '../table/vim25.d.ts';
import { entityProperties } from './entity.ts';
import { ID } from './ids.ts';

export interface DatastoreObject {
  readonly vim: VimContext;
  readonly name: string;
}

export const datastoreId = (name: string) => `ha-datastore-${name}`;

const TEBIBYTE = 2 ** 40;
const MAX_FILE_BYTES = 64 * TEBIBYTE;

const facts = ({ vim, name }: DatastoreObject): DatastoreFacts =>
  vim.host.datastores().find((each) => each.name === name) ?? {
    ...{ name, uuid: '', path: '', type: 'VMFS-6', capacityBytes: 0, freeBytes: 0 },
  };

const url = ({ path }: DatastoreFacts) => `ds://${path}/`;

function summary(self: DatastoreObject): DatastoreSummary {
  const { capacityBytes, freeBytes, ...rest } = facts(self);
  return {
    datastore: moRef('Datastore', datastoreId(self.name)),
    ...{ name: self.name, url: url({ ...rest, capacityBytes, freeBytes }), capacity: capacityBytes },
    ...{ freeSpace: freeBytes, uncommitted: 0, accessible: rest.path !== '', multipleHostAccess: false },
    ...{ type: 'VMFS', maintenanceMode: 'normal' },
  };
}

export function vmfsVolume({ name, capacityBytes, uuid }: DatastoreFacts): HostVmfsVolume {
  return {
    ...{ type: 'VMFS', name, capacity: capacityBytes, blockSizeMb: 1, blockSize: 1024 },
    ...{ maxBlocks: 0x3c80_0000, majorVersion: 6, version: '6.82', uuid },
    extent: [{ diskName: `local.${uuid}`, partition: 1 }],
    ...{ vmfsUpgradable: false, local: true },
  };
}

/** A VMFS with an extent: what libvirt takes for one. */
function info(self: DatastoreObject, look: { nowMs: number }): VmfsDatastoreInfo {
  const found = facts(self);
  return {
    _type: 'VmfsDatastoreInfo',
    ...{ name: self.name, url: url(found), freeSpace: found.freeBytes, maxFileSize: MAX_FILE_BYTES },
    ...{ maxVirtualDiskCapacity: MAX_FILE_BYTES, maxMemoryFileSize: MAX_FILE_BYTES },
    timestamp: new Date(look.nowMs),
    ...{ maxPhysicalRDMFileSize: MAX_FILE_BYTES, maxVirtualRDMFileSize: MAX_FILE_BYTES },
    vmfs: vmfsVolume(found),
  };
}

export const Datastore = managed<'Datastore', DatastoreObject>('Datastore', {
  properties: {
    ...entityProperties<DatastoreObject>({
      vim: ({ vim }) => vim,
      ref: ({ name }) => moRef('Datastore', datastoreId(name)),
      name: ({ name }) => name,
      parent: () => moRef('Folder', ID.datastoreFolder),
    }),
    summary,
    info: (self) => info(self, { nowMs: Number(self.vim.host.clock.wallNanoseconds() / 1_000_000n) }),
    host(self) {
      const { path } = facts(self);
      const mountInfo = { path, accessMode: 'readWrite', mounted: path !== '', accessible: path !== '' };
      return [{ key: moRef('HostSystem', ID.host), mountInfo }];
    },
    vm: ({ vim, name }) => vim.vmsOn('Datastore', datastoreId(name)),
    browser: ({ name }) => moRef('HostDatastoreBrowser', `${datastoreId(name)}-browser`),
    capability: () => ({
      ...{ directoryHierarchySupported: true, rawDiskMappingsSupported: false },
      ...{ perFileThinProvisioningSupported: true, storageIORMSupported: false },
      ...{ nativeSnapshotSupported: false, topLevelDirectoryCreateSupported: true },
    }),
  },
  methods: {
    RefreshDatastore: ({ vim, name }) => vim.objects.changed(datastoreId(name)),
    RefreshDatastoreStorageInfo: ({ vim, name }) => vim.objects.changed(datastoreId(name)),
  },
});

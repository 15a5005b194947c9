/** QueryChangedDiskAreas: which parts of a disk a backup has to copy again. Source: the vSphere API reference. */
import { HostError } from '#lib';
import { changedAreas, readDescriptor, usedAreas } from '#storage';
import { FAULTS, hostErrorFault } from '../model/faults.ts';
import type { MoRef, VimFault } from '../model/value.ts';
import type { DiskChangeInfo } from '../table/vim25.d.ts';
import { fileOfVmx } from './datastore-path.ts';
import { slotKey, slotOfDevice } from './devices/storage-buses.ts';
import { snapshotRef } from './snapshot-tree.ts';
import { diskFacts, type VmObject } from './vm-object.ts';

interface Asked {
  readonly snapshot?: MoRef | undefined;
  readonly deviceKey: number;
  readonly startOffset: number | bigint;
  readonly changeId: string;
}

/** All that is used: what a first copy needs. */
const EVERYTHING = '*';

/** The areas at or behind `startOffset` of a disk as it was at a snapshot, or is now. */
export function queryChangedDiskAreas(self: VmObject, asked: Asked): DiskChangeInfo | VimFault {
  const fileName = fileOf(self, asked);
  if (fileName === 'no-snapshot') return FAULTS.notFound();
  if (fileName === undefined) return FAULTS.invalidArgument('deviceKey');
  const path = fileOfVmx(self.host.volumes, self.vm.folder.path, fileName);
  const facts = diskFacts(path);
  if (facts === undefined) return FAULTS.invalidArgument('deviceKey', `"${fileName}" cannot be read`);
  const start = Number(asked.startOffset);
  const { capacityBytes: sizeBytes } = facts;
  if (!(start >= 0 && start < sizeBytes)) return FAULTS.invalidArgument('startOffset');
  try {
    const { descriptor } = readDescriptor(path);
    const areas =
      asked.changeId === EVERYTHING
        ? usedAreas(path, start, { within: self.host.volumes })
        : changedAreas({ path, descriptor, sizeBytes }, asked.changeId, start);
    if (areas === undefined)
      return FAULTS.invalidArgument('changeId', 'it is of another time of this disk: copy all of it');
    return { startOffset: start, length: sizeBytes - start, changedArea: areas };
  } catch (error) {
    if (error instanceof HostError) return hostErrorFault(error);
    throw error;
  }
}

/** The name of the disk's file in the .vmx, or of the one that was frozen at the snapshot. */
function fileOf(self: VmObject, { snapshot, deviceKey }: Asked): string | undefined {
  const slot = slotOfDevice(deviceKey);
  const name = slot && `${slotKey(slot)}.fileName`;
  if (snapshot === undefined) return name && self.vmx.get(name);
  const { snapshots } = self.vm;
  const taken = snapshots.all.find(({ uid }) => snapshotRef(self, uid).value === snapshot.value);
  if (taken === undefined) return 'no-snapshot';
  return name && snapshots.settingsOf(taken, [])?.get(name);
}

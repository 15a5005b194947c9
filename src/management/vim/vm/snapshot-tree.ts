/** The snapshots of a VM as VIM shows them: a tree, and an object for each. */
import type { Snapshot } from '../../vms/snapshots.ts';
import { type MoRef, moRef } from '../model/value.ts';
import type { VirtualMachineSnapshotInfo, VirtualMachineSnapshotTree } from '../table/vim25.d.ts';
import type { VmObject } from './vm-object.ts';

export function snapshotRef({ id }: Pick<VmObject, 'id'>, uid: number): MoRef {
  return moRef('VirtualMachineSnapshot', `${id}-snapshot-${uid}`);
}

/** Undefined for a VM without snapshots. */
export function snapshotInfo(self: VmObject): VirtualMachineSnapshotInfo | undefined {
  const { all, current } = self.vm.snapshots;
  if (all.length === 0) return undefined;
  const isThere = all.some(({ uid }) => uid === current);
  return {
    ...(isThere && { currentSnapshot: snapshotRef(self, current) }),
    rootSnapshotList: treesBelow(self, all, 0),
  };
}

function treesBelow(self: VmObject, all: readonly Snapshot[], parent: number): VirtualMachineSnapshotTree[] {
  const known = new Set(all.map(({ uid }) => uid));
  // One whose parent is not there any more is a root.
  const isBelow = (one: Snapshot) =>
    (known.has(one.parent) && one.parent < one.uid ? one.parent : 0) === parent;
  return all.filter(isBelow).map((snapshot) => {
    const { uid, name, description, createdMs, hasMemory } = snapshot;
    const children = treesBelow(self, all, uid);
    return {
      ...{ snapshot: snapshotRef(self, uid), vm: self.ref, name, description, id: uid },
      createTime: new Date(createdMs),
      state: hasMemory ? 'poweredOn' : 'poweredOff',
      quiesced: false,
      ...(children.length > 0 && { childSnapshotList: children }),
      replaySupported: false,
    };
  });
}

/** A snapshot and all that came after it, the last first. */
export function withDescendants(all: readonly Snapshot[], uid: number): number[] {
  const children = all.filter(({ parent }) => parent === uid);
  return [...children.flatMap((child) => withDescendants(all, child.uid)), uid];
}

export function snapshotRefs(self: VmObject): MoRef[] {
  return self.vm.snapshots.all.map(({ uid }) => snapshotRef(self, uid));
}

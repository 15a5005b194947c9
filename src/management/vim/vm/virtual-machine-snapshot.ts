/** VirtualMachineSnapshot: going back to it, renaming it, removing it. */
import { present } from '../../present.ts';
import type { Snapshot } from '../../vms/snapshots.ts';
import type { Call } from '../model/call.ts';
import { FAULTS } from '../model/faults.ts';
import { managed } from '../model/managed.ts';
import type { MoRef } from '../model/value.ts';
import { snapshotRef, withDescendants } from './snapshot-tree.ts';
import { guarded } from './vm-faults.ts';
import type { VmObject } from './vm-object.ts';

export interface SnapshotObject {
  readonly vm: VmObject;
  readonly uid: number;
}

const found = ({ vm, uid }: SnapshotObject): Snapshot | undefined =>
  vm.vm.snapshots.all.find((snapshot) => snapshot.uid === uid);

const configAt = (self: SnapshotObject) => {
  const snapshot = found(self);
  return snapshot && self.vm.configAt(snapshot);
};

/** Goes back to a snapshot, as a task of its VM. */
export function revert(vm: VmObject, uid: number, isOff: boolean, call: Call): MoRef {
  const work = () =>
    guarded(async () => {
      await vm.vm.restoreSnapshot(String(uid), { isOff, isUid: true });
      vm.touch();
    }, vm);
  return call.task(work, { entity: vm.ref });
}

/** Removes snapshots one after the other, as a task of their VM. */
export function removeSnapshots(vm: VmObject, uids: () => readonly number[], call: Call): MoRef {
  const work = (task: { progress(percent: number): void }) =>
    guarded(async () => {
      const all = uids();
      for (const [index, uid] of all.entries()) {
        task.progress((index / all.length) * 100);
        await vm.vm.removeSnapshot(String(uid), { isUid: true });
      }
    }, vm);
  return call.task(work, { entity: vm.ref });
}

export const VirtualMachineSnapshot = managed<'VirtualMachineSnapshot', SnapshotObject>(
  'VirtualMachineSnapshot',
  {
    properties: {
      config: (self) => configAt(self) ?? self.vm.config,
      childSnapshot: ({ vm, uid }) =>
        vm.vm.snapshots.all.filter(({ parent }) => parent === uid).map((child) => snapshotRef(vm, child.uid)),
      vm: ({ vm }) => vm.ref,
      value: () => [],
      availableField: () => [],
    },
    methods: {
      RevertToSnapshot_Task: ({ vm, uid }, { suppressPowerOn }, call) =>
        revert(vm, uid, suppressPowerOn ?? false, call),
      RemoveSnapshot_Task: ({ vm, uid }, { removeChildren }, call) =>
        removeSnapshots(vm, () => (removeChildren ? withDescendants(vm.vm.snapshots.all, uid) : [uid]), call),
      RenameSnapshot(self, { name, description }) {
        if (found(self) === undefined) return FAULTS.notFound();
        if (name === '') return FAULTS.invalidName(name);
        self.vm.vm.snapshots.rename(self.uid, present({ name, description }));
        self.vm.vim.objects.changed(self.vm.id);
        return undefined;
      },
      ExportSnapshot: () => FAULTS.notSupported(),
    },
  },
);

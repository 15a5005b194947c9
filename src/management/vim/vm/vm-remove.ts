/** Taking a VM away: from the inventory alone, or with its files. */
import { type Dirent, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Vm } from '../../vms/vm.ts';
import type { Call } from '../model/call.ts';
import { FAULTS } from '../model/faults.ts';
import { VimFault } from '../model/value.ts';
import { guarded, VM_FAULTS } from './vm-faults.ts';
import type { VmObject } from './vm-object.ts';

/** Removes the VM with its folder; a folder that others are in as well is no VM's own. */
async function destroy(self: VmObject): Promise<VimFault | undefined> {
  const { vm, host } = self;
  // Somebody else was asked to remove it too, and was first.
  if (self.vim.objects.get(self.id)?.self !== self) return FAULTS.objectNotFound(self.ref);
  if (self.powerState === 'poweredOn') return VM_FAULTS.powerState('poweredOn', 'poweredOff');
  const { path } = vm.folder;
  if (dirname(path) === host.volumes)
    return VM_FAULTS.generic(
      `${self.vmPathName} is in no folder of its own: unregister it, and delete its files.`,
    );
  const entries = entriesOf(path);
  const neighbour = mayHaveOthers(entries) ? othersIn(path, host.vms.all, vm) : undefined;
  if (neighbour)
    return VM_FAULTS.generic(
      `The folder of ${self.vmPathName} has the virtual machine ${neighbour.name} too.`,
    );
  const isSuspended = self.powerState === 'suspended';
  if (isSuspended) await vm.stop();
  host.saveSoon();
  await host.vms.erase(vm, isSuspended ? undefined : entries.map(({ name }) => name));
  return undefined;
}

/** Of a folder that is not there: none. */
function entriesOf(path: string): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Whether there is more in a folder than the plain files of one VM. */
function mayHaveOthers(entries: readonly Dirent[]): boolean {
  return (
    entries.some((entry) => !entry.isFile()) || entries.filter(({ name }) => name.endsWith('.vmx')).length > 1
  );
}

function othersIn(path: string, all: readonly Vm[], vm: Vm): Vm | undefined {
  const inside = `${path}/`;
  return all.find(
    ({ id, folder }) => id !== vm.id && (folder.path === path || folder.path.startsWith(inside)),
  );
}

export const REMOVE_METHODS = {
  Destroy_Task: {
    privilege: 'VirtualMachine.Inventory.Delete',
    invoke: (self: VmObject, _args: object, call: Call) =>
      call.task(async () => {
        const result = await guarded(() => destroy(self), self);
        return result instanceof VimFault ? result : undefined;
      }),
  },
  async UnregisterVM(self: VmObject): Promise<VimFault | undefined> {
    if (self.powerState === 'poweredOn') return VM_FAULTS.powerState('poweredOn', 'poweredOff');
    const result = await guarded(() => {
      self.host.vms.unregister(self.vm);
      self.host.saveSoon();
    }, self);
    return result instanceof VimFault ? result : undefined;
  },
};

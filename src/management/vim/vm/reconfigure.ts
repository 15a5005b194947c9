/** ReconfigVM_Task and Rename_Task: what is asked for, and how it is done. */

import type { Vmx } from '#vmm';
import { checkVmName } from '../../vms/vm-folder.ts';
import { FAULTS } from '../model/faults.ts';
import { fault, VimFault } from '../model/value.ts';
import type { VirtualMachineConfigSpec } from '../table/vim25.d.ts';
import { applySpec, type ChangedConfig } from './config-spec.ts';
import { fileOfVmx } from './datastore-path.ts';
import type { FileAction } from './devices/change-devices.ts';
import { finishFiles, prepareFiles, undoFiles } from './file-actions.ts';
import { guarded, VM_FAULTS } from './vm-faults.ts';
import type { VmObject } from './vm-object.ts';

type Spec = VirtualMachineConfigSpec;

/** Changes a VM as the spec says. */
export async function reconfigure(self: VmObject, spec: Spec): Promise<VimFault | undefined> {
  const refused = checkSpec(self, spec);
  if (refused) return refused;
  const changed = applySpec(self.vmx, spec, self.context);
  if (changed instanceof VimFault) return changed;
  if (changed.needsOff && self.powerState !== 'poweredOff') return whyNotNow(self, spec, changed);
  const result = await guarded(() => carryOut(self, changed), self);
  return result instanceof VimFault ? result : undefined;
}

function checkSpec(self: VmObject, { changeVersion, name }: Spec): VimFault | undefined {
  if (changeVersion !== undefined && changeVersion !== '' && changeVersion !== self.config.changeVersion)
    return fault('ConcurrentAccess', {}, 'The resource has been modified since it was read.');
  return name === undefined ? undefined : checkName(self, name);
}

export function checkName(self: VmObject, name: string): VimFault | undefined {
  const refused = nameFault(name);
  if (refused) return refused;
  const other = self.host.vms.all.find((vm) => vm.name === name && vm.id !== self.vm.id);
  return other && VM_FAULTS.duplicateName(name, { type: 'VirtualMachine', value: String(other.id) });
}

export function nameFault(name: string): VimFault | undefined {
  try {
    checkVmName(name);
    return undefined;
  } catch {
    return FAULTS.invalidName(name);
  }
}

function whyNotNow(self: VmObject, { memoryMB, numCPUs }: Spec, { vmx, notHot }: ChangedConfig): VimFault {
  if (self.powerState !== 'poweredOn') return VM_FAULTS.powerState(self.powerState, 'poweredOff');
  const isOther = (key: string) => vmx.get(key) !== self.vmx.get(key);
  if (memoryMB !== undefined && isOther('memSize'))
    return fault(
      'MemoryHotPlugNotSupported',
      {},
      'Memory hot plug is not supported for this virtual machine.',
    );
  if (numCPUs !== undefined && isOther('numvcpus'))
    return fault('CpuHotPlugNotSupported', {}, 'CPU hot plug is not supported for this virtual machine.');
  return notHot ?? VM_FAULTS.powerState(self.powerState, 'poweredOff');
}

async function carryOut(
  self: VmObject,
  { vmx, files, guestInfo }: ChangedConfig,
): Promise<VimFault | undefined> {
  const { vm, host, context } = self;
  const place = { volumes: host.volumes, folder: vm.folder.path, toDatastorePath: context.toDatastorePath };
  const refused = prepareFiles(files, place);
  if (refused) return refused;
  try {
    await change(self, vmx, files);
  } catch (error) {
    undoFiles(files, place);
    throw error;
  }
  self.touch();
  for (const [key, value] of guestInfo) vm.guest.tellInfo(key, value);
  finishFiles(files, place);
  return undefined;
}

async function change({ vm, host }: VmObject, vmx: Vmx, files: readonly FileAction[]): Promise<void> {
  for (const action of files) {
    if (action.kind !== 'extend-disk') continue;
    const path = fileOfVmx(host.volumes, vm.folder.path, action.fileName);
    const disk = vm.settings.disks.find(
      ({ fileName }) => fileOfVmx(host.volumes, vm.folder.path, fileName) === path,
    );
    if (disk) await vm.growDisk(disk.unit, action.bytes);
  }
  const wasTracked = vm.settings.trackChanges;
  await vm.changeHardware(vmx);
  if (vm.settings.trackChanges !== wasTracked) await vm.applyChangeTracking();
}

/** The faults of VMs, in ESXi's words; and what errors of the host become when they are about a VM. */
import { HostError } from '#lib';
import { FAULTS, hostErrorFault } from '../model/faults.ts';
import { fault, type MoRef, type VimFault } from '../model/value.ts';
import type { VmObject } from './vm-object.ts';

const STATES = { poweredOn: 'Powered on', poweredOff: 'Powered off', suspended: 'Suspended' } as const;
export type VimPowerState = keyof typeof STATES;

export const VM_FAULTS = {
  powerState: (existingState: VimPowerState, requestedState?: VimPowerState) =>
    fault(
      'InvalidPowerState',
      { existingState, ...(requestedState && { requestedState }) },
      `The attempted operation cannot be performed in the current state (${STATES[existingState]}).`,
    ),
  toolsUnavailable: () =>
    fault(
      'ToolsUnavailable',
      {},
      'Cannot complete operation because VMware Tools is not running in this virtual machine.',
    ),
  duplicateName: (name: string, object: MoRef) =>
    fault('DuplicateName', { name, object }, `The name '${name}' already exists.`),
  invalidPath: (datastorePath: string) =>
    fault('InvalidDatastorePath', { datastorePath }, `Invalid datastore path '${datastorePath}'.`),
  fileNotFound: (file: string) => fault('FileNotFound', { file }, `File ${file} was not found`),
  fileLocked: (file: string) =>
    fault('FileLocked', { file }, `Unable to access file ${file} since it is locked`),
  fileExists: (file: string) =>
    fault(
      'FileAlreadyExists',
      { file },
      `Cannot complete the operation because the file or folder ${file} already exists`,
    ),
  alreadyExists: (name: string) =>
    fault('AlreadyExists', { name }, `The specified key, name, or identifier '${name}' already exists.`),
  invalidConfig: (property: string, reason: string) =>
    fault('InvalidVmConfig', { property }, `Invalid virtual machine configuration. ${reason}`),
  generic: (reason: string) => fault('GenericVmConfigFault', { reason }, reason),
} as const;

/** What is asked of a VM when something that was done to it failed. */
type FailedVm = Pick<VmObject, 'powerState' | 'host'>;

/** What an error becomes that came of something done to a VM; files of its datastores are named as the host's users see them. */
export function vmErrorFault(error: HostError, vm?: FailedVm): VimFault {
  const { code, details } = error;
  const seen = (text: string) => (vm ? text.replaceAll(`${vm.host.volumes}/`, '/vmfs/volumes/') : text);
  const message = seen(error.message);
  switch (code) {
    case 'vm-state':
      return vm ? VM_FAULTS.powerState(vm.powerState) : FAULTS.invalidState(message);
    case 'file-missing':
      return VM_FAULTS.fileNotFound(seen(String(details['path'] ?? '')));
    case 'file-busy':
      return VM_FAULTS.fileLocked(seen(String(details['path'] ?? '')));
    case 'vm-locked':
      // Which host has it, the message alone says.
      return fault('FileLocked', { file: seen(String(details['path'] ?? '')) }, message);
    case 'vm-settings':
      return VM_FAULTS.invalidConfig(String(details['key'] ?? ''), message);
    case 'vm-exists':
      return VM_FAULTS.alreadyExists(String(details['vm'] ?? ''));
    case 'host-limit':
      return fault('InsufficientResourcesFault', {}, message);
    case 'usage':
      return FAULTS.invalidArgument('spec', message);
    case 'vm-refused':
    case 'kernel-not-bootable':
    case 'firmware-not-bootable':
    case 'disk-bad':
    case 'disk-size':
    case 'disk-refused':
    case 'guest-unavailable':
      return VM_FAULTS.generic(message);
    default:
      return hostErrorFault(error);
  }
}

/** Runs something that is done to a VM; errors of the host become faults. */
export async function guarded<T>(work: () => T | Promise<T>, vm?: FailedVm): Promise<T | VimFault> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HostError) return vmErrorFault(error, vm);
    throw error;
  }
}

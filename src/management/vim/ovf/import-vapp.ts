/** ImportVApp: a VM whose files come afterwards, through a lease. */
import type { Call } from '../model/call.ts';
import { FAULTS } from '../model/faults.ts';
import type { MoRef, VimFault } from '../model/value.ts';
import { ID } from '../objects/ids.ts';
import { type PoolSelf, poolOf } from '../objects/pool-words.ts';
import type { ImportSpec, VirtualMachineImportSpec } from '../table/vim25.d.ts';

export function importVApp(
  self: PoolSelf,
  spec: ImportSpec,
  folder: MoRef | undefined,
  call: Call,
): MoRef | VimFault {
  if (spec._type !== 'VirtualMachineImportSpec')
    return FAULTS.notSupported('A standalone host has no virtual apps.');
  const into = folder ?? { type: 'Folder', value: ID.vmFolder };
  if (into.value !== ID.vmFolder) return FAULTS.objectNotFound(into);
  const refused = call.refusal('VApp.Import', into);
  if (refused) return refused;
  const { configSpec } = spec as VirtualMachineImportSpec;
  // What is brought goes onto disks that are made for it, never onto one that is there.
  const others = (configSpec.deviceChange ?? []).findIndex(
    ({ device, fileOperation }) => device._type === 'VirtualDisk' && fileOperation !== 'create',
  );
  if (others >= 0)
    return FAULTS.invalidArgument(
      `spec.configSpec.deviceChange[${others}].fileOperation`,
      'it must be "create"',
    );
  const named = (configSpec.extraConfig ?? []).find(({ key }) => /\.filename$/i.test(key));
  if (named) return FAULTS.invalidArgument('spec.configSpec.extraConfig', `"${named.key}" cannot be set`);
  const leases = self.vim.leases;
  return leases?.importVm(configSpec, poolOf(self)?.name ?? '', call) ?? FAULTS.notSupported();
}

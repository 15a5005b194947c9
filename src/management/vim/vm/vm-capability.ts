/** What can be done with VMs of this host at all. */
import type { VirtualMachineCapability } from '../table/vim25.d.ts';

/** Everything that is not named here is not possible. */
const POSSIBLE: ReadonlySet<keyof VirtualMachineCapability> = new Set([
  'snapshotOperationsSupported',
  'multipleSnapshotsSupported',
  'snapshotConfigSupported',
  'poweredOffSnapshotsSupported',
  'memorySnapshotsSupported',
  'revertToSnapshotSupported',
  'bootOptionsSupported',
  'diskSharesSupported',
  'multipleCoresPerSocketSupported',
]);

export function vmCapability(
  fields: readonly { readonly name: string; readonly type: string }[],
): VirtualMachineCapability {
  const entries = fields
    .filter(({ type }) => type === 'boolean')
    .map(({ name }) => [name, POSSIBLE.has(name as keyof VirtualMachineCapability)] as const);
  return Object.fromEntries(entries) as unknown as VirtualMachineCapability;
}

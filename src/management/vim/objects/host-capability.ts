/** What the host can, as HostCapability says it: these rows, and no for every other question that needs an answer. */
import type { TypeTable } from '../table/type-table.ts';
import type { HostCapability } from '../table/vim25.d.ts';

// biome-ignore format: a table reads in columns
const CAN: Partial<HostCapability> = {
  rebootSupported:                 true,
  shutdownSupported:               true,
  maintenanceModeSupported:        true,
  screenshotSupported:             true,
  preAssignedPCIUnitNumbersSupported: true,
  cpuMemoryResourceConfigurationSupported: true,
  deltaDiskBackingsSupported:      true,
  highGuestMemSupported:           true,
  nfsSupported:                    false,
  firewallIpRulesSupported:        true,
  servicePackageInfoSupported:     true,
  maxSupportedVMs:                 1024,
  maxRunningVMs:                   1024,
  maxSupportedVcpus:               8,
  maxRegisteredVMs:                4096,
  maxHostRunningVms:               1024,
  maxHostSupportedVcpus:           8192,
  maxVirtualDiskDescVersionSupported: 3,
};

export function hostCapability(table: TypeTable): HostCapability {
  const fields = table.data('HostCapability')?.fields ?? [];
  const no = fields.filter(({ type, isOptional }) => type === 'boolean' && !isOptional);
  return { ...Object.fromEntries(no.map(({ name }) => [name, false])), ...CAN } as HostCapability;
}

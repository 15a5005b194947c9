/** What of the VIM API is here, as the page docs/api-coverage.md. */
import type { Kind } from './model/managed.ts';
import { KINDS } from './objects/kinds.ts';
import { loadTypeTable, type TypeTable } from './table/type-table.ts';

const HEAD = `# What of the VIM API is here

Printed from the tables in \`src/management/vim\` by \`tools/api-coverage.ts\`; do not edit it. A method that is absent
answers NotSupported; its privilege is asked for first. Types that only vCenter has are left out.
`;

/** Managed types that a host has which no vCenter manages. Source: ESXi's HostAgent. */
const HOST_TYPES = [
  ...[
    'ServiceInstance',
    'SessionManager',
    'PropertyCollector',
    'PropertyFilter',
    'SearchIndex',
    'ViewManager',
  ],
  ...['ContainerView', 'ListView', 'InventoryView', 'TaskManager', 'Task', 'TaskHistoryCollector'],
  ...['EventManager', 'EventHistoryCollector', 'PerformanceManager', 'AuthorizationManager', 'UserDirectory'],
  ...[
    'HostLocalAccountManager',
    'OptionManager',
    'FileManager',
    'VirtualDiskManager',
    'OvfManager',
    'HttpNfcLease',
  ],
  ...[
    'DatastoreNamespaceManager',
    'DiagnosticManager',
    'LicenseManager',
    'LocalizationManager',
    'ServiceManager',
  ],
  ...['OverheadMemoryManager', 'GuestOperationsManager', 'GuestAuthManager', 'GuestFileManager'],
  ...['GuestProcessManager', 'GuestAliasManager', 'Folder', 'Datacenter', 'ComputeResource', 'ResourcePool'],
  ...['HostSystem', 'Datastore', 'Network', 'VirtualMachine', 'VirtualMachineSnapshot', 'EnvironmentBrowser'],
  ...['HostDatastoreBrowser', 'HostAccessManager', 'HostAuthenticationManager', 'HostLocalAuthentication'],
  ...['HostActiveDirectoryAuthentication', 'HostAutoStartManager', 'HostBootDeviceSystem'],
  ...[
    'HostCacheConfigurationManager',
    'HostCertificateManager',
    'HostCpuSchedulerSystem',
    'HostDatastoreSystem',
  ],
  ...['HostDateTimeSystem', 'HostDiagnosticSystem', 'HostEsxAgentHostManager', 'HostFirewallSystem'],
  ...['HostFirmwareSystem', 'HostGraphicsManager', 'HostHealthStatusSystem', 'HostImageConfigManager'],
  ...['HostKernelModuleSystem', 'HostMemorySystem', 'HostNetworkSystem', 'HostPatchManager'],
  ...['HostPciPassthruSystem', 'HostPowerSystem', 'HostServiceSystem', 'HostSnmpSystem', 'HostStorageSystem'],
  ...['HostVirtualNicManager', 'HostVMotionSystem', 'IscsiManager'],
];

type Cells = readonly (string | number)[];

interface Row {
  readonly name: string;
  readonly here: readonly string[];
  readonly absent: readonly string[];
  readonly properties: string;
}

/** The page in Markdown. */
export function apiCoveragePage(kinds: readonly Kind[] = KINDS, types: TypeTable = loadTypeTable()): string {
  const rows = HOST_TYPES.map((name) =>
    rowOf(
      name,
      kinds.find((kind) => kind.name === name),
      types,
    ),
  );
  const count = (of: (row: Row) => number) => rows.reduce((sum, row) => sum + of(row), 0);
  const here = count((row) => row.here.length);
  const all = here + count((row) => row.absent.length);
  return [
    HEAD,
    table(
      ['managed object', 'methods here', 'of', 'properties'],
      [
        ...rows.map((row) => [
          row.name,
          row.here.length,
          row.here.length + row.absent.length,
          row.properties,
        ]),
        ['all', here, all, ''],
      ],
    ),
    ...rows.flatMap(methodLines),
  ].join('\n');
}

function methodLines({ name, here, absent }: Row): string[] {
  if (here.length === 0) return [];
  const lines = [`## ${name}\n`, `Here: ${here.join(', ')}\n`];
  return absent.length === 0 ? lines : [...lines, `Absent: ${absent.join(', ')}\n`];
}

function rowOf(name: string, kind: Kind | undefined, types: TypeTable): Row {
  const type = types.managed(name);
  const methods = [...(type?.methods.keys() ?? [])].sort();
  const here = methods.filter((method) => kind?.method(method) !== undefined);
  const properties = [...(type?.properties.keys() ?? [])];
  const known = properties.filter((property) => kind?.property(property) !== undefined);
  return {
    ...{ name, here, absent: methods.filter((method) => !here.includes(method)) },
    properties: properties.length === 0 ? '' : `${known.length} of ${properties.length}`,
  };
}

/** A table in Markdown, its columns padded as the formatter wants them. */
function table(head: readonly string[], rows: readonly Cells[]): string {
  const cells = rows.map((row) => row.map(String));
  const widths = head.map((title, i) => Math.max(title.length, ...cells.map((row) => (row[i] ?? '').length)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |\n`;
  return line(head) + line(widths.map((width) => '-'.repeat(width))) + cells.map(line).join('');
}

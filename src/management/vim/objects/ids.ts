/** The ids of a host's managed objects that never change, and where ServiceContent and HostConfigManager name them. Source: ESXi's HostAgent; clients have them built in. */
import type { Objects } from '../model/objects.ts';
import type { HostConfigManager, ServiceContent } from '../table/vim25.d.ts';

// biome-ignore format: a table reads in columns
export const ID = {
  serviceInstance:   'ServiceInstance',
  rootFolder:        'ha-folder-root',
  datacenter:        'ha-datacenter',
  vmFolder:          'ha-folder-vm',
  hostFolder:        'ha-folder-host',
  datastoreFolder:   'ha-folder-datastore',
  networkFolder:     'ha-folder-network',
  computeResource:   'ha-compute-res',
  rootPool:          'ha-root-pool',
  host:              'ha-host',
  sessionManager:    'ha-sessionmgr',
  propertyCollector: 'ha-property-collector',
  viewManager:       'ViewManager',
  taskManager:       'ha-taskmgr',
  searchIndex:       'ha-searchindex',
} as const;

/** A field of ServiceContent and the id of what stands there, once it is there. */
// biome-ignore format: a table reads in columns
const CONTENT: readonly (readonly [field: keyof ServiceContent, id: string])[] = [
  ['rootFolder',              ID.rootFolder],
  ['propertyCollector',       ID.propertyCollector],
  ['viewManager',             ID.viewManager],
  ['setting',                 'HostAgentSettings'],
  ['userDirectory',           'ha-user-directory'],
  ['sessionManager',          ID.sessionManager],
  ['authorizationManager',    'ha-authmgr'],
  ['serviceManager',          'ha-servicemanager'],
  ['perfManager',             'ha-perfmgr'],
  ['eventManager',            'ha-eventmgr'],
  ['taskManager',             ID.taskManager],
  ['accountManager',          'ha-localacctmgr'],
  ['diagnosticManager',       'ha-diagnosticmgr'],
  ['licenseManager',          'ha-license-manager'],
  ['searchIndex',             ID.searchIndex],
  ['fileManager',             'ha-nfc-file-manager'],
  ['datastoreNamespaceManager', 'ha-datastore-namespace-manager'],
  ['virtualDiskManager',      'ha-vdiskmanager'],
  ['ovfManager',              'ha-ovf-manager'],
  ['localizationManager',     'ha-l10n-manager'],
  ['guestOperationsManager',  'ha-guest-operations-manager'],
  ['overheadMemoryManager',   'ha-overhead-memory-manager'],
];

// biome-ignore format: a table reads in columns
const CONFIG: readonly (readonly [field: keyof HostConfigManager, id: string])[] = [
  ['cpuScheduler',          'cpuSchedulerSystem'],
  ['datastoreSystem',       'ha-datastoresystem'],
  ['memoryManager',         'memoryManagerSystem'],
  ['storageSystem',         'storageSystem'],
  ['networkSystem',         'networkSystem'],
  ['vmotionSystem',         'ha-vmotion-system'],
  ['virtualNicManager',     'ha-vnic-mgr'],
  ['serviceSystem',         'serviceSystem'],
  ['firewallSystem',        'firewallSystem'],
  ['advancedOption',        'ha-adv-options'],
  ['diagnosticSystem',      'diagnosticsystem'],
  ['autoStartManager',      'ha-autostart-mgr'],
  ['snmpSystem',            'ha-snmp-agent'],
  ['dateTimeSystem',        'dateTimeSystem'],
  ['patchManager',          'ha-host-patch-manager'],
  ['imageConfigManager',    'ha-image-config-manager'],
  ['firmwareSystem',        'ha-firmwareSystem'],
  ['healthStatusSystem',    'healthStatusSystem'],
  ['pciPassthruSystem',     'ha-pcipassthrusystem'],
  ['licenseManager',        'ha-license-manager'],
  ['kernelModuleSystem',    'kernelModuleSystem'],
  ['authenticationManager', 'ha-auth-manager'],
  ['powerSystem',           'ha-power-system'],
  ['iscsiManager',          'iscsiManager'],
  ['userDirectory',         'ha-user-directory'],
  ['accountManager',        'ha-localacctmgr'],
  ['hostAccessManager',     'ha-host-access-manager'],
  ['certificateManager',    'ha-certificate-manager'],
];

const present = (objects: Objects, rows: readonly (readonly [string, string])[]) =>
  Object.fromEntries(rows.flatMap(([field, id]) => objects.present(id).map((ref) => [field, ref])));

/** The managers that are there. */
export function contentRefs(objects: Objects): Omit<ServiceContent, 'about'> {
  return present(objects, CONTENT) as unknown as Omit<ServiceContent, 'about'>;
}

export function configManager(objects: Objects): HostConfigManager {
  return present(objects, CONFIG);
}

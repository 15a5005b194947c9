/** Every privilege of vSphere, by group. Source: the privilege ids of the vim25 API 8.0.3, as Debian's python3-pyvmomi (Apache-2.0) declares them. */

// biome-ignore format: a table reads in columns
const GROUPS: Readonly<Record<string, string>> = {
  Alarm:                            'Acknowledge Create Delete DisableActions Edit SetStatus ToggleEnableOnEntity',
  Authorization:                    'ModifyPermissions ModifyPrivileges ModifyRoles ModifyVTContainerMappings ModifyVTContainers ReassignRolePermissions',
  'AutoDeploy.Host':                'AssociateMachine',
  ContentLibrary:                   'ManageClusterRegistryResource',
  Cryptographer:                    'Access AddDisk Clone Decrypt Encrypt EncryptNew ManageEncryptionPolicy ManageKeyServers ManageKeys Migrate ReadKeyServersInfo Recrypt RegisterHost RegisterVM',
  DVSwitch:                         'HostOp ResourceManagement',
  Datacenter:                       'Create Delete IpPoolConfig IpPoolQueryAllocations IpPoolReleaseIp Move Reconfigure Rename UpdateCarbonInfo',
  Datastore:                        'AllocateSpace Browse Config ConfigIOManagement Delete DeleteFile FileManagement Move Rename UpdateVirtualMachineFiles UpdateVirtualMachineMetadata',
  'DrProxy.Host':                   'Configure ManageService View',
  Folder:                           'Create Delete ExternalFolderManagement Move Rename',
  Global:                           'CancelTask CapacityPlanning Diagnostics DisableMethods EnableMethods GlobalTag Health Licenses LogEvent ManageCustomFields Proxy ScriptAction ServiceManagers SetCustomField Settings SystemTag VCServer',
  'Host.Cim':                       'CimInteraction',
  'Host.Config':                    'AdvancedConfig AuthenticationStore AutoStart Connection DateTime Firmware GuestStore HyperThreading Image Maintenance Memory NetService Network Nvdimm Patch PciPassthru Power ProductLocker Quarantine Resources Settings Snmp Storage SystemFirewallRuleSet SystemManagement',
  'Host.Entropy':                   'Read Write',
  'Host.Hbr':                       'HbrDaemonManagement HbrManagement',
  'Host.Inventory':                 'AddHostToCluster AddStandaloneHost CreateCluster DeleteCluster EditCluster ManageClusterLifecyle MoveCluster MoveHost RemoveHostFromCluster RenameCluster',
  'Host.Local':                     'CreateVM DeleteVM InstallAgent ManageUserGroups ReconfigVM',
  'Host.Sgx':                       'Register',
  'Host.Stats':                     'Query',
  'Host.Tpm':                       'Read Unseal',
  Network:                          'Assign Config Delete Move',
  Performance:                      'ModifyIntervals',
  Resource:                         'ApplyRecommendation AssignVAppToPool AssignVMToPool ColdMigrate CreatePool DeletePool EditPool HotMigrate MovePool QueryVMotion RenamePool',
  ScheduledTask:                    'Create Delete Edit Run',
  Sessions:                         'CollectPrivilegeChecks GlobalMessage ImpersonateUser TerminateSession ValidateSession',
  System:                           'Anonymous Read View',
  Task:                             'Create Update',
  'Task.Update.Task':               'Update',
  TrustedAdmin:                     'ConfigureHostCertificates ConfigureHostMetadata ManageTrustedHosts ReadTrustedHosts RetrieveHostMetadata RetrieveTPMHostCertificates',
  VApp:                             'ApplicationConfig AssignResourcePool AssignVApp AssignVM Clone Create Delete Export ExtractOvfEnvironment Import InstanceConfig ManagedByConfig Move PowerOff PowerOn PullFromUrls Rename ResourceConfig Suspend Unregister',
  'VirtualMachine.Config':          'AddExistingDisk AddNewDisk AddRemoveDevice AdvancedConfig Annotation CPUCount ChangeTracking DiskExtend DiskLease EditDevice HostUSBDevice ManagedBy Memory MksControl QueryFTCompatibility QueryUnownedFiles RawDevice ReloadFromPath RemoveDisk Rename ResetGuestInfo Resource Settings SwapPlacement ToggleForkParent UpgradeVirtualHardware',
  'VirtualMachine.DataSets':        'DataSetCreate DataSetDelete DataSetEntryDelete DataSetEntryGet DataSetEntryList DataSetEntrySet DataSetGet DataSetList DataSetUpdate Export',
  'VirtualMachine.GuestOperations': 'Execute Modify ModifyAliases Query QueryAliases',
  'VirtualMachine.Hbr':             'ConfigureReplication MonitorReplication ReplicaManagement',
  'VirtualMachine.Interact':        'AnswerQuestion Backup ConsoleInteract CreateScreenshot CreateSecondary DefragmentAllDisks DeviceConnection DisableSecondary DnD EnableSecondary GuestControl MakePrimary Pause PowerOff PowerOn PutUsbScanCodes Record Replay Reset SESparseMaintenance SetCDMedia SetFloppyMedia Suspend SuspendToMemory TerminateFaultTolerantVM ToolsInstall TurnOffFaultTolerance',
  'VirtualMachine.Inventory':       'Create CreateFromExisting Delete Move Register Unregister',
  'VirtualMachine.Namespace':       'Event EventNotify Management ModifyContent Query ReadContent',
  'VirtualMachine.Provisioning':    'Clone CloneTemplate CreateTemplateFromVM Customize DeployTemplate DiskRandomAccess DiskRandomRead FileRandomAccess GetVmFiles MarkAsTemplate MarkAsVM ModifyCustSpecs PromoteDisks PutVmFiles ReadCustSpecs',
  'VirtualMachine.State':           'CreateSnapshot RemoveSnapshot RenameSnapshot RevertToSnapshot',
  VirtualMachineClasses:            'Manage',
  VmResourceProfiles:               'Manage',
};

/** One privilege: `Datastore.Browse` of the group `Datastore`. */
export interface Privilege {
  readonly id: string;
  readonly name: string;
  readonly group: string;
}

export const PRIVILEGES: readonly Privilege[] = Object.entries(GROUPS).flatMap(([group, names]) =>
  names.split(' ').map((name) => ({ id: `${group}.${name}`, name, group })),
);

const IDS: ReadonlySet<string> = new Set(PRIVILEGES.map(({ id }) => id));

export function isPrivilege(id: string): boolean {
  return IDS.has(id);
}

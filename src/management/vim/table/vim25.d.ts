/** The types of the VIM API for the compiler: printed by tools/vim-table.ts from the same facts as vim25.txt, whose notice holds here too. */
/** A reference to a managed object. */
export interface MoRef {
  readonly type: string;
  readonly value: string;
}

/** Data objects name their type where another one is declared. */
export interface DynamicData {
  readonly _type?: string | undefined;
}

export interface DynamicArray extends DynamicData {
  dynamicType?: string | undefined;
  val: readonly unknown[];
}

export interface DynamicProperty extends DynamicData {
  name: string;
  val: unknown;
}

export interface KeyAnyValue extends DynamicData {
  key: string;
  value: unknown;
}

export interface LocalizableMessage extends DynamicData {
  key: string;
  arg?: readonly KeyAnyValue[] | undefined;
  message?: string | undefined;
}

export interface HostCommunication extends RuntimeFault {
}

export interface HostNotConnected extends HostCommunication {
}

export interface HostNotReachable extends HostCommunication {
}

export interface InvalidArgument extends RuntimeFault {
  invalidProperty?: string | undefined;
}

export interface InvalidRequest extends RuntimeFault {
}

export interface InvalidType extends InvalidRequest {
  argument?: string | undefined;
}

export interface ManagedObjectNotFound extends RuntimeFault {
  obj: MoRef;
}

export interface MethodNotFound extends InvalidRequest {
  receiver: MoRef;
  method: string;
}

export interface NotEnoughLicenses extends RuntimeFault {
}

export interface NotImplemented extends RuntimeFault {
}

export interface NotSupported extends RuntimeFault {
}

export interface RequestCanceled extends RuntimeFault {
}

export interface SecurityError extends RuntimeFault {
}

export interface SystemError extends RuntimeFault {
  reason: string;
}

export interface UnexpectedFault extends RuntimeFault {
  faultName: string;
  fault?: LocalizedMethodFault | undefined;
}

export interface InvalidCollectorVersion extends MethodFault {
}

export interface InvalidProperty extends MethodFault {
  name: string;
}

export interface PropertyFilterSpec extends DynamicData {
  propSet: readonly PropertySpec[];
  objectSet: readonly ObjectSpec[];
  reportMissingObjectsInResults?: boolean | undefined;
}

export interface PropertySpec extends DynamicData {
  type: string;
  all?: boolean | undefined;
  pathSet?: readonly string[] | undefined;
}

export interface ObjectSpec extends DynamicData {
  obj: MoRef;
  skip?: boolean | undefined;
  selectSet?: readonly SelectionSpec[] | undefined;
}

export interface SelectionSpec extends DynamicData {
  name?: string | undefined;
}

export interface TraversalSpec extends SelectionSpec {
  type: string;
  path: string;
  skip?: boolean | undefined;
  selectSet?: readonly SelectionSpec[] | undefined;
}

export interface ObjectContent extends DynamicData {
  obj: MoRef;
  propSet?: readonly DynamicProperty[] | undefined;
  missingSet?: readonly MissingProperty[] | undefined;
}

export interface UpdateSet extends DynamicData {
  version: string;
  filterSet?: readonly PropertyFilterUpdate[] | undefined;
  truncated?: boolean | undefined;
}

export interface PropertyFilterUpdate extends DynamicData {
  filter: MoRef;
  objectSet?: readonly ObjectUpdate[] | undefined;
  missingSet?: readonly MissingObject[] | undefined;
}

export interface ObjectUpdate extends DynamicData {
  kind: Enum.ObjectUpdateKind;
  obj: MoRef;
  changeSet?: readonly PropertyChange[] | undefined;
  missingSet?: readonly MissingProperty[] | undefined;
}

export interface PropertyChange extends DynamicData {
  name: string;
  op: Enum.PropertyChangeOp;
  val?: unknown;
}

export interface MissingProperty extends DynamicData {
  path: string;
  fault: LocalizedMethodFault;
}

export interface MissingObject extends DynamicData {
  obj: MoRef;
  fault: LocalizedMethodFault;
}

export interface WaitOptions extends DynamicData {
  maxWaitSeconds?: number | undefined;
  maxObjectUpdates?: number | undefined;
}

export interface RetrieveOptions extends DynamicData {
  maxObjects?: number | undefined;
}

export interface RetrieveResult extends DynamicData {
  token?: string | undefined;
  objects: readonly ObjectContent[];
}

export interface AboutInfo extends DynamicData {
  name: string;
  fullName: string;
  vendor: string;
  version: string;
  patchLevel?: string | undefined;
  build: string;
  localeVersion?: string | undefined;
  localeBuild?: string | undefined;
  osType: string;
  productLineId: string;
  apiType: string;
  apiVersion: string;
  instanceUuid?: string | undefined;
  licenseProductName?: string | undefined;
  licenseProductVersion?: string | undefined;
}

export interface AuthorizationDescription extends DynamicData {
  privilege: readonly ElementDescription[];
  privilegeGroup: readonly ElementDescription[];
}

export interface BatchResult extends DynamicData {
  result: string;
  hostKey: string;
  ds?: MoRef | undefined;
  fault?: LocalizedMethodFault | undefined;
}

export interface Capability extends DynamicData {
  provisioningSupported: boolean;
  multiHostSupported: boolean;
  userShellAccessSupported: boolean;
  supportedEVCMode?: readonly EVCMode[] | undefined;
  supportedEVCGraphicsMode?: readonly FeatureEVCMode[] | undefined;
  networkBackupAndRestoreSupported?: boolean | undefined;
  ftDrsWithoutEvcSupported?: boolean | undefined;
  hciWorkflowSupported?: boolean | undefined;
  computePolicyVersion?: number | undefined;
  clusterPlacementSupported?: boolean | undefined;
  lifecycleManagementSupported?: boolean | undefined;
  hostSeedingSupported?: boolean | undefined;
  scalableSharesSupported?: boolean | undefined;
  hadcsSupported?: boolean | undefined;
  configMgmtSupported?: boolean | undefined;
}

export interface CustomFieldDef extends DynamicData {
  key: number;
  name: string;
  type: string;
  managedObjectType?: string | undefined;
  fieldDefPrivileges?: PrivilegePolicyDef | undefined;
  fieldInstancePrivileges?: PrivilegePolicyDef | undefined;
}

export interface CustomFieldValue extends DynamicData {
  key: number;
}

export interface CustomFieldStringValue extends CustomFieldValue {
  value: string;
}

export interface CustomizationSpecInfo extends DynamicData {
  name: string;
  description: string;
  type: string;
  changeVersion?: string | undefined;
  lastUpdateTime?: Date | undefined;
}

export interface CustomizationSpecItem extends DynamicData {
  info: CustomizationSpecInfo;
  spec: CustomizationSpec;
}

export interface DatastoreNamespaceManagerDirectoryInfo extends DynamicData {
  capacity: number | bigint;
  used: number | bigint;
}

export interface Description extends DynamicData {
  label: string;
  summary: string;
}

export interface DesiredSoftwareSpec extends DynamicData {
  baseImageSpec: DesiredSoftwareSpecBaseImageSpec;
  vendorAddOnSpec?: DesiredSoftwareSpecVendorAddOnSpec | undefined;
  components?: readonly DesiredSoftwareSpecComponentSpec[] | undefined;
  removedComponents?: readonly string[] | undefined;
}

export interface DesiredSoftwareSpecBaseImageSpec extends DynamicData {
  version: string;
}

export interface DesiredSoftwareSpecVendorAddOnSpec extends DynamicData {
  name: string;
  version: string;
}

export interface DesiredSoftwareSpecComponentSpec extends DynamicData {
  name: string;
  version?: string | undefined;
}

export interface DiagnosticManagerLogDescriptor extends DynamicData {
  key: string;
  fileName: string;
  creator: string;
  format: string;
  mimeType: string;
  info: Description;
}

export interface DiagnosticManagerLogHeader extends DynamicData {
  lineStart: number;
  lineEnd: number;
  lineText?: readonly string[] | undefined;
}

export interface DiagnosticManagerBundleInfo extends DynamicData {
  system?: MoRef | undefined;
  url: string;
}

export interface DiagnosticManagerAuditRecordResult extends DynamicData {
  records?: readonly string[] | undefined;
  nextToken: string;
}

export interface ElementDescription extends Description {
  key: string;
}

export interface EnumDescription extends DynamicData {
  key: string;
  tags: readonly ElementDescription[];
}

export interface EnvironmentBrowserConfigOptionQuerySpec extends DynamicData {
  key?: string | undefined;
  host?: MoRef | undefined;
  guestId?: readonly string[] | undefined;
}

export interface ExtendedDescription extends Description {
  messageCatalogKeyPrefix: string;
  messageArg?: readonly KeyAnyValue[] | undefined;
}

export interface ExtendedElementDescription extends ElementDescription {
  messageCatalogKeyPrefix: string;
  messageArg?: readonly KeyAnyValue[] | undefined;
}

export interface Extension extends DynamicData {
  description: Description;
  key: string;
  company?: string | undefined;
  type?: string | undefined;
  version: string;
  subjectName?: string | undefined;
  server?: readonly ExtensionServerInfo[] | undefined;
  client?: readonly ExtensionClientInfo[] | undefined;
  taskList?: readonly ExtensionTaskTypeInfo[] | undefined;
  eventList?: readonly ExtensionEventTypeInfo[] | undefined;
  faultList?: readonly ExtensionFaultTypeInfo[] | undefined;
  privilegeList?: readonly ExtensionPrivilegeInfo[] | undefined;
  resourceList?: readonly ExtensionResourceInfo[] | undefined;
  lastHeartbeatTime: Date;
  healthInfo?: ExtensionHealthInfo | undefined;
  ovfConsumerInfo?: ExtensionOvfConsumerInfo | undefined;
  extendedProductInfo?: ExtExtendedProductInfo | undefined;
  managedEntityInfo?: readonly ExtManagedEntityInfo[] | undefined;
  shownInSolutionManager?: boolean | undefined;
  solutionManagerInfo?: ExtSolutionManagerInfo | undefined;
}

export interface ExtensionServerInfo extends DynamicData {
  url: string;
  description: Description;
  company: string;
  type: string;
  adminEmail: readonly string[];
  serverThumbprint?: string | undefined;
  serverCertificate?: string | undefined;
}

export interface ExtensionClientInfo extends DynamicData {
  version: string;
  description: Description;
  company: string;
  type: string;
  url: string;
}

export interface ExtensionTaskTypeInfo extends DynamicData {
  taskID: string;
}

export interface ExtensionEventTypeInfo extends DynamicData {
  eventID: string;
  eventTypeSchema?: string | undefined;
}

export interface ExtensionFaultTypeInfo extends DynamicData {
  faultID: string;
}

export interface ExtensionPrivilegeInfo extends DynamicData {
  privID: string;
  privGroupName: string;
}

export interface ExtensionResourceInfo extends DynamicData {
  locale: string;
  module: string;
  data: readonly KeyValue[];
}

export interface ExtensionHealthInfo extends DynamicData {
  url: string;
}

export interface ExtensionOvfConsumerInfo extends DynamicData {
  callbackUrl: string;
  sectionType: readonly string[];
}

export interface ExtensionManagerIpAllocationUsage extends DynamicData {
  extensionKey: string;
  numAddresses: number;
}

export interface FaultsByHost extends DynamicData {
  host: MoRef;
  faults?: readonly LocalizedMethodFault[] | undefined;
}

export interface FaultsByVM extends DynamicData {
  vm: MoRef;
  faults?: readonly LocalizedMethodFault[] | undefined;
}

export interface FeatureEVCMode extends ElementDescription {
  mask?: readonly HostFeatureMask[] | undefined;
  capability?: readonly HostFeatureCapability[] | undefined;
  requirement?: readonly VirtualMachineFeatureRequirement[] | undefined;
}

export interface FileLockInfo extends DynamicData {
  filePath: string;
  host: string;
  mac: string;
  id: string;
  worldName: string;
  ownerId?: string | undefined;
  lockMode: string;
  acquired?: Date | undefined;
  heartbeat?: Date | undefined;
  refCount?: number | undefined;
}

export interface FileLockInfoResult extends DynamicData {
  lockInfo?: readonly FileLockInfo[] | undefined;
  fault?: LocalizedMethodFault | undefined;
}

export interface HbrManagerReplicationVmInfo extends DynamicData {
  state: string;
  progressInfo?: ReplicationVmProgressInfo | undefined;
  imageId?: string | undefined;
  lastError?: LocalizedMethodFault | undefined;
}

export interface ReplicationVmProgressInfo extends DynamicData {
  progress: number;
  bytesTransferred: number | bigint;
  bytesToTransfer: number | bigint;
  checksumTotalBytes?: number | bigint | undefined;
  checksumComparedBytes?: number | bigint | undefined;
}

export interface HbrManagerVmReplicationCapability extends DynamicData {
  vm: MoRef;
  supportedQuiesceMode: string;
  compressionSupported: boolean;
  maxSupportedSourceDiskCapacity: number | bigint;
  minRpo?: number | bigint | undefined;
  fault?: LocalizedMethodFault | undefined;
}

export interface HealthUpdateInfo extends DynamicData {
  id: string;
  componentType: string;
  description: string;
}

export interface PerfInterval extends DynamicData {
  key: number;
  samplingPeriod: number;
  name: string;
  length: number;
  level?: number | undefined;
  enabled: boolean;
}

export interface HostServiceTicket extends DynamicData {
  host?: string | undefined;
  port?: number | undefined;
  sslThumbprint?: string | undefined;
  service: string;
  serviceVersion: string;
  sessionId: string;
}

export interface HttpNfcLeaseDatastoreLeaseInfo extends DynamicData {
  datastoreKey: string;
  hosts: readonly HttpNfcLeaseHostInfo[];
}

export interface HttpNfcLeaseHostInfo extends DynamicData {
  url: string;
  sslThumbprint: string;
}

export interface HttpNfcLeaseInfo extends DynamicData {
  lease: MoRef;
  entity: MoRef;
  deviceUrl?: readonly HttpNfcLeaseDeviceUrl[] | undefined;
  totalDiskCapacityInKB: number | bigint;
  leaseTimeout: number;
  hostMap?: readonly HttpNfcLeaseDatastoreLeaseInfo[] | undefined;
}

export interface HttpNfcLeaseDeviceUrl extends DynamicData {
  key: string;
  importKey: string;
  url: string;
  sslThumbprint: string;
  disk?: boolean | undefined;
  targetId?: string | undefined;
  datastoreKey?: string | undefined;
  fileSize?: number | bigint | undefined;
}

export interface HttpNfcLeaseManifestEntry extends DynamicData {
  key: string;
  sha1: string;
  checksum?: string | undefined;
  checksumType?: string | undefined;
  size: number | bigint;
  disk: boolean;
  capacity?: number | bigint | undefined;
  populatedSize?: number | bigint | undefined;
}

export interface HttpNfcLeaseSourceFile extends DynamicData {
  targetDeviceId: string;
  url: string;
  memberName?: string | undefined;
  create: boolean;
  sslThumbprint?: string | undefined;
  httpHeaders?: readonly KeyValue[] | undefined;
  size?: number | bigint | undefined;
}

export interface HttpNfcLeaseCapabilities extends DynamicData {
  pullModeSupported: boolean;
  corsSupported: boolean;
}

export interface HttpNfcLeaseProbeResult extends DynamicData {
  serverAccessible: boolean;
}

export interface InheritablePolicy extends DynamicData {
  inherited: boolean;
}

export interface IntPolicy extends InheritablePolicy {
  value?: number | undefined;
}

export interface IoFilterInfo extends DynamicData {
  id: string;
  name: string;
  vendor: string;
  version: string;
  type?: string | undefined;
  summary?: string | undefined;
  releaseDate?: string | undefined;
}

export interface HostIoFilterInfo extends IoFilterInfo {
  available: boolean;
}

export interface ClusterIoFilterInfo extends IoFilterInfo {
  opType: string;
  vibUrl?: string | undefined;
}

export interface IoFilterManagerSslTrust extends DynamicData {
}

export interface PinnedCertificate extends IoFilterManagerSslTrust {
  sslCertificate: string;
}

export interface UntrustedCertificate extends IoFilterManagerSslTrust {
}

export interface IoFilterQueryIssueResult extends DynamicData {
  opType: string;
  hostIssue?: readonly IoFilterHostIssue[] | undefined;
}

export interface IoFilterHostIssue extends DynamicData {
  host: MoRef;
  issue: readonly LocalizedMethodFault[];
}

export interface IpPoolManagerIpAllocation extends DynamicData {
  ipAddress: string;
  allocationId: string;
}

export interface KeyValue extends DynamicData {
  key: string;
  value: string;
}

export interface LatencySensitivity extends DynamicData {
  level: Enum.LatencySensitivitySensitivityLevel;
  sensitivity?: number | undefined;
}

export interface LicenseSource extends DynamicData {
}

export interface LicenseServerSource extends LicenseSource {
  licenseServer: string;
}

export interface LocalLicenseSource extends LicenseSource {
  licenseKeys: string;
}

export interface EvaluationLicenseSource extends LicenseSource {
  remainingHours?: number | bigint | undefined;
}

export interface LicenseFeatureInfo extends DynamicData {
  key: string;
  featureName: string;
  featureDescription?: string | undefined;
  state?: Enum.LicenseFeatureInfoState | undefined;
  costUnit: string;
  sourceRestriction?: string | undefined;
  dependentKey?: readonly string[] | undefined;
  edition?: boolean | undefined;
  expiresOn?: Date | undefined;
}

export interface LicenseReservationInfo extends DynamicData {
  key: string;
  state: Enum.LicenseReservationInfoState;
  required: number;
}

export interface LicenseAvailabilityInfo extends DynamicData {
  feature: LicenseFeatureInfo;
  total: number;
  available: number;
}

export interface LicenseDiagnostics extends DynamicData {
  sourceLastChanged: Date;
  sourceLost: string;
  sourceLatency: number;
  licenseRequests: string;
  licenseRequestFailures: string;
  licenseFeatureUnknowns: string;
  opState: Enum.LicenseManagerState;
  lastStatusUpdate: Date;
  opFailureMessage: string;
}

export interface LicenseUsageInfo extends DynamicData {
  source: LicenseSource;
  sourceAvailable: boolean;
  reservationInfo?: readonly LicenseReservationInfo[] | undefined;
  featureInfo?: readonly LicenseFeatureInfo[] | undefined;
}

export interface LicenseManagerEvaluationInfo extends DynamicData {
  properties: readonly KeyAnyValue[];
}

export interface HostLicensableResourceInfo extends DynamicData {
  resource: readonly KeyAnyValue[];
}

export interface LicenseManagerLicenseInfo extends DynamicData {
  licenseKey: string;
  editionKey: string;
  name: string;
  total: number;
  used?: number | undefined;
  costUnit: string;
  properties?: readonly KeyAnyValue[] | undefined;
  labels?: readonly KeyValue[] | undefined;
}

export interface LocalizationManagerMessageCatalog extends DynamicData {
  moduleName: string;
  catalogName: string;
  locale: string;
  catalogUri: string;
  lastModified?: Date | undefined;
  md5sum?: string | undefined;
  version?: string | undefined;
}

export interface LongPolicy extends InheritablePolicy {
  value?: number | bigint | undefined;
}

export interface MethodDescription extends Description {
  key: string;
}

export interface NegatableExpression extends DynamicData {
  negate?: boolean | undefined;
}

export interface NumericRange extends DynamicData {
  start: number;
  end: number;
}

export interface OvfConsumerOvfSection extends DynamicData {
  lineNumber: number;
  xml: string;
}

export interface OvfConsumerOstNode extends DynamicData {
  id: string;
  type: string;
  section?: readonly OvfConsumerOvfSection[] | undefined;
  child?: readonly OvfConsumerOstNode[] | undefined;
  entity?: MoRef | undefined;
}

export interface OvfOptionInfo extends DynamicData {
  option: string;
  description: LocalizableMessage;
}

export interface OvfDeploymentOption extends DynamicData {
  key: string;
  label: string;
  description: string;
}

export interface OvfManagerCommonParams extends DynamicData {
  locale: string;
  deploymentOption: string;
  msgBundle?: readonly KeyValue[] | undefined;
  importOption?: readonly string[] | undefined;
}

export interface OvfValidateHostParams extends OvfManagerCommonParams {
}

export interface OvfValidateHostResult extends DynamicData {
  downloadSize?: number | bigint | undefined;
  flatDeploymentSize?: number | bigint | undefined;
  sparseDeploymentSize?: number | bigint | undefined;
  error?: readonly LocalizedMethodFault[] | undefined;
  warning?: readonly LocalizedMethodFault[] | undefined;
  supportedDiskProvisioning?: readonly string[] | undefined;
}

export interface OvfParseDescriptorParams extends OvfManagerCommonParams {
}

export interface OvfParseDescriptorResult extends DynamicData {
  eula?: readonly string[] | undefined;
  network?: readonly OvfNetworkInfo[] | undefined;
  ipAllocationScheme?: readonly string[] | undefined;
  ipProtocols?: readonly string[] | undefined;
  property?: readonly VAppPropertyInfo[] | undefined;
  productInfo?: VAppProductInfo | undefined;
  annotation: string;
  approximateDownloadSize?: number | bigint | undefined;
  approximateFlatDeploymentSize?: number | bigint | undefined;
  approximateSparseDeploymentSize?: number | bigint | undefined;
  defaultEntityName: string;
  virtualApp: boolean;
  deploymentOption?: readonly OvfDeploymentOption[] | undefined;
  defaultDeploymentOption: string;
  entityName?: readonly KeyValue[] | undefined;
  annotatedOst?: OvfConsumerOstNode | undefined;
  error?: readonly LocalizedMethodFault[] | undefined;
  warning?: readonly LocalizedMethodFault[] | undefined;
}

export interface OvfNetworkInfo extends DynamicData {
  name: string;
  description: string;
}

export interface OvfCreateImportSpecParams extends OvfManagerCommonParams {
  entityName: string;
  hostSystem?: MoRef | undefined;
  networkMapping?: readonly OvfNetworkMapping[] | undefined;
  ipAllocationPolicy?: string | undefined;
  ipProtocol?: string | undefined;
  propertyMapping?: readonly KeyValue[] | undefined;
  resourceMapping?: readonly OvfResourceMap[] | undefined;
  diskProvisioning?: string | undefined;
  instantiationOst?: OvfConsumerOstNode | undefined;
}

export interface OvfResourceMap extends DynamicData {
  source: string;
  parent?: MoRef | undefined;
  resourceSpec?: ResourceConfigSpec | undefined;
  datastore?: MoRef | undefined;
}

export interface OvfNetworkMapping extends DynamicData {
  name: string;
  network: MoRef;
}

export interface OvfCreateImportSpecResult extends DynamicData {
  importSpec?: ImportSpec | undefined;
  fileItem?: readonly OvfFileItem[] | undefined;
  warning?: readonly LocalizedMethodFault[] | undefined;
  error?: readonly LocalizedMethodFault[] | undefined;
}

export interface OvfFileItem extends DynamicData {
  deviceId: string;
  path: string;
  compressionMethod?: string | undefined;
  chunkSize?: number | bigint | undefined;
  size?: number | bigint | undefined;
  cimType: number;
  create: boolean;
}

export interface OvfCreateDescriptorParams extends DynamicData {
  ovfFiles?: readonly OvfFile[] | undefined;
  name?: string | undefined;
  description?: string | undefined;
  includeImageFiles?: boolean | undefined;
  exportOption?: readonly string[] | undefined;
  snapshot?: MoRef | undefined;
}

export interface OvfCreateDescriptorResult extends DynamicData {
  ovfDescriptor: string;
  error?: readonly LocalizedMethodFault[] | undefined;
  warning?: readonly LocalizedMethodFault[] | undefined;
  includeImageFiles?: boolean | undefined;
}

export interface OvfFile extends DynamicData {
  deviceId: string;
  path: string;
  compressionMethod?: string | undefined;
  chunkSize?: number | bigint | undefined;
  size: number | bigint;
  capacity?: number | bigint | undefined;
  populatedSize?: number | bigint | undefined;
}

export interface PasswordField extends DynamicData {
  value: string;
}

export interface PerformanceDescription extends DynamicData {
  counterType: readonly ElementDescription[];
  statsType: readonly ElementDescription[];
}

export interface PerfProviderSummary extends DynamicData {
  entity: MoRef;
  currentSupported: boolean;
  summarySupported: boolean;
  refreshRate?: number | undefined;
}

export interface PerfCounterInfo extends DynamicData {
  key: number;
  nameInfo: ElementDescription;
  groupInfo: ElementDescription;
  unitInfo: ElementDescription;
  rollupType: Enum.PerfSummaryType;
  statsType: Enum.PerfStatsType;
  level?: number | undefined;
  perDeviceLevel?: number | undefined;
  associatedCounterId?: readonly number[] | undefined;
}

export interface PerfMetricId extends DynamicData {
  counterId: number;
  instance: string;
}

export interface PerfQuerySpec extends DynamicData {
  entity: MoRef;
  startTime?: Date | undefined;
  endTime?: Date | undefined;
  maxSample?: number | undefined;
  metricId?: readonly PerfMetricId[] | undefined;
  intervalId?: number | undefined;
  format?: string | undefined;
}

export interface PerfSampleInfo extends DynamicData {
  timestamp: Date;
  interval: number;
}

export interface PerfMetricSeries extends DynamicData {
  id: PerfMetricId;
}

export interface PerfMetricIntSeries extends PerfMetricSeries {
  value?: readonly (number | bigint)[] | undefined;
}

export interface PerfMetricSeriesCSV extends PerfMetricSeries {
  value?: string | undefined;
}

export interface PerfEntityMetricBase extends DynamicData {
  entity: MoRef;
}

export interface PerfEntityMetric extends PerfEntityMetricBase {
  sampleInfo?: readonly PerfSampleInfo[] | undefined;
  value?: readonly PerfMetricSeries[] | undefined;
}

export interface PerfEntityMetricCSV extends PerfEntityMetricBase {
  sampleInfoCSV: string;
  value?: readonly PerfMetricSeriesCSV[] | undefined;
}

export interface PerfCompositeMetric extends DynamicData {
  entity?: PerfEntityMetricBase | undefined;
  childEntity?: readonly PerfEntityMetricBase[] | undefined;
}

export interface PerformanceManagerCounterLevelMapping extends DynamicData {
  counterId: number;
  aggregateLevel?: number | undefined;
  perDeviceLevel?: number | undefined;
}

export interface PrivilegePolicyDef extends DynamicData {
  createPrivilege: string;
  readPrivilege: string;
  updatePrivilege: string;
  deletePrivilege: string;
}

export interface ResourceAllocationInfo extends DynamicData {
  reservation?: number | bigint | undefined;
  expandableReservation?: boolean | undefined;
  limit?: number | bigint | undefined;
  shares?: SharesInfo | undefined;
  overheadLimit?: number | bigint | undefined;
}

export interface ResourceAllocationOption extends DynamicData {
  sharesOption: SharesOption;
}

export interface ResourceConfigOption extends DynamicData {
  cpuAllocationOption: ResourceAllocationOption;
  memoryAllocationOption: ResourceAllocationOption;
}

export interface ResourceConfigSpec extends DynamicData {
  entity?: MoRef | undefined;
  changeVersion?: string | undefined;
  lastModified?: Date | undefined;
  cpuAllocation: ResourceAllocationInfo;
  memoryAllocation: ResourceAllocationInfo;
  scaleDescendantsShares?: string | undefined;
}

export interface DatabaseSizeParam extends DynamicData {
  inventoryDesc: InventoryDescription;
  perfStatsDesc?: PerformanceStatisticsDescription | undefined;
}

export interface InventoryDescription extends DynamicData {
  numHosts: number;
  numVirtualMachines: number;
  numResourcePools?: number | undefined;
  numClusters?: number | undefined;
  numCpuDev?: number | undefined;
  numNetDev?: number | undefined;
  numDiskDev?: number | undefined;
  numvCpuDev?: number | undefined;
  numvNetDev?: number | undefined;
  numvDiskDev?: number | undefined;
}

export interface PerformanceStatisticsDescription extends DynamicData {
  intervals?: readonly PerfInterval[] | undefined;
}

export interface DatabaseSizeEstimate extends DynamicData {
  size: number | bigint;
}

export interface SDDCBase extends DynamicData {
}

export interface SelectionSet extends DynamicData {
}

export interface ServiceContent extends DynamicData {
  rootFolder: MoRef;
  propertyCollector: MoRef;
  viewManager?: MoRef | undefined;
  about: AboutInfo;
  setting?: MoRef | undefined;
  userDirectory?: MoRef | undefined;
  sessionManager?: MoRef | undefined;
  authorizationManager?: MoRef | undefined;
  serviceManager?: MoRef | undefined;
  perfManager?: MoRef | undefined;
  scheduledTaskManager?: MoRef | undefined;
  alarmManager?: MoRef | undefined;
  eventManager?: MoRef | undefined;
  taskManager?: MoRef | undefined;
  extensionManager?: MoRef | undefined;
  customizationSpecManager?: MoRef | undefined;
  guestCustomizationManager?: MoRef | undefined;
  customFieldsManager?: MoRef | undefined;
  accountManager?: MoRef | undefined;
  diagnosticManager?: MoRef | undefined;
  licenseManager?: MoRef | undefined;
  searchIndex?: MoRef | undefined;
  fileManager?: MoRef | undefined;
  datastoreNamespaceManager?: MoRef | undefined;
  virtualDiskManager?: MoRef | undefined;
  virtualizationManager?: MoRef | undefined;
  snmpSystem?: MoRef | undefined;
  vmProvisioningChecker?: MoRef | undefined;
  vmCompatibilityChecker?: MoRef | undefined;
  ovfManager?: MoRef | undefined;
  ipPoolManager?: MoRef | undefined;
  dvSwitchManager?: MoRef | undefined;
  hostProfileManager?: MoRef | undefined;
  clusterProfileManager?: MoRef | undefined;
  complianceManager?: MoRef | undefined;
  localizationManager?: MoRef | undefined;
  storageResourceManager?: MoRef | undefined;
  guestOperationsManager?: MoRef | undefined;
  overheadMemoryManager?: MoRef | undefined;
  certificateManager?: MoRef | undefined;
  ioFilterManager?: MoRef | undefined;
  vStorageObjectManager?: MoRef | undefined;
  hostSpecManager?: MoRef | undefined;
  cryptoManager?: MoRef | undefined;
  healthUpdateManager?: MoRef | undefined;
  failoverClusterConfigurator?: MoRef | undefined;
  failoverClusterManager?: MoRef | undefined;
  tenantManager?: MoRef | undefined;
  siteInfoManager?: MoRef | undefined;
  storageQueryManager?: MoRef | undefined;
}

export interface ServiceLocator extends DynamicData {
  instanceUuid: string;
  url: string;
  credential: ServiceLocatorCredential;
  sslThumbprint?: string | undefined;
}

export interface ServiceLocatorCredential extends DynamicData {
}

export interface ServiceLocatorNamePassword extends ServiceLocatorCredential {
  username: string;
  password: string;
}

export interface ServiceLocatorSAMLCredential extends ServiceLocatorCredential {
  token?: string | undefined;
}

export interface ServiceManagerServiceInfo extends DynamicData {
  serviceName: string;
  location?: readonly string[] | undefined;
  service: MoRef;
  description: string;
}

export interface SessionManagerLocalTicket extends DynamicData {
  userName: string;
  passwordFilePath: string;
}

export interface SessionManagerGenericServiceTicket extends DynamicData {
  id: string;
  hostName?: string | undefined;
  sslThumbprint?: string | undefined;
  certThumbprintList?: readonly VirtualMachineCertThumbprint[] | undefined;
  ticketType?: string | undefined;
}

export interface SessionManagerServiceRequestSpec extends DynamicData {
}

export interface SessionManagerVmomiServiceRequestSpec extends SessionManagerServiceRequestSpec {
  method: string;
}

export interface SessionManagerHttpServiceRequestSpec extends SessionManagerServiceRequestSpec {
  method?: string | undefined;
  url: string;
}

export interface SharesInfo extends DynamicData {
  shares: number;
  level: Enum.SharesLevel;
}

export interface SharesOption extends DynamicData {
  sharesOption: IntOption;
  defaultLevel: Enum.SharesLevel;
}

export interface SiteInfo extends DynamicData {
}

export interface StorageIOAllocationInfo extends DynamicData {
  limit?: number | bigint | undefined;
  shares?: SharesInfo | undefined;
  reservation?: number | undefined;
}

export interface StorageIOAllocationOption extends DynamicData {
  limitOption: LongOption;
  sharesOption: SharesOption;
}

export interface StorageIORMInfo extends DynamicData {
  enabled: boolean;
  congestionThresholdMode: string;
  congestionThreshold: number;
  percentOfPeakThroughput?: number | undefined;
  statsCollectionEnabled: boolean;
  reservationEnabled: boolean;
  statsAggregationDisabled?: boolean | undefined;
  reservableIopsThreshold?: number | undefined;
}

export interface StorageIORMConfigSpec extends DynamicData {
  enabled?: boolean | undefined;
  congestionThresholdMode?: string | undefined;
  congestionThreshold?: number | undefined;
  percentOfPeakThroughput?: number | undefined;
  statsCollectionEnabled?: boolean | undefined;
  reservationEnabled?: boolean | undefined;
  statsAggregationDisabled?: boolean | undefined;
  reservableIopsThreshold?: number | undefined;
}

export interface StorageIORMConfigOption extends DynamicData {
  enabledOption: BoolOption;
  congestionThresholdOption: IntOption;
  statsCollectionEnabledOption: BoolOption;
  reservationEnabledOption: BoolOption;
}

export interface StoragePerformanceSummary extends DynamicData {
  interval: number;
  percentile: readonly number[];
  datastoreReadLatency: readonly number[];
  datastoreWriteLatency: readonly number[];
  datastoreVmLatency: readonly number[];
  datastoreReadIops: readonly number[];
  datastoreWriteIops: readonly number[];
  siocActivityDuration: number;
}

export interface PodStorageDrsEntry extends DynamicData {
  storageDrsConfig: DynamicData;
  recommendation?: readonly DynamicData[] | undefined;
  drsFault?: readonly DynamicData[] | undefined;
  actionHistory?: readonly DynamicData[] | undefined;
}

export interface StorageResourceManagerStorageProfileStatistics extends DynamicData {
  profileId: string;
  totalSpaceMB: number | bigint;
  usedSpaceMB: number | bigint;
}

export interface StringExpression extends NegatableExpression {
  value?: string | undefined;
}

export interface StringPolicy extends InheritablePolicy {
  value?: string | undefined;
}

export interface Tag extends DynamicData {
  key: string;
}

export interface TaskDescription extends DynamicData {
  methodInfo: readonly ElementDescription[];
  state: readonly ElementDescription[];
  reason: readonly TypeDescription[];
}

export interface TaskInfo extends DynamicData {
  key: string;
  task: MoRef;
  description?: LocalizableMessage | undefined;
  name?: string | undefined;
  descriptionId: string;
  entity?: MoRef | undefined;
  entityName?: string | undefined;
  locked?: readonly MoRef[] | undefined;
  state: Enum.TaskInfoState;
  cancelled: boolean;
  cancelable: boolean;
  error?: LocalizedMethodFault | undefined;
  result?: unknown;
  progress?: number | undefined;
  progressDetails?: readonly KeyAnyValue[] | undefined;
  reason: TaskReason;
  queueTime: Date;
  startTime?: Date | undefined;
  completeTime?: Date | undefined;
  eventChainId: number;
  changeTag?: string | undefined;
  parentTaskKey?: string | undefined;
  rootTaskKey?: string | undefined;
  activationId?: string | undefined;
}

export interface TaskInfoFilterSpec extends DynamicData {
  filterTaskResults?: TaskInfoFilterSpecFilterTaskResults | undefined;
}

export interface TaskInfoFilterSpecFilterTaskResults extends DynamicData {
  removeAll?: boolean | undefined;
  descriptionIds?: readonly string[] | undefined;
  filterIn?: boolean | undefined;
}

export interface TaskReason extends DynamicData {
}

export interface TaskReasonAlarm extends TaskReason {
  alarmName: string;
  alarm: MoRef;
  entityName: string;
  entity: MoRef;
}

export interface TaskReasonSchedule extends TaskReason {
  name: string;
  scheduledTask: MoRef;
}

export interface TaskReasonSystem extends TaskReason {
}

export interface TaskReasonUser extends TaskReason {
  userName: string;
}

export interface TypeDescription extends Description {
  key: string;
}

export interface UpdateVirtualMachineFilesResult extends DynamicData {
  failedVmFile?: readonly UpdateVirtualMachineFilesResultFailedVmFileInfo[] | undefined;
}

export interface UpdateVirtualMachineFilesResultFailedVmFileInfo extends DynamicData {
  vmFile: string;
  fault: LocalizedMethodFault;
}

export interface UserSearchResult extends DynamicData {
  principal: string;
  fullName?: string | undefined;
  group: boolean;
}

export interface UserSession extends DynamicData {
  key: string;
  userName: string;
  fullName: string;
  loginTime: Date;
  lastActiveTime: Date;
  locale: string;
  messageLocale: string;
  extensionSession: boolean;
  ipAddress: string;
  userAgent: string;
  callCount: number | bigint;
}

export interface VVolVmConfigFileUpdateResult extends DynamicData {
  succeededVmConfigFile?: readonly KeyValue[] | undefined;
  failedVmConfigFile?: readonly VVolVmConfigFileUpdateResultFailedVmConfigFileInfo[] | undefined;
}

export interface VVolVmConfigFileUpdateResultFailedVmConfigFileInfo extends DynamicData {
  targetConfigVVolId: string;
  dsPath?: string | undefined;
  fault: LocalizedMethodFault;
}

export interface VASAStorageArray extends DynamicData {
  name: string;
  uuid: string;
  vendorId: string;
  modelId: string;
  discoverySvcInfo?: readonly VASAStorageArrayDiscoverySvcInfo[] | undefined;
}

export interface VASAStorageArrayDiscoverySvcInfo extends DynamicData {
  portType: string;
  svcNqn: string;
  ipInfo?: VASAStorageArrayDiscoveryIpTransport | undefined;
  fcInfo?: VASAStorageArrayDiscoveryFcTransport | undefined;
}

export interface VASAStorageArrayDiscoveryFcTransport extends DynamicData {
  nodeWwn: string;
  portWwn: string;
}

export interface VASAStorageArrayDiscoveryIpTransport extends DynamicData {
  ipAddress: string;
  portNumber?: string | undefined;
}

export interface VimVasaProvider extends DynamicData {
  uid?: string | undefined;
  url: string;
  name?: string | undefined;
  selfSignedCertificate?: string | undefined;
  vhostConfig?: VimVasaProviderVirtualHostConfig | undefined;
  versionId?: number | undefined;
}

export interface VimVasaProviderStatePerArray extends DynamicData {
  priority: number;
  arrayId: string;
  active: boolean;
}

export interface VimVasaProviderVirtualHostConfig extends DynamicData {
  vhostName?: string | undefined;
  serviceHost: string;
  servicePort?: number | undefined;
}

export interface VimVasaProviderInfo extends DynamicData {
  provider: VimVasaProvider;
  arrayState?: readonly VimVasaProviderStatePerArray[] | undefined;
}

export interface ChangesInfoEventArgument extends DynamicData {
  modified?: string | undefined;
  added?: string | undefined;
  deleted?: string | undefined;
}

export interface DvsOutOfSyncHostArgument extends DynamicData {
  outOfSyncHost: HostEventArgument;
  configParamters: readonly string[];
}

export interface Event extends DynamicData {
  key: number;
  chainId: number;
  createdTime: Date;
  userName: string;
  datacenter?: DatacenterEventArgument | undefined;
  computeResource?: ComputeResourceEventArgument | undefined;
  host?: HostEventArgument | undefined;
  vm?: VmEventArgument | undefined;
  ds?: DatastoreEventArgument | undefined;
  net?: NetworkEventArgument | undefined;
  dvs?: DvsEventArgument | undefined;
  fullFormattedMessage?: string | undefined;
  changeTag?: string | undefined;
}

export interface EventArgument extends DynamicData {
}

export interface EventDescription extends DynamicData {
  category: readonly ElementDescription[];
  eventInfo: readonly EventDescriptionEventDetail[];
  enumeratedTypes?: readonly EnumDescription[] | undefined;
}

export interface EventArgDesc extends DynamicData {
  name: string;
  type: string;
  description?: ElementDescription | undefined;
}

export interface EventDescriptionEventDetail extends DynamicData {
  key: string;
  description?: string | undefined;
  category: string;
  formatOnDatacenter: string;
  formatOnComputeResource: string;
  formatOnHost: string;
  formatOnVm: string;
  fullFormat: string;
  longDescription?: string | undefined;
}

export interface EventEx extends Event {
  eventTypeId: string;
  severity?: string | undefined;
  message?: string | undefined;
  arguments?: readonly KeyAnyValue[] | undefined;
  objectId?: string | undefined;
  objectType?: string | undefined;
  objectName?: string | undefined;
  fault?: LocalizedMethodFault | undefined;
}

export interface EventFilterSpec extends DynamicData {
  entity?: EventFilterSpecByEntity | undefined;
  time?: EventFilterSpecByTime | undefined;
  userName?: EventFilterSpecByUsername | undefined;
  eventChainId?: number | undefined;
  alarm?: MoRef | undefined;
  scheduledTask?: MoRef | undefined;
  disableFullMessage?: boolean | undefined;
  category?: readonly string[] | undefined;
  type?: readonly string[] | undefined;
  tag?: readonly string[] | undefined;
  eventTypeId?: readonly string[] | undefined;
  maxCount?: number | undefined;
  delayedInit?: boolean | undefined;
}

export interface EventFilterSpecByEntity extends DynamicData {
  entity: MoRef;
  recursion: Enum.EventFilterSpecRecursionOption;
}

export interface EventFilterSpecByTime extends DynamicData {
  beginTime?: Date | undefined;
  endTime?: Date | undefined;
}

export interface EventFilterSpecByUsername extends DynamicData {
  systemUser: boolean;
  userList?: readonly string[] | undefined;
}

export interface GeneralEvent extends Event {
  message: string;
}

export interface GeneralHostErrorEvent extends GeneralEvent {
}

export interface GeneralHostInfoEvent extends GeneralEvent {
}

export interface GeneralHostWarningEvent extends GeneralEvent {
}

export interface GeneralUserEvent extends GeneralEvent {
  entity?: ManagedEntityEventArgument | undefined;
}

export interface GeneralVmErrorEvent extends GeneralEvent {
}

export interface GeneralVmInfoEvent extends GeneralEvent {
}

export interface GeneralVmWarningEvent extends GeneralEvent {
}

export interface HealthStatusChangedEvent extends Event {
  componentId: string;
  oldStatus: string;
  newStatus: string;
  componentName: string;
  serviceId?: string | undefined;
}

export interface HostEvent extends Event {
}

export interface HostGetShortNameFailedEvent extends HostEvent {
}

export interface HostInAuditModeEvent extends HostEvent {
}

export interface HostInventoryUnreadableEvent extends Event {
}

export interface HostIpChangedEvent extends HostEvent {
  oldIP: string;
  newIP: string;
}

export interface HostIpInconsistentEvent extends HostEvent {
  ipAddress: string;
  ipAddress2: string;
}

export interface HostIpToShortNameFailedEvent extends HostEvent {
}

export interface HostNonCompliantEvent extends HostEvent {
}

export interface HostProfileAppliedEvent extends HostEvent {
  profile: ProfileEventArgument;
}

export interface HostReconnectionFailedEvent extends HostEvent {
}

export interface HostRemovedEvent extends HostEvent {
}

export interface HostShortNameToIpFailedEvent extends HostEvent {
  shortName: string;
}

export interface HostShutdownEvent extends HostEvent {
  reason: string;
}

export interface HostSpecificationChangedEvent extends HostEvent {
}

export interface HostSpecificationRequireEvent extends HostEvent {
}

export interface HostSpecificationUpdateEvent extends HostEvent {
  hostSpec: DynamicData;
}

export interface HostSubSpecificationDeleteEvent extends HostEvent {
  subSpecName: string;
}

export interface HostSubSpecificationUpdateEvent extends HostEvent {
  hostSubSpec: DynamicData;
}

export interface HostSyncFailedEvent extends HostEvent {
  reason: LocalizedMethodFault;
}

export interface HostUpgradeFailedEvent extends HostEvent {
}

export interface HostUserWorldSwapNotEnabledEvent extends HostEvent {
}

export interface HostVnicConnectedToCustomizedDVPortEvent extends HostEvent {
  vnic: VnicPortArgument;
  prevPortKey?: string | undefined;
}

export interface HostWwnChangedEvent extends HostEvent {
  oldNodeWwns?: readonly (number | bigint)[] | undefined;
  oldPortWwns?: readonly (number | bigint)[] | undefined;
  newNodeWwns?: readonly (number | bigint)[] | undefined;
  newPortWwns?: readonly (number | bigint)[] | undefined;
}

export interface HostWwnConflictEvent extends HostEvent {
  conflictedVms?: readonly VmEventArgument[] | undefined;
  conflictedHosts?: readonly HostEventArgument[] | undefined;
  wwn: number | bigint;
}

export interface LicenseEvent extends Event {
}

export interface LicenseExpiredEvent extends Event {
  feature: LicenseFeatureInfo;
}

export interface LicenseNonComplianceEvent extends LicenseEvent {
  url: string;
}

export interface LicenseRestrictedEvent extends LicenseEvent {
}

export interface LicenseServerAvailableEvent extends LicenseEvent {
  licenseServer: string;
}

export interface LicenseServerUnavailableEvent extends LicenseEvent {
  licenseServer: string;
}

export interface LocalDatastoreCreatedEvent extends HostEvent {
  datastore: DatastoreEventArgument;
  datastoreUrl?: string | undefined;
}

export interface LocalTSMEnabledEvent extends HostEvent {
}

export interface LockerMisconfiguredEvent extends Event {
  datastore: DatastoreEventArgument;
}

export interface LockerReconfiguredEvent extends Event {
  oldDatastore?: DatastoreEventArgument | undefined;
  newDatastore?: DatastoreEventArgument | undefined;
}

export interface NASDatastoreCreatedEvent extends HostEvent {
  datastore: DatastoreEventArgument;
  datastoreUrl?: string | undefined;
}

export interface NetworkRollbackEvent extends Event {
  methodName: string;
  transactionId: string;
}

export interface NoDatastoresConfiguredEvent extends HostEvent {
}

export interface NoLicenseEvent extends LicenseEvent {
  feature: LicenseFeatureInfo;
}

export interface ProfileEvent extends Event {
  profile: ProfileEventArgument;
}

export interface ProfileEventArgument extends EventArgument {
  profile: MoRef;
  name: string;
}

export interface ProfileReferenceHostChangedEvent extends ProfileEvent {
  referenceHost?: MoRef | undefined;
  referenceHostName?: string | undefined;
  prevReferenceHostName?: string | undefined;
}

export interface ProfileRemovedEvent extends ProfileEvent {
}

export interface RemoteTSMEnabledEvent extends HostEvent {
}

export interface ResourcePoolEvent extends Event {
  resourcePool: ResourcePoolEventArgument;
}

export interface ResourcePoolMovedEvent extends ResourcePoolEvent {
  oldParent: ResourcePoolEventArgument;
  newParent: ResourcePoolEventArgument;
}

export interface ResourcePoolReconfiguredEvent extends ResourcePoolEvent {
  configChanges?: ChangesInfoEventArgument | undefined;
}

export interface ResourceViolatedEvent extends ResourcePoolEvent {
}

export interface RoleEventArgument extends EventArgument {
  roleId: number;
  name: string;
}

export interface ScheduledTaskEvent extends Event {
  scheduledTask: ScheduledTaskEventArgument;
  entity: ManagedEntityEventArgument;
}

export interface ScheduledTaskFailedEvent extends ScheduledTaskEvent {
  reason: LocalizedMethodFault;
}

export interface ScheduledTaskReconfiguredEvent extends ScheduledTaskEvent {
  configChanges?: ChangesInfoEventArgument | undefined;
}

export interface ScheduledTaskRemovedEvent extends ScheduledTaskEvent {
}

export interface ScheduledTaskStartedEvent extends ScheduledTaskEvent {
}

export interface ServerLicenseExpiredEvent extends LicenseEvent {
  product: string;
}

export interface SessionEvent extends Event {
}

export interface SessionTerminatedEvent extends SessionEvent {
  sessionId: string;
  terminatedUsername: string;
}

export interface TaskEvent extends Event {
  info: TaskInfo;
}

export interface TaskTimeoutEvent extends TaskEvent {
}

export interface TemplateUpgradeEvent extends Event {
  legacyTemplate: string;
}

export interface TemplateUpgradeFailedEvent extends TemplateUpgradeEvent {
  reason: LocalizedMethodFault;
}

export interface TemplateUpgradedEvent extends TemplateUpgradeEvent {
}

export interface TimedOutHostOperationEvent extends HostEvent {
}

export interface UnlicensedVirtualMachinesEvent extends LicenseEvent {
  unlicensed: number;
  available: number;
}

export interface UnlicensedVirtualMachinesFoundEvent extends LicenseEvent {
  available: number;
}

export interface UpdatedAgentBeingRestartedEvent extends HostEvent {
}

export interface UpgradeEvent extends Event {
  message: string;
}

export interface UserAssignedToGroup extends HostEvent {
  userLogin: string;
  group: string;
}

export interface UserLoginSessionEvent extends SessionEvent {
  ipAddress: string;
  userAgent?: string | undefined;
  locale: string;
  sessionId: string;
}

export interface UserLogoutSessionEvent extends SessionEvent {
  ipAddress?: string | undefined;
  userAgent?: string | undefined;
  callCount?: number | bigint | undefined;
  sessionId?: string | undefined;
  loginTime?: Date | undefined;
}

export interface UserPasswordChanged extends HostEvent {
  userLogin: string;
}

export interface UserUnassignedFromGroup extends HostEvent {
  userLogin: string;
  group: string;
}

export interface UserUpgradeEvent extends UpgradeEvent {
}

export interface VMFSDatastoreCreatedEvent extends HostEvent {
  datastore: DatastoreEventArgument;
  datastoreUrl?: string | undefined;
}

export interface VMFSDatastoreExpandedEvent extends HostEvent {
  datastore: DatastoreEventArgument;
}

export interface VMFSDatastoreExtendedEvent extends HostEvent {
  datastore: DatastoreEventArgument;
}

export interface VMotionLicenseExpiredEvent extends LicenseEvent {
}

export interface VcAgentUninstallFailedEvent extends HostEvent {
  reason?: string | undefined;
}

export interface VcAgentUninstalledEvent extends HostEvent {
}

export interface VcAgentUpgradeFailedEvent extends HostEvent {
  reason?: string | undefined;
}

export interface VcAgentUpgradedEvent extends HostEvent {
}

export interface VimAccountPasswordChangedEvent extends HostEvent {
}

export interface VmEvent extends Event {
  template: boolean;
}

export interface VmFailedMigrateEvent extends VmEvent {
  destHost: HostEventArgument;
  reason: LocalizedMethodFault;
  destDatacenter?: DatacenterEventArgument | undefined;
  destDatastore?: DatastoreEventArgument | undefined;
}

export interface VmFailedRelayoutEvent extends VmEvent {
  reason: LocalizedMethodFault;
}

export interface VmFailedRelayoutOnVmfs2DatastoreEvent extends VmEvent {
}

export interface VmFailedStartingSecondaryEvent extends VmEvent {
  reason?: string | undefined;
}

export interface VmFailedToPowerOffEvent extends VmEvent {
  reason: LocalizedMethodFault;
}

export interface VmFailedToPowerOnEvent extends VmEvent {
  reason: LocalizedMethodFault;
}

export interface VmFailedToRebootGuestEvent extends VmEvent {
  reason: LocalizedMethodFault;
}

export interface VmFailedToResetEvent extends VmEvent {
  reason: LocalizedMethodFault;
}

export interface VmFailedToShutdownGuestEvent extends VmEvent {
  reason: LocalizedMethodFault;
}

export interface VmFailedToStandbyGuestEvent extends VmEvent {
  reason: LocalizedMethodFault;
}

export interface VmFailedToSuspendEvent extends VmEvent {
  reason: LocalizedMethodFault;
}

export interface VmFailedUpdatingSecondaryConfig extends VmEvent {
}

export interface VmFailoverFailed extends VmEvent {
  reason?: LocalizedMethodFault | undefined;
}

export interface VmFaultToleranceTurnedOffEvent extends VmEvent {
}

export interface VmFaultToleranceVmTerminatedEvent extends VmEvent {
  reason?: string | undefined;
}

export interface VmGuestOSCrashedEvent extends VmEvent {
}

export interface VmGuestRebootEvent extends VmEvent {
}

export interface VmGuestShutdownEvent extends VmEvent {
}

export interface VmGuestStandbyEvent extends VmEvent {
}

export interface VmInstanceUuidAssignedEvent extends VmEvent {
  instanceUuid: string;
}

export interface VmInstanceUuidChangedEvent extends VmEvent {
  oldInstanceUuid: string;
  newInstanceUuid: string;
}

export interface VmInstanceUuidConflictEvent extends VmEvent {
  conflictedVm: VmEventArgument;
  instanceUuid: string;
}

export interface VmMacAssignedEvent extends VmEvent {
  adapter: string;
  mac: string;
}

export interface VmMacChangedEvent extends VmEvent {
  adapter: string;
  oldMac: string;
  newMac: string;
}

export interface VmMacConflictEvent extends VmEvent {
  conflictedVm: VmEventArgument;
  mac: string;
}

export interface VmMaxFTRestartCountReached extends VmEvent {
}

export interface VmMaxRestartCountReached extends VmEvent {
}

export interface VmMessageErrorEvent extends VmEvent {
  message: string;
  messageInfo?: readonly VirtualMachineMessage[] | undefined;
}

export interface VmMessageEvent extends VmEvent {
  message: string;
  messageInfo?: readonly VirtualMachineMessage[] | undefined;
}

export interface VmMessageWarningEvent extends VmEvent {
  message: string;
  messageInfo?: readonly VirtualMachineMessage[] | undefined;
}

export interface VmMigratedEvent extends VmEvent {
  sourceHost: HostEventArgument;
  sourceDatacenter?: DatacenterEventArgument | undefined;
  sourceDatastore?: DatastoreEventArgument | undefined;
}

export interface VmNoCompatibleHostForSecondaryEvent extends VmEvent {
}

export interface VmNoNetworkAccessEvent extends VmEvent {
  destHost: HostEventArgument;
}

export interface VmOrphanedEvent extends VmEvent {
}

export interface VmPoweredOffEvent extends VmEvent {
}

export interface VmPoweredOnEvent extends VmEvent {
}

export interface VmPoweringOnWithCustomizedDVPortEvent extends VmEvent {
  vnic: readonly VnicPortArgument[];
}

export interface VmPrimaryFailoverEvent extends VmEvent {
  reason?: string | undefined;
}

export interface VmReconfiguredEvent extends VmEvent {
  configSpec: VirtualMachineConfigSpec;
  configChanges?: ChangesInfoEventArgument | undefined;
}

export interface VmRegisteredEvent extends VmEvent {
}

export interface VmRelayoutSuccessfulEvent extends VmEvent {
}

export interface VmRelayoutUpToDateEvent extends VmEvent {
}

export interface VmReloadFromPathEvent extends VmEvent {
  configPath: string;
}

export interface VmReloadFromPathFailedEvent extends VmEvent {
  configPath: string;
}

export interface VmRelocateSpecEvent extends VmEvent {
}

export interface VmRelocatedEvent extends VmRelocateSpecEvent {
  sourceHost: HostEventArgument;
  sourceDatacenter?: DatacenterEventArgument | undefined;
  sourceDatastore?: DatastoreEventArgument | undefined;
}

export interface VmRemoteConsoleConnectedEvent extends VmEvent {
}

export interface VmRemoteConsoleDisconnectedEvent extends VmEvent {
}

export interface VmRemovedEvent extends VmEvent {
}

export interface VmRenamedEvent extends VmEvent {
  oldName: string;
  newName: string;
}

export interface VmRequirementsExceedCurrentEVCModeEvent extends VmEvent {
}

export interface VmResettingEvent extends VmEvent {
}

export interface VmResourcePoolMovedEvent extends VmEvent {
  oldParent: ResourcePoolEventArgument;
  newParent: ResourcePoolEventArgument;
}

export interface VmResourceReallocatedEvent extends VmEvent {
  configChanges?: ChangesInfoEventArgument | undefined;
}

export interface VmRestartedOnAlternateHostEvent extends VmPoweredOnEvent {
  sourceHost: HostEventArgument;
}

export interface VmResumingEvent extends VmEvent {
}

export interface VmSecondaryAddedEvent extends VmEvent {
}

export interface VmSecondaryDisabledBySystemEvent extends VmEvent {
  reason?: LocalizedMethodFault | undefined;
}

export interface VmSecondaryDisabledEvent extends VmEvent {
}

export interface VmSecondaryEnabledEvent extends VmEvent {
}

export interface VmSecondaryStartedEvent extends VmEvent {
}

export interface VmShutdownOnIsolationEvent extends VmPoweredOffEvent {
  isolatedHost: HostEventArgument;
  shutdownResult?: string | undefined;
}

export interface VmStartRecordingEvent extends VmEvent {
}

export interface VmStartReplayingEvent extends VmEvent {
}

export interface VmStartingEvent extends VmEvent {
}

export interface VmStartingSecondaryEvent extends VmEvent {
}

export interface VmStaticMacConflictEvent extends VmEvent {
  conflictedVm: VmEventArgument;
  mac: string;
}

export interface VmStoppingEvent extends VmEvent {
}

export interface VmSuspendedEvent extends VmEvent {
}

export interface VmSuspendingEvent extends VmEvent {
}

export interface VmTimedoutStartingSecondaryEvent extends VmEvent {
  timeout?: number | bigint | undefined;
}

export interface VmUnsupportedStartingEvent extends VmStartingEvent {
  guestId: string;
}

export interface VmUpgradeCompleteEvent extends VmEvent {
  version: string;
}

export interface VmUpgradeFailedEvent extends VmEvent {
}

export interface VmUpgradingEvent extends VmEvent {
  version: string;
}

export interface VmUuidAssignedEvent extends VmEvent {
  uuid: string;
}

export interface VmUuidChangedEvent extends VmEvent {
  oldUuid: string;
  newUuid: string;
}

export interface VmUuidConflictEvent extends VmEvent {
  conflictedVm: VmEventArgument;
  uuid: string;
}

export interface VmWwnAssignedEvent extends VmEvent {
  nodeWwns: readonly (number | bigint)[];
  portWwns: readonly (number | bigint)[];
}

export interface VmWwnChangedEvent extends VmEvent {
  oldNodeWwns?: readonly (number | bigint)[] | undefined;
  oldPortWwns?: readonly (number | bigint)[] | undefined;
  newNodeWwns?: readonly (number | bigint)[] | undefined;
  newPortWwns?: readonly (number | bigint)[] | undefined;
}

export interface VmWwnConflictEvent extends VmEvent {
  conflictedVms?: readonly VmEventArgument[] | undefined;
  conflictedHosts?: readonly HostEventArgument[] | undefined;
  wwn: number | bigint;
}

export interface VnicPortArgument extends DynamicData {
  vnic: string;
  port: DynamicData;
}

export interface WarningUpgradeEvent extends UpgradeEvent {
}

export interface IScsiBootFailureEvent extends HostEvent {
}

export interface ExtExtendedProductInfo extends DynamicData {
  companyUrl?: string | undefined;
  productUrl?: string | undefined;
  managementUrl?: string | undefined;
  self?: MoRef | undefined;
}

export interface ManagedByInfo extends DynamicData {
  extensionKey: string;
  type: string;
}

export interface ExtManagedEntityInfo extends DynamicData {
  type: string;
  smallIconUrl?: string | undefined;
  iconUrl?: string | undefined;
  description?: string | undefined;
}

export interface ExtSolutionManagerInfo extends DynamicData {
  tab?: readonly ExtSolutionManagerInfoTabInfo[] | undefined;
  smallIconUrl?: string | undefined;
}

export interface ExtSolutionManagerInfoTabInfo extends DynamicData {
  label: string;
  url: string;
}

export interface CannotDisableDrsOnClustersWithVApps extends RuntimeFault {
}

export interface ConflictingDatastoreFound extends RuntimeFault {
  name: string;
  url: string;
}

export interface DatabaseError extends RuntimeFault {
}

export interface DisallowedChangeByService extends RuntimeFault {
  serviceName: string;
  disallowedChange?: string | undefined;
}

export interface DisallowedOperationOnFailoverHost extends RuntimeFault {
  host: MoRef;
  hostname: string;
}

export interface ExpiredFeatureLicense extends NotEnoughLicenses {
  feature: string;
  count: number;
  expirationDate: Date;
}

export interface FailToLockFaultToleranceVMs extends RuntimeFault {
  vmName: string;
  vm: MoRef;
  alreadyLockedVm: MoRef;
}

export interface HostAccessRestrictedToManagementServer extends NotSupported {
  managementServer: string;
}

export interface HostInventoryFull extends NotEnoughLicenses {
  capacity: number;
}

export interface InUseFeatureManipulationDisallowed extends NotEnoughLicenses {
}

export interface IncompatibleSetting extends InvalidArgument {
  conflictingProperty: string;
}

export interface IncorrectHostInformation extends NotEnoughLicenses {
}

export interface InvalidDasConfigArgument extends InvalidArgument {
  entry?: string | undefined;
  clusterName?: string | undefined;
}

export interface InvalidDasRestartPriorityForFtVm extends InvalidArgument {
  vm: MoRef;
  vmName: string;
}

export interface InvalidDrsBehaviorForFtVm extends InvalidArgument {
  vm: MoRef;
  vmName: string;
}

export interface InvalidEditionLicense extends NotEnoughLicenses {
  feature: string;
}

export interface InvalidIndexArgument extends InvalidArgument {
  key: string;
}

export interface InvalidProfileReferenceHost extends RuntimeFault {
  reason?: string | undefined;
  host?: MoRef | undefined;
  profile?: MoRef | undefined;
  profileName?: string | undefined;
}

export interface InvalidScheduledTask extends RuntimeFault {
}

export interface InventoryHasStandardAloneHosts extends NotEnoughLicenses {
  hosts: readonly string[];
}

export interface LicenseAssignmentFailed extends RuntimeFault {
  reason?: string | undefined;
}

export interface LicenseDowngradeDisallowed extends NotEnoughLicenses {
  edition: string;
  entityId: string;
  features: readonly KeyAnyValue[];
}

export interface LicenseExpired extends NotEnoughLicenses {
  licenseKey: string;
}

export interface LicenseKeyEntityMismatch extends NotEnoughLicenses {
}

export interface LicenseRestricted extends NotEnoughLicenses {
}

export interface LicenseSourceUnavailable extends NotEnoughLicenses {
  licenseSource: LicenseSource;
}

export interface MethodAlreadyDisabledFault extends RuntimeFault {
  sourceId: string;
}

export interface MethodDisabled extends RuntimeFault {
  source?: string | undefined;
}

export interface NoLicenseServerConfigured extends NotEnoughLicenses {
}

export interface NoPermission extends SecurityError {
  object?: MoRef | undefined;
  privilegeId?: string | undefined;
  missingPrivileges?: readonly NoPermissionEntityPrivileges[] | undefined;
}

export interface NoPermissionEntityPrivileges extends DynamicData {
  entity: MoRef;
  privilegeIds?: readonly string[] | undefined;
}

export interface NotAuthenticated extends NoPermission {
}

export interface OperationDisallowedOnHost extends RuntimeFault {
}

export interface RestrictedByAdministrator extends RuntimeFault {
  details: string;
}

export interface RestrictedVersion extends SecurityError {
}

export interface SolutionUserRequired extends SecurityError {
}

export interface ThirdPartyLicenseAssignmentFailed extends RuntimeFault {
  host: MoRef;
  module: string;
  reason?: string | undefined;
}

export interface VAppOperationInProgress extends RuntimeFault {
}

export interface VimFault extends MethodFault {
}

export interface VmConfigFault extends VimFault {
}

export interface VmConfigIncompatibleForFaultTolerance extends VmConfigFault {
  fault?: LocalizedMethodFault | undefined;
}

export interface VmConfigIncompatibleForRecordReplay extends VmConfigFault {
  fault?: LocalizedMethodFault | undefined;
}

export interface VmFaultToleranceIssue extends VimFault {
}

export interface VmFaultToleranceOpIssuesList extends VmFaultToleranceIssue {
  errors?: readonly LocalizedMethodFault[] | undefined;
  warnings?: readonly LocalizedMethodFault[] | undefined;
}

export interface VmHostAffinityRuleViolation extends VmConfigFault {
  vmName: string;
  hostName: string;
}

export interface VmLimitLicense extends NotEnoughLicenses {
  limit: number;
}

export interface VmMetadataManagerFault extends VimFault {
}

export interface VmMonitorIncompatibleForFaultTolerance extends VimFault {
}

export interface VmToolsUpgradeFault extends VimFault {
}

export interface VmValidateMaxDevice extends VimFault {
  device: string;
  max: number;
  count: number;
}

export interface VramLimitLicense extends NotEnoughLicenses {
  limit: number;
}

export interface VsanFault extends VimFault {
}

export interface WipeDiskFault extends VimFault {
}

export interface HostActiveDirectory extends DynamicData {
  changeOperation: string;
  spec?: HostActiveDirectorySpec | undefined;
}

export interface HostActiveDirectorySpec extends DynamicData {
  domainName?: string | undefined;
  userName?: string | undefined;
  password?: string | undefined;
  camServer?: string | undefined;
  thumbprint?: string | undefined;
  certificate?: string | undefined;
  smartCardAuthenticationEnabled?: boolean | undefined;
  smartCardTrustAnchors?: readonly string[] | undefined;
}

export interface HostAssignableHardwareBinding extends DynamicData {
  instanceId: string;
  vm: MoRef;
}

export interface HostAssignableHardwareConfig extends DynamicData {
  attributeOverride?: readonly HostAssignableHardwareConfigAttributeOverride[] | undefined;
}

export interface HostAssignableHardwareConfigAttributeOverride extends DynamicData {
  instanceId: string;
  name: string;
  value?: unknown;
}

export interface HostAuthenticationManagerInfo extends DynamicData {
  authConfig: readonly HostAuthenticationStoreInfo[];
}

export interface HostAuthenticationStoreInfo extends DynamicData {
  enabled: boolean;
}

export interface AutoStartDefaults extends DynamicData {
  enabled?: boolean | undefined;
  startDelay?: number | undefined;
  stopDelay?: number | undefined;
  waitForHeartbeat?: boolean | undefined;
  stopAction?: string | undefined;
}

export interface AutoStartPowerInfo extends DynamicData {
  key: MoRef;
  startOrder: number;
  startDelay: number;
  waitForHeartbeat: Enum.AutoStartWaitHeartbeatSetting;
  startAction: string;
  stopDelay: number;
  stopAction: string;
}

export interface HostAutoStartManagerConfig extends DynamicData {
  defaults?: AutoStartDefaults | undefined;
  powerInfo?: readonly AutoStartPowerInfo[] | undefined;
}

export interface HostBIOSInfo extends DynamicData {
  biosVersion?: string | undefined;
  releaseDate?: Date | undefined;
  vendor?: string | undefined;
  majorRelease?: number | undefined;
  minorRelease?: number | undefined;
  firmwareMajorRelease?: number | undefined;
  firmwareMinorRelease?: number | undefined;
  firmwareType?: string | undefined;
}

export interface HostBootDevice extends DynamicData {
  key: string;
  description: string;
}

export interface HostCacheConfigurationSpec extends DynamicData {
  datastore: MoRef;
  swapSize: number | bigint;
}

export interface HostCacheConfigurationInfo extends DynamicData {
  key: MoRef;
  swapSize: number | bigint;
}

export interface HostCapability extends DynamicData {
  recursiveResourcePoolsSupported: boolean;
  cpuMemoryResourceConfigurationSupported: boolean;
  rebootSupported: boolean;
  shutdownSupported: boolean;
  vmotionSupported: boolean;
  standbySupported: boolean;
  ipmiSupported?: boolean | undefined;
  maxSupportedVMs?: number | undefined;
  maxRunningVMs?: number | undefined;
  maxSupportedVcpus?: number | undefined;
  maxRegisteredVMs?: number | undefined;
  datastorePrincipalSupported: boolean;
  sanSupported: boolean;
  nfsSupported: boolean;
  iscsiSupported: boolean;
  vlanTaggingSupported: boolean;
  nicTeamingSupported: boolean;
  highGuestMemSupported: boolean;
  maintenanceModeSupported: boolean;
  suspendedRelocateSupported: boolean;
  restrictedSnapshotRelocateSupported: boolean;
  perVmSwapFiles: boolean;
  localSwapDatastoreSupported: boolean;
  unsharedSwapVMotionSupported: boolean;
  backgroundSnapshotsSupported: boolean;
  preAssignedPCIUnitNumbersSupported: boolean;
  screenshotSupported: boolean;
  scaledScreenshotSupported: boolean;
  storageVMotionSupported: boolean;
  vmotionWithStorageVMotionSupported: boolean;
  vmotionAcrossNetworkSupported?: boolean | undefined;
  maxNumDisksSVMotion?: number | undefined;
  maxVirtualDiskDescVersionSupported?: number | undefined;
  hbrNicSelectionSupported: boolean;
  vrNfcNicSelectionSupported: boolean;
  recordReplaySupported: boolean;
  ftSupported: boolean;
  replayUnsupportedReason?: string | undefined;
  replayCompatibilityIssues?: readonly string[] | undefined;
  smpFtSupported: boolean;
  ftCompatibilityIssues?: readonly string[] | undefined;
  smpFtCompatibilityIssues?: readonly string[] | undefined;
  maxVcpusPerFtVm?: number | undefined;
  loginBySSLThumbprintSupported?: boolean | undefined;
  cloneFromSnapshotSupported: boolean;
  deltaDiskBackingsSupported: boolean;
  perVMNetworkTrafficShapingSupported: boolean;
  tpmSupported: boolean;
  tpmVersion?: string | undefined;
  txtEnabled?: boolean | undefined;
  supportedCpuFeature?: readonly HostCpuIdInfo[] | undefined;
  virtualExecUsageSupported: boolean;
  storageIORMSupported: boolean;
  vmDirectPathGen2Supported?: boolean | undefined;
  vmDirectPathGen2UnsupportedReason?: readonly string[] | undefined;
  vmDirectPathGen2UnsupportedReasonExtended?: string | undefined;
  supportedVmfsMajorVersion?: readonly number[] | undefined;
  vStorageCapable: boolean;
  snapshotRelayoutSupported: boolean;
  firewallIpRulesSupported?: boolean | undefined;
  servicePackageInfoSupported?: boolean | undefined;
  maxHostRunningVms?: number | undefined;
  maxHostSupportedVcpus?: number | undefined;
  vmfsDatastoreMountCapable: boolean;
  eightPlusHostVmfsSharedAccessSupported: boolean;
  nestedHVSupported: boolean;
  vPMCSupported: boolean;
  interVMCommunicationThroughVMCISupported: boolean;
  scheduledHardwareUpgradeSupported?: boolean | undefined;
  featureCapabilitiesSupported: boolean;
  latencySensitivitySupported: boolean;
  storagePolicySupported?: boolean | undefined;
  accel3dSupported: boolean;
  reliableMemoryAware?: boolean | undefined;
  multipleNetworkStackInstanceSupported?: boolean | undefined;
  messageBusProxySupported?: boolean | undefined;
  vsanSupported?: boolean | undefined;
  vFlashSupported?: boolean | undefined;
  hostAccessManagerSupported?: boolean | undefined;
  provisioningNicSelectionSupported: boolean;
  nfs41Supported?: boolean | undefined;
  nfs41Krb5iSupported?: boolean | undefined;
  turnDiskLocatorLedSupported?: boolean | undefined;
  virtualVolumeDatastoreSupported?: boolean | undefined;
  markAsSsdSupported?: boolean | undefined;
  markAsLocalSupported?: boolean | undefined;
  smartCardAuthenticationSupported?: boolean | undefined;
  pMemSupported?: boolean | undefined;
  pMemSnapshotSupported?: boolean | undefined;
  cryptoSupported?: boolean | undefined;
  oneKVolumeAPIsSupported?: boolean | undefined;
  gatewayOnNicSupported?: boolean | undefined;
  upitSupported?: boolean | undefined;
  cpuHwMmuSupported?: boolean | undefined;
  encryptedVMotionSupported?: boolean | undefined;
  encryptionChangeOnAddRemoveSupported?: boolean | undefined;
  encryptionHotOperationSupported?: boolean | undefined;
  encryptionWithSnapshotsSupported?: boolean | undefined;
  encryptionFaultToleranceSupported?: boolean | undefined;
  encryptionMemorySaveSupported?: boolean | undefined;
  encryptionRDMSupported?: boolean | undefined;
  encryptionVFlashSupported?: boolean | undefined;
  encryptionCBRCSupported?: boolean | undefined;
  encryptionHBRSupported?: boolean | undefined;
  ftEfiSupported?: boolean | undefined;
  unmapMethodSupported?: string | undefined;
  maxMemMBPerFtVm?: number | undefined;
  virtualMmuUsageIgnored?: boolean | undefined;
  virtualExecUsageIgnored?: boolean | undefined;
  vmCreateDateSupported?: boolean | undefined;
  vmfs3EOLSupported?: boolean | undefined;
  ftVmcpSupported?: boolean | undefined;
  quickBootSupported?: boolean | undefined;
  encryptedFtSupported?: boolean | undefined;
  assignableHardwareSupported?: boolean | undefined;
  suspendToMemorySupported?: boolean | undefined;
  useFeatureReqsForOldHWv?: boolean | undefined;
  markPerenniallyReservedSupported?: boolean | undefined;
  hppPspSupported?: boolean | undefined;
  deviceRebindWithoutRebootSupported?: boolean | undefined;
  storagePolicyChangeSupported?: boolean | undefined;
  precisionTimeProtocolSupported?: boolean | undefined;
  remoteDeviceVMotionSupported?: boolean | undefined;
  maxSupportedVmMemory?: number | undefined;
  ahDeviceHintsSupported?: boolean | undefined;
  nvmeOverTcpSupported?: boolean | undefined;
  nvmeStorageFabricServicesSupported?: boolean | undefined;
  assignHwPciConfigSupported?: boolean | undefined;
  timeConfigSupported?: boolean | undefined;
  nvmeBatchOperationsSupported?: boolean | undefined;
  pMemFailoverSupported?: boolean | undefined;
  hostConfigEncryptionSupported?: boolean | undefined;
  maxSupportedSimultaneousThreads?: number | undefined;
  ptpConfigSupported?: boolean | undefined;
  maxSupportedPtpPorts?: number | undefined;
  sgxRegistrationSupported?: boolean | undefined;
  pMemIndependentSnapshotSupported?: boolean | undefined;
  iommuSLDirtyCapable?: boolean | undefined;
  vmknicBindingSupported?: boolean | undefined;
  ultralowFixedUnmapSupported?: boolean | undefined;
  nvmeVvolSupported?: boolean | undefined;
  fptHotplugSupported?: boolean | undefined;
  mconnectSupported?: boolean | undefined;
  vsanNicMgmtSupported?: boolean | undefined;
  vvolNQNSupported?: boolean | undefined;
  stretchedSCSupported?: boolean | undefined;
  vmknicBindingOnNFSv41?: boolean | undefined;
  vpStatusCheckSupported?: boolean | undefined;
  nConnectSupported?: boolean | undefined;
  userKeySupported?: boolean | undefined;
  ndcmSupported?: boolean | undefined;
  uefiSecureBoot?: boolean | undefined;
}

export interface HostCertificateManagerCertificateSpec extends DynamicData {
  kind: string;
}

export interface HostCertificateManagerCertificateInfo extends DynamicData {
  kind?: string | undefined;
  issuer?: string | undefined;
  notBefore?: Date | undefined;
  notAfter?: Date | undefined;
  subject?: string | undefined;
  status: string;
}

export interface HostConfigChange extends DynamicData {
}

export interface HostConfigManager extends DynamicData {
  cpuScheduler?: MoRef | undefined;
  datastoreSystem?: MoRef | undefined;
  memoryManager?: MoRef | undefined;
  storageSystem?: MoRef | undefined;
  networkSystem?: MoRef | undefined;
  vmotionSystem?: MoRef | undefined;
  virtualNicManager?: MoRef | undefined;
  serviceSystem?: MoRef | undefined;
  firewallSystem?: MoRef | undefined;
  advancedOption?: MoRef | undefined;
  diagnosticSystem?: MoRef | undefined;
  autoStartManager?: MoRef | undefined;
  snmpSystem?: MoRef | undefined;
  dateTimeSystem?: MoRef | undefined;
  patchManager?: MoRef | undefined;
  imageConfigManager?: MoRef | undefined;
  bootDeviceSystem?: MoRef | undefined;
  firmwareSystem?: MoRef | undefined;
  healthStatusSystem?: MoRef | undefined;
  pciPassthruSystem?: MoRef | undefined;
  licenseManager?: MoRef | undefined;
  kernelModuleSystem?: MoRef | undefined;
  authenticationManager?: MoRef | undefined;
  powerSystem?: MoRef | undefined;
  cacheConfigurationManager?: MoRef | undefined;
  esxAgentHostManager?: MoRef | undefined;
  iscsiManager?: MoRef | undefined;
  vFlashManager?: MoRef | undefined;
  vsanSystem?: MoRef | undefined;
  messageBusProxy?: MoRef | undefined;
  userDirectory?: MoRef | undefined;
  accountManager?: MoRef | undefined;
  hostAccessManager?: MoRef | undefined;
  graphicsManager?: MoRef | undefined;
  vsanInternalSystem?: MoRef | undefined;
  certificateManager?: MoRef | undefined;
  cryptoManager?: MoRef | undefined;
  nvdimmSystem?: MoRef | undefined;
  assignableHardwareManager?: MoRef | undefined;
}

export interface HostCpuIdInfo extends DynamicData {
  level: number;
  vendor?: string | undefined;
  eax?: string | undefined;
  ebx?: string | undefined;
  ecx?: string | undefined;
  edx?: string | undefined;
}

export interface HostCpuInfo extends DynamicData {
  numCpuPackages: number;
  numCpuCores: number;
  numCpuThreads: number;
  hz: number | bigint;
}

export interface HostCpuPackage extends DynamicData {
  index: number;
  vendor: string;
  hz: number | bigint;
  busHz: number | bigint;
  description: string;
  threadId: readonly number[];
  cpuFeature?: readonly HostCpuIdInfo[] | undefined;
  family?: number | undefined;
  model?: number | undefined;
  stepping?: number | undefined;
}

export interface HostCpuPowerManagementInfo extends DynamicData {
  currentPolicy?: string | undefined;
  hardwareSupport?: string | undefined;
}

export interface HostHyperThreadScheduleInfo extends DynamicData {
  available: boolean;
  active: boolean;
  config: boolean;
}

export interface HostCpuSchedulerInfo extends DynamicData {
  policy: string;
}

export interface HostDataTransportConnectionInfo extends DynamicData {
  staticMemoryConsumed: number | bigint;
}

export interface FileInfo extends DynamicData {
  path: string;
  friendlyName?: string | undefined;
  fileSize?: number | bigint | undefined;
  modification?: Date | undefined;
  owner?: string | undefined;
}

export interface FileQueryFlags extends DynamicData {
  fileType: boolean;
  fileSize: boolean;
  modification: boolean;
  fileOwner: boolean;
}

export interface FileQuery extends DynamicData {
}

export interface VmConfigFileQuery extends FileQuery {
  filter?: VmConfigFileQueryFilter | undefined;
  details?: VmConfigFileQueryFlags | undefined;
}

export interface VmConfigFileQueryFilter extends DynamicData {
  matchConfigVersion?: readonly number[] | undefined;
  encrypted?: boolean | undefined;
}

export interface VmConfigFileQueryFlags extends DynamicData {
  configVersion: boolean;
  encryption?: boolean | undefined;
}

export interface TemplateConfigFileQuery extends VmConfigFileQuery {
}

export interface VmDiskFileQuery extends FileQuery {
  filter?: VmDiskFileQueryFilter | undefined;
  details?: VmDiskFileQueryFlags | undefined;
}

export interface VmDiskFileQueryFilter extends DynamicData {
  diskType?: readonly string[] | undefined;
  matchHardwareVersion?: readonly number[] | undefined;
  controllerType?: readonly string[] | undefined;
  thin?: boolean | undefined;
  encrypted?: boolean | undefined;
}

export interface VmDiskFileQueryFlags extends DynamicData {
  diskType: boolean;
  capacityKb: boolean;
  hardwareVersion: boolean;
  controllerType?: boolean | undefined;
  diskExtents?: boolean | undefined;
  thin?: boolean | undefined;
  encryption?: boolean | undefined;
}

export interface FolderFileQuery extends FileQuery {
}

export interface VmSnapshotFileQuery extends FileQuery {
}

export interface IsoImageFileQuery extends FileQuery {
}

export interface FloppyImageFileQuery extends FileQuery {
}

export interface VmNvramFileQuery extends FileQuery {
}

export interface VmLogFileQuery extends FileQuery {
}

export interface VmConfigFileInfo extends FileInfo {
  configVersion?: number | undefined;
  encryption?: VmConfigFileEncryptionInfo | undefined;
}

export interface VmConfigFileEncryptionInfo extends DynamicData {
  keyId?: DynamicData | undefined;
}

export interface TemplateConfigFileInfo extends VmConfigFileInfo {
}

export interface VmDiskFileInfo extends FileInfo {
  diskType?: string | undefined;
  capacityKb?: number | bigint | undefined;
  hardwareVersion?: number | undefined;
  controllerType?: string | undefined;
  diskExtents?: readonly string[] | undefined;
  thin?: boolean | undefined;
  encryption?: VmDiskFileEncryptionInfo | undefined;
}

export interface VmDiskFileEncryptionInfo extends DynamicData {
  keyId?: DynamicData | undefined;
}

export interface FolderFileInfo extends FileInfo {
}

export interface VmSnapshotFileInfo extends FileInfo {
}

export interface IsoImageFileInfo extends FileInfo {
}

export interface FloppyImageFileInfo extends FileInfo {
}

export interface VmNvramFileInfo extends FileInfo {
}

export interface VmLogFileInfo extends FileInfo {
}

export interface HostDatastoreBrowserSearchSpec extends DynamicData {
  query?: readonly FileQuery[] | undefined;
  details?: FileQueryFlags | undefined;
  searchCaseInsensitive?: boolean | undefined;
  matchPattern?: readonly string[] | undefined;
  sortFoldersFirst?: boolean | undefined;
}

export interface HostDatastoreBrowserSearchResults extends DynamicData {
  datastore?: MoRef | undefined;
  folderPath?: string | undefined;
  file?: readonly FileInfo[] | undefined;
}

export interface HostDateTimeConfig extends DynamicData {
  timeZone?: string | undefined;
  ntpConfig?: HostNtpConfig | undefined;
  ptpConfig?: HostPtpConfig | undefined;
  protocol?: string | undefined;
  enabled?: boolean | undefined;
  disableEvents?: boolean | undefined;
  disableFallback?: boolean | undefined;
  resetToFactoryDefaults?: boolean | undefined;
}

export interface HostDateTimeSystemTimeZone extends DynamicData {
  key: string;
  name: string;
  description: string;
  gmtOffset: number;
}

export interface HostDateTimeSystemServiceTestResult extends DynamicData {
  workingNormally: boolean;
  report?: readonly string[] | undefined;
}

export interface HostDeploymentInfo extends DynamicData {
  bootedFromStatelessCache?: boolean | undefined;
}

export interface HostDevice extends DynamicData {
  deviceName: string;
  deviceType: string;
}

export interface HostDhcpService extends DynamicData {
  key: string;
  spec: HostDhcpServiceSpec;
}

export interface HostDhcpServiceSpec extends DynamicData {
  virtualSwitch: string;
  defaultLeaseDuration: number;
  leaseBeginIp: string;
  leaseEndIp: string;
  maxLeaseDuration: number;
  unlimitedLease: boolean;
  ipSubnetAddr: string;
  ipSubnetMask: string;
}

export interface HostDhcpServiceConfig extends DynamicData {
  changeOperation?: string | undefined;
  key: string;
  spec: HostDhcpServiceSpec;
}

export interface HostDigestInfo extends DynamicData {
  digestMethod: string;
  digestValue: readonly number[];
  objectName?: string | undefined;
}

export interface HostDirectoryStoreInfo extends HostAuthenticationStoreInfo {
}

export interface HostDiskConfigurationResult extends DynamicData {
  devicePath?: string | undefined;
  success?: boolean | undefined;
  fault?: LocalizedMethodFault | undefined;
}

export interface HostDiskDimensions extends DynamicData {
}

export interface HostDiskDimensionsChs extends DynamicData {
  cylinder: number | bigint;
  head: number;
  sector: number;
}

export interface HostDiskDimensionsLba extends DynamicData {
  blockSize: number;
  block: number | bigint;
}

export interface HostDiskPartitionInfo extends DynamicData {
  deviceName: string;
  spec: HostDiskPartitionSpec;
  layout: HostDiskPartitionLayout;
}

export interface HostDiskPartitionAttributes extends DynamicData {
  partition: number;
  startSector: number | bigint;
  endSector: number | bigint;
  type: string;
  guid?: string | undefined;
  logical: boolean;
  attributes: number;
  partitionAlignment?: number | bigint | undefined;
}

export interface HostDiskPartitionBlockRange extends DynamicData {
  partition?: number | undefined;
  type: string;
  start: HostDiskDimensionsLba;
  end: HostDiskDimensionsLba;
}

export interface HostDiskPartitionSpec extends DynamicData {
  partitionFormat?: string | undefined;
  chs?: HostDiskDimensionsChs | undefined;
  totalSectors?: number | bigint | undefined;
  partition?: readonly HostDiskPartitionAttributes[] | undefined;
}

export interface HostDiskPartitionLayout extends DynamicData {
  total?: HostDiskDimensionsLba | undefined;
  partition: readonly HostDiskPartitionBlockRange[];
}

export interface HostDnsConfig extends DynamicData {
  dhcp: boolean;
  virtualNicDevice?: string | undefined;
  ipv6VirtualNicDevice?: string | undefined;
  hostName: string;
  domainName: string;
  address?: readonly string[] | undefined;
  searchDomain?: readonly string[] | undefined;
}

export interface HostDnsConfigSpec extends HostDnsConfig {
  virtualNicConnection?: HostVirtualNicConnection | undefined;
  virtualNicConnectionV6?: HostVirtualNicConnection | undefined;
}

export interface HostDvxClass extends DynamicData {
  deviceClass: string;
  checkpointSupported: boolean;
  swDMATracingSupported: boolean;
  sriovNic: boolean;
}

export interface HostEnterMaintenanceResult extends DynamicData {
  vmFaults?: readonly FaultsByVM[] | undefined;
  hostFaults?: readonly FaultsByHost[] | undefined;
}

export interface HostEsxAgentHostManagerConfigInfo extends DynamicData {
  agentVmDatastore?: MoRef | undefined;
  agentVmNetwork?: MoRef | undefined;
}

export interface HostFaultToleranceManagerComponentHealthInfo extends DynamicData {
  isStorageHealthy: boolean;
  isNetworkHealthy: boolean;
}

export interface FcoeConfig extends DynamicData {
  priorityClass: number;
  sourceMac: string;
  vlanRange: readonly FcoeConfigVlanRange[];
  capabilities: FcoeConfigFcoeCapabilities;
  fcoeActive: boolean;
}

export interface FcoeConfigVlanRange extends DynamicData {
  vlanLow: number;
  vlanHigh: number;
}

export interface FcoeConfigFcoeCapabilities extends DynamicData {
  priorityClass: boolean;
  sourceMacAddress: boolean;
  vlanRange: boolean;
}

export interface FcoeConfigFcoeSpecification extends DynamicData {
  underlyingPnic: string;
  priorityClass?: number | undefined;
  sourceMac?: string | undefined;
  vlanRange?: readonly FcoeConfigVlanRange[] | undefined;
}

export interface HostFeatureCapability extends DynamicData {
  key: string;
  featureName: string;
  value: string;
}

export interface HostFeatureMask extends DynamicData {
  key: string;
  featureName: string;
  value: string;
}

export interface HostFeatureVersionInfo extends DynamicData {
  key: string;
  value: string;
}

export interface HostFileAccess extends DynamicData {
  who: string;
  what: string;
}

export interface ModeInfo extends DynamicData {
  browse?: string | undefined;
  read: string;
  modify: string;
  use: string;
  admin?: string | undefined;
  full: string;
}

export interface HostFileSystemMountInfo extends DynamicData {
  mountInfo: HostMountInfo;
  volume: HostFileSystemVolume;
  vStorageSupport?: string | undefined;
}

export interface HostFileSystemVolume extends DynamicData {
  type: string;
  name: string;
  capacity: number | bigint;
}

export interface HostFileSystemVolumeInfo extends DynamicData {
  volumeTypeList?: readonly string[] | undefined;
  mountInfo?: readonly HostFileSystemMountInfo[] | undefined;
}

export interface HostFirewallInfo extends DynamicData {
  defaultPolicy: HostFirewallDefaultPolicy;
  ruleset?: readonly HostFirewallRuleset[] | undefined;
}

export interface HostFirewallDefaultPolicy extends DynamicData {
  incomingBlocked?: boolean | undefined;
  outgoingBlocked?: boolean | undefined;
}

export interface HostFlagInfo extends DynamicData {
  backgroundSnapshotsEnabled?: boolean | undefined;
}

export interface HostForceMountedInfo extends DynamicData {
  persist: boolean;
  mounted: boolean;
}

export interface HostFru extends DynamicData {
  type: string;
  partName: string;
  partNumber: string;
  manufacturer: string;
  serialNumber?: string | undefined;
  mfgTimeStamp?: Date | undefined;
}

export interface HostGatewaySpec extends DynamicData {
  gatewayType: string;
  gatewayId?: string | undefined;
  trustVerificationToken?: string | undefined;
  hostAuthParams?: readonly KeyValue[] | undefined;
}

export interface HostGraphicsConfig extends DynamicData {
  hostDefaultGraphicsType: string;
  sharedPassthruAssignmentPolicy: string;
  deviceType?: readonly HostGraphicsConfigDeviceType[] | undefined;
}

export interface HostGraphicsConfigDeviceType extends DynamicData {
  deviceId: string;
  graphicsType: string;
  vgpuMode?: string | undefined;
}

export interface HostGraphicsInfo extends DynamicData {
  deviceName: string;
  vendorName: string;
  pciId: string;
  graphicsType: string;
  vgpuMode?: string | undefined;
  memorySizeInKB: number | bigint;
  vm?: readonly MoRef[] | undefined;
}

export interface HostHardwareInfo extends DynamicData {
  systemInfo: HostSystemInfo;
  cpuPowerManagementInfo?: HostCpuPowerManagementInfo | undefined;
  cpuInfo: HostCpuInfo;
  cpuPkg: readonly HostCpuPackage[];
  memorySize: number | bigint;
  numaInfo?: HostNumaInfo | undefined;
  smcPresent: boolean;
  pciDevice?: readonly HostPciDevice[] | undefined;
  dvxClasses?: readonly HostDvxClass[] | undefined;
  cpuFeature?: readonly HostCpuIdInfo[] | undefined;
  biosInfo?: HostBIOSInfo | undefined;
  reliableMemoryInfo?: HostReliableMemoryInfo | undefined;
  persistentMemoryInfo?: HostPersistentMemoryInfo | undefined;
  sgxInfo?: HostSgxInfo | undefined;
  sevInfo?: HostSevInfo | undefined;
  memoryTieringType?: string | undefined;
  memoryTierInfo?: readonly HostMemoryTierInfo[] | undefined;
}

export interface HostHardwareStatusInfo extends DynamicData {
  memoryStatusInfo?: readonly HostHardwareElementInfo[] | undefined;
  cpuStatusInfo?: readonly HostHardwareElementInfo[] | undefined;
  storageStatusInfo?: readonly HostStorageElementInfo[] | undefined;
  dpuStatusInfo?: readonly DpuStatusInfo[] | undefined;
}

export interface HostHardwareElementInfo extends DynamicData {
  name: string;
  status: ElementDescription;
}

export interface HostStorageElementInfo extends HostHardwareElementInfo {
  operationalInfo?: readonly HostStorageOperationalInfo[] | undefined;
}

export interface HostStorageOperationalInfo extends DynamicData {
  property: string;
  value: string;
}

export interface DpuStatusInfo extends HostHardwareElementInfo {
  dpuId: string;
  fru?: HostFru | undefined;
  sensors?: readonly DpuStatusInfoOperationalInfo[] | undefined;
}

export interface DpuStatusInfoOperationalInfo extends DynamicData {
  sensorId: string;
  healthState?: ElementDescription | undefined;
  reading: string;
  units?: string | undefined;
  timeStamp?: Date | undefined;
}

export interface HostHbaCreateSpec extends DynamicData {
}

export interface HealthSystemRuntime extends DynamicData {
  systemHealthInfo?: HostSystemHealthInfo | undefined;
  hardwareStatusInfo?: HostHardwareStatusInfo | undefined;
}

export interface HostAccessControlEntry extends DynamicData {
  principal: string;
  group: boolean;
  accessMode: Enum.HostAccessMode;
}

export interface HostHostBusAdapter extends DynamicData {
  key?: string | undefined;
  device: string;
  bus: number;
  status: string;
  model: string;
  driver?: string | undefined;
  pci?: string | undefined;
  storageProtocol?: string | undefined;
}

export interface HostProxySwitch extends DynamicData {
  dvsUuid: string;
  dvsName: string;
  key: string;
  numPorts: number;
  configNumPorts?: number | undefined;
  numPortsAvailable: number;
  uplinkPort?: readonly KeyValue[] | undefined;
  mtu?: number | undefined;
  pnic?: readonly string[] | undefined;
  spec: HostProxySwitchSpec;
  hostLag?: readonly HostProxySwitchHostLagConfig[] | undefined;
  networkReservationSupported?: boolean | undefined;
  nsxtEnabled?: boolean | undefined;
  ensEnabled?: boolean | undefined;
  ensInterruptEnabled?: boolean | undefined;
  transportZones?: readonly DynamicData[] | undefined;
  nsxUsedUplinkPort?: readonly string[] | undefined;
  nsxtStatus?: string | undefined;
  nsxtStatusDetail?: string | undefined;
  ensInfo?: HostProxySwitchEnsInfo | undefined;
  networkOffloadingEnabled?: boolean | undefined;
  hostUplinkState?: readonly DynamicData[] | undefined;
}

export interface HostProxySwitchSpec extends DynamicData {
  backing?: DynamicData | undefined;
}

export interface HostProxySwitchConfig extends DynamicData {
  changeOperation?: string | undefined;
  uuid: string;
  spec?: HostProxySwitchSpec | undefined;
}

export interface HostProxySwitchHostLagConfig extends DynamicData {
  lagKey: string;
  lagName?: string | undefined;
  uplinkPort?: readonly KeyValue[] | undefined;
}

export interface HostProxySwitchEnsInfo extends DynamicData {
  opsVersion: number | bigint;
  numPSOps: number | bigint;
  numLcoreOps: number | bigint;
  errorStatus: number | bigint;
  lcoreStatus: number | bigint;
}

export interface HostImageProfileSummary extends DynamicData {
  name: string;
  vendor: string;
}

export interface HostIpConfig extends DynamicData {
  dhcp: boolean;
  ipAddress?: string | undefined;
  subnetMask?: string | undefined;
  ipV6Config?: HostIpConfigIpV6AddressConfiguration | undefined;
}

export interface HostIpConfigIpV6Address extends DynamicData {
  ipAddress: string;
  prefixLength: number;
  origin?: string | undefined;
  dadState?: string | undefined;
  lifetime?: Date | undefined;
  operation?: string | undefined;
}

export interface HostIpConfigIpV6AddressConfiguration extends DynamicData {
  ipV6Address?: readonly HostIpConfigIpV6Address[] | undefined;
  autoConfigurationEnabled?: boolean | undefined;
  dhcpV6Enabled?: boolean | undefined;
}

export interface HostIpRouteConfig extends DynamicData {
  defaultGateway?: string | undefined;
  gatewayDevice?: string | undefined;
  ipV6DefaultGateway?: string | undefined;
  ipV6GatewayDevice?: string | undefined;
}

export interface HostIpRouteConfigSpec extends HostIpRouteConfig {
  gatewayDeviceConnection?: HostVirtualNicConnection | undefined;
  ipV6GatewayDeviceConnection?: HostVirtualNicConnection | undefined;
}

export interface HostIpRouteEntry extends DynamicData {
  network: string;
  prefixLength: number;
  gateway: string;
  deviceName?: string | undefined;
}

export interface HostIpRouteOp extends DynamicData {
  changeOperation: string;
  route: HostIpRouteEntry;
}

export interface HostIpRouteTableConfig extends DynamicData {
  ipRoute?: readonly HostIpRouteOp[] | undefined;
  ipv6Route?: readonly HostIpRouteOp[] | undefined;
}

export interface HostIpRouteTableInfo extends DynamicData {
  ipRoute?: readonly HostIpRouteEntry[] | undefined;
  ipv6Route?: readonly HostIpRouteEntry[] | undefined;
}

export interface HostIpmiInfo extends DynamicData {
  bmcIpAddress?: string | undefined;
  bmcMacAddress?: string | undefined;
  login?: string | undefined;
  password?: string | undefined;
}

export interface IscsiStatus extends DynamicData {
  reason?: readonly LocalizedMethodFault[] | undefined;
}

export interface IscsiPortInfo extends DynamicData {
  vnicDevice?: string | undefined;
  vnic?: HostVirtualNic | undefined;
  pnicDevice?: string | undefined;
  pnic?: PhysicalNic | undefined;
  switchName?: string | undefined;
  switchUuid?: string | undefined;
  portgroupName?: string | undefined;
  portgroupKey?: string | undefined;
  portKey?: string | undefined;
  opaqueNetworkId?: string | undefined;
  opaqueNetworkType?: string | undefined;
  opaqueNetworkName?: string | undefined;
  externalId?: string | undefined;
  complianceStatus?: IscsiStatus | undefined;
  pathStatus?: string | undefined;
}

export interface IscsiDependencyEntity extends DynamicData {
  pnicDevice: string;
  vnicDevice: string;
  vmhbaName: string;
}

export interface IscsiMigrationDependency extends DynamicData {
  migrationAllowed: boolean;
  disallowReason?: IscsiStatus | undefined;
  dependency?: readonly IscsiDependencyEntity[] | undefined;
}

export interface KernelModuleInfo extends DynamicData {
  id: number;
  name: string;
  version: string;
  filename: string;
  optionString: string;
  loaded: boolean;
  enabled: boolean;
  useCount: number;
  readOnlySection: KernelModuleSectionInfo;
  writableSection: KernelModuleSectionInfo;
  textSection: KernelModuleSectionInfo;
  dataSection: KernelModuleSectionInfo;
  bssSection: KernelModuleSectionInfo;
}

export interface KernelModuleSectionInfo extends DynamicData {
  address: number | bigint;
  length?: number | undefined;
}

export interface HostLicenseSpec extends DynamicData {
  source?: LicenseSource | undefined;
  editionKey?: string | undefined;
  disabledFeatureKey?: readonly string[] | undefined;
  enabledFeatureKey?: readonly string[] | undefined;
}

export interface LinkDiscoveryProtocolConfig extends DynamicData {
  protocol: string;
  operation: string;
}

export interface HostAccountSpec extends DynamicData {
  id: string;
  password?: string | undefined;
  description?: string | undefined;
}

export interface HostPosixAccountSpec extends HostAccountSpec {
  posixId?: number | undefined;
  shellAccess?: boolean | undefined;
}

export interface HostLocalAuthenticationInfo extends HostAuthenticationStoreInfo {
}

export interface HostLocalFileSystemVolume extends HostFileSystemVolume {
  device: string;
}

export interface HostLocalFileSystemVolumeSpec extends DynamicData {
  device: string;
  localPath: string;
}

export interface HostLowLevelProvisioningManagerVmRecoveryInfo extends DynamicData {
  version: string;
  biosUUID: string;
  instanceUUID: string;
  ftInfo?: FaultToleranceConfigInfo | undefined;
}

export interface HostLowLevelProvisioningManagerVmMigrationStatus extends DynamicData {
  migrationId: number | bigint;
  type: string;
  source: boolean;
  consideredSuccessful: boolean;
}

export interface HostLowLevelProvisioningManagerDiskLayoutSpec extends DynamicData {
  controllerType: string;
  busNumber: number;
  unitNumber: number;
  srcFilename: string;
  dstFilename: string;
}

export interface HostLowLevelProvisioningManagerSnapshotLayoutSpec extends DynamicData {
  id: number;
  srcFilename: string;
  dstFilename: string;
  disk?: readonly HostLowLevelProvisioningManagerDiskLayoutSpec[] | undefined;
}

export interface HostLowLevelProvisioningManagerFileReserveSpec extends DynamicData {
  baseName: string;
  parentDir: string;
  fileType: string;
  storageProfile: string;
}

export interface HostLowLevelProvisioningManagerFileReserveResult extends DynamicData {
  baseName: string;
  parentDir: string;
  reservedName: string;
}

export interface HostLowLevelProvisioningManagerFileDeleteSpec extends DynamicData {
  fileName: string;
  fileType: string;
}

export interface HostLowLevelProvisioningManagerFileDeleteResult extends DynamicData {
  fileName: string;
  fault: LocalizedMethodFault;
}

export interface HostMaintenanceSpec extends DynamicData {
  purpose?: string | undefined;
}

export interface ServiceConsoleReservationInfo extends DynamicData {
  serviceConsoleReservedCfg: number | bigint;
  serviceConsoleReserved: number | bigint;
  unreserved: number | bigint;
}

export interface VirtualMachineMemoryReservationInfo extends DynamicData {
  virtualMachineMin: number | bigint;
  virtualMachineMax: number | bigint;
  virtualMachineReserved: number | bigint;
  allocationPolicy: string;
}

export interface VirtualMachineMemoryReservationSpec extends DynamicData {
  virtualMachineReserved?: number | bigint | undefined;
  allocationPolicy?: string | undefined;
}

export interface HostMemorySpec extends DynamicData {
  serviceConsoleReservation?: number | bigint | undefined;
}

export interface HostMemoryTierInfo extends DynamicData {
  name: string;
  type: string;
  flags?: readonly string[] | undefined;
  internalFlags?: readonly string[] | undefined;
  size: number | bigint;
}

export interface HostMountInfo extends DynamicData {
  path?: string | undefined;
  accessMode: string;
  mounted?: boolean | undefined;
  accessible?: boolean | undefined;
  inaccessibleReason?: string | undefined;
  vmknicName?: string | undefined;
  vmknicActive?: boolean | undefined;
  mountFailedReason?: string | undefined;
  numTcpConnections?: number | undefined;
}

export interface HostMultipathInfo extends DynamicData {
  lun?: readonly HostMultipathInfoLogicalUnit[] | undefined;
}

export interface HostMultipathInfoLogicalUnitPolicy extends DynamicData {
  policy: string;
}

export interface HostMultipathInfoHppLogicalUnitPolicy extends HostMultipathInfoLogicalUnitPolicy {
  bytes?: number | bigint | undefined;
  iops?: number | bigint | undefined;
  path?: string | undefined;
  latencyEvalTime?: number | bigint | undefined;
  samplingIosPerPath?: number | bigint | undefined;
}

export interface HostMultipathInfoLogicalUnitStorageArrayTypePolicy extends DynamicData {
  policy: string;
}

export interface HostMultipathInfoFixedLogicalUnitPolicy extends HostMultipathInfoLogicalUnitPolicy {
  prefer: string;
}

export interface HostMultipathInfoLogicalUnit extends DynamicData {
  key: string;
  id: string;
  lun: string;
  path: readonly HostMultipathInfoPath[];
  policy: HostMultipathInfoLogicalUnitPolicy;
  storageArrayTypePolicy?: HostMultipathInfoLogicalUnitStorageArrayTypePolicy | undefined;
}

export interface HostMultipathInfoPath extends DynamicData {
  key: string;
  name: string;
  pathState: string;
  state?: string | undefined;
  isWorkingPath?: boolean | undefined;
  adapter: string;
  lun: string;
  transport?: HostTargetTransport | undefined;
}

export interface HostMultipathStateInfo extends DynamicData {
  path?: readonly HostMultipathStateInfoPath[] | undefined;
}

export interface HostMultipathStateInfoPath extends DynamicData {
  name: string;
  pathState: string;
}

export interface HostNasVolume extends HostFileSystemVolume {
  remoteHost: string;
  remotePath: string;
  userName?: string | undefined;
  remoteHostNames?: readonly string[] | undefined;
  securityType?: string | undefined;
  protocolEndpoint?: boolean | undefined;
}

export interface HostNasVolumeUserInfo extends DynamicData {
  user: string;
}

export interface HostNasVolumeSpec extends DynamicData {
  remoteHost: string;
  remotePath: string;
  localPath: string;
  accessMode: string;
  type?: string | undefined;
  userName?: string | undefined;
  password?: string | undefined;
  remoteHostNames?: readonly string[] | undefined;
  securityType?: string | undefined;
  vmknicToBind?: string | undefined;
  vmknicBound?: boolean | undefined;
  connections?: number | undefined;
}

export interface HostNasVolumeConfig extends DynamicData {
  changeOperation?: string | undefined;
  spec?: HostNasVolumeSpec | undefined;
}

export interface HostNatService extends DynamicData {
  key: string;
  spec: HostNatServiceSpec;
}

export interface HostNatServicePortForwardSpec extends DynamicData {
  type: string;
  name: string;
  hostPort: number;
  guestPort: number;
  guestIpAddress: string;
}

export interface HostNatServiceNameServiceSpec extends DynamicData {
  dnsAutoDetect: boolean;
  dnsPolicy: string;
  dnsRetries: number;
  dnsTimeout: number;
  dnsNameServer?: readonly string[] | undefined;
  nbdsTimeout: number;
  nbnsRetries: number;
  nbnsTimeout: number;
}

export interface HostNatServiceSpec extends DynamicData {
  virtualSwitch: string;
  activeFtp: boolean;
  allowAnyOui: boolean;
  configPort: boolean;
  ipGatewayAddress: string;
  udpTimeout: number;
  portForward?: readonly HostNatServicePortForwardSpec[] | undefined;
  nameService?: HostNatServiceNameServiceSpec | undefined;
}

export interface HostNatServiceConfig extends DynamicData {
  changeOperation?: string | undefined;
  key: string;
  spec: HostNatServiceSpec;
}

export interface HostNetCapabilities extends DynamicData {
  canSetPhysicalNicLinkSpeed: boolean;
  supportsNicTeaming: boolean;
  nicTeamingPolicy?: readonly string[] | undefined;
  supportsVlan: boolean;
  usesServiceConsoleNic: boolean;
  supportsNetworkHints: boolean;
  maxPortGroupsPerVswitch?: number | undefined;
  vswitchConfigSupported: boolean;
  vnicConfigSupported: boolean;
  ipRouteConfigSupported: boolean;
  dnsConfigSupported: boolean;
  dhcpOnVnicSupported: boolean;
  ipV6Supported: boolean;
  backupNfcNiocSupported?: boolean | undefined;
}

export interface HostNetOffloadCapabilities extends DynamicData {
  csumOffload?: boolean | undefined;
  tcpSegmentation?: boolean | undefined;
  zeroCopyXmit?: boolean | undefined;
}

export interface HostNetStackInstance extends DynamicData {
  key?: string | undefined;
  name?: string | undefined;
  dnsConfig?: HostDnsConfig | undefined;
  ipRouteConfig?: HostIpRouteConfig | undefined;
  requestedMaxNumberOfConnections?: number | undefined;
  congestionControlAlgorithm?: string | undefined;
  ipV6Enabled?: boolean | undefined;
  routeTableConfig?: HostIpRouteTableConfig | undefined;
}

export interface HostNetworkInfo extends DynamicData {
  vswitch?: readonly HostVirtualSwitch[] | undefined;
  proxySwitch?: readonly HostProxySwitch[] | undefined;
  portgroup?: readonly HostPortGroup[] | undefined;
  pnic?: readonly PhysicalNic[] | undefined;
  rdmaDevice?: readonly HostRdmaDevice[] | undefined;
  vnic?: readonly HostVirtualNic[] | undefined;
  consoleVnic?: readonly HostVirtualNic[] | undefined;
  dnsConfig?: HostDnsConfig | undefined;
  ipRouteConfig?: HostIpRouteConfig | undefined;
  consoleIpRouteConfig?: HostIpRouteConfig | undefined;
  routeTableInfo?: HostIpRouteTableInfo | undefined;
  dhcp?: readonly HostDhcpService[] | undefined;
  nat?: readonly HostNatService[] | undefined;
  ipV6Enabled?: boolean | undefined;
  atBootIpV6Enabled?: boolean | undefined;
  netStackInstance?: readonly HostNetStackInstance[] | undefined;
  opaqueSwitch?: readonly HostOpaqueSwitch[] | undefined;
  opaqueNetwork?: readonly HostOpaqueNetworkInfo[] | undefined;
  nsxTransportNodeId?: string | undefined;
  nvdsToVdsMigrationRequired?: boolean | undefined;
  migrationStatus?: string | undefined;
}

export interface HostNetworkPolicy extends DynamicData {
  security?: HostNetworkSecurityPolicy | undefined;
  nicTeaming?: HostNicTeamingPolicy | undefined;
  offloadPolicy?: HostNetOffloadCapabilities | undefined;
  shapingPolicy?: HostNetworkTrafficShapingPolicy | undefined;
}

export interface HostNetworkSecurityPolicy extends DynamicData {
  allowPromiscuous?: boolean | undefined;
  macChanges?: boolean | undefined;
  forgedTransmits?: boolean | undefined;
}

export interface HostNetworkTrafficShapingPolicy extends DynamicData {
  enabled?: boolean | undefined;
  averageBandwidth?: number | bigint | undefined;
  peakBandwidth?: number | bigint | undefined;
  burstSize?: number | bigint | undefined;
}

export interface HostNicFailureCriteria extends DynamicData {
  checkSpeed?: string | undefined;
  speed?: number | undefined;
  checkDuplex?: boolean | undefined;
  fullDuplex?: boolean | undefined;
  checkErrorPercent?: boolean | undefined;
  percentage?: number | undefined;
  checkBeacon?: boolean | undefined;
}

export interface HostNicOrderPolicy extends DynamicData {
  activeNic?: readonly string[] | undefined;
  standbyNic?: readonly string[] | undefined;
}

export interface HostNicTeamingPolicy extends DynamicData {
  policy?: string | undefined;
  reversePolicy?: boolean | undefined;
  notifySwitches?: boolean | undefined;
  rollingOrder?: boolean | undefined;
  failureCriteria?: HostNicFailureCriteria | undefined;
  nicOrder?: HostNicOrderPolicy | undefined;
}

export interface HostNfcConnectionInfo extends HostDataTransportConnectionInfo {
  streamingMemoryConsumed?: number | bigint | undefined;
}

export interface HostNtpConfig extends DynamicData {
  server?: readonly string[] | undefined;
  configFile?: readonly string[] | undefined;
}

export interface HostNumaInfo extends DynamicData {
  type: string;
  numNodes: number;
  numaNode?: readonly HostNumaNode[] | undefined;
}

export interface HostNumaNode extends DynamicData {
  typeId: number;
  cpuID: readonly number[];
  memorySize?: number | bigint | undefined;
  memoryRangeBegin: number | bigint;
  memoryRangeLength: number | bigint;
  pciId?: readonly string[] | undefined;
}

export interface HostNumericSensorInfo extends DynamicData {
  name: string;
  healthState?: ElementDescription | undefined;
  currentReading: number | bigint;
  unitModifier: number;
  baseUnits: string;
  rateUnits?: string | undefined;
  sensorType: string;
  id?: string | undefined;
  sensorNumber?: number | bigint | undefined;
  timeStamp?: string | undefined;
  fru?: HostFru | undefined;
}

export interface NvdimmHealthInfo extends DynamicData {
  healthStatus: string;
  healthInformation: string;
  stateFlagInfo?: readonly string[] | undefined;
  dimmTemperature: number;
  dimmTemperatureThreshold: number;
  spareBlocksPercentage: number;
  spareBlockThreshold: number;
  dimmLifespanPercentage: number;
  esTemperature?: number | undefined;
  esTemperatureThreshold?: number | undefined;
  esLifespanPercentage?: number | undefined;
}

export interface NvdimmRegionInfo extends DynamicData {
  regionId: number;
  setId: number;
  rangeType: string;
  startAddr: number | bigint;
  size: number | bigint;
  offset: number | bigint;
}

export interface NvdimmSummary extends DynamicData {
  numDimms: number;
  healthStatus: string;
  totalCapacity: number | bigint;
  persistentCapacity: number | bigint;
  blockCapacity: number | bigint;
  availableCapacity: number | bigint;
  numInterleavesets: number;
  numNamespaces: number;
}

export interface NvdimmDimmInfo extends DynamicData {
  dimmHandle: number;
  healthInfo: NvdimmHealthInfo;
  totalCapacity: number | bigint;
  persistentCapacity: number | bigint;
  availablePersistentCapacity: number | bigint;
  volatileCapacity: number | bigint;
  availableVolatileCapacity: number | bigint;
  blockCapacity: number | bigint;
  regionInfo?: readonly NvdimmRegionInfo[] | undefined;
  representationString: string;
}

export interface NvdimmInterleaveSetInfo extends DynamicData {
  setId: number;
  rangeType: string;
  baseAddress: number | bigint;
  size: number | bigint;
  availableSize: number | bigint;
  deviceList?: readonly number[] | undefined;
  state: string;
}

export interface NvdimmGuid extends DynamicData {
  uuid: string;
}

export interface NvdimmNamespaceInfo extends DynamicData {
  uuid: string;
  friendlyName: string;
  blockSize: number | bigint;
  blockCount: number | bigint;
  type: string;
  namespaceHealthStatus: string;
  locationID: number;
  state: string;
}

export interface NvdimmNamespaceDetails extends DynamicData {
  uuid: string;
  friendlyName: string;
  size: number | bigint;
  type: string;
  namespaceHealthStatus: string;
  interleavesetID: number;
  state: string;
}

export interface NvdimmNamespaceCreateSpec extends DynamicData {
  friendlyName?: string | undefined;
  blockSize: number | bigint;
  blockCount: number | bigint;
  type: string;
  locationID: number;
}

export interface NvdimmPMemNamespaceCreateSpec extends DynamicData {
  friendlyName?: string | undefined;
  size: number | bigint;
  interleavesetID: number;
}

export interface NvdimmNamespaceDeleteSpec extends DynamicData {
  uuid: string;
}

export interface NvdimmSystemInfo extends DynamicData {
  summary?: NvdimmSummary | undefined;
  dimms?: readonly number[] | undefined;
  dimmInfo?: readonly NvdimmDimmInfo[] | undefined;
  interleaveSet?: readonly number[] | undefined;
  iSetInfo?: readonly NvdimmInterleaveSetInfo[] | undefined;
  namespace?: readonly NvdimmGuid[] | undefined;
  nsInfo?: readonly NvdimmNamespaceInfo[] | undefined;
  nsDetails?: readonly NvdimmNamespaceDetails[] | undefined;
}

export interface HostNvmeController extends DynamicData {
  key: string;
  controllerNumber: number;
  subnqn: string;
  name: string;
  associatedAdapter: string;
  transportType: string;
  fusedOperationSupported: boolean;
  numberOfQueues: number;
  queueSize: number;
  attachedNamespace?: readonly HostNvmeNamespace[] | undefined;
  vendorId?: string | undefined;
  model?: string | undefined;
  serialNumber?: string | undefined;
  firmwareVersion?: string | undefined;
}

export interface HostNvmeDisconnectSpec extends DynamicData {
  hbaName: string;
  subnqn?: string | undefined;
  controllerNumber?: number | undefined;
}

export interface HostNvmeDiscoveryLog extends DynamicData {
  entry?: readonly HostNvmeDiscoveryLogEntry[] | undefined;
  complete: boolean;
}

export interface HostNvmeDiscoveryLogEntry extends DynamicData {
  subnqn: string;
  subsystemType: string;
  subsystemPortId: number;
  controllerId: number;
  adminQueueMaxSize: number;
  transportParameters: HostNvmeTransportParameters;
  transportRequirements: string;
  connected: boolean;
}

export interface HostNvmeNamespace extends DynamicData {
  key: string;
  name: string;
  id: number;
  blockSize: number;
  capacityInBlocks: number | bigint;
}

export interface HostNvmeSpec extends DynamicData {
  hbaName: string;
  transportParameters: HostNvmeTransportParameters;
}

export interface HostNvmeTopology extends DynamicData {
  adapter?: readonly HostNvmeTopologyInterface[] | undefined;
}

export interface HostNvmeTopologyInterface extends DynamicData {
  key: string;
  adapter: string;
  connectedController?: readonly HostNvmeController[] | undefined;
}

export interface HostNvmeTransportParameters extends DynamicData {
}

export interface HostOpaqueSwitch extends DynamicData {
  key: string;
  name?: string | undefined;
  pnic?: readonly string[] | undefined;
  pnicZone?: readonly HostOpaqueSwitchPhysicalNicZone[] | undefined;
  status?: string | undefined;
  vtep?: readonly HostVirtualNic[] | undefined;
  extraConfig?: readonly OptionValue[] | undefined;
  featureCapability?: readonly HostFeatureCapability[] | undefined;
}

export interface HostOpaqueSwitchPhysicalNicZone extends DynamicData {
  key: string;
  pnicDevice?: readonly string[] | undefined;
}

export interface HostPMemVolume extends HostFileSystemVolume {
  uuid: string;
  version: string;
}

export interface HostParallelScsiHba extends HostHostBusAdapter {
}

export interface HostPartialMaintenanceModeRuntimeInfo extends DynamicData {
  key: string;
  hostStatus: string;
}

export interface HostPatchManagerResult extends DynamicData {
  version: string;
  status?: readonly HostPatchManagerStatus[] | undefined;
  xmlResult?: string | undefined;
}

export interface HostPatchManagerStatus extends DynamicData {
  id: string;
  applicable: boolean;
  reason?: readonly string[] | undefined;
  integrity?: string | undefined;
  installed: boolean;
  installState?: readonly string[] | undefined;
  prerequisitePatch?: readonly HostPatchManagerStatusPrerequisitePatch[] | undefined;
  restartRequired: boolean;
  reconnectRequired: boolean;
  vmOffRequired: boolean;
  supersededPatchIds?: readonly string[] | undefined;
}

export interface HostPatchManagerStatusPrerequisitePatch extends DynamicData {
  id: string;
  installState?: readonly string[] | undefined;
}

export interface HostPatchManagerLocator extends DynamicData {
  url: string;
  proxy?: string | undefined;
}

export interface HostPatchManagerPatchManagerOperationSpec extends DynamicData {
  proxy?: string | undefined;
  port?: number | undefined;
  userName?: string | undefined;
  password?: string | undefined;
  cmdOption?: string | undefined;
}

export interface HostPathSelectionPolicyOption extends DynamicData {
  policy: ElementDescription;
}

export interface HostPciDevice extends DynamicData {
  id: string;
  classId: number;
  bus: number;
  slot: number;
  function: number;
  vendorId: number;
  subVendorId: number;
  vendorName: string;
  deviceId: number;
  subDeviceId: number;
  parentBridge?: string | undefined;
  deviceName: string;
  deviceClassName?: string | undefined;
}

export interface HostPciPassthruConfig extends DynamicData {
  id: string;
  passthruEnabled: boolean;
  applyNow?: boolean | undefined;
  hardwareLabel?: string | undefined;
}

export interface HostPciPassthruInfo extends DynamicData {
  id: string;
  dependentDevice: string;
  passthruEnabled: boolean;
  passthruCapable: boolean;
  passthruActive: boolean;
  hardwareLabel?: string | undefined;
}

export interface HostPcieHba extends HostHostBusAdapter {
}

export interface HostPersistentMemoryInfo extends DynamicData {
  capacityInMB?: number | bigint | undefined;
  volumeUUID?: string | undefined;
}

export interface PhysicalNic extends DynamicData {
  key?: string | undefined;
  device: string;
  pci: string;
  driver?: string | undefined;
  driverVersion?: string | undefined;
  firmwareVersion?: string | undefined;
  linkSpeed?: PhysicalNicLinkInfo | undefined;
  validLinkSpecification?: readonly PhysicalNicLinkInfo[] | undefined;
  spec: PhysicalNicSpec;
  wakeOnLanSupported: boolean;
  mac: string;
  fcoeConfiguration?: FcoeConfig | undefined;
  vmDirectPathGen2Supported?: boolean | undefined;
  vmDirectPathGen2SupportedMode?: string | undefined;
  resourcePoolSchedulerAllowed?: boolean | undefined;
  resourcePoolSchedulerDisallowedReason?: readonly string[] | undefined;
  autoNegotiateSupported?: boolean | undefined;
  enhancedNetworkingStackSupported?: boolean | undefined;
  ensInterruptSupported?: boolean | undefined;
  rdmaDevice?: string | undefined;
  dpuId?: string | undefined;
}

export interface PhysicalNicSpec extends DynamicData {
  ip?: HostIpConfig | undefined;
  linkSpeed?: PhysicalNicLinkInfo | undefined;
  enableEnhancedNetworkingStack?: boolean | undefined;
  ensInterruptEnabled?: boolean | undefined;
}

export interface PhysicalNicConfig extends DynamicData {
  device: string;
  spec: PhysicalNicSpec;
}

export interface PhysicalNicLinkInfo extends DynamicData {
  speedMb: number;
  duplex: boolean;
}

export interface PhysicalNicHintInfo extends DynamicData {
  device: string;
  subnet?: readonly PhysicalNicIpHint[] | undefined;
  network?: readonly PhysicalNicNameHint[] | undefined;
  connectedSwitchPort?: PhysicalNicCdpInfo | undefined;
  lldpInfo?: LinkLayerDiscoveryProtocolInfo | undefined;
}

export interface PhysicalNicHint extends DynamicData {
  vlanId?: number | undefined;
}

export interface PhysicalNicIpHint extends PhysicalNicHint {
  ipSubnet: string;
}

export interface PhysicalNicNameHint extends PhysicalNicHint {
  network: string;
}

export interface PhysicalNicCdpDeviceCapability extends DynamicData {
  router: boolean;
  transparentBridge: boolean;
  sourceRouteBridge: boolean;
  networkSwitch: boolean;
  host: boolean;
  igmpEnabled: boolean;
  repeater: boolean;
}

export interface PhysicalNicCdpInfo extends DynamicData {
  cdpVersion?: number | undefined;
  timeout?: number | undefined;
  ttl?: number | undefined;
  samples?: number | undefined;
  devId?: string | undefined;
  address?: string | undefined;
  portId?: string | undefined;
  deviceCapability?: PhysicalNicCdpDeviceCapability | undefined;
  softwareVersion?: string | undefined;
  hardwarePlatform?: string | undefined;
  ipPrefix?: string | undefined;
  ipPrefixLen?: number | undefined;
  vlan?: number | undefined;
  fullDuplex?: boolean | undefined;
  mtu?: number | undefined;
  systemName?: string | undefined;
  systemOID?: string | undefined;
  mgmtAddr?: string | undefined;
  location?: string | undefined;
}

export interface LinkLayerDiscoveryProtocolInfo extends DynamicData {
  chassisId: string;
  portId: string;
  timeToLive: number;
  parameter?: readonly KeyAnyValue[] | undefined;
}

export interface HostPlugStoreTopology extends DynamicData {
  adapter?: readonly HostPlugStoreTopologyAdapter[] | undefined;
  path?: readonly HostPlugStoreTopologyPath[] | undefined;
  target?: readonly HostPlugStoreTopologyTarget[] | undefined;
  device?: readonly HostPlugStoreTopologyDevice[] | undefined;
  plugin?: readonly HostPlugStoreTopologyPlugin[] | undefined;
}

export interface HostPlugStoreTopologyAdapter extends DynamicData {
  key: string;
  adapter: string;
  path?: readonly string[] | undefined;
}

export interface HostPlugStoreTopologyPath extends DynamicData {
  key: string;
  name: string;
  channelNumber?: number | undefined;
  targetNumber?: number | undefined;
  lunNumber?: number | undefined;
  adapter?: string | undefined;
  target?: string | undefined;
  device?: string | undefined;
}

export interface HostPlugStoreTopologyDevice extends DynamicData {
  key: string;
  lun: string;
  path?: readonly string[] | undefined;
}

export interface HostPlugStoreTopologyPlugin extends DynamicData {
  key: string;
  name: string;
  device?: readonly string[] | undefined;
  claimedPath?: readonly string[] | undefined;
}

export interface HostPlugStoreTopologyTarget extends DynamicData {
  key: string;
  transport?: HostTargetTransport | undefined;
}

export interface HostPortGroup extends DynamicData {
  key?: string | undefined;
  port?: readonly HostPortGroupPort[] | undefined;
  vswitch?: string | undefined;
  computedPolicy: HostNetworkPolicy;
  spec: HostPortGroupSpec;
}

export interface HostPortGroupSpec extends DynamicData {
  name: string;
  vlanId: number;
  vswitchName: string;
  policy: HostNetworkPolicy;
}

export interface HostPortGroupConfig extends DynamicData {
  changeOperation?: string | undefined;
  spec?: HostPortGroupSpec | undefined;
}

export interface HostPortGroupPort extends DynamicData {
  key?: string | undefined;
  mac?: readonly string[] | undefined;
  type: string;
}

export interface HostPowerPolicy extends DynamicData {
  key: number;
  name: string;
  shortName: string;
  description: string;
}

export interface PowerSystemCapability extends DynamicData {
  availablePolicy: readonly HostPowerPolicy[];
}

export interface PowerSystemInfo extends DynamicData {
  currentPolicy: HostPowerPolicy;
}

export interface HostProtocolEndpoint extends DynamicData {
  peType: string;
  type?: string | undefined;
  uuid: string;
  hostKey?: readonly MoRef[] | undefined;
  storageArray?: string | undefined;
  nfsServer?: string | undefined;
  nfsDir?: string | undefined;
  nfsServerScope?: string | undefined;
  nfsServerMajor?: string | undefined;
  nfsServerAuthType?: string | undefined;
  nfsServerUser?: string | undefined;
  deviceId?: string | undefined;
  usedByStretchedContainer?: boolean | undefined;
}

export interface HostPtpConfig extends DynamicData {
  domain?: number | undefined;
  port?: readonly HostPtpConfigPtpPort[] | undefined;
}

export interface HostPtpConfigPtpPort extends DynamicData {
  index: number;
  deviceType?: string | undefined;
  device?: string | undefined;
  ipConfig?: HostIpConfig | undefined;
}

export interface HostQualifiedName extends DynamicData {
  value: string;
  type: string;
}

export interface HostRdmaDevice extends DynamicData {
  key: string;
  device: string;
  driver?: string | undefined;
  description?: string | undefined;
  backing?: HostRdmaDeviceBacking | undefined;
  connectionInfo: HostRdmaDeviceConnectionInfo;
  capability: HostRdmaDeviceCapability;
}

export interface HostRdmaDeviceBacking extends DynamicData {
}

export interface HostRdmaDevicePnicBacking extends HostRdmaDeviceBacking {
  pairedUplink: string;
}

export interface HostRdmaDeviceConnectionInfo extends DynamicData {
  state: string;
  mtu: number;
  speedInMbps: number;
}

export interface HostRdmaDeviceCapability extends DynamicData {
  roceV1Capable: boolean;
  roceV2Capable: boolean;
  iWarpCapable: boolean;
}

export interface HostRdmaHba extends HostHostBusAdapter {
  associatedRdmaDevice?: string | undefined;
}

export interface HostReliableMemoryInfo extends DynamicData {
  memorySize: number | bigint;
}

export interface HostResignatureRescanResult extends DynamicData {
  rescan?: readonly HostVmfsRescanResult[] | undefined;
  result: MoRef;
}

export interface HostFirewallRuleset extends DynamicData {
  key: string;
  label: string;
  required: boolean;
  rule: readonly HostFirewallRule[];
  service?: string | undefined;
  enabled: boolean;
  allowedHosts?: HostFirewallRulesetIpList | undefined;
  userControllable?: boolean | undefined;
  ipListUserConfigurable?: boolean | undefined;
}

export interface HostFirewallRulesetIpNetwork extends DynamicData {
  network: string;
  prefixLength: number;
}

export interface HostFirewallRulesetIpList extends DynamicData {
  ipAddress?: readonly string[] | undefined;
  ipNetwork?: readonly HostFirewallRulesetIpNetwork[] | undefined;
  allIp: boolean;
}

export interface HostFirewallRulesetRulesetSpec extends DynamicData {
  allowedHosts: HostFirewallRulesetIpList;
}

export interface HostFirewallRule extends DynamicData {
  port: number;
  endPort?: number | undefined;
  direction: Enum.HostFirewallRuleDirection;
  portType?: Enum.HostFirewallRulePortType | undefined;
  protocol: string;
}

export interface ScsiLun extends HostDevice {
  key?: string | undefined;
  uuid: string;
  descriptor?: readonly ScsiLunDescriptor[] | undefined;
  canonicalName?: string | undefined;
  displayName?: string | undefined;
  lunType: string;
  vendor?: string | undefined;
  model?: string | undefined;
  revision?: string | undefined;
  scsiLevel?: number | undefined;
  serialNumber?: string | undefined;
  durableName?: ScsiLunDurableName | undefined;
  alternateName?: readonly ScsiLunDurableName[] | undefined;
  standardInquiry?: readonly number[] | undefined;
  queueDepth?: number | undefined;
  operationalState: readonly string[];
  capabilities?: ScsiLunCapabilities | undefined;
  vStorageSupport?: string | undefined;
  protocolEndpoint?: boolean | undefined;
  perenniallyReserved?: boolean | undefined;
  clusteredVmdkSupported?: boolean | undefined;
  applicationProtocol?: string | undefined;
  dispersedNs?: boolean | undefined;
  deviceReservation?: string | undefined;
}

export interface ScsiLunCapabilities extends DynamicData {
  updateDisplayNameSupported: boolean;
}

export interface ScsiLunDurableName extends DynamicData {
  namespace: string;
  namespaceId: number;
  data?: readonly number[] | undefined;
}

export interface ScsiLunDescriptor extends DynamicData {
  quality: string;
  id: string;
}

export interface HostScsiTopology extends DynamicData {
  adapter?: readonly HostScsiTopologyInterface[] | undefined;
}

export interface HostScsiTopologyInterface extends DynamicData {
  key: string;
  adapter: string;
  target?: readonly HostScsiTopologyTarget[] | undefined;
}

export interface HostScsiTopologyTarget extends DynamicData {
  key: string;
  target: number;
  lun?: readonly HostScsiTopologyLun[] | undefined;
  transport?: HostTargetTransport | undefined;
}

export interface HostScsiTopologyLun extends DynamicData {
  key: string;
  lun: number;
  scsiLun: string;
}

export interface HostSerialAttachedHba extends HostHostBusAdapter {
  nodeWorldWideName: string;
}

export interface HostService extends DynamicData {
  key: string;
  label: string;
  required: boolean;
  uninstallable: boolean;
  running: boolean;
  ruleset?: readonly string[] | undefined;
  policy: string;
  sourcePackage?: HostServiceSourcePackage | undefined;
}

export interface HostServiceSourcePackage extends DynamicData {
  sourcePackageName: string;
  description: string;
}

export interface HostServiceConfig extends DynamicData {
  serviceId: string;
  startupPolicy: string;
}

export interface HostServiceInfo extends DynamicData {
  service?: readonly HostService[] | undefined;
}

export interface HostSevInfo extends DynamicData {
  sevState: string;
  maxSevEsGuests: number | bigint;
}

export interface HostSgxInfo extends DynamicData {
  sgxState: string;
  totalEpcMemory: number | bigint;
  flcMode: string;
  lePubKeyHash?: string | undefined;
  registrationInfo?: HostSgxRegistrationInfo | undefined;
}

export interface HostSgxRegistrationInfo extends DynamicData {
  status?: string | undefined;
  biosError?: number | undefined;
  registrationUrl?: string | undefined;
  type?: string | undefined;
  ppid?: string | undefined;
  lastRegisteredTime?: Date | undefined;
}

export interface HostSharedGpuCapabilities extends DynamicData {
  vgpu: string;
  diskSnapshotSupported: boolean;
  memorySnapshotSupported: boolean;
  suspendSupported: boolean;
  migrateSupported: boolean;
}

export interface HostSnmpConfigSpec extends DynamicData {
  enabled?: boolean | undefined;
  port?: number | undefined;
  readOnlyCommunities?: readonly string[] | undefined;
  trapTargets?: readonly HostSnmpDestination[] | undefined;
  option?: readonly KeyValue[] | undefined;
}

export interface HostSnmpDestination extends DynamicData {
  hostName: string;
  port: number;
  community: string;
}

export interface HostSnmpSystemAgentLimits extends DynamicData {
  maxReadOnlyCommunities: number;
  maxTrapDestinations: number;
  maxCommunityLength: number;
  maxBufferSize: number;
  capability: Enum.HostSnmpAgentCapability;
}

export interface SoftwarePackage extends DynamicData {
  name: string;
  version: string;
  type: string;
  vendor: string;
  acceptanceLevel: string;
  summary: string;
  description: string;
  referenceURL?: readonly string[] | undefined;
  creationDate?: Date | undefined;
  depends?: readonly Relation[] | undefined;
  conflicts?: readonly Relation[] | undefined;
  replaces?: readonly Relation[] | undefined;
  provides?: readonly string[] | undefined;
  maintenanceModeRequired?: boolean | undefined;
  hardwarePlatformsRequired?: readonly string[] | undefined;
  capability: SoftwarePackageCapability;
  tag?: readonly string[] | undefined;
  payload?: readonly string[] | undefined;
}

export interface SoftwarePackageCapability extends DynamicData {
  liveInstallAllowed?: boolean | undefined;
  liveRemoveAllowed?: boolean | undefined;
  statelessReady?: boolean | undefined;
  overlay?: boolean | undefined;
}

export interface Relation extends DynamicData {
  constraint?: string | undefined;
  name: string;
  version?: string | undefined;
}

export interface HostSriovConfig extends HostPciPassthruConfig {
  sriovEnabled: boolean;
  numVirtualFunction: number;
}

export interface HostSriovDevicePoolInfo extends DynamicData {
  key: string;
}

export interface HostSriovInfo extends HostPciPassthruInfo {
  sriovEnabled: boolean;
  sriovCapable: boolean;
  sriovActive: boolean;
  numVirtualFunctionRequested: number;
  numVirtualFunction: number;
  maxVirtualFunctionSupported: number;
}

export interface HostSriovNetworkDevicePoolInfo extends HostSriovDevicePoolInfo {
  switchKey?: string | undefined;
  switchUuid?: string | undefined;
  pnic?: readonly PhysicalNic[] | undefined;
}

export interface HostSslThumbprintInfo extends DynamicData {
  principal: string;
  ownerTag: string;
  sslThumbprints?: readonly string[] | undefined;
}

export interface HostStorageArrayTypePolicyOption extends DynamicData {
  policy: ElementDescription;
}

export interface HostStorageDeviceInfo extends DynamicData {
  hostBusAdapter?: readonly HostHostBusAdapter[] | undefined;
  scsiLun?: readonly ScsiLun[] | undefined;
  scsiTopology?: HostScsiTopology | undefined;
  nvmeTopology?: HostNvmeTopology | undefined;
  multipathInfo?: HostMultipathInfo | undefined;
  plugStoreTopology?: HostPlugStoreTopology | undefined;
  softwareInternetScsiEnabled: boolean;
}

export interface SystemEventInfo extends DynamicData {
  recordId: number | bigint;
  when: string;
  selType: number | bigint;
  message: string;
  sensorNumber: number | bigint;
}

export interface HostSystemHealthInfo extends DynamicData {
  numericSensorInfo?: readonly HostNumericSensorInfo[] | undefined;
}

export interface HostSystemIdentificationInfo extends DynamicData {
  identifierValue: string;
  identifierType: ElementDescription;
}

export interface HostSystemInfo extends DynamicData {
  vendor: string;
  model: string;
  uuid: string;
  otherIdentifyingInfo?: readonly HostSystemIdentificationInfo[] | undefined;
  serialNumber?: string | undefined;
  qualifiedName?: readonly HostQualifiedName[] | undefined;
  vvolHostNQN?: HostQualifiedName | undefined;
  vvolHostId?: string | undefined;
  bootCommandLine?: string | undefined;
}

export interface HostSystemResourceInfo extends DynamicData {
  key: string;
  config?: ResourceConfigSpec | undefined;
  child?: readonly HostSystemResourceInfo[] | undefined;
}

export interface HostSystemSwapConfiguration extends DynamicData {
  option?: readonly HostSystemSwapConfigurationSystemSwapOption[] | undefined;
}

export interface HostSystemSwapConfigurationSystemSwapOption extends DynamicData {
  key: number;
}

export interface HostSystemSwapConfigurationDisabledOption extends HostSystemSwapConfigurationSystemSwapOption {
}

export interface HostSystemSwapConfigurationHostCacheOption extends HostSystemSwapConfigurationSystemSwapOption {
}

export interface HostSystemSwapConfigurationHostLocalSwapOption extends HostSystemSwapConfigurationSystemSwapOption {
}

export interface HostSystemSwapConfigurationDatastoreOption extends HostSystemSwapConfigurationSystemSwapOption {
  datastore: string;
}

export interface HostTargetTransport extends DynamicData {
}

export interface HostTcpHba extends HostHostBusAdapter {
  associatedPnic?: string | undefined;
}

export interface HostTcpHbaCreateSpec extends HostHbaCreateSpec {
  pnic: string;
}

export interface HostTcpTargetTransport extends HostTargetTransport {
}

export interface HostTpmAttestationInfo extends DynamicData {
  time: Date;
  status: Enum.HostTpmAttestationInfoAcceptanceStatus;
  message?: LocalizableMessage | undefined;
}

export interface HostTpmAttestationReport extends DynamicData {
  tpmPcrValues: readonly HostTpmDigestInfo[];
  tpmEvents: readonly HostTpmEventLogEntry[];
  tpmLogReliable: boolean;
}

export interface HostTpmDigestInfo extends HostDigestInfo {
  pcrNumber: number;
}

export interface HostTpmEventDetails extends DynamicData {
  dataHash: readonly number[];
  dataHashMethod?: string | undefined;
}

export interface HostTpmEventLogEntry extends DynamicData {
  pcrIndex: number;
  eventDetails: HostTpmEventDetails;
}

export interface HostTpmOptionEventDetails extends HostTpmEventDetails {
  optionsFileName: string;
  bootOptions?: readonly number[] | undefined;
}

export interface HostTpmSoftwareComponentEventDetails extends HostTpmEventDetails {
  componentName: string;
  vibName: string;
  vibVersion: string;
  vibVendor: string;
}

export interface HostTpmVersionEventDetails extends HostTpmEventDetails {
  version: Uint8Array;
}

export interface HostTrustAuthorityAttestationInfo extends DynamicData {
  attestationStatus: string;
  serviceId?: string | undefined;
  attestedAt?: Date | undefined;
  attestedUntil?: Date | undefined;
  messages?: readonly LocalizableMessage[] | undefined;
}

export interface HostUnresolvedVmfsResignatureSpec extends DynamicData {
  extentDevicePath: readonly string[];
}

export interface HostUnresolvedVmfsResolutionResult extends DynamicData {
  spec: HostUnresolvedVmfsResolutionSpec;
  vmfs?: HostVmfsVolume | undefined;
  fault?: LocalizedMethodFault | undefined;
}

export interface HostUnresolvedVmfsResolutionSpec extends DynamicData {
  extentDevicePath: readonly string[];
  uuidResolution: string;
}

export interface HostUnresolvedVmfsVolume extends DynamicData {
  extent: readonly HostUnresolvedVmfsExtent[];
  vmfsLabel: string;
  vmfsUuid: string;
  totalBlocks: number;
  resolveStatus: HostUnresolvedVmfsVolumeResolveStatus;
}

export interface HostUnresolvedVmfsVolumeResolveStatus extends DynamicData {
  resolvable: boolean;
  incompleteExtents?: boolean | undefined;
  multipleCopies?: boolean | undefined;
}

export interface HostVFlashResourceConfigurationResult extends DynamicData {
  devicePath?: readonly string[] | undefined;
  vffs?: HostVffsVolume | undefined;
  diskConfigurationResult?: readonly HostDiskConfigurationResult[] | undefined;
}

export interface HostVMotionConfig extends DynamicData {
  vmotionNicKey?: string | undefined;
  enabled: boolean;
}

export interface HostVMotionNetConfig extends DynamicData {
  candidateVnic?: readonly HostVirtualNic[] | undefined;
  selectedVnic?: string | undefined;
}

export interface HostVfatVolume extends HostFileSystemVolume {
}

export interface HostVirtualNic extends DynamicData {
  device: string;
  key: string;
  portgroup: string;
  spec: HostVirtualNicSpec;
  port?: string | undefined;
}

export interface HostVirtualNicSpec extends DynamicData {
  ip?: HostIpConfig | undefined;
  mac?: string | undefined;
  distributedVirtualPort?: DynamicData | undefined;
  portgroup?: string | undefined;
  mtu?: number | undefined;
  tsoEnabled?: boolean | undefined;
  netStackInstanceKey?: string | undefined;
  opaqueNetwork?: HostVirtualNicOpaqueNetworkSpec | undefined;
  externalId?: string | undefined;
  pinnedPnic?: string | undefined;
  ipRouteSpec?: HostVirtualNicIpRouteSpec | undefined;
  systemOwned?: boolean | undefined;
  dpuId?: string | undefined;
}

export interface HostVirtualNicConfig extends DynamicData {
  changeOperation?: string | undefined;
  device?: string | undefined;
  portgroup: string;
  spec?: HostVirtualNicSpec | undefined;
}

export interface HostVirtualNicOpaqueNetworkSpec extends DynamicData {
  opaqueNetworkId: string;
  opaqueNetworkType: string;
}

export interface HostVirtualNicIpRouteSpec extends DynamicData {
  ipRouteConfig?: HostIpRouteConfig | undefined;
}

export interface HostVirtualNicConnection extends DynamicData {
  portgroup?: string | undefined;
  dvPort?: DynamicData | undefined;
  opNetwork?: HostVirtualNicOpaqueNetworkSpec | undefined;
}

export interface HostVirtualNicManagerNicTypeSelection extends DynamicData {
  vnic: HostVirtualNicConnection;
  nicType?: readonly string[] | undefined;
}

export interface VirtualNicManagerNetConfig extends DynamicData {
  nicType: string;
  multiSelectAllowed: boolean;
  candidateVnic?: readonly HostVirtualNic[] | undefined;
  selectedVnic?: readonly string[] | undefined;
}

export interface HostVirtualNicManagerInfo extends DynamicData {
  netConfig?: readonly VirtualNicManagerNetConfig[] | undefined;
}

export interface HostVirtualSwitch extends DynamicData {
  name: string;
  key: string;
  numPorts: number;
  numPortsAvailable: number;
  mtu?: number | undefined;
  portgroup?: readonly string[] | undefined;
  pnic?: readonly string[] | undefined;
  spec: HostVirtualSwitchSpec;
}

export interface HostVirtualSwitchBridge extends DynamicData {
}

export interface HostVirtualSwitchAutoBridge extends HostVirtualSwitchBridge {
  excludedNicDevice?: readonly string[] | undefined;
}

export interface HostVirtualSwitchSimpleBridge extends HostVirtualSwitchBridge {
  nicDevice: string;
}

export interface HostVirtualSwitchBondBridge extends HostVirtualSwitchBridge {
  nicDevice: readonly string[];
  beacon?: HostVirtualSwitchBeaconConfig | undefined;
  linkDiscoveryProtocolConfig?: LinkDiscoveryProtocolConfig | undefined;
}

export interface HostVirtualSwitchBeaconConfig extends DynamicData {
  interval: number;
}

export interface HostVirtualSwitchSpec extends DynamicData {
  numPorts: number;
  bridge?: HostVirtualSwitchBridge | undefined;
  policy?: HostNetworkPolicy | undefined;
  mtu?: number | undefined;
}

export interface HostVirtualSwitchConfig extends DynamicData {
  changeOperation?: string | undefined;
  name: string;
  spec?: HostVirtualSwitchSpec | undefined;
}

export interface HostVmciAccessManagerAccessSpec extends DynamicData {
  vm: MoRef;
  services?: readonly string[] | undefined;
  mode: string;
}

export interface VmfsDatastoreOption extends DynamicData {
  info: VmfsDatastoreBaseOption;
  spec: VmfsDatastoreSpec;
}

export interface VmfsDatastoreBaseOption extends DynamicData {
  layout: HostDiskPartitionLayout;
  partitionFormatChange?: boolean | undefined;
}

export interface VmfsDatastoreSingleExtentOption extends VmfsDatastoreBaseOption {
  vmfsExtent: HostDiskPartitionBlockRange;
}

export interface VmfsDatastoreAllExtentOption extends VmfsDatastoreSingleExtentOption {
}

export interface VmfsDatastoreMultipleExtentOption extends VmfsDatastoreBaseOption {
  vmfsExtent: readonly HostDiskPartitionBlockRange[];
}

export interface VmfsDatastoreSpec extends DynamicData {
  diskUuid: string;
}

export interface HostVmfsRescanResult extends DynamicData {
  host: MoRef;
  fault?: LocalizedMethodFault | undefined;
}

export interface HostVsanInternalSystemCmmdsQuery extends DynamicData {
  type?: string | undefined;
  uuid?: string | undefined;
  owner?: string | undefined;
}

export interface VsanPolicyCost extends DynamicData {
  changeDataSize?: number | bigint | undefined;
  currentDataSize?: number | bigint | undefined;
  tempDataSize?: number | bigint | undefined;
  copyDataSize?: number | bigint | undefined;
  changeFlashReadCacheSize?: number | bigint | undefined;
  currentFlashReadCacheSize?: number | bigint | undefined;
  currentDiskSpaceToAddressSpaceRatio?: number | undefined;
  diskSpaceToAddressSpaceRatio?: number | undefined;
}

export interface VsanPolicySatisfiability extends DynamicData {
  uuid?: string | undefined;
  isSatisfiable: boolean;
  reason?: LocalizableMessage | undefined;
  cost?: VsanPolicyCost | undefined;
}

export interface VsanPolicyChangeBatch extends DynamicData {
  uuid?: readonly string[] | undefined;
  policy?: string | undefined;
}

export interface VsanNewPolicyBatch extends DynamicData {
  size?: readonly (number | bigint)[] | undefined;
  policy?: string | undefined;
}

export interface HostVsanInternalSystemVsanPhysicalDiskDiagnosticsResult extends DynamicData {
  diskUuid: string;
  success: boolean;
  failureReason?: string | undefined;
}

export interface HostVsanInternalSystemDeleteVsanObjectsResult extends DynamicData {
  uuid: string;
  success: boolean;
  failureReason?: readonly LocalizableMessage[] | undefined;
}

export interface HostVsanInternalSystemVsanObjectOperationResult extends DynamicData {
  uuid: string;
  failureReason?: readonly LocalizableMessage[] | undefined;
}

export interface HostVvolNQN extends DynamicData {
  targetNQN: string;
  storageArray: string;
  online: boolean;
}

export interface HostVvolVolume extends HostFileSystemVolume {
  scId: string;
  hostPE?: readonly VVolHostPE[] | undefined;
  hostVvolNQN?: readonly HostVvolVolumeHostVvolNQN[] | undefined;
  vasaProviderInfo?: readonly VimVasaProviderInfo[] | undefined;
  storageArray?: readonly VASAStorageArray[] | undefined;
  protocolEndpointType?: string | undefined;
  vvolNQNFieldsAvailable?: boolean | undefined;
  stretched?: boolean | undefined;
}

export interface HostVvolVolumeSpecification extends DynamicData {
  maxSizeInMB: number | bigint;
  volumeName: string;
  vasaProviderInfo?: readonly VimVasaProviderInfo[] | undefined;
  storageArray?: readonly VASAStorageArray[] | undefined;
  uuid: string;
  stretched?: boolean | undefined;
}

export interface VVolHostPE extends DynamicData {
  key: MoRef;
  protocolEndpoint: readonly HostProtocolEndpoint[];
}

export interface HostVvolVolumeHostVvolNQN extends DynamicData {
  host?: MoRef | undefined;
  vvolNQN?: readonly HostVvolNQN[] | undefined;
}

export interface NetDhcpConfigInfo extends DynamicData {
  ipv6?: NetDhcpConfigInfoDhcpOptions | undefined;
  ipv4?: NetDhcpConfigInfoDhcpOptions | undefined;
}

export interface NetDhcpConfigInfoDhcpOptions extends DynamicData {
  enable: boolean;
  config?: readonly KeyValue[] | undefined;
}

export interface NetDhcpConfigSpec extends DynamicData {
  ipv6?: NetDhcpConfigSpecDhcpOptionsSpec | undefined;
  ipv4?: NetDhcpConfigSpecDhcpOptionsSpec | undefined;
}

export interface NetDhcpConfigSpecDhcpOptionsSpec extends DynamicData {
  enable?: boolean | undefined;
  config: readonly KeyValue[];
  operation: string;
}

export interface NetDnsConfigInfo extends DynamicData {
  dhcp: boolean;
  hostName: string;
  domainName: string;
  ipAddress?: readonly string[] | undefined;
  searchDomain?: readonly string[] | undefined;
}

export interface NetDnsConfigSpec extends DynamicData {
  dhcp?: boolean | undefined;
  hostName?: string | undefined;
  domainName?: string | undefined;
  ipAddress?: readonly string[] | undefined;
  searchDomain?: readonly string[] | undefined;
}

export interface NetIpConfigInfo extends DynamicData {
  ipAddress?: readonly NetIpConfigInfoIpAddress[] | undefined;
  dhcp?: NetDhcpConfigInfo | undefined;
  autoConfigurationEnabled?: boolean | undefined;
}

export interface NetIpConfigInfoIpAddress extends DynamicData {
  ipAddress: string;
  prefixLength: number;
  origin?: string | undefined;
  state?: string | undefined;
  lifetime?: Date | undefined;
}

export interface NetIpConfigSpec extends DynamicData {
  ipAddress?: readonly NetIpConfigSpecIpAddressSpec[] | undefined;
  dhcp?: NetDhcpConfigSpec | undefined;
  autoConfigurationEnabled?: boolean | undefined;
}

export interface NetIpConfigSpecIpAddressSpec extends DynamicData {
  ipAddress: string;
  prefixLength: number;
  operation: string;
}

export interface NetIpRouteConfigInfo extends DynamicData {
  ipRoute?: readonly NetIpRouteConfigInfoIpRoute[] | undefined;
}

export interface NetIpRouteConfigInfoGateway extends DynamicData {
  ipAddress?: string | undefined;
  device?: string | undefined;
}

export interface NetIpRouteConfigInfoIpRoute extends DynamicData {
  network: string;
  prefixLength: number;
  gateway: NetIpRouteConfigInfoGateway;
}

export interface NetIpRouteConfigSpec extends DynamicData {
  ipRoute?: readonly NetIpRouteConfigSpecIpRouteSpec[] | undefined;
}

export interface NetIpRouteConfigSpecGatewaySpec extends DynamicData {
  ipAddress?: string | undefined;
  device?: string | undefined;
}

export interface NetIpRouteConfigSpecIpRouteSpec extends DynamicData {
  network: string;
  prefixLength: number;
  gateway: NetIpRouteConfigSpecGatewaySpec;
  operation: string;
}

export interface NetIpStackInfo extends DynamicData {
  neighbor?: readonly NetIpStackInfoNetToMedia[] | undefined;
  defaultRouter?: readonly NetIpStackInfoDefaultRouter[] | undefined;
}

export interface NetIpStackInfoNetToMedia extends DynamicData {
  ipAddress: string;
  physicalAddress: string;
  device: string;
  type: string;
}

export interface NetIpStackInfoDefaultRouter extends DynamicData {
  ipAddress: string;
  device: string;
  lifetime: Date;
  preference: string;
}

export interface NetBIOSConfigInfo extends DynamicData {
  mode: string;
}

export interface WinNetBIOSConfigInfo extends NetBIOSConfigInfo {
  primaryWINS: string;
  secondaryWINS?: string | undefined;
}

export interface ArrayUpdateSpec extends DynamicData {
  operation: Enum.ArrayUpdateOperation;
  removeKey?: unknown;
}

export interface OptionDef extends ElementDescription {
  optionType: OptionType;
}

export interface OptionType extends DynamicData {
  valueIsReadonly?: boolean | undefined;
}

export interface OptionValue extends DynamicData {
  key: string;
  value?: unknown;
}

export interface StringOption extends OptionType {
  defaultValue: string;
  validCharacters?: string | undefined;
}

export interface VAppCloneSpec extends DynamicData {
  location: MoRef;
  host?: MoRef | undefined;
  resourceSpec?: ResourceConfigSpec | undefined;
  vmFolder?: MoRef | undefined;
  networkMapping?: readonly VAppCloneSpecNetworkMappingPair[] | undefined;
  property?: readonly KeyValue[] | undefined;
  resourceMapping?: readonly VAppCloneSpecResourceMap[] | undefined;
  provisioning?: string | undefined;
}

export interface VAppCloneSpecNetworkMappingPair extends DynamicData {
  source: MoRef;
  destination: MoRef;
}

export interface VAppCloneSpecResourceMap extends DynamicData {
  source: MoRef;
  parent?: MoRef | undefined;
  resourceSpec?: ResourceConfigSpec | undefined;
  location?: MoRef | undefined;
}

export interface VAppEntityConfigInfo extends DynamicData {
  key?: MoRef | undefined;
  tag?: string | undefined;
  startOrder?: number | undefined;
  startDelay?: number | undefined;
  waitingForGuest?: boolean | undefined;
  startAction?: string | undefined;
  stopDelay?: number | undefined;
  stopAction?: string | undefined;
  destroyWithParent?: boolean | undefined;
}

export interface VAppIPAssignmentInfo extends DynamicData {
  supportedAllocationScheme?: readonly string[] | undefined;
  ipAllocationPolicy?: string | undefined;
  supportedIpProtocol?: readonly string[] | undefined;
  ipProtocol?: string | undefined;
}

export interface IpPool extends DynamicData {
  id?: number | undefined;
  name?: string | undefined;
  ipv4Config?: IpPoolIpPoolConfigInfo | undefined;
  ipv6Config?: IpPoolIpPoolConfigInfo | undefined;
  dnsDomain?: string | undefined;
  dnsSearchPath?: string | undefined;
  hostPrefix?: string | undefined;
  httpProxy?: string | undefined;
  networkAssociation?: readonly IpPoolAssociation[] | undefined;
  availableIpv4Addresses?: number | undefined;
  availableIpv6Addresses?: number | undefined;
  allocatedIpv4Addresses?: number | undefined;
  allocatedIpv6Addresses?: number | undefined;
}

export interface IpPoolIpPoolConfigInfo extends DynamicData {
  subnetAddress?: string | undefined;
  netmask?: string | undefined;
  gateway?: string | undefined;
  range?: string | undefined;
  dns?: readonly string[] | undefined;
  dhcpServerAvailable?: boolean | undefined;
  ipPoolEnabled?: boolean | undefined;
}

export interface IpPoolAssociation extends DynamicData {
  network?: MoRef | undefined;
  networkName: string;
}

export interface VAppOvfSectionInfo extends DynamicData {
  key?: number | undefined;
  namespace?: string | undefined;
  type?: string | undefined;
  atEnvelopeLevel?: boolean | undefined;
  contents?: string | undefined;
}

export interface VAppOvfSectionSpec extends ArrayUpdateSpec {
  info?: VAppOvfSectionInfo | undefined;
}

export interface VAppProductInfo extends DynamicData {
  key: number;
  classId?: string | undefined;
  instanceId?: string | undefined;
  name?: string | undefined;
  vendor?: string | undefined;
  version?: string | undefined;
  fullVersion?: string | undefined;
  vendorUrl?: string | undefined;
  productUrl?: string | undefined;
  appUrl?: string | undefined;
}

export interface VAppProductSpec extends ArrayUpdateSpec {
  info?: VAppProductInfo | undefined;
}

export interface VAppPropertyInfo extends DynamicData {
  key: number;
  classId?: string | undefined;
  instanceId?: string | undefined;
  id?: string | undefined;
  category?: string | undefined;
  label?: string | undefined;
  type?: string | undefined;
  typeReference?: string | undefined;
  userConfigurable?: boolean | undefined;
  defaultValue?: string | undefined;
  value?: string | undefined;
  description?: string | undefined;
}

export interface VAppPropertySpec extends ArrayUpdateSpec {
  info?: VAppPropertyInfo | undefined;
}

export interface VmConfigInfo extends DynamicData {
  product?: readonly VAppProductInfo[] | undefined;
  property?: readonly VAppPropertyInfo[] | undefined;
  ipAssignment: VAppIPAssignmentInfo;
  eula?: readonly string[] | undefined;
  ovfSection?: readonly VAppOvfSectionInfo[] | undefined;
  ovfEnvironmentTransport?: readonly string[] | undefined;
  installBootRequired: boolean;
  installBootStopDelay: number;
}

export interface VmConfigSpec extends DynamicData {
  product?: readonly VAppProductSpec[] | undefined;
  property?: readonly VAppPropertySpec[] | undefined;
  ipAssignment?: VAppIPAssignmentInfo | undefined;
  eula?: readonly string[] | undefined;
  ovfSection?: readonly VAppOvfSectionSpec[] | undefined;
  ovfEnvironmentTransport?: readonly string[] | undefined;
  installBootRequired?: boolean | undefined;
  installBootStopDelay?: number | undefined;
}

export interface VirtualMachineAffinityInfo extends DynamicData {
  affinitySet?: readonly number[] | undefined;
}

export interface VirtualMachineBaseIndependentFilterSpec extends DynamicData {
}

export interface VirtualMachineBootOptions extends DynamicData {
  bootDelay?: number | bigint | undefined;
  enterBIOSSetup?: boolean | undefined;
  efiSecureBootEnabled?: boolean | undefined;
  bootRetryEnabled?: boolean | undefined;
  bootRetryDelay?: number | bigint | undefined;
  bootOrder?: readonly VirtualMachineBootOptionsBootableDevice[] | undefined;
  networkBootProtocol?: string | undefined;
}

export interface VirtualMachineBootOptionsBootableDevice extends DynamicData {
}

export interface VirtualMachineBootOptionsBootableDiskDevice extends VirtualMachineBootOptionsBootableDevice {
  deviceKey: number;
}

export interface VirtualMachineBootOptionsBootableEthernetDevice extends VirtualMachineBootOptionsBootableDevice {
  deviceKey: number;
}

export interface VirtualMachineBootOptionsBootableFloppyDevice extends VirtualMachineBootOptionsBootableDevice {
}

export interface VirtualMachineBootOptionsBootableCdromDevice extends VirtualMachineBootOptionsBootableDevice {
}

export interface VirtualMachineCapability extends DynamicData {
  snapshotOperationsSupported: boolean;
  multipleSnapshotsSupported: boolean;
  snapshotConfigSupported: boolean;
  poweredOffSnapshotsSupported: boolean;
  memorySnapshotsSupported: boolean;
  revertToSnapshotSupported: boolean;
  quiescedSnapshotsSupported: boolean;
  disableSnapshotsSupported: boolean;
  lockSnapshotsSupported: boolean;
  consolePreferencesSupported: boolean;
  cpuFeatureMaskSupported: boolean;
  s1AcpiManagementSupported: boolean;
  settingScreenResolutionSupported: boolean;
  toolsAutoUpdateSupported: boolean;
  vmNpivWwnSupported: boolean;
  npivWwnOnNonRdmVmSupported: boolean;
  vmNpivWwnDisableSupported: boolean;
  vmNpivWwnUpdateSupported: boolean;
  swapPlacementSupported: boolean;
  toolsSyncTimeSupported: boolean;
  virtualMmuUsageSupported: boolean;
  diskSharesSupported: boolean;
  bootOptionsSupported: boolean;
  bootRetryOptionsSupported: boolean;
  settingVideoRamSizeSupported: boolean;
  settingDisplayTopologySupported: boolean;
  recordReplaySupported: boolean;
  changeTrackingSupported: boolean;
  multipleCoresPerSocketSupported: boolean;
  hostBasedReplicationSupported: boolean;
  guestAutoLockSupported: boolean;
  memoryReservationLockSupported: boolean;
  featureRequirementSupported: boolean;
  poweredOnMonitorTypeChangeSupported: boolean;
  seSparseDiskSupported: boolean;
  nestedHVSupported: boolean;
  vPMCSupported: boolean;
  secureBootSupported?: boolean | undefined;
  perVmEvcSupported?: boolean | undefined;
  virtualMmuUsageIgnored?: boolean | undefined;
  virtualExecUsageIgnored?: boolean | undefined;
  diskOnlySnapshotOnSuspendedVMSupported?: boolean | undefined;
  suspendToMemorySupported?: boolean | undefined;
  toolsSyncTimeAllowSupported?: boolean | undefined;
  sevSupported?: boolean | undefined;
  pmemFailoverSupported?: boolean | undefined;
  requireSgxAttestationSupported?: boolean | undefined;
  changeModeDisksSupported?: boolean | undefined;
  vendorDeviceGroupSupported?: boolean | undefined;
}

export interface VirtualMachineCertThumbprint extends DynamicData {
  thumbprint: string;
  hashAlgorithm?: string | undefined;
}

export interface VirtualMachineCloneSpec extends DynamicData {
  location: VirtualMachineRelocateSpec;
  template: boolean;
  config?: VirtualMachineConfigSpec | undefined;
  customization?: CustomizationSpec | undefined;
  powerOn: boolean;
  snapshot?: MoRef | undefined;
  memory?: boolean | undefined;
  tpmProvisionPolicy?: string | undefined;
}

export interface VirtualMachineConfigInfo extends DynamicData {
  changeVersion: string;
  modified: Date;
  name: string;
  guestFullName: string;
  version: string;
  uuid: string;
  createDate?: Date | undefined;
  instanceUuid?: string | undefined;
  npivNodeWorldWideName?: readonly (number | bigint)[] | undefined;
  npivPortWorldWideName?: readonly (number | bigint)[] | undefined;
  npivWorldWideNameType?: string | undefined;
  npivDesiredNodeWwns?: number | undefined;
  npivDesiredPortWwns?: number | undefined;
  npivTemporaryDisabled?: boolean | undefined;
  npivOnNonRdmDisks?: boolean | undefined;
  locationId?: string | undefined;
  template: boolean;
  guestId: string;
  alternateGuestName: string;
  annotation?: string | undefined;
  files: VirtualMachineFileInfo;
  tools?: ToolsConfigInfo | undefined;
  flags: VirtualMachineFlagInfo;
  consolePreferences?: VirtualMachineConsolePreferences | undefined;
  defaultPowerOps: VirtualMachineDefaultPowerOpInfo;
  rebootPowerOff?: boolean | undefined;
  hardware: VirtualHardware;
  vcpuConfig?: readonly VirtualMachineVcpuConfig[] | undefined;
  cpuAllocation?: ResourceAllocationInfo | undefined;
  memoryAllocation?: ResourceAllocationInfo | undefined;
  latencySensitivity?: LatencySensitivity | undefined;
  memoryHotAddEnabled?: boolean | undefined;
  cpuHotAddEnabled?: boolean | undefined;
  cpuHotRemoveEnabled?: boolean | undefined;
  hotPlugMemoryLimit?: number | bigint | undefined;
  hotPlugMemoryIncrementSize?: number | bigint | undefined;
  cpuAffinity?: VirtualMachineAffinityInfo | undefined;
  memoryAffinity?: VirtualMachineAffinityInfo | undefined;
  networkShaper?: VirtualMachineNetworkShaperInfo | undefined;
  extraConfig?: readonly OptionValue[] | undefined;
  cpuFeatureMask?: readonly HostCpuIdInfo[] | undefined;
  datastoreUrl?: readonly VirtualMachineConfigInfoDatastoreUrlPair[] | undefined;
  swapPlacement?: string | undefined;
  bootOptions?: VirtualMachineBootOptions | undefined;
  ftInfo?: FaultToleranceConfigInfo | undefined;
  repConfig?: ReplicationConfigSpec | undefined;
  vAppConfig?: VmConfigInfo | undefined;
  vAssertsEnabled?: boolean | undefined;
  changeTrackingEnabled?: boolean | undefined;
  firmware?: string | undefined;
  maxMksConnections?: number | undefined;
  guestAutoLockEnabled?: boolean | undefined;
  managedBy?: ManagedByInfo | undefined;
  memoryReservationLockedToMax?: boolean | undefined;
  initialOverhead?: VirtualMachineConfigInfoOverheadInfo | undefined;
  nestedHVEnabled?: boolean | undefined;
  vPMCEnabled?: boolean | undefined;
  scheduledHardwareUpgradeInfo?: ScheduledHardwareUpgradeInfo | undefined;
  forkConfigInfo?: VirtualMachineForkConfigInfo | undefined;
  vFlashCacheReservation?: number | bigint | undefined;
  vmxConfigChecksum?: Uint8Array | undefined;
  messageBusTunnelEnabled?: boolean | undefined;
  vmStorageObjectId?: string | undefined;
  swapStorageObjectId?: string | undefined;
  keyId?: DynamicData | undefined;
  guestIntegrityInfo?: VirtualMachineGuestIntegrityInfo | undefined;
  migrateEncryption?: string | undefined;
  sgxInfo?: VirtualMachineSgxInfo | undefined;
  contentLibItemInfo?: VirtualMachineContentLibraryItemInfo | undefined;
  ftEncryptionMode?: string | undefined;
  guestMonitoringModeInfo?: VirtualMachineGuestMonitoringModeInfo | undefined;
  sevEnabled?: boolean | undefined;
  numaInfo?: VirtualMachineVirtualNumaInfo | undefined;
  pmemFailoverEnabled?: boolean | undefined;
  vmxStatsCollectionEnabled?: boolean | undefined;
  vmOpNotificationToAppEnabled?: boolean | undefined;
  vmOpNotificationTimeout?: number | bigint | undefined;
  deviceSwap?: VirtualMachineVirtualDeviceSwap | undefined;
  pmem?: VirtualMachineVirtualPMem | undefined;
  deviceGroups?: VirtualMachineVirtualDeviceGroups | undefined;
  fixedPassthruHotPlugEnabled?: boolean | undefined;
  metroFtEnabled?: boolean | undefined;
  metroFtHostGroup?: string | undefined;
}

export interface VirtualMachineConfigInfoDatastoreUrlPair extends DynamicData {
  name: string;
  url: string;
}

export interface VirtualMachineConfigInfoOverheadInfo extends DynamicData {
  initialMemoryReservation?: number | bigint | undefined;
  initialSwapReservation?: number | bigint | undefined;
}

export interface VirtualMachineConfigOption extends DynamicData {
  version: string;
  description: string;
  guestOSDescriptor: readonly GuestOsDescriptor[];
  guestOSDefaultIndex: number;
  hardwareOptions: VirtualHardwareOption;
  capabilities: VirtualMachineCapability;
  datastore: DatastoreOption;
  defaultDevice?: readonly VirtualDevice[] | undefined;
  supportedMonitorType: readonly string[];
  supportedOvfEnvironmentTransport?: readonly string[] | undefined;
  supportedOvfInstallTransport?: readonly string[] | undefined;
  propertyRelations?: readonly VirtualMachinePropertyRelation[] | undefined;
}

export interface VirtualMachineConfigOptionDescriptor extends DynamicData {
  key: string;
  description?: string | undefined;
  host?: readonly MoRef[] | undefined;
  createSupported: boolean;
  defaultConfigOption: boolean;
  runSupported: boolean;
  upgradeSupported: boolean;
}

export interface VirtualMachineConfigSpec extends DynamicData {
  changeVersion?: string | undefined;
  name?: string | undefined;
  version?: string | undefined;
  createDate?: Date | undefined;
  uuid?: string | undefined;
  instanceUuid?: string | undefined;
  npivNodeWorldWideName?: readonly (number | bigint)[] | undefined;
  npivPortWorldWideName?: readonly (number | bigint)[] | undefined;
  npivWorldWideNameType?: string | undefined;
  npivDesiredNodeWwns?: number | undefined;
  npivDesiredPortWwns?: number | undefined;
  npivTemporaryDisabled?: boolean | undefined;
  npivOnNonRdmDisks?: boolean | undefined;
  npivWorldWideNameOp?: string | undefined;
  locationId?: string | undefined;
  guestId?: string | undefined;
  alternateGuestName?: string | undefined;
  annotation?: string | undefined;
  files?: VirtualMachineFileInfo | undefined;
  tools?: ToolsConfigInfo | undefined;
  flags?: VirtualMachineFlagInfo | undefined;
  consolePreferences?: VirtualMachineConsolePreferences | undefined;
  powerOpInfo?: VirtualMachineDefaultPowerOpInfo | undefined;
  rebootPowerOff?: boolean | undefined;
  numCPUs?: number | undefined;
  vcpuConfig?: readonly VirtualMachineVcpuConfig[] | undefined;
  numCoresPerSocket?: number | undefined;
  memoryMB?: number | bigint | undefined;
  memoryHotAddEnabled?: boolean | undefined;
  cpuHotAddEnabled?: boolean | undefined;
  cpuHotRemoveEnabled?: boolean | undefined;
  virtualICH7MPresent?: boolean | undefined;
  virtualSMCPresent?: boolean | undefined;
  deviceChange?: readonly VirtualDeviceConfigSpec[] | undefined;
  cpuAllocation?: ResourceAllocationInfo | undefined;
  memoryAllocation?: ResourceAllocationInfo | undefined;
  latencySensitivity?: LatencySensitivity | undefined;
  cpuAffinity?: VirtualMachineAffinityInfo | undefined;
  memoryAffinity?: VirtualMachineAffinityInfo | undefined;
  networkShaper?: VirtualMachineNetworkShaperInfo | undefined;
  cpuFeatureMask?: readonly VirtualMachineCpuIdInfoSpec[] | undefined;
  extraConfig?: readonly OptionValue[] | undefined;
  swapPlacement?: string | undefined;
  bootOptions?: VirtualMachineBootOptions | undefined;
  vAppConfig?: VmConfigSpec | undefined;
  ftInfo?: FaultToleranceConfigInfo | undefined;
  repConfig?: ReplicationConfigSpec | undefined;
  vAppConfigRemoved?: boolean | undefined;
  vAssertsEnabled?: boolean | undefined;
  changeTrackingEnabled?: boolean | undefined;
  firmware?: string | undefined;
  maxMksConnections?: number | undefined;
  guestAutoLockEnabled?: boolean | undefined;
  managedBy?: ManagedByInfo | undefined;
  memoryReservationLockedToMax?: boolean | undefined;
  nestedHVEnabled?: boolean | undefined;
  vPMCEnabled?: boolean | undefined;
  scheduledHardwareUpgradeInfo?: ScheduledHardwareUpgradeInfo | undefined;
  vmProfile?: readonly VirtualMachineProfileSpec[] | undefined;
  messageBusTunnelEnabled?: boolean | undefined;
  crypto?: DynamicData | undefined;
  migrateEncryption?: string | undefined;
  sgxInfo?: VirtualMachineSgxInfo | undefined;
  ftEncryptionMode?: string | undefined;
  guestMonitoringModeInfo?: VirtualMachineGuestMonitoringModeInfo | undefined;
  sevEnabled?: boolean | undefined;
  virtualNuma?: VirtualMachineVirtualNuma | undefined;
  motherboardLayout?: string | undefined;
  pmemFailoverEnabled?: boolean | undefined;
  vmxStatsCollectionEnabled?: boolean | undefined;
  vmOpNotificationToAppEnabled?: boolean | undefined;
  vmOpNotificationTimeout?: number | bigint | undefined;
  deviceSwap?: VirtualMachineVirtualDeviceSwap | undefined;
  simultaneousThreads?: number | undefined;
  pmem?: VirtualMachineVirtualPMem | undefined;
  deviceGroups?: VirtualMachineVirtualDeviceGroups | undefined;
  fixedPassthruHotPlugEnabled?: boolean | undefined;
  metroFtEnabled?: boolean | undefined;
  metroFtHostGroup?: string | undefined;
}

export interface VirtualMachineCpuIdInfoSpec extends ArrayUpdateSpec {
  info?: HostCpuIdInfo | undefined;
}

export interface VirtualMachineConsolePreferences extends DynamicData {
  powerOnWhenOpened?: boolean | undefined;
  enterFullScreenOnPowerOn?: boolean | undefined;
  closeOnPowerOffOrSuspend?: boolean | undefined;
}

export interface VirtualMachineContentLibraryItemInfo extends DynamicData {
  contentLibraryItemUuid: string;
  contentLibraryItemVersion?: string | undefined;
}

export interface DatastoreOption extends DynamicData {
  unsupportedVolumes?: readonly VirtualMachineDatastoreVolumeOption[] | undefined;
}

export interface VirtualMachineDatastoreVolumeOption extends DynamicData {
  fileSystemType: string;
  majorVersion?: number | undefined;
}

export interface VirtualMachineDefaultPowerOpInfo extends DynamicData {
  powerOffType?: string | undefined;
  suspendType?: string | undefined;
  resetType?: string | undefined;
  defaultPowerOffType?: string | undefined;
  defaultSuspendType?: string | undefined;
  defaultResetType?: string | undefined;
  standbyAction?: string | undefined;
}

export interface VirtualMachineDeviceRuntimeInfo extends DynamicData {
  runtimeState: VirtualMachineDeviceRuntimeInfoDeviceRuntimeState;
  key: number;
}

export interface VirtualMachineDeviceRuntimeInfoDeviceRuntimeState extends DynamicData {
}

export interface VirtualMachineDeviceRuntimeInfoVirtualEthernetCardRuntimeState extends VirtualMachineDeviceRuntimeInfoDeviceRuntimeState {
  vmDirectPathGen2Active?: boolean | undefined;
  vmDirectPathGen2InactiveReasonVm?: readonly string[] | undefined;
  vmDirectPathGen2InactiveReasonOther?: readonly string[] | undefined;
  vmDirectPathGen2InactiveReasonExtended?: string | undefined;
  uptv2Active?: boolean | undefined;
  uptv2InactiveReasonVm?: readonly string[] | undefined;
  uptv2InactiveReasonOther?: readonly string[] | undefined;
  reservationStatus?: string | undefined;
  attachmentStatus?: string | undefined;
  featureRequirement?: readonly VirtualMachineFeatureRequirement[] | undefined;
}

export interface VirtualMachineDvxClassInfo extends DynamicData {
  deviceClass: ElementDescription;
  vendorName: string;
  sriovNic: boolean;
  configParams?: readonly OptionDef[] | undefined;
}

export interface VirtualMachineEmptyIndependentFilterSpec extends VirtualMachineBaseIndependentFilterSpec {
}

export interface FaultToleranceConfigInfo extends DynamicData {
  role: number;
  instanceUuids: readonly string[];
  configPaths: readonly string[];
  orphaned?: boolean | undefined;
}

export interface FaultToleranceConfigSpec extends DynamicData {
  metaDataPath?: FaultToleranceMetaSpec | undefined;
  secondaryVmSpec?: FaultToleranceVMConfigSpec | undefined;
  metroFtEnabled?: boolean | undefined;
  metroFtHostGroup?: string | undefined;
}

export interface FaultToleranceMetaSpec extends DynamicData {
  metaDataDatastore: MoRef;
}

export interface FaultTolerancePrimaryConfigInfo extends FaultToleranceConfigInfo {
  secondaries: readonly MoRef[];
}

export interface FaultToleranceSecondaryConfigInfo extends FaultToleranceConfigInfo {
  primaryVM: MoRef;
}

export interface FaultToleranceSecondaryOpResult extends DynamicData {
  vm: MoRef;
  powerOnAttempted: boolean;
  powerOnResult?: DynamicData | undefined;
}

export interface FaultToleranceVMConfigSpec extends DynamicData {
  vmConfig?: MoRef | undefined;
  disks?: readonly FaultToleranceDiskSpec[] | undefined;
}

export interface FaultToleranceDiskSpec extends DynamicData {
  disk: VirtualDevice;
  datastore: MoRef;
}

export interface VirtualMachineFeatureRequirement extends DynamicData {
  key: string;
  featureName: string;
  value: string;
}

export interface VirtualMachineFileInfo extends DynamicData {
  vmPathName?: string | undefined;
  snapshotDirectory?: string | undefined;
  suspendDirectory?: string | undefined;
  logDirectory?: string | undefined;
  ftMetadataDirectory?: string | undefined;
}

export interface VirtualMachineFileLayout extends DynamicData {
  configFile?: readonly string[] | undefined;
  logFile?: readonly string[] | undefined;
  disk?: readonly VirtualMachineFileLayoutDiskLayout[] | undefined;
  snapshot?: readonly VirtualMachineFileLayoutSnapshotLayout[] | undefined;
  swapFile?: string | undefined;
}

export interface VirtualMachineFileLayoutDiskLayout extends DynamicData {
  key: number;
  diskFile: readonly string[];
}

export interface VirtualMachineFileLayoutSnapshotLayout extends DynamicData {
  key: MoRef;
  snapshotFile: readonly string[];
}

export interface VirtualMachineFileLayoutEx extends DynamicData {
  file?: readonly VirtualMachineFileLayoutExFileInfo[] | undefined;
  disk?: readonly VirtualMachineFileLayoutExDiskLayout[] | undefined;
  snapshot?: readonly VirtualMachineFileLayoutExSnapshotLayout[] | undefined;
  timestamp: Date;
}

export interface VirtualMachineFileLayoutExFileInfo extends DynamicData {
  key: number;
  name: string;
  type: string;
  size: number | bigint;
  uniqueSize?: number | bigint | undefined;
  backingObjectId?: string | undefined;
  accessible?: boolean | undefined;
}

export interface VirtualMachineFileLayoutExDiskUnit extends DynamicData {
  fileKey: readonly number[];
}

export interface VirtualMachineFileLayoutExDiskLayout extends DynamicData {
  key: number;
  chain?: readonly VirtualMachineFileLayoutExDiskUnit[] | undefined;
}

export interface VirtualMachineFileLayoutExSnapshotLayout extends DynamicData {
  key: MoRef;
  dataKey: number;
  memoryKey: number;
  disk?: readonly VirtualMachineFileLayoutExDiskLayout[] | undefined;
}

export interface VirtualMachineFlagInfo extends DynamicData {
  disableAcceleration?: boolean | undefined;
  enableLogging?: boolean | undefined;
  useToe?: boolean | undefined;
  runWithDebugInfo?: boolean | undefined;
  monitorType?: string | undefined;
  htSharing?: string | undefined;
  snapshotDisabled?: boolean | undefined;
  snapshotLocked?: boolean | undefined;
  diskUuidEnabled?: boolean | undefined;
  virtualMmuUsage?: string | undefined;
  virtualExecUsage?: string | undefined;
  snapshotPowerOffBehavior?: string | undefined;
  recordReplayEnabled?: boolean | undefined;
  faultToleranceType?: string | undefined;
  cbrcCacheEnabled?: boolean | undefined;
  vvtdEnabled?: boolean | undefined;
  vbsEnabled?: boolean | undefined;
}

export interface VirtualMachineForkConfigInfo extends DynamicData {
  parentEnabled?: boolean | undefined;
  childForkGroupId?: string | undefined;
  parentForkGroupId?: string | undefined;
  childType?: string | undefined;
}

export interface GuestInfo extends DynamicData {
  toolsStatus?: Enum.VirtualMachineToolsStatus | undefined;
  toolsVersionStatus?: string | undefined;
  toolsVersionStatus2?: string | undefined;
  toolsRunningStatus?: string | undefined;
  toolsVersion?: string | undefined;
  toolsInstallType?: string | undefined;
  guestId?: string | undefined;
  guestFamily?: string | undefined;
  guestFullName?: string | undefined;
  guestDetailedData?: string | undefined;
  hostName?: string | undefined;
  ipAddress?: string | undefined;
  net?: readonly GuestNicInfo[] | undefined;
  ipStack?: readonly GuestStackInfo[] | undefined;
  disk?: readonly GuestDiskInfo[] | undefined;
  screen?: GuestScreenInfo | undefined;
  guestState: string;
  appHeartbeatStatus?: string | undefined;
  guestKernelCrashed?: boolean | undefined;
  appState?: string | undefined;
  guestOperationsReady?: boolean | undefined;
  interactiveGuestOperationsReady?: boolean | undefined;
  guestStateChangeSupported?: boolean | undefined;
  generationInfo?: readonly GuestInfoNamespaceGenerationInfo[] | undefined;
  hwVersion?: string | undefined;
  customizationInfo?: GuestInfoCustomizationInfo | undefined;
}

export interface GuestInfoVirtualDiskMapping extends DynamicData {
  key: number;
}

export interface GuestDiskInfo extends DynamicData {
  diskPath?: string | undefined;
  capacity?: number | bigint | undefined;
  freeSpace?: number | bigint | undefined;
  filesystemType?: string | undefined;
  mappings?: readonly GuestInfoVirtualDiskMapping[] | undefined;
}

export interface GuestNicInfo extends DynamicData {
  network?: string | undefined;
  ipAddress?: readonly string[] | undefined;
  macAddress?: string | undefined;
  connected: boolean;
  deviceConfigId: number;
  dnsConfig?: NetDnsConfigInfo | undefined;
  ipConfig?: NetIpConfigInfo | undefined;
  netBIOSConfig?: NetBIOSConfigInfo | undefined;
}

export interface GuestStackInfo extends DynamicData {
  dnsConfig?: NetDnsConfigInfo | undefined;
  ipRouteConfig?: NetIpRouteConfigInfo | undefined;
  ipStackConfig?: readonly KeyValue[] | undefined;
  dhcpConfig?: NetDhcpConfigInfo | undefined;
}

export interface GuestScreenInfo extends DynamicData {
  width: number;
  height: number;
}

export interface GuestInfoNamespaceGenerationInfo extends DynamicData {
  key: string;
  generationNo: number;
}

export interface GuestInfoCustomizationInfo extends DynamicData {
  customizationStatus: string;
  startTime?: Date | undefined;
  endTime?: Date | undefined;
  errorMsg?: string | undefined;
}

export interface VirtualMachineGuestIntegrityInfo extends DynamicData {
  enabled?: boolean | undefined;
}

export interface VirtualMachineGuestMonitoringModeInfo extends DynamicData {
  gmmFile?: string | undefined;
  gmmAppliance?: string | undefined;
}

export interface GuestOsDescriptor extends DynamicData {
  id: string;
  family: string;
  fullName: string;
  supportedMaxCPUs: number;
  numSupportedPhysicalSockets: number;
  numSupportedCoresPerSocket: number;
  supportedMinMemMB: number;
  supportedMaxMemMB: number;
  recommendedMemMB: number;
  recommendedColorDepth: number;
  supportedDiskControllerList: readonly string[];
  recommendedSCSIController?: string | undefined;
  recommendedDiskController: string;
  supportedNumDisks: number;
  recommendedDiskSizeMB: number;
  recommendedCdromController: string;
  supportedEthernetCard: readonly string[];
  recommendedEthernetCard?: string | undefined;
  supportsSlaveDisk?: boolean | undefined;
  cpuFeatureMask?: readonly HostCpuIdInfo[] | undefined;
  smcRequired: boolean;
  supportsWakeOnLan: boolean;
  supportsVMI: boolean;
  supportsMemoryHotAdd: boolean;
  supportsCpuHotAdd: boolean;
  supportsCpuHotRemove: boolean;
  supportedFirmware: readonly string[];
  recommendedFirmware: string;
  supportedUSBControllerList?: readonly string[] | undefined;
  recommendedUSBController?: string | undefined;
  supports3D: boolean;
  recommended3D: boolean;
  smcRecommended: boolean;
  ich7mRecommended: boolean;
  usbRecommended: boolean;
  supportLevel: string;
  supportedForCreate: boolean;
  vRAMSizeInKB: IntOption;
  numSupportedFloppyDevices: number;
  wakeOnLanEthernetCard?: readonly string[] | undefined;
  supportsPvscsiControllerForBoot: boolean;
  diskUuidEnabled: boolean;
  supportsHotPlugPCI: boolean;
  supportsSecureBoot?: boolean | undefined;
  defaultSecureBoot?: boolean | undefined;
  persistentMemorySupported?: boolean | undefined;
  supportedMinPersistentMemoryMB?: number | bigint | undefined;
  supportedMaxPersistentMemoryMB?: number | bigint | undefined;
  recommendedPersistentMemoryMB?: number | bigint | undefined;
  persistentMemoryHotAddSupported?: boolean | undefined;
  persistentMemoryHotRemoveSupported?: boolean | undefined;
  persistentMemoryColdGrowthSupported?: boolean | undefined;
  persistentMemoryColdGrowthGranularityMB?: number | bigint | undefined;
  persistentMemoryHotGrowthSupported?: boolean | undefined;
  persistentMemoryHotGrowthGranularityMB?: number | bigint | undefined;
  numRecommendedPhysicalSockets?: number | undefined;
  numRecommendedCoresPerSocket?: number | undefined;
  vvtdSupported?: BoolOption | undefined;
  vbsSupported?: BoolOption | undefined;
  vsgxSupported?: BoolOption | undefined;
  vsgxRemoteAttestationSupported?: boolean | undefined;
  supportsTPM20?: boolean | undefined;
  recommendedTPM20?: boolean | undefined;
  vwdtSupported?: boolean | undefined;
}

export interface VirtualMachineGuestQuiesceSpec extends DynamicData {
  timeout?: number | undefined;
}

export interface VirtualMachineIndependentFilterSpec extends VirtualMachineBaseIndependentFilterSpec {
  filterName: string;
  filterClass?: string | undefined;
  filterCapabilities?: readonly KeyValue[] | undefined;
}

export interface VirtualMachineInstantCloneSpec extends DynamicData {
  name: string;
  location: VirtualMachineRelocateSpec;
  config?: readonly OptionValue[] | undefined;
  biosUuid?: string | undefined;
}

export interface VirtualMachineLegacyNetworkSwitchInfo extends DynamicData {
  name: string;
}

export interface VirtualMachineMessage extends DynamicData {
  id: string;
  argument?: readonly unknown[] | undefined;
  text?: string | undefined;
}

export interface VirtualMachineMetadataManagerVmMetadataOwner extends DynamicData {
  name: string;
}

export interface VirtualMachineMetadataManagerVmMetadata extends DynamicData {
  vmId: string;
  metadata?: string | undefined;
}

export interface VirtualMachineMetadataManagerVmMetadataInput extends DynamicData {
  operation: string;
  vmMetadata: VirtualMachineMetadataManagerVmMetadata;
}

export interface VirtualMachineMetadataManagerVmMetadataResult extends DynamicData {
  vmMetadata: VirtualMachineMetadataManagerVmMetadata;
  error?: LocalizedMethodFault | undefined;
}

export interface VirtualMachineNetworkShaperInfo extends DynamicData {
  enabled?: boolean | undefined;
  peakBps?: number | bigint | undefined;
  averageBps?: number | bigint | undefined;
  burstSize?: number | bigint | undefined;
}

export interface VirtualMachineProfileDetails extends DynamicData {
  profile?: readonly VirtualMachineProfileSpec[] | undefined;
  diskProfileDetails?: readonly VirtualMachineProfileDetailsDiskProfileDetails[] | undefined;
}

export interface VirtualMachineProfileDetailsDiskProfileDetails extends DynamicData {
  diskId: number;
  profile?: readonly VirtualMachineProfileSpec[] | undefined;
}

export interface VirtualMachineProfileRawData extends DynamicData {
  extensionKey: string;
  objectData?: string | undefined;
}

export interface VirtualMachineProfileSpec extends DynamicData {
}

export interface VirtualMachinePropertyRelation extends DynamicData {
  key: DynamicProperty;
  relations?: readonly DynamicProperty[] | undefined;
}

export interface VirtualMachineQuestionInfo extends DynamicData {
  id: string;
  text: string;
  choice: ChoiceOption;
  message?: readonly VirtualMachineMessage[] | undefined;
}

export interface ReplicationConfigSpec extends DynamicData {
  generation: number | bigint;
  vmReplicationId: string;
  destination: string;
  port: number;
  rpo: number | bigint;
  quiesceGuestEnabled: boolean;
  paused: boolean;
  oppUpdatesEnabled: boolean;
  netCompressionEnabled?: boolean | undefined;
  netEncryptionEnabled?: boolean | undefined;
  encryptionDestination?: string | undefined;
  encryptionPort?: number | undefined;
  remoteCertificateThumbprint?: string | undefined;
  dataSetsReplicationEnabled?: boolean | undefined;
  disk?: readonly ReplicationInfoDiskSettings[] | undefined;
}

export interface ReplicationInfoDiskSettings extends DynamicData {
  key: number;
  diskReplicationId: string;
}

export interface ScheduledHardwareUpgradeInfo extends DynamicData {
  upgradePolicy?: string | undefined;
  versionKey?: string | undefined;
  scheduledHardwareUpgradeStatus?: string | undefined;
  fault?: LocalizedMethodFault | undefined;
}

export interface VirtualMachineSgxInfo extends DynamicData {
  epcSize: number | bigint;
  flcMode?: string | undefined;
  lePubKeyHash?: string | undefined;
  requireAttestation?: boolean | undefined;
}

export interface VirtualMachineSnapshotInfo extends DynamicData {
  currentSnapshot?: MoRef | undefined;
  rootSnapshotList: readonly VirtualMachineSnapshotTree[];
}

export interface SnapshotSelectionSpec extends DynamicData {
  retentionDays?: number | undefined;
}

export interface VirtualMachineSriovDevicePoolInfo extends DynamicData {
  key: string;
}

export interface VirtualMachineSriovNetworkDevicePoolInfo extends VirtualMachineSriovDevicePoolInfo {
  switchKey?: string | undefined;
  switchUuid?: string | undefined;
}

export interface VirtualMachineStorageInfo extends DynamicData {
  perDatastoreUsage?: readonly VirtualMachineUsageOnDatastore[] | undefined;
  timestamp: Date;
}

export interface VirtualMachineUsageOnDatastore extends DynamicData {
  datastore: MoRef;
  committed: number | bigint;
  uncommitted: number | bigint;
  unshared: number | bigint;
}

export interface VirtualMachineTargetInfo extends DynamicData {
  name: string;
  configurationTag?: readonly string[] | undefined;
}

export interface ToolsConfigInfo extends DynamicData {
  toolsVersion?: number | undefined;
  toolsInstallType?: string | undefined;
  afterPowerOn?: boolean | undefined;
  afterResume?: boolean | undefined;
  beforeGuestStandby?: boolean | undefined;
  beforeGuestShutdown?: boolean | undefined;
  beforeGuestReboot?: boolean | undefined;
  toolsUpgradePolicy?: string | undefined;
  pendingCustomization?: string | undefined;
  customizationKeyId?: DynamicData | undefined;
  syncTimeWithHostAllowed?: boolean | undefined;
  syncTimeWithHost?: boolean | undefined;
  lastInstallInfo?: ToolsConfigInfoToolsLastInstallInfo | undefined;
}

export interface ToolsConfigInfoToolsLastInstallInfo extends DynamicData {
  counter: number;
  fault?: LocalizedMethodFault | undefined;
}

export interface VirtualMachineUsbInfo extends VirtualMachineTargetInfo {
  description: string;
  vendor: number;
  product: number;
  physicalPath: string;
  family?: readonly string[] | undefined;
  speed?: readonly string[] | undefined;
  summary?: VirtualMachineSummary | undefined;
}

export interface UsbScanCodeSpec extends DynamicData {
  keyEvents: readonly UsbScanCodeSpecKeyEvent[];
}

export interface UsbScanCodeSpecModifierType extends DynamicData {
  leftControl?: boolean | undefined;
  leftShift?: boolean | undefined;
  leftAlt?: boolean | undefined;
  leftGui?: boolean | undefined;
  rightControl?: boolean | undefined;
  rightShift?: boolean | undefined;
  rightAlt?: boolean | undefined;
  rightGui?: boolean | undefined;
}

export interface UsbScanCodeSpecKeyEvent extends DynamicData {
  usbHidCode: number;
  modifiers?: UsbScanCodeSpecModifierType | undefined;
}

export interface VirtualMachineVMotionStunTimeInfo extends VirtualMachineTargetInfo {
  migrationBW: number | bigint;
  stunTime: number | bigint;
}

export interface VirtualMachineVcpuConfig extends DynamicData {
  latencySensitivity?: LatencySensitivity | undefined;
}

export interface VirtualMachineVendorDeviceGroupInfo extends VirtualMachineTargetInfo {
  deviceGroupName: string;
  deviceGroupDescription?: string | undefined;
  componentDeviceInfo?: readonly VirtualMachineVendorDeviceGroupInfoComponentDeviceInfo[] | undefined;
}

export interface VirtualMachineVendorDeviceGroupInfoComponentDeviceInfo extends DynamicData {
  type: string;
  vendorName: string;
  deviceName: string;
  isConfigurable: boolean;
  device: VirtualDevice;
}

export interface VirtualMachineVgpuDeviceInfo extends VirtualMachineTargetInfo {
  deviceName: string;
  deviceVendorId: number | bigint;
  maxFbSizeInGib: number | bigint;
  timeSlicedCapable: boolean;
  migCapable: boolean;
  computeProfileCapable: boolean;
  quadroProfileCapable: boolean;
}

export interface VirtualMachineVgpuProfileInfo extends VirtualMachineTargetInfo {
  profileName: string;
  deviceVendorId: number | bigint;
  fbSizeInGib: number | bigint;
  profileSharing: string;
  profileClass: string;
  stunTimeEstimates?: readonly VirtualMachineVMotionStunTimeInfo[] | undefined;
}

export interface VirtualMachineVirtualDeviceGroups extends DynamicData {
  deviceGroup?: readonly VirtualMachineVirtualDeviceGroupsDeviceGroup[] | undefined;
}

export interface VirtualMachineVirtualDeviceGroupsDeviceGroup extends DynamicData {
  groupInstanceKey: number;
  deviceInfo?: Description | undefined;
}

export interface VirtualMachineVirtualDeviceGroupsVendorDeviceGroup extends VirtualMachineVirtualDeviceGroupsDeviceGroup {
  deviceGroupName: string;
}

export interface VirtualMachineVirtualDeviceSwap extends DynamicData {
  lsiToPvscsi?: VirtualMachineVirtualDeviceSwapDeviceSwapInfo | undefined;
}

export interface VirtualMachineVirtualDeviceSwapDeviceSwapInfo extends DynamicData {
  enabled?: boolean | undefined;
  applicable?: boolean | undefined;
  status?: string | undefined;
}

export interface VirtualHardware extends DynamicData {
  numCPU: number;
  numCoresPerSocket?: number | undefined;
  autoCoresPerSocket?: boolean | undefined;
  memoryMB: number;
  virtualICH7MPresent?: boolean | undefined;
  virtualSMCPresent?: boolean | undefined;
  device?: readonly VirtualDevice[] | undefined;
  motherboardLayout?: string | undefined;
  simultaneousThreads?: number | undefined;
}

export interface VirtualHardwareOption extends DynamicData {
  hwVersion: number;
  virtualDeviceOption: readonly VirtualDeviceOption[];
  deviceListReadonly: boolean;
  numCPU: readonly number[];
  numCoresPerSocket: IntOption;
  autoCoresPerSocket?: BoolOption | undefined;
  numCpuReadonly: boolean;
  memoryMB: LongOption;
  numPCIControllers: IntOption;
  numIDEControllers: IntOption;
  numUSBControllers: IntOption;
  numUSBXHCIControllers: IntOption;
  numSIOControllers: IntOption;
  numPS2Controllers: IntOption;
  licensingLimit?: readonly string[] | undefined;
  numSupportedWwnPorts?: IntOption | undefined;
  numSupportedWwnNodes?: IntOption | undefined;
  resourceConfigOption: ResourceConfigOption;
  numNVDIMMControllers?: IntOption | undefined;
  numTPMDevices?: IntOption | undefined;
  numWDTDevices?: IntOption | undefined;
  numPrecisionClockDevices?: IntOption | undefined;
  epcMemoryMB?: LongOption | undefined;
  acpiHostBridgesFirmware?: readonly string[] | undefined;
  numCpuSimultaneousThreads?: IntOption | undefined;
  numNumaNodes?: IntOption | undefined;
  numDeviceGroups?: IntOption | undefined;
  deviceGroupTypes?: readonly string[] | undefined;
}

export interface VirtualMachineVirtualNuma extends DynamicData {
  coresPerNumaNode?: number | undefined;
  exposeVnumaOnCpuHotadd?: boolean | undefined;
}

export interface VirtualMachineVirtualNumaInfo extends DynamicData {
  coresPerNumaNode?: number | undefined;
  autoCoresPerNumaNode?: boolean | undefined;
  vnumaOnCpuHotaddExposed?: boolean | undefined;
}

export interface VirtualMachineVirtualPMem extends DynamicData {
  snapshotMode?: string | undefined;
}

export interface VirtualMachineWindowsQuiesceSpec extends VirtualMachineGuestQuiesceSpec {
  vssBackupType?: number | undefined;
  vssBootableSystemState?: boolean | undefined;
  vssPartialFileSupport?: boolean | undefined;
  vssBackupContext?: string | undefined;
}

export interface CheckResult extends DynamicData {
  vm?: MoRef | undefined;
  host?: MoRef | undefined;
  warning?: readonly LocalizedMethodFault[] | undefined;
  error?: readonly LocalizedMethodFault[] | undefined;
}

export interface CustomizationAdapterMapping extends DynamicData {
  macAddress?: string | undefined;
  adapter: CustomizationIPSettings;
}

export interface CustomizationGlobalIPSettings extends DynamicData {
  dnsSuffixList?: readonly string[] | undefined;
  dnsServerList?: readonly string[] | undefined;
}

export interface CustomizationGuiRunOnce extends DynamicData {
  commandList: readonly string[];
}

export interface CustomizationGuiUnattended extends DynamicData {
  password?: CustomizationPassword | undefined;
  timeZone: number;
  autoLogon: boolean;
  autoLogonCount: number;
}

export interface CustomizationIPSettings extends DynamicData {
  ip: CustomizationIpGenerator;
  subnetMask?: string | undefined;
  gateway?: readonly string[] | undefined;
  ipV6Spec?: CustomizationIPSettingsIpV6AddressSpec | undefined;
  dnsServerList?: readonly string[] | undefined;
  dnsDomain?: string | undefined;
  primaryWINS?: string | undefined;
  secondaryWINS?: string | undefined;
  netBIOS?: Enum.CustomizationNetBIOSMode | undefined;
}

export interface CustomizationIPSettingsIpV6AddressSpec extends DynamicData {
  ip: readonly CustomizationIpV6Generator[];
  gateway?: readonly string[] | undefined;
}

export interface CustomizationIdentification extends DynamicData {
  joinWorkgroup?: string | undefined;
  joinDomain?: string | undefined;
  domainAdmin?: string | undefined;
  domainAdminPassword?: CustomizationPassword | undefined;
  domainOU?: string | undefined;
}

export interface CustomizationIdentitySettings extends DynamicData {
}

export interface CustomizationIpGenerator extends DynamicData {
}

export interface CustomizationIpV6Generator extends DynamicData {
}

export interface CustomizationLicenseFilePrintData extends DynamicData {
  autoMode: Enum.CustomizationLicenseDataMode;
  autoUsers?: number | undefined;
}

export interface CustomizationLinuxPrep extends CustomizationIdentitySettings {
  hostName: CustomizationName;
  domain: string;
  timeZone?: string | undefined;
  hwClockUTC?: boolean | undefined;
  scriptText?: string | undefined;
  compatibleCustomizationMethod?: string | undefined;
}

export interface CustomizationName extends DynamicData {
}

export interface CustomizationOptions extends DynamicData {
}

export interface CustomizationPassword extends DynamicData {
  value: string;
  plainText: boolean;
}

export interface CustomizationPrefixName extends CustomizationName {
  base: string;
}

export interface CustomizationSpec extends DynamicData {
  options?: CustomizationOptions | undefined;
  identity: CustomizationIdentitySettings;
  globalIPSettings: CustomizationGlobalIPSettings;
  nicSettingMap?: readonly CustomizationAdapterMapping[] | undefined;
  encryptionKey?: readonly number[] | undefined;
}

export interface CustomizationStatelessIpV6Generator extends CustomizationIpV6Generator {
}

export interface CustomizationSysprep extends CustomizationIdentitySettings {
  guiUnattended: CustomizationGuiUnattended;
  userData: CustomizationUserData;
  guiRunOnce?: CustomizationGuiRunOnce | undefined;
  identification: CustomizationIdentification;
  licenseFilePrintData?: CustomizationLicenseFilePrintData | undefined;
}

export interface CustomizationSysprepText extends CustomizationIdentitySettings {
  value: string;
}

export interface CustomizationUnknownIpGenerator extends CustomizationIpGenerator {
}

export interface CustomizationUnknownIpV6Generator extends CustomizationIpV6Generator {
}

export interface CustomizationUnknownName extends CustomizationName {
}

export interface CustomizationUserData extends DynamicData {
  fullName: string;
  orgName: string;
  computerName: CustomizationName;
  productId: string;
}

export interface CustomizationVirtualMachineName extends CustomizationName {
}

export interface CustomizationWinOptions extends CustomizationOptions {
  changeSID: boolean;
  deleteAccounts: boolean;
  reboot?: Enum.CustomizationSysprepRebootOption | undefined;
}

export interface HostDiskMappingInfo extends DynamicData {
  physicalPartition?: HostDiskMappingPartitionInfo | undefined;
  name: string;
  exclusive?: boolean | undefined;
}

export interface HostDiskMappingPartitionInfo extends DynamicData {
  name: string;
  fileSystem: string;
  capacityInKb: number | bigint;
}

export interface HostDiskMappingOption extends DynamicData {
  physicalPartition?: readonly HostDiskMappingPartitionOption[] | undefined;
  name: string;
}

export interface HostDiskMappingPartitionOption extends DynamicData {
  name: string;
  fileSystem: string;
  capacityInKb: number | bigint;
}

export interface VirtualDevice extends DynamicData {
  key: number;
  deviceInfo?: Description | undefined;
  backing?: VirtualDeviceBackingInfo | undefined;
  connectable?: VirtualDeviceConnectInfo | undefined;
  slotInfo?: VirtualDeviceBusSlotInfo | undefined;
  controllerKey?: number | undefined;
  unitNumber?: number | undefined;
  numaNode?: number | undefined;
  deviceGroupInfo?: VirtualDeviceDeviceGroupInfo | undefined;
}

export interface VirtualDeviceBackingInfo extends DynamicData {
}

export interface VirtualDeviceFileBackingInfo extends VirtualDeviceBackingInfo {
  fileName: string;
  datastore?: MoRef | undefined;
  backingObjectId?: string | undefined;
}

export interface VirtualDeviceDeviceBackingInfo extends VirtualDeviceBackingInfo {
  deviceName: string;
  useAutoDetect?: boolean | undefined;
}

export interface VirtualDeviceRemoteDeviceBackingInfo extends VirtualDeviceBackingInfo {
  deviceName: string;
  useAutoDetect?: boolean | undefined;
}

export interface VirtualDevicePipeBackingInfo extends VirtualDeviceBackingInfo {
  pipeName: string;
}

export interface VirtualDeviceURIBackingInfo extends VirtualDeviceBackingInfo {
  serviceURI: string;
  direction: string;
  proxyURI?: string | undefined;
}

export interface VirtualDeviceConnectInfo extends DynamicData {
  migrateConnect?: string | undefined;
  startConnected: boolean;
  allowGuestControl: boolean;
  connected: boolean;
  status?: string | undefined;
}

export interface VirtualDeviceBusSlotInfo extends DynamicData {
}

export interface VirtualDevicePciBusSlotInfo extends VirtualDeviceBusSlotInfo {
  pciSlotNumber: number;
}

export interface VirtualDeviceDeviceGroupInfo extends DynamicData {
  groupInstanceKey: number;
  sequenceId: number;
}

export interface VirtualDeviceOption extends DynamicData {
  type: string;
  connectOption?: VirtualDeviceConnectOption | undefined;
  busSlotOption?: VirtualDeviceBusSlotOption | undefined;
  controllerType?: string | undefined;
  autoAssignController?: BoolOption | undefined;
  backingOption?: readonly VirtualDeviceBackingOption[] | undefined;
  defaultBackingOptionIndex?: number | undefined;
  licensingLimit?: readonly string[] | undefined;
  deprecated: boolean;
  plugAndPlay: boolean;
  hotRemoveSupported: boolean;
  numaSupported?: boolean | undefined;
}

export interface VirtualDeviceBackingOption extends DynamicData {
  type: string;
}

export interface VirtualDeviceFileBackingOption extends VirtualDeviceBackingOption {
  fileNameExtensions?: ChoiceOption | undefined;
}

export interface VirtualDeviceDeviceBackingOption extends VirtualDeviceBackingOption {
  autoDetectAvailable: BoolOption;
}

export interface VirtualDeviceRemoteDeviceBackingOption extends VirtualDeviceBackingOption {
  autoDetectAvailable: BoolOption;
}

export interface VirtualDevicePipeBackingOption extends VirtualDeviceBackingOption {
}

export interface VirtualDeviceURIBackingOption extends VirtualDeviceBackingOption {
  directions: ChoiceOption;
}

export interface VirtualDeviceConnectOption extends DynamicData {
  startConnected: BoolOption;
  allowGuestControl: BoolOption;
}

export interface VirtualDeviceBusSlotOption extends DynamicData {
  type: string;
}

export interface VirtualDeviceConfigSpec extends DynamicData {
  operation?: Enum.VirtualDeviceConfigSpecOperation | undefined;
  fileOperation?: Enum.VirtualDeviceConfigSpecFileOperation | undefined;
  device: VirtualDevice;
  profile?: readonly VirtualMachineProfileSpec[] | undefined;
  backing?: VirtualDeviceConfigSpecBackingSpec | undefined;
  filterSpec?: readonly VirtualMachineBaseIndependentFilterSpec[] | undefined;
  changeMode?: string | undefined;
}

export interface VirtualDeviceConfigSpecBackingSpec extends DynamicData {
  parent?: VirtualDeviceConfigSpecBackingSpec | undefined;
  crypto?: DynamicData | undefined;
}

export interface VirtualDisk extends VirtualDevice {
  capacityInKB: number | bigint;
  capacityInBytes?: number | bigint | undefined;
  shares?: SharesInfo | undefined;
  storageIOAllocation?: StorageIOAllocationInfo | undefined;
  diskObjectId?: string | undefined;
  vFlashCacheConfigInfo?: VirtualDiskVFlashCacheConfigInfo | undefined;
  iofilter?: readonly string[] | undefined;
  vDiskId?: ID | undefined;
  vDiskVersion?: number | undefined;
  nativeUnmanagedLinkedClone?: boolean | undefined;
  independentFilters?: readonly VirtualMachineBaseIndependentFilterSpec[] | undefined;
  guestReadOnly?: boolean | undefined;
}

export interface VirtualDiskSparseVer1BackingInfo extends VirtualDeviceFileBackingInfo {
  diskMode: string;
  split?: boolean | undefined;
  writeThrough?: boolean | undefined;
  spaceUsedInKB?: number | bigint | undefined;
  contentId?: string | undefined;
  parent?: VirtualDiskSparseVer1BackingInfo | undefined;
}

export interface VirtualDiskSparseVer2BackingInfo extends VirtualDeviceFileBackingInfo {
  diskMode: string;
  split?: boolean | undefined;
  writeThrough?: boolean | undefined;
  spaceUsedInKB?: number | bigint | undefined;
  uuid?: string | undefined;
  contentId?: string | undefined;
  changeId?: string | undefined;
  parent?: VirtualDiskSparseVer2BackingInfo | undefined;
  keyId?: DynamicData | undefined;
}

export interface VirtualDiskFlatVer1BackingInfo extends VirtualDeviceFileBackingInfo {
  diskMode: string;
  split?: boolean | undefined;
  writeThrough?: boolean | undefined;
  contentId?: string | undefined;
  parent?: VirtualDiskFlatVer1BackingInfo | undefined;
}

export interface VirtualDiskFlatVer2BackingInfo extends VirtualDeviceFileBackingInfo {
  diskMode: string;
  split?: boolean | undefined;
  writeThrough?: boolean | undefined;
  thinProvisioned?: boolean | undefined;
  eagerlyScrub?: boolean | undefined;
  uuid?: string | undefined;
  contentId?: string | undefined;
  changeId?: string | undefined;
  parent?: VirtualDiskFlatVer2BackingInfo | undefined;
  deltaDiskFormat?: string | undefined;
  digestEnabled?: boolean | undefined;
  deltaGrainSize?: number | undefined;
  deltaDiskFormatVariant?: string | undefined;
  sharing?: string | undefined;
  keyId?: DynamicData | undefined;
}

export interface VirtualDiskSeSparseBackingInfo extends VirtualDeviceFileBackingInfo {
  diskMode: string;
  writeThrough?: boolean | undefined;
  uuid?: string | undefined;
  contentId?: string | undefined;
  changeId?: string | undefined;
  parent?: VirtualDiskSeSparseBackingInfo | undefined;
  deltaDiskFormat?: string | undefined;
  digestEnabled?: boolean | undefined;
  grainSize?: number | undefined;
  keyId?: DynamicData | undefined;
}

export interface VirtualDiskRawDiskVer2BackingInfo extends VirtualDeviceDeviceBackingInfo {
  descriptorFileName: string;
  uuid?: string | undefined;
  changeId?: string | undefined;
  sharing?: string | undefined;
}

export interface VirtualDiskPartitionedRawDiskVer2BackingInfo extends VirtualDiskRawDiskVer2BackingInfo {
  partition: readonly number[];
}

export interface VirtualDiskRawDiskMappingVer1BackingInfo extends VirtualDeviceFileBackingInfo {
  lunUuid?: string | undefined;
  deviceName?: string | undefined;
  compatibilityMode?: string | undefined;
  diskMode?: string | undefined;
  uuid?: string | undefined;
  contentId?: string | undefined;
  changeId?: string | undefined;
  parent?: VirtualDiskRawDiskMappingVer1BackingInfo | undefined;
  deltaDiskFormat?: string | undefined;
  deltaGrainSize?: number | undefined;
  sharing?: string | undefined;
}

export interface VirtualDiskLocalPMemBackingInfo extends VirtualDeviceFileBackingInfo {
  diskMode: string;
  uuid?: string | undefined;
  volumeUUID?: string | undefined;
  contentId?: string | undefined;
}

export interface VirtualDiskVFlashCacheConfigInfo extends DynamicData {
  vFlashModule?: string | undefined;
  reservationInMB?: number | bigint | undefined;
  cacheConsistencyType?: string | undefined;
  cacheMode?: string | undefined;
  blockSizeInKB?: number | bigint | undefined;
}

export interface VirtualDiskId extends DynamicData {
  vm: MoRef;
  diskId: number;
}

export interface VirtualDiskOption extends VirtualDeviceOption {
  capacityInKB: LongOption;
  ioAllocationOption: StorageIOAllocationOption;
  vFlashCacheConfigOption?: VirtualDiskOptionVFlashCacheConfigOption | undefined;
}

export interface VirtualDiskSparseVer1BackingOption extends VirtualDeviceFileBackingOption {
  diskModes: ChoiceOption;
  split: BoolOption;
  writeThrough: BoolOption;
  growable: boolean;
}

export interface VirtualDiskSparseVer2BackingOption extends VirtualDeviceFileBackingOption {
  diskMode: ChoiceOption;
  split: BoolOption;
  writeThrough: BoolOption;
  growable: boolean;
  hotGrowable: boolean;
  uuid: boolean;
}

export interface VirtualDiskFlatVer1BackingOption extends VirtualDeviceFileBackingOption {
  diskMode: ChoiceOption;
  split: BoolOption;
  writeThrough: BoolOption;
  growable: boolean;
}

export interface VirtualDiskDeltaDiskFormatsSupported extends DynamicData {
  datastoreType: string;
  deltaDiskFormat: ChoiceOption;
}

export interface VirtualDiskFlatVer2BackingOption extends VirtualDeviceFileBackingOption {
  diskMode: ChoiceOption;
  split: BoolOption;
  writeThrough: BoolOption;
  growable: boolean;
  hotGrowable: boolean;
  uuid: boolean;
  thinProvisioned: BoolOption;
  eagerlyScrub: BoolOption;
  deltaDiskFormat: ChoiceOption;
  deltaDiskFormatsSupported: readonly VirtualDiskDeltaDiskFormatsSupported[];
}

export interface VirtualDiskSeSparseBackingOption extends VirtualDeviceFileBackingOption {
  diskMode: ChoiceOption;
  writeThrough: BoolOption;
  growable: boolean;
  hotGrowable: boolean;
  uuid: boolean;
  deltaDiskFormatsSupported: readonly VirtualDiskDeltaDiskFormatsSupported[];
}

export interface VirtualDiskRawDiskVer2BackingOption extends VirtualDeviceDeviceBackingOption {
  descriptorFileNameExtensions: ChoiceOption;
  uuid: boolean;
}

export interface VirtualDiskPartitionedRawDiskVer2BackingOption extends VirtualDiskRawDiskVer2BackingOption {
}

export interface VirtualDiskRawDiskMappingVer1BackingOption extends VirtualDeviceDeviceBackingOption {
  descriptorFileNameExtensions?: ChoiceOption | undefined;
  compatibilityMode: ChoiceOption;
  diskMode: ChoiceOption;
  uuid: boolean;
}

export interface VirtualDiskLocalPMemBackingOption extends VirtualDeviceFileBackingOption {
  diskMode: ChoiceOption;
  growable: boolean;
  hotGrowable: boolean;
  uuid: boolean;
}

export interface VirtualDiskOptionVFlashCacheConfigOption extends DynamicData {
  cacheConsistencyType: ChoiceOption;
  cacheMode: ChoiceOption;
  reservationInMB: LongOption;
  blockSizeInKB: LongOption;
}

export interface VirtualDiskConfigSpec extends VirtualDeviceConfigSpec {
  diskMoveType?: string | undefined;
  migrateCache?: boolean | undefined;
}

export interface VirtualEthernetCard extends VirtualDevice {
  addressType?: string | undefined;
  macAddress?: string | undefined;
  wakeOnLanEnabled?: boolean | undefined;
  resourceAllocation?: VirtualEthernetCardResourceAllocation | undefined;
  externalId?: string | undefined;
  uptCompatibilityEnabled?: boolean | undefined;
}

export interface VirtualEthernetCardNetworkBackingInfo extends VirtualDeviceDeviceBackingInfo {
  network?: MoRef | undefined;
  inPassthroughMode?: boolean | undefined;
}

export interface VirtualEthernetCardLegacyNetworkBackingInfo extends VirtualDeviceDeviceBackingInfo {
}

export interface VirtualEthernetCardDistributedVirtualPortBackingInfo extends VirtualDeviceBackingInfo {
  port: DynamicData;
}

export interface VirtualEthernetCardOpaqueNetworkBackingInfo extends VirtualDeviceBackingInfo {
  opaqueNetworkId: string;
  opaqueNetworkType: string;
}

export interface VirtualEthernetCardResourceAllocation extends DynamicData {
  reservation?: number | bigint | undefined;
  share: SharesInfo;
  limit?: number | bigint | undefined;
}

export interface VirtualEthernetCardOption extends VirtualDeviceOption {
  supportedOUI: ChoiceOption;
  macType: ChoiceOption;
  wakeOnLanEnabled: BoolOption;
  vmDirectPathGen2Supported?: boolean | undefined;
  uptCompatibilityEnabled?: BoolOption | undefined;
}

export interface VirtualEthernetCardNetworkBackingOption extends VirtualDeviceDeviceBackingOption {
}

export interface VirtualEthernetCardOpaqueNetworkBackingOption extends VirtualDeviceBackingOption {
}

export interface VirtualEthernetCardLegacyNetworkBackingOption extends VirtualDeviceDeviceBackingOption {
}

export interface VirtualEthernetCardDVPortBackingOption extends VirtualDeviceBackingOption {
}

export interface VirtualFloppy extends VirtualDevice {
}

export interface VirtualFloppyImageBackingInfo extends VirtualDeviceFileBackingInfo {
}

export interface VirtualFloppyDeviceBackingInfo extends VirtualDeviceDeviceBackingInfo {
}

export interface VirtualFloppyRemoteDeviceBackingInfo extends VirtualDeviceRemoteDeviceBackingInfo {
}

export interface VirtualFloppyOption extends VirtualDeviceOption {
}

export interface VirtualFloppyImageBackingOption extends VirtualDeviceFileBackingOption {
}

export interface VirtualFloppyDeviceBackingOption extends VirtualDeviceDeviceBackingOption {
}

export interface VirtualFloppyRemoteDeviceBackingOption extends VirtualDeviceRemoteDeviceBackingOption {
}

export interface VirtualKeyboard extends VirtualDevice {
}

export interface VirtualKeyboardOption extends VirtualDeviceOption {
}

export interface VirtualNVDIMM extends VirtualDevice {
  capacityInMB: number | bigint;
  configuredCapacityInMB?: number | bigint | undefined;
}

export interface VirtualNVDIMMBackingInfo extends VirtualDeviceFileBackingInfo {
  parent?: VirtualNVDIMMBackingInfo | undefined;
  changeId?: string | undefined;
}

export interface VirtualNVDIMMOption extends VirtualDeviceOption {
  capacityInMB: LongOption;
  growable: boolean;
  hotGrowable: boolean;
  granularityInMB: number | bigint;
}

export interface VirtualPCIPassthrough extends VirtualDevice {
}

export interface VirtualPCIPassthroughDeviceBackingInfo extends VirtualDeviceDeviceBackingInfo {
  id: string;
  deviceId: string;
  systemId: string;
  vendorId: number;
}

export interface VirtualPCIPassthroughAllowedDevice extends DynamicData {
  vendorId: number;
  deviceId: number;
  subVendorId?: number | undefined;
  subDeviceId?: number | undefined;
  revisionId?: number | undefined;
}

export interface VirtualPCIPassthroughDynamicBackingInfo extends VirtualDeviceDeviceBackingInfo {
  allowedDevice?: readonly VirtualPCIPassthroughAllowedDevice[] | undefined;
  customLabel?: string | undefined;
  assignedId?: string | undefined;
}

export interface VirtualPCIPassthroughPluginBackingInfo extends VirtualDeviceBackingInfo {
}

export interface VirtualPCIPassthroughVmiopBackingInfo extends VirtualPCIPassthroughPluginBackingInfo {
  vgpu?: string | undefined;
  vgpuMigrateDataSizeMB?: number | undefined;
  migrateSupported?: boolean | undefined;
  enhancedMigrateCapability?: boolean | undefined;
}

export interface VirtualPCIPassthroughDvxBackingInfo extends VirtualDeviceBackingInfo {
  deviceClass?: string | undefined;
  configParams?: readonly OptionValue[] | undefined;
}

export interface VirtualPCIPassthroughOption extends VirtualDeviceOption {
}

export interface VirtualPCIPassthroughDeviceBackingOption extends VirtualDeviceDeviceBackingOption {
}

export interface VirtualPCIPassthroughPluginBackingOption extends VirtualDeviceBackingOption {
}

export interface VirtualPCIPassthroughVmiopBackingOption extends VirtualPCIPassthroughPluginBackingOption {
  vgpu: StringOption;
  maxInstances: number;
}

export interface VirtualPCIPassthroughDynamicBackingOption extends VirtualDeviceDeviceBackingOption {
}

export interface VirtualPCIPassthroughDvxBackingOption extends VirtualDeviceBackingOption {
}

export interface VirtualPCNet32 extends VirtualEthernetCard {
}

export interface VirtualPCNet32Option extends VirtualEthernetCardOption {
  supportsMorphing: boolean;
}

export interface VirtualParallelPort extends VirtualDevice {
}

export interface VirtualParallelPortFileBackingInfo extends VirtualDeviceFileBackingInfo {
}

export interface VirtualParallelPortDeviceBackingInfo extends VirtualDeviceDeviceBackingInfo {
}

export interface VirtualParallelPortOption extends VirtualDeviceOption {
}

export interface VirtualParallelPortFileBackingOption extends VirtualDeviceFileBackingOption {
}

export interface VirtualParallelPortDeviceBackingOption extends VirtualDeviceDeviceBackingOption {
}

export interface VirtualPointingDevice extends VirtualDevice {
}

export interface VirtualPointingDeviceDeviceBackingInfo extends VirtualDeviceDeviceBackingInfo {
  hostPointingDevice: string;
}

export interface VirtualPointingDeviceOption extends VirtualDeviceOption {
}

export interface VirtualPointingDeviceBackingOption extends VirtualDeviceDeviceBackingOption {
  hostPointingDevice: ChoiceOption;
}

export interface VirtualPrecisionClock extends VirtualDevice {
}

export interface VirtualPrecisionClockSystemClockBackingInfo extends VirtualDeviceBackingInfo {
  protocol?: string | undefined;
}

export interface VirtualPrecisionClockOption extends VirtualDeviceOption {
}

export interface VirtualPrecisionClockSystemClockBackingOption extends VirtualDeviceBackingOption {
  protocol: ChoiceOption;
}

export interface VirtualSCSIPassthrough extends VirtualDevice {
}

export interface VirtualSCSIPassthroughDeviceBackingInfo extends VirtualDeviceDeviceBackingInfo {
}

export interface VirtualSCSIPassthroughOption extends VirtualDeviceOption {
}

export interface VirtualSCSIPassthroughDeviceBackingOption extends VirtualDeviceDeviceBackingOption {
}

export interface VirtualSerialPort extends VirtualDevice {
  yieldOnPoll: boolean;
}

export interface VirtualSerialPortFileBackingInfo extends VirtualDeviceFileBackingInfo {
}

export interface VirtualSerialPortDeviceBackingInfo extends VirtualDeviceDeviceBackingInfo {
}

export interface VirtualSerialPortPipeBackingInfo extends VirtualDevicePipeBackingInfo {
  endpoint: string;
  noRxLoss?: boolean | undefined;
}

export interface VirtualSerialPortURIBackingInfo extends VirtualDeviceURIBackingInfo {
}

export interface VirtualSerialPortThinPrintBackingInfo extends VirtualDeviceBackingInfo {
}

export interface VirtualSerialPortOption extends VirtualDeviceOption {
  yieldOnPoll: BoolOption;
}

export interface VirtualSerialPortFileBackingOption extends VirtualDeviceFileBackingOption {
}

export interface VirtualSerialPortDeviceBackingOption extends VirtualDeviceDeviceBackingOption {
}

export interface VirtualSerialPortPipeBackingOption extends VirtualDevicePipeBackingOption {
  endpoint: ChoiceOption;
  noRxLoss: BoolOption;
}

export interface VirtualSerialPortURIBackingOption extends VirtualDeviceURIBackingOption {
}

export interface VirtualSerialPortThinPrintBackingOption extends VirtualDeviceBackingOption {
}

export interface VirtualSoundCard extends VirtualDevice {
}

export interface VirtualSoundCardDeviceBackingInfo extends VirtualDeviceDeviceBackingInfo {
}

export interface VirtualSoundCardOption extends VirtualDeviceOption {
}

export interface VirtualSoundCardDeviceBackingOption extends VirtualDeviceDeviceBackingOption {
}

export interface VirtualSriovEthernetCard extends VirtualEthernetCard {
  allowGuestOSMtuChange?: boolean | undefined;
  sriovBacking?: VirtualSriovEthernetCardSriovBackingInfo | undefined;
  dvxBackingInfo?: VirtualPCIPassthroughDvxBackingInfo | undefined;
}

export interface VirtualSriovEthernetCardSriovBackingInfo extends VirtualDeviceBackingInfo {
  physicalFunctionBacking?: VirtualPCIPassthroughDeviceBackingInfo | undefined;
  virtualFunctionBacking?: VirtualPCIPassthroughDeviceBackingInfo | undefined;
  virtualFunctionIndex?: number | undefined;
}

export interface VirtualSriovEthernetCardOption extends VirtualEthernetCardOption {
}

export interface VirtualSriovEthernetCardSriovBackingOption extends VirtualDeviceBackingOption {
}

export interface VirtualTPM extends VirtualDevice {
  endorsementKeyCertificateSigningRequest?: readonly Uint8Array[] | undefined;
  endorsementKeyCertificate?: readonly Uint8Array[] | undefined;
}

export interface VirtualTPMOption extends VirtualDeviceOption {
  supportedFirmware?: readonly string[] | undefined;
}

export interface VirtualUSB extends VirtualDevice {
  connected: boolean;
  vendor?: number | undefined;
  product?: number | undefined;
  family?: readonly string[] | undefined;
  speed?: readonly string[] | undefined;
}

export interface VirtualUSBUSBBackingInfo extends VirtualDeviceDeviceBackingInfo {
}

export interface VirtualUSBRemoteHostBackingInfo extends VirtualDeviceDeviceBackingInfo {
  hostname: string;
}

export interface VirtualUSBRemoteClientBackingInfo extends VirtualDeviceRemoteDeviceBackingInfo {
  hostname: string;
}

export interface VirtualUSBOption extends VirtualDeviceOption {
}

export interface VirtualUSBUSBBackingOption extends VirtualDeviceDeviceBackingOption {
}

export interface VirtualUSBRemoteHostBackingOption extends VirtualDeviceDeviceBackingOption {
}

export interface VirtualUSBRemoteClientBackingOption extends VirtualDeviceRemoteDeviceBackingOption {
}

export interface VirtualMachineVMCIDevice extends VirtualDevice {
  id?: number | bigint | undefined;
  allowUnrestrictedCommunication?: boolean | undefined;
  filterEnable?: boolean | undefined;
  filterInfo?: VirtualMachineVMCIDeviceFilterInfo | undefined;
}

export interface VirtualMachineVMCIDeviceFilterSpec extends DynamicData {
  rank: number | bigint;
  action: string;
  protocol: string;
  direction: string;
  lowerDstPortBoundary?: number | bigint | undefined;
  upperDstPortBoundary?: number | bigint | undefined;
}

export interface VirtualMachineVMCIDeviceFilterInfo extends DynamicData {
  filters?: readonly VirtualMachineVMCIDeviceFilterSpec[] | undefined;
}

export interface VirtualMachineVMCIDeviceOption extends VirtualDeviceOption {
  allowUnrestrictedCommunication: BoolOption;
  filterSpecOption?: VirtualMachineVMCIDeviceOptionFilterSpecOption | undefined;
  filterSupported?: BoolOption | undefined;
}

export interface VirtualMachineVMCIDeviceOptionFilterSpecOption extends DynamicData {
  action: ChoiceOption;
  protocol: ChoiceOption;
  direction: ChoiceOption;
  lowerDstPortBoundary: LongOption;
  upperDstPortBoundary: LongOption;
}

export interface VirtualMachineVMIROM extends VirtualDevice {
}

export interface VirtualVMIROMOption extends VirtualDeviceOption {
}

export interface VirtualMachineVideoCard extends VirtualDevice {
  videoRamSizeInKB?: number | bigint | undefined;
  numDisplays?: number | undefined;
  useAutoDetect?: boolean | undefined;
  enable3DSupport?: boolean | undefined;
  use3dRenderer?: string | undefined;
  graphicsMemorySizeInKB?: number | bigint | undefined;
}

export interface VirtualVideoCardOption extends VirtualDeviceOption {
  videoRamSizeInKB?: LongOption | undefined;
  numDisplays?: IntOption | undefined;
  useAutoDetect?: BoolOption | undefined;
  support3D?: BoolOption | undefined;
  use3dRendererSupported?: BoolOption | undefined;
  graphicsMemorySizeInKB?: LongOption | undefined;
  graphicsMemorySizeSupported?: BoolOption | undefined;
}

export interface VirtualVmxnet extends VirtualEthernetCard {
}

export interface VirtualVmxnet2 extends VirtualVmxnet {
}

export interface VirtualVmxnet3 extends VirtualVmxnet {
  uptv2Enabled?: boolean | undefined;
}

export interface VirtualVmxnet3Vrdma extends VirtualVmxnet3 {
  deviceProtocol?: string | undefined;
}

export interface VirtualVmxnetOption extends VirtualEthernetCardOption {
}

export interface VirtualWDT extends VirtualDevice {
  runOnBoot: boolean;
  running: boolean;
}

export interface VirtualWDTOption extends VirtualDeviceOption {
  runOnBoot: BoolOption;
}

export interface GuestAuthSubject extends DynamicData {
}

export interface GuestAuthAnySubject extends GuestAuthSubject {
}

export interface GuestAuthNamedSubject extends GuestAuthSubject {
  name: string;
}

export interface GuestAuthAliasInfo extends DynamicData {
  subject: GuestAuthSubject;
  comment: string;
}

export interface GuestAliases extends DynamicData {
  base64Cert: string;
  aliases: readonly GuestAuthAliasInfo[];
}

export interface GuestMappedAliases extends DynamicData {
  base64Cert: string;
  username: string;
  subjects: readonly GuestAuthSubject[];
}

export interface GuestFileAttributes extends DynamicData {
  modificationTime?: Date | undefined;
  accessTime?: Date | undefined;
  symlinkTarget?: string | undefined;
}

export interface GuestPosixFileAttributes extends GuestFileAttributes {
  ownerId?: number | undefined;
  groupId?: number | undefined;
  permissions?: number | bigint | undefined;
}

export interface GuestWindowsFileAttributes extends GuestFileAttributes {
  hidden?: boolean | undefined;
  readOnly?: boolean | undefined;
  createTime?: Date | undefined;
}

export interface GuestFileInfo extends DynamicData {
  path: string;
  type: string;
  size: number | bigint;
  attributes: GuestFileAttributes;
}

export interface GuestListFileInfo extends DynamicData {
  files?: readonly GuestFileInfo[] | undefined;
  remaining: number;
}

export interface FileTransferInformation extends DynamicData {
  attributes: GuestFileAttributes;
  size: number | bigint;
  url: string;
}

export interface GuestAuthentication extends DynamicData {
  interactiveSession: boolean;
}

export interface NamePasswordAuthentication extends GuestAuthentication {
  username: string;
  password: string;
}

export interface GuestProgramSpec extends DynamicData {
  programPath: string;
  arguments: string;
  workingDirectory?: string | undefined;
  envVariables?: readonly string[] | undefined;
}

export interface GuestWindowsProgramSpec extends GuestProgramSpec {
  startMinimized: boolean;
}

export interface GuestProcessInfo extends DynamicData {
  name: string;
  pid: number | bigint;
  owner: string;
  cmdLine: string;
  startTime: Date;
  endTime?: Date | undefined;
  exitCode?: number | undefined;
}

export interface SAMLTokenAuthentication extends GuestAuthentication {
  token: string;
  username?: string | undefined;
}

export interface SSPIAuthentication extends GuestAuthentication {
  sspiToken: string;
}

export interface TicketedSessionAuthentication extends GuestAuthentication {
  ticket: string;
}

export interface GuestRegKeyNameSpec extends DynamicData {
  registryPath: string;
  wowBitness: string;
}

export interface GuestRegKeySpec extends DynamicData {
  keyName: GuestRegKeyNameSpec;
  classType: string;
  lastWritten: Date;
}

export interface GuestRegKeyRecordSpec extends DynamicData {
  key: GuestRegKeySpec;
  fault?: LocalizedMethodFault | undefined;
}

export interface GuestRegValueNameSpec extends DynamicData {
  keyName: GuestRegKeyNameSpec;
  name: string;
}

export interface GuestRegValueDataSpec extends DynamicData {
}

export interface GuestRegValueDwordSpec extends GuestRegValueDataSpec {
  value: number;
}

export interface GuestRegValueQwordSpec extends GuestRegValueDataSpec {
  value: number | bigint;
}

export interface GuestRegValueStringSpec extends GuestRegValueDataSpec {
  value?: string | undefined;
}

export interface GuestRegValueExpandStringSpec extends GuestRegValueDataSpec {
  value?: string | undefined;
}

export interface GuestRegValueMultiStringSpec extends GuestRegValueDataSpec {
  value?: readonly string[] | undefined;
}

export interface GuestRegValueBinarySpec extends GuestRegValueDataSpec {
  value?: Uint8Array | undefined;
}

export interface GuestRegValueSpec extends DynamicData {
  name: GuestRegValueNameSpec;
  data: GuestRegValueDataSpec;
}

export interface DeviceGroupId extends DynamicData {
  id: string;
}

export interface FaultDomainId extends DynamicData {
  id: string;
}

export interface ReplicationGroupId extends DynamicData {
  faultDomainId: FaultDomainId;
  deviceGroupId: DeviceGroupId;
}

export interface ReplicationSpec extends DynamicData {
  replicationGroupId: ReplicationGroupId;
}

export interface BaseConfigInfo extends DynamicData {
  id: ID;
  name: string;
  createTime: Date;
  keepAfterDeleteVm?: boolean | undefined;
  relocationDisabled?: boolean | undefined;
  nativeSnapshotSupported?: boolean | undefined;
  changedBlockTrackingEnabled?: boolean | undefined;
  backing: BaseConfigInfoBackingInfo;
  metadata?: readonly KeyValue[] | undefined;
  vclock?: vslmVClockInfo | undefined;
  iofilter?: readonly string[] | undefined;
}

export interface BaseConfigInfoBackingInfo extends DynamicData {
  datastore: MoRef;
}

export interface BaseConfigInfoFileBackingInfo extends BaseConfigInfoBackingInfo {
  filePath: string;
  backingObjectId?: string | undefined;
  parent?: BaseConfigInfoFileBackingInfo | undefined;
  deltaSizeInMB?: number | bigint | undefined;
  keyId?: DynamicData | undefined;
}

export interface BaseConfigInfoDiskFileBackingInfo extends BaseConfigInfoFileBackingInfo {
  provisioningType: string;
}

export interface BaseConfigInfoRawDiskMappingBackingInfo extends BaseConfigInfoFileBackingInfo {
  lunUuid: string;
  compatibilityMode: string;
}

export interface VslmCreateSpec extends DynamicData {
  name: string;
  keepAfterDeleteVm?: boolean | undefined;
  backingSpec: VslmCreateSpecBackingSpec;
  capacityInMB: number | bigint;
  profile?: readonly VirtualMachineProfileSpec[] | undefined;
  crypto?: DynamicData | undefined;
  metadata?: readonly KeyValue[] | undefined;
}

export interface VslmCreateSpecBackingSpec extends DynamicData {
  datastore: MoRef;
  path?: string | undefined;
}

export interface VslmCreateSpecDiskFileBackingSpec extends VslmCreateSpecBackingSpec {
  provisioningType?: string | undefined;
}

export interface VslmCreateSpecRawDiskMappingBackingSpec extends VslmCreateSpecBackingSpec {
  lunUuid: string;
  compatibilityMode: string;
}

export interface DiskCryptoSpec extends DynamicData {
  parent?: DiskCryptoSpec | undefined;
  crypto: DynamicData;
}

export interface ID extends DynamicData {
  id: string;
}

export interface vslmInfrastructureObjectPolicy extends DynamicData {
  name: string;
  backingObjectId: string;
  profileId: string;
  error?: LocalizedMethodFault | undefined;
}

export interface vslmInfrastructureObjectPolicySpec extends DynamicData {
  datastore: MoRef;
  profile?: readonly VirtualMachineProfileSpec[] | undefined;
}

export interface VslmMigrateSpec extends DynamicData {
  backingSpec: VslmCreateSpecBackingSpec;
  profile?: readonly VirtualMachineProfileSpec[] | undefined;
  consolidate?: boolean | undefined;
  disksCrypto?: DiskCryptoSpec | undefined;
  service?: ServiceLocator | undefined;
}

export interface VslmRelocateSpec extends VslmMigrateSpec {
}

export interface VStorageObjectStateInfo extends DynamicData {
  tentative?: boolean | undefined;
}

export interface VslmTagEntry extends DynamicData {
  tagName: string;
  parentCategoryName: string;
}

export interface vslmVClockInfo extends DynamicData {
  vClockTime: number | bigint;
}

export interface VStorageObject extends DynamicData {
  config: VStorageObjectConfigInfo;
}

export interface VStorageObjectConfigInfo extends BaseConfigInfo {
  descriptorVersion?: number | undefined;
  capacityInMB: number | bigint;
  consumptionType?: readonly string[] | undefined;
  consumerId?: readonly ID[] | undefined;
}

export interface VStorageObjectSnapshot extends DynamicData {
  id: ID;
  vclock: vslmVClockInfo;
}

export interface VStorageObjectSnapshotDetails extends DynamicData {
  path?: string | undefined;
  changedBlockTrackingId?: string | undefined;
}

export interface VStorageObjectSnapshotInfo extends DynamicData {
  snapshots?: readonly VStorageObjectSnapshotInfoVStorageObjectSnapshot[] | undefined;
}

export interface VStorageObjectSnapshotInfoVStorageObjectSnapshot extends DynamicData {
  id?: ID | undefined;
  backingObjectId?: string | undefined;
  createTime: Date;
  description: string;
}

export interface Permission extends DynamicData {
  entity?: MoRef | undefined;
  principal: string;
  group: boolean;
  roleId: number;
  propagate: boolean;
}

export interface AuthorizationRole extends DynamicData {
  roleId: number;
  system: boolean;
  name: string;
  info: Description;
  privilege?: readonly string[] | undefined;
}

export interface AuthorizationPrivilege extends DynamicData {
  privId: string;
  onParent: boolean;
  name: string;
  privGroupName: string;
}

export interface PrivilegeAvailability extends DynamicData {
  privId: string;
  isGranted: boolean;
}

export interface EntityPrivilege extends DynamicData {
  entity: MoRef;
  privAvailability: readonly PrivilegeAvailability[];
}

export interface UserPrivilegeResult extends DynamicData {
  entity: MoRef;
  privileges?: readonly string[] | undefined;
}

export interface BoolPolicy extends InheritablePolicy {
  value?: boolean | undefined;
}

export interface EVCMode extends ElementDescription {
  guaranteedCPUFeatures?: readonly HostCpuIdInfo[] | undefined;
  featureCapability?: readonly HostFeatureCapability[] | undefined;
  featureMask?: readonly HostFeatureMask[] | undefined;
  featureRequirement?: readonly VirtualMachineFeatureRequirement[] | undefined;
  vendor: string;
  track: readonly string[];
  vendorTier: number;
}

export interface ImportSpec extends DynamicData {
  entityConfig?: VAppEntityConfigInfo | undefined;
  instantiationOst?: OvfConsumerOstNode | undefined;
}

export interface IntExpression extends NegatableExpression {
  value?: number | undefined;
}

export interface IpAddress extends NegatableExpression {
}

export interface IpRange extends IpAddress {
  addressPrefix: string;
  prefixLength?: number | undefined;
}

export interface LicenseAssignmentManagerLicenseAssignment extends DynamicData {
  entityId: string;
  scope?: string | undefined;
  entityDisplayName?: string | undefined;
  assignedLicense: LicenseManagerLicenseInfo;
  properties?: readonly KeyAnyValue[] | undefined;
}

export interface MacAddress extends NegatableExpression {
}

export interface MacRange extends MacAddress {
  address: string;
  mask: string;
}

export interface NetworkSummary extends DynamicData {
  network?: MoRef | undefined;
  name: string;
  accessible: boolean;
  ipPoolName: string;
  ipPoolId?: number | undefined;
}

export interface OpaqueNetworkSummary extends NetworkSummary {
  opaqueNetworkId: string;
  opaqueNetworkType: string;
}

export interface OpaqueNetworkCapability extends DynamicData {
  networkReservationSupported: boolean;
}

export interface PosixUserSearchResult extends UserSearchResult {
  id: number;
  shellAccess?: boolean | undefined;
}

export interface ResourcePoolResourceUsage extends DynamicData {
  reservationUsed: number | bigint;
  reservationUsedForVm: number | bigint;
  unreservedForPool: number | bigint;
  unreservedForVm: number | bigint;
  overallUsage: number | bigint;
  maxUsage: number | bigint;
}

export interface ResourcePoolRuntimeInfo extends DynamicData {
  memory: ResourcePoolResourceUsage;
  cpu: ResourcePoolResourceUsage;
  overallStatus: Enum.ManagedEntityStatus;
  sharesScalable?: string | undefined;
}

export interface ResourcePoolSummary extends DynamicData {
  name: string;
  config: ResourceConfigSpec;
  runtime: ResourcePoolRuntimeInfo;
  quickStats?: ResourcePoolQuickStats | undefined;
  configuredMemoryMB?: number | undefined;
}

export interface ResourcePoolQuickStats extends DynamicData {
  overallCpuUsage?: number | bigint | undefined;
  overallCpuDemand?: number | bigint | undefined;
  guestMemoryUsage?: number | bigint | undefined;
  hostMemoryUsage?: number | bigint | undefined;
  distributedCpuEntitlement?: number | bigint | undefined;
  distributedMemoryEntitlement?: number | bigint | undefined;
  staticCpuEntitlement?: number | undefined;
  staticMemoryEntitlement?: number | undefined;
  privateMemory?: number | bigint | undefined;
  sharedMemory?: number | bigint | undefined;
  swappedMemory?: number | bigint | undefined;
  balloonedMemory?: number | bigint | undefined;
  overheadMemory?: number | bigint | undefined;
  consumedOverheadMemory?: number | bigint | undefined;
  compressedMemory?: number | bigint | undefined;
}

export interface SingleIp extends IpAddress {
  address: string;
}

export interface SingleMac extends MacAddress {
  address: string;
}

export interface TaskFilterSpec extends DynamicData {
  entity?: TaskFilterSpecByEntity | undefined;
  time?: TaskFilterSpecByTime | undefined;
  userName?: TaskFilterSpecByUsername | undefined;
  activationId?: readonly string[] | undefined;
  state?: readonly Enum.TaskInfoState[] | undefined;
  alarm?: MoRef | undefined;
  scheduledTask?: MoRef | undefined;
  eventChainId?: readonly number[] | undefined;
  tag?: readonly string[] | undefined;
  parentTaskKey?: readonly string[] | undefined;
  rootTaskKey?: readonly string[] | undefined;
}

export interface TaskFilterSpecByEntity extends DynamicData {
  entity: MoRef;
  recursion: Enum.TaskFilterSpecRecursionOption;
}

export interface TaskFilterSpecByTime extends DynamicData {
  timeType: Enum.TaskFilterSpecTimeOption;
  beginTime?: Date | undefined;
  endTime?: Date | undefined;
}

export interface TaskFilterSpecByUsername extends DynamicData {
  systemUser: boolean;
  userList?: readonly string[] | undefined;
}

export interface VirtualAppSummary extends ResourcePoolSummary {
  product?: VAppProductInfo | undefined;
  vAppState?: Enum.VirtualAppVAppState | undefined;
  suspended?: boolean | undefined;
  installBootRequired?: boolean | undefined;
  instanceUuid?: string | undefined;
}

export interface VirtualAppLinkInfo extends DynamicData {
  key: MoRef;
  destroyWithParent?: boolean | undefined;
}

export interface VirtualDiskSpec extends DynamicData {
  diskType: string;
  adapterType: string;
}

export interface FileBackedVirtualDiskSpec extends VirtualDiskSpec {
  capacityKb: number | bigint;
  profile?: readonly VirtualMachineProfileSpec[] | undefined;
  crypto?: DynamicData | undefined;
}

export interface SeSparseVirtualDiskSpec extends FileBackedVirtualDiskSpec {
  grainSizeKb?: number | undefined;
}

export interface DeviceBackedVirtualDiskSpec extends VirtualDiskSpec {
  device: string;
}

export interface StorageRequirement extends DynamicData {
  datastore: MoRef;
  freeSpaceRequiredInKb: number | bigint;
}

export interface VirtualMachineTicket extends DynamicData {
  ticket: string;
  cfgFile: string;
  host?: string | undefined;
  port?: number | undefined;
  sslThumbprint?: string | undefined;
  certThumbprintList?: readonly VirtualMachineCertThumbprint[] | undefined;
  url?: string | undefined;
}

export interface VirtualMachineMksTicket extends DynamicData {
  ticket: string;
  cfgFile: string;
  host?: string | undefined;
  port?: number | undefined;
  sslThumbprint?: string | undefined;
}

export interface VirtualMachineConnection extends DynamicData {
  label: string;
  client: string;
  userName: string;
}

export interface VirtualMachineMksConnection extends VirtualMachineConnection {
}

export interface VirtualMachineDisplayTopology extends DynamicData {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface DiskChangeInfo extends DynamicData {
  startOffset: number | bigint;
  length: number | bigint;
  changedArea?: readonly DiskChangeExtent[] | undefined;
}

export interface DiskChangeExtent extends DynamicData {
  start: number | bigint;
  length: number | bigint;
}

export interface VirtualMachineWipeResult extends DynamicData {
  diskId: number;
  shrinkableDiskSpace: number | bigint;
}

export interface AccountCreatedEvent extends HostEvent {
  spec: HostAccountSpec;
  group: boolean;
}

export interface AccountRemovedEvent extends HostEvent {
  account: string;
  group: boolean;
}

export interface AccountUpdatedEvent extends HostEvent {
  spec: HostAccountSpec;
  group: boolean;
  prevDescription?: string | undefined;
}

export interface AdminPasswordNotChangedEvent extends HostEvent {
}

export interface AlarmEvent extends Event {
  alarm: AlarmEventArgument;
}

export interface AlarmReconfiguredEvent extends AlarmEvent {
  entity: ManagedEntityEventArgument;
  configChanges?: ChangesInfoEventArgument | undefined;
}

export interface AlarmRemovedEvent extends AlarmEvent {
  entity: ManagedEntityEventArgument;
}

export interface AlarmScriptCompleteEvent extends AlarmEvent {
  entity: ManagedEntityEventArgument;
  script: string;
}

export interface AlarmScriptFailedEvent extends AlarmEvent {
  entity: ManagedEntityEventArgument;
  script: string;
  reason: LocalizedMethodFault;
}

export interface AlarmSnmpCompletedEvent extends AlarmEvent {
  entity: ManagedEntityEventArgument;
}

export interface AlarmSnmpFailedEvent extends AlarmEvent {
  entity: ManagedEntityEventArgument;
  reason: LocalizedMethodFault;
}

export interface AlarmStatusChangedEvent extends AlarmEvent {
  source: ManagedEntityEventArgument;
  entity: ManagedEntityEventArgument;
  from: string;
  to: string;
}

export interface AllVirtualMachinesLicensedEvent extends LicenseEvent {
}

export interface AlreadyAuthenticatedSessionEvent extends SessionEvent {
}

export interface AuthorizationEvent extends Event {
}

export interface BadUsernameSessionEvent extends SessionEvent {
  ipAddress: string;
}

export interface CanceledHostOperationEvent extends HostEvent {
}

export interface ClusterEvent extends Event {
}

export interface ClusterOvercommittedEvent extends ClusterEvent {
}

export interface ClusterReconfiguredEvent extends ClusterEvent {
  configChanges?: ChangesInfoEventArgument | undefined;
}

export interface ClusterStatusChangedEvent extends ClusterEvent {
  oldStatus: string;
  newStatus: string;
}

export interface CustomFieldEvent extends Event {
}

export interface CustomFieldValueChangedEvent extends CustomFieldEvent {
  entity: ManagedEntityEventArgument;
  fieldKey: number;
  name: string;
  value: string;
  prevState?: string | undefined;
}

export interface CustomizationEvent extends VmEvent {
  logLocation?: string | undefined;
}

export interface CustomizationFailed extends CustomizationEvent {
  reason?: string | undefined;
}

export interface CustomizationLinuxIdentityFailed extends CustomizationFailed {
}

export interface CustomizationNetworkSetupFailed extends CustomizationFailed {
}

export interface CustomizationStartedEvent extends CustomizationEvent {
}

export interface CustomizationSucceeded extends CustomizationEvent {
}

export interface CustomizationSysprepFailed extends CustomizationFailed {
  sysprepVersion: string;
  systemVersion: string;
}

export interface CustomizationUnknownFailure extends CustomizationFailed {
}

export interface DVPortgroupEvent extends Event {
}

export interface DVPortgroupReconfiguredEvent extends DVPortgroupEvent {
  configSpec: DynamicData;
  configChanges?: ChangesInfoEventArgument | undefined;
}

export interface DVPortgroupRenamedEvent extends DVPortgroupEvent {
  oldName: string;
  newName: string;
}

export interface DasAdmissionControlDisabledEvent extends ClusterEvent {
}

export interface DasAdmissionControlEnabledEvent extends ClusterEvent {
}

export interface DasAgentFoundEvent extends ClusterEvent {
}

export interface DasAgentUnavailableEvent extends ClusterEvent {
}

export interface DasClusterIsolatedEvent extends ClusterEvent {
}

export interface DasDisabledEvent extends ClusterEvent {
}

export interface DasEnabledEvent extends ClusterEvent {
}

export interface DasHostFailedEvent extends ClusterEvent {
  failedHost: HostEventArgument;
}

export interface DasHostIsolatedEvent extends ClusterEvent {
  isolatedHost: HostEventArgument;
}

export interface DatacenterEvent extends Event {
}

export interface DatacenterRenamedEvent extends DatacenterEvent {
  oldName: string;
  newName: string;
}

export interface DatastoreDiscoveredEvent extends HostEvent {
  datastore: DatastoreEventArgument;
}

export interface DatastoreEvent extends Event {
  datastore?: DatastoreEventArgument | undefined;
}

export interface DatastoreFileEvent extends DatastoreEvent {
  targetFile: string;
  sourceOfOperation?: string | undefined;
  succeeded?: boolean | undefined;
}

export interface DatastoreFileMovedEvent extends DatastoreFileEvent {
  sourceDatastore: DatastoreEventArgument;
  sourceFile: string;
}

export interface DatastoreIORMReconfiguredEvent extends DatastoreEvent {
}

export interface DatastorePrincipalConfigured extends HostEvent {
  datastorePrincipal: string;
}

export interface DatastoreRemovedOnHostEvent extends HostEvent {
  datastore: DatastoreEventArgument;
}

export interface DatastoreRenamedEvent extends DatastoreEvent {
  oldName: string;
  newName: string;
}

export interface DatastoreRenamedOnHostEvent extends HostEvent {
  oldName: string;
  newName: string;
}

export interface DrsDisabledEvent extends ClusterEvent {
}

export interface DrsEnabledEvent extends ClusterEvent {
  behavior: string;
}

export interface DrsInvocationFailedEvent extends ClusterEvent {
}

export interface DrsRecoveredFromFailureEvent extends ClusterEvent {
}

export interface DrsResourceConfigureFailedEvent extends HostEvent {
  reason: LocalizedMethodFault;
}

export interface DrsResourceConfigureSyncedEvent extends HostEvent {
}

export interface DrsRuleComplianceEvent extends VmEvent {
}

export interface DrsRuleViolationEvent extends VmEvent {
}

export interface DrsSoftRuleViolationEvent extends VmEvent {
}

export interface DrsVmMigratedEvent extends VmMigratedEvent {
}

export interface DrsVmPoweredOnEvent extends VmPoweredOnEvent {
}

export interface DuplicateIpDetectedEvent extends HostEvent {
  duplicateIP: string;
  macAddress: string;
}

export interface DvpgImportEvent extends DVPortgroupEvent {
  importType: string;
}

export interface DvpgRestoreEvent extends DVPortgroupEvent {
}

export interface DvsEvent extends Event {
}

export interface DvsHealthStatusChangeEvent extends HostEvent {
  switchUuid: string;
  healthResult?: DynamicData | undefined;
}

export interface DvsHostBackInSyncEvent extends DvsEvent {
  hostBackInSync: HostEventArgument;
}

export interface DvsHostJoinedEvent extends DvsEvent {
  hostJoined: HostEventArgument;
}

export interface DvsHostLeftEvent extends DvsEvent {
  hostLeft: HostEventArgument;
}

export interface DvsHostStatusUpdated extends DvsEvent {
  hostMember: HostEventArgument;
  oldStatus?: string | undefined;
  newStatus?: string | undefined;
  oldStatusDetail?: string | undefined;
  newStatusDetail?: string | undefined;
}

export interface DvsHostWentOutOfSyncEvent extends DvsEvent {
  hostOutOfSync: DvsOutOfSyncHostArgument;
}

export interface DvsImportEvent extends DvsEvent {
  importType: string;
}

export interface DvsMergedEvent extends DvsEvent {
  sourceDvs: DvsEventArgument;
  destinationDvs: DvsEventArgument;
}

export interface DvsPortBlockedEvent extends DvsEvent {
  portKey: string;
  statusDetail?: string | undefined;
  runtimeInfo?: DynamicData | undefined;
  prevBlockState?: string | undefined;
}

export interface DvsPortConnectedEvent extends DvsEvent {
  portKey: string;
  connectee?: DynamicData | undefined;
}

export interface DvsPortCreatedEvent extends DvsEvent {
  portKey: readonly string[];
}

export interface DvsPortDeletedEvent extends DvsEvent {
  portKey: readonly string[];
}

export interface DvsPortDisconnectedEvent extends DvsEvent {
  portKey: string;
  connectee?: DynamicData | undefined;
}

export interface DvsPortEnteredPassthruEvent extends DvsEvent {
  portKey: string;
  runtimeInfo?: DynamicData | undefined;
}

export interface DvsPortExitedPassthruEvent extends DvsEvent {
  portKey: string;
  runtimeInfo?: DynamicData | undefined;
}

export interface DvsPortJoinPortgroupEvent extends DvsEvent {
  portKey: string;
  portgroupKey: string;
  portgroupName: string;
}

export interface DvsPortLeavePortgroupEvent extends DvsEvent {
  portKey: string;
  portgroupKey: string;
  portgroupName: string;
}

export interface DvsPortLinkDownEvent extends DvsEvent {
  portKey: string;
  runtimeInfo?: DynamicData | undefined;
}

export interface DvsPortLinkUpEvent extends DvsEvent {
  portKey: string;
  runtimeInfo?: DynamicData | undefined;
}

export interface DvsPortReconfiguredEvent extends DvsEvent {
  portKey: readonly string[];
  configChanges?: readonly ChangesInfoEventArgument[] | undefined;
}

export interface DvsPortRuntimeChangeEvent extends DvsEvent {
  portKey: string;
  runtimeInfo: DynamicData;
}

export interface DvsPortUnblockedEvent extends DvsEvent {
  portKey: string;
  runtimeInfo?: DynamicData | undefined;
  prevBlockState?: string | undefined;
}

export interface DvsPortVendorSpecificStateChangeEvent extends DvsEvent {
  portKey: string;
}

export interface DvsRenamedEvent extends DvsEvent {
  oldName: string;
  newName: string;
}

export interface DvsRestoreEvent extends DvsEvent {
}

export interface DvsUpgradeAvailableEvent extends DvsEvent {
  productInfo: DynamicData;
}

export interface DvsUpgradeInProgressEvent extends DvsEvent {
  productInfo: DynamicData;
}

export interface DvsUpgradeRejectedEvent extends DvsEvent {
  productInfo: DynamicData;
}

export interface DvsUpgradedEvent extends DvsEvent {
  productInfo: DynamicData;
}

export interface EnteredMaintenanceModeEvent extends HostEvent {
}

export interface EnteredStandbyModeEvent extends HostEvent {
}

export interface EnteringMaintenanceModeEvent extends HostEvent {
}

export interface EnteringStandbyModeEvent extends HostEvent {
}

export interface EntityEventArgument extends EventArgument {
  name: string;
}

export interface ErrorUpgradeEvent extends UpgradeEvent {
}

export interface ExitMaintenanceModeEvent extends HostEvent {
}

export interface ExitStandbyModeFailedEvent extends HostEvent {
}

export interface ExitedStandbyModeEvent extends HostEvent {
}

export interface ExitingStandbyModeEvent extends HostEvent {
}

export interface ExtendedEvent extends GeneralEvent {
  eventTypeId: string;
  managedObject: MoRef;
  data?: readonly ExtendedEventPair[] | undefined;
}

export interface ExtendedEventPair extends DynamicData {
  key: string;
  value: string;
}

export interface FailoverLevelRestored extends ClusterEvent {
}

export interface FolderEventArgument extends EntityEventArgument {
  folder: MoRef;
}

export interface GhostDvsProxySwitchDetectedEvent extends HostEvent {
  switchUuid: readonly string[];
}

export interface GhostDvsProxySwitchRemovedEvent extends HostEvent {
  switchUuid: readonly string[];
}

export interface GlobalMessageChangedEvent extends SessionEvent {
  message: string;
  prevMessage?: string | undefined;
}

export interface HostAddFailedEvent extends HostEvent {
  hostname: string;
}

export interface HostAddedEvent extends HostEvent {
}

export interface HostAdminDisableEvent extends HostEvent {
}

export interface HostAdminEnableEvent extends HostEvent {
}

export interface HostCnxFailedAccountFailedEvent extends HostEvent {
}

export interface HostCnxFailedAlreadyManagedEvent extends HostEvent {
  serverName: string;
}

export interface HostCnxFailedBadCcagentEvent extends HostEvent {
}

export interface HostCnxFailedBadUsernameEvent extends HostEvent {
}

export interface HostCnxFailedBadVersionEvent extends HostEvent {
}

export interface HostCnxFailedCcagentUpgradeEvent extends HostEvent {
}

export interface HostCnxFailedEvent extends HostEvent {
}

export interface HostCnxFailedNetworkErrorEvent extends HostEvent {
}

export interface HostCnxFailedNoAccessEvent extends HostEvent {
}

export interface HostCnxFailedNoConnectionEvent extends HostEvent {
}

export interface HostCnxFailedNoLicenseEvent extends HostEvent {
}

export interface HostCnxFailedNotFoundEvent extends HostEvent {
}

export interface HostCnxFailedTimeoutEvent extends HostEvent {
}

export interface HostComplianceCheckedEvent extends HostEvent {
  profile: ProfileEventArgument;
}

export interface HostCompliantEvent extends HostEvent {
}

export interface HostConfigAppliedEvent extends HostEvent {
}

export interface HostConnectedEvent extends HostEvent {
}

export interface HostConnectionLostEvent extends HostEvent {
}

export interface HostDasDisabledEvent extends HostEvent {
}

export interface HostDasDisablingEvent extends HostEvent {
}

export interface HostDasEnabledEvent extends HostEvent {
}

export interface HostDasEnablingEvent extends HostEvent {
}

export interface HostDasErrorEvent extends HostEvent {
  message?: string | undefined;
  reason?: string | undefined;
}

export interface HostDasEvent extends HostEvent {
}

export interface HostDasOkEvent extends HostEvent {
}

export interface HostDisconnectedEvent extends HostEvent {
  reason?: string | undefined;
}

export interface HostEnableAdminFailedEvent extends HostEvent {
  permissions: readonly Permission[];
}

export interface HostEventArgument extends EntityEventArgument {
  host: MoRef;
}

export interface HostExtraNetworksEvent extends HostDasEvent {
  ips?: string | undefined;
}

export interface HostInventoryFullEvent extends LicenseEvent {
  capacity: number;
}

export interface HostIsolationIpPingFailedEvent extends HostDasEvent {
  isolationIp: string;
}

export interface HostLicenseExpiredEvent extends LicenseEvent {
}

export interface HostLocalPortCreatedEvent extends DvsEvent {
  hostLocalPort: DynamicData;
}

export interface HostMissingNetworksEvent extends HostDasEvent {
  ips?: string | undefined;
}

export interface HostMonitoringStateChangedEvent extends ClusterEvent {
  state: string;
  prevState?: string | undefined;
}

export interface HostNoAvailableNetworksEvent extends HostDasEvent {
  ips?: string | undefined;
}

export interface HostNoHAEnabledPortGroupsEvent extends HostDasEvent {
}

export interface HostNoRedundantManagementNetworkEvent extends HostDasEvent {
}

export interface HostNotInClusterEvent extends HostDasEvent {
}

export interface HostOvercommittedEvent extends ClusterOvercommittedEvent {
}

export interface HostPrimaryAgentNotShortNameEvent extends HostDasEvent {
  primaryAgent: string;
}

export interface HostShortNameInconsistentEvent extends HostDasEvent {
  shortName: string;
  shortName2: string;
}

export interface HostStatusChangedEvent extends ClusterStatusChangedEvent {
}

export interface IncorrectHostInformationEvent extends LicenseEvent {
}

export interface InfoUpgradeEvent extends UpgradeEvent {
}

export interface InsufficientFailoverResourcesEvent extends ClusterEvent {
}

export interface InvalidEditionEvent extends LicenseEvent {
  feature: string;
}

export interface ManagedEntityEventArgument extends EntityEventArgument {
  entity: MoRef;
}

export interface MigrationEvent extends VmEvent {
  fault: LocalizedMethodFault;
}

export interface MigrationHostErrorEvent extends MigrationEvent {
  dstHost: HostEventArgument;
}

export interface MigrationHostWarningEvent extends MigrationEvent {
  dstHost: HostEventArgument;
}

export interface MigrationResourceErrorEvent extends MigrationEvent {
  dstPool: ResourcePoolEventArgument;
  dstHost: HostEventArgument;
}

export interface MigrationResourceWarningEvent extends MigrationEvent {
  dstPool: ResourcePoolEventArgument;
  dstHost: HostEventArgument;
}

export interface MigrationWarningEvent extends MigrationEvent {
}

export interface MtuMatchEvent extends DvsHealthStatusChangeEvent {
}

export interface MtuMismatchEvent extends DvsHealthStatusChangeEvent {
}

export interface NetworkEventArgument extends EntityEventArgument {
  network: MoRef;
}

export interface NoAccessUserEvent extends SessionEvent {
  ipAddress: string;
}

export interface NoMaintenanceModeDrsRecommendationForVM extends VmEvent {
}

export interface NonVIWorkloadDetectedOnDatastoreEvent extends DatastoreEvent {
}

export interface NotEnoughResourcesToStartVmEvent extends VmEvent {
  reason: string;
}

export interface OutOfSyncDvsHost extends DvsEvent {
  hostOutOfSync: readonly DvsOutOfSyncHostArgument[];
}

export interface PermissionEvent extends AuthorizationEvent {
  entity: ManagedEntityEventArgument;
  principal: string;
  group: boolean;
}

export interface PermissionRemovedEvent extends PermissionEvent {
}

export interface PermissionUpdatedEvent extends PermissionEvent {
  role: RoleEventArgument;
  propagate: boolean;
  prevRole?: RoleEventArgument | undefined;
  prevPropagate?: boolean | undefined;
}

export interface ProfileAssociatedEvent extends ProfileEvent {
}

export interface ProfileChangedEvent extends ProfileEvent {
}

export interface ProfileCreatedEvent extends ProfileEvent {
}

export interface ProfileDissociatedEvent extends ProfileEvent {
}

export interface RecoveryEvent extends DvsEvent {
  hostName: string;
  portKey: string;
  dvsUuid?: string | undefined;
  vnic?: string | undefined;
}

export interface ResourcePoolCreatedEvent extends ResourcePoolEvent {
  parent: ResourcePoolEventArgument;
}

export interface ResourcePoolDestroyedEvent extends ResourcePoolEvent {
}

export interface ResourcePoolEventArgument extends EntityEventArgument {
  resourcePool: MoRef;
}

export interface RoleEvent extends AuthorizationEvent {
  role: RoleEventArgument;
}

export interface RoleRemovedEvent extends RoleEvent {
}

export interface RoleUpdatedEvent extends RoleEvent {
  privilegeList?: readonly string[] | undefined;
  prevRoleName?: string | undefined;
  privilegesAdded?: readonly string[] | undefined;
  privilegesRemoved?: readonly string[] | undefined;
}

export interface RollbackEvent extends DvsEvent {
  hostName: string;
  methodName?: string | undefined;
}

export interface ScheduledTaskCompletedEvent extends ScheduledTaskEvent {
}

export interface ScheduledTaskCreatedEvent extends ScheduledTaskEvent {
}

export interface ScheduledTaskEmailCompletedEvent extends ScheduledTaskEvent {
  to: string;
}

export interface ScheduledTaskEmailFailedEvent extends ScheduledTaskEvent {
  to: string;
  reason: LocalizedMethodFault;
}

export interface ScheduledTaskEventArgument extends EntityEventArgument {
  scheduledTask: MoRef;
}

export interface ServerStartedSessionEvent extends SessionEvent {
}

export interface TeamingMatchEvent extends DvsHealthStatusChangeEvent {
}

export interface TeamingMisMatchEvent extends DvsHealthStatusChangeEvent {
}

export interface TemplateBeingUpgradedEvent extends TemplateUpgradeEvent {
}

export interface UplinkPortMtuNotSupportEvent extends DvsHealthStatusChangeEvent {
}

export interface UplinkPortMtuSupportEvent extends DvsHealthStatusChangeEvent {
}

export interface UplinkPortVlanTrunkedEvent extends DvsHealthStatusChangeEvent {
}

export interface UplinkPortVlanUntrunkedEvent extends DvsHealthStatusChangeEvent {
}

export interface VmAcquiredMksTicketEvent extends VmEvent {
}

export interface VmAcquiredTicketEvent extends VmEvent {
  ticketType: string;
}

export interface VmAutoRenameEvent extends VmEvent {
  oldName: string;
  newName: string;
}

export interface VmBeingCreatedEvent extends VmEvent {
  configSpec?: VirtualMachineConfigSpec | undefined;
}

export interface VmBeingDeployedEvent extends VmEvent {
  srcTemplate: VmEventArgument;
}

export interface VmBeingHotMigratedEvent extends VmEvent {
  destHost: HostEventArgument;
  destDatacenter?: DatacenterEventArgument | undefined;
  destDatastore?: DatastoreEventArgument | undefined;
}

export interface VmBeingMigratedEvent extends VmEvent {
  destHost: HostEventArgument;
  destDatacenter?: DatacenterEventArgument | undefined;
  destDatastore?: DatastoreEventArgument | undefined;
}

export interface VmBeingRelocatedEvent extends VmRelocateSpecEvent {
  destHost: HostEventArgument;
  destDatacenter?: DatacenterEventArgument | undefined;
  destDatastore?: DatastoreEventArgument | undefined;
}

export interface VmCloneEvent extends VmEvent {
}

export interface VmCloneFailedEvent extends VmCloneEvent {
  destFolder: FolderEventArgument;
  destName: string;
  destHost: HostEventArgument;
  reason: LocalizedMethodFault;
}

export interface VmClonedEvent extends VmCloneEvent {
  sourceVm: VmEventArgument;
}

export interface VmConfigMissingEvent extends VmEvent {
}

export interface VmConnectedEvent extends VmEvent {
}

export interface VmCreatedEvent extends VmEvent {
}

export interface VmDasBeingResetEvent extends VmEvent {
  reason?: string | undefined;
}

export interface VmDasBeingResetWithScreenshotEvent extends VmDasBeingResetEvent {
  screenshotFilePath: string;
}

export interface VmDasResetFailedEvent extends VmEvent {
}

export interface VmDasUpdateErrorEvent extends VmEvent {
}

export interface VmDasUpdateOkEvent extends VmEvent {
}

export interface VmDateRolledBackEvent extends VmEvent {
}

export interface VmDeployFailedEvent extends VmEvent {
  destDatastore: EntityEventArgument;
  reason: LocalizedMethodFault;
}

export interface VmDeployedEvent extends VmEvent {
  srcTemplate: VmEventArgument;
}

export interface VmDisconnectedEvent extends VmEvent {
}

export interface VmDiscoveredEvent extends VmEvent {
}

export interface VmDiskFailedEvent extends VmEvent {
  disk: string;
  reason: LocalizedMethodFault;
}

export interface VmEmigratingEvent extends VmEvent {
}

export interface VmEndRecordingEvent extends VmEvent {
}

export interface VmEndReplayingEvent extends VmEvent {
}

export interface VmEventArgument extends EntityEventArgument {
  vm: MoRef;
}

export interface VmFaultToleranceStateChangedEvent extends VmEvent {
  oldState: Enum.VirtualMachineFaultToleranceState;
  newState: Enum.VirtualMachineFaultToleranceState;
}

export interface VmHealthMonitoringStateChangedEvent extends ClusterEvent {
  state: string;
  prevState?: string | undefined;
}

export interface VmPowerOffOnIsolationEvent extends VmPoweredOffEvent {
  isolatedHost: HostEventArgument;
}

export interface VmRelocateFailedEvent extends VmRelocateSpecEvent {
  destHost: HostEventArgument;
  reason: LocalizedMethodFault;
  destDatacenter?: DatacenterEventArgument | undefined;
  destDatastore?: DatastoreEventArgument | undefined;
}

export interface VmVnicPoolReservationViolationClearEvent extends DvsEvent {
  vmVnicResourcePoolKey: string;
  vmVnicResourcePoolName?: string | undefined;
}

export interface VmVnicPoolReservationViolationRaiseEvent extends DvsEvent {
  vmVnicResourcePoolKey: string;
  vmVnicResourcePoolName?: string | undefined;
}

export interface ActiveDirectoryFault extends VimFault {
  errorCode?: number | undefined;
}

export interface AlreadyExists extends VimFault {
  name?: string | undefined;
}

export interface AlreadyUpgraded extends VimFault {
}

export interface AnswerFileUpdateFailed extends VimFault {
  failure: readonly AnswerFileUpdateFailure[];
}

export interface AnswerFileUpdateFailure extends DynamicData {
  userInputPath: DynamicData;
  errMsg: LocalizableMessage;
}

export interface AuthMinimumAdminPermission extends VimFault {
}

export interface CannotAccessLocalSource extends VimFault {
}

export interface CannotAccessVmComponent extends VmConfigFault {
}

export interface CannotAccessVmConfig extends CannotAccessVmComponent {
  reason: LocalizedMethodFault;
}

export interface CannotAccessVmDevice extends CannotAccessVmComponent {
  device: string;
  backing: string;
  connected: boolean;
}

export interface CannotAccessVmDisk extends CannotAccessVmDevice {
  fault: LocalizedMethodFault;
}

export interface CannotChangeDrsBehaviorForFtSecondary extends VmFaultToleranceIssue {
  vm: MoRef;
  vmName: string;
}

export interface CannotChangeHaSettingsForFtSecondary extends VmFaultToleranceIssue {
  vm: MoRef;
  vmName: string;
}

export interface CannotChangeVsanClusterUuid extends VsanFault {
}

export interface CannotChangeVsanNodeUuid extends VsanFault {
}

export interface CannotComputeFTCompatibleHosts extends VmFaultToleranceIssue {
  vm: MoRef;
  vmName: string;
}

export interface CannotDisableSnapshot extends VmConfigFault {
}

export interface CannotDisconnectHostWithFaultToleranceVm extends VimFault {
  hostName: string;
}

export interface CannotEnableVmcpForCluster extends VimFault {
  host?: MoRef | undefined;
  hostName?: string | undefined;
  reason?: string | undefined;
}

export interface CannotMoveFaultToleranceVm extends VimFault {
  moveType: string;
  vmName: string;
}

export interface CannotMoveHostWithFaultToleranceVm extends VimFault {
}

export interface CannotMoveVsanEnabledHost extends VsanFault {
}

export interface CannotPlaceWithoutPrerequisiteMoves extends VimFault {
}

export interface CannotReconfigureVsanWhenHaEnabled extends VsanFault {
}

export interface CannotUseNetwork extends VmConfigFault {
  device: string;
  backing: string;
  connected: boolean;
  reason: string;
  network?: MoRef | undefined;
}

export interface ConcurrentAccess extends VimFault {
}

export interface CpuHotPlugNotSupported extends VmConfigFault {
}

export interface CustomizationFault extends VimFault {
}

export interface CustomizationPending extends CustomizationFault {
}

export interface DasConfigFault extends VimFault {
  reason?: string | undefined;
  output?: string | undefined;
  event?: readonly Event[] | undefined;
}

export interface DeltaDiskFormatNotSupported extends VmConfigFault {
  datastore?: readonly MoRef[] | undefined;
  deltaDiskFormat: string;
}

export interface DestinationVsanDisabled extends CannotMoveVsanEnabledHost {
  destinationCluster: string;
}

export interface DomainNotFound extends ActiveDirectoryFault {
  domainName: string;
}

export interface DrsDisabledOnVm extends VimFault {
}

export interface DuplicateName extends VimFault {
  name: string;
  object: MoRef;
}

export interface DuplicateVsanNetworkInterface extends VsanFault {
  device: string;
}

export interface DvsFault extends VimFault {
}

export interface DvsNotAuthorized extends DvsFault {
  sessionExtensionKey?: string | undefined;
  dvsExtensionKey?: string | undefined;
}

export interface DvsOperationBulkFault extends DvsFault {
  hostFault: readonly DvsOperationBulkFaultFaultOnHost[];
}

export interface DvsOperationBulkFaultFaultOnHost extends DynamicData {
  host: MoRef;
  fault: LocalizedMethodFault;
}

export interface DvsScopeViolated extends DvsFault {
  scope: readonly MoRef[];
  entity: MoRef;
}

export interface EVCConfigFault extends VimFault {
  faults?: readonly LocalizedMethodFault[] | undefined;
}

export interface EVCModeIllegalByVendor extends EVCConfigFault {
  clusterCPUVendor: string;
  modeCPUVendor: string;
}

export interface EVCModeUnsupportedByHosts extends EVCConfigFault {
  evcMode?: string | undefined;
  host?: readonly MoRef[] | undefined;
  hostName?: readonly string[] | undefined;
}

export interface EVCUnsupportedByHostHardware extends EVCConfigFault {
  host: readonly MoRef[];
  hostName: readonly string[];
}

export interface EVCUnsupportedByHostSoftware extends EVCConfigFault {
  host: readonly MoRef[];
  hostName: readonly string[];
}

export interface EightHostLimitViolated extends VmConfigFault {
}

export interface ExpiredAddonLicense extends ExpiredFeatureLicense {
}

export interface ExpiredEditionLicense extends ExpiredFeatureLicense {
}

export interface ExtendedFault extends VimFault {
  faultTypeId: string;
  data?: readonly KeyValue[] | undefined;
}

export interface FaultToleranceCannotEditMem extends VmConfigFault {
  vmName: string;
  vm: MoRef;
}

export interface FaultToleranceNotLicensed extends VmFaultToleranceIssue {
  hostName?: string | undefined;
}

export interface FaultTolerancePrimaryPowerOnNotAttempted extends VmFaultToleranceIssue {
  secondaryVm: MoRef;
  primaryVm: MoRef;
}

export interface FaultToleranceVmNotDasProtected extends VimFault {
  vm: MoRef;
  vmName: string;
}

export interface FcoeFault extends VimFault {
}

export interface FcoeFaultPnicHasNoPortSet extends FcoeFault {
  nicDevice: string;
}

export interface FileFault extends VimFault {
  file: string;
}

export interface FileLocked extends FileFault {
}

export interface FileNameTooLong extends FileFault {
}

export interface FileNotFound extends FileFault {
}

export interface FileNotWritable extends FileFault {
}

export interface FileTooLarge extends FileFault {
  datastore: string;
  fileSize: number | bigint;
  maxFileSize?: number | bigint | undefined;
}

export interface FtIssuesOnHost extends VmFaultToleranceIssue {
  host: MoRef;
  hostName: string;
  errors?: readonly LocalizedMethodFault[] | undefined;
}

export interface FtVmHostRuleViolation extends VmConfigFault {
  vmName: string;
  hostName: string;
  hostGroup: string;
}

export interface GenericDrsFault extends VimFault {
  hostFaults?: readonly LocalizedMethodFault[] | undefined;
}

export interface GenericVmConfigFault extends VmConfigFault {
  reason: string;
}

export interface GuestOperationsFault extends VimFault {
}

export interface GuestOperationsUnavailable extends GuestOperationsFault {
}

export interface GuestPermissionDenied extends GuestOperationsFault {
}

export interface GuestProcessNotFound extends GuestOperationsFault {
  pid: number | bigint;
}

export interface GuestRegistryFault extends GuestOperationsFault {
  windowsSystemErrorCode: number | bigint;
}

export interface GuestRegistryKeyFault extends GuestRegistryFault {
  keyName: string;
}

export interface GuestRegistryKeyHasSubkeys extends GuestRegistryKeyFault {
}

export interface GuestRegistryKeyInvalid extends GuestRegistryKeyFault {
}

export interface GuestRegistryKeyParentVolatile extends GuestRegistryKeyFault {
}

export interface GuestRegistryValueFault extends GuestRegistryFault {
  keyName: string;
  valueName: string;
}

export interface GuestRegistryValueNotFound extends GuestRegistryValueFault {
}

export interface HeterogenousHostsBlockingEVC extends EVCConfigFault {
}

export interface HostConfigFault extends VimFault {
}

export interface HostConnectFault extends VimFault {
}

export interface HostHasComponentFailure extends VimFault {
  hostName: string;
  componentType: string;
  componentName: string;
}

export interface HostInDomain extends HostConfigFault {
}

export interface HostIncompatibleForFaultTolerance extends VmFaultToleranceIssue {
  hostName?: string | undefined;
  reason?: string | undefined;
}

export interface HostIncompatibleForRecordReplay extends VimFault {
  hostName?: string | undefined;
  reason?: string | undefined;
}

export interface HostPowerOpFailed extends VimFault {
}

export interface HostSpecificationOperationFailed extends VimFault {
  host: MoRef;
}

export interface HttpFault extends VimFault {
  statusCode: number;
  statusMessage: string;
}

export interface IORMNotSupportedHostOnDatastore extends VimFault {
  datastore: MoRef;
  datastoreName: string;
  host?: readonly MoRef[] | undefined;
}

export interface ImportHostAddFailure extends DvsFault {
  hostIp: readonly string[];
}

export interface ImportOperationBulkFault extends DvsFault {
  importFaults: readonly ImportOperationBulkFaultFaultOnImport[];
}

export interface ImportOperationBulkFaultFaultOnImport extends DynamicData {
  entityType?: string | undefined;
  key?: string | undefined;
  fault: LocalizedMethodFault;
}

export interface InaccessibleVFlashSource extends VimFault {
  hostName: string;
}

export interface IncompatibleHostForFtSecondary extends VmFaultToleranceIssue {
  host: MoRef;
  error?: readonly LocalizedMethodFault[] | undefined;
}

export interface IncorrectFileType extends FileFault {
}

export interface InsufficientResourcesFault extends VimFault {
}

export interface InsufficientStandbyResource extends InsufficientResourcesFault {
}

export interface InsufficientStorageIops extends VimFault {
  unreservedIops: number | bigint;
  requestedIops: number | bigint;
  datastoreName: string;
}

export interface InsufficientStorageSpace extends InsufficientResourcesFault {
}

export interface InsufficientVFlashResourcesFault extends InsufficientResourcesFault {
  freeSpaceInMB?: number | bigint | undefined;
  freeSpace: number | bigint;
  requestedSpaceInMB?: number | bigint | undefined;
  requestedSpace: number | bigint;
}

export interface InvalidAffinitySettingFault extends VimFault {
}

export interface InvalidBmcRole extends VimFault {
}

export interface InvalidCAMServer extends ActiveDirectoryFault {
  camServer: string;
}

export interface InvalidDatastore extends VimFault {
  datastore?: MoRef | undefined;
  name?: string | undefined;
}

export interface InvalidDatastorePath extends InvalidDatastore {
  datastorePath: string;
}

export interface InvalidEvent extends VimFault {
}

export interface InvalidFolder extends VimFault {
  target: MoRef;
}

export interface InvalidFormat extends VmConfigFault {
}

export interface InvalidGuestLogin extends GuestOperationsFault {
}

export interface InvalidHostName extends HostConfigFault {
}

export interface InvalidIpfixConfig extends DvsFault {
  property?: string | undefined;
}

export interface InvalidIpmiLoginInfo extends VimFault {
}

export interface InvalidIpmiMacAddress extends VimFault {
  userProvidedMacAddress: string;
  observedMacAddress: string;
}

export interface InvalidLicense extends VimFault {
  licenseContent: string;
}

export interface InvalidLocale extends VimFault {
}

export interface InvalidLogin extends VimFault {
}

export interface InvalidName extends VimFault {
  name: string;
  entity?: MoRef | undefined;
}

export interface InvalidOperationOnSecondaryVm extends VmFaultToleranceIssue {
  instanceUuid: string;
}

export interface InvalidPrivilege extends VimFault {
  privilege: string;
}

export interface InvalidResourcePoolStructureFault extends InsufficientResourcesFault {
}

export interface InvalidSnapshotFormat extends InvalidFormat {
}

export interface InvalidState extends VimFault {
}

export interface InvalidVmConfig extends VmConfigFault {
  property?: string | undefined;
}

export interface InvalidVmState extends InvalidState {
  vm: MoRef;
}

export interface IpHostnameGeneratorError extends CustomizationFault {
}

export interface IscsiFault extends VimFault {
}

export interface IscsiFaultInvalidVnic extends IscsiFault {
  vnicDevice: string;
}

export interface IscsiFaultPnicInUse extends IscsiFault {
  pnicDevice: string;
}

export interface IscsiFaultVnicAlreadyBound extends IscsiFault {
  vnicDevice: string;
}

export interface IscsiFaultVnicHasActivePaths extends IscsiFault {
  vnicDevice: string;
}

export interface IscsiFaultVnicHasMultipleUplinks extends IscsiFault {
  vnicDevice: string;
}

export interface IscsiFaultVnicHasNoUplinks extends IscsiFault {
  vnicDevice: string;
}

export interface IscsiFaultVnicHasWrongUplink extends IscsiFault {
  vnicDevice: string;
}

export interface IscsiFaultVnicInUse extends IscsiFault {
  vnicDevice: string;
}

export interface IscsiFaultVnicIsLastPath extends IscsiFault {
  vnicDevice: string;
}

export interface IscsiFaultVnicNotBound extends IscsiFault {
  vnicDevice: string;
}

export interface IscsiFaultVnicNotFound extends IscsiFault {
  vnicDevice: string;
}

export interface KeyNotFound extends VimFault {
  key: string;
}

export interface LargeRDMNotSupportedOnDatastore extends VmConfigFault {
  device: string;
  datastore: MoRef;
  datastoreName: string;
}

export interface LicenseEntityNotFound extends VimFault {
  entityId: string;
}

export interface LicenseServerUnavailable extends VimFault {
  licenseServer: string;
}

export interface LimitExceeded extends VimFault {
  property?: string | undefined;
  limit?: number | undefined;
}

export interface LinuxVolumeNotClean extends CustomizationFault {
}

export interface LogBundlingFailed extends VimFault {
}

export interface MemoryHotPlugNotSupported extends VmConfigFault {
}

export interface MigrationFault extends VimFault {
}

export interface MigrationFeatureNotSupported extends MigrationFault {
  atSourceHost: boolean;
  failedHostName: string;
  failedHost: MoRef;
}

export interface MigrationNotReady extends MigrationFault {
  reason: string;
}

export interface MismatchedBundle extends VimFault {
  bundleUuid: string;
  hostUuid: string;
  bundleBuildNumber: number;
  hostBuildNumber: number;
}

export interface MismatchedNetworkPolicies extends MigrationFault {
  device: string;
  backing: string;
  connected: boolean;
}

export interface MismatchedVMotionNetworkNames extends MigrationFault {
  sourceNetwork: string;
  destNetwork: string;
}

export interface MissingBmcSupport extends VimFault {
}

export interface MissingLinuxCustResources extends CustomizationFault {
}

export interface MissingWindowsCustResources extends CustomizationFault {
}

export interface MksConnectionLimitReached extends InvalidState {
  connectionLimit: number;
}

export interface MountError extends CustomizationFault {
  vm: MoRef;
  diskIndex: number;
}

export interface MultipleCertificatesVerifyFault extends HostConnectFault {
  thumbprintData: readonly MultipleCertificatesVerifyFaultThumbprintData[];
}

export interface MultipleCertificatesVerifyFaultThumbprintData extends DynamicData {
  port: number;
  thumbprint: string;
}

export interface NamespaceFull extends VimFault {
  name: string;
  currentMaxSize: number | bigint;
  requiredSize?: number | bigint | undefined;
}

export interface NamespaceLimitReached extends VimFault {
  limit?: number | undefined;
}

export interface NamespaceWriteProtected extends VimFault {
  name: string;
}

export interface NasConfigFault extends HostConfigFault {
  name: string;
}

export interface NasConnectionLimitReached extends NasConfigFault {
  remoteHost: string;
  remotePath: string;
}

export interface NasSessionCredentialConflict extends NasConfigFault {
  remoteHost: string;
  remotePath: string;
  userName: string;
}

export interface NasVolumeNotMounted extends NasConfigFault {
  remoteHost: string;
  remotePath: string;
}

export interface NetworkCopyFault extends FileFault {
}

export interface NetworkDisruptedAndConfigRolledBack extends VimFault {
  host: string;
}

export interface NetworkInaccessible extends NasConfigFault {
}

export interface NetworksMayNotBeTheSame extends MigrationFault {
  name?: string | undefined;
}

export interface NicSettingMismatch extends CustomizationFault {
  numberOfNicsInSpec: number;
  numberOfNicsInVM: number;
}

export interface NoActiveHostInCluster extends InvalidState {
  computeResource: MoRef;
}

export interface NoClientCertificate extends VimFault {
}

export interface NoCompatibleDatastore extends VimFault {
}

export interface NoCompatibleHardAffinityHost extends VmConfigFault {
  vmName: string;
}

export interface NoCompatibleHost extends VimFault {
  host?: readonly MoRef[] | undefined;
  error?: readonly LocalizedMethodFault[] | undefined;
}

export interface NoCompatibleHostWithAccessToDevice extends NoCompatibleHost {
}

export interface NoCompatibleSoftAffinityHost extends VmConfigFault {
  vmName: string;
}

export interface NoConnectedDatastore extends VimFault {
}

export interface NoDiskFound extends VimFault {
}

export interface NoDiskSpace extends FileFault {
  datastore: string;
}

export interface NoDisksToCustomize extends CustomizationFault {
}

export interface NoGateway extends HostConfigFault {
}

export interface NoGuestHeartbeat extends MigrationFault {
}

export interface NoHost extends HostConnectFault {
  name?: string | undefined;
}

export interface NoHostSuitableForFtSecondary extends VmFaultToleranceIssue {
  vm: MoRef;
  vmName: string;
}

export interface NoPeerHostFound extends HostPowerOpFailed {
}

export interface NoPermissionOnAD extends ActiveDirectoryFault {
}

export interface NoPermissionOnHost extends HostConnectFault {
}

export interface NoPermissionOnNasVolume extends NasConfigFault {
  userName?: string | undefined;
}

export interface NoSubjectName extends VimFault {
}

export interface NoVirtualNic extends HostConfigFault {
}

export interface NonADUserRequired extends ActiveDirectoryFault {
}

export interface NonHomeRDMVMotionNotSupported extends MigrationFeatureNotSupported {
  device: string;
}

export interface NotADirectory extends FileFault {
}

export interface NotAFile extends FileFault {
}

export interface NotFound extends VimFault {
}

export interface NotSupportedDeviceForFT extends VmFaultToleranceIssue {
  host: MoRef;
  hostName?: string | undefined;
  vm: MoRef;
  vmName?: string | undefined;
  deviceType: string;
  deviceLabel?: string | undefined;
}

export interface NotSupportedHost extends HostConnectFault {
  productName?: string | undefined;
  productVersion?: string | undefined;
}

export interface NotSupportedHostForChecksum extends VimFault {
}

export interface NotSupportedHostForVFlash extends NotSupportedHost {
  hostName: string;
}

export interface NotSupportedHostForVmcp extends NotSupportedHost {
  hostName: string;
}

export interface NotSupportedHostForVmemFile extends NotSupportedHost {
  hostName: string;
}

export interface NotSupportedHostForVsan extends NotSupportedHost {
  hostName: string;
}

export interface NotSupportedHostInCluster extends NotSupportedHost {
}

export interface NotSupportedHostInDvs extends NotSupportedHost {
  switchProductSpec: DynamicData;
}

export interface NotSupportedHostInHACluster extends NotSupportedHost {
  hostName: string;
  build: string;
}

export interface NumVirtualCpusExceedsLimit extends InsufficientResourcesFault {
  maxSupportedVcpus: number;
}

export interface NumVirtualCpusIncompatible extends VmConfigFault {
  reason: string;
  numCpu: number;
}

export interface OperationDisabledByGuest extends GuestOperationsFault {
}

export interface OperationNotSupportedByGuest extends GuestOperationsFault {
}

export interface OutOfBounds extends VimFault {
  argumentName: string;
}

export interface OvfConsumerPowerOnFault extends InvalidState {
  extensionKey: string;
  extensionName: string;
  description: string;
}

export interface OvfConsumerValidationFault extends VmConfigFault {
  extensionKey: string;
  extensionName: string;
  message: string;
}

export interface OvfFault extends VimFault {
}

export interface OvfImport extends OvfFault {
}

export interface OvfImportFailed extends OvfImport {
}

export interface OvfInvalidPackage extends OvfFault {
  lineNumber: number;
}

export interface OvfMappedOsId extends OvfImport {
  ovfId: number;
  ovfDescription: string;
  targetDescription: string;
}

export interface OvfMissingHardware extends OvfImport {
  name: string;
  resourceType: number;
}

export interface OvfNetworkMappingNotSupported extends OvfImport {
}

export interface OvfProperty extends OvfInvalidPackage {
  type: string;
  value: string;
}

export interface OvfPropertyNetwork extends OvfProperty {
}

export interface OvfPropertyQualifier extends OvfProperty {
  qualifier: string;
}

export interface OvfPropertyQualifierDuplicate extends OvfProperty {
  qualifier: string;
}

export interface OvfPropertyQualifierIgnored extends OvfProperty {
  qualifier: string;
}

export interface OvfPropertyType extends OvfProperty {
}

export interface OvfPropertyValue extends OvfProperty {
}

export interface OvfSystemFault extends OvfFault {
}

export interface OvfToXmlUnsupportedElement extends OvfSystemFault {
  name?: string | undefined;
}

export interface OvfUnknownDevice extends OvfSystemFault {
  device?: VirtualDevice | undefined;
  vmName: string;
}

export interface OvfUnknownEntity extends OvfSystemFault {
  lineNumber: number;
}

export interface OvfUnsupportedDeviceBackingInfo extends OvfSystemFault {
  elementName?: string | undefined;
  instanceId?: string | undefined;
  deviceName: string;
  backingName?: string | undefined;
}

export interface OvfUnsupportedDeviceBackingOption extends OvfSystemFault {
  elementName?: string | undefined;
  instanceId?: string | undefined;
  deviceName: string;
  backingName?: string | undefined;
}

export interface OvfUnsupportedDiskProvisioning extends OvfImport {
  diskProvisioning: string;
  supportedDiskProvisioning: string;
}

export interface OvfUnsupportedPackage extends OvfFault {
  lineNumber?: number | undefined;
}

export interface OvfUnsupportedSubType extends OvfUnsupportedPackage {
  elementName: string;
  instanceId: string;
  deviceType: number;
  deviceSubType: string;
}

export interface OvfUnsupportedType extends OvfUnsupportedPackage {
  name: string;
  instanceId: string;
  deviceType: number;
}

export interface OvfWrongNamespace extends OvfInvalidPackage {
  namespaceName: string;
}

export interface OvfXmlFormat extends OvfInvalidPackage {
  description: string;
}

export interface PasswordExpired extends InvalidLogin {
}

export interface PatchBinariesNotFound extends VimFault {
  patchID: string;
  binary?: readonly string[] | undefined;
}

export interface PatchMetadataInvalid extends VimFault {
  patchID: string;
  metaData?: readonly string[] | undefined;
}

export interface PatchMetadataNotFound extends PatchMetadataInvalid {
}

export interface PatchNotApplicable extends VimFault {
  patchID: string;
}

export interface PatchSuperseded extends PatchNotApplicable {
  supersede?: readonly string[] | undefined;
}

export interface PlatformConfigFault extends HostConfigFault {
  text: string;
}

export interface PowerOnFtSecondaryFailed extends VmFaultToleranceIssue {
  vm: MoRef;
  vmName: string;
  hostSelectionBy: Enum.FtIssuesOnHostHostSelectionType;
  hostErrors?: readonly LocalizedMethodFault[] | undefined;
  rootCause: LocalizedMethodFault;
}

export interface ProfileUpdateFailed extends VimFault {
  failure: readonly ProfileUpdateFailedUpdateFailure[];
  warnings?: readonly ProfileUpdateFailedUpdateFailure[] | undefined;
}

export interface ProfileUpdateFailedUpdateFailure extends DynamicData {
  profilePath: DynamicData;
  errMsg: LocalizableMessage;
}

export interface QuarantineModeFault extends VmConfigFault {
  vmName: string;
  faultType: string;
}

export interface QuestionPending extends InvalidState {
  text: string;
}

export interface RDMConversionNotSupported extends MigrationFault {
  device: string;
}

export interface RDMNotPreserved extends MigrationFault {
  device: string;
}

export interface RDMNotSupportedOnDatastore extends VmConfigFault {
  device: string;
  datastore: MoRef;
  datastoreName: string;
}

export interface RDMPointsToInaccessibleDisk extends CannotAccessVmDisk {
}

export interface ReadHostResourcePoolTreeFailed extends HostConnectFault {
}

export interface ReadOnlyDisksWithLegacyDestination extends MigrationFault {
  roDiskCount: number;
  timeoutDanger: boolean;
}

export interface RebootRequired extends VimFault {
  patch?: string | undefined;
}

export interface RecordReplayDisabled extends VimFault {
}

export interface RemoveFailed extends VimFault {
}

export interface ReplicationFault extends VimFault {
}

export interface ReplicationIncompatibleWithFT extends ReplicationFault {
}

export interface ReplicationInvalidOptions extends ReplicationFault {
  options: string;
  entity?: MoRef | undefined;
}

export interface ReplicationNotSupportedOnHost extends ReplicationFault {
}

export interface ReplicationVmFault extends ReplicationFault {
  reason: string;
  state?: string | undefined;
  instanceId?: string | undefined;
  vm: MoRef;
}

export interface ReplicationVmInProgressFault extends ReplicationVmFault {
  requestedActivity: string;
  inProgressActivity: string;
}

export interface ResourceInUse extends VimFault {
  type?: string | undefined;
  name?: string | undefined;
}

export interface ResourceNotAvailable extends VimFault {
  containerType?: string | undefined;
  containerName?: string | undefined;
  type?: string | undefined;
}

export interface RollbackFailure extends DvsFault {
  entityName: string;
  entityType: string;
}

export interface RuleViolation extends VmConfigFault {
  host?: MoRef | undefined;
  rule: DynamicData;
}

export interface SSLDisabledFault extends HostConnectFault {
}

export interface SSLVerifyFault extends HostConnectFault {
  selfSigned: boolean;
  thumbprint?: string | undefined;
}

export interface SSPIChallenge extends VimFault {
  base64Token: string;
}

export interface SecondaryVmAlreadyDisabled extends VmFaultToleranceIssue {
  instanceUuid: string;
}

export interface SecondaryVmAlreadyEnabled extends VmFaultToleranceIssue {
  instanceUuid: string;
}

export interface SecondaryVmAlreadyRegistered extends VmFaultToleranceIssue {
  instanceUuid: string;
}

export interface SecondaryVmNotRegistered extends VmFaultToleranceIssue {
  instanceUuid: string;
}

export interface ShrinkDiskFault extends VimFault {
  diskId?: number | undefined;
}

export interface SnapshotCopyNotSupported extends MigrationFault {
}

export interface SnapshotFault extends VimFault {
}

export interface SnapshotIncompatibleDeviceInVm extends SnapshotFault {
  fault: LocalizedMethodFault;
}

export interface SnapshotLocked extends SnapshotFault {
}

export interface SnapshotMoveFromNonHomeNotSupported extends SnapshotCopyNotSupported {
}

export interface SnapshotMoveNotSupported extends SnapshotCopyNotSupported {
}

export interface SnapshotMoveToNonHomeNotSupported extends SnapshotCopyNotSupported {
}

export interface SnapshotNoChange extends SnapshotFault {
}

export interface SnapshotRevertIssue extends MigrationFault {
  snapshotName?: string | undefined;
  event?: readonly Event[] | undefined;
  errors: boolean;
}

export interface SoftRuleVioCorrectionDisallowed extends VmConfigFault {
  vmName: string;
}

export interface SoftRuleVioCorrectionImpact extends VmConfigFault {
  vmName: string;
}

export interface SsdDiskNotAvailable extends VimFault {
  devicePath: string;
}

export interface StorageDrsCannotMoveDiskInMultiWriterMode extends VimFault {
}

export interface StorageDrsCannotMoveFTVm extends VimFault {
}

export interface StorageDrsCannotMoveIndependentDisk extends VimFault {
}

export interface StorageDrsCannotMoveManuallyPlacedSwapFile extends VimFault {
}

export interface StorageDrsCannotMoveManuallyPlacedVm extends VimFault {
}

export interface StorageDrsCannotMoveSharedDisk extends VimFault {
}

export interface StorageDrsCannotMoveTemplate extends VimFault {
}

export interface StorageDrsCannotMoveVmInUserFolder extends VimFault {
}

export interface StorageDrsCannotMoveVmWithMountedCDROM extends VimFault {
}

export interface StorageDrsCannotMoveVmWithNoFilesInLayout extends VimFault {
}

export interface StorageDrsDatacentersCannotShareDatastore extends VimFault {
}

export interface StorageDrsDisabledOnVm extends VimFault {
}

export interface StorageDrsHbrDiskNotMovable extends VimFault {
  nonMovableDiskIds: string;
}

export interface StorageDrsHmsMoveInProgress extends VimFault {
}

export interface StorageDrsHmsUnreachable extends VimFault {
}

export interface StorageDrsIolbDisabledInternally extends VimFault {
}

export interface StorageDrsRelocateDisabled extends VimFault {
}

export interface StorageDrsStaleHmsCollection extends VimFault {
}

export interface StorageDrsUnableToMoveFiles extends VimFault {
}

export interface StorageVMotionNotSupported extends MigrationFeatureNotSupported {
}

export interface SuspendedRelocateNotSupported extends MigrationFault {
}

export interface SwapDatastoreUnset extends VimFault {
}

export interface SwapPlacementOverrideNotSupported extends InvalidVmConfig {
}

export interface SwitchIpUnset extends DvsFault {
}

export interface SwitchNotInUpgradeMode extends DvsFault {
}

export interface TaskInProgress extends VimFault {
  task: MoRef;
}

export interface Timedout extends VimFault {
}

export interface TooManyConcurrentNativeClones extends FileFault {
}

export interface TooManyConsecutiveOverrides extends VimFault {
}

export interface TooManyDevices extends InvalidVmConfig {
}

export interface TooManyDisksOnLegacyHost extends MigrationFault {
  diskCount: number;
  timeoutDanger: boolean;
}

export interface TooManyGuestLogons extends GuestOperationsFault {
}

export interface TooManyHosts extends HostConnectFault {
}

export interface TooManyNativeCloneLevels extends FileFault {
}

export interface TooManyNativeClonesOnFile extends FileFault {
}

export interface TooManySnapshotLevels extends SnapshotFault {
}

export interface ToolsAlreadyUpgraded extends VmToolsUpgradeFault {
}

export interface ToolsAutoUpgradeNotSupported extends VmToolsUpgradeFault {
}

export interface ToolsImageCopyFailed extends VmToolsUpgradeFault {
}

export interface ToolsImageNotAvailable extends VmToolsUpgradeFault {
}

export interface ToolsImageSignatureCheckFailed extends VmToolsUpgradeFault {
}

export interface ToolsInstallationInProgress extends MigrationFault {
}

export interface ToolsUnavailable extends VimFault {
}

export interface ToolsUpgradeCancelled extends VmToolsUpgradeFault {
}

export interface UncommittedUndoableDisk extends MigrationFault {
}

export interface UncustomizableGuest extends CustomizationFault {
  uncustomizableGuestOS: string;
}

export interface UnexpectedCustomizationFault extends CustomizationFault {
}

export interface UnrecognizedHost extends VimFault {
  hostName: string;
}

export interface UnsharedSwapVMotionNotSupported extends MigrationFeatureNotSupported {
}

export interface UnsupportedDatastore extends VmConfigFault {
  datastore?: MoRef | undefined;
}

export interface UnsupportedGuest extends InvalidVmConfig {
  unsupportedGuestOS: string;
}

export interface UnsupportedVimApiVersion extends VimFault {
  version?: string | undefined;
}

export interface UnsupportedVmxLocation extends VmConfigFault {
}

export interface UserNotFound extends VimFault {
  principal: string;
  unresolved: boolean;
}

export interface VAppConfigFault extends VimFault {
}

export interface VAppNotRunning extends VmConfigFault {
}

export interface VAppPropertyFault extends VmConfigFault {
  id: string;
  category: string;
  label: string;
  type: string;
  value: string;
}

export interface VAppTaskInProgress extends TaskInProgress {
}

export interface VFlashCacheHotConfigNotSupported extends VmConfigFault {
}

export interface VFlashModuleNotSupported extends VmConfigFault {
  vmName: string;
  moduleName: string;
  reason: string;
  hostName: string;
}

export interface VFlashModuleVersionIncompatible extends VimFault {
  moduleName: string;
  vmRequestModuleVersion: string;
  hostMinSupportedVerson: string;
  hostModuleVersion: string;
}

export interface VMotionAcrossNetworkNotSupported extends MigrationFeatureNotSupported {
}

export interface VMotionInterfaceIssue extends MigrationFault {
  atSourceHost: boolean;
  failedHost: string;
  failedHostEntity?: MoRef | undefined;
}

export interface VMotionLinkCapacityLow extends VMotionInterfaceIssue {
  network: string;
}

export interface VMotionLinkDown extends VMotionInterfaceIssue {
  network: string;
}

export interface VMotionNotConfigured extends VMotionInterfaceIssue {
}

export interface VMotionNotLicensed extends VMotionInterfaceIssue {
}

export interface VMotionNotSupported extends VMotionInterfaceIssue {
}

export interface VMotionProtocolIncompatible extends MigrationFault {
}

export interface VirtualHardwareCompatibilityIssue extends VmConfigFault {
}

export interface VirtualHardwareVersionNotSupported extends VirtualHardwareCompatibilityIssue {
  hostName: string;
  host: MoRef;
}

export interface VmAlreadyExistsInDatacenter extends InvalidFolder {
  host: MoRef;
  hostname: string;
  vm: readonly MoRef[];
}

export interface VmFaultToleranceConfigIssue extends VmFaultToleranceIssue {
  reason?: string | undefined;
  entityName?: string | undefined;
  entity?: MoRef | undefined;
}

export interface VmFaultToleranceConfigIssueWrapper extends VmFaultToleranceIssue {
  entityName?: string | undefined;
  entity?: MoRef | undefined;
  error?: LocalizedMethodFault | undefined;
}

export interface VmFaultToleranceInvalidFileBacking extends VmFaultToleranceIssue {
  backingType?: string | undefined;
  backingFilename?: string | undefined;
}

export interface VmFaultToleranceTooManyFtVcpusOnHost extends InsufficientResourcesFault {
  hostName?: string | undefined;
  maxNumFtVcpus: number;
}

export interface VmFaultToleranceTooManyVMsOnHost extends InsufficientResourcesFault {
  hostName?: string | undefined;
  maxNumFtVms: number;
}

export interface VmPowerOnDisabled extends InvalidState {
}

export interface VmSmpFaultToleranceTooManyVMsOnHost extends InsufficientResourcesFault {
  hostName?: string | undefined;
  maxNumSmpFtVms: number;
}

export interface VmWwnConflict extends InvalidVmConfig {
  vm?: MoRef | undefined;
  host?: MoRef | undefined;
  name?: string | undefined;
  wwn?: number | bigint | undefined;
}

export interface VmfsMountFault extends HostConfigFault {
  uuid: string;
}

export interface VmotionInterfaceNotEnabled extends HostPowerOpFailed {
}

export interface VolumeEditorError extends CustomizationFault {
}

export interface VsanClusterUuidMismatch extends CannotMoveVsanEnabledHost {
  hostClusterUuid: string;
  destinationClusterUuid: string;
}

export interface VsanDiskFault extends VsanFault {
  device?: string | undefined;
}

export interface VsanIncompatibleDiskMapping extends VsanDiskFault {
}

export interface VspanDestPortConflict extends DvsFault {
  vspanSessionKey1: string;
  vspanSessionKey2: string;
  portKey: string;
}

export interface VspanPortConflict extends DvsFault {
  vspanSessionKey1: string;
  vspanSessionKey2: string;
  portKey: string;
}

export interface VspanPortMoveFault extends DvsFault {
  srcPortgroupName: string;
  destPortgroupName: string;
  portKey: string;
}

export interface VspanPortPromiscChangeFault extends DvsFault {
  portKey: string;
}

export interface VspanPortgroupPromiscChangeFault extends DvsFault {
  portgroupName: string;
}

export interface VspanPortgroupTypeChangeFault extends DvsFault {
  portgroupName: string;
}

export interface VspanPromiscuousPortNotSupported extends DvsFault {
  vspanSessionKey: string;
  portKey: string;
}

export interface VspanSameSessionPortConflict extends DvsFault {
  vspanSessionKey: string;
  portKey: string;
}

export interface WakeOnLanNotSupported extends VirtualHardwareCompatibilityIssue {
}

export interface WakeOnLanNotSupportedByVmotionNIC extends HostPowerOpFailed {
}

export interface WillLoseHAProtection extends MigrationFault {
  resolution: string;
}

export interface WillModifyConfigCpuRequirements extends MigrationFault {
}

export interface WillResetSnapshotDirectory extends MigrationFault {
}

export interface HostActiveDirectoryInfo extends HostDirectoryStoreInfo {
  joinedDomain?: string | undefined;
  trustedDomain?: readonly string[] | undefined;
  domainMembershipStatus?: string | undefined;
  smartCardAuthenticationEnabled?: boolean | undefined;
}

export interface HostBlockAdapterTargetTransport extends HostTargetTransport {
}

export interface HostBlockHba extends HostHostBusAdapter {
}

export interface HostBootDeviceInfo extends DynamicData {
  bootDevices?: readonly HostBootDevice[] | undefined;
  currentBootDeviceKey?: string | undefined;
}

export interface HostConfigSpec extends DynamicData {
  nasDatastore?: readonly HostNasVolumeConfig[] | undefined;
  network?: HostNetworkConfig | undefined;
  nicTypeSelection?: readonly HostVirtualNicManagerNicTypeSelection[] | undefined;
  service?: readonly HostServiceConfig[] | undefined;
  firewall?: HostFirewallConfig | undefined;
  option?: readonly OptionValue[] | undefined;
  datastorePrincipal?: string | undefined;
  datastorePrincipalPasswd?: string | undefined;
  datetime?: HostDateTimeConfig | undefined;
  storageDevice?: HostStorageDeviceInfo | undefined;
  license?: HostLicenseSpec | undefined;
  security?: HostSecuritySpec | undefined;
  userAccount?: readonly HostAccountSpec[] | undefined;
  usergroupAccount?: readonly HostAccountSpec[] | undefined;
  memory?: HostMemorySpec | undefined;
  activeDirectory?: readonly HostActiveDirectory[] | undefined;
  genericConfig?: readonly KeyAnyValue[] | undefined;
  graphicsConfig?: HostGraphicsConfig | undefined;
  assignableHardwareConfig?: HostAssignableHardwareConfig | undefined;
}

export interface HostConnectSpec extends DynamicData {
  hostName?: string | undefined;
  port?: number | undefined;
  sslThumbprint?: string | undefined;
  userName?: string | undefined;
  password?: string | undefined;
  vmFolder?: MoRef | undefined;
  force: boolean;
  vimAccountName?: string | undefined;
  vimAccountPassword?: string | undefined;
  managementIp?: string | undefined;
  lockdownMode?: Enum.HostLockdownMode | undefined;
  hostGateway?: HostGatewaySpec | undefined;
}

export interface HostDatastoreSystemCapabilities extends DynamicData {
  nfsMountCreationRequired: boolean;
  nfsMountCreationSupported: boolean;
  localDatastoreSupported: boolean;
  vmfsExtentExpansionSupported: boolean;
}

export interface HostDatastoreSystemVvolDatastoreSpec extends DynamicData {
  name: string;
  scId: string;
}

export interface HostDatastoreSystemDatastoreResult extends DynamicData {
  key: MoRef;
  fault?: LocalizedMethodFault | undefined;
}

export interface HostDateTimeInfo extends DynamicData {
  timeZone: HostDateTimeSystemTimeZone;
  systemClockProtocol?: string | undefined;
  ntpConfig?: HostNtpConfig | undefined;
  ptpConfig?: HostPtpConfig | undefined;
  enabled?: boolean | undefined;
  disableEvents?: boolean | undefined;
  disableFallback?: boolean | undefined;
  inFallbackState?: boolean | undefined;
  serviceSync?: boolean | undefined;
  lastSyncTime?: Date | undefined;
  remoteNtpServer?: string | undefined;
  ntpRunTime?: number | bigint | undefined;
  ptpRunTime?: number | bigint | undefined;
  ntpDuration?: string | undefined;
  ptpDuration?: string | undefined;
}

export interface HostFibreChannelHba extends HostHostBusAdapter {
  portWorldWideName: number | bigint;
  nodeWorldWideName: number | bigint;
  portType: Enum.FibreChannelPortType;
  speed: number | bigint;
}

export interface HostFibreChannelOverEthernetHba extends HostFibreChannelHba {
  underlyingNic: string;
  linkInfo: HostFibreChannelOverEthernetHbaLinkInfo;
  isSoftwareFcoe: boolean;
  markedForRemoval?: boolean | undefined;
}

export interface HostFibreChannelOverEthernetHbaLinkInfo extends DynamicData {
  vnportMac: string;
  fcfMac: string;
  vlanId: number;
}

export interface HostFibreChannelTargetTransport extends HostTargetTransport {
  portWorldWideName: number | bigint;
  nodeWorldWideName: number | bigint;
}

export interface HostFirewallConfig extends DynamicData {
  rule?: readonly HostFirewallConfigRuleSetConfig[] | undefined;
  defaultBlockingPolicy: HostFirewallDefaultPolicy;
}

export interface HostFirewallConfigRuleSetConfig extends DynamicData {
  rulesetId: string;
  enabled: boolean;
  allowedHosts?: HostFirewallRulesetIpList | undefined;
}

export interface HostInternetScsiHba extends HostHostBusAdapter {
  isSoftwareBased: boolean;
  canBeDisabled?: boolean | undefined;
  networkBindingSupport?: Enum.HostInternetScsiHbaNetworkBindingSupportType | undefined;
  discoveryCapabilities: HostInternetScsiHbaDiscoveryCapabilities;
  discoveryProperties: HostInternetScsiHbaDiscoveryProperties;
  authenticationCapabilities: HostInternetScsiHbaAuthenticationCapabilities;
  authenticationProperties: HostInternetScsiHbaAuthenticationProperties;
  digestCapabilities?: HostInternetScsiHbaDigestCapabilities | undefined;
  digestProperties?: HostInternetScsiHbaDigestProperties | undefined;
  ipCapabilities: HostInternetScsiHbaIPCapabilities;
  ipProperties: HostInternetScsiHbaIPProperties;
  supportedAdvancedOptions?: readonly OptionDef[] | undefined;
  advancedOptions?: readonly HostInternetScsiHbaParamValue[] | undefined;
  iScsiName: string;
  iScsiAlias?: string | undefined;
  configuredSendTarget?: readonly HostInternetScsiHbaSendTarget[] | undefined;
  configuredStaticTarget?: readonly HostInternetScsiHbaStaticTarget[] | undefined;
  maxSpeedMb?: number | undefined;
  currentSpeedMb?: number | undefined;
}

export interface HostInternetScsiHbaParamValue extends OptionValue {
  isInherited?: boolean | undefined;
}

export interface HostInternetScsiHbaDiscoveryCapabilities extends DynamicData {
  iSnsDiscoverySettable: boolean;
  slpDiscoverySettable: boolean;
  staticTargetDiscoverySettable: boolean;
  sendTargetsDiscoverySettable: boolean;
}

export interface HostInternetScsiHbaDiscoveryProperties extends DynamicData {
  iSnsDiscoveryEnabled: boolean;
  iSnsDiscoveryMethod?: string | undefined;
  iSnsHost?: string | undefined;
  slpDiscoveryEnabled: boolean;
  slpDiscoveryMethod?: string | undefined;
  slpHost?: string | undefined;
  staticTargetDiscoveryEnabled: boolean;
  sendTargetsDiscoveryEnabled: boolean;
}

export interface HostInternetScsiHbaAuthenticationCapabilities extends DynamicData {
  chapAuthSettable: boolean;
  krb5AuthSettable: boolean;
  srpAuthSettable: boolean;
  spkmAuthSettable: boolean;
  mutualChapSettable?: boolean | undefined;
  targetChapSettable?: boolean | undefined;
  targetMutualChapSettable?: boolean | undefined;
}

export interface HostInternetScsiHbaAuthenticationProperties extends DynamicData {
  chapAuthEnabled: boolean;
  chapName?: string | undefined;
  chapSecret?: string | undefined;
  chapAuthenticationType?: string | undefined;
  chapInherited?: boolean | undefined;
  mutualChapName?: string | undefined;
  mutualChapSecret?: string | undefined;
  mutualChapAuthenticationType?: string | undefined;
  mutualChapInherited?: boolean | undefined;
}

export interface HostInternetScsiHbaDigestCapabilities extends DynamicData {
  headerDigestSettable?: boolean | undefined;
  dataDigestSettable?: boolean | undefined;
  targetHeaderDigestSettable?: boolean | undefined;
  targetDataDigestSettable?: boolean | undefined;
}

export interface HostInternetScsiHbaDigestProperties extends DynamicData {
  headerDigestType?: string | undefined;
  headerDigestInherited?: boolean | undefined;
  dataDigestType?: string | undefined;
  dataDigestInherited?: boolean | undefined;
}

export interface HostInternetScsiHbaIPCapabilities extends DynamicData {
  addressSettable: boolean;
  ipConfigurationMethodSettable: boolean;
  subnetMaskSettable: boolean;
  defaultGatewaySettable: boolean;
  primaryDnsServerAddressSettable: boolean;
  alternateDnsServerAddressSettable: boolean;
  ipv6Supported?: boolean | undefined;
  arpRedirectSettable?: boolean | undefined;
  mtuSettable?: boolean | undefined;
  hostNameAsTargetAddress?: boolean | undefined;
  nameAliasSettable?: boolean | undefined;
  ipv4EnableSettable?: boolean | undefined;
  ipv6EnableSettable?: boolean | undefined;
  ipv6PrefixLengthSettable?: boolean | undefined;
  ipv6PrefixLength?: number | undefined;
  ipv6DhcpConfigurationSettable?: boolean | undefined;
  ipv6LinkLocalAutoConfigurationSettable?: boolean | undefined;
  ipv6RouterAdvertisementConfigurationSettable?: boolean | undefined;
  ipv6DefaultGatewaySettable?: boolean | undefined;
  ipv6MaxStaticAddressesSupported?: number | undefined;
}

export interface HostInternetScsiHbaIscsiIpv6Address extends DynamicData {
  address: string;
  prefixLength: number;
  origin: string;
  operation?: string | undefined;
}

export interface HostInternetScsiHbaIPv6Properties extends DynamicData {
  iscsiIpv6Address?: readonly HostInternetScsiHbaIscsiIpv6Address[] | undefined;
  ipv6DhcpConfigurationEnabled?: boolean | undefined;
  ipv6LinkLocalAutoConfigurationEnabled?: boolean | undefined;
  ipv6RouterAdvertisementConfigurationEnabled?: boolean | undefined;
  ipv6DefaultGateway?: string | undefined;
}

export interface HostInternetScsiHbaIPProperties extends DynamicData {
  mac?: string | undefined;
  address?: string | undefined;
  dhcpConfigurationEnabled: boolean;
  subnetMask?: string | undefined;
  defaultGateway?: string | undefined;
  primaryDnsServerAddress?: string | undefined;
  alternateDnsServerAddress?: string | undefined;
  ipv6Address?: string | undefined;
  ipv6SubnetMask?: string | undefined;
  ipv6DefaultGateway?: string | undefined;
  arpRedirectEnabled?: boolean | undefined;
  mtu?: number | undefined;
  jumboFramesEnabled?: boolean | undefined;
  ipv4Enabled?: boolean | undefined;
  ipv6Enabled?: boolean | undefined;
  ipv6properties?: HostInternetScsiHbaIPv6Properties | undefined;
}

export interface HostInternetScsiHbaSendTarget extends DynamicData {
  address: string;
  port?: number | undefined;
  authenticationProperties?: HostInternetScsiHbaAuthenticationProperties | undefined;
  digestProperties?: HostInternetScsiHbaDigestProperties | undefined;
  supportedAdvancedOptions?: readonly OptionDef[] | undefined;
  advancedOptions?: readonly HostInternetScsiHbaParamValue[] | undefined;
  parent?: string | undefined;
}

export interface HostInternetScsiHbaStaticTarget extends DynamicData {
  address: string;
  port?: number | undefined;
  iScsiName: string;
  discoveryMethod?: string | undefined;
  authenticationProperties?: HostInternetScsiHbaAuthenticationProperties | undefined;
  digestProperties?: HostInternetScsiHbaDigestProperties | undefined;
  supportedAdvancedOptions?: readonly OptionDef[] | undefined;
  advancedOptions?: readonly HostInternetScsiHbaParamValue[] | undefined;
  parent?: string | undefined;
}

export interface HostInternetScsiHbaTargetSet extends DynamicData {
  staticTargets?: readonly HostInternetScsiHbaStaticTarget[] | undefined;
  sendTargets?: readonly HostInternetScsiHbaSendTarget[] | undefined;
}

export interface HostInternetScsiTargetTransport extends HostTargetTransport {
  iScsiName: string;
  iScsiAlias: string;
  address?: readonly string[] | undefined;
}

export interface HostNetworkConfig extends DynamicData {
  vswitch?: readonly HostVirtualSwitchConfig[] | undefined;
  proxySwitch?: readonly HostProxySwitchConfig[] | undefined;
  portgroup?: readonly HostPortGroupConfig[] | undefined;
  pnic?: readonly PhysicalNicConfig[] | undefined;
  vnic?: readonly HostVirtualNicConfig[] | undefined;
  consoleVnic?: readonly HostVirtualNicConfig[] | undefined;
  dnsConfig?: HostDnsConfig | undefined;
  ipRouteConfig?: HostIpRouteConfig | undefined;
  consoleIpRouteConfig?: HostIpRouteConfig | undefined;
  routeTableConfig?: HostIpRouteTableConfig | undefined;
  dhcp?: readonly HostDhcpServiceConfig[] | undefined;
  nat?: readonly HostNatServiceConfig[] | undefined;
  ipV6Enabled?: boolean | undefined;
  netStackSpec?: readonly HostNetworkConfigNetStackSpec[] | undefined;
  migrationStatus?: string | undefined;
}

export interface HostNetworkConfigResult extends DynamicData {
  vnicDevice?: readonly string[] | undefined;
  consoleVnicDevice?: readonly string[] | undefined;
}

export interface HostNetworkConfigNetStackSpec extends DynamicData {
  netStackInstance: HostNetStackInstance;
  operation?: string | undefined;
}

export interface HostNvmeConnectSpec extends HostNvmeSpec {
  subnqn: string;
  controllerId?: number | undefined;
  adminQueueSize?: number | undefined;
  keepAliveTimeout?: number | undefined;
}

export interface HostNvmeDiscoverSpec extends HostNvmeSpec {
  autoConnect?: boolean | undefined;
  rootDiscoveryController?: boolean | undefined;
}

export interface HostNvmeOpaqueTransportParameters extends HostNvmeTransportParameters {
  trtype: string;
  traddr: string;
  adrfam: string;
  trsvcid: string;
  tsas: Uint8Array;
}

export interface HostNvmeOverFibreChannelParameters extends HostNvmeTransportParameters {
  nodeWorldWideName: number | bigint;
  portWorldWideName: number | bigint;
}

export interface HostNvmeOverRdmaParameters extends HostNvmeTransportParameters {
  address: string;
  addressFamily?: string | undefined;
  portNumber?: number | undefined;
}

export interface HostNvmeOverTcpParameters extends HostNvmeTransportParameters {
  address: string;
  portNumber?: number | undefined;
  digestVerification?: string | undefined;
}

export interface HostOpaqueNetworkInfo extends DynamicData {
  opaqueNetworkId: string;
  opaqueNetworkName: string;
  opaqueNetworkType: string;
  pnicZone?: readonly string[] | undefined;
  capability?: OpaqueNetworkCapability | undefined;
  extraConfig?: readonly OptionValue[] | undefined;
}

export interface HostParallelScsiTargetTransport extends HostTargetTransport {
}

export interface HostPcieTargetTransport extends HostTargetTransport {
}

export interface HostRdmaTargetTransport extends HostTargetTransport {
}

export interface HostScsiDisk extends ScsiLun {
  capacity: HostDiskDimensionsLba;
  devicePath: string;
  ssd?: boolean | undefined;
  localDisk?: boolean | undefined;
  physicalLocation?: readonly string[] | undefined;
  emulatedDIXDIFEnabled?: boolean | undefined;
  scsiDiskType?: string | undefined;
  usedByMemoryTiering?: boolean | undefined;
}

export interface HostScsiDiskPartition extends DynamicData {
  diskName: string;
  partition: number;
}

export interface HostSecuritySpec extends DynamicData {
  adminPassword?: string | undefined;
  removePermission?: readonly Permission[] | undefined;
  addPermission?: readonly Permission[] | undefined;
}

export interface HostSerialAttachedTargetTransport extends HostTargetTransport {
}

export interface HostListSummary extends DynamicData {
  host?: MoRef | undefined;
  hardware?: HostHardwareSummary | undefined;
  runtime?: HostRuntimeInfo | undefined;
  config: HostConfigSummary;
  quickStats: HostListSummaryQuickStats;
  overallStatus: Enum.ManagedEntityStatus;
  rebootRequired: boolean;
  customValue?: readonly CustomFieldValue[] | undefined;
  managementServerIp?: string | undefined;
  maxEVCModeKey?: string | undefined;
  currentEVCModeKey?: string | undefined;
  currentEVCGraphicsModeKey?: string | undefined;
  gateway?: HostListSummaryGatewaySummary | undefined;
  tpmAttestation?: HostTpmAttestationInfo | undefined;
  trustAuthorityAttestationInfos?: readonly HostTrustAuthorityAttestationInfo[] | undefined;
}

export interface HostHardwareSummary extends DynamicData {
  vendor: string;
  model: string;
  uuid: string;
  otherIdentifyingInfo?: readonly HostSystemIdentificationInfo[] | undefined;
  memorySize: number | bigint;
  cpuModel: string;
  cpuMhz: number;
  numCpuPkgs: number;
  numCpuCores: number;
  numCpuThreads: number;
  numNics: number;
  numHBAs: number;
}

export interface HostListSummaryQuickStats extends DynamicData {
  overallCpuUsage?: number | undefined;
  overallMemoryUsage?: number | undefined;
  distributedCpuFairness?: number | undefined;
  distributedMemoryFairness?: number | undefined;
  availablePMemCapacity?: number | undefined;
  uptime?: number | undefined;
}

export interface HostConfigSummary extends DynamicData {
  name: string;
  port: number;
  sslThumbprint?: string | undefined;
  product?: AboutInfo | undefined;
  vmotionEnabled: boolean;
  faultToleranceEnabled: boolean;
  featureVersion?: readonly HostFeatureVersionInfo[] | undefined;
  agentVmDatastore?: MoRef | undefined;
  agentVmNetwork?: MoRef | undefined;
}

export interface HostListSummaryGatewaySummary extends DynamicData {
  gatewayType: string;
  gatewayId: string;
}

export interface HostTpmBootCompleteEventDetails extends HostTpmEventDetails {
}

export interface HostTpmBootSecurityOptionEventDetails extends HostTpmEventDetails {
  bootSecurityOption: string;
}

export interface HostTpmCommandEventDetails extends HostTpmEventDetails {
  commandLine: string;
}

export interface HostTpmNvTagEventDetails extends HostTpmBootSecurityOptionEventDetails {
}

export interface HostTpmSignerEventDetails extends HostTpmBootSecurityOptionEventDetails {
}

export interface HostUnresolvedVmfsExtent extends DynamicData {
  device: HostScsiDiskPartition;
  devicePath: string;
  vmfsUuid: string;
  isHeadExtent: boolean;
  ordinal: number;
  startBlock: number;
  endBlock: number;
  reason: string;
}

export interface HostVFlashManagerVFlashResourceConfigSpec extends DynamicData {
  vffsUuid: string;
}

export interface HostVFlashManagerVFlashResourceConfigInfo extends DynamicData {
  vffs?: HostVffsVolume | undefined;
  capacity: number | bigint;
}

export interface HostVFlashManagerVFlashResourceRunTimeInfo extends DynamicData {
  usage: number | bigint;
  capacity: number | bigint;
  accessible: boolean;
  capacityForVmCache: number | bigint;
  freeForVmCache: number | bigint;
}

export interface HostVFlashManagerVFlashCacheConfigSpec extends DynamicData {
  defaultVFlashModule: string;
  swapCacheReservationInGB: number | bigint;
}

export interface HostVFlashManagerVFlashCacheConfigInfo extends DynamicData {
  vFlashModuleConfigOption?: readonly HostVFlashManagerVFlashCacheConfigInfoVFlashModuleConfigOption[] | undefined;
  defaultVFlashModule?: string | undefined;
  swapCacheReservationInGB?: number | bigint | undefined;
}

export interface HostVFlashManagerVFlashCacheConfigInfoVFlashModuleConfigOption extends DynamicData {
  vFlashModule: string;
  vFlashModuleVersion: string;
  minSupportedModuleVersion: string;
  cacheConsistencyType: ChoiceOption;
  cacheMode: ChoiceOption;
  blockSizeInKBOption: LongOption;
  reservationInMBOption: LongOption;
  maxDiskSizeInKB: number | bigint;
}

export interface HostVFlashManagerVFlashConfigInfo extends DynamicData {
  vFlashResourceConfigInfo?: HostVFlashManagerVFlashResourceConfigInfo | undefined;
  vFlashCacheConfigInfo?: HostVFlashManagerVFlashCacheConfigInfo | undefined;
}

export interface HostVMotionInfo extends DynamicData {
  netConfig?: HostVMotionNetConfig | undefined;
  ipConfig?: HostIpConfig | undefined;
}

export interface HostVffsVolume extends HostFileSystemVolume {
  majorVersion: number;
  version: string;
  uuid: string;
  extent: readonly HostScsiDiskPartition[];
}

export interface HostVffsSpec extends DynamicData {
  devicePath: string;
  partition?: HostDiskPartitionSpec | undefined;
  majorVersion: number;
  volumeName: string;
}

export interface VmfsDatastoreExpandSpec extends VmfsDatastoreSpec {
  partition: HostDiskPartitionSpec;
  extent: HostScsiDiskPartition;
}

export interface VmfsDatastoreExtendSpec extends VmfsDatastoreSpec {
  partition: HostDiskPartitionSpec;
  extent: readonly HostScsiDiskPartition[];
}

export interface HostVmfsVolume extends HostFileSystemVolume {
  blockSizeMb: number;
  blockSize?: number | undefined;
  unmapGranularity?: number | undefined;
  unmapPriority?: string | undefined;
  unmapBandwidthSpec?: VmfsUnmapBandwidthSpec | undefined;
  maxBlocks: number;
  majorVersion: number;
  version: string;
  uuid: string;
  extent: readonly HostScsiDiskPartition[];
  vmfsUpgradable: boolean;
  forceMountedInfo?: HostForceMountedInfo | undefined;
  ssd?: boolean | undefined;
  local?: boolean | undefined;
  scsiDiskType?: string | undefined;
}

export interface HostVmfsSpec extends DynamicData {
  extent: HostScsiDiskPartition;
  blockSizeMb?: number | undefined;
  majorVersion: number;
  volumeName: string;
  blockSize?: number | undefined;
  unmapGranularity?: number | undefined;
  unmapPriority?: string | undefined;
  unmapBandwidthSpec?: VmfsUnmapBandwidthSpec | undefined;
}

export interface VmfsUnmapBandwidthSpec extends DynamicData {
  policy: string;
  fixedValue: number | bigint;
  dynamicMin: number | bigint;
  dynamicMax: number | bigint;
}

export interface VmfsConfigOption extends DynamicData {
  blockSizeOption: number;
  unmapGranularityOption?: readonly number[] | undefined;
  unmapBandwidthFixedValue?: LongOption | undefined;
  unmapBandwidthDynamicMin?: LongOption | undefined;
  unmapBandwidthDynamicMax?: LongOption | undefined;
  unmapBandwidthIncrement?: number | bigint | undefined;
  unmapBandwidthUltraLow?: number | bigint | undefined;
}

export interface BoolOption extends OptionType {
  supported: boolean;
  defaultValue: boolean;
}

export interface ChoiceOption extends OptionType {
  choiceInfo: readonly ElementDescription[];
  defaultIndex?: number | undefined;
}

export interface FloatOption extends OptionType {
  min: number;
  max: number;
  defaultValue: number;
}

export interface IntOption extends OptionType {
  min: number;
  max: number;
  defaultValue: number;
}

export interface LongOption extends OptionType {
  min: number | bigint;
  max: number | bigint;
  defaultValue: number | bigint;
}

export interface VAppConfigInfo extends VmConfigInfo {
  entityConfig?: readonly VAppEntityConfigInfo[] | undefined;
  annotation: string;
  instanceUuid?: string | undefined;
  managedBy?: ManagedByInfo | undefined;
}

export interface VAppConfigSpec extends VmConfigSpec {
  entityConfig?: readonly VAppEntityConfigInfo[] | undefined;
  annotation?: string | undefined;
  instanceUuid?: string | undefined;
  managedBy?: ManagedByInfo | undefined;
}

export interface VirtualAppImportSpec extends ImportSpec {
  name: string;
  vAppConfigSpec: VAppConfigSpec;
  resourcePoolSpec: ResourceConfigSpec;
  child?: readonly ImportSpec[] | undefined;
}

export interface VirtualMachineCdromInfo extends VirtualMachineTargetInfo {
  description?: string | undefined;
}

export interface ConfigTarget extends DynamicData {
  numCpus: number;
  numCpuCores: number;
  numNumaNodes: number;
  maxCpusPerHost?: number | undefined;
  smcPresent: boolean;
  datastore?: readonly VirtualMachineDatastoreInfo[] | undefined;
  network?: readonly VirtualMachineNetworkInfo[] | undefined;
  opaqueNetwork?: readonly OpaqueNetworkTargetInfo[] | undefined;
  distributedVirtualPortgroup?: readonly DynamicData[] | undefined;
  distributedVirtualSwitch?: readonly DynamicData[] | undefined;
  cdRom?: readonly VirtualMachineCdromInfo[] | undefined;
  serial?: readonly VirtualMachineSerialInfo[] | undefined;
  parallel?: readonly VirtualMachineParallelInfo[] | undefined;
  sound?: readonly VirtualMachineSoundInfo[] | undefined;
  usb?: readonly VirtualMachineUsbInfo[] | undefined;
  floppy?: readonly VirtualMachineFloppyInfo[] | undefined;
  legacyNetworkInfo?: readonly VirtualMachineLegacyNetworkSwitchInfo[] | undefined;
  scsiPassthrough?: readonly VirtualMachineScsiPassthroughInfo[] | undefined;
  scsiDisk?: readonly VirtualMachineScsiDiskDeviceInfo[] | undefined;
  ideDisk?: readonly VirtualMachineIdeDiskDeviceInfo[] | undefined;
  maxMemMBOptimalPerf: number;
  supportedMaxMemMB?: number | undefined;
  resourcePool?: ResourcePoolRuntimeInfo | undefined;
  autoVmotion?: boolean | undefined;
  pciPassthrough?: readonly VirtualMachinePciPassthroughInfo[] | undefined;
  sriov?: readonly VirtualMachineSriovInfo[] | undefined;
  vFlashModule?: readonly VirtualMachineVFlashModuleInfo[] | undefined;
  sharedGpuPassthroughTypes?: readonly VirtualMachinePciSharedGpuPassthroughInfo[] | undefined;
  availablePersistentMemoryReservationMB?: number | bigint | undefined;
  dynamicPassthrough?: readonly VirtualMachineDynamicPassthroughInfo[] | undefined;
  sgxTargetInfo?: VirtualMachineSgxTargetInfo | undefined;
  precisionClockInfo?: readonly VirtualMachinePrecisionClockInfo[] | undefined;
  sevSupported?: boolean | undefined;
  vgpuDeviceInfo?: readonly VirtualMachineVgpuDeviceInfo[] | undefined;
  vgpuProfileInfo?: readonly VirtualMachineVgpuProfileInfo[] | undefined;
  vendorDeviceGroupInfo?: readonly VirtualMachineVendorDeviceGroupInfo[] | undefined;
  maxSimultaneousThreads?: number | undefined;
  dvxClassInfo?: readonly VirtualMachineDvxClassInfo[] | undefined;
}

export interface VirtualMachineDefaultProfileSpec extends VirtualMachineProfileSpec {
}

export interface VirtualMachineDefinedProfileSpec extends VirtualMachineProfileSpec {
  profileId: string;
  replicationSpec?: ReplicationSpec | undefined;
  profileData?: VirtualMachineProfileRawData | undefined;
  profileParams?: readonly KeyValue[] | undefined;
}

export interface VirtualMachineDiskDeviceInfo extends VirtualMachineTargetInfo {
  capacity?: number | bigint | undefined;
  vm?: readonly MoRef[] | undefined;
}

export interface VirtualMachineDynamicPassthroughInfo extends VirtualMachineTargetInfo {
  vendorName: string;
  deviceName: string;
  customLabel?: string | undefined;
  vendorId: number;
  deviceId: number;
}

export interface VirtualMachineEmptyProfileSpec extends VirtualMachineProfileSpec {
}

export interface VirtualMachineFloppyInfo extends VirtualMachineTargetInfo {
}

export interface VirtualMachineIdeDiskDeviceInfo extends VirtualMachineDiskDeviceInfo {
  partitionTable?: readonly VirtualMachineIdeDiskDevicePartitionInfo[] | undefined;
}

export interface VirtualMachineIdeDiskDevicePartitionInfo extends DynamicData {
  id: number;
  capacity: number;
}

export interface VirtualMachineNetworkInfo extends VirtualMachineTargetInfo {
  network: NetworkSummary;
  vswitch?: string | undefined;
}

export interface OpaqueNetworkTargetInfo extends VirtualMachineTargetInfo {
  network: OpaqueNetworkSummary;
  networkReservationSupported?: boolean | undefined;
}

export interface VirtualMachineParallelInfo extends VirtualMachineTargetInfo {
}

export interface VirtualMachinePciPassthroughInfo extends VirtualMachineTargetInfo {
  pciDevice: HostPciDevice;
  systemId: string;
}

export interface VirtualMachinePciSharedGpuPassthroughInfo extends VirtualMachineTargetInfo {
  vgpu: string;
}

export interface VirtualMachinePrecisionClockInfo extends VirtualMachineTargetInfo {
  systemClockProtocol?: string | undefined;
}

export interface VirtualMachineRelocateSpec extends DynamicData {
  service?: ServiceLocator | undefined;
  folder?: MoRef | undefined;
  datastore?: MoRef | undefined;
  diskMoveType?: string | undefined;
  pool?: MoRef | undefined;
  host?: MoRef | undefined;
  disk?: readonly VirtualMachineRelocateSpecDiskLocator[] | undefined;
  transform?: Enum.VirtualMachineRelocateTransformation | undefined;
  deviceChange?: readonly VirtualDeviceConfigSpec[] | undefined;
  profile?: readonly VirtualMachineProfileSpec[] | undefined;
  cryptoSpec?: DynamicData | undefined;
}

export interface VirtualMachineRelocateSpecDiskLocator extends DynamicData {
  diskId: number;
  datastore: MoRef;
  diskMoveType?: string | undefined;
  diskBackingInfo?: VirtualDeviceBackingInfo | undefined;
  profile?: readonly VirtualMachineProfileSpec[] | undefined;
  backing?: VirtualMachineRelocateSpecDiskLocatorBackingSpec | undefined;
  filterSpec?: readonly VirtualMachineBaseIndependentFilterSpec[] | undefined;
}

export interface VirtualMachineRelocateSpecDiskLocatorBackingSpec extends DynamicData {
  parent?: VirtualMachineRelocateSpecDiskLocatorBackingSpec | undefined;
  crypto?: DynamicData | undefined;
}

export interface VirtualMachineRuntimeInfo extends DynamicData {
  device?: readonly VirtualMachineDeviceRuntimeInfo[] | undefined;
  host?: MoRef | undefined;
  connectionState: Enum.VirtualMachineConnectionState;
  powerState: Enum.VirtualMachinePowerState;
  vmFailoverInProgress?: boolean | undefined;
  faultToleranceState: Enum.VirtualMachineFaultToleranceState;
  dasVmProtection?: VirtualMachineRuntimeInfoDasProtectionState | undefined;
  toolsInstallerMounted: boolean;
  suspendTime?: Date | undefined;
  bootTime?: Date | undefined;
  suspendInterval?: number | bigint | undefined;
  question?: VirtualMachineQuestionInfo | undefined;
  memoryOverhead?: number | bigint | undefined;
  maxCpuUsage?: number | undefined;
  maxMemoryUsage?: number | undefined;
  numMksConnections: number;
  recordReplayState: Enum.VirtualMachineRecordReplayState;
  cleanPowerOff?: boolean | undefined;
  needSecondaryReason?: string | undefined;
  onlineStandby: boolean;
  minRequiredEVCModeKey?: string | undefined;
  consolidationNeeded: boolean;
  offlineFeatureRequirement?: readonly VirtualMachineFeatureRequirement[] | undefined;
  featureRequirement?: readonly VirtualMachineFeatureRequirement[] | undefined;
  featureMask?: readonly HostFeatureMask[] | undefined;
  vFlashCacheAllocation?: number | bigint | undefined;
  paused?: boolean | undefined;
  snapshotInBackground?: boolean | undefined;
  quiescedForkParent?: boolean | undefined;
  instantCloneFrozen?: boolean | undefined;
  cryptoState?: string | undefined;
  suspendedToMemory?: boolean | undefined;
  opNotificationTimeout?: number | bigint | undefined;
  iommuActive?: boolean | undefined;
}

export interface VirtualMachineRuntimeInfoDasProtectionState extends DynamicData {
  dasProtected: boolean;
}

export interface VirtualMachineScsiDiskDeviceInfo extends VirtualMachineDiskDeviceInfo {
  disk?: HostScsiDisk | undefined;
  transportHint?: string | undefined;
  lunNumber?: number | undefined;
}

export interface VirtualMachineScsiPassthroughInfo extends VirtualMachineTargetInfo {
  scsiClass: string;
  vendor: string;
  physicalUnitNumber: number;
}

export interface VirtualMachineSerialInfo extends VirtualMachineTargetInfo {
}

export interface VirtualMachineSgxTargetInfo extends VirtualMachineTargetInfo {
  maxEpcSize: number | bigint;
  flcModes?: readonly string[] | undefined;
  lePubKeyHashes?: readonly string[] | undefined;
  requireAttestationSupported?: boolean | undefined;
}

export interface VirtualMachineSnapshotTree extends DynamicData {
  snapshot: MoRef;
  vm: MoRef;
  name: string;
  description: string;
  id: number;
  createTime: Date;
  state: Enum.VirtualMachinePowerState;
  quiesced: boolean;
  backupManifest?: string | undefined;
  childSnapshotList?: readonly VirtualMachineSnapshotTree[] | undefined;
  replaySupported?: boolean | undefined;
}

export interface VirtualMachineSoundInfo extends VirtualMachineTargetInfo {
}

export interface VirtualMachineSriovInfo extends VirtualMachinePciPassthroughInfo {
  virtualFunction: boolean;
  pnic?: string | undefined;
  devicePool?: VirtualMachineSriovDevicePoolInfo | undefined;
}

export interface VirtualMachineSummary extends DynamicData {
  vm?: MoRef | undefined;
  runtime: VirtualMachineRuntimeInfo;
  guest?: VirtualMachineGuestSummary | undefined;
  config: VirtualMachineConfigSummary;
  storage?: VirtualMachineStorageSummary | undefined;
  quickStats: VirtualMachineQuickStats;
  overallStatus: Enum.ManagedEntityStatus;
  customValue?: readonly CustomFieldValue[] | undefined;
}

export interface VirtualMachineConfigSummary extends DynamicData {
  name: string;
  template: boolean;
  vmPathName: string;
  memorySizeMB?: number | undefined;
  cpuReservation?: number | undefined;
  memoryReservation?: number | undefined;
  numCpu?: number | undefined;
  numEthernetCards?: number | undefined;
  numVirtualDisks?: number | undefined;
  uuid?: string | undefined;
  instanceUuid?: string | undefined;
  guestId?: string | undefined;
  guestFullName?: string | undefined;
  annotation?: string | undefined;
  product?: VAppProductInfo | undefined;
  installBootRequired?: boolean | undefined;
  ftInfo?: FaultToleranceConfigInfo | undefined;
  managedBy?: ManagedByInfo | undefined;
  tpmPresent?: boolean | undefined;
  numVmiopBackings?: number | undefined;
  hwVersion?: string | undefined;
}

export interface VirtualMachineQuickStats extends DynamicData {
  overallCpuUsage?: number | undefined;
  overallCpuDemand?: number | undefined;
  overallCpuReadiness?: number | undefined;
  guestMemoryUsage?: number | undefined;
  hostMemoryUsage?: number | undefined;
  guestHeartbeatStatus: Enum.ManagedEntityStatus;
  distributedCpuEntitlement?: number | undefined;
  distributedMemoryEntitlement?: number | undefined;
  staticCpuEntitlement?: number | undefined;
  staticMemoryEntitlement?: number | undefined;
  grantedMemory?: number | undefined;
  privateMemory?: number | undefined;
  sharedMemory?: number | undefined;
  swappedMemory?: number | undefined;
  balloonedMemory?: number | undefined;
  consumedOverheadMemory?: number | undefined;
  ftLogBandwidth?: number | undefined;
  ftSecondaryLatency?: number | undefined;
  ftLatencyStatus?: Enum.ManagedEntityStatus | undefined;
  compressedMemory?: number | bigint | undefined;
  uptimeSeconds?: number | undefined;
  ssdSwappedMemory?: number | bigint | undefined;
  activeMemory?: number | undefined;
  memoryTierStats?: readonly VirtualMachineQuickStatsMemoryTierStats[] | undefined;
}

export interface VirtualMachineQuickStatsMemoryTierStats extends DynamicData {
  memoryTierType: string;
  readBandwidth: number | bigint;
}

export interface VirtualMachineGuestSummary extends DynamicData {
  guestId?: string | undefined;
  guestFullName?: string | undefined;
  toolsStatus?: Enum.VirtualMachineToolsStatus | undefined;
  toolsVersionStatus?: string | undefined;
  toolsVersionStatus2?: string | undefined;
  toolsRunningStatus?: string | undefined;
  hostName?: string | undefined;
  ipAddress?: string | undefined;
  hwVersion?: string | undefined;
}

export interface VirtualMachineStorageSummary extends DynamicData {
  committed: number | bigint;
  uncommitted: number | bigint;
  unshared: number | bigint;
  timestamp: Date;
}

export interface VirtualMachineVFlashModuleInfo extends VirtualMachineTargetInfo {
  vFlashModule: HostVFlashManagerVFlashCacheConfigInfoVFlashModuleConfigOption;
}

export interface VirtualMachineImportSpec extends ImportSpec {
  configSpec: VirtualMachineConfigSpec;
  resPoolEntity?: MoRef | undefined;
}

export interface CustomizationAutoIpV6Generator extends CustomizationIpV6Generator {
}

export interface CustomizationCloudinitPrep extends CustomizationIdentitySettings {
  metadata: string;
  userdata?: string | undefined;
}

export interface CustomizationCustomIpGenerator extends CustomizationIpGenerator {
  argument?: string | undefined;
}

export interface CustomizationCustomIpV6Generator extends CustomizationIpV6Generator {
  argument?: string | undefined;
}

export interface CustomizationCustomName extends CustomizationName {
  argument?: string | undefined;
}

export interface CustomizationDhcpIpGenerator extends CustomizationIpGenerator {
}

export interface CustomizationDhcpIpV6Generator extends CustomizationIpV6Generator {
}

export interface CustomizationFixedIp extends CustomizationIpGenerator {
  ipAddress: string;
}

export interface CustomizationFixedIpV6 extends CustomizationIpV6Generator {
  ipAddress: string;
  subnetMask: number;
}

export interface CustomizationFixedName extends CustomizationName {
  name: string;
}

export interface CustomizationLinuxOptions extends CustomizationOptions {
}

export interface VirtualCdrom extends VirtualDevice {
}

export interface VirtualCdromIsoBackingInfo extends VirtualDeviceFileBackingInfo {
}

export interface VirtualCdromPassthroughBackingInfo extends VirtualDeviceDeviceBackingInfo {
  exclusive: boolean;
}

export interface VirtualCdromRemotePassthroughBackingInfo extends VirtualDeviceRemoteDeviceBackingInfo {
  exclusive: boolean;
}

export interface VirtualCdromAtapiBackingInfo extends VirtualDeviceDeviceBackingInfo {
}

export interface VirtualCdromRemoteAtapiBackingInfo extends VirtualDeviceRemoteDeviceBackingInfo {
}

export interface VirtualCdromOption extends VirtualDeviceOption {
}

export interface VirtualCdromIsoBackingOption extends VirtualDeviceFileBackingOption {
}

export interface VirtualCdromPassthroughBackingOption extends VirtualDeviceDeviceBackingOption {
  exclusive: BoolOption;
}

export interface VirtualCdromRemotePassthroughBackingOption extends VirtualDeviceRemoteDeviceBackingOption {
  exclusive: BoolOption;
}

export interface VirtualCdromAtapiBackingOption extends VirtualDeviceDeviceBackingOption {
}

export interface VirtualCdromRemoteAtapiBackingOption extends VirtualDeviceDeviceBackingOption {
}

export interface VirtualController extends VirtualDevice {
  busNumber: number;
  device?: readonly number[] | undefined;
}

export interface VirtualControllerOption extends VirtualDeviceOption {
  devices: IntOption;
  supportedDevice?: readonly string[] | undefined;
}

export interface VirtualE1000 extends VirtualEthernetCard {
}

export interface VirtualE1000Option extends VirtualEthernetCardOption {
}

export interface VirtualE1000e extends VirtualEthernetCard {
}

export interface VirtualE1000eOption extends VirtualEthernetCardOption {
}

export interface VirtualEnsoniq1371 extends VirtualSoundCard {
}

export interface VirtualEnsoniq1371Option extends VirtualSoundCardOption {
}

export interface VirtualHdAudioCard extends VirtualSoundCard {
}

export interface VirtualHdAudioCardOption extends VirtualSoundCardOption {
}

export interface VirtualIDEController extends VirtualController {
}

export interface VirtualIDEControllerOption extends VirtualControllerOption {
  numIDEDisks: IntOption;
  numIDECdroms: IntOption;
}

export interface VirtualNVDIMMController extends VirtualController {
}

export interface VirtualNVDIMMControllerOption extends VirtualControllerOption {
  numNVDIMMControllers: IntOption;
}

export interface VirtualNVMEController extends VirtualController {
  sharedBus?: string | undefined;
}

export interface VirtualNVMEControllerOption extends VirtualControllerOption {
  numNVMEDisks: IntOption;
  sharing?: readonly string[] | undefined;
}

export interface VirtualPCIController extends VirtualController {
}

export interface VirtualPCIControllerOption extends VirtualControllerOption {
  numSCSIControllers: IntOption;
  numEthernetCards: IntOption;
  numVideoCards: IntOption;
  numSoundCards: IntOption;
  numVmiRoms: IntOption;
  numVmciDevices: IntOption;
  numPCIPassthroughDevices: IntOption;
  numSasSCSIControllers: IntOption;
  numVmxnet3EthernetCards: IntOption;
  numParaVirtualSCSIControllers: IntOption;
  numSATAControllers: IntOption;
  numNVMEControllers?: IntOption | undefined;
  numVmxnet3VrdmaEthernetCards?: IntOption | undefined;
}

export interface VirtualPS2Controller extends VirtualController {
}

export interface VirtualPS2ControllerOption extends VirtualControllerOption {
  numKeyboards: IntOption;
  numPointingDevices: IntOption;
}

export interface VirtualSATAController extends VirtualController {
}

export interface VirtualSATAControllerOption extends VirtualControllerOption {
  numSATADisks: IntOption;
  numSATACdroms: IntOption;
}

export interface VirtualSCSIController extends VirtualController {
  hotAddRemove?: boolean | undefined;
  sharedBus: Enum.VirtualSCSISharing;
  scsiCtlrUnitNumber?: number | undefined;
}

export interface VirtualSCSIControllerOption extends VirtualControllerOption {
  numSCSIDisks: IntOption;
  numSCSICdroms: IntOption;
  numSCSIPassthrough: IntOption;
  sharing: readonly Enum.VirtualSCSISharing[];
  defaultSharedIndex: number;
  hotAddRemove: BoolOption;
  scsiCtlrUnitNumber: number;
}

export interface VirtualSIOController extends VirtualController {
}

export interface VirtualSIOControllerOption extends VirtualControllerOption {
  numFloppyDrives: IntOption;
  numSerialPorts: IntOption;
  numParallelPorts: IntOption;
}

export interface VirtualSoundBlaster16 extends VirtualSoundCard {
}

export interface VirtualSoundBlaster16Option extends VirtualSoundCardOption {
}

export interface VirtualUSBController extends VirtualController {
  autoConnectDevices?: boolean | undefined;
  ehciEnabled?: boolean | undefined;
}

export interface VirtualUSBControllerPciBusSlotInfo extends VirtualDevicePciBusSlotInfo {
  ehciPciSlotNumber?: number | undefined;
}

export interface VirtualUSBControllerOption extends VirtualControllerOption {
  autoConnectDevices: BoolOption;
  ehciSupported: BoolOption;
  supportedSpeeds: readonly string[];
}

export interface VirtualUSBXHCIController extends VirtualController {
  autoConnectDevices?: boolean | undefined;
}

export interface VirtualUSBXHCIControllerOption extends VirtualControllerOption {
  autoConnectDevices: BoolOption;
  supportedSpeeds: readonly string[];
}

export interface VirtualVmxnet2Option extends VirtualVmxnetOption {
}

export interface VirtualVmxnet3Option extends VirtualVmxnetOption {
  uptv2Enabled?: BoolOption | undefined;
}

export interface VirtualVmxnet3VrdmaOption extends VirtualVmxnet3Option {
  deviceProtocol?: ChoiceOption | undefined;
}

export interface VslmCloneSpec extends VslmMigrateSpec {
  name: string;
  keepAfterDeleteVm?: boolean | undefined;
  metadata?: readonly KeyValue[] | undefined;
}

export interface ComputeResourceSummary extends DynamicData {
  totalCpu: number;
  totalMemory: number | bigint;
  numCpuCores: number;
  numCpuThreads: number;
  effectiveCpu: number;
  effectiveMemory: number | bigint;
  numHosts: number;
  numEffectiveHosts: number;
  overallStatus: Enum.ManagedEntityStatus;
}

export interface ComputeResourceConfigInfo extends DynamicData {
  vmSwapPlacement: string;
  spbmEnabled?: boolean | undefined;
  defaultHardwareVersionKey?: string | undefined;
  maximumHardwareVersionKey?: string | undefined;
}

export interface ComputeResourceHostSPBMLicenseInfo extends DynamicData {
  host: MoRef;
  licenseState: Enum.ComputeResourceHostSPBMLicenseInfoHostSPBMLicenseState;
}

export interface ComputeResourceHostSeedSpec extends DynamicData {
  singleHostSpec: ComputeResourceHostSeedSpecSingleHostSpec;
}

export interface ComputeResourceHostSeedSpecSingleHostSpec extends DynamicData {
  newHostCnxSpec?: HostConnectSpec | undefined;
  existingHost?: MoRef | undefined;
}

export interface ComputeResourceConfigSpec extends DynamicData {
  vmSwapPlacement?: string | undefined;
  spbmEnabled?: boolean | undefined;
  defaultHardwareVersionKey?: string | undefined;
  desiredSoftwareSpec?: DesiredSoftwareSpec | undefined;
  maximumHardwareVersionKey?: string | undefined;
  enableConfigManager?: boolean | undefined;
  hostSeedSpec?: ComputeResourceHostSeedSpec | undefined;
}

export interface DatacenterBasicConnectInfo extends DynamicData {
  hostname?: string | undefined;
  error?: LocalizedMethodFault | undefined;
  serverIp?: string | undefined;
  numVm?: number | undefined;
  numPoweredOnVm?: number | undefined;
  hostProductInfo?: AboutInfo | undefined;
  hardwareVendor?: string | undefined;
  hardwareModel?: string | undefined;
}

export interface DatacenterConfigInfo extends DynamicData {
  defaultHardwareVersionKey?: string | undefined;
  maximumHardwareVersionKey?: string | undefined;
}

export interface DatacenterConfigSpec extends DynamicData {
  defaultHardwareVersionKey?: string | undefined;
  maximumHardwareVersionKey?: string | undefined;
}

export interface DatastoreSummary extends DynamicData {
  datastore?: MoRef | undefined;
  name: string;
  url: string;
  capacity: number | bigint;
  freeSpace: number | bigint;
  uncommitted?: number | bigint | undefined;
  accessible: boolean;
  multipleHostAccess?: boolean | undefined;
  type: string;
  maintenanceMode?: string | undefined;
}

export interface DatastoreInfo extends DynamicData {
  name: string;
  url: string;
  freeSpace: number | bigint;
  maxFileSize: number | bigint;
  maxVirtualDiskCapacity?: number | bigint | undefined;
  maxMemoryFileSize: number | bigint;
  timestamp?: Date | undefined;
  containerId?: string | undefined;
  aliasOf?: string | undefined;
}

export interface DatastoreCapability extends DynamicData {
  directoryHierarchySupported: boolean;
  rawDiskMappingsSupported: boolean;
  perFileThinProvisioningSupported: boolean;
  storageIORMSupported: boolean;
  nativeSnapshotSupported: boolean;
  topLevelDirectoryCreateSupported?: boolean | undefined;
  seSparseSupported?: boolean | undefined;
  vmfsSparseSupported?: boolean | undefined;
  vsanSparseSupported?: boolean | undefined;
  upitSupported?: boolean | undefined;
  vmdkExpandSupported?: boolean | undefined;
  clusteredVmdkSupported?: boolean | undefined;
}

export interface DatastoreHostMount extends DynamicData {
  key: MoRef;
  mountInfo: HostMountInfo;
}

export interface DatastoreMountPathDatastorePair extends DynamicData {
  oldMountPath: string;
  datastore: MoRef;
}

export interface DatastoreVVolContainerFailoverPair extends DynamicData {
  srcContainer?: string | undefined;
  tgtContainer: string;
  vvolMapping?: readonly KeyValue[] | undefined;
}

export interface DVSContactInfo extends DynamicData {
  name?: string | undefined;
  contact?: string | undefined;
}

export interface DVSNetworkResourceManagementCapability extends DynamicData {
  networkResourceManagementSupported: boolean;
  networkResourcePoolHighShareValue: number;
  qosSupported: boolean;
  userDefinedNetworkResourcePoolsSupported: boolean;
  networkResourceControlVersion3Supported?: boolean | undefined;
  userDefinedInfraTrafficPoolSupported?: boolean | undefined;
}

export interface DVSRollbackCapability extends DynamicData {
  rollbackSupported: boolean;
}

export interface DVSBackupRestoreCapability extends DynamicData {
  backupRestoreSupported: boolean;
}

export interface DVSFeatureCapability extends DynamicData {
  networkResourceManagementSupported: boolean;
  vmDirectPathGen2Supported?: boolean | undefined;
  nicTeamingPolicy?: readonly string[] | undefined;
  networkResourcePoolHighShareValue?: number | undefined;
  networkResourceManagementCapability?: DVSNetworkResourceManagementCapability | undefined;
  healthCheckCapability?: DVSHealthCheckCapability | undefined;
  rollbackCapability?: DVSRollbackCapability | undefined;
  backupRestoreCapability?: DVSBackupRestoreCapability | undefined;
  networkFilterSupported?: boolean | undefined;
  macLearningSupported?: boolean | undefined;
}

export interface DVSHealthCheckCapability extends DynamicData {
}

export interface DVSCapability extends DynamicData {
  dvsOperationSupported?: boolean | undefined;
  dvPortGroupOperationSupported?: boolean | undefined;
  dvPortOperationSupported?: boolean | undefined;
  compatibleHostComponentProductInfo?: readonly DynamicData[] | undefined;
  featuresSupported?: DVSFeatureCapability | undefined;
}

export interface DVSSummary extends DynamicData {
  name: string;
  uuid: string;
  numPorts: number;
  productInfo?: DynamicData | undefined;
  hostMember?: readonly MoRef[] | undefined;
  vm?: readonly MoRef[] | undefined;
  host?: readonly MoRef[] | undefined;
  portgroupName?: readonly string[] | undefined;
  description?: string | undefined;
  contact?: DVSContactInfo | undefined;
  numHosts?: number | undefined;
}

export interface DVSPolicy extends DynamicData {
  autoPreInstallAllowed?: boolean | undefined;
  autoUpgradeAllowed?: boolean | undefined;
  partialUpgradeAllowed?: boolean | undefined;
}

export interface DVSUplinkPortPolicy extends DynamicData {
}

export interface DVSNameArrayUplinkPortPolicy extends DVSUplinkPortPolicy {
  uplinkPortName: readonly string[];
}

export interface DVSConfigSpec extends DynamicData {
  configVersion?: string | undefined;
  name?: string | undefined;
  numStandalonePorts?: number | undefined;
  maxPorts?: number | undefined;
  uplinkPortPolicy?: DVSUplinkPortPolicy | undefined;
  uplinkPortgroup?: readonly MoRef[] | undefined;
  defaultPortConfig?: DynamicData | undefined;
  host?: readonly DynamicData[] | undefined;
  extensionKey?: string | undefined;
  description?: string | undefined;
  policy?: DVSPolicy | undefined;
  vendorSpecificConfig?: readonly DynamicData[] | undefined;
  contact?: DVSContactInfo | undefined;
  switchIpAddress?: string | undefined;
  defaultProxySwitchMaxNumPorts?: number | undefined;
  infrastructureTrafficResourceConfig?: readonly DvsHostInfrastructureTrafficResource[] | undefined;
  netResourcePoolTrafficResourceConfig?: readonly DvsHostInfrastructureTrafficResource[] | undefined;
  networkResourceControlVersion?: string | undefined;
}

export interface DVSCreateSpec extends DynamicData {
  configSpec: DVSConfigSpec;
  productInfo?: DynamicData | undefined;
  capability?: DVSCapability | undefined;
}

export interface DVSConfigInfo extends DynamicData {
  uuid: string;
  name: string;
  numStandalonePorts: number;
  numPorts: number;
  maxPorts: number;
  uplinkPortPolicy: DVSUplinkPortPolicy;
  uplinkPortgroup?: readonly MoRef[] | undefined;
  defaultPortConfig: DynamicData;
  host?: readonly DynamicData[] | undefined;
  productInfo: DynamicData;
  targetInfo?: DynamicData | undefined;
  extensionKey?: string | undefined;
  vendorSpecificConfig?: readonly DynamicData[] | undefined;
  policy?: DVSPolicy | undefined;
  description?: string | undefined;
  configVersion: string;
  contact: DVSContactInfo;
  switchIpAddress?: string | undefined;
  createTime: Date;
  networkResourceManagementEnabled: boolean;
  defaultProxySwitchMaxNumPorts?: number | undefined;
  healthCheckConfig?: readonly DVSHealthCheckConfig[] | undefined;
  infrastructureTrafficResourceConfig?: readonly DvsHostInfrastructureTrafficResource[] | undefined;
  netResourcePoolTrafficResourceConfig?: readonly DvsHostInfrastructureTrafficResource[] | undefined;
  networkResourceControlVersion?: string | undefined;
  vmVnicNetworkResourcePool?: readonly DynamicData[] | undefined;
  pnicCapacityRatioForReservation?: number | undefined;
}

export interface DvsHostInfrastructureTrafficResource extends DynamicData {
  key: string;
  description?: string | undefined;
  allocationInfo: DvsHostInfrastructureTrafficResourceAllocation;
}

export interface DvsHostInfrastructureTrafficResourceAllocation extends DynamicData {
  limit?: number | bigint | undefined;
  shares?: SharesInfo | undefined;
  reservation?: number | bigint | undefined;
}

export interface DVSHealthCheckConfig extends DynamicData {
  enable?: boolean | undefined;
  interval?: number | undefined;
}

export interface DvsResourceRuntimeInfo extends DynamicData {
  capacity?: number | undefined;
  usage?: number | undefined;
  available?: number | undefined;
  allocatedResource?: readonly DynamicData[] | undefined;
  vmVnicNetworkResourcePoolRuntime?: readonly DynamicData[] | undefined;
}

export interface DVSRuntimeInfo extends DynamicData {
  hostMemberRuntime?: readonly DynamicData[] | undefined;
  resourceRuntimeInfo?: DvsResourceRuntimeInfo | undefined;
}

export interface FolderNewHostSpec extends DynamicData {
  hostCnxSpec: HostConnectSpec;
  esxLicense?: string | undefined;
}

export interface FolderFailedHostResult extends DynamicData {
  hostName?: string | undefined;
  host?: MoRef | undefined;
  context: LocalizableMessage;
  fault: LocalizedMethodFault;
}

export interface FolderBatchAddStandaloneHostsResult extends DynamicData {
  addedHosts?: readonly MoRef[] | undefined;
  hostsFailedInventoryAdd?: readonly FolderFailedHostResult[] | undefined;
}

export interface FolderBatchAddHostsToClusterResult extends DynamicData {
  hostsAddedToCluster?: readonly MoRef[] | undefined;
  hostsFailedInventoryAdd?: readonly FolderFailedHostResult[] | undefined;
  hostsFailedMoveToCluster?: readonly FolderFailedHostResult[] | undefined;
}

export interface HealthUpdate extends DynamicData {
  entity: MoRef;
  healthUpdateInfoId: string;
  id: string;
  status: Enum.ManagedEntityStatus;
  remediation: string;
}

export interface HostSystemRemediationState extends DynamicData {
  state: string;
  operationTime: Date;
}

export interface HostSystemComplianceCheckState extends DynamicData {
  state: string;
  checkTime: Date;
}

export interface HostSystemReconnectSpec extends DynamicData {
  syncState?: boolean | undefined;
}

export interface HostVMotionCompatibility extends DynamicData {
  host: MoRef;
  compatibility?: readonly string[] | undefined;
}

export interface ProductComponentInfo extends DynamicData {
  id: string;
  name: string;
  version: string;
  release: number;
}

export interface StoragePodSummary extends DynamicData {
  name: string;
  capacity: number | bigint;
  freeSpace: number | bigint;
}

export interface VasaProviderContainerSpec extends DynamicData {
  vasaProviderInfo?: readonly VimVasaProviderInfo[] | undefined;
  scId: string;
  deleted: boolean;
  stretched?: boolean | undefined;
}

export interface AlarmAcknowledgedEvent extends AlarmEvent {
  source: ManagedEntityEventArgument;
  entity: ManagedEntityEventArgument;
}

export interface AlarmActionTriggeredEvent extends AlarmEvent {
  source: ManagedEntityEventArgument;
  entity: ManagedEntityEventArgument;
}

export interface AlarmClearedEvent extends AlarmEvent {
  source: ManagedEntityEventArgument;
  entity: ManagedEntityEventArgument;
  from: string;
}

export interface AlarmCreatedEvent extends AlarmEvent {
  entity: ManagedEntityEventArgument;
}

export interface AlarmEmailCompletedEvent extends AlarmEvent {
  entity: ManagedEntityEventArgument;
  to: string;
}

export interface AlarmEmailFailedEvent extends AlarmEvent {
  entity: ManagedEntityEventArgument;
  to: string;
  reason: LocalizedMethodFault;
}

export interface AlarmEventArgument extends EntityEventArgument {
  alarm: MoRef;
}

export interface ClusterComplianceCheckedEvent extends ClusterEvent {
  profile: ProfileEventArgument;
}

export interface ClusterCreatedEvent extends ClusterEvent {
  parent: FolderEventArgument;
}

export interface ClusterDestroyedEvent extends ClusterEvent {
}

export interface ComputeResourceEventArgument extends EntityEventArgument {
  computeResource: MoRef;
}

export interface CustomFieldDefEvent extends CustomFieldEvent {
  fieldKey: number;
  name: string;
}

export interface CustomFieldDefRemovedEvent extends CustomFieldDefEvent {
}

export interface CustomFieldDefRenamedEvent extends CustomFieldDefEvent {
  newName: string;
}

export interface DVPortgroupCreatedEvent extends DVPortgroupEvent {
}

export interface DVPortgroupDestroyedEvent extends DVPortgroupEvent {
}

export interface DatacenterCreatedEvent extends DatacenterEvent {
  parent: FolderEventArgument;
}

export interface DatacenterEventArgument extends EntityEventArgument {
  datacenter: MoRef;
}

export interface DatastoreCapacityIncreasedEvent extends DatastoreEvent {
  oldCapacity: number | bigint;
  newCapacity: number | bigint;
}

export interface DatastoreDestroyedEvent extends DatastoreEvent {
}

export interface DatastoreDuplicatedEvent extends DatastoreEvent {
}

export interface DatastoreEventArgument extends EntityEventArgument {
  datastore: MoRef;
}

export interface DatastoreFileCopiedEvent extends DatastoreFileEvent {
  sourceDatastore: DatastoreEventArgument;
  sourceFile: string;
}

export interface DatastoreFileDeletedEvent extends DatastoreFileEvent {
}

export interface DrsEnteredStandbyModeEvent extends EnteredStandbyModeEvent {
}

export interface DrsEnteringStandbyModeEvent extends EnteringStandbyModeEvent {
}

export interface DrsExitStandbyModeFailedEvent extends ExitStandbyModeFailedEvent {
}

export interface DrsExitedStandbyModeEvent extends ExitedStandbyModeEvent {
}

export interface DrsExitingStandbyModeEvent extends ExitingStandbyModeEvent {
}

export interface DvsCreatedEvent extends DvsEvent {
  parent: FolderEventArgument;
}

export interface DvsDestroyedEvent extends DvsEvent {
}

export interface DvsEventArgument extends EntityEventArgument {
  dvs: MoRef;
}

export interface DvsReconfiguredEvent extends DvsEvent {
  configSpec: DVSConfigSpec;
  configChanges?: ChangesInfoEventArgument | undefined;
}

export interface MigrationErrorEvent extends MigrationEvent {
}

export interface PermissionAddedEvent extends PermissionEvent {
  role: RoleEventArgument;
  propagate: boolean;
}

export interface RoleAddedEvent extends RoleEvent {
  privilegeList?: readonly string[] | undefined;
}

export interface VmBeingClonedEvent extends VmCloneEvent {
  destFolder: FolderEventArgument;
  destName: string;
  destHost: HostEventArgument;
}

export interface VmBeingClonedNoFolderEvent extends VmCloneEvent {
  destName: string;
  destHost: HostEventArgument;
}

export interface ActiveVMsBlockingEVC extends EVCConfigFault {
  evcMode?: string | undefined;
  host?: readonly MoRef[] | undefined;
  hostName?: readonly string[] | undefined;
}

export interface AdminDisabled extends HostConfigFault {
}

export interface AdminNotDisabled extends HostConfigFault {
}

export interface AffinityConfigured extends MigrationFault {
  configuredAffinity: readonly string[];
}

export interface AgentInstallFailed extends HostConnectFault {
  reason?: string | undefined;
  statusCode?: number | undefined;
  installerOutput?: string | undefined;
}

export interface AlreadyBeingManaged extends HostConnectFault {
  ipAddress: string;
}

export interface AlreadyConnected extends HostConnectFault {
  name: string;
}

export interface ApplicationQuiesceFault extends SnapshotFault {
}

export interface BackupBlobReadFailure extends DvsFault {
  entityName: string;
  entityType: string;
  fault: LocalizedMethodFault;
}

export interface BackupBlobWriteFailure extends DvsFault {
  entityName: string;
  entityType: string;
  fault: LocalizedMethodFault;
}

export interface BlockedByFirewall extends HostConfigFault {
}

export interface CAMServerRefusedConnection extends InvalidCAMServer {
}

export interface CannotAccessFile extends FileFault {
}

export interface CannotAccessNetwork extends CannotAccessVmDevice {
  network?: MoRef | undefined;
}

export interface CannotAddHostWithFTVmAsStandalone extends HostConnectFault {
}

export interface CannotAddHostWithFTVmToDifferentCluster extends HostConnectFault {
}

export interface CannotAddHostWithFTVmToNonHACluster extends HostConnectFault {
}

export interface CannotCreateFile extends FileFault {
}

export interface CannotDecryptPasswords extends CustomizationFault {
}

export interface CannotDeleteFile extends FileFault {
}

export interface CannotModifyConfigCpuRequirements extends MigrationFault {
}

export interface CannotMoveVmWithDeltaDisk extends MigrationFault {
  device: string;
}

export interface CannotMoveVmWithNativeDeltaDisk extends MigrationFault {
}

export interface CannotPowerOffVmInCluster extends InvalidState {
  operation: string;
  vm: MoRef;
  vmName: string;
}

export interface ClockSkew extends HostConfigFault {
}

export interface CloneFromSnapshotNotSupported extends MigrationFault {
}

export interface CollectorAddressUnset extends DvsFault {
}

export interface ConflictingConfiguration extends DvsFault {
  configInConflict: readonly ConflictingConfigurationConfig[];
}

export interface ConflictingConfigurationConfig extends DynamicData {
  entity?: MoRef | undefined;
  propertyPath: string;
}

export interface CpuIncompatible extends VirtualHardwareCompatibilityIssue {
  level: number;
  registerName: string;
  registerBits?: string | undefined;
  desiredBits?: string | undefined;
  host?: MoRef | undefined;
}

export interface CpuIncompatible1ECX extends CpuIncompatible {
  sse3: boolean;
  pclmulqdq: boolean;
  ssse3: boolean;
  sse41: boolean;
  sse42: boolean;
  aes: boolean;
  other: boolean;
  otherOnly: boolean;
}

export interface CpuIncompatible81EDX extends CpuIncompatible {
  nx: boolean;
  ffxsr: boolean;
  rdtscp: boolean;
  lm: boolean;
  other: boolean;
  otherOnly: boolean;
}

export interface DatacenterMismatch extends MigrationFault {
  invalidArgument: readonly DatacenterMismatchArgument[];
  expectedDatacenter: MoRef;
}

export interface DatacenterMismatchArgument extends DynamicData {
  entity: MoRef;
  inputDatacenter?: MoRef | undefined;
}

export interface DatastoreNotWritableOnHost extends InvalidDatastore {
  host: MoRef;
}

export interface DestinationSwitchFull extends CannotAccessNetwork {
}

export interface DeviceNotSupported extends VirtualHardwareCompatibilityIssue {
  device: string;
  reason?: string | undefined;
}

export interface DigestNotSupported extends DeviceNotSupported {
}

export interface DirectoryNotEmpty extends FileFault {
}

export interface DisableAdminNotSupported extends HostConfigFault {
}

export interface DisallowedMigrationDeviceAttached extends MigrationFault {
  fault: LocalizedMethodFault;
}

export interface DisconnectedHostsBlockingEVC extends EVCConfigFault {
}

export interface DiskHasPartitions extends VsanDiskFault {
}

export interface DiskIsLastRemainingNonSSD extends VsanDiskFault {
}

export interface DiskIsNonLocal extends VsanDiskFault {
}

export interface DiskIsUSB extends VsanDiskFault {
}

export interface DiskMoveTypeNotSupported extends MigrationFault {
}

export interface DiskNotSupported extends VirtualHardwareCompatibilityIssue {
  disk: number;
}

export interface DiskTooSmall extends VsanDiskFault {
}

export interface DrsVmotionIncompatibleFault extends VirtualHardwareCompatibilityIssue {
  host: MoRef;
}

export interface DuplicateDisks extends VsanDiskFault {
}

export interface DvsApplyOperationFault extends DvsFault {
  objectFault: readonly DvsApplyOperationFaultFaultOnObject[];
}

export interface DvsApplyOperationFaultFaultOnObject extends DynamicData {
  objectId: string;
  type: string;
  fault: LocalizedMethodFault;
}

export interface EVCAdmissionFailed extends NotSupportedHostInCluster {
  faults?: readonly LocalizedMethodFault[] | undefined;
}

export interface EVCAdmissionFailedCPUFeaturesForMode extends EVCAdmissionFailed {
  currentEVCModeKey: string;
}

export interface EVCAdmissionFailedCPUModel extends EVCAdmissionFailed {
}

export interface EVCAdmissionFailedCPUModelForMode extends EVCAdmissionFailed {
  currentEVCModeKey: string;
}

export interface EVCAdmissionFailedCPUVendor extends EVCAdmissionFailed {
  clusterCPUVendor: string;
  hostCPUVendor: string;
}

export interface EVCAdmissionFailedCPUVendorUnknown extends EVCAdmissionFailed {
}

export interface EVCAdmissionFailedHostDisconnected extends EVCAdmissionFailed {
}

export interface EVCAdmissionFailedHostSoftware extends EVCAdmissionFailed {
}

export interface EVCAdmissionFailedHostSoftwareForMode extends EVCAdmissionFailed {
}

export interface EVCAdmissionFailedVmActive extends EVCAdmissionFailed {
}

export interface EncryptionKeyRequired extends InvalidState {
  requiredKey?: readonly DynamicData[] | undefined;
}

export interface FailToEnableSPBM extends NotEnoughLicenses {
  cs: MoRef;
  csName: string;
  hostLicenseStates: readonly ComputeResourceHostSPBMLicenseInfo[];
}

export interface FaultToleranceAntiAffinityViolated extends MigrationFault {
  hostName: string;
  host: MoRef;
}

export interface FaultToleranceCpuIncompatible extends CpuIncompatible {
  model: boolean;
  family: boolean;
  stepping: boolean;
}

export interface FaultToleranceNeedsThickDisk extends MigrationFault {
  vmName: string;
}

export interface FaultToleranceNotSameBuild extends MigrationFault {
  build: string;
}

export interface FeatureRequirementsNotMet extends VirtualHardwareCompatibilityIssue {
  featureRequirement?: readonly VirtualMachineFeatureRequirement[] | undefined;
  vm?: MoRef | undefined;
  host?: MoRef | undefined;
}

export interface FileAlreadyExists extends FileFault {
}

export interface FileBackedPortNotSupported extends DeviceNotSupported {
}

export interface FilesystemQuiesceFault extends SnapshotFault {
}

export interface FilterInUse extends ResourceInUse {
  disk?: readonly VirtualDiskId[] | undefined;
}

export interface FullStorageVMotionNotSupported extends MigrationFeatureNotSupported {
}

export interface GatewayConnectFault extends HostConnectFault {
  gatewayType: string;
  gatewayId: string;
  gatewayInfo: string;
  details?: LocalizableMessage | undefined;
}

export interface GatewayNotFound extends GatewayConnectFault {
}

export interface GatewayNotReachable extends GatewayConnectFault {
}

export interface GatewayOperationRefused extends GatewayConnectFault {
}

export interface GatewayToHostConnectFault extends GatewayConnectFault {
  hostname: string;
  port?: number | undefined;
}

export interface GatewayToHostTrustVerifyFault extends GatewayToHostConnectFault {
  verificationToken: string;
  propertiesToVerify: readonly KeyValue[];
}

export interface GuestAuthenticationChallenge extends GuestOperationsFault {
  serverChallenge: GuestAuthentication;
  sessionID: number | bigint;
}

export interface GuestComponentsOutOfDate extends GuestOperationsFault {
}

export interface GuestMultipleMappings extends GuestOperationsFault {
}

export interface GuestRegistryKeyAlreadyExists extends GuestRegistryKeyFault {
}

export interface HAErrorsAtDest extends MigrationFault {
}

export interface HostConfigFailed extends HostConfigFault {
  failure: readonly LocalizedMethodFault[];
}

export interface HotSnapshotMoveNotSupported extends SnapshotCopyNotSupported {
}

export interface IDEDiskNotSupported extends DiskNotSupported {
}

export interface InaccessibleDatastore extends InvalidDatastore {
  detail?: string | undefined;
}

export interface InaccessibleFTMetadataDatastore extends InaccessibleDatastore {
}

export interface IncompatibleDefaultDevice extends MigrationFault {
  device: string;
}

export interface IncompatibleHostForVmReplication extends ReplicationFault {
  vmName: string;
  hostName: string;
  reason: string;
}

export interface IndependentDiskVMotionNotSupported extends MigrationFeatureNotSupported {
}

export interface InsufficientAgentVmsDeployed extends InsufficientResourcesFault {
  hostName: string;
  requiredNumAgentVms: number;
  currentNumAgentVms: number;
}

export interface InsufficientCpuResourcesFault extends InsufficientResourcesFault {
  unreserved: number | bigint;
  requested: number | bigint;
}

export interface InsufficientDisks extends VsanDiskFault {
}

export interface InsufficientFailoverResourcesFault extends InsufficientResourcesFault {
}

export interface InsufficientGraphicsResourcesFault extends InsufficientResourcesFault {
}

export interface InsufficientHostCapacityFault extends InsufficientResourcesFault {
  host?: MoRef | undefined;
}

export interface InsufficientHostCpuCapacityFault extends InsufficientHostCapacityFault {
  unreserved: number | bigint;
  requested: number | bigint;
}

export interface InsufficientHostMemoryCapacityFault extends InsufficientHostCapacityFault {
  unreserved: number | bigint;
  requested: number | bigint;
}

export interface InsufficientMemoryResourcesFault extends InsufficientResourcesFault {
  unreserved: number | bigint;
  requested: number | bigint;
}

export interface InsufficientNetworkCapacity extends InsufficientResourcesFault {
}

export interface InsufficientNetworkResourcePoolCapacity extends InsufficientResourcesFault {
  dvsName: string;
  dvsUuid: string;
  resourcePoolKey: string;
  available: number | bigint;
  requested: number | bigint;
  device: readonly string[];
}

export interface InsufficientPerCpuCapacity extends InsufficientHostCapacityFault {
}

export interface InsufficientStandbyCpuResource extends InsufficientStandbyResource {
  available: number | bigint;
  requested: number | bigint;
}

export interface InsufficientStandbyMemoryResource extends InsufficientStandbyResource {
  available: number | bigint;
  requested: number | bigint;
}

export interface InvalidBundle extends PlatformConfigFault {
}

export interface InvalidCAMCertificate extends InvalidCAMServer {
}

export interface InvalidClientCertificate extends InvalidLogin {
}

export interface InvalidDatastoreState extends InvalidState {
  datastoreName?: string | undefined;
}

export interface InvalidDeviceSpec extends InvalidVmConfig {
  deviceIndex: number;
}

export interface InvalidDiskFormat extends InvalidFormat {
}

export interface InvalidHostState extends InvalidState {
  host?: MoRef | undefined;
}

export interface InvalidNasCredentials extends NasConfigFault {
  userName: string;
}

export interface InvalidNetworkInType extends VAppPropertyFault {
}

export interface InvalidNetworkResource extends NasConfigFault {
  remoteHost: string;
  remotePath: string;
}

export interface InvalidPowerState extends InvalidState {
  requestedState?: Enum.VirtualMachinePowerState | undefined;
  existingState: Enum.VirtualMachinePowerState;
}

export interface InvalidPropertyType extends VAppPropertyFault {
}

export interface InvalidPropertyValue extends VAppPropertyFault {
}

export interface LargeRDMConversionNotSupported extends MigrationFault {
  device: string;
}

export interface LegacyNetworkInterfaceInUse extends CannotAccessNetwork {
}

export interface MaintenanceModeFileMove extends MigrationFault {
}

export interface MemoryFileFormatNotSupportedByDatastore extends UnsupportedDatastore {
  datastoreName: string;
  type: string;
}

export interface MemorySizeNotRecommended extends VirtualHardwareCompatibilityIssue {
  memorySizeMB: number;
  minMemorySizeMB: number;
  maxMemorySizeMB: number;
}

export interface MemorySizeNotSupported extends VirtualHardwareCompatibilityIssue {
  memorySizeMB: number;
  minMemorySizeMB: number;
  maxMemorySizeMB: number;
}

export interface MemorySizeNotSupportedByDatastore extends VirtualHardwareCompatibilityIssue {
  datastore: MoRef;
  memorySizeMB: number;
  maxMemorySizeMB: number;
}

export interface MemorySnapshotOnIndependentDisk extends SnapshotFault {
}

export interface MigrationDisabled extends MigrationFault {
}

export interface MissingController extends InvalidDeviceSpec {
}

export interface MissingIpPool extends VAppPropertyFault {
}

export interface MissingNetworkIpConfig extends VAppPropertyFault {
}

export interface MissingPowerOffConfiguration extends VAppConfigFault {
}

export interface MissingPowerOnConfiguration extends VAppConfigFault {
}

export interface MultiWriterNotSupported extends DeviceNotSupported {
}

export interface MultipleSnapshotsNotSupported extends SnapshotFault {
}

export interface NoAvailableIp extends VAppPropertyFault {
  network: MoRef;
}

export interface NoVcManagedIpConfigured extends VAppPropertyFault {
}

export interface NoVmInVApp extends VAppConfigFault {
}

export interface NonPersistentDisksNotSupported extends DeviceNotSupported {
}

export interface NonVmwareOuiMacNotSupportedHost extends NotSupportedHost {
  hostName: string;
}

export interface NotEnoughCpus extends VirtualHardwareCompatibilityIssue {
  numCpuDest: number;
  numCpuVm: number;
}

export interface NotEnoughLogicalCpus extends NotEnoughCpus {
  host?: MoRef | undefined;
}

export interface NotUserConfigurableProperty extends VAppPropertyFault {
}

export interface NumVirtualCoresPerSocketNotSupported extends VirtualHardwareCompatibilityIssue {
  maxSupportedCoresPerSocketDest: number;
  numCoresPerSocketVm: number;
}

export interface NumVirtualCpusNotSupported extends VirtualHardwareCompatibilityIssue {
  maxSupportedVcpusDest: number;
  numCpuVm: number;
}

export interface OvfAttribute extends OvfInvalidPackage {
  elementName: string;
  attributeName: string;
}

export interface OvfConstraint extends OvfInvalidPackage {
  name: string;
}

export interface OvfConsumerCallbackFault extends OvfFault {
  extensionKey: string;
  extensionName: string;
}

export interface OvfConsumerCommunicationError extends OvfConsumerCallbackFault {
  description: string;
}

export interface OvfConsumerFault extends OvfConsumerCallbackFault {
  errorKey: string;
  message: string;
  params?: readonly KeyValue[] | undefined;
}

export interface OvfConsumerInvalidSection extends OvfConsumerCallbackFault {
  lineNumber: number;
  description: string;
}

export interface OvfConsumerUndeclaredSection extends OvfConsumerCallbackFault {
  qualifiedSectionType: string;
}

export interface OvfConsumerUndefinedPrefix extends OvfConsumerCallbackFault {
  prefix: string;
}

export interface OvfCpuCompatibility extends OvfImport {
  registerName: string;
  level: number;
  registerValue: string;
  desiredRegisterValue: string;
}

export interface OvfCpuCompatibilityCheckNotSupported extends OvfImport {
}

export interface OvfDiskMappingNotFound extends OvfSystemFault {
  diskName: string;
  vmName: string;
}

export interface OvfDiskOrderConstraint extends OvfConstraint {
}

export interface OvfElement extends OvfInvalidPackage {
  name: string;
}

export interface OvfElementInvalidValue extends OvfElement {
  value: string;
}

export interface OvfExport extends OvfFault {
}

export interface OvfExportFailed extends OvfExport {
}

export interface OvfHardwareCheck extends OvfImport {
}

export interface OvfHardwareExport extends OvfExport {
  device?: VirtualDevice | undefined;
  vmPath: string;
}

export interface OvfHostResourceConstraint extends OvfConstraint {
  value: string;
}

export interface OvfHostValueNotParsed extends OvfSystemFault {
  property: string;
  value: string;
}

export interface OvfInternalError extends OvfSystemFault {
}

export interface OvfInvalidValue extends OvfAttribute {
  value: string;
}

export interface OvfInvalidValueConfiguration extends OvfInvalidValue {
}

export interface OvfInvalidValueEmpty extends OvfInvalidValue {
}

export interface OvfInvalidValueFormatMalformed extends OvfInvalidValue {
}

export interface OvfInvalidValueReference extends OvfInvalidValue {
}

export interface OvfInvalidVmName extends OvfUnsupportedPackage {
  name: string;
}

export interface OvfMissingAttribute extends OvfAttribute {
}

export interface OvfMissingElement extends OvfElement {
}

export interface OvfMissingElementNormalBoundary extends OvfMissingElement {
  boundary: string;
}

export interface OvfNoHostNic extends OvfUnsupportedPackage {
}

export interface OvfNoSupportedHardwareFamily extends OvfUnsupportedPackage {
  version: string;
}

export interface OvfPropertyExport extends OvfExport {
  type: string;
  value: string;
}

export interface OvfPropertyNetworkExport extends OvfExport {
  network: string;
}

export interface OvfUnableToExportDisk extends OvfHardwareExport {
  diskName: string;
}

export interface OvfUnexpectedElement extends OvfElement {
}

export interface OvfUnknownDeviceBacking extends OvfHardwareExport {
  backing: VirtualDeviceBackingInfo;
}

export interface OvfUnsupportedAttribute extends OvfUnsupportedPackage {
  elementName: string;
  attributeName: string;
}

export interface OvfUnsupportedAttributeValue extends OvfUnsupportedAttribute {
  value: string;
}

export interface OvfUnsupportedDeviceExport extends OvfHardwareExport {
}

export interface OvfUnsupportedElement extends OvfUnsupportedPackage {
  name: string;
}

export interface OvfUnsupportedElementValue extends OvfUnsupportedElement {
  value: string;
}

export interface OvfUnsupportedSection extends OvfUnsupportedElement {
  info: string;
}

export interface OvfWrongElement extends OvfElement {
}

export interface PatchAlreadyInstalled extends PatchNotApplicable {
}

export interface PatchInstallFailed extends PlatformConfigFault {
  rolledBack: boolean;
}

export interface PatchIntegrityError extends PlatformConfigFault {
}

export interface PatchMetadataCorrupted extends PatchMetadataInvalid {
}

export interface PatchMissingDependencies extends PatchNotApplicable {
  prerequisitePatch?: readonly string[] | undefined;
  prerequisiteLib?: readonly string[] | undefined;
}

export interface PowerOnFtSecondaryTimedout extends Timedout {
  vm: MoRef;
  vmName: string;
  timeout: number;
}

export interface QuiesceDatastoreIOForHAFailed extends ResourceInUse {
  host: MoRef;
  hostName: string;
  ds: MoRef;
  dsName: string;
}

export interface RDMNotSupported extends DeviceNotSupported {
}

export interface RawDiskNotSupported extends DeviceNotSupported {
}

export interface RemoteDeviceNotSupported extends DeviceNotSupported {
}

export interface ReplicationConfigFault extends ReplicationFault {
}

export interface ReplicationDiskConfigFault extends ReplicationConfigFault {
  reason?: string | undefined;
  vmRef?: MoRef | undefined;
  key?: number | undefined;
}

export interface ReplicationVmConfigFault extends ReplicationConfigFault {
  reason?: string | undefined;
  vmRef?: MoRef | undefined;
}

export interface SharedBusControllerNotSupported extends DeviceNotSupported {
}

export interface SnapshotCloneNotSupported extends SnapshotCopyNotSupported {
}

export interface SnapshotDisabled extends SnapshotFault {
}

export interface StorageVmotionIncompatible extends VirtualHardwareCompatibilityIssue {
  datastore?: MoRef | undefined;
}

export interface SwapDatastoreNotWritableOnHost extends DatastoreNotWritableOnHost {
}

export interface UnSupportedDatastoreForVFlash extends UnsupportedDatastore {
  datastoreName: string;
  type: string;
}

export interface UnconfiguredPropertyValue extends InvalidPropertyValue {
}

export interface VMINotSupported extends DeviceNotSupported {
}

export interface VMOnConflictDVPort extends CannotAccessNetwork {
}

export interface VMOnVirtualIntranet extends CannotAccessNetwork {
}

export interface VirtualDiskModeNotSupported extends DeviceNotSupported {
  mode: string;
}

export interface VirtualEthernetCardNotSupported extends DeviceNotSupported {
}

export interface VmfsAlreadyMounted extends VmfsMountFault {
}

export interface VmfsAmbiguousMount extends VmfsMountFault {
}

export interface HostConfigInfo extends DynamicData {
  host: MoRef;
  product: AboutInfo;
  deploymentInfo?: HostDeploymentInfo | undefined;
  hyperThread?: HostHyperThreadScheduleInfo | undefined;
  cpuScheduler?: HostCpuSchedulerInfo | undefined;
  consoleReservation?: ServiceConsoleReservationInfo | undefined;
  virtualMachineReservation?: VirtualMachineMemoryReservationInfo | undefined;
  storageDevice?: HostStorageDeviceInfo | undefined;
  multipathState?: HostMultipathStateInfo | undefined;
  fileSystemVolume?: HostFileSystemVolumeInfo | undefined;
  systemFile?: readonly string[] | undefined;
  network?: HostNetworkInfo | undefined;
  vmotion?: HostVMotionInfo | undefined;
  virtualNicManagerInfo?: HostVirtualNicManagerInfo | undefined;
  capabilities?: HostNetCapabilities | undefined;
  datastoreCapabilities?: HostDatastoreSystemCapabilities | undefined;
  offloadCapabilities?: HostNetOffloadCapabilities | undefined;
  service?: HostServiceInfo | undefined;
  firewall?: HostFirewallInfo | undefined;
  autoStart?: HostAutoStartManagerConfig | undefined;
  activeDiagnosticPartition?: HostDiagnosticPartition | undefined;
  option?: readonly OptionValue[] | undefined;
  optionDef?: readonly OptionDef[] | undefined;
  datastorePrincipal?: string | undefined;
  localSwapDatastore?: MoRef | undefined;
  systemSwapConfiguration?: HostSystemSwapConfiguration | undefined;
  systemResources?: HostSystemResourceInfo | undefined;
  dateTimeInfo?: HostDateTimeInfo | undefined;
  flags?: HostFlagInfo | undefined;
  adminDisabled?: boolean | undefined;
  lockdownMode?: Enum.HostLockdownMode | undefined;
  ipmi?: HostIpmiInfo | undefined;
  sslThumbprintInfo?: HostSslThumbprintInfo | undefined;
  sslThumbprintData?: readonly HostSslThumbprintInfo[] | undefined;
  certificate?: readonly number[] | undefined;
  pciPassthruInfo?: readonly HostPciPassthruInfo[] | undefined;
  authenticationManagerInfo?: HostAuthenticationManagerInfo | undefined;
  featureVersion?: readonly HostFeatureVersionInfo[] | undefined;
  powerSystemCapability?: PowerSystemCapability | undefined;
  powerSystemInfo?: PowerSystemInfo | undefined;
  cacheConfigurationInfo?: readonly HostCacheConfigurationInfo[] | undefined;
  wakeOnLanCapable?: boolean | undefined;
  featureCapability?: readonly HostFeatureCapability[] | undefined;
  maskedFeatureCapability?: readonly HostFeatureCapability[] | undefined;
  vFlashConfigInfo?: HostVFlashManagerVFlashConfigInfo | undefined;
  domainList?: readonly string[] | undefined;
  scriptCheckSum?: Uint8Array | undefined;
  hostConfigCheckSum?: Uint8Array | undefined;
  descriptionTreeCheckSum?: Uint8Array | undefined;
  graphicsInfo?: readonly HostGraphicsInfo[] | undefined;
  sharedPassthruGpuTypes?: readonly string[] | undefined;
  graphicsConfig?: HostGraphicsConfig | undefined;
  sharedGpuCapabilities?: readonly HostSharedGpuCapabilities[] | undefined;
  ioFilterInfo?: readonly HostIoFilterInfo[] | undefined;
  sriovDevicePool?: readonly HostSriovDevicePoolInfo[] | undefined;
  assignableHardwareBinding?: readonly HostAssignableHardwareBinding[] | undefined;
  assignableHardwareConfig?: HostAssignableHardwareConfig | undefined;
}

export interface HostConnectInfo extends DynamicData {
  serverIp?: string | undefined;
  inDasCluster?: boolean | undefined;
  host: HostListSummary;
  vm?: readonly VirtualMachineSummary[] | undefined;
  vimAccountNameRequired?: boolean | undefined;
  clusterSupported?: boolean | undefined;
  network?: readonly HostConnectInfoNetworkInfo[] | undefined;
  datastore?: readonly HostDatastoreConnectInfo[] | undefined;
  license?: HostLicenseConnectInfo | undefined;
  capability?: HostCapability | undefined;
}

export interface HostConnectInfoNetworkInfo extends DynamicData {
  summary: NetworkSummary;
}

export interface HostNewNetworkConnectInfo extends HostConnectInfoNetworkInfo {
}

export interface HostDatastoreConnectInfo extends DynamicData {
  summary: DatastoreSummary;
}

export interface HostDatastoreExistsConnectInfo extends HostDatastoreConnectInfo {
  newDatastoreName: string;
}

export interface HostDatastoreNameConflictConnectInfo extends HostDatastoreConnectInfo {
  newDatastoreName: string;
}

export interface HostLicenseConnectInfo extends DynamicData {
  license: LicenseManagerLicenseInfo;
  evaluation: LicenseManagerEvaluationInfo;
  resource?: HostLicensableResourceInfo | undefined;
}

export interface HostDiagnosticPartition extends DynamicData {
  storageType: string;
  diagnosticType: string;
  slots: number;
  id: HostScsiDiskPartition;
}

export interface HostDiagnosticPartitionCreateOption extends DynamicData {
  storageType: string;
  diagnosticType: string;
  disk: HostScsiDisk;
}

export interface HostDiagnosticPartitionCreateSpec extends DynamicData {
  storageType: string;
  diagnosticType: string;
  id: HostScsiDiskPartition;
  partition: HostDiskPartitionSpec;
  active?: boolean | undefined;
}

export interface HostDiagnosticPartitionCreateDescription extends DynamicData {
  layout: HostDiskPartitionLayout;
  diskUuid: string;
  spec: HostDiagnosticPartitionCreateSpec;
}

export interface HostFibreChannelOverEthernetTargetTransport extends HostFibreChannelTargetTransport {
  vnportMac: string;
  fcfMac: string;
  vlanId: number;
}

export interface LocalDatastoreInfo extends DatastoreInfo {
  path?: string | undefined;
}

export interface NasDatastoreInfo extends DatastoreInfo {
  nas?: HostNasVolume | undefined;
}

export interface PMemDatastoreInfo extends DatastoreInfo {
  pmem: HostPMemVolume;
}

export interface HostRuntimeInfo extends DynamicData {
  connectionState: Enum.HostSystemConnectionState;
  powerState: Enum.HostSystemPowerState;
  standbyMode?: string | undefined;
  inMaintenanceMode: boolean;
  inQuarantineMode?: boolean | undefined;
  bootTime?: Date | undefined;
  healthSystemRuntime?: HealthSystemRuntime | undefined;
  dasHostState?: DynamicData | undefined;
  tpmPcrValues?: readonly HostTpmDigestInfo[] | undefined;
  networkRuntimeInfo?: HostRuntimeInfoNetworkRuntimeInfo | undefined;
  vFlashResourceRuntimeInfo?: HostVFlashManagerVFlashResourceRunTimeInfo | undefined;
  hostMaxVirtualDiskCapacity?: number | bigint | undefined;
  cryptoState?: string | undefined;
  cryptoKeyId?: DynamicData | undefined;
  statelessNvdsMigrationReady?: string | undefined;
  partialMaintenanceMode?: readonly HostPartialMaintenanceModeRuntimeInfo[] | undefined;
  stateEncryption?: HostRuntimeInfoStateEncryptionInfo | undefined;
}

export interface HostRuntimeInfoNetStackInstanceRuntimeInfo extends DynamicData {
  netStackInstanceKey: string;
  state?: string | undefined;
  vmknicKeys?: readonly string[] | undefined;
  maxNumberOfConnections?: number | undefined;
  currentIpV6Enabled?: boolean | undefined;
}

export interface HostPlacedVirtualNicIdentifier extends DynamicData {
  vm: MoRef;
  vnicKey: string;
  reservation?: number | undefined;
}

export interface HostPnicNetworkResourceInfo extends DynamicData {
  pnicDevice: string;
  availableBandwidthForVMTraffic?: number | bigint | undefined;
  unusedBandwidthForVMTraffic?: number | bigint | undefined;
  placedVirtualNics?: readonly HostPlacedVirtualNicIdentifier[] | undefined;
}

export interface HostNetworkResourceRuntime extends DynamicData {
  pnicResourceInfo: readonly HostPnicNetworkResourceInfo[];
}

export interface HostRuntimeInfoNetworkRuntimeInfo extends DynamicData {
  netStackInstanceRuntimeInfo?: readonly HostRuntimeInfoNetStackInstanceRuntimeInfo[] | undefined;
  networkResourceRuntime?: HostNetworkResourceRuntime | undefined;
}

export interface HostRuntimeInfoStateEncryptionInfo extends DynamicData {
  protectionMode: string;
  requireSecureBoot?: boolean | undefined;
  requireExecInstalledOnly?: boolean | undefined;
}

export interface HostStorageSystemVmfsVolumeResult extends DynamicData {
  key: string;
  fault?: LocalizedMethodFault | undefined;
}

export interface HostStorageSystemScsiLunResult extends DynamicData {
  key: string;
  fault?: LocalizedMethodFault | undefined;
}

export interface HostStorageSystemDiskLocatorLedResult extends DynamicData {
  key: string;
  fault: LocalizedMethodFault;
}

export interface HostVMotionManagerSrcInstantCloneResult extends DynamicData {
  startTime?: number | bigint | undefined;
  quiesceTime?: number | bigint | undefined;
  quiesceDoneTime?: number | bigint | undefined;
  resumeDoneTime?: number | bigint | undefined;
  endTime?: number | bigint | undefined;
}

export interface HostVMotionManagerDstInstantCloneResult extends DynamicData {
  dstVmId?: number | undefined;
  startTime?: number | bigint | undefined;
  cptLoadTime?: number | bigint | undefined;
  cptLoadDoneTime?: number | bigint | undefined;
  replicateMemDoneTime?: number | bigint | undefined;
  endTime?: number | bigint | undefined;
  cptXferTime?: number | bigint | undefined;
  cptCacheUsed?: number | bigint | undefined;
  devCptStreamSize?: number | bigint | undefined;
  devCptStreamTime?: number | bigint | undefined;
}

export interface VmfsDatastoreCreateSpec extends VmfsDatastoreSpec {
  partition: HostDiskPartitionSpec;
  vmfs: HostVmfsSpec;
  extent?: readonly HostScsiDiskPartition[] | undefined;
}

export interface VmfsDatastoreInfo extends DatastoreInfo {
  maxPhysicalRDMFileSize: number | bigint;
  maxVirtualRDMFileSize: number | bigint;
  vmfs?: HostVmfsVolume | undefined;
}

export interface VsanDatastoreInfo extends DatastoreInfo {
  membershipUuid?: string | undefined;
  accessGenNo?: number | undefined;
}

export interface VvolDatastoreInfo extends DatastoreInfo {
  vvolDS?: HostVvolVolume | undefined;
}

export interface VirtualMachineDatastoreInfo extends VirtualMachineTargetInfo {
  datastore: DatastoreSummary;
  capability: DatastoreCapability;
  maxFileSize: number | bigint;
  maxVirtualDiskCapacity?: number | bigint | undefined;
  maxPhysicalRDMFileSize?: number | bigint | undefined;
  maxVirtualRDMFileSize?: number | bigint | undefined;
  mode: string;
  vStorageSupport?: string | undefined;
}

export interface ParaVirtualSCSIController extends VirtualSCSIController {
}

export interface ParaVirtualSCSIControllerOption extends VirtualSCSIControllerOption {
}

export interface VirtualAHCIController extends VirtualSATAController {
}

export interface VirtualAHCIControllerOption extends VirtualSATAControllerOption {
}

export interface VirtualBusLogicController extends VirtualSCSIController {
}

export interface VirtualBusLogicControllerOption extends VirtualSCSIControllerOption {
}

export interface VirtualLsiLogicController extends VirtualSCSIController {
}

export interface VirtualLsiLogicControllerOption extends VirtualSCSIControllerOption {
}

export interface VirtualLsiLogicSASController extends VirtualSCSIController {
}

export interface VirtualLsiLogicSASControllerOption extends VirtualSCSIControllerOption {
}

export interface ClusterComputeResourceSummary extends ComputeResourceSummary {
  currentFailoverLevel: number;
  admissionControlInfo?: DynamicData | undefined;
  numVmotions: number;
  targetBalance?: number | undefined;
  currentBalance?: number | undefined;
  drsScore?: number | undefined;
  numVmsPerDrsScoreBucket?: readonly number[] | undefined;
  usageSummary?: DynamicData | undefined;
  currentEVCModeKey?: string | undefined;
  currentEVCGraphicsModeKey?: string | undefined;
  dasData?: DynamicData | undefined;
  clusterMaintenanceModeStatus?: string | undefined;
  vcsHealthStatus?: string | undefined;
  vcsSlots?: readonly ClusterComputeResourceVcsSlots[] | undefined;
}

export interface ClusterComputeResourceDVSSetting extends DynamicData {
  dvSwitch: MoRef;
  pnicDevices?: readonly string[] | undefined;
  dvPortgroupSetting?: readonly ClusterComputeResourceDVSSettingDVPortgroupToServiceMapping[] | undefined;
}

export interface ClusterComputeResourceDVSSettingDVPortgroupToServiceMapping extends DynamicData {
  dvPortgroup: MoRef;
  service: string;
}

export interface ClusterComputeResourceHostConfigurationProfile extends DynamicData {
  dateTimeConfig?: HostDateTimeConfig | undefined;
  lockdownMode?: Enum.HostLockdownMode | undefined;
}

export interface ClusterComputeResourceHCIConfigInfo extends DynamicData {
  workflowState: string;
  dvsSetting?: readonly ClusterComputeResourceDVSSetting[] | undefined;
  configuredHosts?: readonly MoRef[] | undefined;
  hostConfigProfile?: ClusterComputeResourceHostConfigurationProfile | undefined;
}

export interface ClusterComputeResourceClusterConfigResult extends DynamicData {
  failedHosts?: readonly FolderFailedHostResult[] | undefined;
  configuredHosts?: readonly MoRef[] | undefined;
}

export interface ClusterComputeResourceDvsProfile extends DynamicData {
  dvsName?: string | undefined;
  dvSwitch?: MoRef | undefined;
  pnicDevices?: readonly string[] | undefined;
  dvPortgroupMapping?: readonly ClusterComputeResourceDvsProfileDVPortgroupSpecToServiceMapping[] | undefined;
}

export interface ClusterComputeResourceDvsProfileDVPortgroupSpecToServiceMapping extends DynamicData {
  dvPortgroupSpec?: DynamicData | undefined;
  dvPortgroup?: MoRef | undefined;
  service: string;
}

export interface ClusterComputeResourceVCProfile extends DynamicData {
  clusterSpec?: DynamicData | undefined;
  evcModeKey?: string | undefined;
  evcGraphicsModeKey?: string | undefined;
}

export interface ClusterComputeResourceHCIConfigSpec extends DynamicData {
  dvsProf?: readonly ClusterComputeResourceDvsProfile[] | undefined;
  hostConfigProfile?: ClusterComputeResourceHostConfigurationProfile | undefined;
  vSanConfigSpec?: SDDCBase | undefined;
  vcProf?: ClusterComputeResourceVCProfile | undefined;
}

export interface ClusterComputeResourceHostVmkNicInfo extends DynamicData {
  nicSpec: HostVirtualNicSpec;
  service: string;
}

export interface ClusterComputeResourceHostConfigurationInput extends DynamicData {
  host: MoRef;
  hostVmkNics?: readonly ClusterComputeResourceHostVmkNicInfo[] | undefined;
  allowedInNonMaintenanceMode?: boolean | undefined;
}

export interface ClusterComputeResourceValidationResultBase extends DynamicData {
  info?: readonly LocalizableMessage[] | undefined;
}

export interface ClusterComputeResourceHostConfigurationValidation extends ClusterComputeResourceValidationResultBase {
  host: MoRef;
  isDvsSettingValid?: boolean | undefined;
  isVmknicSettingValid?: boolean | undefined;
  isNtpSettingValid?: boolean | undefined;
  isLockdownModeValid?: boolean | undefined;
}

export interface ClusterComputeResourceDVSConfigurationValidation extends ClusterComputeResourceValidationResultBase {
  isDvsValid: boolean;
  isDvpgValid: boolean;
}

export interface ClusterComputeResourceHostEvacuationInfo extends DynamicData {
  host: MoRef;
  action?: readonly OptionValue[] | undefined;
}

export interface ClusterComputeResourceMaintenanceInfo extends DynamicData {
  partialMMId?: string | undefined;
  hostEvacInfo?: readonly ClusterComputeResourceHostEvacuationInfo[] | undefined;
}

export interface ClusterComputeResourceCryptoModePolicy extends DynamicData {
  keyId?: DynamicData | undefined;
  providerId?: DynamicData | undefined;
}

export interface ClusterComputeResourceVcsSlots extends DynamicData {
  systemId?: string | undefined;
  host: MoRef;
  datastore?: readonly MoRef[] | undefined;
  totalSlots: number;
}

export interface CustomFieldDefAddedEvent extends CustomFieldDefEvent {
}

export interface ConnectedIso extends OvfExport {
  cdrom: VirtualCdrom;
  filename: string;
}

export interface CpuCompatibilityUnknown extends CpuIncompatible {
}

export interface DeviceBackingNotSupported extends DeviceNotSupported {
  backing: string;
}

export interface DeviceControllerNotSupported extends DeviceNotSupported {
  controller: string;
}

export interface DeviceHotPlugNotSupported extends InvalidDeviceSpec {
}

export interface DeviceNotFound extends InvalidDeviceSpec {
}

export interface DeviceUnsupportedForVmPlatform extends InvalidDeviceSpec {
}

export interface DeviceUnsupportedForVmVersion extends InvalidDeviceSpec {
  currentVersion: string;
  expectedVersion: string;
}

export interface DisallowedDiskModeChange extends InvalidDeviceSpec {
}

export interface GatewayHostNotReachable extends GatewayToHostConnectFault {
}

export interface GatewayToHostAuthFault extends GatewayToHostConnectFault {
  invalidProperties: readonly string[];
  missingProperties: readonly string[];
}

export interface InvalidController extends InvalidDeviceSpec {
  controllerKey: number;
}

export interface InvalidDeviceBacking extends InvalidDeviceSpec {
}

export interface InvalidDeviceOperation extends InvalidDeviceSpec {
  badOp?: Enum.VirtualDeviceConfigSpecOperation | undefined;
  badFileOp?: Enum.VirtualDeviceConfigSpecFileOperation | undefined;
}

export interface InvalidHostConnectionState extends InvalidHostState {
}

export interface OvfConnectedDevice extends OvfHardwareExport {
}

export interface OvfConnectedDeviceFloppy extends OvfConnectedDevice {
  filename: string;
}

export interface OvfConnectedDeviceIso extends OvfConnectedDevice {
  filename: string;
}

export interface OvfDuplicateElement extends OvfElement {
}

export interface OvfDuplicatedElementBoundary extends OvfElement {
  boundary: string;
}

export interface OvfDuplicatedPropertyIdExport extends OvfExport {
  fqid: string;
}

export interface OvfDuplicatedPropertyIdImport extends OvfExport {
}

export interface OvfNoSpaceOnController extends OvfUnsupportedElement {
  parent: string;
}

export interface PhysCompatRDMNotSupported extends RDMNotSupported {
}

export interface UnusedVirtualDiskBlocksNotScrubbed extends DeviceBackingNotSupported {
}

export interface VirtualDiskBlocksNotFullyProvisioned extends DeviceBackingNotSupported {
}

export interface DVPortNotSupported extends DeviceBackingNotSupported {
}

export interface VsanHostCimProviderInfo extends DynamicData {
  cimProviderSupported?: boolean | undefined;
  installedCIMProvider?: string | undefined;
  cimProviderOnHcl?: readonly string[] | undefined;
}

export interface VsanHclCommonDeviceInfo extends DynamicData {
  deviceName: string;
  displayName?: string | undefined;
  driverName?: string | undefined;
  driverVersion?: string | undefined;
  vendorId?: number | bigint | undefined;
  deviceId?: number | bigint | undefined;
  subVendorId?: number | bigint | undefined;
  subDeviceId?: number | bigint | undefined;
  extraInfo?: readonly KeyValue[] | undefined;
  deviceOnHcl?: boolean | undefined;
  releaseSupported?: boolean | undefined;
  releasesOnHcl?: readonly string[] | undefined;
  driverVersionsOnHcl?: readonly string[] | undefined;
  driverVersionSupported?: boolean | undefined;
  fwVersionSupported?: boolean | undefined;
  fwVersionOnHcl?: readonly string[] | undefined;
  fwVersion?: string | undefined;
}

export interface VsanHclControllerInfo extends DynamicData {
  deviceName: string;
  deviceDisplayName?: string | undefined;
  driverName?: string | undefined;
  driverVersion?: string | undefined;
  vendorId?: number | bigint | undefined;
  deviceId?: number | bigint | undefined;
  subVendorId?: number | bigint | undefined;
  subDeviceId?: number | bigint | undefined;
  extraInfo?: readonly KeyValue[] | undefined;
  deviceOnHcl?: boolean | undefined;
  releaseSupported?: boolean | undefined;
  releasesOnHcl?: readonly string[] | undefined;
  driverVersionsOnHcl?: readonly string[] | undefined;
  driverVersionSupported?: boolean | undefined;
  fwVersionSupported?: boolean | undefined;
  fwVersionOnHcl?: readonly string[] | undefined;
  cacheConfigSupported?: boolean | undefined;
  cacheConfigOnHcl?: readonly string[] | undefined;
  raidConfigSupported?: boolean | undefined;
  raidConfigOnHcl?: readonly string[] | undefined;
  fwVersion?: string | undefined;
  raidConfig?: string | undefined;
  cacheConfig?: string | undefined;
  cimProviderInfo?: VsanHostCimProviderInfo | undefined;
  vsanCompatibility?: readonly string[] | undefined;
}

export interface VsanHclNicInfo extends VsanHclCommonDeviceInfo {
  vsanHostCompatibility?: readonly string[] | undefined;
  nicLinkSpeedInMbps?: number | undefined;
}

export interface VsanHclMemInfo extends DynamicData {
  memorySize?: number | bigint | undefined;
  vsanHostCompatibility?: readonly string[] | undefined;
}

export interface VsanHclComputeResource extends DynamicData {
  memory: VsanHclMemInfo;
}

export interface VsanHostHclInfo extends DynamicData {
  hostname: string;
  hclChecked: boolean;
  releaseName?: string | undefined;
  error?: LocalizedMethodFault | undefined;
  controllers?: readonly VsanHclControllerInfo[] | undefined;
  pnics?: readonly VsanHclNicInfo[] | undefined;
  host?: MoRef | undefined;
  computeResource?: VsanHclComputeResource | undefined;
  vsanHostCompatibility?: readonly string[] | undefined;
}

export interface VsanProactiveRebalanceInfoEx extends DynamicData {
  running?: boolean | undefined;
  startTs?: Date | undefined;
  stopTs?: Date | undefined;
  varianceThreshold?: number | undefined;
  timeThreshold?: number | undefined;
  rateThreshold?: number | undefined;
  hostname?: string | undefined;
  error?: LocalizedMethodFault | undefined;
}

export interface VsanQueryResultHostInfo extends DynamicData {
  uuid?: string | undefined;
  hostnameInCmmds?: string | undefined;
  vsanIpv4Addresses?: readonly string[] | undefined;
}

export interface VsanNetworkPeerHealthResult extends DynamicData {
  peer?: string | undefined;
  peerHostname?: string | undefined;
  peerVmknicName?: string | undefined;
  smallPingTestSuccessPct?: number | undefined;
  largePingTestSuccessPct?: number | undefined;
  maxLatencyUs?: number | bigint | undefined;
  onSameIpSubnet?: boolean | undefined;
  sourceVmknicName?: string | undefined;
}

export interface VsanNetworkHealthResult extends DynamicData {
  host?: MoRef | undefined;
  hostname?: string | undefined;
  vsanVmknicPresent?: boolean | undefined;
  ipSubnets?: readonly string[] | undefined;
  issueFound?: boolean | undefined;
  peerHealth?: readonly VsanNetworkPeerHealthResult[] | undefined;
  multicastConfig?: string | undefined;
}

export interface VsanObjectHealth extends DynamicData {
  numObjects: number;
  health?: string | undefined;
  objUuids?: readonly string[] | undefined;
}

export interface VsanObjectOverallHealth extends DynamicData {
  objectHealthDetail?: readonly VsanObjectHealth[] | undefined;
  objectVersionCompliance?: boolean | undefined;
}

export interface VsanVsanPcapResult extends DynamicData {
  calltime: number;
  vmknic: string;
  tcpdumpFilter: string;
  snaplen: number;
  pkts?: readonly string[] | undefined;
  pcap?: string | undefined;
  error?: LocalizedMethodFault | undefined;
  hostname?: string | undefined;
}

export interface VsanVmdkIOLoadSpec extends DynamicData {
  readPct: number;
  oio: number;
  iosizeB: number;
  dataSizeMb: number | bigint;
  random: boolean;
  startOffsetB?: number | bigint | undefined;
}

export interface VsanVmdkLoadTestSpec extends DynamicData {
  vmdkCreateSpec?: FileBackedVirtualDiskSpec | undefined;
  vmdkIOSpec?: VsanVmdkIOLoadSpec | undefined;
  vmdkIOSpecSequence?: readonly VsanVmdkIOLoadSpec[] | undefined;
  stepDurationSec?: number | bigint | undefined;
}

export interface VsanVmdkLoadTestResult extends DynamicData {
  success: boolean;
  faultMessage?: string | undefined;
  spec: VsanVmdkLoadTestSpec;
  actualDurationSec?: number | undefined;
  totalBytes?: number | bigint | undefined;
  iops?: number | bigint | undefined;
  tputBps?: number | bigint | undefined;
  avgLatencyUs?: number | bigint | undefined;
  maxLatencyUs?: number | bigint | undefined;
  numIoAboveLatencyThreshold?: number | bigint | undefined;
}

export interface VsanHostVmdkLoadTestResult extends DynamicData {
  hostname: string;
  issueFound: boolean;
  faultMessage?: string | undefined;
  vmdkResults?: readonly VsanVmdkLoadTestResult[] | undefined;
}

export interface VsanLimitHealthResult extends DynamicData {
  hostname?: string | undefined;
  issueFound: boolean;
  maxComponents: number;
  freeComponents: number;
  componentLimitHealth: string;
  lowestFreeDiskSpacePct: number;
  usedDiskSpaceB: number | bigint;
  totalDiskSpaceB: number | bigint;
  diskFreeSpaceHealth: string;
  reservedRcSizeB: number | bigint;
  totalRcSizeB: number | bigint;
  rcFreeReservationHealth: string;
}

export interface VsanNetworkLoadTestResult extends DynamicData {
  hostname: string;
  status?: string | undefined;
  client: boolean;
  bandwidthBps: number | bigint;
  totalBytes: number | bigint;
  lostDatagrams?: number | bigint | undefined;
  lossPct?: number | bigint | undefined;
  sentDatagrams?: number | bigint | undefined;
  jitterMs?: number | undefined;
}

export interface VsanResourceHealth extends DynamicData {
  resource: string;
  health: string;
  description?: string | undefined;
}

export interface VsanPhysicalDiskHealth extends DynamicData {
  name: string;
  uuid: string;
  inCmmds: boolean;
  inVsi: boolean;
  dedupScope?: number | bigint | undefined;
  formatVersion?: number | undefined;
  isAllFlash?: number | undefined;
  congestionValue?: number | undefined;
  congestionArea?: string | undefined;
  congestionHealth?: string | undefined;
  metadataHealth?: string | undefined;
  operationalHealthDescription?: string | undefined;
  operationalHealth?: string | undefined;
  dedupUsageHealth?: string | undefined;
  capacityHealth?: string | undefined;
  summaryHealth: string;
  capacity?: number | bigint | undefined;
  usedCapacity?: number | bigint | undefined;
  reservedCapacity?: number | bigint | undefined;
  totalBytes?: number | bigint | undefined;
  freeBytes?: number | bigint | undefined;
  hashedBytes?: number | bigint | undefined;
  dedupedBytes?: number | bigint | undefined;
  scsiDisk?: HostScsiDisk | undefined;
  usedComponents?: number | bigint | undefined;
  maxComponents?: number | bigint | undefined;
  compLimitHealth?: string | undefined;
  dekId?: string | undefined;
  usedMetadataComponents?: number | bigint | undefined;
  maxMetadataComponents?: number | bigint | undefined;
}

export interface VsanPhysicalDiskHealthSummary extends DynamicData {
  overallHealth: string;
  heapsWithIssues?: readonly VsanResourceHealth[] | undefined;
  slabsWithIssues?: readonly VsanResourceHealth[] | undefined;
  disks?: readonly VsanPhysicalDiskHealth[] | undefined;
  componentsWithIssues?: readonly VsanResourceHealth[] | undefined;
  hostname?: string | undefined;
  hostDedupScope?: number | undefined;
  error?: LocalizedMethodFault | undefined;
}

export interface VsanFailedRepairObjectResult extends DynamicData {
  uuid: string;
  errMessage?: string | undefined;
}

export interface VsanRepairObjectsResult extends DynamicData {
  inQueueObjects?: readonly string[] | undefined;
  failedRepairObjects?: readonly VsanFailedRepairObjectResult[] | undefined;
  notInQueueObjects?: readonly string[] | undefined;
}

export interface VsanHostEMMSummary extends DynamicData {
  hostname?: string | undefined;
  inMaintenanceMode?: boolean | undefined;
  inDecomState?: boolean | undefined;
}

export interface VsanNodeNotMaster extends VimFault {
  vsanMasterUuid?: string | undefined;
  cmmdsMasterButNotStatsMaster?: boolean | undefined;
}

export interface VimHostVSANStretchedClusterHostCapability extends DynamicData {
  featureVersion: string;
}

export interface VsanHostVirtualApplianceInfo extends DynamicData {
  hostKey: MoRef;
  isVirtualApp: boolean;
  isDeployedFromOVF?: boolean | undefined;
}

export interface VsanHostHealthSystemStatusResult extends DynamicData {
  hostname: string;
  status: string;
  issues?: readonly string[] | undefined;
}

export interface MethodFault extends DynamicData {
  faultCause?: LocalizedMethodFault | undefined;
  faultMessage?: readonly LocalizableMessage[] | undefined;
}

export interface RuntimeFault extends MethodFault {
}

export interface LocalizedMethodFault extends DynamicData {
  fault: MethodFault;
  localizedMessage?: string | undefined;
}

export interface ReflectManagedMethodExecuterSoapArgument extends DynamicData {
  name: string;
  val: string;
}

export interface ReflectManagedMethodExecuterSoapFault extends DynamicData {
  faultMsg: string;
  faultDetail?: string | undefined;
}

export interface ReflectManagedMethodExecuterSoapResult extends DynamicData {
  response?: string | undefined;
  fault?: ReflectManagedMethodExecuterSoapFault | undefined;
}

/** All data objects by name. */
export interface DataTypes {
  DynamicArray: DynamicArray;
  DynamicData: DynamicData;
  DynamicProperty: DynamicProperty;
  KeyAnyValue: KeyAnyValue;
  LocalizableMessage: LocalizableMessage;
  HostCommunication: HostCommunication;
  HostNotConnected: HostNotConnected;
  HostNotReachable: HostNotReachable;
  InvalidArgument: InvalidArgument;
  InvalidRequest: InvalidRequest;
  InvalidType: InvalidType;
  ManagedObjectNotFound: ManagedObjectNotFound;
  MethodNotFound: MethodNotFound;
  NotEnoughLicenses: NotEnoughLicenses;
  NotImplemented: NotImplemented;
  NotSupported: NotSupported;
  RequestCanceled: RequestCanceled;
  SecurityError: SecurityError;
  SystemError: SystemError;
  UnexpectedFault: UnexpectedFault;
  InvalidCollectorVersion: InvalidCollectorVersion;
  InvalidProperty: InvalidProperty;
  PropertyFilterSpec: PropertyFilterSpec;
  PropertySpec: PropertySpec;
  ObjectSpec: ObjectSpec;
  SelectionSpec: SelectionSpec;
  TraversalSpec: TraversalSpec;
  ObjectContent: ObjectContent;
  UpdateSet: UpdateSet;
  PropertyFilterUpdate: PropertyFilterUpdate;
  ObjectUpdate: ObjectUpdate;
  PropertyChange: PropertyChange;
  MissingProperty: MissingProperty;
  MissingObject: MissingObject;
  WaitOptions: WaitOptions;
  RetrieveOptions: RetrieveOptions;
  RetrieveResult: RetrieveResult;
  AboutInfo: AboutInfo;
  AuthorizationDescription: AuthorizationDescription;
  BatchResult: BatchResult;
  Capability: Capability;
  CustomFieldDef: CustomFieldDef;
  CustomFieldValue: CustomFieldValue;
  CustomFieldStringValue: CustomFieldStringValue;
  CustomizationSpecInfo: CustomizationSpecInfo;
  CustomizationSpecItem: CustomizationSpecItem;
  DatastoreNamespaceManagerDirectoryInfo: DatastoreNamespaceManagerDirectoryInfo;
  Description: Description;
  DesiredSoftwareSpec: DesiredSoftwareSpec;
  DesiredSoftwareSpecBaseImageSpec: DesiredSoftwareSpecBaseImageSpec;
  DesiredSoftwareSpecVendorAddOnSpec: DesiredSoftwareSpecVendorAddOnSpec;
  DesiredSoftwareSpecComponentSpec: DesiredSoftwareSpecComponentSpec;
  DiagnosticManagerLogDescriptor: DiagnosticManagerLogDescriptor;
  DiagnosticManagerLogHeader: DiagnosticManagerLogHeader;
  DiagnosticManagerBundleInfo: DiagnosticManagerBundleInfo;
  DiagnosticManagerAuditRecordResult: DiagnosticManagerAuditRecordResult;
  ElementDescription: ElementDescription;
  EnumDescription: EnumDescription;
  EnvironmentBrowserConfigOptionQuerySpec: EnvironmentBrowserConfigOptionQuerySpec;
  ExtendedDescription: ExtendedDescription;
  ExtendedElementDescription: ExtendedElementDescription;
  Extension: Extension;
  ExtensionServerInfo: ExtensionServerInfo;
  ExtensionClientInfo: ExtensionClientInfo;
  ExtensionTaskTypeInfo: ExtensionTaskTypeInfo;
  ExtensionEventTypeInfo: ExtensionEventTypeInfo;
  ExtensionFaultTypeInfo: ExtensionFaultTypeInfo;
  ExtensionPrivilegeInfo: ExtensionPrivilegeInfo;
  ExtensionResourceInfo: ExtensionResourceInfo;
  ExtensionHealthInfo: ExtensionHealthInfo;
  ExtensionOvfConsumerInfo: ExtensionOvfConsumerInfo;
  ExtensionManagerIpAllocationUsage: ExtensionManagerIpAllocationUsage;
  FaultsByHost: FaultsByHost;
  FaultsByVM: FaultsByVM;
  FeatureEVCMode: FeatureEVCMode;
  FileLockInfo: FileLockInfo;
  FileLockInfoResult: FileLockInfoResult;
  HbrManagerReplicationVmInfo: HbrManagerReplicationVmInfo;
  ReplicationVmProgressInfo: ReplicationVmProgressInfo;
  HbrManagerVmReplicationCapability: HbrManagerVmReplicationCapability;
  HealthUpdateInfo: HealthUpdateInfo;
  PerfInterval: PerfInterval;
  HostServiceTicket: HostServiceTicket;
  HttpNfcLeaseDatastoreLeaseInfo: HttpNfcLeaseDatastoreLeaseInfo;
  HttpNfcLeaseHostInfo: HttpNfcLeaseHostInfo;
  HttpNfcLeaseInfo: HttpNfcLeaseInfo;
  HttpNfcLeaseDeviceUrl: HttpNfcLeaseDeviceUrl;
  HttpNfcLeaseManifestEntry: HttpNfcLeaseManifestEntry;
  HttpNfcLeaseSourceFile: HttpNfcLeaseSourceFile;
  HttpNfcLeaseCapabilities: HttpNfcLeaseCapabilities;
  HttpNfcLeaseProbeResult: HttpNfcLeaseProbeResult;
  InheritablePolicy: InheritablePolicy;
  IntPolicy: IntPolicy;
  IoFilterInfo: IoFilterInfo;
  HostIoFilterInfo: HostIoFilterInfo;
  ClusterIoFilterInfo: ClusterIoFilterInfo;
  IoFilterManagerSslTrust: IoFilterManagerSslTrust;
  PinnedCertificate: PinnedCertificate;
  UntrustedCertificate: UntrustedCertificate;
  IoFilterQueryIssueResult: IoFilterQueryIssueResult;
  IoFilterHostIssue: IoFilterHostIssue;
  IpPoolManagerIpAllocation: IpPoolManagerIpAllocation;
  KeyValue: KeyValue;
  LatencySensitivity: LatencySensitivity;
  LicenseSource: LicenseSource;
  LicenseServerSource: LicenseServerSource;
  LocalLicenseSource: LocalLicenseSource;
  EvaluationLicenseSource: EvaluationLicenseSource;
  LicenseFeatureInfo: LicenseFeatureInfo;
  LicenseReservationInfo: LicenseReservationInfo;
  LicenseAvailabilityInfo: LicenseAvailabilityInfo;
  LicenseDiagnostics: LicenseDiagnostics;
  LicenseUsageInfo: LicenseUsageInfo;
  LicenseManagerEvaluationInfo: LicenseManagerEvaluationInfo;
  HostLicensableResourceInfo: HostLicensableResourceInfo;
  LicenseManagerLicenseInfo: LicenseManagerLicenseInfo;
  LocalizationManagerMessageCatalog: LocalizationManagerMessageCatalog;
  LongPolicy: LongPolicy;
  MethodDescription: MethodDescription;
  NegatableExpression: NegatableExpression;
  NumericRange: NumericRange;
  OvfConsumerOvfSection: OvfConsumerOvfSection;
  OvfConsumerOstNode: OvfConsumerOstNode;
  OvfOptionInfo: OvfOptionInfo;
  OvfDeploymentOption: OvfDeploymentOption;
  OvfManagerCommonParams: OvfManagerCommonParams;
  OvfValidateHostParams: OvfValidateHostParams;
  OvfValidateHostResult: OvfValidateHostResult;
  OvfParseDescriptorParams: OvfParseDescriptorParams;
  OvfParseDescriptorResult: OvfParseDescriptorResult;
  OvfNetworkInfo: OvfNetworkInfo;
  OvfCreateImportSpecParams: OvfCreateImportSpecParams;
  OvfResourceMap: OvfResourceMap;
  OvfNetworkMapping: OvfNetworkMapping;
  OvfCreateImportSpecResult: OvfCreateImportSpecResult;
  OvfFileItem: OvfFileItem;
  OvfCreateDescriptorParams: OvfCreateDescriptorParams;
  OvfCreateDescriptorResult: OvfCreateDescriptorResult;
  OvfFile: OvfFile;
  PasswordField: PasswordField;
  PerformanceDescription: PerformanceDescription;
  PerfProviderSummary: PerfProviderSummary;
  PerfCounterInfo: PerfCounterInfo;
  PerfMetricId: PerfMetricId;
  PerfQuerySpec: PerfQuerySpec;
  PerfSampleInfo: PerfSampleInfo;
  PerfMetricSeries: PerfMetricSeries;
  PerfMetricIntSeries: PerfMetricIntSeries;
  PerfMetricSeriesCSV: PerfMetricSeriesCSV;
  PerfEntityMetricBase: PerfEntityMetricBase;
  PerfEntityMetric: PerfEntityMetric;
  PerfEntityMetricCSV: PerfEntityMetricCSV;
  PerfCompositeMetric: PerfCompositeMetric;
  PerformanceManagerCounterLevelMapping: PerformanceManagerCounterLevelMapping;
  PrivilegePolicyDef: PrivilegePolicyDef;
  ResourceAllocationInfo: ResourceAllocationInfo;
  ResourceAllocationOption: ResourceAllocationOption;
  ResourceConfigOption: ResourceConfigOption;
  ResourceConfigSpec: ResourceConfigSpec;
  DatabaseSizeParam: DatabaseSizeParam;
  InventoryDescription: InventoryDescription;
  PerformanceStatisticsDescription: PerformanceStatisticsDescription;
  DatabaseSizeEstimate: DatabaseSizeEstimate;
  SDDCBase: SDDCBase;
  SelectionSet: SelectionSet;
  ServiceContent: ServiceContent;
  ServiceLocator: ServiceLocator;
  ServiceLocatorCredential: ServiceLocatorCredential;
  ServiceLocatorNamePassword: ServiceLocatorNamePassword;
  ServiceLocatorSAMLCredential: ServiceLocatorSAMLCredential;
  ServiceManagerServiceInfo: ServiceManagerServiceInfo;
  SessionManagerLocalTicket: SessionManagerLocalTicket;
  SessionManagerGenericServiceTicket: SessionManagerGenericServiceTicket;
  SessionManagerServiceRequestSpec: SessionManagerServiceRequestSpec;
  SessionManagerVmomiServiceRequestSpec: SessionManagerVmomiServiceRequestSpec;
  SessionManagerHttpServiceRequestSpec: SessionManagerHttpServiceRequestSpec;
  SharesInfo: SharesInfo;
  SharesOption: SharesOption;
  SiteInfo: SiteInfo;
  StorageIOAllocationInfo: StorageIOAllocationInfo;
  StorageIOAllocationOption: StorageIOAllocationOption;
  StorageIORMInfo: StorageIORMInfo;
  StorageIORMConfigSpec: StorageIORMConfigSpec;
  StorageIORMConfigOption: StorageIORMConfigOption;
  StoragePerformanceSummary: StoragePerformanceSummary;
  PodStorageDrsEntry: PodStorageDrsEntry;
  StorageResourceManagerStorageProfileStatistics: StorageResourceManagerStorageProfileStatistics;
  StringExpression: StringExpression;
  StringPolicy: StringPolicy;
  Tag: Tag;
  TaskDescription: TaskDescription;
  TaskInfo: TaskInfo;
  TaskInfoFilterSpec: TaskInfoFilterSpec;
  TaskInfoFilterSpecFilterTaskResults: TaskInfoFilterSpecFilterTaskResults;
  TaskReason: TaskReason;
  TaskReasonAlarm: TaskReasonAlarm;
  TaskReasonSchedule: TaskReasonSchedule;
  TaskReasonSystem: TaskReasonSystem;
  TaskReasonUser: TaskReasonUser;
  TypeDescription: TypeDescription;
  UpdateVirtualMachineFilesResult: UpdateVirtualMachineFilesResult;
  UpdateVirtualMachineFilesResultFailedVmFileInfo: UpdateVirtualMachineFilesResultFailedVmFileInfo;
  UserSearchResult: UserSearchResult;
  UserSession: UserSession;
  VVolVmConfigFileUpdateResult: VVolVmConfigFileUpdateResult;
  VVolVmConfigFileUpdateResultFailedVmConfigFileInfo: VVolVmConfigFileUpdateResultFailedVmConfigFileInfo;
  VASAStorageArray: VASAStorageArray;
  VASAStorageArrayDiscoverySvcInfo: VASAStorageArrayDiscoverySvcInfo;
  VASAStorageArrayDiscoveryFcTransport: VASAStorageArrayDiscoveryFcTransport;
  VASAStorageArrayDiscoveryIpTransport: VASAStorageArrayDiscoveryIpTransport;
  VimVasaProvider: VimVasaProvider;
  VimVasaProviderStatePerArray: VimVasaProviderStatePerArray;
  VimVasaProviderVirtualHostConfig: VimVasaProviderVirtualHostConfig;
  VimVasaProviderInfo: VimVasaProviderInfo;
  ChangesInfoEventArgument: ChangesInfoEventArgument;
  DvsOutOfSyncHostArgument: DvsOutOfSyncHostArgument;
  Event: Event;
  EventArgument: EventArgument;
  EventDescription: EventDescription;
  EventArgDesc: EventArgDesc;
  EventDescriptionEventDetail: EventDescriptionEventDetail;
  EventEx: EventEx;
  EventFilterSpec: EventFilterSpec;
  EventFilterSpecByEntity: EventFilterSpecByEntity;
  EventFilterSpecByTime: EventFilterSpecByTime;
  EventFilterSpecByUsername: EventFilterSpecByUsername;
  GeneralEvent: GeneralEvent;
  GeneralHostErrorEvent: GeneralHostErrorEvent;
  GeneralHostInfoEvent: GeneralHostInfoEvent;
  GeneralHostWarningEvent: GeneralHostWarningEvent;
  GeneralUserEvent: GeneralUserEvent;
  GeneralVmErrorEvent: GeneralVmErrorEvent;
  GeneralVmInfoEvent: GeneralVmInfoEvent;
  GeneralVmWarningEvent: GeneralVmWarningEvent;
  HealthStatusChangedEvent: HealthStatusChangedEvent;
  HostEvent: HostEvent;
  HostGetShortNameFailedEvent: HostGetShortNameFailedEvent;
  HostInAuditModeEvent: HostInAuditModeEvent;
  HostInventoryUnreadableEvent: HostInventoryUnreadableEvent;
  HostIpChangedEvent: HostIpChangedEvent;
  HostIpInconsistentEvent: HostIpInconsistentEvent;
  HostIpToShortNameFailedEvent: HostIpToShortNameFailedEvent;
  HostNonCompliantEvent: HostNonCompliantEvent;
  HostProfileAppliedEvent: HostProfileAppliedEvent;
  HostReconnectionFailedEvent: HostReconnectionFailedEvent;
  HostRemovedEvent: HostRemovedEvent;
  HostShortNameToIpFailedEvent: HostShortNameToIpFailedEvent;
  HostShutdownEvent: HostShutdownEvent;
  HostSpecificationChangedEvent: HostSpecificationChangedEvent;
  HostSpecificationRequireEvent: HostSpecificationRequireEvent;
  HostSpecificationUpdateEvent: HostSpecificationUpdateEvent;
  HostSubSpecificationDeleteEvent: HostSubSpecificationDeleteEvent;
  HostSubSpecificationUpdateEvent: HostSubSpecificationUpdateEvent;
  HostSyncFailedEvent: HostSyncFailedEvent;
  HostUpgradeFailedEvent: HostUpgradeFailedEvent;
  HostUserWorldSwapNotEnabledEvent: HostUserWorldSwapNotEnabledEvent;
  HostVnicConnectedToCustomizedDVPortEvent: HostVnicConnectedToCustomizedDVPortEvent;
  HostWwnChangedEvent: HostWwnChangedEvent;
  HostWwnConflictEvent: HostWwnConflictEvent;
  LicenseEvent: LicenseEvent;
  LicenseExpiredEvent: LicenseExpiredEvent;
  LicenseNonComplianceEvent: LicenseNonComplianceEvent;
  LicenseRestrictedEvent: LicenseRestrictedEvent;
  LicenseServerAvailableEvent: LicenseServerAvailableEvent;
  LicenseServerUnavailableEvent: LicenseServerUnavailableEvent;
  LocalDatastoreCreatedEvent: LocalDatastoreCreatedEvent;
  LocalTSMEnabledEvent: LocalTSMEnabledEvent;
  LockerMisconfiguredEvent: LockerMisconfiguredEvent;
  LockerReconfiguredEvent: LockerReconfiguredEvent;
  NASDatastoreCreatedEvent: NASDatastoreCreatedEvent;
  NetworkRollbackEvent: NetworkRollbackEvent;
  NoDatastoresConfiguredEvent: NoDatastoresConfiguredEvent;
  NoLicenseEvent: NoLicenseEvent;
  ProfileEvent: ProfileEvent;
  ProfileEventArgument: ProfileEventArgument;
  ProfileReferenceHostChangedEvent: ProfileReferenceHostChangedEvent;
  ProfileRemovedEvent: ProfileRemovedEvent;
  RemoteTSMEnabledEvent: RemoteTSMEnabledEvent;
  ResourcePoolEvent: ResourcePoolEvent;
  ResourcePoolMovedEvent: ResourcePoolMovedEvent;
  ResourcePoolReconfiguredEvent: ResourcePoolReconfiguredEvent;
  ResourceViolatedEvent: ResourceViolatedEvent;
  RoleEventArgument: RoleEventArgument;
  ScheduledTaskEvent: ScheduledTaskEvent;
  ScheduledTaskFailedEvent: ScheduledTaskFailedEvent;
  ScheduledTaskReconfiguredEvent: ScheduledTaskReconfiguredEvent;
  ScheduledTaskRemovedEvent: ScheduledTaskRemovedEvent;
  ScheduledTaskStartedEvent: ScheduledTaskStartedEvent;
  ServerLicenseExpiredEvent: ServerLicenseExpiredEvent;
  SessionEvent: SessionEvent;
  SessionTerminatedEvent: SessionTerminatedEvent;
  TaskEvent: TaskEvent;
  TaskTimeoutEvent: TaskTimeoutEvent;
  TemplateUpgradeEvent: TemplateUpgradeEvent;
  TemplateUpgradeFailedEvent: TemplateUpgradeFailedEvent;
  TemplateUpgradedEvent: TemplateUpgradedEvent;
  TimedOutHostOperationEvent: TimedOutHostOperationEvent;
  UnlicensedVirtualMachinesEvent: UnlicensedVirtualMachinesEvent;
  UnlicensedVirtualMachinesFoundEvent: UnlicensedVirtualMachinesFoundEvent;
  UpdatedAgentBeingRestartedEvent: UpdatedAgentBeingRestartedEvent;
  UpgradeEvent: UpgradeEvent;
  UserAssignedToGroup: UserAssignedToGroup;
  UserLoginSessionEvent: UserLoginSessionEvent;
  UserLogoutSessionEvent: UserLogoutSessionEvent;
  UserPasswordChanged: UserPasswordChanged;
  UserUnassignedFromGroup: UserUnassignedFromGroup;
  UserUpgradeEvent: UserUpgradeEvent;
  VMFSDatastoreCreatedEvent: VMFSDatastoreCreatedEvent;
  VMFSDatastoreExpandedEvent: VMFSDatastoreExpandedEvent;
  VMFSDatastoreExtendedEvent: VMFSDatastoreExtendedEvent;
  VMotionLicenseExpiredEvent: VMotionLicenseExpiredEvent;
  VcAgentUninstallFailedEvent: VcAgentUninstallFailedEvent;
  VcAgentUninstalledEvent: VcAgentUninstalledEvent;
  VcAgentUpgradeFailedEvent: VcAgentUpgradeFailedEvent;
  VcAgentUpgradedEvent: VcAgentUpgradedEvent;
  VimAccountPasswordChangedEvent: VimAccountPasswordChangedEvent;
  VmEvent: VmEvent;
  VmFailedMigrateEvent: VmFailedMigrateEvent;
  VmFailedRelayoutEvent: VmFailedRelayoutEvent;
  VmFailedRelayoutOnVmfs2DatastoreEvent: VmFailedRelayoutOnVmfs2DatastoreEvent;
  VmFailedStartingSecondaryEvent: VmFailedStartingSecondaryEvent;
  VmFailedToPowerOffEvent: VmFailedToPowerOffEvent;
  VmFailedToPowerOnEvent: VmFailedToPowerOnEvent;
  VmFailedToRebootGuestEvent: VmFailedToRebootGuestEvent;
  VmFailedToResetEvent: VmFailedToResetEvent;
  VmFailedToShutdownGuestEvent: VmFailedToShutdownGuestEvent;
  VmFailedToStandbyGuestEvent: VmFailedToStandbyGuestEvent;
  VmFailedToSuspendEvent: VmFailedToSuspendEvent;
  VmFailedUpdatingSecondaryConfig: VmFailedUpdatingSecondaryConfig;
  VmFailoverFailed: VmFailoverFailed;
  VmFaultToleranceTurnedOffEvent: VmFaultToleranceTurnedOffEvent;
  VmFaultToleranceVmTerminatedEvent: VmFaultToleranceVmTerminatedEvent;
  VmGuestOSCrashedEvent: VmGuestOSCrashedEvent;
  VmGuestRebootEvent: VmGuestRebootEvent;
  VmGuestShutdownEvent: VmGuestShutdownEvent;
  VmGuestStandbyEvent: VmGuestStandbyEvent;
  VmInstanceUuidAssignedEvent: VmInstanceUuidAssignedEvent;
  VmInstanceUuidChangedEvent: VmInstanceUuidChangedEvent;
  VmInstanceUuidConflictEvent: VmInstanceUuidConflictEvent;
  VmMacAssignedEvent: VmMacAssignedEvent;
  VmMacChangedEvent: VmMacChangedEvent;
  VmMacConflictEvent: VmMacConflictEvent;
  VmMaxFTRestartCountReached: VmMaxFTRestartCountReached;
  VmMaxRestartCountReached: VmMaxRestartCountReached;
  VmMessageErrorEvent: VmMessageErrorEvent;
  VmMessageEvent: VmMessageEvent;
  VmMessageWarningEvent: VmMessageWarningEvent;
  VmMigratedEvent: VmMigratedEvent;
  VmNoCompatibleHostForSecondaryEvent: VmNoCompatibleHostForSecondaryEvent;
  VmNoNetworkAccessEvent: VmNoNetworkAccessEvent;
  VmOrphanedEvent: VmOrphanedEvent;
  VmPoweredOffEvent: VmPoweredOffEvent;
  VmPoweredOnEvent: VmPoweredOnEvent;
  VmPoweringOnWithCustomizedDVPortEvent: VmPoweringOnWithCustomizedDVPortEvent;
  VmPrimaryFailoverEvent: VmPrimaryFailoverEvent;
  VmReconfiguredEvent: VmReconfiguredEvent;
  VmRegisteredEvent: VmRegisteredEvent;
  VmRelayoutSuccessfulEvent: VmRelayoutSuccessfulEvent;
  VmRelayoutUpToDateEvent: VmRelayoutUpToDateEvent;
  VmReloadFromPathEvent: VmReloadFromPathEvent;
  VmReloadFromPathFailedEvent: VmReloadFromPathFailedEvent;
  VmRelocateSpecEvent: VmRelocateSpecEvent;
  VmRelocatedEvent: VmRelocatedEvent;
  VmRemoteConsoleConnectedEvent: VmRemoteConsoleConnectedEvent;
  VmRemoteConsoleDisconnectedEvent: VmRemoteConsoleDisconnectedEvent;
  VmRemovedEvent: VmRemovedEvent;
  VmRenamedEvent: VmRenamedEvent;
  VmRequirementsExceedCurrentEVCModeEvent: VmRequirementsExceedCurrentEVCModeEvent;
  VmResettingEvent: VmResettingEvent;
  VmResourcePoolMovedEvent: VmResourcePoolMovedEvent;
  VmResourceReallocatedEvent: VmResourceReallocatedEvent;
  VmRestartedOnAlternateHostEvent: VmRestartedOnAlternateHostEvent;
  VmResumingEvent: VmResumingEvent;
  VmSecondaryAddedEvent: VmSecondaryAddedEvent;
  VmSecondaryDisabledBySystemEvent: VmSecondaryDisabledBySystemEvent;
  VmSecondaryDisabledEvent: VmSecondaryDisabledEvent;
  VmSecondaryEnabledEvent: VmSecondaryEnabledEvent;
  VmSecondaryStartedEvent: VmSecondaryStartedEvent;
  VmShutdownOnIsolationEvent: VmShutdownOnIsolationEvent;
  VmStartRecordingEvent: VmStartRecordingEvent;
  VmStartReplayingEvent: VmStartReplayingEvent;
  VmStartingEvent: VmStartingEvent;
  VmStartingSecondaryEvent: VmStartingSecondaryEvent;
  VmStaticMacConflictEvent: VmStaticMacConflictEvent;
  VmStoppingEvent: VmStoppingEvent;
  VmSuspendedEvent: VmSuspendedEvent;
  VmSuspendingEvent: VmSuspendingEvent;
  VmTimedoutStartingSecondaryEvent: VmTimedoutStartingSecondaryEvent;
  VmUnsupportedStartingEvent: VmUnsupportedStartingEvent;
  VmUpgradeCompleteEvent: VmUpgradeCompleteEvent;
  VmUpgradeFailedEvent: VmUpgradeFailedEvent;
  VmUpgradingEvent: VmUpgradingEvent;
  VmUuidAssignedEvent: VmUuidAssignedEvent;
  VmUuidChangedEvent: VmUuidChangedEvent;
  VmUuidConflictEvent: VmUuidConflictEvent;
  VmWwnAssignedEvent: VmWwnAssignedEvent;
  VmWwnChangedEvent: VmWwnChangedEvent;
  VmWwnConflictEvent: VmWwnConflictEvent;
  VnicPortArgument: VnicPortArgument;
  WarningUpgradeEvent: WarningUpgradeEvent;
  IScsiBootFailureEvent: IScsiBootFailureEvent;
  ExtExtendedProductInfo: ExtExtendedProductInfo;
  ManagedByInfo: ManagedByInfo;
  ExtManagedEntityInfo: ExtManagedEntityInfo;
  ExtSolutionManagerInfo: ExtSolutionManagerInfo;
  ExtSolutionManagerInfoTabInfo: ExtSolutionManagerInfoTabInfo;
  CannotDisableDrsOnClustersWithVApps: CannotDisableDrsOnClustersWithVApps;
  ConflictingDatastoreFound: ConflictingDatastoreFound;
  DatabaseError: DatabaseError;
  DisallowedChangeByService: DisallowedChangeByService;
  DisallowedOperationOnFailoverHost: DisallowedOperationOnFailoverHost;
  ExpiredFeatureLicense: ExpiredFeatureLicense;
  FailToLockFaultToleranceVMs: FailToLockFaultToleranceVMs;
  HostAccessRestrictedToManagementServer: HostAccessRestrictedToManagementServer;
  HostInventoryFull: HostInventoryFull;
  InUseFeatureManipulationDisallowed: InUseFeatureManipulationDisallowed;
  IncompatibleSetting: IncompatibleSetting;
  IncorrectHostInformation: IncorrectHostInformation;
  InvalidDasConfigArgument: InvalidDasConfigArgument;
  InvalidDasRestartPriorityForFtVm: InvalidDasRestartPriorityForFtVm;
  InvalidDrsBehaviorForFtVm: InvalidDrsBehaviorForFtVm;
  InvalidEditionLicense: InvalidEditionLicense;
  InvalidIndexArgument: InvalidIndexArgument;
  InvalidProfileReferenceHost: InvalidProfileReferenceHost;
  InvalidScheduledTask: InvalidScheduledTask;
  InventoryHasStandardAloneHosts: InventoryHasStandardAloneHosts;
  LicenseAssignmentFailed: LicenseAssignmentFailed;
  LicenseDowngradeDisallowed: LicenseDowngradeDisallowed;
  LicenseExpired: LicenseExpired;
  LicenseKeyEntityMismatch: LicenseKeyEntityMismatch;
  LicenseRestricted: LicenseRestricted;
  LicenseSourceUnavailable: LicenseSourceUnavailable;
  MethodAlreadyDisabledFault: MethodAlreadyDisabledFault;
  MethodDisabled: MethodDisabled;
  NoLicenseServerConfigured: NoLicenseServerConfigured;
  NoPermission: NoPermission;
  NoPermissionEntityPrivileges: NoPermissionEntityPrivileges;
  NotAuthenticated: NotAuthenticated;
  OperationDisallowedOnHost: OperationDisallowedOnHost;
  RestrictedByAdministrator: RestrictedByAdministrator;
  RestrictedVersion: RestrictedVersion;
  SolutionUserRequired: SolutionUserRequired;
  ThirdPartyLicenseAssignmentFailed: ThirdPartyLicenseAssignmentFailed;
  VAppOperationInProgress: VAppOperationInProgress;
  VimFault: VimFault;
  VmConfigFault: VmConfigFault;
  VmConfigIncompatibleForFaultTolerance: VmConfigIncompatibleForFaultTolerance;
  VmConfigIncompatibleForRecordReplay: VmConfigIncompatibleForRecordReplay;
  VmFaultToleranceIssue: VmFaultToleranceIssue;
  VmFaultToleranceOpIssuesList: VmFaultToleranceOpIssuesList;
  VmHostAffinityRuleViolation: VmHostAffinityRuleViolation;
  VmLimitLicense: VmLimitLicense;
  VmMetadataManagerFault: VmMetadataManagerFault;
  VmMonitorIncompatibleForFaultTolerance: VmMonitorIncompatibleForFaultTolerance;
  VmToolsUpgradeFault: VmToolsUpgradeFault;
  VmValidateMaxDevice: VmValidateMaxDevice;
  VramLimitLicense: VramLimitLicense;
  VsanFault: VsanFault;
  WipeDiskFault: WipeDiskFault;
  HostActiveDirectory: HostActiveDirectory;
  HostActiveDirectorySpec: HostActiveDirectorySpec;
  HostAssignableHardwareBinding: HostAssignableHardwareBinding;
  HostAssignableHardwareConfig: HostAssignableHardwareConfig;
  HostAssignableHardwareConfigAttributeOverride: HostAssignableHardwareConfigAttributeOverride;
  HostAuthenticationManagerInfo: HostAuthenticationManagerInfo;
  HostAuthenticationStoreInfo: HostAuthenticationStoreInfo;
  AutoStartDefaults: AutoStartDefaults;
  AutoStartPowerInfo: AutoStartPowerInfo;
  HostAutoStartManagerConfig: HostAutoStartManagerConfig;
  HostBIOSInfo: HostBIOSInfo;
  HostBootDevice: HostBootDevice;
  HostCacheConfigurationSpec: HostCacheConfigurationSpec;
  HostCacheConfigurationInfo: HostCacheConfigurationInfo;
  HostCapability: HostCapability;
  HostCertificateManagerCertificateSpec: HostCertificateManagerCertificateSpec;
  HostCertificateManagerCertificateInfo: HostCertificateManagerCertificateInfo;
  HostConfigChange: HostConfigChange;
  HostConfigManager: HostConfigManager;
  HostCpuIdInfo: HostCpuIdInfo;
  HostCpuInfo: HostCpuInfo;
  HostCpuPackage: HostCpuPackage;
  HostCpuPowerManagementInfo: HostCpuPowerManagementInfo;
  HostHyperThreadScheduleInfo: HostHyperThreadScheduleInfo;
  HostCpuSchedulerInfo: HostCpuSchedulerInfo;
  HostDataTransportConnectionInfo: HostDataTransportConnectionInfo;
  FileInfo: FileInfo;
  FileQueryFlags: FileQueryFlags;
  FileQuery: FileQuery;
  VmConfigFileQuery: VmConfigFileQuery;
  VmConfigFileQueryFilter: VmConfigFileQueryFilter;
  VmConfigFileQueryFlags: VmConfigFileQueryFlags;
  TemplateConfigFileQuery: TemplateConfigFileQuery;
  VmDiskFileQuery: VmDiskFileQuery;
  VmDiskFileQueryFilter: VmDiskFileQueryFilter;
  VmDiskFileQueryFlags: VmDiskFileQueryFlags;
  FolderFileQuery: FolderFileQuery;
  VmSnapshotFileQuery: VmSnapshotFileQuery;
  IsoImageFileQuery: IsoImageFileQuery;
  FloppyImageFileQuery: FloppyImageFileQuery;
  VmNvramFileQuery: VmNvramFileQuery;
  VmLogFileQuery: VmLogFileQuery;
  VmConfigFileInfo: VmConfigFileInfo;
  VmConfigFileEncryptionInfo: VmConfigFileEncryptionInfo;
  TemplateConfigFileInfo: TemplateConfigFileInfo;
  VmDiskFileInfo: VmDiskFileInfo;
  VmDiskFileEncryptionInfo: VmDiskFileEncryptionInfo;
  FolderFileInfo: FolderFileInfo;
  VmSnapshotFileInfo: VmSnapshotFileInfo;
  IsoImageFileInfo: IsoImageFileInfo;
  FloppyImageFileInfo: FloppyImageFileInfo;
  VmNvramFileInfo: VmNvramFileInfo;
  VmLogFileInfo: VmLogFileInfo;
  HostDatastoreBrowserSearchSpec: HostDatastoreBrowserSearchSpec;
  HostDatastoreBrowserSearchResults: HostDatastoreBrowserSearchResults;
  HostDateTimeConfig: HostDateTimeConfig;
  HostDateTimeSystemTimeZone: HostDateTimeSystemTimeZone;
  HostDateTimeSystemServiceTestResult: HostDateTimeSystemServiceTestResult;
  HostDeploymentInfo: HostDeploymentInfo;
  HostDevice: HostDevice;
  HostDhcpService: HostDhcpService;
  HostDhcpServiceSpec: HostDhcpServiceSpec;
  HostDhcpServiceConfig: HostDhcpServiceConfig;
  HostDigestInfo: HostDigestInfo;
  HostDirectoryStoreInfo: HostDirectoryStoreInfo;
  HostDiskConfigurationResult: HostDiskConfigurationResult;
  HostDiskDimensions: HostDiskDimensions;
  HostDiskDimensionsChs: HostDiskDimensionsChs;
  HostDiskDimensionsLba: HostDiskDimensionsLba;
  HostDiskPartitionInfo: HostDiskPartitionInfo;
  HostDiskPartitionAttributes: HostDiskPartitionAttributes;
  HostDiskPartitionBlockRange: HostDiskPartitionBlockRange;
  HostDiskPartitionSpec: HostDiskPartitionSpec;
  HostDiskPartitionLayout: HostDiskPartitionLayout;
  HostDnsConfig: HostDnsConfig;
  HostDnsConfigSpec: HostDnsConfigSpec;
  HostDvxClass: HostDvxClass;
  HostEnterMaintenanceResult: HostEnterMaintenanceResult;
  HostEsxAgentHostManagerConfigInfo: HostEsxAgentHostManagerConfigInfo;
  HostFaultToleranceManagerComponentHealthInfo: HostFaultToleranceManagerComponentHealthInfo;
  FcoeConfig: FcoeConfig;
  FcoeConfigVlanRange: FcoeConfigVlanRange;
  FcoeConfigFcoeCapabilities: FcoeConfigFcoeCapabilities;
  FcoeConfigFcoeSpecification: FcoeConfigFcoeSpecification;
  HostFeatureCapability: HostFeatureCapability;
  HostFeatureMask: HostFeatureMask;
  HostFeatureVersionInfo: HostFeatureVersionInfo;
  HostFileAccess: HostFileAccess;
  ModeInfo: ModeInfo;
  HostFileSystemMountInfo: HostFileSystemMountInfo;
  HostFileSystemVolume: HostFileSystemVolume;
  HostFileSystemVolumeInfo: HostFileSystemVolumeInfo;
  HostFirewallInfo: HostFirewallInfo;
  HostFirewallDefaultPolicy: HostFirewallDefaultPolicy;
  HostFlagInfo: HostFlagInfo;
  HostForceMountedInfo: HostForceMountedInfo;
  HostFru: HostFru;
  HostGatewaySpec: HostGatewaySpec;
  HostGraphicsConfig: HostGraphicsConfig;
  HostGraphicsConfigDeviceType: HostGraphicsConfigDeviceType;
  HostGraphicsInfo: HostGraphicsInfo;
  HostHardwareInfo: HostHardwareInfo;
  HostHardwareStatusInfo: HostHardwareStatusInfo;
  HostHardwareElementInfo: HostHardwareElementInfo;
  HostStorageElementInfo: HostStorageElementInfo;
  HostStorageOperationalInfo: HostStorageOperationalInfo;
  DpuStatusInfo: DpuStatusInfo;
  DpuStatusInfoOperationalInfo: DpuStatusInfoOperationalInfo;
  HostHbaCreateSpec: HostHbaCreateSpec;
  HealthSystemRuntime: HealthSystemRuntime;
  HostAccessControlEntry: HostAccessControlEntry;
  HostHostBusAdapter: HostHostBusAdapter;
  HostProxySwitch: HostProxySwitch;
  HostProxySwitchSpec: HostProxySwitchSpec;
  HostProxySwitchConfig: HostProxySwitchConfig;
  HostProxySwitchHostLagConfig: HostProxySwitchHostLagConfig;
  HostProxySwitchEnsInfo: HostProxySwitchEnsInfo;
  HostImageProfileSummary: HostImageProfileSummary;
  HostIpConfig: HostIpConfig;
  HostIpConfigIpV6Address: HostIpConfigIpV6Address;
  HostIpConfigIpV6AddressConfiguration: HostIpConfigIpV6AddressConfiguration;
  HostIpRouteConfig: HostIpRouteConfig;
  HostIpRouteConfigSpec: HostIpRouteConfigSpec;
  HostIpRouteEntry: HostIpRouteEntry;
  HostIpRouteOp: HostIpRouteOp;
  HostIpRouteTableConfig: HostIpRouteTableConfig;
  HostIpRouteTableInfo: HostIpRouteTableInfo;
  HostIpmiInfo: HostIpmiInfo;
  IscsiStatus: IscsiStatus;
  IscsiPortInfo: IscsiPortInfo;
  IscsiDependencyEntity: IscsiDependencyEntity;
  IscsiMigrationDependency: IscsiMigrationDependency;
  KernelModuleInfo: KernelModuleInfo;
  KernelModuleSectionInfo: KernelModuleSectionInfo;
  HostLicenseSpec: HostLicenseSpec;
  LinkDiscoveryProtocolConfig: LinkDiscoveryProtocolConfig;
  HostAccountSpec: HostAccountSpec;
  HostPosixAccountSpec: HostPosixAccountSpec;
  HostLocalAuthenticationInfo: HostLocalAuthenticationInfo;
  HostLocalFileSystemVolume: HostLocalFileSystemVolume;
  HostLocalFileSystemVolumeSpec: HostLocalFileSystemVolumeSpec;
  HostLowLevelProvisioningManagerVmRecoveryInfo: HostLowLevelProvisioningManagerVmRecoveryInfo;
  HostLowLevelProvisioningManagerVmMigrationStatus: HostLowLevelProvisioningManagerVmMigrationStatus;
  HostLowLevelProvisioningManagerDiskLayoutSpec: HostLowLevelProvisioningManagerDiskLayoutSpec;
  HostLowLevelProvisioningManagerSnapshotLayoutSpec: HostLowLevelProvisioningManagerSnapshotLayoutSpec;
  HostLowLevelProvisioningManagerFileReserveSpec: HostLowLevelProvisioningManagerFileReserveSpec;
  HostLowLevelProvisioningManagerFileReserveResult: HostLowLevelProvisioningManagerFileReserveResult;
  HostLowLevelProvisioningManagerFileDeleteSpec: HostLowLevelProvisioningManagerFileDeleteSpec;
  HostLowLevelProvisioningManagerFileDeleteResult: HostLowLevelProvisioningManagerFileDeleteResult;
  HostMaintenanceSpec: HostMaintenanceSpec;
  ServiceConsoleReservationInfo: ServiceConsoleReservationInfo;
  VirtualMachineMemoryReservationInfo: VirtualMachineMemoryReservationInfo;
  VirtualMachineMemoryReservationSpec: VirtualMachineMemoryReservationSpec;
  HostMemorySpec: HostMemorySpec;
  HostMemoryTierInfo: HostMemoryTierInfo;
  HostMountInfo: HostMountInfo;
  HostMultipathInfo: HostMultipathInfo;
  HostMultipathInfoLogicalUnitPolicy: HostMultipathInfoLogicalUnitPolicy;
  HostMultipathInfoHppLogicalUnitPolicy: HostMultipathInfoHppLogicalUnitPolicy;
  HostMultipathInfoLogicalUnitStorageArrayTypePolicy: HostMultipathInfoLogicalUnitStorageArrayTypePolicy;
  HostMultipathInfoFixedLogicalUnitPolicy: HostMultipathInfoFixedLogicalUnitPolicy;
  HostMultipathInfoLogicalUnit: HostMultipathInfoLogicalUnit;
  HostMultipathInfoPath: HostMultipathInfoPath;
  HostMultipathStateInfo: HostMultipathStateInfo;
  HostMultipathStateInfoPath: HostMultipathStateInfoPath;
  HostNasVolume: HostNasVolume;
  HostNasVolumeUserInfo: HostNasVolumeUserInfo;
  HostNasVolumeSpec: HostNasVolumeSpec;
  HostNasVolumeConfig: HostNasVolumeConfig;
  HostNatService: HostNatService;
  HostNatServicePortForwardSpec: HostNatServicePortForwardSpec;
  HostNatServiceNameServiceSpec: HostNatServiceNameServiceSpec;
  HostNatServiceSpec: HostNatServiceSpec;
  HostNatServiceConfig: HostNatServiceConfig;
  HostNetCapabilities: HostNetCapabilities;
  HostNetOffloadCapabilities: HostNetOffloadCapabilities;
  HostNetStackInstance: HostNetStackInstance;
  HostNetworkInfo: HostNetworkInfo;
  HostNetworkPolicy: HostNetworkPolicy;
  HostNetworkSecurityPolicy: HostNetworkSecurityPolicy;
  HostNetworkTrafficShapingPolicy: HostNetworkTrafficShapingPolicy;
  HostNicFailureCriteria: HostNicFailureCriteria;
  HostNicOrderPolicy: HostNicOrderPolicy;
  HostNicTeamingPolicy: HostNicTeamingPolicy;
  HostNfcConnectionInfo: HostNfcConnectionInfo;
  HostNtpConfig: HostNtpConfig;
  HostNumaInfo: HostNumaInfo;
  HostNumaNode: HostNumaNode;
  HostNumericSensorInfo: HostNumericSensorInfo;
  NvdimmHealthInfo: NvdimmHealthInfo;
  NvdimmRegionInfo: NvdimmRegionInfo;
  NvdimmSummary: NvdimmSummary;
  NvdimmDimmInfo: NvdimmDimmInfo;
  NvdimmInterleaveSetInfo: NvdimmInterleaveSetInfo;
  NvdimmGuid: NvdimmGuid;
  NvdimmNamespaceInfo: NvdimmNamespaceInfo;
  NvdimmNamespaceDetails: NvdimmNamespaceDetails;
  NvdimmNamespaceCreateSpec: NvdimmNamespaceCreateSpec;
  NvdimmPMemNamespaceCreateSpec: NvdimmPMemNamespaceCreateSpec;
  NvdimmNamespaceDeleteSpec: NvdimmNamespaceDeleteSpec;
  NvdimmSystemInfo: NvdimmSystemInfo;
  HostNvmeController: HostNvmeController;
  HostNvmeDisconnectSpec: HostNvmeDisconnectSpec;
  HostNvmeDiscoveryLog: HostNvmeDiscoveryLog;
  HostNvmeDiscoveryLogEntry: HostNvmeDiscoveryLogEntry;
  HostNvmeNamespace: HostNvmeNamespace;
  HostNvmeSpec: HostNvmeSpec;
  HostNvmeTopology: HostNvmeTopology;
  HostNvmeTopologyInterface: HostNvmeTopologyInterface;
  HostNvmeTransportParameters: HostNvmeTransportParameters;
  HostOpaqueSwitch: HostOpaqueSwitch;
  HostOpaqueSwitchPhysicalNicZone: HostOpaqueSwitchPhysicalNicZone;
  HostPMemVolume: HostPMemVolume;
  HostParallelScsiHba: HostParallelScsiHba;
  HostPartialMaintenanceModeRuntimeInfo: HostPartialMaintenanceModeRuntimeInfo;
  HostPatchManagerResult: HostPatchManagerResult;
  HostPatchManagerStatus: HostPatchManagerStatus;
  HostPatchManagerStatusPrerequisitePatch: HostPatchManagerStatusPrerequisitePatch;
  HostPatchManagerLocator: HostPatchManagerLocator;
  HostPatchManagerPatchManagerOperationSpec: HostPatchManagerPatchManagerOperationSpec;
  HostPathSelectionPolicyOption: HostPathSelectionPolicyOption;
  HostPciDevice: HostPciDevice;
  HostPciPassthruConfig: HostPciPassthruConfig;
  HostPciPassthruInfo: HostPciPassthruInfo;
  HostPcieHba: HostPcieHba;
  HostPersistentMemoryInfo: HostPersistentMemoryInfo;
  PhysicalNic: PhysicalNic;
  PhysicalNicSpec: PhysicalNicSpec;
  PhysicalNicConfig: PhysicalNicConfig;
  PhysicalNicLinkInfo: PhysicalNicLinkInfo;
  PhysicalNicHintInfo: PhysicalNicHintInfo;
  PhysicalNicHint: PhysicalNicHint;
  PhysicalNicIpHint: PhysicalNicIpHint;
  PhysicalNicNameHint: PhysicalNicNameHint;
  PhysicalNicCdpDeviceCapability: PhysicalNicCdpDeviceCapability;
  PhysicalNicCdpInfo: PhysicalNicCdpInfo;
  LinkLayerDiscoveryProtocolInfo: LinkLayerDiscoveryProtocolInfo;
  HostPlugStoreTopology: HostPlugStoreTopology;
  HostPlugStoreTopologyAdapter: HostPlugStoreTopologyAdapter;
  HostPlugStoreTopologyPath: HostPlugStoreTopologyPath;
  HostPlugStoreTopologyDevice: HostPlugStoreTopologyDevice;
  HostPlugStoreTopologyPlugin: HostPlugStoreTopologyPlugin;
  HostPlugStoreTopologyTarget: HostPlugStoreTopologyTarget;
  HostPortGroup: HostPortGroup;
  HostPortGroupSpec: HostPortGroupSpec;
  HostPortGroupConfig: HostPortGroupConfig;
  HostPortGroupPort: HostPortGroupPort;
  HostPowerPolicy: HostPowerPolicy;
  PowerSystemCapability: PowerSystemCapability;
  PowerSystemInfo: PowerSystemInfo;
  HostProtocolEndpoint: HostProtocolEndpoint;
  HostPtpConfig: HostPtpConfig;
  HostPtpConfigPtpPort: HostPtpConfigPtpPort;
  HostQualifiedName: HostQualifiedName;
  HostRdmaDevice: HostRdmaDevice;
  HostRdmaDeviceBacking: HostRdmaDeviceBacking;
  HostRdmaDevicePnicBacking: HostRdmaDevicePnicBacking;
  HostRdmaDeviceConnectionInfo: HostRdmaDeviceConnectionInfo;
  HostRdmaDeviceCapability: HostRdmaDeviceCapability;
  HostRdmaHba: HostRdmaHba;
  HostReliableMemoryInfo: HostReliableMemoryInfo;
  HostResignatureRescanResult: HostResignatureRescanResult;
  HostFirewallRuleset: HostFirewallRuleset;
  HostFirewallRulesetIpNetwork: HostFirewallRulesetIpNetwork;
  HostFirewallRulesetIpList: HostFirewallRulesetIpList;
  HostFirewallRulesetRulesetSpec: HostFirewallRulesetRulesetSpec;
  HostFirewallRule: HostFirewallRule;
  ScsiLun: ScsiLun;
  ScsiLunCapabilities: ScsiLunCapabilities;
  ScsiLunDurableName: ScsiLunDurableName;
  ScsiLunDescriptor: ScsiLunDescriptor;
  HostScsiTopology: HostScsiTopology;
  HostScsiTopologyInterface: HostScsiTopologyInterface;
  HostScsiTopologyTarget: HostScsiTopologyTarget;
  HostScsiTopologyLun: HostScsiTopologyLun;
  HostSerialAttachedHba: HostSerialAttachedHba;
  HostService: HostService;
  HostServiceSourcePackage: HostServiceSourcePackage;
  HostServiceConfig: HostServiceConfig;
  HostServiceInfo: HostServiceInfo;
  HostSevInfo: HostSevInfo;
  HostSgxInfo: HostSgxInfo;
  HostSgxRegistrationInfo: HostSgxRegistrationInfo;
  HostSharedGpuCapabilities: HostSharedGpuCapabilities;
  HostSnmpConfigSpec: HostSnmpConfigSpec;
  HostSnmpDestination: HostSnmpDestination;
  HostSnmpSystemAgentLimits: HostSnmpSystemAgentLimits;
  SoftwarePackage: SoftwarePackage;
  SoftwarePackageCapability: SoftwarePackageCapability;
  Relation: Relation;
  HostSriovConfig: HostSriovConfig;
  HostSriovDevicePoolInfo: HostSriovDevicePoolInfo;
  HostSriovInfo: HostSriovInfo;
  HostSriovNetworkDevicePoolInfo: HostSriovNetworkDevicePoolInfo;
  HostSslThumbprintInfo: HostSslThumbprintInfo;
  HostStorageArrayTypePolicyOption: HostStorageArrayTypePolicyOption;
  HostStorageDeviceInfo: HostStorageDeviceInfo;
  SystemEventInfo: SystemEventInfo;
  HostSystemHealthInfo: HostSystemHealthInfo;
  HostSystemIdentificationInfo: HostSystemIdentificationInfo;
  HostSystemInfo: HostSystemInfo;
  HostSystemResourceInfo: HostSystemResourceInfo;
  HostSystemSwapConfiguration: HostSystemSwapConfiguration;
  HostSystemSwapConfigurationSystemSwapOption: HostSystemSwapConfigurationSystemSwapOption;
  HostSystemSwapConfigurationDisabledOption: HostSystemSwapConfigurationDisabledOption;
  HostSystemSwapConfigurationHostCacheOption: HostSystemSwapConfigurationHostCacheOption;
  HostSystemSwapConfigurationHostLocalSwapOption: HostSystemSwapConfigurationHostLocalSwapOption;
  HostSystemSwapConfigurationDatastoreOption: HostSystemSwapConfigurationDatastoreOption;
  HostTargetTransport: HostTargetTransport;
  HostTcpHba: HostTcpHba;
  HostTcpHbaCreateSpec: HostTcpHbaCreateSpec;
  HostTcpTargetTransport: HostTcpTargetTransport;
  HostTpmAttestationInfo: HostTpmAttestationInfo;
  HostTpmAttestationReport: HostTpmAttestationReport;
  HostTpmDigestInfo: HostTpmDigestInfo;
  HostTpmEventDetails: HostTpmEventDetails;
  HostTpmEventLogEntry: HostTpmEventLogEntry;
  HostTpmOptionEventDetails: HostTpmOptionEventDetails;
  HostTpmSoftwareComponentEventDetails: HostTpmSoftwareComponentEventDetails;
  HostTpmVersionEventDetails: HostTpmVersionEventDetails;
  HostTrustAuthorityAttestationInfo: HostTrustAuthorityAttestationInfo;
  HostUnresolvedVmfsResignatureSpec: HostUnresolvedVmfsResignatureSpec;
  HostUnresolvedVmfsResolutionResult: HostUnresolvedVmfsResolutionResult;
  HostUnresolvedVmfsResolutionSpec: HostUnresolvedVmfsResolutionSpec;
  HostUnresolvedVmfsVolume: HostUnresolvedVmfsVolume;
  HostUnresolvedVmfsVolumeResolveStatus: HostUnresolvedVmfsVolumeResolveStatus;
  HostVFlashResourceConfigurationResult: HostVFlashResourceConfigurationResult;
  HostVMotionConfig: HostVMotionConfig;
  HostVMotionNetConfig: HostVMotionNetConfig;
  HostVfatVolume: HostVfatVolume;
  HostVirtualNic: HostVirtualNic;
  HostVirtualNicSpec: HostVirtualNicSpec;
  HostVirtualNicConfig: HostVirtualNicConfig;
  HostVirtualNicOpaqueNetworkSpec: HostVirtualNicOpaqueNetworkSpec;
  HostVirtualNicIpRouteSpec: HostVirtualNicIpRouteSpec;
  HostVirtualNicConnection: HostVirtualNicConnection;
  HostVirtualNicManagerNicTypeSelection: HostVirtualNicManagerNicTypeSelection;
  VirtualNicManagerNetConfig: VirtualNicManagerNetConfig;
  HostVirtualNicManagerInfo: HostVirtualNicManagerInfo;
  HostVirtualSwitch: HostVirtualSwitch;
  HostVirtualSwitchBridge: HostVirtualSwitchBridge;
  HostVirtualSwitchAutoBridge: HostVirtualSwitchAutoBridge;
  HostVirtualSwitchSimpleBridge: HostVirtualSwitchSimpleBridge;
  HostVirtualSwitchBondBridge: HostVirtualSwitchBondBridge;
  HostVirtualSwitchBeaconConfig: HostVirtualSwitchBeaconConfig;
  HostVirtualSwitchSpec: HostVirtualSwitchSpec;
  HostVirtualSwitchConfig: HostVirtualSwitchConfig;
  HostVmciAccessManagerAccessSpec: HostVmciAccessManagerAccessSpec;
  VmfsDatastoreOption: VmfsDatastoreOption;
  VmfsDatastoreBaseOption: VmfsDatastoreBaseOption;
  VmfsDatastoreSingleExtentOption: VmfsDatastoreSingleExtentOption;
  VmfsDatastoreAllExtentOption: VmfsDatastoreAllExtentOption;
  VmfsDatastoreMultipleExtentOption: VmfsDatastoreMultipleExtentOption;
  VmfsDatastoreSpec: VmfsDatastoreSpec;
  HostVmfsRescanResult: HostVmfsRescanResult;
  HostVsanInternalSystemCmmdsQuery: HostVsanInternalSystemCmmdsQuery;
  VsanPolicyCost: VsanPolicyCost;
  VsanPolicySatisfiability: VsanPolicySatisfiability;
  VsanPolicyChangeBatch: VsanPolicyChangeBatch;
  VsanNewPolicyBatch: VsanNewPolicyBatch;
  HostVsanInternalSystemVsanPhysicalDiskDiagnosticsResult: HostVsanInternalSystemVsanPhysicalDiskDiagnosticsResult;
  HostVsanInternalSystemDeleteVsanObjectsResult: HostVsanInternalSystemDeleteVsanObjectsResult;
  HostVsanInternalSystemVsanObjectOperationResult: HostVsanInternalSystemVsanObjectOperationResult;
  HostVvolNQN: HostVvolNQN;
  HostVvolVolume: HostVvolVolume;
  HostVvolVolumeSpecification: HostVvolVolumeSpecification;
  VVolHostPE: VVolHostPE;
  HostVvolVolumeHostVvolNQN: HostVvolVolumeHostVvolNQN;
  NetDhcpConfigInfo: NetDhcpConfigInfo;
  NetDhcpConfigInfoDhcpOptions: NetDhcpConfigInfoDhcpOptions;
  NetDhcpConfigSpec: NetDhcpConfigSpec;
  NetDhcpConfigSpecDhcpOptionsSpec: NetDhcpConfigSpecDhcpOptionsSpec;
  NetDnsConfigInfo: NetDnsConfigInfo;
  NetDnsConfigSpec: NetDnsConfigSpec;
  NetIpConfigInfo: NetIpConfigInfo;
  NetIpConfigInfoIpAddress: NetIpConfigInfoIpAddress;
  NetIpConfigSpec: NetIpConfigSpec;
  NetIpConfigSpecIpAddressSpec: NetIpConfigSpecIpAddressSpec;
  NetIpRouteConfigInfo: NetIpRouteConfigInfo;
  NetIpRouteConfigInfoGateway: NetIpRouteConfigInfoGateway;
  NetIpRouteConfigInfoIpRoute: NetIpRouteConfigInfoIpRoute;
  NetIpRouteConfigSpec: NetIpRouteConfigSpec;
  NetIpRouteConfigSpecGatewaySpec: NetIpRouteConfigSpecGatewaySpec;
  NetIpRouteConfigSpecIpRouteSpec: NetIpRouteConfigSpecIpRouteSpec;
  NetIpStackInfo: NetIpStackInfo;
  NetIpStackInfoNetToMedia: NetIpStackInfoNetToMedia;
  NetIpStackInfoDefaultRouter: NetIpStackInfoDefaultRouter;
  NetBIOSConfigInfo: NetBIOSConfigInfo;
  WinNetBIOSConfigInfo: WinNetBIOSConfigInfo;
  ArrayUpdateSpec: ArrayUpdateSpec;
  OptionDef: OptionDef;
  OptionType: OptionType;
  OptionValue: OptionValue;
  StringOption: StringOption;
  VAppCloneSpec: VAppCloneSpec;
  VAppCloneSpecNetworkMappingPair: VAppCloneSpecNetworkMappingPair;
  VAppCloneSpecResourceMap: VAppCloneSpecResourceMap;
  VAppEntityConfigInfo: VAppEntityConfigInfo;
  VAppIPAssignmentInfo: VAppIPAssignmentInfo;
  IpPool: IpPool;
  IpPoolIpPoolConfigInfo: IpPoolIpPoolConfigInfo;
  IpPoolAssociation: IpPoolAssociation;
  VAppOvfSectionInfo: VAppOvfSectionInfo;
  VAppOvfSectionSpec: VAppOvfSectionSpec;
  VAppProductInfo: VAppProductInfo;
  VAppProductSpec: VAppProductSpec;
  VAppPropertyInfo: VAppPropertyInfo;
  VAppPropertySpec: VAppPropertySpec;
  VmConfigInfo: VmConfigInfo;
  VmConfigSpec: VmConfigSpec;
  VirtualMachineAffinityInfo: VirtualMachineAffinityInfo;
  VirtualMachineBaseIndependentFilterSpec: VirtualMachineBaseIndependentFilterSpec;
  VirtualMachineBootOptions: VirtualMachineBootOptions;
  VirtualMachineBootOptionsBootableDevice: VirtualMachineBootOptionsBootableDevice;
  VirtualMachineBootOptionsBootableDiskDevice: VirtualMachineBootOptionsBootableDiskDevice;
  VirtualMachineBootOptionsBootableEthernetDevice: VirtualMachineBootOptionsBootableEthernetDevice;
  VirtualMachineBootOptionsBootableFloppyDevice: VirtualMachineBootOptionsBootableFloppyDevice;
  VirtualMachineBootOptionsBootableCdromDevice: VirtualMachineBootOptionsBootableCdromDevice;
  VirtualMachineCapability: VirtualMachineCapability;
  VirtualMachineCertThumbprint: VirtualMachineCertThumbprint;
  VirtualMachineCloneSpec: VirtualMachineCloneSpec;
  VirtualMachineConfigInfo: VirtualMachineConfigInfo;
  VirtualMachineConfigInfoDatastoreUrlPair: VirtualMachineConfigInfoDatastoreUrlPair;
  VirtualMachineConfigInfoOverheadInfo: VirtualMachineConfigInfoOverheadInfo;
  VirtualMachineConfigOption: VirtualMachineConfigOption;
  VirtualMachineConfigOptionDescriptor: VirtualMachineConfigOptionDescriptor;
  VirtualMachineConfigSpec: VirtualMachineConfigSpec;
  VirtualMachineCpuIdInfoSpec: VirtualMachineCpuIdInfoSpec;
  VirtualMachineConsolePreferences: VirtualMachineConsolePreferences;
  VirtualMachineContentLibraryItemInfo: VirtualMachineContentLibraryItemInfo;
  DatastoreOption: DatastoreOption;
  VirtualMachineDatastoreVolumeOption: VirtualMachineDatastoreVolumeOption;
  VirtualMachineDefaultPowerOpInfo: VirtualMachineDefaultPowerOpInfo;
  VirtualMachineDeviceRuntimeInfo: VirtualMachineDeviceRuntimeInfo;
  VirtualMachineDeviceRuntimeInfoDeviceRuntimeState: VirtualMachineDeviceRuntimeInfoDeviceRuntimeState;
  VirtualMachineDeviceRuntimeInfoVirtualEthernetCardRuntimeState: VirtualMachineDeviceRuntimeInfoVirtualEthernetCardRuntimeState;
  VirtualMachineDvxClassInfo: VirtualMachineDvxClassInfo;
  VirtualMachineEmptyIndependentFilterSpec: VirtualMachineEmptyIndependentFilterSpec;
  FaultToleranceConfigInfo: FaultToleranceConfigInfo;
  FaultToleranceConfigSpec: FaultToleranceConfigSpec;
  FaultToleranceMetaSpec: FaultToleranceMetaSpec;
  FaultTolerancePrimaryConfigInfo: FaultTolerancePrimaryConfigInfo;
  FaultToleranceSecondaryConfigInfo: FaultToleranceSecondaryConfigInfo;
  FaultToleranceSecondaryOpResult: FaultToleranceSecondaryOpResult;
  FaultToleranceVMConfigSpec: FaultToleranceVMConfigSpec;
  FaultToleranceDiskSpec: FaultToleranceDiskSpec;
  VirtualMachineFeatureRequirement: VirtualMachineFeatureRequirement;
  VirtualMachineFileInfo: VirtualMachineFileInfo;
  VirtualMachineFileLayout: VirtualMachineFileLayout;
  VirtualMachineFileLayoutDiskLayout: VirtualMachineFileLayoutDiskLayout;
  VirtualMachineFileLayoutSnapshotLayout: VirtualMachineFileLayoutSnapshotLayout;
  VirtualMachineFileLayoutEx: VirtualMachineFileLayoutEx;
  VirtualMachineFileLayoutExFileInfo: VirtualMachineFileLayoutExFileInfo;
  VirtualMachineFileLayoutExDiskUnit: VirtualMachineFileLayoutExDiskUnit;
  VirtualMachineFileLayoutExDiskLayout: VirtualMachineFileLayoutExDiskLayout;
  VirtualMachineFileLayoutExSnapshotLayout: VirtualMachineFileLayoutExSnapshotLayout;
  VirtualMachineFlagInfo: VirtualMachineFlagInfo;
  VirtualMachineForkConfigInfo: VirtualMachineForkConfigInfo;
  GuestInfo: GuestInfo;
  GuestInfoVirtualDiskMapping: GuestInfoVirtualDiskMapping;
  GuestDiskInfo: GuestDiskInfo;
  GuestNicInfo: GuestNicInfo;
  GuestStackInfo: GuestStackInfo;
  GuestScreenInfo: GuestScreenInfo;
  GuestInfoNamespaceGenerationInfo: GuestInfoNamespaceGenerationInfo;
  GuestInfoCustomizationInfo: GuestInfoCustomizationInfo;
  VirtualMachineGuestIntegrityInfo: VirtualMachineGuestIntegrityInfo;
  VirtualMachineGuestMonitoringModeInfo: VirtualMachineGuestMonitoringModeInfo;
  GuestOsDescriptor: GuestOsDescriptor;
  VirtualMachineGuestQuiesceSpec: VirtualMachineGuestQuiesceSpec;
  VirtualMachineIndependentFilterSpec: VirtualMachineIndependentFilterSpec;
  VirtualMachineInstantCloneSpec: VirtualMachineInstantCloneSpec;
  VirtualMachineLegacyNetworkSwitchInfo: VirtualMachineLegacyNetworkSwitchInfo;
  VirtualMachineMessage: VirtualMachineMessage;
  VirtualMachineMetadataManagerVmMetadataOwner: VirtualMachineMetadataManagerVmMetadataOwner;
  VirtualMachineMetadataManagerVmMetadata: VirtualMachineMetadataManagerVmMetadata;
  VirtualMachineMetadataManagerVmMetadataInput: VirtualMachineMetadataManagerVmMetadataInput;
  VirtualMachineMetadataManagerVmMetadataResult: VirtualMachineMetadataManagerVmMetadataResult;
  VirtualMachineNetworkShaperInfo: VirtualMachineNetworkShaperInfo;
  VirtualMachineProfileDetails: VirtualMachineProfileDetails;
  VirtualMachineProfileDetailsDiskProfileDetails: VirtualMachineProfileDetailsDiskProfileDetails;
  VirtualMachineProfileRawData: VirtualMachineProfileRawData;
  VirtualMachineProfileSpec: VirtualMachineProfileSpec;
  VirtualMachinePropertyRelation: VirtualMachinePropertyRelation;
  VirtualMachineQuestionInfo: VirtualMachineQuestionInfo;
  ReplicationConfigSpec: ReplicationConfigSpec;
  ReplicationInfoDiskSettings: ReplicationInfoDiskSettings;
  ScheduledHardwareUpgradeInfo: ScheduledHardwareUpgradeInfo;
  VirtualMachineSgxInfo: VirtualMachineSgxInfo;
  VirtualMachineSnapshotInfo: VirtualMachineSnapshotInfo;
  SnapshotSelectionSpec: SnapshotSelectionSpec;
  VirtualMachineSriovDevicePoolInfo: VirtualMachineSriovDevicePoolInfo;
  VirtualMachineSriovNetworkDevicePoolInfo: VirtualMachineSriovNetworkDevicePoolInfo;
  VirtualMachineStorageInfo: VirtualMachineStorageInfo;
  VirtualMachineUsageOnDatastore: VirtualMachineUsageOnDatastore;
  VirtualMachineTargetInfo: VirtualMachineTargetInfo;
  ToolsConfigInfo: ToolsConfigInfo;
  ToolsConfigInfoToolsLastInstallInfo: ToolsConfigInfoToolsLastInstallInfo;
  VirtualMachineUsbInfo: VirtualMachineUsbInfo;
  UsbScanCodeSpec: UsbScanCodeSpec;
  UsbScanCodeSpecModifierType: UsbScanCodeSpecModifierType;
  UsbScanCodeSpecKeyEvent: UsbScanCodeSpecKeyEvent;
  VirtualMachineVMotionStunTimeInfo: VirtualMachineVMotionStunTimeInfo;
  VirtualMachineVcpuConfig: VirtualMachineVcpuConfig;
  VirtualMachineVendorDeviceGroupInfo: VirtualMachineVendorDeviceGroupInfo;
  VirtualMachineVendorDeviceGroupInfoComponentDeviceInfo: VirtualMachineVendorDeviceGroupInfoComponentDeviceInfo;
  VirtualMachineVgpuDeviceInfo: VirtualMachineVgpuDeviceInfo;
  VirtualMachineVgpuProfileInfo: VirtualMachineVgpuProfileInfo;
  VirtualMachineVirtualDeviceGroups: VirtualMachineVirtualDeviceGroups;
  VirtualMachineVirtualDeviceGroupsDeviceGroup: VirtualMachineVirtualDeviceGroupsDeviceGroup;
  VirtualMachineVirtualDeviceGroupsVendorDeviceGroup: VirtualMachineVirtualDeviceGroupsVendorDeviceGroup;
  VirtualMachineVirtualDeviceSwap: VirtualMachineVirtualDeviceSwap;
  VirtualMachineVirtualDeviceSwapDeviceSwapInfo: VirtualMachineVirtualDeviceSwapDeviceSwapInfo;
  VirtualHardware: VirtualHardware;
  VirtualHardwareOption: VirtualHardwareOption;
  VirtualMachineVirtualNuma: VirtualMachineVirtualNuma;
  VirtualMachineVirtualNumaInfo: VirtualMachineVirtualNumaInfo;
  VirtualMachineVirtualPMem: VirtualMachineVirtualPMem;
  VirtualMachineWindowsQuiesceSpec: VirtualMachineWindowsQuiesceSpec;
  CheckResult: CheckResult;
  CustomizationAdapterMapping: CustomizationAdapterMapping;
  CustomizationGlobalIPSettings: CustomizationGlobalIPSettings;
  CustomizationGuiRunOnce: CustomizationGuiRunOnce;
  CustomizationGuiUnattended: CustomizationGuiUnattended;
  CustomizationIPSettings: CustomizationIPSettings;
  CustomizationIPSettingsIpV6AddressSpec: CustomizationIPSettingsIpV6AddressSpec;
  CustomizationIdentification: CustomizationIdentification;
  CustomizationIdentitySettings: CustomizationIdentitySettings;
  CustomizationIpGenerator: CustomizationIpGenerator;
  CustomizationIpV6Generator: CustomizationIpV6Generator;
  CustomizationLicenseFilePrintData: CustomizationLicenseFilePrintData;
  CustomizationLinuxPrep: CustomizationLinuxPrep;
  CustomizationName: CustomizationName;
  CustomizationOptions: CustomizationOptions;
  CustomizationPassword: CustomizationPassword;
  CustomizationPrefixName: CustomizationPrefixName;
  CustomizationSpec: CustomizationSpec;
  CustomizationStatelessIpV6Generator: CustomizationStatelessIpV6Generator;
  CustomizationSysprep: CustomizationSysprep;
  CustomizationSysprepText: CustomizationSysprepText;
  CustomizationUnknownIpGenerator: CustomizationUnknownIpGenerator;
  CustomizationUnknownIpV6Generator: CustomizationUnknownIpV6Generator;
  CustomizationUnknownName: CustomizationUnknownName;
  CustomizationUserData: CustomizationUserData;
  CustomizationVirtualMachineName: CustomizationVirtualMachineName;
  CustomizationWinOptions: CustomizationWinOptions;
  HostDiskMappingInfo: HostDiskMappingInfo;
  HostDiskMappingPartitionInfo: HostDiskMappingPartitionInfo;
  HostDiskMappingOption: HostDiskMappingOption;
  HostDiskMappingPartitionOption: HostDiskMappingPartitionOption;
  VirtualDevice: VirtualDevice;
  VirtualDeviceBackingInfo: VirtualDeviceBackingInfo;
  VirtualDeviceFileBackingInfo: VirtualDeviceFileBackingInfo;
  VirtualDeviceDeviceBackingInfo: VirtualDeviceDeviceBackingInfo;
  VirtualDeviceRemoteDeviceBackingInfo: VirtualDeviceRemoteDeviceBackingInfo;
  VirtualDevicePipeBackingInfo: VirtualDevicePipeBackingInfo;
  VirtualDeviceURIBackingInfo: VirtualDeviceURIBackingInfo;
  VirtualDeviceConnectInfo: VirtualDeviceConnectInfo;
  VirtualDeviceBusSlotInfo: VirtualDeviceBusSlotInfo;
  VirtualDevicePciBusSlotInfo: VirtualDevicePciBusSlotInfo;
  VirtualDeviceDeviceGroupInfo: VirtualDeviceDeviceGroupInfo;
  VirtualDeviceOption: VirtualDeviceOption;
  VirtualDeviceBackingOption: VirtualDeviceBackingOption;
  VirtualDeviceFileBackingOption: VirtualDeviceFileBackingOption;
  VirtualDeviceDeviceBackingOption: VirtualDeviceDeviceBackingOption;
  VirtualDeviceRemoteDeviceBackingOption: VirtualDeviceRemoteDeviceBackingOption;
  VirtualDevicePipeBackingOption: VirtualDevicePipeBackingOption;
  VirtualDeviceURIBackingOption: VirtualDeviceURIBackingOption;
  VirtualDeviceConnectOption: VirtualDeviceConnectOption;
  VirtualDeviceBusSlotOption: VirtualDeviceBusSlotOption;
  VirtualDeviceConfigSpec: VirtualDeviceConfigSpec;
  VirtualDeviceConfigSpecBackingSpec: VirtualDeviceConfigSpecBackingSpec;
  VirtualDisk: VirtualDisk;
  VirtualDiskSparseVer1BackingInfo: VirtualDiskSparseVer1BackingInfo;
  VirtualDiskSparseVer2BackingInfo: VirtualDiskSparseVer2BackingInfo;
  VirtualDiskFlatVer1BackingInfo: VirtualDiskFlatVer1BackingInfo;
  VirtualDiskFlatVer2BackingInfo: VirtualDiskFlatVer2BackingInfo;
  VirtualDiskSeSparseBackingInfo: VirtualDiskSeSparseBackingInfo;
  VirtualDiskRawDiskVer2BackingInfo: VirtualDiskRawDiskVer2BackingInfo;
  VirtualDiskPartitionedRawDiskVer2BackingInfo: VirtualDiskPartitionedRawDiskVer2BackingInfo;
  VirtualDiskRawDiskMappingVer1BackingInfo: VirtualDiskRawDiskMappingVer1BackingInfo;
  VirtualDiskLocalPMemBackingInfo: VirtualDiskLocalPMemBackingInfo;
  VirtualDiskVFlashCacheConfigInfo: VirtualDiskVFlashCacheConfigInfo;
  VirtualDiskId: VirtualDiskId;
  VirtualDiskOption: VirtualDiskOption;
  VirtualDiskSparseVer1BackingOption: VirtualDiskSparseVer1BackingOption;
  VirtualDiskSparseVer2BackingOption: VirtualDiskSparseVer2BackingOption;
  VirtualDiskFlatVer1BackingOption: VirtualDiskFlatVer1BackingOption;
  VirtualDiskDeltaDiskFormatsSupported: VirtualDiskDeltaDiskFormatsSupported;
  VirtualDiskFlatVer2BackingOption: VirtualDiskFlatVer2BackingOption;
  VirtualDiskSeSparseBackingOption: VirtualDiskSeSparseBackingOption;
  VirtualDiskRawDiskVer2BackingOption: VirtualDiskRawDiskVer2BackingOption;
  VirtualDiskPartitionedRawDiskVer2BackingOption: VirtualDiskPartitionedRawDiskVer2BackingOption;
  VirtualDiskRawDiskMappingVer1BackingOption: VirtualDiskRawDiskMappingVer1BackingOption;
  VirtualDiskLocalPMemBackingOption: VirtualDiskLocalPMemBackingOption;
  VirtualDiskOptionVFlashCacheConfigOption: VirtualDiskOptionVFlashCacheConfigOption;
  VirtualDiskConfigSpec: VirtualDiskConfigSpec;
  VirtualEthernetCard: VirtualEthernetCard;
  VirtualEthernetCardNetworkBackingInfo: VirtualEthernetCardNetworkBackingInfo;
  VirtualEthernetCardLegacyNetworkBackingInfo: VirtualEthernetCardLegacyNetworkBackingInfo;
  VirtualEthernetCardDistributedVirtualPortBackingInfo: VirtualEthernetCardDistributedVirtualPortBackingInfo;
  VirtualEthernetCardOpaqueNetworkBackingInfo: VirtualEthernetCardOpaqueNetworkBackingInfo;
  VirtualEthernetCardResourceAllocation: VirtualEthernetCardResourceAllocation;
  VirtualEthernetCardOption: VirtualEthernetCardOption;
  VirtualEthernetCardNetworkBackingOption: VirtualEthernetCardNetworkBackingOption;
  VirtualEthernetCardOpaqueNetworkBackingOption: VirtualEthernetCardOpaqueNetworkBackingOption;
  VirtualEthernetCardLegacyNetworkBackingOption: VirtualEthernetCardLegacyNetworkBackingOption;
  VirtualEthernetCardDVPortBackingOption: VirtualEthernetCardDVPortBackingOption;
  VirtualFloppy: VirtualFloppy;
  VirtualFloppyImageBackingInfo: VirtualFloppyImageBackingInfo;
  VirtualFloppyDeviceBackingInfo: VirtualFloppyDeviceBackingInfo;
  VirtualFloppyRemoteDeviceBackingInfo: VirtualFloppyRemoteDeviceBackingInfo;
  VirtualFloppyOption: VirtualFloppyOption;
  VirtualFloppyImageBackingOption: VirtualFloppyImageBackingOption;
  VirtualFloppyDeviceBackingOption: VirtualFloppyDeviceBackingOption;
  VirtualFloppyRemoteDeviceBackingOption: VirtualFloppyRemoteDeviceBackingOption;
  VirtualKeyboard: VirtualKeyboard;
  VirtualKeyboardOption: VirtualKeyboardOption;
  VirtualNVDIMM: VirtualNVDIMM;
  VirtualNVDIMMBackingInfo: VirtualNVDIMMBackingInfo;
  VirtualNVDIMMOption: VirtualNVDIMMOption;
  VirtualPCIPassthrough: VirtualPCIPassthrough;
  VirtualPCIPassthroughDeviceBackingInfo: VirtualPCIPassthroughDeviceBackingInfo;
  VirtualPCIPassthroughAllowedDevice: VirtualPCIPassthroughAllowedDevice;
  VirtualPCIPassthroughDynamicBackingInfo: VirtualPCIPassthroughDynamicBackingInfo;
  VirtualPCIPassthroughPluginBackingInfo: VirtualPCIPassthroughPluginBackingInfo;
  VirtualPCIPassthroughVmiopBackingInfo: VirtualPCIPassthroughVmiopBackingInfo;
  VirtualPCIPassthroughDvxBackingInfo: VirtualPCIPassthroughDvxBackingInfo;
  VirtualPCIPassthroughOption: VirtualPCIPassthroughOption;
  VirtualPCIPassthroughDeviceBackingOption: VirtualPCIPassthroughDeviceBackingOption;
  VirtualPCIPassthroughPluginBackingOption: VirtualPCIPassthroughPluginBackingOption;
  VirtualPCIPassthroughVmiopBackingOption: VirtualPCIPassthroughVmiopBackingOption;
  VirtualPCIPassthroughDynamicBackingOption: VirtualPCIPassthroughDynamicBackingOption;
  VirtualPCIPassthroughDvxBackingOption: VirtualPCIPassthroughDvxBackingOption;
  VirtualPCNet32: VirtualPCNet32;
  VirtualPCNet32Option: VirtualPCNet32Option;
  VirtualParallelPort: VirtualParallelPort;
  VirtualParallelPortFileBackingInfo: VirtualParallelPortFileBackingInfo;
  VirtualParallelPortDeviceBackingInfo: VirtualParallelPortDeviceBackingInfo;
  VirtualParallelPortOption: VirtualParallelPortOption;
  VirtualParallelPortFileBackingOption: VirtualParallelPortFileBackingOption;
  VirtualParallelPortDeviceBackingOption: VirtualParallelPortDeviceBackingOption;
  VirtualPointingDevice: VirtualPointingDevice;
  VirtualPointingDeviceDeviceBackingInfo: VirtualPointingDeviceDeviceBackingInfo;
  VirtualPointingDeviceOption: VirtualPointingDeviceOption;
  VirtualPointingDeviceBackingOption: VirtualPointingDeviceBackingOption;
  VirtualPrecisionClock: VirtualPrecisionClock;
  VirtualPrecisionClockSystemClockBackingInfo: VirtualPrecisionClockSystemClockBackingInfo;
  VirtualPrecisionClockOption: VirtualPrecisionClockOption;
  VirtualPrecisionClockSystemClockBackingOption: VirtualPrecisionClockSystemClockBackingOption;
  VirtualSCSIPassthrough: VirtualSCSIPassthrough;
  VirtualSCSIPassthroughDeviceBackingInfo: VirtualSCSIPassthroughDeviceBackingInfo;
  VirtualSCSIPassthroughOption: VirtualSCSIPassthroughOption;
  VirtualSCSIPassthroughDeviceBackingOption: VirtualSCSIPassthroughDeviceBackingOption;
  VirtualSerialPort: VirtualSerialPort;
  VirtualSerialPortFileBackingInfo: VirtualSerialPortFileBackingInfo;
  VirtualSerialPortDeviceBackingInfo: VirtualSerialPortDeviceBackingInfo;
  VirtualSerialPortPipeBackingInfo: VirtualSerialPortPipeBackingInfo;
  VirtualSerialPortURIBackingInfo: VirtualSerialPortURIBackingInfo;
  VirtualSerialPortThinPrintBackingInfo: VirtualSerialPortThinPrintBackingInfo;
  VirtualSerialPortOption: VirtualSerialPortOption;
  VirtualSerialPortFileBackingOption: VirtualSerialPortFileBackingOption;
  VirtualSerialPortDeviceBackingOption: VirtualSerialPortDeviceBackingOption;
  VirtualSerialPortPipeBackingOption: VirtualSerialPortPipeBackingOption;
  VirtualSerialPortURIBackingOption: VirtualSerialPortURIBackingOption;
  VirtualSerialPortThinPrintBackingOption: VirtualSerialPortThinPrintBackingOption;
  VirtualSoundCard: VirtualSoundCard;
  VirtualSoundCardDeviceBackingInfo: VirtualSoundCardDeviceBackingInfo;
  VirtualSoundCardOption: VirtualSoundCardOption;
  VirtualSoundCardDeviceBackingOption: VirtualSoundCardDeviceBackingOption;
  VirtualSriovEthernetCard: VirtualSriovEthernetCard;
  VirtualSriovEthernetCardSriovBackingInfo: VirtualSriovEthernetCardSriovBackingInfo;
  VirtualSriovEthernetCardOption: VirtualSriovEthernetCardOption;
  VirtualSriovEthernetCardSriovBackingOption: VirtualSriovEthernetCardSriovBackingOption;
  VirtualTPM: VirtualTPM;
  VirtualTPMOption: VirtualTPMOption;
  VirtualUSB: VirtualUSB;
  VirtualUSBUSBBackingInfo: VirtualUSBUSBBackingInfo;
  VirtualUSBRemoteHostBackingInfo: VirtualUSBRemoteHostBackingInfo;
  VirtualUSBRemoteClientBackingInfo: VirtualUSBRemoteClientBackingInfo;
  VirtualUSBOption: VirtualUSBOption;
  VirtualUSBUSBBackingOption: VirtualUSBUSBBackingOption;
  VirtualUSBRemoteHostBackingOption: VirtualUSBRemoteHostBackingOption;
  VirtualUSBRemoteClientBackingOption: VirtualUSBRemoteClientBackingOption;
  VirtualMachineVMCIDevice: VirtualMachineVMCIDevice;
  VirtualMachineVMCIDeviceFilterSpec: VirtualMachineVMCIDeviceFilterSpec;
  VirtualMachineVMCIDeviceFilterInfo: VirtualMachineVMCIDeviceFilterInfo;
  VirtualMachineVMCIDeviceOption: VirtualMachineVMCIDeviceOption;
  VirtualMachineVMCIDeviceOptionFilterSpecOption: VirtualMachineVMCIDeviceOptionFilterSpecOption;
  VirtualMachineVMIROM: VirtualMachineVMIROM;
  VirtualVMIROMOption: VirtualVMIROMOption;
  VirtualMachineVideoCard: VirtualMachineVideoCard;
  VirtualVideoCardOption: VirtualVideoCardOption;
  VirtualVmxnet: VirtualVmxnet;
  VirtualVmxnet2: VirtualVmxnet2;
  VirtualVmxnet3: VirtualVmxnet3;
  VirtualVmxnet3Vrdma: VirtualVmxnet3Vrdma;
  VirtualVmxnetOption: VirtualVmxnetOption;
  VirtualWDT: VirtualWDT;
  VirtualWDTOption: VirtualWDTOption;
  GuestAuthSubject: GuestAuthSubject;
  GuestAuthAnySubject: GuestAuthAnySubject;
  GuestAuthNamedSubject: GuestAuthNamedSubject;
  GuestAuthAliasInfo: GuestAuthAliasInfo;
  GuestAliases: GuestAliases;
  GuestMappedAliases: GuestMappedAliases;
  GuestFileAttributes: GuestFileAttributes;
  GuestPosixFileAttributes: GuestPosixFileAttributes;
  GuestWindowsFileAttributes: GuestWindowsFileAttributes;
  GuestFileInfo: GuestFileInfo;
  GuestListFileInfo: GuestListFileInfo;
  FileTransferInformation: FileTransferInformation;
  GuestAuthentication: GuestAuthentication;
  NamePasswordAuthentication: NamePasswordAuthentication;
  GuestProgramSpec: GuestProgramSpec;
  GuestWindowsProgramSpec: GuestWindowsProgramSpec;
  GuestProcessInfo: GuestProcessInfo;
  SAMLTokenAuthentication: SAMLTokenAuthentication;
  SSPIAuthentication: SSPIAuthentication;
  TicketedSessionAuthentication: TicketedSessionAuthentication;
  GuestRegKeyNameSpec: GuestRegKeyNameSpec;
  GuestRegKeySpec: GuestRegKeySpec;
  GuestRegKeyRecordSpec: GuestRegKeyRecordSpec;
  GuestRegValueNameSpec: GuestRegValueNameSpec;
  GuestRegValueDataSpec: GuestRegValueDataSpec;
  GuestRegValueDwordSpec: GuestRegValueDwordSpec;
  GuestRegValueQwordSpec: GuestRegValueQwordSpec;
  GuestRegValueStringSpec: GuestRegValueStringSpec;
  GuestRegValueExpandStringSpec: GuestRegValueExpandStringSpec;
  GuestRegValueMultiStringSpec: GuestRegValueMultiStringSpec;
  GuestRegValueBinarySpec: GuestRegValueBinarySpec;
  GuestRegValueSpec: GuestRegValueSpec;
  DeviceGroupId: DeviceGroupId;
  FaultDomainId: FaultDomainId;
  ReplicationGroupId: ReplicationGroupId;
  ReplicationSpec: ReplicationSpec;
  BaseConfigInfo: BaseConfigInfo;
  BaseConfigInfoBackingInfo: BaseConfigInfoBackingInfo;
  BaseConfigInfoFileBackingInfo: BaseConfigInfoFileBackingInfo;
  BaseConfigInfoDiskFileBackingInfo: BaseConfigInfoDiskFileBackingInfo;
  BaseConfigInfoRawDiskMappingBackingInfo: BaseConfigInfoRawDiskMappingBackingInfo;
  VslmCreateSpec: VslmCreateSpec;
  VslmCreateSpecBackingSpec: VslmCreateSpecBackingSpec;
  VslmCreateSpecDiskFileBackingSpec: VslmCreateSpecDiskFileBackingSpec;
  VslmCreateSpecRawDiskMappingBackingSpec: VslmCreateSpecRawDiskMappingBackingSpec;
  DiskCryptoSpec: DiskCryptoSpec;
  ID: ID;
  vslmInfrastructureObjectPolicy: vslmInfrastructureObjectPolicy;
  vslmInfrastructureObjectPolicySpec: vslmInfrastructureObjectPolicySpec;
  VslmMigrateSpec: VslmMigrateSpec;
  VslmRelocateSpec: VslmRelocateSpec;
  VStorageObjectStateInfo: VStorageObjectStateInfo;
  VslmTagEntry: VslmTagEntry;
  vslmVClockInfo: vslmVClockInfo;
  VStorageObject: VStorageObject;
  VStorageObjectConfigInfo: VStorageObjectConfigInfo;
  VStorageObjectSnapshot: VStorageObjectSnapshot;
  VStorageObjectSnapshotDetails: VStorageObjectSnapshotDetails;
  VStorageObjectSnapshotInfo: VStorageObjectSnapshotInfo;
  VStorageObjectSnapshotInfoVStorageObjectSnapshot: VStorageObjectSnapshotInfoVStorageObjectSnapshot;
  Permission: Permission;
  AuthorizationRole: AuthorizationRole;
  AuthorizationPrivilege: AuthorizationPrivilege;
  PrivilegeAvailability: PrivilegeAvailability;
  EntityPrivilege: EntityPrivilege;
  UserPrivilegeResult: UserPrivilegeResult;
  BoolPolicy: BoolPolicy;
  EVCMode: EVCMode;
  ImportSpec: ImportSpec;
  IntExpression: IntExpression;
  IpAddress: IpAddress;
  IpRange: IpRange;
  LicenseAssignmentManagerLicenseAssignment: LicenseAssignmentManagerLicenseAssignment;
  MacAddress: MacAddress;
  MacRange: MacRange;
  NetworkSummary: NetworkSummary;
  OpaqueNetworkSummary: OpaqueNetworkSummary;
  OpaqueNetworkCapability: OpaqueNetworkCapability;
  PosixUserSearchResult: PosixUserSearchResult;
  ResourcePoolResourceUsage: ResourcePoolResourceUsage;
  ResourcePoolRuntimeInfo: ResourcePoolRuntimeInfo;
  ResourcePoolSummary: ResourcePoolSummary;
  ResourcePoolQuickStats: ResourcePoolQuickStats;
  SingleIp: SingleIp;
  SingleMac: SingleMac;
  TaskFilterSpec: TaskFilterSpec;
  TaskFilterSpecByEntity: TaskFilterSpecByEntity;
  TaskFilterSpecByTime: TaskFilterSpecByTime;
  TaskFilterSpecByUsername: TaskFilterSpecByUsername;
  VirtualAppSummary: VirtualAppSummary;
  VirtualAppLinkInfo: VirtualAppLinkInfo;
  VirtualDiskSpec: VirtualDiskSpec;
  FileBackedVirtualDiskSpec: FileBackedVirtualDiskSpec;
  SeSparseVirtualDiskSpec: SeSparseVirtualDiskSpec;
  DeviceBackedVirtualDiskSpec: DeviceBackedVirtualDiskSpec;
  StorageRequirement: StorageRequirement;
  VirtualMachineTicket: VirtualMachineTicket;
  VirtualMachineMksTicket: VirtualMachineMksTicket;
  VirtualMachineConnection: VirtualMachineConnection;
  VirtualMachineMksConnection: VirtualMachineMksConnection;
  VirtualMachineDisplayTopology: VirtualMachineDisplayTopology;
  DiskChangeInfo: DiskChangeInfo;
  DiskChangeExtent: DiskChangeExtent;
  VirtualMachineWipeResult: VirtualMachineWipeResult;
  AccountCreatedEvent: AccountCreatedEvent;
  AccountRemovedEvent: AccountRemovedEvent;
  AccountUpdatedEvent: AccountUpdatedEvent;
  AdminPasswordNotChangedEvent: AdminPasswordNotChangedEvent;
  AlarmEvent: AlarmEvent;
  AlarmReconfiguredEvent: AlarmReconfiguredEvent;
  AlarmRemovedEvent: AlarmRemovedEvent;
  AlarmScriptCompleteEvent: AlarmScriptCompleteEvent;
  AlarmScriptFailedEvent: AlarmScriptFailedEvent;
  AlarmSnmpCompletedEvent: AlarmSnmpCompletedEvent;
  AlarmSnmpFailedEvent: AlarmSnmpFailedEvent;
  AlarmStatusChangedEvent: AlarmStatusChangedEvent;
  AllVirtualMachinesLicensedEvent: AllVirtualMachinesLicensedEvent;
  AlreadyAuthenticatedSessionEvent: AlreadyAuthenticatedSessionEvent;
  AuthorizationEvent: AuthorizationEvent;
  BadUsernameSessionEvent: BadUsernameSessionEvent;
  CanceledHostOperationEvent: CanceledHostOperationEvent;
  ClusterEvent: ClusterEvent;
  ClusterOvercommittedEvent: ClusterOvercommittedEvent;
  ClusterReconfiguredEvent: ClusterReconfiguredEvent;
  ClusterStatusChangedEvent: ClusterStatusChangedEvent;
  CustomFieldEvent: CustomFieldEvent;
  CustomFieldValueChangedEvent: CustomFieldValueChangedEvent;
  CustomizationEvent: CustomizationEvent;
  CustomizationFailed: CustomizationFailed;
  CustomizationLinuxIdentityFailed: CustomizationLinuxIdentityFailed;
  CustomizationNetworkSetupFailed: CustomizationNetworkSetupFailed;
  CustomizationStartedEvent: CustomizationStartedEvent;
  CustomizationSucceeded: CustomizationSucceeded;
  CustomizationSysprepFailed: CustomizationSysprepFailed;
  CustomizationUnknownFailure: CustomizationUnknownFailure;
  DVPortgroupEvent: DVPortgroupEvent;
  DVPortgroupReconfiguredEvent: DVPortgroupReconfiguredEvent;
  DVPortgroupRenamedEvent: DVPortgroupRenamedEvent;
  DasAdmissionControlDisabledEvent: DasAdmissionControlDisabledEvent;
  DasAdmissionControlEnabledEvent: DasAdmissionControlEnabledEvent;
  DasAgentFoundEvent: DasAgentFoundEvent;
  DasAgentUnavailableEvent: DasAgentUnavailableEvent;
  DasClusterIsolatedEvent: DasClusterIsolatedEvent;
  DasDisabledEvent: DasDisabledEvent;
  DasEnabledEvent: DasEnabledEvent;
  DasHostFailedEvent: DasHostFailedEvent;
  DasHostIsolatedEvent: DasHostIsolatedEvent;
  DatacenterEvent: DatacenterEvent;
  DatacenterRenamedEvent: DatacenterRenamedEvent;
  DatastoreDiscoveredEvent: DatastoreDiscoveredEvent;
  DatastoreEvent: DatastoreEvent;
  DatastoreFileEvent: DatastoreFileEvent;
  DatastoreFileMovedEvent: DatastoreFileMovedEvent;
  DatastoreIORMReconfiguredEvent: DatastoreIORMReconfiguredEvent;
  DatastorePrincipalConfigured: DatastorePrincipalConfigured;
  DatastoreRemovedOnHostEvent: DatastoreRemovedOnHostEvent;
  DatastoreRenamedEvent: DatastoreRenamedEvent;
  DatastoreRenamedOnHostEvent: DatastoreRenamedOnHostEvent;
  DrsDisabledEvent: DrsDisabledEvent;
  DrsEnabledEvent: DrsEnabledEvent;
  DrsInvocationFailedEvent: DrsInvocationFailedEvent;
  DrsRecoveredFromFailureEvent: DrsRecoveredFromFailureEvent;
  DrsResourceConfigureFailedEvent: DrsResourceConfigureFailedEvent;
  DrsResourceConfigureSyncedEvent: DrsResourceConfigureSyncedEvent;
  DrsRuleComplianceEvent: DrsRuleComplianceEvent;
  DrsRuleViolationEvent: DrsRuleViolationEvent;
  DrsSoftRuleViolationEvent: DrsSoftRuleViolationEvent;
  DrsVmMigratedEvent: DrsVmMigratedEvent;
  DrsVmPoweredOnEvent: DrsVmPoweredOnEvent;
  DuplicateIpDetectedEvent: DuplicateIpDetectedEvent;
  DvpgImportEvent: DvpgImportEvent;
  DvpgRestoreEvent: DvpgRestoreEvent;
  DvsEvent: DvsEvent;
  DvsHealthStatusChangeEvent: DvsHealthStatusChangeEvent;
  DvsHostBackInSyncEvent: DvsHostBackInSyncEvent;
  DvsHostJoinedEvent: DvsHostJoinedEvent;
  DvsHostLeftEvent: DvsHostLeftEvent;
  DvsHostStatusUpdated: DvsHostStatusUpdated;
  DvsHostWentOutOfSyncEvent: DvsHostWentOutOfSyncEvent;
  DvsImportEvent: DvsImportEvent;
  DvsMergedEvent: DvsMergedEvent;
  DvsPortBlockedEvent: DvsPortBlockedEvent;
  DvsPortConnectedEvent: DvsPortConnectedEvent;
  DvsPortCreatedEvent: DvsPortCreatedEvent;
  DvsPortDeletedEvent: DvsPortDeletedEvent;
  DvsPortDisconnectedEvent: DvsPortDisconnectedEvent;
  DvsPortEnteredPassthruEvent: DvsPortEnteredPassthruEvent;
  DvsPortExitedPassthruEvent: DvsPortExitedPassthruEvent;
  DvsPortJoinPortgroupEvent: DvsPortJoinPortgroupEvent;
  DvsPortLeavePortgroupEvent: DvsPortLeavePortgroupEvent;
  DvsPortLinkDownEvent: DvsPortLinkDownEvent;
  DvsPortLinkUpEvent: DvsPortLinkUpEvent;
  DvsPortReconfiguredEvent: DvsPortReconfiguredEvent;
  DvsPortRuntimeChangeEvent: DvsPortRuntimeChangeEvent;
  DvsPortUnblockedEvent: DvsPortUnblockedEvent;
  DvsPortVendorSpecificStateChangeEvent: DvsPortVendorSpecificStateChangeEvent;
  DvsRenamedEvent: DvsRenamedEvent;
  DvsRestoreEvent: DvsRestoreEvent;
  DvsUpgradeAvailableEvent: DvsUpgradeAvailableEvent;
  DvsUpgradeInProgressEvent: DvsUpgradeInProgressEvent;
  DvsUpgradeRejectedEvent: DvsUpgradeRejectedEvent;
  DvsUpgradedEvent: DvsUpgradedEvent;
  EnteredMaintenanceModeEvent: EnteredMaintenanceModeEvent;
  EnteredStandbyModeEvent: EnteredStandbyModeEvent;
  EnteringMaintenanceModeEvent: EnteringMaintenanceModeEvent;
  EnteringStandbyModeEvent: EnteringStandbyModeEvent;
  EntityEventArgument: EntityEventArgument;
  ErrorUpgradeEvent: ErrorUpgradeEvent;
  ExitMaintenanceModeEvent: ExitMaintenanceModeEvent;
  ExitStandbyModeFailedEvent: ExitStandbyModeFailedEvent;
  ExitedStandbyModeEvent: ExitedStandbyModeEvent;
  ExitingStandbyModeEvent: ExitingStandbyModeEvent;
  ExtendedEvent: ExtendedEvent;
  ExtendedEventPair: ExtendedEventPair;
  FailoverLevelRestored: FailoverLevelRestored;
  FolderEventArgument: FolderEventArgument;
  GhostDvsProxySwitchDetectedEvent: GhostDvsProxySwitchDetectedEvent;
  GhostDvsProxySwitchRemovedEvent: GhostDvsProxySwitchRemovedEvent;
  GlobalMessageChangedEvent: GlobalMessageChangedEvent;
  HostAddFailedEvent: HostAddFailedEvent;
  HostAddedEvent: HostAddedEvent;
  HostAdminDisableEvent: HostAdminDisableEvent;
  HostAdminEnableEvent: HostAdminEnableEvent;
  HostCnxFailedAccountFailedEvent: HostCnxFailedAccountFailedEvent;
  HostCnxFailedAlreadyManagedEvent: HostCnxFailedAlreadyManagedEvent;
  HostCnxFailedBadCcagentEvent: HostCnxFailedBadCcagentEvent;
  HostCnxFailedBadUsernameEvent: HostCnxFailedBadUsernameEvent;
  HostCnxFailedBadVersionEvent: HostCnxFailedBadVersionEvent;
  HostCnxFailedCcagentUpgradeEvent: HostCnxFailedCcagentUpgradeEvent;
  HostCnxFailedEvent: HostCnxFailedEvent;
  HostCnxFailedNetworkErrorEvent: HostCnxFailedNetworkErrorEvent;
  HostCnxFailedNoAccessEvent: HostCnxFailedNoAccessEvent;
  HostCnxFailedNoConnectionEvent: HostCnxFailedNoConnectionEvent;
  HostCnxFailedNoLicenseEvent: HostCnxFailedNoLicenseEvent;
  HostCnxFailedNotFoundEvent: HostCnxFailedNotFoundEvent;
  HostCnxFailedTimeoutEvent: HostCnxFailedTimeoutEvent;
  HostComplianceCheckedEvent: HostComplianceCheckedEvent;
  HostCompliantEvent: HostCompliantEvent;
  HostConfigAppliedEvent: HostConfigAppliedEvent;
  HostConnectedEvent: HostConnectedEvent;
  HostConnectionLostEvent: HostConnectionLostEvent;
  HostDasDisabledEvent: HostDasDisabledEvent;
  HostDasDisablingEvent: HostDasDisablingEvent;
  HostDasEnabledEvent: HostDasEnabledEvent;
  HostDasEnablingEvent: HostDasEnablingEvent;
  HostDasErrorEvent: HostDasErrorEvent;
  HostDasEvent: HostDasEvent;
  HostDasOkEvent: HostDasOkEvent;
  HostDisconnectedEvent: HostDisconnectedEvent;
  HostEnableAdminFailedEvent: HostEnableAdminFailedEvent;
  HostEventArgument: HostEventArgument;
  HostExtraNetworksEvent: HostExtraNetworksEvent;
  HostInventoryFullEvent: HostInventoryFullEvent;
  HostIsolationIpPingFailedEvent: HostIsolationIpPingFailedEvent;
  HostLicenseExpiredEvent: HostLicenseExpiredEvent;
  HostLocalPortCreatedEvent: HostLocalPortCreatedEvent;
  HostMissingNetworksEvent: HostMissingNetworksEvent;
  HostMonitoringStateChangedEvent: HostMonitoringStateChangedEvent;
  HostNoAvailableNetworksEvent: HostNoAvailableNetworksEvent;
  HostNoHAEnabledPortGroupsEvent: HostNoHAEnabledPortGroupsEvent;
  HostNoRedundantManagementNetworkEvent: HostNoRedundantManagementNetworkEvent;
  HostNotInClusterEvent: HostNotInClusterEvent;
  HostOvercommittedEvent: HostOvercommittedEvent;
  HostPrimaryAgentNotShortNameEvent: HostPrimaryAgentNotShortNameEvent;
  HostShortNameInconsistentEvent: HostShortNameInconsistentEvent;
  HostStatusChangedEvent: HostStatusChangedEvent;
  IncorrectHostInformationEvent: IncorrectHostInformationEvent;
  InfoUpgradeEvent: InfoUpgradeEvent;
  InsufficientFailoverResourcesEvent: InsufficientFailoverResourcesEvent;
  InvalidEditionEvent: InvalidEditionEvent;
  ManagedEntityEventArgument: ManagedEntityEventArgument;
  MigrationEvent: MigrationEvent;
  MigrationHostErrorEvent: MigrationHostErrorEvent;
  MigrationHostWarningEvent: MigrationHostWarningEvent;
  MigrationResourceErrorEvent: MigrationResourceErrorEvent;
  MigrationResourceWarningEvent: MigrationResourceWarningEvent;
  MigrationWarningEvent: MigrationWarningEvent;
  MtuMatchEvent: MtuMatchEvent;
  MtuMismatchEvent: MtuMismatchEvent;
  NetworkEventArgument: NetworkEventArgument;
  NoAccessUserEvent: NoAccessUserEvent;
  NoMaintenanceModeDrsRecommendationForVM: NoMaintenanceModeDrsRecommendationForVM;
  NonVIWorkloadDetectedOnDatastoreEvent: NonVIWorkloadDetectedOnDatastoreEvent;
  NotEnoughResourcesToStartVmEvent: NotEnoughResourcesToStartVmEvent;
  OutOfSyncDvsHost: OutOfSyncDvsHost;
  PermissionEvent: PermissionEvent;
  PermissionRemovedEvent: PermissionRemovedEvent;
  PermissionUpdatedEvent: PermissionUpdatedEvent;
  ProfileAssociatedEvent: ProfileAssociatedEvent;
  ProfileChangedEvent: ProfileChangedEvent;
  ProfileCreatedEvent: ProfileCreatedEvent;
  ProfileDissociatedEvent: ProfileDissociatedEvent;
  RecoveryEvent: RecoveryEvent;
  ResourcePoolCreatedEvent: ResourcePoolCreatedEvent;
  ResourcePoolDestroyedEvent: ResourcePoolDestroyedEvent;
  ResourcePoolEventArgument: ResourcePoolEventArgument;
  RoleEvent: RoleEvent;
  RoleRemovedEvent: RoleRemovedEvent;
  RoleUpdatedEvent: RoleUpdatedEvent;
  RollbackEvent: RollbackEvent;
  ScheduledTaskCompletedEvent: ScheduledTaskCompletedEvent;
  ScheduledTaskCreatedEvent: ScheduledTaskCreatedEvent;
  ScheduledTaskEmailCompletedEvent: ScheduledTaskEmailCompletedEvent;
  ScheduledTaskEmailFailedEvent: ScheduledTaskEmailFailedEvent;
  ScheduledTaskEventArgument: ScheduledTaskEventArgument;
  ServerStartedSessionEvent: ServerStartedSessionEvent;
  TeamingMatchEvent: TeamingMatchEvent;
  TeamingMisMatchEvent: TeamingMisMatchEvent;
  TemplateBeingUpgradedEvent: TemplateBeingUpgradedEvent;
  UplinkPortMtuNotSupportEvent: UplinkPortMtuNotSupportEvent;
  UplinkPortMtuSupportEvent: UplinkPortMtuSupportEvent;
  UplinkPortVlanTrunkedEvent: UplinkPortVlanTrunkedEvent;
  UplinkPortVlanUntrunkedEvent: UplinkPortVlanUntrunkedEvent;
  VmAcquiredMksTicketEvent: VmAcquiredMksTicketEvent;
  VmAcquiredTicketEvent: VmAcquiredTicketEvent;
  VmAutoRenameEvent: VmAutoRenameEvent;
  VmBeingCreatedEvent: VmBeingCreatedEvent;
  VmBeingDeployedEvent: VmBeingDeployedEvent;
  VmBeingHotMigratedEvent: VmBeingHotMigratedEvent;
  VmBeingMigratedEvent: VmBeingMigratedEvent;
  VmBeingRelocatedEvent: VmBeingRelocatedEvent;
  VmCloneEvent: VmCloneEvent;
  VmCloneFailedEvent: VmCloneFailedEvent;
  VmClonedEvent: VmClonedEvent;
  VmConfigMissingEvent: VmConfigMissingEvent;
  VmConnectedEvent: VmConnectedEvent;
  VmCreatedEvent: VmCreatedEvent;
  VmDasBeingResetEvent: VmDasBeingResetEvent;
  VmDasBeingResetWithScreenshotEvent: VmDasBeingResetWithScreenshotEvent;
  VmDasResetFailedEvent: VmDasResetFailedEvent;
  VmDasUpdateErrorEvent: VmDasUpdateErrorEvent;
  VmDasUpdateOkEvent: VmDasUpdateOkEvent;
  VmDateRolledBackEvent: VmDateRolledBackEvent;
  VmDeployFailedEvent: VmDeployFailedEvent;
  VmDeployedEvent: VmDeployedEvent;
  VmDisconnectedEvent: VmDisconnectedEvent;
  VmDiscoveredEvent: VmDiscoveredEvent;
  VmDiskFailedEvent: VmDiskFailedEvent;
  VmEmigratingEvent: VmEmigratingEvent;
  VmEndRecordingEvent: VmEndRecordingEvent;
  VmEndReplayingEvent: VmEndReplayingEvent;
  VmEventArgument: VmEventArgument;
  VmFaultToleranceStateChangedEvent: VmFaultToleranceStateChangedEvent;
  VmHealthMonitoringStateChangedEvent: VmHealthMonitoringStateChangedEvent;
  VmPowerOffOnIsolationEvent: VmPowerOffOnIsolationEvent;
  VmRelocateFailedEvent: VmRelocateFailedEvent;
  VmVnicPoolReservationViolationClearEvent: VmVnicPoolReservationViolationClearEvent;
  VmVnicPoolReservationViolationRaiseEvent: VmVnicPoolReservationViolationRaiseEvent;
  ActiveDirectoryFault: ActiveDirectoryFault;
  AlreadyExists: AlreadyExists;
  AlreadyUpgraded: AlreadyUpgraded;
  AnswerFileUpdateFailed: AnswerFileUpdateFailed;
  AnswerFileUpdateFailure: AnswerFileUpdateFailure;
  AuthMinimumAdminPermission: AuthMinimumAdminPermission;
  CannotAccessLocalSource: CannotAccessLocalSource;
  CannotAccessVmComponent: CannotAccessVmComponent;
  CannotAccessVmConfig: CannotAccessVmConfig;
  CannotAccessVmDevice: CannotAccessVmDevice;
  CannotAccessVmDisk: CannotAccessVmDisk;
  CannotChangeDrsBehaviorForFtSecondary: CannotChangeDrsBehaviorForFtSecondary;
  CannotChangeHaSettingsForFtSecondary: CannotChangeHaSettingsForFtSecondary;
  CannotChangeVsanClusterUuid: CannotChangeVsanClusterUuid;
  CannotChangeVsanNodeUuid: CannotChangeVsanNodeUuid;
  CannotComputeFTCompatibleHosts: CannotComputeFTCompatibleHosts;
  CannotDisableSnapshot: CannotDisableSnapshot;
  CannotDisconnectHostWithFaultToleranceVm: CannotDisconnectHostWithFaultToleranceVm;
  CannotEnableVmcpForCluster: CannotEnableVmcpForCluster;
  CannotMoveFaultToleranceVm: CannotMoveFaultToleranceVm;
  CannotMoveHostWithFaultToleranceVm: CannotMoveHostWithFaultToleranceVm;
  CannotMoveVsanEnabledHost: CannotMoveVsanEnabledHost;
  CannotPlaceWithoutPrerequisiteMoves: CannotPlaceWithoutPrerequisiteMoves;
  CannotReconfigureVsanWhenHaEnabled: CannotReconfigureVsanWhenHaEnabled;
  CannotUseNetwork: CannotUseNetwork;
  ConcurrentAccess: ConcurrentAccess;
  CpuHotPlugNotSupported: CpuHotPlugNotSupported;
  CustomizationFault: CustomizationFault;
  CustomizationPending: CustomizationPending;
  DasConfigFault: DasConfigFault;
  DeltaDiskFormatNotSupported: DeltaDiskFormatNotSupported;
  DestinationVsanDisabled: DestinationVsanDisabled;
  DomainNotFound: DomainNotFound;
  DrsDisabledOnVm: DrsDisabledOnVm;
  DuplicateName: DuplicateName;
  DuplicateVsanNetworkInterface: DuplicateVsanNetworkInterface;
  DvsFault: DvsFault;
  DvsNotAuthorized: DvsNotAuthorized;
  DvsOperationBulkFault: DvsOperationBulkFault;
  DvsOperationBulkFaultFaultOnHost: DvsOperationBulkFaultFaultOnHost;
  DvsScopeViolated: DvsScopeViolated;
  EVCConfigFault: EVCConfigFault;
  EVCModeIllegalByVendor: EVCModeIllegalByVendor;
  EVCModeUnsupportedByHosts: EVCModeUnsupportedByHosts;
  EVCUnsupportedByHostHardware: EVCUnsupportedByHostHardware;
  EVCUnsupportedByHostSoftware: EVCUnsupportedByHostSoftware;
  EightHostLimitViolated: EightHostLimitViolated;
  ExpiredAddonLicense: ExpiredAddonLicense;
  ExpiredEditionLicense: ExpiredEditionLicense;
  ExtendedFault: ExtendedFault;
  FaultToleranceCannotEditMem: FaultToleranceCannotEditMem;
  FaultToleranceNotLicensed: FaultToleranceNotLicensed;
  FaultTolerancePrimaryPowerOnNotAttempted: FaultTolerancePrimaryPowerOnNotAttempted;
  FaultToleranceVmNotDasProtected: FaultToleranceVmNotDasProtected;
  FcoeFault: FcoeFault;
  FcoeFaultPnicHasNoPortSet: FcoeFaultPnicHasNoPortSet;
  FileFault: FileFault;
  FileLocked: FileLocked;
  FileNameTooLong: FileNameTooLong;
  FileNotFound: FileNotFound;
  FileNotWritable: FileNotWritable;
  FileTooLarge: FileTooLarge;
  FtIssuesOnHost: FtIssuesOnHost;
  FtVmHostRuleViolation: FtVmHostRuleViolation;
  GenericDrsFault: GenericDrsFault;
  GenericVmConfigFault: GenericVmConfigFault;
  GuestOperationsFault: GuestOperationsFault;
  GuestOperationsUnavailable: GuestOperationsUnavailable;
  GuestPermissionDenied: GuestPermissionDenied;
  GuestProcessNotFound: GuestProcessNotFound;
  GuestRegistryFault: GuestRegistryFault;
  GuestRegistryKeyFault: GuestRegistryKeyFault;
  GuestRegistryKeyHasSubkeys: GuestRegistryKeyHasSubkeys;
  GuestRegistryKeyInvalid: GuestRegistryKeyInvalid;
  GuestRegistryKeyParentVolatile: GuestRegistryKeyParentVolatile;
  GuestRegistryValueFault: GuestRegistryValueFault;
  GuestRegistryValueNotFound: GuestRegistryValueNotFound;
  HeterogenousHostsBlockingEVC: HeterogenousHostsBlockingEVC;
  HostConfigFault: HostConfigFault;
  HostConnectFault: HostConnectFault;
  HostHasComponentFailure: HostHasComponentFailure;
  HostInDomain: HostInDomain;
  HostIncompatibleForFaultTolerance: HostIncompatibleForFaultTolerance;
  HostIncompatibleForRecordReplay: HostIncompatibleForRecordReplay;
  HostPowerOpFailed: HostPowerOpFailed;
  HostSpecificationOperationFailed: HostSpecificationOperationFailed;
  HttpFault: HttpFault;
  IORMNotSupportedHostOnDatastore: IORMNotSupportedHostOnDatastore;
  ImportHostAddFailure: ImportHostAddFailure;
  ImportOperationBulkFault: ImportOperationBulkFault;
  ImportOperationBulkFaultFaultOnImport: ImportOperationBulkFaultFaultOnImport;
  InaccessibleVFlashSource: InaccessibleVFlashSource;
  IncompatibleHostForFtSecondary: IncompatibleHostForFtSecondary;
  IncorrectFileType: IncorrectFileType;
  InsufficientResourcesFault: InsufficientResourcesFault;
  InsufficientStandbyResource: InsufficientStandbyResource;
  InsufficientStorageIops: InsufficientStorageIops;
  InsufficientStorageSpace: InsufficientStorageSpace;
  InsufficientVFlashResourcesFault: InsufficientVFlashResourcesFault;
  InvalidAffinitySettingFault: InvalidAffinitySettingFault;
  InvalidBmcRole: InvalidBmcRole;
  InvalidCAMServer: InvalidCAMServer;
  InvalidDatastore: InvalidDatastore;
  InvalidDatastorePath: InvalidDatastorePath;
  InvalidEvent: InvalidEvent;
  InvalidFolder: InvalidFolder;
  InvalidFormat: InvalidFormat;
  InvalidGuestLogin: InvalidGuestLogin;
  InvalidHostName: InvalidHostName;
  InvalidIpfixConfig: InvalidIpfixConfig;
  InvalidIpmiLoginInfo: InvalidIpmiLoginInfo;
  InvalidIpmiMacAddress: InvalidIpmiMacAddress;
  InvalidLicense: InvalidLicense;
  InvalidLocale: InvalidLocale;
  InvalidLogin: InvalidLogin;
  InvalidName: InvalidName;
  InvalidOperationOnSecondaryVm: InvalidOperationOnSecondaryVm;
  InvalidPrivilege: InvalidPrivilege;
  InvalidResourcePoolStructureFault: InvalidResourcePoolStructureFault;
  InvalidSnapshotFormat: InvalidSnapshotFormat;
  InvalidState: InvalidState;
  InvalidVmConfig: InvalidVmConfig;
  InvalidVmState: InvalidVmState;
  IpHostnameGeneratorError: IpHostnameGeneratorError;
  IscsiFault: IscsiFault;
  IscsiFaultInvalidVnic: IscsiFaultInvalidVnic;
  IscsiFaultPnicInUse: IscsiFaultPnicInUse;
  IscsiFaultVnicAlreadyBound: IscsiFaultVnicAlreadyBound;
  IscsiFaultVnicHasActivePaths: IscsiFaultVnicHasActivePaths;
  IscsiFaultVnicHasMultipleUplinks: IscsiFaultVnicHasMultipleUplinks;
  IscsiFaultVnicHasNoUplinks: IscsiFaultVnicHasNoUplinks;
  IscsiFaultVnicHasWrongUplink: IscsiFaultVnicHasWrongUplink;
  IscsiFaultVnicInUse: IscsiFaultVnicInUse;
  IscsiFaultVnicIsLastPath: IscsiFaultVnicIsLastPath;
  IscsiFaultVnicNotBound: IscsiFaultVnicNotBound;
  IscsiFaultVnicNotFound: IscsiFaultVnicNotFound;
  KeyNotFound: KeyNotFound;
  LargeRDMNotSupportedOnDatastore: LargeRDMNotSupportedOnDatastore;
  LicenseEntityNotFound: LicenseEntityNotFound;
  LicenseServerUnavailable: LicenseServerUnavailable;
  LimitExceeded: LimitExceeded;
  LinuxVolumeNotClean: LinuxVolumeNotClean;
  LogBundlingFailed: LogBundlingFailed;
  MemoryHotPlugNotSupported: MemoryHotPlugNotSupported;
  MigrationFault: MigrationFault;
  MigrationFeatureNotSupported: MigrationFeatureNotSupported;
  MigrationNotReady: MigrationNotReady;
  MismatchedBundle: MismatchedBundle;
  MismatchedNetworkPolicies: MismatchedNetworkPolicies;
  MismatchedVMotionNetworkNames: MismatchedVMotionNetworkNames;
  MissingBmcSupport: MissingBmcSupport;
  MissingLinuxCustResources: MissingLinuxCustResources;
  MissingWindowsCustResources: MissingWindowsCustResources;
  MksConnectionLimitReached: MksConnectionLimitReached;
  MountError: MountError;
  MultipleCertificatesVerifyFault: MultipleCertificatesVerifyFault;
  MultipleCertificatesVerifyFaultThumbprintData: MultipleCertificatesVerifyFaultThumbprintData;
  NamespaceFull: NamespaceFull;
  NamespaceLimitReached: NamespaceLimitReached;
  NamespaceWriteProtected: NamespaceWriteProtected;
  NasConfigFault: NasConfigFault;
  NasConnectionLimitReached: NasConnectionLimitReached;
  NasSessionCredentialConflict: NasSessionCredentialConflict;
  NasVolumeNotMounted: NasVolumeNotMounted;
  NetworkCopyFault: NetworkCopyFault;
  NetworkDisruptedAndConfigRolledBack: NetworkDisruptedAndConfigRolledBack;
  NetworkInaccessible: NetworkInaccessible;
  NetworksMayNotBeTheSame: NetworksMayNotBeTheSame;
  NicSettingMismatch: NicSettingMismatch;
  NoActiveHostInCluster: NoActiveHostInCluster;
  NoClientCertificate: NoClientCertificate;
  NoCompatibleDatastore: NoCompatibleDatastore;
  NoCompatibleHardAffinityHost: NoCompatibleHardAffinityHost;
  NoCompatibleHost: NoCompatibleHost;
  NoCompatibleHostWithAccessToDevice: NoCompatibleHostWithAccessToDevice;
  NoCompatibleSoftAffinityHost: NoCompatibleSoftAffinityHost;
  NoConnectedDatastore: NoConnectedDatastore;
  NoDiskFound: NoDiskFound;
  NoDiskSpace: NoDiskSpace;
  NoDisksToCustomize: NoDisksToCustomize;
  NoGateway: NoGateway;
  NoGuestHeartbeat: NoGuestHeartbeat;
  NoHost: NoHost;
  NoHostSuitableForFtSecondary: NoHostSuitableForFtSecondary;
  NoPeerHostFound: NoPeerHostFound;
  NoPermissionOnAD: NoPermissionOnAD;
  NoPermissionOnHost: NoPermissionOnHost;
  NoPermissionOnNasVolume: NoPermissionOnNasVolume;
  NoSubjectName: NoSubjectName;
  NoVirtualNic: NoVirtualNic;
  NonADUserRequired: NonADUserRequired;
  NonHomeRDMVMotionNotSupported: NonHomeRDMVMotionNotSupported;
  NotADirectory: NotADirectory;
  NotAFile: NotAFile;
  NotFound: NotFound;
  NotSupportedDeviceForFT: NotSupportedDeviceForFT;
  NotSupportedHost: NotSupportedHost;
  NotSupportedHostForChecksum: NotSupportedHostForChecksum;
  NotSupportedHostForVFlash: NotSupportedHostForVFlash;
  NotSupportedHostForVmcp: NotSupportedHostForVmcp;
  NotSupportedHostForVmemFile: NotSupportedHostForVmemFile;
  NotSupportedHostForVsan: NotSupportedHostForVsan;
  NotSupportedHostInCluster: NotSupportedHostInCluster;
  NotSupportedHostInDvs: NotSupportedHostInDvs;
  NotSupportedHostInHACluster: NotSupportedHostInHACluster;
  NumVirtualCpusExceedsLimit: NumVirtualCpusExceedsLimit;
  NumVirtualCpusIncompatible: NumVirtualCpusIncompatible;
  OperationDisabledByGuest: OperationDisabledByGuest;
  OperationNotSupportedByGuest: OperationNotSupportedByGuest;
  OutOfBounds: OutOfBounds;
  OvfConsumerPowerOnFault: OvfConsumerPowerOnFault;
  OvfConsumerValidationFault: OvfConsumerValidationFault;
  OvfFault: OvfFault;
  OvfImport: OvfImport;
  OvfImportFailed: OvfImportFailed;
  OvfInvalidPackage: OvfInvalidPackage;
  OvfMappedOsId: OvfMappedOsId;
  OvfMissingHardware: OvfMissingHardware;
  OvfNetworkMappingNotSupported: OvfNetworkMappingNotSupported;
  OvfProperty: OvfProperty;
  OvfPropertyNetwork: OvfPropertyNetwork;
  OvfPropertyQualifier: OvfPropertyQualifier;
  OvfPropertyQualifierDuplicate: OvfPropertyQualifierDuplicate;
  OvfPropertyQualifierIgnored: OvfPropertyQualifierIgnored;
  OvfPropertyType: OvfPropertyType;
  OvfPropertyValue: OvfPropertyValue;
  OvfSystemFault: OvfSystemFault;
  OvfToXmlUnsupportedElement: OvfToXmlUnsupportedElement;
  OvfUnknownDevice: OvfUnknownDevice;
  OvfUnknownEntity: OvfUnknownEntity;
  OvfUnsupportedDeviceBackingInfo: OvfUnsupportedDeviceBackingInfo;
  OvfUnsupportedDeviceBackingOption: OvfUnsupportedDeviceBackingOption;
  OvfUnsupportedDiskProvisioning: OvfUnsupportedDiskProvisioning;
  OvfUnsupportedPackage: OvfUnsupportedPackage;
  OvfUnsupportedSubType: OvfUnsupportedSubType;
  OvfUnsupportedType: OvfUnsupportedType;
  OvfWrongNamespace: OvfWrongNamespace;
  OvfXmlFormat: OvfXmlFormat;
  PasswordExpired: PasswordExpired;
  PatchBinariesNotFound: PatchBinariesNotFound;
  PatchMetadataInvalid: PatchMetadataInvalid;
  PatchMetadataNotFound: PatchMetadataNotFound;
  PatchNotApplicable: PatchNotApplicable;
  PatchSuperseded: PatchSuperseded;
  PlatformConfigFault: PlatformConfigFault;
  PowerOnFtSecondaryFailed: PowerOnFtSecondaryFailed;
  ProfileUpdateFailed: ProfileUpdateFailed;
  ProfileUpdateFailedUpdateFailure: ProfileUpdateFailedUpdateFailure;
  QuarantineModeFault: QuarantineModeFault;
  QuestionPending: QuestionPending;
  RDMConversionNotSupported: RDMConversionNotSupported;
  RDMNotPreserved: RDMNotPreserved;
  RDMNotSupportedOnDatastore: RDMNotSupportedOnDatastore;
  RDMPointsToInaccessibleDisk: RDMPointsToInaccessibleDisk;
  ReadHostResourcePoolTreeFailed: ReadHostResourcePoolTreeFailed;
  ReadOnlyDisksWithLegacyDestination: ReadOnlyDisksWithLegacyDestination;
  RebootRequired: RebootRequired;
  RecordReplayDisabled: RecordReplayDisabled;
  RemoveFailed: RemoveFailed;
  ReplicationFault: ReplicationFault;
  ReplicationIncompatibleWithFT: ReplicationIncompatibleWithFT;
  ReplicationInvalidOptions: ReplicationInvalidOptions;
  ReplicationNotSupportedOnHost: ReplicationNotSupportedOnHost;
  ReplicationVmFault: ReplicationVmFault;
  ReplicationVmInProgressFault: ReplicationVmInProgressFault;
  ResourceInUse: ResourceInUse;
  ResourceNotAvailable: ResourceNotAvailable;
  RollbackFailure: RollbackFailure;
  RuleViolation: RuleViolation;
  SSLDisabledFault: SSLDisabledFault;
  SSLVerifyFault: SSLVerifyFault;
  SSPIChallenge: SSPIChallenge;
  SecondaryVmAlreadyDisabled: SecondaryVmAlreadyDisabled;
  SecondaryVmAlreadyEnabled: SecondaryVmAlreadyEnabled;
  SecondaryVmAlreadyRegistered: SecondaryVmAlreadyRegistered;
  SecondaryVmNotRegistered: SecondaryVmNotRegistered;
  ShrinkDiskFault: ShrinkDiskFault;
  SnapshotCopyNotSupported: SnapshotCopyNotSupported;
  SnapshotFault: SnapshotFault;
  SnapshotIncompatibleDeviceInVm: SnapshotIncompatibleDeviceInVm;
  SnapshotLocked: SnapshotLocked;
  SnapshotMoveFromNonHomeNotSupported: SnapshotMoveFromNonHomeNotSupported;
  SnapshotMoveNotSupported: SnapshotMoveNotSupported;
  SnapshotMoveToNonHomeNotSupported: SnapshotMoveToNonHomeNotSupported;
  SnapshotNoChange: SnapshotNoChange;
  SnapshotRevertIssue: SnapshotRevertIssue;
  SoftRuleVioCorrectionDisallowed: SoftRuleVioCorrectionDisallowed;
  SoftRuleVioCorrectionImpact: SoftRuleVioCorrectionImpact;
  SsdDiskNotAvailable: SsdDiskNotAvailable;
  StorageDrsCannotMoveDiskInMultiWriterMode: StorageDrsCannotMoveDiskInMultiWriterMode;
  StorageDrsCannotMoveFTVm: StorageDrsCannotMoveFTVm;
  StorageDrsCannotMoveIndependentDisk: StorageDrsCannotMoveIndependentDisk;
  StorageDrsCannotMoveManuallyPlacedSwapFile: StorageDrsCannotMoveManuallyPlacedSwapFile;
  StorageDrsCannotMoveManuallyPlacedVm: StorageDrsCannotMoveManuallyPlacedVm;
  StorageDrsCannotMoveSharedDisk: StorageDrsCannotMoveSharedDisk;
  StorageDrsCannotMoveTemplate: StorageDrsCannotMoveTemplate;
  StorageDrsCannotMoveVmInUserFolder: StorageDrsCannotMoveVmInUserFolder;
  StorageDrsCannotMoveVmWithMountedCDROM: StorageDrsCannotMoveVmWithMountedCDROM;
  StorageDrsCannotMoveVmWithNoFilesInLayout: StorageDrsCannotMoveVmWithNoFilesInLayout;
  StorageDrsDatacentersCannotShareDatastore: StorageDrsDatacentersCannotShareDatastore;
  StorageDrsDisabledOnVm: StorageDrsDisabledOnVm;
  StorageDrsHbrDiskNotMovable: StorageDrsHbrDiskNotMovable;
  StorageDrsHmsMoveInProgress: StorageDrsHmsMoveInProgress;
  StorageDrsHmsUnreachable: StorageDrsHmsUnreachable;
  StorageDrsIolbDisabledInternally: StorageDrsIolbDisabledInternally;
  StorageDrsRelocateDisabled: StorageDrsRelocateDisabled;
  StorageDrsStaleHmsCollection: StorageDrsStaleHmsCollection;
  StorageDrsUnableToMoveFiles: StorageDrsUnableToMoveFiles;
  StorageVMotionNotSupported: StorageVMotionNotSupported;
  SuspendedRelocateNotSupported: SuspendedRelocateNotSupported;
  SwapDatastoreUnset: SwapDatastoreUnset;
  SwapPlacementOverrideNotSupported: SwapPlacementOverrideNotSupported;
  SwitchIpUnset: SwitchIpUnset;
  SwitchNotInUpgradeMode: SwitchNotInUpgradeMode;
  TaskInProgress: TaskInProgress;
  Timedout: Timedout;
  TooManyConcurrentNativeClones: TooManyConcurrentNativeClones;
  TooManyConsecutiveOverrides: TooManyConsecutiveOverrides;
  TooManyDevices: TooManyDevices;
  TooManyDisksOnLegacyHost: TooManyDisksOnLegacyHost;
  TooManyGuestLogons: TooManyGuestLogons;
  TooManyHosts: TooManyHosts;
  TooManyNativeCloneLevels: TooManyNativeCloneLevels;
  TooManyNativeClonesOnFile: TooManyNativeClonesOnFile;
  TooManySnapshotLevels: TooManySnapshotLevels;
  ToolsAlreadyUpgraded: ToolsAlreadyUpgraded;
  ToolsAutoUpgradeNotSupported: ToolsAutoUpgradeNotSupported;
  ToolsImageCopyFailed: ToolsImageCopyFailed;
  ToolsImageNotAvailable: ToolsImageNotAvailable;
  ToolsImageSignatureCheckFailed: ToolsImageSignatureCheckFailed;
  ToolsInstallationInProgress: ToolsInstallationInProgress;
  ToolsUnavailable: ToolsUnavailable;
  ToolsUpgradeCancelled: ToolsUpgradeCancelled;
  UncommittedUndoableDisk: UncommittedUndoableDisk;
  UncustomizableGuest: UncustomizableGuest;
  UnexpectedCustomizationFault: UnexpectedCustomizationFault;
  UnrecognizedHost: UnrecognizedHost;
  UnsharedSwapVMotionNotSupported: UnsharedSwapVMotionNotSupported;
  UnsupportedDatastore: UnsupportedDatastore;
  UnsupportedGuest: UnsupportedGuest;
  UnsupportedVimApiVersion: UnsupportedVimApiVersion;
  UnsupportedVmxLocation: UnsupportedVmxLocation;
  UserNotFound: UserNotFound;
  VAppConfigFault: VAppConfigFault;
  VAppNotRunning: VAppNotRunning;
  VAppPropertyFault: VAppPropertyFault;
  VAppTaskInProgress: VAppTaskInProgress;
  VFlashCacheHotConfigNotSupported: VFlashCacheHotConfigNotSupported;
  VFlashModuleNotSupported: VFlashModuleNotSupported;
  VFlashModuleVersionIncompatible: VFlashModuleVersionIncompatible;
  VMotionAcrossNetworkNotSupported: VMotionAcrossNetworkNotSupported;
  VMotionInterfaceIssue: VMotionInterfaceIssue;
  VMotionLinkCapacityLow: VMotionLinkCapacityLow;
  VMotionLinkDown: VMotionLinkDown;
  VMotionNotConfigured: VMotionNotConfigured;
  VMotionNotLicensed: VMotionNotLicensed;
  VMotionNotSupported: VMotionNotSupported;
  VMotionProtocolIncompatible: VMotionProtocolIncompatible;
  VirtualHardwareCompatibilityIssue: VirtualHardwareCompatibilityIssue;
  VirtualHardwareVersionNotSupported: VirtualHardwareVersionNotSupported;
  VmAlreadyExistsInDatacenter: VmAlreadyExistsInDatacenter;
  VmFaultToleranceConfigIssue: VmFaultToleranceConfigIssue;
  VmFaultToleranceConfigIssueWrapper: VmFaultToleranceConfigIssueWrapper;
  VmFaultToleranceInvalidFileBacking: VmFaultToleranceInvalidFileBacking;
  VmFaultToleranceTooManyFtVcpusOnHost: VmFaultToleranceTooManyFtVcpusOnHost;
  VmFaultToleranceTooManyVMsOnHost: VmFaultToleranceTooManyVMsOnHost;
  VmPowerOnDisabled: VmPowerOnDisabled;
  VmSmpFaultToleranceTooManyVMsOnHost: VmSmpFaultToleranceTooManyVMsOnHost;
  VmWwnConflict: VmWwnConflict;
  VmfsMountFault: VmfsMountFault;
  VmotionInterfaceNotEnabled: VmotionInterfaceNotEnabled;
  VolumeEditorError: VolumeEditorError;
  VsanClusterUuidMismatch: VsanClusterUuidMismatch;
  VsanDiskFault: VsanDiskFault;
  VsanIncompatibleDiskMapping: VsanIncompatibleDiskMapping;
  VspanDestPortConflict: VspanDestPortConflict;
  VspanPortConflict: VspanPortConflict;
  VspanPortMoveFault: VspanPortMoveFault;
  VspanPortPromiscChangeFault: VspanPortPromiscChangeFault;
  VspanPortgroupPromiscChangeFault: VspanPortgroupPromiscChangeFault;
  VspanPortgroupTypeChangeFault: VspanPortgroupTypeChangeFault;
  VspanPromiscuousPortNotSupported: VspanPromiscuousPortNotSupported;
  VspanSameSessionPortConflict: VspanSameSessionPortConflict;
  WakeOnLanNotSupported: WakeOnLanNotSupported;
  WakeOnLanNotSupportedByVmotionNIC: WakeOnLanNotSupportedByVmotionNIC;
  WillLoseHAProtection: WillLoseHAProtection;
  WillModifyConfigCpuRequirements: WillModifyConfigCpuRequirements;
  WillResetSnapshotDirectory: WillResetSnapshotDirectory;
  HostActiveDirectoryInfo: HostActiveDirectoryInfo;
  HostBlockAdapterTargetTransport: HostBlockAdapterTargetTransport;
  HostBlockHba: HostBlockHba;
  HostBootDeviceInfo: HostBootDeviceInfo;
  HostConfigSpec: HostConfigSpec;
  HostConnectSpec: HostConnectSpec;
  HostDatastoreSystemCapabilities: HostDatastoreSystemCapabilities;
  HostDatastoreSystemVvolDatastoreSpec: HostDatastoreSystemVvolDatastoreSpec;
  HostDatastoreSystemDatastoreResult: HostDatastoreSystemDatastoreResult;
  HostDateTimeInfo: HostDateTimeInfo;
  HostFibreChannelHba: HostFibreChannelHba;
  HostFibreChannelOverEthernetHba: HostFibreChannelOverEthernetHba;
  HostFibreChannelOverEthernetHbaLinkInfo: HostFibreChannelOverEthernetHbaLinkInfo;
  HostFibreChannelTargetTransport: HostFibreChannelTargetTransport;
  HostFirewallConfig: HostFirewallConfig;
  HostFirewallConfigRuleSetConfig: HostFirewallConfigRuleSetConfig;
  HostInternetScsiHba: HostInternetScsiHba;
  HostInternetScsiHbaParamValue: HostInternetScsiHbaParamValue;
  HostInternetScsiHbaDiscoveryCapabilities: HostInternetScsiHbaDiscoveryCapabilities;
  HostInternetScsiHbaDiscoveryProperties: HostInternetScsiHbaDiscoveryProperties;
  HostInternetScsiHbaAuthenticationCapabilities: HostInternetScsiHbaAuthenticationCapabilities;
  HostInternetScsiHbaAuthenticationProperties: HostInternetScsiHbaAuthenticationProperties;
  HostInternetScsiHbaDigestCapabilities: HostInternetScsiHbaDigestCapabilities;
  HostInternetScsiHbaDigestProperties: HostInternetScsiHbaDigestProperties;
  HostInternetScsiHbaIPCapabilities: HostInternetScsiHbaIPCapabilities;
  HostInternetScsiHbaIscsiIpv6Address: HostInternetScsiHbaIscsiIpv6Address;
  HostInternetScsiHbaIPv6Properties: HostInternetScsiHbaIPv6Properties;
  HostInternetScsiHbaIPProperties: HostInternetScsiHbaIPProperties;
  HostInternetScsiHbaSendTarget: HostInternetScsiHbaSendTarget;
  HostInternetScsiHbaStaticTarget: HostInternetScsiHbaStaticTarget;
  HostInternetScsiHbaTargetSet: HostInternetScsiHbaTargetSet;
  HostInternetScsiTargetTransport: HostInternetScsiTargetTransport;
  HostNetworkConfig: HostNetworkConfig;
  HostNetworkConfigResult: HostNetworkConfigResult;
  HostNetworkConfigNetStackSpec: HostNetworkConfigNetStackSpec;
  HostNvmeConnectSpec: HostNvmeConnectSpec;
  HostNvmeDiscoverSpec: HostNvmeDiscoverSpec;
  HostNvmeOpaqueTransportParameters: HostNvmeOpaqueTransportParameters;
  HostNvmeOverFibreChannelParameters: HostNvmeOverFibreChannelParameters;
  HostNvmeOverRdmaParameters: HostNvmeOverRdmaParameters;
  HostNvmeOverTcpParameters: HostNvmeOverTcpParameters;
  HostOpaqueNetworkInfo: HostOpaqueNetworkInfo;
  HostParallelScsiTargetTransport: HostParallelScsiTargetTransport;
  HostPcieTargetTransport: HostPcieTargetTransport;
  HostRdmaTargetTransport: HostRdmaTargetTransport;
  HostScsiDisk: HostScsiDisk;
  HostScsiDiskPartition: HostScsiDiskPartition;
  HostSecuritySpec: HostSecuritySpec;
  HostSerialAttachedTargetTransport: HostSerialAttachedTargetTransport;
  HostListSummary: HostListSummary;
  HostHardwareSummary: HostHardwareSummary;
  HostListSummaryQuickStats: HostListSummaryQuickStats;
  HostConfigSummary: HostConfigSummary;
  HostListSummaryGatewaySummary: HostListSummaryGatewaySummary;
  HostTpmBootCompleteEventDetails: HostTpmBootCompleteEventDetails;
  HostTpmBootSecurityOptionEventDetails: HostTpmBootSecurityOptionEventDetails;
  HostTpmCommandEventDetails: HostTpmCommandEventDetails;
  HostTpmNvTagEventDetails: HostTpmNvTagEventDetails;
  HostTpmSignerEventDetails: HostTpmSignerEventDetails;
  HostUnresolvedVmfsExtent: HostUnresolvedVmfsExtent;
  HostVFlashManagerVFlashResourceConfigSpec: HostVFlashManagerVFlashResourceConfigSpec;
  HostVFlashManagerVFlashResourceConfigInfo: HostVFlashManagerVFlashResourceConfigInfo;
  HostVFlashManagerVFlashResourceRunTimeInfo: HostVFlashManagerVFlashResourceRunTimeInfo;
  HostVFlashManagerVFlashCacheConfigSpec: HostVFlashManagerVFlashCacheConfigSpec;
  HostVFlashManagerVFlashCacheConfigInfo: HostVFlashManagerVFlashCacheConfigInfo;
  HostVFlashManagerVFlashCacheConfigInfoVFlashModuleConfigOption: HostVFlashManagerVFlashCacheConfigInfoVFlashModuleConfigOption;
  HostVFlashManagerVFlashConfigInfo: HostVFlashManagerVFlashConfigInfo;
  HostVMotionInfo: HostVMotionInfo;
  HostVffsVolume: HostVffsVolume;
  HostVffsSpec: HostVffsSpec;
  VmfsDatastoreExpandSpec: VmfsDatastoreExpandSpec;
  VmfsDatastoreExtendSpec: VmfsDatastoreExtendSpec;
  HostVmfsVolume: HostVmfsVolume;
  HostVmfsSpec: HostVmfsSpec;
  VmfsUnmapBandwidthSpec: VmfsUnmapBandwidthSpec;
  VmfsConfigOption: VmfsConfigOption;
  BoolOption: BoolOption;
  ChoiceOption: ChoiceOption;
  FloatOption: FloatOption;
  IntOption: IntOption;
  LongOption: LongOption;
  VAppConfigInfo: VAppConfigInfo;
  VAppConfigSpec: VAppConfigSpec;
  VirtualAppImportSpec: VirtualAppImportSpec;
  VirtualMachineCdromInfo: VirtualMachineCdromInfo;
  ConfigTarget: ConfigTarget;
  VirtualMachineDefaultProfileSpec: VirtualMachineDefaultProfileSpec;
  VirtualMachineDefinedProfileSpec: VirtualMachineDefinedProfileSpec;
  VirtualMachineDiskDeviceInfo: VirtualMachineDiskDeviceInfo;
  VirtualMachineDynamicPassthroughInfo: VirtualMachineDynamicPassthroughInfo;
  VirtualMachineEmptyProfileSpec: VirtualMachineEmptyProfileSpec;
  VirtualMachineFloppyInfo: VirtualMachineFloppyInfo;
  VirtualMachineIdeDiskDeviceInfo: VirtualMachineIdeDiskDeviceInfo;
  VirtualMachineIdeDiskDevicePartitionInfo: VirtualMachineIdeDiskDevicePartitionInfo;
  VirtualMachineNetworkInfo: VirtualMachineNetworkInfo;
  OpaqueNetworkTargetInfo: OpaqueNetworkTargetInfo;
  VirtualMachineParallelInfo: VirtualMachineParallelInfo;
  VirtualMachinePciPassthroughInfo: VirtualMachinePciPassthroughInfo;
  VirtualMachinePciSharedGpuPassthroughInfo: VirtualMachinePciSharedGpuPassthroughInfo;
  VirtualMachinePrecisionClockInfo: VirtualMachinePrecisionClockInfo;
  VirtualMachineRelocateSpec: VirtualMachineRelocateSpec;
  VirtualMachineRelocateSpecDiskLocator: VirtualMachineRelocateSpecDiskLocator;
  VirtualMachineRelocateSpecDiskLocatorBackingSpec: VirtualMachineRelocateSpecDiskLocatorBackingSpec;
  VirtualMachineRuntimeInfo: VirtualMachineRuntimeInfo;
  VirtualMachineRuntimeInfoDasProtectionState: VirtualMachineRuntimeInfoDasProtectionState;
  VirtualMachineScsiDiskDeviceInfo: VirtualMachineScsiDiskDeviceInfo;
  VirtualMachineScsiPassthroughInfo: VirtualMachineScsiPassthroughInfo;
  VirtualMachineSerialInfo: VirtualMachineSerialInfo;
  VirtualMachineSgxTargetInfo: VirtualMachineSgxTargetInfo;
  VirtualMachineSnapshotTree: VirtualMachineSnapshotTree;
  VirtualMachineSoundInfo: VirtualMachineSoundInfo;
  VirtualMachineSriovInfo: VirtualMachineSriovInfo;
  VirtualMachineSummary: VirtualMachineSummary;
  VirtualMachineConfigSummary: VirtualMachineConfigSummary;
  VirtualMachineQuickStats: VirtualMachineQuickStats;
  VirtualMachineQuickStatsMemoryTierStats: VirtualMachineQuickStatsMemoryTierStats;
  VirtualMachineGuestSummary: VirtualMachineGuestSummary;
  VirtualMachineStorageSummary: VirtualMachineStorageSummary;
  VirtualMachineVFlashModuleInfo: VirtualMachineVFlashModuleInfo;
  VirtualMachineImportSpec: VirtualMachineImportSpec;
  CustomizationAutoIpV6Generator: CustomizationAutoIpV6Generator;
  CustomizationCloudinitPrep: CustomizationCloudinitPrep;
  CustomizationCustomIpGenerator: CustomizationCustomIpGenerator;
  CustomizationCustomIpV6Generator: CustomizationCustomIpV6Generator;
  CustomizationCustomName: CustomizationCustomName;
  CustomizationDhcpIpGenerator: CustomizationDhcpIpGenerator;
  CustomizationDhcpIpV6Generator: CustomizationDhcpIpV6Generator;
  CustomizationFixedIp: CustomizationFixedIp;
  CustomizationFixedIpV6: CustomizationFixedIpV6;
  CustomizationFixedName: CustomizationFixedName;
  CustomizationLinuxOptions: CustomizationLinuxOptions;
  VirtualCdrom: VirtualCdrom;
  VirtualCdromIsoBackingInfo: VirtualCdromIsoBackingInfo;
  VirtualCdromPassthroughBackingInfo: VirtualCdromPassthroughBackingInfo;
  VirtualCdromRemotePassthroughBackingInfo: VirtualCdromRemotePassthroughBackingInfo;
  VirtualCdromAtapiBackingInfo: VirtualCdromAtapiBackingInfo;
  VirtualCdromRemoteAtapiBackingInfo: VirtualCdromRemoteAtapiBackingInfo;
  VirtualCdromOption: VirtualCdromOption;
  VirtualCdromIsoBackingOption: VirtualCdromIsoBackingOption;
  VirtualCdromPassthroughBackingOption: VirtualCdromPassthroughBackingOption;
  VirtualCdromRemotePassthroughBackingOption: VirtualCdromRemotePassthroughBackingOption;
  VirtualCdromAtapiBackingOption: VirtualCdromAtapiBackingOption;
  VirtualCdromRemoteAtapiBackingOption: VirtualCdromRemoteAtapiBackingOption;
  VirtualController: VirtualController;
  VirtualControllerOption: VirtualControllerOption;
  VirtualE1000: VirtualE1000;
  VirtualE1000Option: VirtualE1000Option;
  VirtualE1000e: VirtualE1000e;
  VirtualE1000eOption: VirtualE1000eOption;
  VirtualEnsoniq1371: VirtualEnsoniq1371;
  VirtualEnsoniq1371Option: VirtualEnsoniq1371Option;
  VirtualHdAudioCard: VirtualHdAudioCard;
  VirtualHdAudioCardOption: VirtualHdAudioCardOption;
  VirtualIDEController: VirtualIDEController;
  VirtualIDEControllerOption: VirtualIDEControllerOption;
  VirtualNVDIMMController: VirtualNVDIMMController;
  VirtualNVDIMMControllerOption: VirtualNVDIMMControllerOption;
  VirtualNVMEController: VirtualNVMEController;
  VirtualNVMEControllerOption: VirtualNVMEControllerOption;
  VirtualPCIController: VirtualPCIController;
  VirtualPCIControllerOption: VirtualPCIControllerOption;
  VirtualPS2Controller: VirtualPS2Controller;
  VirtualPS2ControllerOption: VirtualPS2ControllerOption;
  VirtualSATAController: VirtualSATAController;
  VirtualSATAControllerOption: VirtualSATAControllerOption;
  VirtualSCSIController: VirtualSCSIController;
  VirtualSCSIControllerOption: VirtualSCSIControllerOption;
  VirtualSIOController: VirtualSIOController;
  VirtualSIOControllerOption: VirtualSIOControllerOption;
  VirtualSoundBlaster16: VirtualSoundBlaster16;
  VirtualSoundBlaster16Option: VirtualSoundBlaster16Option;
  VirtualUSBController: VirtualUSBController;
  VirtualUSBControllerPciBusSlotInfo: VirtualUSBControllerPciBusSlotInfo;
  VirtualUSBControllerOption: VirtualUSBControllerOption;
  VirtualUSBXHCIController: VirtualUSBXHCIController;
  VirtualUSBXHCIControllerOption: VirtualUSBXHCIControllerOption;
  VirtualVmxnet2Option: VirtualVmxnet2Option;
  VirtualVmxnet3Option: VirtualVmxnet3Option;
  VirtualVmxnet3VrdmaOption: VirtualVmxnet3VrdmaOption;
  VslmCloneSpec: VslmCloneSpec;
  ComputeResourceSummary: ComputeResourceSummary;
  ComputeResourceConfigInfo: ComputeResourceConfigInfo;
  ComputeResourceHostSPBMLicenseInfo: ComputeResourceHostSPBMLicenseInfo;
  ComputeResourceHostSeedSpec: ComputeResourceHostSeedSpec;
  ComputeResourceHostSeedSpecSingleHostSpec: ComputeResourceHostSeedSpecSingleHostSpec;
  ComputeResourceConfigSpec: ComputeResourceConfigSpec;
  DatacenterBasicConnectInfo: DatacenterBasicConnectInfo;
  DatacenterConfigInfo: DatacenterConfigInfo;
  DatacenterConfigSpec: DatacenterConfigSpec;
  DatastoreSummary: DatastoreSummary;
  DatastoreInfo: DatastoreInfo;
  DatastoreCapability: DatastoreCapability;
  DatastoreHostMount: DatastoreHostMount;
  DatastoreMountPathDatastorePair: DatastoreMountPathDatastorePair;
  DatastoreVVolContainerFailoverPair: DatastoreVVolContainerFailoverPair;
  DVSContactInfo: DVSContactInfo;
  DVSNetworkResourceManagementCapability: DVSNetworkResourceManagementCapability;
  DVSRollbackCapability: DVSRollbackCapability;
  DVSBackupRestoreCapability: DVSBackupRestoreCapability;
  DVSFeatureCapability: DVSFeatureCapability;
  DVSHealthCheckCapability: DVSHealthCheckCapability;
  DVSCapability: DVSCapability;
  DVSSummary: DVSSummary;
  DVSPolicy: DVSPolicy;
  DVSUplinkPortPolicy: DVSUplinkPortPolicy;
  DVSNameArrayUplinkPortPolicy: DVSNameArrayUplinkPortPolicy;
  DVSConfigSpec: DVSConfigSpec;
  DVSCreateSpec: DVSCreateSpec;
  DVSConfigInfo: DVSConfigInfo;
  DvsHostInfrastructureTrafficResource: DvsHostInfrastructureTrafficResource;
  DvsHostInfrastructureTrafficResourceAllocation: DvsHostInfrastructureTrafficResourceAllocation;
  DVSHealthCheckConfig: DVSHealthCheckConfig;
  DvsResourceRuntimeInfo: DvsResourceRuntimeInfo;
  DVSRuntimeInfo: DVSRuntimeInfo;
  FolderNewHostSpec: FolderNewHostSpec;
  FolderFailedHostResult: FolderFailedHostResult;
  FolderBatchAddStandaloneHostsResult: FolderBatchAddStandaloneHostsResult;
  FolderBatchAddHostsToClusterResult: FolderBatchAddHostsToClusterResult;
  HealthUpdate: HealthUpdate;
  HostSystemRemediationState: HostSystemRemediationState;
  HostSystemComplianceCheckState: HostSystemComplianceCheckState;
  HostSystemReconnectSpec: HostSystemReconnectSpec;
  HostVMotionCompatibility: HostVMotionCompatibility;
  ProductComponentInfo: ProductComponentInfo;
  StoragePodSummary: StoragePodSummary;
  VasaProviderContainerSpec: VasaProviderContainerSpec;
  AlarmAcknowledgedEvent: AlarmAcknowledgedEvent;
  AlarmActionTriggeredEvent: AlarmActionTriggeredEvent;
  AlarmClearedEvent: AlarmClearedEvent;
  AlarmCreatedEvent: AlarmCreatedEvent;
  AlarmEmailCompletedEvent: AlarmEmailCompletedEvent;
  AlarmEmailFailedEvent: AlarmEmailFailedEvent;
  AlarmEventArgument: AlarmEventArgument;
  ClusterComplianceCheckedEvent: ClusterComplianceCheckedEvent;
  ClusterCreatedEvent: ClusterCreatedEvent;
  ClusterDestroyedEvent: ClusterDestroyedEvent;
  ComputeResourceEventArgument: ComputeResourceEventArgument;
  CustomFieldDefEvent: CustomFieldDefEvent;
  CustomFieldDefRemovedEvent: CustomFieldDefRemovedEvent;
  CustomFieldDefRenamedEvent: CustomFieldDefRenamedEvent;
  DVPortgroupCreatedEvent: DVPortgroupCreatedEvent;
  DVPortgroupDestroyedEvent: DVPortgroupDestroyedEvent;
  DatacenterCreatedEvent: DatacenterCreatedEvent;
  DatacenterEventArgument: DatacenterEventArgument;
  DatastoreCapacityIncreasedEvent: DatastoreCapacityIncreasedEvent;
  DatastoreDestroyedEvent: DatastoreDestroyedEvent;
  DatastoreDuplicatedEvent: DatastoreDuplicatedEvent;
  DatastoreEventArgument: DatastoreEventArgument;
  DatastoreFileCopiedEvent: DatastoreFileCopiedEvent;
  DatastoreFileDeletedEvent: DatastoreFileDeletedEvent;
  DrsEnteredStandbyModeEvent: DrsEnteredStandbyModeEvent;
  DrsEnteringStandbyModeEvent: DrsEnteringStandbyModeEvent;
  DrsExitStandbyModeFailedEvent: DrsExitStandbyModeFailedEvent;
  DrsExitedStandbyModeEvent: DrsExitedStandbyModeEvent;
  DrsExitingStandbyModeEvent: DrsExitingStandbyModeEvent;
  DvsCreatedEvent: DvsCreatedEvent;
  DvsDestroyedEvent: DvsDestroyedEvent;
  DvsEventArgument: DvsEventArgument;
  DvsReconfiguredEvent: DvsReconfiguredEvent;
  MigrationErrorEvent: MigrationErrorEvent;
  PermissionAddedEvent: PermissionAddedEvent;
  RoleAddedEvent: RoleAddedEvent;
  VmBeingClonedEvent: VmBeingClonedEvent;
  VmBeingClonedNoFolderEvent: VmBeingClonedNoFolderEvent;
  ActiveVMsBlockingEVC: ActiveVMsBlockingEVC;
  AdminDisabled: AdminDisabled;
  AdminNotDisabled: AdminNotDisabled;
  AffinityConfigured: AffinityConfigured;
  AgentInstallFailed: AgentInstallFailed;
  AlreadyBeingManaged: AlreadyBeingManaged;
  AlreadyConnected: AlreadyConnected;
  ApplicationQuiesceFault: ApplicationQuiesceFault;
  BackupBlobReadFailure: BackupBlobReadFailure;
  BackupBlobWriteFailure: BackupBlobWriteFailure;
  BlockedByFirewall: BlockedByFirewall;
  CAMServerRefusedConnection: CAMServerRefusedConnection;
  CannotAccessFile: CannotAccessFile;
  CannotAccessNetwork: CannotAccessNetwork;
  CannotAddHostWithFTVmAsStandalone: CannotAddHostWithFTVmAsStandalone;
  CannotAddHostWithFTVmToDifferentCluster: CannotAddHostWithFTVmToDifferentCluster;
  CannotAddHostWithFTVmToNonHACluster: CannotAddHostWithFTVmToNonHACluster;
  CannotCreateFile: CannotCreateFile;
  CannotDecryptPasswords: CannotDecryptPasswords;
  CannotDeleteFile: CannotDeleteFile;
  CannotModifyConfigCpuRequirements: CannotModifyConfigCpuRequirements;
  CannotMoveVmWithDeltaDisk: CannotMoveVmWithDeltaDisk;
  CannotMoveVmWithNativeDeltaDisk: CannotMoveVmWithNativeDeltaDisk;
  CannotPowerOffVmInCluster: CannotPowerOffVmInCluster;
  ClockSkew: ClockSkew;
  CloneFromSnapshotNotSupported: CloneFromSnapshotNotSupported;
  CollectorAddressUnset: CollectorAddressUnset;
  ConflictingConfiguration: ConflictingConfiguration;
  ConflictingConfigurationConfig: ConflictingConfigurationConfig;
  CpuIncompatible: CpuIncompatible;
  CpuIncompatible1ECX: CpuIncompatible1ECX;
  CpuIncompatible81EDX: CpuIncompatible81EDX;
  DatacenterMismatch: DatacenterMismatch;
  DatacenterMismatchArgument: DatacenterMismatchArgument;
  DatastoreNotWritableOnHost: DatastoreNotWritableOnHost;
  DestinationSwitchFull: DestinationSwitchFull;
  DeviceNotSupported: DeviceNotSupported;
  DigestNotSupported: DigestNotSupported;
  DirectoryNotEmpty: DirectoryNotEmpty;
  DisableAdminNotSupported: DisableAdminNotSupported;
  DisallowedMigrationDeviceAttached: DisallowedMigrationDeviceAttached;
  DisconnectedHostsBlockingEVC: DisconnectedHostsBlockingEVC;
  DiskHasPartitions: DiskHasPartitions;
  DiskIsLastRemainingNonSSD: DiskIsLastRemainingNonSSD;
  DiskIsNonLocal: DiskIsNonLocal;
  DiskIsUSB: DiskIsUSB;
  DiskMoveTypeNotSupported: DiskMoveTypeNotSupported;
  DiskNotSupported: DiskNotSupported;
  DiskTooSmall: DiskTooSmall;
  DrsVmotionIncompatibleFault: DrsVmotionIncompatibleFault;
  DuplicateDisks: DuplicateDisks;
  DvsApplyOperationFault: DvsApplyOperationFault;
  DvsApplyOperationFaultFaultOnObject: DvsApplyOperationFaultFaultOnObject;
  EVCAdmissionFailed: EVCAdmissionFailed;
  EVCAdmissionFailedCPUFeaturesForMode: EVCAdmissionFailedCPUFeaturesForMode;
  EVCAdmissionFailedCPUModel: EVCAdmissionFailedCPUModel;
  EVCAdmissionFailedCPUModelForMode: EVCAdmissionFailedCPUModelForMode;
  EVCAdmissionFailedCPUVendor: EVCAdmissionFailedCPUVendor;
  EVCAdmissionFailedCPUVendorUnknown: EVCAdmissionFailedCPUVendorUnknown;
  EVCAdmissionFailedHostDisconnected: EVCAdmissionFailedHostDisconnected;
  EVCAdmissionFailedHostSoftware: EVCAdmissionFailedHostSoftware;
  EVCAdmissionFailedHostSoftwareForMode: EVCAdmissionFailedHostSoftwareForMode;
  EVCAdmissionFailedVmActive: EVCAdmissionFailedVmActive;
  EncryptionKeyRequired: EncryptionKeyRequired;
  FailToEnableSPBM: FailToEnableSPBM;
  FaultToleranceAntiAffinityViolated: FaultToleranceAntiAffinityViolated;
  FaultToleranceCpuIncompatible: FaultToleranceCpuIncompatible;
  FaultToleranceNeedsThickDisk: FaultToleranceNeedsThickDisk;
  FaultToleranceNotSameBuild: FaultToleranceNotSameBuild;
  FeatureRequirementsNotMet: FeatureRequirementsNotMet;
  FileAlreadyExists: FileAlreadyExists;
  FileBackedPortNotSupported: FileBackedPortNotSupported;
  FilesystemQuiesceFault: FilesystemQuiesceFault;
  FilterInUse: FilterInUse;
  FullStorageVMotionNotSupported: FullStorageVMotionNotSupported;
  GatewayConnectFault: GatewayConnectFault;
  GatewayNotFound: GatewayNotFound;
  GatewayNotReachable: GatewayNotReachable;
  GatewayOperationRefused: GatewayOperationRefused;
  GatewayToHostConnectFault: GatewayToHostConnectFault;
  GatewayToHostTrustVerifyFault: GatewayToHostTrustVerifyFault;
  GuestAuthenticationChallenge: GuestAuthenticationChallenge;
  GuestComponentsOutOfDate: GuestComponentsOutOfDate;
  GuestMultipleMappings: GuestMultipleMappings;
  GuestRegistryKeyAlreadyExists: GuestRegistryKeyAlreadyExists;
  HAErrorsAtDest: HAErrorsAtDest;
  HostConfigFailed: HostConfigFailed;
  HotSnapshotMoveNotSupported: HotSnapshotMoveNotSupported;
  IDEDiskNotSupported: IDEDiskNotSupported;
  InaccessibleDatastore: InaccessibleDatastore;
  InaccessibleFTMetadataDatastore: InaccessibleFTMetadataDatastore;
  IncompatibleDefaultDevice: IncompatibleDefaultDevice;
  IncompatibleHostForVmReplication: IncompatibleHostForVmReplication;
  IndependentDiskVMotionNotSupported: IndependentDiskVMotionNotSupported;
  InsufficientAgentVmsDeployed: InsufficientAgentVmsDeployed;
  InsufficientCpuResourcesFault: InsufficientCpuResourcesFault;
  InsufficientDisks: InsufficientDisks;
  InsufficientFailoverResourcesFault: InsufficientFailoverResourcesFault;
  InsufficientGraphicsResourcesFault: InsufficientGraphicsResourcesFault;
  InsufficientHostCapacityFault: InsufficientHostCapacityFault;
  InsufficientHostCpuCapacityFault: InsufficientHostCpuCapacityFault;
  InsufficientHostMemoryCapacityFault: InsufficientHostMemoryCapacityFault;
  InsufficientMemoryResourcesFault: InsufficientMemoryResourcesFault;
  InsufficientNetworkCapacity: InsufficientNetworkCapacity;
  InsufficientNetworkResourcePoolCapacity: InsufficientNetworkResourcePoolCapacity;
  InsufficientPerCpuCapacity: InsufficientPerCpuCapacity;
  InsufficientStandbyCpuResource: InsufficientStandbyCpuResource;
  InsufficientStandbyMemoryResource: InsufficientStandbyMemoryResource;
  InvalidBundle: InvalidBundle;
  InvalidCAMCertificate: InvalidCAMCertificate;
  InvalidClientCertificate: InvalidClientCertificate;
  InvalidDatastoreState: InvalidDatastoreState;
  InvalidDeviceSpec: InvalidDeviceSpec;
  InvalidDiskFormat: InvalidDiskFormat;
  InvalidHostState: InvalidHostState;
  InvalidNasCredentials: InvalidNasCredentials;
  InvalidNetworkInType: InvalidNetworkInType;
  InvalidNetworkResource: InvalidNetworkResource;
  InvalidPowerState: InvalidPowerState;
  InvalidPropertyType: InvalidPropertyType;
  InvalidPropertyValue: InvalidPropertyValue;
  LargeRDMConversionNotSupported: LargeRDMConversionNotSupported;
  LegacyNetworkInterfaceInUse: LegacyNetworkInterfaceInUse;
  MaintenanceModeFileMove: MaintenanceModeFileMove;
  MemoryFileFormatNotSupportedByDatastore: MemoryFileFormatNotSupportedByDatastore;
  MemorySizeNotRecommended: MemorySizeNotRecommended;
  MemorySizeNotSupported: MemorySizeNotSupported;
  MemorySizeNotSupportedByDatastore: MemorySizeNotSupportedByDatastore;
  MemorySnapshotOnIndependentDisk: MemorySnapshotOnIndependentDisk;
  MigrationDisabled: MigrationDisabled;
  MissingController: MissingController;
  MissingIpPool: MissingIpPool;
  MissingNetworkIpConfig: MissingNetworkIpConfig;
  MissingPowerOffConfiguration: MissingPowerOffConfiguration;
  MissingPowerOnConfiguration: MissingPowerOnConfiguration;
  MultiWriterNotSupported: MultiWriterNotSupported;
  MultipleSnapshotsNotSupported: MultipleSnapshotsNotSupported;
  NoAvailableIp: NoAvailableIp;
  NoVcManagedIpConfigured: NoVcManagedIpConfigured;
  NoVmInVApp: NoVmInVApp;
  NonPersistentDisksNotSupported: NonPersistentDisksNotSupported;
  NonVmwareOuiMacNotSupportedHost: NonVmwareOuiMacNotSupportedHost;
  NotEnoughCpus: NotEnoughCpus;
  NotEnoughLogicalCpus: NotEnoughLogicalCpus;
  NotUserConfigurableProperty: NotUserConfigurableProperty;
  NumVirtualCoresPerSocketNotSupported: NumVirtualCoresPerSocketNotSupported;
  NumVirtualCpusNotSupported: NumVirtualCpusNotSupported;
  OvfAttribute: OvfAttribute;
  OvfConstraint: OvfConstraint;
  OvfConsumerCallbackFault: OvfConsumerCallbackFault;
  OvfConsumerCommunicationError: OvfConsumerCommunicationError;
  OvfConsumerFault: OvfConsumerFault;
  OvfConsumerInvalidSection: OvfConsumerInvalidSection;
  OvfConsumerUndeclaredSection: OvfConsumerUndeclaredSection;
  OvfConsumerUndefinedPrefix: OvfConsumerUndefinedPrefix;
  OvfCpuCompatibility: OvfCpuCompatibility;
  OvfCpuCompatibilityCheckNotSupported: OvfCpuCompatibilityCheckNotSupported;
  OvfDiskMappingNotFound: OvfDiskMappingNotFound;
  OvfDiskOrderConstraint: OvfDiskOrderConstraint;
  OvfElement: OvfElement;
  OvfElementInvalidValue: OvfElementInvalidValue;
  OvfExport: OvfExport;
  OvfExportFailed: OvfExportFailed;
  OvfHardwareCheck: OvfHardwareCheck;
  OvfHardwareExport: OvfHardwareExport;
  OvfHostResourceConstraint: OvfHostResourceConstraint;
  OvfHostValueNotParsed: OvfHostValueNotParsed;
  OvfInternalError: OvfInternalError;
  OvfInvalidValue: OvfInvalidValue;
  OvfInvalidValueConfiguration: OvfInvalidValueConfiguration;
  OvfInvalidValueEmpty: OvfInvalidValueEmpty;
  OvfInvalidValueFormatMalformed: OvfInvalidValueFormatMalformed;
  OvfInvalidValueReference: OvfInvalidValueReference;
  OvfInvalidVmName: OvfInvalidVmName;
  OvfMissingAttribute: OvfMissingAttribute;
  OvfMissingElement: OvfMissingElement;
  OvfMissingElementNormalBoundary: OvfMissingElementNormalBoundary;
  OvfNoHostNic: OvfNoHostNic;
  OvfNoSupportedHardwareFamily: OvfNoSupportedHardwareFamily;
  OvfPropertyExport: OvfPropertyExport;
  OvfPropertyNetworkExport: OvfPropertyNetworkExport;
  OvfUnableToExportDisk: OvfUnableToExportDisk;
  OvfUnexpectedElement: OvfUnexpectedElement;
  OvfUnknownDeviceBacking: OvfUnknownDeviceBacking;
  OvfUnsupportedAttribute: OvfUnsupportedAttribute;
  OvfUnsupportedAttributeValue: OvfUnsupportedAttributeValue;
  OvfUnsupportedDeviceExport: OvfUnsupportedDeviceExport;
  OvfUnsupportedElement: OvfUnsupportedElement;
  OvfUnsupportedElementValue: OvfUnsupportedElementValue;
  OvfUnsupportedSection: OvfUnsupportedSection;
  OvfWrongElement: OvfWrongElement;
  PatchAlreadyInstalled: PatchAlreadyInstalled;
  PatchInstallFailed: PatchInstallFailed;
  PatchIntegrityError: PatchIntegrityError;
  PatchMetadataCorrupted: PatchMetadataCorrupted;
  PatchMissingDependencies: PatchMissingDependencies;
  PowerOnFtSecondaryTimedout: PowerOnFtSecondaryTimedout;
  QuiesceDatastoreIOForHAFailed: QuiesceDatastoreIOForHAFailed;
  RDMNotSupported: RDMNotSupported;
  RawDiskNotSupported: RawDiskNotSupported;
  RemoteDeviceNotSupported: RemoteDeviceNotSupported;
  ReplicationConfigFault: ReplicationConfigFault;
  ReplicationDiskConfigFault: ReplicationDiskConfigFault;
  ReplicationVmConfigFault: ReplicationVmConfigFault;
  SharedBusControllerNotSupported: SharedBusControllerNotSupported;
  SnapshotCloneNotSupported: SnapshotCloneNotSupported;
  SnapshotDisabled: SnapshotDisabled;
  StorageVmotionIncompatible: StorageVmotionIncompatible;
  SwapDatastoreNotWritableOnHost: SwapDatastoreNotWritableOnHost;
  UnSupportedDatastoreForVFlash: UnSupportedDatastoreForVFlash;
  UnconfiguredPropertyValue: UnconfiguredPropertyValue;
  VMINotSupported: VMINotSupported;
  VMOnConflictDVPort: VMOnConflictDVPort;
  VMOnVirtualIntranet: VMOnVirtualIntranet;
  VirtualDiskModeNotSupported: VirtualDiskModeNotSupported;
  VirtualEthernetCardNotSupported: VirtualEthernetCardNotSupported;
  VmfsAlreadyMounted: VmfsAlreadyMounted;
  VmfsAmbiguousMount: VmfsAmbiguousMount;
  HostConfigInfo: HostConfigInfo;
  HostConnectInfo: HostConnectInfo;
  HostConnectInfoNetworkInfo: HostConnectInfoNetworkInfo;
  HostNewNetworkConnectInfo: HostNewNetworkConnectInfo;
  HostDatastoreConnectInfo: HostDatastoreConnectInfo;
  HostDatastoreExistsConnectInfo: HostDatastoreExistsConnectInfo;
  HostDatastoreNameConflictConnectInfo: HostDatastoreNameConflictConnectInfo;
  HostLicenseConnectInfo: HostLicenseConnectInfo;
  HostDiagnosticPartition: HostDiagnosticPartition;
  HostDiagnosticPartitionCreateOption: HostDiagnosticPartitionCreateOption;
  HostDiagnosticPartitionCreateSpec: HostDiagnosticPartitionCreateSpec;
  HostDiagnosticPartitionCreateDescription: HostDiagnosticPartitionCreateDescription;
  HostFibreChannelOverEthernetTargetTransport: HostFibreChannelOverEthernetTargetTransport;
  LocalDatastoreInfo: LocalDatastoreInfo;
  NasDatastoreInfo: NasDatastoreInfo;
  PMemDatastoreInfo: PMemDatastoreInfo;
  HostRuntimeInfo: HostRuntimeInfo;
  HostRuntimeInfoNetStackInstanceRuntimeInfo: HostRuntimeInfoNetStackInstanceRuntimeInfo;
  HostPlacedVirtualNicIdentifier: HostPlacedVirtualNicIdentifier;
  HostPnicNetworkResourceInfo: HostPnicNetworkResourceInfo;
  HostNetworkResourceRuntime: HostNetworkResourceRuntime;
  HostRuntimeInfoNetworkRuntimeInfo: HostRuntimeInfoNetworkRuntimeInfo;
  HostRuntimeInfoStateEncryptionInfo: HostRuntimeInfoStateEncryptionInfo;
  HostStorageSystemVmfsVolumeResult: HostStorageSystemVmfsVolumeResult;
  HostStorageSystemScsiLunResult: HostStorageSystemScsiLunResult;
  HostStorageSystemDiskLocatorLedResult: HostStorageSystemDiskLocatorLedResult;
  HostVMotionManagerSrcInstantCloneResult: HostVMotionManagerSrcInstantCloneResult;
  HostVMotionManagerDstInstantCloneResult: HostVMotionManagerDstInstantCloneResult;
  VmfsDatastoreCreateSpec: VmfsDatastoreCreateSpec;
  VmfsDatastoreInfo: VmfsDatastoreInfo;
  VsanDatastoreInfo: VsanDatastoreInfo;
  VvolDatastoreInfo: VvolDatastoreInfo;
  VirtualMachineDatastoreInfo: VirtualMachineDatastoreInfo;
  ParaVirtualSCSIController: ParaVirtualSCSIController;
  ParaVirtualSCSIControllerOption: ParaVirtualSCSIControllerOption;
  VirtualAHCIController: VirtualAHCIController;
  VirtualAHCIControllerOption: VirtualAHCIControllerOption;
  VirtualBusLogicController: VirtualBusLogicController;
  VirtualBusLogicControllerOption: VirtualBusLogicControllerOption;
  VirtualLsiLogicController: VirtualLsiLogicController;
  VirtualLsiLogicControllerOption: VirtualLsiLogicControllerOption;
  VirtualLsiLogicSASController: VirtualLsiLogicSASController;
  VirtualLsiLogicSASControllerOption: VirtualLsiLogicSASControllerOption;
  ClusterComputeResourceSummary: ClusterComputeResourceSummary;
  ClusterComputeResourceDVSSetting: ClusterComputeResourceDVSSetting;
  ClusterComputeResourceDVSSettingDVPortgroupToServiceMapping: ClusterComputeResourceDVSSettingDVPortgroupToServiceMapping;
  ClusterComputeResourceHostConfigurationProfile: ClusterComputeResourceHostConfigurationProfile;
  ClusterComputeResourceHCIConfigInfo: ClusterComputeResourceHCIConfigInfo;
  ClusterComputeResourceClusterConfigResult: ClusterComputeResourceClusterConfigResult;
  ClusterComputeResourceDvsProfile: ClusterComputeResourceDvsProfile;
  ClusterComputeResourceDvsProfileDVPortgroupSpecToServiceMapping: ClusterComputeResourceDvsProfileDVPortgroupSpecToServiceMapping;
  ClusterComputeResourceVCProfile: ClusterComputeResourceVCProfile;
  ClusterComputeResourceHCIConfigSpec: ClusterComputeResourceHCIConfigSpec;
  ClusterComputeResourceHostVmkNicInfo: ClusterComputeResourceHostVmkNicInfo;
  ClusterComputeResourceHostConfigurationInput: ClusterComputeResourceHostConfigurationInput;
  ClusterComputeResourceValidationResultBase: ClusterComputeResourceValidationResultBase;
  ClusterComputeResourceHostConfigurationValidation: ClusterComputeResourceHostConfigurationValidation;
  ClusterComputeResourceDVSConfigurationValidation: ClusterComputeResourceDVSConfigurationValidation;
  ClusterComputeResourceHostEvacuationInfo: ClusterComputeResourceHostEvacuationInfo;
  ClusterComputeResourceMaintenanceInfo: ClusterComputeResourceMaintenanceInfo;
  ClusterComputeResourceCryptoModePolicy: ClusterComputeResourceCryptoModePolicy;
  ClusterComputeResourceVcsSlots: ClusterComputeResourceVcsSlots;
  CustomFieldDefAddedEvent: CustomFieldDefAddedEvent;
  ConnectedIso: ConnectedIso;
  CpuCompatibilityUnknown: CpuCompatibilityUnknown;
  DeviceBackingNotSupported: DeviceBackingNotSupported;
  DeviceControllerNotSupported: DeviceControllerNotSupported;
  DeviceHotPlugNotSupported: DeviceHotPlugNotSupported;
  DeviceNotFound: DeviceNotFound;
  DeviceUnsupportedForVmPlatform: DeviceUnsupportedForVmPlatform;
  DeviceUnsupportedForVmVersion: DeviceUnsupportedForVmVersion;
  DisallowedDiskModeChange: DisallowedDiskModeChange;
  GatewayHostNotReachable: GatewayHostNotReachable;
  GatewayToHostAuthFault: GatewayToHostAuthFault;
  InvalidController: InvalidController;
  InvalidDeviceBacking: InvalidDeviceBacking;
  InvalidDeviceOperation: InvalidDeviceOperation;
  InvalidHostConnectionState: InvalidHostConnectionState;
  OvfConnectedDevice: OvfConnectedDevice;
  OvfConnectedDeviceFloppy: OvfConnectedDeviceFloppy;
  OvfConnectedDeviceIso: OvfConnectedDeviceIso;
  OvfDuplicateElement: OvfDuplicateElement;
  OvfDuplicatedElementBoundary: OvfDuplicatedElementBoundary;
  OvfDuplicatedPropertyIdExport: OvfDuplicatedPropertyIdExport;
  OvfDuplicatedPropertyIdImport: OvfDuplicatedPropertyIdImport;
  OvfNoSpaceOnController: OvfNoSpaceOnController;
  PhysCompatRDMNotSupported: PhysCompatRDMNotSupported;
  UnusedVirtualDiskBlocksNotScrubbed: UnusedVirtualDiskBlocksNotScrubbed;
  VirtualDiskBlocksNotFullyProvisioned: VirtualDiskBlocksNotFullyProvisioned;
  DVPortNotSupported: DVPortNotSupported;
  VsanHostCimProviderInfo: VsanHostCimProviderInfo;
  VsanHclCommonDeviceInfo: VsanHclCommonDeviceInfo;
  VsanHclControllerInfo: VsanHclControllerInfo;
  VsanHclNicInfo: VsanHclNicInfo;
  VsanHclMemInfo: VsanHclMemInfo;
  VsanHclComputeResource: VsanHclComputeResource;
  VsanHostHclInfo: VsanHostHclInfo;
  VsanProactiveRebalanceInfoEx: VsanProactiveRebalanceInfoEx;
  VsanQueryResultHostInfo: VsanQueryResultHostInfo;
  VsanNetworkPeerHealthResult: VsanNetworkPeerHealthResult;
  VsanNetworkHealthResult: VsanNetworkHealthResult;
  VsanObjectHealth: VsanObjectHealth;
  VsanObjectOverallHealth: VsanObjectOverallHealth;
  VsanVsanPcapResult: VsanVsanPcapResult;
  VsanVmdkIOLoadSpec: VsanVmdkIOLoadSpec;
  VsanVmdkLoadTestSpec: VsanVmdkLoadTestSpec;
  VsanVmdkLoadTestResult: VsanVmdkLoadTestResult;
  VsanHostVmdkLoadTestResult: VsanHostVmdkLoadTestResult;
  VsanLimitHealthResult: VsanLimitHealthResult;
  VsanNetworkLoadTestResult: VsanNetworkLoadTestResult;
  VsanResourceHealth: VsanResourceHealth;
  VsanPhysicalDiskHealth: VsanPhysicalDiskHealth;
  VsanPhysicalDiskHealthSummary: VsanPhysicalDiskHealthSummary;
  VsanFailedRepairObjectResult: VsanFailedRepairObjectResult;
  VsanRepairObjectsResult: VsanRepairObjectsResult;
  VsanHostEMMSummary: VsanHostEMMSummary;
  VsanNodeNotMaster: VsanNodeNotMaster;
  VimHostVSANStretchedClusterHostCapability: VimHostVSANStretchedClusterHostCapability;
  VsanHostVirtualApplianceInfo: VsanHostVirtualApplianceInfo;
  VsanHostHealthSystemStatusResult: VsanHostHealthSystemStatusResult;
  MethodFault: MethodFault;
  RuntimeFault: RuntimeFault;
  LocalizedMethodFault: LocalizedMethodFault;
  ReflectManagedMethodExecuterSoapArgument: ReflectManagedMethodExecuterSoapArgument;
  ReflectManagedMethodExecuterSoapFault: ReflectManagedMethodExecuterSoapFault;
  ReflectManagedMethodExecuterSoapResult: ReflectManagedMethodExecuterSoapResult;
}

export namespace Enum {
  export type ObjectUpdateKind = 'modify' | 'enter' | 'leave';
  export type PropertyChangeOp = 'add' | 'remove' | 'assign' | 'indirectRemove';
  export type BatchResultResult = 'success' | 'fail';
  export type ConfigSpecOperation = 'add' | 'edit' | 'remove';
  export type DiagnosticManagerLogCreator = 'vpxd' | 'vpxa' | 'hostd' | 'serverd' | 'install' | 'vpxClient' | 'recordLog';
  export type DiagnosticManagerLogFormat = 'plain';
  export type DrsInjectorWorkloadCorrelationState = 'Correlated' | 'Uncorrelated';
  export type ReplicationVmState = 'none' | 'paused' | 'syncing' | 'idle' | 'active' | 'error';
  export type QuiesceMode = 'application' | 'filesystem' | 'none';
  export type HealthUpdateInfoComponentType = 'Memory' | 'Power' | 'Fan' | 'Network' | 'Storage';
  export type HttpNfcLeaseState = 'initializing' | 'ready' | 'done' | 'error';
  export type HttpNfcLeaseMode = 'pushOrGet' | 'pull';
  export type HttpNfcLeaseManifestEntryChecksumType = 'sha1' | 'sha256';
  export type IoFilterOperation = 'install' | 'uninstall' | 'upgrade';
  export type IoFilterType = 'cache' | 'replication' | 'encryption' | 'compression' | 'inspection' | 'datastoreIoControl' | 'dataProvider' | 'dataCapture';
  export type LatencySensitivitySensitivityLevel = 'low' | 'normal' | 'medium' | 'high' | 'custom';
  export type LicenseManagerState = 'initializing' | 'normal' | 'marginal' | 'fault';
  export type LicenseManagerLicenseKey = 'esxFull' | 'esxVmtn' | 'esxExpress' | 'san' | 'iscsi' | 'nas' | 'vsmp' | 'backup' | 'vc' | 'vcExpress' | 'esxHost' | 'gsxHost' | 'serverHost' | 'drsPower' | 'vmotion' | 'drs' | 'das';
  export type LicenseFeatureInfoUnit = 'host' | 'cpuCore' | 'cpuPackage' | 'server' | 'vm';
  export type LicenseFeatureInfoState = 'enabled' | 'disabled' | 'optional';
  export type LicenseFeatureInfoSourceRestriction = 'unrestricted' | 'served' | 'file';
  export type LicenseReservationInfoState = 'notUsed' | 'noLicense' | 'unlicensedUse' | 'licensed';
  export type HostLicensableResourceKey = 'numCpuPackages' | 'numCpuCores' | 'memorySize' | 'memoryForVms' | 'numVmsStarted' | 'numVmsStarting' | 'vsanCapacity';
  export type OvfConsumerOstNodeType = 'envelope' | 'virtualSystem' | 'virtualSystemCollection';
  export type OvfCreateImportSpecParamsDiskProvisioningType = 'monolithicSparse' | 'monolithicFlat' | 'twoGbMaxExtentSparse' | 'twoGbMaxExtentFlat' | 'thin' | 'thick' | 'seSparse' | 'eagerZeroedThick' | 'sparse' | 'flat';
  export type PerfFormat = 'normal' | 'csv';
  export type PerfSummaryType = 'average' | 'maximum' | 'minimum' | 'latest' | 'summation' | 'none';
  export type PerfStatsType = 'absolute' | 'delta' | 'rate';
  export type PerformanceManagerUnit = 'percent' | 'kiloBytes' | 'megaBytes' | 'gigaBytes' | 'megaHertz' | 'number' | 'microsecond' | 'millisecond' | 'second' | 'kiloBytesPerSecond' | 'megaBytesPerSecond' | 'watt' | 'joule' | 'teraBytes' | 'celsius' | 'nanosecond';
  export type ResourceConfigSpecScaleSharesBehavior = 'disabled' | 'scaleCpuAndMemoryShares';
  export type SessionManagerGenericServiceTicketTicketType = 'HttpNfcServiceTicket' | 'HostServiceTicket' | 'VcServiceTicket';
  export type SessionManagerHttpServiceRequestSpecMethod = 'httpOptions' | 'httpGet' | 'httpHead' | 'httpPost' | 'httpPut' | 'httpDelete' | 'httpTrace' | 'httpConnect';
  export type SharesLevel = 'low' | 'normal' | 'high' | 'custom';
  export type SimpleCommandEncoding = 'CSV' | 'HEX' | 'STRING';
  export type StorageIORMThresholdMode = 'automatic' | 'manual';
  export type TaskInfoState = 'queued' | 'running' | 'success' | 'error';
  export type ActionParameter = 'targetName' | 'alarmName' | 'oldStatus' | 'newStatus' | 'triggeringSummary' | 'declaringSummary' | 'eventDescription' | 'target' | 'alarm';
  export type MetricAlarmOperator = 'isAbove' | 'isBelow';
  export type StateAlarmOperator = 'isEqual' | 'isUnequal';
  export type ActionType = 'MigrationV1' | 'VmPowerV1' | 'HostPowerV1' | 'IncreaseLimitV1' | 'IncreaseSizeV1' | 'IncreaseSharesV1' | 'IncreaseReservationV1' | 'DecreaseOthersReservationV1' | 'IncreaseClusterCapacityV1' | 'DecreaseMigrationThresholdV1' | 'HostMaintenanceV1' | 'StorageMigrationV1' | 'StoragePlacementV1' | 'PlacementV1' | 'HostInfraUpdateHaV1';
  export type ClusterDasAamNodeStateDasState = 'uninitialized' | 'initialized' | 'configuring' | 'unconfiguring' | 'running' | 'error' | 'agentShutdown' | 'nodeFailed';
  export type ClusterDasConfigInfoServiceState = 'disabled' | 'enabled';
  export type ClusterDasConfigInfoVmMonitoringState = 'vmMonitoringDisabled' | 'vmMonitoringOnly' | 'vmAndAppMonitoring';
  export type ClusterDasConfigInfoHBDatastoreCandidate = 'userSelectedDs' | 'allFeasibleDs' | 'allFeasibleDsWithUserPreference';
  export type ClusterDasFdmAvailabilityState = 'uninitialized' | 'election' | 'master' | 'connectedToMaster' | 'networkPartitionedFromMaster' | 'networkIsolated' | 'hostDown' | 'initializationError' | 'uninitializationError' | 'fdmUnreachable' | 'retry';
  export type DasVmPriority = 'disabled' | 'low' | 'medium' | 'high';
  export type ClusterDasVmSettingsRestartPriority = 'disabled' | 'lowest' | 'low' | 'medium' | 'high' | 'highest' | 'clusterRestartPriority';
  export type ClusterDasVmSettingsIsolationResponse = 'none' | 'powerOff' | 'shutdown' | 'clusterIsolationResponse';
  export type DpmBehavior = 'manual' | 'automated';
  export type DrsBehavior = 'manual' | 'partiallyAutomated' | 'fullyAutomated';
  export type DrsRecommendationReasonCode = 'fairnessCpuAvg' | 'fairnessMemAvg' | 'jointAffin' | 'antiAffin' | 'hostMaint';
  export type ClusterHostInfraUpdateHaModeActionOperationType = 'enterQuarantine' | 'exitQuarantine' | 'enterMaintenance';
  export type HostPowerOperationType = 'powerOn' | 'powerOff';
  export type ClusterInfraUpdateHaConfigInfoBehaviorType = 'Manual' | 'Automated';
  export type ClusterInfraUpdateHaConfigInfoRemediationType = 'QuarantineMode' | 'MaintenanceMode';
  export type ClusterPowerOnVmOption = 'OverrideAutomationLevel' | 'ReserveResources';
  export type RecommendationType = 'V1';
  export type RecommendationReasonCode = 'fairnessCpuAvg' | 'fairnessMemAvg' | 'jointAffin' | 'antiAffin' | 'hostMaint' | 'enterStandby' | 'reservationCpu' | 'reservationMem' | 'powerOnVm' | 'powerSaving' | 'increaseCapacity' | 'checkResource' | 'unreservedCapacity' | 'colocateCommunicatingVM' | 'balanceNetworkBandwidthUsage' | 'vmHostHardAffinity' | 'vmHostSoftAffinity' | 'increaseAllocation' | 'balanceDatastoreSpaceUsage' | 'balanceDatastoreIOLoad' | 'balanceDatastoreIOPSReservation' | 'datastoreMaint' | 'virtualDiskJointAffin' | 'virtualDiskAntiAffin' | 'datastoreSpaceOutage' | 'storagePlacement' | 'iolbDisabledInternal' | 'xvmotionPlacement' | 'networkBandwidthReservation' | 'hostInDegradation' | 'hostExitDegradation' | 'maxVmsConstraint' | 'ftConstraints' | 'vmHostAffinityPolicy' | 'vmHostAntiAffinityPolicy' | 'vmAntiAffinityPolicy' | 'balanceVsanUsage' | 'ahPlacementOptimization' | 'vmxUpgrade';
  export type ClusterSystemVMsConfigInfoDeploymentMode = 'SYSTEM_MANAGED' | 'ABSENT';
  export type ClusterVmComponentProtectionSettingsStorageVmReaction = 'disabled' | 'warning' | 'restartConservative' | 'restartAggressive' | 'clusterDefault';
  export type ClusterVmComponentProtectionSettingsVmReactionOnAPDCleared = 'none' | 'reset' | 'useClusterDefault';
  export type ClusterVmReadinessReadyCondition = 'none' | 'poweredOn' | 'guestHbStatusGreen' | 'appHbStatusGreen' | 'useClusterDefault';
  export type DvsFilterOnFailure = 'failOpen' | 'failClosed';
  export type DVPortStatusVmDirectPathGen2InactiveReasonNetwork = 'portNptIncompatibleDvs' | 'portNptNoCompatibleNics' | 'portNptNoVirtualFunctionsAvailable' | 'portNptDisabledForPort';
  export type DVPortStatusVmDirectPathGen2InactiveReasonOther = 'portNptIncompatibleHost' | 'portNptIncompatibleConnectee';
  export type EntityType = 'distributedVirtualSwitch' | 'distributedVirtualPortgroup';
  export type EntityImportType = 'createEntityWithNewIdentifier' | 'createEntityWithOriginalIdentifier' | 'applyToEntitySpecified';
  export type DVSFilterSpecLinkState = 'down' | 'up';
  export type DVSFilterSpecLinkConfig = 'blocked' | 'unblocked';
  export type DistributedVirtualSwitchHostMemberHostComponentState = 'up' | 'pending' | 'outOfSync' | 'warning' | 'disconnected' | 'down';
  export type DistributedVirtualSwitchHostMemberTransportZoneType = 'vlan' | 'overlay';
  export type DistributedVirtualSwitchHostMemberHostUplinkStateState = 'active' | 'standby';
  export type DistributedVirtualSwitchPortConnecteeConnecteeType = 'pnic' | 'vmVnic' | 'hostConsoleVnic' | 'hostVmkVnic' | 'systemCrxVnic';
  export type DvsNetworkRuleDirectionType = 'incomingPackets' | 'outgoingPackets' | 'both';
  export type CryptoManagerHostKeyManagementType = 'unknown' | 'internal' | 'external';
  export type KmipClusterInfoKmsManagementType = 'unknown' | 'vCenter' | 'trustAuthority' | 'nativeProvider';
  export type EventEventSeverity = 'error' | 'warning' | 'info' | 'user';
  export type EventCategory = 'info' | 'warning' | 'error' | 'user';
  export type EventFilterSpecRecursionOption = 'self' | 'children' | 'all';
  export type VmFailedStartingSecondaryEventFailureReason = 'incompatibleHost' | 'loginFailed' | 'registerVmFailed' | 'migrateFailed';
  export type VmShutdownOnIsolationEventOperation = 'shutdown' | 'poweredOff';
  export type DisallowedChangeByServiceDisallowedChange = 'hotExtendDisk';
  export type InvalidDasConfigArgumentEntryForInvalidArgument = 'admissionControl' | 'userHeartbeatDs' | 'vmConfig';
  export type InvalidProfileReferenceHostReason = 'incompatibleVersion' | 'missingReferenceHost';
  export type LicenseAssignmentFailedReason = 'keyEntityMismatch' | 'downgradeDisallowed' | 'inventoryNotManageableByVirtualCenter' | 'hostsUnmanageableByVirtualCenterWithoutLicenseServer';
  export type ThirdPartyLicenseAssignmentFailedReason = 'licenseAssignmentFailed' | 'moduleNotInstalled';
  export type AutoStartAction = 'none' | 'systemDefault' | 'powerOn' | 'powerOff' | 'guestShutdown' | 'suspend';
  export type AutoStartWaitHeartbeatSetting = 'yes' | 'no' | 'systemDefault';
  export type HostBIOSInfoFirmwareType = 'BIOS' | 'UEFI';
  export type HostReplayUnsupportedReason = 'incompatibleProduct' | 'incompatibleCpu' | 'hvDisabled' | 'cpuidLimitSet' | 'oldBIOS' | 'unknown';
  export type HostCapabilityFtUnsupportedReason = 'vMotionNotLicensed' | 'missingVMotionNic' | 'missingFTLoggingNic' | 'ftNotLicensed' | 'haAgentIssue' | 'unsupportedProduct' | 'cpuHvUnsupported' | 'cpuHwmmuUnsupported' | 'cpuHvDisabled';
  export type HostCapabilityVmDirectPathGen2UnsupportedReason = 'hostNptIncompatibleProduct' | 'hostNptIncompatibleHardware' | 'hostNptDisabled';
  export type HostCapabilityUnmapMethodSupported = 'priority' | 'fixed' | 'dynamic';
  export type HostCertificateManagerCertificateKind = 'Machine' | 'VASAClient';
  export type HostCertificateManagerCertificateInfoCertificateStatus = 'unknown' | 'expired' | 'expiring' | 'expiringShortly' | 'expirationImminent' | 'good';
  export type HostConfigChangeMode = 'modify' | 'replace';
  export type HostConfigChangeOperation = 'add' | 'remove' | 'edit' | 'ignore';
  export type HostCpuPackageVendor = 'unknown' | 'intel' | 'amd' | 'hygon' | 'arm';
  export type HostCpuPowerManagementInfoPolicyType = 'off' | 'staticPolicy' | 'dynamicPolicy';
  export type HostCpuSchedulerInfoCpuSchedulerPolicyInfo = 'systemDefault' | 'scav1' | 'scav2';
  export type HostDigestInfoDigestMethodType = 'SHA1' | 'MD5' | 'SHA256' | 'SHA384' | 'SHA512' | 'SM3_256';
  export type HostDigestVerificationSetting = 'digestDisabled' | 'headerOnly' | 'dataOnly' | 'headerAndData';
  export type HostDiskPartitionInfoPartitionFormat = 'gpt' | 'mbr' | 'unknown';
  export type HostDiskPartitionInfoType = 'none' | 'vmfs' | 'linuxNative' | 'linuxSwap' | 'extended' | 'ntfs' | 'vmkDiagnostic' | 'vffs';
  export type HostFeatureVersionKey = 'faultTolerance';
  export type FileSystemMountInfoVStorageSupportStatus = 'vStorageSupported' | 'vStorageUnsupported' | 'vStorageUnknown';
  export type HostFileSystemVolumeFileSystemType = 'VMFS' | 'NFS' | 'NFS41' | 'CIFS' | 'vsan' | 'VFFS' | 'VVOL' | 'PMEM' | 'vsanD' | 'OTHER';
  export type HostFruFruType = 'undefined' | 'board' | 'product';
  export type HostGraphicsConfigGraphicsType = 'shared' | 'sharedDirect';
  export type HostGraphicsConfigSharedPassthruAssignmentPolicy = 'performance' | 'consolidation';
  export type HostGraphicsConfigVgpuMode = 'sameSize' | 'mixedSize';
  export type HostGraphicsInfoGraphicsType = 'basic' | 'shared' | 'direct' | 'sharedDirect';
  export type HostGraphicsInfoVgpuMode = 'none' | 'sameSize' | 'mixedSize' | 'multiInstanceGpu';
  export type HostHardwareElementStatus = 'Unknown' | 'Green' | 'Yellow' | 'Red';
  export type HostAccessMode = 'accessNone' | 'accessAdmin' | 'accessNoAccess' | 'accessReadOnly' | 'accessOther';
  export type HostLockdownMode = 'lockdownDisabled' | 'lockdownNormal' | 'lockdownStrict';
  export type HostImageAcceptanceLevel = 'vmware_certified' | 'vmware_accepted' | 'partner' | 'community';
  export type HostIpConfigIpV6AddressConfigType = 'other' | 'manual' | 'dhcp' | 'linklayer' | 'random';
  export type HostIpConfigIpV6AddressStatus = 'preferred' | 'deprecated' | 'invalid' | 'inaccessible' | 'unknown' | 'tentative' | 'duplicate';
  export type IscsiPortInfoPathStatus = 'notUsed' | 'active' | 'standBy' | 'lastActive';
  export type LinkDiscoveryProtocolConfigProtocolType = 'cdp' | 'lldp';
  export type LinkDiscoveryProtocolConfigOperationType = 'none' | 'listen' | 'advertise' | 'both';
  export type HostLowLevelProvisioningManagerReloadTarget = 'currentConfig' | 'snapshotConfig';
  export type HostLowLevelProvisioningManagerFileType = 'File' | 'VirtualDisk' | 'Directory';
  export type HostMaintenanceSpecPurpose = 'hostUpgrade';
  export type VirtualMachineMemoryAllocationPolicy = 'swapNone' | 'swapSome' | 'swapMost';
  export type HostMemoryTierFlags = 'memoryTier' | 'persistentTier' | 'cachingTier' | 'unmappableTier';
  export type HostMemoryTierType = 'DRAM' | 'PMem' | 'NVMe';
  export type HostMemoryTieringType = 'noTiering' | 'hardwareTiering' | 'softwareTiering';
  export type HostMountMode = 'readWrite' | 'readOnly';
  export type HostMountInfoInaccessibleReason = 'AllPathsDown_Start' | 'AllPathsDown_Timeout' | 'PermanentDeviceLoss';
  export type HostMountInfoMountFailedReason = 'CONNECT_FAILURE' | 'MOUNT_NOT_SUPPORTED' | 'NFS_NOT_SUPPORTED' | 'MOUNT_DENIED' | 'MOUNT_NOT_DIR' | 'VOLUME_LIMIT_EXCEEDED' | 'CONN_LIMIT_EXCEEDED' | 'MOUNT_EXISTS' | 'OTHERS';
  export type MultipathState = 'standby' | 'active' | 'disabled' | 'dead' | 'unknown';
  export type HostNasVolumeSecurityType = 'AUTH_SYS' | 'SEC_KRB5' | 'SEC_KRB5I' | 'SEC_KRB5P';
  export type HostNetStackInstanceSystemStackKey = 'defaultTcpipStack' | 'vmotion' | 'vSphereProvisioning' | 'mirror' | 'ops';
  export type HostNetStackInstanceCongestionControlAlgorithmType = 'newreno' | 'cubic';
  export type HostNumericSensorHealthState = 'unknown' | 'green' | 'yellow' | 'red';
  export type HostNumericSensorType = 'fan' | 'power' | 'temperature' | 'voltage' | 'other' | 'processor' | 'memory' | 'storage' | 'systemBoard' | 'battery' | 'bios' | 'cable' | 'watchdog';
  export type NvdimmRangeType = 'volatileRange' | 'persistentRange' | 'controlRange' | 'blockRange' | 'volatileVirtualDiskRange' | 'volatileVirtualCDRange' | 'persistentVirtualDiskRange' | 'persistentVirtualCDRange';
  export type NvdimmNamespaceType = 'blockNamespace' | 'persistentNamespace';
  export type NvdimmNvdimmHealthInfoState = 'normal' | 'error';
  export type NvdimmInterleaveSetState = 'invalid' | 'active';
  export type NvdimmNamespaceHealthStatus = 'normal' | 'missing' | 'labelMissing' | 'interleaveBroken' | 'labelInconsistent' | 'bttCorrupt' | 'badBlockSize';
  export type NvdimmNamespaceState = 'invalid' | 'notInUse' | 'inUse';
  export type NvdimmNamespaceDetailsHealthStatus = 'normal' | 'missing' | 'labelMissing' | 'interleaveBroken' | 'labelInconsistent';
  export type NvdimmNamespaceDetailsState = 'invalid' | 'notInUse' | 'inUse';
  export type HostNvmeDiscoveryLogSubsystemType = 'discovery' | 'nvm';
  export type HostNvmeDiscoveryLogTransportRequirements = 'secureChannelRequired' | 'secureChannelNotRequired' | 'requirementsNotSpecified';
  export type HostNvmeTransportParametersNvmeAddressFamily = 'ipv4' | 'ipv6' | 'infiniBand' | 'fc' | 'loopback' | 'unknown';
  export type HostNvmeTransportType = 'pcie' | 'fibreChannel' | 'rdma' | 'tcp' | 'loopback' | 'unsupported';
  export type HostOpaqueSwitchOpaqueSwitchState = 'up' | 'warning' | 'down' | 'maintenance';
  export type HostPartialMaintenanceModeId = 'sphereletPartialMM' | 'nsxPartialMM' | 'quickPatchPartialMM';
  export type HostPartialMaintenanceModeStatus = 'notInPartialMM' | 'enteringPartialMM' | 'exitingPartialMM' | 'inPartialMM';
  export type HostPatchManagerReason = 'obsoleted' | 'missingPatch' | 'missingLib' | 'hasDependentPatch' | 'conflictPatch' | 'conflictLib';
  export type HostPatchManagerIntegrityStatus = 'validated' | 'keyNotFound' | 'keyRevoked' | 'keyExpired' | 'digestMismatch' | 'notEnoughSignatures' | 'validationError';
  export type HostPatchManagerInstallState = 'hostRestarted' | 'imageActive';
  export type PhysicalNicVmDirectPathGen2SupportedMode = 'upt';
  export type PhysicalNicResourcePoolSchedulerDisallowedReason = 'userOptOut' | 'hardwareUnsupported';
  export type PortGroupConnecteeType = 'virtualMachine' | 'systemManagement' | 'host' | 'unknown';
  export type HostProtocolEndpointPEType = 'block' | 'nas';
  export type HostProtocolEndpointProtocolEndpointType = 'scsi' | 'nfs' | 'nfs4x';
  export type HostPtpConfigDeviceType = 'none' | 'virtualNic' | 'pciPassthruNic';
  export type HostQualifiedNameType = 'nvmeQualifiedName' | 'vvolNvmeQualifiedName';
  export type HostRdmaDeviceConnectionState = 'unknown' | 'down' | 'init' | 'armed' | 'active' | 'activeDefer';
  export type HostFirewallRuleDirection = 'inbound' | 'outbound';
  export type HostFirewallRulePortType = 'src' | 'dst';
  export type HostFirewallRuleProtocol = 'tcp' | 'udp';
  export type ScsiLunType = 'disk' | 'tape' | 'printer' | 'processor' | 'worm' | 'cdrom' | 'scanner' | 'opticalDevice' | 'mediaChanger' | 'communications' | 'storageArrayController' | 'enclosure' | 'unknown';
  export type DeviceProtocol = 'NVMe' | 'SCSI';
  export type ScsiLunState = 'unknownState' | 'ok' | 'error' | 'off' | 'quiesced' | 'degraded' | 'lostCommunication' | 'timeout';
  export type ScsiLunDescriptorQuality = 'highQuality' | 'mediumQuality' | 'lowQuality' | 'unknownQuality';
  export type ScsiLunVStorageSupportStatus = 'vStorageSupported' | 'vStorageUnsupported' | 'vStorageUnknown';
  export type ScsiLunLunReservationStatus = 'LUN_RESERVED_UNKNOWN' | 'LUN_RESERVED_YES' | 'LUN_RESERVED_NO' | 'LUN_RESERVED_NOT_SUPPORTED';
  export type HostServicePolicy = 'on' | 'automatic' | 'off';
  export type HostSevInfoSevState = 'uninitialized' | 'initialized' | 'working';
  export type HostSgxInfoSgxStates = 'notPresent' | 'disabledBIOS' | 'disabledCFW101' | 'disabledCPUMismatch' | 'disabledNoFLC' | 'disabledNUMAUnsup' | 'disabledMaxEPCRegs' | 'enabled';
  export type HostSgxInfoFlcModes = 'off' | 'locked' | 'unlocked';
  export type HostSgxRegistrationInfoRegistrationStatus = 'notApplicable' | 'incomplete' | 'complete';
  export type HostSgxRegistrationInfoRegistrationType = 'manifest' | 'addPackage';
  export type HostSnmpAgentCapability = 'COMPLETE' | 'DIAGNOSTICS' | 'CONFIGURATION';
  export type SoftwarePackageVibType = 'bootbank' | 'tools' | 'meta';
  export type SoftwarePackageConstraint = 'equals' | 'lessThan' | 'lessThanEqual' | 'greaterThanEqual' | 'greaterThan';
  export type HostStorageProtocol = 'scsi' | 'nvme';
  export type HostSystemIdentificationInfoIdentifier = 'AssetTag' | 'ServiceTag' | 'OemSpecificString' | 'EnclosureSerialNumberTag' | 'SerialNumberTag';
  export type HostTpmAttestationInfoAcceptanceStatus = 'notAccepted' | 'accepted';
  export type HostTrustAuthorityAttestationInfoAttestationStatus = 'attested' | 'notAttested' | 'unknown';
  export type HostUnresolvedVmfsResolutionSpecVmfsUuidResolution = 'resignature' | 'forceMount';
  export type HostVirtualNicManagerNicType = 'vmotion' | 'faultToleranceLogging' | 'vSphereReplication' | 'vSphereReplicationNFC' | 'management' | 'vsan' | 'vSphereProvisioning' | 'vsanWitness' | 'vSphereBackupNFC' | 'ptp' | 'vsanReplication' | 'nvmeTcp' | 'nvmeRdma' | 'vsanExternal';
  export type HostVmciAccessManagerMode = 'grant' | 'replace' | 'revoke';
  export type NetIpConfigInfoIpAddressOrigin = 'other' | 'manual' | 'dhcp' | 'linklayer' | 'random';
  export type NetIpConfigInfoIpAddressStatus = 'preferred' | 'deprecated' | 'invalid' | 'inaccessible' | 'unknown' | 'tentative' | 'duplicate';
  export type NetIpStackInfoEntryType = 'other' | 'invalid' | 'dynamic' | 'manual';
  export type NetIpStackInfoPreference = 'reserved' | 'low' | 'medium' | 'high';
  export type NetBIOSConfigInfoMode = 'unknown' | 'enabled' | 'disabled' | 'enabledViaDHCP';
  export type ArrayUpdateOperation = 'add' | 'remove' | 'edit';
  export type ComplianceResultStatus = 'compliant' | 'nonCompliant' | 'unknown' | 'running';
  export type ProfileNumericComparator = 'lessThan' | 'lessThanEqual' | 'equal' | 'notEqual' | 'greaterThanEqual' | 'greaterThan';
  export type ProfileParameterMetadataRelationType = 'dynamic_relation' | 'extensible_relation' | 'localizable_relation' | 'static_relation' | 'validation_relation';
  export type ClusterProfileServiceType = 'DRS' | 'HA' | 'DPM' | 'FT';
  export type ProfileExecuteResultStatus = 'success' | 'needInput' | 'error';
  export type AnswerFileValidationInfoStatus = 'success' | 'failed' | 'failed_defaults';
  export type PlacementAffinityRuleRuleType = 'affinity' | 'antiAffinity' | 'softAffinity' | 'softAntiAffinity';
  export type PlacementAffinityRuleRuleScope = 'cluster' | 'host' | 'storagePod' | 'datastore';
  export type StorageDrsPodConfigInfoBehavior = 'manual' | 'automated';
  export type StorageDrsSpaceLoadBalanceConfigSpaceThresholdMode = 'utilization' | 'freeSpace';
  export type VAppCloneSpecProvisioningType = 'sameAsSource' | 'thin' | 'thick';
  export type VAppAutoStartAction = 'none' | 'powerOn' | 'powerOff' | 'guestShutdown' | 'suspend';
  export type VAppIPAssignmentInfoIpAllocationPolicy = 'dhcpPolicy' | 'transientPolicy' | 'fixedPolicy' | 'fixedAllocatedPolicy';
  export type VAppIPAssignmentInfoAllocationSchemes = 'dhcp' | 'ovfenv';
  export type VAppIPAssignmentInfoProtocols = 'IPv4' | 'IPv6';
  export type VchaState = 'configured' | 'notConfigured' | 'invalid' | 'prepared';
  export type VchaNodeRole = 'active' | 'passive' | 'witness';
  export type VchaClusterMode = 'enabled' | 'disabled' | 'maintenance';
  export type VchaClusterState = 'healthy' | 'degraded' | 'isolated';
  export type VchaNodeState = 'up' | 'down';
  export type VirtualMachineBootOptionsNetworkBootProtocolType = 'ipv4' | 'ipv6';
  export type VirtualMachineCertThumbprintHashAlgorithm = 'sha256';
  export type VirtualMachineCloneSpecTpmProvisionPolicy = 'copy' | 'replace';
  export type VirtualMachineConfigInfoNpivWwnType = 'vc' | 'host' | 'external';
  export type VirtualMachineConfigInfoSwapPlacementType = 'inherit' | 'vmDirectory' | 'hostLocal';
  export type VirtualMachineConfigSpecNpivWwnOp = 'generate' | 'set' | 'remove' | 'extend';
  export type VirtualMachineConfigSpecEncryptedFtModes = 'ftEncryptionDisabled' | 'ftEncryptionOpportunistic' | 'ftEncryptionRequired';
  export type VirtualMachineConfigSpecEncryptedVMotionModes = 'disabled' | 'opportunistic' | 'required';
  export type VirtualMachinePowerOpType = 'soft' | 'hard' | 'preset';
  export type VirtualMachineStandbyActionType = 'checkpoint' | 'powerOnSuspend';
  export type VirtualMachineDeviceRuntimeInfoVirtualEthernetCardRuntimeStateVmDirectPathGen2InactiveReasonVm = 'vmNptIncompatibleGuest' | 'vmNptIncompatibleGuestDriver' | 'vmNptIncompatibleAdapterType' | 'vmNptDisabledOrDisconnectedAdapter' | 'vmNptIncompatibleAdapterFeatures' | 'vmNptIncompatibleBackingType' | 'vmNptInsufficientMemoryReservation' | 'vmNptFaultToleranceOrRecordReplayConfigured' | 'vmNptConflictingIOChainConfigured' | 'vmNptMonitorBlocks' | 'vmNptConflictingOperationInProgress' | 'vmNptRuntimeError' | 'vmNptOutOfIntrVector' | 'vmNptVMCIActive';
  export type VirtualMachineDeviceRuntimeInfoVirtualEthernetCardRuntimeStateVmDirectPathGen2InactiveReasonOther = 'vmNptIncompatibleHost' | 'vmNptIncompatibleNetwork';
  export type VirtualMachineFileLayoutExFileType = 'config' | 'extendedConfig' | 'diskDescriptor' | 'diskExtent' | 'digestDescriptor' | 'digestExtent' | 'diskReplicationState' | 'log' | 'stat' | 'namespaceData' | 'dataSetsDiskModeStore' | 'dataSetsVmModeStore' | 'nvram' | 'snapshotData' | 'snapshotMemory' | 'snapshotList' | 'snapshotManifestList' | 'suspend' | 'suspendMemory' | 'swap' | 'uwswap' | 'core' | 'screenshot' | 'ftMetadata' | 'guestCustomization';
  export type VirtualMachineHtSharing = 'any' | 'none' | 'internal';
  export type VirtualMachinePowerOffBehavior = 'powerOff' | 'revert' | 'prompt' | 'take';
  export type VirtualMachineFlagInfoMonitorType = 'release' | 'debug' | 'stats';
  export type VirtualMachineFlagInfoVirtualMmuUsage = 'automatic' | 'on' | 'off';
  export type VirtualMachineFlagInfoVirtualExecUsage = 'hvAuto' | 'hvOn' | 'hvOff';
  export type VirtualMachineForkConfigInfoChildType = 'none' | 'persistent' | 'nonpersistent';
  export type VirtualMachineToolsStatus = 'toolsNotInstalled' | 'toolsNotRunning' | 'toolsOld' | 'toolsOk';
  export type VirtualMachineToolsVersionStatus = 'guestToolsNotInstalled' | 'guestToolsNeedUpgrade' | 'guestToolsCurrent' | 'guestToolsUnmanaged' | 'guestToolsTooOld' | 'guestToolsSupportedOld' | 'guestToolsSupportedNew' | 'guestToolsTooNew' | 'guestToolsBlacklisted';
  export type VirtualMachineToolsRunningStatus = 'guestToolsNotRunning' | 'guestToolsRunning' | 'guestToolsExecutingScripts';
  export type VirtualMachineToolsInstallType = 'guestToolsTypeUnknown' | 'guestToolsTypeMSI' | 'guestToolsTypeTar' | 'guestToolsTypeOSP' | 'guestToolsTypeOpenVMTools';
  export type VirtualMachineGuestState = 'running' | 'shuttingDown' | 'resetting' | 'standby' | 'notRunning' | 'unknown';
  export type GuestInfoAppStateType = 'none' | 'appStateOk' | 'appStateNeedReset';
  export type GuestInfoCustomizationStatus = 'TOOLSDEPLOYPKG_IDLE' | 'TOOLSDEPLOYPKG_PENDING' | 'TOOLSDEPLOYPKG_RUNNING' | 'TOOLSDEPLOYPKG_SUCCEEDED' | 'TOOLSDEPLOYPKG_FAILED';
  export type VirtualMachineGuestOsFamily = 'windowsGuest' | 'linuxGuest' | 'netwareGuest' | 'solarisGuest' | 'darwinGuestFamily' | 'otherGuestFamily';
  export type VirtualMachineGuestOsIdentifier = 'dosGuest' | 'win31Guest' | 'win95Guest' | 'win98Guest' | 'winMeGuest' | 'winNTGuest' | 'win2000ProGuest' | 'win2000ServGuest' | 'win2000AdvServGuest' | 'winXPHomeGuest' | 'winXPProGuest' | 'winXPPro64Guest' | 'winNetWebGuest' | 'winNetStandardGuest' | 'winNetEnterpriseGuest' | 'winNetDatacenterGuest' | 'winNetBusinessGuest' | 'winNetStandard64Guest' | 'winNetEnterprise64Guest' | 'winLonghornGuest' | 'winLonghorn64Guest' | 'winNetDatacenter64Guest' | 'winVistaGuest' | 'winVista64Guest' | 'windows7Guest' | 'windows7_64Guest' | 'windows7Server64Guest' | 'windows8Guest' | 'windows8_64Guest' | 'windows8Server64Guest' | 'windows9Guest' | 'windows9_64Guest' | 'windows9Server64Guest' | 'windows11_64Guest' | 'windows12_64Guest' | 'windowsHyperVGuest' | 'windows2019srv_64Guest' | 'windows2019srvNext_64Guest' | 'windows2022srvNext_64Guest' | 'freebsdGuest' | 'freebsd64Guest' | 'freebsd11Guest' | 'freebsd11_64Guest' | 'freebsd12Guest' | 'freebsd12_64Guest' | 'freebsd13Guest' | 'freebsd13_64Guest' | 'freebsd14Guest' | 'freebsd14_64Guest' | 'freebsd15Guest' | 'freebsd15_64Guest' | 'redhatGuest' | 'rhel2Guest' | 'rhel3Guest' | 'rhel3_64Guest' | 'rhel4Guest' | 'rhel4_64Guest' | 'rhel5Guest' | 'rhel5_64Guest' | 'rhel6Guest' | 'rhel6_64Guest' | 'rhel7Guest' | 'rhel7_64Guest' | 'rhel8_64Guest' | 'rhel9_64Guest' | 'rhel10_64Guest' | 'centosGuest' | 'centos64Guest' | 'centos6Guest' | 'centos6_64Guest' | 'centos7Guest' | 'centos7_64Guest' | 'centos8_64Guest' | 'centos9_64Guest' | 'oracleLinuxGuest' | 'oracleLinux64Guest' | 'oracleLinux6Guest' | 'oracleLinux6_64Guest' | 'oracleLinux7Guest' | 'oracleLinux7_64Guest' | 'oracleLinux8_64Guest' | 'oracleLinux9_64Guest' | 'oracleLinux10_64Guest' | 'suseGuest' | 'suse64Guest' | 'slesGuest' | 'sles64Guest' | 'sles10Guest' | 'sles10_64Guest' | 'sles11Guest' | 'sles11_64Guest' | 'sles12Guest' | 'sles12_64Guest' | 'sles15_64Guest' | 'sles16_64Guest' | 'nld9Guest' | 'oesGuest' | 'sjdsGuest' | 'mandrakeGuest' | 'mandrivaGuest' | 'mandriva64Guest' | 'turboLinuxGuest' | 'turboLinux64Guest' | 'ubuntuGuest' | 'ubuntu64Guest' | 'debian4Guest' | 'debian4_64Guest' | 'debian5Guest' | 'debian5_64Guest' | 'debian6Guest' | 'debian6_64Guest' | 'debian7Guest' | 'debian7_64Guest' | 'debian8Guest' | 'debian8_64Guest' | 'debian9Guest' | 'debian9_64Guest' | 'debian10Guest' | 'debian10_64Guest' | 'debian11Guest' | 'debian11_64Guest' | 'debian12Guest' | 'debian12_64Guest' | 'debian13Guest' | 'debian13_64Guest' | 'asianux3Guest' | 'asianux3_64Guest' | 'asianux4Guest' | 'asianux4_64Guest' | 'asianux5_64Guest' | 'asianux7_64Guest' | 'asianux8_64Guest' | 'asianux9_64Guest' | 'opensuseGuest' | 'opensuse64Guest' | 'fedoraGuest' | 'fedora64Guest' | 'coreos64Guest' | 'vmwarePhoton64Guest' | 'other24xLinuxGuest' | 'other26xLinuxGuest' | 'otherLinuxGuest' | 'other3xLinuxGuest' | 'other4xLinuxGuest' | 'other5xLinuxGuest' | 'other6xLinuxGuest' | 'other7xLinuxGuest' | 'genericLinuxGuest' | 'other24xLinux64Guest' | 'other26xLinux64Guest' | 'other3xLinux64Guest' | 'other4xLinux64Guest' | 'other5xLinux64Guest' | 'other6xLinux64Guest' | 'other7xLinux64Guest' | 'otherLinux64Guest' | 'solaris6Guest' | 'solaris7Guest' | 'solaris8Guest' | 'solaris9Guest' | 'solaris10Guest' | 'solaris10_64Guest' | 'solaris11_64Guest' | 'os2Guest' | 'eComStationGuest' | 'eComStation2Guest' | 'netware4Guest' | 'netware5Guest' | 'netware6Guest' | 'openServer5Guest' | 'openServer6Guest' | 'unixWare7Guest' | 'darwinGuest' | 'darwin64Guest' | 'darwin10Guest' | 'darwin10_64Guest' | 'darwin11Guest' | 'darwin11_64Guest' | 'darwin12_64Guest' | 'darwin13_64Guest' | 'darwin14_64Guest' | 'darwin15_64Guest' | 'darwin16_64Guest' | 'darwin17_64Guest' | 'darwin18_64Guest' | 'darwin19_64Guest' | 'darwin20_64Guest' | 'darwin21_64Guest' | 'darwin22_64Guest' | 'darwin23_64Guest' | 'vmkernelGuest' | 'vmkernel5Guest' | 'vmkernel6Guest' | 'vmkernel65Guest' | 'vmkernel7Guest' | 'vmkernel8Guest' | 'amazonlinux2_64Guest' | 'amazonlinux3_64Guest' | 'crxPod1Guest' | 'crxSys1Guest' | 'rockylinux_64Guest' | 'almalinux_64Guest' | 'otherGuest' | 'otherGuest64';
  export type GuestOsDescriptorFirmwareType = 'bios' | 'efi' | 'csm';
  export type GuestOsDescriptorSupportLevel = 'experimental' | 'legacy' | 'terminated' | 'supported' | 'unsupported' | 'deprecated' | 'techPreview';
  export type GuestQuiesceEndGuestQuiesceError = 'failure';
  export type VirtualMachineMetadataManagerVmMetadataOwnerOwner = 'ComVmwareVsphereHA';
  export type VirtualMachineMetadataManagerVmMetadataOp = 'Update' | 'Remove';
  export type ScheduledHardwareUpgradeInfoHardwareUpgradePolicy = 'never' | 'onSoftPowerOff' | 'always';
  export type ScheduledHardwareUpgradeInfoHardwareUpgradeStatus = 'none' | 'pending' | 'success' | 'failed';
  export type VirtualMachineSgxInfoFlcModes = 'locked' | 'unlocked';
  export type VirtualMachineTargetInfoConfigurationTag = 'compliant' | 'clusterWide';
  export type UpgradePolicy = 'manual' | 'upgradeAtPowerCycle';
  export type VirtualMachineUsbInfoSpeed = 'low' | 'full' | 'high' | 'superSpeed' | 'superSpeedPlus' | 'superSpeed20Gbps' | 'unknownSpeed';
  export type VirtualMachineUsbInfoFamily = 'audio' | 'hid' | 'hid_bootable' | 'physical' | 'communication' | 'imaging' | 'printer' | 'storage' | 'hub' | 'smart_card' | 'security' | 'video' | 'wireless' | 'bluetooth' | 'wusb' | 'pda' | 'vendor_specific' | 'other' | 'unknownFamily';
  export type VirtualMachineVendorDeviceGroupInfoComponentDeviceInfoComponentType = 'pciPassthru' | 'nvidiaVgpu' | 'sriovNic' | 'dvx';
  export type VirtualMachineVgpuProfileInfoProfileSharing = 'timeSliced' | 'mig';
  export type VirtualMachineVgpuProfileInfoProfileClass = 'compute' | 'quadro';
  export type VirtualMachineVirtualDeviceSwapDeviceSwapStatus = 'none' | 'scheduled' | 'inprogress' | 'failed' | 'completed';
  export type VirtualHardwareMotherboardLayout = 'i440bxHostBridge' | 'acpiHostBridges';
  export type VirtualMachineVirtualPMemSnapshotMode = 'independent_persistent' | 'independent_eraseonrevert';
  export type VirtualMachineWindowsQuiesceSpecVssBackupContext = 'ctx_auto' | 'ctx_backup' | 'ctx_file_share_backup';
  export type CheckTestType = 'sourceTests' | 'hostTests' | 'resourcePoolTests' | 'datastoreTests' | 'networkTests';
  export type CustomizationNetBIOSMode = 'enableNetBIOSViaDhcp' | 'enableNetBIOS' | 'disableNetBIOS';
  export type CustomizationLicenseDataMode = 'perServer' | 'perSeat';
  export type CustomizationSysprepRebootOption = 'reboot' | 'noreboot' | 'shutdown';
  export type VirtualDeviceConnectInfoStatus = 'ok' | 'recoverableError' | 'unrecoverableError' | 'untried';
  export type VirtualDeviceConnectInfoMigrateConnectOp = 'connect' | 'disconnect' | 'unset';
  export type VirtualDeviceFileExtension = 'iso' | 'flp' | 'vmdk' | 'dsk' | 'rdm';
  export type VirtualDeviceURIBackingOptionDirection = 'server' | 'client';
  export type VirtualDeviceConfigSpecOperation = 'add' | 'remove' | 'edit';
  export type VirtualDeviceConfigSpecFileOperation = 'create' | 'destroy' | 'replace';
  export type VirtualDeviceConfigSpecChangeMode = 'fail' | 'skip';
  export type VirtualDiskDeltaDiskFormat = 'redoLogFormat' | 'nativeFormat' | 'seSparseFormat';
  export type VirtualDiskDeltaDiskFormatVariant = 'vmfsSparseVariant' | 'vsanSparseVariant';
  export type VirtualDiskSharing = 'sharingNone' | 'sharingMultiWriter';
  export type VirtualDiskVFlashCacheConfigInfoCacheConsistencyType = 'strong' | 'weak';
  export type VirtualDiskVFlashCacheConfigInfoCacheMode = 'write_thru' | 'write_back';
  export type VirtualDiskMode = 'persistent' | 'nonpersistent' | 'undoable' | 'independent_persistent' | 'independent_nonpersistent' | 'append';
  export type VirtualDiskCompatibilityMode = 'virtualMode' | 'physicalMode';
  export type VirtualEthernetCardLegacyNetworkDeviceName = 'bridged' | 'nat' | 'hostonly';
  export type VirtualEthernetCardMacType = 'manual' | 'generated' | 'assigned';
  export type VirtualPointingDeviceHostChoice = 'autodetect' | 'intellimouseExplorer' | 'intellimousePs2' | 'logitechMouseman' | 'microsoft_serial' | 'mouseSystems' | 'mousemanSerial' | 'ps2';
  export type VirtualSerialPortEndPoint = 'client' | 'server';
  export type VirtualMachineVMCIDeviceAction = 'allow' | 'deny';
  export type VirtualMachineVMCIDeviceProtocol = 'hypervisor' | 'doorbell' | 'queuepair' | 'datagram' | 'stream' | 'anyProtocol';
  export type VirtualMachineVMCIDeviceDirection = 'guest' | 'host' | 'anyDirection';
  export type VirtualMachineVideoCardUse3dRenderer = 'automatic' | 'software' | 'hardware';
  export type GuestFileType = 'file' | 'directory' | 'symlink';
  export type GuestRegKeyWowSpec = 'WOWNative' | 'WOW32' | 'WOW64';
  export type BaseConfigInfoDiskFileBackingInfoProvisioningType = 'thin' | 'eagerZeroedThick' | 'lazyZeroedThick';
  export type vslmDiskInfoFlag = 'id' | 'descriptorVersion' | 'backingObjectId' | 'path' | 'parentPath' | 'name' | 'deviceName' | 'capacity' | 'allocated' | 'type' | 'consumers' | 'tentativeState' | 'createTime' | 'ioFilter' | 'controlFlags' | 'keepAfterVmDelete' | 'relocationDisabled' | 'keyId' | 'keyProviderId' | 'nativeSnapshotSupported' | 'cbtEnabled' | 'virtualDiskFormat';
  export type VStorageObjectConsumptionType = 'disk';
  export type vslmVStorageObjectControlFlag = 'keepAfterDeleteVm' | 'disableRelocation' | 'enableChangedBlockTracking';
  export type ManagedEntityStatus = 'gray' | 'green' | 'yellow' | 'red';
  export type TaskFilterSpecRecursionOption = 'self' | 'children' | 'all';
  export type TaskFilterSpecTimeOption = 'queuedTime' | 'startedTime' | 'completedTime';
  export type VirtualAppVAppState = 'started' | 'stopped' | 'starting' | 'stopping';
  export type VirtualDiskType = 'preallocated' | 'thin' | 'seSparse' | 'rdm' | 'rdmp' | 'raw' | 'delta' | 'sparse2Gb' | 'thick2Gb' | 'eagerZeroedThick' | 'sparseMonolithic' | 'flatMonolithic' | 'thick';
  export type VirtualDiskAdapterType = 'ide' | 'busLogic' | 'lsiLogic';
  export type VirtualMachinePowerState = 'poweredOff' | 'poweredOn' | 'suspended';
  export type VirtualMachineAppHeartbeatStatusType = 'appStatusGray' | 'appStatusGreen' | 'appStatusRed';
  export type VirtualMachineConnectionState = 'connected' | 'disconnected' | 'orphaned' | 'inaccessible' | 'invalid';
  export type VirtualMachineCryptoState = 'unlocked' | 'locked';
  export type VirtualMachineMovePriority = 'lowPriority' | 'highPriority' | 'defaultPriority';
  export type VirtualMachineFaultToleranceState = 'notConfigured' | 'disabled' | 'enabled' | 'needSecondary' | 'starting' | 'running';
  export type VirtualMachineRecordReplayState = 'recording' | 'replaying' | 'inactive';
  export type VirtualMachineNeedSecondaryReason = 'initializing' | 'divergence' | 'lostConnection' | 'partialHardwareFailure' | 'userAction' | 'checkpointError' | 'other';
  export type VirtualMachineFaultToleranceType = 'unset' | 'recordReplay' | 'checkpointing';
  export type VirtualMachineTicketType = 'mks' | 'device' | 'guestControl' | 'dnd' | 'webmks' | 'guestIntegrity' | 'webRemoteDevice';
  export type AlarmFilterSpecAlarmTypeByEntity = 'entityTypeAll' | 'entityTypeHost' | 'entityTypeVm';
  export type AlarmFilterSpecAlarmTypeByTrigger = 'triggerTypeAll' | 'triggerTypeEvent' | 'triggerTypeMetric';
  export type EventAlarmExpressionComparisonOperator = 'equals' | 'notEqualTo' | 'startsWith' | 'doesNotStartWith' | 'endsWith' | 'doesNotEndWith';
  export type PlacementSpecPlacementType = 'create' | 'reconfigure' | 'relocate' | 'clone';
  export type DistributedVirtualPortgroupPortgroupType = 'earlyBinding' | 'lateBinding' | 'ephemeral';
  export type DistributedVirtualPortgroupBackingType = 'standard' | 'nsx';
  export type DistributedVirtualPortgroupMetaTagName = 'dvsName' | 'portgroupName' | 'portIndex';
  export type CryptoManagerKmipCryptoKeyStatusKeyUnavailableReason = 'KeyStateMissingInCache' | 'KeyStateClusterInvalid' | 'KeyStateClusterUnreachable' | 'KeyStateMissingInKMS' | 'KeyStateNotActiveOrEnabled' | 'KeyStateManagedByTrustAuthority' | 'KeyStateManagedByNKP' | 'NoPermissionToAccessKeyProvider' | 'WrappingKeyMissingInKMS' | 'WrappingKeyNotActiveOrEnabled';
  export type CustomizationFailedReasonCode = 'userDefinedScriptDisabled' | 'customizationDisabled' | 'rawDataIsNotSupported' | 'wrongMetadataFormat';
  export type DvsEventPortBlockState = 'unset' | 'blocked' | 'unblocked' | 'unknown';
  export type HostDasErrorEventHostDasErrorReason = 'configFailed' | 'timeout' | 'communicationInitFailed' | 'healthCheckScriptFailed' | 'agentFailed' | 'agentShutdown' | 'isolationAddressUnpingable' | 'other';
  export type HostDisconnectedEventReasonCode = 'sslThumbprintVerifyFailed' | 'licenseExpired' | 'agentUpgrade' | 'userRequest' | 'insufficientLicenses' | 'agentOutOfDate' | 'passwordDecryptFailure' | 'unknown' | 'vcVRAMCapacityExceeded';
  export type VmDasBeingResetEventReasonCode = 'vmtoolsHeartbeatFailure' | 'appHeartbeatFailure' | 'appImmediateResetRequest' | 'vmcpResetApdCleared' | 'guestOsCrashFailure';
  export type CannotEnableVmcpForClusterReason = 'APDTimeoutDisabled';
  export type CannotMoveFaultToleranceVmMoveType = 'resourcePool' | 'cluster';
  export type CannotUseNetworkReason = 'NetworkReservationNotSupported' | 'MismatchedNetworkPolicies' | 'MismatchedDvsVersionOrVendor' | 'VMotionToUnsupportedNetworkType' | 'NetworkUnderMaintenance' | 'MismatchedEnsMode' | 'MismatchedRealTimeDvs';
  export type DasConfigFaultDasConfigFaultReason = 'HostNetworkMisconfiguration' | 'HostMisconfiguration' | 'InsufficientPrivileges' | 'NoPrimaryAgentAvailable' | 'Other' | 'NoDatastoresConfigured' | 'CreateConfigVvolFailed' | 'VSanNotSupportedOnHost' | 'DasNetworkMisconfiguration' | 'SetDesiredImageSpecFailed' | 'ApplyHAVibsOnClusterFailed';
  export type FtIssuesOnHostHostSelectionType = 'user' | 'vc' | 'drs';
  export type HostHasComponentFailureHostComponentType = 'Datastore';
  export type HostIncompatibleForFaultToleranceReason = 'product' | 'processor';
  export type HostIncompatibleForRecordReplayReason = 'product' | 'processor';
  export type NotSupportedDeviceForFTDeviceType = 'virtualVmxnet3' | 'paraVirtualSCSIController';
  export type NumVirtualCpusIncompatibleReason = 'recordReplay' | 'faultTolerance';
  export type QuarantineModeFaultFaultType = 'NoCompatibleNonQuarantinedHost' | 'CorrectionDisallowed' | 'CorrectionImpact';
  export type ReplicationVmFaultReasonForFault = 'notConfigured' | 'poweredOff' | 'suspended' | 'poweredOn' | 'offlineReplicating' | 'invalidState' | 'invalidInstanceId' | 'closeDiskError' | 'groupExist';
  export type ReplicationVmInProgressFaultActivity = 'fullSync' | 'delta';
  export type VFlashModuleNotSupportedReason = 'CacheModeNotSupported' | 'CacheConsistencyTypeNotSupported' | 'CacheBlockSizeNotSupported' | 'CacheReservationNotSupported' | 'DiskSizeNotSupported';
  export type VmFaultToleranceConfigIssueReasonForIssue = 'haNotEnabled' | 'moreThanOneSecondary' | 'recordReplayNotSupported' | 'replayNotSupported' | 'templateVm' | 'multipleVCPU' | 'hostInactive' | 'ftUnsupportedHardware' | 'ftUnsupportedProduct' | 'missingVMotionNic' | 'missingFTLoggingNic' | 'thinDisk' | 'verifySSLCertificateFlagNotSet' | 'hasSnapshots' | 'noConfig' | 'ftSecondaryVm' | 'hasLocalDisk' | 'esxAgentVm' | 'video3dEnabled' | 'hasUnsupportedDisk' | 'insufficientBandwidth' | 'hasNestedHVConfiguration' | 'hasVFlashConfiguration' | 'unsupportedProduct' | 'cpuHvUnsupported' | 'cpuHwmmuUnsupported' | 'cpuHvDisabled' | 'hasEFIFirmware' | 'tooManyVCPUs' | 'tooMuchMemory' | 'vMotionNotLicensed' | 'ftNotLicensed' | 'haAgentIssue' | 'unsupportedSPBM' | 'hasLinkedCloneDisk' | 'unsupportedPMemHAFailOver' | 'unsupportedEncryptedDisk' | 'ftMetroClusterNotEditable' | 'noHostGroupConfigured';
  export type VmFaultToleranceInvalidFileBackingDeviceType = 'virtualFloppy' | 'virtualCdrom' | 'virtualSerialPort' | 'virtualParallelPort' | 'virtualDisk';
  export type WillLoseHAProtectionResolution = 'svmotion' | 'relocate';
  export type HostActiveDirectoryAuthenticationCertificateDigest = 'SHA1';
  export type HostActiveDirectoryInfoDomainMembershipStatus = 'unknown' | 'ok' | 'noServers' | 'clientTrustBroken' | 'serverTrustBroken' | 'inconsistentTrust' | 'otherProblem';
  export type HostDateTimeInfoProtocol = 'ntp' | 'ptp';
  export type FibreChannelPortType = 'fabric' | 'loop' | 'pointToPoint' | 'unknown';
  export type HostFirewallSystemServiceName = 'vpxa';
  export type HostFirewallSystemRuleSetId = 'faultTolerance' | 'fdm' | 'updateManager' | 'vpxHeartbeats';
  export type InternetScsiSnsDiscoveryMethod = 'isnsStatic' | 'isnsDhcp' | 'isnsSlp';
  export type SlpDiscoveryMethod = 'slpDhcp' | 'slpAutoUnicast' | 'slpAutoMulticast' | 'slpManual';
  export type HostInternetScsiHbaChapAuthenticationType = 'chapProhibited' | 'chapDiscouraged' | 'chapPreferred' | 'chapRequired';
  export type HostInternetScsiHbaDigestType = 'digestProhibited' | 'digestDiscouraged' | 'digestPreferred' | 'digestRequired';
  export type HostInternetScsiHbaIscsiIpv6AddressAddressConfigurationType = 'DHCP' | 'AutoConfigured' | 'Static' | 'Other';
  export type HostInternetScsiHbaIscsiIpv6AddressIPv6AddressOperation = 'add' | 'remove';
  export type HostInternetScsiHbaStaticTargetTargetDiscoveryMethod = 'staticMethod' | 'sendTargetMethod' | 'slpMethod' | 'isnsMethod' | 'unknownMethod';
  export type HostInternetScsiHbaNetworkBindingSupportType = 'notsupported' | 'optional' | 'required';
  export type ScsiDiskType = 'native512' | 'emulated512' | 'native4k' | 'SoftwareEmulated4k' | 'unknown';
  export type HostUnresolvedVmfsExtentUnresolvedReason = 'diskIdMismatch' | 'uuidConflict';
  export type HostVmfsVolumeUnmapPriority = 'none' | 'low';
  export type HostVmfsVolumeUnmapBandwidthPolicy = 'fixed' | 'dynamic';
  export type HostProfileValidationState = 'Ready' | 'Running' | 'Failed';
  export type HostProfileValidationFailureInfoUpdateType = 'HostBased' | 'Import' | 'Edit' | 'Compose';
  export type HostProfileManagerTaskListRequirement = 'maintenanceModeRequired' | 'rebootRequired';
  export type HostProfileManagerAnswerFileStatus = 'valid' | 'invalid' | 'unknown';
  export type ApplyHostProfileConfigurationResultStatus = 'success' | 'failed' | 'reboot_failed' | 'stateless_reboot_failed' | 'check_compliance_failed' | 'state_not_satisfied' | 'exit_maintenancemode_failed' | 'canceled';
  export type HostProfileManagerCompositionValidationResultResultElementStatus = 'success' | 'error';
  export type HostProfileManagerCompositionResultResultElementStatus = 'success' | 'error';
  export type StoragePlacementSpecPlacementType = 'create' | 'reconfigure' | 'relocate' | 'clone';
  export type VirtualDiskRuleSpecRuleType = 'affinity' | 'antiAffinity' | 'disabled';
  export type VirtualMachineRelocateTransformation = 'flat' | 'sparse';
  export type VirtualMachineRelocateDiskMoveOptions = 'moveAllDiskBackingsAndAllowSharing' | 'moveAllDiskBackingsAndDisallowSharing' | 'moveChildMostDiskBacking' | 'createNewChildDiskBacking' | 'moveAllDiskBackingsAndConsolidate';
  export type VirtualMachineScsiPassthroughType = 'disk' | 'tape' | 'printer' | 'processor' | 'worm' | 'cdrom' | 'scanner' | 'optical' | 'media' | 'com' | 'raid' | 'unknown';
  export type VirtualNVMEControllerSharing = 'noSharing' | 'physicalSharing';
  export type VirtualSCSISharing = 'noSharing' | 'virtualSharing' | 'physicalSharing';
  export type VirtualVmxnet3VrdmaOptionDeviceProtocols = 'rocev1' | 'rocev2';
  export type ComputeResourceHostSPBMLicenseInfoHostSPBMLicenseState = 'licensed' | 'unlicensed' | 'unknown';
  export type DatastoreAccessible = 'True' | 'False';
  export type DatastoreSummaryMaintenanceModeState = 'normal' | 'enteringMaintenance' | 'inMaintenance';
  export type DistributedVirtualSwitchProductSpecOperationType = 'preInstall' | 'upgrade' | 'notifyAvailableUpgrade' | 'proceedWithUpgrade' | 'updateBundleInfo';
  export type DistributedVirtualSwitchNicTeamingPolicyMode = 'loadbalance_ip' | 'loadbalance_srcmac' | 'loadbalance_srcid' | 'failover_explicit' | 'loadbalance_loadbased';
  export type DistributedVirtualSwitchNetworkResourceControlVersion = 'version2' | 'version3';
  export type DistributedVirtualSwitchHostInfrastructureTrafficClass = 'management' | 'faultTolerance' | 'vmotion' | 'virtualMachine' | 'iSCSI' | 'nfs' | 'hbr' | 'vsan' | 'vdp' | 'backupNfc' | 'nvmetcp' | 'provisioning';
  export type FolderDesiredHostState = 'maintenance' | 'non_maintenance';
  export type HostSystemConnectionState = 'connected' | 'notResponding' | 'disconnected';
  export type HostSystemPowerState = 'poweredOn' | 'poweredOff' | 'standBy' | 'unknown';
  export type HostStandbyMode = 'entering' | 'exiting' | 'in' | 'none';
  export type HostCryptoState = 'incapable' | 'prepared' | 'safe' | 'pendingIncapable';
  export type HostSystemRemediationStateState = 'remediationReady' | 'precheckRemediationRunning' | 'precheckRemediationComplete' | 'precheckRemediationFailed' | 'remediationRunning' | 'remediationFailed';
  export type ValidateMigrationTestType = 'sourceTests' | 'compatibilityTests' | 'diskAccessibilityTests' | 'resourceTests';
  export type VMotionCompatibilityType = 'cpu' | 'software';
  export type DVSMacLimitPolicyType = 'allow' | 'drop';
  export type VmwareDistributedVirtualSwitchPvlanPortType = 'promiscuous' | 'isolated' | 'community';
  export type VMwareDVSVspanSessionEncapType = 'gre' | 'erspan2' | 'erspan3';
  export type VMwareDVSVspanSessionType = 'mixedDestMirror' | 'dvPortMirror' | 'remoteMirrorSource' | 'remoteMirrorDest' | 'encapsulatedRemoteMirrorSource';
  export type VMwareDVSTeamingMatchStatus = 'iphashMatch' | 'nonIphashMatch' | 'iphashMismatch' | 'nonIphashMismatch';
  export type VMwareUplinkLacpMode = 'active' | 'passive';
  export type VMwareUplinkLacpTimeoutMode = 'fast' | 'slow';
  export type VMwareDvsLacpLoadBalanceAlgorithm = 'srcMac' | 'destMac' | 'srcDestMac' | 'destIpVlan' | 'srcIpVlan' | 'srcDestIpVlan' | 'destTcpUdpPort' | 'srcTcpUdpPort' | 'srcDestTcpUdpPort' | 'destIpTcpUdpPort' | 'srcIpTcpUdpPort' | 'srcDestIpTcpUdpPort' | 'destIpTcpUdpPortVlan' | 'srcIpTcpUdpPortVlan' | 'srcDestIpTcpUdpPortVlan' | 'destIp' | 'srcIp' | 'srcDestIp' | 'vlan' | 'srcPortId';
  export type VMwareDvsLacpApiVersion = 'singleLag' | 'multipleLag';
  export type VMwareDvsMulticastFilteringMode = 'legacyFiltering' | 'snooping';
  export type AffinityType = 'memory' | 'cpu';
  export type AgentInstallFailedReason = 'NotEnoughSpaceOnDevice' | 'PrepareToUpgradeFailed' | 'AgentNotRunning' | 'AgentNotReachable' | 'InstallTimedout' | 'SignatureVerificationFailed' | 'AgentUploadFailed' | 'AgentUploadTimedout' | 'UnknownInstallerError';
  export type CannotPowerOffVmInClusterOperation = 'suspend' | 'powerOff' | 'guestShutdown' | 'guestSuspend';
  export type DeviceNotSupportedReason = 'host' | 'guest' | 'ft';
  export type IncompatibleHostForVmReplicationIncompatibleReason = 'rpo' | 'netCompression';
  export type ReplicationDiskConfigFaultReasonForFault = 'diskNotFound' | 'diskTypeNotSupported' | 'invalidDiskKey' | 'invalidDiskReplicationId' | 'duplicateDiskReplicationId' | 'invalidPersistentFilePath' | 'reconfigureDiskReplicationIdNotAllowed';
  export type ReplicationVmConfigFaultReasonForFault = 'incompatibleHwVersion' | 'invalidVmReplicationId' | 'invalidGenerationNumber' | 'outOfBoundsRpoValue' | 'invalidDestinationIpAddress' | 'invalidDestinationPort' | 'invalidExtraVmOptions' | 'staleGenerationNumber' | 'reconfigureVmReplicationIdNotAllowed' | 'cannotRetrieveVmReplicationConfiguration' | 'replicationAlreadyEnabled' | 'invalidPriorConfiguration' | 'replicationNotEnabled' | 'replicationConfigurationFailed' | 'encryptedVm' | 'invalidThumbprint' | 'incompatibleDevice';
  export type DiagnosticPartitionStorageType = 'directAttached' | 'networkAttached';
  export type DiagnosticPartitionType = 'singleHost' | 'multiHost';
  export type HostRuntimeInfoNetStackInstanceRuntimeInfoState = 'inactive' | 'active' | 'deactivating' | 'activating';
  export type HostRuntimeInfoStatelessNvdsMigrationState = 'ready' | 'notNeeded' | 'unknown';
  export type HostRuntimeInfoStateEncryptionInfoProtectionMode = 'none' | 'tpm';
  export type ClusterComputeResourceHCIWorkflowState = 'in_progress' | 'done' | 'invalid';
  export type ClusterComputeResourceVcsHealthStatus = 'healthy' | 'degraded' | 'nonhealthy';
  export type ClusterCryptoConfigInfoCryptoMode = 'onDemand' | 'forceEnable';
  export type HostDVSConfigSpecSwitchMode = 'normal' | 'mux';
  export type HostDistributedVirtualSwitchManagerFailoverStage = 'STAGE_1';
  export type HostDistributedVirtualSwitchManagerFailoverReason = 'crash' | 'linkDown' | 'userInitiated';
  export type DayOfWeek = 'sunday' | 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday';
  export type WeekOfMonth = 'first' | 'second' | 'third' | 'fourth' | 'last';
  export type VsanStorageComplianceStatus = 'compliant' | 'nonCompliant' | 'unknown' | 'notApplicable';
  export type VsanObjectHealthState = 'inaccessible' | 'reducedavailabilitywithnorebuild' | 'reducedavailabilitywithnorebuilddelaytimer' | 'reducedavailabilitywithactiverebuild' | 'datamove' | 'nonavailabilityrelatedreconfig' | 'nonavailabilityrelatedincompliance' | 'healthy' | 'reducedavailabilitywithpolicypending' | 'reducedavailabilitywithpolicypendingfailed' | 'reducedavailabilitywithpausedrebuild' | 'nonavailabilityrelatedincompliancewithpolicypending' | 'nonavailabilityrelatedincompliancewithpolicypendingfailed' | 'nonavailabilityrelatedincompliancewithpausedrebuild' | 'remoteAccessible' | 'VsanObjectHealthState_Unknown';
  export type VsanObjectTypeEnum = 'vmswap' | 'vdisk' | 'namespace' | 'vmem' | 'statsdb' | 'iscsiTarget' | 'iscsiLun' | 'other' | 'fileSystemOverhead' | 'dedupOverhead' | 'spaceUnderDedupConsideration' | 'checksumOverhead' | 'improvedVirtualDisk' | 'transientSpace' | 'slackSpaceCapRequiredForHost' | 'resynPauseThresholdForHost' | 'minSpaceRequiredForVsanOp' | 'hostRebuildCapacity' | 'physicalTransientSpace' | 'haMetadataObject' | 'fileServiceRoot' | 'attachedCnsVolBlock' | 'detachedCnsVolBlock' | 'attachedCnsVolFile' | 'detachedCnsVolFile' | 'cnsVolFile' | 'fileShare' | 'extension' | 'hbrDisk' | 'hbrCfg' | 'hbrPersist' | 'traceobject' | 'esaObjectOverhead' | 'VsanObjectTypeEnum_Unknown';
  export type VsanPerfSummaryType = 'average' | 'maximum' | 'minimum' | 'latest' | 'summation' | 'none' | 'VsanPerfSummaryType_Unknown';
  export type VsanPerfStatsType = 'absolute' | 'delta' | 'rate' | 'VsanPerfStatsType_Unknown';
  export type VsanPerfThresholdDirectionType = 'upper' | 'lower' | 'VsanPerfThresholdDirectionType_Unknown';
  export type VsanPerfStatsUnitType = 'number' | 'time_ms' | 'percentage' | 'size_bytes' | 'rate_bytes' | 'permille' | 'time_s' | 'time_us' | 'time_ns' | 'VsanPerfStatsUnitType_Unknown';
  export type VsanBaselinePreferenceType = 'latestRelease' | 'latestPatch' | 'noRecommendation' | 'VsanBaselinePreferenceType_Unknown';
  export type VsanIscsiTargetAuthType = 'NoAuth' | 'CHAP' | 'CHAP_Mutual' | 'VsanIscsiTargetAuthType_Unknown';
  export type VsanIscsiLUNStatus = 'Online' | 'Offline' | 'VsanIscsiLUNStatus_Unknown';
  export type VimClusterVsanDiskGroupCreationType = 'allflash' | 'hybrid' | 'vsandirect' | 'pmem' | 'VsanDiskGroupCreationType_Unknown';
  export type VsanClusterHealthActionIdEnum = 'RepairClusterObjectsAction' | 'UploadHclDb' | 'UpdateHclDbFromInternet' | 'EnableHealthService' | 'DiskBalance' | 'StopDiskBalance' | 'RemediateDedup' | 'UpgradeVsanDiskFormat' | 'CreateDVS' | 'ConfigureHA' | 'ConfigureDRS' | 'ConfigureVSAN' | 'ClaimVSANDisks' | 'ClusterUpgrade' | 'CreateVMKnic' | 'CreateVMKnicWithVMotion' | 'RunBurnInTest' | 'EnableIscsiTargetService' | 'EnablePerformanceServiceAction' | 'RemediateClusterConfig' | 'EnableCeip' | 'LoginVumIsoDepot' | 'PurgeInaccessSwapObjs' | 'UploadReleaseCatalog' | 'ConfigureAutomaticRebalance' | 'RemediateFileService' | 'RelayoutVsanObjects' | 'RemediateFileServiceImbalance' | 'SelectNvme' | 'CreateFileServiceDomain' | 'RemediateIscsiLunsRuntimeStatus' | 'ShallowRekey' | 'VsanClusterHealthActionIdEnum_Unknown';
  export type VsanHealthLogLevelEnum = 'INFO' | 'WARNING' | 'ERROR' | 'DEBUG' | 'CRITICAL' | 'VsanHealthLogLevelEnum_Unknown';
  export type VsanCapabilityType = 'capability' | 'allflash' | 'stretchedcluster' | 'dataefficiency' | 'clusterconfig' | 'upgrade' | 'objectidentities' | 'iscsitargets' | 'witnessmanagement' | 'perfsvcverbosemode' | 'encryption' | 'decomwhatif' | 'throttleresync' | 'unicastmode' | 'device4ksupport' | 'nestedfd' | 'complianceprecheck' | 'vumintegration' | 'firmwareupdate' | 'fullStackFw' | 'configassist' | 'umap' | 'localdataprotection' | 'archivaldataprotection' | 'pr1741414fixed' | 'cloudhealth' | 'perfanalysis' | 'fcd' | 'healthcheck2018q2' | 'enhancedresyncapi' | 'genericnestedfd' | 'hostaffinity' | 'perfsvcautoconfig' | 'unicasttest' | 'vsanrdma' | 'vumbaselinerecommendation' | 'supportinsight' | 'netperftest' | 'masspropertycollector' | 'whatifcapacity' | 'historicalcapacity' | 'policyassociation' | 'policyhostapi' | 'diagnosticmode' | 'purgeinaccessiblevmswapobjects' | 'recreatediskgroup' | 'repairtimerinresyncstats' | 'clusteradvancedoptions' | 'updatevumreleasecatalogoffline' | 'performanceforsupport' | 'gethcllastupdateonvc' | 'automaticrebalance' | 'verbosemodeconfiguration' | 'resyncetaimprovement' | 'fileservices' | 'fileservicekerberos' | 'fileservicesmb' | 'fileservicenfsv3' | 'fileservicesc' | 'fileservicesnapshot' | 'fileserviceowe' | 'fileservice80' | 'resourceprecheck' | 'upgraderesourceprecheck' | 'vitonlineresize' | 'vitstretchedcluster' | 'largecapacitydrive' | 'nondatamovementdfc' | 'cnsvolumes' | 'filevolumes' | 'diagnosticsfeedback' | 'hostreservedcapacity' | 'vmlevelcapacity' | 'improvedcapacityscreen' | 'slackspacecapacity' | 'sharedwitness' | 'VsanCapabilityType_Unknown' | 'supportApiVersion' | 'vsanmetadatanode' | 'pmanintegration' | 'wcpappplatform' | 'diskresourceprecheck' | 'metricsconfig' | 'ioinsight' | 'apidevversionenabled' | 'nativelargeclustersupport' | 'historicalhealth' | 'dataintransitencryption' | 'perfsvctwoyaxisgraph' | 'compressiononly' | 'remotedatastore' | 'vsanmanagedvmfs' | 'capacityreservation' | 'securewipe' | 'validateconfigspec' | 'vsananalyticsevents' | 'vsandefaultgatewaysupported' | 'pspairgap' | 'vsanmanagedpmem' | 'capacityevaluationonvc' | 'readlocalitytodrs' | 'vsanencrkmx' | 'vsan2encr' | 'dit4sw' | 'vsanclient' | 'capacityoversubscription' | 'vsandiagnostics' | 'capacitycustomizablethresholds' | 'hcimeshpolicy' | 'topcontributors' | 'vsandirectdiskdecom' | 'diskmgmtredesign' | 'datapersistresourcecheck' | 'clusterpoweraction' | 'clusterpowerselfcontain' | 'duplicatepciidfix' | 'healthcorrelation' | 'volumerelocation' | 'iodiagnostics' | 'vsanrebuildtrim' | 'elasticpolicy' | 'vsanEsaConfigure' | 'hdcsintegration' | 'vsanesasingletier' | 'vsanperfhighresolution' | 'cnsreconfigpolicy' | 'vsanhostdomlatencysort' | 'sha256thumbprint' | 'minrebalancethreshold' | 'vsan2hcimesh' | 'dfcobjectsmanagement' | 'healthremediation' | 'hcimeshstretchedcluster' | 'vsanxvchcimesh' | 'vsan2deeprekey' | 'vsandsdefaultpolicy' | 'vsanperfsvc80u2' | 'vsankeyexpiration' | 'vsanxvchcimeshv2' | 'dhci' | 'snapservice' | 'vsan2disableencryption' | 'iodiagmultiplevms' | 'vsanxvchcimeshv3';
}

/** Managed objects: properties and methods, their bases’ too. */
export interface Managed {
  ManagedObject: {
    properties: {
    };
    methods: {
    };
  };
  PropertyCollector: {
    properties: {
      filter?: readonly MoRef[] | undefined;
    };
    methods: {
      CreateFilter: { args: { spec: PropertyFilterSpec; partialUpdates: boolean; }; result: MoRef };
      RetrieveProperties: { args: { specSet: readonly PropertyFilterSpec[]; }; result: readonly ObjectContent[] | undefined };
      CheckForUpdates: { args: { version?: string | undefined; }; result: UpdateSet | undefined };
      WaitForUpdates: { args: { version?: string | undefined; }; result: UpdateSet };
      CancelWaitForUpdates: { args: {  }; result: void };
      WaitForUpdatesEx: { args: { version?: string | undefined; options?: WaitOptions | undefined; }; result: UpdateSet | undefined };
      RetrievePropertiesEx: { args: { specSet: readonly PropertyFilterSpec[]; options: RetrieveOptions; }; result: RetrieveResult | undefined };
      ContinueRetrievePropertiesEx: { args: { token: string; }; result: RetrieveResult };
      CancelRetrievePropertiesEx: { args: { token: string; }; result: void };
      CreatePropertyCollector: { args: {  }; result: MoRef };
      DestroyPropertyCollector: { args: {  }; result: void };
    };
  };
  PropertyFilter: {
    properties: {
      spec: PropertyFilterSpec;
      partialUpdates: boolean;
    };
    methods: {
      DestroyPropertyFilter: { args: {  }; result: void };
    };
  };
  CertificateManager: {
    properties: {
    };
    methods: {
      CertMgrRefreshCACertificatesAndCRLs_Task: { args: { host: readonly MoRef[]; }; result: MoRef };
      CertMgrRefreshCertificates_Task: { args: { host: readonly MoRef[]; }; result: MoRef };
      CertMgrRevokeCertificates_Task: { args: { host: readonly MoRef[]; }; result: MoRef };
    };
  };
  CustomFieldsManager: {
    properties: {
      field?: readonly CustomFieldDef[] | undefined;
    };
    methods: {
      AddCustomFieldDef: { args: { name: string; moType?: string | undefined; fieldDefPolicy?: PrivilegePolicyDef | undefined; fieldPolicy?: PrivilegePolicyDef | undefined; }; result: CustomFieldDef };
      RemoveCustomFieldDef: { args: { key: number; }; result: void };
      RenameCustomFieldDef: { args: { key: number; name: string; }; result: void };
      SetField: { args: { entity: MoRef; key: number; value: string; }; result: void };
    };
  };
  CustomizationSpecManager: {
    properties: {
      info?: readonly CustomizationSpecInfo[] | undefined;
      encryptionKey?: readonly number[] | undefined;
    };
    methods: {
      DoesCustomizationSpecExist: { args: { name: string; }; result: boolean };
      GetCustomizationSpec: { args: { name: string; }; result: CustomizationSpecItem };
      CreateCustomizationSpec: { args: { item: CustomizationSpecItem; }; result: void };
      OverwriteCustomizationSpec: { args: { item: CustomizationSpecItem; }; result: void };
      DeleteCustomizationSpec: { args: { name: string; }; result: void };
      DuplicateCustomizationSpec: { args: { name: string; newName: string; }; result: void };
      RenameCustomizationSpec: { args: { name: string; newName: string; }; result: void };
      CustomizationSpecItemToXml: { args: { item: CustomizationSpecItem; }; result: string };
      XmlToCustomizationSpecItem: { args: { specItemXml: string; }; result: CustomizationSpecItem };
      CheckCustomizationResources: { args: { guestOs: string; }; result: void };
    };
  };
  DatastoreNamespaceManager: {
    properties: {
    };
    methods: {
      CreateDirectory: { args: { datastore: MoRef; displayName?: string | undefined; policy?: string | undefined; size?: number | bigint | undefined; }; result: string };
      DeleteDirectory: { args: { datacenter?: MoRef | undefined; datastorePath: string; }; result: void };
      ConvertNamespacePathToUuidPath: { args: { datacenter?: MoRef | undefined; namespaceUrl: string; }; result: string };
      IncreaseDirectorySize: { args: { datacenter?: MoRef | undefined; stableName: string; size: number | bigint; }; result: void };
      QueryDirectoryInfo: { args: { datacenter?: MoRef | undefined; stableName: string; }; result: DatastoreNamespaceManagerDirectoryInfo };
    };
  };
  DiagnosticManager: {
    properties: {
    };
    methods: {
      QueryDescriptions: { args: { host?: MoRef | undefined; }; result: readonly DiagnosticManagerLogDescriptor[] | undefined };
      BrowseDiagnosticLog: { args: { host?: MoRef | undefined; key: string; start?: number | undefined; lines?: number | undefined; }; result: DiagnosticManagerLogHeader };
      GenerateLogBundles_Task: { args: { includeDefault: boolean; host?: readonly MoRef[] | undefined; }; result: MoRef };
      FetchAuditRecords: { args: { token?: string | undefined; }; result: DiagnosticManagerAuditRecordResult };
      EmitSyslogMark: { args: { message: string; }; result: void };
    };
  };
  EnvironmentBrowser: {
    properties: {
      datastoreBrowser?: MoRef | undefined;
    };
    methods: {
      QueryConfigOptionDescriptor: { args: {  }; result: readonly VirtualMachineConfigOptionDescriptor[] | undefined };
      QueryConfigOption: { args: { key?: string | undefined; host?: MoRef | undefined; }; result: VirtualMachineConfigOption | undefined };
      QueryConfigOptionEx: { args: { spec?: EnvironmentBrowserConfigOptionQuerySpec | undefined; }; result: VirtualMachineConfigOption | undefined };
      QueryConfigTarget: { args: { host?: MoRef | undefined; }; result: ConfigTarget | undefined };
      QueryTargetCapabilities: { args: { host?: MoRef | undefined; }; result: HostCapability | undefined };
    };
  };
  ExtensibleManagedObject: {
    properties: {
      value?: readonly CustomFieldValue[] | undefined;
      availableField?: readonly CustomFieldDef[] | undefined;
    };
    methods: {
      setCustomValue: { args: { key: string; value: string; }; result: void };
    };
  };
  ExtensionManager: {
    properties: {
      extensionList?: readonly Extension[] | undefined;
    };
    methods: {
      UnregisterExtension: { args: { extensionKey: string; }; result: void };
      FindExtension: { args: { extensionKey: string; }; result: Extension | undefined };
      RegisterExtension: { args: { extension: Extension; }; result: void };
      UpdateExtension: { args: { extension: Extension; }; result: void };
      GetPublicKey: { args: {  }; result: string };
      SetPublicKey: { args: { extensionKey: string; publicKey: string; }; result: void };
      SetExtensionCertificate: { args: { extensionKey: string; certificatePem?: string | undefined; }; result: void };
      SetServiceAccount: { args: { extensionKey: string; serviceAccount: string; }; result: void };
      QueryManagedBy: { args: { extensionKey: string; }; result: readonly MoRef[] | undefined };
      QueryExtensionIpAllocationUsage: { args: { extensionKeys?: readonly string[] | undefined; }; result: readonly ExtensionManagerIpAllocationUsage[] | undefined };
    };
  };
  FileManager: {
    properties: {
    };
    methods: {
      MoveDatastoreFile_Task: { args: { sourceName: string; sourceDatacenter?: MoRef | undefined; destinationName: string; destinationDatacenter?: MoRef | undefined; force?: boolean | undefined; }; result: MoRef };
      CopyDatastoreFile_Task: { args: { sourceName: string; sourceDatacenter?: MoRef | undefined; destinationName: string; destinationDatacenter?: MoRef | undefined; force?: boolean | undefined; }; result: MoRef };
      DeleteDatastoreFile_Task: { args: { name: string; datacenter?: MoRef | undefined; }; result: MoRef };
      MakeDirectory: { args: { name: string; datacenter?: MoRef | undefined; createParentDirectories?: boolean | undefined; }; result: void };
      ChangeOwner: { args: { name: string; datacenter?: MoRef | undefined; owner: string; }; result: void };
      QueryFileLockInfo: { args: { path: string; host?: MoRef | undefined; }; result: FileLockInfoResult };
    };
  };
  HealthUpdateManager: {
    properties: {
    };
    methods: {
      RegisterHealthUpdateProvider: { args: { name: string; healthUpdateInfo?: readonly HealthUpdateInfo[] | undefined; }; result: string };
      UnregisterHealthUpdateProvider: { args: { providerId: string; }; result: void };
      QueryProviderList: { args: {  }; result: readonly string[] | undefined };
      HasProvider: { args: { id: string; }; result: boolean };
      QueryProviderName: { args: { id: string; }; result: string };
      QueryHealthUpdateInfos: { args: { providerId: string; }; result: readonly HealthUpdateInfo[] | undefined };
      AddMonitoredEntities: { args: { providerId: string; entities?: readonly MoRef[] | undefined; }; result: void };
      RemoveMonitoredEntities: { args: { providerId: string; entities?: readonly MoRef[] | undefined; }; result: void };
      QueryMonitoredEntities: { args: { providerId: string; }; result: readonly MoRef[] | undefined };
      HasMonitoredEntity: { args: { providerId: string; entity: MoRef; }; result: boolean };
      QueryUnmonitoredHosts: { args: { providerId: string; cluster: MoRef; }; result: readonly MoRef[] | undefined };
      PostHealthUpdates: { args: { providerId: string; updates?: readonly HealthUpdate[] | undefined; }; result: void };
      QueryHealthUpdates: { args: { providerId: string; }; result: readonly HealthUpdate[] | undefined };
      AddFilter: { args: { providerId: string; filterName: string; infoIds?: readonly string[] | undefined; }; result: string };
      QueryFilterList: { args: { providerId: string; }; result: readonly string[] | undefined };
      QueryFilterName: { args: { filterId: string; }; result: string };
      QueryFilterInfoIds: { args: { filterId: string; }; result: readonly string[] | undefined };
      QueryFilterEntities: { args: { filterId: string; }; result: readonly MoRef[] | undefined };
      AddFilterEntities: { args: { filterId: string; entities?: readonly MoRef[] | undefined; }; result: void };
      RemoveFilterEntities: { args: { filterId: string; entities?: readonly MoRef[] | undefined; }; result: void };
      RemoveFilter: { args: { filterId: string; }; result: void };
    };
  };
  HistoryCollector: {
    properties: {
      filter: unknown;
    };
    methods: {
      SetCollectorPageSize: { args: { maxCount: number; }; result: void };
      RewindCollector: { args: {  }; result: void };
      ResetCollector: { args: {  }; result: void };
      DestroyCollector: { args: {  }; result: void };
    };
  };
  HttpNfcLease: {
    properties: {
      initializeProgress: number;
      transferProgress: number;
      mode: string;
      capabilities: HttpNfcLeaseCapabilities;
      info?: HttpNfcLeaseInfo | undefined;
      state: Enum.HttpNfcLeaseState;
      error?: LocalizedMethodFault | undefined;
    };
    methods: {
      HttpNfcLeaseGetManifest: { args: {  }; result: readonly HttpNfcLeaseManifestEntry[] | undefined };
      HttpNfcLeaseSetManifestChecksumType: { args: { deviceUrlsToChecksumTypes?: readonly KeyValue[] | undefined; }; result: void };
      HttpNfcLeaseComplete: { args: {  }; result: void };
      HttpNfcLeaseAbort: { args: { fault?: LocalizedMethodFault | undefined; }; result: void };
      HttpNfcLeaseProgress: { args: { percent: number; }; result: void };
      HttpNfcLeasePullFromUrls_Task: { args: { files?: readonly HttpNfcLeaseSourceFile[] | undefined; }; result: MoRef };
      HttpNfcLeaseProbeUrls: { args: { files?: readonly HttpNfcLeaseSourceFile[] | undefined; timeout?: number | undefined; }; result: readonly HttpNfcLeaseProbeResult[] | undefined };
    };
  };
  IoFilterManager: {
    properties: {
    };
    methods: {
      InstallIoFilter_Task: { args: { vibUrl: string; compRes: MoRef; vibSslTrust?: IoFilterManagerSslTrust | undefined; }; result: MoRef };
      UninstallIoFilter_Task: { args: { filterId: string; compRes: MoRef; }; result: MoRef };
      UpgradeIoFilter_Task: { args: { filterId: string; compRes: MoRef; vibUrl: string; vibSslTrust?: IoFilterManagerSslTrust | undefined; }; result: MoRef };
      QueryIoFilterIssues: { args: { filterId: string; compRes: MoRef; }; result: IoFilterQueryIssueResult };
      QueryIoFilterInfo: { args: { compRes: MoRef; }; result: readonly ClusterIoFilterInfo[] | undefined };
      ResolveInstallationErrorsOnHost_Task: { args: { filterId: string; host: MoRef; }; result: MoRef };
      ResolveInstallationErrorsOnCluster_Task: { args: { filterId: string; cluster: MoRef; }; result: MoRef };
      QueryDisksUsingFilter: { args: { filterId: string; compRes: MoRef; }; result: readonly VirtualDiskId[] };
    };
  };
  IpPoolManager: {
    properties: {
    };
    methods: {
      QueryIpPools: { args: { dc: MoRef; }; result: readonly IpPool[] | undefined };
      CreateIpPool: { args: { dc: MoRef; pool: IpPool; }; result: number };
      UpdateIpPool: { args: { dc: MoRef; pool: IpPool; }; result: void };
      DestroyIpPool: { args: { dc: MoRef; id: number; force: boolean; }; result: void };
      AllocateIpv4Address: { args: { dc: MoRef; poolId: number; allocationId: string; }; result: string };
      AllocateIpv6Address: { args: { dc: MoRef; poolId: number; allocationId: string; }; result: string };
      ReleaseIpAllocation: { args: { dc: MoRef; poolId: number; allocationId: string; }; result: void };
      QueryIPAllocations: { args: { dc: MoRef; poolId: number; extensionKey: string; }; result: readonly IpPoolManagerIpAllocation[] };
    };
  };
  LicenseManager: {
    properties: {
      source: LicenseSource;
      sourceAvailable: boolean;
      diagnostics?: LicenseDiagnostics | undefined;
      featureInfo?: readonly LicenseFeatureInfo[] | undefined;
      licensedEdition: string;
      licenses: readonly LicenseManagerLicenseInfo[];
      licenseAssignmentManager?: MoRef | undefined;
      evaluation: LicenseManagerEvaluationInfo;
    };
    methods: {
      QuerySupportedFeatures: { args: { host?: MoRef | undefined; }; result: readonly LicenseFeatureInfo[] | undefined };
      QueryLicenseSourceAvailability: { args: { host?: MoRef | undefined; }; result: readonly LicenseAvailabilityInfo[] | undefined };
      QueryLicenseUsage: { args: { host?: MoRef | undefined; }; result: LicenseUsageInfo };
      SetLicenseEdition: { args: { host?: MoRef | undefined; featureKey?: string | undefined; }; result: void };
      CheckLicenseFeature: { args: { host?: MoRef | undefined; featureKey: string; }; result: boolean };
      EnableFeature: { args: { host?: MoRef | undefined; featureKey: string; }; result: boolean };
      DisableFeature: { args: { host?: MoRef | undefined; featureKey: string; }; result: boolean };
      ConfigureLicenseSource: { args: { host?: MoRef | undefined; licenseSource: LicenseSource; }; result: void };
      UpdateLicense: { args: { licenseKey: string; labels?: readonly KeyValue[] | undefined; }; result: LicenseManagerLicenseInfo };
      AddLicense: { args: { licenseKey: string; labels?: readonly KeyValue[] | undefined; }; result: LicenseManagerLicenseInfo };
      RemoveLicense: { args: { licenseKey: string; }; result: void };
      DecodeLicense: { args: { licenseKey: string; }; result: LicenseManagerLicenseInfo };
      UpdateLicenseLabel: { args: { licenseKey: string; labelKey: string; labelValue: string; }; result: void };
      RemoveLicenseLabel: { args: { licenseKey: string; labelKey: string; }; result: void };
    };
  };
  LocalizationManager: {
    properties: {
      catalog?: readonly LocalizationManagerMessageCatalog[] | undefined;
    };
    methods: {
    };
  };
  OverheadMemoryManager: {
    properties: {
    };
    methods: {
      LookupVmOverheadMemory: { args: { vm: MoRef; host: MoRef; }; result: number | bigint };
    };
  };
  OvfManager: {
    properties: {
      ovfImportOption?: readonly OvfOptionInfo[] | undefined;
      ovfExportOption?: readonly OvfOptionInfo[] | undefined;
    };
    methods: {
      ValidateHost: { args: { ovfDescriptor: string; host: MoRef; vhp: OvfValidateHostParams; }; result: OvfValidateHostResult };
      ParseDescriptor: { args: { ovfDescriptor: string; pdp: OvfParseDescriptorParams; }; result: OvfParseDescriptorResult };
      CreateImportSpec: { args: { ovfDescriptor: string; resourcePool: MoRef; datastore: MoRef; cisp: OvfCreateImportSpecParams; }; result: OvfCreateImportSpecResult };
      CreateDescriptor: { args: { obj: MoRef; cdp: OvfCreateDescriptorParams; }; result: OvfCreateDescriptorResult };
    };
  };
  PerformanceManager: {
    properties: {
      description: PerformanceDescription;
      historicalInterval?: readonly PerfInterval[] | undefined;
      perfCounter?: readonly PerfCounterInfo[] | undefined;
    };
    methods: {
      QueryPerfProviderSummary: { args: { entity: MoRef; }; result: PerfProviderSummary };
      QueryAvailablePerfMetric: { args: { entity: MoRef; beginTime?: Date | undefined; endTime?: Date | undefined; intervalId?: number | undefined; }; result: readonly PerfMetricId[] | undefined };
      QueryPerfCounter: { args: { counterId: readonly number[]; }; result: readonly PerfCounterInfo[] | undefined };
      QueryPerfCounterByLevel: { args: { level: number; }; result: readonly PerfCounterInfo[] };
      QueryPerf: { args: { querySpec: readonly PerfQuerySpec[]; }; result: readonly PerfEntityMetricBase[] | undefined };
      QueryPerfComposite: { args: { querySpec: PerfQuerySpec; }; result: PerfCompositeMetric };
      CreatePerfInterval: { args: { intervalId: PerfInterval; }; result: void };
      RemovePerfInterval: { args: { samplePeriod: number; }; result: void };
      UpdatePerfInterval: { args: { interval: PerfInterval; }; result: void };
      UpdateCounterLevelMapping: { args: { counterLevelMap: readonly PerformanceManagerCounterLevelMapping[]; }; result: void };
      ResetCounterLevelMapping: { args: { counters: readonly number[]; }; result: void };
    };
  };
  ResourcePlanningManager: {
    properties: {
    };
    methods: {
      EstimateDatabaseSize: { args: { dbSizeParam: DatabaseSizeParam; }; result: DatabaseSizeEstimate };
    };
  };
  SearchIndex: {
    properties: {
    };
    methods: {
      FindByUuid: { args: { datacenter?: MoRef | undefined; uuid: string; vmSearch: boolean; instanceUuid?: boolean | undefined; }; result: MoRef | undefined };
      FindByDatastorePath: { args: { datacenter: MoRef; path: string; }; result: MoRef | undefined };
      FindByDnsName: { args: { datacenter?: MoRef | undefined; dnsName: string; vmSearch: boolean; }; result: MoRef | undefined };
      FindByIp: { args: { datacenter?: MoRef | undefined; ip: string; vmSearch: boolean; }; result: MoRef | undefined };
      FindByInventoryPath: { args: { inventoryPath: string; }; result: MoRef | undefined };
      FindChild: { args: { entity: MoRef; name: string; }; result: MoRef | undefined };
      FindAllByUuid: { args: { datacenter?: MoRef | undefined; uuid: string; vmSearch: boolean; instanceUuid?: boolean | undefined; }; result: readonly MoRef[] };
      FindAllByDnsName: { args: { datacenter?: MoRef | undefined; dnsName: string; vmSearch: boolean; }; result: readonly MoRef[] };
      FindAllByIp: { args: { datacenter?: MoRef | undefined; ip: string; vmSearch: boolean; }; result: readonly MoRef[] };
    };
  };
  ServiceManager: {
    properties: {
      service?: readonly ServiceManagerServiceInfo[] | undefined;
    };
    methods: {
      QueryServiceList: { args: { serviceName?: string | undefined; location?: readonly string[] | undefined; }; result: readonly ServiceManagerServiceInfo[] | undefined };
    };
  };
  SessionManager: {
    properties: {
      sessionList?: readonly UserSession[] | undefined;
      currentSession?: UserSession | undefined;
      message?: string | undefined;
      messageLocaleList?: readonly string[] | undefined;
      supportedLocaleList?: readonly string[] | undefined;
      defaultLocale: string;
    };
    methods: {
      UpdateServiceMessage: { args: { message: string; }; result: void };
      LoginByToken: { args: { locale?: string | undefined; }; result: UserSession };
      Login: { args: { userName: string; password: string; locale?: string | undefined; }; result: UserSession };
      LoginBySSPI: { args: { base64Token: string; locale?: string | undefined; }; result: UserSession };
      Logout: { args: {  }; result: void };
      AcquireLocalTicket: { args: { userName: string; }; result: SessionManagerLocalTicket };
      AcquireGenericServiceTicket: { args: { spec: SessionManagerServiceRequestSpec; }; result: SessionManagerGenericServiceTicket };
      TerminateSession: { args: { sessionId: readonly string[]; }; result: void };
      SetLocale: { args: { locale: string; }; result: void };
      LoginExtensionBySubjectName: { args: { extensionKey: string; locale?: string | undefined; }; result: UserSession };
      LoginExtensionByCertificate: { args: { extensionKey: string; locale?: string | undefined; }; result: UserSession };
      ImpersonateUser: { args: { userName: string; locale?: string | undefined; }; result: UserSession };
      SessionIsActive: { args: { sessionID: string; userName: string; }; result: boolean };
      AcquireCloneTicket: { args: {  }; result: string };
      CloneSession: { args: { cloneTicket: string; }; result: UserSession };
    };
  };
  SimpleCommand: {
    properties: {
      encodingType: Enum.SimpleCommandEncoding;
      entity: ServiceManagerServiceInfo;
    };
    methods: {
      ExecuteSimpleCommand: { args: { arguments?: readonly string[] | undefined; }; result: string };
    };
  };
  SiteInfoManager: {
    properties: {
    };
    methods: {
      GetSiteInfo: { args: {  }; result: SiteInfo };
    };
  };
  StorageQueryManager: {
    properties: {
    };
    methods: {
      QueryHostsWithAttachedLun: { args: { lunUuid: string; }; result: readonly MoRef[] | undefined };
    };
  };
  StorageResourceManager: {
    properties: {
    };
    methods: {
      ConfigureDatastoreIORM_Task: { args: { datastore: MoRef; spec: StorageIORMConfigSpec; }; result: MoRef };
      QueryIORMConfigOption: { args: { host: MoRef; }; result: StorageIORMConfigOption };
      QueryDatastorePerformanceSummary: { args: { datastore: MoRef; }; result: readonly StoragePerformanceSummary[] | undefined };
      ApplyStorageDrsRecommendationToPod_Task: { args: { pod: MoRef; key: string; }; result: MoRef };
      ApplyStorageDrsRecommendation_Task: { args: { key: readonly string[]; }; result: MoRef };
      CancelStorageDrsRecommendation: { args: { key: readonly string[]; }; result: void };
      RefreshStorageDrsRecommendation: { args: { pod: MoRef; }; result: void };
      RefreshStorageDrsRecommendationsForPod_Task: { args: { pod: MoRef; }; result: MoRef };
      ConfigureStorageDrsForPod_Task: { args: { pod: MoRef; spec: DynamicData; modify: boolean; }; result: MoRef };
      ValidateStoragePodConfig: { args: { pod: MoRef; spec: DynamicData; }; result: MethodFault | undefined };
      RecommendDatastores: { args: { storageSpec: DynamicData; }; result: DynamicData };
    };
  };
  TaskHistoryCollector: {
    properties: {
      filter: unknown;
      latestPage?: readonly TaskInfo[] | undefined;
    };
    methods: {
      SetCollectorPageSize: { args: { maxCount: number; }; result: void };
      RewindCollector: { args: {  }; result: void };
      ResetCollector: { args: {  }; result: void };
      DestroyCollector: { args: {  }; result: void };
      ReadNextTasks: { args: { maxCount: number; }; result: readonly TaskInfo[] | undefined };
      ReadPreviousTasks: { args: { maxCount: number; }; result: readonly TaskInfo[] | undefined };
    };
  };
  TaskManager: {
    properties: {
      recentTask?: readonly MoRef[] | undefined;
      description: TaskDescription;
      maxCollector: number;
    };
    methods: {
      CreateCollectorForTasks: { args: { filter: TaskFilterSpec; }; result: MoRef };
      CreateCollectorWithInfoFilterForTasks: { args: { filter: TaskFilterSpec; infoFilter?: TaskInfoFilterSpec | undefined; }; result: MoRef };
      CreateTask: { args: { obj: MoRef; taskTypeId: string; initiatedBy?: string | undefined; cancelable: boolean; parentTaskKey?: string | undefined; activationId?: string | undefined; }; result: TaskInfo };
    };
  };
  UserDirectory: {
    properties: {
      domainList?: readonly string[] | undefined;
    };
    methods: {
      RetrieveUserGroups: { args: { domain?: string | undefined; searchStr: string; belongsToGroup?: string | undefined; belongsToUser?: string | undefined; exactMatch: boolean; findUsers: boolean; findGroups: boolean; }; result: readonly UserSearchResult[] | undefined };
    };
  };
  VirtualizationManager: {
    properties: {
    };
    methods: {
    };
  };
  EventHistoryCollector: {
    properties: {
      filter: unknown;
      latestPage?: readonly Event[] | undefined;
      initialized?: boolean | undefined;
    };
    methods: {
      SetCollectorPageSize: { args: { maxCount: number; }; result: void };
      RewindCollector: { args: {  }; result: void };
      ResetCollector: { args: {  }; result: void };
      DestroyCollector: { args: {  }; result: void };
      ReadNextEvents: { args: { maxCount: number; }; result: readonly Event[] | undefined };
      ReadPreviousEvents: { args: { maxCount: number; }; result: readonly Event[] | undefined };
    };
  };
  EventManager: {
    properties: {
      description: EventDescription;
      latestEvent?: Event | undefined;
      maxCollector: number;
    };
    methods: {
      RetrieveArgumentDescription: { args: { eventTypeId: string; }; result: readonly EventArgDesc[] | undefined };
      CreateCollectorForEvents: { args: { filter: EventFilterSpec; }; result: MoRef };
      LogUserEvent: { args: { entity: MoRef; msg: string; }; result: void };
      QueryEvents: { args: { filter: EventFilterSpec; }; result: readonly Event[] | undefined };
      PostEvent: { args: { eventToPost: Event; taskInfo?: TaskInfo | undefined; }; result: void };
    };
  };
  HostAssignableHardwareManager: {
    properties: {
      binding?: readonly HostAssignableHardwareBinding[] | undefined;
      config: HostAssignableHardwareConfig;
    };
    methods: {
      DownloadDescriptionTree: { args: {  }; result: Uint8Array };
      RetrieveDynamicPassthroughInfo: { args: {  }; result: readonly VirtualMachineDynamicPassthroughInfo[] | undefined };
      RetrieveVendorDeviceGroupInfo: { args: {  }; result: readonly VirtualMachineVendorDeviceGroupInfo[] | undefined };
      UpdateAssignableHardwareConfig: { args: { config: HostAssignableHardwareConfig; }; result: void };
    };
  };
  HostAuthenticationManager: {
    properties: {
      info: HostAuthenticationManagerInfo;
      supportedStore: readonly MoRef[];
    };
    methods: {
    };
  };
  HostAuthenticationStore: {
    properties: {
      info: HostAuthenticationStoreInfo;
    };
    methods: {
    };
  };
  HostAutoStartManager: {
    properties: {
      config: HostAutoStartManagerConfig;
    };
    methods: {
      ReconfigureAutostart: { args: { spec: HostAutoStartManagerConfig; }; result: void };
      AutoStartPowerOn: { args: {  }; result: void };
      AutoStartPowerOff: { args: {  }; result: void };
    };
  };
  HostBootDeviceSystem: {
    properties: {
    };
    methods: {
      QueryBootDevices: { args: {  }; result: HostBootDeviceInfo | undefined };
      UpdateBootDevice: { args: { key: string; }; result: void };
    };
  };
  HostCacheConfigurationManager: {
    properties: {
      cacheConfigurationInfo?: readonly HostCacheConfigurationInfo[] | undefined;
    };
    methods: {
      ConfigureHostCache_Task: { args: { spec: HostCacheConfigurationSpec; }; result: MoRef };
    };
  };
  HostCertificateManager: {
    properties: {
      certificateInfo: HostCertificateManagerCertificateInfo;
    };
    methods: {
      RetrieveCertificateInfoList: { args: {  }; result: readonly HostCertificateManagerCertificateInfo[] | undefined };
      GenerateCertificateSigningRequest: { args: { useIpAddressAsCommonName: boolean; spec?: HostCertificateManagerCertificateSpec | undefined; }; result: string };
      GenerateCertificateSigningRequestByDn: { args: { distinguishedName: string; spec?: HostCertificateManagerCertificateSpec | undefined; }; result: string };
      ProvisionServerPrivateKey: { args: { key: string; }; result: void };
      InstallServerCertificate: { args: { cert: string; }; result: void };
      ReplaceCACertificatesAndCRLs: { args: { caCert: readonly string[]; caCrl?: readonly string[] | undefined; }; result: void };
      NotifyAffectedServices: { args: { services?: readonly string[] | undefined; }; result: void };
      ListCACertificates: { args: {  }; result: readonly string[] | undefined };
      ListCACertificateRevocationLists: { args: {  }; result: readonly string[] | undefined };
    };
  };
  HostCpuSchedulerSystem: {
    properties: {
      value?: readonly CustomFieldValue[] | undefined;
      availableField?: readonly CustomFieldDef[] | undefined;
      cpuSchedulerInfo?: HostCpuSchedulerInfo | undefined;
      hyperthreadInfo?: HostHyperThreadScheduleInfo | undefined;
    };
    methods: {
      setCustomValue: { args: { key: string; value: string; }; result: void };
      EnableHyperThreading: { args: {  }; result: void };
      DisableHyperThreading: { args: {  }; result: void };
    };
  };
  HostDatastoreBrowser: {
    properties: {
      datastore?: readonly MoRef[] | undefined;
      supportedType?: readonly FileQuery[] | undefined;
    };
    methods: {
      SearchDatastore_Task: { args: { datastorePath: string; searchSpec?: HostDatastoreBrowserSearchSpec | undefined; }; result: MoRef };
      SearchDatastoreSubFolders_Task: { args: { datastorePath: string; searchSpec?: HostDatastoreBrowserSearchSpec | undefined; }; result: MoRef };
      DeleteFile: { args: { datastorePath: string; }; result: void };
    };
  };
  HostDateTimeSystem: {
    properties: {
      dateTimeInfo: HostDateTimeInfo;
    };
    methods: {
      UpdateDateTimeConfig: { args: { config: HostDateTimeConfig; }; result: void };
      QueryAvailableTimeZones: { args: {  }; result: readonly HostDateTimeSystemTimeZone[] | undefined };
      QueryDateTime: { args: {  }; result: Date };
      UpdateDateTime: { args: { dateTime: Date; }; result: void };
      RefreshDateTimeSystem: { args: {  }; result: void };
      TestTimeService: { args: {  }; result: HostDateTimeSystemServiceTestResult | undefined };
    };
  };
  HostDirectoryStore: {
    properties: {
      info: HostAuthenticationStoreInfo;
    };
    methods: {
    };
  };
  HostEsxAgentHostManager: {
    properties: {
      configInfo: HostEsxAgentHostManagerConfigInfo;
    };
    methods: {
      EsxAgentHostManagerUpdateConfig: { args: { configInfo: HostEsxAgentHostManagerConfigInfo; }; result: void };
    };
  };
  HostFirmwareSystem: {
    properties: {
    };
    methods: {
      ResetFirmwareToFactoryDefaults: { args: {  }; result: void };
      BackupFirmwareConfiguration: { args: {  }; result: string };
      QueryFirmwareConfigUploadURL: { args: {  }; result: string };
      RestoreFirmwareConfiguration: { args: { force: boolean; }; result: void };
    };
  };
  HostGraphicsManager: {
    properties: {
      value?: readonly CustomFieldValue[] | undefined;
      availableField?: readonly CustomFieldDef[] | undefined;
      graphicsInfo?: readonly HostGraphicsInfo[] | undefined;
      graphicsConfig?: HostGraphicsConfig | undefined;
      sharedPassthruGpuTypes?: readonly string[] | undefined;
      sharedGpuCapabilities?: readonly HostSharedGpuCapabilities[] | undefined;
    };
    methods: {
      setCustomValue: { args: { key: string; value: string; }; result: void };
      RetrieveVgpuDeviceInfo: { args: {  }; result: readonly VirtualMachineVgpuDeviceInfo[] | undefined };
      RetrieveVgpuProfileInfo: { args: {  }; result: readonly VirtualMachineVgpuProfileInfo[] | undefined };
      RefreshGraphicsManager: { args: {  }; result: void };
      IsSharedGraphicsActive: { args: {  }; result: boolean };
      UpdateGraphicsConfig: { args: { config: HostGraphicsConfig; }; result: void };
    };
  };
  HostHealthStatusSystem: {
    properties: {
      runtime: HealthSystemRuntime;
    };
    methods: {
      RefreshHealthStatusSystem: { args: {  }; result: void };
      ResetSystemHealthInfo: { args: {  }; result: void };
      ClearSystemEventLog: { args: {  }; result: void };
      FetchSystemEventLog: { args: {  }; result: readonly SystemEventInfo[] | undefined };
    };
  };
  HostAccessManager: {
    properties: {
      lockdownMode: Enum.HostLockdownMode;
    };
    methods: {
      RetrieveHostAccessControlEntries: { args: {  }; result: readonly HostAccessControlEntry[] | undefined };
      ChangeAccessMode: { args: { principal: string; isGroup: boolean; accessMode: Enum.HostAccessMode; }; result: void };
      QuerySystemUsers: { args: {  }; result: readonly string[] | undefined };
      UpdateSystemUsers: { args: { users?: readonly string[] | undefined; }; result: void };
      QueryLockdownExceptions: { args: {  }; result: readonly string[] | undefined };
      UpdateLockdownExceptions: { args: { users?: readonly string[] | undefined; }; result: void };
      ChangeLockdownMode: { args: { mode: Enum.HostLockdownMode; }; result: void };
    };
  };
  HostImageConfigManager: {
    properties: {
    };
    methods: {
      HostImageConfigGetAcceptance: { args: {  }; result: string };
      HostImageConfigGetProfile: { args: {  }; result: HostImageProfileSummary };
      UpdateHostImageAcceptanceLevel: { args: { newAcceptanceLevel: string; }; result: void };
      fetchSoftwarePackages: { args: {  }; result: readonly SoftwarePackage[] | undefined };
      installDate: { args: {  }; result: Date };
    };
  };
  IscsiManager: {
    properties: {
    };
    methods: {
      QueryVnicStatus: { args: { vnicDevice: string; }; result: IscsiStatus };
      QueryPnicStatus: { args: { pnicDevice: string; }; result: IscsiStatus };
      QueryBoundVnics: { args: { iScsiHbaName: string; }; result: readonly IscsiPortInfo[] | undefined };
      QueryCandidateNics: { args: { iScsiHbaName: string; }; result: readonly IscsiPortInfo[] | undefined };
      BindVnic: { args: { iScsiHbaName: string; vnicDevice: string; }; result: void };
      UnbindVnic: { args: { iScsiHbaName: string; vnicDevice: string; force: boolean; }; result: void };
      QueryMigrationDependencies: { args: { pnicDevice: readonly string[]; }; result: IscsiMigrationDependency };
    };
  };
  HostKernelModuleSystem: {
    properties: {
    };
    methods: {
      QueryModules: { args: {  }; result: readonly KernelModuleInfo[] | undefined };
      UpdateModuleOptionString: { args: { name: string; options: string; }; result: void };
      QueryConfiguredModuleOptionString: { args: { name: string; }; result: string };
    };
  };
  HostLocalAccountManager: {
    properties: {
    };
    methods: {
      CreateUser: { args: { user: HostAccountSpec; }; result: void };
      UpdateUser: { args: { user: HostAccountSpec; }; result: void };
      CreateGroup: { args: { group: HostAccountSpec; }; result: void };
      RemoveUser: { args: { userName: string; }; result: void };
      RemoveGroup: { args: { groupName: string; }; result: void };
      AssignUserToGroup: { args: { user: string; group: string; }; result: void };
      UnassignUserFromGroup: { args: { user: string; group: string; }; result: void };
      ChangePassword: { args: { user: string; oldPassword: string; newPassword: string; }; result: void };
    };
  };
  HostLocalAuthentication: {
    properties: {
      info: HostAuthenticationStoreInfo;
    };
    methods: {
    };
  };
  HostMemorySystem: {
    properties: {
      value?: readonly CustomFieldValue[] | undefined;
      availableField?: readonly CustomFieldDef[] | undefined;
      consoleReservationInfo?: ServiceConsoleReservationInfo | undefined;
      virtualMachineReservationInfo?: VirtualMachineMemoryReservationInfo | undefined;
    };
    methods: {
      setCustomValue: { args: { key: string; value: string; }; result: void };
      ReconfigureServiceConsoleReservation: { args: { cfgBytes: number | bigint; }; result: void };
      ReconfigureVirtualMachineReservation: { args: { spec: VirtualMachineMemoryReservationSpec; }; result: void };
    };
  };
  MessageBusProxy: {
    properties: {
    };
    methods: {
    };
  };
  HostNvdimmSystem: {
    properties: {
      nvdimmSystemInfo: NvdimmSystemInfo;
    };
    methods: {
      CreateNvdimmNamespace_Task: { args: { createSpec: NvdimmNamespaceCreateSpec; }; result: MoRef };
      CreateNvdimmPMemNamespace_Task: { args: { createSpec: NvdimmPMemNamespaceCreateSpec; }; result: MoRef };
      DeleteNvdimmNamespace_Task: { args: { deleteSpec: NvdimmNamespaceDeleteSpec; }; result: MoRef };
      DeleteNvdimmBlockNamespaces_Task: { args: {  }; result: MoRef };
    };
  };
  HostPatchManager: {
    properties: {
    };
    methods: {
      CheckHostPatch_Task: { args: { metaUrls?: readonly string[] | undefined; bundleUrls?: readonly string[] | undefined; spec?: HostPatchManagerPatchManagerOperationSpec | undefined; }; result: MoRef };
      ScanHostPatch_Task: { args: { repository: HostPatchManagerLocator; updateID?: readonly string[] | undefined; }; result: MoRef };
      ScanHostPatchV2_Task: { args: { metaUrls?: readonly string[] | undefined; bundleUrls?: readonly string[] | undefined; spec?: HostPatchManagerPatchManagerOperationSpec | undefined; }; result: MoRef };
      StageHostPatch_Task: { args: { metaUrls?: readonly string[] | undefined; bundleUrls?: readonly string[] | undefined; vibUrls?: readonly string[] | undefined; spec?: HostPatchManagerPatchManagerOperationSpec | undefined; }; result: MoRef };
      InstallHostPatch_Task: { args: { repository: HostPatchManagerLocator; updateID: string; force?: boolean | undefined; }; result: MoRef };
      InstallHostPatchV2_Task: { args: { metaUrls?: readonly string[] | undefined; bundleUrls?: readonly string[] | undefined; vibUrls?: readonly string[] | undefined; spec?: HostPatchManagerPatchManagerOperationSpec | undefined; }; result: MoRef };
      UninstallHostPatch_Task: { args: { bulletinIds?: readonly string[] | undefined; spec?: HostPatchManagerPatchManagerOperationSpec | undefined; }; result: MoRef };
      QueryHostPatch_Task: { args: { spec?: HostPatchManagerPatchManagerOperationSpec | undefined; }; result: MoRef };
    };
  };
  HostPciPassthruSystem: {
    properties: {
      value?: readonly CustomFieldValue[] | undefined;
      availableField?: readonly CustomFieldDef[] | undefined;
      pciPassthruInfo: readonly HostPciPassthruInfo[];
      sriovDevicePoolInfo?: readonly HostSriovDevicePoolInfo[] | undefined;
    };
    methods: {
      setCustomValue: { args: { key: string; value: string; }; result: void };
      Refresh: { args: {  }; result: void };
      UpdatePassthruConfig: { args: { config: readonly HostPciPassthruConfig[]; }; result: void };
    };
  };
  HostPowerSystem: {
    properties: {
      capability: PowerSystemCapability;
      info: PowerSystemInfo;
    };
    methods: {
      ConfigurePowerPolicy: { args: { key: number; }; result: void };
    };
  };
  HostServiceSystem: {
    properties: {
      value?: readonly CustomFieldValue[] | undefined;
      availableField?: readonly CustomFieldDef[] | undefined;
      serviceInfo: HostServiceInfo;
    };
    methods: {
      setCustomValue: { args: { key: string; value: string; }; result: void };
      UpdateServicePolicy: { args: { id: string; policy: string; }; result: void };
      StartService: { args: { id: string; }; result: void };
      StopService: { args: { id: string; }; result: void };
      RestartService: { args: { id: string; }; result: void };
      UninstallService: { args: { id: string; }; result: void };
      RefreshServices: { args: {  }; result: void };
    };
  };
  HostSnmpSystem: {
    properties: {
      configuration: HostSnmpConfigSpec;
      limits: HostSnmpSystemAgentLimits;
    };
    methods: {
      ReconfigureSnmpAgent: { args: { spec: HostSnmpConfigSpec; }; result: void };
      SendTestNotification: { args: {  }; result: void };
    };
  };
  HostVMotionSystem: {
    properties: {
      value?: readonly CustomFieldValue[] | undefined;
      availableField?: readonly CustomFieldDef[] | undefined;
      netConfig?: HostVMotionNetConfig | undefined;
      ipConfig?: HostIpConfig | undefined;
    };
    methods: {
      setCustomValue: { args: { key: string; value: string; }; result: void };
      UpdateIpConfig: { args: { ipConfig: HostIpConfig; }; result: void };
      SelectVnic: { args: { device: string; }; result: void };
      DeselectVnic: { args: {  }; result: void };
    };
  };
  HostVirtualNicManager: {
    properties: {
      value?: readonly CustomFieldValue[] | undefined;
      availableField?: readonly CustomFieldDef[] | undefined;
      info: HostVirtualNicManagerInfo;
    };
    methods: {
      setCustomValue: { args: { key: string; value: string; }; result: void };
      QueryNetConfig: { args: { nicType: string; }; result: VirtualNicManagerNetConfig | undefined };
      SelectVnicForNicType: { args: { nicType: string; device: string; }; result: void };
      DeselectVnicForNicType: { args: { nicType: string; device: string; }; result: void };
    };
  };
  HostVsanInternalSystem: {
    properties: {
    };
    methods: {
      QueryCmmds: { args: { queries: readonly HostVsanInternalSystemCmmdsQuery[]; }; result: string };
      QueryPhysicalVsanDisks: { args: { props?: readonly string[] | undefined; }; result: string };
      QueryVsanObjects: { args: { uuids?: readonly string[] | undefined; }; result: string };
      QueryObjectsOnPhysicalVsanDisk: { args: { disks: readonly string[]; }; result: string };
      AbdicateDomOwnership: { args: { uuids: readonly string[]; }; result: readonly string[] | undefined };
      QueryVsanStatistics: { args: { labels: readonly string[]; }; result: string };
      ReconfigureDomObject: { args: { uuid: string; policy: string; }; result: void };
      QuerySyncingVsanObjects: { args: { uuids?: readonly string[] | undefined; }; result: string };
      RunVsanPhysicalDiskDiagnostics: { args: { disks?: readonly string[] | undefined; }; result: readonly HostVsanInternalSystemVsanPhysicalDiskDiagnosticsResult[] };
      GetVsanObjExtAttrs: { args: { uuids: readonly string[]; }; result: string };
      ReconfigurationSatisfiable: { args: { pcbs: readonly VsanPolicyChangeBatch[]; ignoreSatisfiability?: boolean | undefined; }; result: readonly VsanPolicySatisfiability[] };
      CanProvisionObjects: { args: { npbs: readonly VsanNewPolicyBatch[]; ignoreSatisfiability?: boolean | undefined; }; result: readonly VsanPolicySatisfiability[] };
      DeleteVsanObjects: { args: { uuids: readonly string[]; force?: boolean | undefined; }; result: readonly HostVsanInternalSystemDeleteVsanObjectsResult[] };
      UpgradeVsanObjects: { args: { uuids: readonly string[]; newVersion: number; }; result: readonly HostVsanInternalSystemVsanObjectOperationResult[] | undefined };
      QueryVsanObjectUuidsByFilter: { args: { uuids?: readonly string[] | undefined; limit?: number | undefined; version?: number | undefined; }; result: readonly string[] | undefined };
    };
  };
  HostVsanSystem: {
    properties: {
    };
    methods: {
      EvacuateVsanNode_Task: { args: { maintenanceSpec: HostMaintenanceSpec; timeout: number; }; result: MoRef };
      RecommissionVsanNode_Task: { args: {  }; result: MoRef };
    };
  };
  OptionManager: {
    properties: {
      supportedOption?: readonly OptionDef[] | undefined;
      setting?: readonly OptionValue[] | undefined;
    };
    methods: {
      QueryOptions: { args: { name?: string | undefined; }; result: readonly OptionValue[] | undefined };
      UpdateOptions: { args: { changedValue: readonly OptionValue[]; }; result: void };
    };
  };
  View: {
    properties: {
    };
    methods: {
      DestroyView: { args: {  }; result: void };
    };
  };
  ViewManager: {
    properties: {
      viewList?: readonly MoRef[] | undefined;
    };
    methods: {
      CreateInventoryView: { args: {  }; result: MoRef };
      CreateContainerView: { args: { container: MoRef; type?: readonly string[] | undefined; recursive: boolean; }; result: MoRef };
      CreateListView: { args: { obj?: readonly MoRef[] | undefined; }; result: MoRef };
      CreateListViewFromView: { args: { view: MoRef; }; result: MoRef };
    };
  };
  VirtualMachineGuestCustomizationManager: {
    properties: {
    };
    methods: {
      CustomizeGuest_Task: { args: { vm: MoRef; auth: GuestAuthentication; spec: CustomizationSpec; configParams?: readonly OptionValue[] | undefined; }; result: MoRef };
      StartGuestNetwork_Task: { args: { vm: MoRef; auth: GuestAuthentication; }; result: MoRef };
      AbortCustomization_Task: { args: { vm: MoRef; auth: GuestAuthentication; }; result: MoRef };
    };
  };
  VirtualMachineSnapshot: {
    properties: {
      value?: readonly CustomFieldValue[] | undefined;
      availableField?: readonly CustomFieldDef[] | undefined;
      config: VirtualMachineConfigInfo;
      childSnapshot?: readonly MoRef[] | undefined;
      vm: MoRef;
    };
    methods: {
      setCustomValue: { args: { key: string; value: string; }; result: void };
      RevertToSnapshot_Task: { args: { host?: MoRef | undefined; suppressPowerOn?: boolean | undefined; }; result: MoRef };
      RemoveSnapshot_Task: { args: { removeChildren: boolean; consolidate?: boolean | undefined; }; result: MoRef };
      RenameSnapshot: { args: { name?: string | undefined; description?: string | undefined; }; result: void };
      ExportSnapshot: { args: {  }; result: MoRef };
    };
  };
  VirtualMachineCompatibilityChecker: {
    properties: {
    };
    methods: {
      CheckCompatibility_Task: { args: { vm: MoRef; host?: MoRef | undefined; pool?: MoRef | undefined; testType?: readonly string[] | undefined; }; result: MoRef };
      CheckVmConfig_Task: { args: { spec: VirtualMachineConfigSpec; vm?: MoRef | undefined; host?: MoRef | undefined; pool?: MoRef | undefined; testType?: readonly string[] | undefined; }; result: MoRef };
      CheckPowerOn_Task: { args: { vm: MoRef; host?: MoRef | undefined; pool?: MoRef | undefined; testType?: readonly string[] | undefined; }; result: MoRef };
    };
  };
  GuestAliasManager: {
    properties: {
    };
    methods: {
      AddGuestAlias: { args: { vm: MoRef; auth: GuestAuthentication; username: string; mapCert: boolean; base64Cert: string; aliasInfo: GuestAuthAliasInfo; }; result: void };
      RemoveGuestAlias: { args: { vm: MoRef; auth: GuestAuthentication; username: string; base64Cert: string; subject: GuestAuthSubject; }; result: void };
      RemoveGuestAliasByCert: { args: { vm: MoRef; auth: GuestAuthentication; username: string; base64Cert: string; }; result: void };
      ListGuestAliases: { args: { vm: MoRef; auth: GuestAuthentication; username: string; }; result: readonly GuestAliases[] | undefined };
      ListGuestMappedAliases: { args: { vm: MoRef; auth: GuestAuthentication; }; result: readonly GuestMappedAliases[] | undefined };
    };
  };
  GuestAuthManager: {
    properties: {
    };
    methods: {
      ValidateCredentialsInGuest: { args: { vm: MoRef; auth: GuestAuthentication; }; result: void };
      AcquireCredentialsInGuest: { args: { vm: MoRef; requestedAuth: GuestAuthentication; sessionID?: number | bigint | undefined; }; result: GuestAuthentication };
      ReleaseCredentialsInGuest: { args: { vm: MoRef; auth: GuestAuthentication; }; result: void };
    };
  };
  GuestFileManager: {
    properties: {
    };
    methods: {
      MakeDirectoryInGuest: { args: { vm: MoRef; auth: GuestAuthentication; directoryPath: string; createParentDirectories: boolean; }; result: void };
      DeleteFileInGuest: { args: { vm: MoRef; auth: GuestAuthentication; filePath: string; }; result: void };
      DeleteDirectoryInGuest: { args: { vm: MoRef; auth: GuestAuthentication; directoryPath: string; recursive: boolean; }; result: void };
      MoveDirectoryInGuest: { args: { vm: MoRef; auth: GuestAuthentication; srcDirectoryPath: string; dstDirectoryPath: string; }; result: void };
      MoveFileInGuest: { args: { vm: MoRef; auth: GuestAuthentication; srcFilePath: string; dstFilePath: string; overwrite: boolean; }; result: void };
      CreateTemporaryFileInGuest: { args: { vm: MoRef; auth: GuestAuthentication; prefix: string; suffix: string; directoryPath?: string | undefined; }; result: string };
      CreateTemporaryDirectoryInGuest: { args: { vm: MoRef; auth: GuestAuthentication; prefix: string; suffix: string; directoryPath?: string | undefined; }; result: string };
      ListFilesInGuest: { args: { vm: MoRef; auth: GuestAuthentication; filePath: string; index?: number | undefined; maxResults?: number | undefined; matchPattern?: string | undefined; }; result: GuestListFileInfo };
      ChangeFileAttributesInGuest: { args: { vm: MoRef; auth: GuestAuthentication; guestFilePath: string; fileAttributes: GuestFileAttributes; }; result: void };
      InitiateFileTransferFromGuest: { args: { vm: MoRef; auth: GuestAuthentication; guestFilePath: string; }; result: FileTransferInformation };
      InitiateFileTransferToGuest: { args: { vm: MoRef; auth: GuestAuthentication; guestFilePath: string; fileAttributes: GuestFileAttributes; fileSize: number | bigint; overwrite: boolean; }; result: string };
    };
  };
  GuestOperationsManager: {
    properties: {
      authManager?: MoRef | undefined;
      fileManager?: MoRef | undefined;
      processManager?: MoRef | undefined;
      guestWindowsRegistryManager?: MoRef | undefined;
      aliasManager?: MoRef | undefined;
    };
    methods: {
    };
  };
  GuestProcessManager: {
    properties: {
    };
    methods: {
      StartProgramInGuest: { args: { vm: MoRef; auth: GuestAuthentication; spec: GuestProgramSpec; }; result: number | bigint };
      ListProcessesInGuest: { args: { vm: MoRef; auth: GuestAuthentication; pids?: readonly (number | bigint)[] | undefined; }; result: readonly GuestProcessInfo[] | undefined };
      TerminateProcessInGuest: { args: { vm: MoRef; auth: GuestAuthentication; pid: number | bigint; }; result: void };
      ReadEnvironmentVariableInGuest: { args: { vm: MoRef; auth: GuestAuthentication; names?: readonly string[] | undefined; }; result: readonly string[] | undefined };
    };
  };
  GuestWindowsRegistryManager: {
    properties: {
    };
    methods: {
      CreateRegistryKeyInGuest: { args: { vm: MoRef; auth: GuestAuthentication; keyName: GuestRegKeyNameSpec; isVolatile: boolean; classType?: string | undefined; }; result: void };
      ListRegistryKeysInGuest: { args: { vm: MoRef; auth: GuestAuthentication; keyName: GuestRegKeyNameSpec; recursive: boolean; matchPattern?: string | undefined; }; result: readonly GuestRegKeyRecordSpec[] | undefined };
      DeleteRegistryKeyInGuest: { args: { vm: MoRef; auth: GuestAuthentication; keyName: GuestRegKeyNameSpec; recursive: boolean; }; result: void };
      SetRegistryValueInGuest: { args: { vm: MoRef; auth: GuestAuthentication; value: GuestRegValueSpec; }; result: void };
      ListRegistryValuesInGuest: { args: { vm: MoRef; auth: GuestAuthentication; keyName: GuestRegKeyNameSpec; expandStrings: boolean; matchPattern?: string | undefined; }; result: readonly GuestRegValueSpec[] | undefined };
      DeleteRegistryValueInGuest: { args: { vm: MoRef; auth: GuestAuthentication; valueName: GuestRegValueNameSpec; }; result: void };
    };
  };
  VStorageObjectManagerBase: {
    properties: {
    };
    methods: {
      VStorageObjectExtendDiskEx_Task: { args: { id: ID; datastore: MoRef; newCapacityInMB: number | bigint; }; result: MoRef };
      RenameVStorageObjectEx: { args: { id: ID; datastore: MoRef; name: string; }; result: vslmVClockInfo };
      VStorageObjectCreateSnapshotEx_Task: { args: { id: ID; datastore: MoRef; description: string; }; result: MoRef };
      VStorageObjectDeleteSnapshotEx_Task: { args: { id: ID; datastore: MoRef; snapshotId: ID; }; result: MoRef };
      RevertVStorageObjectEx_Task: { args: { id: ID; datastore: MoRef; snapshotId: ID; }; result: MoRef };
    };
  };
  AuthorizationManager: {
    properties: {
      privilegeList?: readonly AuthorizationPrivilege[] | undefined;
      roleList?: readonly AuthorizationRole[] | undefined;
      description: AuthorizationDescription;
    };
    methods: {
      AddAuthorizationRole: { args: { name: string; privIds?: readonly string[] | undefined; }; result: number };
      RemoveAuthorizationRole: { args: { roleId: number; failIfUsed: boolean; }; result: void };
      UpdateAuthorizationRole: { args: { roleId: number; newName: string; privIds?: readonly string[] | undefined; }; result: void };
      MergePermissions: { args: { srcRoleId: number; dstRoleId: number; }; result: void };
      RetrieveRolePermissions: { args: { roleId: number; }; result: readonly Permission[] | undefined };
      RetrieveEntityPermissions: { args: { entity: MoRef; inherited: boolean; }; result: readonly Permission[] | undefined };
      RetrieveAllPermissions: { args: {  }; result: readonly Permission[] | undefined };
      SetEntityPermissions: { args: { entity: MoRef; permission?: readonly Permission[] | undefined; }; result: void };
      ResetEntityPermissions: { args: { entity: MoRef; permission?: readonly Permission[] | undefined; }; result: void };
      RemoveEntityPermission: { args: { entity: MoRef; user: string; isGroup: boolean; }; result: void };
      HasPrivilegeOnEntity: { args: { entity: MoRef; sessionId: string; privId?: readonly string[] | undefined; }; result: readonly boolean[] | undefined };
      HasPrivilegeOnEntities: { args: { entity: readonly MoRef[]; sessionId: string; privId?: readonly string[] | undefined; }; result: readonly EntityPrivilege[] | undefined };
      HasUserPrivilegeOnEntities: { args: { entities: readonly MoRef[]; userName: string; privId?: readonly string[] | undefined; }; result: readonly EntityPrivilege[] | undefined };
      FetchUserPrivilegeOnEntities: { args: { entities: readonly MoRef[]; userName: string; }; result: readonly UserPrivilegeResult[] | undefined };
    };
  };
  LicenseAssignmentManager: {
    properties: {
    };
    methods: {
      UpdateAssignedLicense: { args: { entity: string; licenseKey: string; entityDisplayName?: string | undefined; }; result: LicenseManagerLicenseInfo };
      RemoveAssignedLicense: { args: { entityId: string; }; result: void };
      QueryAssignedLicenses: { args: { entityId?: string | undefined; }; result: readonly LicenseAssignmentManagerLicenseAssignment[] | undefined };
    };
  };
  ManagedEntity: {
    properties: {
      value?: readonly CustomFieldValue[] | undefined;
      availableField?: readonly CustomFieldDef[] | undefined;
      parent?: MoRef | undefined;
      customValue?: readonly CustomFieldValue[] | undefined;
      overallStatus: Enum.ManagedEntityStatus;
      configStatus: Enum.ManagedEntityStatus;
      configIssue?: readonly Event[] | undefined;
      effectiveRole?: readonly number[] | undefined;
      permission?: readonly Permission[] | undefined;
      name: string;
      disabledMethod?: readonly string[] | undefined;
      recentTask?: readonly MoRef[] | undefined;
      declaredAlarmState?: readonly DynamicData[] | undefined;
      triggeredAlarmState?: readonly DynamicData[] | undefined;
      alarmActionsEnabled?: boolean | undefined;
      tag?: readonly Tag[] | undefined;
    };
    methods: {
      setCustomValue: { args: { key: string; value: string; }; result: void };
      Reload: { args: {  }; result: void };
      Rename_Task: { args: { newName: string; }; result: MoRef };
      Destroy_Task: { args: {  }; result: MoRef };
    };
  };
  Network: {
    properties: {
      value?: readonly CustomFieldValue[] | undefined;
      availableField?: readonly CustomFieldDef[] | undefined;
      parent?: MoRef | undefined;
      customValue?: readonly CustomFieldValue[] | undefined;
      overallStatus: Enum.ManagedEntityStatus;
      configStatus: Enum.ManagedEntityStatus;
      configIssue?: readonly Event[] | undefined;
      effectiveRole?: readonly number[] | undefined;
      permission?: readonly Permission[] | undefined;
      name: string;
      disabledMethod?: readonly string[] | undefined;
      recentTask?: readonly MoRef[] | undefined;
      declaredAlarmState?: readonly DynamicData[] | undefined;
      triggeredAlarmState?: readonly DynamicData[] | undefined;
      alarmActionsEnabled?: boolean | undefined;
      tag?: readonly Tag[] | undefined;
      summary: NetworkSummary;
      host?: readonly MoRef[] | undefined;
      vm?: readonly MoRef[] | undefined;
    };
    methods: {
      setCustomValue: { args: { key: string; value: string; }; result: void };
      Reload: { args: {  }; result: void };
      Rename_Task: { args: { newName: string; }; result: MoRef };
      Destroy_Task: { args: {  }; result: MoRef };
      DestroyNetwork: { args: {  }; result: void };
    };
  };
  OpaqueNetwork: {
    properties: {
      value?: readonly CustomFieldValue[] | undefined;
      availableField?: readonly CustomFieldDef[] | undefined;
      parent?: MoRef | undefined;
      customValue?: readonly CustomFieldValue[] | undefined;
      overallStatus: Enum.ManagedEntityStatus;
      configStatus: Enum.ManagedEntityStatus;
      configIssue?: readonly Event[] | undefined;
      effectiveRole?: readonly number[] | undefined;
      permission?: readonly Permission[] | undefined;
      name: string;
      disabledMethod?: readonly string[] | undefined;
      recentTask?: readonly MoRef[] | undefined;
      declaredAlarmState?: readonly DynamicData[] | undefined;
      triggeredAlarmState?: readonly DynamicData[] | undefined;
      alarmActionsEnabled?: boolean | undefined;
      tag?: readonly Tag[] | undefined;
      summary: NetworkSummary;
      host?: readonly MoRef[] | undefined;
      vm?: readonly MoRef[] | undefined;
      capability?: OpaqueNetworkCapability | undefined;
      extraConfig?: readonly OptionValue[] | undefined;
    };
    methods: {
      setCustomValue: { args: { key: string; value: string; }; result: void };
      Reload: { args: {  }; result: void };
      Rename_Task: { args: { newName: string; }; result: MoRef };
      Destroy_Task: { args: {  }; result: MoRef };
      DestroyNetwork: { args: {  }; result: void };
    };
  };
  ResourcePool: {
    properties: {
      value?: readonly CustomFieldValue[] | undefined;
      availableField?: readonly CustomFieldDef[] | undefined;
      parent?: MoRef | undefined;
      customValue?: readonly CustomFieldValue[] | undefined;
      overallStatus: Enum.ManagedEntityStatus;
      configStatus: Enum.ManagedEntityStatus;
      configIssue?: readonly Event[] | undefined;
      effectiveRole?: readonly number[] | undefined;
      permission?: readonly Permission[] | undefined;
      name: string;
      disabledMethod?: readonly string[] | undefined;
      recentTask?: readonly MoRef[] | undefined;
      declaredAlarmState?: readonly DynamicData[] | undefined;
      triggeredAlarmState?: readonly DynamicData[] | undefined;
      alarmActionsEnabled?: boolean | undefined;
      tag?: readonly Tag[] | undefined;
      summary: ResourcePoolSummary;
      runtime: ResourcePoolRuntimeInfo;
      owner: MoRef;
      resourcePool?: readonly MoRef[] | undefined;
      vm?: readonly MoRef[] | undefined;
      config: ResourceConfigSpec;
      namespace?: string | undefined;
      childConfiguration?: readonly ResourceConfigSpec[] | undefined;
    };
    methods: {
      setCustomValue: { args: { key: string; value: string; }; result: void };
      Reload: { args: {  }; result: void };
      Rename_Task: { args: { newName: string; }; result: MoRef };
      Destroy_Task: { args: {  }; result: MoRef };
      UpdateConfig: { args: { name?: string | undefined; config?: ResourceConfigSpec | undefined; }; result: void };
      MoveIntoResourcePool: { args: { list: readonly MoRef[]; }; result: void };
      UpdateChildResourceConfiguration: { args: { spec: readonly ResourceConfigSpec[]; }; result: void };
      CreateResourcePool: { args: { name: string; spec: ResourceConfigSpec; }; result: MoRef };
      DestroyChildren: { args: {  }; result: void };
      CreateVApp: { args: { name: string; resSpec: ResourceConfigSpec; configSpec: VAppConfigSpec; vmFolder?: MoRef | undefined; }; result: MoRef };
      CreateChildVM_Task: { args: { config: VirtualMachineConfigSpec; host?: MoRef | undefined; }; result: MoRef };
      RegisterChildVM_Task: { args: { path: string; name?: string | undefined; host?: MoRef | undefined; }; result: MoRef };
      ImportVApp: { args: { spec: ImportSpec; folder?: MoRef | undefined; host?: MoRef | undefined; }; result: MoRef };
      QueryResourceConfigOption: { args: {  }; result: ResourceConfigOption };
      RefreshRuntime: { args: {  }; result: void };
    };
  };
  Task: {
    properties: {
      value?: readonly CustomFieldValue[] | undefined;
      availableField?: readonly CustomFieldDef[] | undefined;
      info: TaskInfo;
    };
    methods: {
      setCustomValue: { args: { key: string; value: string; }; result: void };
      CancelTask: { args: {  }; result: void };
      UpdateProgress: { args: { percentDone: number; }; result: void };
      SetTaskState: { args: { state: Enum.TaskInfoState; result?: unknown; fault?: LocalizedMethodFault | undefined; }; result: void };
      SetTaskDescription: { args: { description: LocalizableMessage; }; result: void };
    };
  };
  VirtualApp: {
    properties: {
      value?: readonly CustomFieldValue[] | undefined;
      availableField?: readonly CustomFieldDef[] | undefined;
      parent?: MoRef | undefined;
      customValue?: readonly CustomFieldValue[] | undefined;
      overallStatus: Enum.ManagedEntityStatus;
      configStatus: Enum.ManagedEntityStatus;
      configIssue?: readonly Event[] | undefined;
      effectiveRole?: readonly number[] | undefined;
      permission?: readonly Permission[] | undefined;
      name: string;
      disabledMethod?: readonly string[] | undefined;
      recentTask?: readonly MoRef[] | undefined;
      declaredAlarmState?: readonly DynamicData[] | undefined;
      triggeredAlarmState?: readonly DynamicData[] | undefined;
      alarmActionsEnabled?: boolean | undefined;
      tag?: readonly Tag[] | undefined;
      summary: ResourcePoolSummary;
      runtime: ResourcePoolRuntimeInfo;
      owner: MoRef;
      resourcePool?: readonly MoRef[] | undefined;
      vm?: readonly MoRef[] | undefined;
      config: ResourceConfigSpec;
      namespace?: string | undefined;
      childConfiguration?: readonly ResourceConfigSpec[] | undefined;
      parentFolder?: MoRef | undefined;
      datastore?: readonly MoRef[] | undefined;
      network?: readonly MoRef[] | undefined;
      vAppConfig?: VAppConfigInfo | undefined;
      parentVApp?: MoRef | undefined;
      childLink?: readonly VirtualAppLinkInfo[] | undefined;
    };
    methods: {
      setCustomValue: { args: { key: string; value: string; }; result: void };
      Reload: { args: {  }; result: void };
      Rename_Task: { args: { newName: string; }; result: MoRef };
      Destroy_Task: { args: {  }; result: MoRef };
      UpdateConfig: { args: { name?: string | undefined; config?: ResourceConfigSpec | undefined; }; result: void };
      MoveIntoResourcePool: { args: { list: readonly MoRef[]; }; result: void };
      UpdateChildResourceConfiguration: { args: { spec: readonly ResourceConfigSpec[]; }; result: void };
      CreateResourcePool: { args: { name: string; spec: ResourceConfigSpec; }; result: MoRef };
      DestroyChildren: { args: {  }; result: void };
      CreateVApp: { args: { name: string; resSpec: ResourceConfigSpec; configSpec: VAppConfigSpec; vmFolder?: MoRef | undefined; }; result: MoRef };
      CreateChildVM_Task: { args: { config: VirtualMachineConfigSpec; host?: MoRef | undefined; }; result: MoRef };
      RegisterChildVM_Task: { args: { path: string; name?: string | undefined; host?: MoRef | undefined; }; result: MoRef };
      ImportVApp: { args: { spec: ImportSpec; folder?: MoRef | undefined; host?: MoRef | undefined; }; result: MoRef };
      QueryResourceConfigOption: { args: {  }; result: ResourceConfigOption };
      RefreshRuntime: { args: {  }; result: void };
      UpdateVAppConfig: { args: { spec: VAppConfigSpec; }; result: void };
      UpdateLinkedChildren: { args: { addChangeSet?: readonly VirtualAppLinkInfo[] | undefined; removeSet?: readonly MoRef[] | undefined; }; result: void };
      CloneVApp_Task: { args: { name: string; target: MoRef; spec: VAppCloneSpec; }; result: MoRef };
      ExportVApp: { args: {  }; result: MoRef };
      PowerOnVApp_Task: { args: {  }; result: MoRef };
      PowerOffVApp_Task: { args: { force: boolean; }; result: MoRef };
      SuspendVApp_Task: { args: {  }; result: MoRef };
      unregisterVApp_Task: { args: {  }; result: MoRef };
    };
  };
  VirtualDiskManager: {
    properties: {
    };
    methods: {
      CreateVirtualDisk_Task: { args: { name: string; datacenter?: MoRef | undefined; spec: VirtualDiskSpec; }; result: MoRef };
      DeleteVirtualDisk_Task: { args: { name: string; datacenter?: MoRef | undefined; }; result: MoRef };
      MoveVirtualDisk_Task: { args: { sourceName: string; sourceDatacenter?: MoRef | undefined; destName: string; destDatacenter?: MoRef | undefined; force?: boolean | undefined; profile?: readonly VirtualMachineProfileSpec[] | undefined; }; result: MoRef };
      CopyVirtualDisk_Task: { args: { sourceName: string; sourceDatacenter?: MoRef | undefined; destName: string; destDatacenter?: MoRef | undefined; destSpec?: VirtualDiskSpec | undefined; force?: boolean | undefined; }; result: MoRef };
      ExtendVirtualDisk_Task: { args: { name: string; datacenter?: MoRef | undefined; newCapacityKb: number | bigint; eagerZero?: boolean | undefined; }; result: MoRef };
      QueryVirtualDiskFragmentation: { args: { name: string; datacenter?: MoRef | undefined; }; result: number };
      DefragmentVirtualDisk_Task: { args: { name: string; datacenter?: MoRef | undefined; }; result: MoRef };
      ShrinkVirtualDisk_Task: { args: { name: string; datacenter?: MoRef | undefined; copy?: boolean | undefined; }; result: MoRef };
      InflateVirtualDisk_Task: { args: { name: string; datacenter?: MoRef | undefined; }; result: MoRef };
      EagerZeroVirtualDisk_Task: { args: { name: string; datacenter?: MoRef | undefined; }; result: MoRef };
      ZeroFillVirtualDisk_Task: { args: { name: string; datacenter?: MoRef | undefined; }; result: MoRef };
      SetVirtualDiskUuid: { args: { name: string; datacenter?: MoRef | undefined; uuid: string; }; result: void };
      QueryVirtualDiskUuid: { args: { name: string; datacenter?: MoRef | undefined; }; result: string };
      QueryVirtualDiskGeometry: { args: { name: string; datacenter?: MoRef | undefined; }; result: HostDiskDimensionsChs };
      ImportUnmanagedSnapshot: { args: { vdisk: string; datacenter?: MoRef | undefined; vvolId: string; }; result: void };
      ReleaseManagedSnapshot: { args: { vdisk: string; datacenter?: MoRef | undefined; }; result: void };
    };
  };
  VirtualMachine: {
    properties: {
      value?: readonly CustomFieldValue[] | undefined;
      availableField?: readonly CustomFieldDef[] | undefined;
      parent?: MoRef | undefined;
      customValue?: readonly CustomFieldValue[] | undefined;
      overallStatus: Enum.ManagedEntityStatus;
      configStatus: Enum.ManagedEntityStatus;
      configIssue?: readonly Event[] | undefined;
      effectiveRole?: readonly number[] | undefined;
      permission?: readonly Permission[] | undefined;
      name: string;
      disabledMethod?: readonly string[] | undefined;
      recentTask?: readonly MoRef[] | undefined;
      declaredAlarmState?: readonly DynamicData[] | undefined;
      triggeredAlarmState?: readonly DynamicData[] | undefined;
      alarmActionsEnabled?: boolean | undefined;
      tag?: readonly Tag[] | undefined;
      capability: VirtualMachineCapability;
      config?: VirtualMachineConfigInfo | undefined;
      layout?: VirtualMachineFileLayout | undefined;
      layoutEx?: VirtualMachineFileLayoutEx | undefined;
      storage?: VirtualMachineStorageInfo | undefined;
      environmentBrowser: MoRef;
      resourcePool?: MoRef | undefined;
      parentVApp?: MoRef | undefined;
      resourceConfig?: ResourceConfigSpec | undefined;
      runtime: VirtualMachineRuntimeInfo;
      guest?: GuestInfo | undefined;
      summary: VirtualMachineSummary;
      datastore?: readonly MoRef[] | undefined;
      network?: readonly MoRef[] | undefined;
      snapshot?: VirtualMachineSnapshotInfo | undefined;
      rootSnapshot?: readonly MoRef[] | undefined;
      guestHeartbeatStatus: Enum.ManagedEntityStatus;
    };
    methods: {
      setCustomValue: { args: { key: string; value: string; }; result: void };
      Reload: { args: {  }; result: void };
      Rename_Task: { args: { newName: string; }; result: MoRef };
      Destroy_Task: { args: {  }; result: MoRef };
      RefreshStorageInfo: { args: {  }; result: void };
      CreateSnapshot_Task: { args: { name: string; description?: string | undefined; memory: boolean; quiesce: boolean; }; result: MoRef };
      CreateSnapshotEx_Task: { args: { name: string; description?: string | undefined; memory: boolean; quiesceSpec?: VirtualMachineGuestQuiesceSpec | undefined; }; result: MoRef };
      RevertToCurrentSnapshot_Task: { args: { host?: MoRef | undefined; suppressPowerOn?: boolean | undefined; }; result: MoRef };
      RemoveAllSnapshots_Task: { args: { consolidate?: boolean | undefined; spec?: SnapshotSelectionSpec | undefined; }; result: MoRef };
      ConsolidateVMDisks_Task: { args: {  }; result: MoRef };
      EstimateStorageForConsolidateSnapshots_Task: { args: {  }; result: MoRef };
      ReconfigVM_Task: { args: { spec: VirtualMachineConfigSpec; }; result: MoRef };
      UpgradeVM_Task: { args: { version?: string | undefined; }; result: MoRef };
      ExtractOvfEnvironment: { args: {  }; result: string };
      PowerOnVM_Task: { args: { host?: MoRef | undefined; }; result: MoRef };
      PowerOffVM_Task: { args: {  }; result: MoRef };
      SuspendVM_Task: { args: {  }; result: MoRef };
      ResetVM_Task: { args: {  }; result: MoRef };
      ShutdownGuest: { args: {  }; result: void };
      RebootGuest: { args: {  }; result: void };
      StandbyGuest: { args: {  }; result: void };
      AnswerVM: { args: { questionId: string; answerChoice: string; }; result: void };
      CustomizeVM_Task: { args: { spec: CustomizationSpec; }; result: MoRef };
      CheckCustomizationSpec: { args: { spec: CustomizationSpec; }; result: void };
      MigrateVM_Task: { args: { pool?: MoRef | undefined; host?: MoRef | undefined; priority: Enum.VirtualMachineMovePriority; state?: Enum.VirtualMachinePowerState | undefined; }; result: MoRef };
      RelocateVM_Task: { args: { spec: VirtualMachineRelocateSpec; priority?: Enum.VirtualMachineMovePriority | undefined; }; result: MoRef };
      CloneVM_Task: { args: { folder: MoRef; name: string; spec: VirtualMachineCloneSpec; }; result: MoRef };
      InstantClone_Task: { args: { spec: VirtualMachineInstantCloneSpec; }; result: MoRef };
      ExportVm: { args: {  }; result: MoRef };
      MarkAsTemplate: { args: {  }; result: void };
      MarkAsVirtualMachine: { args: { pool: MoRef; host?: MoRef | undefined; }; result: void };
      UnregisterVM: { args: {  }; result: void };
      ResetGuestInformation: { args: {  }; result: void };
      MountToolsInstaller: { args: {  }; result: void };
      UnmountToolsInstaller: { args: {  }; result: void };
      UpgradeTools_Task: { args: { installerOptions?: string | undefined; }; result: MoRef };
      AcquireMksTicket: { args: {  }; result: VirtualMachineMksTicket };
      QueryConnections: { args: {  }; result: readonly VirtualMachineConnection[] | undefined };
      DropConnections: { args: { listOfConnections?: readonly VirtualMachineConnection[] | undefined; }; result: boolean };
      AcquireTicket: { args: { ticketType: string; }; result: VirtualMachineTicket };
      SetScreenResolution: { args: { width: number; height: number; }; result: void };
      DefragmentAllDisks: { args: {  }; result: void };
      CreateSecondaryVM_Task: { args: { host?: MoRef | undefined; }; result: MoRef };
      CreateSecondaryVMEx_Task: { args: { host?: MoRef | undefined; spec?: FaultToleranceConfigSpec | undefined; }; result: MoRef };
      TurnOffFaultToleranceForVM_Task: { args: {  }; result: MoRef };
      MakePrimaryVM_Task: { args: { vm: MoRef; }; result: MoRef };
      TerminateFaultTolerantVM_Task: { args: { vm?: MoRef | undefined; }; result: MoRef };
      DisableSecondaryVM_Task: { args: { vm: MoRef; }; result: MoRef };
      EnableSecondaryVM_Task: { args: { vm: MoRef; host?: MoRef | undefined; }; result: MoRef };
      SetDisplayTopology: { args: { displays: readonly VirtualMachineDisplayTopology[]; }; result: void };
      StartRecording_Task: { args: { name: string; description?: string | undefined; }; result: MoRef };
      StopRecording_Task: { args: {  }; result: MoRef };
      StartReplaying_Task: { args: { replaySnapshot: MoRef; }; result: MoRef };
      StopReplaying_Task: { args: {  }; result: MoRef };
      PromoteDisks_Task: { args: { unlink: boolean; disks?: readonly VirtualDisk[] | undefined; }; result: MoRef };
      CreateScreenshot_Task: { args: {  }; result: MoRef };
      PutUsbScanCodes: { args: { spec: UsbScanCodeSpec; }; result: number };
      QueryChangedDiskAreas: { args: { snapshot?: MoRef | undefined; deviceKey: number; startOffset: number | bigint; changeId: string; }; result: DiskChangeInfo };
      QueryUnownedFiles: { args: {  }; result: readonly string[] | undefined };
      reloadVirtualMachineFromPath_Task: { args: { configurationPath: string; }; result: MoRef };
      QueryFaultToleranceCompatibility: { args: {  }; result: readonly MethodFault[] | undefined };
      QueryFaultToleranceCompatibilityEx: { args: { forLegacyFt?: boolean | undefined; }; result: readonly MethodFault[] | undefined };
      TerminateVM: { args: {  }; result: void };
      SendNMI: { args: {  }; result: void };
      AttachDisk_Task: { args: { diskId: ID; datastore: MoRef; controllerKey?: number | undefined; unitNumber?: number | undefined; }; result: MoRef };
      DetachDisk_Task: { args: { diskId: ID; }; result: MoRef };
      ApplyEvcModeVM_Task: { args: { mask?: readonly HostFeatureMask[] | undefined; completeMasks?: boolean | undefined; }; result: MoRef };
      CryptoUnlock_Task: { args: {  }; result: MoRef };
    };
  };
  HostActiveDirectoryAuthentication: {
    properties: {
      info: HostAuthenticationStoreInfo;
    };
    methods: {
      JoinDomain_Task: { args: { domainName: string; userName: string; password: string; }; result: MoRef };
      JoinDomainWithCAM_Task: { args: { domainName: string; camServer: string; }; result: MoRef };
      ImportCertificateForCAM_Task: { args: { certPath: string; camServer: string; }; result: MoRef };
      LeaveCurrentDomain_Task: { args: { force: boolean; }; result: MoRef };
      EnableSmartCardAuthentication: { args: {  }; result: void };
      InstallSmartCardTrustAnchor: { args: { cert: string; }; result: void };
      ReplaceSmartCardTrustAnchors: { args: { certs?: readonly string[] | undefined; }; result: void };
      RemoveSmartCardTrustAnchor: { args: { issuer: string; serial: string; }; result: void };
      RemoveSmartCardTrustAnchorByFingerprint: { args: { fingerprint: string; digest: string; }; result: void };
      ListSmartCardTrustAnchors: { args: {  }; result: readonly string[] | undefined };
      DisableSmartCardAuthentication: { args: {  }; result: void };
    };
  };
  HostDatastoreSystem: {
    properties: {
      datastore?: readonly MoRef[] | undefined;
      capabilities: HostDatastoreSystemCapabilities;
    };
    methods: {
      UpdateLocalSwapDatastore: { args: { datastore?: MoRef | undefined; }; result: void };
      QueryAvailableDisksForVmfs: { args: { datastore?: MoRef | undefined; }; result: readonly HostScsiDisk[] | undefined };
      QueryVmfsDatastoreCreateOptions: { args: { devicePath: string; vmfsMajorVersion?: number | undefined; }; result: readonly VmfsDatastoreOption[] | undefined };
      CreateVmfsDatastore: { args: { spec: VmfsDatastoreCreateSpec; }; result: MoRef };
      QueryVmfsDatastoreExtendOptions: { args: { datastore: MoRef; devicePath: string; suppressExpandCandidates?: boolean | undefined; }; result: readonly VmfsDatastoreOption[] | undefined };
      QueryVmfsDatastoreExpandOptions: { args: { datastore: MoRef; }; result: readonly VmfsDatastoreOption[] | undefined };
      ExtendVmfsDatastore: { args: { datastore: MoRef; spec: VmfsDatastoreExtendSpec; }; result: MoRef };
      EnableClusteredVmdkSupport: { args: { datastore: MoRef; }; result: void };
      DisableClusteredVmdkSupport: { args: { datastore: MoRef; }; result: void };
      ExpandVmfsDatastore: { args: { datastore: MoRef; spec: VmfsDatastoreExpandSpec; }; result: MoRef };
      CreateNasDatastore: { args: { spec: HostNasVolumeSpec; }; result: MoRef };
      CreateLocalDatastore: { args: { name: string; path: string; }; result: MoRef };
      CreateVvolDatastore: { args: { spec: HostDatastoreSystemVvolDatastoreSpec; }; result: MoRef };
      RemoveDatastore: { args: { datastore: MoRef; }; result: void };
      SetMaxQueueDepth: { args: { datastore: MoRef; maxQdepth: number | bigint; }; result: void };
      QueryMaxQueueDepth: { args: { datastore: MoRef; }; result: number | bigint };
      RemoveDatastoreEx_Task: { args: { datastore: readonly MoRef[]; }; result: MoRef };
      ConfigureDatastorePrincipal: { args: { userName: string; password?: string | undefined; }; result: void };
      QueryUnresolvedVmfsVolumes: { args: {  }; result: readonly HostUnresolvedVmfsVolume[] | undefined };
      ResignatureUnresolvedVmfsVolume_Task: { args: { resolutionSpec: HostUnresolvedVmfsResignatureSpec; }; result: MoRef };
    };
  };
  HostFirewallSystem: {
    properties: {
      value?: readonly CustomFieldValue[] | undefined;
      availableField?: readonly CustomFieldDef[] | undefined;
      firewallInfo?: HostFirewallInfo | undefined;
    };
    methods: {
      setCustomValue: { args: { key: string; value: string; }; result: void };
      UpdateDefaultPolicy: { args: { defaultPolicy: HostFirewallDefaultPolicy; }; result: void };
      EnableRuleset: { args: { id: string; }; result: void };
      DisableRuleset: { args: { id: string; }; result: void };
      UpdateRuleset: { args: { id: string; spec: HostFirewallRulesetRulesetSpec; }; result: void };
      RefreshFirewall: { args: {  }; result: void };
    };
  };
  HostNetworkSystem: {
    properties: {
      value?: readonly CustomFieldValue[] | undefined;
      availableField?: readonly CustomFieldDef[] | undefined;
      capabilities?: HostNetCapabilities | undefined;
      networkInfo?: HostNetworkInfo | undefined;
      offloadCapabilities?: HostNetOffloadCapabilities | undefined;
      networkConfig?: HostNetworkConfig | undefined;
      dnsConfig?: HostDnsConfig | undefined;
      ipRouteConfig?: HostIpRouteConfig | undefined;
      consoleIpRouteConfig?: HostIpRouteConfig | undefined;
    };
    methods: {
      setCustomValue: { args: { key: string; value: string; }; result: void };
      UpdateNetworkConfig: { args: { config: HostNetworkConfig; changeMode: string; }; result: HostNetworkConfigResult };
      UpdateDnsConfig: { args: { config: HostDnsConfig; }; result: void };
      UpdateIpRouteConfig: { args: { config: HostIpRouteConfig; }; result: void };
      UpdateConsoleIpRouteConfig: { args: { config: HostIpRouteConfig; }; result: void };
      UpdateIpRouteTableConfig: { args: { config: HostIpRouteTableConfig; }; result: void };
      AddVirtualSwitch: { args: { vswitchName: string; spec?: HostVirtualSwitchSpec | undefined; }; result: void };
      RemoveVirtualSwitch: { args: { vswitchName: string; }; result: void };
      UpdateVirtualSwitch: { args: { vswitchName: string; spec: HostVirtualSwitchSpec; }; result: void };
      AddPortGroup: { args: { portgrp: HostPortGroupSpec; }; result: void };
      RemovePortGroup: { args: { pgName: string; }; result: void };
      UpdatePortGroup: { args: { pgName: string; portgrp: HostPortGroupSpec; }; result: void };
      UpdatePhysicalNicLinkSpeed: { args: { device: string; linkSpeed?: PhysicalNicLinkInfo | undefined; }; result: void };
      QueryNetworkHint: { args: { device?: readonly string[] | undefined; }; result: readonly PhysicalNicHintInfo[] | undefined };
      AddVirtualNic: { args: { portgroup: string; nic: HostVirtualNicSpec; }; result: string };
      RemoveVirtualNic: { args: { device: string; }; result: void };
      UpdateVirtualNic: { args: { device: string; nic: HostVirtualNicSpec; }; result: void };
      AddServiceConsoleVirtualNic: { args: { portgroup: string; nic: HostVirtualNicSpec; }; result: string };
      RemoveServiceConsoleVirtualNic: { args: { device: string; }; result: void };
      UpdateServiceConsoleVirtualNic: { args: { device: string; nic: HostVirtualNicSpec; }; result: void };
      RestartServiceConsoleVirtualNic: { args: { device: string; }; result: void };
      RefreshNetworkSystem: { args: {  }; result: void };
      startDpuFailover: { args: { dvsName: string; targetDpuAlias?: string | undefined; }; result: void };
    };
  };
  HostVFlashManager: {
    properties: {
      vFlashConfigInfo?: HostVFlashManagerVFlashConfigInfo | undefined;
    };
    methods: {
      ConfigureVFlashResourceEx_Task: { args: { devicePath?: readonly string[] | undefined; }; result: MoRef };
      HostConfigureVFlashResource: { args: { spec: HostVFlashManagerVFlashResourceConfigSpec; }; result: void };
      HostRemoveVFlashResource: { args: {  }; result: void };
      HostConfigVFlashCache: { args: { spec: HostVFlashManagerVFlashCacheConfigSpec; }; result: void };
      HostGetVFlashModuleDefaultConfig: { args: { vFlashModule: string; }; result: VirtualDiskVFlashCacheConfigInfo };
    };
  };
  ManagedObjectView: {
    properties: {
      view?: readonly MoRef[] | undefined;
    };
    methods: {
      DestroyView: { args: {  }; result: void };
    };
  };
  VirtualMachineProvisioningChecker: {
    properties: {
    };
    methods: {
      QueryVMotionCompatibilityEx_Task: { args: { vm: readonly MoRef[]; host: readonly MoRef[]; }; result: MoRef };
      CheckMigrate_Task: { args: { vm: MoRef; host?: MoRef | undefined; pool?: MoRef | undefined; state?: Enum.VirtualMachinePowerState | undefined; testType?: readonly string[] | undefined; }; result: MoRef };
      CheckRelocate_Task: { args: { vm: MoRef; spec: VirtualMachineRelocateSpec; testType?: readonly string[] | undefined; }; result: MoRef };
      CheckClone_Task: { args: { vm: MoRef; folder: MoRef; name: string; spec: VirtualMachineCloneSpec; testType?: readonly string[] | undefined; }; result: MoRef };
      CheckInstantClone_Task: { args: { vm: MoRef; spec: VirtualMachineInstantCloneSpec; testType?: readonly string[] | undefined; }; result: MoRef };
    };
  };
  HostVStorageObjectManager: {
    properties: {
    };
    methods: {
      VStorageObjectExtendDiskEx_Task: { args: { id: ID; datastore: MoRef; newCapacityInMB: number | bigint; }; result: MoRef };
      RenameVStorageObjectEx: { args: { id: ID; datastore: MoRef; name: string; }; result: vslmVClockInfo };
      VStorageObjectCreateSnapshotEx_Task: { args: { id: ID; datastore: MoRef; description: string; }; result: MoRef };
      VStorageObjectDeleteSnapshotEx_Task: { args: { id: ID; datastore: MoRef; snapshotId: ID; }; result: MoRef };
      RevertVStorageObjectEx_Task: { args: { id: ID; datastore: MoRef; snapshotId: ID; }; result: MoRef };
      HostCreateDisk_Task: { args: { spec: VslmCreateSpec; }; result: MoRef };
      HostRegisterDisk: { args: { path: string; name?: string | undefined; modifyControlFlags?: boolean | undefined; }; result: VStorageObject };
      HostExtendDisk_Task: { args: { id: ID; datastore: MoRef; newCapacityInMB: number | bigint; }; result: MoRef };
      HostInflateDisk_Task: { args: { id: ID; datastore: MoRef; }; result: MoRef };
      HostRenameVStorageObject: { args: { id: ID; datastore: MoRef; name: string; }; result: void };
      HostRetrieveVStorageInfrastructureObjectPolicy: { args: { datastore: MoRef; }; result: readonly vslmInfrastructureObjectPolicy[] | undefined };
      HostDeleteVStorageObject_Task: { args: { id: ID; datastore: MoRef; }; result: MoRef };
      HostRetrieveVStorageObject: { args: { id: ID; datastore: MoRef; diskInfoFlags?: readonly string[] | undefined; }; result: VStorageObject };
      HostRetrieveVStorageObjectState: { args: { id: ID; datastore: MoRef; }; result: VStorageObjectStateInfo };
      HostListVStorageObject: { args: { datastore: MoRef; }; result: readonly ID[] | undefined };
      HostCloneVStorageObject_Task: { args: { id: ID; datastore: MoRef; spec: VslmCloneSpec; }; result: MoRef };
      HostRelocateVStorageObject_Task: { args: { id: ID; datastore: MoRef; spec: VslmRelocateSpec; }; result: MoRef };
      HostSetVStorageObjectControlFlags: { args: { id: ID; datastore: MoRef; controlFlags?: readonly string[] | undefined; }; result: void };
      HostClearVStorageObjectControlFlags: { args: { id: ID; datastore: MoRef; controlFlags?: readonly string[] | undefined; }; result: void };
      HostReconcileDatastoreInventory_Task: { args: { datastore: MoRef; }; result: MoRef };
      HostScheduleReconcileDatastoreInventory: { args: { datastore: MoRef; }; result: void };
      HostVStorageObjectCreateSnapshot_Task: { args: { id: ID; datastore: MoRef; description: string; }; result: MoRef };
      HostVStorageObjectDeleteSnapshot_Task: { args: { id: ID; datastore: MoRef; snapshotId: ID; }; result: MoRef };
      HostVStorageObjectRetrieveSnapshotInfo: { args: { id: ID; datastore: MoRef; }; result: VStorageObjectSnapshotInfo };
      HostVStorageObjectCreateDiskFromSnapshot_Task: { args: { id: ID; datastore: MoRef; snapshotId: ID; name: string; profile?: readonly VirtualMachineProfileSpec[] | undefined; crypto?: DynamicData | undefined; path?: string | undefined; provisioningType?: string | undefined; }; result: MoRef };
      HostVStorageObjectRevert_Task: { args: { id: ID; datastore: MoRef; snapshotId: ID; }; result: MoRef };
      HostUpdateVStorageObjectMetadata_Task: { args: { id: ID; datastore: MoRef; metadata?: readonly KeyValue[] | undefined; deleteKeys?: readonly string[] | undefined; }; result: MoRef };
      HostRetrieveVStorageObjectMetadata: { args: { id: ID; datastore: MoRef; snapshotId?: ID | undefined; prefix?: string | undefined; }; result: readonly KeyValue[] | undefined };
      HostRetrieveVStorageObjectMetadataValue: { args: { id: ID; datastore: MoRef; snapshotId?: ID | undefined; key: string; }; result: string };
      HostDeleteVStorageObjectEx_Task: { args: { id: ID; datastore: MoRef; }; result: MoRef };
      HostUpdateVStorageObjectMetadataEx_Task: { args: { id: ID; datastore: MoRef; metadata?: readonly KeyValue[] | undefined; deleteKeys?: readonly string[] | undefined; }; result: MoRef };
      HostSetVirtualDiskUuid_Task: { args: { name: string; uuid?: string | undefined; }; result: MoRef };
      HostQueryVirtualDiskUuid: { args: { name: string; }; result: string };
    };
  };
  ComputeResource: {
    properties: {
      value?: readonly CustomFieldValue[] | undefined;
      availableField?: readonly CustomFieldDef[] | undefined;
      parent?: MoRef | undefined;
      customValue?: readonly CustomFieldValue[] | undefined;
      overallStatus: Enum.ManagedEntityStatus;
      configStatus: Enum.ManagedEntityStatus;
      configIssue?: readonly Event[] | undefined;
      effectiveRole?: readonly number[] | undefined;
      permission?: readonly Permission[] | undefined;
      name: string;
      disabledMethod?: readonly string[] | undefined;
      recentTask?: readonly MoRef[] | undefined;
      declaredAlarmState?: readonly DynamicData[] | undefined;
      triggeredAlarmState?: readonly DynamicData[] | undefined;
      alarmActionsEnabled?: boolean | undefined;
      tag?: readonly Tag[] | undefined;
      resourcePool?: MoRef | undefined;
      host?: readonly MoRef[] | undefined;
      datastore?: readonly MoRef[] | undefined;
      network?: readonly MoRef[] | undefined;
      summary: ComputeResourceSummary;
      environmentBrowser?: MoRef | undefined;
      configurationEx: ComputeResourceConfigInfo;
      lifecycleManaged?: boolean | undefined;
      configManagerEnabled?: boolean | undefined;
    };
    methods: {
      setCustomValue: { args: { key: string; value: string; }; result: void };
      Reload: { args: {  }; result: void };
      Rename_Task: { args: { newName: string; }; result: MoRef };
      Destroy_Task: { args: {  }; result: MoRef };
      ReconfigureComputeResource_Task: { args: { spec: ComputeResourceConfigSpec; modify: boolean; }; result: MoRef };
    };
  };
  Datacenter: {
    properties: {
      value?: readonly CustomFieldValue[] | undefined;
      availableField?: readonly CustomFieldDef[] | undefined;
      parent?: MoRef | undefined;
      customValue?: readonly CustomFieldValue[] | undefined;
      overallStatus: Enum.ManagedEntityStatus;
      configStatus: Enum.ManagedEntityStatus;
      configIssue?: readonly Event[] | undefined;
      effectiveRole?: readonly number[] | undefined;
      permission?: readonly Permission[] | undefined;
      name: string;
      disabledMethod?: readonly string[] | undefined;
      recentTask?: readonly MoRef[] | undefined;
      declaredAlarmState?: readonly DynamicData[] | undefined;
      triggeredAlarmState?: readonly DynamicData[] | undefined;
      alarmActionsEnabled?: boolean | undefined;
      tag?: readonly Tag[] | undefined;
      vmFolder: MoRef;
      hostFolder: MoRef;
      datastoreFolder: MoRef;
      networkFolder: MoRef;
      datastore?: readonly MoRef[] | undefined;
      network?: readonly MoRef[] | undefined;
      configuration: DatacenterConfigInfo;
    };
    methods: {
      setCustomValue: { args: { key: string; value: string; }; result: void };
      Reload: { args: {  }; result: void };
      Rename_Task: { args: { newName: string; }; result: MoRef };
      Destroy_Task: { args: {  }; result: MoRef };
      BatchQueryConnectInfo: { args: { hostSpecs?: readonly HostConnectSpec[] | undefined; }; result: readonly DatacenterBasicConnectInfo[] | undefined };
      QueryConnectionInfo: { args: { hostname: string; port: number; username: string; password: string; sslThumbprint?: string | undefined; }; result: HostConnectInfo };
      QueryConnectionInfoViaSpec: { args: { spec: HostConnectSpec; }; result: HostConnectInfo };
      PowerOnMultiVM_Task: { args: { vm: readonly MoRef[]; option?: readonly OptionValue[] | undefined; }; result: MoRef };
      queryDatacenterConfigOptionDescriptor: { args: {  }; result: readonly VirtualMachineConfigOptionDescriptor[] | undefined };
      ReconfigureDatacenter_Task: { args: { spec: DatacenterConfigSpec; modify: boolean; }; result: MoRef };
    };
  };
  Datastore: {
    properties: {
      value?: readonly CustomFieldValue[] | undefined;
      availableField?: readonly CustomFieldDef[] | undefined;
      parent?: MoRef | undefined;
      customValue?: readonly CustomFieldValue[] | undefined;
      overallStatus: Enum.ManagedEntityStatus;
      configStatus: Enum.ManagedEntityStatus;
      configIssue?: readonly Event[] | undefined;
      effectiveRole?: readonly number[] | undefined;
      permission?: readonly Permission[] | undefined;
      name: string;
      disabledMethod?: readonly string[] | undefined;
      recentTask?: readonly MoRef[] | undefined;
      declaredAlarmState?: readonly DynamicData[] | undefined;
      triggeredAlarmState?: readonly DynamicData[] | undefined;
      alarmActionsEnabled?: boolean | undefined;
      tag?: readonly Tag[] | undefined;
      info: DatastoreInfo;
      summary: DatastoreSummary;
      host?: readonly DatastoreHostMount[] | undefined;
      vm?: readonly MoRef[] | undefined;
      browser: MoRef;
      capability: DatastoreCapability;
      iormConfiguration?: StorageIORMInfo | undefined;
    };
    methods: {
      setCustomValue: { args: { key: string; value: string; }; result: void };
      Reload: { args: {  }; result: void };
      Rename_Task: { args: { newName: string; }; result: MoRef };
      Destroy_Task: { args: {  }; result: MoRef };
      RefreshDatastore: { args: {  }; result: void };
      RefreshDatastoreStorageInfo: { args: {  }; result: void };
      UpdateVirtualMachineFiles_Task: { args: { mountPathDatastoreMapping: readonly DatastoreMountPathDatastorePair[]; }; result: MoRef };
      RenameDatastore: { args: { newName: string; }; result: void };
      DestroyDatastore: { args: {  }; result: void };
      DatastoreEnterMaintenanceMode: { args: {  }; result: DynamicData };
      DatastoreExitMaintenanceMode_Task: { args: {  }; result: MoRef };
      IsClusteredVmdkEnabled: { args: {  }; result: boolean };
      UpdateVVolVirtualMachineFiles_Task: { args: { failoverPair?: readonly DatastoreVVolContainerFailoverPair[] | undefined; }; result: MoRef };
    };
  };
  DistributedVirtualSwitch: {
    properties: {
      value?: readonly CustomFieldValue[] | undefined;
      availableField?: readonly CustomFieldDef[] | undefined;
      parent?: MoRef | undefined;
      customValue?: readonly CustomFieldValue[] | undefined;
      overallStatus: Enum.ManagedEntityStatus;
      configStatus: Enum.ManagedEntityStatus;
      configIssue?: readonly Event[] | undefined;
      effectiveRole?: readonly number[] | undefined;
      permission?: readonly Permission[] | undefined;
      name: string;
      disabledMethod?: readonly string[] | undefined;
      recentTask?: readonly MoRef[] | undefined;
      declaredAlarmState?: readonly DynamicData[] | undefined;
      triggeredAlarmState?: readonly DynamicData[] | undefined;
      alarmActionsEnabled?: boolean | undefined;
      tag?: readonly Tag[] | undefined;
      uuid: string;
      capability: DVSCapability;
      summary: DVSSummary;
      config: DVSConfigInfo;
      networkResourcePool?: readonly DynamicData[] | undefined;
      portgroup?: readonly MoRef[] | undefined;
      runtime?: DVSRuntimeInfo | undefined;
    };
    methods: {
      setCustomValue: { args: { key: string; value: string; }; result: void };
      Reload: { args: {  }; result: void };
      Rename_Task: { args: { newName: string; }; result: MoRef };
      Destroy_Task: { args: {  }; result: MoRef };
      FetchDVPortKeys: { args: { criteria?: DynamicData | undefined; }; result: readonly string[] | undefined };
      FetchDVPorts: { args: { criteria?: DynamicData | undefined; }; result: readonly DynamicData[] | undefined };
      QueryUsedVlanIdInDvs: { args: {  }; result: readonly number[] | undefined };
      ReconfigureDvs_Task: { args: { spec: DVSConfigSpec; }; result: MoRef };
      PerformDvsProductSpecOperation_Task: { args: { operation: string; productSpec?: DynamicData | undefined; }; result: MoRef };
      MergeDvs_Task: { args: { dvs: MoRef; }; result: MoRef };
      AddDVPortgroup_Task: { args: { spec: readonly DynamicData[]; }; result: MoRef };
      MoveDVPort_Task: { args: { portKey: readonly string[]; destinationPortgroupKey?: string | undefined; }; result: MoRef };
      UpdateDvsCapability: { args: { capability: DVSCapability; }; result: void };
      ReconfigureDVPort_Task: { args: { port: readonly DynamicData[]; }; result: MoRef };
      RefreshDVPortState: { args: { portKeys?: readonly string[] | undefined; }; result: void };
      RectifyDvsHost_Task: { args: { hosts?: readonly MoRef[] | undefined; }; result: MoRef };
      UpdateNetworkResourcePool: { args: { configSpec: readonly DynamicData[]; }; result: void };
      AddNetworkResourcePool: { args: { configSpec: readonly DynamicData[]; }; result: void };
      RemoveNetworkResourcePool: { args: { key: readonly string[]; }; result: void };
      DvsReconfigureVmVnicNetworkResourcePool_Task: { args: { configSpec: readonly DynamicData[]; }; result: MoRef };
      EnableNetworkResourceManagement: { args: { enable: boolean; }; result: void };
      DVSRollback_Task: { args: { entityBackup?: DynamicData | undefined; }; result: MoRef };
      CreateDVPortgroup_Task: { args: { spec: DynamicData; }; result: MoRef };
      UpdateDVSHealthCheckConfig_Task: { args: { healthCheckConfig: readonly DVSHealthCheckConfig[]; }; result: MoRef };
      LookupDvPortGroup: { args: { portgroupKey: string; }; result: MoRef | undefined };
    };
  };
  Folder: {
    properties: {
      value?: readonly CustomFieldValue[] | undefined;
      availableField?: readonly CustomFieldDef[] | undefined;
      parent?: MoRef | undefined;
      customValue?: readonly CustomFieldValue[] | undefined;
      overallStatus: Enum.ManagedEntityStatus;
      configStatus: Enum.ManagedEntityStatus;
      configIssue?: readonly Event[] | undefined;
      effectiveRole?: readonly number[] | undefined;
      permission?: readonly Permission[] | undefined;
      name: string;
      disabledMethod?: readonly string[] | undefined;
      recentTask?: readonly MoRef[] | undefined;
      declaredAlarmState?: readonly DynamicData[] | undefined;
      triggeredAlarmState?: readonly DynamicData[] | undefined;
      alarmActionsEnabled?: boolean | undefined;
      tag?: readonly Tag[] | undefined;
      childType?: readonly string[] | undefined;
      childEntity?: readonly MoRef[] | undefined;
      namespace?: string | undefined;
    };
    methods: {
      setCustomValue: { args: { key: string; value: string; }; result: void };
      Reload: { args: {  }; result: void };
      Rename_Task: { args: { newName: string; }; result: MoRef };
      Destroy_Task: { args: {  }; result: MoRef };
      CreateFolder: { args: { name: string; }; result: MoRef };
      MoveIntoFolder_Task: { args: { list: readonly MoRef[]; }; result: MoRef };
      CreateVM_Task: { args: { config: VirtualMachineConfigSpec; pool: MoRef; host?: MoRef | undefined; }; result: MoRef };
      RegisterVM_Task: { args: { path: string; name?: string | undefined; asTemplate: boolean; pool?: MoRef | undefined; host?: MoRef | undefined; }; result: MoRef };
      CreateCluster: { args: { name: string; spec: DynamicData; }; result: MoRef };
      CreateClusterEx: { args: { name: string; spec: DynamicData; }; result: MoRef };
      AddStandaloneHost_Task: { args: { spec: HostConnectSpec; compResSpec?: ComputeResourceConfigSpec | undefined; addConnected: boolean; license?: string | undefined; }; result: MoRef };
      CreateDatacenter: { args: { name: string; }; result: MoRef };
      UnregisterAndDestroy_Task: { args: {  }; result: MoRef };
      CreateDVS_Task: { args: { spec: DVSCreateSpec; }; result: MoRef };
      CreateStoragePod: { args: { name: string; }; result: MoRef };
      BatchAddStandaloneHosts_Task: { args: { newHosts?: readonly FolderNewHostSpec[] | undefined; compResSpec?: ComputeResourceConfigSpec | undefined; addConnected: boolean; }; result: MoRef };
      BatchAddHostsToCluster_Task: { args: { cluster: MoRef; newHosts?: readonly FolderNewHostSpec[] | undefined; existingHosts?: readonly MoRef[] | undefined; compResSpec?: ComputeResourceConfigSpec | undefined; desiredState?: string | undefined; }; result: MoRef };
    };
  };
  HostSystem: {
    properties: {
      value?: readonly CustomFieldValue[] | undefined;
      availableField?: readonly CustomFieldDef[] | undefined;
      parent?: MoRef | undefined;
      customValue?: readonly CustomFieldValue[] | undefined;
      overallStatus: Enum.ManagedEntityStatus;
      configStatus: Enum.ManagedEntityStatus;
      configIssue?: readonly Event[] | undefined;
      effectiveRole?: readonly number[] | undefined;
      permission?: readonly Permission[] | undefined;
      name: string;
      disabledMethod?: readonly string[] | undefined;
      recentTask?: readonly MoRef[] | undefined;
      declaredAlarmState?: readonly DynamicData[] | undefined;
      triggeredAlarmState?: readonly DynamicData[] | undefined;
      alarmActionsEnabled?: boolean | undefined;
      tag?: readonly Tag[] | undefined;
      runtime: HostRuntimeInfo;
      summary: HostListSummary;
      hardware?: HostHardwareInfo | undefined;
      capability?: HostCapability | undefined;
      licensableResource: HostLicensableResourceInfo;
      remediationState?: HostSystemRemediationState | undefined;
      precheckRemediationResult?: DynamicData | undefined;
      remediationResult?: DynamicData | undefined;
      complianceCheckState?: HostSystemComplianceCheckState | undefined;
      complianceCheckResult?: DynamicData | undefined;
      configManager: HostConfigManager;
      config?: HostConfigInfo | undefined;
      vm?: readonly MoRef[] | undefined;
      datastore?: readonly MoRef[] | undefined;
      network?: readonly MoRef[] | undefined;
      datastoreBrowser: MoRef;
      systemResources?: HostSystemResourceInfo | undefined;
      answerFileValidationState?: DynamicData | undefined;
      answerFileValidationResult?: DynamicData | undefined;
    };
    methods: {
      setCustomValue: { args: { key: string; value: string; }; result: void };
      Reload: { args: {  }; result: void };
      Rename_Task: { args: { newName: string; }; result: MoRef };
      Destroy_Task: { args: {  }; result: MoRef };
      QueryTpmAttestationReport: { args: {  }; result: HostTpmAttestationReport | undefined };
      QueryHostConnectionInfo: { args: {  }; result: HostConnectInfo };
      UpdateSystemResources: { args: { resourceInfo: HostSystemResourceInfo; }; result: void };
      UpdateSystemSwapConfiguration: { args: { sysSwapConfig: HostSystemSwapConfiguration; }; result: void };
      ReconnectHost_Task: { args: { cnxSpec?: HostConnectSpec | undefined; reconnectSpec?: HostSystemReconnectSpec | undefined; }; result: MoRef };
      DisconnectHost_Task: { args: {  }; result: MoRef };
      EnterMaintenanceMode_Task: { args: { timeout: number; evacuatePoweredOffVms?: boolean | undefined; maintenanceSpec?: HostMaintenanceSpec | undefined; }; result: MoRef };
      ExitMaintenanceMode_Task: { args: { timeout: number; }; result: MoRef };
      RebootHost_Task: { args: { force: boolean; }; result: MoRef };
      ShutdownHost_Task: { args: { force: boolean; }; result: MoRef };
      PowerDownHostToStandBy_Task: { args: { timeoutSec: number; evacuatePoweredOffVms?: boolean | undefined; }; result: MoRef };
      PowerUpHostFromStandBy_Task: { args: { timeoutSec: number; }; result: MoRef };
      QueryMemoryOverhead: { args: { memorySize: number | bigint; videoRamSize?: number | undefined; numVcpus: number; }; result: number | bigint };
      QueryMemoryOverheadEx: { args: { vmConfigInfo: VirtualMachineConfigInfo; }; result: number | bigint };
      ReconfigureHostForDAS_Task: { args: {  }; result: MoRef };
      UpdateFlags: { args: { flagInfo: HostFlagInfo; }; result: void };
      EnterLockdownMode: { args: {  }; result: void };
      ExitLockdownMode: { args: {  }; result: void };
      AcquireCimServicesTicket: { args: {  }; result: HostServiceTicket };
      UpdateIpmi: { args: { ipmiInfo: HostIpmiInfo; }; result: void };
      RetrieveHardwareUptime: { args: {  }; result: number | bigint };
      PrepareCrypto: { args: {  }; result: void };
      EnableCrypto: { args: { keyPlain: DynamicData; }; result: void };
      ConfigureCryptoKey: { args: { keyId?: DynamicData | undefined; }; result: void };
      QueryProductLockerLocation: { args: {  }; result: string };
      UpdateProductLockerLocation_Task: { args: { path: string; }; result: MoRef };
      RetrieveFreeEpcMemory: { args: {  }; result: number | bigint };
      RetrieveManagedMethodExecuter: { args: {  }; result: MoRef | undefined };
      RetrieveDynamicTypeManager: { args: {  }; result: MoRef | undefined };
    };
  };
  ServiceInstance: {
    properties: {
      serverClock: Date;
      capability: Capability;
      content: ServiceContent;
    };
    methods: {
      CurrentTime: { args: {  }; result: Date };
      RetrieveServiceContent: { args: {  }; result: ServiceContent };
      ValidateMigration: { args: { vm: readonly MoRef[]; state?: Enum.VirtualMachinePowerState | undefined; testType?: readonly string[] | undefined; pool?: MoRef | undefined; host?: MoRef | undefined; }; result: readonly Event[] | undefined };
      QueryVMotionCompatibility: { args: { vm: MoRef; host: readonly MoRef[]; compatibility?: readonly string[] | undefined; }; result: readonly HostVMotionCompatibility[] | undefined };
      RetrieveProductComponents: { args: {  }; result: readonly ProductComponentInfo[] | undefined };
    };
  };
  StoragePod: {
    properties: {
      value?: readonly CustomFieldValue[] | undefined;
      availableField?: readonly CustomFieldDef[] | undefined;
      parent?: MoRef | undefined;
      customValue?: readonly CustomFieldValue[] | undefined;
      overallStatus: Enum.ManagedEntityStatus;
      configStatus: Enum.ManagedEntityStatus;
      configIssue?: readonly Event[] | undefined;
      effectiveRole?: readonly number[] | undefined;
      permission?: readonly Permission[] | undefined;
      name: string;
      disabledMethod?: readonly string[] | undefined;
      recentTask?: readonly MoRef[] | undefined;
      declaredAlarmState?: readonly DynamicData[] | undefined;
      triggeredAlarmState?: readonly DynamicData[] | undefined;
      alarmActionsEnabled?: boolean | undefined;
      tag?: readonly Tag[] | undefined;
      childType?: readonly string[] | undefined;
      childEntity?: readonly MoRef[] | undefined;
      namespace?: string | undefined;
      summary?: StoragePodSummary | undefined;
      podStorageDrsEntry?: PodStorageDrsEntry | undefined;
    };
    methods: {
      setCustomValue: { args: { key: string; value: string; }; result: void };
      Reload: { args: {  }; result: void };
      Rename_Task: { args: { newName: string; }; result: MoRef };
      Destroy_Task: { args: {  }; result: MoRef };
      CreateFolder: { args: { name: string; }; result: MoRef };
      MoveIntoFolder_Task: { args: { list: readonly MoRef[]; }; result: MoRef };
      CreateVM_Task: { args: { config: VirtualMachineConfigSpec; pool: MoRef; host?: MoRef | undefined; }; result: MoRef };
      RegisterVM_Task: { args: { path: string; name?: string | undefined; asTemplate: boolean; pool?: MoRef | undefined; host?: MoRef | undefined; }; result: MoRef };
      CreateCluster: { args: { name: string; spec: DynamicData; }; result: MoRef };
      CreateClusterEx: { args: { name: string; spec: DynamicData; }; result: MoRef };
      AddStandaloneHost_Task: { args: { spec: HostConnectSpec; compResSpec?: ComputeResourceConfigSpec | undefined; addConnected: boolean; license?: string | undefined; }; result: MoRef };
      CreateDatacenter: { args: { name: string; }; result: MoRef };
      UnregisterAndDestroy_Task: { args: {  }; result: MoRef };
      CreateDVS_Task: { args: { spec: DVSCreateSpec; }; result: MoRef };
      CreateStoragePod: { args: { name: string; }; result: MoRef };
      BatchAddStandaloneHosts_Task: { args: { newHosts?: readonly FolderNewHostSpec[] | undefined; compResSpec?: ComputeResourceConfigSpec | undefined; addConnected: boolean; }; result: MoRef };
      BatchAddHostsToCluster_Task: { args: { cluster: MoRef; newHosts?: readonly FolderNewHostSpec[] | undefined; existingHosts?: readonly MoRef[] | undefined; compResSpec?: ComputeResourceConfigSpec | undefined; desiredState?: string | undefined; }; result: MoRef };
    };
  };
  HostDiagnosticSystem: {
    properties: {
      activePartition?: HostDiagnosticPartition | undefined;
    };
    methods: {
      QueryAvailablePartition: { args: {  }; result: readonly HostDiagnosticPartition[] | undefined };
      SelectActivePartition: { args: { partition?: HostScsiDiskPartition | undefined; }; result: void };
      QueryPartitionCreateOptions: { args: { storageType: string; diagnosticType: string; }; result: readonly HostDiagnosticPartitionCreateOption[] | undefined };
      QueryPartitionCreateDesc: { args: { diskUuid: string; diagnosticType: string; }; result: HostDiagnosticPartitionCreateDescription };
      CreateDiagnosticPartition: { args: { spec: HostDiagnosticPartitionCreateSpec; }; result: void };
    };
  };
  HostStorageSystem: {
    properties: {
      value?: readonly CustomFieldValue[] | undefined;
      availableField?: readonly CustomFieldDef[] | undefined;
      storageDeviceInfo?: HostStorageDeviceInfo | undefined;
      fileSystemVolumeInfo: HostFileSystemVolumeInfo;
      systemFile?: readonly string[] | undefined;
      multipathStateInfo?: HostMultipathStateInfo | undefined;
    };
    methods: {
      setCustomValue: { args: { key: string; value: string; }; result: void };
      RetrieveDiskPartitionInfo: { args: { devicePath: readonly string[]; }; result: readonly HostDiskPartitionInfo[] | undefined };
      ComputeDiskPartitionInfo: { args: { devicePath: string; layout: HostDiskPartitionLayout; partitionFormat?: string | undefined; }; result: HostDiskPartitionInfo };
      ComputeDiskPartitionInfoForResize: { args: { partition: HostScsiDiskPartition; blockRange: HostDiskPartitionBlockRange; partitionFormat?: string | undefined; }; result: HostDiskPartitionInfo };
      UpdateDiskPartitions: { args: { devicePath: string; spec: HostDiskPartitionSpec; }; result: void };
      FormatVmfs: { args: { createSpec: HostVmfsSpec; }; result: HostVmfsVolume };
      MountVmfsVolume: { args: { vmfsUuid: string; }; result: void };
      UnmountVmfsVolume: { args: { vmfsUuid: string; }; result: void };
      UnmountVmfsVolumeEx_Task: { args: { vmfsUuid: readonly string[]; }; result: MoRef };
      MountVmfsVolumeEx_Task: { args: { vmfsUuid: readonly string[]; }; result: MoRef };
      UnmapVmfsVolumeEx_Task: { args: { vmfsUuid: readonly string[]; }; result: MoRef };
      DeleteVmfsVolumeState: { args: { vmfsUuid: string; }; result: void };
      RescanVmfs: { args: {  }; result: void };
      AttachVmfsExtent: { args: { vmfsPath: string; extent: HostScsiDiskPartition; }; result: void };
      ExpandVmfsExtent: { args: { vmfsPath: string; extent: HostScsiDiskPartition; }; result: void };
      UpgradeVmfs: { args: { vmfsPath: string; }; result: void };
      UpgradeVmLayout: { args: {  }; result: void };
      QueryUnresolvedVmfsVolume: { args: {  }; result: readonly HostUnresolvedVmfsVolume[] | undefined };
      ResolveMultipleUnresolvedVmfsVolumes: { args: { resolutionSpec: readonly HostUnresolvedVmfsResolutionSpec[]; }; result: readonly HostUnresolvedVmfsResolutionResult[] | undefined };
      ResolveMultipleUnresolvedVmfsVolumesEx_Task: { args: { resolutionSpec: readonly HostUnresolvedVmfsResolutionSpec[]; }; result: MoRef };
      UnmountForceMountedVmfsVolume: { args: { vmfsUuid: string; }; result: void };
      RescanHba: { args: { hbaDevice: string; }; result: void };
      RescanAllHba: { args: {  }; result: void };
      UpdateSoftwareInternetScsiEnabled: { args: { enabled: boolean; }; result: void };
      UpdateInternetScsiDiscoveryProperties: { args: { iScsiHbaDevice: string; discoveryProperties: HostInternetScsiHbaDiscoveryProperties; }; result: void };
      UpdateInternetScsiAuthenticationProperties: { args: { iScsiHbaDevice: string; authenticationProperties: HostInternetScsiHbaAuthenticationProperties; targetSet?: HostInternetScsiHbaTargetSet | undefined; }; result: void };
      UpdateInternetScsiDigestProperties: { args: { iScsiHbaDevice: string; targetSet?: HostInternetScsiHbaTargetSet | undefined; digestProperties: HostInternetScsiHbaDigestProperties; }; result: void };
      UpdateInternetScsiAdvancedOptions: { args: { iScsiHbaDevice: string; targetSet?: HostInternetScsiHbaTargetSet | undefined; options: readonly HostInternetScsiHbaParamValue[]; }; result: void };
      UpdateInternetScsiIPProperties: { args: { iScsiHbaDevice: string; ipProperties: HostInternetScsiHbaIPProperties; }; result: void };
      UpdateInternetScsiName: { args: { iScsiHbaDevice: string; iScsiName: string; }; result: void };
      UpdateInternetScsiAlias: { args: { iScsiHbaDevice: string; iScsiAlias: string; }; result: void };
      AddInternetScsiSendTargets: { args: { iScsiHbaDevice: string; targets: readonly HostInternetScsiHbaSendTarget[]; }; result: void };
      RemoveInternetScsiSendTargets: { args: { iScsiHbaDevice: string; targets: readonly HostInternetScsiHbaSendTarget[]; force?: boolean | undefined; }; result: void };
      AddInternetScsiStaticTargets: { args: { iScsiHbaDevice: string; targets: readonly HostInternetScsiHbaStaticTarget[]; }; result: void };
      RemoveInternetScsiStaticTargets: { args: { iScsiHbaDevice: string; targets: readonly HostInternetScsiHbaStaticTarget[]; }; result: void };
      EnableMultipathPath: { args: { pathName: string; }; result: void };
      DisableMultipathPath: { args: { pathName: string; }; result: void };
      SetMultipathLunPolicy: { args: { lunId: string; policy: HostMultipathInfoLogicalUnitPolicy; }; result: void };
      UpdateHppMultipathLunPolicy: { args: { lunId: string; policy: HostMultipathInfoHppLogicalUnitPolicy; }; result: void };
      QueryPathSelectionPolicyOptions: { args: {  }; result: readonly HostPathSelectionPolicyOption[] | undefined };
      QueryStorageArrayTypePolicyOptions: { args: {  }; result: readonly HostStorageArrayTypePolicyOption[] | undefined };
      UpdateScsiLunDisplayName: { args: { lunUuid: string; displayName: string; }; result: void };
      DetachScsiLun: { args: { lunUuid: string; }; result: void };
      DetachScsiLunEx_Task: { args: { lunUuid: readonly string[]; }; result: MoRef };
      DeleteScsiLunState: { args: { lunCanonicalName: string; }; result: void };
      AttachScsiLun: { args: { lunUuid: string; }; result: void };
      AttachScsiLunEx_Task: { args: { lunUuid: readonly string[]; }; result: MoRef };
      RefreshStorageSystem: { args: {  }; result: void };
      DiscoverFcoeHbas: { args: { fcoeSpec: FcoeConfigFcoeSpecification; }; result: void };
      MarkForRemoval: { args: { hbaName: string; remove: boolean; }; result: void };
      FormatVffs: { args: { createSpec: HostVffsSpec; }; result: HostVffsVolume };
      ExtendVffs: { args: { vffsPath: string; devicePath: string; spec?: HostDiskPartitionSpec | undefined; }; result: void };
      DestroyVffs: { args: { vffsPath: string; }; result: void };
      MountVffsVolume: { args: { vffsUuid: string; }; result: void };
      UnmountVffsVolume: { args: { vffsUuid: string; }; result: void };
      DeleteVffsVolumeState: { args: { vffsUuid: string; }; result: void };
      RescanVffs: { args: {  }; result: void };
      QueryAvailableSsds: { args: { vffsPath?: string | undefined; }; result: readonly HostScsiDisk[] | undefined };
      SetNFSUser: { args: { user: string; password: string; }; result: void };
      ChangeNFSUserPassword: { args: { password: string; }; result: void };
      QueryNFSUser: { args: {  }; result: HostNasVolumeUserInfo | undefined };
      ClearNFSUser: { args: {  }; result: void };
      TurnDiskLocatorLedOn_Task: { args: { scsiDiskUuids: readonly string[]; }; result: MoRef };
      TurnDiskLocatorLedOff_Task: { args: { scsiDiskUuids: readonly string[]; }; result: MoRef };
      MarkAsSsd_Task: { args: { scsiDiskUuid: string; }; result: MoRef };
      MarkAsNonSsd_Task: { args: { scsiDiskUuid: string; }; result: MoRef };
      MarkAsLocal_Task: { args: { scsiDiskUuid: string; }; result: MoRef };
      MarkAsNonLocal_Task: { args: { scsiDiskUuid: string; }; result: MoRef };
      UpdateVmfsUnmapPriority: { args: { vmfsUuid: string; unmapPriority: string; }; result: void };
      UpdateVmfsUnmapBandwidth: { args: { vmfsUuid: string; unmapBandwidthSpec: VmfsUnmapBandwidthSpec; }; result: void };
      QueryVmfsConfigOption: { args: {  }; result: readonly VmfsConfigOption[] | undefined };
      MarkPerenniallyReserved: { args: { lunUuid: string; state: boolean; }; result: void };
      MarkPerenniallyReservedEx_Task: { args: { lunUuid?: readonly string[] | undefined; state: boolean; }; result: MoRef };
      CreateNvmeOverRdmaAdapter: { args: { rdmaDeviceName: string; }; result: void };
      RemoveNvmeOverRdmaAdapter: { args: { hbaDeviceName: string; }; result: void };
      CreateSoftwareAdapter: { args: { spec: HostHbaCreateSpec; }; result: void };
      RemoveSoftwareAdapter: { args: { hbaDeviceName: string; }; result: void };
      DiscoverNvmeControllers: { args: { discoverSpec: HostNvmeDiscoverSpec; }; result: HostNvmeDiscoveryLog };
      ConnectNvmeController: { args: { connectSpec: HostNvmeConnectSpec; }; result: void };
      DisconnectNvmeController: { args: { disconnectSpec: HostNvmeDisconnectSpec; }; result: void };
      ConnectNvmeControllerEx_Task: { args: { connectSpec?: readonly HostNvmeConnectSpec[] | undefined; }; result: MoRef };
      DisconnectNvmeControllerEx_Task: { args: { disconnectSpec?: readonly HostNvmeDisconnectSpec[] | undefined; }; result: MoRef };
    };
  };
  ContainerView: {
    properties: {
      view?: readonly MoRef[] | undefined;
      container: MoRef;
      type?: readonly string[] | undefined;
      recursive: boolean;
    };
    methods: {
      DestroyView: { args: {  }; result: void };
    };
  };
  InventoryView: {
    properties: {
      view?: readonly MoRef[] | undefined;
    };
    methods: {
      DestroyView: { args: {  }; result: void };
      OpenInventoryViewFolder: { args: { entity: readonly MoRef[]; }; result: readonly MoRef[] | undefined };
      CloseInventoryViewFolder: { args: { entity: readonly MoRef[]; }; result: readonly MoRef[] | undefined };
    };
  };
  ListView: {
    properties: {
      view?: readonly MoRef[] | undefined;
    };
    methods: {
      DestroyView: { args: {  }; result: void };
      ModifyListView: { args: { add?: readonly MoRef[] | undefined; remove?: readonly MoRef[] | undefined; }; result: readonly MoRef[] | undefined };
      ResetListView: { args: { obj?: readonly MoRef[] | undefined; }; result: readonly MoRef[] | undefined };
      ResetListViewFromView: { args: { view: MoRef; }; result: void };
    };
  };
  ClusterComputeResource: {
    properties: {
      value?: readonly CustomFieldValue[] | undefined;
      availableField?: readonly CustomFieldDef[] | undefined;
      parent?: MoRef | undefined;
      customValue?: readonly CustomFieldValue[] | undefined;
      overallStatus: Enum.ManagedEntityStatus;
      configStatus: Enum.ManagedEntityStatus;
      configIssue?: readonly Event[] | undefined;
      effectiveRole?: readonly number[] | undefined;
      permission?: readonly Permission[] | undefined;
      name: string;
      disabledMethod?: readonly string[] | undefined;
      recentTask?: readonly MoRef[] | undefined;
      declaredAlarmState?: readonly DynamicData[] | undefined;
      triggeredAlarmState?: readonly DynamicData[] | undefined;
      alarmActionsEnabled?: boolean | undefined;
      tag?: readonly Tag[] | undefined;
      resourcePool?: MoRef | undefined;
      host?: readonly MoRef[] | undefined;
      datastore?: readonly MoRef[] | undefined;
      network?: readonly MoRef[] | undefined;
      summary: ComputeResourceSummary;
      environmentBrowser?: MoRef | undefined;
      configurationEx: ComputeResourceConfigInfo;
      lifecycleManaged?: boolean | undefined;
      configManagerEnabled?: boolean | undefined;
      configuration: DynamicData;
      recommendation?: readonly DynamicData[] | undefined;
      drsRecommendation?: readonly DynamicData[] | undefined;
      summaryEx: ClusterComputeResourceSummary;
      hciConfig?: ClusterComputeResourceHCIConfigInfo | undefined;
      migrationHistory?: readonly DynamicData[] | undefined;
      actionHistory?: readonly DynamicData[] | undefined;
      drsFault?: readonly DynamicData[] | undefined;
    };
    methods: {
      setCustomValue: { args: { key: string; value: string; }; result: void };
      Reload: { args: {  }; result: void };
      Rename_Task: { args: { newName: string; }; result: MoRef };
      Destroy_Task: { args: {  }; result: MoRef };
      ReconfigureComputeResource_Task: { args: { spec: ComputeResourceConfigSpec; modify: boolean; }; result: MoRef };
      ConfigureHCI_Task: { args: { clusterSpec: ClusterComputeResourceHCIConfigSpec; hostInputs?: readonly ClusterComputeResourceHostConfigurationInput[] | undefined; }; result: MoRef };
      ExtendHCI_Task: { args: { hostInputs?: readonly ClusterComputeResourceHostConfigurationInput[] | undefined; vSanConfigSpec?: SDDCBase | undefined; }; result: MoRef };
      AbandonHciWorkflow: { args: {  }; result: void };
      ValidateHCIConfiguration: { args: { hciConfigSpec?: ClusterComputeResourceHCIConfigSpec | undefined; hosts?: readonly MoRef[] | undefined; }; result: readonly ClusterComputeResourceValidationResultBase[] | undefined };
      ReconfigureCluster_Task: { args: { spec: DynamicData; modify: boolean; }; result: MoRef };
      ApplyRecommendation: { args: { key: string; }; result: void };
      CancelRecommendation: { args: { key: string; }; result: void };
      RecommendHostsForVm: { args: { vm: MoRef; pool?: MoRef | undefined; }; result: readonly DynamicData[] | undefined };
      AddHost_Task: { args: { spec: HostConnectSpec; asConnected: boolean; resourcePool?: MoRef | undefined; license?: string | undefined; }; result: MoRef };
      MoveInto_Task: { args: { host: readonly MoRef[]; }; result: MoRef };
      MoveHostInto_Task: { args: { host: MoRef; resourcePool?: MoRef | undefined; }; result: MoRef };
      RefreshRecommendation: { args: {  }; result: void };
      EvcManager: { args: {  }; result: MoRef | undefined };
      RetrieveDasAdvancedRuntimeInfo: { args: {  }; result: DynamicData | undefined };
      ClusterEnterMaintenanceMode: { args: { host: readonly MoRef[]; option?: readonly OptionValue[] | undefined; info?: ClusterComputeResourceMaintenanceInfo | undefined; }; result: DynamicData };
      PlaceVm: { args: { placementSpec: DynamicData; }; result: DynamicData };
      FindRulesForVm: { args: { vm: MoRef; }; result: readonly DynamicData[] | undefined };
      StampAllRulesWithUuid_Task: { args: {  }; result: MoRef };
      GetResourceUsage: { args: {  }; result: DynamicData };
      SetCryptoMode: { args: { cryptoMode: string; policy?: ClusterComputeResourceCryptoModePolicy | undefined; }; result: void };
      GetSystemVMsRestrictedDatastores: { args: {  }; result: readonly MoRef[] | undefined };
    };
  };
  VsanSystemEx: {
    properties: {
    };
    methods: {
      VsanHostWipeDisk: { args: { disks: readonly string[]; }; result: MoRef };
    };
  };
  HostVsanHealthSystem: {
    properties: {
    };
    methods: {
      VsanHostQueryHostInfoByUuids: { args: { uuids: readonly string[]; }; result: readonly VsanQueryResultHostInfo[] };
      VsanHostQueryAdvCfg: { args: { options: readonly string[]; includeAllAdvOptions?: boolean | undefined; nonDefaultOnly?: boolean | undefined; }; result: readonly OptionValue[] | undefined };
      VsanHostQueryRunIperfServer: { args: { multicast: boolean; serverIp?: string | undefined; durationSec?: number | undefined; }; result: VsanNetworkLoadTestResult };
      VsanHostQueryPhysicalDiskHealthSummary: { args: {  }; result: VsanPhysicalDiskHealthSummary };
      VsanHostPrepareVmdkLoadTest: { args: { runname: string; specs: readonly VsanVmdkLoadTestSpec[]; }; result: string };
      VsanHostRunVmdkLoadTest: { args: { runname: string; durationSec: number; specs: readonly VsanVmdkLoadTestSpec[]; }; result: readonly VsanVmdkLoadTestResult[] };
      VsanHostCleanupVmdkLoadTest: { args: { runname: string; specs?: readonly VsanVmdkLoadTestSpec[] | undefined; }; result: string };
      VsanHostQueryHealthSystemVersion: { args: { displayVersion?: boolean | undefined; }; result: string };
      VsanHostClomdLiveness: { args: {  }; result: boolean };
      VsanHostRepairImmediateObjects: { args: { uuids?: readonly string[] | undefined; repairType?: string | undefined; }; result: VsanRepairObjectsResult };
      VsanGetHclInfo: { args: { includeVendorInfo?: boolean | undefined; vsanEsaEligibleDisksOnly?: boolean | undefined; }; result: VsanHostHclInfo };
      VsanStartProactiveRebalance: { args: { timeSpan?: number | undefined; varianceThreshold?: number | undefined; timeThreshold?: number | undefined; rateThreshold?: number | undefined; }; result: boolean };
      VsanStopProactiveRebalance: { args: {  }; result: boolean };
      VsanGetProactiveRebalanceInfo: { args: {  }; result: VsanProactiveRebalanceInfoEx };
      VsanWaitForVsanHealthGenerationIdChange: { args: { timeout: number; }; result: boolean };
      VsanHostCreateVmHealthTest: { args: { timeout: number; }; result: DynamicData };
      VsanQueryHostEMMState: { args: {  }; result: VsanHostEMMSummary };
    };
  };
  VsanVcsaDeployerSystem: {
    properties: {
    };
    methods: {
    };
  };
  ReflectManagedMethodExecuter: {
    properties: {
    };
    methods: {
      ExecuteSoap: { args: { moid: string; version: string; method: string; argument?: readonly ReflectManagedMethodExecuterSoapArgument[] | undefined; }; result: ReflectManagedMethodExecuterSoapResult | undefined };
    };
  };
  InternalDynamicTypeManager: {
    properties: {
    };
    methods: {
    };
  };
}

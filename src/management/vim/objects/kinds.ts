/** All managed types that there are rows for: what the coverage page and the fuzz test go through. A new file of rows is a line here. */
import { HostDatastoreBrowser } from '../files/datastore-browser.ts';
import { FileManager } from '../files/file-manager.ts';
import { VirtualDiskManager } from '../files/virtual-disk-manager.ts';
import { GuestFileManager } from '../guest/guest-file-manager.ts';
import { GuestProcessManager } from '../guest/guest-process-manager.ts';
import { GuestAuthManager, GuestOperationsManager } from '../guest/install-guest.ts';
import type { Kind } from '../model/managed.ts';
import { HttpNfcLease } from '../ovf/http-nfc-lease.ts';
import { OvfManager } from '../ovf/ovf-manager.ts';
import { HostAutoStartManager } from '../vm/auto-start-manager.ts';
import { EnvironmentBrowser } from '../vm/environment-browser.ts';
import { VirtualMachine } from '../vm/virtual-machine.ts';
import { VirtualMachineSnapshot } from '../vm/virtual-machine-snapshot.ts';
import { HostAccessManager } from './access-manager.ts';
import { AuthorizationManager } from './authorization-manager.ts';
import { ComputeResource } from './compute-resource.ts';
import { Datacenter } from './datacenter.ts';
import { Datastore } from './datastore.ts';
import { HostDatastoreSystem } from './datastore-system.ts';
import { HostDateTimeSystem } from './date-time-system.ts';
import { DiagnosticManager } from './diagnostic-manager.ts';
import { EventHistoryCollector, EventManager } from './event-manager.ts';
import { HostFirewallSystem } from './firewall-system.ts';
import { HostFirmwareSystem } from './firmware-system.ts';
import { Folder } from './folder.ts';
import { HostSystem } from './host-system.ts';
import { LicenseManager } from './license-manager.ts';
import { HostLocalAccountManager } from './local-account-manager.ts';
import { InternalDynamicTypeManager, ReflectManagedMethodExecuter } from './method-executer.ts';
import { HostVirtualNicManager } from './network/virtual-nic-manager.ts';
import { Network } from './network.ts';
import { HostNetworkSystem } from './network-system.ts';
import { OptionManager } from './option-manager.ts';
import { PerformanceManager } from './performance-manager.ts';
import { HostPowerSystem } from './power-system.ts';
import { PropertyCollector, PropertyFilter } from './property-collector.ts';
import { ResourcePool } from './resource-pool.ts';
import { SearchIndex } from './search-index.ts';
import { ServiceInstance } from './service-instance.ts';
import { ServiceManager } from './service-manager.ts';
import { HostServiceSystem } from './service-system.ts';
import { SessionManager } from './session-manager.ts';
import { HostStorageSystem } from './storage-system.ts';
import { Task } from './task.ts';
import { TaskHistoryCollector } from './task-history.ts';
import { TaskManager } from './task-manager.ts';
import { UserDirectory } from './user-directory.ts';
import { ContainerView, InventoryView, ListView, ViewManager } from './views.ts';

export const KINDS: readonly Kind[] = [
  ...[ServiceInstance, SessionManager, PropertyCollector, PropertyFilter, SearchIndex],
  ...[ViewManager, ContainerView, ListView, InventoryView, TaskManager, Task, TaskHistoryCollector],
  ...[Folder, Datacenter, ComputeResource, ResourcePool, HostSystem, Datastore, Network],
  ...[VirtualMachine, VirtualMachineSnapshot, EnvironmentBrowser, HostAutoStartManager],
  ...[HostDatastoreBrowser, FileManager, VirtualDiskManager],
  ...[GuestOperationsManager, GuestAuthManager, GuestFileManager, GuestProcessManager],
  ...[OvfManager, HttpNfcLease],
  ...[AuthorizationManager, HostLocalAccountManager, UserDirectory, HostAccessManager],
  ...[
    OptionManager,
    HostServiceSystem,
    HostDateTimeSystem,
    HostPowerSystem,
    HostFirmwareSystem,
    HostFirewallSystem,
  ],
  ...[PerformanceManager, EventManager, EventHistoryCollector],
  ...[HostDatastoreSystem, HostStorageSystem, HostNetworkSystem, HostVirtualNicManager],
  ...[LicenseManager, ServiceManager, DiagnosticManager],
  ...[ReflectManagedMethodExecuter, InternalDynamicTypeManager],
];

/** The managers of accounts and of the host's configuration, and what makes their properties others. */
import type { VimContext } from '../context.ts';
import { HostAccessManager } from './access-manager.ts';
import { AuthorizationManager } from './authorization-manager.ts';
import { HostDatastoreSystem } from './datastore-system.ts';
import { HostDateTimeSystem } from './date-time-system.ts';
import { DiagnosticManager } from './diagnostic-manager.ts';
import { EventManager } from './event-manager.ts';
import { HostFirewallSystem } from './firewall-system.ts';
import { HostFirmwareSystem } from './firmware-system.ts';
import { ID } from './ids.ts';
import { LicenseManager } from './license-manager.ts';
import { HostLocalAccountManager } from './local-account-manager.ts';
import {
  EXECUTER,
  InternalDynamicTypeManager,
  ReflectManagedMethodExecuter,
  TYPE_MANAGER,
} from './method-executer.ts';
import { HostVirtualNicManager } from './network/virtual-nic-manager.ts';
import { HostNetworkSystem } from './network-system.ts';
import { OptionManager } from './option-manager.ts';
import { PerformanceManager } from './performance-manager.ts';
import { HostPowerSystem } from './power-system.ts';
import { ServiceManager } from './service-manager.ts';
import { HostServiceSystem } from './service-system.ts';
import { HostStorageSystem } from './storage-system.ts';
import { UserDirectory } from './user-directory.ts';

export function installManagers(vim: VimContext): () => void {
  const { objects, host } = vim;
  objects.add(AuthorizationManager.object('ha-authmgr', vim));
  objects.add(HostLocalAccountManager.object('ha-localacctmgr', vim));
  objects.add(UserDirectory.object('ha-user-directory', vim));
  objects.add(HostAccessManager.object('ha-host-access-manager', vim));
  objects.add(OptionManager.object('ha-adv-options', { vim, privilege: 'Host.Config.AdvancedConfig' }));
  objects.add(OptionManager.object('HostAgentSettings', { vim, privilege: 'Global.Settings' }));
  objects.add(HostServiceSystem.object('serviceSystem', vim));
  objects.add(HostDateTimeSystem.object('dateTimeSystem', vim));
  objects.add(HostPowerSystem.object('ha-power-system', vim));
  if (vim.host.configuration) objects.add(HostFirmwareSystem.object('ha-firmwareSystem', vim));
  objects.add(HostFirewallSystem.object('firewallSystem', vim));
  objects.add(HostDatastoreSystem.object('ha-datastoresystem', vim));
  objects.add(HostStorageSystem.object('storageSystem', vim));
  objects.add(HostNetworkSystem.object('networkSystem', vim));
  objects.add(HostVirtualNicManager.object('ha-vnic-mgr', vim));
  objects.add(LicenseManager.object('ha-license-manager', vim));
  objects.add(ServiceManager.object('ha-servicemanager', vim));
  objects.add(DiagnosticManager.object('ha-diagnosticmgr', vim));
  objects.add(ReflectManagedMethodExecuter.object(EXECUTER, vim));
  objects.add(InternalDynamicTypeManager.object(TYPE_MANAGER, vim));
  objects.add(EventManager.object('ha-eventmgr', vim));
  objects.add(PerformanceManager.object('ha-perfmgr', vim));
  const { options, firewall, identity } = host.settings;
  const ends = [
    options.onChange(() => objects.changed('ha-adv-options', 'HostAgentSettings', ID.host)),
    firewall.onChange(() => objects.changed('firewallSystem', 'serviceSystem', ID.host)),
    identity.onChange(() => objects.changed('networkSystem', ID.host, ID.computeResource)),
  ];
  return () => {
    for (const end of ends) end();
  };
}

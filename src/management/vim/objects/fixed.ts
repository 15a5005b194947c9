/** The managed objects that every host has from the beginning: managers, folders, the host, its datastores and networks. */
import { MANAGEMENT_NETWORK, type Networks } from '#net';
import type { VimContext } from '../context.ts';
import { type MoRef, moRef } from '../model/value.ts';
import type { CollectorState } from '../properties/collector.ts';
import { ComputeResource } from './compute-resource.ts';
import { Datacenter } from './datacenter.ts';
import { Datastore, datastoreId } from './datastore.ts';
import { Folder } from './folder.ts';
import { HostSystem } from './host-system.ts';
import { ID } from './ids.ts';
import { Network, networkId } from './network.ts';
import { PropertyCollector } from './property-collector.ts';
import { followPools } from './resource-pool.ts';
import { SearchIndex } from './search-index.ts';
import { ServiceInstance } from './service-instance.ts';
import { SessionManager } from './session-manager.ts';
import { TaskManager } from './task-manager.ts';
import { ViewManager } from './views.ts';

interface FolderRow {
  readonly id: string;
  readonly name: string;
  readonly parent: MoRef | undefined;
  readonly childType: readonly string[];
  readonly children: (vim: VimContext) => MoRef[];
}

const DATACENTER = moRef('Datacenter', ID.datacenter);

// biome-ignore format: a table reads in columns
const FOLDERS: readonly FolderRow[] = [
  { id: ID.rootFolder,      name: 'ha-folder-root', parent: undefined,  childType: ['Datacenter'],                   children: ({ objects }) => objects.present(ID.datacenter) },
  { id: ID.vmFolder,        name: 'vm',             parent: DATACENTER, childType: ['VirtualMachine'],               children: ({ objects }) => objects.refs('VirtualMachine') },
  { id: ID.hostFolder,      name: 'host',           parent: DATACENTER, childType: ['ComputeResource'],              children: ({ objects }) => objects.present(ID.computeResource) },
  { id: ID.datastoreFolder, name: 'datastore',      parent: DATACENTER, childType: ['Datastore'],                    children: ({ objects }) => objects.refs('Datastore') },
  { id: ID.networkFolder,   name: 'network',        parent: DATACENTER, childType: ['Network'],                      children: ({ objects }) => objects.refs('Network') },
];

/** Entities whose properties name others of a type: they change when one of those comes or goes. */
// biome-ignore format: a table reads in columns
const NAMED_BY: Readonly<Record<string, readonly string[]>> = {
  VirtualMachine: [ID.vmFolder, ID.rootPool, ID.host],
  Datastore:      [ID.datastoreFolder, ID.datacenter, ID.computeResource, ID.host],
  Network:        [ID.networkFolder, ID.datacenter, ID.computeResource, ID.host],
};

export const installFixed = (collectorOf: (session: string) => CollectorState) => (vim: VimContext) => {
  const { objects } = vim;
  for (const { children, ...row } of FOLDERS)
    objects.add(Folder.object(row.id, { ...row, vim, children: () => children(vim) }));
  objects.add(ServiceInstance.object(ID.serviceInstance, vim));
  objects.add(SessionManager.object(ID.sessionManager, vim));
  objects.add(PropertyCollector.object(ID.propertyCollector, { vim, state: collectorOf }));
  objects.add(ViewManager.object(ID.viewManager, vim));
  objects.add(TaskManager.object(ID.taskManager, vim));
  objects.add(SearchIndex.object(ID.searchIndex, vim));
  objects.add(Datacenter.object(ID.datacenter, vim));
  objects.add(ComputeResource.object(ID.computeResource, vim));
  const endPools = followPools(vim);
  objects.add(HostSystem.object(ID.host, vim));
  for (const { name } of vim.host.datastores())
    objects.add(Datastore.object(datastoreId(name), { vim, name }));
  const endNetworks = followNetworks(vim);
  const endTasks = vim.tasks.watch(() =>
    objects.changed(...objects.refs('TaskHistoryCollector').map(({ value }) => value)),
  );
  const endInventory = followInventory(vim);
  return () => {
    endTasks();
    endNetworks();
    endPools();
    endInventory();
  };
};

/** A network for each port group that VMs can be joined to; and who shows networks and the kernel's own interfaces. */
function followNetworks(vim: VimContext): () => void {
  const { objects, host } = vim;
  const look = () => {
    const names = forVms(host.network.networks);
    const now = new Set(names.map(networkId));
    for (const { value } of objects.refs('Network')) if (!now.has(value)) objects.remove(value);
    for (const name of names) {
      if (objects.get(networkId(name)) === undefined)
        objects.add(Network.object(networkId(name), { vim, name }));
    }
    objects.changed('networkSystem', 'ha-vnic-mgr', ID.host);
  };
  look();
  return host.network.onChange(look);
}

/** Port groups, but for those that the host itself is joined to. */
function forVms({ switches }: Networks): string[] {
  return [...switches.values()].flatMap((net) =>
    [...net.groups.keys()].filter(
      (name) =>
        name !== MANAGEMENT_NETWORK &&
        net.portsOf(name).every(({ station }) => station.traffic === 'virtualMachine'),
    ),
  );
}

/** What names others, and container views, are others when those come or go. */
function followInventory({ objects, table }: VimContext): () => void {
  const types = new Map<string, string>();
  return objects.watch((id, what) => {
    if (what === 'changed') return;
    const type = objects.get(id)?.kind.name ?? types.get(id);
    if (type === undefined || !table.isA(type, 'ManagedEntity')) return;
    if (what === 'added') types.set(id, type);
    else types.delete(id);
    const datastores = type === 'VirtualMachine' ? objects.refs('Datastore').map(({ value }) => value) : [];
    const views = objects.refs('ContainerView').map(({ value }) => value);
    objects.changed(...(NAMED_BY[type] ?? []), ...datastores, ...views);
  });
}

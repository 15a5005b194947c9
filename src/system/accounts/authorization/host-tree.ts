/** The inventory of a host that no vCenter manages: its fixed entities, and where VMs, datastores and networks hang. Source: ESXi's HostAgent. */
import { type EntityId, type EntityTree, ROOT_ENTITY } from './permissions.ts';

/** The host itself. */
export const HOST_ENTITY: EntityId = 'ha-host';

// biome-ignore format: a table reads in columns
const PARENTS: Readonly<Record<EntityId, EntityId>> = {
  'ha-datacenter':       ROOT_ENTITY,
  'ha-folder-vm':        'ha-datacenter',
  'ha-folder-host':      'ha-datacenter',
  'ha-folder-datastore': 'ha-datacenter',
  'ha-folder-network':   'ha-datacenter',
  'ha-compute-res':      'ha-folder-host',
  'ha-host':             'ha-compute-res',
  'ha-root-pool':        'ha-compute-res',
};

/** Which ids are of which kind, as the host names them. */
export interface HostTreeNames {
  isVm(entity: EntityId): boolean;
  isDatastore(entity: EntityId): boolean;
  isNetwork(entity: EntityId): boolean;
  /** The pool or pool's parent; undefined for what is no pool. */
  poolParent?(entity: EntityId): EntityId | undefined;
}

/** What is no entity, such as a manager, hangs below the root: it is asked for there. */
export function hostTree(names: HostTreeNames): EntityTree {
  return {
    parentOf(entity) {
      if (entity === ROOT_ENTITY) return undefined;
      if (Object.hasOwn(PARENTS, entity)) return PARENTS[entity];
      if (names.isVm(entity)) return 'ha-folder-vm';
      if (names.isDatastore(entity)) return 'ha-folder-datastore';
      if (names.isNetwork(entity)) return 'ha-folder-network';
      return names.poolParent?.(entity) ?? ROOT_ENTITY;
    },
  };
}

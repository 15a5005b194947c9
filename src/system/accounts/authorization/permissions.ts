/** Permissions, and what they come to: the nearest wins, a user before groups, groups united. Source: vSphere Security, "Hierarchical Inheritance of Permissions". */
import { findRole, ROLE_ID, type Role } from './roles.ts';

/** The id of an entity of the inventory, such as `ha-folder-root`. */
export type EntityId = string;

export const ROOT_ENTITY: EntityId = 'ha-folder-root';

export interface Permission {
  readonly entity: EntityId;
  readonly principal: string;
  readonly group: boolean;
  readonly roleId: number;
  /** Whether it holds below the entity too. */
  readonly propagate: boolean;
}

/** The inventory as far as permissions need it. */
export interface EntityTree {
  /** The entity above; undefined for the root, and for what is not there. */
  parentOf(entity: EntityId): EntityId | undefined;
}

/** Only the root: for what belongs to the host as a whole. */
export const ROOT_ONLY: EntityTree = {
  parentOf: (entity) => (entity === ROOT_ENTITY ? undefined : ROOT_ENTITY),
};

/** Roles and permissions together. */
export interface Authorization {
  readonly roles: readonly Role[];
  readonly permissions: readonly Permission[];
}

/** Somebody, and the groups that they are in. */
export interface Who {
  readonly user: string;
  readonly groups: readonly string[];
}

/** Deeper inventories are taken for a loop. */
const MAX_DEPTH = 64;

/** The entity, what is above it, and so on to the root. */
export function lineage(tree: EntityTree, entity: EntityId): EntityId[] {
  const line = [entity];
  for (let at = tree.parentOf(entity); at !== undefined && line.length < MAX_DEPTH; at = tree.parentOf(at))
    line.push(at);
  return line;
}

/** The permissions that decide for somebody on an entity: one of the user, or all of the groups at the nearest place. */
export function effectivePermissions(
  { permissions }: Authorization,
  tree: EntityTree,
  entity: EntityId,
  who: Who,
): readonly Permission[] {
  for (const [distance, place] of lineage(tree, entity).entries()) {
    const here = permissions.filter(
      (permission) => permission.entity === place && (distance === 0 || permission.propagate),
    );
    const own = here.find(({ principal, group }) => !group && principal === who.user);
    if (own !== undefined) return [own];
    const ofGroups = here.filter(({ principal, group }) => group && who.groups.includes(principal));
    if (ofGroups.length > 0) return ofGroups;
  }
  return [];
}

/** The privileges of somebody on an entity. */
export function privilegesOn(
  authorization: Authorization,
  tree: EntityTree,
  entity: EntityId,
  who: Who,
): ReadonlySet<string> {
  const deciding = effectivePermissions(authorization, tree, entity, who);
  return new Set(deciding.flatMap(({ roleId }) => findRole(authorization.roles, roleId)?.privileges ?? []));
}

/** Whether somebody has one privilege on an entity. */
export function hasPrivilege(
  authorization: Authorization,
  tree: EntityTree,
  entity: EntityId,
  who: Who,
  privilege: string,
): boolean {
  return effectivePermissions(authorization, tree, entity, who).some(({ roleId }) =>
    findRole(authorization.roles, roleId)?.privileges.includes(privilege),
  );
}

/** HasPrivilegeOnEntities: for each entity, which of the privileges are granted. */
export function hasPrivilegeOnEntities(
  authorization: Authorization,
  tree: EntityTree,
  entities: readonly EntityId[],
  who: Who,
  privileges: readonly string[],
): {
  readonly entity: EntityId;
  readonly privAvailability: readonly { readonly privId: string; readonly isGranted: boolean }[];
}[] {
  return entities.map((entity) => {
    const granted = privilegesOn(authorization, tree, entity, who);
    return {
      entity,
      privAvailability: privileges.map((privId) => ({ privId, isGranted: granted.has(privId) })),
    };
  });
}

/** RetrieveEntityPermissions: those on the entity, and with `inherited` those above that reach it. */
export function entityPermissions(
  { permissions }: Authorization,
  tree: EntityTree,
  entity: EntityId,
  inherited: boolean,
): readonly Permission[] {
  const places = inherited ? lineage(tree, entity) : [entity];
  return places.flatMap((place, distance) =>
    permissions.filter(
      (permission) => permission.entity === place && (distance === 0 || permission.propagate),
    ),
  );
}

/** The permission that makes somebody an administrator of the host. */
export function isRootAdmin(permission: Permission): boolean {
  return permission.entity === ROOT_ENTITY && permission.roleId === ROLE_ID.admin && permission.propagate;
}

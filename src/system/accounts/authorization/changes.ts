/** Changes of permissions and roles as the AuthorizationManager makes them: the state after, or a fault. */
import { type AccountFault, invalidArgument, minimumAdmin, notFound, userNotFound } from '../faults.ts';
import { type Authorization, type EntityId, isRootAdmin, type Permission } from './permissions.ts';
import { findRole, isGrantable, removeRole } from './roles.ts';

/** The user who can always administer the host. */
export const ROOT_USER = 'root';

/** Who exists. */
export interface Principals {
  exists(principal: string, group: boolean): boolean;
}

export type AuthorizationChange = { readonly authorization: Authorization } | AccountFault;

const MAX_PERMISSIONS = 10_000;

/** SetEntityPermissions: adds, or replaces those of the same principal on the entity. */
export function setEntityPermissions(
  before: Authorization,
  entity: EntityId,
  given: readonly Omit<Permission, 'entity'>[],
  principals: Principals,
): AuthorizationChange {
  return replaced(before, given, entity, principals, (old) =>
    given.some((permission) => samePrincipal(permission, old)),
  );
}

/** ResetEntityPermissions: these are all that the entity has. */
export function resetEntityPermissions(
  before: Authorization,
  entity: EntityId,
  given: readonly Omit<Permission, 'entity'>[],
  principals: Principals,
): AuthorizationChange {
  return replaced(before, given, entity, principals, () => true);
}

/** RemoveEntityPermission. */
export function removeEntityPermission(
  before: Authorization,
  entity: EntityId,
  principal: string,
  group: boolean,
): AuthorizationChange {
  const isIt = (old: Permission) => old.entity === entity && samePrincipal(old, { principal, group });
  if (!before.permissions.some(isIt)) return notFound(`a permission of '${principal}' on ${entity}`);
  return kept({ ...before, permissions: before.permissions.filter((old) => !isIt(old)) });
}

/** MergePermissions: all that had one role have the other. */
export function mergePermissions(before: Authorization, from: number, to: number): AuthorizationChange {
  const missing = [from, to].find((roleId) => findRole(before.roles, roleId) === undefined);
  if (missing !== undefined) return notFound(`role ${missing}`);
  const permissions = before.permissions.map((old) => (old.roleId === from ? { ...old, roleId: to } : old));
  return kept({ ...before, permissions });
}

/** RemoveAuthorizationRole: with `failIfUsed` only when no permission has it, else those go with it. */
export function removeAuthorizationRole(
  before: Authorization,
  roleId: number,
  failIfUsed: boolean,
): AuthorizationChange {
  const change = removeRole(before.roles, roleId);
  if ('fault' in change) return change;
  const users = before.permissions.filter((permission) => permission.roleId === roleId);
  if (failIfUsed && users.length > 0) {
    return { fault: 'RemoveFailed', message: `The role is used by ${users.length} permissions.` };
  }
  return kept({
    roles: change.roles,
    permissions: before.permissions.filter((permission) => permission.roleId !== roleId),
  });
}

/** Without what a principal had: when a user or group is removed. */
export function withoutPrincipal(
  before: Authorization,
  principal: string,
  group: boolean,
): AuthorizationChange {
  return kept({
    ...before,
    permissions: before.permissions.filter((old) => !samePrincipal(old, { principal, group })),
  });
}

function replaced(
  before: Authorization,
  given: readonly Omit<Permission, 'entity'>[],
  entity: EntityId,
  principals: Principals,
  isReplaced: (old: Permission) => boolean,
): AuthorizationChange {
  const trouble = given
    .map((permission) => permissionTrouble(before, permission, principals))
    .find((found) => found);
  if (trouble !== undefined) return trouble;
  const twice = given.find(
    (permission, i) => given.findIndex((other) => samePrincipal(other, permission)) !== i,
  );
  if (twice !== undefined) return invalidArgument('permission', `'${twice.principal}' is given twice`);
  const rest = before.permissions.filter((old) => old.entity !== entity || !isReplaced(old));
  const added = given.map(({ principal, group, roleId, propagate }) => ({
    entity,
    principal,
    group,
    roleId,
    propagate,
  }));
  return kept({ ...before, permissions: [...rest, ...added] });
}

function permissionTrouble(
  before: Authorization,
  { principal, group, roleId }: Omit<Permission, 'entity'>,
  principals: Principals,
): AccountFault | undefined {
  const role = findRole(before.roles, roleId);
  if (role === undefined) return notFound(`role ${roleId}`);
  if (!isGrantable(role))
    return invalidArgument('permission.roleId', `the role '${role.name}' cannot be granted`);
  return principals.exists(principal, group) ? undefined : userNotFound(principal);
}

/** What every change must leave: root administers the host. */
function kept(after: Authorization): AuthorizationChange {
  if (after.permissions.length > MAX_PERMISSIONS) {
    return invalidArgument('permission', `there are more than ${MAX_PERMISSIONS} permissions`);
  }
  const root = after.permissions.find(
    (permission) => isRootAdmin(permission) && !permission.group && permission.principal === ROOT_USER,
  );
  return root === undefined ? minimumAdmin() : { authorization: after };
}

function samePrincipal(
  a: Pick<Permission, 'principal' | 'group'>,
  b: Pick<Permission, 'principal' | 'group'>,
): boolean {
  return a.principal === b.principal && a.group === b.group;
}

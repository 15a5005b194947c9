/** Roles: the five that every host has, and own ones. Source: vim25 AuthorizationManager. */
import { type AccountFault, alreadyExists, invalidArgument, notFound } from '../faults.ts';
import { isPrivilege, PRIVILEGES } from './privileges.ts';

export interface Role {
  readonly roleId: number;
  readonly name: string;
  readonly label: string;
  readonly summary: string;
  /** Cannot be changed. */
  readonly system: boolean;
  readonly privileges: readonly string[];
}

export const ROLE_ID = { admin: -1, readOnly: -2, view: -3, anonymous: -4, noAccess: -5 } as const;

const system = (
  roleId: number,
  name: string,
  label: string,
  summary: string,
  privileges: readonly string[],
): Role => ({ roleId, name, label, summary, system: true, privileges });

// biome-ignore format: a table reads in columns
export const SYSTEM_ROLES: readonly Role[] = [
  system(ROLE_ID.noAccess,  'NoAccess',  'No access',     'Used for restricting granted access',                  []),
  system(ROLE_ID.anonymous, 'Anonymous', 'Anonymous',     'Not logged-in user (cannot be granted)',               ['System.Anonymous']),
  system(ROLE_ID.view,      'View',      'View',          'Visibility access (cannot be granted)',                ['System.Anonymous', 'System.View']),
  system(ROLE_ID.readOnly,  'ReadOnly',  'Read-only',     'See details of objects, but not make changes',         ['System.Anonymous', 'System.Read', 'System.View']),
  system(ROLE_ID.admin,     'Admin',     'Administrator', 'Full access rights',                                   PRIVILEGES.map(({ id }) => id)),
];

/** What nobody can be given: they say what is left without a permission. */
const NOT_GRANTED: readonly number[] = [ROLE_ID.anonymous, ROLE_ID.view];
/** Every role has these, as on ESXi. */
const ALWAYS = ['System.Anonymous', 'System.Read', 'System.View'] as const;
const FIRST_OWN_ID = 10;
const MAX_ROLES = 1000;
const MAX_NAME_LENGTH = 80;

export function isGrantable(role: Role): boolean {
  return !NOT_GRANTED.includes(role.roleId);
}

export function findRole(own: readonly Role[], roleId: number): Role | undefined {
  return (roleId < 0 ? SYSTEM_ROLES : own).find((role) => role.roleId === roleId);
}

/** A name that no role has may be given; `except` is the role that is renamed. */
function nameTrouble(own: readonly Role[], name: string, except?: number): AccountFault | undefined {
  // oxlint-disable-next-line no-control-regex -- names are shown on terminals
  if (name.trim() === '' || name.length > MAX_NAME_LENGTH || /[\u0000-\u001f\u007f]/.test(name)) {
    return { fault: 'InvalidName', name, message: `The name '${name}' is not valid for a role.` };
  }
  const taken = [...SYSTEM_ROLES, ...own].some((role) => role.name === name && role.roleId !== except);
  return taken ? alreadyExists(name) : undefined;
}

function privilegeTrouble(ids: readonly string[]): AccountFault | undefined {
  const unknown = ids.find((id) => !isPrivilege(id));
  return unknown === undefined ? undefined : invalidArgument('privIds', `there is no privilege '${unknown}'`);
}

/** The own roles after the change, or why it is refused. */
export type RoleChange = { readonly roles: readonly Role[]; readonly roleId: number } | AccountFault;

/** AddAuthorizationRole. */
export function addRole(own: readonly Role[], name: string, privileges: readonly string[]): RoleChange {
  const trouble = nameTrouble(own, name) ?? privilegeTrouble(privileges);
  if (trouble !== undefined) return trouble;
  if (own.length >= MAX_ROLES) return invalidArgument('name', `there are ${MAX_ROLES} roles already`);
  const roleId = Math.max(FIRST_OWN_ID, ...own.map((role) => role.roleId + 1));
  return { roles: [...own, ownRole(roleId, name, privileges)], roleId };
}

/** UpdateAuthorizationRole. */
export function updateRole(
  own: readonly Role[],
  roleId: number,
  name: string,
  privileges: readonly string[],
): RoleChange {
  const trouble =
    changeTrouble(own, roleId) ?? nameTrouble(own, name, roleId) ?? privilegeTrouble(privileges);
  if (trouble !== undefined) return trouble;
  return {
    roles: own.map((role) => (role.roleId === roleId ? ownRole(roleId, name, privileges) : role)),
    roleId,
  };
}

/** RemoveAuthorizationRole, as far as the roles go; permissions with it are the caller's. */
export function removeRole(own: readonly Role[], roleId: number): RoleChange {
  return changeTrouble(own, roleId) ?? { roles: own.filter((role) => role.roleId !== roleId), roleId };
}

function changeTrouble(own: readonly Role[], roleId: number): AccountFault | undefined {
  const role = findRole(own, roleId);
  if (role === undefined) return notFound(`role ${roleId}`);
  return role.system ? invalidArgument('roleId', `the role '${role.name}' is the system's`) : undefined;
}

export function ownRole(roleId: number, name: string, privileges: readonly string[]): Role {
  const all = [...new Set([...ALWAYS, ...privileges])].sort();
  return { roleId, name, label: name, summary: '', system: false, privileges: all };
}

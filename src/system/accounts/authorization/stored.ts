/** Roles and permissions as JSON files: read with care, since people edit them; printed with one entry a line. */
import type { FileProblem } from '../files.ts';
import { ROOT_USER } from './changes.ts';
import { type Authorization, isRootAdmin, type Permission, ROOT_ENTITY } from './permissions.ts';
import { isPrivilege } from './privileges.ts';
import { findRole, isGrantable, ownRole, ROLE_ID, type Role, SYSTEM_ROLES } from './roles.ts';

const VERSION = 1;
const MAX_ENTRIES = 10_000;

/** Root administers the host: always there, and all that is when a file cannot be read. */
const ROOT_PERMISSION: Permission = {
  entity: ROOT_ENTITY,
  principal: ROOT_USER,
  group: false,
  roleId: ROLE_ID.admin,
  propagate: true,
};

/** What was read, and what could not be used. */
export interface StoredAuthorization {
  readonly authorization: Authorization;
  readonly problems: readonly FileProblem[];
}

/** A file's path and its text; no text when there is no file. */
export interface StoredFile {
  readonly path: string;
  readonly text: string | undefined;
}

/** Reads both files. When one is no JSON of this form, only root has a permission, and it is said. */
export function parseAuthorization(rolesFile: StoredFile, permissionsFile: StoredFile): StoredAuthorization {
  const problems: FileProblem[] = [];
  const roleEntries = entriesOf(rolesFile, 'roles', problems);
  const permissionEntries = entriesOf(permissionsFile, 'permissions', problems);
  const roles: Role[] = [];
  for (const [i, entry] of (roleEntries ?? []).entries()) {
    const role = parseRole(entry, roles);
    if (typeof role === 'string') problems.push(problem(rolesFile, 'role', i, role));
    else roles.push(role);
  }
  for (const [i, entry] of (roleEntries ?? []).entries()) {
    const unknown = strings(entry['privileges']).filter((id) => !isPrivilege(id));
    if (unknown.length > 0)
      problems.push(problem(rolesFile, 'role', i, `there is no privilege ${unknown.join(', ')}`));
  }
  const permissions: Permission[] = [];
  const isUsable = roleEntries !== undefined && permissionEntries !== undefined;
  for (const [i, entry] of (isUsable ? permissionEntries : []).entries()) {
    const permission = parsePermission(entry, roles, permissions);
    if (typeof permission === 'string') problems.push(problem(permissionsFile, 'permission', i, permission));
    else permissions.push(permission);
  }
  return {
    authorization: { roles, permissions: withRoot(permissions, permissionsFile, problems) },
    problems,
  };
}

export function printRoles(roles: readonly Role[]): string {
  return print(
    'roles',
    roles.map(({ roleId, name, privileges }) => ({ roleId, name, privileges })),
  );
}

export function printPermissions(permissions: readonly Permission[]): string {
  return print('permissions', permissions);
}

function print(name: string, entries: readonly object[]): string {
  const lines = entries.map((entry) => `    ${JSON.stringify(entry)}`);
  return `{\n  "version": ${VERSION},\n  "${name}": [${lines.length === 0 ? '' : `\n${lines.join(',\n')}\n  `}]\n}\n`;
}

type Loose = Readonly<Record<string, unknown>>;

function entriesOf(file: StoredFile, name: string, problems: FileProblem[]): readonly Loose[] | undefined {
  if (file.text === undefined) return [];
  const bad = (reason: string): undefined => {
    problems.push({ path: file.path, line: 0, reason: `${reason}: only root administers the host` });
    return undefined;
  };
  let value: unknown;
  try {
    value = JSON.parse(file.text);
  } catch (error) {
    return bad(`it is no JSON (${(error as Error).message})`);
  }
  if (!isObject(value) || value['version'] !== VERSION) return bad(`it has no "version": ${VERSION}`);
  const entries = value[name];
  if (!Array.isArray(entries) || entries.length > MAX_ENTRIES)
    return bad(`"${name}" is no list of at most ${MAX_ENTRIES}`);
  return entries.map((entry) => (isObject(entry) ? entry : {}));
}

function parseRole({ roleId, name, privileges }: Loose, before: readonly Role[]): Role | string {
  if (typeof roleId !== 'number' || !Number.isSafeInteger(roleId) || roleId <= 0)
    return 'its roleId is no number above 0';
  if (typeof name !== 'string' || name === '') return 'it has no name';
  if (!Array.isArray(privileges)) return 'its privileges are no list';
  if (before.some((role) => role.roleId === roleId)) return `the roleId ${roleId} is there twice`;
  if ([...SYSTEM_ROLES, ...before].some((role) => role.name === name))
    return `the name "${name}" is there twice`;
  return ownRole(roleId, name, strings(privileges).filter(isPrivilege));
}

function parsePermission(
  entry: Loose,
  roles: readonly Role[],
  before: readonly Permission[],
): Permission | string {
  const { entity, principal, group, roleId, propagate } = entry;
  if (typeof entity !== 'string' || entity === '') return 'it has no entity';
  if (typeof principal !== 'string' || principal === '') return 'it has no principal';
  if (typeof group !== 'boolean' || typeof propagate !== 'boolean')
    return 'its group or propagate is neither true nor false';
  const role = typeof roleId === 'number' ? findRole(roles, roleId) : undefined;
  if (role === undefined || !isGrantable(role)) return `there is no role ${String(roleId)} to grant`;
  const isThere = before.some(
    (old) => old.entity === entity && old.principal === principal && old.group === group,
  );
  if (isThere) return `"${principal}" has one on ${entity} already`;
  return { entity, principal, group, roleId: role.roleId, propagate };
}

/** Root's own permission, put there or put right. */
function withRoot(
  permissions: readonly Permission[],
  file: StoredFile,
  problems: FileProblem[],
): readonly Permission[] {
  const isRoots = ({ entity, principal, group }: Permission) =>
    entity === ROOT_ENTITY && principal === ROOT_USER && !group;
  const root = permissions.find(isRoots);
  if (root !== undefined && isRootAdmin(root)) return permissions;
  if (root !== undefined) {
    problems.push({ path: file.path, line: 0, reason: 'root is no administrator in it, but always is one' });
  }
  return [ROOT_PERMISSION, ...permissions.filter((permission) => !isRoots(permission))];
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

function isObject(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function problem(file: StoredFile, kind: string, index: number, reason: string): FileProblem {
  return { path: file.path, line: 0, reason: `${kind} ${index + 1}: ${reason}` };
}

/** Calls on users, groups, roles, permissions and sessions, by the VIM API. */
import { usageError } from '#lib';
import type { GroupRow, PermissionRow, RoleRow, SessionRow, UserRow } from '../../calls/accounts.ts';
import { data, moRef } from '../model/value.ts';
import type { AuthorizationRole, PosixUserSearchResult, UserSession } from '../table/vim25.d.ts';
import { type Given, optionalText, type RemoteCall, text } from './call.ts';
import type { VimClient } from './vim-client.ts';

const ACCOUNTS = ['HostLocalAccountManager', 'ha-localacctmgr'] as const;
const AUTHORIZATION = ['AuthorizationManager', 'ha-authmgr'] as const;
const ROOT = 'ha-folder-root';

async function search(
  vim: VimClient,
  more: { belongsToUser?: string; belongsToGroup?: string },
  groups: boolean,
) {
  const asked = { searchStr: '', exactMatch: false, findUsers: !groups, findGroups: groups, ...more };
  const found = await vim.call('UserDirectory', 'ha-user-directory', 'RetrieveUserGroups', asked);
  return (found ?? []) as PosixUserSearchResult[];
}

async function users(vim: VimClient): Promise<UserRow[]> {
  const rows: UserRow[] = [];
  for (const { principal, fullName = '', id, shellAccess = false } of await search(vim, {}, false)) {
    const groups = (await search(vim, { belongsToUser: principal }, true)).map((group) => group.principal);
    rows.push({ name: principal, id, description: fullName, shellAccess, groups, locked: false });
  }
  return rows;
}

async function groups(vim: VimClient): Promise<GroupRow[]> {
  const rows: GroupRow[] = [];
  for (const { principal, id } of await search(vim, {}, true)) {
    const members = await search(vim, { belongsToGroup: principal }, false);
    rows.push({ name: principal, id, members: members.map((user) => user.principal) });
  }
  return rows;
}

function accountSpec(given: Given) {
  return data('HostPosixAccountSpec', {
    id: text(given, 'name'),
    password: optionalText(given, 'password'),
    description: optionalText(given, 'description'),
    posixId: given['id'] as number | undefined,
    shellAccess: given['shellAccess'] as boolean | undefined,
  });
}

async function roles(vim: VimClient): Promise<AuthorizationRole[]> {
  const [found] = await vim.read('AuthorizationManager', ['roleList'], 'ha-authmgr');
  return (found?.values['roleList'] as AuthorizationRole[] | undefined) ?? [];
}

async function roleId(vim: VimClient, name: string): Promise<number> {
  const found = (await roles(vim)).find((role) => role.name === name);
  if (found === undefined) throw usageError(`there is no role "${name}"`);
  return found.roleId;
}

const roleRow = ({ roleId: id, name, system, privilege = [] }: AuthorizationRole): RoleRow => ({
  ...{ id, name, system, privileges: privilege },
});

async function permissions(vim: VimClient): Promise<PermissionRow[]> {
  const names = new Map((await roles(vim)).map((role) => [role.roleId, role.name]));
  const found = await vim.call(...AUTHORIZATION, 'RetrieveAllPermissions', {});
  return (found ?? []).map(({ entity, principal, group, roleId: id, propagate }) => ({
    ...{ entity: entity?.value ?? '', principal, group, role: names.get(id) ?? String(id), propagate },
  }));
}

async function setPermission(vim: VimClient, given: Given): Promise<void> {
  const entity = moRef('ManagedEntity', optionalText(given, 'entity') ?? ROOT);
  const { group = false, propagate = true } = given as { group?: boolean; propagate?: boolean };
  const role = await roleId(vim, text(given, 'role'));
  const permission = { entity, principal: text(given, 'principal'), group, roleId: role, propagate };
  await vim.call(...AUTHORIZATION, 'SetEntityPermissions', { entity, permission: [permission] });
}

async function sessions(vim: VimClient): Promise<SessionRow[]> {
  const [found] = await vim.read('SessionManager', ['sessionList'], 'ha-sessionmgr');
  return ((found?.values['sessionList'] as UserSession[] | undefined) ?? []).map((session) => ({
    ...{ key: session.key, user: session.userName, channel: '', remote: session.ipAddress },
    ...{ userAgent: session.userAgent, loginMs: session.loginTime.getTime() },
    ...{ lastActiveMs: session.lastActiveTime.getTime(), calls: Number(session.callCount) },
  }));
}

const membership = (given: Given) => ({ user: text(given, 'user'), group: text(given, 'group') });

// biome-ignore format: a table reads in columns
export const ACCOUNT_CALLS: Readonly<Record<string, RemoteCall>> = {
  'user.list':         users,
  'user.create':       async (vim, given) => await vim.call(...ACCOUNTS, 'CreateUser', { user: accountSpec(given) }),
  'user.set':          async (vim, given) => await vim.call(...ACCOUNTS, 'UpdateUser', { user: accountSpec(given) }),
  'user.remove':       async (vim, given) => await vim.call(...ACCOUNTS, 'RemoveUser', { userName: text(given, 'name') }),
  'group.list':        groups,
  'group.create':      async (vim, given) => await vim.call(...ACCOUNTS, 'CreateGroup', { group: accountSpec(given) }),
  'group.remove':      async (vim, given) => await vim.call(...ACCOUNTS, 'RemoveGroup', { groupName: text(given, 'name') }),
  'group.assign':      async (vim, given) => await vim.call(...ACCOUNTS, 'AssignUserToGroup', membership(given)),
  'group.unassign':    async (vim, given) => await vim.call(...ACCOUNTS, 'UnassignUserFromGroup', membership(given)),
  'role.list':         async (vim) => (await roles(vim)).map(roleRow),
  'role.create':       async (vim, given) => await vim.call(...AUTHORIZATION, 'AddAuthorizationRole', { name: text(given, 'name'), privIds: given['privileges'] as string[] }),
  'role.set':          async (vim, given) => await vim.call(...AUTHORIZATION, 'UpdateAuthorizationRole', { roleId: await roleId(vim, text(given, 'name')), newName: text(given, 'name'), privIds: given['privileges'] as string[] }),
  'role.remove':       async (vim, given) => await vim.call(...AUTHORIZATION, 'RemoveAuthorizationRole', { roleId: await roleId(vim, text(given, 'name')), failIfUsed: given['force'] !== true }),
  'permission.list':   permissions,
  'permission.set':    setPermission,
  'permission.remove': async (vim, given) => await vim.call(...AUTHORIZATION, 'RemoveEntityPermission', { entity: moRef('ManagedEntity', optionalText(given, 'entity') ?? ROOT), user: text(given, 'principal'), isGroup: given['group'] === true }),
  'session.list':      sessions,
  'session.end':       async (vim, given) => await vim.call('SessionManager', 'ha-sessionmgr', 'TerminateSession', { sessionId: [text(given, 'key')] }),
};

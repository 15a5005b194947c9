/** Calls on users, groups, roles, permissions, sessions and lockdown. */
import { usageError } from '#lib';
import {
  type AccountFault,
  type Accounts,
  CHANNELS,
  findRole,
  groupsOf,
  hasShellAccess,
  isListed,
  LOCKDOWN_MODES,
  ROOT_ENTITY,
  type Role,
  SYSTEM_ROLES,
} from '#system';
import { callsOn } from '../local/call.ts';
import { flag, integer, list, oneOf, optional, text } from '../local/fields.ts';

export interface AccountServices {
  readonly accounts: Accounts;
}

export interface UserRow {
  readonly name: string;
  readonly id: number;
  readonly description: string;
  readonly shellAccess: boolean;
  readonly groups: readonly string[];
  /** Locked on the network after failed logins. */
  readonly locked: boolean;
}

export interface GroupRow {
  readonly name: string;
  readonly id: number;
  readonly members: readonly string[];
}

export interface RoleRow {
  readonly id: number;
  readonly name: string;
  readonly system: boolean;
  readonly privileges: readonly string[];
}

export interface PermissionRow {
  readonly entity: string;
  readonly principal: string;
  readonly group: boolean;
  readonly role: string;
  readonly propagate: boolean;
}

export interface SessionRow {
  readonly key: string;
  readonly user: string;
  /** What it came by, in words. */
  readonly channel: string;
  readonly remote: string;
  readonly userAgent: string;
  /** Milliseconds since 1970. */
  readonly loginMs: number;
  readonly lastActiveMs: number;
  readonly calls: number;
}

/** Who can open the socket owns the host. */
const BY = 'root';
const NANOSECONDS_PER_MILLISECOND = 1_000_000n;
const MAX_ID = 2 ** 31;

const call = callsOn<AccountServices>();
const name = { name: text() };
const userChanges = {
  ...name,
  password: optional(text()),
  description: optional(text()),
  shellAccess: optional(flag()),
  id: optional(integer(0, MAX_ID)),
};
const membership = { user: text(), group: text() };
const on = { entity: optional(text()), principal: text(), group: optional(flag()) };

export const ACCOUNT_CALLS = {
  'user.list': call('the users', {}, ({ accounts }) => users(accounts)),
  'user.create': call('makes a user', userChanges, async ({ accounts }, { name, id, ...given }) =>
    done(await accounts.createUser({ ...given, id: name, posixId: id }, BY)),
  ),
  'user.set': call('changes a user', userChanges, async ({ accounts }, { name, id, ...given }) =>
    done(await accounts.updateUser({ ...given, id: name, posixId: id }, BY)),
  ),
  'user.remove': call('removes a user', name, ({ accounts }, { name }) =>
    done(accounts.removeUser(name, BY)),
  ),
  'user.unlock': call('lets a locked user in again', name, ({ accounts }, { name }) =>
    accounts.authenticator.unlock(name),
  ),
  'group.list': call('the groups', {}, ({ accounts }) => groups(accounts)),
  'group.create': call(
    'makes a group',
    { ...name, id: optional(integer(0, MAX_ID)) },
    ({ accounts }, { name, id }) => done(accounts.createGroup({ id: name, posixId: id }, BY)),
  ),
  'group.remove': call('removes a group', name, ({ accounts }, { name }) =>
    done(accounts.removeGroup(name, BY)),
  ),
  'group.assign': call('puts a user into a group', membership, ({ accounts }, { user, group }) =>
    done(accounts.assignUserToGroup(user, group, BY)),
  ),
  'group.unassign': call('takes a user out of a group', membership, ({ accounts }, { user, group }) =>
    done(accounts.unassignUserFromGroup(user, group, BY)),
  ),
  'role.list': call('the roles', {}, ({ accounts }) => roles(accounts).map(roleRow)),
  'role.create': call(
    'makes a role',
    { ...name, privileges: list(text()) },
    ({ accounts }, { name, privileges }) => {
      const made = accounts.addRole(name, privileges, BY);
      return typeof made === 'number' ? made : done(made);
    },
  ),
  'role.set': call(
    'changes the privileges of a role',
    { ...name, privileges: list(text()) },
    ({ accounts }, given) =>
      done(accounts.updateRole(roleNamed(accounts, given.name).roleId, given.name, given.privileges, BY)),
  ),
  'role.remove': call(
    'removes a role',
    { ...name, force: optional(flag()) },
    ({ accounts }, { name, force }) =>
      done(accounts.removeRole(roleNamed(accounts, name).roleId, force !== true, BY)),
  ),
  'permission.list': call('all permissions', {}, ({ accounts }) => permissions(accounts)),
  'permission.set': call(
    'gives a user or a group a role',
    { ...on, role: text(), propagate: optional(flag()) },
    ({ accounts }, { entity = ROOT_ENTITY, principal, group = false, role, propagate = true }) => {
      const { roleId } = roleNamed(accounts, role);
      return done(accounts.setEntityPermissions(entity, [{ principal, group, roleId, propagate }], BY));
    },
  ),
  'permission.remove': call(
    'takes it away',
    on,
    ({ accounts }, { entity = ROOT_ENTITY, principal, group = false }) =>
      done(accounts.removeEntityPermission(entity, principal, group, BY)),
  ),
  'session.list': call('who is logged in', {}, ({ accounts }) => sessions(accounts)),
  'session.end': call('ends a session', { key: text() }, ({ accounts }, { key }) => {
    if (!accounts.sessions.end(key)) throw usageError(`there is no session ${key}`);
  }),
  'lockdown.show': call('the lockdown mode', {}, ({ accounts }) => accounts.lockdown),
  'lockdown.set': call(
    'changes the lockdown mode or its exception users',
    { mode: optional(oneOf(...LOCKDOWN_MODES)), exceptionUsers: optional(list(text())) },
    ({ accounts }, { mode, exceptionUsers }) => {
      if (exceptionUsers !== undefined) done(accounts.setLockdownExceptions(exceptionUsers, BY));
      if (mode !== undefined) accounts.setLockdownMode(mode, BY);
    },
  ),
};

/** A fault is told to the person. */
function done(fault: AccountFault | undefined): void {
  if (fault !== undefined) throw usageError(fault.message);
}

function users({ database, authenticator }: Accounts): UserRow[] {
  const locked = authenticator.locked();
  return database.passwd.entries.filter(isListed).map((entry) => ({
    name: entry.name,
    id: entry.uid,
    description: entry.gecos,
    shellAccess: hasShellAccess(entry),
    groups: groupsOf(database, entry.name),
    locked: locked.includes(entry.name),
  }));
}

function groups({ database }: Accounts): GroupRow[] {
  return database.group.entries.map(({ name, gid }) => ({
    name,
    id: gid,
    members: database.passwd.entries
      .filter((user) => groupsOf(database, user.name).includes(name))
      .map((user) => user.name),
  }));
}

function roles({ database }: Accounts): Role[] {
  return [...SYSTEM_ROLES, ...database.authorization.roles];
}

function roleRow({ roleId, name, system, privileges }: Role): RoleRow {
  return { id: roleId, name, system, privileges };
}

function roleNamed(accounts: Accounts, wanted: string): Role {
  const role = roles(accounts).find(({ name }) => name === wanted);
  if (role === undefined) throw usageError(`there is no role "${wanted}"`);
  return role;
}

function permissions({ database }: Accounts): PermissionRow[] {
  const { authorization } = database;
  return authorization.permissions.map(({ roleId, ...rest }) => ({
    ...rest,
    role: findRole(authorization.roles, roleId)?.name ?? String(roleId),
  }));
}

function sessions(accounts: Accounts): SessionRow[] {
  return accounts.sessions.list().map((session) => ({
    key: session.key,
    user: session.user,
    channel: CHANNELS[session.channel].what,
    remote: session.remote,
    userAgent: session.userAgent,
    loginMs: Number(session.loginWallNanoseconds / NANOSECONDS_PER_MILLISECOND),
    lastActiveMs: Number(session.lastActiveWallNanoseconds / NANOSECONDS_PER_MILLISECOND),
    calls: session.callCount,
  }));
}

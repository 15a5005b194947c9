/** Accounts of a host in one place: who there is, what they may, who is logged in. */
import type { Clock, Random } from '#lib';
import { AUDIT, type Audit } from './audit.ts';
import {
  Authenticator,
  type Identity,
  LOGIN_FAILURES,
  type Login,
  type LoginFailure,
} from './authenticator.ts';
import {
  type AuthorizationChange,
  mergePermissions,
  removeAuthorizationRole,
  removeEntityPermission,
  resetEntityPermissions,
  setEntityPermissions,
  withoutPrincipal,
} from './authorization/changes.ts';
import type { Authorization, EntityId, EntityTree, Permission } from './authorization/permissions.ts';
import { addRole, type RoleChange, updateRole } from './authorization/roles.ts';
import { isAdmitted, type Lockdown, type LockdownMode } from './channels.ts';
import { PasswordHasher, type SystemCrypt } from './crypt/hasher.ts';
import { AccountDatabase } from './database.ts';
import { principalExists } from './directory.ts';
import { type AccountFault, userNotFound } from './faults.ts';
import type { AccountFiles } from './files.ts';
import { type GroupSpec, LocalAccounts, type UserSpec } from './local-accounts.ts';
import { type Session, SessionTable } from './sessions.ts';
import type { AccountSettings } from './settings.ts';
import { TicketTable } from './tickets.ts';

/** What the accounts need of the host. */
export interface AccountsHost {
  readonly files: AccountFiles;
  readonly clock: Clock;
  /** Chance that nobody can guess: it makes salts, cookies and tickets. */
  readonly random: Random;
  readonly audit: Audit;
  readonly tree: EntityTree;
  settings(): AccountSettings;
  /** For password hashes that are not ours. */
  readonly systemCrypt?: SystemCrypt;
}

export class Accounts {
  readonly database: AccountDatabase;
  readonly hasher: PasswordHasher;
  readonly sessions: SessionTable;
  readonly tickets: TicketTable;
  readonly authenticator: Authenticator;
  readonly #host: AccountsHost;
  readonly #local: LocalAccounts;

  constructor(host: AccountsHost) {
    this.#host = host;
    this.database = new AccountDatabase(host.files, (problem) => host.audit(AUDIT.problem(problem)));
    this.hasher = new PasswordHasher(host.random, host.systemCrypt);
    this.tickets = new TicketTable(host.clock, host.random);
    const { clock, random, audit, tree } = host;
    const { database, hasher } = this;
    const settings = () => host.settings();
    this.sessions = new SessionTable(clock, random, settings, (session) => {
      this.tickets.revoke(session.key);
      audit(AUDIT.loggedOut(session, session.callCount));
    });
    const lockdown = () => this.lockdown;
    this.authenticator = new Authenticator({
      database,
      hasher,
      clock,
      random,
      audit,
      tree,
      settings,
      lockdown,
    });
    this.#local = new LocalAccounts({ database, hasher, clock, settings });
  }

  /** Where entities hang, for permissions. */
  get tree(): EntityTree {
    return this.#host.tree;
  }

  /** Checks a login without a session: for requests that carry their password. */
  check(login: Login): Promise<Identity | LoginFailure> {
    return this.authenticator.check(login);
  }

  /** Checks a login and opens a session. */
  async authenticate(
    login: Login & { readonly userAgent?: string; readonly locale?: string },
  ): Promise<Session | LoginFailure> {
    const checked = await this.check(login);
    if ('failure' in checked) return checked;
    const { password: _, ...rest } = login;
    return (
      this.sessions.open({ ...rest, ...checked }) ?? {
        failure: 'too-many',
        message: LOGIN_FAILURES['too-many'].message,
      }
    );
  }

  /** A session of root for who can open the socket in the host's home folder. */
  openLocal(userAgent: string): Session | undefined {
    const fullName = this.database.passwd.find('root')?.gecos ?? '';
    return this.sessions.open({ user: 'root', fullName, channel: 'local', remote: '', userAgent });
  }

  /** Whether the owner of a session, or somebody who was checked, has a privilege on an entity (the host's root). */
  authorize(who: { readonly user: string }, privilege: string, entity?: EntityId): boolean {
    return this.authenticator.authorize(who.user, privilege, entity);
  }

  get lockdown(): Lockdown {
    return { ...this.database.lockdown, dcuiAccess: this.#host.settings().dcuiAccess };
  }

  /** ChangeLockdownMode: ends the sessions that it shuts out. */
  setLockdownMode(mode: LockdownMode, by: string): void {
    this.database.lockdown = { ...this.database.lockdown, mode };
    this.#applyLockdown(`Lockdown mode is ${mode}`, by);
  }

  /** UpdateLockdownExceptions: these are all. */
  setLockdownExceptions(users: readonly string[], by: string): AccountFault | undefined {
    const missing = users.find((user) => !principalExists(this.database, user, false));
    if (missing !== undefined) return userNotFound(missing);
    this.database.lockdown = { ...this.database.lockdown, exceptionUsers: [...new Set(users)] };
    this.#applyLockdown(`Lockdown exception users are ${users.join(', ') || 'nobody'}`, by);
    return undefined;
  }

  async createUser(spec: UserSpec, by: string): Promise<AccountFault | undefined> {
    return this.#done(await this.#local.createUser(spec), `Account ${spec.id} was created`, by);
  }

  async updateUser(spec: UserSpec, by: string): Promise<AccountFault | undefined> {
    const fault = await this.#local.updateUser(spec);
    if (fault === undefined && spec.password !== undefined) this.authenticator.unlock(spec.id);
    return this.#done(fault, `Account ${spec.id} was updated`, by);
  }

  async changePassword(
    user: string,
    oldPassword: string,
    newPassword: string,
  ): Promise<AccountFault | undefined> {
    const fault = await this.#local.changePassword(user, oldPassword, newPassword);
    return this.#done(fault, `Password was changed for account ${user}`, user);
  }

  removeUser(user: string, by: string): AccountFault | undefined {
    const fault = this.#local.removeUser(user);
    if (fault === undefined) this.#forget(user, false);
    return this.#done(fault, `Account ${user} was removed`, by);
  }

  createGroup(spec: GroupSpec, by: string): AccountFault | undefined {
    return this.#done(this.#local.createGroup(spec), `Group ${spec.id} was created`, by);
  }

  removeGroup(group: string, by: string): AccountFault | undefined {
    const fault = this.#local.removeGroup(group);
    if (fault === undefined) this.#forget(group, true);
    return this.#done(fault, `Group ${group} was removed`, by);
  }

  assignUserToGroup(user: string, group: string, by: string): AccountFault | undefined {
    return this.#done(
      this.#local.assignUserToGroup(user, group),
      `Account ${user} was added to group ${group}`,
      by,
    );
  }

  unassignUserFromGroup(user: string, group: string, by: string): AccountFault | undefined {
    return this.#done(
      this.#local.unassignUserFromGroup(user, group),
      `Account ${user} was removed from group ${group}`,
      by,
    );
  }

  /** The id of the new role. */
  addRole(name: string, privileges: readonly string[], by: string): number | AccountFault {
    const change = addRole(this.database.authorization.roles, name, privileges);
    return (
      this.#keepRoles(change, `New role ${name} created`, by) ?? ('roleId' in change ? change.roleId : change)
    );
  }

  updateRole(
    roleId: number,
    name: string,
    privileges: readonly string[],
    by: string,
  ): AccountFault | undefined {
    const change = updateRole(this.database.authorization.roles, roleId, name, privileges);
    return this.#keepRoles(change, `Role modified: ${name}`, by);
  }

  removeRole(roleId: number, failIfUsed: boolean, by: string): AccountFault | undefined {
    return this.#change(
      (before) => removeAuthorizationRole(before, roleId, failIfUsed),
      `Role ${roleId} removed`,
      by,
    );
  }

  mergePermissions(from: number, to: number, by: string): AccountFault | undefined {
    return this.#change(
      (before) => mergePermissions(before, from, to),
      `Role ${from} replaced by role ${to}`,
      by,
    );
  }

  setEntityPermissions(
    entity: EntityId,
    given: readonly Omit<Permission, 'entity'>[],
    by: string,
  ): AccountFault | undefined {
    return this.#change(
      (before) => setEntityPermissions(before, entity, given, this.#principals),
      `Permission changed on ${entity}: ${described(given)}`,
      by,
    );
  }

  resetEntityPermissions(
    entity: EntityId,
    given: readonly Omit<Permission, 'entity'>[],
    by: string,
  ): AccountFault | undefined {
    return this.#change(
      (before) => resetEntityPermissions(before, entity, given, this.#principals),
      `Permissions replaced on ${entity}: ${described(given)}`,
      by,
    );
  }

  removeEntityPermission(
    entity: EntityId,
    principal: string,
    group: boolean,
    by: string,
  ): AccountFault | undefined {
    return this.#change(
      (before) => removeEntityPermission(before, entity, principal, group),
      `Permission rule removed for ${principal} on ${entity}`,
      by,
    );
  }

  readonly #principals = {
    exists: (principal: string, group: boolean) => principalExists(this.database, principal, group),
  };

  #change(
    action: (before: Authorization) => AuthorizationChange,
    what: string,
    by: string,
  ): AccountFault | undefined {
    const change = action(this.database.authorization);
    if ('fault' in change) return change;
    this.database.authorization = change.authorization;
    return this.#done(undefined, what, by);
  }

  #keepRoles(change: RoleChange, what: string, by: string): AccountFault | undefined {
    if ('fault' in change) return change;
    this.database.authorization = { ...this.database.authorization, roles: change.roles };
    return this.#done(undefined, what, by);
  }

  /** Nothing of a removed user or group is left for the next one of that name. */
  #forget(principal: string, group: boolean): void {
    const change = withoutPrincipal(this.database.authorization, principal, group);
    if ('authorization' in change) this.database.authorization = change.authorization;
    if (group) return;
    const { lockdown } = this.database;
    if (lockdown.exceptionUsers.includes(principal)) {
      const exceptionUsers = lockdown.exceptionUsers.filter((user) => user !== principal);
      this.database.lockdown = { ...lockdown, exceptionUsers };
    }
    this.authenticator.unlock(principal);
    this.sessions.endAll(({ user }) => user === principal);
  }

  #applyLockdown(what: string, by: string): void {
    this.#done(undefined, what, by);
    const lockdown = this.lockdown;
    this.sessions.endAll(({ channel, user }) => !isAdmitted(lockdown, channel, user));
  }

  #done(fault: AccountFault | undefined, what: string, by: string): AccountFault | undefined {
    if (fault === undefined) this.#host.audit(AUDIT.changed(what, by));
    return fault;
  }
}

function described(permissions: readonly Omit<Permission, 'entity'>[]): string {
  return permissions
    .map(
      ({ principal, group, roleId, propagate }) =>
        `${principal}${group ? ' (group)' : ''} role ${roleId}${propagate ? ', propagated' : ''}`,
    )
    .join('; ');
}

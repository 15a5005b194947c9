/** Creates, changes and removes local users and groups. Source: vim25 HostLocalAccountManager, with groups as up to ESXi 5.0. */
import type { Clock } from '#lib';
import type { PasswordHasher } from './crypt/hasher.ts';
import type { AccountDatabase } from './database.ts';
import { groupsOf } from './directory.ts';
import { type AccountFault, alreadyExists, invalidArgument, securityError, userNotFound } from './faults.ts';
import { descriptionTrouble, nameTrouble } from './names.ts';
import { NO_SHELL, type PasswdEntry, SHELL } from './passwd.ts';
import { parseQuality, passwordTrouble } from './quality/quality.ts';
import type { AccountSettings } from './settings.ts';
import type { ShadowEntry } from './shadow.ts';

const NANOSECONDS_PER_DAY = 86_400_000_000_000n;
const FIRST_USER_ID = 1000;
const LAST_ID = 60_000;
const USERS_GROUP_ID = 100;
/** Users and groups up to here belong to the system. */
const LAST_SYSTEM_ID = 100;
const MAX_USERS = 10_000;
const NO_PASSWORD = '*';
const WARN_DAYS = 7;

/** HostPosixAccountSpec: what is undefined stays as it is, or is chosen. */
export interface UserSpec {
  readonly id: string;
  readonly password?: string | undefined;
  readonly description?: string | undefined;
  readonly posixId?: number | undefined;
  readonly shellAccess?: boolean | undefined;
}

export interface GroupSpec {
  readonly id: string;
  readonly posixId?: number | undefined;
}

/** What the local accounts need. */
export interface LocalAccountsHost {
  readonly database: AccountDatabase;
  readonly hasher: PasswordHasher;
  readonly clock: Pick<Clock, 'wallNanoseconds'>;
  settings(): AccountSettings;
}

/** The users and groups of this host; a fault is what the rules refuse. */
export class LocalAccounts {
  readonly #host: LocalAccountsHost;

  constructor(host: LocalAccountsHost) {
    this.#host = host;
  }

  async createUser(spec: UserSpec): Promise<AccountFault | undefined> {
    const fault = this.#createTrouble(spec);
    if (fault !== undefined) return fault;
    const hash = spec.password === undefined ? NO_PASSWORD : await this.#newHash(spec, spec.password);
    if (typeof hash !== 'string') return hash;
    // Others may have come while the password was hashed.
    const late = this.#createTrouble(spec);
    if (late !== undefined) return late;
    const { database } = this.#host;
    const uid = spec.posixId ?? freeId(database.passwd.entries.map((entry) => entry.uid));
    if (uid === undefined) return invalidArgument('user', `there are no user numbers left up to ${LAST_ID}`);
    // The shadow line first: a user without one could not log in, but one without a user is nobody.
    database.shadow = database.shadow.with(this.#aged({ name: spec.id, hash, reserved: '' }));
    database.passwd = database.passwd.with({
      name: spec.id,
      uid,
      gid: USERS_GROUP_ID,
      gecos: spec.description ?? '',
      home: '/',
      shell: spec.shellAccess === true ? SHELL : NO_SHELL,
    });
    return undefined;
  }

  async updateUser(spec: UserSpec): Promise<AccountFault | undefined> {
    const before = this.#updateTrouble(spec);
    if ('fault' in before) return before;
    const hash = spec.password === undefined ? undefined : await this.#newHash(spec, spec.password);
    if (hash !== undefined && typeof hash !== 'string') return hash;
    const entry = this.#updateTrouble(spec);
    if ('fault' in entry) return entry;
    if (hash !== undefined) this.#setHash(entry, hash);
    const { database } = this.#host;
    database.passwd = database.passwd.with({
      ...entry,
      uid: spec.posixId ?? entry.uid,
      gecos: spec.description ?? entry.gecos,
      shell: spec.shellAccess === undefined ? entry.shell : spec.shellAccess ? SHELL : NO_SHELL,
    });
    return undefined;
  }

  /** ChangePassword: by the user, who knows the old one. */
  async changePassword(
    user: string,
    oldPassword: string,
    newPassword: string,
  ): Promise<AccountFault | undefined> {
    const { database, hasher } = this.#host;
    const entry = database.passwd.find(user);
    const verdict = await hasher.verify(oldPassword, entry && database.shadow.find(user)?.hash);
    if (verdict.kind !== 'match' || entry === undefined) {
      return {
        fault: 'InvalidLogin',
        message: 'Cannot complete login due to an incorrect user name or password.',
      };
    }
    const hash = await this.#newHash({ id: user, description: entry.gecos }, newPassword, oldPassword);
    if (typeof hash !== 'string') return hash;
    const now = database.passwd.find(user);
    if (now === undefined) return userNotFound(user);
    this.#setHash(now, hash);
    return undefined;
  }

  removeUser(user: string): AccountFault | undefined {
    const { database } = this.#host;
    const entry = database.passwd.find(user);
    if (entry === undefined) return userNotFound(user);
    if (isSystem(entry.uid))
      return securityError(`The user '${user}' belongs to the system and cannot be removed.`);
    database.passwd = database.passwd.without(user);
    database.shadow = database.shadow.without(user);
    database.history = database.history.without(user);
    for (const group of database.group.entries.filter(({ members }) => members.includes(user))) {
      const members = group.members.filter((member) => member !== user);
      database.group = database.group.with({ ...group, members });
    }
    return undefined;
  }

  createGroup({ id, posixId }: GroupSpec): AccountFault | undefined {
    const { database } = this.#host;
    const trouble = nameTrouble(id);
    if (trouble !== undefined) return invalidArgument('group.id', trouble);
    if (database.group.find(id) !== undefined) return alreadyExists(id);
    const taken = database.group.entries.map(({ gid }) => gid);
    if (posixId !== undefined && taken.includes(posixId)) return alreadyExists(String(posixId));
    const gid = posixId ?? freeId(taken);
    if (gid === undefined || !isId(gid))
      return invalidArgument('group.posixId', 'it is no free group number');
    database.group = database.group.with({ name: id, gid, members: [] });
    return undefined;
  }

  removeGroup(name: string): AccountFault | undefined {
    const { database } = this.#host;
    const group = database.group.find(name);
    if (group === undefined) return userNotFound(name);
    if (isSystem(group.gid))
      return securityError(`The group '${name}' belongs to the system and cannot be removed.`);
    const owner = database.passwd.entries.find(({ gid }) => gid === group.gid);
    if (owner !== undefined) return invalidArgument('groupName', `it is the own group of '${owner.name}'`);
    database.group = database.group.without(name);
    return undefined;
  }

  assignUserToGroup(user: string, group: string): AccountFault | undefined {
    const { database } = this.#host;
    const entry = database.group.find(group);
    if (database.passwd.find(user) === undefined) return userNotFound(user);
    if (entry === undefined) return userNotFound(group);
    if (groupsOf(database, user).includes(group)) return alreadyExists(user);
    database.group = database.group.with({ ...entry, members: [...entry.members, user] });
    return undefined;
  }

  unassignUserFromGroup(user: string, group: string): AccountFault | undefined {
    const { database } = this.#host;
    const entry = database.group.find(group);
    if (entry === undefined) return userNotFound(group);
    if (!entry.members.includes(user)) return userNotFound(user);
    if (user === 'root' && entry.gid === 0)
      return securityError("root cannot be taken out of the group 'root'.");
    database.group = database.group.with({
      ...entry,
      members: entry.members.filter((member) => member !== user),
    });
    return undefined;
  }

  #createTrouble(spec: UserSpec): AccountFault | undefined {
    const { database } = this.#host;
    const trouble = nameTrouble(spec.id);
    if (trouble !== undefined) return invalidArgument('user.id', trouble);
    if (database.passwd.find(spec.id) !== undefined) return alreadyExists(spec.id);
    if (database.passwd.entries.length >= MAX_USERS)
      return invalidArgument('user', `there are ${MAX_USERS} users already`);
    return this.#specTrouble(spec);
  }

  #updateTrouble(spec: UserSpec): AccountFault | PasswdEntry {
    const entry = this.#host.database.passwd.find(spec.id);
    if (entry === undefined) return userNotFound(spec.id);
    if (spec.posixId !== undefined && spec.posixId !== entry.uid && isSystem(entry.uid)) {
      return securityError(`The number of '${spec.id}' cannot be changed.`);
    }
    if (spec.id === 'root' && spec.shellAccess === false)
      return securityError('root cannot lose access to the shell.');
    return this.#specTrouble(spec) ?? entry;
  }

  #specTrouble({ id, description, posixId }: UserSpec): AccountFault | undefined {
    const trouble = description === undefined ? undefined : descriptionTrouble(description);
    if (trouble !== undefined) return invalidArgument('user.description', trouble);
    if (posixId === undefined || posixId === this.#host.database.passwd.find(id)?.uid) return undefined;
    if (!isId(posixId))
      return invalidArgument('user.posixId', `it is not in ${LAST_SYSTEM_ID + 1} … ${LAST_ID}`);
    const owner = this.#host.database.passwd.entries.find(
      (entry) => entry.uid === posixId && entry.name !== id,
    );
    return owner === undefined ? undefined : alreadyExists(String(posixId));
  }

  /** The hash of a new password, or why it is not taken. */
  async #newHash(spec: UserSpec, password: string, oldPassword?: string): Promise<string | AccountFault> {
    const { database, hasher } = this.#host;
    const settings = this.#host.settings();
    const entry = database.passwd.find(spec.id);
    const trouble = passwordTrouble(parseQuality(settings.passwordQuality), password, {
      userName: spec.id,
      description: spec.description ?? entry?.gecos ?? '',
      ...(oldPassword === undefined ? {} : { oldPassword }),
    });
    if (trouble !== undefined) return invalidArgument('password', trouble);
    if (await this.#isRemembered(spec.id, password, settings.passwordHistory)) {
      return invalidArgument(
        'password',
        `it is one of the last ${settings.passwordHistory}. Choose another one.`,
      );
    }
    const hash = await hasher.hash(password);
    return (
      hash ??
      invalidArgument('password', 'it is too long, has a NUL character, or too many are being checked.')
    );
  }

  async #isRemembered(user: string, password: string, count: number): Promise<boolean> {
    if (count === 0) return false;
    const { database, hasher } = this.#host;
    const current = database.shadow.find(user)?.hash;
    const known = [
      ...(database.history.find(user)?.hashes ?? []),
      ...(current === undefined ? [] : [current]),
    ];
    for (const hash of known.slice(-count)) {
      const verdict = await hasher.verify(password, hash);
      if (verdict.kind === 'match') return true;
    }
    return false;
  }

  #setHash(entry: PasswdEntry, hash: string): void {
    const { database } = this.#host;
    const old = database.shadow.find(entry.name);
    const remember = this.#host.settings().passwordHistory;
    if (remember > 0 && old !== undefined && old.hash.startsWith('$')) {
      const hashes = [...(database.history.find(entry.name)?.hashes ?? []), old.hash].slice(-remember);
      database.history = database.history.with({ name: entry.name, uid: entry.uid, hashes });
    }
    database.shadow = database.shadow.with(
      this.#aged({ ...(old ?? { name: entry.name, reserved: '' }), hash }),
    );
  }

  /** With the age of a password that is set today. */
  #aged(entry: ShadowEntry): ShadowEntry {
    return {
      ...entry,
      lastChangeDay: today(this.#host.clock),
      minDays: entry.minDays ?? 0,
      maxDays: this.#host.settings().passwordMaxDays,
      warnDays: entry.warnDays ?? WARN_DAYS,
    };
  }
}

/** Days since 1970. */
export function today(clock: Pick<Clock, 'wallNanoseconds'>): number {
  return Number(clock.wallNanoseconds() / NANOSECONDS_PER_DAY);
}

function isSystem(id: number): boolean {
  return id <= LAST_SYSTEM_ID || id > LAST_ID;
}

function isId(id: number): boolean {
  return Number.isInteger(id) && !isSystem(id);
}

/** The number after the highest one; undefined when there is none. */
function freeId(taken: readonly number[]): number | undefined {
  const next = Math.max(FIRST_USER_ID, ...taken.filter((id) => id <= LAST_ID).map((id) => id + 1));
  return next <= LAST_ID ? next : undefined;
}

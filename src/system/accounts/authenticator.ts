/** Decides on a login: the right password, from an account that may come in by this channel now. */
import type { Clock, Random } from '#lib';
import { AUDIT, type Audit } from './audit.ts';
import {
  type EntityTree,
  hasPrivilege,
  isRootAdmin,
  ROOT_ENTITY,
  type Who,
} from './authorization/permissions.ts';
import { findRole } from './authorization/roles.ts';
import { CHANNELS, type Channel, isAdmitted, type Lockdown } from './channels.ts';
import type { PasswordHasher, Verdict } from './crypt/hasher.ts';
import type { AccountDatabase } from './database.ts';
import { groupsOf } from './directory.ts';
import { today } from './local-accounts.ts';
import { failedOnce, isLocked, type LockoutRules, type Tally } from './lockout.ts';
import { hasShellAccess, type PasswdEntry } from './passwd.ts';
import type { AccountSettings } from './settings.ts';
import { shadowState } from './shadow.ts';
import { VerifiedCache } from './verified-cache.ts';

/** What somebody who wants in says. */
export interface Login {
  readonly user: string;
  readonly password: string;
  readonly channel: Channel;
  /** The address they come from; empty on the host itself. */
  readonly remote: string;
}

/** Somebody whose login is good. */
export interface Identity {
  readonly user: string;
  readonly fullName: string;
}

export const LOGIN_FAILURES = {
  'invalid-login': {
    fault: 'InvalidLogin',
    message: 'Cannot complete login due to an incorrect user name or password.',
  },
  'password-expired': {
    fault: 'PasswordExpired',
    message: 'The password of the account has expired: change it.',
  },
  'no-permission': { fault: 'NoPermission', message: 'Permission to perform this operation was denied.' },
  'too-many': {
    fault: 'HostConnectFault',
    message: 'There are too many sessions or logins at once: try again later.',
  },
} as const;

export type LoginFailureReason = keyof typeof LOGIN_FAILURES;

/** Why a login is refused: what the other end may know. */
export interface LoginFailure {
  readonly failure: LoginFailureReason;
  readonly message: string;
}

export interface AuthenticatorHost {
  readonly database: AccountDatabase;
  readonly hasher: PasswordHasher;
  readonly clock: Clock;
  readonly random: Random;
  readonly audit: Audit;
  readonly tree: EntityTree;
  settings(): AccountSettings;
  lockdown(): Lockdown;
}

const NANOSECONDS_PER_SECOND = 1_000_000_000n;
const MAX_NAME_LENGTH = 256;

export class Authenticator {
  readonly #host: AuthenticatorHost;
  readonly #verified: VerifiedCache;
  readonly #tallies = new Map<string, Tally>();

  constructor(host: AuthenticatorHost) {
    this.#host = host;
    this.#verified = new VerifiedCache(host.clock, host.random);
  }

  /** The identity, or why not. Every refusal that depends on the password takes the time of a hash. */
  async check(login: Login): Promise<Identity | LoginFailure> {
    const { database, audit } = this.#host;
    const known = login.user.length <= MAX_NAME_LENGTH ? database.passwd.find(login.user) : undefined;
    const verdict = await this.#verify(login, known);
    if (verdict.kind === 'busy') return failure('too-many');
    if (verdict.kind === 'unsupported') audit(AUDIT.unsupported(login.user, verdict.scheme));
    if (this.#isLockedOut(login)) {
      audit(AUDIT.isLocked(login));
      return failure('invalid-login');
    }
    if (verdict.kind !== 'match' || known === undefined) {
      audit(AUDIT.rejected(login));
      this.#countFailure(login, known);
      return failure('invalid-login');
    }
    if (CHANNELS[login.channel].network) this.#tallies.delete(login.user);
    const refusal = this.#refusal(login, known);
    if (refusal !== undefined) {
      audit(AUDIT.noLogin(login, refusal.why));
      return failure(refusal.failure);
    }
    audit(AUDIT.accepted(login));
    return { user: known.name, fullName: known.gecos };
  }

  /** Somebody with the groups that they are in now. */
  who(user: string): Who {
    return { user, groups: groupsOf(this.#host.database, user) };
  }

  /** Whether a user has a privilege on an entity now. */
  authorize(user: string, privilege: string, entity: string = ROOT_ENTITY): boolean {
    const { database, tree } = this.#host;
    if (database.passwd.find(user) === undefined) return false;
    return hasPrivilege(database.authorization, tree, entity, this.who(user), privilege);
  }

  /** The users that are locked on the network now. */
  locked(): readonly string[] {
    return [...this.#tallies]
      .filter(([, tally]) => isLocked(this.#rules, tally, this.#nowSeconds))
      .map(([user]) => user);
  }

  /** Takes a lock away. */
  unlock(user: string): void {
    this.#tallies.delete(user);
  }

  async #verify({ user, password }: Login, known: PasswdEntry | undefined): Promise<Verdict> {
    const { database, hasher } = this.#host;
    const hash = known && database.shadow.find(known.name)?.hash;
    if (hash !== undefined && this.#verified.has(user, password, hash)) return { kind: 'match' };
    const verdict = await hasher.verify(password, hash);
    if (verdict.kind === 'match' && hash !== undefined) this.#verified.add(user, password, hash);
    return verdict;
  }

  #isLockedOut({ user, channel }: Login): boolean {
    return CHANNELS[channel].network && isLocked(this.#rules, this.#tallies.get(user), this.#nowSeconds);
  }

  /** Only for users that exist, so that the table stays small. */
  #countFailure({ user, channel }: Login, known: PasswdEntry | undefined): void {
    if (known === undefined || !CHANNELS[channel].network) return;
    const tally = failedOnce(this.#rules, this.#tallies.get(user), this.#nowSeconds);
    this.#tallies.set(user, tally);
    if (isLocked(this.#rules, tally, this.#nowSeconds)) {
      this.#host.audit(AUDIT.locked(user, this.#rules.unlockSeconds, tally.failures));
    }
  }

  /** What keeps somebody with the right password out. */
  #refusal({ channel }: Login, entry: PasswdEntry): { failure: LoginFailureReason; why: string } | undefined {
    const { database, clock } = this.#host;
    const shadow = database.shadow.find(entry.name);
    const state = shadow === undefined ? 'account-expired' : shadowState(shadow, today(clock));
    if (state === 'account-expired') return { failure: 'invalid-login', why: 'the account has expired' };
    if (!isAdmitted(this.#host.lockdown(), channel, entry.name))
      return { failure: 'no-permission', why: 'lockdown mode' };
    if (CHANNELS[channel].shell && !(hasShellAccess(entry) && this.#isAdministrator(entry.name))) {
      return { failure: 'no-permission', why: 'no access to the shell' };
    }
    if (!this.#mayView(entry.name)) return { failure: 'no-permission', why: 'no permission' };
    return state === 'valid' ? undefined : { failure: 'password-expired', why: 'the password has expired' };
  }

  #isAdministrator(user: string): boolean {
    const { groups } = this.who(user);
    return this.#host.database.authorization.permissions.some(
      (permission) => isRootAdmin(permission) && isTheirs(permission, user, groups),
    );
  }

  /** Whether any permission lets them see anything. */
  #mayView(user: string): boolean {
    const { groups } = this.who(user);
    const { roles, permissions } = this.#host.database.authorization;
    return permissions.some(
      (permission) =>
        isTheirs(permission, user, groups) &&
        findRole(roles, permission.roleId)?.privileges.includes('System.View'),
    );
  }

  get #rules(): LockoutRules {
    const { lockFailures, unlockSeconds } = this.#host.settings();
    return { failures: lockFailures, unlockSeconds };
  }

  /** Of the clock that does not jump: a lock cannot be set back. */
  get #nowSeconds(): number {
    return Number(this.#host.clock.nowNanoseconds() / NANOSECONDS_PER_SECOND);
  }
}

function isTheirs(
  { principal, group }: { readonly principal: string; readonly group: boolean },
  user: string,
  groups: readonly string[],
): boolean {
  return group ? groups.includes(principal) : principal === user;
}

function failure(reason: LoginFailureReason): LoginFailure {
  return { failure: reason, message: LOGIN_FAILURES[reason].message };
}

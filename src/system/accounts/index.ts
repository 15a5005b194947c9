/** Accounts: users, groups, passwords, roles, permissions, sessions. */
export { Accounts, type AccountsHost } from './accounts.ts';
export type { Audit, AuditLine } from './audit.ts';
export { type Identity, LOGIN_FAILURES, type Login, type LoginFailure } from './authenticator.ts';
export { HOST_ENTITY, type HostTreeNames, hostTree } from './authorization/host-tree.ts';
export {
  type Authorization,
  type EntityId,
  type EntityTree,
  effectivePermissions,
  entityPermissions,
  hasPrivilege,
  hasPrivilegeOnEntities,
  type Permission,
  privilegesOn,
  ROOT_ENTITY,
  ROOT_ONLY,
} from './authorization/permissions.ts';
export { isPrivilege, PRIVILEGES, type Privilege } from './authorization/privileges.ts';
export { findRole, ROLE_ID, type Role, SYSTEM_ROLES } from './authorization/roles.ts';
export {
  CHANNELS,
  type Channel,
  isAdmitted,
  LOCKDOWN_MODES,
  type Lockdown,
  type LockdownMode,
} from './channels.ts';
export { MAX_PASSWORD_BYTES, PasswordHasher, type SystemCrypt } from './crypt/hasher.ts';
export { SCHEMES, type Scheme } from './crypt/schemes.ts';
export {
  type FoundPrincipal,
  groupsOf,
  isListed,
  type PrincipalSearch,
  searchPrincipals,
} from './directory.ts';
export type { AccountFault } from './faults.ts';
export { ACCOUNT_FILES, type AccountFiles, accountFiles, type FileProblem } from './files.ts';
export { type FirstStart, firstStart } from './first-start.ts';
export { type GroupSpec, today, type UserSpec } from './local-accounts.ts';
export { hasShellAccess, type PasswdEntry } from './passwd.ts';
export { DEFAULT_QUALITY, parseQuality, passwordTrouble, type QualityControl } from './quality/quality.ts';
export type { Session } from './sessions.ts';
export { type AccountSettings, DEFAULT_ACCOUNT_SETTINGS } from './settings.ts';
export { TICKET_SECONDS, type TicketRequest } from './tickets.ts';

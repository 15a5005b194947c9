/** The account and permission parts of esxcli, from the accounts of the system. */
import { type Accounts, findRole, hasShellAccess, isListed, ROOT_ENTITY, SYSTEM_ROLES } from '#system';
import type { AccountsPort, PermissionsPort } from './accounts.ts';

/** Both parts; permissions are those on the host's root. */
export function accountPorts(accounts: Accounts): { accounts: AccountsPort; permissions: PermissionsPort } {
  return { accounts: accountsPort(accounts), permissions: permissionsPort(accounts) };
}

function accountsPort(accounts: Accounts): AccountsPort {
  return {
    list: () =>
      accounts.database.passwd.entries
        .filter(isListed)
        .map((entry) => ({ id: entry.name, description: entry.gecos, shellAccess: hasShellAccess(entry) })),
    create: (account, by) => accounts.createUser(account, by),
    update: (account, by) => accounts.updateUser(account, by),
    remove: (id, by) => accounts.removeUser(id, by),
  };
}

function permissionsPort(accounts: Accounts): PermissionsPort {
  const roles = () => accounts.database.authorization.roles;
  return {
    list: () =>
      accounts.database.authorization.permissions
        .filter(({ entity }) => entity === ROOT_ENTITY)
        .map(({ principal, group, roleId }) => {
          const role = findRole(roles(), roleId);
          return {
            principal,
            group,
            role: role?.name ?? String(roleId),
            roleDescription: role?.summary ?? '',
          };
        }),
    set(principal, group, name, by) {
      const role = [...SYSTEM_ROLES, ...roles()].find((known) => known.name === name);
      if (role === undefined) return { message: `There is no role named '${name}'.` };
      const permission = { principal, group, roleId: role.roleId, propagate: true };
      return accounts.setEntityPermissions(ROOT_ENTITY, [permission], by);
    },
    unset: (principal, group, by) => accounts.removeEntityPermission(ROOT_ENTITY, principal, group, by),
  };
}

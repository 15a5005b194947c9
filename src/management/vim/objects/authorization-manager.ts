/** AuthorizationManager: roles, and who has which on which entity. */
import {
  findRole,
  hasPrivilegeOnEntities,
  type Permission as KeptPermission,
  PRIVILEGES,
  privilegesOn,
  type Role,
  SYSTEM_ROLES,
} from '#system';
import type { VimContext } from '../context.ts';
import type { Call } from '../model/call.ts';
import { accountFault, FAULTS } from '../model/faults.ts';
import { ASKED, guarded, managed } from '../model/managed.ts';
import { type MoRef, moRef, type VimFault } from '../model/value.ts';
import type {
  AuthorizationDescription,
  AuthorizationPrivilege,
  AuthorizationRole,
  EntityPrivilege,
  Permission,
} from '../table/vim25.d.ts';
import { permissionsOn } from './entity.ts';
import { ID } from './ids.ts';

const MODIFY = 'Authorization.ModifyPermissions';

const privilegeList: readonly AuthorizationPrivilege[] = PRIVILEGES.map(({ id, name, group }) => ({
  ...{ privId: id, onParent: false, name, privGroupName: group },
}));

const shownRole = ({ roleId, system, name, label, summary, privileges }: Role): AuthorizationRole => ({
  ...{ roleId, system, name, info: { label, summary }, privilege: privileges },
});

function description(): AuthorizationDescription {
  const groups = [...new Set(PRIVILEGES.map(({ group }) => group))];
  return {
    privilege: PRIVILEGES.map(({ id, name }) => ({ key: id, label: name, summary: name })),
    privilegeGroup: groups.map((group) => ({ key: group, label: group, summary: group })),
  };
}

function roles({ host }: VimContext): AuthorizationRole[] {
  return [...SYSTEM_ROLES, ...host.accounts.database.authorization.roles].map(shownRole);
}

/** The entity that a permission is on; undefined when there is none. */
const entityOf = ({ table }: VimContext, { value }: MoRef, call: Call): MoRef | undefined => {
  const ref = call.objects.get(value)?.ref;
  return ref && table.isA(ref.type, 'ManagedEntity') ? ref : undefined;
};

const shown = ({ objects }: VimContext, { entity, ...rest }: KeptPermission): Permission => ({
  entity: objects.get(entity)?.ref ?? moRef('ManagedEntity', entity),
  ...rest,
});

const given = (permissions: readonly Permission[] | undefined) =>
  (permissions ?? []).map(({ principal, group, roleId, propagate }) => ({
    principal,
    group,
    roleId,
    propagate,
  }));

/** Does something with an entity on which the caller may modify permissions. */
function changing(
  vim: VimContext,
  entity: MoRef,
  call: Call,
  change: (id: string) => ReturnType<VimContext['host']['accounts']['setEntityPermissions']>,
): VimFault | undefined {
  const ref = entityOf(vim, entity, call);
  if (ref === undefined) return FAULTS.objectNotFound(entity);
  const refusal = call.refusal(MODIFY, ref);
  if (refusal !== undefined) return refusal;
  const fault = change(ref.value);
  if (fault !== undefined) return accountFault(fault);
  call.objects.changed(ref.value);
  return undefined;
}

function available(
  vim: VimContext,
  entities: readonly MoRef[],
  user: string,
  privIds: readonly string[],
): EntityPrivilege[] {
  const { accounts } = vim.host;
  const { authorization } = accounts.database;
  const ids = entities.map(({ value }) => value);
  const who = accounts.authenticator.who(user);
  return hasPrivilegeOnEntities(authorization, accounts.tree, ids, who, privIds).map((row, place) => ({
    entity: entities[place] as MoRef,
    privAvailability: row.privAvailability,
  }));
}

export const AuthorizationManager = managed<'AuthorizationManager', VimContext>('AuthorizationManager', {
  properties: { privilegeList: () => privilegeList, roleList: roles, description },
  methods: {
    AddAuthorizationRole({ host, objects }, { name, privIds }, { user, self }) {
      const added = host.accounts.addRole(name, privIds ?? [], user);
      if (typeof added !== 'number') return accountFault(added);
      objects.changed(self.value);
      const privilegeList = [...(privIds ?? [])];
      host.events.add({ type: 'RoleAddedEvent', detail: { role: { roleId: added, name }, privilegeList } });
      return added;
    },
    UpdateAuthorizationRole({ host, objects }, { roleId, newName, privIds }, { user, self }) {
      const fault = host.accounts.updateRole(roleId, newName, privIds ?? [], user);
      if (fault !== undefined) return accountFault(fault);
      objects.changed(self.value);
      const privilegeList = [...(privIds ?? [])];
      const role = { roleId, name: newName };
      host.events.add({ type: 'RoleUpdatedEvent', detail: { role, privilegeList } });
      return undefined;
    },
    RemoveAuthorizationRole({ host, objects }, { roleId, failIfUsed }, { user, self }) {
      const name = findRole(host.accounts.database.authorization.roles, roleId)?.name ?? '';
      const fault = host.accounts.removeRole(roleId, failIfUsed, user);
      if (fault !== undefined) return accountFault(fault);
      objects.changed(self.value);
      host.events.add({ type: 'RoleRemovedEvent', detail: { role: { roleId, name } } });
      return undefined;
    },
    MergePermissions({ host }, { srcRoleId, dstRoleId }, { user }) {
      const fault = host.accounts.mergePermissions(srcRoleId, dstRoleId, user);
      return fault && accountFault(fault);
    },
    RetrieveRolePermissions(vim, { roleId }) {
      const { roles: own, permissions } = vim.host.accounts.database.authorization;
      if (findRole(own, roleId) === undefined) return FAULTS.notFound();
      return permissions.filter((each) => each.roleId === roleId).map((each) => shown(vim, each));
    },
    RetrieveAllPermissions: (vim) =>
      vim.host.accounts.database.authorization.permissions.map((each) => shown(vim, each)),
    RetrieveEntityPermissions: guarded(
      ASKED,
      (vim: VimContext, { entity, inherited }: { entity: MoRef; inherited: boolean }, call) => {
        const ref = entityOf(vim, entity, call);
        if (ref === undefined) return FAULTS.objectNotFound(entity);
        const { accounts } = vim.host;
        return (
          call.refusal('System.View', ref) ??
          permissionsOn(accounts.database.authorization, accounts.tree, ref, inherited)
        );
      },
    ),
    SetEntityPermissions: guarded(
      ASKED,
      (
        vim: VimContext,
        { entity, permission }: { entity: MoRef; permission?: readonly Permission[] | undefined },
        call,
      ) =>
        changing(vim, entity, call, (id) =>
          vim.host.accounts.setEntityPermissions(id, given(permission), call.user),
        ),
    ),
    ResetEntityPermissions: guarded(
      ASKED,
      (
        vim: VimContext,
        { entity, permission }: { entity: MoRef; permission?: readonly Permission[] | undefined },
        call,
      ) =>
        changing(vim, entity, call, (id) =>
          vim.host.accounts.resetEntityPermissions(id, given(permission), call.user),
        ),
    ),
    RemoveEntityPermission: guarded(
      ASKED,
      (vim: VimContext, { entity, user, isGroup }: { entity: MoRef; user: string; isGroup: boolean }, call) =>
        changing(vim, entity, call, (id) =>
          vim.host.accounts.removeEntityPermission(id, user, isGroup, call.user),
        ),
    ),
    HasPrivilegeOnEntity(vim, { entity, sessionId, privId }) {
      const session = vim.host.accounts.sessions.find(sessionId);
      if (session === undefined) return FAULTS.invalidArgument('sessionId');
      const [row] = available(vim, [entity], session.user, privId ?? []);
      return row?.privAvailability.map(({ isGranted }) => isGranted);
    },
    HasPrivilegeOnEntities(vim, { entity, sessionId, privId }) {
      const session = vim.host.accounts.sessions.find(sessionId);
      if (session === undefined) return FAULTS.invalidArgument('sessionId');
      return available(vim, entity, session.user, privId ?? []);
    },
    HasUserPrivilegeOnEntities: guarded(
      ASKED,
      (
        vim: VimContext,
        {
          entities,
          userName,
          privId,
        }: { entities: readonly MoRef[]; userName: string; privId?: readonly string[] | undefined },
        call,
      ) => othersRefusal(userName, call) ?? available(vim, entities, userName, privId ?? []),
    ),
    FetchUserPrivilegeOnEntities: guarded(
      ASKED,
      (vim: VimContext, { entities, userName }: { entities: readonly MoRef[]; userName: string }, call) => {
        const { accounts } = vim.host;
        const who = accounts.authenticator.who(userName);
        const { authorization } = accounts.database;
        return (
          othersRefusal(userName, call) ??
          entities.map((entity) => ({
            entity,
            privileges: [...privilegesOn(authorization, accounts.tree, entity.value, who)],
          }))
        );
      },
    ),
  },
});

/** What somebody else may do takes the right to change it. */
const othersRefusal = (user: string, call: Call): VimFault | undefined =>
  user === call.user ? undefined : call.refusal(MODIFY, moRef('Folder', ID.rootFolder));

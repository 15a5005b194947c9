/** What all managed entities have: name, place, permissions, recent tasks. The rows that the types of entities begin with. */
import { type EntityTree, effectivePermissions, entityPermissions } from '#system';
import type { VimContext } from '../context.ts';
import type { Look } from '../model/call.ts';
import type { MoRef } from '../model/value.ts';
import type { Managed, Permission } from '../table/vim25.d.ts';

type EntityProperties = Managed['ManagedEntity']['properties'];

/** What an entity's rows are told of it. */
export interface EntityFacts<Self> {
  vim(self: Self): VimContext;
  ref(self: Self): MoRef;
  name(self: Self): string;
  /** Undefined for the root. */
  parent(self: Self): MoRef | undefined;
}

/** The properties of ManagedEntity, for `properties: { ...entityProperties(…), … }`. */
export function entityProperties<Self>(facts: EntityFacts<Self>): {
  readonly [Name in keyof EntityProperties]?: (self: Self, look: Look) => EntityProperties[Name];
} {
  return {
    name: (self) => facts.name(self),
    parent: (self) => facts.parent(self),
    customValue: () => [],
    overallStatus: () => 'green',
    configStatus: () => 'green',
    effectiveRole: (self, { session }) => {
      const { accounts } = facts.vim(self).host;
      if (session === undefined) return [];
      const who = accounts.authenticator.who(session.user);
      const { authorization } = accounts.database;
      const found = effectivePermissions(authorization, accounts.tree, facts.ref(self).value, who);
      return [...new Set(found.map(({ roleId }) => roleId))];
    },
    permission: (self) => {
      const { accounts } = facts.vim(self).host;
      return permissionsOn(accounts.database.authorization, accounts.tree, facts.ref(self), false);
    },
    disabledMethod: () => [],
    recentTask: (self) => facts.vim(self).tasks.recent(facts.ref(self).value),
    declaredAlarmState: () => [],
    triggeredAlarmState: () => [],
    alarmActionsEnabled: () => true,
    tag: () => [],
  };
}

export function permissionsOn(
  authorization: Parameters<typeof entityPermissions>[0],
  tree: EntityTree,
  entity: MoRef,
  inherited: boolean,
): Permission[] {
  return entityPermissions(authorization, tree, entity.value, inherited).map((permission) => ({
    entity: permission.entity === entity.value ? entity : { type: 'ManagedEntity', value: permission.entity },
    principal: permission.principal,
    group: permission.group,
    roleId: permission.roleId,
    propagate: permission.propagate,
  }));
}

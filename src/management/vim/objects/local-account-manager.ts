/** HostLocalAccountManager: the users and groups of this host. */
import type { AccountFault, GroupSpec, UserSpec } from '#system';
import { present } from '../../present.ts';
import type { VimContext } from '../context.ts';
import type { VimHost } from '../host.ts';
import { accountFault, FAULTS } from '../model/faults.ts';
import { managed } from '../model/managed.ts';
import type { VimFault } from '../model/value.ts';
import type { HostAccountSpec, HostPosixAccountSpec } from '../table/vim25.d.ts';

/** Unset fields stay as they are. */
function userSpec({ id, password, description, ...rest }: HostAccountSpec): UserSpec {
  const { posixId, shellAccess } = rest as Partial<HostPosixAccountSpec>;
  return { id, ...present({ password, description, posixId, shellAccess }) };
}

function groupSpec(spec: HostAccountSpec): GroupSpec {
  const { posixId } = spec as Partial<HostPosixAccountSpec>;
  return { id: spec.id, ...present({ posixId }) };
}

/** What of an account may stand in an event: no password. */
const told = ({ id, description }: HostAccountSpec) => ({ id, ...present({ description }) });

/** An event of what was done, or the fault of what was not. */
function done(
  { events }: VimHost,
  fault: AccountFault | undefined,
  type: string,
  detail: Readonly<Record<string, unknown>>,
): VimFault | undefined {
  if (fault !== undefined) return accountFault(fault);
  events.add({ type, detail });
  return undefined;
}

export const HostLocalAccountManager = managed<'HostLocalAccountManager', VimContext>(
  'HostLocalAccountManager',
  {
    properties: {},
    methods: {
      async CreateUser({ host }, { user }, call) {
        const fault = await host.accounts.createUser(userSpec(user), call.user);
        return done(host, fault, 'AccountCreatedEvent', { spec: told(user), group: false });
      },
      async UpdateUser({ host }, { user }, call) {
        const fault = await host.accounts.updateUser(userSpec(user), call.user);
        return done(host, fault, 'AccountUpdatedEvent', { spec: told(user), group: false });
      },
      RemoveUser({ host }, { userName }, call) {
        const fault = host.accounts.removeUser(userName, call.user);
        return done(host, fault, 'AccountRemovedEvent', { account: userName, group: false });
      },
      CreateGroup({ host }, { group }, call) {
        const fault = host.accounts.createGroup(groupSpec(group), call.user);
        return done(host, fault, 'AccountCreatedEvent', { spec: told(group), group: true });
      },
      RemoveGroup({ host }, { groupName }, call) {
        const fault = host.accounts.removeGroup(groupName, call.user);
        return done(host, fault, 'AccountRemovedEvent', { account: groupName, group: true });
      },
      AssignUserToGroup({ host }, { user, group }, call) {
        const fault = host.accounts.assignUserToGroup(user, group, call.user);
        return fault && accountFault(fault);
      },
      UnassignUserFromGroup({ host }, { user, group }, call) {
        const fault = host.accounts.unassignUserFromGroup(user, group, call.user);
        return fault && accountFault(fault);
      },
      /** By its user; others' passwords are changed by UpdateUser. */
      async ChangePassword({ host }, { user, oldPassword, newPassword }, call) {
        if (user !== call.user) return FAULTS.invalidLogin();
        const fault = await host.accounts.changePassword(user, oldPassword, newPassword);
        return fault && accountFault(fault);
      },
    },
  },
);

/** "vmk role …", "vmk permission …", "vmk session …" and "vmk lockdown …": what users may do, and who is in. */
import type { PermissionRow, RoleRow, SessionRow } from '../calls/accounts.ts';
import { command, type Group } from './group.ts';
import type { Option } from './options.ts';
import { type Column, formatTable } from './table.ts';

const flag = (help: string): Option<boolean> => ({ help, initial: false, take: () => true });
const text = (value: string, help: string): Option<string | undefined> => ({
  value,
  help,
  initial: undefined,
  take: (given) => given,
});

const ROLES: readonly Column<RoleRow>[] = [
  { title: 'Id', value: ({ id }) => id },
  { title: 'Name', value: ({ name }) => name },
  { title: 'Privileges', value: ({ privileges }) => privileges.length },
  { title: 'Kind', value: ({ system }) => (system ? 'of the system' : 'own') },
];

const PERMISSIONS: readonly Column<PermissionRow>[] = [
  { title: 'On', value: ({ entity }) => entity },
  { title: 'Who', value: ({ principal }) => principal },
  { title: 'Kind', value: ({ group }) => (group ? 'group' : 'user') },
  { title: 'Role', value: ({ role }) => role },
  { title: 'Below too', value: ({ propagate }) => (propagate ? 'yes' : 'no') },
];

const SESSIONS: readonly Column<SessionRow>[] = [
  { title: 'Session', value: ({ key }) => key },
  { title: 'User', value: ({ user }) => user },
  { title: 'By', value: ({ channel }) => channel },
  { title: 'From', value: ({ remote }) => remote },
  { title: 'Since', value: ({ loginMs }) => new Date(loginMs).toISOString() },
  { title: 'Active', value: ({ lastActiveMs }) => new Date(lastActiveMs).toISOString() },
];

export const ROLE_COMMANDS: Group = {
  list: command([], 'lists the roles', {}, async ({ client, print }) => {
    print(await client.call<RoleRow[]>('role.list'), (rows) => formatTable(ROLES, rows));
  }),
  create: command(
    ['NAME', '[PRIVILEGE]…'],
    'makes a role',
    {},
    async ({ client, words: [name, ...privileges] }) => {
      await client.call('role.create', { name, privileges });
    },
  ),
  set: command(
    ['NAME', '[PRIVILEGE]…'],
    'gives a role these privileges',
    {},
    ({ client, words: [name, ...privileges] }) => client.call('role.set', { name, privileges }),
  ),
  remove: command(
    ['NAME'],
    'removes a role',
    { force: flag('also when permissions use it: they go with it') },
    ({ client, words, values }) => client.call('role.remove', { name: words[0], force: values.force }),
  ),
};

const ON = {
  group: flag('WHO is a group'),
  on: text('ENTITY', 'on this entity, as ha-datacenter or the id of a VM (the whole host)'),
};

export const PERMISSION_COMMANDS: Group = {
  list: command([], 'lists the permissions', {}, async ({ client, print }) => {
    print(await client.call<PermissionRow[]>('permission.list'), (rows) => formatTable(PERMISSIONS, rows));
  }),
  set: command(
    ['WHO', 'ROLE'],
    'gives a user or a group a role',
    { ...ON, 'here-only': flag('not on what is below it') },
    ({ client, words: [principal, role], values }) =>
      client.call('permission.set', {
        principal,
        role,
        group: values.group,
        entity: values.on,
        propagate: !values['here-only'],
      }),
  ),
  remove: command(['WHO'], 'takes a permission away', ON, ({ client, words: [principal], values }) =>
    client.call('permission.remove', { principal, group: values.group, entity: values.on }),
  ),
};

export const SESSION_COMMANDS: Group = {
  list: command([], 'lists who is logged in', {}, async ({ client, print }) => {
    print(await client.call<SessionRow[]>('session.list'), (rows) => formatTable(SESSIONS, rows));
  }),
  end: command(['SESSION'], 'ends a session', {}, ({ client, words }) =>
    client.call('session.end', { key: words[0] }),
  ),
};

interface LockdownState {
  readonly mode: string;
  readonly exceptionUsers: readonly string[];
  readonly dcuiAccess: readonly string[];
}

export const LOCKDOWN_COMMANDS: Group = {
  show: command([], 'shows the lockdown mode', {}, async ({ client, print }) => {
    print(await client.call<LockdownState>('lockdown.show'), ({ mode, exceptionUsers, dcuiAccess }) =>
      [
        `mode             ${mode}\n`,
        `exception users  ${exceptionUsers.join(', ') || 'nobody'}\n`,
        `DCUI.Access      ${dcuiAccess.join(', ') || 'nobody'}\n`,
      ].join(''),
    );
  }),
  set: command(
    ['disabled|normal|strict'],
    'changes the lockdown mode; sessions that it shuts out end',
    {},
    ({ client, words }) => client.call('lockdown.set', { mode: words[0] }),
  ),
  except: command(['[USER]…'], 'makes these all the exception users', {}, ({ client, words }) =>
    client.call('lockdown.set', { exceptionUsers: words }),
  ),
};

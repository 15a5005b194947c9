/** `esxcli system permission`: who may do what on this host. */
import { type Command, command } from '../command.ts';
import { present, required, str } from '../option.ts';
import { nothing, table } from '../output.ts';
import { told } from './system-account.ts';

const PRIVILEGE = 'Authorization.ModifyPermissions';

const PRINCIPAL = {
  group: present('g', 'Specifies that --id refers to a group.'),
  id: required(str('i', 'ID of user or group, e.g. "administrator".')),
};

export const SYSTEM_PERMISSION_COMMANDS: readonly Command[] = [
  command({
    path: 'system permission list',
    summary: 'List permissions defined on the host.',
    privilege: 'System.View',
    needs: ['permissions'],
    options: {},
    output: table('Permission', {
      Principal: 'string',
      'Is Group': 'boolean',
      Role: 'string',
      'Role Description': 'string',
    }),
    run: ({ permissions }) =>
      permissions.list().map(({ principal, group, role, roleDescription }) => ({
        Principal: principal,
        'Is Group': group,
        Role: role,
        'Role Description': roleDescription,
      })),
  }),
  command({
    path: 'system permission set',
    summary: 'Set permission for a user or group.',
    privilege: PRIVILEGE,
    needs: ['permissions'],
    options: {
      ...PRINCIPAL,
      role: required(str('r', 'Name of role that specifies user access rights, such as Admin or ReadOnly.')),
    },
    output: nothing(),
    run: async ({ permissions }, { id, group, role }, { user }) =>
      told(await permissions.set(id, group, role, user)),
  }),
  command({
    path: 'system permission unset',
    summary: 'Remove permission for a user or group.',
    privilege: PRIVILEGE,
    needs: ['permissions'],
    options: PRINCIPAL,
    output: nothing(),
    run: async ({ permissions }, { id, group }, { user }) => told(await permissions.unset(id, group, user)),
  }),
];

/** `esxcli system account`: the users of this host. */
import { type Command, command, type Failed, failed } from '../command.ts';
import { bool, required, secret, str } from '../option.ts';
import { nothing, table } from '../output.ts';
import type { Trouble } from '../ports/accounts.ts';

const PRIVILEGE = 'Host.Local.ManageUserGroups';

const CHANGES = {
  description: str('d', 'User description, e.g. full name.'),
  id: required(str('i', 'User ID, e.g. "administrator".')),
  password: secret('p', 'User password.'),
  'password-confirmation': secret('c', 'Password confirmation. Required if password is specified.'),
  'shell-access': bool('s', 'Whether the user has access to the shell.'),
};

export const SYSTEM_ACCOUNT_COMMANDS: readonly Command[] = [
  command({
    path: 'system account add',
    summary: 'Create a new local user account.',
    privilege: PRIVILEGE,
    needs: ['accounts'],
    options: CHANGES,
    output: nothing(),
    run: async ({ accounts }, args, { user }) =>
      confirmed(args) ?? told(await accounts.create(change(args), user)),
  }),
  command({
    path: 'system account list',
    summary: 'List local user accounts.',
    privilege: PRIVILEGE,
    needs: ['accounts'],
    options: {},
    output: table('Account', { 'User ID': 'string', Description: 'string', 'Shell Access': 'boolean' }),
    run: ({ accounts }) =>
      accounts.list().map(({ id, description, shellAccess }) => ({
        'User ID': id,
        Description: description,
        'Shell Access': shellAccess,
      })),
  }),
  command({
    path: 'system account remove',
    summary: 'Remove an existing local user account.',
    privilege: PRIVILEGE,
    needs: ['accounts'],
    options: { id: required(str('i', 'ID of user to be removed.')) },
    output: nothing(),
    run: async ({ accounts }, { id }, { user }) => told(await accounts.remove(id, user)),
  }),
  command({
    path: 'system account set',
    summary: 'Modify an existing local user account.',
    privilege: PRIVILEGE,
    needs: ['accounts'],
    options: CHANGES,
    output: nothing(),
    run: async ({ accounts }, args, { user }) =>
      confirmed(args) ?? told(await accounts.update(change(args), user)),
  }),
];

interface ChangeArgs {
  readonly id: string;
  readonly description: string | undefined;
  readonly password: string | undefined;
  readonly 'password-confirmation': string | undefined;
  readonly 'shell-access': boolean | undefined;
}

function confirmed(args: ChangeArgs): Failed | undefined {
  if (args.password === args['password-confirmation']) return undefined;
  return failed('Password and password confirmation do not match.');
}

function change({ id, description, password, ...rest }: ChangeArgs) {
  return { id, description, password, shellAccess: rest['shell-access'] };
}

/** What went wrong, as a command says it. */
export function told(trouble: Trouble): Failed | undefined {
  return trouble === undefined ? undefined : failed(trouble.message);
}

/** "vmk user …" and "vmk group …": who may log in. */
import type { GroupRow, UserRow } from '../calls/accounts.ts';
import { command, type Group, type Invocation } from './group.ts';
import type { Option } from './options.ts';
import { SecretPrompt } from './secret-prompt.ts';
import { type Column, formatTable } from './table.ts';

const flag = (help: string): Option<boolean> => ({ help, initial: false, take: () => true });

const CHANGES = {
  password: flag('ask for a password, or take it from the first line of a pipe'),
  description: {
    value: 'TEXT',
    help: 'who it is',
    initial: undefined as string | undefined,
    take: (text: string) => text,
  },
  shell: {
    value: 'yes|no',
    help: 'whether the shell lets the user in',
    initial: undefined as boolean | undefined,
    take: yesOrNo,
  },
};

const USERS: readonly Column<UserRow>[] = [
  { title: 'Id', value: ({ id }) => id },
  { title: 'Name', value: ({ name }) => name },
  { title: 'Description', value: ({ description }) => description },
  { title: 'Groups', value: ({ groups }) => groups.join(', ') },
  { title: 'Shell', value: ({ shellAccess }) => (shellAccess ? 'yes' : 'no') },
  { title: 'Locked', value: ({ locked }) => (locked ? 'yes' : 'no') },
];

const GROUPS: readonly Column<GroupRow>[] = [
  { title: 'Id', value: ({ id }) => id },
  { title: 'Name', value: ({ name }) => name },
  { title: 'Members', value: ({ members }) => members.join(', ') },
];

export const USER_COMMANDS: Group = {
  list: command([], 'lists the users', {}, async ({ client, print }) => {
    print(await client.call<UserRow[]>('user.list'), (rows) => formatTable(USERS, rows));
  }),
  create: command(['NAME'], 'makes a user; without a password it cannot log in', CHANGES, (given) =>
    change('user.create', given),
  ),
  set: command(['NAME'], 'changes a user', CHANGES, (given) => change('user.set', given)),
  remove: command(['NAME'], 'removes a user with its permissions and sessions', {}, ({ client, words }) =>
    client.call('user.remove', { name: words[0] }),
  ),
  unlock: command(['NAME'], 'lets a user in who is locked after failed logins', {}, ({ client, words }) =>
    client.call('user.unlock', { name: words[0] }),
  ),
};

export const GROUP_COMMANDS: Group = {
  list: command([], 'lists the groups', {}, async ({ client, print }) => {
    print(await client.call<GroupRow[]>('group.list'), (rows) => formatTable(GROUPS, rows));
  }),
  create: command(['NAME'], 'makes a group', {}, ({ client, words }) =>
    client.call('group.create', { name: words[0] }),
  ),
  remove: command(['NAME'], 'removes a group with its permissions', {}, ({ client, words }) =>
    client.call('group.remove', { name: words[0] }),
  ),
  assign: command(['USER', 'GROUP'], 'puts a user into a group', {}, ({ client, words: [user, group] }) =>
    client.call('group.assign', { user, group }),
  ),
  unassign: command(
    ['USER', 'GROUP'],
    'takes a user out of a group',
    {},
    ({ client, words: [user, group] }) => client.call('group.unassign', { user, group }),
  ),
};

async function change(call: string, given: Invocation<typeof CHANGES>): Promise<void> {
  const { client, words, values, process } = given;
  const prompt = new SecretPrompt(process);
  try {
    await client.call(call, {
      name: words[0],
      description: values.description,
      shellAccess: values.shell,
      ...(values.password ? { password: await prompt.askNew() } : {}),
    });
  } finally {
    prompt.close();
  }
}

function yesOrNo(text: string): boolean {
  if (text !== 'yes' && text !== 'no') throw new RangeError('it is neither yes nor no');
  return text === 'yes';
}

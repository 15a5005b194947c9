/** `esxcli esxcli`: what esxcli can do here. */
import { type Command, command } from '../command.ts';
import { table } from '../output.ts';

export const ESXCLI_COMMANDS: readonly Command[] = [
  command({
    path: 'esxcli command list',
    summary: 'List all of the esxcli commands on the system.',
    privilege: 'System.Anonymous',
    needs: [],
    options: {},
    output: table('Command', { Namespace: 'string', Command: 'string' }),
    run: (_host, _args, { commands }) =>
      commands
        .map(({ path }) => ({ Namespace: path.slice(0, -1).join('.'), Command: path.at(-1) ?? '' }))
        .sort((a, b) => (a.Namespace + a.Command < b.Namespace + b.Command ? -1 : 1)),
  }),
];

/** `esxcli system settings advanced`: the advanced options, by path or by key. */
import { HostError } from '#lib';
import { type Command, command, failed } from '../command.ts';
import { long, present, required, str } from '../option.ts';
import { nothing, records } from '../output.ts';
import type { OptionFact, OptionsPort } from '../ports/settings.ts';

export const SYSTEM_SETTINGS_ADVANCED_COMMANDS: readonly Command[] = [
  command({
    path: 'system settings advanced list',
    summary: 'List the advanced options available from the VMkernel.',
    privilege: 'System.View',
    needs: ['options'],
    options: {
      delta: present('d', 'Only display options whose values differ from their default'),
      option: str(
        'o',
        'Only get the information for a single VMkernel advanced option, such as /Mem/ShareScanTime',
      ),
      tree: str('t', 'Limit the list of advanced options to a specific sub tree, such as /Mem'),
    },
    output: records('AdvancedOption', {
      Path: 'string',
      Type: 'string',
      'Int Value': 'integer',
      'Default Int Value': 'integer',
      'Min Value': 'integer',
      'Max Value': 'integer',
      'String Value': 'string',
      'Default String Value': 'string',
      'Valid Characters': 'string',
      Description: 'string',
    }),
    run: ({ options }, { delta, option, tree }) => {
      const rows = option === undefined ? options.rows : [options.row(keyOf(option))];
      const under = tree === undefined ? '' : `${keyOf(tree.replace(/\/+$/, '')).toLowerCase()}.`;
      const found = rows.filter(
        ({ key }) => key.toLowerCase().startsWith(under) && !(delta && options.isDefault(key)),
      );
      if (tree !== undefined && found.length === 0 && !delta)
        throw new HostError('option-unknown', { key: tree });
      return found.map((row) => shown(options, row));
    },
  }),
  command({
    path: 'system settings advanced set',
    summary: 'Set the value of an advanced option.',
    privilege: 'Host.Config.AdvancedConfig',
    needs: ['options'],
    options: {
      default: present('d', 'Reset the option to its default value.'),
      'int-value': long('i', 'If the option is an integer value use this option.'),
      option: required(str('o', 'The name of the option to set the value of. Example: "/Misc/HostName"')),
      'string-value': str('s', 'If the option is a string use this option.'),
    },
    output: nothing(),
    run: ({ options }, args) => {
      const row = options.row(keyOf(args.option));
      const number = args['int-value'];
      const text = args['string-value'];
      if ([args.default, number !== undefined, text !== undefined].filter(Boolean).length !== 1) {
        return failed('One of --default, --int-value and --string-value must be given.');
      }
      if (args.default) options.reset(row.key);
      else if (isNumeric(row) && number === undefined) return failed(`${row.key} is set by --int-value.`);
      else if (!isNumeric(row) && text === undefined) return failed(`${row.key} is set by --string-value.`);
      else options.setText(row.key, text ?? String(number));
      return undefined;
    },
  }),
];

/** `/Mem/ShareScanTime` and `Mem.ShareScanTime` are the same. */
function keyOf(path: string): string {
  return path.startsWith('/') ? path.slice(1).replaceAll('/', '.') : path;
}

function isNumeric({ type }: OptionFact): boolean {
  return type === 'integer' || type === 'bool';
}

function shown(options: OptionsPort, row: OptionFact) {
  const numeric = isNumeric(row);
  const value = options.get(row.key);
  return {
    Path: `/${row.key.replaceAll('.', '/')}`,
    Type: numeric ? 'integer' : 'string',
    'Int Value': numeric ? Number(value) : undefined,
    'Default Int Value': numeric ? Number(row.default) : undefined,
    'Min Value': numeric ? (row.least ?? 0) : undefined,
    'Max Value': numeric ? (row.most ?? 1) : undefined,
    'String Value': numeric ? undefined : String(value),
    'Default String Value': numeric ? undefined : String(row.default),
    'Valid Characters': numeric ? undefined : '*',
    Description: row.help,
  };
}

/** The help texts of esxcli: for the program, for a namespace, and for a command. */
import type { Command } from './command.ts';
import { FORMATTER_NAMES } from './format/formatters.ts';
import { NAMESPACES } from './namespaces.ts';
import type { Option } from './option.ts';
import { optionUsage } from './parse.ts';
import type { Namespace } from './tree.ts';

const INDENT = 24;
const MIN_TEXT_WIDTH = 20;
const SECRET_WARNING =
  'WARNING: Providing secret values on the command line is insecure because it may be logged or preserved in history files. Instead, specify this option with no value on the command line, and enter the value on the supplied prompt.';

// biome-ignore format: a table reads in columns
const PROGRAM_OPTIONS: readonly (readonly [left: string, help: string])[] = [
  ['--formatter=FORMATTER',     `Override the formatter to use for a given command. Available formatters: ${FORMATTER_NAMES.join(', ')}`],
  ['--format-param=fields=A,B', 'Show only these fields, with the table and csv formatters.'],
  ['--screen-width=SCREENWIDTH', 'Use the specified screen width when formatting text'],
  ['-?, --help',                'Display usage information for this script'],
];

/** What `esxcli` alone, or a namespace alone, prints. */
export function namespaceHelp(namespace: Namespace, width: number): string {
  const { path, children, commands } = namespace;
  const usage =
    path.length === 0
      ? 'esxcli [options] {namespace}+ {cmd} [cmd options]'
      : `esxcli ${path.join(' ')} ${commands.length > 0 ? '' : '{namespace}+ '}{cmd} [cmd options]`;
  return [
    `Usage: ${usage}\n`,
    section('Options', path.length === 0 ? PROGRAM_OPTIONS : [], width),
    section(
      'Available Namespaces',
      children.map((child) => [child.name, NAMESPACES[child.path.join(' ')] ?? '']),
      width,
    ),
    section(
      'Available Commands',
      commands.map((row) => [lastOf(row.path), row.summary]),
      width,
    ),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

/** What a command prints for --help, and after an error in its options. */
export function commandHelp(row: Command, width: number): string {
  const options = Object.entries(row.options).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    `Usage: esxcli ${row.path.join(' ')} [cmd options]\n`,
    section('Description', [[lastOf(row.path), row.summary]], width),
    section(
      'Cmd options',
      options.map(([name, option]) => [optionUsage(name, option), optionHelp(option)]),
      width,
    ),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function optionHelp(option: Option): string {
  const notes = [option.required ? ' (required)' : '', option.secret === true ? ' (secret)' : ''].join('');
  const choices = option.choices === undefined ? '' : ` One of: ${option.choices.join(', ')}.`;
  return `${option.help}${choices}${notes}${option.secret === true ? `\n${SECRET_WARNING}` : ''}`;
}

function section(title: string, lines: readonly (readonly [string, string])[], width: number): string {
  if (lines.length === 0) return '';
  return `${title}: \n${lines.map(([left, help]) => entry(left, help, width)).join('')}`;
}

/** A name at 2, its text at 24; a long name has a line of its own. */
function entry(left: string, help: string, width: number): string {
  const wrapped = help.split('\n').flatMap((part) => wrap(part, Math.max(width - INDENT, MIN_TEXT_WIDTH)));
  const lines =
    left.length + 3 > INDENT ? [`  ${left}`] : [`  ${left}`.padEnd(INDENT) + (wrapped.shift() ?? '')];
  return [...lines, ...wrapped.map((line) => ' '.repeat(INDENT) + line)]
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function lastOf(path: readonly string[]): string {
  return path.at(-1) ?? '';
}

/** Commands of two or three words that talk to a running host, such as "vmk vm list": rows, parsing, help. */
import { EXIT_STATUS, usageError } from '#lib';
import { homePaths } from '../home.ts';
import { type HostClient, localClient } from '../local/client.ts';
import type { TerminalParts } from '../terminal.ts';
import { describeOptions, type Option, type Options, parseOptions, type Values } from './options.ts';
import { suggestion } from './suggest.ts';
import { type Column, formatTable } from './table.ts';

/** What these commands work with; a test gives others. */
export interface ClientContext {
  readonly process: TerminalParts & { readonly stderr: { write(text: string): unknown } };
  /** The host in a home folder. */
  readonly connect: (home: string | undefined) => HostClient;
}

/** A command's side of one call of it. */
export interface Invocation<O extends Options> {
  readonly client: HostClient;
  readonly words: readonly string[];
  readonly values: Values<O> & Values<typeof COMMON_OPTIONS>;
  readonly process: ClientContext['process'];
  /** Prints what a call gave: as JSON with --json, else as `text` makes it. */
  readonly print: <T>(result: T, text: (result: T) => string) => void;
}

export interface GroupCommand {
  /** Names of its words; the last one may be optional, `[NAME]`, or many, `NAME…`. */
  readonly words: readonly string[];
  readonly summary: string;
  readonly options: Options;
  /** What else its help tells, below the options. */
  readonly more?: string;
  execute(invocation: Invocation<Options>): Promise<number | void>;
}

export type Group = Readonly<Record<string, GroupCommand>>;

const text = (value: string, help: string): Option<string | undefined> => ({
  value,
  help,
  initial: undefined,
  take: (given) => given,
});

export const COMMON_OPTIONS = {
  home: text('DIR', 'the home folder of the host'),
  json: { help: 'print JSON for programs', initial: false, take: () => true } as Option<boolean>,
  help: { help: 'print this', initial: false, take: () => true } as Option<boolean>,
};

/** What a host of this process's own is reached by. */
export function ownConnect(home: string | undefined): HostClient {
  return localClient(homePaths(home).socket);
}

/** A row of a group, typed by its options. */
export function command<O extends Options>(
  words: readonly string[],
  summary: string,
  options: O,
  execute: (invocation: Invocation<O>) => Promise<number | void>,
  more = '',
): GroupCommand {
  return { words, summary, options, execute: execute, more };
}

/** Runs `vmk NAME …`; resolves to the exit status. Throws HostError. */
export async function runGroup(
  name: string,
  group: Group,
  given: readonly string[],
  context: ClientContext,
): Promise<number> {
  const { verb, rest } = verbOf(group, given);
  if (verb === 'help' || verb === '--help') {
    context.process.stdout.write(groupHelp(name, group));
    return EXIT_STATUS.ok;
  }
  const found = Object.hasOwn(group, verb) ? group[verb] : undefined;
  if (!found)
    throw usageError(`there is no command "${name} ${verb}"${suggestion(verb, Object.keys(group))}`);
  const words: string[] = [];
  const values = parseOptions({ ...found.options, ...COMMON_OPTIONS }, rest, words);
  if (values.help) {
    context.process.stdout.write(commandHelp(name, verb, found));
    return EXIT_STATUS.ok;
  }
  checkWords(`${name} ${verb}`, found.words, words);
  const print = <T>(result: T, asText: (result: T) => string): void => {
    const shown = values.json ? `${JSON.stringify(result, undefined, 2)}\n` : asText(result);
    if (shown !== '') context.process.stdout.write(shown);
  };
  const { process } = context;
  const invocation = { client: context.connect(values.home), words, values, process, print };
  return (await found.execute(invocation)) ?? EXIT_STATUS.ok;
}

/** Verbs may be two words, such as "vmknic list". */
function verbOf(group: Group, [first = 'help', ...rest]: readonly string[]) {
  const both = `${first} ${rest[0] ?? ''}`;
  if (Object.hasOwn(group, both)) return { verb: both, rest: rest.slice(1) };
  const isHalf = Object.keys(group).some((verb) => verb.startsWith(`${first} `));
  return isHalf && rest[0] !== undefined && !rest[0].startsWith('-')
    ? { verb: both, rest: rest.slice(1) }
    : { verb: first, rest };
}

function checkWords(name: string, wanted: readonly string[], given: readonly string[]): void {
  const least = wanted.filter((word) => !word.startsWith('[')).length;
  const isMany = wanted.at(-1)?.includes('…') ?? false;
  if (given.length < least) throw usageError(`${name} needs ${wanted[given.length]}`);
  if (given.length > wanted.length && !isMany)
    throw usageError(`${name}: unexpected "${given[wanted.length]}"`);
}

function groupHelp(name: string, group: Group): string {
  const rows = Object.entries(group);
  const columns: Column<(typeof rows)[number]>[] = [
    { title: 'Command', value: ([verb, { words }]) => [verb, ...words].join(' ') },
    { title: 'What it does', value: ([, { summary }]) => summary },
  ];
  return `Usage: vmk ${name} COMMAND [OPTION…]\n\n${formatTable(columns, rows)}\n"vmk ${name} COMMAND --help" tells the options of a command.\n`;
}

function commandHelp(name: string, verb: string, command: GroupCommand): string {
  const { words, summary, options, more = '' } = command;
  const usageLine = ['vmk', name, verb, ...words, '[OPTION…]'].join(' ');
  const optionLines = describeOptions({ ...options, ...COMMON_OPTIONS });
  return (
    [`${summary}\n`, `Usage: ${usageLine}\n`, `Options:\n${optionLines}`, more].join('\n').trimEnd() + '\n'
  );
}

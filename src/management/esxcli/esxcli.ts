/** Runs one esxcli command line: from its words to what it prints and its exit status. */
import { HostError } from '#lib';
import { type Command, type Invocation, isFailed } from './command.ts';
import { COMMANDS } from './commands.ts';
import { type FormatRequest, format } from './format/formatters.ts';
import { commandHelp, namespaceHelp } from './help.ts';
import type { EsxcliHost } from './host.ts';
import type { Args } from './option.ts';
import { parseArgs } from './parse.ts';
import { DEFAULT_SCREEN_WIDTH, programOptions } from './program-options.ts';
import { find, namespaceTree } from './tree.ts';

/** Who runs the command, and what it may do for it. */
export interface Caller {
  readonly user: string;
  /** Whether the caller has this privilege on the host. */
  authorize(privilege: string): boolean;
  /** Asks for a secret at the terminal; undefined when there is none. */
  readonly ask?: (prompt: string) => Promise<string>;
  /** Columns of the terminal, for help texts. */
  readonly screenWidth?: number;
}

/** What a command line did. */
export interface Outcome {
  readonly output: string;
  readonly error: string;
  readonly status: 0 | 1;
}

/** Has a command done: by the parts of a host that is here, or by a host elsewhere. Its answer, or how it failed. */
export type Perform = (row: Command, args: Args, invocation: Invocation) => unknown;

/** Runs `words`, which are what stands after `esxcli`. Never throws for what a person can type. */
export function esxcli(
  host: EsxcliHost,
  words: readonly string[],
  caller: Caller,
  commands: readonly Command[] = COMMANDS,
): Promise<Outcome> {
  return commandLine(words, caller, available(commands, host), (row, args, invocation) =>
    row.run(host, args, invocation),
  );
}

/** The same for any way to have a command done. */
export async function commandLine(
  words: readonly string[],
  caller: Caller,
  commands: readonly Command[],
  perform: Perform,
): Promise<Outcome> {
  const options = programOptions(words);
  if (options.kind === 'wrong') return complaint(options.message);
  const width = options.screenWidth ?? caller.screenWidth ?? DEFAULT_SCREEN_WIDTH;
  const found = find(namespaceTree(commands), options.rest);
  if (found.kind === 'unknown') return complaint(`Unknown command or namespace ${options.rest.join(' ')}`);
  if (found.kind === 'namespace') {
    const stray = found.rest.find((word) => word !== '--help' && word !== '-?');
    if (stray !== undefined)
      return complaint(`Invalid option ${stray}`, namespaceHelp(found.namespace, width));
    return printed(namespaceHelp(found.namespace, width));
  }
  if (options.help) return printed(commandHelp(found.command, width));
  const invocation = { user: caller.user, commands };
  return runCommand(
    { perform, row: found.command, caller, invocation, request: options.format, width },
    found.rest,
  );
}

/**
 * The same words with the secrets that they leave open, such as a bare `--password`: for a client that has a terminal
 * while the command runs elsewhere.
 */
export async function withSecrets(
  words: readonly string[],
  ask: (prompt: string) => Promise<string>,
  commands: readonly Command[] = COMMANDS,
): Promise<readonly string[]> {
  const options = programOptions(words);
  if (options.kind === 'wrong') return words;
  const found = find(namespaceTree(commands), options.rest);
  const parsed = found.kind === 'command' ? parseArgs(found.command.options, found.rest) : undefined;
  if (parsed?.kind !== 'args') return words;
  const answers = [];
  for (const name of parsed.asks) answers.push(`--${name}=${await ask(prompt(name))}`);
  return [...words, ...answers];
}

function prompt(name: string): string {
  return `Enter value for '${name}': `;
}

/** The commands that work on parts which this host has. */
export function available(commands: readonly Command[], host: EsxcliHost): Command[] {
  return commands.filter(({ needs }) => needs.every((port) => host[port] !== undefined));
}

/** One command on its way. */
interface Run {
  readonly perform: Perform;
  readonly row: Command;
  readonly caller: Caller;
  readonly invocation: Invocation;
  readonly request: FormatRequest;
  readonly width: number;
}

async function runCommand(run: Run, words: readonly string[]): Promise<Outcome> {
  const { row, caller, width } = run;
  const parsed = parseArgs(row.options, words);
  if (parsed.kind === 'help') return printed(commandHelp(row, width));
  if (parsed.kind === 'wrong') return complaint(parsed.messages.join('\n       '), commandHelp(row, width));
  if (!caller.authorize(row.privilege)) return failure(denied(row.privilege));
  const asked: Record<string, string> = {};
  for (const name of parsed.asks) {
    if (caller.ask === undefined) {
      return complaint(`While processing '--${name}'. Argument expected`, commandHelp(row, width));
    }
    asked[name] = await caller.ask(prompt(name));
  }
  return answer(run, { ...parsed.args, ...asked });
}

async function answer({ perform, row, invocation, request }: Run, args: Args): Promise<Outcome> {
  try {
    const result = await perform(row, args, invocation);
    if (isFailed(result)) return failure(result.failed);
    const formatted = format(row.output, result, request);
    return typeof formatted === 'string' ? printed(formatted) : complaint(formatted.wrong);
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    return failure(error.message);
  }
}

function denied(privilege: string): string {
  return `Permission to perform this operation was denied. Required privilege '${privilege}' on managed object with id 'ha-host'.`;
}

function printed(output: string): Outcome {
  return { output, error: '', status: 0 };
}

function failure(message: string): Outcome {
  return { output: '', error: `${message}\n`, status: 1 };
}

function complaint(message: string, help?: string): Outcome {
  return { output: '', error: `Error: ${message}\n${help === undefined ? '' : `\n${help}`}`, status: 1 };
}

/** Command-line options from a table: parsing, and the text of --help. */
import { HostError, usageError } from '#lib';
import { suggestion } from './suggest.ts';

/** One option, `--name` in the table's key. */
export interface Option<T> {
  /** A letter that stands for its name: `-p`. */
  readonly short?: string;
  /** What stands for its value in --help; undefined for one that takes none. */
  readonly value?: string;
  readonly help: string;
  /** When it is not given. */
  readonly initial: T;
  /** Takes one occurrence: its text, and what earlier ones made. Throws RangeError saying what is wrong with the text. */
  take(text: string, before: T): T;
}

export type Options = Readonly<Record<string, Option<unknown>>>;

/** What was given, by option. */
export type Values<O> = { readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never };

/**
 * Parses options: `--name value`, `--name=value`, `--flag`. What is none goes to `words` when it is given, where `--`
 * ends the options; else it is wrong. Throws HostError `usage`.
 */
export function parseOptions<O extends Options>(
  options: O,
  given: readonly string[],
  words?: string[],
): Values<O> {
  const values: Record<string, unknown> = Object.fromEntries(
    Object.entries(options).map(([name, { initial }]) => [name, initial]),
  );
  for (let i = 0; i < given.length; i++) {
    const argument = inFull(options, given[i] as string);
    if (words && !argument.startsWith('--')) {
      words.push(argument);
      continue;
    }
    if (words && argument === '--') {
      words.push(...given.slice(i + 1));
      break;
    }
    const { name, inline } = split(argument);
    const option = find(options, name);
    let text = inline ?? '';
    if (option.value === undefined) {
      if (inline !== undefined) throw usageError(`--${name} takes no value, but "${inline}" was given`);
    } else if (inline === undefined) {
      text = valueAfter(options, name, option.value, given[++i]);
    }
    values[name] = take(name, option, text, values[name]);
  }
  return values as Values<O>;
}

/** The lines of --help for a table of options. */
export function describeOptions(options: Options): string {
  const rows = Object.entries(options).map(([name, { short, value, help }]) => {
    const both = short === undefined ? `--${name}` : `--${name}, -${short}`;
    const left = value === undefined ? both : `${both} ${value}`;
    return [left, help] as const;
  });
  const width = Math.max(...rows.map(([left]) => left.length));
  const indent = `\n${' '.repeat(width + 4)}`;
  return rows.map(([left, help]) => `  ${left.padEnd(width)}  ${help.replaceAll('\n', indent)}\n`).join('');
}

/** A letter's option by its name. */
function inFull(options: Options, argument: string): string {
  if (!/^-[a-z]$/.test(argument)) return argument;
  const found = Object.entries(options).find(([, { short }]) => short === argument[1]);
  return found === undefined ? argument : `--${found[0]}`;
}

function split(argument: string): { name: string; inline?: string } {
  if (!argument.startsWith('--') || argument === '--') {
    throw usageError(`unexpected argument "${argument}"; options begin with --`);
  }
  const equals = argument.indexOf('=');
  if (equals < 0) return { name: argument.slice(2) };
  return { name: argument.slice(2, equals), inline: argument.slice(equals + 1) };
}

function find(options: Options, name: string): Option<unknown> {
  if (Object.hasOwn(options, name)) return options[name] as Option<unknown>;
  throw usageError(
    `there is no option --${name}${suggestion(
      `--${name}`,
      Object.keys(options).map((key) => `--${key}`),
    )}`,
  );
}

function valueAfter(options: Options, name: string, placeholder: string, next: string | undefined): string {
  const isOption = next !== undefined && next.startsWith('--') && Object.hasOwn(options, next.slice(2));
  if (next === undefined || isOption) throw usageError(`--${name} needs a value: --${name} ${placeholder}`);
  return next;
}

function take(name: string, option: Option<unknown>, text: string, before: unknown): unknown {
  try {
    return option.take(text, before);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new HostError('usage', { reason: `--${name} "${text}": ${cause.message}` }, { cause });
  }
}

/** The options of a command, as rows: how each is written, what it takes, and what it is for. */

/** What an option takes, in the words of the help text. */
export const OPTION_TYPES = { str: '<str>', long: '<long>', bool: '<bool>', list: '[ <str> ... ]', flag: '' };
export type OptionType = keyof typeof OPTION_TYPES;

/** One option, `--name` in the table's key. */
export interface Option<T = unknown> {
  /** The letter after one dash; empty when it has none. */
  readonly short: string;
  readonly type: OptionType;
  readonly help: string;
  readonly required: boolean;
  /** Its value is asked for when it is given without one, and never shown. */
  readonly secret?: boolean;
  /** The only words it takes. */
  readonly choices?: readonly string[];
  /** Never there: it carries the type of the value to `command`. */
  readonly value?: T;
}

export type Options = Readonly<Record<string, Option>>;

/** What was given, by option. */
export type Args<O extends Options = Options> = {
  readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never;
};

const make = (type: OptionType, short: string, help: string): Option<never> => ({
  short,
  type,
  help,
  required: false,
});

export const str = (short: string, help: string): Option<string | undefined> => make('str', short, help);
export const long = (short: string, help: string): Option<number | undefined> => make('long', short, help);
export const bool = (short: string, help: string): Option<boolean | undefined> => make('bool', short, help);
export const list = (short: string, help: string): Option<readonly string[]> => make('list', short, help);
/** Takes no value: it is there or not. */
export const present = (short: string, help: string): Option<boolean> => make('flag', short, help);

/** A word that must not stand on the command line: without a value it is asked for. */
export const secret = (short: string, help: string): Option<string | undefined> => ({
  ...make('str', short, help),
  secret: true,
});

/** One of these words. */
export const oneOf = <const C extends string>(
  short: string,
  choices: readonly C[],
  help: string,
): Option<C | undefined> => ({ ...make('str', short, help), choices });

/** The same option, which must be given. */
export function required<T>(option: Option<T>): Option<Exclude<T, undefined>> {
  return { ...option, required: true } as Option<Exclude<T, undefined>>;
}

/** How the option is named in help and errors: `-i|--id`. */
export function optionName(name: string, option: Option): string {
  return option.short === '' ? `--${name}` : `-${option.short}|--${name}`;
}

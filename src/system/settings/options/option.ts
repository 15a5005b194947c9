/** One advanced option: its row in the table, and the check of a value. */

export type OptionType = 'bool' | 'integer' | 'string' | 'choice';
export type OptionValue = boolean | number | string;

/** When a change takes effect; `kept`: it is kept and given back, but nothing on this host reads it. */
export type Applies = 'now' | 'restart' | 'kept';

/** What a type needs: numbers have bounds, choices words. */
interface Facts {
  readonly bool: { readonly default: boolean };
  readonly integer: { readonly default: number; readonly least: number; readonly most: number };
  readonly string: { readonly default: string; readonly check?: StringCheck };
  readonly choice: { readonly default: string; readonly choices: readonly string[] };
}

/** What is wrong with a text; undefined when nothing is. */
export type StringCheck = (value: string) => string | undefined;

export type OptionRow = {
  readonly [T in OptionType]: {
    readonly key: string;
    readonly type: T;
    readonly help: string;
    readonly applies: Applies;
  } & Facts[T];
}[OptionType];

export const STRING_CHARACTERS_MAX = 4096;

export const flag = (key: string, initial: boolean, applies: Applies, help: string): OptionRow => ({
  ...{ key, type: 'bool', default: initial, applies, help },
});

export const integer = (
  key: string,
  initial: number,
  least: number,
  most: number,
  applies: Applies,
  help: string,
): OptionRow => ({ key, type: 'integer', default: initial, least, most, applies, help });

export const string = (
  key: string,
  initial: string,
  applies: Applies,
  help: string,
  check?: StringCheck,
): OptionRow => ({
  key,
  type: 'string',
  default: initial,
  applies,
  help,
  ...(check === undefined ? {} : { check }),
});

export const choice = (
  key: string,
  initial: string,
  choices: readonly string[],
  applies: Applies,
  help: string,
): OptionRow => ({ key, type: 'choice', default: initial, choices, applies, help });

/** What is wrong with a value, with what is allowed; undefined when nothing is. */
export function complaint(row: OptionRow, value: unknown): string | undefined {
  switch (row.type) {
    case 'bool':
      return typeof value === 'boolean' ? undefined : 'it is true or false';
    case 'integer':
      return Number.isInteger(value) && (value as number) >= row.least && (value as number) <= row.most
        ? undefined
        : `it is an integer in ${row.least} … ${row.most}`;
    case 'choice':
      return row.choices.includes(value as string) ? undefined : `it is one of ${row.choices.join(', ')}`;
    default:
      return textComplaint(row.check, value);
  }
}

function textComplaint(check: StringCheck | undefined, value: unknown): string | undefined {
  if (typeof value !== 'string') return 'it is a text';
  if (value.length > STRING_CHARACTERS_MAX) return `it has at most ${STRING_CHARACTERS_MAX} characters`;
  if (!value.isWellFormed() || value.includes('\0')) return 'it is a text without NUL';
  return check?.(value);
}

/** Takes what a person typed: `true`, `1`, `yes` for a bool, digits for an integer. */
export function fromText(row: OptionRow, text: string): OptionValue {
  if (row.type === 'bool')
    return Object.hasOwn(BOOLS, text.toLowerCase()) ? (BOOLS[text.toLowerCase()] as boolean) : text;
  if (row.type === 'integer') return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
  return text;
}

const BOOLS: Readonly<Record<string, boolean>> = {
  true: true,
  '1': true,
  yes: true,
  on: true,
  false: false,
  '0': false,
  no: false,
  off: false,
};

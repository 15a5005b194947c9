/** The arguments of a call as a table of fields: what each may be, and what is said when it is something else. */
import { usageError } from '#lib';

/** One argument. */
export interface Field<T> {
  /** What it must be, for messages. */
  readonly what: string;
  readonly isOptional: boolean;
  /** The value, or undefined for what it may not be. */
  take(value: unknown): T | undefined;
}

export type Fields = Readonly<Record<string, Field<unknown>>>;
type ValueOf<F> = F extends Field<infer T> ? T : never;
/** What a table of fields gives. */
export type Arguments<F extends Fields> = { readonly [K in keyof F]: ValueOf<F[K]> };

const MAX_TEXT = 65_536;
const MAX_ITEMS = 1024;

export const text = (): Field<string> => ({
  what: 'a text',
  isOptional: false,
  take: (value) => (typeof value === 'string' && value.length <= MAX_TEXT ? value : undefined),
});

export const integer = (least: number, most: number): Field<number> => ({
  what: `an integer in ${least} … ${most}`,
  isOptional: false,
  take: (value) =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= most
      ? (value as number)
      : undefined,
});

export const flag = (): Field<boolean> => ({
  what: 'true or false',
  isOptional: false,
  take: (value) => (typeof value === 'boolean' ? value : undefined),
});

export const oneOf = <T extends string>(...words: readonly T[]): Field<T> => ({
  what: words.map((word) => `"${word}"`).join(' or '),
  isOptional: false,
  take: (value) => words.find((word) => word === value),
});

export const list = <T>(of: Field<T>): Field<readonly T[]> => ({
  what: `a list, each ${of.what}`,
  isOptional: false,
  take(value) {
    if (!Array.isArray(value) || value.length > MAX_ITEMS) return undefined;
    const items = value.map((item) => of.take(item));
    return items.includes(undefined) ? undefined : (items as T[]);
  },
});

/** What one of two kinds may be. */
export const either = <A, B>(one: Field<A>, other: Field<B>): Field<A | B> => ({
  what: `${one.what}, or ${other.what}`,
  isOptional: false,
  take: (value) => one.take(value) ?? other.take(value),
});

/** A table of texts by name. */
export const textMap = (): Field<Readonly<Record<string, string>>> => ({
  what: 'an object of texts',
  isOptional: false,
  take(value) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const entries = Object.entries(value);
    const fits = entries.length <= MAX_ITEMS && entries.every(([, item]) => text().take(item) !== undefined);
    return fits ? Object.fromEntries(entries as [string, string][]) : undefined;
  },
});

export const optional = <T>(of: Field<T>): Field<T | undefined> => ({ ...of, isOptional: true });

/** The arguments in `given`, each checked. @throws HostError `usage`, naming call and argument. */
export function takeArguments<F extends Fields>(call: string, fields: F, given: unknown): Arguments<F> {
  const refuse = (reason: string) => usageError(`${call}: ${reason}`);
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw refuse('the arguments are not an object');
  }
  const stranger = Object.keys(given).find((name) => !Object.hasOwn(fields, name));
  if (stranger !== undefined) throw refuse(`there is no argument "${stranger}"`);
  const values = Object.entries(fields).map(([name, field]) => {
    const value: unknown = Object.hasOwn(given, name) ? (given as Record<string, unknown>)[name] : undefined;
    if (value === undefined && field.isOptional) return [name, undefined];
    const taken = field.take(value);
    if (taken === undefined) throw refuse(`"${name}" is ${shown(value)}, not ${field.what}`);
    return [name, taken];
  });
  return Object.fromEntries(values) as Arguments<F>;
}

function shown(value: unknown): string {
  return value === undefined ? 'missing' : (JSON.stringify(value) ?? typeof value).slice(0, 100);
}

/** What a command answers: the shapes of data that every formatter can print. */

/** The types that esxcli knows for a field of a structure. */
export type FieldType = 'string' | 'integer' | 'boolean' | 'string[]';

/** A field's value; what is undefined is not set. */
export type FieldValue = string | number | bigint | boolean | readonly string[] | undefined;

/** Names as the table's head has them ('User ID'), in the order of the columns. */
export type Fields = Readonly<Record<string, FieldType>>;

/** One kind of structure, such as an account. */
export interface Structure<F extends Fields = Fields> {
  readonly typeName: string;
  readonly fields: F;
}

interface ValueOf {
  readonly string: string | undefined;
  readonly integer: number | bigint | undefined;
  readonly boolean: boolean | undefined;
  readonly 'string[]': readonly string[];
}

/** A structure's data: its fields by name. */
export type Row<F extends Fields = Fields> = { readonly [K in keyof F]: ValueOf[F[K]] };
export type AnyRow = Readonly<Record<string, FieldValue>>;

/** How an answer is laid out for people; programs get the same data from the other formatters. */
export interface Output<T = unknown> {
  readonly kind: 'nothing' | 'text' | 'flag' | 'texts' | 'record' | 'records' | 'table';
  readonly structure?: Structure;
  /** The columns of a table, when it does not show all fields. */
  readonly columns?: readonly string[];
  /** The line over a structure. */
  readonly title?: (row: AnyRow) => string;
  /** Never there: it carries the type of the answer to `command`. */
  readonly answer?: T;
}

/** Says nothing when it went well. */
export const nothing = (): Output<void> => ({ kind: 'nothing' });

/** One line of text. */
export const text = (): Output<string> => ({ kind: 'text' });

/** `true` or `false`. */
export const flag = (): Output<boolean> => ({ kind: 'flag' });

/** One line each. */
export const texts = (): Output<readonly string[]> => ({ kind: 'texts' });

/** One structure: a line for each field. */
export const record = <const F extends Fields>(
  typeName: string,
  fields: F,
  title?: string,
): Output<Row<F>> => ({
  kind: 'record',
  structure: { typeName, fields },
  ...(title === undefined ? {} : { title: () => title }),
});

/** Many structures, one block each; a title stands over it. */
export const records = <const F extends Fields>(
  typeName: string,
  fields: F,
  title?: (row: Row<F>) => string,
): Output<readonly Row<F>[]> => ({
  kind: 'records',
  structure: { typeName, fields },
  ...(title === undefined ? {} : { title: title as (row: AnyRow) => string }),
});

/** Many structures, one line each. */
export const table = <const F extends Fields>(
  typeName: string,
  fields: F,
  columns?: readonly (keyof F & string)[],
): Output<readonly Row<F>[]> => ({
  kind: 'table',
  structure: { typeName, fields },
  ...(columns === undefined ? {} : { columns }),
});

/** The name of a field for programs: without what is no letter or digit. */
export function squeezed(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, '');
}

/** The fields of a structure as programs get them: squeezed names, by their bytes, unset ones left out. */
export function programFields(
  structure: Structure,
  row: AnyRow,
): { readonly name: string; readonly type: FieldType; readonly value: FieldValue }[] {
  return programNames(structure).map(({ key, name }) => ({
    name,
    type: structure.fields[key] as FieldType,
    value: row[key],
  }));
}

/** The names alone: what the head of a CSV file has. */
export function programNames(structure: Structure): { readonly key: string; readonly name: string }[] {
  return Object.keys(structure.fields)
    .map((key) => ({ key, name: squeezed(key) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A value as people read it. */
export function shown(value: FieldValue): string {
  if (value === undefined) return '';
  return typeof value === 'object' ? value.join(', ') : String(value);
}

/** Prints an answer: by its own layout, or by the formatter that was asked for. */
import { type Output, type Structure, squeezed } from '../output.ts';
import { csv } from './csv.ts';
import { json } from './json.ts';
import { keyValue } from './keyvalue.ts';
import { plain, plainTable } from './plain.ts';
import { xml } from './xml.ts';

export const FORMATTER_NAMES = ['xml', 'csv', 'keyvalue', 'json', 'table'] as const;
export type FormatterName = (typeof FORMATTER_NAMES)[number];

/** How the caller wants to see it. */
export interface FormatRequest {
  readonly formatter?: FormatterName;
  /** Only these fields, by either of their names; for the table and csv formatters. */
  readonly fields?: readonly string[];
  /** Whether a table or a CSV file has a head; yes unless it is false. */
  readonly showHeader?: boolean;
}

type Formatter = (output: Output, answer: unknown, request: FormatRequest) => string;

const FORMATTERS: Readonly<Record<FormatterName, Formatter>> = {
  xml,
  csv,
  keyvalue: keyValue,
  json,
  table: plainTable,
};

/** The text of an answer, or what is wrong with the request. */
export function format(
  output: Output,
  answer: unknown,
  request: FormatRequest,
): string | { readonly wrong: string } {
  if (output.kind === 'nothing') return '';
  const chosen = chooseFields(output, request.fields);
  if ('wrong' in chosen) return chosen;
  const formatter = request.formatter === undefined ? plain : FORMATTERS[request.formatter];
  return formatter(chosen.output, answer, request);
}

function chooseFields(output: Output, fields?: readonly string[]): { output: Output } | { wrong: string } {
  const structure = output.structure;
  if (fields === undefined || structure === undefined) return { output };
  const names = Object.keys(structure.fields);
  const chosen = [];
  for (const field of fields) {
    const name = names.find((known) => known === field || squeezed(known) === squeezed(field));
    if (name === undefined) return { wrong: `Unknown field '${field}'. Fields: ${names.join(', ')}` };
    chosen.push(name);
  }
  return { output: { ...output, columns: chosen, structure: only(structure, chosen) } };
}

function only(structure: Structure, names: readonly string[]): Structure {
  return {
    ...structure,
    fields: Object.fromEntries(names.map((name) => [name, structure.fields[name] ?? 'string'])),
  };
}

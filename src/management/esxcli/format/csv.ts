/** The csv formatter: fields by their squeezed names in the order of their bytes, a comma after each, also the last. */
import { type AnyRow, type FieldValue, type Output, programNames } from '../output.ts';
import type { FormatRequest } from './formatters.ts';

/** The answer as CSV. */
export function csv(output: Output, answer: unknown, request: FormatRequest): string {
  const { structure } = output;
  if (structure === undefined) {
    const values = (Array.isArray(answer) ? answer : [answer]) as FieldValue[];
    return values.map((value) => `${cell(value)},\n`).join('');
  }
  const rows = output.kind === 'record' ? [answer as AnyRow] : (answer as readonly AnyRow[]);
  const names = programNames(structure);
  const head = request.showHeader === false ? '' : `${names.map(({ name }) => `${name},`).join('')}\n`;
  return head + rows.map((row) => `${names.map(({ key }) => `${cell(row[key])},`).join('')}\n`).join('');
}

/** A list is one cell, each of its values with a comma after it. Source: RFC 4180 §2 for the quotes. */
function cell(value: FieldValue): string {
  if (value === undefined) return '';
  const text = typeof value === 'object' ? value.map((part) => `${part},`).join('') : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

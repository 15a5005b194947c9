/** The layouts for people: one line, a line for each field, blocks, and tables with a head. */
import { type AnyRow, type FieldValue, type Output, type Structure, shown } from '../output.ts';
import type { FormatRequest } from './formatters.ts';

/** The command's own layout. */
export function plain(output: Output, answer: unknown, request: FormatRequest): string {
  switch (output.kind) {
    case 'text':
    case 'flag':
      return `${shown(answer as FieldValue)}\n`;
    case 'texts':
      return (answer as readonly string[]).map((line) => `${line}\n`).join('');
    case 'record':
      return blocks(output, [answer as AnyRow]);
    case 'records':
      return blocks(output, answer as readonly AnyRow[]);
    case 'table':
      return table(output, answer as readonly AnyRow[], request);
    default:
      return '';
  }
}

/** A table whatever the command's own layout is. */
export function plainTable(output: Output, answer: unknown, request: FormatRequest): string {
  if (output.structure === undefined) return plain(output, answer, request);
  const rows = output.kind === 'record' ? [answer as AnyRow] : (answer as readonly AnyRow[]);
  return table(output, rows, request);
}

/** `   Name: value`, in the order of the fields. */
function block(structure: Structure, row: AnyRow): string {
  return Object.keys(structure.fields)
    .map((name) => `   ${name}: ${shown(row[name])}\n`)
    .join('');
}

function blocks(output: Output, rows: readonly AnyRow[]): string {
  const { structure, title } = output;
  return rows
    .map((row) => `${title === undefined ? '' : `${title(row)}\n`}${block(structure as Structure, row)}`)
    .join('\n');
}

/** Columns as wide as their widest cell, two spaces apart; numbers and booleans to the right. An empty table is nothing. */
function table(output: Output, rows: readonly AnyRow[], request: FormatRequest): string {
  if (rows.length === 0) return '';
  const structure = output.structure as Structure;
  const columns = (output.columns ?? Object.keys(structure.fields)).map((name) => {
    const cells = rows.map((row) => shown(row[name]).replaceAll('\n', ' '));
    const head = request.showHeader === false ? 0 : widthOf(name);
    const type = structure.fields[name];
    return {
      name,
      cells,
      width: cells.reduce((width, cell) => Math.max(width, widthOf(cell)), head),
      right: type === 'integer' || type === 'boolean',
    };
  });
  const line = (cell: (column: (typeof columns)[number]) => string) =>
    `${columns.map((column) => pad(cell(column), column.width, column.right)).join('  ')}\n`;
  const head =
    request.showHeader === false ? '' : line(({ name }) => name) + line(({ width }) => '-'.repeat(width));
  return head + rows.map((_, i) => line(({ cells }) => cells[i] ?? '')).join('');
}

/** Code points: close enough to columns for the names that a host has. */
function widthOf(text: string): number {
  return Array.from(text).length;
}

function pad(text: string, width: number, right: boolean): string {
  const space = ' '.repeat(width - widthOf(text));
  return right ? space + text : text + space;
}

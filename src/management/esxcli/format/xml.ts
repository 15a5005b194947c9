/** The xml formatter: `<output><root>` with lists, structures and fields, each value in an element of its type. */
import {
  type AnyRow,
  type FieldType,
  type FieldValue,
  type Output,
  programFields,
  type Structure,
} from '../output.ts';

const NAMESPACE = 'http://www.vmware.com/Products/ESX/5.0/esxcli';
const INDENT = '   ';

/** The answer as XML. */
export function xml(output: Output, answer: unknown): string {
  const lines = [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<output xmlns="${NAMESPACE}">`,
    '<root>',
    ...indented(content(output, answer)),
    '</root>',
    '</output>',
  ];
  return `${lines.join('\n')}\n`;
}

function content(output: Output, answer: unknown): string[] {
  switch (output.kind) {
    case 'text':
      return [element('string', answer as FieldValue)];
    case 'flag':
      return [element('boolean', answer as FieldValue)];
    case 'texts':
      return list(
        'string',
        (answer as readonly string[]).map((value) => element('string', value)),
      );
    case 'record':
      return structureLines(output.structure as Structure, answer as AnyRow);
    case 'records':
    case 'table':
      return list(
        'structure',
        (answer as readonly AnyRow[]).flatMap((row) => structureLines(output.structure as Structure, row)),
      );
    default:
      return [];
  }
}

function structureLines(structure: Structure, row: AnyRow): string[] {
  const fields = programFields(structure, row).flatMap(({ name, type, value }) =>
    value === undefined
      ? []
      : [`<field name="${escape(name)}">`, ...indented(fieldLines(type, value)), '</field>'],
  );
  return [`<structure typeName="${escape(structure.typeName)}">`, ...indented(fields), '</structure>'];
}

function fieldLines(type: FieldType, value: FieldValue): string[] {
  if (type !== 'string[]') return [element(type, value)];
  return list(
    'string',
    (value as readonly string[]).map((part) => element('string', part)),
  );
}

function list(type: string, lines: readonly string[]): string[] {
  return [`<list type="${type}">`, ...indented(lines), '</list>'];
}

function element(type: string, value: FieldValue): string {
  return `<${type}>${escape(String(value))}</${type}>`;
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => INDENT + line);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Characters that XML cannot have are replaced. Source: XML 1.0 §2.2. */
function escape(text: string): string {
  return text
    .toWellFormed()
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character)
    .replace(/[\p{Cc}\ufffe\uffff]/gu, (character) => (isAllowed(character) ? character : '\ufffd'));
}

function isAllowed(control: string): boolean {
  return '\t\n\r'.includes(control) || (control >= '\u007f' && control < '\ufffe');
}

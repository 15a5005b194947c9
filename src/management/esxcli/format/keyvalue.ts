/** The keyvalue formatter: one `path.type=value` line for each value, `structure[0].Nic.MTU.integer=1500`. */
import {
  type AnyRow,
  type FieldType,
  type FieldValue,
  type Output,
  programFields,
  type Structure,
} from '../output.ts';

/** The answer as key-value lines. */
export function keyValue(output: Output, answer: unknown): string {
  return lines(output, answer)
    .map((line) => `${line}\n`)
    .join('');
}

function lines(output: Output, answer: unknown): string[] {
  switch (output.kind) {
    case 'text':
      return [`string=${oneLine(answer as FieldValue)}`];
    case 'flag':
      return [`boolean=${String(answer)}`];
    case 'texts':
      return list('', answer as readonly string[]);
    case 'record':
      return structureLines('', output.structure as Structure, answer as AnyRow);
    case 'records':
    case 'table':
      return (answer as readonly AnyRow[]).flatMap((row, i) =>
        structureLines(`structure[${i}].`, output.structure as Structure, row),
      );
    default:
      return [];
  }
}

function structureLines(prefix: string, structure: Structure, row: AnyRow): string[] {
  return programFields(structure, row).flatMap(({ name, type, value }) =>
    fieldLines(`${prefix}${structure.typeName}.${name}.`, type, value),
  );
}

function fieldLines(prefix: string, type: FieldType, value: FieldValue): string[] {
  if (value === undefined) return [];
  if (type === 'string[]') return list(prefix, value as readonly string[]);
  return [`${prefix}${type}=${oneLine(value)}`];
}

function list(prefix: string, values: readonly string[]): string[] {
  if (values.length === 0) return [`${prefix}string[] = `];
  return values.map((value, i) => `${prefix}string[${i}].string=${oneLine(value)}`);
}

/** A line break inside a value would begin a line of its own. */
function oneLine(value: FieldValue): string {
  return String(value).replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
}

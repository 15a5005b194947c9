/** The json formatter: an object for a structure, an array for a list, names as the other program formats have them. */
import { type AnyRow, type FieldValue, type Output, programFields, type Structure } from '../output.ts';

const INDENT = 3;

/** What the engine has and the type library does not know yet. Source: ECMAScript proposal JSON.parse source text access. */
interface RawJson {
  rawJSON(text: string): unknown;
}

/** The answer as JSON. */
export function json(output: Output, answer: unknown): string {
  return `${JSON.stringify(value(output, answer), undefined, INDENT)}\n`;
}

function value(output: Output, answer: unknown): unknown {
  const { structure } = output;
  if (structure === undefined) return answer;
  if (output.kind === 'record') return object(structure, answer as AnyRow);
  return (answer as readonly AnyRow[]).map((row) => object(structure, row));
}

function object(structure: Structure, row: AnyRow): Record<string, unknown> {
  return Object.fromEntries(
    programFields(structure, row)
      .filter((field) => field.value !== undefined)
      .map((field) => [field.name, scalar(field.value)]),
  );
}

/** Integers of more than 53 bits are written whole. */
function scalar(value: FieldValue): unknown {
  return typeof value === 'bigint' ? (JSON as unknown as RawJson).rawJSON(String(value)) : value;
}
